"""Web tables and SpreadsheetML 2003: what many systems save under the name .xls."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any
from xml.parsers import expat

from analysis.reading.worker.decode import decode
from analysis.reading.worker.pack import Sheet
from analysis.reading.worker.refusal import Refusal

_CHARSET = re.compile(rb"(?i)charset\s*=\s*[\"']?([\w-]+)")
_DECLARED = re.compile(rb"(?i)^\s*<\?xml[^>]*encoding\s*=\s*[\"']([\w-]+)")
_MOST_SPAN = 1000
_SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet"


class _Tables(HTMLParser):
    """Collects the tables of a page; a table inside a cell becomes a table of its own."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self.frames = False
        self._open: list[list[list[str]]] = []
        self._cell: list[str] | None = None
        self._span = 1
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("frame", "frameset", "iframe"):
            self.frames = True
        elif tag in ("script", "style"):
            self._silent += 1
        elif tag == "table":
            self._end_cell()
            self._open.append([])
            self.tables.append(self._open[-1])
        elif tag == "tr" and self._open:
            self._end_cell()
            self._open[-1].append([])
        elif tag in ("td", "th") and self._open:
            self._end_cell()
            if not self._open[-1]:
                self._open[-1].append([])
            span = dict(attrs).get("colspan") or "1"
            self._span = min(int(span), _MOST_SPAN) if span.isdigit() else 1
            self._cell = []
        elif tag in ("br", "p", "div") and self._cell:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr"):
            self._end_cell()
        elif tag == "table" and self._open:
            self._end_cell()
            self._open.pop()
        elif tag in ("script", "style"):
            self._silent = max(self._silent - 1, 0)

    def handle_data(self, data: str) -> None:
        if self._cell is not None and not self._silent:
            self._cell.append(data)

    def _end_cell(self) -> None:
        if self._cell is not None and self._open and self._open[-1]:
            text = "\n".join(" ".join(line.split()) for line in "".join(self._cell).split("\n")).strip()
            self._open[-1][-1].extend([text, *[""] * (max(self._span, 1) - 1)])
        self._cell = None


def read_html(data: bytes, options: dict[str, Any], name: str = "") -> list[Sheet]:
    """Every table of a page that has at least one row, each a sheet."""
    found = _CHARSET.search(data[:4096])
    encoding = options.get("encoding") or (found[1].decode("ascii") if found and not _is_utf8(data) else None)
    text, _, _ = decode(data, encoding)
    page = _Tables()
    page.feed(text)
    page.close()
    tables = [table for table in page.tables if any(any(cell for cell in row) for row in table)]
    if not tables:
        raise (Refusal("unsupported", "frames") if page.frames or b"frame" in data[:20000].lower() else Refusal("not_a_table"))
    _weigh(tables, options)
    return [Sheet.of_rows(name if len(tables) == 1 else f"{name} {n}".strip(), table) for n, table in enumerate(tables, 1)]


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _weigh(tables: list[list[list[str]]], options: dict[str, Any]) -> None:
    most = options.get("max_cells", 20_000_000)
    for table in tables:
        if len(table) * max(map(len, table), default=0) > most:
            raise Refusal("too_large", "cells", cells=most)


class _Spreadsheet:
    """Reads SpreadsheetML: Worksheet, Row (Index), Cell (Index, MergeAcross), Data (Type)."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, list[list[Any]]]] = []
        self._row: list[Any] | None = None
        self._text: list[str] | None = None
        self._kind = "String"
        self._column = 0
        self._across = 0
        self.cells = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._data
        self.parser.EntityDeclHandler = self._refuse
        self.parser.buffer_text = True

    @staticmethod
    def _refuse(*_: Any) -> None:
        raise Refusal("corrupt", "entities")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        seen = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        tag = name.removeprefix(_SPREADSHEET + " ")
        if tag == "Worksheet":
            self.sheets.append((seen.get("Name", ""), []))
        elif tag == "Row" and self.sheets:
            self._row = []
            index = seen.get("Index", "")
            rows = self.sheets[-1][1]
            if index.isdigit() and len(rows) < int(index) - 1 < len(rows) + 10_000:
                rows.extend([] for _ in range(int(index) - 1 - len(rows)))
            rows.append(self._row)
        elif tag == "Cell" and self._row is not None:
            index = seen.get("Index", "")
            wanted = int(index) - 1 if index.isdigit() and int(index) <= 16384 else len(self._row)
            self._row.extend([None] * (wanted - len(self._row)))
            across = seen.get("MergeAcross", "0")
            self._across = min(int(across), _MOST_SPAN) if across.isdigit() else 0
        elif tag == "Data":
            self._kind, self._text = seen.get("Type", "String"), []

    def _data(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _end(self, name: str) -> None:
        tag = name.removeprefix(_SPREADSHEET + " ")
        if tag == "Data" and self._text is not None and self._row is not None:
            self._row.append(_typed("".join(self._text), self._kind))
            self._row.extend([None] * self._across)
            self._text, self._across = None, 0
            self.cells += 1
        elif tag == "Row":
            self._row = None


def _typed(text: str, kind: str) -> Any:
    if kind == "Number":
        try:
            return float(text)
        except ValueError:
            return text
    if kind == "Boolean":
        return text.strip() == "1"
    if kind == "DateTime":
        return text.replace("T00:00:00.000", "").replace("T", " ").removesuffix(".000")
    return text


def read_spreadsheetml(data: bytes, options: dict[str, Any]) -> list[Sheet]:
    """Every worksheet of an XML spreadsheet of Excel 2003."""
    reader = _Spreadsheet()
    try:
        reader.parser.Parse(data.lstrip(), True)
    except expat.ExpatError:
        if not any(rows for _, rows in reader.sheets):
            raise Refusal("corrupt") from None
    most = options.get("max_cells", 20_000_000)
    if reader.cells > most:
        raise Refusal("too_large", "cells", cells=most)
    return [_sheet(name, rows) for name, rows in reader.sheets]


def _sheet(name: str, rows: list[list[Any]]) -> Sheet:
    width = max(map(len, rows), default=0)
    return Sheet.of_rows(name, [[*row, *[None] * (width - len(row))] for row in rows])
