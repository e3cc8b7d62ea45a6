"""Native tables: pain points, the plan over several slides, sources and rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Pt

from analysis.language import date, number
from analysis.project.forecast import returns
from analysis.reports import words
from analysis.reports.captions import return_range
from analysis.reports.findings import pain_finding, plan_finding
from analysis.reports.fitting import LINE, plain, wide, wrapped
from analysis.reports.palette import INK, MUTED, STATUS_COLOURS
from analysis.reports.roles import roles_finding, roles_of
from analysis.reports.rules import rules_of, sources_of
from analysis.reports.slides.deck import Box, Deck

#: slides of the plan at most: the deck stays one that is shown, the workbook holds all
PLAN_SLIDES, LINES = 3, 3
_MARGIN = 5.0

Row = tuple[list[str], str | None]  # cells, colour of the status


def table(
    deck: Deck,
    slide: Any,
    box: Box,
    headers: Sequence[str],
    widths: Sequence[float],
    rows: Sequence[Row],
    status: int,
    size: float,
    most: int = LINES,
) -> None:
    """A table whose rows are as high as their texts need."""
    heights = [_height(cells, widths, size, most) for cells, _ in rows]
    shape = slide.shapes.add_table(len(rows) + 1, len(headers), *Box(box.left, box.top, sum(widths), 24 + sum(heights)).emu)
    grid = shape.table
    grid.horz_banding = False
    for position, width in enumerate(widths):
        grid.columns[position].width = Pt(width)
    for line, height in enumerate([24.0, *heights]):
        grid.rows[line].height = Pt(height)
    for position, header in enumerate(headers):
        _cell(deck, grid.cell(0, position), header, _unbroken(header, widths[position], size), bold=True, colour="FFFFFF", fill=deck.colour)
    for line, (cells, colour) in enumerate(rows, start=1):
        for position, text in enumerate(cells):
            fill = colour if position == status and colour else ("FFFFFF" if line % 2 else "F6F7F8")
            _cell(deck, grid.cell(line, position), _cell_text(text, widths[position], size, most), size, fill=fill)


def _unbroken(header: str, width: float, size: float) -> float:
    """The size, or a smaller one, at which no word of a header is broken."""
    room = width - 2 * _MARGIN - 2
    return next((one for one in (size, size - 1, size - 2) if all(wide(word, one, True) <= room for word in header.split())), size - 3)


def _cell(deck: Deck, cell: Any, text: str, size: float, *, bold: bool = False, colour: str = INK, fill: str = "FFFFFF") -> None:
    cell.margin_left = cell.margin_right = Pt(_MARGIN)
    cell.margin_top = cell.margin_bottom = Pt(3)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.fill.solid()
    cell.fill.fore_color.rgb = RGBColor.from_string(fill)
    deck.run(cell.text_frame.paragraphs[0], text, size, bold=bold, colour=colour)


def _cell_text(text: str, width: float, size: float, most: int) -> str:
    """The text in at most so many lines; words that are too long are broken where the cell breaks them."""
    lines = wrapped(plain(text), width - 2 * _MARGIN - 2, size, most=most)
    return text if len(wrapped(plain(text), width - 2 * _MARGIN - 2, size)) <= most and "\n" not in text else "\n".join(lines)


def _height(cells: Sequence[str], widths: Sequence[float], size: float, most: int) -> float:
    lines = max(len(wrapped(plain(text), width - 2 * _MARGIN - 2, size, most=most)) for text, width in zip(cells, widths, strict=True))
    return lines * size * LINE + 9


def pages_of(rows: Sequence[Row], widths: Sequence[float], size: float, height: float, most: int = LINES) -> list[list[Row]]:
    """The rows spread over slides, none cut in two."""
    pages: list[list[Row]] = [[]]
    left = height - 24
    for row in rows:
        needed = _height(row[0], widths, size, most)
        if needed > left and pages[-1]:
            pages.append([])
            left = height - 24
        pages[-1].append(row)
        left -= needed
    return pages


def scaled(deck: Deck, shares: Sequence[float]) -> list[float]:
    whole = deck.width - 96
    return [share / sum(shares) * whole for share in shares]


# --- the plan ---------------------------------------------------------------------------------------------------


def plan(deck: Deck) -> None:
    """The plan in its order."""
    content, t = deck.content, deck.content.t
    actions = content.project.actions
    title = plan_finding(content)
    if actions.empty:
        slide, area = deck.slide(title)
        text = t("Accept proposed actions, or write your own, on the page of the plan.")
        deck.shape(slide, Box(area.left, area.top + 20, area.width, 90), deck.light, text, (18, 16, 14), margin=16)
        return
    shares = (40, 254, 136, 98, 92, 96, 112, 118, 84)
    titles = [
        t("No."), t("Action"), t("Touchpoint"), t("Quadrant"), t("Owner"), t("Due date"), t("Indicator"), t("Return of the first year"),
        t("Status"),
    ]  # fmt: skip
    brings = returns(content.project).set_index("id")
    full = [_plan_row(deck, position, dict(row), brings) for position, row in enumerate(actions.to_dict("records"), start=1)]
    used = [at for at in range(len(titles)) if at < 2 or any(cells[at] for cells, _ in full)]
    rows = [([cells[at] for at in used], colour) for cells, colour in full]
    headers, widths, size = [titles[at] for at in used], scaled(deck, [shares[at] for at in used]), 11.0 * deck.narrow
    order = t("Quick wins first, then big bets by relevance, fill-ins, actions without a quadrant, money pits last.")
    _over_slides(deck, title, order, headers, widths, rows, len(headers) - 1, size)


def _over_slides(
    deck: Deck, title: str, notes: str, headers: Sequence[str], widths: Sequence[float], rows: Sequence[Row], status: int, size: float
) -> None:
    """Rows, one an action, over as many slides as the plan may have; how many more there are is said on the last."""
    t = deck.content.t
    pages = pages_of(rows, widths, size, deck.room().height - 18)
    shown = pages[:PLAN_SLIDES]
    rest = sum(len(page) for page in pages[PLAN_SLIDES:])
    for position, page in enumerate(shown, start=1):
        told = title if len(shown) == 1 else t("{title} ({page} of {pages})", title=title, page=position, pages=len(shown))
        slide, area = deck.slide(told, notes)
        table(deck, slide, area, headers, widths, page, status, size)
        if position == len(shown):
            more(deck, slide, area, t.n("{n} more action is in the workbook.", "{n} more actions are in the workbook.", rest), rest)


def roles(deck: Deck) -> None:
    """Who does what, and what waits for what, after the plan; none where nobody said so."""
    headers, shares, found = roles_of(deck.content)
    if not found:
        return
    t = deck.content.t
    letters = t("R does it, A answers for it, C is asked before, I is told afterwards.")
    rows: list[Row] = [(cells, None) for cells in found]
    _over_slides(deck, roles_finding(deck.content), letters, headers, scaled(deck, shares), rows, -1, 11.0 * deck.narrow)


def more(deck: Deck, slide: Any, area: Box, text: str, rest: int) -> None:
    """What did not find room is said, where there is anything of the kind."""
    if rest:
        deck.write(slide, Box(area.left, area.top + area.height - 10, area.width, 16), [text], (11,), colour=MUTED)


def _plan_row(deck: Deck, position: int, row: dict[Any, Any], brings: pd.DataFrame) -> Row:
    content, language = deck.content, deck.content.language
    due = "" if pd.isna(row["due_date"]) else date(pd.Timestamp(row["due_date"]).date(), language)
    texts = {name: "" if pd.isna(row[name]) else str(row[name]) for name in ("action", "touchpoint", "owner", "kpi")}
    quadrant = "" if pd.isna(row["quadrant"]) else content.quadrant(row["quadrant"]) or ""
    status = words.word(words.STATUSES, row["status"], content.t) or ""
    gain = return_range(content, brings.loc[row["id"]]).replace("–", "")
    cells = [number(position, language), texts["action"], texts["touchpoint"], quadrant, texts["owner"], due, texts["kpi"], gain, status]
    return cells, STATUS_COLOURS.get(str(row["status"]))


# --- pain points ------------------------------------------------------------------------------------------------


def pains(deck: Deck) -> None:
    """Where it hurts: stages with their feeling, the number of pain points, and the first of them in the words used."""
    content, t = deck.content, deck.content.t
    journey = content.project.first_journey
    stages = [(id, stage, content.cell(journey, "pain_point", id)) for id, stage in content.stages(journey)]
    if not any(texts for _, _, texts in stages):
        return
    slide, area = deck.slide(pain_finding(content), t("Pain points are quoted as they were written."))
    widths, size = scaled(deck, (160, 100, 600)), 12.0 * deck.narrow
    rows: list[Row] = [
        ([stage.name, number(len(texts), content.language), " · ".join(dict.fromkeys(texts)) or "–"], None) for _, stage, texts in stages
    ]
    lines = next((most for most in (8, 6, 5, 4, LINES, 2, 1) if len(pages_of(rows, widths, size, area.height - 18, most)) == 1), 1)
    page = pages_of(rows, widths, size, area.height - 18, lines)[0]
    table(deck, slide, area, [t("Stage"), t("Pain points"), t("In the words used")], widths, page, -1, size, lines)
    rest = len(rows) - len(page)
    more(deck, slide, area, t.n("{n} more stage is in the workbook.", "{n} more stages are in the workbook.", rest), rest)


# --- sources and rules ------------------------------------------------------------------------------------------


def rules(deck: Deck) -> None:
    """The last slide: how the figures were worked out, from what."""
    t = deck.content.t
    slide, area = deck.slide(t("Sources and rules"))
    widths = scaled(deck, (190, 670))
    sources = " · ".join(
        f"{name}: {text}" if deck.content.language == "en" else f"{name}\u00a0: {text}" for name, text in sources_of(deck.content)
    )
    rows: list[Row] = [([name, text], None) for name, text in [(t("Sources"), sources), *rules_of(deck.content)]]
    size, most = next(
        ((size, most) for size in (12.0, 11.0, 10.0) for most in (9, LINES) if len(pages_of(rows, widths, size, area.height, most)) == 1),
        (10.0, 2),
    )
    page = pages_of(rows, widths, size, area.height, most)[0]
    table(deck, slide, area, [t("What"), t("Rule")], widths, page, -1, size, most)
