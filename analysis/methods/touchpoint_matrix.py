"""The 360° matrix: reach against Touchpoint Value (D20)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.language import N_
from analysis.methods.frames import need, whole
from analysis.methods.impact_effort import Cut, cut_lines, quadrants
from analysis.methods.scales import Scale, on_scale

#: code → name of the quadrants
ROLES = {
    "pillar": N_("Pillar"),
    "hidden_gem": N_("Hidden gem"),
    "fix": N_("To lighten or fix"),
    "question": N_("To question"),
}
DIMENSIONS = ("rational", "emotional", "behavioural")


def touchpoint_matrix(frame: Any, reach: str = "reach", value: str = "touchpoint_value", cut: Cut = "midpoint") -> pd.DataFrame:
    """Place each touchpoint by reach (% of customers) and Touchpoint Value, both 0–100.

    Parameters
    ----------
    frame : any frame, one row per touchpoint.
    reach, value : names of the two columns, percentages kept in percent (62.5 means 62.5 %).
    cut : ``"midpoint"`` (50 and 50), ``"median"`` of the placed touchpoints, or two numbers, reach first.

    Returns
    -------
    The frame with a column quadrant: ``pillar`` (high reach, high value), ``hidden_gem`` (low, high: extend), ``fix``
    (high, low: lighten or fix), ``question`` (low, low), NA without both values. ``attrs``: cut ({"reach": …, "value":
    …}), unplaced, outside.

    Raises
    ------
    MissingColumns, BadScale.

    Notes
    -----
    A value on the cut counts as high. The names of the quadrants are our own.

    Examples
    --------
    >>> touchpoint_matrix(pd.DataFrame({"reach": [80, 10], "touchpoint_value": [70, 50]}))["quadrant"].tolist()
    ['pillar', 'hidden_gem']
    """
    need(frame, [reach, value])
    placed = whole(frame)
    values, ends, outside = {}, {}, {}
    for axis, column in (("reach", reach), ("value", value)):
        values[axis], ends[axis], outside[axis] = on_scale(placed[column], (0, 100))
    lines = cut_lines(values, ends, cut)
    codes = {(True, True): "pillar", (False, True): "hidden_gem", (True, False): "fix", (False, False): "question"}
    placed["quadrant"] = quadrants(values["reach"], values["value"], lines["reach"], lines["value"], codes)
    placed.attrs |= {
        "cut": lines,
        "cut_rule": cut if isinstance(cut, str) else "given",
        "unplaced": placed.index[placed["quadrant"].isna()].tolist(),
        "outside": outside,
        "reach": reach,
        "value": value,
    }
    return placed


def touchpoint_value(
    frame: Any,
    rational: Sequence[str] = (),
    emotional: Sequence[str] = (),
    behavioural: Sequence[str] = (),
    scales: Scale | Mapping[str, Scale] = (1, 5),
) -> pd.Series:
    """Touchpoint Value 0–100: the mean of the means of its rational, emotional and behavioural items.

    Parameters
    ----------
    frame : any frame, one row per touchpoint, one column per survey item.
    rational, emotional, behavioural : the item columns of each dimension.
    scales : the scale of all items, or one per column.

    Returns
    -------
    Series named touchpoint_value. A dimension without any answer is left out of a touchpoint's mean;
    ``attrs["left_out"]`` lists the dimensions that are empty for all, ``attrs["dimensions"]`` how many each row counts.

    Examples
    --------
    >>> touchpoint_value(pd.DataFrame({"useful": [5, 3], "pleasant": [3, None]}), ["useful"], ["pleasant"]).tolist()
    [75.0, 50.0]
    """
    groups = dict(zip(DIMENSIONS, (rational, emotional, behavioural), strict=True))
    need(frame, [column for columns in groups.values() for column in columns])
    table = whole(frame)
    means = pd.DataFrame(index=table.index, columns=pd.Index(DIMENSIONS), dtype=float)
    for dimension, columns in groups.items():
        shares = {column: _share(table[column], scales) for column in columns}
        if shares:
            means[dimension] = pd.DataFrame(shares, index=table.index).mean(axis=1)
    result = (100 * means.mean(axis=1)).rename("touchpoint_value")
    result.attrs = {
        "left_out": [dimension for dimension in DIMENSIONS if means[dimension].isna().all()],
        "dimensions": means.notna().sum(axis=1).tolist(),
    }
    return result


def _share(column: pd.Series, scales: Scale | Mapping[str, Scale]) -> Any:
    """An item as a share of its scale, 0 … 1."""
    scale = scales.get(str(column.name), (1, 5)) if isinstance(scales, Mapping) else scales
    values, (low, high), _ = on_scale(column, scale)
    return np.asarray((values - low) / (high - low))
