"""The return of an action as a range, by simulation from ranges (D28): never a bare number."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import BadScale
from analysis.language import N_
from analysis.methods.frames import Floats, columns_of, numbers, whole

#: code → name, in the order of the formula
INPUTS = {
    "customers": N_("customers reached a year"),
    "effect": N_("effect (points of conversion)"),
    "value": N_("value of a conversion"),
    "cost": N_("cost"),
}
#: missing although every input is there: not one of them is a range
RANGE = "range"
SHAPES = ("triangular", "uniform")
_COLUMNS = ("p10", "p50", "p90", "payback_share")


def action_return(actions: Any, *, shape: str = "triangular", draws: int = 10_000, seed: int = 0) -> pd.DataFrame:
    """Simulate what actions bring in their first year: reach × effect × value − cost.

    Parameters
    ----------
    actions : any frame, one row an action. Each input stands in two columns, ``<input>_low`` and ``<input>_high``, or in one, ``<input>``,
        when it is known: customers (reached in a year, 0 or more), effect (gain in points of conversion: 1.5 means 1.5 customers more in a
        hundred; may be negative), value (of a conversion) and cost (in money, 0 or more). confidence, when there is one: how sure it is
        that the effect comes at all, 0 to 100 %; missing: taken for sure.
    shape : ``triangular`` (the middle of each range is likeliest) or ``uniform``.
    draws, seed : how many, and the seed: the same seed gives the same answer, whatever the other rows.

    Returns
    -------
    On the frame's index: p10, p50, p90 (of the net gain of the first year, in money), payback_share (share of draws, 0 … 1, in which the
    gains of a year reach the cost) and missing (list of inputs, ``range`` when all are there and none is a range). A row that misses
    something has NA figures: an action's return is never a bare number. ``attrs``: draws, seed, shape.

    Raises
    ------
    BadScale : a low above its high; a negative number of customers, value or cost; a confidence outside 0–100; an unknown shape.

    Notes
    -----
    In as many draws as the confidence says the effect comes; in the others it does not, and only the cost remains.
    The inputs vary independently, each drawn once in every ten-thousandth of its range (Latin hypercube), so that few draws suffice.
    An action that costs nothing pays back where its gain is not negative.

    Examples
    --------
    >>> plan = pd.DataFrame({"customers": [10_000], "effect_low": [1.0], "effect_high": [3.0], "value": [50.0], "cost": [4000.0]})
    >>> found = action_return(plan, shape="uniform").iloc[0]
    >>> float(round(found["p50"], -2)), float(found["payback_share"])
    (6000.0, 1.0)
    """
    if shape not in SHAPES or draws < 1:
        raise BadScale("shape", N_("The shape is triangular or uniform, and there is at least one draw."))
    table = whole(actions)
    ends = {name: _ends(table, name) for name in INPUTS}
    each = [{name: (low[place], high[place]) for name, (low, high) in ends.items()} for place in range(len(table))]
    sure = _confidence(table)
    rows = [_row(of, float(how_sure), shape, draws, seed) for of, how_sure in zip(each, sure, strict=True)]
    found = pd.DataFrame(rows, index=table.index, columns=pd.Index([*_COLUMNS, "missing"]))
    found = found.astype(dict.fromkeys(_COLUMNS, float))
    found.attrs = {"draws": draws, "seed": seed, "shape": shape}
    return found


def _ends(table: pd.DataFrame, name: str) -> tuple[Floats, Floats]:
    """Low and high of an input; where one end is missing the input is, unless its single column has it."""
    there = columns_of(table)
    none = np.full(len(table), np.nan)
    single = numbers(table[name]) if name in there else none
    low = numbers(table[f"{name}_low"]) if f"{name}_low" in there else none
    high = numbers(table[f"{name}_high"]) if f"{name}_high" in there else none
    both = ~np.isnan(low) & ~np.isnan(high)
    low, high = np.where(both, low, single), np.where(both, high, single)
    for one, other in zip(low, high, strict=True):
        if one > other:
            raise BadScale(low=one, high=other)
        if name != "effect" and one < 0:
            raise BadScale("outside", value=one, low=0, high="∞")
    return low, high


def _confidence(table: pd.DataFrame) -> Floats:
    """How sure each effect is, 0 to 1; 1 where nobody said."""
    sure = numbers(table["confidence"]) if "confidence" in columns_of(table) else np.full(len(table), np.nan)
    off = sure[(sure < 0) | (sure > 100)]
    if len(off):
        raise BadScale("outside", value=float(off[0]), low=0, high=100)
    return np.where(np.isnan(sure), 1.0, sure / 100)


def _row(ends: dict[str, tuple[float, float]], sure: float, shape: str, draws: int, seed: int) -> list[Any]:
    missing = [name for name, (low, _) in ends.items() if np.isnan(low)]
    if not missing and sure in (0.0, 1.0) and all(low == high for low, high in ends.values()):
        missing = [RANGE]
    if missing:
        return [np.nan, np.nan, np.nan, np.nan, missing]
    return [*_simulated(tuple(ends.items()), sure, shape, draws, seed), []]


@lru_cache(maxsize=2_000)
def _simulated(
    ends: tuple[tuple[str, tuple[float, float]], ...], sure: float, shape: str, draws: int, seed: int
) -> tuple[float, float, float, float]:
    """Kept, as the same inputs give the same answer: of a plan in which one action was changed, only that one is drawn again."""
    generator = np.random.default_rng(seed)
    drawn = {name: _drawn(low, high, shape, draws, generator) for name, (low, high) in ends}
    comes = (generator.permutation(draws) + 0.5) / draws < sure if sure < 1 else True
    net = np.where(comes, drawn["customers"] * drawn["effect"] / 100 * drawn["value"], 0.0) - drawn["cost"]
    low, middle, high = np.quantile(net, [0.1, 0.5, 0.9])
    return float(low), float(middle), float(high), float((net >= 0).mean())


def _drawn(low: float, high: float, shape: str, draws: int, generator: Any) -> Floats:
    """Draws between two ends, one in each of as many equal slices; a known input is drawn too, so that the others do not depend on it."""
    share = (generator.permutation(draws) + generator.random(draws)) / draws
    if shape == "triangular":
        share = np.where(share < 0.5, np.sqrt(share / 2), 1 - np.sqrt((1 - share) / 2))
    return np.asarray(low + share * (high - low))
