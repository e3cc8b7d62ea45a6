"""Presenter mode: the project told on the wall, one idea a slide; ``?notes=1`` is the speaker's window."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from analysis import Project
from analysis.project.views import emotion_faces
from pages.decide.deliverables import shown
from pages.presenting import show
from pages.presenting.choice import Choice, read
from pages.presenting.deck import ClockReset, DeckEvent, FollowAsked, Left, TellAsked, Went, deck
from pages.presenting.link import follow_link
from pages.presenting.told import mark_of, slides_of
from pages.shell import filtering, session, workspace

_LEAVING = "_leaving_show"
#: seconds between two looks at what others change: with the time to draw it, what is seen on the wall is less than a second old
_EVERY = 0.45
#: the journey of this visit, and what it last gave to be told
_JOURNEY, _GIVEN = "_told_journey", "_given_choice"
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
        case TellAsked():
            tell(project, event)
        case ClockReset():
            show.restart_clock(project)
        case Left(page=page):
            st.session_state[_LEAVING] = page


def tell(project: str, asked: TellAsked) -> None:
    """Tell something else; this visit keeps it on its other pages too."""
    now = read(show.show_of(project).told)
    choice = Choice(
        replace(now.filter, persona=asked.persona), asked.journey, replace(now.privacy, client=asked.client)
    )  # fmt: skip
    filtering.keep(project, choice.filter)
    st.session_state[_JOURNEY], st.session_state["export_client"] = asked.journey, asked.client
    st.session_state[_GIVEN] = choice
    show.choose(project, choice.written())


def own_choice(project: Project, id: str) -> Choice:
    """What this visit looks at: its filter, its journey, and what its deliverables may show."""
    if "journey" in st.session_state:
        st.session_state[_JOURNEY] = st.session_state["journey"]
    journey = st.session_state.get(_JOURNEY)
    return Choice(filtering.chosen(id).known(project), journey if journey in project.table("journey") else None, shown())


def told(project: Project, choice: Choice) -> dict[str, Any]:
    """What can be told, and what is."""
    personas = sorted(project.table("persona").items(), key=lambda item: (item[1].order, item[0]))
    return {
        "journeys": [(id, journey.title) for id, journey in project.journeys_in_order()],
        "personas": [(id, persona.name) for id, persona in personas],
        "journey": choice.journey if choice.journey in project.table("journey") else project.first_journey,
        "persona": choice.filter.persona,
        "client": choice.privacy.client,
        "mark": mark_of(workspace.project_id(), session.language(), choice),
    }


@st.fragment(run_every=_EVERY)
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
    notes = st.query_params.get("notes") == "1"
    show.speak(id, language)
    choice = own_choice(project, id)
    if not notes and st.session_state.get(_GIVEN) != choice:  # the screen decides; its speaker's window follows
        st.session_state[_GIVEN] = choice
        show.choose(id, choice.written())
    filtering.write_address(filtering.chosen(id).known(project))
    now = show.show_of(id)
    given = read(now.told)
    deck(
        slides_of(id, project.revision, language, given, shown=now.slide),
        now,
        notes=notes,
        language=language,
        notes_link="?" + urlencode({"notes": 1, "project": id}),
        told=told(project, given),
        faces=emotion_faces(project),
        follow=follow_link(now.code) if now.code else None,
        key=f"deck_{id}",
        on_event=happened,
    )


st.html(_BARE)
presentation()
