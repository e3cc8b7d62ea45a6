"""Everything about one thing of the map, in a drawer: a touchpoint, a card, a stage with the answers behind it.

A page asks with :func:`ask`, and calls :func:`shown` last. The drawer stays open while what it shows is edited, also by
somebody else, until it is closed.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from analysis import Project
from analysis.language import N_
from analysis.project.filter_words import filter_line
from analysis.project.views import UNASSIGNED
from pages.sheets import card, stage, touchpoint
from pages.shell import session, workspace
from pages.shell.markdown import quoted

_OPEN = "_open_sheet"
#: what → (title of the drawer, icon, what draws it)
_SHEETS: dict[str, tuple[str, str, Callable[[Project, str], None]]] = {
    "touchpoint": (N_("Touchpoint"), "touch_app", touchpoint.draw),
    "card": (N_("Card"), "sticky_note_2", card.draw),
    "stage": (N_("Stage"), "view_column", stage.draw),
}
_WIDTH = 620


def ask(what: str, id: str) -> None:
    """Open the sheet of a touchpoint (by its own id or that of its placement), a card or a stage on this run or the next."""
    st.session_state[_OPEN] = (what, id)


def shown() -> None:
    """Draw the sheet that is open, if any. The last call of a page: only one drawer can be open."""
    if _OPEN not in st.session_state:
        return
    what, id = st.session_state[_OPEN]
    project = workspace.project()
    if what not in _SHEETS or id == UNASSIGNED or not _exists(project, what, id):
        _closed()
        return
    title, icon, _ = _SHEETS[what]
    drawer = st.dialog(session.t()(title), width=_WIDTH, position="right", icon=f":material/{icon}:", on_dismiss=_closed)
    drawer(_content)(what, id)


def _content(what: str, id: str) -> None:
    project = workspace.project()
    view = workspace.shown()
    if _exists(project, what, id):
        filtered = view is not project and what != "card" and _exists(view, what, id)  # a card has no figures
        if filtered:
            st.caption(quoted(filter_line(view, session.language())))
        _SHEETS[what][2](view if filtered else project, id)
    else:
        st.info(session.t()("This no longer exists: somebody may have deleted it."))


def _exists(project: Project, what: str, id: str) -> bool:
    return id in project.table(what) or (what == "touchpoint" and id in project.table("placement"))


def _closed() -> None:
    st.session_state.pop(_OPEN, None)
