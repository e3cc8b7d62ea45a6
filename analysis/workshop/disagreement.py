"""How much a room agrees: METHODS, live votes.

Agreement % = 1 − sd / half the scale, with the population sd; none for fewer than three votes. The bands are told by the
distance from a room that votes at random on the same scale: *must discuss* at or below it, *discuss* up to 20 points above it,
*fine* beyond.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from analysis.language import N_

#: band → what it is called
BANDS = {"must": N_("must discuss"), "discuss": N_("discuss"), "fine": N_("fine")}
_MARGIN = 20.0
_FEWEST = 3


def agreement(values: Sequence[float], low: float, high: float) -> float | None:
    """How much these votes agree, in percent: 100 when all are alike, 0 when half stand at each end.

    >>> agreement([-2, -2, 2, 2], -2, 2)
    0.0
    >>> agreement([1, 1], -2, 2) is None
    True
    """
    if len(values) < _FEWEST or high <= low:
        return None
    return max(0.0, 100 * (1 - spread(values) / ((high - low) / 2)))


def spread(values: Sequence[float], *, sample: bool = False) -> float:
    """The standard deviation, of the population or (n − 1) of a sample. A few values of a short scale need no exact fractions."""
    mean = sum(values) / len(values)
    return math.sqrt(sum((value - mean) ** 2 for value in values) / (len(values) - sample))


def random_agreement(low: float, high: float, step: float) -> float:
    """The agreement of a room where each step of the scale is as likely as any other.

    >>> round(random_agreement(1, 10, 1), 1)
    36.2
    >>> round(random_agreement(-2, 2, 0.5), 1)
    35.5
    """
    steps = round((high - low) / step) + 1
    sd = step * math.sqrt((steps**2 - 1) / 12)
    return 100 * (1 - sd / ((high - low) / 2))


def band(percent: float | None, low: float, high: float, step: float) -> str | None:
    """``must``, ``discuss``, ``fine``; None without an agreement."""
    if percent is None:
        return None
    chance = random_agreement(low, high, step)
    if percent <= chance + 1e-9:
        return "must"
    return "discuss" if percent <= chance + _MARGIN + 1e-9 else "fine"
