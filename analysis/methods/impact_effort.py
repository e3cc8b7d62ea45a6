"""The impact/effort matrix and its four quadrants (D18)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import BadScale
from analysis.language import N_
from analysis.methods.frames import Floats, at_least, need, whole
from analysis.methods.scales import Scale, on_scale

#: code → name; the user may rename them, they are always printed
QUADRANTS = {
    "quick_win": N_("Quick win"),
    "big_bet": N_("Big bet"),
    "fill_in": N_("Fill-in"),
    "money_pit": N_("Money pit"),
}

Cut = str | tuple[float, float]


def impact_effort(
    frame: Any,
    impact: str = "impact",
    effort: str = "effort",
    scale: Scale | Mapping[str, Scale] = (1, 10),
    cut: Cut = "midpoint",
) -> pd.DataFrame:
    """Place each item in a quadrant: quick win, big bet, fill-in or money pit.

    Parameters
    ----------
    frame : any frame, one row per item, with the two columns of scores.
    impact, effort : their names.
    scale : the ends of the scale of both, ``(1, 10)``; or one for each, ``{"impact": (1, 5), "effort": (1, 10)}``; or
        ordered steps (``("S", "M", "L")``, Fibonacci), which are counted by rank.
    cut : ``"midpoint"`` of each scale (5.5 on 1–10, 3 on 1–5, the middle rank), ``"median"`` of the placed items, or
        two numbers, impact first.

    Returns
    -------
    The frame with a column quadrant: ``quick_win`` (high impact, low effort), ``big_bet`` (high, high), ``fill_in``
    (low, low), ``money_pit`` (low, high), NA without both values.
    ``attrs``: cut and scale ({"impact": …, "effort": …}), unplaced (index of the items without both values), outside
    (values that are not on the scale: reported, not placed), impact, effort (the column names).

    Raises
    ------
    MissingColumns, BadScale.

    Notes
    -----
    A value on the cut line counts as high. Form of the matrix: effort on x, impact on y, so that quick wins lie top
    left (MindTools).

    Examples
    --------
    >>> items = pd.DataFrame({"impact": [9, 9, 2, 2], "effort": [2, 8, 2, 8]})
    >>> impact_effort(items)["quadrant"].tolist()
    ['quick_win', 'big_bet', 'fill_in', 'money_pit']
    """
    need(frame, [impact, effort])
    placed = whole(frame)
    values, ends, outside = {}, {}, {}
    for axis, column in (("impact", impact), ("effort", effort)):
        one = _scale_of(scale, axis, column)
        values[axis], ends[axis], outside[axis] = on_scale(placed[column], one)
    lines = cut_lines(values, ends, cut)
    codes = {(True, False): "quick_win", (True, True): "big_bet", (False, False): "fill_in", (False, True): "money_pit"}
    placed["quadrant"] = quadrants(values["impact"], values["effort"], lines["impact"], lines["effort"], codes)
    placed.attrs |= {
        "cut": lines,
        "cut_rule": cut if isinstance(cut, str) else "given",
        "scale": ends,
        "unplaced": placed.index[placed["quadrant"].isna()].tolist(),
        "outside": outside,
        "impact": impact,
        "effort": effort,
    }
    return placed


def _scale_of(scale: Scale | Mapping[str, Scale], axis: str, column: str) -> Scale:
    """The scale of one axis, found under its role or its column's name."""
    if isinstance(scale, Mapping):
        return scale.get(axis, scale.get(column, (1, 10)))
    return scale


def cut_lines(values: Mapping[str, Floats], ends: Mapping[str, tuple[float, float]], cut: Cut) -> dict[str, float]:
    """Where each of two axes is cut; medians are those of the items that have both values."""
    if not isinstance(cut, str):
        return dict(zip(values, map(float, cut), strict=True))
    middle = {axis: (low + high) / 2 for axis, (low, high) in ends.items()}
    if cut == "midpoint":
        return middle
    if cut != "median":
        raise BadScale("cut", N_("“{value}” is not a cut line: take the midpoint, the median or two numbers."), value=cut)
    both = ~np.any([np.isnan(array) for array in values.values()], axis=0)
    return {axis: float(np.median(array[both])) if both.any() else middle[axis] for axis, array in values.items()}


def quadrants(first: Floats, second: Floats, cut_first: float, cut_second: float, codes: Mapping[tuple[bool, bool], str]) -> Any:
    """The quadrant of each pair of values, text with NA; ``codes``: (first is high, second is high) → code."""
    high = zip(at_least(first, cut_first), at_least(second, cut_second), strict=True)
    missing = np.isnan(first) | np.isnan(second)
    named = [None if gone else codes[bool(one), bool(two)] for (one, two), gone in zip(high, missing, strict=True)]
    return pd.array(named, dtype="str")
