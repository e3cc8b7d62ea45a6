"""One respondent counts once: several answers of one person about one thing are first brought to their mean."""

from __future__ import annotations

from typing import Any

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


def worth(values: Floats, people: Ints | None) -> float:
    """As how many independent answers these count: several of one person say less than as many of different people.

    ``n`` divided by the design effect: the variance of the mean with each person's answers taken as one cluster (linearised ratio
    estimator, ``K/(K − 1) · Σ (Σ residuals of a person)² / n²``), over that of a simple sample; never more than n. Where all answers are
    alike there is nothing to compare: the number of people. ``people``: a code for each value, None: all different.

    Source: Kish, Survey Sampling (1965), §8.2; Lohr, Sampling: Design and Analysis, ch. 5.

    Examples
    --------
    >>> worth(np.array([1.0, 0, 1, 0]), np.array([0, 1, 2, 3]))
    4.0
    >>> worth(np.array([1.0, 1, 0, 0]), np.array([0, 0, 1, 1]))
    1.0
    """
    n = len(values)
    if people is None or n == 0:
        return float(n)
    _, person = np.unique(people, return_inverse=True)
    count = int(person.max()) + 1
    if count == n:
        return float(n)
    rest = values - values.mean()
    simple, sums = float((rest**2).sum()) / n**2, np.bincount(person, weights=rest)
    clustered = count / max(count - 1, 1) * float((sums**2).sum()) / n**2
    if simple < TOLERANCE or clustered < TOLERANCE or count == 1:
        return float(min(n, count))
    return max(1.0, min(float(n), n * simple / clustered))


def summaries(groups: Ints, values: Floats, size: int, confidence: float) -> dict[str, Any]:
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
    return {"mean": mean, "n": n.astype("int64"), "sd": sd, "low": mean - half, "high": mean + half}
