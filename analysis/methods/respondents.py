"""One respondent counts once: several answers of one person about one thing are first brought to their mean."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import stdtrit

from analysis.errors import BadScale
from analysis.methods.frames import TOLERANCE, Floats, Ints


def one_each(groups: Ints, values: Floats, respondents: pd.Series | None) -> tuple[Ints, Floats]:
    """One value per respondent and group: their mean. An answer without a respondent key counts by itself.

    ``groups``, ``values``: same length, groups coded 0, 1, 2…, no missing value in either.
    """
    if respondents is None or not len(values):
        return groups, values
    keys, _ = pd.factorize(respondents)
    unknown = keys < 0
    keys = keys.astype(np.int64)
    keys[unknown] = keys.max(initial=-1) + 1 + np.arange(unknown.sum())
    pair = groups * (int(keys.max()) + 1) + keys
    found, first, inverse = np.unique(pair, return_index=True, return_inverse=True)
    sums = np.bincount(inverse, weights=values, minlength=len(found))
    return groups[first], sums / np.bincount(inverse, minlength=len(found))


def summaries(groups: Ints, values: Floats, size: int, confidence: float) -> pd.DataFrame:
    """mean, n, sd (n − 1), low and high (t interval) of each of ``size`` groups; NaN where there is none.

    The interval needs two answers that are not all alike; it is not yet clipped to a scale.
    """
    if not 0 < confidence < 1:
        raise BadScale("outside", value=confidence, low=0, high=1)
    n = np.bincount(groups, minlength=size)[:size]
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.bincount(groups, weights=values, minlength=size)[:size] / n
        squares = np.bincount(groups, weights=(values - mean[groups]) ** 2, minlength=size)[:size]
        sd = np.sqrt(squares / (n - 1))
        sd[n < 2] = np.nan
        sd[sd < TOLERANCE] = 0.0
        half = stdtrit(np.maximum(n - 1, 1), (1 + confidence) / 2) * sd / np.sqrt(n)
    none: npt.NDArray[np.bool_] = (n < 2) | (sd == 0)
    half = np.where(none, np.nan, half)
    return pd.DataFrame({"mean": mean, "n": n.astype("int64"), "sd": sd, "low": mean - half, "high": mean + half})
