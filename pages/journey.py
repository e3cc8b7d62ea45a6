"""Journey: the map, worked on in place."""

from __future__ import annotations

from typing import cast

import streamlit as st

from analysis import Project
from analysis.project import edits
from analysis.project.views import LANE_NAMES, journey_facts, journey_view, lane_name, lanes_of
from pages.components.journey_commands import commands_for
from pages.components.journey_events import Event, OpenAsked, RedoAsked, UndoAsked
from pages.components.journey_map import JourneyView, journey_map
from pages.components.sheets import open_sheet
from pages.shell import session, workspace

t = session.t()
_OPEN = "_open_sheet"


def happened(event: Event) -> None:
    """Carry out what a hand did on the map."""
    if isinstance(event, UndoAsked):
        workspace.undo()
    elif isinstance(event, RedoAsked):
        workspace.redo()
    elif isinstance(event, OpenAsked):
        st.session_state[_OPEN] = (event.what, event.id)
    else:
        head = workspace.store().load(workspace.project_id())
        commands, label, values = commands_for(event, head, head.first_journey, session.author())
        if commands:
            workspace.edit(commands, label, **values)


def facts(project: Project) -> str:
    """How much there is, in one line."""
    found = journey_facts(project)
    words = [
        t.n("{n} stage", "{n} stages", found["stages"]),
        t.n("{n} touchpoint", "{n} touchpoints", found["touchpoints"]),
        t.n("{n} pain point", "{n} pain points", found["pain_points"]),
        t.n("{n} respondent", "{n} respondents", found["respondents"]),
    ]
    return " · ".join(words)


def lanes(project: Project) -> None:
    """Which lanes are shown; the library and the user's own. (Undo and redo stand on the map itself.)"""
    with st.popover(t("Lanes"), icon=":material/table_rows:"):
        _lanes(project)


def _lanes(project: Project) -> None:
    journey = project.first_journey
    known = {lane.type: (id, lane) for id, lane in lanes_of(project, journey, hidden=True)}
    for type in [*known, *(type for type in LANE_NAMES if type not in known)]:
        id, lane = known.get(type, ("", None))
        name = lane_name(type, lane.name if lane else "", session.language())
        st.checkbox(name, value=lane is not None and not lane.hidden, key=f"lane_{type}", on_change=show_lane, args=(journey, type, id))
    st.text_input(t("A lane of your own"), key="own_lane", on_change=own_lane, args=(journey,), placeholder=t("Its name"), max_chars=60)


def show_lane(journey: str, type: str, id: str) -> None:
    shown = st.session_state[f"lane_{type}"]
    head = workspace.store().load(workspace.project_id())
    commands = edits.add_lane(head, journey, type) if shown else edits.change("lane", id, hidden=True)
    workspace.edit(commands, "Show or hide a lane")


def own_lane(journey: str) -> None:
    name = st.session_state["own_lane"].strip()
    if name:
        head = workspace.store().load(workspace.project_id())
        workspace.edit(edits.add_lane(head, journey, "", name), "Add the lane “{name}”", name=name)
        st.session_state["own_lane"] = ""


def shown(project: Project) -> JourneyView:
    """The journey as the component draws it."""
    can_undo, can_redo = workspace.can()
    view = journey_view(project, None, session.language()) | {"can_undo": can_undo, "can_redo": can_redo}
    return cast(JourneyView, view)


project = workspace.header(t("Journey"), intro=facts, tools=lanes)
if not project.table("touchpoint"):
    st.info(
        t("This map is still empty: type touchpoints and cards straight into it with “+”, or bring a file on the Data page."),
        icon=":material/lightbulb:",
    )
journey_map(
    shown(project),
    language=session.language(),
    key=f"map_{workspace.project_id()}",
    on_event=happened,
)
if _OPEN in st.session_state:
    open_sheet(*st.session_state.pop(_OPEN))
