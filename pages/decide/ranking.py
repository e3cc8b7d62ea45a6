"""The ranking by relevance, with its weights to be tried out."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis import Project
from analysis.language import N_, percent
from analysis.project import edits
from analysis.project.planning import planned
from analysis.project.priorities import AGAINST, CRITERIA, DEFAULT_WEIGHTS, left_out, quadrant_names, weighable, weights_of, what_if
from pages.decide import charts, filling, filters, selection
from pages.decide.screen import is_phone
from pages.shell import session, workspace
from pages.shell.markdown import quoted

_HOW = N_(
    "The score of a touchpoint is the weighted mean of its criteria, from 0 to 100: each is brought to a common scale first, amounts by "
    "their rank. Effort, cost and satisfaction count the other way round: a touchpoint that already satisfies needs less. Where a "
    "criterion is missing the others share its weight; below 60 % of the weight there is no score. An arrow says how many places a "
    "touchpoint gains or loses against the weights that are kept."
)


def draw(project: Project) -> None:
    t = session.t()
    left, right = (st.expander(t("Weights"), icon=":material/tune:"), st.container()) if is_phone() else st.columns([1, 3], gap="medium")
    with left:
        weights = _weights(project)
    ranked = what_if(project, weights)
    with right:
        _tried(project, ranked, weights)
        choice = filters.chosen(project)
        frame = filters.apply(ranked, choice)
        _table(project, frame)
        st.caption(" ".join([_unranked(frame), left_out(ranked, t)]).strip())
        selection.panel(project)
        charts.explain(t(_HOW))
        filling.unscored_list(project, list(weights))
    selection.opened()


def _unranked(frame: pd.DataFrame) -> str:
    """How many have no score, and why."""
    t, count = session.t(), int(frame["rank"].isna().sum())
    if not count:
        return ""
    return t.n(
        "{n} touchpoint has no score: less than 60 % of the weight is known.",
        "{n} touchpoints have no score: less than 60 % of the weight is known.",
        count,
    )


# --- weights ----------------------------------------------------------------------------------------------------


def _weights(project: Project) -> dict[str, float]:
    """The sliders; gives criterion → weight as they stand, kept or not."""
    t, kept, names = session.t(), weights_of(project), weighable(project)
    if st.session_state.get("_weights_of") != (workspace.project_id(), kept):
        st.session_state["_weights_of"] = (workspace.project_id(), kept)
        _set(kept)
    st.markdown(f"**{t('Weights')}**", help=t("Try them out: the ranking follows. Nothing is kept until you say so."))
    shown = [name for name in names if name in DEFAULT_WEIGHTS or kept.get(name)]
    found = {name: _slider(name) for name in shown}
    others = [name for name in names if name not in shown]
    if others:
        with st.expander(t("More criteria"), key="more_criteria"):
            found |= {name: _slider(name) for name in others}
    usual = {name: weight for name, weight in found.items() if weight} == DEFAULT_WEIGHTS
    st.button(
        t("Default weights"), key="weights_default", icon=":material/restart_alt:", type="tertiary", disabled=usual, on_click=_set,
        args=(DEFAULT_WEIGHTS,),
    )  # fmt: skip
    return {name: weight for name, weight in found.items() if weight}


def _slider(name: str) -> float:
    t, key = session.t(), f"weight_{name}"
    st.session_state.setdefault(key, 0.0)
    mark = " ↓" if name in AGAINST else ""
    why = t("Less is better: it counts the other way round.") if mark else None
    return float(st.slider(t(CRITERIA[name]) + mark, 0.0, 10.0, step=0.5, key=key, format="%g", help=why, persist_state="session"))


def _set(weights: dict[str, float]) -> None:
    for name in CRITERIA:
        st.session_state[f"weight_{name}"] = float(weights.get(name, 0.0))


def _tried(project: Project, ranked: pd.DataFrame, weights: dict[str, float]) -> None:
    """What the weights being tried change, and keeping them or going back."""
    t, kept = session.t(), {name: weight for name, weight in weights_of(project).items() if weight}
    if weights == kept:
        return
    with st.container(border=True, key="what_if"):
        st.markdown(f":material/science: **{t('What if')}** — {_moves(ranked)}")
        with st.container(horizontal=True):
            st.button(
                t("Keep these weights"), key="weights_keep", type="primary", icon=":material/check:", disabled=not weights, on_click=_keep,
                args=(weights,),
            )  # fmt: skip
            st.button(t("Back to the kept ones"), key="weights_back", icon=":material/undo:", on_click=_set, args=(kept,))


def _keep(weights: dict[str, float]) -> None:
    workspace.edit(edits.set_weights(weights), N_("Change the weights"))


# --- the table --------------------------------------------------------------------------------------------------


def _moves(frame: pd.DataFrame) -> str:
    """What the weights being tried change, in a sentence."""
    t = session.t()
    moved = frame["moved"].fillna(0) != 0
    if not moved.any():
        return t("nobody moves.")
    n, first = int(moved.sum()), quoted(str(frame["touchpoint"].iloc[0]))
    if frame["before"].iloc[0] == 1:
        return t.n("{n} touchpoint moves, {name} stays first.", "{n} touchpoints move, {name} stays first.", n, name=first)
    return t.n("{n} touchpoint moves, {name} becomes first.", "{n} touchpoints move, {name} becomes first.", n, name=first)


def _table(project: Project, frame: pd.DataFrame) -> None:
    t, names, there = session.t(), quadrant_names(project, session.language()), planned(project)
    shown = pd.DataFrame(
        {
            "rank": frame["rank"],
            "moved": [_arrow(v) for v in frame["moved"]],
            "touchpoint": frame["touchpoint"],
            "stage": frame["stage"],
            "relevance": frame["relevance"].astype("Float64").round(),
            "present": [percent(100 * v, t.language) for v in frame["present"]],
            "quadrant": frame["quadrant"].map(names),
            "plan": ["✓" if id in there else "" for id in frame["id"]],
        }
    )
    present = t("Share of the weight whose figures are known; below 60 % there is no score.")
    columns = {
        "rank": st.column_config.NumberColumn(t("Rank"), width=50),
        "moved": st.column_config.TextColumn("±", width=50, help=t("Places gained or lost against the weights that are kept.")),
        "touchpoint": st.column_config.TextColumn(t("Touchpoint"), width=150 if is_phone() else None),
        "relevance": st.column_config.ProgressColumn(t("Score"), min_value=0, max_value=100, format="%d", width=120),
        "quadrant": st.column_config.TextColumn(t("Quadrant")),
        "stage": st.column_config.TextColumn(t("Stage")),
        "plan": st.column_config.TextColumn(t("Plan"), width=45),
        "present": st.column_config.TextColumn(t("Weight known"), width=90, help=present),
    }
    ids = frame["id"].tolist()
    state = st.dataframe(
        shown[list(columns)], column_config=columns, hide_index=True, key=f"ranking_{hash(tuple(ids))}", on_select="rerun",
        selection_mode="multi-row",
        height=min(35 * len(shown) + 38, 640), alt=t("Touchpoints by relevance"),
    )  # fmt: skip
    rows = state["selection"]["rows"]
    if rows or st.session_state.get("_ranked_choice"):
        st.session_state["_ranked_choice"] = bool(rows)
        selection.put(ids[row] for row in rows if row < len(ids))


def _arrow(moved: object) -> str:
    if pd.isna(moved) or not moved:  # type: ignore[call-overload]
        return ""
    return f"▲ {moved}" if int(moved) > 0 else f"▼ {-int(moved)}"  # type: ignore[call-overload]
