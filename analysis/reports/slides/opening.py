"""The first slides: cover, findings, what they rest on."""

from __future__ import annotations

import io
from typing import Any

from pptx.enum.shapes import MSO_SHAPE, PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Pt

from analysis.errors import NotFound
from analysis.language import date
from analysis.reports.findings import basis_finding, counts
from analysis.reports.findings import summary as findings
from analysis.reports.fitting import fitted, plain, wide
from analysis.reports.palette import INK, MUTED
from analysis.reports.rules import provenance_legend, sources_of
from analysis.reports.slides.deck import Box, Deck, _fill_title


def cover(deck: Deck) -> None:
    """Name, client, date and the client's logo."""
    content, t = deck.content, deck.content.t
    slide = deck.presentation.slides.add_slide(deck.layout(PP_PLACEHOLDER.CENTER_TITLE))
    told = [
        content.project.settings.client,
        t("Customer journey: map, priorities and action plan"),
        date(content.today, content.language, "long"),
        content.filtered,
    ]
    if not deck.own:
        _in_template(deck, slide, [text for text in told if text])
        return
    for place in list(slide.placeholders):
        if place != slide.shapes.title:
            place.element.getparent().remove(place.element)
    deck.shape(slide, Box(0, 0, 22, deck.height), deck.colour, kind=MSO_SHAPE.RECTANGLE)
    title = slide.shapes.title
    title.left, title.top, title.width, title.height = Box(72, 150, deck.width - 144, 130).emu
    size, (name, *_) = fitted([plain(content.project.name)], deck.width - 160, 126, (44, 40, 36, 32, 28, 24), bold=True)
    title.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
    _fill_title(title, name, size, deck)
    deck.write(slide, Box(72, 296, deck.width - 144, 96), [text for text in told if text], (20, 18, 16, 14), colour=MUTED)
    _logo(deck, slide)


def _in_template(deck: Deck, slide: Any, told: list[str]) -> None:
    """The cover in a template's own places: title and subtitle; what has none is written where it usually stands."""
    title, name = slide.shapes.title, plain(deck.content.project.name)
    second = next((place for place in slide.placeholders if place.placeholder_format.type == PP_PLACEHOLDER.SUBTITLE), None)
    for place in list(slide.placeholders):
        if place != title and place != second:
            place.element.getparent().remove(place.element)
    if title is not None:
        size, (text, *_) = fitted([name], title.width.pt - 16, title.height.pt, (40, 36, 32, 28, 24, 20), bold=True)
        _fill_title(title, text, size, deck)
    else:
        if deck.dark:
            deck._paper(slide, Box(48, 110, deck.width - 96, 300))
        deck.write(slide, Box(72, 130, deck.width - 144, 150), [name], (40, 36, 32, 28, 24), bold=True, colour=deck.colour)
    if second is not None:
        second.text_frame.text = plain("\n".join(told))
        for paragraph in second.text_frame.paragraphs:
            for run in paragraph.runs:
                run.font.size = Pt(18)
    else:
        top = 296 if title is None else min(title.top.pt + title.height.pt + 12, deck.height - 140)
        deck.write(slide, Box(72, top, deck.width - 144, 100), told, (20, 18, 16, 14), colour=MUTED)


def _logo(deck: Deck, slide: Any) -> None:
    """The client's logo at the top right, at most 150 × 60 points; a picture that cannot be read is left out."""
    key = deck.content.project.settings.logo
    if not key:
        return
    try:
        picture = slide.shapes.add_picture(io.BytesIO(deck.content.project.blob(key)), 0, 0)
    except (NotFound, OSError, ValueError, KeyError):
        return
    scale = min(150 / picture.width.pt, 60 / picture.height.pt)
    picture.width, picture.height = Pt(picture.width.pt * scale), Pt(picture.height.pt * scale)
    picture.left, picture.top = Pt(deck.width - 48 - picture.width.pt), Pt(40)


def summary(deck: Deck) -> None:
    """The findings, one a line."""
    t = deck.content.t
    slide, area = deck.slide(t("What we found"))
    told = findings(deck.content)
    height = min(74.0, area.height / len(told))
    for position, (about, sentence) in enumerate(told):
        row = Box(area.left, area.top + position * height, area.width, height - 8)
        label, text = row.split(150)
        deck.shape(slide, label, deck.colour, about, (14, 13, 12, 11), bold=True, colour="FFFFFF", margin=10)
        deck.shape(
            slide, Box(text.left + 6, text.top, text.width - 6, text.height), deck.light, sentence, (16, 15, 14, 13, 12, 11), margin=12
        )


def basis(deck: Deck) -> None:
    """The big numbers, the sources and the legend of provenances."""
    content, t = deck.content, deck.content.t
    slide, area = deck.slide(basis_finding(content), t("Sources and rules stand on the last slides."))
    figures, rest = area.below(92)
    told = counts(content)
    width = figures.width / len(told)
    for position, (count, what) in enumerate(told):
        cell = Box(figures.left + position * width, figures.top, width - 8, 80)
        deck.shape(slide, cell, deck.light, "")
        deck.write(
            slide,
            Box(cell.left + 4, cell.top + 8, cell.width - 8, 40),
            [count],
            (next((one for one in (30, 26, 22, 19) if 1.2 * wide(count, one, True) <= cell.width - 8), 16),),  # in any font
            bold=True,
            colour=deck.colour,
            align=PP_ALIGN.CENTER,
        )
        deck.write(slide, Box(cell.left + 4, cell.top + 50, cell.width - 8, 24), [what], (12, 11, 10), colour=MUTED, align=PP_ALIGN.CENTER)
    left, right = rest.split(rest.width / 2)
    _list(deck, slide, left, t("Sources"), sources_of(content)[:7])
    _list(deck, slide, right, t("Where a figure comes from"), provenance_legend(content))


def _list(deck: Deck, slide: Any, box: Box, heading: str, lines: list[tuple[str, str]]) -> None:
    deck.write(slide, Box(box.left, box.top, box.width - 20, 22), [heading], (15,), bold=True, colour=deck.colour)
    height = min(64.0, (box.height - 28) / max(1, len(lines)))
    for position, (label, text) in enumerate(lines):
        top = box.top + 28 + position * height
        deck.write(slide, Box(box.left, top, box.width - 20, 16), [label], (12, 11), bold=True, colour=INK)
        deck.write(slide, Box(box.left, top + 16, box.width - 20, height - 18), [text], (12, 11, 10), colour=MUTED)
