"""What to do first: touchpoints with their quadrant and relevance, computed once for a page, a report and a notebook alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.language import N_, Translator, listed, number

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
#: what can be weighed: column → what it is called; the first five are the defaults
CRITERIA = {
    "impact": N_("Influence on conversion"),
    "satisfaction": N_("Satisfaction"),
    "reach": N_("Reach"),
    "fit": N_("Fit to persona and stage"),
    "cost": N_("Cost of the improvement"),
    "effort": N_("Effort"),
    "importance": N_("Importance"),
    "pain_points": N_("Pain points"),
    "complaints": N_("Complaints"),
    "lost_value": N_("Lost value"),
    "running_cost": N_("Running cost"),
}
#: less is better, as `analysis.relevance` counts them
AGAINST = ("cost", "effort", "satisfaction", "running_cost")
#: what a person can fill in for a touchpoint that lacks it
FILLABLE = ("impact", "effort", "importance", "fit", "reach", "satisfaction", "cost")
#: below this share of the weight a touchpoint has no score (METHODS)
ENOUGH = 0.6


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
    chosen, line = dict(weights if weights is not None else weights_of(project)), cut or cut_of(project)
    key = (project.touchpoints_key, chosen, line)
    return project.remembered("priorities", key, lambda: _priorities(project.touchpoints, chosen, line)).copy(deep=False)


def _priorities(frame: pd.DataFrame, chosen: dict[str, float], cut: str) -> pd.DataFrame:
    from analysis.methods import impact_effort, relevance

    placed = impact_effort(frame, cut=cut)
    scored = relevance(frame, chosen, scales={name: SCALES[name] for name in chosen if name in SCALES})
    frame = frame.assign(quadrant=placed["quadrant"].to_numpy(), relevance=scored.to_numpy(), present=scored.attrs["present"])
    frame["rank"] = frame["relevance"].rank(ascending=False, method="min").astype("Int64")
    frame.attrs |= {"relevance": dict(scored.attrs), "matrix": dict(placed.attrs)}
    return frame.sort_values(["rank", "touchpoint"], na_position="last", kind="stable", ignore_index=True)


def what_if(project: Project, weights: Mapping[str, float]) -> pd.DataFrame:
    """The ranking under other weights, beside the one that is kept.

    Parameters
    ----------
    weights : criterion → weight, 0 to 10.

    Returns
    -------
    The frame of `priorities`, with before (the rank under the project's own weights) and moved (places gained; negative:
    lost; NA where one of the two ranks is missing).
    """
    frame = priorities(project, weights)
    kept = priorities(project).set_index("id")["rank"]
    before = frame["id"].map(kept).astype("Int64")
    found = frame.assign(before=before, moved=before - frame["rank"])
    found.attrs |= frame.attrs
    return found


def left_out(frame: pd.DataFrame, t: Translator) -> str:
    """Which weighted criteria could not count, in one sentence; empty when all did. ``frame`` is that of `priorities`."""
    names = [t(CRITERIA.get(name, name)) for name in frame.attrs["relevance"]["left_out"]]
    if not names:
        return ""
    return t.n(
        "Left out, since it tells no two touchpoints apart: {names}.",
        "Left out, since they tell no two touchpoints apart: {names}.",
        len(names),
        names=listed(names, t.language),
    )


def narrowed(frame: pd.DataFrame, **choices: Iterable[str]) -> pd.DataFrame:
    """The rows that match every choice (column → accepted values; an empty choice accepts all).

    >>> narrowed(pd.DataFrame({"stage": ["Buy", "Use"], "owner": ["Anne", None]}), stage=["Use"], owner=[])["stage"].tolist()
    ['Use']
    """
    kept = pd.Series(True, index=frame.index)
    for column, accepted in choices.items():
        if wanted := list(accepted):
            kept &= frame[column].isin(wanted).fillna(False).astype(bool)
    found = frame[kept]
    found.attrs |= frame.attrs
    return found


def unscored(project: Project, criteria: Iterable[str] = ("impact", "effort")) -> pd.DataFrame:
    """Touchpoints that lack one of these figures: id, touchpoint, stage, the figures of `FILLABLE`, missing (their number).

    Rows are in the order of the journey.
    """
    wanted = [name for name in criteria if name in FILLABLE]
    frame = project.touchpoints
    missing = frame[wanted].isna().sum(axis=1)
    found = frame[["id", "touchpoint", "stage", *FILLABLE]].assign(missing=missing.astype("Int64"))
    return found[missing > 0].reset_index(drop=True)


def cut_line(frame: pd.DataFrame, t: Translator) -> str:
    """Where the matrix is cut, in one sentence, for the chart. ``frame`` is that of `priorities`."""
    lines, rule = frame.attrs["matrix"]["cut"], frame.attrs["matrix"]["cut_rule"]
    impact, effort = number(lines["impact"], t.language), number(lines["effort"], t.language)
    if rule == "median":
        return t("Cut at the medians: impact {impact}, effort {effort}. A value on the line counts as high.", impact=impact, effort=effort)
    return t("Cut at the middle of the scales ({impact}). A value on the line counts as high.", impact=impact)


def quadrant_names(project: Project, language: str) -> dict[str, str]:
    """code → name of the quadrants: the project's own, else the library's in the reader's language."""
    from analysis.language import translator
    from analysis.methods import QUADRANTS

    t, own = translator(language), project.settings.views.get("quadrants")
    given: dict[str, Any] = own if isinstance(own, dict) else {}
    return {code: str(given.get(code) or t(name)) for code, name in QUADRANTS.items()}


