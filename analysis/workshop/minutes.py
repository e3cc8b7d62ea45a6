"""After a workshop: minutes, and the votes as a table. What was not revealed is not in them."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import Any

import pandas as pd
import sqlalchemy as sa

from analysis.project.frames import typed_frame
from analysis.workshop import tables
from analysis.workshop.closing import Turnout, stands, turnout
from analysis.workshop.model import Participant, Round, Workshop
from analysis.workshop.results import Result, Results
from analysis.workshop.rooms import Rooms

VOTES = {
    "round": "Int64", "kind": "string", "question": "string", "item": "string", "stage": "string", "side": "string", "value": "Float64",
    "effort": "Float64", "answer": "string", "skip": "boolean", "typed": "boolean", "name": "string",
}  # fmt: skip
RESULTS = {
    "round": "Int64", "question": "string", "item": "string", "stage": "string", "scale": "string", "n": "Int64", "mean": "Float64",
    "median": "Float64", "sd": "Float64", "agreement": "Float64", "band": "string", "skips": "Int64", "dots": "Int64",
    "mean_staff": "Float64",
    "n_staff": "Int64", "mean_customer": "Float64", "n_customer": "Int64", "mean_before": "Float64",
}  # fmt: skip


@dataclass(frozen=True)
class Minutes:
    """A workshop as it is told afterwards. ``sealed`` rounds were held but never revealed: only their turnout is told."""

    workshop: Workshop
    people: tuple[Participant, ...]
    rounds: tuple[Round, ...]
    results: dict[str, Result]
    turnouts: dict[str, Turnout]

    @property
    def sealed(self) -> tuple[Round, ...]:
        return tuple(round for round in self.rounds if round.state != "waiting" and round.id not in self.results)

    def number(self, round: Round) -> int:
        return self.rounds.index(round) + 1


class Secretary(Results):
    """Writes minutes."""

    def minutes(self, workshop_id: str) -> Minutes:
        """What there is to tell of a workshop; the try-out is left out."""
        with self.reading() as connection:
            workshop = self.workshop_in(connection, workshop_id)
            people = self.people_in(connection, workshop_id)
            agenda = Rooms(self.engine, self.clock)._rounds(connection, workshop_id)
            rounds = tuple(round for round in agenda if not round.trial)
            found = {round.id: self._result(connection, round) for round in rounds if round.state == "revealed"}
            seen = {round.id: turnout(connection, workshop, round, people) for round in rounds if round.state != "waiting"}
        here = tuple(person for person in people if not person.removed and person.kind != "facilitator")
        return Minutes(workshop, here, rounds, found, seen)

    def votes(self, workshop_id: str) -> pd.DataFrame:
        """Every vote of the revealed rounds, one row each, sorted by item and value: the order says nothing of who or when.

        ``name`` is filled for rounds that asked for names, and only there.
        """
        found = self.minutes(workshop_id)
        names = {person.id: person.name for person in found.people}
        rows: list[dict[str, Any]] = []
        with self.reading() as connection:
            for round in found.rounds:
                if round.id in found.results:
                    rows += self._rows(connection, found, round, names)
        return typed_frame(rows, VOTES)

    def _rows(self, connection: sa.Connection, found: Minutes, round: Round, names: dict[str, str]) -> list[dict[str, Any]]:
        query = sa.select(tables.votes).where(tables.votes.c.round == round.id, stands(tables.votes))
        items = {item.id: item for item in round.items}
        base = {"round": found.number(round), "kind": round.kind, "question": round.question}
        rows = []
        for row in connection.execute(query).mappings():
            item = items.get(row["item"])
            answer = round.choices[int(row["value"])] if round.choices and row["value"] is not None else None
            rows.append(base | {
                "item": item.label if item else None, "stage": item.group or None if item else None, "side": row["side"],
                "value": None if answer else row["value"], "effort": row["second"], "answer": answer, "skip": row["skip"],
                "typed": row["typed"], "name": None if round.anonymous else names.get(row["voter"]),
            })  # fmt: skip
        for text in found.results[round.id].texts:
            item = items.get(text.item)
            rows.append(base | {"item": item.label if item else None, "side": text.side, "answer": text.text, "skip": False})
        return sorted(
            rows, key=lambda row: tuple(str(row.get(name) or "") for name in ("item", "value", "effort", "answer", "name", "side"))
        )


def results_table(minutes: Minutes) -> pd.DataFrame:
    """One row an item and scale (impact and effort are two): the figures of every revealed round."""
    rows = []
    for round in minutes.rounds:
        result = minutes.results.get(round.id)
        for item in result.items if result else ():
            scales = [("impact", item.first, item.sides, item.before), ("effort", item.second, item.second_sides, item.before_second)]
            for name, figures, sides, before in scales if round.pair else [(round.kind, item.first, item.sides, item.before)]:
                if figures is None:
                    continue
                staff, customer = sides.get("staff"), sides.get("customer")
                rows.append({
                    "round": minutes.number(round), "question": round.question, "item": item.item.label, "stage": item.item.group or None,
                    "scale": name, "n": figures.n, "mean": figures.mean, "median": figures.median, "sd": figures.sd,
                    "agreement": figures.agreement, "band": figures.band, "skips": item.skips,
                    "dots": int(item.total) if round.kind == "dots" else None,
                    "mean_staff": staff.mean if staff else None, "n_staff": staff.n if staff else None,
                    "mean_customer": customer.mean if customer else None, "n_customer": customer.n if customer else None,
                    "mean_before": before.mean if before else None,
                })  # fmt: skip
    return typed_frame(rows, RESULTS)


def as_csv(frame: pd.DataFrame, language: str) -> bytes:
    """A table as a spreadsheet opens it: semicolons and decimal commas in French; a text never becomes a formula."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if language == "fr" else ",", lineterminator="\r\n")
    writer.writerow(frame.columns)
    for row in frame.itertuples(index=False):
        writer.writerow([_cell(value, language) for value in row])
    return ("\ufeff" + out.getvalue()).encode("utf-8")


def _cell(value: Any, language: str) -> str:
    if pd.isna(value):
        return ""
    if isinstance(value, float):
        text = f"{value:.4f}".rstrip("0").rstrip(".")
        return text.replace(".", ",") if language == "fr" else text
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text[:1] in "=+-@\t\r" and text[:1] else text
