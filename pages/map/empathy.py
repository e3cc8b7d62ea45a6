"""The empathy map of a persona in a stage: says, thinks, does, feels. The same cards as on the journey map."""

from __future__ import annotations

import streamlit as st

from analysis import Project
from analysis.language import N_, Translator
from analysis.project import edits
from pages.shell import session, workspace

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
    journey = project.first_journey
    stages = {id: stage.name for id, stage in project.stages_of(journey)}
    st.subheader(t("Empathy map"), anchor=False)
    st.caption(t("The cards of the journey map that are this persona’s or everybody’s: written here, they are seen there."))
    stage = st.segmented_control(
        t("Stage"), list(stages), format_func=stages.__getitem__, default=next(iter(stages)), key=f"empathy_{persona}", required=True
    )
    for pair in (("quote", "thought"), ("action", "feeling")):
        for column, kind in zip(st.columns(2), pair, strict=True):
            with column.container(border=True, height="stretch"):
                _quarter(project, journey, persona, str(stage), kind, t)


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
    key = f"empathy_card_{id}"

    def changed() -> None:
        wanted = st.session_state[key].strip()
        if wanted:
            workspace.edit(edits.rename("card", id, wanted), "Reword a card “{name}”", name=wanted[:40])
        else:
            workspace.edit(edits.remove("card", id), "Delete the card “{name}”", name=text[:40])

    help = t("Everybody’s card; empty it to delete it.") if everybodys else t("This persona’s card; empty it to delete it.")
    st.text_input(
        text,
        value=text,
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
                st.session_state[key] = ""

    st.text_input(t("Add"), key=key, on_change=added, placeholder=t("Add…"), label_visibility="collapsed", max_chars=2000)
