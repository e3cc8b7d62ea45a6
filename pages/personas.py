"""Personas: who walks the journey, what is known of them, and which answers are theirs."""

from __future__ import annotations

from typing import Any

import streamlit as st

from analysis import ParcoursError, Project
from analysis.language import N_, percent
from analysis.project import Put, edits
from analysis.project.pictures import initials, portrait
from analysis.project.segments import COMPARISONS, attributes, matching
from pages.map.empathy import empathy_map
from pages.shell import session, workspace
from pages.shell.markdown import quoted
from pages.shell.synced import own, put, synced

t = session.t()
#: the persona that this visit looks at
_CHOSEN = "_persona"
TEXTS = {
    "description": N_("In a sentence"),
    "demographics": N_("Age, work, household"),
    "behaviours": N_("Behaviours"),
    "goals": N_("Goals"),
    "motivations": N_("Motivations"),
    "frustrations": N_("Frustrations"),
    "channels": N_("Preferred channels"),
    "quote": N_("A quote"),
}


def add() -> None:
    """A new persona, by its name."""
    name = st.session_state["new_persona"].strip()
    if name:
        project = workspace.store().load(workspace.project_id())
        order = float(len(project.table("persona")))
        if workspace.edit(
            [Put("persona", edits.fresh_id("persona"), {"name": name, "order": order})], "Add the persona “{name}”", name=name
        ):
            put("new_persona", "")


def change(id: str, field: str, key: str) -> None:
    value = st.session_state[key]
    workspace.edit(
        edits.change("persona", id, **{field: value.strip() if isinstance(value, str) else value}), "Change “{field}”", field=field
    )


def face(project: Project, id: str, persona: Any) -> None:
    """The picture, or initials on a round field; and the way to change it."""
    if persona.picture:
        st.image(project.blob(persona.picture), width=140)
    else:
        st.html(f'<div class="parcours-initials" aria-hidden="true">{initials(persona.name)}</div>')
    with st.popover(t("Picture"), icon=":material/photo_camera:"):
        file = st.file_uploader(
            t("PNG, JPEG or WebP, 5 MB at most"), type=["png", "jpg", "jpeg", "webp"], key=f"picture_{id}_{persona.picture[:8]}"
        )
        if file is not None:
            _keep_picture(id, file.getvalue())
        if persona.picture:
            st.button(t("Remove the picture"), key=f"no_picture_{id}", on_click=no_picture, args=(id,))


def _keep_picture(id: str, data: bytes) -> None:
    try:
        key, picture = portrait(data)
    except ParcoursError as error:
        st.error(error.message(session.language()))
        return
    if workspace.edit([Put("persona", id, {"picture": key}, payloads={key: picture})], "Change a picture"):
        st.rerun()


def cards(project: Project, order: list[str], chosen: str) -> None:
    """Every persona at a glance; one of them is open below."""
    with st.container(horizontal=True, gap="small", key="persona_cards"):
        for id in order:
            with st.container(border=True, width=300, height="stretch", key=f"persona_card_{id}"):
                _card(project, id, id == chosen)


def _card(project: Project, id: str, shown: bool) -> None:
    persona = project.table("persona")[id]
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if persona.picture:
            st.image(project.blob(persona.picture), width=52)
        else:
            st.html(f'<div class="parcours-initials small" aria-hidden="true">{initials(persona.name)}</div>', width=52)
        with st.container(gap=None, width="stretch"):
            st.markdown(f"**{quoted(persona.name)}**")
            if persona.share is not None:
                st.caption(t("{share} of customers", share=percent(persona.share, t.language)))
    for line in (persona.description, persona.quote):
        if line:
            st.caption(quoted(line if len(line) <= 140 else line[:139] + "…"))
    name = t("Open below") if shown else t("Show")
    st.button(name, key=f"show_{id}", disabled=shown, on_click=st.session_state.__setitem__, args=(_CHOSEN, id), width="stretch")


