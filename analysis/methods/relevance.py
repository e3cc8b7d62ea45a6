"""The relevance score: which touchpoints deserve work, by weighted criteria (D17)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import BadScale
from analysis.language import N_
from analysis.methods.frames import TOLERANCE, Floats, numbers, taken
from analysis.methods.scales import Scale, is_steps, on_scale

#: influence on conversion, satisfaction, reach, fit to persona and stage, cost of the improvement
DEFAULT_WEIGHTS = {"impact": 3.0, "satisfaction": 2.0, "reach": 2.0, "fit": 2.0, "cost": 1.0}
#: less is better: a touchpoint that already satisfies needs less; running cost counts only when the user weights it
REVERSED = ("cost", "effort", "satisfaction", "running_cost", "effort_days")
#: counted by rank among the items, so that one large amount does not flatten the rest
RANK = "rank"
SCALES: dict[str, Scale | str] = {
    "impact": (1, 10),
    "effort": (1, 10),
    "importance": (1, 10),
    "fit": (1, 10),
    "satisfaction": (-2, 2),
    "emotion": (-2, 2),
    "reach": (0, 100),
    "touchpoint_value": (0, 100),
    "cost": RANK,
    "running_cost": RANK,
    "effort_days": RANK,
    "complaints": RANK,
    "pain_points": RANK,
}
#: below this share of the weight, no score
ENOUGH = 0.6


@dataclass
class Criteria:
    """Criteria brought to 0–1 (1: speaks for working on the item), ready to be weighed."""

    names: list[str]
    weights: Floats
    shares: Floats  # items × criteria, NaN where missing
    widths: dict[str, float]  # width of a score's scale; absent for criteria counted by rank
    against: set[str]
    left_out: dict[str, str] = field(default_factory=dict)
    outside: dict[str, list[Any]] = field(default_factory=dict)


def relevance(
    frame: Any,
    weights: Mapping[str, float],
    scales: Mapping[str, Scale | str] | None = None,
    reverse: Iterable[str] | None = None,
) -> pd.Series:
    """Weighted score of each item, 0 to 100.

    Parameters
    ----------
    frame : any frame, one row per item, one column per criterion.
    weights : criterion (column) → weight, zero or more; a weight of zero leaves the criterion out.
    scales : criterion → ``(low, high)``, ordered steps, or ``"rank"``; the known fields have theirs (`SCALES`); any
        other column is counted by rank.
    reverse : the criteria that count against; default cost, effort, person-days and satisfaction (and running cost,
        when it is weighted).

    Returns
    -------
    Series named relevance, on the frame's index; NaN below 60 % of the weight present. ``attrs``: present (share of
    weight per item, in order), left_out (criterion → ``same`` for all), outside (criterion → values off its scale, not
    counted), weights (shares).

    Raises
    ------
    MissingColumns, BadScale (a negative or missing weight).

    Notes
    -----
    Scores over their scale; percentages over 0–100; money and counts by mid-rank, ``(rank − 1)/(n − 1)``. A criterion
    that is the same for all is left out. Weighted mean over the criteria present, weights renormalised. See
    `relevance_details` for what each criterion brings.

    Examples
    --------
    >>> items = pd.DataFrame({"impact": [10, 1], "reach": [50, 100]})
    >>> relevance(items, {"impact": 3, "reach": 1}).tolist()
    [87.5, 25.0]
    """
    details = relevance_details(frame, weights, scales, reverse)
    score = details["score"].rename("relevance")
    score.attrs = details.attrs | {"present": details["present"].tolist()}
    return score


def relevance_details(
    frame: Any,
    weights: Mapping[str, float],
    scales: Mapping[str, Scale | str] | None = None,
    reverse: Iterable[str] | None = None,
) -> pd.DataFrame:
    """The relevance score with what makes it: share of weight present, and the points that each criterion brings.

    Same arguments as `relevance`. Returns score, present (0 … 1), then one column per counted criterion, in points of
    the score: they add up to it. A missing criterion brings NaN.
    """
    criteria = prepared(frame, weights, scales, reverse)
    there = ~np.isnan(criteria.shares)
    total = criteria.weights.sum()
    weight = there @ criteria.weights
    present = weight / total if total > 0 else np.zeros(len(weight))
    enough = (present >= ENOUGH - TOLERANCE) & (weight > 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        points = 100 * criteria.shares * criteria.weights / weight[:, None]
    score = np.where(enough, np.nansum(points, axis=1), np.nan)
    index = frame.index if isinstance(frame, pd.DataFrame) else None
    table = pd.DataFrame({"score": score, "present": present}, index=index)
    parts = pd.DataFrame(points, columns=criteria.names, index=table.index)
    result = pd.concat([table, parts], axis=1)
    shares = criteria.weights / total if total > 0 else criteria.weights
    result.attrs = {
        "left_out": criteria.left_out,
        "outside": criteria.outside,
        "weights": dict(zip(criteria.names, shares.tolist(), strict=True)),
    }
    return result


def prepared(
    frame: Any,
    weights: Mapping[str, float],
    scales: Mapping[str, Scale | str] | None = None,
    reverse: Iterable[str] | None = None,
) -> Criteria:
    """The weighted criteria on 0–1, turned where less is better; those that are the same for all left out."""
    wanted = _weights(weights)
    table = taken(frame, list(wanted))
    against = set(REVERSED if reverse is None else reverse)
    names, columns, widths = [], [], {}
    left_out: dict[str, str] = {}
    off: dict[str, list[Any]] = {}
    for name in wanted:
        scale = (scales or {}).get(name, SCALES.get(name, RANK))
        share, width, beyond = _share(table[name], scale)
        if beyond:
            off[name] = beyond
        if _same(share, width is None):
            left_out[name] = "same"
            continue
        names.append(name)
        columns.append(1 - share if name in against else share)
        if width is not None:
            widths[name] = width
    shares = np.column_stack(columns) if columns else np.empty((len(table), 0))
    return Criteria(names, np.array([wanted[name] for name in names], dtype=float), shares, widths, against, left_out, off)


def _weights(weights: Mapping[str, float]) -> dict[str, float]:
    """The weights above zero; negative or missing ones are refused."""
    for name, weight in weights.items():
        if not (np.isfinite(weight) and weight >= 0):
            raise BadScale("weight", N_("The weight of “{name}” must be zero or more."), name=name)
    return {name: float(weight) for name, weight in weights.items() if weight > 0}


def _share(column: pd.Series, scale: Scale | str) -> tuple[Floats, float | None, list[Any]]:
    """A criterion as 0–1, the width of its scale (None when counted by rank), and what is off its scale."""
    if isinstance(scale, str):
        if scale != RANK:
            raise BadScale(low=scale, high="")
        return mid_rank(numbers(column)), None, []
    values, (low, high), beyond = on_scale(column, scale)
    width = 1.0 if is_steps(scale) else high - low
    return (values - low) / (high - low), width, beyond


def mid_rank(values: Floats) -> Floats:
    """Mid-rank among the items, brought to 0 (smallest) … 1 (largest); ties share theirs, missing stays missing."""
    there = ~np.isnan(values)
    result = np.full(len(values), np.nan)
    n = int(there.sum())
    if n:
        result[there] = (pd.Series(values[there]).rank().to_numpy() - 1) / max(n - 1, 1)
    return result


def _same(share: Floats, ranked: bool) -> bool:
    """Whether a criterion cannot tell the items apart. A lone score still counts; a lone rank means nothing."""
    there = share[~np.isnan(share)]
    if len(there) < 2:
        return ranked and len(there) == 1
    return bool(np.ptp(there) < TOLERANCE)
