"""The emotion curve of each journey, as a table and as a chart."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.reports import words
from analysis.reports.content import Content
from analysis.reports.workbook.cells import Pen
from analysis.reports.workbook.charts import emotion_chart
from analysis.reports.workbook.tables import Column, add_sheet, write_table

#: charts beyond these are left to the reader: their figures are in the table
CHARTS = 4
_ROWS_OF_A_CHART = 21


def write(pen: Pen, content: Content) -> None:
    t = content.t
    sheet = add_sheet(pen, t("Emotion"), t(
        "Mean of the customers' answers on −2 to +2, one respondent one voice. Filled: measured or voted; hollow: fewer than 5 answers; "
        "diamond and dashes: assumed. A stage without a value is a gap, not zero."
    ))  # fmt: skip
    placed = write_table(pen, sheet, "Emotion", columns_of(content), frame_of(content), frozen=2, charted=True)
    start = placed.first
    for position, (journey, title) in enumerate(content.journeys[:CHARTS]):
        part = content.emotions(journey)
        rows = range(start, start + len(part))
        start += len(part)
        if part["value"].notna().any():
            assumed = [provenance == "assumed" for provenance in part["provenance"].fillna("")]
            few = part["few"].fillna(False).astype(bool).tolist()
            chart = emotion_chart(placed, rows, title, t("How customers feel, stage by stage (−2 to +2)"), assumed, few, pen.colour)
            sheet.add_chart(chart, f"B{placed.last + 3 + position * _ROWS_OF_A_CHART}")


def columns_of(content: Content) -> list[Column]:
    t = content.t
    return [
        Column("journey", t("Journey"), "wrap", 19), Column("stage", t("Stage"), "wrap", 18), Column("value", t("Emotion"), "signed", 10),
        Column("provenance", t("Provenance"), width=12), Column("n", t("Respondents (n)"), "number", 13),
        Column("sd", t("Standard deviation"), "score/2", 10), Column("low", t("95% interval: low"), "score/2", 10),
        Column("high", t("95% interval: high"), "score/2", 10), Column("remark", t("Remark"), "wrap", 20),
        Column("measured", t("Measured value"), "score/2", 10), Column("assumed", t("Assumed value"), "score/2", 10),
        Column("above", t("Interval above"), "score/2", 12), Column("below", t("Interval below"), "score/2", 12),
    ]  # fmt: skip


def frame_of(content: Content) -> pd.DataFrame:
    """One row a stage of every journey."""
    parts = [content.emotions(journey).assign(journey=title) for journey, title in content.journeys]
    if not parts:
        return pd.DataFrame(columns=["value"])
    frame = pd.concat(parts, ignore_index=True)
    t = content.t
    return frame.assign(
        provenance=words.in_words(frame["provenance"], words.PROVENANCES, t),
        remark=pd.Series([_remark(content, dict(row)) for _, row in frame.iterrows()], index=frame.index, dtype="string"),
        above=frame["high"] - frame["value"],
        below=frame["value"] - frame["low"],
    )


def _remark(content: Content, row: dict[Any, Any]) -> str | None:
    t = content.t
    said = {
        "few": t("few answers"),
        "divided": t("divided feelings"),
        "alike": t("all alike"),
        "override": t("set by hand over a measured value"),
    }
    return ", ".join(text for name, text in said.items() if pd.notna(row[name]) and row[name]) or None