def weighable(project: Project) -> list[str]:
    """The criteria that a weight can be given to: the default ones, those that have a weight, and those the project has figures for."""
    frame, kept = project.touchpoints, weights_of(project)
    return [name for name in CRITERIA if name in DEFAULT_WEIGHTS or kept.get(name) or frame[name].fillna(0).ne(0).any()]


def firm_ranking(project: Project, *, top: int = 5, draws: int = 2000, seed: int = 0) -> pd.DataFrame:
    """How firm each rank is when weights and scores vary; see :func:`analysis.rank_stability`.

    Measured and voted scores vary by their standard error, assumed ones by a tenth of their range.

    Returns
    -------
    The scored touchpoints, best first: id, touchpoint, stage, family, owner, rank, low, high (90 % range of ranks), top_share (0…1),
    firmness (solid, fragile, out). ``attrs``: k (size of the top), draws.
    """
    from analysis.methods import rank_stability

    frame, weights = project.touchpoints, weights_of(project)
    scales = {name: SCALES[name] for name in weights if name in SCALES}
    ranks = rank_stability(frame, weights, errors=_errors(project, frame, weights), top=top, draws=draws, seed=seed, scales=scales)
    found = frame[["id", "touchpoint", "stage", "family", "owner"]].join(ranks)
    scored = found[found["rank"].notna() & found["firmness"].notna()]
    scored = scored.sort_values(["rank", "touchpoint"], kind="stable", ignore_index=True)
    scored.attrs = {"k": ranks.attrs["k"], "draws": ranks.attrs["draws"]}
    return scored


def _errors(project: Project, frame: pd.DataFrame, weights: Mapping[str, float]) -> dict[str, Any]:
    """Criterion → standard errors of what was measured or voted, with ``<criterion>_n`` beside it; NaN for what is assumed."""
    errors: dict[str, Any] = {}
    for name in weights:
        figures = [project.figures.get((id, name)) for id in frame["id"]]
        known = [f is not None and f.provenance != "assumed" and f.sd is not None and (f.n or 0) >= 2 for f in figures]
        if any(known):
            pairs = list(zip(figures, known, strict=True))
            errors[name] = [f.sd / f.n**0.5 if ok else float("nan") for f, ok in pairs]  # type: ignore[union-attr,operator]
            errors[f"{name}_n"] = [f.n if ok else float("nan") for f, ok in pairs]  # type: ignore[union-attr]
    return errors
