"""Columns of yes and no."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.reading.cells import BOOLEAN, NUMBER, TEXT
from analysis.reading.column import Column, Typed
from analysis.reading.words import yes_or_no


def read_flags(column: Column) -> Typed | None:
    """The column as yes and no; nothing when less than half of it is either."""
    seen = [yes_or_no(word) if word else None for word in column.words]
    values = np.full(len(column.rows), np.nan)
    texts = column.kinds == TEXT
    if texts.any():
        by_word = np.array([np.nan if flag is None else float(flag) for flag in seen])
        values[texts] = by_word[column.places[texts]]
    if column.cells.numbers is not None:
        plain = (column.kinds == NUMBER) | (column.kinds == BOOLEAN)
        numbers = column.cells.numbers[column.rows]
        values[plain] = np.where(np.isin(numbers[plain], (0, 1)), numbers[plain], np.nan)
    missing = np.isnan(values)
    if column.filled and (~missing).sum() < 0.5 * column.filled:
        return None
    column.doubt_words(seen, "not_a_flag")
    flags = pd.arrays.BooleanArray(np.where(missing, False, values).astype(bool), missing)
    return Typed(pd.Series(flags), None, column.doubts)
