"""What the facilitator's screens have in common: the library's parts over this server's store, and telling a refusal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn

import streamlit as st

from analysis import ParcoursError
from analysis.workshop import Rooms, Workshop
from analysis.workshop.ballots import Ballots
from analysis.workshop.moderation import Moderation
from analysis.workshop.people import People
from analysis.workshop.results import Results
from pages.shell import session, workspace

VIEWS = ("prepare", "run", "after", "backstage")


def rooms() -> Rooms:
    return Rooms(workspace.store().engine)


def people() -> People:
    return People(workspace.store().engine)


def results() -> Results:
    return Results(workspace.store().engine)


def moderation() -> Moderation:
    return Moderation(workspace.store().engine)


def ballots() -> Ballots:
    return Ballots(workspace.store().engine)


def attempt(action: Callable[..., Any], *arguments: Any, **values: Any) -> Any:
    """Do what the facilitator asks; a refusal is told, and gives None."""
    try:
        return action(*arguments, **values)
    except ParcoursError as reason:
        workspace.tell(reason)
        return None


def show(workshop: str, view: str) -> None:
    """Which workshop and which of its screens the address says; for callbacks, which are followed by a run."""
    st.query_params["workshop"] = workshop
    st.query_params["view"] = view


def leave() -> None:
    """Back to the list."""
    for name in ("workshop", "view"):
        st.query_params.pop(name, None)


def current() -> Workshop | None:
    """The workshop of the address, if it is one of the opened project."""
    id = st.query_params.get("workshop")
    if not id:
        return None
    try:
        found = rooms().get(id)
    except ParcoursError:
        return None
    return found if found.project == workspace.project_id() else None


def again() -> NoReturn:
    st.rerun()


def address(workshop: Workshop, view: str) -> str:
    """The address of one of a workshop's screens, on this server."""
    return f"/workshop?project={workshop.project}&workshop={workshop.id}&view={view}&lang={session.language()}"
