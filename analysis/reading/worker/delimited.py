"""Text → rows: which separator, which quotes, and every cell kept however ragged the lines are."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from analysis.reading.worker import spaced
from analysis.reading.worker.decode import decode
from analysis.reading.worker.pack import Sheet
from analysis.reading.worker.refusal import Refusal

SEPARATORS = (",", ";", "\t", "|")
_SAMPLE = 65536
_LONG_LINES = 50
_MOST_LINES = 5_000
_MOST_COLUMNS = 20_000
_LONGEST_LINE = 100_000
_ENDLESS = 8_000_000
csv.field_size_limit(100_000_000)


def read(data: bytes, options: dict[str, Any], name: str = "") -> tuple[list[Sheet], dict[str, Any]]:
    """One sheet, and what was found out: encoding, separator, notes."""
    if _one_endless_line(data):
        raise Refusal("not_a_table")
    text, encoding, notes = decode(data, options.get("encoding"))
    if not text.strip():
        raise Refusal("empty")
    declared, skipped, text = _declared(text)
    separator = options.get("separator") or declared or separator_of(text)
    rows, more = parse(text, separator)
    most = options.get("max_cells", 20_000_000)
    width = max(map(len, rows), default=0)
    if width > _MOST_COLUMNS:
        raise Refusal("too_large", "columns", columns=_MOST_COLUMNS)
    if len(rows) * width > most * 4:
        raise Refusal("too_large", "cells", cells=most)
    rows = [*skipped, *rows]
    sheet = Sheet.of_rows(name, rows)
    sheet.facts["text"] = True
    if skipped:
        sheet.facts["declared_separator"] = True
    return [sheet], {"encoding": encoding, "separator": separator, "notes": [*notes, *more]}


def _one_endless_line(data: bytes) -> bool:
    """Millions of signs without a line break are no rows of a table."""
    return len(data) > _ENDLESS and b"\n" not in data[:_ENDLESS] and b"\r" not in data[:_ENDLESS]


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
    if spaced_out := spaced.separator_of(body, SEPARATORS):
        return spaced_out
    counted = _by_counting(body)
    if counted:
        return counted
    return _by_clevercsv("".join(body)) or ","


def _by_counting(lines: list[str]) -> str | None:
    """Certain when one candidate alone gives every line the same number (≥ 2) of fields."""
    marks = [mark for mark in SEPARATORS if any(mark in line for line in lines)]
    present = [mark for mark in marks if not _only_punctuates(lines, mark)]
    if not present:
        return "\t" if marks else ","
    if len(present) == 1:
        return present[0]
    steady = []
    for mark in present:
        widths = Counter(len(row) for row in csv.reader(io.StringIO("".join(lines), newline=""), delimiter=mark) if row)
        width, often = widths.most_common(1)[0]
        if width > 1 and often == sum(widths.values()) and often > 1:
            steady.append((width, mark))
    return steady[0][1] if len(steady) == 1 else None


def _only_punctuates(lines: list[str], mark: str) -> bool:
    """Whether a mark only stands in sentences: a list of remarks, under one title or none, as a sheet of one column is saved.

    >>> _only_punctuates(["Remarks", "Late, again", "Fine", "Good, quick, cheap"], ","), _only_punctuates(["a,b", "1,2"], ",")
    (True, False)
    >>> _only_punctuates(["Good, quick, and not dear", "It was late, again", "We had a very nice time"], ",")
    True
    """
    filled = [line for line in lines if line.strip()]
    if mark not in ",;" or len(filled) < 3 or any('"' in line for line in filled):
        return False
    titled = mark not in filled[0]
    told_by = _sentences(filled[titled:], mark)
    if not titled and not told_by:
        return False
    told = [re.sub(r"(?<=\d),(?=\d)", "", line).strip() for line in filled]
    widths = Counter(line.count(mark) for line in told)
    steady = max((often for width, often in widths.items() if width), default=0)
    spaced_out = all(line.count(mark) == line.count(f"{mark} ") + line.endswith(mark) for line in told)
    ended = sum(line.endswith((".", "!", "?")) for line in told) >= 0.5 * len(told)
    uneven = steady < 0.8 * len(told) or (told_by and (titled or ended))
    return spaced_out and uneven and (widths[0] >= 2 or told_by)


def _sentences(lines: list[str], mark: str) -> bool:
    """Whether a mark is followed by a small letter nearly everywhere, in lines of several words: they go on after it."""
    pieces = [piece for line in lines for part in line.split(mark)[1:] if (piece := part.strip())]
    going_on = sum(piece[0].islower() for piece in pieces)
    return going_on >= 0.75 * max(len(pieces), 1) and sum(len(line.split()) for line in lines) >= 4 * len(lines)


def _by_clevercsv(sample: str) -> str | None:
    from clevercsv.detect import Detector

    try:
        dialect = Detector().detect(sample, delimiters=list(SEPARATORS))
    except Exception:
        return None
    return dialect.delimiter if dialect is not None and dialect.delimiter in SEPARATORS else None


def parse(text: str, separator: str) -> tuple[list[list[str]], list[str]]:
    """Rows of cells. A quote that breaks the rules is taken as a character: no row and no cell is swallowed."""
    if separator == spaced.FIXED:
        return spaced.split_fixed(text), []
    quote = _quote_of(text[:_SAMPLE], separator)
    after_space = f"{separator} {quote}" in text[:_SAMPLE] and separator != " "
    settings: dict[str, Any] = {"delimiter": separator, "quotechar": quote, "skipinitialspace": after_space, "strict": True}
    if not after_space and _escaped(text[:_SAMPLE], quote):
        settings |= {"escapechar": "\\", "doublequote": False}
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), **settings))
    except csv.Error:
        return _line_by_line(text, settings)
    if any(_swallowed(cell, separator) for row in rows for cell in row):
        return _line_by_line(text, settings)
    return _unwrapped(rows, separator), []


def _unwrapped(rows: list[list[str]], separator: str) -> list[list[str]]:
    """Rows that were each put in quotes as a whole (a text file saved again by a spreadsheet) are split once more."""
    filled = [row for row in rows if any(row)]
    if len(filled) < 2 or any(len(row) != 1 or separator not in row[0] for row in filled):
        return rows
    try:
        inner = [next(csv.reader([row[0]], delimiter=separator, strict=True)) if row else row for row in rows]
    except (csv.Error, StopIteration):
        return rows
    widths = Counter(len(row) for row in inner if row)
    width, often = widths.most_common(1)[0]
    told = sum(sum(map(bool, map(str.strip, row))) > 1 for row in inner)  # a remark that ends with a comma is one text
    return inner if width > 1 and often >= 0.9 * sum(widths.values()) and told >= 0.9 * len(filled) else rows


def _quote_of(sample: str, separator: str) -> str:
    """Apostrophes around cells, where no double quotes are."""
    mark = re.escape(separator)
    double = len(re.findall(rf'(?:^|{mark}) ?"|" ?(?:{mark}|$)', sample, re.M))
    single = len(re.findall(rf"(?:^|{mark}) ?'[^'\n]*' ?(?=(?:{mark}|$))", sample, re.M))
    return "'" if single >= 3 and single > 5 * double else '"'


def _escaped(sample: str, quote: str) -> bool:
    """Quotes inside cells written with a backslash rather than doubled."""
    return sample.count("\\" + quote) > 0 and quote * 2 not in sample.replace("\\" + quote, "")


def _swallowed(cell: str, separator: str) -> bool:
    """A cell of many lines that look like rows themselves."""
    return len(cell) > 400 and cell.count("\n") > _LONG_LINES and cell.count(separator) > cell.count("\n") * 0.8


class _Feed:
    """Lines for a reader, which may not take too many for one row."""

    def __init__(self, lines: list[str], at: int) -> None:
        self.lines = lines
        self.at = self.start = at

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.at >= len(self.lines):
            raise StopIteration
        if self.at - self.start > _MOST_LINES:
            raise csv.Error("a row of too many lines")
        self.at += 1
        return self.lines[self.at - 1]


def _line_by_line(text: str, settings: dict[str, Any]) -> tuple[list[list[str]], list[str]]:
    """Start again after each line whose quotes break the rules; that line alone is split with lenience."""
    lines = list(io.StringIO(text, newline=""))
    rows: list[list[str]] = []
    broken: list[tuple[int, str]] = []
    at = 0
    while at < len(lines):
        feed = _Feed(lines, at)
        try:
            for row in csv.reader(feed, **settings):
                if feed.at - at > 1 and any(_swallowed(cell, settings["delimiter"]) for cell in row):
                    raise csv.Error("an open quote")
                rows.append(row)
                at = feed.start = feed.at
            break
        except csv.Error:
            broken.append((len(rows), lines[at]))
            rows.append([])
            at += 1
    _mend(rows, broken, settings)
    return rows, ["open_quote"] if broken else []


def _mend(rows: list[list[str]], broken: list[tuple[int, str]], settings: dict[str, Any]) -> None:
    widths = Counter(len(row) for row in rows if row)
    usual = widths.most_common(1)[0][0] if widths else 0
    for place, line in broken:
        rows[place] = _lenient(line.rstrip("\r\n"), settings["delimiter"], settings["quotechar"], usual)


def _lenient(line: str, separator: str, quote: str, usual: int) -> list[str]:
    """Split one line; of the ways to understand its quotes, the one that gives about the usual number of cells."""
    if len(line) > _LONGEST_LINE:
        return line.split(separator)
    s, q = re.escape(separator), re.escape(quote)
    closed = rf" ?{q}((?:[^{q}]|{q}{q})*){q} *(?=(?:{s}|$))"
    lazy = rf" ?{q}(.*?){q} *(?=(?:{s}|$))"
    offers = []
    for quoted in (closed, lazy):
        pieces = re.finditer(rf"(?:{quoted}|([^{s}]*))(?:{s}|$)", line, re.S)
        cells = [(m[1].replace(quote * 2, quote) if m[1] is not None else m[2]) for m in pieces]
        if cells and cells[-1] == "" and not line.endswith(separator) and line:
            cells.pop()
        offers.append(cells)
    return min(offers, key=lambda cells: (abs(len(cells) - usual), sum(cell.startswith(quote) for cell in cells)))
