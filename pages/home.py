"""Home: the first screen of a newcomer."""

from __future__ import annotations

import streamlit as st

from pages.shell import session

t = session.t()
st.title(t("From a spreadsheet to an action plan"))
st.write(
    t("Parcours turns a list of touchpoints, a survey or comments into a customer journey map, priorities and a plan.")
)
