"""A sheet with a real table of Excel: title, rule, frozen header, filters, widths, print set-up."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

import pandas as pd
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from analysis.reports.workbook.cells import Pen, sheet_title, unique_headers

#: rows of the title, the rule and the header; a sheet with settings above its table starts lower
TITLE, RULE, HEADER = 1, 2, 4
WIDEST = 46.0
#: characters across a printed page that can still be read
WIDE_PAGE = 190
#: points: what is longer is read in the cell itself
TALLEST = 220.0


@dataclass(frozen=True)
class Column:
    """A column of a sheet.

    Parameters
    ----------
    key : column of the frame.
    title : its header, in the reader's language.
    kind : text, wrap, number, score, signed, percent, money, date.
    width : in characters; worked out from the content when it is not given.
    """

    key: str
    title: str
    kind: str = "text"
    width: float | None = None


@dataclass(frozen=True)
class Placed:
    """Where a table stands: its sheet, the rows of its data and the letter of each column."""

    sheet: Worksheet
    first: int
    last: int
    letters: Mapping[str, str]

    def area(self, key: str, *, absolute: bool = True) -> str:
        """The cells of a column, ``$C$5:$C$23``."""
        letter = self.letters[key]
        return f"${letter}${self.first}:${letter}${self.last}" if absolute else f"{letter}{self.first}:{letter}{self.last}"

    def far(self, key: str) -> str:
        """The same, from another sheet."""
        return f"{quote_sheetname(self.sheet.title)}!{self.area(key)}"

    def position(self, key: str) -> int:
        """Number of a column, from 1."""
        return list(self.letters).index(key) + 1


def add_sheet(pen: Pen, title: str, rule: str = "") -> Worksheet:
    """A sheet with its title and, below it, the rule that holds for it."""
    sheet = pen.book.create_sheet(sheet_title(title, pen.book.sheetnames))
    sheet.sheet_view.showGridLines = False
    pen.put(sheet, TITLE, 1, title, "title")
    sheet.row_dimensions[TITLE].height = 24
    if rule:
        pen.put(sheet, RULE, 1, rule, "note")
    return sheet


def write_table(
    pen: Pen,
    sheet: Worksheet,
    name: str,
    columns: Sequence[Column],
    frame: pd.DataFrame,
    *,
    header: int = HEADER,
    frozen: int = 0,
    soft: Collection[tuple[int, str]] = (),
    charted: bool = False,
) -> Placed:
    """Write the frame as a table named ``Parcours_<name>``; a table of Excel has one row at least, an empty one if need be.

    Parameters
    ----------
    header : row of the header. ``frozen`` : how many columns stay in sight.
    soft : (row of the frame, column) of the figures that are assumed: grey italics.
    charted : a chart stands beside the table: both are printed on one page.
    """
    for position, title in enumerate(unique_headers([column.title for column in columns]), start=1):
        pen.put(sheet, header, position, title, "header")
    last = header + max(len(frame), 1)
    for position, column in enumerate(columns, start=1):
        values = list(frame[column.key]) if column.key in frame else [None] * len(frame)
        _column(pen, sheet, header, position, column, values, soft)
    letters = {column.key: get_column_letter(position) for position, column in enumerate(columns, start=1)}
    area = f"A{header}:{get_column_letter(len(columns))}{last}"
    table = Table(displayName=f"Parcours_{name}", ref=area)
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
    sheet.add_table(table)
    _heights(sheet, header, columns, frame)
    sheet.freeze_panes = f"{get_column_letter(frozen + 1)}{header + 1}"
    set_up_print(pen, sheet, header)
    if frozen and not charted:
        _over_pages(sheet, len(columns), frozen)
    return Placed(sheet, header + 1, last, letters)


def _column(
    pen: Pen, sheet: Worksheet, header: int, position: int, column: Column, values: list[Any], soft: Collection[tuple[int, str]]
) -> None:
    kind = with_decimals(column.kind, values)
    for row, value in enumerate(values or [None]):
        style = kind + "!" if (row, column.key) in soft else kind
        pen.put(sheet, header + 1 + row, position, percentage(value) if column.kind == "percent" else value, style)
    letter = get_column_letter(position)
    sheet.column_dimensions[letter].width = column.width or _width(column, values)


def _heights(sheet: Worksheet, header: int, columns: Sequence[Column], frame: pd.DataFrame) -> None:
    """Rows high enough for their wrapped texts; rows of one line are left to the program."""
    widths = [sheet.column_dimensions[get_column_letter(position)].width for position in range(1, len(columns) + 1)]
    titles = max(_lines(column.title, width) for column, width in zip(columns, widths, strict=True))
    sheet.row_dimensions[header].height = max(28.0, 14.0 * titles + 4)
    wrapped = [(column.key, width) for column, width in zip(columns, widths, strict=True) if column.kind == "wrap" and column.key in frame]
    lines = [1] * len(frame)
    for key, width in wrapped:
        lines = [max(known, _lines(text, width)) for known, text in zip(lines, frame[key], strict=True)]
    for row, count in enumerate(lines, start=header + 1):
        if count > 1:
            sheet.row_dimensions[row].height = min(TALLEST, 13.5 * count + 3)


def _lines(text: Any, width: float) -> int:
    """Lines that a text takes in a column, words kept whole."""
    if not isinstance(text, str):
        return 1
    room = max(4, int((width - 2.5) * 0.92))
    if len(text) <= room and "\n" not in text:
        return 1
    return sum(max(1, len(wrap(line[:5000], room))) for line in text[:5000].split("\n"))


def _over_pages(sheet: Worksheet, columns: int, frozen: int) -> None:
    """A very wide table is printed over several pages side by side, its first columns repeated, rather than too small to read."""
    total = sum(sheet.column_dimensions[get_column_letter(position)].width for position in range(1, columns + 1))
    sheet.page_setup.fitToWidth = max(1, round(total / WIDE_PAGE))
    if sheet.page_setup.fitToWidth > 1:
        sheet.print_title_cols = f"A:{get_column_letter(frozen)}"


def percentage(value: Any) -> float | None:
    """A percentage is kept in percent (62.5) and is a real percentage in Excel (0.625)."""
    return None if value is None or pd.isna(value) else float(value) / 100


def with_decimals(kind: str, values: Sequence[Any]) -> str:
    """The kind with as many decimals as its column needs: none, one, or two for money."""
    if kind not in ("number", "score", "percent", "money"):
        return kind
    known = [float(value) for value in values if value is not None and not pd.isna(value)]
    if all(number.is_integer() for number in known if math.isfinite(number)):
        return f"{kind}/0"
    return f"{kind}/2" if kind == "money" else f"{kind}/1"


def _width(column: Column, values: list[Any]) -> float:
    """Wide enough for the longest header word and nine of ten values, within reason; longer texts wrap."""
    longest_word = max((len(word) for word in column.title.split()), default=4)
    if column.kind in ("text", "wrap"):
        lengths = sorted(len(str(value)) for value in values if value is not None and not pd.isna(value))
        usual = lengths[int(0.9 * (len(lengths) - 1))] if lengths else 6
    else:
        usual = {"date": 10, "money": 11}.get(column.kind, 6)
    return min(WIDEST, max(longest_word * 1.15 + 3.5, usual * 1.05 + 2, 7))


def set_up_print(pen: Pen, sheet: Worksheet, header: int | None = None) -> None:
    """Landscape A4, as wide as the page, header repeated, page numbers."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom = 0.5, 0.6
    if header:
        sheet.print_title_rows = f"{header}:{header}"
    sheet.oddFooter.left.text = "&A"
    sheet.oddFooter.right.text = "&P / &N"
    for part in (sheet.oddFooter.left, sheet.oddFooter.right):
        part.size, part.color = 8, "5F6B73"
