"""Sheets with a block of lines a thing (“Point de contact: Caisse”, “Étape: Achat”, …): each block becomes a row."""

from __future__ import annotations

import re
from collections import Counter

import numpy as np
import pyarrow as pa

from analysis.reading.cells import BLANK, SPACES, TEXT, Cells
from analysis.reading.grid import Grid
from analysis.reading.headers import normalise
from analysis.reading.lanes import side_field
from analysis.reading.subjects import measured_subject

#: fewer blocks are no layout; longer sheets are tables of two columns
_FEWEST, _MOST_LINES = 2, 5000
#: so many different labels name fields
_FIELDS = 2
_LABELLED = re.compile(r"^(?P<label>[^\W\d_][^:=]{0,60}?)\s*[:=]\s*(?P<value>.*)$", re.S)


def as_records(grid: Grid | None) -> Grid | None:
    """The sheet as a table with a row a block, as texts, or nothing when it is not laid out so.

    Every cell must have its place: lines of one cell above the first block (titles), and labels with one value beside them.
    Addresses stay those of the file.
    """
    if grid is None:
        return None
    rows = np.flatnonzero(grid.filled).tolist()
    used = [number for number, column in enumerate(grid.columns) if (column.kinds != BLANK).any()]
    if len(used) != 2 or not 2 * _FEWEST <= len(rows) <= _MOST_LINES:
        return None
    left, right = used
    labels = {row: normalise(grid.text(row, left)) for row in rows}
    first = _first_label(labels, [row for row in rows if grid.filled[row] == 2 and labels[row]])
    if first is None:
        return None
    starts = [row for row in rows if labels[row] == first]
    titles = [row for row in rows if row < starts[0]]
    body = [row for row in rows if row >= starts[0]]
    if any(grid.filled[row] > 1 for row in titles) or any(not labels[row] for row in body):
        return None
    names = list(dict.fromkeys(labels[row] for row in body))
    blocks = [[row for row in body if start <= row < end] for start, end in zip(starts, [*starts[1:], grid.height], strict=True)]
    if not _regular(names, [[labels[row] for row in block] for block in blocks]):
        return None
    return _made(grid, left, right, titles, blocks, names, labels)


def labelled(grid: Grid) -> Grid | None:
    """A sheet of lines such as “Note accueil : 4/5” as one of two columns, the labels and the values; nothing for other sheets."""
    used = [column for column in grid.columns if (column.kinds != BLANK).any()]
    if not used or (len(used) > 1 and not grid.facts.get("text")) or (grid.filled > 1).sum() > 0.5 * (grid.filled > 0).sum():
        return None
    if not 2 * _FEWEST <= int((grid.filled > 0).sum()) <= _MOST_LINES:
        return None
    number = grid.columns.index(used[0])
    whole = [", ".join(text for text in grid.row_texts(row) if text) for row in range(grid.height)]  # a comma of a sentence is no separator
    lines = [_LABELLED.match(text) for text in whole]
    if sum(line is not None for line in lines) < 0.8 * int((grid.filled > 0).sum()):
        return None
    sides = [[line[side] if line else "" for line in lines] for side in ("label", "value")]
    for row, line in enumerate(lines):
        if line is None:
            sides[0][row] = whole[row]
    places = {(row, side): (row, number) for row in range(grid.height) for side in (0, 1)}
    return Grid(grid.name, [_cells(texts) for texts in sides], grid.height, grid.hidden, facts={"records": grid, "places": places})


def _first_label(labels: dict[int, str], paired: list[int]) -> str | None:
    """The label that starts a block: the first of those that come back."""
    counts = Counter(labels[row] for row in paired)
    return next((labels[row] for row in paired if counts[labels[row]] >= _FEWEST), None)


def _regular(names: list[str], blocks: list[list[str]]) -> bool:
    """Blocks with the same labels, each once, of which some name fields: no list that happens to repeat a word."""
    if len(blocks) < _FEWEST or len(names) < 2 or any(len(set(block)) < len(block) for block in blocks):
        return False
    known = sum(side_field(name) is not None or measured_subject(name) is not None for name in names)
    usual = sum(sum(name in block for block in blocks) >= 0.5 * len(blocks) for name in names)
    return known >= max(_FIELDS, 0.4 * len(names)) and usual >= 0.6 * len(names)


def _made(grid: Grid, left: int, right: int, titles: list[int], blocks: list[list[int]], names: list[str], labels: dict[int, str]) -> Grid:
    lines: list[list[str]] = []
    places: dict[tuple[int, int], tuple[int, int]] = {}

    def put(cells: dict[int, tuple[int, int]]) -> None:
        places.update({(len(lines), column): place for column, place in cells.items()})
        lines.append([grid.text(*cells[column]) if column in cells else "" for column in range(len(names))])

    for row in titles:
        put({0: (row, left if grid.text(row, left) else right)})
    where = {name: column for column, name in enumerate(names)}
    heads: dict[int, tuple[int, int]] = {}
    for block in blocks:
        for row in block:
            heads.setdefault(where[labels[row]], (row, left))
    put(heads)
    lines[-1] = [text.rstrip(SPACES + ":") for text in lines[-1]]
    for block in blocks:
        put({where[labels[row]]: (row, right) for row in block})
    columns = [_cells([line[column] for line in lines]) for column in range(len(names))]
    return Grid(grid.name, columns, len(lines), grid.hidden, facts={"records": grid, "places": places})


def _cells(texts: list[str]) -> Cells:
    kinds = np.array([TEXT if text.strip() else BLANK for text in texts], np.uint8)
    return Cells(kinds, None, pa.array(texts, pa.string()), None, [""])
