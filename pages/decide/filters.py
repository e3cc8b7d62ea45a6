"""Which touchpoints are shown: by family and owner, for every view of the priorities. Stages are the whole app's filter."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis import Project
from analysis.language import N_
from analysis.project.priorities import narrowed
from analysis.reports.words import FAMILIES, word
from pages.shell import session
from pages.shell.echoes import aside
from pages.shell.synced import put, synced

COLUMNS = {"family": N_("Family"), "owner": N_("Owner")}


def chosen(project: Project) -> dict[str, list[str]]:
    """The filter's button, with what it holds; gives column → accepted values."""
    t = session.t()
    options = {column: list(project.touchpoints[column].dropna().unique()) for column in COLUMNS}
    kept = {column: [v for v in st.session_state.get(_key(column), []) if v in options[column]] for column in COLUMNS}
    active = sum(map(bool, kept.values()))
    if not any(options.values()):
        return kept
    with aside(t("Families and owners") + (f" ({active})" if active else ""), icon=":material/filter_list:", key="filters"):
        for column, label in COLUMNS.items():
            if options[column]:
                st.multiselect(
                    t(label), options[column], key=synced(_key(column), kept[column]), placeholder=t("All"), persist_state="session",
                    format_func=lambda value: word(FAMILIES, value, t) or value,
                )  # fmt: skip
        if active:
            st.button(t("Show all"), icon=":material/filter_alt_off:", on_click=clear, key="filters_off")
    return kept


def apply(frame: pd.DataFrame, choice: dict[str, list[str]]) -> pd.DataFrame:
    """The rows of the choice, and a line that says how many they are."""
    found = narrowed(frame, **choice)
    if any(choice.values()):
        t = session.t()
        st.caption(t("{shown} of {all} touchpoints shown", shown=len(found), all=len(frame)))
    return found


def clear() -> None:
    for column in COLUMNS:
        put(_key(column), [])


def _key(column: str) -> str:
    return f"filter_{column}"
