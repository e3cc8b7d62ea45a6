"""The empathy map of a persona in a stage: says, thinks, does, feels. The same cards as on the journey map."""

from __future__ import annotations

import streamlit as st

from analysis import Project
from analysis.language import N_, Translator
from analysis.project import edits
from pages.shell import session, workspace
from pages.shell.synced import own, put, synced

#: quarter → kind of card, icon, what it is called
QUARTERS = {
    "quote": ("record_voice_over", N_("Says")),
    "thought": ("psychology", N_("Thinks")),
    "action": ("directions_walk", N_("Does")),
    "feeling": ("favorite", N_("Feels")),
}


def empathy_map(project: Project, persona: str) -> None:
    """Four quarters for the chosen stage; what is written here stands on the journey map, and the other way round."""
    t = session.t()
    st.subheader(t("Empathy map"), anchor=False)
    st.caption(t("The cards of the journey map that are this persona’s or everybody’s: written here, they are seen there."))
    journey = _journey(project, persona, t)
    stages = {id: stage.name for id, stage in project.stages_of(journey)}
    if not stages:
        st.info(t("This journey has no stage yet."), icon=":material/lightbulb:")
        return
    stage = st.segmented_control(
        t("Stage"),
        list(stages),
        format_func=stages.__getitem__,
        default=next(iter(stages)),
        key=f"empathy_{persona}_{journey}",
        required=True,
    )
    for pair in (("quote", "thought"), ("action", "feeling")):
        for column, kind in zip(st.columns(2), pair, strict=True):
            with column.container(border=True, height="stretch"):
                _quarter(project, journey, persona, str(stage), kind, t)


def _journey(project: Project, persona: str, t: Translator) -> str:
    """The journey whose stages are shown: at first the persona's own, else the one that this visit looks at, else the first."""
    journeys = {id: journey.title for id, journey in project.journeys_in_order()}
    own = [id for id, journey in project.journeys_in_order() if journey.persona == persona]
    looked_at = [id for id in (st.session_state.get("journey"),) if id in journeys]
    first: str = [*own, *looked_at, project.first_journey][0]
    if len(journeys) == 1:
        return first
    chosen = st.segmented_control(
        t("Journey"), list(journeys), format_func=journeys.__getitem__, default=first, required=True, key=f"empathy_journey_{persona}"
    )
    return str(chosen)


def _quarter(project: Project, journey: str, persona: str, stage: str, kind: str, t: Translator) -> None:
    icon, name = QUARTERS[kind]
    st.markdown(f":material/{icon}: **{t(name)}**")
    cards = [
        (id, card)
        for id, card in project.table("card").items()
        if (card.journey, card.kind, card.stage) == (journey, kind, stage) and card.persona in (None, persona)
    ]
    for id, card in sorted(cards, key=lambda item: item[1].order):
        _card(id, card.text, card.persona is None, t)
    _add(journey, persona, stage, kind, t)


def _card(id: str, text: str, everybodys: bool, t: Translator) -> None:
    key = synced(f"empathy_card_{id}", text)

    def changed() -> None:
        wanted = st.session_state[key].strip()
        if wanted:
            workspace.edit(edits.rename("card", id, wanted), "Reword a card “{name}”", name=wanted[:40])
        else:
            workspace.edit(edits.remove("card", id), "Delete the card “{name}”", name=text[:40])

    help = t("Everybody’s card; empty it to delete it.") if everybodys else t("This persona’s card; empty it to delete it.")
    st.text_input(
        text,
        key=key,
        on_change=changed,
        label_visibility="collapsed",
        max_chars=2000,
        icon=":material/groups:" if everybodys else None,
        help=help,
    )


def _add(journey: str, persona: str, stage: str, kind: str, t: Translator) -> None:
    key = f"empathy_add_{persona}_{stage}_{kind}"

    def added() -> None:
        text = st.session_state[key].strip()
        if text:
            head = workspace.store().load(workspace.project_id())
            commands = edits.add_cards(head, journey, kind, stage, [text], persona=persona)
            if workspace.edit(commands, "Add cards ({n})", n=1):
                put(key, "")

    st.text_input(t("Add"), key=own(key, ""), on_change=added, placeholder=t("Add…"), label_visibility="collapsed", max_chars=2000)
