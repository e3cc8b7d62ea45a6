"""Answers told as shares of nobody knows how many people: their mean is a score of the touchpoint, and no answers are made up."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.project.importing.builder import Builder, cleaned
from analysis.project.importing.inventory import make_touchpoint, put_score
from analysis.project.importing.long import row_label


def add_shares(builder: Builder, table: Any) -> npt.NDArray[np.bool_]:
    """Keep the mean of each row as the satisfaction of its touchpoint; which rows had one."""
    kept = np.full(len(table.frame), bool((getattr(table, "counted_by", None) or ("", False))[1]))
    means = getattr(table, "shared", pd.Series(dtype="Float64"))
    first_of_all = not len(builder.touchpoints)
    for position, mean in means.dropna().items():
        row = int(str(position))
        label = _label(table, row)
        if not label:
            continue
        id = builder.touchpoint(label) or (make_touchpoint(builder, table, label) if first_of_all else None)
        if id is None:
            builder.unplaced("touchpoint", label, 1, table.sheet)
            continue
        values = {"value": round(float(mean), 4), "low": 1.0, "high": 5.0, "text": ""}
        put_score(builder, table, id, "satisfaction", "file", values, label, _cell(table, row))
        kept[row] = True
    return kept


def _label(table: Any, row: int) -> str:
    named = table.frame["touchpoint"].iloc[row] if "touchpoint" in table.frame else row_label(table, row)
    return cleaned(named)


def _cell(table: Any, row: int) -> str:
    """The first of the shares."""
    header = table.counted_by[0] if table.counted_by else list(table.mapping)[min(table.tallies.degrees)]
    return str(table.cell(table.frame.index[row], header))
