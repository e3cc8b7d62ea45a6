"""Personas: who walks the journey, what is known of them, and which answers are theirs."""

from __future__ import annotations

from typing import Any

import streamlit as st

from analysis import ParcoursError, Project
from analysis.language import N_, number
from analysis.project import Put, edits
from analysis.project.pictures import initials, portrait
from analysis.project.segments import COMPARISONS, attributes, matching
from pages.map.empathy import empathy_map
from pages.shell import session, workspace

t = session.t()
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
            st.session_state["new_persona"] = ""


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


def sheet(project: Project, id: str) -> None:
    """Everything about one persona."""
    persona = project.table("persona")[id]
    left, right = st.columns([1, 4])
    with left:
        face(project, id, persona)
    with right:
        key = f"name_{id}"
        st.text_input(t("Name"), value=persona.name, key=key, on_change=rename, args=(id, key), max_chars=120)
        share = f"share_{id}"
        st.number_input(
            t("Share of customers (%)"),
            min_value=0,
            max_value=100,
            step=1,
            value=None if persona.share is None else round(persona.share),
            key=share,
            on_change=change,
            args=(id, "share", share),
            placeholder="–",
            width=220,
        )
    for pair in zip(list(TEXTS)[::2], list(TEXTS)[1::2], strict=True):
        for column, field in zip(st.columns(2), pair, strict=True):
            key = f"{field}_{id}"
            column.text_area(
                t(TEXTS[field]), value=getattr(persona, field), key=key, on_change=change, args=(id, field, key), height=90, max_chars=4000
            )
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
        index=options.index(current.get("column", "")),
        key=keys["column"],
        on_change=changed,
        format_func=lambda c: c or "–",
    )
    signs = list(COMPARISONS)
    how.selectbox(
        t("Comparison"),
        signs,
        index=signs.index(current.get("comparison", "=")),
        key=keys["comparison"],
        on_change=changed,
        format_func=lambda c: t(COMPARISONS[c]),
    )
    value.text_input(t("Value"), value=str(current.get("value", "")), key=keys["value"], on_change=changed, max_chars=200)
    if current:
        own = project.evidence[matching(project.evidence, current)]["respondent"].nunique()
        st.caption(t.n("{n} respondent fits this rule.", "{n} respondents fit this rule.", own))


project = workspace.header(t("Personas"))
personas = project.personas
st.text_input(
    t("Add a persona"), key="new_persona", on_change=add, placeholder=t("A name: Marie, Mr Dupont, the company buyer…"), max_chars=120
)
if personas.empty:
    st.info(
        t("A persona stands for a group of customers. Two or three are enough to begin with: add one by its name."),
        icon=":material/groups:",
    )
else:
    names = dict(zip(personas["id"], personas["persona"], strict=True))
    shares = {id: persona.share for id, persona in project.table("persona").items()}
    chosen = st.segmented_control(
        t("Persona"),
        list(names),
        default=next(iter(names)),
        required=True,
        key=f"persona_{len(names)}",
        label_visibility="collapsed",
        format_func=lambda id: names[id] + (f" · {number(shares[id], t.language)} %" if shares[id] is not None else ""),
    )
    sheet(project, str(chosen))
