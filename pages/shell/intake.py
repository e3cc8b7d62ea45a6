"""Taking files in: the drop zone, and what was read but not yet imported. The bytes are let go once they are read."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from analysis.project.importing.memory import Recollection
from analysis.project.importing.nameless import guessed
from pages.shell import session
from pages.shell.markdown import quoted
from pages.shell.reading import PATIENCE, Job
from pages.shell.uploads import release

_PENDING, _REFUSED, _TURN, _JOBS, _STOPPED = "_pending", "_refused", "_drop_turn", "_reading", "_stopped"
TYPES = ["xlsx", "xlsm", "xlsb", "xls", "ods", "csv", "tsv", "txt", "zip", "html", "htm"]


@dataclass
class Pending:
    """A file that was read: its tables as recognised or corrected, which of them are wanted.

    ``data`` holds the bytes of a text file while the import is open, since another encoding or separator may be asked for.
    """

    name: str
    book: Any
    tables: list[Any]
    turn: int
    data: bytes = b""
    wanted: list[bool] = field(default_factory=list)
    plan: Any = None
    #: sheets whose earlier corrections were applied, for which project; None: not asked yet
    recalled: dict[int, Recollection] = field(default_factory=dict)
    asked: str | None = None
    #: tables without a header whose columns were guessed, and those of them about which the visitor has said yes
    guessed: set[int] = field(default_factory=set)
    agreed: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        for index, table in enumerate(self.tables):
            found = guessed(table)
            if found is not None:
                self.tables[index] = found
                self.guessed.add(index)
        self.wanted = [_useful(table) for table in self.tables]

    def to_agree(self, index: int) -> bool:
        """Whether the visitor is still to be asked about a guess."""
        return index in self.guessed - self.agreed and not self.tables[index].header_rows

    def chosen(self) -> list[Any]:
        return [table for table, wanted in zip(self.tables, self.wanted, strict=True) if wanted]

    def replace(self, index: int, table: Any) -> None:
        """Take a corrected table in place of the one that was read."""
        before = self.tables[index]
        self.tables[index] = table
        if table.kind == "unknown":
            self.wanted[index] = False
        elif before.kind == "unknown":
            self.wanted[index] = not table.hidden

    def reread(self, book: Any) -> None:
        """Another reading of the same bytes."""
        self.book, self.plan, self.recalled, self.asked = book, None, {}, None
        self.tables, self.guessed, self.agreed = list(book.tables), set(), set()
        self.__post_init__()
        self.turn += 1000  # the choices of the earlier reading are nobody's


def _useful(table: Any) -> bool:
    return table.kind != "unknown" and not table.hidden


def receive(into: str | None = None) -> None:
    """A drop zone; what is dropped is read, then reviewed on the Data page. ``into``: the project that is offered first."""
    t = session.t()
    turn = st.session_state.setdefault(_TURN, 0)
    files = st.file_uploader(
        t("Excel, LibreOffice or CSV files"), type=TYPES, accept_multiple_files=True, key=f"drop_{turn}",
        help=t("Nothing leaves this computer. Up to {n} MB a file.", n=50),
    )  # fmt: skip
    if files:
        given = [(file.name, file.getvalue()) for file in files]
        release(*files)
        st.session_state["_into"] = into
        take(given)
        session.goto("data")
    refusals()


def refusals() -> None:
    """Say once which files could not be read, and what to do; and which were stopped."""
    t = session.t()
    for name in st.session_state.pop(_STOPPED, []):
        st.info(t("Reading “{file}” was stopped; nothing of it has been imported.", file=quoted(name)), icon=":material/block:")
    for name, sentence in st.session_state.pop(_REFUSED, []):
        st.error(f"**{quoted(name)}** — {sentence}", icon=":material/error:")


def take(files: list[tuple[str, bytes]]) -> None:
    """Read files; those that cannot be read are said, the others wait to be reviewed. Large ones go on beside the page."""
    t = session.t()
    jobs = [Job(name, data).start() for name, data in files]
    files.clear()
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1  # another uploader, empty again
    st.session_state[_JOBS] = [*st.session_state.get(_JOBS, []), *jobs]
    until = time.monotonic() + PATIENCE
    with st.spinner(t("Reading…")):
        for job in jobs:
            job.wait(until - time.monotonic())
    collect()


def collect() -> None:
    """Take over what has been read since the last look, in the order in which it came."""
    refused = st.session_state.setdefault(_REFUSED, [])
    jobs: list[Job] = st.session_state.get(_JOBS, [])
    while jobs and jobs[0].done:
        job = jobs.pop(0)
        sentence = job.refusal(session.language(), _unexpected)
        if sentence is None:
            add(job.name, job.book, job.data)
        elif not job.cancel.is_set():
            refused.append((job.name, sentence))


def _unexpected(error: Exception) -> str:
    logging.getLogger("parcours").error("a file could not be read", exc_info=error)
    return session.t()("This file could not be read. Save it again as .xlsx or .csv and try again.")


def busy() -> bool:
    """Whether a file is still being read."""
    collect()
    return bool(st.session_state.get(_JOBS))


@st.fragment(run_every=0.6)
def reading() -> None:
    """The files that are still being read, each with how far it is and a way to stop it."""
    t = session.t()
    jobs: list[Job] = st.session_state.get(_JOBS, [])
    if not jobs or jobs[0].done:
        st.rerun()
    for place, job in enumerate(jobs):
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            with st.container(width="stretch", gap=None):
                st.progress(1.0 if job.done else job.share(), text=f"**{quoted(job.name)}** · {job.line(t)}")
            st.button(t("Stop"), key=f"stop_{place}_{job.name}", icon=":material/close:", on_click=_stop, args=(job,))


def _stop(job: Job) -> None:
    job.stop()
    st.session_state.setdefault(_STOPPED, []).append(job.name)
    st.session_state[_JOBS] = [other for other in st.session_state.get(_JOBS, []) if other is not job]


def add(name: str, book: Any, data: bytes = b"") -> None:
    """Let a read file wait for its review."""
    turn = st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
    st.session_state.setdefault(_PENDING, []).append(Pending(name, book, list(book.tables), turn, data))


def pending() -> list[Pending]:
    """Files that wait for their review, in the order in which they came."""
    return list(st.session_state.get(_PENDING, []))


def forget() -> None:
    """Let everything go that was read but not imported."""
    st.session_state.pop(_PENDING, None)
    for job in st.session_state.pop(_JOBS, []):
        job.stop()
