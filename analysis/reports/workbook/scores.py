"""Every figure with where it comes from: measured, voted or assumed."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from analysis.project.figures import CRITERIA, own_ends
from analysis.reports import words
from analysis.reports.content import Content
from analysis.reports.workbook.cells import Pen
from analysis.reports.workbook.tables import Column, Placed, add_sheet, write_table


def write(pen: Pen, content: Content) -> Placed:
    t = content.t
    sheet = add_sheet(
        pen,
        t("Scores"),
        t(
            "One figure a line. Measured: from answers of customers; voted: in a workshop; assumed: set by hand, or read "
            "from a file or a word."
        ),
    )
    return write_table(pen, sheet, "Scores", columns_of(content), frame_of(content), frozen=3)


def columns_of(content: Content) -> list[Column]:
    t = content.t
    return [
        Column("number", t("Ref.")),
        Column("name", t("Touchpoint, stage or action"), "wrap"),
        Column("criterion", t("Criterion")),
        Column("value", t("Value"), "figure", 10),
        Column("scale", t("Scale"), width=12),
        Column("provenance", t("Provenance"), width=13),
        Column("layer", t("Comes from"), width=17),
        Column("n", t("Answers or votes (n)"), "number", 12),
        Column("sd", t("Standard deviation"), "figure", 12),
        Column("low", t("95% interval: low"), "figure", 12),
        Column("high", t("95% interval: high"), "figure", 12),
        Column("behind", t("Measured or voted value that it replaces"), "figure", 16),
        Column("source", t("Source"), "wrap"),
        Column("text", t("As it was written"), "wrap"),
        Column("author", t("By")),
        Column("at", t("On"), "date", 12),
    ]


def frame_of(content: Content) -> pd.DataFrame:
    t = content.t
    scales = {name: t("{low} to {high}", low=ends[0], high=ends[1]) for name, ends in _ends(content).items() if ends}
    rows = [_row(content, target, criterion, scales) for target, criterion in _in_order(content)]
    return pd.DataFrame(rows) if rows else pd.DataFrame(columns=["value"])


def _ends(content: Content) -> dict[str, tuple[float, float] | None]:
    """criterion → ends of its scale: those of the library, then the user's own."""
    return {**CRITERIA, **own_ends(content.project)}


def _in_order(content: Content) -> list[tuple[str, str]]:
    places = {
        target: place for place, target in enumerate([*content.numbers, *content.project.table("stage"), *content.project.table("action")])
    }
    criteria = {name: place for place, name in enumerate(_ends(content))}
    known = content.project.figures
    return sorted(known, key=lambda key: (places.get(key[0], len(places)), criteria.get(key[1], len(criteria))))


def _row(content: Content, target: str, criterion: str, scales: dict[str, str]) -> dict[str, object]:
    t, project = content.t, content.project
    figure = project.figures[target, criterion]
    behind = next((other.value for other in figure.others if other.provenance != "assumed"), None)
    return {
        "number": content.numbers.get(target),
        "name": _name(content, target),
        "criterion": content.criterion(criterion),
        "value": figure.value,
        "scale": scales.get(criterion),
        "provenance": words.word(words.PROVENANCES, figure.provenance, t),
        "layer": words.word(words.LAYERS, figure.layer, t),
        "n": figure.n,
        "sd": figure.sd,
        "low": figure.low,
        "high": figure.high,
        "behind": behind if figure.layer == "hand" else None,
        "source": words.once(figure.source) or None,
        "text": figure.text or None,
        "author": content.person(figure.author),
        "at": _day(figure.at),
    }


def _name(content: Content, target: str) -> str | None:
    for kind, field in (("touchpoint", "name"), ("stage", "name"), ("action", "title")):
        if target in content.project.table(kind):
            return str(getattr(content.project.table(kind)[target], field))
    return None


def _day(moment: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(moment[:10])
    except ValueError:
        return None
