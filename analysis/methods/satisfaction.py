"""NPS, CSAT and CES, each with its n and an interval."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import ndtri, stdtrit

from analysis.errors import BadScale
from analysis.methods.frames import Floats, columns_of, numbers, taken
from analysis.methods.scales import checked, outside

Row = dict[str, Any]


def nps(answers: Any, by: str | None = None, confidence: float = 0.95) -> pd.DataFrame:
    """Net Promoter Score: % of 9–10 minus % of 0–6, answers on 0–10.

    Parameters
    ----------
    answers : a Series of answers, or any frame with a column value (and measure: only rows ``nps`` are taken).
    by : column to group by; None for one row.
    confidence : of the interval.

    Returns
    -------
    (``by``), score (−100 … 100), n, low, high, promoters, passives, detractors (counts), missing (empty answers),
    outside (answers off the scale, not counted).

    Notes
    -----
    Interval: ¾ promoter, 1½ passive and ¾ detractor are added, then a normal interval of the adjusted shares with
    variance ``(p + d − (p − d)²)/n``, clipped to ±100. (The plain one covers 34 % instead of 95 % at 95/5/0 and n = 8.)

    Examples
    --------
    >>> nps(pd.Series([10, 9, 9, 8, 3])).loc[0, ["score", "n", "promoters"]].tolist()
    [40.0, 5.0, 3.0]
    """

    def row(values: Floats) -> Row:
        promoters, detractors = int((values >= 9).sum()), int((values <= 6).sum())
        n = len(values)
        low, high = _nps_interval(promoters, detractors, n, confidence)
        score = 100 * (promoters - detractors) / n if n else np.nan
        counts = {"promoters": promoters, "passives": n - promoters - detractors, "detractors": detractors}
        return {"score": score, "n": n, "low": low, "high": high} | counts

    return _per_group(answers, "nps", by, (0, 10), confidence, row)


def _nps_interval(promoters: int, detractors: int, n: int, confidence: float) -> tuple[float, float]:
    if not n:
        return np.nan, np.nan
    size = n + 3
    p, d = (promoters + 0.75) / size, (detractors + 0.75) / size
    half = ndtri((1 + confidence) / 2) * np.sqrt((p + d - (p - d) ** 2) / size)
    return max(-100.0, 100 * float(p - d - half)), min(100.0, 100 * float(p - d + half))


def csat(answers: Any, low: float = 1, high: float = 5, by: str | None = None, confidence: float = 0.95) -> pd.DataFrame:
    """Customer satisfaction: % in the top two boxes of a 1–5 or 1–7 scale, with Wilson's interval.

    Parameters
    ----------
    answers, by, confidence : as for `nps` (measure ``satisfaction``).
    low, high : ends of the scale; the top two boxes are ``high − 1`` and ``high``.

    Returns
    -------
    (``by``), score (%), n, low, high (%), satisfied (count), missing, outside.

    Examples
    --------
    >>> csat(pd.Series([5, 4, 3, 2])).loc[0, ["score", "satisfied"]].tolist()
    [50.0, 2.0]
    """
    ends = checked(low, high)

    def row(values: Floats) -> Row:
        satisfied, n = int((values >= ends[1] - 1).sum()), len(values)
        bottom, top = wilson(satisfied, n, confidence)
        share = 100 * satisfied / n if n else np.nan
        return {"score": share, "n": n, "low": 100 * bottom, "high": 100 * top, "satisfied": satisfied}

    return _per_group(answers, "satisfaction", by, ends, confidence, row)


def ces(
    answers: Any,
    low: float = 1,
    high: float = 7,
    by: str | None = None,
    high_is_easy: bool = True,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Customer Effort Score: the mean on its own scale, direction stated, with a t interval.

    Parameters
    ----------
    answers, by, confidence : as for `nps` (measure ``ces``).
    low, high : ends of the scale.
    high_is_easy : whether a high answer is a good one. It is stated in the result; nothing is turned.

    Returns
    -------
    (``by``), score (mean), n, low, high, sd, direction (``high_is_easy`` or ``low_is_easy``), missing, outside.

    Examples
    --------
    >>> ces(pd.Series([7, 5, 6]))[["score", "n", "direction"]].values.tolist()
    [[6.0, 3, 'high_is_easy']]
    """
    ends = checked(low, high)

    def row(values: Floats) -> Row:
        n = len(values)
        mean = float(values.mean()) if n else np.nan
        sd = float(values.std(ddof=1)) if n > 1 else np.nan
        half = stdtrit(n - 1, (1 + confidence) / 2) * sd / np.sqrt(n) if n > 1 and sd > 0 else np.nan
        interval = {"low": max(ends[0], mean - half), "high": min(ends[1], mean + half)} if half == half else {}
        direction = "high_is_easy" if high_is_easy else "low_is_easy"
        return {"score": mean, "n": n, "low": np.nan, "high": np.nan} | interval | {"sd": sd, "direction": direction}

    return _per_group(answers, "ces", by, ends, confidence, row)


def wilson(successes: int, n: int, confidence: float = 0.95) -> tuple[float, float]:
    """Wilson's score interval of a share, 0 … 1; NaN without answers.

    >>> [round(end, 4) for end in wilson(8, 10)]
    [0.4902, 0.9433]
    """
    if not n:
        return np.nan, np.nan
    z = float(ndtri((1 + confidence) / 2))
    share, size = successes / n, z * z / n
    centre = (share + size / 2) / (1 + size)
    half = z / (1 + size) * float(np.sqrt(share * (1 - share) / n + size / (4 * n)))
    return max(0.0, centre - half), min(1.0, centre + half)


def _per_group(
    answers: Any,
    measure: str,
    by: str | None,
    ends: tuple[float, float],
    confidence: float,
    row: Callable[[Floats], Row],
) -> pd.DataFrame:
    """One row per group, in order of appearance."""
    if not 0 < confidence < 1:
        raise BadScale("outside", value=confidence, low=0, high=1)
    frame = pd.DataFrame({"value": answers}) if isinstance(answers, pd.Series) else _of_measure(answers, measure, by)
    values = numbers(frame["value"])
    if by is None:
        return pd.DataFrame([_row(values, ends, row)])
    codes, labels = pd.factorize(frame[by])
    rows = [{by: label} | _row(values[codes == code], ends, row) for code, label in enumerate(labels)]
    return pd.DataFrame(rows, columns=[by, *_row(np.array([]), ends, row)])


def _of_measure(answers: Any, measure: str, by: str | None) -> pd.DataFrame:
    optional = ["measure"] if "measure" in columns_of(answers) else []
    frame = taken(answers, ["value"] if by is None else ["value", by], optional)
    return frame[frame["measure"] == measure] if optional else frame


def _row(values: Floats, ends: tuple[float, float], row: Callable[[Floats], Row]) -> Row:
    there = values[~np.isnan(values)]
    off = outside(there, *ends)
    return row(there[~off]) | {"missing": len(values) - len(there), "outside": int(off.sum())}
