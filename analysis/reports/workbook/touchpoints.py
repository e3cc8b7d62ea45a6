"""The inventory of touchpoints with their figures; what is assumed is in grey italics."""

from __future__ import annotations

import pandas as pd

from analysis.project.criteria import own_criteria
from analysis.reports import words
from analysis.reports.content import Content
from analysis.reports.workbook.cells import Pen
from analysis.reports.workbook.lists import Lists, offer
from analysis.reports.workbook.ranking import Ranking
from analysis.reports.workbook.tables import Column, Placed, add_sheet, write_table

_FIGURES = {
    "impact": "score",
    "effort": "score",
    "importance": "score",
    "fit": "score",
    "reach": "percent",
    "satisfaction": "signed",
    "emotion": "signed",
    "cost": "money",
    "running_cost": "money",
    "touchpoint_value": "score",
    "complaints": "number",
    "conversion": "percent",
    "lost_value": "money",
    "frequency": "number",
    "effort_days": "number",
    "rational": "score",
    "emotional": "score",
    "behavioural": "score",
    "confidence": "score",
}
#: columns that are there even when nothing is known yet
_ALWAYS = ("impact", "effort", "importance", "fit", "reach", "satisfaction", "emotion", "cost", "complaints")


def write(pen: Pen, content: Content, ranking: Ranking, lists: Lists) -> Placed:
    t = content.t
    sheet = add_sheet(
        pen,
        t("Touchpoints"),
        t(
            "Impact, effort, importance and fit from 1 to 10; satisfaction and emotion from −2 to +2. Grey italics: "
            "assumed; upright: measured or voted."
        ),
    )
    frame = frame_of(content)
    soft = _assumed(content, frame)
    placed = write_table(pen, sheet, "Touchpoints", columns_of(content), frame, frozen=2, soft=soft)
    for row, record in enumerate(frame.to_dict("records"), start=placed.first):
        reference = f"$A{row}"
        if content.method != "relevance":
            value = None if pd.isna(record["method_score"]) else round(float(record["method_score"]), 6)
            pen.formula(sheet, row, placed.position("method_score"), ranking.looked_up(reference, "method_score"), value, "score/1")
        score = None if pd.isna(record["relevance"]) else round(float(record["relevance"]), 6)
        pen.formula(sheet, row, placed.position("relevance"), ranking.looked_up(reference, "score"), score, "score/1")
        pen.formula(sheet, row, placed.position("rank"), ranking.looked_up(reference, "live_rank"), record["rank"], "score/0")
    offer(sheet, lists, "owner", placed.position("owner"), placed.first, placed.last, strict=False, sentence="")
    return placed


def frame_of(content: Content) -> pd.DataFrame:
    frame, t = content.touchpoints, content.t
    touchpoints = content.project.table("touchpoint")
    own = {_own(header): [touchpoints[id].extra.get(header) for id in frame["id"]] for header in own_columns(content)}
    return frame.assign(
        **own,
        family=words.in_words(frame["family"], words.FAMILIES, t),
        phase=words.in_words(frame["phase"], words.PHASES, t),
        moment_of_truth=words.in_words(frame["moment_of_truth"], words.MOMENTS, t),
        online=words.in_words(frame["online"], words.ONLINE, t),
        direct=words.in_words(frame["direct"], words.DIRECT, t),
        quadrant=content.quadrants(frame["quadrant"]),
    )


def _assumed(content: Content, frame: pd.DataFrame) -> set[tuple[int, str]]:
    """(row of the frame, column) of the figures that nobody measured or voted."""
    found = content.project.figures
    return {
        (row, name)
        for row, id in enumerate(frame["id"])
        for name in [*_FIGURES, *own_criteria(content.project)]
        if (id, name) in found and found[id, name].provenance == "assumed"
    }


def columns_of(content: Content) -> list[Column]:
    t, frame = content.t, content.touchpoints
    figures = [
        Column(name, content.criterion(name), kind)
        for name, kind in [*_FIGURES.items(), *((code, "number") for code in own_criteria(content.project))]
        if name in _ALWAYS or frame[name].notna().any()
    ]
    lead = [
        Column("number", t("Ref.")),
        Column("touchpoint", t("Touchpoint"), "wrap"),
        Column("stage", t("Stage"), "wrap"),
        Column("family", t("Family"), "wrap"),
        Column("channel", t("Channel"), "wrap"),
        Column("online", t("Online or offline"), width=10),
        Column("direct", t("Direct or indirect"), width=10),
        Column("owner", t("Owner")),
        Column("team", t("Team")),
        Column("quadrant", t("Quadrant")),
        Column("relevance", t("Relevance score"), "score", 11),
        *([Column("method_score", content.score_name, "score", 11)] if content.method != "relevance" else []),
        Column("rank", t("Rank"), "score", 8),
    ]
    tail = [Column("pain_points", t("Pain points"), "number"), Column("moment_of_truth", t("Moment of truth"), width=10)]
    extra = {
        "n": Column("n", t("Answers about how it feels"), "number", 12),
        "time": Column("time", t("Minutes"), "number"),
        "phase": Column("phase", t("Lifecycle phase")),
        "code": Column("code", t("Your identifier")),
        "description": Column("description", t("Description"), "wrap", 40),
    }
    known = [column for key, column in extra.items() if frame[key].notna().any() and (frame[key] != "").any()]
    return [*lead, *figures, *tail, *known, *(Column(_own(header), header, "wrap", 24) for header in own_columns(content))]


def own_columns(content: Content) -> list[str]:
    """Headers of the user's own columns, in the order of the file."""
    touchpoints = content.project.table("touchpoint")
    return list(dict.fromkeys(header for id in content.touchpoints["id"] for header in touchpoints[id].extra))


def _own(header: str) -> str:
    return f"extra:{header}"
