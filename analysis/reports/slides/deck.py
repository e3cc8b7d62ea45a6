"""A deck and the means to fill it: slides with a title, texts that fit their box, shapes, notes. Lengths are in points."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE, PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.util import Pt

from analysis.language import date
from analysis.reports.content import Content
from analysis.reports.fitting import fitted, plain, shortened
from analysis.reports.fonts import PICTOGRAMS, USUAL, pieces
from analysis.reports.palette import INK, MUTED, PRIMARY, brand, tint
from analysis.reports.slides.template import light, opened

WIDE, HIGH = 960.0, 540.0
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"


@dataclass(frozen=True)
class Box:
    """A rectangle, in points."""

    left: float
    top: float
    width: float
    height: float

    def split(self, at: float) -> tuple[Box, Box]:
        """Two boxes side by side, the first ``at`` points wide."""
        return Box(self.left, self.top, at, self.height), Box(self.left + at, self.top, self.width - at, self.height)

    def below(self, at: float) -> tuple[Box, Box]:
        """Two boxes one above the other, the first ``at`` points high."""
        return Box(self.left, self.top, self.width, at), Box(self.left, self.top + at, self.width, self.height - at)

    def inset(self, by: float) -> Box:
        return Box(self.left + by, self.top + by, self.width - 2 * by, self.height - 2 * by)

    @property
    def emu(self) -> tuple[int, int, int, int]:
        return Pt(self.left), Pt(self.top), Pt(self.width), Pt(self.height)


@dataclass
class Deck:
    """A presentation being made."""

    content: Content
    presentation: Any
    colour: str
    own: bool  # our own look; False with a template, whose fonts and colours stand
    dark: bool = False  # the template's ground is not known to be light

    @classmethod
    def open(cls, content: Content, template: bytes | None) -> Deck:
        colour = brand(content.project.settings.colour)
        if template is None:
            presentation = Presentation()
            deck = cls(content, presentation, colour, True)
            _dress(presentation, colour, deck.font or USUAL)
            return deck
        presentation = opened(template)
        return cls(content, presentation, _accent(presentation) or colour, False, not light(presentation))

    # --- slides -------------------------------------------------------------------------------------------------

    @property
    def width(self) -> float:
        return float(self.presentation.slide_width.pt)

    @property
    def height(self) -> float:
        return float(self.presentation.slide_height.pt)

    @property
    def narrow(self) -> float:
        """How much smaller texts of tables are where a slide is narrower than ours, 0.8 to 1."""
        return max(0.8, min(1.0, (self.width - 96) / (WIDE - 96)))

    @property
    def font(self) -> str | None:
        return (self.content.font or USUAL) if self.own else None

    @property
    def theme_font(self) -> str:
        """The font of texts that a template's theme names."""
        found = re.search(rb"<a:minorFont>\s*<a:latin typeface=\"([^\"]*)\"", _theme_of(self.presentation).blob)
        return found[1].decode("utf-8", "replace") if found else USUAL

    def layout(self, kind: Any) -> Any:
        """The layout for a cover (CENTER_TITLE) or a slide with a title alone."""
        layouts = list(self.presentation.slide_layouts)
        titled = [one for one in layouts if any(p.placeholder_format.type in (kind, PP_PLACEHOLDER.TITLE) for p in one.placeholders)]
        exact = [one for one in titled if any(p.placeholder_format.type == kind for p in one.placeholders)]
        return min(exact or titled or layouts, key=_clutter if kind == PP_PLACEHOLDER.TITLE else layouts.index)

    def slide(self, title: str, notes: str = "") -> tuple[Any, Box]:
        """A slide with its title; the box is what is left for its content."""
        slide = self.presentation.slides.add_slide(self.layout(PP_PLACEHOLDER.TITLE))
        for shape in list(slide.placeholders):
            if shape != slide.shapes.title and shape.placeholder_format.idx != 0:
                shape.element.getparent().remove(shape.element)
        holder = slide.shapes.title
        area = self._title(holder)
        if holder is not None and area != _box_of(holder):
            holder.left, holder.top, holder.width, holder.height = area.emu
        size, (text, *_) = fitted([plain(title)], area.width - 12, max(area.height, 56), (26, 24, 22, 20, 18), bold=True)
        if holder is None:
            self.write(slide, area, [text], (size,), bold=True, colour=self.colour)
        else:
            _fill_title(holder, text, size, self)
        if notes:
            slide.notes_slide.notes_text_frame.text = plain(notes)
        box = self._below(area)
        if self.dark:
            self._paper(slide, Box(28, box.top - 8, self.width - 56, self.height - box.top + 4))
        self._footer(slide)
        return slide, box

    def room(self) -> Box:
        """What each slide leaves for its content."""
        holders = self.layout(PP_PLACEHOLDER.TITLE).placeholders
        return self._below(self._title(next((one for one in holders if one.placeholder_format.idx == 0), None)))

    def _title(self, holder: Any) -> Box:
        """Where the title stands: where the template has it, or as usual where it has none or leaves no room."""
        area = None if holder is None else _box_of(holder)
        return area if area is not None and self._leaves_room(area) else Box(48, 24, self.width - 96, 64)

    def _below(self, title: Box) -> Box:
        top = title.top + title.height + 10
        return Box(48, top, self.width - 96, self.height - top - 34)

    def _leaves_room(self, area: Box) -> bool:
        """Whether a template's title can be read and leaves two thirds of the slide to what stands below it."""
        return area.width >= 0.4 * self.width and area.height >= 24 and area.top >= 0 and area.top + area.height <= 0.36 * self.height

    def _paper(self, slide: Any, box: Box) -> None:
        """A white ground on a template that is not light: charts and texts are written in dark ink."""
        paper = self.shape(slide, box, "FFFFFF")
        paper.name = "Paper"

    def _footer(self, slide: Any) -> None:
        told = (self.content.project.name, date(self.content.today, self.content.language), self.content.filtered)
        said = " · ".join(part for part in told if part)
        line = Box(48, self.height - 26, self.width - 96, 16)
        self.write(slide, line, [shortened(plain(said), line.width - 80, 9)], (9,), colour=MUTED)
        number = self.write(slide, Box(self.width - 108, self.height - 26, 60, 16), [""], (9,), colour=MUTED, align=PP_ALIGN.RIGHT)
        _number_field(number.text_frame.paragraphs[0], self.font)

    # --- what stands on them ------------------------------------------------------------------------------------

    def write(
        self,
        slide: Any,
        box: Box,
        paragraphs: Sequence[str],
        sizes: Sequence[float],
        *,
        bold: bool = False,
        colour: str = INK,
        align: Any = PP_ALIGN.LEFT,
        anchor: Any = MSO_ANCHOR.TOP,
    ) -> Any:
        """A text in a box, at the largest of the sizes at which it fits."""
        shape = slide.shapes.add_textbox(*box.emu)
        self.fill_text(shape, box, paragraphs, sizes, bold=bold, colour=colour, align=align, anchor=anchor, margin=0)
        return shape

    def shape(
        self,
        slide: Any,
        box: Box,
        fill: str | None,
        text: str = "",
        sizes: Sequence[float] = (11, 10, 9),
        *,
        kind: Any = MSO_SHAPE.ROUNDED_RECTANGLE,
        line: str | None = None,
        bold: bool = False,
        colour: str = INK,
        align: Any = PP_ALIGN.LEFT,
        margin: float = 5,
    ) -> Any:
        """A shape with a text that fits in it."""
        shape = slide.shapes.add_shape(kind, *box.emu)
        if kind == MSO_SHAPE.ROUNDED_RECTANGLE:
            shape.adjustments[0] = min(0.5, 4 / max(1.0, min(box.width, box.height)))
        for effect in shape._element.iter(f"{{{_A}}}effectRef"):
            effect.set("idx", "0")  # no shadow, in any program
        if fill is None:
            shape.fill.background()
        else:
            shape.fill.solid()
            shape.fill.fore_color.rgb = RGBColor.from_string(fill)
        if line is None:
            shape.line.fill.background()
        else:
            shape.line.color.rgb = RGBColor.from_string(line)
            shape.line.width = Pt(0.75)
        self.fill_text(shape, box, [text], sizes, bold=bold, colour=colour, align=align, anchor=MSO_ANCHOR.MIDDLE, margin=margin)
        return shape

    def fill_text(
        self,
        shape: Any,
        box: Box,
        paragraphs: Sequence[str],
        sizes: Sequence[float],
        *,
        bold: bool,
        colour: str,
        align: Any,
        anchor: Any,
        margin: float,
    ) -> None:
        frame = shape.text_frame
        frame.word_wrap, frame.auto_size, frame.vertical_anchor = True, MSO_AUTO_SIZE.NONE, anchor
        frame.margin_left = frame.margin_right = Pt(margin)
        frame.margin_top = frame.margin_bottom = Pt(min(margin, 2))
        texts = [plain(text) for text in paragraphs]
        size, kept = fitted(texts, box.width - 2 * margin, box.height - 2 * min(margin, 2), sizes, bold)
        for position, text in enumerate(kept):
            paragraph = frame.paragraphs[0] if position == 0 else frame.add_paragraph()
            paragraph.alignment = align
            self.run(paragraph, text, size, bold=bold, colour=colour)

    def run(self, paragraph: Any, text: str, size: float, *, bold: bool = False, colour: str = INK) -> None:
        """A piece of text in a paragraph; its line breaks stay inside the paragraph."""
        for position, line in enumerate(text.split("\n")):
            if position:
                paragraph.add_line_break()
            for piece, emoji in pieces(line) or [("", False)]:
                run = paragraph.add_run()
                run.text = piece
                run.font.size, run.font.bold = Pt(size), bold
                run.font.color.rgb = RGBColor.from_string(colour)
                if emoji or self.font:
                    run.font.name = PICTOGRAMS if emoji else self.font

    @property
    def light(self) -> str:
        """A light tone of the deck's colour, for grounds."""
        return tint(self.colour, 0.12)


