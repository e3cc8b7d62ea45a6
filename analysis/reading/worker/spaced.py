"""Text without separators: columns of a fixed width, or words with one space between."""

from __future__ import annotations

import csv
import re
from itertools import pairwise

#: stands for columns of a fixed width where a separator is told
FIXED = "  "
_SAMPLE_LINES = 200
_FIGURE = re.compile(r"^[-+]?[\d.,:/%€$-]*\d[\d.,:/%€$-]*$")


def separator_of(lines: list[str], marks: tuple[str, ...]) -> str | None:
    """``FIXED`` for columns of a fixed width, a space for words that a space separates, None for anything else.

    Parameters
    ----------
    lines : of the top of the file. marks : the usual separators; where half of the lines have one, nothing is told.
    """
    lines = [line.rstrip("\r\n") for line in lines[:_SAMPLE_LINES] if line.strip()]
    if len(lines) < 3 or any(sum(mark in line for line in lines) >= 0.5 * len(lines) for mark in marks):
        return None
    if gaps(lines):
        return FIXED
    return " " if _one_space(lines) else None


def gaps(lines: list[str]) -> list[int]:
    """Where each column but the first begins: after two or more places that are blank in every line.

    >>> gaps(["Stage   Impact", "Buy     7", "Use     12"])
    [8]
    """
    width = max(map(len, lines))
    blank = [all(len(line) <= place or line[place] == " " for line in lines) for place in range(width)]
    starts = [place for place in range(2, width) if not blank[place] and blank[place - 1] and blank[place - 2] and not all(blank[:place])]
    edges = [0, *starts, width]
    columns = [[line[left:right].strip() for line in lines] for left, right in pairwise(edges)]
    full = all(column[0] and sum(map(bool, column)) >= 0.5 * len(lines) for column in columns)
    return starts if starts and full else []


def _one_space(lines: list[str]) -> bool:
    """Every line has as many words, three at least, and one column holds figures below its first line."""
    try:
        rows = list(csv.reader(lines, delimiter=" ", strict=True))
    except csv.Error:
        return False
    if len({len(row) for row in rows}) != 1 or len(rows[0]) < 3:
        return False
    return any(all(_FIGURE.match(cell) for cell in column[1:]) for column in zip(*rows, strict=True))


def split_fixed(text: str) -> list[list[str]]:
    """Lines cut where the columns begin; a line that writes over a border is cut at its own double spaces."""
    lines = text.splitlines()
    starts = gaps([line for line in lines[:_SAMPLE_LINES] if line.strip()])
    edges = [0, *starts]
    ends = [*starts, None]
    rows = []
    for line in lines:
        if any(place <= len(line) and line[place - 2 : place].strip() for place in starts):
            rows.append(re.split(r" {2,}", line.strip()))
        else:
            rows.append([line[left:right].strip() for left, right in zip(edges, ends, strict=True)])
    return rows
