"""The header of a table of figures: the labels over the first row of numbers, on as many rows as they take."""

from __future__ import annotations

import re
from dataclasses import dataclass

from analysis.reading.cells import BLANK, TEXT
from analysis.reading.dates import parse_date
from analysis.reading.grid import Grid
from analysis.reading.headers import known
from analysis.reading.numbers import parse_number
from analysis.reading.words import is_missing, is_unknown

_TOP = 90
_WIDE = 200
_HIGHEST = 14
_YEAR = re.compile(r"^(?:FY|T[1-4]|Q[1-4]|S[12])?\s?(?:1[5-9]|20|21)\d{2}(?:\.0)?(?:\s*[-/]\s*(?:\d{2}|\d{4}))?(?:\s*[-\\(*,].{0,14})?$")
_MARKER = re.compile(r"^(?:\((?:x|na|z|s|d|b|c|r|e|p)\)|\(?(?:na|n/a|ns|nd|nc)\)?|[-–—.*…]+|\(?\d?[a-z]?\)?\s?[-–—]+)$", re.I)
_TITLE = re.compile(r"^(?:table|tableau|figure|see|voir|source|note|notes|updated|mise a jour)\b", re.I)
#: lines drawn with signs
_RULE = re.compile(r"^[-_=–—]{3,}$")
_THOUSANDS = re.compile(r"^\(1[ ,.]?000(?:[ ,.]000)?\)$")
BLANK_CELL, LABEL, YEAR, VALUE = " ", "t", "y", "n"


@dataclass
class Block:
    """Header rows, and the first row of values under them."""

    rows: list[int]
    first: int


def find_block(grid: Grid) -> Block | None:
    """The header over the first row of figures; nothing where the top of the sheet holds no figures."""
    height = min(grid.height, _TOP)
    marks = [signature(grid, row) for row in range(height)]
    first = _first_values(marks)
    if first is None:
        return None
    rows = _labels_over(marks, first, grid)
    return Block(rows, first)


def signature(grid: Grid, row: int) -> str:
    """One letter a cell: blank, label, year or value."""
    if row not in grid.marks:
        grid.marks[row] = _signature(grid, row)
    return grid.marks[row]


def _signature(grid: Grid, row: int) -> str:
    marks = "".join(_mark(grid, row, column) for column in range(min(grid.width, _WIDE)))
    drawn = VALUE in marks and LABEL not in marks and YEAR not in marks and _is_drawn(grid, row)
    return BLANK_CELL * len(marks) if drawn else marks


def _is_drawn(grid: Grid, row: int) -> bool:
    """A row of dashes only."""
    return not "".join(grid.row_texts(row)).strip("-_=–— ")


def _mark(grid: Grid, row: int, column: int) -> str:
    kind = grid.columns[column].kinds[row]
    if kind == BLANK:
        return BLANK_CELL
    text = grid.text(row, column).strip()
    if _YEAR.match(text) and not parse_date(text):
        return YEAR
    if _THOUSANDS.match(text) or (kind == TEXT and any(char.isalpha() for char in text) and known(text)):
        return LABEL
    if _RULE.match(text):
        return BLANK_CELL
    if kind != TEXT:
        return VALUE
    if len(text) < 40 and (_MARKER.match(text) or parse_number(text) or is_missing(text) or is_unknown(text)):
        return VALUE
    return VALUE if parse_date(text) else LABEL


def _is_values(marks: str) -> bool:
    """At least half of the cells after the first are figures, and they are not all years."""
    filled = [mark for mark in marks if mark != BLANK_CELL]
    if not filled:
        return False
    rest = [mark for mark in marks[1:] if mark != BLANK_CELL] or filled
    values = sum(mark == VALUE for mark in rest)
    return values >= 1 and values + sum(mark == YEAR for mark in rest) >= 0.5 * len(rest)


