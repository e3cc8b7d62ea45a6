"""Sheets to fill in: one for each kind of table, in the visitor's language."""

from __future__ import annotations

from functools import partial

import streamlit as st

from analysis.templates.sheets import SHEETS, sheet
from pages.shell import session


def blanks() -> None:
    """A small menu of templates to download."""
    t = session.t()
    with st.popover(t("Templates to fill in"), icon=":material/table_chart:"):
        st.caption(t("Excel files with headers, examples and drop-downs. Filled in and dropped here, they are read as they are."))
        for name, made in SHEETS.items():
            st.download_button(
                t(made.title), data=partial(sheet, name, t.language), file_name=f"{t(made.file)}.xlsx", key=f"blank_{name}",
                icon=":material/download:", width="stretch", on_click="ignore", help=t(made.help),
            )  # fmt: skip
