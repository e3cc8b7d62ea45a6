"""Today's and tomorrow's map: what changes, and which action brings it."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from analysis import Project
from analysis.language import N_, Translator, signed
from analysis.project.journeys import CHANGES, compare_journeys, link_change
from analysis.project.views import LANE_NAMES
from pages.map.beside import beside
from pages.shell import session, workspace
from pages.shell.markdown import quoted

WHAT = {"stage": N_("Stage"), "step": N_("Step"), "touchpoint": N_("Touchpoint"), "card": N_("Card"), "emotion": N_("Emotion")}
_ICONS = {
    "added": "add_circle",
    "removed": "remove_circle",
    "moved": "move_up",
    "reworded": "edit",
    "better": "trending_up",
    "worse": "trending_down",
}


def differences(project: Project, to_be: str) -> None:
    """One line a difference, each with the actions that bring it about."""
    t = session.t()
    listed, both = t("As a list"), t("Side by side")
    hidden: dict[str, Any] = {"label_visibility": "collapsed", "required": True}
    if st.segmented_control(t("What changes"), [listed, both], default=listed, key="changes_as", **hidden) == both:
        beside(project, to_be)
        return
    found = compare_journeys(project, to_be)
    if found.empty:
        st.info(t("Both maps are still the same: change something on tomorrow’s map."), icon=":material/lightbulb:")
        return
    open_ends = int((found["actions"] == "").sum())
    st.markdown(
        t.n("{n} difference", "{n} differences", len(found)) + " · " + t.n("{n} without an action", "{n} without an action", open_ends)
    )
    for stage, group in found.groupby("stage", sort=False):
        st.markdown(f"##### {quoted(str(stage)) or t('Unassigned')}")
        for row in group.to_dict("records"):
            _line(project, row, t)


def _line(project: Project, row: dict[Any, Any], t: Translator) -> None:
    what, actions = st.columns([3, 2], vertical_alignment="center")
    with what:
        kind = t(LANE_NAMES[row["lane"]]) if row["lane"] in LANE_NAMES else t(WHAT[row["what"]])
        st.markdown(f":material/{_ICONS[row['change']]}: **{quoted(row['item'])}** :gray[{kind}, {t(CHANGES[row['change']])}]")
        if row["change"] in ("moved", "reworded", "better", "worse"):
            st.caption(f"{_shown(row['before'], t)} → {_shown(row['after'], t)}")
    options = {id: action.title for id, action in project.whole.table("action").items()}
    linked = [id for id, action in project.whole.table("action").items() if row["key"] in action.changes]
    key = f"brings_{row['key']}"
    with actions:
        if options:
            st.multiselect(
                t("Brought by"),
                list(options),
                default=linked,
                key=key,
                format_func=options.__getitem__,
                on_change=_link,
                args=(row["key"], key),
                placeholder=t("Which action brings it?"),
                label_visibility="collapsed",
            )
        else:
            st.caption(t("The action plan is still empty."))


def _link(change: str, key: str) -> None:
    head = workspace.store().load(workspace.project_id())
    workspace.edit(link_change(head, change, list(st.session_state[key])), "Link a difference to its action")


def _shown(value: Any, t: Translator) -> str:
    if value is None or (isinstance(value, float) and pd.isna(value)):
        return "–"
    return signed(value, t.language) if isinstance(value, float) else quoted(str(value))
