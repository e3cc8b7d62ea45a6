"""Votes: many phones at once, each vote whole and kept before it is answered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import sqlalchemy as sa

from analysis.workshop import tables
from analysis.workshop.answers import Answer, check
from analysis.workshop.closing import WHOLE, key_of
from analysis.workshop.desk import Desk, workshop_from
from analysis.workshop.model import MOST_TEXTS, Participant, Round, Workshop, from_row
from analysis.workshop.refusals import Refused

Row = dict[str, Any]
_VOTE, _TEXT = ("round", "voter", "item"), ("round", "id")


@dataclass(slots=True)
class _Table:
    """Rows of one table as they are, and which of them have changed."""

    table: sa.Table
    key: tuple[str, ...]
    rows: dict[tuple[str, ...], Row] = field(default_factory=dict)
    changed: dict[tuple[str, ...], Row] = field(default_factory=dict)
    kept: set[tuple[str, ...]] = field(default_factory=set)

    def load(self, found: Iterable[Row]) -> None:
        self.rows = {tuple(row[name] for name in self.key): row for row in found}
        self.kept = set(self.rows)

    def put(self, row: Row) -> None:
        key = tuple(row[name] for name in self.key)
        self.rows[key] = self.changed[key] = row

    def write(self, connection: sa.Connection) -> None:
        if not self.changed:
            return
        known = [{f"at_{name}": part for name, part in zip(self.key, key, strict=True)} for key in self.changed if key in self.kept]
        if known:
            where = sa.and_(*(self.table.c[name] == sa.bindparam(f"at_{name}") for name in self.key))
            connection.execute(self.table.delete().where(where), known)
        connection.execute(self.table.insert(), list(self.changed.values()))


class Ballots(Desk):
    """Takes votes. One call is one transaction: when it returns, what it accepted is on the disk."""

    def cast(self, answers: Sequence[Answer]) -> list[Refused | None]:
        """Take answers, of any rooms and rounds, in this order; for each None when it is kept, or why it is not.

        Nobody can reach another's vote: the key of a vote is made of the phone's own secret.
        """
        with self.writing() as connection:
            self.hold(connection, sorted({answer.workshop for answer in answers}))
            batch = _Batch(connection, answers)
            outcomes = [batch.take(answer) for answer in answers]
            batch.votes.write(connection)
            batch.texts.write(connection)
            if batch.touched:
                self.bump(connection, sorted(batch.touched))
        return outcomes

    def mine(self, connection: sa.Connection, round: Round, person: Participant) -> tuple[dict[str, Row], list[Row]]:
        """What somebody has answered in a round that is open: item → vote, and texts. Nobody's once it is closed and anonymous."""
        if round.anonymous and not round.salt:
            return {}, []
        key = key_of(round, person)
        votes = connection.execute(sa.select(tables.votes).where(tables.votes.c.round == round.id, tables.votes.c.voter == key)).mappings()
        texts = connection.execute(sa.select(tables.texts).where(tables.texts.c.round == round.id, tables.texts.c.voter == key)).mappings()
        return {row["item"]: dict(row) for row in votes}, [dict(row) for row in texts]


