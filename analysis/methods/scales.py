"""Scales: everything about feelings is compared on −2 … +2, with the source scale kept beside it.

Conversion is linear between the ends of the source scale, ``e = 4·(x − low)/(high − low) − 2``. A value outside its
scale is reported, never clamped; a reversed scale is never turned silently.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import BadScale
from analysis.methods.frames import TOLERANCE, Floats, folded, numbers

EMOTION = (-2.0, 2.0)
TSHIRT = ("XS", "S", "M", "L", "XL", "XXL")
FIBONACCI = (1, 2, 3, 5, 8, 13, 21)

#: a scale is (low, high), or the named steps of one that is counted by rank
Scale = tuple[float, float] | Sequence[Any]


def checked(low: Any, high: Any) -> tuple[float, float]:
    """The two ends as floats.

    Raises
    ------
    BadScale : the ends are not numbers, are equal, or the low end is above the high one.
    """
    try:
        ends = float(low), float(high)
    except (TypeError, ValueError) as error:
        raise BadScale(low=str(low), high=str(high)) from error
    if not (np.isfinite(ends).all() and ends[0] < ends[1]):
        raise BadScale(low=low, high=high)
    return ends


def outside(values: Floats, low: float, high: float) -> Any:
    """Which values lie outside the scale (bool array); missing ones do not."""
    margin = TOLERANCE * (high - low)
    with np.errstate(invalid="ignore"):
        return (values < low - margin) | (values > high + margin)


def rescaled(values: Floats, source: tuple[float, float], target: tuple[float, float]) -> Floats:
    """Linear from one scale to another; values outside the source scale become NaN."""
    low, high = checked(*source)
    share = (np.where(outside(values, low, high), np.nan, values) - low) / (high - low)
    return target[0] + share * (target[1] - target[0])


def to_emotion(values: Any, low: float, high: float) -> Any:
    """Answers on any scale, brought to −2 … +2.

    Parameters
    ----------
    values : a number, or a Series / sequence of numbers on the source scale; missing stays missing.
    low, high : ends of the source scale, ``low < high`` (1–5, 1–7, 0–10, 0–100, −1–1…).

    Returns
    -------
    A float for a number (NaN when missing), a float Series otherwise. ``attrs["outside"]`` lists the values that are
    outside the scale: they become NA, and are never clamped.

    Raises
    ------
    BadScale : a scale without width or upside down; a single number outside its scale; a text that is no number.

    Examples
    --------
    >>> to_emotion(5, 1, 5), to_emotion(3, 1, 5), to_emotion(6, 0, 10).__round__(1)
    (2.0, 0.0, 0.4)
    >>> to_emotion([1, 4, None], 1, 7).tolist()
    [-2.0, 0.0, nan]

    Notes
    -----
    Linear, also for recommendation answers (a 6 of 0–10 is +0.4): the chart says so.
    """
    ends = checked(low, high)
    if np.ndim(values) == 0 and not isinstance(values, pd.Series):
        array = numbers([values])
        if outside(array, *ends)[0]:
            raise BadScale("outside", value=values, low=low, high=high)
        return float(rescaled(array, ends, EMOTION)[0])
    series = values if isinstance(values, pd.Series) else pd.Series(values, dtype=None if len(values) else float)
    array = numbers(series)
    result = pd.Series(rescaled(array, ends, EMOTION), index=series.index, name="emotion")
    result.attrs["outside"] = array[outside(array, *ends)].tolist()
    return result


def is_steps(scale: Any) -> bool:
    """Whether a scale is a list of named steps (sizes, Fibonacci) and not a pair of ends."""
    return isinstance(scale, Sequence) and (len(scale) != 2 or any(isinstance(end, str) for end in scale))


def ranks_on(values: Any, steps: Sequence[Any] = TSHIRT) -> pd.Series:
    """The rank (1 … number of steps) of T-shirt sizes, Fibonacci points or any ordered steps; NA where missing.

    ``attrs["outside"]`` lists values that are none of the steps: reported, not guessed.

    Examples
    --------
    >>> ranks_on(["S", "xl", None]).tolist()
    [2.0, 5.0, nan]
    >>> ranks_on([1, 8, 21], FIBONACCI).tolist()
    [1.0, 5.0, 7.0]
    """
    series = values if isinstance(values, pd.Series) else pd.Series(values, dtype=object)
    places = {_step(step): float(rank) for rank, step in enumerate(steps, 1)}
    found = [places.get(_step(value), np.nan) if pd.notna(value) else np.nan for value in series]
    result = pd.Series(found, index=series.index, name=series.name, dtype=float)
    result.attrs["outside"] = series[series.notna() & result.isna()].tolist()
    return result


def _step(value: Any) -> str:
    if isinstance(value, int | float | np.number) and float(value).is_integer():
        return str(int(value))
    return folded(value)


def on_scale(values: pd.Series, scale: Scale) -> tuple[Floats, tuple[float, float], list[Any]]:
    """Values as numbers on their scale, its two ends, and what lies outside it (made NaN).

    Steps are counted by rank, so their ends are 1 and the number of steps.
    """
    if is_steps(scale):
        ranked = ranks_on(values, scale)
        return ranked.to_numpy(), (1.0, float(len(scale))), ranked.attrs["outside"]
    ends = checked(*scale)
    array = numbers(values)
    out = outside(array, *ends)
    return np.where(out, np.nan, array), ends, values[out].tolist()
