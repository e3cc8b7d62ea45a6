"""What would have to change for an item to leave the top of the ranking: the one figure that needs to move least."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.project.criteria import criteria_of
from analysis.project.priorities import priorities, weights_of
from analysis.project.rankings import RANKINGS, method_scores, ranking_of

if TYPE_CHECKING:
    from analysis.project.project import Project

_COLUMNS = {"id": "string", "criterion": "string", "value": "Float64", "needed": "Float64", "points": "Float64", "next": "string"}
#: a figure is moved in so many steps from where it stands to the end of its scale
STEPS = 900


def tipping_points(project: Project, k: int = 5) -> pd.DataFrame:
    """For each of the first k touchpoints the figure that, changed alone and least, puts the next one at its place.

    The ranking is the one that the project keeps: weighted criteria, RICE, ICE or opportunity.

    Returns
    -------
    One row a touchpoint of the first k: id, criterion (NA when no single figure on a scale can do it), value (today), needed (from
    which on it is level with the first one outside), points (of the score between the two), next (name of that one). Empty when
    nobody stands outside the first k.

    Notes
    -----
    Relevance is the weighted mean of the criteria present, so losing d points takes d / 100 × Σw ÷ w of a criterion's range. For the
    other scores each figure is moved step by step towards the end of its scale that lowers the score. Only criteria with a scale are
    looked at, by the share of their range that has to change.
    """
    method = ranking_of(project)
    frame = priorities(project, method=method)
    scored = frame[frame["method_score"].notna()]
    inside, outside = scored[scored["rank"] <= k], scored[scored["rank"] > k]
    rows: list[dict[str, Any]] = []
    if len(outside):
        next_score, next_name = float(outside["method_score"].iloc[0]), outside["touchpoint"].iloc[0]
        least = _weighed(project, frame) if method == "relevance" else _scored(project, method)
        for row in inside.to_dict("records"):
            points = float(row["method_score"]) - next_score
            rows.append({"id": row["id"], "points": points, "next": next_name} | least(row, next_score))
    return pd.DataFrame({name: pd.Series([row.get(name) for row in rows], dtype=kind) for name, kind in _COLUMNS.items()})


def _weighed(project: Project, frame: pd.DataFrame) -> Any:
    """What finds the least change where criteria are weighed: row, score to come down to → criterion, value, needed."""
    left_out, known = set(frame.attrs["relevance"]["left_out"]), criteria_of(project)
    weights = {name: weight for name, weight in weights_of(project).items() if weight and name not in left_out}

    def least(row: dict[Any, Any], goal: float) -> dict[str, Any]:
        total = sum(weight for name, weight in weights.items() if not pd.isna(row[name]))
        found = []
        for name, weight in weights.items():
            ends, against = known[name].ends, known[name].against
            if ends is None or pd.isna(row[name]):
                continue
            share = (float(row["method_score"]) - goal) / 100 * total / weight
            needed = float(row[name]) + (share if against else -share) * (ends[1] - ends[0])
            if ends[0] <= needed <= ends[1]:
                found.append((share, name, needed))
        return _best(row, found)

    return least


def _scored(project: Project, method: str) -> Any:
    """The same for RICE, ICE and opportunity."""
    needs, known = RANKINGS[method].needs, criteria_of(project)
    ends = {name: known[name].ends or (1.0, 10.0) for name in needs}

    def least(row: dict[Any, Any], goal: float) -> dict[str, Any]:
        found = []
        for name in needs:
            for end in ends[name]:
                tried = pd.DataFrame({other: np.full(STEPS + 1, float(row[other])) for other in needs})
                tried[name] = np.linspace(float(row[name]), end, STEPS + 1)
                scores = method_scores(tried, method)["score"].to_numpy(dtype=float)
                if (at := _crossing(scores, goal)) is not None:
                    needed = float(row[name]) + at / STEPS * (end - float(row[name]))
                    found.append((abs(needed - float(row[name])) / (ends[name][1] - ends[name][0]), name, needed))
        return _best(row, found)

    return least


def _crossing(scores: Any, goal: float) -> float | None:
    """At which step scores come down to the goal, between two steps by a straight line; None: they never do."""
    below = np.flatnonzero(scores <= goal)
    if not len(below):
        return None
    step = int(below[0])
    if step == 0:
        return 0.0
    return step - 1 + float((scores[step - 1] - goal) / (scores[step - 1] - scores[step]))


def _best(row: dict[Any, Any], found: list[tuple[float, str, float]]) -> dict[str, Any]:
    """The criterion that moves the smallest share of its scale."""
    if not found:
        return {}
    _, name, needed = min(found)
    return {"criterion": name, "value": float(row[name]), "needed": needed}
