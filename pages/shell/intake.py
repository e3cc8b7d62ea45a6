"""Taking files in: the drop zone, and what was read but not yet imported. The bytes are let go once they are read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from analysis import ParcoursError, read
from pages.shell import session
from pages.shell.markdown import quoted
from pages.shell.uploads import release

_PENDING, _REFUSED, _TURN = "_pending", "_refused", "_drop_turn"
TYPES = ["xlsx", "xlsm", "xlsb", "xls", "ods", "csv", "tsv", "txt", "zip"]


@dataclass
class Pending:
    """A file that was read: its tables as recognised or corrected, which of them are wanted."""

    name: str
    book: Any
    tables: list[Any]
    wanted: list[bool]
    turn: int
    plan: Any = None
    notes: dict[str, Any] = field(default_factory=dict)

    def chosen(self) -> list[Any]:
        return [table for table, wanted in zip(self.tables, self.wanted, strict=True) if wanted]


def receive() -> None:
    """A drop zone; what is dropped is read, then reviewed on the Data page."""
    t = session.t()
    turn = st.session_state.setdefault(_TURN, 0)
    files = st.file_uploader(
        t("Excel, LibreOffice or CSV files"), type=TYPES, accept_multiple_files=True, key=f"drop_{turn}",
        help=t("Nothing leaves this computer. Up to {n} MB a file.", n=50),
    )  # fmt: skip
    if files:
        take([(file.name, file.getvalue()) for file in files])
        release(*files)
        session.goto("data")
    refusals()


def refusals() -> None:
    """Say once which files could not be read, and what to do."""
    for name, sentence in st.session_state.pop(_REFUSED, []):
        st.error(f"**{quoted(name)}** — {sentence}", icon=":material/error:")


def take(files: list[tuple[str, bytes]]) -> None:
    """Read files; those that cannot be read are said, the others wait to be reviewed."""
    t = session.t()
    refused: list[tuple[str, str]] = []
    with st.status(t("Reading…"), expanded=False) as status:
        for name, data in files:
            status.update(label=t("Reading {name}…", name=name))
            try:
                add(name, read(data, name=name))
            except ParcoursError as error:
                refused.append((name, error.message(session.language())))
    st.session_state[_REFUSED] = refused
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1  # another uploader, empty again


def add(name: str, book: Any) -> None:
    """Let a read file wait for its review."""
    turn = st.session_state.get(_TURN, 0)
    tables = [table for table in book.tables if not table.hidden]
    useful = [table.kind != "unknown" for table in tables]
    st.session_state.setdefault(_PENDING, []).append(Pending(name, book, tables, useful, turn))


def pending() -> list[Pending]:
    """Files that wait for their review, in the order in which they came."""
    return list(st.session_state.get(_PENDING, []))


def forget() -> None:
    st.session_state.pop(_PENDING, None)
