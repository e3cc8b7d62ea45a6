"""Taking files in: the drop zone, and what was read but not yet imported."""

from __future__ import annotations

import streamlit as st

from analysis import ParcoursError, read
from pages.shell import session

PENDING, REFUSED, _TURN = "_pending", "_refused", "_drop_turn"
TYPES = ["xlsx", "xlsm", "xlsb", "xls", "ods", "csv", "tsv", "txt", "zip"]


def receive() -> None:
    """A drop zone; what is dropped is read, then reviewed on the Data page."""
    t = session.t()
    turn = st.session_state.setdefault(_TURN, 0)
    files = st.file_uploader(
        t("Excel, LibreOffice or CSV files"), type=TYPES, accept_multiple_files=True, key=f"drop_{turn}",
        help=t("Nothing leaves this computer. Up to {n} MB a file.", n=50),
    )  # fmt: skip
    if files:
        take(files)
        session.goto("data")
    for name, sentence in st.session_state.pop(REFUSED, []):
        st.error(f"**{name}** — {sentence}", icon=":material/error:")


def take(files: list) -> None:
    """Read files; those that cannot be read are said, the others wait to be reviewed. The bytes are let go."""
    t = session.t()
    pending, refused = [], []
    with st.status(t("Reading…"), expanded=True) as status:
        for file in files:
            status.update(label=t("Reading {name}…", name=file.name))
            try:
                pending.append((file.name, read(file.getvalue(), name=file.name)))
            except ParcoursError as error:
                refused.append((file.name, error.message(session.language())))
    st.session_state[PENDING] = pending
    st.session_state[REFUSED] = refused
    st.session_state[_TURN] += 1  # another uploader: the old one's bytes are freed


def pending() -> list:
    return list(st.session_state.get(PENDING, []))


def forget() -> None:
    st.session_state.pop(PENDING, None)
