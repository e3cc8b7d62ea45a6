"""Workbooks: .xlsx .xlsm .xlsb .xls .ods → sheets of columns."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from typing import Any

from analysis.reading.worker import pack
from analysis.reading.worker.ooxml import Extent, Package, SheetPass
from analysis.reading.worker.pack import Column, Sheet
from analysis.reading.worker.refusal import Refusal

#: rows that are packed at a time: few enough to stay in the processor's own memory
_CHUNK = 2048
#: titles and headers are of another kind than what follows: kept out of the large chunks, which are packed kind by kind
_FIRST = 64
#: what a broken archive raises
_DAMAGE = (zipfile.BadZipFile, KeyError, EOFError, OSError, ValueError, RuntimeError, NotImplementedError, zlib.error)
#: blank rows and columns before the first cell that are still shown as they are
_LEAD = 200
#: a rectangle of more cells than this, nearly all of them blank, is read cell by cell
_SPARSE = 3_000_000


def read(data: bytes, kind: str, options: dict[str, Any]) -> list[Sheet]:
    """Every sheet of a workbook, in its order."""
    if kind == "ods" and (sheets := _opendocument(data, options)):
        return sheets
    package = _package(data) if kind == "xlsx" else None
    looks = {name: _look(package, part) for name, part in package.parts.items()} if package else {}
    _weigh_cells(looks, options)
    if options.get("careful") or any(_sparse(look.extent) for look in looks.values()):
        sheets = _slow(data)
    else:
        sheets = _fast_or_slow(data, kind, options)
    if kind in ("xls", "xlsb"):
        from analysis.reading.worker import binary

        looks = binary.looks(data, kind)
    for sheet in sheets:
        if look := looks.get(sheet.name):
            _complete(sheet, look)
    return sheets


def _opendocument(data: bytes, options: dict[str, Any]) -> list[Sheet]:
    """An .ods read part by part, unless it is large or not as it should be: then the fast reader tries."""
    from analysis.reading.worker import opendocument

    try:
        return opendocument.read(data, options)
    except Refusal as refusal:
        if refusal.reason in ("cells", "columns", "entities"):
            raise
        return []


def _slow(data: bytes) -> list[Sheet]:
    from analysis.reading.worker.careful import read_cell_by_cell

    return read_cell_by_cell(data)


def _fast_or_slow(data: bytes, kind: str, options: dict[str, Any]) -> list[Sheet]:
    """What the fast reader refuses, the slow one may still read; when neither can, the first says why."""
    sheets: list[Sheet] = []
    refused: Refusal | None = None
    try:
        sheets = list(_fast(data, options))
    except Refusal as refusal:
        if kind != "xlsx" or refusal.code != "corrupt":
            raise
        refused = refusal
    whole = any(sheet.columns for sheet in sheets) and not any(sheet.facts.get("broken") for sheet in sheets)
    if refused is None and whole:
        return sheets
    slow = _slow_if_it_can(data) if kind == "xlsx" else []
    if any(sheet.columns for sheet in slow):
        return slow
    if refused is not None:
        raise refused
    return sheets


def _slow_if_it_can(data: bytes) -> list[Sheet]:
    try:
        return _slow(data)
    except Refusal:
        return []


def _package(data: bytes) -> Package | None:
    try:
        return Package(data)
    except Refusal:
        raise
    except _DAMAGE:
        raise Refusal("corrupt") from None


def _look(package: Package, part: str) -> SheetPass:
    try:
        return package.look(part)
    except _DAMAGE:
        raise Refusal("corrupt") from None


def _sparse(extent: Extent) -> bool:
    area = extent.rows * extent.columns
    return area > _SPARSE and extent.cells < area * 0.05


def _weigh_cells(looks: dict[str, SheetPass], options: dict[str, Any]) -> None:
    most = options.get("max_cells", 20_000_000)
    if sum(look.extent.cells for look in looks.values()) > most:
        raise Refusal("too_large", "cells", cells=most)


def _fast(data: bytes, options: dict[str, Any]) -> Iterator[Sheet]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
    except PasswordError:
        raise Refusal("encrypted") from None
    except (CalamineError, OSError, ValueError):
        raise Refusal("corrupt", "reader") from None
    for about in book.sheets_metadata:
        if about.typ not in (SheetTypeEnum.WorkSheet, SheetTypeEnum.MacroSheet):
            continue
        sheet = Sheet(about.name, hidden=about.visible != SheetVisibleEnum.Visible)
        try:
            found = book.get_sheet_by_name(about.name)
            _fill(sheet, found, options)
        except (CalamineError, OSError, ValueError) as wrong:
            sheet.columns = []
            sheet.facts["broken"] = str(wrong)[:200]
        yield sheet


def _fill(sheet: Sheet, found: Any, options: dict[str, Any]) -> None:
    start, end = found.start, found.end
    if start is None or end is None:
        return
    width = end[1] - start[1] + 1
    if (end[0] - start[0] + 1) * width > options.get("max_cells", 20_000_000) * 4:
        raise Refusal("too_large", "cells", cells=options.get("max_cells", 20_000_000))
    lead_rows = start[0] if start[0] <= _LEAD else 0
    lead_columns = start[1] if start[1] <= _LEAD else 0
    sheet.row0, sheet.column0 = start[0] - lead_rows, start[1] - lead_columns
    body = [Column() for _ in range(width)]
    rows = islice(found.iter_rows(), sheet.row0, None)  # its rows start at the first of the sheet, its columns at the first used
    size = _FIRST
    while chunk := list(islice(rows, size)):
        size = _CHUNK
        for column, cells in zip(body, zip(*chunk, strict=True), strict=True):
            column.extend(cells)
    height = len(body[0].kinds)
    sheet.columns = [Column(height) for _ in range(lead_columns)] + body
    if ranges := found.merged_cell_ranges:
        sheet.facts["merges"] = [[top, left, bottom, right] for (top, left), (bottom, right) in ranges[:20_000]]


def _complete(sheet: Sheet, look: SheetPass) -> None:
    """Put formats and errors back where they belong."""
    _put_formats(sheet, look)
    errors: dict[int, dict[int, tuple[int, str]]] = {}
    for row, column, text in look.errors:
        errors.setdefault(column - sheet.column0, {})[row - sheet.row0] = (pack.ERROR, text)
    for column, cells in errors.items():
        if 0 <= column < len(sheet.columns) and sheet.row_numbers is None:
            sheet.columns[column].patch(cells)
    facts = sheet.facts
    facts["formats_told"] = True
    facts["bold"] = look.bold[:5000]
    facts["uncomputed"] = look.uncomputed[:1000]
    facts["hidden_rows"] = look.hidden_rows[:5000]
    facts["hidden_columns"] = look.hidden_columns[:200]
    facts["frozen"] = look.frozen
    facts["notes"] = look.notes


def _put_formats(sheet: Sheet, look: SheetPass) -> None:
    known: dict[str, int] = {}
    for row, column, said in look.formats:
        index = known.setdefault(said, len(known) + 1)
        place = column - sheet.column0
        if index < 65535 and 0 <= place < len(sheet.columns) and sheet.row_numbers is None:
            sheet.columns[place].format(row - sheet.row0, index)
    for column, rows, said in look.runs:
        index = known.setdefault(said, len(known) + 1)
        place = column - sheet.column0
        if 0 <= place < len(sheet.columns) and sheet.row_numbers is None:
            sheet.columns[place].format_rows(rows, -sheet.row0 - 1, index)
    sheet.facts["formats"] = ["", *known]
