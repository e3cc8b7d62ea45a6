"""Workshop: a room votes from its phones, and the map answers."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from analysis.language import date
from analysis.workshop import Workshop
from analysis.workshop.agenda import propose
from pages.live import office
from pages.live.after import after
from pages.live.backstage import backstage
from pages.live.prepare import prepare
from pages.live.run import run
from pages.shell import session, workspace
from pages.shell.markdown import quoted

t = session.t()
STATES = {"draft": t("In preparation"), "open": t("The room is open"), "ended": t("Over")}


def create() -> None:
    """A workshop with an agenda made from the project."""
    project = workspace.store().load(workspace.project_id())
    title = st.session_state.get("workshop_title", "").strip() or t("Workshop")
    agenda = propose(project, language=session.language())
    made = office.rooms().create(workspace.project_id(), title, author=session.author(), rounds=agenda, language=session.language())
    office.show(made.id, "prepare")


def listed(workshop: Workshop) -> None:
    """One workshop of the list."""
    view = {"draft": "prepare", "open": "run", "ended": "after"}[workshop.state]
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        with st.container(gap=None, width="stretch"):
            st.markdown(f"**{quoted(workshop.title)}**" + (f" · {t('dry run')}" if workshop.dry_run else ""))
            st.caption(f"{STATES[workshop.state]} · {date(dt.datetime.fromisoformat(workshop.created), t.language)}")
        if workshop.dry_run or workshop.state == "draft":
            st.button(
                t("Delete"), key=f"delete_{workshop.id}", icon=":material/delete:", on_click=office.rooms().delete, args=(workshop.id,)
            )
        st.button(
            t("Open"), key=f"open_{workshop.id}", type="primary" if workshop.state == "open" else "secondary",
            on_click=office.show, args=(workshop.id, view),
        )  # fmt: skip


def workshops() -> None:
    """The workshops of the project, and how to begin one."""
    workspace.header(t("Workshop"))
    found = office.rooms().of_project(workspace.project_id())
    if not found:
        st.info(
            t("A room votes from its phones: emotions, impact and effort, dots, pain points and ideas. The results go into the map."),
            icon=":material/how_to_vote:",
        )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(t("Name of the workshop"), key="workshop_title", max_chars=80, placeholder=t("Workshop"))
        st.button(t("Prepare a workshop"), type="primary", icon=":material/add:", on_click=create)
    for workshop in found:
        listed(workshop)


def page() -> None:
    workshop = office.current()
    if workshop is None:
        workshops()
        return
    view = st.query_params.get("view", "prepare")
    if view == "backstage":
        backstage(workshop)
        return
    workspace.header(workshop.title)
    _tabs(workshop, view)
    {"prepare": prepare, "run": run, "after": after}.get(view, prepare)(workshop)


def _tabs(workshop: Workshop, view: str) -> None:
    """The three moments of a workshop, and the way back to the list."""
    names = {"prepare": t("Prepare"), "run": t("Run"), "after": t("After")}
    chosen = f"moment_{workshop.id}"
    st.session_state[chosen] = view if view in names else "prepare"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(t("All workshops"), icon=":material/arrow_back:", on_click=office.leave, type="tertiary")
        st.segmented_control(
            t("Moment"), list(names), key=chosen, format_func=names.__getitem__, required=True, label_visibility="collapsed",
            on_change=lambda: office.show(workshop.id, st.session_state[chosen]),
        )  # fmt: skip


page()
