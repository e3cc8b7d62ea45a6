"""The journey map as shapes that can be moved and edited: stages as arrows, feelings as badges, cards as notes."""

from __future__ import annotations

from typing import Any

import pandas as pd
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN

from analysis.language import listed, number, signed
from analysis.reports import words
from analysis.reports.captions import unplaced
from analysis.reports.content import Content
from analysis.reports.findings import journey_title
from analysis.reports.palette import INK, MUTED, emotion_colour, tint
from analysis.reports.slides.deck import Box, Deck

#: lanes of one slide, slides of one map, stages side by side
LANES, SLIDES, STAGES = 3, 2, 8
_LABEL, _CARD, _GAP = 92.0, 27.0, 3.0
_LANE_COLOURS = {
    "pain_point": "B5432E",
    "frustration": "B5432E",
    "critical_incident": "B5432E",
    "delight": "2B7CB8",
    "opportunity": "A8862A",
    "thought": "7A6BC9",
    "action": "4F6FC4",
}


def maps(deck: Deck) -> None:
    """The first journey over two slides: its lanes in turn, or, where it is long, its stages; lanes without any card are left out."""
    content = deck.content
    journey = content.project.first_journey
    stages = content.stages(journey)
    lanes = [lane for lane in content.lanes(journey) if any(content.cell(journey, lane[0], id) for id, _ in stages)]
    if len(stages) <= STAGES:
        parts = [(stages, lanes[start : start + LANES]) for start in range(0, min(len(lanes), LANES * SLIDES), LANES)] or [(stages, [])]
    else:
        half = min(STAGES, -(-len(stages) // SLIDES))
        parts = [(stages[start : start + half], lanes[:LANES]) for start in range(0, half * SLIDES, half)]
    for position, (shown, part) in enumerate(parts):
        last = position == len(parts) - 1
        rest = _left_out(content, [name for _, name in lanes[LANES * (len(parts) if len(stages) <= STAGES else 1) :]], stages, parts)
        _slide(deck, journey, shown, part, _title(content, position, shown, part, len(stages) > STAGES), rest if last else "")


def _left_out(content: Content, lanes: list[str], stages: list[Any], parts: list[Any]) -> str:
    """What of the map stands in the workbook alone."""
    t, told = content.t, []
    if lanes:
        told.append(t("Also in the workbook: {names}.", names=listed(lanes, content.language)))
    shown = {id for part, _ in parts for id, _ in part}
    if waiting := content.cell(content.project.first_journey, "touchpoints", None):
        told.append(unplaced(content, waiting))
    if rest := len(stages) - len(shown):
        told.append(t.n("{n} more stage is in the workbook.", "{n} more stages are in the workbook.", rest))
    return " ".join(told)


def _title(content: Content, position: int, stages: list[Any], lanes: list[tuple[str, str]], long: bool) -> str:
    t = content.t
    if position == 0:
        return journey_title(content)
    if long:
        return t("The journey, continued: from “{first}” to “{last}”", first=stages[0][1].name, last=stages[-1][1].name)
    return t("The journey, continued: {lanes}", lanes=listed([name.lower() for _, name in lanes], content.language))


def _slide(deck: Deck, journey: str, stages: list[tuple[str, Any]], lanes: list[tuple[str, str]], title: str, rest: str) -> None:
    content, t = deck.content, deck.content.t
    slide, area = deck.slide(title, t("Every shape can be moved and edited. Cards beyond the room of a cell are in the workbook."))
    if not stages:
        return
    if rest:
        area, note = area.below(area.height - 16)
        deck.write(slide, note, [rest], (11, 10, 9), colour=MUTED)
    width = (area.width - _LABEL) / len(stages)
    feelings = {row["stage_id"]: row for row in content.emotions(journey).to_dict("records")}
    for position, (id, stage) in enumerate(stages):
        left = area.left + _LABEL + position * width
        arrow = Box(left, area.top, width - 2, 40)
        kind = MSO_SHAPE.PENTAGON if position == 0 else MSO_SHAPE.CHEVRON
        shape = deck.shape(slide, arrow, deck.colour, "", kind=kind)
        shape.adjustments[0] = 0.22
        deck.fill_text(
            shape,
            Box(left, area.top, width - 34, 40),
            [stage.name],
            (13, 12, 11, 10, 9, 8),
            bold=True,
            colour="FFFFFF",
            align=PP_ALIGN.CENTER,
            anchor=MSO_ANCHOR.MIDDLE,
            margin=1,
        )
        _badge(deck, slide, Box(left, area.top + 46, width - 6, 22), feelings.get(id))
    deck.write(slide, Box(area.left, area.top + 48, _LABEL - 8, 18), [t("Emotion")], (11,), bold=True, colour=MUTED)
    body = Box(area.left, area.top + 76, area.width, area.height - 76)
    height = body.height / max(1, len(lanes))
    for position, (lane, name) in enumerate(lanes):
        row = Box(body.left, body.top + position * height, body.width, height - 6)
        _lane(deck, slide, row, journey, lane, name, [id for id, _ in stages], width)


def _badge(deck: Deck, slide: Any, box: Box, row: Any) -> None:
    """How a stage feels: its value, and n or “assumed”."""
    t, language = deck.content.t, deck.content.language
    if row is None or pd.isna(row["value"]):
        deck.shape(slide, box, "FFFFFF", t("no data"), (9,), line="C3CAD0", colour=MUTED, align=PP_ALIGN.CENTER, margin=2)
        return
    solid = row["provenance"] != "assumed"
    n = "" if pd.isna(row["n"]) else f" · n = {number(int(row['n']), language)}"
    said = signed(float(row["value"]), language) + (n if solid else " · " + (words.word(words.PROVENANCES, "assumed", t) or ""))
    colour = emotion_colour(float(row["value"]))
    fill, ink, line = (colour, "FFFFFF", None) if solid else ("FFFFFF", INK, colour)
    deck.shape(slide, box, fill, said, (10, 9, 8, 7, 6), line=line, colour=ink, bold=solid, align=PP_ALIGN.CENTER, margin=2)


def _lane(deck: Deck, slide: Any, row: Box, journey: str, lane: str, name: str, stages: list[str], width: float) -> None:
    colour = _LANE_COLOURS.get(lane, deck.colour)
    deck.shape(slide, Box(row.left, row.top, _LABEL - 8, row.height), tint(colour, 0.16), name, (12, 11, 10, 9, 8), bold=True)
    room = max(1, int((row.height + _GAP) / (_CARD + _GAP)))
    for position, stage in enumerate(stages):
        texts = deck.content.cell(journey, lane, stage)
        left = row.left + _LABEL + position * width
        shown = texts if len(texts) <= room else texts[: room - 1]
        for line, text in enumerate(shown):
            box = Box(left, row.top + line * (_CARD + _GAP), width - 6, _CARD)
            deck.shape(slide, box, tint(colour, 0.08), text, (10, 9, 8, 7.5), line=tint(colour, 0.45), margin=4)
        if len(shown) < len(texts):
            rest = deck.content.t("and {n} more", n=len(texts) - len(shown))
            box = Box(left, row.top + len(shown) * (_CARD + _GAP), width - 6, _CARD)
            deck.shape(slide, box, None, rest, (10, 9, 8), colour=MUTED, margin=4)
