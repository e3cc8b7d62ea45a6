"""How the parts of a workshop reach the database: whole transactions, each of which raises the workshop's revision."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from analysis.workshop import tables
from analysis.workshop.model import Participant, Round, Workshop, from_row
from analysis.workshop.refusals import Refused

_PLAIN = ("id", "project", "code", "state", "revision", "current", "expires")


class Desk:
    """Reads and writes of one database. ``clock`` gives seconds since 1970; tests bring their own."""

    def __init__(self, engine: sa.Engine, clock: Callable[[], float] = time.time) -> None:
        self.engine = engine
        self.clock = clock

    @contextmanager
    def writing(self, workshop: str | None = None) -> Iterator[sa.Connection]:
        """A transaction that writes. With a workshop: it is held for us alone and its revision goes up."""
        with self.engine.connect().execution_options(writes=True) as connection, connection.begin():
            if workshop is not None:
                self.hold(connection, [workshop])
            yield connection
            if workshop is not None:
                self.bump(connection, [workshop])

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        with self.engine.connect() as connection:
            yield connection

    def hold(self, connection: sa.Connection, workshops: list[str]) -> None:
        """Nobody else changes these workshops until we are done. (SQLite has one writer at a time anyway.)"""
        if connection.dialect.name == "sqlite":
            return
        table = tables.workshops
        connection.execute(sa.select(table.c.id).where(table.c.id.in_(workshops)).order_by(table.c.id).with_for_update()).all()

    def bump(self, connection: sa.Connection, workshops: list[str]) -> None:
        table = tables.workshops
        connection.execute(table.update().where(table.c.id.in_(workshops)).values(revision=table.c.revision + 1))

    # --- rows -> values ---------------------------------------------------------------------------------------------

    def workshop_in(self, connection: sa.Connection, id: str) -> Workshop:
        row = connection.execute(sa.select(tables.workshops).where(tables.workshops.c.id == id)).mappings().first()
        if row is None:
            raise Refused("no_room")
        return workshop_from(row)

    def round_in(self, connection: sa.Connection, id: str) -> Round:
        row = connection.execute(sa.select(tables.rounds).where(tables.rounds.c.id == id)).mappings().first()
        if row is None:
            raise Refused("no_round")
        return from_row(row)

    def people_in(self, connection: sa.Connection, workshop: str) -> list[Participant]:
        rows = connection.execute(sa.select(tables.participants).where(tables.participants.c.workshop == workshop)).mappings()
        return sorted((Participant(**row) for row in rows), key=lambda person: (person.name.casefold(), person.id))


def workshop_from(row: Any) -> Workshop:
    body = dict(row["body"])
    body["facilitators"] = tuple(body.get("facilitators", ()))
    plain = {name: row[name] for name in _PLAIN}
    return Workshop(**(plain | {"code": row["code"] or ""}), **body)


def workshop_row(workshop: Workshop) -> dict[str, Any]:
    names = [name for name in Workshop.__slots__ if name not in _PLAIN]
    row = {name: getattr(workshop, name) for name in _PLAIN}
    return row | {"code": workshop.code or None, "body": {name: getattr(workshop, name) for name in names}}


def counted(person: Participant, workshop: Workshop, round: Round) -> bool:
    """Whether somebody is one of those whose vote a round waits for."""
    if person.removed or (person.kind == "facilitator" and not workshop.facilitator_votes):
        return False
    return round.who in ("all", person.side)
