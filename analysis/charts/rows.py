"""The frames of a chart as plain rows, each made once, however many layers of the chart draw from it.

Altair does this for every layer, and column by column with pandas: most of the time that a chart of many layers took.
"""

from __future__ import annotations

from typing import Any, cast

import altair as alt
import numpy as np
import pandas as pd
from altair.utils.core import sanitize_pandas_dataframe

_PARTS = ("layer", "hconcat", "vconcat", "concat")


def in_rows(chart: Any) -> None:
    """Replace each frame that a chart or one of its parts draws from by the rows that Altair would make of it."""
    _replace(chart, {})


def _replace(chart: Any, made: dict[int, tuple[Any, dict[str, Any]]]) -> None:
    if isinstance(chart.data, pd.DataFrame):
        frame, values = made.setdefault(id(chart.data), (chart.data, {}))  # the frame stays alive as long as its number counts
        if not values:
            values["values"] = rows_of(frame)
        chart.data = values
    for name in _PARTS:
        parts = chart._kwds.get(name, alt.Undefined)
        for part in [] if parts is alt.Undefined else parts:
            _replace(part, made)


def rows_of(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame as they are written into a chart: missing values and infinite ones as None, days as ISO texts.

    >>> rows_of(pd.DataFrame({"n": pd.array([1, None], dtype="Int64"), "x": [0.5, float("inf")]}))
    [{'n': 1, 'x': 0.5}, {'n': None, 'x': None}]
    """
    columns = [_values(frame.iloc[:, place]) for place in range(frame.shape[1])]
    return [dict(zip(frame.columns, row, strict=True)) for row in zip(*columns, strict=True)]


def _values(column: pd.Series) -> list[Any]:
    dtype = column.dtype
    if isinstance(dtype, np.dtype) and dtype.kind in "iub":
        return column.tolist()
    found: Any = column
    if isinstance(dtype, np.dtype) and dtype.kind == "f":
        numbers = column.to_numpy()
        found = np.where(np.isfinite(numbers), numbers.astype(object), cast(Any, None))
    elif isinstance(dtype, pd.StringDtype | pd.BooleanDtype) or pd.api.types.is_numeric_dtype(dtype):
        found = column.array.to_numpy(dtype=object, na_value=cast(Any, None))
    else:
        found = sanitize_pandas_dataframe(column.to_frame("one"))["one"]
    return list(found.tolist())