def sheet(project: Project, id: str) -> None:
    """Everything about one persona."""
    persona = project.table("persona")[id]
    left, right = st.columns([1, 4])
    with left:
        face(project, id, persona)
    with right:
        key = f"name_{id}"
        st.text_input(t("Name"), key=synced(key, persona.name), on_change=rename, args=(id, key), max_chars=120)
        share = f"share_{id}"
        st.number_input(
            t("Share of customers (%)"),
            min_value=0,
            max_value=100,
            step=1,
            value=None,
            key=synced(share, None if persona.share is None else round(persona.share)),
            on_change=change,
            args=(id, "share", share),
            placeholder="–",
            width=220,
        )
    for pair in zip(list(TEXTS)[::2], list(TEXTS)[1::2], strict=True):
        for column, field in zip(st.columns(2), pair, strict=True):
            key = f"{field}_{id}"
            synced(key, getattr(persona, field))
            column.text_area(t(TEXTS[field]), key=key, on_change=change, args=(id, field, key), height=90, max_chars=4000)
    rule(project, id, persona)
    st.button(t("Delete this persona"), icon=":material/delete:", key=f"drop_{id}", on_click=delete, args=(id, persona.name))
    empathy_map(project, id)


def no_picture(id: str) -> None:
    workspace.edit(edits.change("persona", id, picture=""), "Remove a picture")


def delete(id: str, name: str) -> None:
    workspace.edit(edits.remove("persona", id), "Delete the persona “{name}”", name=name)


def rename(id: str, key: str) -> None:
    name = st.session_state[key].strip()
    if name:
        workspace.edit(edits.rename("persona", id, name), "Rename the persona “{name}”", name=name)


def rule(project: Project, id: str, persona: Any) -> None:
    """Which answers are this persona's, by a rule on what is known of respondents."""
    known = attributes(project.evidence)
    st.markdown(f"**{t('Whose answers are theirs?')}**")
    if not known:
        st.caption(
            t("Bring a survey with columns about the respondents (age, segment…): a rule on one of them then says whose answers they are.")
        )
        return
    current = persona.rule
    columns = [*known, *([current["column"]] if current.get("column") not in [None, *known] else [])]
    what, how, value = st.columns(3)
    keys = {name: f"rule_{name}_{id}" for name in ("column", "comparison", "value")}

    def changed() -> None:
        wanted = {name: st.session_state[key] for name, key in keys.items()}
        workspace.edit(edits.change("persona", id, rule=wanted if wanted["column"] else {}), "Change the rule of a persona")

    options = ["", *columns]
    what.selectbox(
        t("Column"),
        options,
        key=synced(keys["column"], current.get("column", "")),
        on_change=changed,
        format_func=lambda c: c or "–",
    )
    signs = list(COMPARISONS)
    how.selectbox(
        t("Comparison"),
        signs,
        key=synced(keys["comparison"], current["comparison"]) if current.get("comparison") in signs else keys["comparison"],
        on_change=changed,
        format_func=lambda c: t(COMPARISONS[c]),
    )
    told = synced(keys["value"], str(current.get("value", ""))) if current else keys["value"]  # without a rule it may be typed first
    value.text_input(t("Value"), key=told, on_change=changed, max_chars=200)
    if current:
        own = project.evidence[matching(project.evidence, current)]["respondent"].nunique()
        st.caption(t.n("{n} respondent fits this rule.", "{n} respondents fit this rule.", own))


project = workspace.header(t("Personas"))
personas = project.personas
st.text_input(
    t("Add a persona"), key=own("new_persona", ""), on_change=add, placeholder=t("A name: Marie, Mr Dupont, the company buyer…"),
    max_chars=120,
)  # fmt: skip
if personas.empty:
    st.info(
        t("A persona stands for a group of customers. Two or three are enough to begin with: add one by its name."),
        icon=":material/groups:",
    )
else:
    order = [str(id) for id in personas["id"]]
    chosen = st.session_state.get(_CHOSEN)
    chosen = chosen if chosen in order else order[0]
    if len(order) > 1:
        cards(project, order, chosen)
    sheet(project, chosen)
