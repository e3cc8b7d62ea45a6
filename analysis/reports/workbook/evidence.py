"""What was asked, of whom, about what, and what came out."""

from __future__ import annotations

import pandas as pd

from analysis.reports import words
from analysis.reports.content import Content
from analysis.reports.workbook.cells import Pen
from analysis.reports.workbook.tables import Column, Placed, add_sheet, write_table


def write(pen: Pen, content: Content) -> Placed:
    t = content.t
    sheet = add_sheet(
        pen,
        t("Evidence"),
        t(
            "One line a source, question, stage and touchpoint. Means are on the question's own scale; empty answers are "
            "counted apart, never as 0."
        ),
    )
    return write_table(pen, sheet, "Evidence", columns_of(content), frame_of(content), frozen=1)


def frame_of(content: Content) -> pd.DataFrame:
    """One row a source, side, measure, stage and touchpoint."""
    frame = content.evidence_summary
    return frame.assign(
        side=words.in_words(frame["side"], words.SIDES, content.t),
        measure=words.in_words(frame["measure"], words.MEASURES, content.t),
    )


def columns_of(content: Content) -> list[Column]:
    t = content.t
    return [
        Column("source", t("Source"), "wrap", 30),
        Column("side", t("Staff or customer"), width=12),
        Column("measure", t("Measure"), "wrap", 18),
        Column("stage", t("Stage"), "wrap", 18),
        Column("touchpoint", t("Touchpoint"), "wrap", 28),
        Column("answers", t("Answers"), "number", 10),
        Column("empty", t("Empty answers"), "number", 10),
        Column("respondents", t("Respondents"), "number", 13),
        Column("mean", t("Mean"), "score/2", 9),
        Column("sd", t("Standard deviation"), "score/2", 11),
        Column("low", t("Scale: low end"), "score", 10),
        Column("high", t("Scale: high end"), "score", 10),
        Column("emotion", t("On −2 to +2"), "signed", 10),
        Column("comments", t("Comments"), "number", 12),
        Column("first", t("First answer"), "date", 12),
        Column("last", t("Last answer"), "date", 12),
    ]
