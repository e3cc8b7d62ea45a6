"""The cells of an .ods, from its content.xml: formats of percentages and money that the fast reader does not tell.

Repeated rows and columns are written out only as far as there is something in them.
"""

from __future__ import annotations

import datetime as dt
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from xml.parsers import expat

from analysis.reading.worker.notes import LONGEST, MOST
from analysis.reading.worker.pack import Sheet
from analysis.reading.worker.refusal import Refusal

_MOST_REPEATED, _MOST_MERGES = 1000, 20_000
_PIECE = 1_000_000
_NUMBERS = ("columns-repeated", "rows-spanned", "columns-spanned")
#: rows of spaces, line breaks and repeats of a filled cell count; a larger part is left to the fast reader
LARGEST = 30_000_000
_DURATION = re.compile(r"^(-?)PT?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,]\d+)?S)?$")
_ERROR = re.compile(r"^(?:#(?:N/A|REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!)|Err:\d{3})$")


@dataclass
class _Table:
    """One table of the document: its cells, and what is told of them beside their values."""

    name: str
    hidden: bool
    rows: list[list[Any]] = field(default_factory=list)
    formats: list[tuple[int, int, str]] = field(default_factory=list)
    merges: list[list[int]] = field(default_factory=list)
    notes: list[list[int | str]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)


@dataclass
class _Cell:
    """One cell, with how often it is repeated, over how many rows and columns it is merged, and its note."""

    value: Any
    said: str
    times: int
    rows: int
    columns: int
    note: str


class _Document:
    """Takes the events of the parser; one entry of ``sheets`` for each table."""

    def __init__(self, most: int) -> None:
        self.sheets: list[_Table] = []
        self._styles: dict[str, bool] = {}
        self._most = most
        self._cells = 0
        self._row: list[_Cell] | None = None
        self._row_hidden = False
        self._repeat_row = 1
        self._attributes: dict[str, str] = {}
        self._style = ""
        self._text: list[str] | None = None
        self._note: list[str] = []
        self._in_note = False
        self._silent = 0
        self._nested = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        seen = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        if tag == "style":
            self._style = seen.get("name", "")
        elif tag == "table-properties" and seen.get("display") == "false":
            self._styles[self._style] = False
        elif tag == "table":
            self._nested += 1
            if self._nested == 1:
                self._open(seen)
        elif tag == "table-row" and self._nested == 1:
            self._row, self._repeat_row = [], _times(seen.get("number-rows-repeated"))
            self._row_hidden = seen.get("visibility", "visible") != "visible"
        elif tag in ("table-cell", "covered-table-cell") and self._row is not None:
            self._attributes, self._text, self._note = seen, [], []
        elif self._text is not None:
            self._inside(tag, seen)

    def _open(self, seen: dict[str, str]) -> None:
        self.sheets.append(_Table(seen.get("name", ""), self._styles.get(seen.get("style-name", "")) is False))

    def _inside(self, tag: str, seen: dict[str, str]) -> None:
        assert self._text is not None
        if tag == "annotation":
            self._silent += 1
        elif self._silent:
            if tag == "p":
                self._in_note = True
                self._note.append("\n")
        elif tag == "p" and self._text:
            self._text.append("\n")
        elif tag == "s":
            self._text.append(" " * min(_times(seen.get("c")), _MOST_REPEATED))
        elif tag == "tab":
            self._text.append("\t")
        elif tag == "line-break":
            self._text.append("\n")

    def data(self, text: str) -> None:
        if self._text is not None and not self._silent:
            self._text.append(text)
        elif self._in_note:  # not the day and the author that stand before the text of a note
            self._note.append(text)

    def end(self, name: str) -> None:
        tag = name.rpartition(":")[2]
        if tag == "annotation":
            self._silent = max(self._silent - 1, 0)
        elif tag == "p" and self._in_note:
            self._in_note = False
        elif tag == "table":
            self._nested -= 1
        elif tag in ("table-cell", "covered-table-cell") and self._text is not None and self._row is not None:
            value, said = _value(self._attributes, "".join(self._text))
            times, rows, columns = (_times(self._attributes.get(f"number-{name}")) for name in _NUMBERS)
            self._row.append(_Cell(value, said, times, rows, columns, "".join(self._note).strip()))
            self._text = None
        elif tag == "table-row" and self._row is not None and self._nested == 1:
            self._close_row(self._row)
            self._row = None

    def _close_row(self, row: list[_Cell]) -> None:
        while row and row[-1].value is None:
            row.pop()
        cells: list[Any] = []
        said: list[tuple[int, str]] = []
        table = self.sheets[-1]
        at = len(table.rows)
        for cell in row:
            times = min(cell.times, 16384)
            if cell.said:
                said += [(len(cells) + place, cell.said) for place in range(times)]
            if max(cell.rows, cell.columns) > 1 and len(table.merges) < _MOST_MERGES:
                table.merges.append([at, len(cells), at + cell.rows - 1, len(cells) + cell.columns - 1])
            if cell.note and len(table.notes) < MOST:
                table.notes.append([at, len(cells), cell.note[:LONGEST]])
            cells += [cell.value] * times
            if len(cells) > 16384:
                raise Refusal("too_large", "columns", columns=16384)
        self._repeat(table, cells, said)

    def _repeat(self, table: _Table, cells: list[Any], said: list[tuple[int, str]]) -> None:
        """The row as often as the file says, blank ones only so far."""
        times = self._repeat_row if cells else min(self._repeat_row, 1_048_576)
        self._cells += len(cells) * times
        if self._cells > self._most:
            raise Refusal("too_large", "cells", cells=self._most)
        for _ in range(times if cells or times <= _MOST_REPEATED else _MOST_REPEATED):
            table.formats += [(len(table.rows), column, meaning) for column, meaning in said]
            if self._row_hidden and cells:
                table.hidden_rows.append(len(table.rows))
            table.rows.append(cells)


