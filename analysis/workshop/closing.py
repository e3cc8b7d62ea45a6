"""Closing a round: count who voted, then cut an anonymous round loose from the phones for good."""

from __future__ import annotations

import contextlib
import secrets
import sqlite3
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from analysis.workshop import tables
from analysis.workshop.codes import voter_key
from analysis.workshop.desk import counted
from analysis.workshop.model import Participant, Round, Workshop

#: a vote that says "nothing" to the whole round (dots, texts), rather than to one of its items
WHOLE = ""


@dataclass(frozen=True, slots=True)
class Turnout:
    """``voted``: gave at least one answer; ``finished``: answered everything; ``of``: who could."""

    voted: int
    finished: int
    of: int


def key_of(round: Round, person: Participant) -> str:
    """Under which key somebody's votes in a round are kept."""
    return voter_key(round.salt, person.token) if round.anonymous else person.id


def turnout(connection: sa.Connection, workshop: Workshop, round: Round, people: list[Participant]) -> Turnout:
    """How many have voted. Nothing else of an open round leaves the server."""
    of = sum(counted(person, workshop, round) for person in people)
    if round.voted is not None:
        return Turnout(round.voted, round.finished or 0, round.of or 0)
    answers = _answers(connection, round)
    excluded = {key_of(round, person) for person in people if not counted(person, workshop, round)} if answers else set()
    answers = {voter: n for voter, n in answers.items() if voter not in excluded}
    items = 1 if round.texts or round.kind == "dots" else max(1, len(round.items))
    return Turnout(len(answers), sum(n >= items for n in answers.values()), of)


def _answers(connection: sa.Connection, round: Round) -> dict[str, int]:
    """voter → how many items they answered."""
    table, wanted = tables.votes, [item.id for item in round.items] + [WHOLE]
    query = (
        sa.select(table.c.voter, sa.func.count())
        .where(table.c.round == round.id, table.c.item.in_(wanted), stands(table))
        .group_by(table.c.voter)
    )
    answers = {voter: int(n) for voter, n in connection.execute(query)}
    if round.texts:
        query = sa.select(tables.texts.c.voter).where(tables.texts.c.round == round.id, tables.texts.c.text != "").distinct()
        answers |= {voter: 1 for (voter,) in connection.execute(query)}
    return answers


def close(connection: sa.Connection, workshop: Workshop, round: Round, people: list[Participant]) -> Round:
    """The round as it is once closed; its votes no longer lead to anybody where it was anonymous."""
    seen = turnout(connection, workshop, round, people)
    _cut_loose(connection, round)
    return replace(
        round, state="closed", ends=None, left=None, salt="", voted=seen.voted, finished=seen.finished, of=max(seen.of, seen.voted)
    )


def stands(table: sa.Table) -> sa.ColumnElement[bool]:
    """Votes that stand: one that was taken back keeps its place without a value while the round is open."""
    return sa.or_(table.c.skip, table.c.value.is_not(None))


def _cut_loose(connection: sa.Connection, round: Round) -> None:
    connection.execute(tables.votes.delete().where(tables.votes.c.round == round.id, sa.not_(stands(tables.votes))))
    connection.execute(tables.texts.delete().where(tables.texts.c.round == round.id, tables.texts.c.text == ""))
    if not round.anonymous:
        for table in (tables.votes, tables.texts):
            connection.execute(table.update().where(table.c.round == round.id).values(count=0))
        return
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("pragma secure_delete=on")  # overwrite what is deleted
    votes = [dict(row) for row in connection.execute(sa.select(tables.votes).where(tables.votes.c.round == round.id)).mappings()]
    _replace(connection, tables.votes, round, [row | {"voter": _random(), "count": 0} for row in votes])
    texts = [dict(row) for row in connection.execute(sa.select(tables.texts).where(tables.texts.c.round == round.id)).mappings()]
    names = {row["id"]: _random() for row in texts} | {"": ""}
    fresh = [row | {"id": names[row["id"]], "merged": names.get(row["merged"], ""), "voter": "", "count": 0} for row in texts]
    _replace(connection, tables.texts, round, fresh)


def _replace(connection: sa.Connection, table: sa.Table, round: Round, rows: list[dict[str, object]]) -> None:
    connection.execute(table.delete().where(table.c.round == round.id))
    if rows:
        connection.execute(table.insert(), sorted(rows, key=lambda row: str(row["voter"]) + str(row.get("id", ""))))


def _random() -> str:
    return secrets.token_hex(16)


def wipe(engine: sa.Engine) -> None:
    """Empty SQLite's journal, which still holds the pages as they were before the round was cut loose.

    When somebody is reading at this moment it stays for now; the next closing, or the end of the server, empties it.
    """
    if engine.dialect.name != "sqlite":
        return
    with contextlib.suppress(sqlite3.OperationalError), engine.connect() as connection:
        raw: Any = connection.connection.driver_connection
        raw.execute("pragma busy_timeout=200")
        try:
            raw.execute("pragma wal_checkpoint(truncate)").fetchall()
        finally:
            raw.execute("pragma busy_timeout=30000")
