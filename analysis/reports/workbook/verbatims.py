"""What people wrote, a line each, without who wrote it. A deliverable that may not show it has no such sheet."""

from __future__ import annotations

import pandas as pd

from analysis.reports import words
from analysis.reports.content import Content
from analysis.reports.workbook.cells import Pen
from analysis.reports.workbook.tables import Column, add_sheet, write_table

#: lines of the sheet; more would no longer be read, and Excel holds 1,048,576
MOST = 20_000


def write(pen: Pen, content: Content) -> None:
    """The sheet; none where nobody wrote, or where it must not be shown."""
    t, frame = content.t, frame_of(content)
    if frame.empty:
        return
    rule = t("Comments in the words used, masked when they were read; who wrote them is not kept here.")
    if len(frame) > MOST:
        rule += " " + t("The first {n} are listed.", n=MOST)
    write_table(pen, add_sheet(pen, t("Verbatims"), rule), "Verbatims", columns_of(content), frame.head(MOST), frozen=0)


def frame_of(content: Content) -> pd.DataFrame:
    """Every answer that has a text."""
    evidence = content.answers
    found = evidence[evidence["text"].notna() & (evidence["text"].astype("string").str.strip() != "")]
    return found.assign(
        side=words.in_words(found["side"], words.SIDES, content.t), measure=words.in_words(found["measure"], words.MEASURES, content.t)
    )


def columns_of(content: Content) -> list[Column]:
    """The text, and what is known of it: a column that would be empty is left out."""
    t, known = content.t, frame_of(content)
    rated = bool(known["value"].notna().any())
    columns = [
        Column("text", t("In the words used"), "wrap", 80), Column("stage", t("Stage"), "wrap", 20),
        Column("touchpoint", t("Touchpoint"), "wrap", 26), Column("persona", t("Persona"), "wrap", 18),
        Column("measure", t("Measure"), "wrap", 18), Column("value", t("Value"), "figure", 9),
        Column("low", t("Scale: low end"), "score", 10), Column("high", t("Scale: high end"), "score", 10),
        Column("date", t("Date"), "date", 12), Column("side", t("Staff or customer"), width=13), Column("source", t("Source"), "wrap", 26),
    ]  # fmt: skip
    return [
        column
        for column in columns
        if column.key == "text" or (known[column.key].notna().any() and (rated or column.key not in ("low", "high", "measure")))
    ]