def describe(shape: Any, text: str) -> None:
    """What a screen reader says of a chart or a drawing."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", plain(text)[:1500])


def _clutter(layout: Any) -> int:
    """How many placeholders a layout has besides its title and its footer."""
    quiet = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
    return sum(place.placeholder_format.type not in quiet for place in layout.placeholders)


def _box_of(shape: Any) -> Box:
    return Box(shape.left.pt, shape.top.pt, shape.width.pt, shape.height.pt)


def _fill_title(holder: Any, text: str, size: float, deck: Deck) -> None:
    paragraph = holder.text_frame.paragraphs[0]
    if deck.own:
        paragraph.alignment = PP_ALIGN.LEFT
    for position, line in enumerate(text.split("\n")):
        if position:
            paragraph.add_line_break()
        for piece, emoji in pieces(line):
            run = paragraph.add_run()
            run.text, run.font.size = piece, Pt(size)
            if emoji:
                run.font.name = PICTOGRAMS
            if deck.own:
                run.font.bold, run.font.name = True, PICTOGRAMS if emoji else deck.font
                run.font.color.rgb = RGBColor.from_string(deck.colour)


def _number_field(paragraph: Any, font: str | None) -> None:
    """The number of the slide, kept right by the program when slides move."""
    from lxml import etree

    for run in list(paragraph._p):
        if run.tag.endswith("}r"):
            paragraph._p.remove(run)
    field = etree.SubElement(paragraph._p, f"{{{_A}}}fld", id="{5D2CE2A4-2B2B-4E5B-9B1E-0C5E2A8D1F01}", type="slidenum")
    look = etree.SubElement(field, f"{{{_A}}}rPr", lang="fr-FR", sz="900")
    fill = etree.SubElement(etree.SubElement(look, f"{{{_A}}}solidFill"), f"{{{_A}}}srgbClr")
    fill.set("val", MUTED)
    if font:
        etree.SubElement(look, f"{{{_A}}}latin", typeface=font)
    etree.SubElement(field, f"{{{_A}}}t").text = "‹#›"


def _theme_of(presentation: Any) -> Any:
    return presentation.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)


def _accent(presentation: Any) -> str | None:
    """The first accent of a template's theme, where it is dark enough for white text."""
    found = re.search(rb"<a:accent1>\s*<a:srgbClr val=\"([0-9A-Fa-f]{6})\"", _theme_of(presentation).blob)
    return brand(found[1].decode()) if found else None


