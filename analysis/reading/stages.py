"""Rows that hold only the name of a stage, above the touchpoints of that stage."""

from __future__ import annotations

import numpy as np

from analysis.reading.cells import TEXT, Ints
from analysis.reading.grid import Grid

#: a heading is a name, not a sentence
_LONGEST = 60


def stage_headings(grid: Grid, data: Ints, columns: list[int]) -> dict[int, int]:
    """Row → column of the data rows that name a stage; none unless the whole table is laid out that way.

    Parameters
    ----------
    grid : the sheet.
    data : positions of its data rows.
    columns : where such a name may stand (the touchpoints' column, the stages' column, the first one).
    """
    filled = grid.filled[data]
    thin = filled == 1
    if len(data) < 4 or thin.sum() < 2 or thin.sum() > 0.5 * len(data) or not thin[0] or thin[-1]:
        return {}
    if (thin[1:] & thin[:-1]).any() or np.median(filled[~thin]) < 3:
        return {}
    found: dict[int, int] = {}
    for row in data[thin].tolist():
        column = next((c for c in columns if grid.columns[c].kinds[row] == TEXT), None)
        if column is None or len(grid.text(row, column)) > _LONGEST:
            return {}
        found[row] = column
    return found if len(set(found.values())) == 1 else {}


def stages_of(headings: dict[int, int], rows: Ints) -> Ints:
    """For each row, the heading above it."""
    starts = np.array(sorted(headings), dtype=np.int64)
    return starts[np.searchsorted(starts, rows, side="right") - 1]
