"""What a round says, item by item: distribution, median, mean, n, skips, agreement. Only of rounds whose results may be seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from analysis.workshop import tables
from analysis.workshop.closing import WHOLE, Turnout, stands, turnout
from analysis.workshop.desk import Desk
from analysis.workshop.disagreement import agreement, band, spread
from analysis.workshop.model import Item, Round
from analysis.workshop.refusals import Refused


@dataclass(frozen=True, slots=True)
class Figures:
    """One scale of one item. ``bins``: votes per step of the scale, from its low end. ``sd`` is the sample's (n − 1)."""

    n: int
    mean: float | None
    median: float | None
    sd: float | None
    agreement: float | None
    band: str | None
    bins: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ItemResult:
    """``first`` and ``second``: impact and effort, or the one scale and None. ``total``: dots.

    ``sides``: side → the first figures of that side; ``before``: those of the first round, of a second one.
    """

    item: Item
    skips: int
    first: Figures
    second: Figures | None = None
    total: float = 0.0
    sides: dict[str, Figures] = field(default_factory=dict)
    second_sides: dict[str, Figures] = field(default_factory=dict)
    before: Figures | None = None  # in the first round, of a second one
    before_second: Figures | None = None

    @property
    def agreement(self) -> float | None:
        """The lower of the two agreements."""
        known = [f.agreement for f in (self.first, self.second) if f is not None and f.agreement is not None]
        return min(known) if known else None

    @property
    def band(self) -> str | None:
        order = {"must": 0, "discuss": 1, "fine": 2}
        known = [f.band for f in (self.first, self.second) if f is not None and f.band]
        return min(known, key=order.__getitem__) if known else None


@dataclass(frozen=True, slots=True)
class TextResult:
    """A text that may be shown. ``count``: how many texts it speaks for (1: itself)."""

    id: str
    item: str
    text: str
    side: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class Result:
    """A whole round. ``skips``: people who said "nothing" to the whole of it (dots, texts)."""

    round: Round
    turnout: Turnout
    items: tuple[ItemResult, ...] = ()
    texts: tuple[TextResult, ...] = ()
    skips: int = 0

    @property
    def divided(self) -> tuple[ItemResult, ...]:
        """The items, the most divided first; dots: those with most dots first; those without an agreement last."""
        if self.round.kind == "dots":
            return tuple(sorted(self.items, key=lambda result: -result.total))
        return tuple(sorted(self.items, key=lambda result: (result.agreement is None, result.agreement or 0.0)))


class Results(Desk):
    """Reads results. Whatever is asked, nothing of a round comes out before it is revealed, or was set to live."""

    def of(self, round_id: str) -> Result:
        """The results of a round.

        Raises
        ------
        Refused : it has not been revealed (code ``hidden``).
        """
        with self.reading() as connection:
            round = self.round_in(connection, round_id)
            if not round.visible:
                raise Refused("hidden")
            return self._result(connection, round)

    def _result(self, connection: sa.Connection, round: Round, seen: Turnout | None = None) -> Result:
        if seen is None:
            workshop, people = self.workshop_in(connection, round.workshop), self.people_in(connection, round.workshop)
            seen = turnout(connection, workshop, round, people)
        rows = _votes(connection, round.id)
        nothing = sum(row["n"] for row in rows if row["skip"] and row["item"] == WHOLE)
        if round.texts:
            return Result(round, seen, texts=tuple(shown_texts(connection, round)), skips=nothing)
        earlier = self._earlier(connection, round)
        return Result(round, seen, tuple(_item(round, item, rows, earlier) for item in round.items), skips=nothing)

    def _earlier(self, connection: sa.Connection, round: Round) -> tuple[Round, list[dict[str, Any]]] | None:
        """The votes of the round that this one repeats, if they may be seen."""
        if not round.previous:
            return None
        try:
            first = self.round_in(connection, round.previous)
        except Refused:
            return None
        return (first, _votes(connection, first.id)) if first.visible else None


def _votes(connection: sa.Connection, round: str) -> list[dict[str, Any]]:
    """Equal votes joined, with their number ``n``: a board that is live asks several times a second."""
    table = tables.votes
    alike = (table.c.item, table.c.side, table.c.value, table.c.second, table.c.skip)
    query = sa.select(*alike, sa.func.count().label("n")).where(table.c.round == round, stands(table)).group_by(*alike)
    return [dict(row) for row in connection.execute(query).mappings()]


def _item(round: Round, item: Item, rows: list[dict[str, Any]], earlier: tuple[Round, list[dict[str, Any]]] | None) -> ItemResult:
    own = [row for row in rows if row["item"] == item.id]
    given = [row for row in own if not row["skip"]]
    sides = sorted({row["side"] for row in given})
    by_side = {side: [row for row in given if row["side"] == side] for side in sides}
    before = [row for row in earlier[1] if row["item"] == item.id and not row["skip"]] if earlier else []
    return ItemResult(
        item, sum(row["n"] for row in own if row["skip"]), _figures(round, given, "value"),
        _figures(round, given, "second") if round.pair else None,
        total=sum(row["value"] * row["n"] for row in given) if round.kind == "dots" else 0.0,
        sides={side: _figures(round, part, "value") for side, part in by_side.items()},
        second_sides={side: _figures(round, part, "second") for side, part in by_side.items()} if round.pair else {},
        before=_figures(round, before, "value") if before else None,
        before_second=_figures(round, before, "second") if before and round.pair else None,
    )  # fmt: skip


def _figures(round: Round, rows: Sequence[dict[str, Any]], name: str) -> Figures:
    values = sorted(value for row in rows if row[name] is not None for value in [float(row[name])] * row["n"])
    bins = [0] * (round_steps(round) if round.kind != "dots" else 0)
    for value in values if bins else ():
        bins[min(len(bins) - 1, round_position(round, value))] += 1
    ordered = round.kind != "dots" and not round.choices
    found = agreement(values, round.low, round.high) if ordered else None
    return Figures(
        len(values),
        sum(values) / len(values) if values and ordered else None,
        (values[len(values) // 2] + values[(len(values) - 1) // 2]) / 2 if values and ordered else None,
        spread(values, sample=True) if len(values) > 1 and ordered else None,
        found,
        band(found, round.low, round.high, round.step),
        tuple(bins),
    )


def round_steps(round: Round) -> int:
    """How many steps a round's scale has."""
    return int((round.high - round.low) / round.step + 1.5)


def round_position(round: Round, value: float) -> int:
    """Which step a value is, from 0."""
    return int((value - round.low) / round.step + 0.5)


def shown_texts(connection: sa.Connection, round: Round) -> list[TextResult]:
    """Texts that are neither hidden nor spoken for by another, stage by stage, those that speak for most first."""
    rows = connection.execute(sa.select(tables.texts).where(tables.texts.c.round == round.id, tables.texts.c.text != "")).mappings().all()
    counts: dict[str, int] = {}
    for row in rows:
        if row["merged"] and not row["hidden"]:
            counts[row["merged"]] = counts.get(row["merged"], 0) + 1
    found = [
        TextResult(row["id"], row["item"], row["text"], row["side"], 1 + counts.get(row["id"], 0))
        for row in rows
        if not row["hidden"] and not row["merged"]
    ]
    place = {item.id: index for index, item in enumerate(round.items)}
    return sorted(found, key=lambda text: (place.get(text.item, len(place)), -text.count, text.text.casefold()))
