"""After: the minutes, the votes as tables, and results that were not taken in yet."""

from __future__ import annotations

import streamlit as st

from analysis.workshop import Workshop
from analysis.workshop.minutes import Minutes, Secretary, as_csv
from analysis.workshop.minutes_page import headed, minutes_page, votes_workbook
from pages.live import office
from pages.live.accept import accept
from pages.shell import session, workspace
from pages.shell.markdown import quoted


def after(workshop: Workshop) -> None:
    """The whole screen."""
    t = session.t()
    minutes = secretary().minutes(workshop.id)
    if not minutes.turnouts:
        st.info(t("No round has been held yet."), icon=":material/hourglass_empty:")
        return
    if workshop.state == "open":
        st.info(t("The room is still open. What is not revealed is not in the minutes."), icon=":material/lock_clock:")
    _downloads(workshop, minutes)
    for round in minutes.rounds:
        if round.state != "waiting":
            _held(workshop, minutes, round.id)


def secretary() -> Secretary:
    return Secretary(workspace.store().engine)


def _downloads(workshop: Workshop, minutes: Minutes) -> None:
    t, language = session.t(), session.language()
    stem = "".join(c if c.isalnum() else "-" for c in workshop.title).strip("-") or "workshop"
    with st.container(horizontal=True):
        st.download_button(
            t("Minutes of the workshop"),
            lambda: minutes_page(minutes, language),
            f"{stem}.html",
            "text/html",
            icon=":material/description:",
            on_click="ignore",
            type="primary",
            help=t("Opens in a browser, Word or LibreOffice"),
        )
        st.download_button(t("Votes (Excel)"), lambda: votes_workbook(minutes, secretary().votes(workshop.id), language), f"{stem}.xlsx",
                           on_click="ignore", icon=":material/table:")  # fmt: skip
        st.download_button(t("Votes (CSV)"), lambda: as_csv(headed(secretary().votes(workshop.id), language), language), f"{stem}.csv",
                           "text/csv", on_click="ignore", icon=":material/csv:")  # fmt: skip


def _held(workshop: Workshop, minutes: Minutes, id: str) -> None:
    """One round: how many voted, what was decided, and taking it in."""
    t = session.t()
    round, seen = next(r for r in minutes.rounds if r.id == id), minutes.turnouts[id]
    with st.expander(
        f"{minutes.number(round)}. {quoted(round.question)}", icon=":material/task_alt:" if round.accepted else ":material/ballot:"
    ):
        st.caption(t("{voted} of {of} voted.", voted=seen.voted, of=seen.of))
        note = st.text_input(t("What was decided (for the minutes)"), value=round.note, key=f"after_note_{id}", max_chars=500)
        if note.strip() != round.note:
            office.attempt(office.rooms().decide, id, note)
        result = minutes.results.get(id)
        if result is None:
            st.markdown(t("This round was not revealed: its results are not told."))
            st.button(t("Reveal"), key=f"after_reveal_{id}", on_click=office.attempt, args=(office.rooms().reveal, id))
        elif not workshop.dry_run:
            accept(workshop, result)
