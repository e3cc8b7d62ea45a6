"""The ranking by relevance, with its weights to be tried out."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from analysis import Project
from analysis import charts as drawn
from analysis.language import N_, number, percent
from analysis.project.criteria import criteria_of
from analysis.project.measures import unique_names
from analysis.project.planning import planned
from analysis.project.priorities import left_out, quadrant_names, what_if
from analysis.project.rankings import RANKINGS
from pages.decide import charts, filling, filters, selection, trial, weights
from pages.decide.screen import is_phone
from pages.shell import session, workspace

_HOW = N_(
    "The score of a touchpoint is the weighted mean of its criteria, from 0 to 100: each is brought to a common scale first, amounts by "
    "their rank. Effort, cost and satisfaction count the other way round: a touchpoint that already satisfies needs less. Where a "
    "criterion is missing the others share its weight; below 60% of the weight there is no score. An arrow says how many places a "
    "touchpoint gains or loses against the weights that are kept."
)


def draw(project: Project) -> None:
    t, kept = session.t(), project
    left, right = (st.expander(t("Weights"), icon=":material/tune:"), st.container()) if is_phone() else st.columns([1, 3], gap="medium")
    with left:
        tried, method = weights.chosen(project)
    project = trial.of(kept)
    everybody = _everybody(kept)
    ranked = what_if(project, tried, method, kept=everybody or kept)
    used = list(RANKINGS[method].needs) or list(tried)
    with right:
        trial.banner(kept)
        if everybody:
            st.caption(t("Against the answers of everybody: {moves}", moves=trial.moves(ranked)))
        choice = filters.chosen(project)
        frame = filters.apply(ranked, choice)
        _table(project, frame)
        st.caption(" ".join([_unranked(frame, method), left_out(ranked, t, project) if method == "relevance" else ""]).strip())
        selection.panel(kept, used)
        _chart(project, frame, method)
        filling.unscored_list(kept, used)
    selection.opened()


def _everybody(project: Project) -> Project | None:
    """The project without its filter, when that leaves the same touchpoints and counts other answers: what its ranking is compared with."""
    if project.filtering is None or project.table("touchpoint").keys() != project.whole.table("touchpoint").keys():
        return None
    return project.whole


def _unranked(frame: pd.DataFrame, method: str) -> str:
    """How many have no score, and why."""
    t, count = session.t(), int(frame["rank"].isna().sum())
    if not count:
        return ""
    if method != "relevance":
        return t.n(
            "{n} touchpoint has no score: one of its figures is not known.",
            "{n} touchpoints have no score: one of their figures is not known.",
            count,
        )
    return t.n(
        "{n} touchpoint has no score: less than 60% of the weight is known.",
        "{n} touchpoints have no score: less than 60% of the weight is known.",
        count,
    )


def _chart(project: Project, frame: pd.DataFrame, method: str) -> None:
    """The ranking as bars, with its table and pictures."""
    t, facts = session.t(), RANKINGS[method]
    named, chosen = frame.assign(touchpoint=unique_names(frame)), selection.names(project)
    charts.show(
        lambda width: drawn.ranking(
            named, t.language, name=t(facts.name), rule=t(facts.rule), top=facts.top, chosen=chosen, width=width
        ),
        (charts.seen(named, "id", "touchpoint", "method_score", "moved", "present"), method, *chosen),
        how=t(_HOW), table=partial(_written, project, named), name=t("Ranking"),
        note=trial.line(workspace.shown()), share=1.0 if is_phone() else 0.74,
    )  # fmt: skip


def _written(project: Project, frame: pd.DataFrame) -> pd.DataFrame:
    """The table behind the chart, with the figure of each criterion."""
    t = session.t()
    shown = {t("Rank"): frame["rank"], t("Touchpoint"): frame["touchpoint"], t("Score"): _numbers(frame["method_score"], 1)}
    for code, criterion in criteria_of(project).items():
        if frame[code].notna().any():
            shown[criterion.name if criterion.own else t(criterion.name)] = _numbers(frame[code])
    return pd.DataFrame(shown)


def _numbers(values: pd.Series, decimals: int | None = None) -> list[str]:
    return ["" if pd.isna(value) else number(float(value), session.language(), decimals) for value in values]


# --- the table --------------------------------------------------------------------------------------------------


def _table(project: Project, frame: pd.DataFrame) -> None:
    t, names, there = session.t(), quadrant_names(project, session.language()), planned(project)
    top = RANKINGS[frame.attrs["method"]].top
    highest = top or max(float(frame["method_score"].max() if frame["method_score"].notna().any() else 1), 1e-9)
    shown = pd.DataFrame(
        {
            "rank": frame["rank"],
            "moved": [_arrow(v) for v in frame["moved"]],
            "touchpoint": unique_names(frame),
            "stage": frame["stage"],
            "relevance": frame["method_score"].astype("Float64").round(0 if top in (100, 1000) else 1),
            "present": [percent(100 * v, t.language) for v in frame["present"]],
            "quadrant": frame["quadrant"].map(names),
            "plan": ["✓" if id in there else "" for id in frame["id"]],
        }
    )
    present = t("Share of the weight whose figures are known; below 60% there is no score.")
    columns = {
        "rank": st.column_config.NumberColumn(t("Rank"), width=50),
        "moved": st.column_config.TextColumn("±", width=50, help=t("Places gained or lost against what is kept, all answers counted.")),
        "touchpoint": st.column_config.TextColumn(t("Touchpoint"), width=150 if is_phone() else None),
        "relevance": st.column_config.ProgressColumn(
            t("Score"), min_value=0, max_value=highest, format="%d" if top in (100, 1000) else "%.1f", width=120
        ),
        "quadrant": st.column_config.TextColumn(t("Quadrant")),
        "stage": st.column_config.TextColumn(t("Stage")),
        "plan": st.column_config.TextColumn(t("Plan"), width=45),
        "present": st.column_config.TextColumn(t("Weight known"), width=90, help=present),
    }
    ids = frame["id"].tolist()
    selection.table("ranking", ids, shown[list(columns)], columns, alt=t("Touchpoints by relevance"))


def _arrow(moved: object) -> str:
    if pd.isna(moved) or not moved:  # type: ignore[call-overload]
        return ""
    return f"▲ {moved}" if int(moved) > 0 else f"▼ {-int(moved)}"  # type: ignore[call-overload]
