"""NPS, CSAT and CES with their n and intervals, over all and stage by stage."""

from __future__ import annotations

import pandas as pd

from analysis.reports import words
from analysis.reports.content import Content
from analysis.reports.indices import NAMES, indices_of
from analysis.reports.workbook.cells import Pen
from analysis.reports.workbook.tables import Column, add_sheet, write_table


def write(pen: Pen, content: Content) -> None:
    """The sheet; none where nothing of the kind was asked."""
    t, frame = content.t, frame_of(content)
    if frame.empty:
        return
    rule = t(
        "NPS: share of 9 and 10 less share of 0 to 6, from −100 to +100. CSAT: percent of the two best answers. "
        "CES: mean on its own scale. Intervals at 95%; below 5 answers read with care."
    )
    write_table(pen, add_sheet(pen, t("NPS, CSAT, CES"), rule), "Satisfaction", columns_of(content), frame, frozen=1)


def frame_of(content: Content) -> pd.DataFrame:
    """The rows of `indices_of` in words."""
    t, frame = content.t, indices_of(content)
    return frame.assign(
        index=[t(NAMES[measure]) for measure in frame["measure"]],
        side=words.in_words(frame["side"], words.SIDES, t),
        stage=[t("All") if pd.isna(stage) else stage for stage in frame["stage"]],
    )


def columns_of(content: Content) -> list[Column]:
    t = content.t
    return [
        Column("index", t("Index"), "wrap", 26), Column("source", t("Source"), "wrap", 30),
        Column("side", t("Staff or customer"), width=13), Column("stage", t("Stage"), "wrap", 22),
        Column("score", t("Score"), "number/1", 10), Column("n", t("Answers"), "number", 11),
        Column("low", t("95% interval: low"), "number/1", 12), Column("high", t("95% interval: high"), "number/1", 12),
        Column("scale_low", t("Scale: low end"), "score", 10), Column("scale_high", t("Scale: high end"), "score", 10),
    ]  # fmt: skip
