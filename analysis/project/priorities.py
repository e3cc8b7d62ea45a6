"""What to do first: touchpoints with their quadrant and relevance, computed once for a page, a report and a notebook alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from analysis.project.figures import CRITERIA

if TYPE_CHECKING:
    from analysis.project.project import Project

#: METHODS, relevance score: influence on conversion 3, satisfaction 2, reach 2, fit to persona and stage 2, cost 1
DEFAULT_WEIGHTS = {"impact": 3.0, "satisfaction": 2.0, "reach": 2.0, "fit": 2.0, "cost": 1.0}
SCALES: dict[str, tuple[float, float]] = {
    "impact": (1, 10),
    "effort": (1, 10),
    "importance": (1, 10),
    "fit": (1, 10),
    "satisfaction": (-2, 2),
    "reach": (0, 100),
}


CUTS = ("midpoint", "median")


def weights_of(project: Project) -> dict[str, float]:
    """Criterion → weight: the defaults, and over them what the project has set. 0 leaves a criterion out."""
    return DEFAULT_WEIGHTS | {name: weight for name, weight in project.settings.weights.items() if name in CRITERIA}


def cut_of(project: Project) -> str:
    """Where the project cuts the matrix: ``midpoint`` or ``median``."""
    cut = project.settings.views.get("cut")
    return cut if cut in CUTS else CUTS[0]


def priorities(project: Project, weights: Mapping[str, float] | None = None, *, cut: str | None = None) -> pd.DataFrame:
    """Touchpoints with quadrant, relevance (0–100) and rank (1…), best first; those without a score last, rank NA.

    Parameters
    ----------
    weights : criterion → weight; the project's own by default.
    cut : ``midpoint`` or ``median``; the project's own by default.
    """
    from analysis.methods import impact_effort, relevance

    frame = project.touchpoints
    chosen = dict(weights if weights is not None else weights_of(project))
    placed = impact_effort(frame, cut=cut or cut_of(project))
    scored = relevance(frame, chosen, scales={name: SCALES[name] for name in chosen if name in SCALES})
    frame = frame.assign(quadrant=placed["quadrant"].to_numpy(), relevance=scored.to_numpy())
    frame["rank"] = frame["relevance"].rank(ascending=False, method="min").astype("Int64")
    frame.attrs |= {"relevance": dict(scored.attrs), "matrix": dict(placed.attrs)}
    return frame.sort_values(["rank", "touchpoint"], na_position="last", kind="stable", ignore_index=True)