def _first_values(marks: list[str]) -> int | None:
    """The first row of figures that is followed by more of them (or by nothing)."""
    rows = [row for row, mark in enumerate(marks) if mark.strip()]
    for place, row in enumerate(rows):
        if not _is_values(marks[row]) or _is_title(marks, rows, place):
            continue
        following = [marks[other] for other in rows[place + 1 : place + 7]]
        following = [mark for mark in following if len(mark.strip()) > 1]
        if not following or sum(map(_is_values, following)) >= 0.5 * len(following):
            return row
    return None


def _is_title(marks: list[str], rows: list[int], place: int) -> bool:
    """``Created as new, by Anna, 20 January 2016`` right above a row of labels and figures under them."""
    above, labels, under = (marks[row] for row in (rows[place : place + 3] + [rows[place]] * 3)[:3])
    plain = labels.count(LABEL) >= 2 and not labels.replace(LABEL, "").strip()
    return plain and above.count(LABEL) >= above.count(VALUE) and LABEL not in under and VALUE in under


def _labels_over(marks: list[str], first: int, grid: Grid) -> list[int]:
    """Rows of labels above the first figures, the lowest found first."""
    used = {column for mark in marks[first : first + 12] for column, cell in enumerate(mark) if cell != BLANK_CELL}
    lowest = _lowest(marks, first, used, grid)
    if lowest is None:
        return []
    rows = [lowest]
    for row in range(lowest - 1, max(lowest - _HIGHEST, -1), -1):
        if not marks[row].strip():
            continue
        if not _belongs(marks, row, rows[0], used, grid):
            break
        rows.insert(0, row)
    under = marks[lowest + 1] if lowest + 1 < first else ""
    headings = sum(mark[:1] == LABEL == mark.strip() for mark in marks[lowest + 1 :]) > 1 and _is_known(grid, lowest)
    if under[:1] == LABEL == under.strip() and not headings and all(marks[row][:1] == BLANK_CELL for row in rows):
        rows.append(lowest + 1)
    return rows


def _is_known(grid: Grid, row: int) -> bool:
    """At least two words that files use as headers: what stands alone under them names a group of rows."""
    return sum(map(known, filter(None, grid.row_texts(row)))) >= 2


def _lowest(marks: list[str], first: int, used: set[int], grid: Grid) -> int | None:
    """The row of labels nearest to the figures; headings of groups, alone in the first column, are passed over."""
    for row in range(first - 1, max(first - _HIGHEST, -1), -1):
        cells = {column for column, mark in enumerate(marks[row]) if mark != BLANK_CELL}
        if not cells:
            continue
        if VALUE in marks[row] and marks[row].count(VALUE) > 0.3 * len(cells):
            return None
        if len(used) == 1 or cells - {min(used, default=0)}:
            return row
    return None


def _belongs(marks: list[str], row: int, top: int, used: set[int], grid: Grid) -> bool:
    """Is a row above the header one more row of it, and no title?"""
    cells = {column for column, mark in enumerate(marks[row]) if mark != BLANK_CELL}
    below = {column for column, mark in enumerate(marks[top]) if mark != BLANK_CELL}
    if marks[row].count(VALUE) > 0.3 * len(cells) or not cells & used:
        return False
    if _same(grid, row, top, cells & below) and len(cells & below) >= max(2, 0.6 * len(below)):
        return True
    alone = len(cells) == 1
    text = grid.text(row, min(cells)).strip()
    if alone and min(cells) == 0 and (len(text) > 60 or _TITLE.match(text)):
        return False
    missing = (used - below) & cells
    if missing and not (alone and row < top - 1 and min(cells) == 0):
        return True
    return row == top - 1 and not alone and len(cells) < len(below) and min(cells) > 0


def _same(grid: Grid, row: int, other: int, columns: set[int]) -> bool:
    return bool(columns) and all(grid.text(row, c).strip().casefold() == grid.text(other, c).strip().casefold() for c in columns)
