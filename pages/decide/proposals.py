"""Actions that the library proposes, each with its reason and its indicator: taken over, taken over to be changed, or put aside."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from analysis import Project
from analysis.language import N_
from analysis.project.priorities import quadrant_names
from analysis.project.proposals import call_back, open_proposals, put_aside, take_over
from pages.decide import planning
from pages.decide.empty import empty
from pages.shell import session, workspace
from pages.shell.markdown import quoted
from pages.shell.synced import put

#: shown at a time
PAGE = 10
_COLOURS = {"quick_win": "green", "big_bet": "blue", "fill_in": "orange", "money_pit": "gray"}


def welcome(project: Project) -> None:
    """An empty plan says what to do."""
    t = session.t()
    st.markdown(
        t("The plan is still empty: accept what is proposed below, write an action yourself, or send touchpoints here from the priorities.")
    )
    planning.adding()
    draw(project)


def draw(project: Project) -> None:
    """The open proposals, the most urgent first."""
    t = session.t()
    table = _table(workspace.project_id(), project.revision, t.language, project)
    if table.empty:
        _nothing(project)
    else:
        _all(table)
        shown = st.session_state.get("proposals_shown", PAGE)
        for row in table.head(shown).to_dict("records"):
            _proposal(project, row)
        if len(table) > shown:
            more = t("Show {n} more", n=min(PAGE, len(table) - shown))
            st.button(more, key="proposals_more", icon=":material/expand_more:", on_click=_show, args=(shown + PAGE,))
    if aside := table.attrs["aside"]:
        label = t.n("Call back {n} dismissed proposal", "Call back {n} dismissed proposals", aside)
        st.button(label, key="proposals_back", type="tertiary", icon=":material/undo:", on_click=_call_back)


@st.cache_data(show_spinner=False, max_entries=32)
def _table(id: str, revision: int, language: str, _project: Project) -> pd.DataFrame:
    return open_proposals(_project, language)


def _show(count: int) -> None:
    st.session_state["proposals_shown"] = count


def _nothing(project: Project) -> None:
    t = session.t()
    if project.table("touchpoint"):
        empty(
            t("Nothing to propose for now"),
            t(
                "Actions are proposed for quick wins, pain points and unhappy touchpoints: place touchpoints on the matrix, add pain "
                "points to the map."
            ),
            {"priorities": (t("Open the matrix"), "target"), "journey": (t("Open the map"), "conversion_path")},
        )  # fmt: skip
    else:
        empty(
            t("Nothing to propose for now"), t("Bring touchpoints first: actions are proposed from them."),
            {"data": (t("Bring a file"), "upload_file"), "journey": (t("Open the map"), "conversion_path")},
        )  # fmt: skip


def _all(table: pd.DataFrame) -> None:
    """How many there are, and taking over all quick wins at once."""
    t, wins = session.t(), table[table["quadrant"] == "quick_win"]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"#### {t.n('{n} action proposed', '{n} actions proposed', len(table))}", width="stretch")
        if len(wins) > 1:
            label = t("Accept the {n} quick actions", n=len(wins))
            st.button(label, key="take_wins", icon=":material/done_all:", on_click=_take, args=(wins.to_dict("records"),))


def _proposal(project: Project, row: dict[Any, Any]) -> None:
    t, key, names = session.t(), str(row["key"]), quadrant_names(project, session.language())
    with st.container(border=True, gap="small", key=f"proposal_{key}"):
        place = row["touchpoint"] if pd.notna(row["touchpoint"]) else row["stage"]
        badge = f":{_COLOURS[row['quadrant']]}-badge[{quoted(names[row['quadrant']])}] " if pd.notna(row["quadrant"]) else ""
        st.markdown(f"{badge}**{quoted(str(place))}**")
        st.markdown(f"##### {quoted(str(row['action']))}")
        st.caption(quoted(str(row["reason"])) + " " + t("Indicator: {kpi}.", kpi=quoted(str(row["kpi"]))))
        with st.container(horizontal=True, gap="small"):
            st.button(t("Accept"), key=f"take_{key}", icon=":material/add_task:", type="primary", on_click=_take, args=([row],))
            st.button(
                t("Accept and edit"),
                key=f"change_{key}",
                icon=":material/edit:",
                on_click=_take,
                args=([row],),
                kwargs={"change": True},
            )
            st.button(t("Dismiss"), key=f"aside_{key}", icon=":material/visibility_off:", type="tertiary", on_click=_put_aside, args=(key,))


def _take(rows: list[dict[Any, Any]], change: bool = False) -> None:
    t, commands = session.t(), take_over(rows)
    if workspace.edit(commands, N_("Accept {n} proposals"), n=len(commands)):
        st.toast(t.n("{n} action added to the plan.", "{n} actions added to the plan.", len(commands)), icon=":material/check:")
        put("plan_view", "table" if change else "proposals")
        if change:
            planning.open_action(commands[0].id)


def _put_aside(key: str) -> None:
    head = workspace.store().load(workspace.project_id())
    workspace.edit(put_aside(head, [key]), N_("Dismiss a proposal"))


def _call_back() -> None:
    head = workspace.store().load(workspace.project_id())
    workspace.edit(call_back(head), N_("Call dismissed proposals back"))
