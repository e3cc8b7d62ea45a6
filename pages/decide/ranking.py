"""The ranking by relevance, with its weights to be tried out."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis import Project
from analysis.language import N_, number, percent
from analysis.project import edits
from analysis.project.planning import planned
from analysis.project.priorities import AGAINST, CRITERIA, DEFAULT_WEIGHTS, left_out, quadrant_names, weighable, weights_of, what_if
from pages.decide import charts, filling, filters, selection
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
    left, right = st.columns([1, 3], gap="medium")
    with left:
        weights = _weights(project)
    ranked = what_if(project, weights)
    with right:
        with st.container(horizontal=True, vertical_alignment="center"):
            choice = filters.chosen(project)
            st.markdown(_moves(ranked), width="stretch")
        _decide(project, weights)
        frame = filters.apply(ranked, choice)
        _table(project, frame)
        if sentence := left_out(ranked, t):
            st.caption(sentence)
        selection.panel(project)
        charts.explain(t(_HOW))
        filling.unscored_list(project, [name for name, weight in weights.items() if weight])
    selection.opened()


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


def _decide(project: Project, weights: dict[str, float]) -> None:
    """Keep the weights that are being tried, or go back."""
    t, kept = session.t(), {name: weight for name, weight in weights_of(project).items() if weight}
    tried, usual = weights != kept, weights != DEFAULT_WEIGHTS
    with st.container(horizontal=True, key="weights_decide"):
        st.button(
            t("Keep these weights"),
            key="weights_keep",
            type="primary",
            icon=":material/check:",
            disabled=not tried,
            on_click=_keep,
            args=(weights,),
        )
        st.button(t("Back to the kept ones"), key="weights_back", icon=":material/undo:", disabled=not tried, on_click=_set, args=(kept,))
        st.button(
            t("Default weights"),
            key="weights_default",
            icon=":material/restart_alt:",
            disabled=not usual,
            on_click=_set,
            args=(DEFAULT_WEIGHTS,),
        )


def _keep(weights: dict[str, float]) -> None:
    workspace.edit(edits.set_weights(weights), "Change the weights")


# --- the table --------------------------------------------------------------------------------------------------


def _moves(frame: pd.DataFrame) -> str:
    """What the weights being tried change, in a sentence."""
    t = session.t()
    moved = frame["moved"].fillna(0) != 0
    if not moved.any():
        return ""
    first = str(frame["touchpoint"].iloc[0])
    if frame["before"].iloc[0] == 1:
        return t.n("{n} touchpoint moves; the first stays.", "{n} touchpoints move; the first stays.", int(moved.sum()))
    return t.n("{n} touchpoint moves; now first: {name}.", "{n} touchpoints move; now first: {name}.", int(moved.sum()), name=quoted(first))


def _table(project: Project, frame: pd.DataFrame) -> None:
    t, names, there = session.t(), quadrant_names(project, session.language()), planned(project)
    shown = pd.DataFrame(
        {
            "rank": frame["rank"],
            "moved": [_arrow(v) for v in frame["moved"]],
            "touchpoint": frame["touchpoint"],
            "stage": frame["stage"],
            "relevance": frame["relevance"].astype("Float64").round(),
            "score": ["" if pd.isna(v) else number(v, t.language, 0) for v in frame["relevance"]],
            "present": [percent(100 * v, t.language) for v in frame["present"]],
            "quadrant": frame["quadrant"].map(names),
            "plan": ["✓" if id in there else "" for id in frame["id"]],
        }
    )
    columns = {
        "rank": st.column_config.NumberColumn(t("Rank"), width=55),
        "moved": st.column_config.TextColumn("±", width=50, help=t("Places gained or lost against the weights that are kept.")),
        "touchpoint": st.column_config.TextColumn(t("Touchpoint"), pinned=True),
        "stage": st.column_config.TextColumn(t("Stage")),
        "relevance": st.column_config.ProgressColumn(t("Score"), min_value=0, max_value=100, format="%d"),
        "present": st.column_config.TextColumn(
            t("Weight present"), width=90, help=t("Share of the weight whose figures are known; below 60 % there is no score.")
        ),
        "quadrant": st.column_config.TextColumn(t("Quadrant")),
        "plan": st.column_config.TextColumn(t("Plan"), width=50),
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
