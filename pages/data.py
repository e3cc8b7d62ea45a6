"""Data: what was read and waits to be imported, and what the project has received so far."""

from __future__ import annotations

import streamlit as st

from pages.shell import intake, session, workspace
from pages.shell.blanks import blanks
from pages.shell.holdings import holdings
from pages.shell.refused import refusals
from pages.shell.review import landed, review

t = session.t()
landed()
id = workspace.opened()
intake.restore(st.query_params.get("project") or None, id)
if intake.busy():
    st.title(t("Data"), anchor=False)
    intake.reading()
elif (waiting := intake.pending()) or id is None:
    st.title(t("Data"), anchor=False)
    said = t("Check what was recognised, then import it. Nothing is written before that.")
    if waiting:
        said += " " + t("Until then it waits here, also when the page is reloaded: two hours at most.")
    st.caption(said)
    if waiting:
        refusals()
        review(waiting)
    else:
        intake.receive()
        blanks()
else:
    project = workspace.header(t("Data"))
    intake.receive(into=id)
    blanks()
    holdings(project)
