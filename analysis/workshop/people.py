"""Who is in the room: phones that joined, people without one, and the facilitator, who is not counted."""

from __future__ import annotations

from dataclasses import replace

import sqlalchemy as sa

from analysis.project.model import new_id
from analysis.workshop import tables
from analysis.workshop.answers import clean_name
from analysis.workshop.closing import Turnout, key_of, turnout
from analysis.workshop.codes import hashed, new_token
from analysis.workshop.desk import Desk
from analysis.workshop.model import MOST_PEOPLE, SIDES, Participant, Round
from analysis.workshop.refusals import Refused


class People(Desk):
    """The participants of each room. ``token`` is always the hash of a phone's secret (:func:`codes.hashed`)."""

    def join(self, workshop: str, token: str, *, side: str = "", author: str = "") -> Participant:
        """Come in; whoever has joined already stays who they are, so that asking twice counts once.

        Raises
        ------
        Refused : code ``ended``, ``locked``, ``full``, ``removed`` or ``bad_request``.
        """
        known = self.find(workshop, token)
        if known is not None and (known.removed or not side or known.side == side):
            if known.removed:
                raise Refused("removed")
            return known
        with self.writing(workshop) as connection:
            room = self.workshop_in(connection, workshop)
            if room.state != "open":
                raise Refused("ended")
            chosen = side if room.side == "ask" else room.side
            if chosen not in SIDES:
                raise Refused("bad_request")
            if known is not None:
                return self._save(connection, replace(known, side=chosen if room.side == "ask" else known.side))
            if room.locked:
                raise Refused("locked")
            count = sa.select(sa.func.count()).where(tables.participants.c.workshop == workshop)
            if (connection.execute(count).scalar() or 0) >= MOST_PEOPLE:
                raise Refused("full")
            kind = "facilitator" if author and author in room.facilitators else "phone"
            return self._add(connection, Participant(new_id("pp"), workshop, token, side=chosen, kind=kind))

    def add_in_room(self, workshop: str, name: str, side: str) -> Participant:
        """Somebody without a phone: the facilitator types their votes, which are marked as typed."""
        shown = clean_name(name)
        if not shown:
            raise Refused("empty")
        with self.writing(workshop) as connection:
            return self._add(connection, Participant(new_id("pp"), workshop, hashed(new_token()), shown, side, "room"))

    def add_simulated(self, workshop: str, count: int) -> list[Participant]:
        """People of a dry run, staff and customers in turn."""
        with self.writing(workshop) as connection:
            return [
                self._add(
                    connection, Participant(new_id("pp"), workshop, hashed(new_token()), f"#{n + 1}", SIDES[n % 2], "simulated")
                )
                for n in range(count)
            ]  # fmt: skip

    def find(self, workshop: str, token: str) -> Participant | None:
        """The participant whose phone this is."""
        table = tables.participants
        with self.reading() as connection:
            row = connection.execute(sa.select(table).where(table.c.workshop == workshop, table.c.token == token)).mappings().first()
        return Participant(**row) if row else None

    def all(self, workshop: str) -> list[Participant]:
        """Everybody who ever joined, by name."""
        with self.reading() as connection:
            return self.people_in(connection, workshop)

    def name(self, person: Participant, name: str) -> Participant:
        """What somebody calls themselves.

        Raises
        ------
        Refused : code ``empty`` or ``too_long``.
        """
        shown = clean_name(name)
        if not shown:
            raise Refused("empty")
        with self.writing(person.workshop) as connection:
            return self._save(connection, replace(person, name=shown))

    def remove(self, workshop: str, id: str) -> None:
        """Send somebody out: their phone can no longer vote, and in the round that is open their votes no longer count.

        Rounds that are closed stay as they are.
        """
        with self.writing(workshop) as connection:
            person = next((known for known in self.people_in(connection, workshop) if known.id == id), None)
            if person is None:
                return
            self._save(connection, replace(person, removed=True))
            query = sa.select(tables.rounds.c.id).where(tables.rounds.c.workshop == workshop, tables.rounds.c.state == "open")
            for (round_id,) in connection.execute(query).all():
                key = key_of(self.round_in(connection, round_id), person)
                for table in (tables.votes, tables.texts):
                    connection.execute(table.delete().where(table.c.round == round_id, table.c.voter == key))

    def turnout(self, round: Round) -> Turnout:
        """How many have voted in a round."""
        with self.reading() as connection:
            workshop = self.workshop_in(connection, round.workshop)
            return turnout(connection, workshop, round, self.people_in(connection, workshop.id))

    def _add(self, connection: sa.Connection, person: Participant) -> Participant:
        connection.execute(tables.participants.insert().values(**{name: getattr(person, name) for name in Participant.__slots__}))
        return person

    def _save(self, connection: sa.Connection, person: Participant) -> Participant:
        values = {name: getattr(person, name) for name in ("name", "side", "removed")}
        connection.execute(tables.participants.update().where(tables.participants.c.id == person.id).values(**values))
        return person
