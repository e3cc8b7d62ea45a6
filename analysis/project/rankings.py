"""By what touchpoints are ranked: weighted criteria, RICE, ICE or opportunity; and sets of weights to start from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from analysis.language import N_
from analysis.methods.relevance import DEFAULT_WEIGHTS

if TYPE_CHECKING:
    from analysis.project.project import Project


@dataclass(frozen=True, slots=True)
class Ranking:
    """A way of ranking. ``needs``: the columns that it works with; a touchpoint that lacks one has no score. ``top``: the highest score."""

    code: str
    name: str
    needs: tuple[str, ...]
    rule: str
    top: float | None


#: METHODS, relevance score: "also offered"
RANKINGS = {
    ranking.code: ranking
    for ranking in (
        Ranking("relevance", N_("Weighted criteria"), (), N_("Weighted mean of the criteria, 0 to 100."), 100),
        Ranking(
            "rice", N_("RICE"), ("reach", "impact", "confidence", "effort"),
            N_("RICE = reach (% of customers) × impact (1–10) × confidence (10 counts as 100%) ÷ effort (1–10)."), None,
        ),
        Ranking(
            "ice", N_("ICE"), ("impact", "confidence", "effort"),
            N_("ICE = impact × confidence × ease, each 1–10, ease being 11 − effort; 1 to 1,000."), 1000,
        ),
        Ranking(
            "opportunity", N_("Opportunity"), ("importance", "satisfaction"),
            N_("Opportunity = importance + what satisfaction lacks of it (never less than 0), both brought to 0–10; 0 to 20."), 20,
        ),
    )
}  # fmt: skip

#: sets of weights to start from: code → name, weights
PRESETS: dict[str, tuple[str, dict[str, float]]] = {
    "default": (N_("Default weights"), DEFAULT_WEIGHTS),
    "equal": (N_("All equal"), dict.fromkeys(DEFAULT_WEIGHTS, 1.0)),
    "customer": (N_("Customers first"), {"satisfaction": 3.0, "importance": 3.0, "reach": 2.0, "pain_points": 2.0}),
    "fast": (N_("Fast and cheap first"), {"impact": 3.0, "effort": 3.0, "cost": 2.0, "reach": 1.0}),
}


def ranking_of(project: Project) -> str:
    """The code of the ranking that the project keeps."""
    kept = project.settings.views.get("ranking")
    return kept if kept in RANKINGS else "relevance"


def method_scores(frame: pd.DataFrame, code: str) -> pd.DataFrame:
    """Scores of RICE, ICE or opportunity.

    Parameters
    ----------
    frame : of `Project.touchpoints`: reach (%), impact, confidence, effort, importance (1–10), satisfaction (−2…2).
    code : ``rice``, ``ice`` or ``opportunity``.

    Returns
    -------
    score (NA where one of the needed figures is missing) and present (share of them that is known), on the frame's index.

    Examples
    --------
    >>> one = pd.DataFrame({"reach": [50.0], "impact": [8.0], "confidence": [5.0], "effort": [4.0]})
    >>> float(method_scores(one, "rice")["score"].iloc[0]), float(method_scores(one, "ice")["score"].iloc[0])
    (50.0, 280.0)
    """
    from analysis.methods import ice, opportunity, rice

    used = frame[list(RANKINGS[code].needs)]
    if code == "rice":
        score = rice(used.assign(confidence=used["confidence"] / 10))
    elif code == "ice":
        score = ice(used.assign(ease=11 - used["effort"]))
    else:
        score = opportunity(used)
    return pd.DataFrame({"score": score, "present": used.notna().mean(axis=1).astype(float)}, index=frame.index)
