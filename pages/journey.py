"""Journey: the map, worked on in place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import streamlit as st

from analysis import Project
from analysis.errors import InvalidCommand
from analysis.language import N_
from analysis.project import Put
from analysis.project.indices import customers_indices, index_line
from analysis.project.views import journey_facts, journey_view, who_answered
from pages import sheets
from pages.components.journey_commands import commands_for
from pages.components.journey_events import Event, OpenAsked, RedoAsked, StageAdded, UndoAsked
from pages.components.journey_map import JourneyView, journey_map
from pages.map import pictures, table, toolbar
from pages.map.differences import differences
from pages.map.moments import moments_fold
from pages.shell import filtering, session, workspace
from pages.shell.markdown import quoted

t = session.t()
_EMPTY = N_("This map is still empty: type touchpoints and cards straight into it with “+”, or bring a file on the Data page.")
_MISSING = N_(
    "This map has no touchpoints yet: the curve says how a stage feels, a touchpoint where in the stage. Add them with “+” in the lane "
    "“Touchpoints”, or bring a list of them on the Data page."
)
#: of NPS, CSAT and CES, named at the top of the page
MOST_INDICES = 3
#: type of a lane → the component's icon for it, where they differ
_ICONS = {
    "action": "actions",
    "thought": "thoughts",
    "feeling": "feelings",
    "channel": "channels",
    "motivation": "motivations",
    "frustration": "frustrations",
    "pain_point": "pain_points",
    "delight": "delights",
    "opportunity": "opportunities",
    "positive_incident": "positive",
    "critical_incident": "critical",
    "quote": "quotes",
    "system": "systems",
    "step": "actions",
}


def happened(event: Event) -> None:
    """Carry out what a hand did on the map."""
    if isinstance(event, UndoAsked):
        workspace.undo()
    elif isinstance(event, RedoAsked):
        workspace.redo()
    elif isinstance(event, OpenAsked):
        sheets.ask(event.what, event.id)
    else:
        head = workspace.store().load(workspace.project_id())
        commands, label, values = commands_for(event, head, toolbar.journey_of(head), session.author())
        if commands and not workspace.edit(commands, label, **values):
            give_back(getattr(event, "text", ""))
        elif isinstance(event, StageAdded):  # a filter of stages would hide it at once
            filtering.look_also_at(workspace.project_id(), [command.id for command in commands if isinstance(command, Put)])


def lost(raw: Mapping[str, Any]) -> None:
    """Somebody deleted meanwhile what a hand has just worked on: say so, and give back what was typed."""
    workspace.tell(InvalidCommand("gone"))
    give_back(raw.get("text"))


def give_back(text: Any) -> None:
    """Show what was typed and could not be kept, so that it can be typed again elsewhere."""
    if isinstance(text, str) and text.strip():
        st.toast(t("Not kept: “{text}”", text=quoted(text[:500])), icon=":material/content_paste:", duration="infinite")


def facts(project: Project) -> str:
    """How much there is, in one line."""
    found = journey_facts(project, toolbar.journey_of(project))
    words = [
        t.n("{n} stage", "{n} stages", found["stages"]),
        t.n("{n} touchpoint", "{n} touchpoints", found["touchpoints"]),
        t.n("{n} pain point", "{n} pain points", found["pain_points"]),
        who_answered(found, t),
    ]
    return " · ".join(words)


def _indices(project: Project) -> list[str]:
    """NPS, CSAT and CES of the customers' answers that are shown; with more sources than these, the Data page has them all."""
    found = [row for table in customers_indices(project).values() for row in table.to_dict("records")]
    asked = [row["measure"] for row in found]
    words = []
    for row in found[:MOST_INDICES]:
        whose = f" ({quoted(str(row['source']))})" if asked.count(row["measure"]) > 1 else ""
        words.append(f"**{index_line(row, t)}**{whose}")
    more = len(found) - len(words)
    return [*words, t.n("{n} more index on the Data page", "{n} more indices on the Data page", more)] if more else words


def tools(project: Project) -> None:
    """The tools of the map, which has its own undo and redo; beside the table they stand here."""
    if table.shown():
        can_undo, can_redo = workspace.can()
        my_last = t("Undo my last change")
        st.button(t("Undo"), icon=":material/undo:", key="undo", help=my_last, disabled=not can_undo, on_click=workspace.undo)
        st.button(t("Redo"), icon=":material/redo:", key="redo", help=t("Redo"), disabled=not can_redo, on_click=workspace.redo)
    else:
        toolbar.lanes(project, t)
        pictures.take_away(project, toolbar.journey_of(project))
    toolbar.more(project, t)


def view(project: Project, journey: str) -> JourneyView:
    """The journey as the component draws it."""
    can_undo, can_redo = workspace.can()
    shown = journey_view(project, journey, session.language(), persona=toolbar.persona_of(project)) | {
        "can_undo": can_undo,
        "can_redo": can_redo,
    }
    shown["lanes"] = [lane | {"icon": _ICONS.get(lane["icon"], lane["icon"])} for lane in shown["lanes"]]
    return cast(JourneyView, shown | {"curves": toolbar.curves(project)})


def _tell_unplaced(found: dict[str, int]) -> None:
    """Where most touchpoints are, when hardly any has a stage: else the map of a survey without stages looks empty."""
    n = found["unassigned"]
    if 2 * n > found["touchpoints"]:
        said = t.n(
            "{n} touchpoint has no stage yet: it stands at the right end of the map, under “Unassigned”. Drag it into a stage, "
            "or place it in the Table view.",
            "{n} touchpoints have no stage yet: they stand at the right end of the map, under “Unassigned”. Drag them into a stage, "
            "or place them all at once in the Table view.",
            n,
        )
        st.info(said, icon=":material/lightbulb:")


def draw_map(project: Project, journey: str) -> None:
    """The map, and what belongs to it below."""
    if not project.table("touchpoint"):
        st.info(t(_MISSING if project.table("evidence") or project.table("card") else _EMPTY), icon=":material/lightbulb:")
    else:
        _tell_unplaced(journey_facts(project, journey))
    key = f"map_{workspace.project_id()}_{journey}"
    journey_map(view(project, journey), language=session.language(), key=key, on_event=happened, on_lost=lost)
    moments_fold(project)
    if project.table("journey")[journey].state == "to_be":
        st.subheader(t("What changes"), anchor=False)
        differences(project, journey)


project = workspace.header(t("Journey"), intro=facts, tools=tools, filtered=True)
if indices := _indices(project):
    st.caption(" · ".join(indices))
with st.container(horizontal=True, key="views"):
    table.choose_view(t)
    toolbar.choose_journey(project, t)
    if not table.shown():
        toolbar.choose_persona(project, t)
        toolbar.choose_curves(project, t)
journey = toolbar.journey_of(project)
if table.shown():
    table.draw(project, journey)
else:
    draw_map(project, journey)
sheets.shown()
