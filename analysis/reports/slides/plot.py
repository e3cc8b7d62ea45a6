"""What the charts of the slides share: fonts, axes, colours, and a slide with nothing to draw yet."""

from __future__ import annotations

from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.text import PP_ALIGN
from pptx.util import Pt

from analysis.reports.fitting import plain
from analysis.reports.palette import GRID, INK, MUTED
from analysis.reports.slides.deck import Box, Deck

#: names of the parts of a chart's XML
C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"


def rgb(colour: str) -> Any:
    return RGBColor.from_string(colour)


def cut(text: object, length: int) -> str:
    told = " ".join(plain(text).split())
    return told if len(told) <= length else told[: length - 1].rstrip() + "…"


def dress(deck: Deck, font: Any, size: float, colour: str = INK, bold: bool = False) -> None:
    font.size, font.bold = Pt(size), bold
    font.color.rgb = rgb(colour)
    if deck.font:
        font.name = deck.font


def dress_axis(
    deck: Deck, axis: Any, title: str | None, low: float | None, high: float | None, step: float | None, form: str, grid: bool
) -> None:
    axis.has_major_gridlines, axis.has_minor_gridlines = grid, False
    if grid:
        axis.major_gridlines.format.line.color.rgb = rgb(GRID)
    if low is not None and high is not None:
        axis.minimum_scale, axis.maximum_scale = low, high
    if step is not None:
        axis.major_unit = step
    axis.format.line.color.rgb = rgb(GRID)
    dress(deck, axis.tick_labels.font, 11, MUTED)
    if form:
        axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = form, False
    axis.has_title = bool(title)
    if title:
        axis.axis_title.text_frame.text = title
        dress(deck, axis.axis_title.text_frame.paragraphs[0].runs[0].font, 11, MUTED)


def nothing(deck: Deck, slide: Any, area: Box, sentence: str) -> None:
    deck.shape(slide, Box(area.left, area.top + 20, area.width, 90), deck.light, sentence, (18, 16, 14), align=PP_ALIGN.CENTER, margin=16)
