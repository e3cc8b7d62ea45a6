"""One text per column from a header of one or several rows."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from analysis.reading.cells import SPACES
from analysis.reading.grid import Grid
from analysis.reading.headers import known
from analysis.reading.layout import is_import_row

_ANSWER_KIND = re.compile(r"^(?:open-ended response|réponse ouverte|response|réponse)$", re.I)


def joined_headers(grid: Grid, header: list[int], *, whole: bool = False) -> list[str]:
    """The labels of each column from top to bottom; a label over several columns counts for each of them.

    Rows of import numbers and of kinds of answers say nothing and are left out of the text; so are names of groups over columns that
    say enough themselves, unless the ``whole`` header is wanted, as where somebody has chosen its rows.
    """
    texts = header_lines(grid, header, whole=whole)
    if len(texts) == 2 and not whole:
        _without_groups(*texts)
    return [_join([line[column] for line in texts]) for column in range(grid.width)]


def header_lines(grid: Grid, header: list[int], *, whole: bool = False) -> list[list[str]]:
    """The header rows that say something, labels over several columns repeated for each of them."""
    rows = [row for row in header if not is_import_row(grid, row)]
    if len(rows) < len(header) and rows:
        rows = rows[-1:]
    texts = [[text.strip(SPACES) for text in grid.row_texts(row)] for row in rows]
    _fill_merged(grid, rows, texts)
    if len(texts) > 1 and not whole and _speaks(texts[-1], texts):
        texts = texts[-1:]
    for upper, lower in pairwise(texts):
        _spread(upper, lower)
    return texts


def _fill_merged(grid: Grid, rows: list[int], texts: list[list[str]]) -> None:
    """A label merged over several columns stands over each of them."""
    for top, left, bottom, right in grid.merges:
        if right > left and top == bottom and top in rows:
            line = texts[rows.index(top)]
            line[left : right + 1] = [line[left]] * (right + 1 - left)


def _speaks(lowest: list[str], texts: list[list[str]]) -> bool:
    """The lowest row names every column, each by a word that files use: what stands over it are groups."""
    labels = [lowest[column] for column in range(len(lowest)) if any(line[column] for line in texts)]
    return all(labels) and len(set(labels)) == len(labels) and sum(map(known, labels)) >= 0.6 * len(labels)


def _without_groups(upper: list[str], lower: list[str]) -> None:
    """Of “Évaluation” over “Impact” and “Effort”, the name of the group is left out: each part says enough, and no other column says it."""
    over = Counter(upper)
    for column, (group, part) in enumerate(zip(upper, lower, strict=True)):
        if part and group and over[group] > 1 and lower.count(part) == 1 and part not in over and known(part):
            upper[column] = ""


def _spread(upper: list[str], lower: list[str]) -> None:
    """Carry a label to the right, over blank cells that have labels under them, when it has one under itself."""
    carried = ""
    for column, text in enumerate(upper):
        if text:
            carried = text if lower[column] else ""
        elif carried and lower[column]:
            upper[column] = carried
        else:
            carried = ""


def _join(parts: list[str]) -> str:
    told = dict.fromkeys(part for part in parts if part)
    return " ".join(part for part in told if len(told) == 1 or not _ANSWER_KIND.match(part))
