"""Actions that the library proposes, each with its reason and its remedy: accepted, changed first, or dismissed."""

from __future__ import annotations

import streamlit as st

from analysis import Project
from pages.decide import planning
from pages.shell import session


def welcome(project: Project) -> None:
    """An empty plan says what to do."""
    t = session.t()
    st.markdown(
        t(
            "The plan is still empty. Take over what is proposed below, write an action yourself, or send touchpoints here from the priorities."
        )
    )
    planning.adding()
    draw(project)


def draw(project: Project) -> None:
    pass
