"""The interval of a difference between two independent groups."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from scipy.special import stdtrit

from analysis.methods.frames import Floats


def welch(change: Floats, one: Mapping[str, Floats], two: Mapping[str, Floats], confidence: float) -> tuple[Floats, Floats]:
    """Welch's interval of a difference of means, for unequal variances.

    Parameters
    ----------
    change : differences of the means. one, two : ``variance`` (n − 1) and ``n`` of each group, as arrays.
    confidence : between 0 and 1.

    Returns
    -------
    low and high; NaN when a group has n < 2 or both are all alike.

    Examples
    --------
    >>> low, high = welch(np.array([1.0]), *[{"variance": np.array([1.0]), "n": np.array([8.0])}] * 2, 0.95)
    >>> round(float(low[0]), 3), round(float(high[0]), 3)
    (-0.072, 2.072)
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        first, second = one["variance"] / one["n"], two["variance"] / two["n"]
        freedom = (first + second) ** 2 / (first**2 / (one["n"] - 1) + second**2 / (two["n"] - 1))
        half = stdtrit(freedom, (1 + confidence) / 2) * np.sqrt(first + second)
    none = (one["n"] < 2) | (two["n"] < 2) | ~(first + second > 1e-18)
    half = np.where(none, np.nan, half)
    return change - half, change + half


def joined_interval(one: tuple[float, float, float], two: tuple[float, float, float]) -> tuple[float, float]:
    """The interval of ``two − one`` from the interval of each: value, low, high.

    Newcombe's rule (1998, method 10) when both are shares with Wilson's interval; the same step holds for other figures that
    have an interval of their own (Zou and Donner 2008), as the NPS.

    Examples
    --------
    Newcombe's example: 56 of 70 against 48 of 80.

    >>> from analysis.methods import wilson
    >>> low, high = joined_interval((48 / 80, *wilson(48, 80)), (56 / 70, *wilson(56, 70)))
    >>> round(low, 4), round(high, 4)
    (0.0524, 0.3339)
    """
    change = two[0] - one[0]
    down = np.hypot(two[0] - two[1], one[2] - one[0])
    up = np.hypot(two[2] - two[0], one[0] - one[1])
    return float(change - down), float(change + up)
