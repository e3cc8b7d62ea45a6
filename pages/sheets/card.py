"""The sheet of a card: its words, what it is about, who said it, how often, what it costs, how wide it is."""

from __future__ import annotations

import streamlit as st

from analysis import Project
from analysis.language import N_
from analysis.project import edits
from analysis.project.views import lane_name
from pages.components.journey_events import CARD_COLOURS
from pages.sheets import parts
from pages.sheets.voices import INCIDENTS, SIDES
from pages.shell import session, workspace
from pages.shell.markdown import quoted

_COLOURS = {"amber": N_("Amber"), "green": N_("Green"), "blue": N_("Blue"), "violet": N_("Violet"), "rose": N_("Rose"), "grey": N_("Grey")}


def draw(project: Project, id: str) -> None:
    t, card = session.t(), project.table("card")[id]
    lane = next((lane.name for lane in project.table("lane").values() if (lane.journey, lane.type) == (card.journey, card.kind)), "")
    stage = project.table("stage").get(card.stage or "")
    st.caption(quoted(" · ".join([lane_name(card.kind, lane, t.language), stage.name if stage else t("Unassigned")])))
    parts.text(t("Text"), "card", id, "text", card.text, lines=3)
    if parts.steps_of(project, "card", id):
        parts.step(project, "card", id)
    touchpoints = {i: touchpoint.name for i, touchpoint in sorted(project.table("touchpoint").items(), key=lambda item: item[1].name)}
    parts.choice(t("About the touchpoint"), "card", id, "touchpoint", card.touchpoint, touchpoints, empty=None)
    if card.kind in INCIDENTS or card.cause:
        parts.text(t("Its cause"), "card", id, "cause", card.cause)
    left, right = st.columns(2)
    with left:
        parts.choice(t("Told by"), "card", id, "side", card.side, SIDES)
        parts.amount(t("How often it was said"), "card", id, "count", card.count)
        _span(project, id)
    with right:
        personas = {i: persona.name for i, persona in project.table("persona").items()}
        parts.choice(t("Persona"), "card", id, "persona", card.persona, personas, empty=None)
        parts.amount(t("Lost value ({currency})", currency=project.settings.currency), "card", id, "lost_value", card.lost_value)
        parts.choice(t("Colour"), "card", id, "colour", card.colour, {code: _COLOURS[code] for code in CARD_COLOURS if code in _COLOURS})
    st.button(
        t("Delete the card"), icon=":material/delete:", key=f"sheet_delete_{id}", type="tertiary", on_click=_delete, args=(id, card.text)
    )


def _span(project: Project, id: str) -> None:
    """How many stages it covers, at most those that follow."""
    t, card = session.t(), project.table("card")[id]
    stages = [stage for stage, _ in project.stages_of(card.journey)]
    room = len(stages) - stages.index(card.stage) if card.stage in stages else 1
    key, value = parts.keyed(id, "span", card.span), min(card.span, max(room, 1))

    def changed() -> None:
        parts.save("card", id, "span", int(st.session_state[key]))

    st.number_input(
        t("Stages it covers"), min_value=1, max_value=max(room, 1), value=value, step=1, key=key, on_change=changed, disabled=room < 2
    )


def _delete(id: str, text: str) -> None:
    workspace.edit(edits.remove("card", id), "Delete the card “{name}”", name=text[:40])
