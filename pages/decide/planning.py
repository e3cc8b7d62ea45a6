"""What the views of the plan share: where it stands, adding an action, the acts on one action, today's date."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from analysis import ParcoursError, Project
from analysis.language import N_, Translator, date, money, number
from analysis.methods import CLASHES, plan_dates
from analysis.project import edits
from analysis.project.planning import STATUS_NAMES, change_action, moved, progress
from pages.decide.grid import Edit
from pages.shell import filtering, session, workspace
from pages.shell.markdown import quoted
from pages.shell.synced import meant

_OPENED = "_opened_action"
#: clashes of dates that are listed
MOST = 5


def today() -> dt.date:
    """The date where the person is."""
    return dt.datetime.now(ZoneInfo(st.context.timezone or "UTC")).date()


# --- where it stands --------------------------------------------------------------------------------------------


def standing(project: Project) -> None:
    """How many actions stand where, how many are late, what it all costs."""
    t, facts = session.t(), progress(project.actions, today())
    with st.container(horizontal=True, gap="medium", key="standing"):
        for status in ("proposed", "to_do", "in_progress", "done"):
            if facts[status] or status != "proposed":
                st.metric(t(STATUS_NAMES[status]), number(facts[status], t.language), width="content")
        late = number(facts["late"], t.language)
        rule = t("Due before today, {date}, and neither done nor dropped.", date=date(today(), t.language))
        st.metric(t("Late"), f":red[{late}]" if facts["late"] else late, width="content", help=rule)
        cost = money(facts["cost"], t.language, project.settings.currency)
        unpriced = t.n("{n} action without a cost", "{n} actions without a cost", facts["unpriced"]) if facts["unpriced"] else None
        st.metric(t("Total cost"), cost, width="content", help=unpriced)


def clashes(project: Project, among: str | None = None) -> None:
    """Dates that do not go together, said in sentences: of one action, or of all that are looked at."""
    t, titles = session.t(), {id: action.title for id, action in project.whole.table("action").items()}
    found = plan_dates(project.whole.actions)
    shown = {among} if among else set(project.actions["id"]) - {opened(project)}  # what is opened says its own
    found = found[found["id"].isin(shown)]
    said = [clash_line(row, titles, t, named=among is None) for row in found.to_dict("records")]
    if said:
        more = [t.n("{n} more", "{n} more", len(said) - MOST)] if len(said) > MOST else []
        st.warning("  \n".join(quoted(line) for line in [*said[:MOST], *more]), icon=":material/event_upcoming:")


def clash_line(row: dict[Any, Any], titles: dict[str, str], t: Translator, *, named: bool) -> str:
    day = "" if pd.isna(row["day"]) else date(row["day"].date(), t.language)
    other = "" if pd.isna(row["other"]) else titles[row["other"]]
    said = t(CLASHES[row["kind"]], other=other, day=day)
    return t("{name}: {value}", name=titles[row["id"]], value=said[0].lower() + said[1:]) if named else said


# --- acts -------------------------------------------------------------------------------------------------------


def adding() -> None:
    """A line in which to write a new action."""
    t = session.t()
    with (
        st.form("add_action", border=False, clear_on_submit=True, enter_to_submit=True),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        st.text_input(
            t("New action"), key="new_action", placeholder=t("What is to be done"), label_visibility="collapsed", max_chars=300, width=280
        )
        if len(stages := _stages()) > 1:  # an action of no stage would be hidden at once by the filter
            st.selectbox(t("In the stage"), list(stages), key="new_action_stage", format_func=stages.__getitem__, width=220)
        st.form_submit_button(t("Add"), icon=":material/add:", on_click=add)


def add() -> None:
    title = st.session_state["new_action"].strip()
    if title:
        commands = edits.add_action(title, **_place())
        if workspace.edit(commands, N_("Add the action “{name}”"), name=title):
            open_action(commands[0].id)


def _place() -> dict[str, str]:
    """An action written while some stages are looked at is that of one of them: the only one, or the one that was chosen."""
    stages = _stages()
    chosen = st.session_state.get("new_action_stage") if len(stages) > 1 else None
    return {"stage": chosen if chosen in stages else next(iter(stages))} if stages else {}


def _stages() -> dict[str, str]:
    """The stages of the filter: id → name."""
    known = workspace.project().table("stage")
    return {id: known[id].name for id in filtering.chosen(workspace.project_id()).stages if id in known}


def keep(cells: list[Edit]) -> None:
    """Keep what was typed into cells or fields of actions; what cannot be kept is said and left as it was."""
    try:
        commands = [command for id, column, value in cells for command in change_action(id, column, value, session.language())]
    except ParcoursError as error:
        workspace.tell(error)
        return
    workspace.edit(commands, N_("Change the plan"))


def keep_field(id: str, column: str, key: str) -> None:
    keep([(id, column, meant(key))])


def move(id: str, step: int) -> None:
    head = workspace.store().load(workspace.project_id())
    try:
        commands = moved(head, id, step, among=workspace.shown().actions["id"])
    except ParcoursError as error:
        workspace.tell(error)
        return
    if commands:
        workspace.edit(commands, N_("Move an action in the plan"))


def remove(id: str, title: str) -> None:
    if workspace.edit(edits.remove("action", id), N_("Remove the action “{name}”"), name=title):
        t = session.t()
        st.toast(t("Removed: {name}. Undo brings it back.", name=title), icon=":material/delete:")


def back_to_rule() -> None:
    head = workspace.store().load(workspace.project_id())
    workspace.edit(edits.forget_order(head), N_("Back to the order of the rule"))


# --- the opened action ------------------------------------------------------------------------------------------


def open_action(id: str | None) -> None:
    st.session_state[_OPENED] = id


def opened(project: Project) -> str | None:
    """The action whose details are shown, if it still exists."""
    found = st.session_state.get(_OPENED)
    return found if found in project.table("action") else None
