"""What staff say against what customers say, from answers and from values recorded by hand (D8)."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING

import pandas as pd

from analysis.project.evidence_key import evidence_key

if TYPE_CHECKING:
    from analysis.project.project import Project

#: (side, measure) → the criterion under which a value recorded by hand is kept
CRITERIA = {
    ("customer", "importance"): "importance",
    ("staff", "importance"): "importance_staff",
    ("customer", "satisfaction"): "satisfaction",
    ("staff", "satisfaction"): "satisfaction_staff",
}
_ENDS = {"importance": (1.0, 10.0), "satisfaction": (-2.0, 2.0)}


def both_sides(project: Project) -> pd.DataFrame:
    """The evidence, and beside it what was recorded by hand for a side that has no answers of its own.

    A value recorded by hand counts as one answer: it has no interval, so that its gap is never taken for certain. Where a
    side has answered, its answers stand alone. Scores of a file are not a side's opinion and stay out.

    Returns
    -------
    The columns of ``project.evidence``; rows recorded by hand have source ``hand``.
    """
    evidence, by_hand = project.evidence, _by_hand(project)
    if not by_hand:
        return evidence
    about = evidence["touchpoint_id"].isin(list({target for target, _, _ in by_hand})) & evidence["value"].notna()
    rated = evidence.loc[about.to_numpy(dtype=bool), ["touchpoint_id", "side", "measure"]]
    answered = set(rated.drop_duplicates().itertuples(index=False, name=None))
    rows = []
    for (target, side, measure), value in by_hand.items():
        if (target, side, measure) not in answered:
            low, high = _ENDS[measure]
            name = project.table("touchpoint")[target].name
            felt = value if measure == "satisfaction" else None
            said = {"side": side, "measure": measure, "value": value, "low": low, "high": high, "emotion": felt}
            rows.append(said | {"touchpoint": name, "touchpoint_id": target, "source": "hand"})
    if not rows:
        return evidence
    added = pd.DataFrame(rows).reindex(columns=evidence.columns)
    added = added.astype({name: evidence[name].dtype for name in evidence.columns})
    return added if evidence.empty else pd.concat([evidence, added], ignore_index=True)


def _by_hand(project: Project) -> dict[tuple[str, str, str], float]:
    found = {}
    known = {criterion: key for key, criterion in CRITERIA.items()}
    for score in project.table("score").values():
        if score.layer == "hand" and score.criterion in known and score.value is not None and score.target in project.table("touchpoint"):
            figure = project.figures[score.target, score.criterion]
            found[(score.target, *known[score.criterion])] = figure.value
    return found


def sides_key(project: Project) -> tuple[Hashable, ...]:
    """What `both_sides` depends on: while it is the same, so is the gap."""
    return (*evidence_key(project), tuple(_by_hand(project).items()))
