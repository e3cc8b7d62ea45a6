"""Presenter mode: the project told on the wall, one idea a slide; ``?notes=1`` is the speaker's window."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from pages.presenting import show
from pages.presenting.deck import ClockReset, DeckEvent, FollowAsked, Left, Went, deck
from pages.presenting.link import follow_link
from pages.presenting.told import slides_of
from pages.shell import session, workspace

_LEAVING = "_leaving_show"
#: nothing but the deck: no menu, no header, and no fading while a rerun is on its way
_BARE = """<style>
[data-testid=stSidebar], [data-testid=stHeader], [data-testid=stExpandSidebarButton] { display: none !important; }
[data-stale=true], [data-testid=stElementContainer] { opacity: 1 !important; transition: none !important; }
html, body { overflow: hidden; overscroll-behavior: none; }
</style>"""


def happened(event: DeckEvent) -> None:
    """Carry out what the speaker did."""
    project = workspace.project_id()
    match event:
        case Went(slide=slide, blank=blank):
            show.move(project, slide, blank=blank, language=session.language())
        case FollowAsked(on=on):
            show.let_follow(project, on)
        case ClockReset():
            show.restart_clock(project)
        case Left(page=page):
            st.session_state[_LEAVING] = page


@st.fragment(run_every=workspace.EVERY)
def presentation() -> None:
    """The deck as it is now: what the other windows do and what others change in the project comes in by itself.

    It is drawn in the fragment, and not again by a rerun of the page: what a key does costs one small run, and the deck is
    never mounted twice.
    """
    if _LEAVING in st.session_state:
        wished = st.session_state.pop(_LEAVING)
        workspace.leave("journey" if wished == "back" else wished)
    project, language = workspace.project(), session.language()
    id = workspace.project_id()
    show.speak(id, language)
    now = show.show_of(id)
    deck(
        slides_of(id, project.revision, language),
        now,
        notes=st.query_params.get("notes") == "1",
        language=language,
        notes_link="?" + urlencode({"notes": 1, "project": id}),
        follow=follow_link(now.code) if now.code else None,
        key=f"deck_{id}",
        on_event=happened,
    )


st.html(_BARE)
presentation()