def _times(text: str | None) -> int:
    return max(int(text), 1) if text and text.isdigit() and len(text) < 9 else 1


def _value(seen: dict[str, str], text: str) -> tuple[Any, str]:
    """A cell's value and what its type says beyond it."""
    kind = seen.get("value-type", "")
    if kind in ("float", "percentage", "currency"):
        if _ERROR.match(text):
            return text, ""
        try:
            value = float(seen.get("value", ""))
        except ValueError:
            return text or None, ""
        currency = f"currency:{seen.get('currency', '')}" if kind == "currency" and seen.get("currency") else ""
        return value, "percent" if kind == "percentage" else currency
    if kind == "boolean":
        return seen.get("boolean-value") == "true", ""
    if kind == "date":
        return _date(seen.get("date-value", "")) or text or None, ""
    if kind == "time":
        return _time(seen.get("time-value", "")) or text or None, ""
    return (text or seen.get("string-value") or None), ""


def _date(text: str) -> dt.date | dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(text[:19]) if "T" in text else dt.date.fromisoformat(text)
    except ValueError:
        return None


def _time(text: str) -> dt.timedelta | None:
    found = _DURATION.match(text)
    if not found:
        return None
    hours, minutes, seconds = (min(int(part or 0), 10_000_000) for part in found.groups()[1:])
    length = dt.timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return -length if found[1] else length


def read(data: bytes, options: dict[str, Any]) -> list[Sheet]:
    """Every sheet of the document; a Refusal when it is damaged or too large."""
    document = _Document(options.get("max_cells", 20_000_000))
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = document.start, document.end
    parser.CharacterDataHandler = document.data
    parser.EntityDeclHandler = _refuse
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive, archive.open(_content(archive)) as part:
            while piece := part.read(_PIECE):
                parser.Parse(piece, False)
            parser.Parse(b"", True)
    except (expat.ExpatError, zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError):
        raise Refusal("corrupt") from None
    if not document.sheets:
        raise Refusal("corrupt", "reader")
    return list(map(_sheet, document.sheets))


def _content(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    found = next((info for info in archive.infolist() if info.filename.lower().lstrip("/") == "content.xml"), None)
    if found is None:
        raise Refusal("corrupt")
    if found.file_size > LARGEST:
        raise Refusal("too_large", "expands", size=round(found.file_size / 1e6))
    return found


def _refuse(*_: Any) -> None:
    raise Refusal("corrupt", "entities")


def _sheet(table: _Table) -> Sheet:
    rows = table.rows
    while rows and not rows[-1]:
        rows.pop()
    width = max(map(len, rows), default=0)
    sheet = Sheet.of_rows(table.name, [[*row, *[None] * (width - len(row))] for row in rows])
    sheet.hidden = table.hidden
    known: dict[str, int] = {}
    for row, column, said in table.formats:
        if row < len(rows):
            sheet.columns[column].format(row, known.setdefault(said, len(known) + 1))
    sheet.facts |= {"formats": ["", *known], "merges": table.merges, "notes": table.notes, "hidden_rows": table.hidden_rows[:5000]}
    return sheet
