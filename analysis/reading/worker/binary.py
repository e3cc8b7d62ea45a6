"""Number formats and errors of .xls and .xlsb, which the fast reader leaves out: 12,5 % is 0.125 in them, #N/A is blank.

An .xls is looked at with xlrd. Of an .xlsb only the records of cells and styles are walked through ([MS-XLSB] 2.1.4).
"""

from __future__ import annotations

import os
import posixpath
import re
import struct
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from analysis.reading.worker.notes import LONGEST, MOST
from analysis.reading.worker.ooxml import SheetPass
from analysis.reading.worker.styles import BUILT_IN, attributes, meaning

#: larger ones are read without their formats, and that is said
LARGEST = 12_000_000
_PART = 60_000_000
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_ROW, _BLANK, _ERROR, _REAL, _LAST_CELL = 0, 1, 3, 5, 11
_FORMULA_NUMBER, _FORMULA_ERROR, _RK = 9, 11, 2
_FORMAT, _STYLE, _STYLES_BEGIN, _STYLES_END, _SHEET = 44, 47, 617, 618, 156


def looks(data: bytes, kind: str) -> dict[str, SheetPass]:
    """Sheet name → its formats and errors; empty when they cannot be told."""
    if len(data) > LARGEST:
        return {}
    try:
        return _old(data) if kind == "xls" else _xlsb(data)
    except MemoryError:
        raise
    except Exception:  # the values were read: without formats they are still worth having
        return {}


def _old(data: bytes) -> dict[str, SheetPass]:
    import xlrd

    with open(os.devnull, "w") as nowhere:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=nowhere)
    said = [meaning(_code(book, style)) for style in book.xf_list]
    bold = [bool(book.font_list[style.font_index].bold) for style in book.xf_list]
    return {sheet.name: _of_sheet(sheet, said, bold) for sheet in book.sheets()}


def _code(book: Any, style: Any) -> str:
    found = book.format_map.get(style.format_key)
    return found.format_str if found is not None else BUILT_IN.get(style.format_key, "")


def _of_sheet(sheet: Any, said: list[str], bold: list[bool]) -> SheetPass:
    found = SheetPass()
    for row in range(sheet.nrows):
        kinds = sheet.row_types(row)
        for column, kind in enumerate(kinds):
            if not kind or kind == 6:
                continue
            style = sheet.cell_xf_index(row, column)
            if kind == 5:
                found.errors.append((row, column, _ERRORS.get(sheet.cell_value(row, column), "#N/A")))
            elif kind in (2, 3) and said[style]:
                found.formats.append((row, column, said[style]))
            if row < 100 and bold[style]:
                found.bold.append((row, column))
    found.hidden_rows = [row for row, about in sheet.rowinfo_map.items() if about.hidden]
    found.notes = [[row, column, note.text.strip()[:LONGEST]] for (row, column), note in sorted(sheet.cell_note_map.items())[:MOST]]
    return found


def _xlsb(data: bytes) -> dict[str, SheetPass]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        names = {name.lower(): name for name in archive.namelist()}

        def part(name: str) -> bytes:
            real = names.get(name.lower())
            if real is None:
                return b""
            with archive.open(real) as stream:
                return stream.read(_PART)

        said = _said(part("xl/styles.bin"))
        targets = {}
        for tag in re.findall(rb"<Relationship\s([^>]*)>", part("xl/_rels/workbook.bin.rels")):
            seen = attributes(tag)
            targets[seen.get("Id", "")] = posixpath.normpath("xl/" + seen.get("Target", ""))
        found = {}
        for number, body in _records(part("xl/workbook.bin")):
            if number == _SHEET:
                relation, at = _string(body, 8)
                name, _ = _string(body, at)
                found[name] = _cells(part(targets.get(relation, "")), said)
        return found


def _records(content: bytes) -> Iterator[tuple[int, bytes]]:
    """(number, body) of each record: both the number and the length take up to two and four bytes of seven bits."""
    at, end = 0, len(content)
    while at < end:
        number = content[at]
        at += 1
        if number & 0x80:
            number = (number & 0x7F) | (content[at] & 0x7F) << 7
            at += 1
        length = shift = 0
        while True:
            byte = content[at]
            at += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80 or shift > 21:
                break
        yield number, content[at : at + length]
        at += length


def _string(body: bytes, at: int) -> tuple[str, int]:
    (length,) = struct.unpack_from("<I", body, at)
    end = at + 4 + 2 * length
    return body[at + 4 : end].decode("utf-16-le", "replace"), end


def _said(content: bytes) -> list[str]:
    """What each style of the cells says, by its number."""
    codes = dict(BUILT_IN)
    said: list[str] = []
    inside = False
    for number, body in _records(content):
        if number == _FORMAT:
            codes[struct.unpack_from("<H", body)[0]] = _string(body, 2)[0]
        elif number in (_STYLES_BEGIN, _STYLES_END):
            inside = number == _STYLES_BEGIN
        elif number == _STYLE and inside:
            said.append(meaning(codes.get(struct.unpack_from("<H", body, 2)[0], "")))
    return said


def _cells(content: bytes, said: list[str]) -> SheetPass:
    found = SheetPass()
    row = 0
    for number, body in _records(content):
        if number == _ROW and len(body) >= 4:
            row = struct.unpack_from("<I", body)[0]
        elif _BLANK < number <= _LAST_CELL and len(body) >= 9:
            column, style = struct.unpack_from("<II", body)
            if number in (_ERROR, _FORMULA_ERROR):
                found.errors.append((row, column, _ERRORS.get(body[8], "#N/A")))
            elif number in (_RK, _REAL, _FORMULA_NUMBER) and (style := style & 0xFFFFFF) < len(said) and said[style]:
                found.formats.append((row, column, said[style]))
    return found
