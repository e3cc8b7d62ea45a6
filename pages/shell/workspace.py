"""The opened project of a visit: which one it is, editing it, undo and redo, and following what others change."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, NoReturn

import streamlit as st

from analysis import ParcoursError, Project, Store
from analysis.language import Translator, number
from analysis.project import Command
from analysis.project.database import default_url
from pages.shell import filtering, session
from pages.shell.markdown import quoted

_OPENED, _SEEN, _TOLD = "_project", "_revision", "_told"
#: seconds between two looks at what others have changed
EVERY = 0.7
#: a person who has not said a name: the fingerprint of a visit
_NAMELESS = re.compile("[0-9a-f]{12}")


def store() -> Store:
    """The store of this server, opened once."""
    return _opened_store(default_url())


@lru_cache(maxsize=4)
def _opened_store(url: str) -> Store:
    return Store(url)


def open_project(id: str) -> None:
    """Make a project the one that every page shows."""
    st.session_state[_OPENED] = id
    st.session_state.pop(_SEEN, None)


def opened() -> str | None:
    """The id of the opened project: of the address, else of this visit, else the one changed last."""
    asked = st.query_params.get("project")
    if asked and asked != st.session_state.get(_OPENED) and _exists(asked):
        open_project(asked)
    if st.session_state.get(_OPENED) is None:
        recent = store().projects(archived=False)
        st.session_state[_OPENED] = None if recent.empty else str(recent["id"].iloc[0])
    id = st.session_state[_OPENED]
    if id is not None and st.session_state.get(session.THERE) != id:  # asked of the store once a run: pages ask here often
        if not _exists(id):
            st.session_state[_OPENED] = id = None
        elif session.THERE in st.session_state:
            st.session_state[session.THERE] = id
    return id  # type: ignore[no-any-return]


def _exists(id: str) -> bool:
    try:
        return store().revision(id) > 0
    except ParcoursError:
        return False


def close_project() -> None:
    st.session_state[_OPENED] = None
    st.query_params.pop("project", None)


def project_id() -> str:
    """The id of the opened project; without one the visitor is sent home, where projects are made and opened."""
    id = opened()
    if id is None:
        session.goto("home")
    if st.query_params.get("project") != id:
        st.query_params["project"] = id  # a reload, a bookmark or a copied address shows the same project
    return id


def project() -> Project:
    """The opened project as it is now."""
    found = store().load(project_id())
    st.session_state[_SEEN] = found.revision
    return found


def shown() -> Project:
    """The opened project as this visit's filter shows it."""
    return project().filtered(filtering.chosen(project_id()))


def edit(commands: Command | Iterable[Command], label: str = "", /, **values: Any) -> bool:
    """Carry an edit out, kept before this returns. False: it was refused, and the person has been told why.

    ``label`` is what the history shows, an English message with placeholders for ``values``.
    """
    try:
        store().apply(project_id(), commands, author=session.author(), label=(label, values) if values else label)
    except ParcoursError as error:
        tell(error)
        return False
    return True


def tell(error: ParcoursError) -> None:
    """Say what went wrong, in a moment's message."""
    st.toast(error.message(session.language()), icon=":material/error:", duration="long")


def undo() -> None:
    _back(store().undo)


def redo() -> None:
    _back(store().redo)


def _back(step: Callable[..., Project]) -> None:
    try:
        step(project_id(), author=session.author())
    except ParcoursError as error:
        tell(error)


def can() -> tuple[bool, bool]:
    """Whether the person has something to undo, and to redo."""
    return store().can(project_id(), author=session.author())


def header(
    title: str, *, intro: Callable[[Project], str] | None = None, tools: Callable[[Project], None] | None = None, filtered: bool = False
) -> Project:
    """The top of a page: its title, the project's name, then ``tools``, or undo and redo. Gives the project to draw.

    ``filtered``: the page has the filter's button, and gets the project as the filter shows it.
    """
    t = session.t()
    whole = project()
    filtering.write_address(filtering.chosen(project_id()).known(whole))
    current = whole.filtered(filtering.chosen(project_id())) if filtered else whole
    can_undo, can_redo = can()
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        with st.container(gap=None, width="stretch", key="page_words"):
            st.title(title, anchor=False)
            st.caption(quoted(current.name) + (f" · {intro(current)}" if intro else ""))
        if filtered:
            filtering.button(whole, project_id())
        if tools:
            tools(current)
        else:
            st.button(t("Undo"), icon=":material/undo:", key="undo", help=t("Undo my last change"), disabled=not can_undo, on_click=undo)
            st.button(t("Redo"), icon=":material/redo:", key="redo", help=t("Redo"), disabled=not can_redo, on_click=redo)
        from pages.map.history import history_button  # it asks this module for the project

        history_button(t)
    filtering.banner(current, project_id())
    follow()
    return current


@st.fragment(run_every=EVERY)
def follow() -> None:
    """Look for what others have changed; when they have, draw the page again and say whose edit replaced one of ours."""
    id, seen = st.session_state.get(_OPENED), st.session_state.get(_SEEN)
    if id is None or seen is None:
        return
    try:
        now = store().revision(id)
    except ParcoursError:
        st.session_state[_OPENED] = None
        st.rerun()
    if now != seen:
        _tell_replaced(id, seen)
        st.session_state[_SEEN] = now
        st.rerun()


def _tell_replaced(id: str, since: int) -> None:
    t = session.t()
    for lost in store().replaced(id, author=session.author(), since=since)[:3]:
        who = t("Somebody else") if _NAMELESS.fullmatch(lost["by"]) else lost["by"]
        st.toast(
            t("{who} has changed what you had just set: it is now {value}.", who=who, value=_shown(lost["now"], t)), icon=":material/group:"
        )


def _shown(value: Any, t: Translator) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return number(value, t.language)
    text = "–" if value in (None, "") else str(value)
    return text if len(text) < 60 else text[:57] + "…"


def leave(name: str, **query: str) -> NoReturn:
    """Go to another page with the same project opened."""
    id = st.session_state.get(_OPENED)
    session.goto(name, **({"project": id} if id else {}), **query)


@contextlib.contextmanager
def patient(text: str) -> Any:
    """A spinner with a sentence, for work that takes more than a moment."""
    with st.spinner(text, show_time=True):
        yield
