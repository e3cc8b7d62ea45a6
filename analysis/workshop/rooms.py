"""Rooms and their agenda: prepare, open, run, end. What is put to the room, and when it is shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from analysis.project.model import new_id
from analysis.workshop import closing, tables
from analysis.workshop.codes import new_code, new_salt, normalised
from analysis.workshop.desk import Desk, workshop_from, workshop_row
from analysis.workshop.model import Item, Round, Workshop, from_row, scale_of, to_row
from analysis.workshop.refusals import Refused

#: seconds that a code is good for; opening the room again gives another one
CODE_LASTS = 12 * 3600
#: what may no longer change once people have been told otherwise
_FIXED = ("kind", "low", "high", "step", "anonymous", "who", "show", "answer", "choices", "journey")


class Rooms(Desk):
    """Every workshop of a database.

    >>> rooms = Rooms(store.engine)                                                        # doctest: +SKIP
    >>> workshop = rooms.create(project_id, "Tuesday", author="anne", rounds=propose(project))   # doctest: +SKIP
    >>> rooms.open(workshop.id).code                                                       # doctest: +SKIP
    'H7KMRT'
    """

    # --- workshops ----------------------------------------------------------------------------------------------

    def create(
        self, project: str, title: str, *, author: str, rounds: Iterable[Round] = (), language: str = "fr", **values: Any
    ) -> Workshop:
        """A workshop on a project, with its agenda; not open yet."""
        workshop = Workshop(new_id("w"), project, title.strip(), language=language, facilitators=(author,), created=self._now(), **values)
        with self.writing() as connection:
            connection.execute(tables.workshops.insert().values(**workshop_row(workshop)))
            for position, round in enumerate(rounds):
                fresh = replace(round, id=new_id("r"), workshop=workshop.id, position=float(position))
                connection.execute(tables.rounds.insert().values(**to_row(fresh)))
        return workshop

    def get(self, id: str) -> Workshop:
        """The workshop as it is now.

        Raises
        ------
        Refused : no such workshop (code ``no_room``).
        """
        with self.reading() as connection:
            return self.workshop_in(connection, id)

    def of_project(self, project: str) -> list[Workshop]:
        """The workshops of a project, the last created first."""
        query = sa.select(tables.workshops).where(tables.workshops.c.project == project)
        with self.reading() as connection:
            found = [workshop_from(row) for row in connection.execute(query).mappings()]
        return sorted(found, key=lambda workshop: (workshop.created, workshop.id), reverse=True)

    def by_code(self, code: str) -> Workshop:
        """The open room of a code, as it was typed.

        Raises
        ------
        Refused : no open room has it, or it has expired (code ``no_room``).
        """
        query = sa.select(tables.workshops).where(tables.workshops.c.code == normalised(code))
        with self.reading() as connection:
            row = connection.execute(query).mappings().first()
        if row is None or row["state"] != "open" or (row["expires"] or 0) < self.clock():
            raise Refused("no_room")
        return workshop_from(row)

    def revisions(self, ids: Iterable[str]) -> dict[str, int]:
        """id → revision, of those that still exist."""
        table = tables.workshops
        with self.reading() as connection:
            rows = connection.execute(sa.select(table.c.id, table.c.revision).where(table.c.id.in_(list(ids)))).all()
        return {row.id: row.revision for row in rows}

    def change(self, id: str, **values: Any) -> Workshop:
        """Change what a workshop is: title, language, side, locked, facilitator_votes."""
        with self.writing(id) as connection:
            return self._put(connection, replace(self.workshop_in(connection, id), **values))

    def open(self, id: str) -> Workshop:
        """Let people in: the room gets a code of its own, for twelve hours. A room that was over opens again, with another code."""
        with self.writing(id) as connection:
            workshop = self.workshop_in(connection, id)
            if workshop.state == "open" and (workshop.expires or 0) > self.clock():
                return workshop
            if not self._rounds(connection, id):
                raise Refused("no_rounds")
            fresh = replace(
                workshop, state="open", code=self._free_code(connection), expires=self.clock() + CODE_LASTS,
                opened=workshop.opened or self._now(), ended="",
            )  # fmt: skip
            return self._put(connection, fresh)

    def end(self, id: str) -> Workshop:
        """Close the room: the round that is open is closed, the code is no longer good. Nothing is deleted."""
        with self.writing(id) as connection:
            for round in self._rounds(connection, id):
                if round.state == "open":
                    self._close(connection, round)
            ended = replace(self.workshop_in(connection, id), state="ended", code="", expires=None, ended=self._now())
            return self._put(connection, ended)

    def lock(self, id: str, locked: bool = True) -> Workshop:
        """Nobody else can join; those who are in stay in."""
        return self.change(id, locked=locked)

    def delete(self, id: str) -> None:
        """Delete a workshop for good, with its votes. What was accepted into the project stays there."""
        with self.writing() as connection:
            connection.execute(tables.workshops.delete().where(tables.workshops.c.id == id))

    def facilitate(self, id: str, author: str, *, lead: bool = False) -> Workshop:
        """Let another browser facilitate as well, or take the lead."""
        with self.writing(id) as connection:
            workshop = self.workshop_in(connection, id)
            others = tuple(known for known in workshop.facilitators if known != author)
            return self._put(connection, replace(workshop, facilitators=(author, *others) if lead else (*others, author)))

    # --- agenda -------------------------------------------------------------------------------------------------

    def rounds(self, id: str) -> list[Round]:
        """The agenda, in its order."""
        with self.reading() as connection:
            return self._rounds(connection, id)

    def round(self, id: str) -> Round:
        with self.reading() as connection:
            return self.round_in(connection, id)

    def add(self, id: str, round: Round, *, after: str | None = None) -> Round:
        """Put a round on the agenda: last, or after another one."""
        with self.writing(id) as connection:
            agenda = self._rounds(connection, id)
            positions = [known.position for known in agenda]
            place = next((index for index, known in enumerate(agenda) if known.id == after), len(agenda) - 1)
            following = positions[place + 1] if place + 1 < len(positions) else (positions[-1] if positions else -1.0) + 2.0
            position = (positions[place] + following) / 2 if positions else 0.0
            fresh = replace(round, id=new_id("r"), workshop=id, position=position, state="waiting", salt="", accepted=None)
            connection.execute(tables.rounds.insert().values(**to_row(fresh)))
            return fresh

    def edit(self, id: str, **values: Any) -> Round:
        """Change a round. Votes stay, whatever changes: an item that is taken away keeps its votes, and shows them if it comes back.

        Raises
        ------
        Refused : once the round has begun, what people were told no longer changes (code ``started``).
        """
        with self._round_for_writing(id) as (connection, round):
            fresh = replace(round, **values)
            if round.state != "waiting" and any(getattr(round, name) != getattr(fresh, name) for name in _FIXED):
                raise Refused("started")
            if fresh.kind == "dots":
                low, high, step = scale_of("dots", fresh.budget)
                fresh = replace(fresh, low=low, high=high, step=step)
            return self._save(connection, fresh)

    def arrange(self, id: str, order: Sequence[str]) -> None:
        """Put the agenda in this order."""
        with self.writing(id) as connection:
            for position, round in enumerate(order):
                where = (tables.rounds.c.id == round) & (tables.rounds.c.workshop == id)
                connection.execute(tables.rounds.update().where(where).values(position=float(position)))

    def drop(self, id: str) -> None:
        """Take a round off the agenda.

        Raises
        ------
        Refused : it has begun (code ``started``): what people voted is not thrown away.
        """
        with self._round_for_writing(id) as (connection, round):
            if round.state != "waiting":
                raise Refused("started")
            connection.execute(tables.rounds.delete().where(tables.rounds.c.id == id))

    # --- running ------------------------------------------------------------------------------------------------

    def start(self, id: str) -> Round:
        """Open a round: phones show it and votes count.

        Raises
        ------
        Refused : another one is open (code ``busy``), or this one has been (code ``started``).
        """
        with self._round_for_writing(id) as (connection, round):
            if round.state != "waiting":
                raise Refused("started")
            if any(other.state == "open" for other in self._rounds(connection, round.workshop)):
                raise Refused("busy")
            ends = self.clock() + round.seconds if round.seconds else None
            self._show(connection, round)
            return self._save(connection, replace(round, state="open", salt=new_salt(), ends=ends, left=None))

    def close(self, id: str) -> Round:
        """Take no more votes. An anonymous round forgets here who voted what."""
        with self._round_for_writing(id) as (connection, round):
            if round.state != "open":
                raise Refused("not_open")
            closed = self._close(connection, round)
        closing.wipe(self.engine)
        return closed

    def reveal(self, id: str) -> Round:
        """Let the results out; a round that is still open is closed first."""
        with self._round_for_writing(id) as (connection, round):
            if round.state == "waiting":
                raise Refused("not_open")
            closed = self._close(connection, round) if round.state == "open" else round
            self._show(connection, closed)
            revealed = self._save(connection, replace(closed, state="revealed"))
        closing.wipe(self.engine)
        return revealed

    def show(self, id: str) -> None:
        """Put a round on the screen and the phones, as it is."""
        with self._round_for_writing(id) as (connection, round):
            self._show(connection, round)

    def pause(self, id: str) -> Round:
        """Stop the timer; votes are still taken."""
        with self._round_for_writing(id) as (connection, round):
            if round.ends is None:
                return round
            return self._save(connection, replace(round, ends=None, left=max(0.0, round.ends - self.clock())))

    def resume(self, id: str) -> Round:
        with self._round_for_writing(id) as (connection, round):
            if round.left is None:
                return round
            return self._save(connection, replace(round, ends=self.clock() + round.left, left=None))

    def add_time(self, id: str, seconds: float = 60) -> Round:
        """More time; a timer at zero starts again from here, a round without a timer gets one."""
        with self._round_for_writing(id) as (connection, round):
            if round.left is not None:
                return self._save(connection, replace(round, left=round.left + seconds))
            return self._save(connection, replace(round, ends=max(round.ends or 0.0, self.clock()) + seconds))

    def again(self, id: str, items: Iterable[str] | None = None) -> Round:
        """A second round on the same question (on these items, or all), after the first on the agenda; the first is kept."""
        first = self.round(id)
        wanted = set(items) if items is not None else {item.id for item in first.items}
        chosen: tuple[Item, ...] = tuple(item for item in first.items if item.id in wanted)
        fresh = replace(
            first,
            items=chosen or first.items,
            previous=first.id,
            root=first.root or first.id,
            note="",
            ends=None,
            left=None,
            voted=None,
            finished=None,
            of=None,
            skipped={},
        )
        return self.add(first.workshop, fresh, after=id)

    def decide(self, id: str, note: str) -> Round:
        """Write down what was decided; it goes into the minutes."""
        return self.edit(id, note=note.strip())

    def accepted(self, id: str, revision: int) -> Round:
        """Remember the project's revision that took the results in."""
        with self._round_for_writing(id) as (connection, round):
            return self._save(connection, replace(round, accepted=revision))

    # --- inside -------------------------------------------------------------------------------------------------

    @contextmanager
    def _round_for_writing(self, id: str) -> Iterator[tuple[sa.Connection, Round]]:
        with self.writing(self.round(id).workshop) as connection:
            yield connection, self.round_in(connection, id)

    def _rounds(self, connection: sa.Connection, id: str) -> list[Round]:
        query = sa.select(tables.rounds).where(tables.rounds.c.workshop == id).order_by(tables.rounds.c.position, tables.rounds.c.id)
        return [from_row(row) for row in connection.execute(query).mappings()]

    def _save(self, connection: sa.Connection, round: Round) -> Round:
        connection.execute(tables.rounds.update().where(tables.rounds.c.id == round.id).values(**to_row(round)))
        return round

    def _put(self, connection: sa.Connection, workshop: Workshop) -> Workshop:
        values = {name: value for name, value in workshop_row(workshop).items() if name not in ("id", "revision")}
        connection.execute(tables.workshops.update().where(tables.workshops.c.id == workshop.id).values(**values))
        return workshop

    def _show(self, connection: sa.Connection, round: Round) -> None:
        table = tables.workshops
        connection.execute(table.update().where(table.c.id == round.workshop).values(current=round.id))

    def _close(self, connection: sa.Connection, round: Round) -> Round:
        workshop, people = self.workshop_in(connection, round.workshop), self.people_in(connection, round.workshop)
        return self._save(connection, closing.close(connection, workshop, round, people))

    def _free_code(self, connection: sa.Connection) -> str:
        while True:
            code = new_code()
            if not connection.execute(sa.select(tables.workshops.c.id).where(tables.workshops.c.code == code)).first():
                return code

    def _now(self) -> str:
        return dt.datetime.fromtimestamp(self.clock(), dt.UTC).isoformat(timespec="seconds")