class _Batch:
    """What a batch of answers needs to know, read at once, and what it changes."""

    def __init__(self, connection: sa.Connection, answers: Sequence[Answer]) -> None:
        round_ids, tokens = sorted({a.round for a in answers}), sorted({a.token for a in answers})
        workshop_ids = sorted({a.workshop for a in answers})
        self.workshops: dict[str, Workshop] = {
            row["id"]: workshop_from(row) for row in _read(connection, tables.workshops, id=workshop_ids)
        }
        self.rounds: dict[str, Round] = {row["id"]: from_row(row) for row in _read(connection, tables.rounds, id=round_ids)}
        people = [Participant(**row) for row in _read(connection, tables.participants, workshop=workshop_ids, token=tokens)]
        self.people = {(person.workshop, person.token): person for person in people}
        keys = sorted({key for answer in answers for key in self._keys(answer)})
        self.votes = _Table(tables.votes, _VOTE)
        self.votes.load(_read(connection, tables.votes, round=round_ids, voter=keys))
        self.texts = _Table(tables.texts, _TEXT)
        if any(round.texts for round in self.rounds.values()):
            ids = [answer.text_id for answer in answers if answer.text_id]
            table = tables.texts
            query = sa.select(table).where(table.c.round.in_(round_ids), sa.or_(table.c.voter.in_(keys), table.c.id.in_(ids)))
            self.texts.load(dict(row) for row in connection.execute(query).mappings())
        self.touched: set[str] = set()

    def _keys(self, answer: Answer) -> list[str]:
        person, round = self.people.get((answer.workshop, answer.token)), self.rounds.get(answer.round)
        return [key_of(round, person)] if person and round else []

    def take(self, answer: Answer) -> Refused | None:
        try:
            round, person = self._allowed(answer)
            check(round, answer)
            changed = self._text(round, person, answer) if round.texts and not answer.skip else self._vote(round, person, answer)
        except Refused as reason:
            return reason
        if changed:
            self.touched.add(answer.workshop)
        return None

    def _allowed(self, answer: Answer) -> tuple[Round, Participant]:
        workshop, round = self.workshops.get(answer.workshop), self.rounds.get(answer.round)
        person = self.people.get((answer.workshop, answer.token))
        if workshop is None or round is None or round.workshop != workshop.id:
            raise Refused("no_round")
        if person is None:
            raise Refused("not_joined")
        if person.removed:
            raise Refused("removed")
        if round.state != "open":
            raise Refused("closed" if round.state in ("closed", "revealed") else "not_open")
        if person.kind == "facilitator" and not workshop.facilitator_votes:
            raise Refused("facilitator")
        if round.who not in ("all", person.side):
            raise Refused("other_side")
        if not round.anonymous and not person.name:
            raise Refused("needs_name")
        return round, person

    def _vote(self, round: Round, person: Participant, answer: Answer) -> bool:
        voter = key_of(round, person)
        known = self.votes.rows.get((round.id, voter, answer.item))
        if known and known["count"] >= answer.count:
            return False  # sent twice, or overtaken by a later one
        if round.kind == "dots" and not answer.skip and not answer.gone:
            self._check_budget(round, voter, answer)
        if round.texts and answer.skip and self._wrote(round, voter):
            return False
        if round.kind == "dots" and not self._settle_whole(round, voter, answer):
            return False
        empty = answer.gone or (round.kind == "dots" and answer.value == 0)
        self.votes.put({
            "round": round.id, "voter": voter, "item": answer.item, "value": None if empty else answer.value,
            "second": None if empty else answer.second, "skip": answer.skip and not empty, "side": person.side, "typed": answer.typed,
            "count": answer.count,
        })  # fmt: skip
        return True

    def _check_budget(self, round: Round, voter: str, answer: Answer) -> None:
        mine = self._of(round, voter)
        held = sum(row["value"] or 0 for item, row in mine.items() if item != answer.item)
        before = mine[answer.item]["value"] or 0 if answer.item in mine else 0
        # whoever holds more than the budget, since it was lowered, keeps it but only gives back
        if (answer.value or 0) > before and held + (answer.value or 0) > round.budget:
            raise Refused("over_budget")

    def _settle_whole(self, round: Round, voter: str, answer: Answer) -> bool:
        """“Nothing” to the whole round takes the dots away, and a dot takes “nothing” away; False: a later one stands."""
        mine = self._of(round, voter)
        against = [item for item in mine if item != WHOLE] if answer.item == WHOLE else [WHOLE]
        if any(mine[item]["count"] > answer.count and _says(mine[item]) for item in against if item in mine):
            return False
        for item in against:
            if item in mine and not answer.gone:
                self._bury(mine[item], answer.count)
        return True

    def _bury(self, row: Row, count: int) -> None:
        """Take a vote away but remember its count while the round is open, so that an older copy cannot bring it back."""
        self.votes.put(row | {"value": None, "second": None, "skip": False, "count": max(count, row["count"])})

    def _of(self, round: Round, voter: str) -> dict[str, Row]:
        return {key[2]: row for key, row in self.votes.rows.items() if key[:2] == (round.id, voter)}

    def _wrote(self, round: Round, voter: str) -> list[Row]:
        return [row for row in self.texts.rows.values() if (row["round"], row["voter"]) == (round.id, voter) and row["text"]]

    def _text(self, round: Round, person: Participant, answer: Answer) -> bool:
        voter, key = key_of(round, person), (round.id, answer.text_id)
        known = self.texts.rows.get(key)
        if known and known["voter"] != voter:
            raise Refused("bad_request")
        if known and known["count"] >= answer.count:
            return False
        if not answer.gone and known is None and len(self._wrote(round, voter)) >= (1 if round.kind == "question" else MOST_TEXTS):
            raise Refused("too_many")
        nothing = self._of(round, voter).get(WHOLE)
        if nothing and not answer.gone:
            self._bury(nothing, answer.count)
        self.texts.put(
            {
                "round": round.id,
                "id": answer.text_id,
                "voter": voter,
                "item": answer.item,
                "text": "" if answer.gone else answer.text,
                "side": person.side,
                "typed": answer.typed,
                "hidden": bool(known and known["hidden"]),
                "merged": known["merged"] if known else "",
                "count": answer.count,
            }
        )
        return True


def _says(row: Row) -> bool:
    """Whether a vote stands, rather than having been taken back."""
    return bool(row["skip"]) or row["value"] is not None


def _read(connection: sa.Connection, table: sa.Table, **wanted: Sequence[str]) -> list[Row]:
    if not all(wanted.values()):
        return []
    query = _reading(table, tuple(wanted))
    return [dict(row) for row in connection.execute(query, {f"of_{name}": values for name, values in wanted.items()}).mappings()]


@cache
def _reading(table: sa.Table, columns: tuple[str, ...]) -> sa.Select[Any]:
    """Rows where each of these columns is among the values given; built once, since building costs more than asking."""
    return sa.select(table).where(*(table.c[name].in_(sa.bindparam(f"of_{name}", expanding=True)) for name in columns))
