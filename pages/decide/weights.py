"""By what the ranking is made: weighted criteria with their sliders, RICE, ICE or opportunity."""

from __future__ import annotations

import streamlit as st

from analysis import Project
from analysis.project.criteria import criteria_of, criterion_name
from analysis.project.priorities import DEFAULT_WEIGHTS, weighable, weights_of
from analysis.project.rankings import PRESETS, RANKINGS, ranking_of
from pages.decide import criteria
from pages.shell import session, workspace
from pages.shell.markdown import quoted
from pages.shell.synced import own, put

_METHOD = "ranking_method"


def chosen(project: Project) -> tuple[dict[str, float], str]:
    """The controls as they stand, kept or not: criterion → weight, and the code of the ranking."""
    t, kept = session.t(), weights_of(project)
    _follow(project)
    st.selectbox(
        t("Ranked by"), list(RANKINGS), key=own(_METHOD, "relevance"), format_func=lambda code: t(RANKINGS[code].name),
        persist_state="session",
        help=t("Try them out: the ranking follows. Nothing is kept until you say so."),
    )  # fmt: skip
    tried = str(st.session_state[_METHOD])
    if tried != "relevance":
        st.caption(t(RANKINGS[tried].rule))
        return _as_they_stand(project), tried
    return _weights(project, kept), tried


def fold(project: Project) -> None:
    """The controls, folded away, above a view that follows them without being the ranking."""
    box = st.expander(session.t()("Weights"), icon=":material/tune:", key="weights_fold", on_change="rerun")
    if box.open:
        with box:
            chosen(project)


def standing(project: Project) -> tuple[dict[str, float], str]:
    """What `chosen` gives, without drawing the controls: every other view follows them too."""
    _follow(project)
    return _as_they_stand(project), str(st.session_state[_METHOD])


def _follow(project: Project) -> None:
    """The controls show what the project keeps as soon as that is something else than before."""
    kept, method = weights_of(project), ranking_of(project)
    known = (workspace.project_id(), kept, method)
    if st.session_state.get("_weights_of") != known or st.session_state.get(_METHOD) not in RANKINGS:
        st.session_state["_weights_of"] = known
        _set(kept, method)


def _as_they_stand(project: Project) -> dict[str, float]:
    return {name: weight for name in weighable(project) if (weight := float(st.session_state.get(f"weight_{name}", 0.0)))}


def _weights(project: Project, kept: dict[str, float]) -> dict[str, float]:
    """The sliders; gives criterion → weight as they stand, kept or not."""
    t, names, known = session.t(), weighable(project), criteria_of(project)
    shown = [name for name in names if name in DEFAULT_WEIGHTS or kept.get(name) or known[name].own]
    found = {name: _slider(project, name) for name in shown}
    others = [name for name in names if name not in shown]
    if others:
        with st.expander(t("More criteria"), key="more_criteria"):
            found |= {name: _slider(project, name) for name in others}
    usual = {name: weight for name, weight in found.items() if weight} == DEFAULT_WEIGHTS
    with st.container(horizontal=True, gap="small"):
        st.menu_button(
            t("Start from"), list(PRESETS), key="weights_preset", icon=":material/tune:", type="tertiary",
            format_func=lambda code: t(PRESETS[code][0]), on_click=_preset,
        )  # fmt: skip
        st.button(
            t("Default weights"), key="weights_default", icon=":material/restart_alt:", type="tertiary", disabled=usual, on_click=_set,
            args=(DEFAULT_WEIGHTS, "relevance"),
        )  # fmt: skip
    criteria.own(project)
    return {name: weight for name, weight in found.items() if weight}


def _slider(project: Project, name: str) -> float:
    t, key, against = session.t(), f"weight_{name}", criteria_of(project)[name].against
    why = t("Less is better: it counts the other way round.") if against else None
    label = quoted(criterion_name(project, name, t)) + (" ↓" if against else "")
    return float(st.slider(label, 0.0, 10.0, step=0.5, key=own(key, 0.0), format="%g", help=why, persist_state="session"))


def _preset() -> None:
    if code := st.session_state["weights_preset"]:
        _set(PRESETS[code][1], "relevance")


def _set(weights: dict[str, float], method: str) -> None:
    head = workspace.store().load(workspace.project_id())
    for name in criteria_of(head):
        put(f"weight_{name}", float(weights.get(name, 0.0)))
    put(_METHOD, method)


def back(project: Project) -> None:
    """The controls show what the project keeps."""
    _set(weights_of(project), ranking_of(project))
