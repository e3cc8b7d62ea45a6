"""What to do first: touchpoints with their quadrant and relevance, computed once for a page, a report and a notebook alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.language import Translator, listed, number
from analysis.methods.frames import Facts
from analysis.methods.relevance import DEFAULT_WEIGHTS, ENOUGH
from analysis.project.criteria import (
    AGAINST,
    CRITERIA,
    FILLABLE,
    SCALES,
    against_of,
    criteria_of,
    criterion_name,
    fillable,
    scales_of,
)
from analysis.project.rankings import RANKINGS, method_scores, ranking_of

if TYPE_CHECKING:
    from analysis.project.project import Project

__all__ = [
    "AGAINST", "AXES", "CRITERIA", "CUTS", "DEFAULT_WEIGHTS", "ENOUGH", "FILLABLE", "SCALES", "axes_of", "axis_choices", "cut_line",
    "cut_of", "firm_ranking", "left_out", "narrowed", "priorities", "quadrant_names", "unscored", "weighable", "weights_of", "what_if",
]  # fmt: skip

CUTS = ("midpoint", "median")
#: what the matrix shows upwards and to the right, unless the project says otherwise
AXES = ("impact", "effort")


def weights_of(project: Project) -> dict[str, float]:
    """Criterion → weight: the defaults, and over them what the project has set. 0 leaves a criterion out."""
    known = criteria_of(project)
    return DEFAULT_WEIGHTS | {name: weight for name, weight in project.settings.weights.items() if name in known}


def cut_of(project: Project, of: str = "cut") -> str:
    """Where the project cuts the matrix, or with ``of="reach_cut"`` the 360° matrix: ``midpoint`` or ``median``."""
    cut = project.settings.views.get(of)
    return cut if cut in CUTS else CUTS[0]


def axes_of(project: Project) -> tuple[str, str]:
    """The criteria that the matrix shows upwards and to the right."""
    up, right = axis_choices(project)
    kept = project.settings.views
    return (
        kept["axis_up"] if kept.get("axis_up") in up else AXES[0],
        kept["axis_right"] if kept.get("axis_right") in right else AXES[1],
    )


def axis_choices(project: Project) -> tuple[list[str], list[str]]:
    """What the matrix can show upwards (what speaks for working on a touchpoint) and to the right (what speaks against): on a scale."""
    known = [criterion for criterion in criteria_of(project).values() if criterion.ends]
    up = [criterion.code for criterion in known if not criterion.against]
    right = [criterion.code for criterion in known if criterion.against and criterion.code != "satisfaction"]
    return up, right


def priorities(
    project: Project,
    weights: Mapping[str, float] | None = None,
    *,
    cut: str | None = None,
    method: str = "relevance",
    axes: tuple[str, str] = AXES,
) -> pd.DataFrame:
    """Touchpoints with quadrant, relevance (0–100) and rank (1…), best first; those without a score last, rank NA.

    Parameters
    ----------
    weights : criterion → weight; the project's own by default.
    cut : ``midpoint`` or ``median``; the project's own by default.
    method : by what they are ranked, a code of `analysis.project.rankings.RANKINGS`; the column ``method_score`` holds its figure.
    axes : criteria of the matrix, up and to the right; see `axes_of`.
    """
    kept, line = _above_zero(weights_of(project)), cut or cut_of(project)
    chosen = kept if weights is None else _above_zero(weights)
    key = (project.touchpoints_key, chosen, line, method, axes)
    usual = (chosen, method, axes) == (kept, "relevance", AXES)
    name = "priorities" if usual else "priorities as chosen"  # what is tried out does not push out what every page needs
    return project.remembered(name, key, lambda: _priorities(project, chosen, line, method, axes)).copy(deep=False)


def _above_zero(weights: Mapping[str, float]) -> dict[str, float]:
    """Without what has no weight; a weight that is none (negative, missing) stays, to be refused."""
    return {name: weight for name, weight in weights.items() if weight != 0}


def _priorities(project: Project, chosen: dict[str, float], cut: str, method: str, axes: tuple[str, str]) -> pd.DataFrame:
    from analysis.methods import impact_effort, relevance

    frame = project.touchpoints
    placed = impact_effort(frame, *axes, scale=scales_of(project, axes), cut=cut)
    scored = relevance(frame, chosen, scales=scales_of(project, chosen), reverse=against_of(project))
    frame = frame.assign(quadrant=placed["quadrant"].to_numpy(), relevance=scored.to_numpy(), present=scored.attrs["present"])
    frame["method_score"] = frame["relevance"]
    if method != "relevance":
        frame[["method_score", "present"]] = method_scores(frame, method)
    frame["rank"] = frame["method_score"].rank(ascending=False, method="min").astype("Int64")
    frame.attrs |= {"relevance": Facts(scored.attrs), "matrix": Facts(placed.attrs), "method": method}
    return frame.sort_values(["rank", "touchpoint"], na_position="last", kind="stable", ignore_index=True)


def what_if(project: Project, weights: Mapping[str, float], method: str = "relevance", kept: Project | None = None) -> pd.DataFrame:
    """The ranking under other weights or by another method, beside the one that is kept.

    Parameters
    ----------
    weights : criterion → weight, 0 to 10. method : a code of `analysis.project.rankings.RANKINGS`.
    kept : the project whose own ranking is the one to compare with, where scores are tried out as well; ``project`` itself by default.

    Returns
    -------
    The frame of `priorities`, with before (the rank as the project keeps it) and moved (places gained; negative: lost; NA
    where one of the two ranks is missing).
    """
    own = kept or project
    ranks = priorities(own, method=ranking_of(own)).set_index("id")["rank"]
    frame = priorities(project, weights, method=method)
    before = frame["id"].map(ranks).astype("Int64")
    found = frame.assign(before=before, moved=before - frame["rank"])
    found.attrs |= frame.attrs
    return found


def left_out(frame: pd.DataFrame, t: Translator, project: Project | None = None) -> str:
    """Which weighted criteria could not count, in one sentence; empty when all did. ``frame`` is that of `priorities`.

    ``project`` : whose own criteria may be among them.
    """
    codes = frame.attrs["relevance"]["left_out"]
    names = [criterion_name(project, code, t) if project else t(CRITERIA.get(code, code)) for code in codes]
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
    """Touchpoints that lack one of these figures: id, touchpoint, stage, the figures that can be filled in, missing (their number).

    Rows are in the order of the journey.
    """
    known = fillable(project)
    wanted = [name for name in criteria if name in known]
    frame = project.touchpoints
    missing = frame[wanted].isna().sum(axis=1)
    found = frame[["id", "touchpoint", "stage", *known]].assign(missing=missing.astype("Int64"))
    return found[missing > 0].reset_index(drop=True)


def cut_line(frame: pd.DataFrame, t: Translator) -> str:
    """Where the matrix is cut, in one sentence, for the chart. ``frame`` is that of `priorities`."""
    lines, rule = frame.attrs["matrix"]["cut"], frame.attrs["matrix"]["cut_rule"]
    impact, effort = number(lines["impact"], t.language), number(lines["effort"], t.language)
    if rule == "median":
        return t("Cut at the medians: impact {impact}, effort {effort}. A value on the line counts as high.", impact=impact, effort=effort)
    if impact != effort:
        return t("Cut at the middle of each scale ({up} and {right}). A value on the line counts as high.", up=impact, right=effort)
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
    known, kept = criteria_of(project), weights_of(project)
    told = project.remembered("weighable", project.touchpoints_key, lambda: _with_figures(project.touchpoints[list(known)]))
    return [name for name, criterion in known.items() if criterion.own or name in DEFAULT_WEIGHTS or kept.get(name) or name in told]


def _with_figures(frame: pd.DataFrame) -> set[str]:
    """The columns that hold anything but zero."""
    there = (np.nan_to_num(frame.to_numpy(dtype=float, na_value=np.nan)) != 0).any(axis=0)
    return {str(name) for name, known in zip(frame.columns, there, strict=True) if known}


def firm_ranking(project: Project, *, top: int = 5, draws: int = 2000, seed: int = 0) -> pd.DataFrame:
    """How firm each rank is when weights and scores vary; see :func:`analysis.rank_stability`.

    It is that of the ranking that the project keeps: by weighted criteria the weights vary too; by RICE, ICE or opportunity, which have
    none, only the figures do (`analysis.methods.score_stability`). Measured and voted scores vary by their standard error, assumed ones
    by a tenth of their range.

    Returns
    -------
    The scored touchpoints, best first: id, touchpoint, stage, family, owner, rank, low, high (90 % range of ranks), top_share (0…1),
    firmness (solid, fragile, out). ``attrs``: k (size of the top), draws, method (a code of `analysis.project.rankings.RANKINGS`).
    """
    weights, method = weights_of(project), ranking_of(project)
    name = f"firmness {top} {draws} {seed}" + ("" if method == "relevance" else " by a score")
    key = (project.touchpoints_key, method, weights if method == "relevance" else None)
    return project.remembered(name, key, lambda: _firm_ranking(project, weights, method, top, draws, seed)).copy(deep=False)


def _firm_ranking(project: Project, weights: Mapping[str, float], method: str, top: int, draws: int, seed: int) -> pd.DataFrame:
    from analysis.methods import rank_stability, score_stability

    frame, needs = project.touchpoints, RANKINGS[method].needs
    errors = _errors(project, frame, needs or weights)
    if needs:
        ranks = score_stability(
            frame, lambda of: method_scores(of, method)["score"], scales_of(project, needs), errors=errors, top=top, draws=draws, seed=seed
        )
    else:
        ranks = rank_stability(
            frame, weights, errors=errors, top=top, draws=draws, seed=seed, scales=scales_of(project, weights), reverse=against_of(project)
        )
    found = frame[["id", "touchpoint", "stage", "family", "owner"]].join(ranks)
    scored = found[found["rank"].notna() & found["firmness"].notna()]
    scored = scored.sort_values(["rank", "touchpoint"], kind="stable", ignore_index=True)
    scored.attrs = {"k": ranks.attrs["k"], "draws": ranks.attrs["draws"], "method": method}
    return scored


def _errors(project: Project, frame: pd.DataFrame, criteria: Iterable[str]) -> dict[str, Any]:
    """Criterion → standard errors of what was measured or voted, with ``<criterion>_n`` beside it; NaN for what is assumed."""
    errors: dict[str, Any] = {}
    for name in criteria:
        figures = [project.figures.get((id, name)) for id in frame["id"]]
        known = [f is not None and f.provenance != "assumed" and f.sd is not None and (f.n or 0) >= 2 for f in figures]
        if any(known):
            pairs = list(zip(figures, known, strict=True))
            errors[name] = [f.sd / f.n**0.5 if ok else float("nan") for f, ok in pairs]  # type: ignore[union-attr,operator]
            errors[f"{name}_n"] = [f.n if ok else float("nan") for f, ok in pairs]  # type: ignore[union-attr]
    return errors