def _dress(presentation: Any, colour: str, font: str) -> None:
    """Our own look on python-pptx's empty presentation: 16:9, the client's colour, one font, titles at the top left."""
    presentation.slide_width, presentation.slide_height = Pt(WIDE), Pt(HIGH)
    theme = _theme_of(presentation)
    text = theme.blob.decode()
    accents = (colour, "C2570C", "4F6FC4", "A8862A", "98717F", "2B7CB8") if colour else (PRIMARY,)
    for position, accent in enumerate(accents, start=1):
        text = re.sub(rf"(<a:accent{position}>\s*<a:srgbClr val=)\"[0-9A-Fa-f]{{6}}\"", rf'\1"{accent}"', text)
    text = re.sub(r"(<a:(?:major|minor)Font>\s*<a:latin typeface=)\"[^\"]*\"", rf'\1"{font}"', text)
    theme._blob = text.encode()
    for layout in (presentation.slide_master, *presentation.slide_layouts):
        for place in layout.placeholders:
            _place(place)


def _place(place: Any) -> None:
    kind = place.placeholder_format.type
    if kind == PP_PLACEHOLDER.TITLE:
        place.left, place.top, place.width, place.height = Box(48, 22, WIDE - 96, 62).emu
        place.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
        place.text_frame.margin_left = place.text_frame.margin_right = 0
        for paragraph in place.text_frame.paragraphs:
            paragraph.alignment = PP_ALIGN.LEFT
    elif kind in (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER):
        place.element.getparent().remove(place.element)
    else:
        share = WIDE / 720
        if place.left is not None:
            place.left, place.width = round(place.left * share), round(place.width * share)
