"""Taking files in: the drop zone, and what was read but not yet imported. The bytes are let go once they are read."""

from __future__ import annotations

import logging
import time

import streamlit as st

from analysis.language import N_
from pages.shell import session
from pages.shell.markdown import quoted
from pages.shell.memory import give_back
from pages.shell.pending import Pending as Pending
from pages.shell.reading import PATIENCE, Job
from pages.shell.refused import LIMIT, TOGETHER, TURN, refusals, refused, stopped
from pages.shell.shelf import SHELF, Waiting
from pages.shell.uploads import here, release

_WAITING, _ARRIVED = "_waiting", "_arrived"
_FULL = {
    "visit": N_("This file was not read: {n} MB at most can wait for their import. Import what waits, or give it up, then drop it again."),
    "server": N_("This file was not read: the files of others fill the memory of this server. Drop it again in a few minutes."),
}


def receive(into: str | None = None) -> None:
    """A drop zone; what is dropped is read, then reviewed on the Data page. ``into``: the project that is offered first."""
    t = session.t()
    turn = st.session_state.setdefault(TURN, 0)
    st.file_uploader(  # of any type: what is no spreadsheet is told by its content, and in a sentence
        t("Excel, LibreOffice or CSV files"), accept_multiple_files=True, key=f"drop_{turn}", on_change=_dropped, args=(turn, into),
        help=t("Nothing leaves this computer. Up to {n} MB a file.", n=LIMIT),
    )  # fmt: skip
    if st.session_state.get(_ARRIVED) and (busy() or pending()):
        session.goto("data")
    refusals()  # where nothing is to be reviewed, what was wrong is said where the files were dropped


def _dropped(turn: int, into: str | None) -> None:
    """Begin to read what was dropped. A callback, since only those come to their end: a run that is broken off would lose the files."""
    files = st.session_state.get(f"drop_{turn}") or []
    if not files:
        return
    waiting = _ours()
    for file in files:
        if full := waiting.full(file.size):
            refused(file.name, session.t()(_FULL[full], n=TOGETHER))
        else:
            waiting.jobs.append(Job(file.name, file.getvalue()).start())
    release(*files)
    if not waiting.jobs:
        st.session_state[TURN] = turn + 1
        return
    waiting.into = waiting.target = into
    SHELF.keep(waiting)
    st.session_state[TURN] = turn + 1  # another uploader, empty again
    st.session_state[_ARRIVED] = True


def _ours() -> Waiting:
    """What waits in this visit."""
    found: Waiting = st.session_state.setdefault(_WAITING, Waiting(session.author(), here()))
    return found


def restore(asked: str | None, opened: str | None) -> None:
    """Take up what this browser left waiting when the page was reloaded: on the project of the address, else on none or the opened one."""
    known: Waiting | None = st.session_state.get(_WAITING)
    if known is not None and (known.files or known.jobs):
        return
    author, visit = session.author(), here()
    found = SHELF.take(author, visit, asked)
    if found is None and asked is None and opened is not None:
        found = SHELF.take(author, visit, opened)
    if found is not None:
        for file in found.files:
            file.plan = None  # it starts from a project of the other visit
        st.session_state[_WAITING] = found


def reminder() -> None:
    """Elsewhere than on the Data page: what waits to be imported, and the way there."""
    t, names = session.t(), [one.name for one in (*_ours().files, *_ours().jobs)]
    if names and not st.session_state.get(_ARRIVED):
        with st.container(border=True, horizontal=True, vertical_alignment="center", key="reminder"):
            said = t.n("{files} waits to be imported.", "{files} wait to be imported.", len(names),
                       files=", ".join(f"**{quoted(name)}**" for name in names[:5]))  # fmt: skip
            st.markdown(f":material/hourglass_top: {said}", width="stretch")
            if st.button(t("Go on with it"), key="go_on", icon=":material/arrow_forward:"):
                session.goto("data")


def _wait() -> None:
    """Give what was just dropped the moment that a small file takes; large ones go on beside the page."""
    if not st.session_state.get(_ARRIVED):
        return
    until = time.monotonic() + PATIENCE
    with st.spinner(session.t()("Reading…")):
        for job in list(_ours().jobs):
            job.wait(until - time.monotonic())
    st.session_state[_ARRIVED] = False


def collect() -> None:
    """Take over what has been read since the last look, in the order in which it came.

    A run may be broken off wherever it asks the visit's state for something: a file leaves the jobs only when it is elsewhere.
    """
    waiting, language = _ours(), session.language()
    while waiting.jobs and waiting.jobs[0].done:
        job = waiting.jobs[0]
        sentence = job.refusal(language, _unexpected)
        if sentence is None:
            waiting.files.append(Pending(job.name, job.book, list(job.book.tables), job.data, job.size))
        elif not job.cancel.is_set():
            refused(job.name, sentence)
        waiting.jobs.pop(0).let_go()


def _unexpected(error: Exception) -> str:
    logging.getLogger("parcours").error("a file could not be read", exc_info=error)
    return session.t()("This file could not be read. Save it again as .xlsx or .csv and try again.")


def busy() -> bool:
    """Whether a file is still being read."""
    _wait()
    collect()
    return bool(_ours().jobs)


@st.fragment(run_every=0.6)
def reading() -> None:
    """The files that are still being read, each with how far it is and a way to stop it."""
    t, jobs = session.t(), _ours().jobs
    if not jobs or jobs[0].done:
        st.rerun()
    for place, job in enumerate(jobs):
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            with st.container(width="stretch", gap=None):
                st.progress(1.0 if job.done else job.share(), text=f"**{quoted(job.name)}** · {job.line(t)}")
            st.button(t("Stop"), key=f"stop_{place}_{job.name}", icon=":material/close:", on_click=_stop, args=(job,))


def _stop(job: Job) -> None:
    job.stop()
    stopped(job.name)
    if job in (jobs := _ours().jobs):
        jobs.remove(job)
    give_back(job.size)


def waiting() -> Waiting:
    """What waits in this visit, with what was said of where it goes."""
    return _ours()


def pending() -> list[Pending]:
    """Files that wait for their review, in the order in which they came."""
    return list(_ours().files)


def forget() -> None:
    """Let everything go that was read but not imported."""
    found: Waiting | None = st.session_state.pop(_WAITING, None)
    if found is not None:
        SHELF.drop(found)
        for job in found.jobs:
            job.stop()
        found.files.clear()  # another visit may hold it too
        found.jobs.clear()
