"""The first sheet: what this is, where it comes from, how to read it."""

from __future__ import annotations

import io
from collections.abc import Iterator

from openpyxl.drawing.image import Image
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.xdr import XDRPositiveSize2D
from openpyxl.utils.units import pixels_to_EMU
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from analysis.errors import NotFound
from analysis.language import date, listed
from analysis.reports.content import Content
from analysis.reports.rules import provenance_legend, rules_of, sources_of
from analysis.reports.workbook.cells import Pen
from analysis.reports.workbook.tables import set_up_print

#: characters of a footer's middle; Excel takes 255 for the whole
_FOOTER = 180


def write(pen: Pen, content: Content, sheet: Worksheet) -> None:
    t, settings = content.t, content.project.settings
    sheet.sheet_view.showGridLines = False
    for letter, width in (("A", 3), ("B", 30), ("C", 96)):
        sheet.column_dimensions[letter].width = width
    pen.put(sheet, 2, 2, settings.name, "title")
    sheet.row_dimensions[2].height = 26
    row = 3
    if settings.client:
        pen.put(sheet, row, 2, settings.client, "heading")
        row += 1
    pen.put(
        sheet,
        row,
        2,
        t("Customer journey: map, priorities and action plan. {day}", day=date(content.today, content.language, "long"))
        + (" " + t("Revision {n} of the project.", n=content.project.whole.revision) if content.project.whole.revision else ""),
        "note",
    )
    if content.filtered:
        row += 1
        pen.put(sheet, row, 2, content.filtered, "heading")
    row += 2
    for heading, lines in _parts(pen, content):
        pen.put(sheet, row, 2, heading, "heading")
        row += 1
        for label, text, target in lines:
            cell = pen.put(sheet, row, 2, label, "link" if target else "label")
            if target:
                quoted = target.replace("'", "''")
                cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{quoted}'!A1", display=label)
            pen.put(sheet, row, 3, text, "paragraph")
            sheet.row_dimensions[row].height = 15.5 * max(1, -(-len(text or "") // 100), -(-len(label) // 30))
            row += 1
        row += 1
    set_up_print(pen, sheet)
    _logo(content, sheet)
    sheet.page_setup.fitToHeight = 1
    if content.filtered:
        _mark(pen, content.filtered)


def _logo(content: Content, sheet: Worksheet) -> None:
    """The client's logo at the right of the name, at most 40 points high; one that cannot be read is left out."""
    key = content.project.settings.logo
    try:
        picture = Image(io.BytesIO(content.project.blob(key))) if key else None
    except (NotFound, OSError, ValueError):
        return
    if picture is None:
        return
    scale = min(200 / picture.width, 54 / picture.height)  # in pixels, 96 an inch
    picture.width, picture.height = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
    size = XDRPositiveSize2D(pixels_to_EMU(picture.width), pixels_to_EMU(picture.height))
    room = pixels_to_EMU(round(96 * 7.0)) - size.cx  # the third column is 96 characters wide
    picture.anchor = OneCellAnchor(_from=AnchorMarker(col=2, colOff=max(0, room), row=0, rowOff=pixels_to_EMU(4)), ext=size)
    sheet.add_image(picture)


def _mark(pen: Pen, filtered: str) -> None:
    """The filter in the middle of every printed sheet's footer."""
    for sheet in pen.book:
        middle = sheet.oddFooter.center
        middle.text, middle.size, middle.color = filtered.replace("&", "&&")[:_FOOTER], 8, "5F6B73"


Line = tuple[str, str | None, str | None]


def _parts(pen: Pen, content: Content) -> Iterator[tuple[str, list[Line]]]:
    """Heading and lines: label, text, sheet that the label leads to."""
    t = content.t
    yield t("In this workbook"), [(title, pen.book[title].cell(2, 1).value, title) for title in pen.book.sheetnames[1:]]
    yield t("Sources"), [(label, text, None) for label, text in sources_of(content)]
    yield t("Where a figure comes from"), [(label, text, None) for label, text in provenance_legend(content)]
    yield t("How to read it"), [(label, text, None) for label, text in rules_of(content)]
    if pen.cut:
        shown = listed(pen.cut[:20], content.language)
        yield t("Texts that were cut"), [(t("Longer than a cell of Excel holds"), shown, None)]
