"""NPS, CSAT and CES, each with its n and an interval.

A frame with a column ``respondent`` may hold several answers of one person. They all count in the score and in n; the interval is that
of as many independent answers as they are worth (`analysis.methods.respondents.worth`), or else it would promise too much.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import ndtri, stdtrit

from analysis.errors import BadScale
from analysis.methods.frames import Floats, Ints, columns_of, numbers, taken
from analysis.methods.respondents import worth
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

    def row(values: Floats, people: Ints | None) -> Row:
        won, lost = values >= 9, values <= 6
        promoters, detractors, n = int(won.sum()), int(lost.sum()), len(values)
        low, high = _nps_interval(promoters, detractors, n, confidence, worth(won.astype(float) - lost.astype(float), people))
        score = 100 * (promoters - detractors) / n if n else np.nan
        counts = {"promoters": promoters, "passives": n - promoters - detractors, "detractors": detractors}
        return {"score": score, "n": n, "low": low, "high": high} | counts

    return _per_group(answers, "nps", by, (0, 10), confidence, row)


def _nps_interval(promoters: int, detractors: int, n: int, confidence: float, answers: float) -> tuple[float, float]:
    if not n:
        return np.nan, np.nan
    size, each = answers + 3, answers / n
    p, d = (promoters * each + 0.75) / size, (detractors * each + 0.75) / size
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

    def row(values: Floats, people: Ints | None) -> Row:
        happy = values >= ends[1] - 1
        satisfied, n = int(happy.sum()), len(values)
        answers = worth(happy.astype(float), people)
        bottom, top = wilson(satisfied / n * answers if n else 0, answers, confidence)
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

    def row(values: Floats, people: Ints | None) -> Row:
        n, answers = len(values), worth(values, people)
        mean = float(values.mean()) if n else np.nan
        sd = float(values.std(ddof=1)) if n > 1 else np.nan
        half = stdtrit(answers - 1, (1 + confidence) / 2) * sd / np.sqrt(answers) if answers > 1 and sd > 0 else np.nan
        interval = {"low": max(ends[0], mean - half), "high": min(ends[1], mean + half)} if half == half else {}
        direction = "high_is_easy" if high_is_easy else "low_is_easy"
        return {"score": mean, "n": n, "low": np.nan, "high": np.nan} | interval | {"sd": sd, "direction": direction}

    return _per_group(answers, "ces", by, ends, confidence, row)


def wilson(successes: float, n: float, confidence: float = 0.95) -> tuple[float, float]:
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
    row: Callable[[Floats, Ints | None], Row],
) -> pd.DataFrame:
    """One row per group, in order of appearance."""
    if not 0 < confidence < 1:
        raise BadScale("outside", value=confidence, low=0, high=1)
    frame = pd.DataFrame({"value": answers}) if isinstance(answers, pd.Series) else _of_measure(answers, measure, by)
    values, people = numbers(frame["value"]), _people(frame)
    if by is None:
        return pd.DataFrame([_row(values, people, ends, row)])
    codes, labels = pd.factorize(frame[by])
    rows = []
    for code, label in enumerate(labels):
        own = codes == code
        rows.append({by: label} | _row(values[own], None if people is None else people[own], ends, row))
    return pd.DataFrame(rows, columns=[by, *_row(np.array([]), None, ends, row)])


def _of_measure(answers: Any, measure: str, by: str | None) -> pd.DataFrame:
    there = columns_of(answers)
    optional = [name for name in ("measure", "respondent") if name in there and name != by]
    frame = taken(answers, ["value"] if by is None else ["value", by], optional)
    return frame[frame["measure"] == measure] if "measure" in optional else frame


def _people(frame: pd.DataFrame) -> Ints | None:
    """A code for each answer's person; an answer without a respondent is a person of its own."""
    if "respondent" not in frame.columns or frame["respondent"].isna().all():
        return None
    codes = pd.factorize(frame["respondent"])[0].astype(np.int64)
    unknown = codes < 0
    codes[unknown] = codes.max(initial=-1) + 1 + np.arange(unknown.sum())
    return codes


def _row(values: Floats, people: Ints | None, ends: tuple[float, float], row: Callable[[Floats, Ints | None], Row]) -> Row:
    there = ~np.isnan(values)
    off = outside(values[there], *ends)
    kept = None if people is None else people[there][~off]
    return row(values[there][~off], kept) | {"missing": len(values) - int(there.sum()), "outside": int(off.sum())}
