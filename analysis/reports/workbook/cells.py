"""Cells that stay what they are: text never becomes a formula, a missing value stays an empty cell, never 0."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from analysis.language import currency_symbol, percent_format

#: a cell of Excel holds so many UTF-16 units; openpyxl counts characters and would cut silently
LONGEST = 32_767
#: what XML refuses: control characters, non-characters, halves of a surrogate pair
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
#: Excel writes a control character as _x0007_ and reads it back; the others it has no way to write
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_NEVER = re.compile("[\ufffe\uffff\ud800-\udfff]")
#: Excel reads _x0041_ as the letter A
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
_TITLE_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")

INK, PAPER, LINE, MUTED, BAND = "1D2733", "FFFFFF", "DDE2E6", "5F6B73", "F1F3F4"
INPUT = "FFF7E0"


def clean(text: str) -> tuple[str, bool]:
    """The text as a cell can hold it, and whether it had to be cut.

    >>> clean("a\\x07b _x0041_")
    ('a_x0007_b _x005F_x0041_', False)
    """
    text = _NEVER.sub("\ufffd", text.replace("\r\n", "\n"))
    units = text.encode("utf-16-le")
    cut = len(units) // 2 > LONGEST
    if cut:
        text = units[: 2 * (LONGEST - 1)].decode("utf-16-le", "ignore") + "…"
    text = _ESCAPE.sub("_x005F_", text)
    return _CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", text)[:LONGEST], cut


def sheet_title(wanted: str, taken: list[str]) -> str:
    """A legal title that no other sheet has: at most 31 characters, none of ``[]:*?/\\``, no apostrophe at its ends.

    >>> sheet_title("Prix/qualité", ["prix qualité"])
    'Prix qualité (2)'
    """
    plain = " ".join(_TITLE_FORBIDDEN.sub(" ", wanted).split()).strip("'") or "–"
    plain = plain + "_" if plain.casefold() in ("history", "historique") else plain  # a name that Excel keeps for itself
    known = {title.casefold() for title in taken}
    title, count = plain[:31].strip("' "), 1
    while title.casefold() in known:
        count += 1
        ending = f" ({count})"
        title = plain[: 31 - len(ending)].rstrip("' ") + ending
    return title


def unique_headers(headers: list[str]) -> list[str]:
    """Headers as a table of Excel needs them: not empty, on one line, at most 255 characters, different whatever their case."""
    found: list[str] = []
    for header in headers:
        plain = " ".join(_ILLEGAL.sub("\ufffd", header).split())[:240] or "–"
        name, count = plain, 1
        while name.casefold() in (other.casefold() for other in found):
            count += 1
            name = f"{plain} ({count})"
        found.append(name)
    return found


def value_of(value: Any) -> Any:
    """A value that openpyxl writes as it is meant: missing and infinite are None, times have no zone, long whole numbers are text."""
    if value is None or value is pd.NA or value is pd.NaT or isinstance(value, str | bool):
        return value if isinstance(value, str | bool) and value != "" else None
    if isinstance(value, dt.datetime):
        return None if pd.isna(value) else value.replace(tzinfo=None)
    if isinstance(value, dt.date):
        return value
    if isinstance(value, int):
        return value if abs(value) < 10**15 else str(value)
    number = float(value)
    if not math.isfinite(number):
        return None
    return int(number) if number.is_integer() and abs(number) < 10**15 else number


#: what Excel writes in
OFFICE_FONT = "Calibri"


@dataclass
class Pen:
    """Writes cells of one workbook in its styles, and remembers what a reader should know.

    ``cut``: sheet and cell of texts that were too long. ``results``: sheet → cell → what a formula gives, so that programs that
    do not calculate show it too.
    """

    book: Workbook
    language: str
    currency: str
    colour: str
    font: str = OFFICE_FONT
    cut: list[str] = field(default_factory=list)
    results: dict[str, dict[str, Any]] = field(default_factory=dict)
    _styles: dict[tuple[str, bool], Any] = field(default_factory=dict)

    def put(self, sheet: Worksheet, row: int, column: int, value: Any, kind: str = "text") -> Cell:
        """Write a value; a text is a text whatever it starts with."""
        cell = sheet.cell(row, column)
        value = value_of(value)
        quoted = isinstance(value, str) and value.startswith(_FORMULA_STARTS)
        if isinstance(value, str):
            text, cut = clean(value)
            if cut:
                self.cut.append(f"{sheet.title} {cell.coordinate}")
            cell._value, cell.data_type = text, "s"  # whatever it looks like: =1+1, #N/A; cleaned above, so not checked again
        elif isinstance(value, int | float) and not isinstance(value, bool):
            cell._value = value
        else:
            cell.value = value
        cell._style = self._style(_dress_of(kind, cell.value), quoted)
        return cell

    def mark(self, cell: Cell, colour: str) -> None:
        """White bold on a colour, for this cell only: styles are shared by all cells of a kind."""
        cell._style = copy(cell._style)
        cell.font = Font(name=self.font, size=10, bold=True, color=PAPER)
        cell.fill = PatternFill("solid", fgColor=colour)
        cell.alignment = Alignment(horizontal="left", indent=1)

    def formula(self, sheet: Worksheet, row: int, column: int, formula: str, result: Any, kind: str = "score") -> Cell:
        """Write a formula of ours (never a user's text) with its result."""
        cell = sheet.cell(row, column)
        cell.value = formula
        cell._style = self._style(kind, False)
        self.results.setdefault(sheet.title, {})[cell.coordinate] = value_of(result)
        return cell

    def _style(self, kind: str, quoted: bool) -> Any:
        """The style of a kind, worked out once: setting fonts and borders cell by cell takes most of the time otherwise."""
        if (kind, quoted) not in self._styles:
            model = self._scratch.cell(len(self._styles) + 1, 1)
            _DRESS.get(kind, _plain)(model, self)
            model.number_format = self.number_format(kind)
            if quoted:
                model.quotePrefix = True
            self._styles[kind, quoted] = model._style
        return self._styles[kind, quoted]

    @property
    def _scratch(self) -> Worksheet:
        if not hasattr(self, "_sheet"):
            self._sheet = Worksheet(self.book)  # never part of the book
        return self._sheet

    def number_format(self, kind: str) -> str:
        """The format of Excel for a kind of value; ``/2`` or the like at its end says how many decimals."""
        name, _, digits = kind.removesuffix("!").partition("/")
        decimals = "." + "0" * int(digits) if digits and digits != "0" else ""
        if name == "money":
            symbol = currency_symbol(self.currency, self.language).replace('"', "")
            amount = "#,##0" + decimals
            return f'{amount}\\ "{symbol}"' if self.language == "fr" else f'"{symbol}"{amount}'
        if name == "percent":
            return percent_format(self.language, decimals)
        return {
            "number": f"#,##0{decimals}",
            "score": f"0{decimals}",
            "signed": f"+0{decimals or '.0'};-0{decimals or '.0'};0",
            "date": "dd/mm/yyyy",
        }.get(name, "General")


def _dress_of(kind: str, value: Any) -> str:
    """``figure``: as many decimals as this value needs, for columns that hold figures of many kinds."""
    return kind if not kind.startswith("figure") else kind.replace("figure", "number/0" if isinstance(value, int) else "number/2")


def _plain(cell: Cell, pen: Pen) -> None:
    cell.font = Font(name=pen.font, size=10, color=INK)
    cell.border = Border(bottom=Side(style="thin", color=LINE))
    cell.alignment = Alignment(vertical="top")


def _text(cell: Cell, pen: Pen) -> None:
    _plain(cell, pen)
    cell.alignment = Alignment(horizontal="left", vertical="top", indent=1)


def _wrapped(cell: Cell, pen: Pen) -> None:
    _plain(cell, pen)
    cell.alignment = Alignment(horizontal="left", vertical="top", indent=1, wrap_text=True)


def _header(cell: Cell, pen: Pen) -> None:
    cell.font = Font(name=pen.font, size=10, bold=True, color=PAPER)
    cell.fill = PatternFill("solid", fgColor=pen.colour)
    cell.alignment = Alignment(vertical="center", horizontal="left", indent=1, wrap_text=True)


def _title(cell: Cell, pen: Pen) -> None:
    cell.font = Font(name=pen.font, size=16, bold=True, color=pen.colour)


def _heading(cell: Cell, pen: Pen) -> None:
    cell.font = Font(name=pen.font, size=12, bold=True, color=pen.colour)


def _note(cell: Cell, pen: Pen) -> None:
    cell.font = Font(name=pen.font, size=10, color=MUTED)
    cell.alignment = Alignment(vertical="top")


def _paragraph(cell: Cell, pen: Pen) -> None:
    cell.font = Font(name=pen.font, size=11, color=INK)
    cell.alignment = Alignment(vertical="top", wrap_text=True)


def _label(cell: Cell, pen: Pen) -> None:
    cell.font = Font(name=pen.font, size=11, bold=True, color=INK)
    cell.alignment = Alignment(vertical="top", wrap_text=True)


def _link(cell: Cell, pen: Pen) -> None:
    cell.font = Font(name=pen.font, size=11, color=pen.colour, underline="single")
    cell.alignment = Alignment(vertical="top")


def _input(cell: Cell, pen: Pen) -> None:
    cell.font = Font(name=pen.font, size=11, bold=True, color=INK)
    cell.fill = PatternFill("solid", fgColor=INPUT)
    edge = Side(style="thin", color="C9A227")
    cell.border = Border(edge, edge, edge, edge)
    cell.alignment = Alignment(horizontal="center")


def _assumed(cell: Cell, pen: Pen) -> None:
    _plain(cell, pen)
    cell.font = Font(name=pen.font, size=10, color=MUTED, italic=True)


_DRESS: dict[str, Callable[[Cell, Pen], None]] = {
    "text": _text,
    "wrap": _wrapped,
    "header": _header,
    "title": _title,
    "heading": _heading,
    "note": _note,
    "paragraph": _paragraph,
    "label": _label,
    "link": _link,
    "input": _input,
} | {f"{name}{digits}!": _assumed for name in ("number", "score", "signed", "percent", "money") for digits in ("", "/0", "/1", "/2")}
