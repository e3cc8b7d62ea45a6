"""Text → rows: which separator, which quotes, and every cell kept however ragged the lines are."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from analysis.reading.worker.decode import decode
from analysis.reading.worker.pack import Sheet
from analysis.reading.worker.refusal import Refusal

SEPARATORS = (",", ";", "\t", "|")
_SAMPLE = 65536
_LONG_LINES = 50
_MOST_LINES = 5_000
csv.field_size_limit(100_000_000)


def read(data: bytes, options: dict[str, Any], name: str = "") -> tuple[list[Sheet], dict[str, Any]]:
    """One sheet, and what was found out: encoding, separator, notes."""
    text, encoding, notes = decode(data, options.get("encoding"))
    if not text.strip():
        raise Refusal("empty")
    declared, skipped, text = _declared(text)
    separator = options.get("separator") or declared or separator_of(text)
    rows, more = parse(text, separator)
    most = options.get("max_cells", 20_000_000)
    if len(rows) * max(map(len, rows), default=0) > most * 4:
        raise Refusal("too_large", "cells", cells=most)
    rows = [*skipped, *rows]
    sheet = Sheet.of_rows(name, rows)
    sheet.facts["text"] = True
    if skipped:
        sheet.facts["declared_separator"] = True
    return [sheet], {"encoding": encoding, "separator": separator, "notes": [*notes, *more]}


def _declared(text: str) -> tuple[str | None, list[list[str]], str]:
    """``sep=;`` on the first line tells the separator, and is no data."""
    found = re.match(r'"?sep=(.)"?[;,\t|]*\r?\n', text, re.I)
    if not found:
        return None, [], text
    return found[1], [[found[0].strip()]], text[found.end() :]


def separator_of(text: str) -> str:
    """The separator of the first 64 KB; comment lines at the top are not asked."""
    lines = text[:_SAMPLE].splitlines(keepends=True)
    if len(text) > _SAMPLE and len(lines) > 1:
        lines = lines[:-1]
    body = [line for line in lines if not line.startswith("#")] or lines
    counted = _by_counting(body)
    if counted:
        return counted
    return _by_clevercsv("".join(body)) or ","


def _by_counting(lines: list[str]) -> str | None:
    """Certain when one candidate alone gives every line the same number (≥ 2) of fields."""
    present = [mark for mark in SEPARATORS if any(mark in line for line in lines)]
    if not present:
        return ","
    if len(present) == 1:
        return present[0]
    steady = []
    for mark in present:
        widths = Counter(len(row) for row in csv.reader(io.StringIO("".join(lines), newline=""), delimiter=mark) if row)
        width, often = widths.most_common(1)[0]
        if width > 1 and often == sum(widths.values()) and often > 1:
            steady.append((width, mark))
    return steady[0][1] if len(steady) == 1 else None


def _by_clevercsv(sample: str) -> str | None:
    from clevercsv.detect import Detector

    try:
        dialect = Detector().detect(sample, delimiters=list(SEPARATORS))
    except Exception:
        return None
    return dialect.delimiter if dialect is not None and dialect.delimiter in SEPARATORS else None


def parse(text: str, separator: str) -> tuple[list[list[str]], list[str]]:
    """Rows of cells. A quote that is never closed is taken as a character, not as the start of a giant cell."""
    settings: dict[str, Any] = {"delimiter": separator, "skipinitialspace": f'{separator} "' in text[:_SAMPLE]}
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), **settings))
    except csv.Error:
        rows = []
    if not rows or any(_swallowed(cell, separator) for row in rows for cell in row):
        return _line_by_line(text, settings)
    return rows, []


def _swallowed(cell: str, separator: str) -> bool:
    """A cell of many lines that look like rows themselves."""
    return len(cell) > 400 and cell.count("\n") > _LONG_LINES and cell.count(separator) > cell.count("\n") * 0.8


def _line_by_line(text: str, settings: dict[str, Any]) -> tuple[list[list[str]], list[str]]:
    lines = list(io.StringIO(text, newline=""))
    rows: list[list[str]] = []
    notes: list[str] = []
    at = 0
    while at < len(lines):
        taken = 0

        def some(start: int = at) -> Iterator[str]:
            nonlocal taken
            for line in lines[start : start + _MOST_LINES]:
                taken += 1
                yield line

        row = _next(csv.reader(some(), **settings))
        if row is None or taken >= _MOST_LINES or any(_swallowed(cell, settings["delimiter"]) for cell in row):
            row = _next(csv.reader([lines[at]], quoting=csv.QUOTE_NONE, **settings)) or []
            taken = 1
            notes.append("open_quote")
        rows.append(row)
        at += max(taken, 1)
    return rows, notes[:1]


def _next(reader: Iterator[list[str]]) -> list[str] | None:
    try:
        return next(reader, None)
    except csv.Error:
        return None
