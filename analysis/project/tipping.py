"""What would have to change for an item to leave the top of the ranking: the one figure that needs to move least."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.project.criteria import criteria_of
from analysis.project.priorities import priorities, weights_of

if TYPE_CHECKING:
    from analysis.project.project import Project

_COLUMNS = {"id": "string", "criterion": "string", "value": "Float64", "needed": "Float64", "points": "Float64", "next": "string"}


def tipping_points(project: Project, k: int = 5) -> pd.DataFrame:
    """For each of the first k touchpoints the figure that, changed alone and least, puts the next one at its place.

    Returns
    -------
    One row a touchpoint of the first k: id, criterion (NA when no single figure on a scale can do it), value (today), needed (from
    which on it is level with the first one outside), points (of relevance between the two), next (name of that one). Empty when
    nobody stands outside the first k.

    Notes
    -----
    Relevance is the weighted mean of the criteria present, so losing d points takes d / 100 × Σw ÷ w of a criterion's range. Only
    criteria with a scale are looked at, by the share of their range that has to change.
    """
    frame, weights = priorities(project), weights_of(project)
    scored = frame[frame["relevance"].notna()]
    inside, outside = scored[scored["rank"] <= k], scored[scored["rank"] > k]
    left_out = set(frame.attrs["relevance"]["left_out"])
    counted = {name: weight for name, weight in weights.items() if weight and name not in left_out}
    known = criteria_of(project)
    ranges = {name: (known[name].ends, known[name].against) for name in counted}
    rows: list[dict[str, Any]] = []
    for row in inside.to_dict("records") if len(outside) else []:
        points = float(row["relevance"]) - float(outside["relevance"].iloc[0])
        rows.append({"id": row["id"], "points": points, "next": outside["touchpoint"].iloc[0]} | _least(row, points, counted, ranges))
    return pd.DataFrame({name: pd.Series([row.get(name) for row in rows], dtype=kind) for name, kind in _COLUMNS.items()})


def _least(row: dict[Any, Any], points: float, weights: dict[str, float], ranges: dict[str, Any]) -> dict[str, Any]:
    """The criterion that needs to move the smallest share of its scale, and to where."""
    total = sum(weight for name, weight in weights.items() if not pd.isna(row[name]))
    best: tuple[float, dict[str, Any]] | None = None
    for name, weight in weights.items():
        ends, against = ranges[name]
        if ends is None or pd.isna(row[name]):
            continue
        low, high = ends
        share = points / 100 * total / weight
        needed = float(row[name]) + (share if against else -share) * (high - low)
        if low <= needed <= high and (best is None or share < best[0]):
            best = (share, {"criterion": name, "value": float(row[name]), "needed": needed})
    return best[1] if best else {}
