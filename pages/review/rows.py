"""Step 4, the rows: every group of the balance can be opened, and rows moved between them; what was not understood."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from analysis.language import N_, Translator
from analysis.reading import corrections as correct
from analysis.workshop.minutes import as_csv
from pages.review.words import GROUPS, REASONS, shortened
from pages.shell.pending import Pending

SEVERITIES = {"error": N_("error"), "warning": N_("to check"), "info": N_("for information")}
#: rows of a group that are listed
MOST = 500
#: of the list of problems, in pixels: what is said takes what is left
_WIDTHS = {"cell": 60, "header": 120, "value": 115, "message": 330, "done": 230}


def rows(file: Pending, index: int, key: str, silent: pd.DataFrame, t: Translator) -> None:
    """Choose a group, see its rows, move some of them to another group."""
    table = file.tables[index]
    counts = table.rows.value_counts()
    groups = [group for group in GROUPS if counts.get(group, 0)]
    first = "total" if "total" in groups else groups[0]
    group = st.segmented_control(
        t("Rows taken for"), groups, default=first, key=f"group_{key}", format_func=lambda g: f"{t(GROUPS[g])} ({int(counts[g])})"
    ) or first  # fmt: skip
    places = np.flatnonzero((table.rows == group).to_numpy())[:MOST].tolist()
    texts = {row: line(table, row) for row in places}
    st.dataframe(
        pd.DataFrame({t("Row"): [table.grid.sheet_row(row) for row in places], t("Content"): [texts[row] for row in places]}),
        hide_index=True, width="stretch", height=min(38 + 35 * len(places), 290),
    )  # fmt: skip
    if counts[group] > MOST:
        st.caption(t("The first {n} are shown.", n=MOST))
    if group != "blank":
        _move(file, index, f"{key}_{group}", str(group), texts, t)
    if len(silent):
        st.caption(t("Rows of data that bring nothing to the map:"))
        said = silent["reason"].map(lambda reason: t(REASONS[reason]))
        st.dataframe(
            pd.DataFrame({t("Cell"): silent["cell"], t("Content"): silent["content"], t("What"): said}).head(MOST),
            hide_index=True,
            width="stretch",
        )


def _move(file: Pending, index: int, key: str, group: str, texts: dict[int, str], t: Translator) -> None:
    table = file.tables[index]
    left, middle, right = st.columns([4, 2, 1.3], vertical_alignment="bottom")
    chosen = left.multiselect(
        t("Rows to move"), list(texts), select_all=False, key=f"move_{key}", placeholder=t("Choose rows…"),
        format_func=lambda row: shortened(f"{table.grid.sheet_row(row)} · {texts[row]}", 60),
    )  # fmt: skip
    targets = [other for other in GROUPS if other not in (group, "blank")]
    target = middle.selectbox(t("Move to"), targets, key=f"to_{key}", format_func=lambda g: t(GROUPS[g]))
    if right.button(t("Move"), key=f"go_{key}", disabled=not chosen, width="stretch"):
        file.replace(index, correct.with_rows(table, {int(row): str(target) for row in chosen}))
        st.rerun()


def line(table: Any, row: int) -> str:
    """A row as one text."""
    return " | ".join(text for text in table.grid.row_texts(row) if text)[:300]


def moved(table: Any) -> bool:
    """Whether the user has moved rows of this table."""
    return bool(table.corrections.rows)


def problems(file: Pending, number: int, t: Translator) -> None:
    """What could not be understood, cell by cell, as corrected so far; the list can be taken along."""
    found = problems_of(file, t.language)
    if found.empty:
        st.caption(":material/check_circle: " + t("Nothing doubtful in this file."))
        return
    doubtful = int((found["severity"] != "info").sum())
    title = t.n("{n} thing to check", "{n} things to check", doubtful) if doubtful else t("Good to know ({n})", n=len(found))
    with st.expander(title, expanded=doubtful > 0, key=f"problems_open_{number}_{file.turn}"):
        _shown(found, t)
        name = t("to-check") + ".csv"
        st.download_button(t("Download this list"), listed(found, t), file_name=name, key=f"problems_{number}", on_click="ignore")


def _shown(found: pd.DataFrame, t: Translator) -> None:
    """The list, with the columns that tell something."""
    names = {
        "cell": t("Cell"), "header": t("Column"), "value": t("Value"), "message": t("What"), "done": t("What was done"),
        "sheet": t("Sheet"),
    }  # fmt: skip
    several = {name: found[name].fillna("").astype(str).nunique() > 1 for name in ("header", "sheet")}  # one value tells nothing
    told = [name for name in names if several.get(name, True)]
    wide = {names[name]: st.column_config.Column(width=width) for name, width in _WIDTHS.items()}
    st.dataframe(found[told].rename(columns=names), hide_index=True, width="stretch", column_config=wide)


def listed(found: pd.DataFrame, t: Translator) -> bytes:
    """The problems as a CSV file in the reader's language; what a cell of the file begins with is no formula there."""
    names = {
        "severity": t("Severity"), "sheet": t("Sheet"), "cell": t("Cell"), "header": t("Column"), "value": t("Value"),
        "message": t("What"), "done": t("What was done"),
    }  # fmt: skip
    frame = found[list(names)].assign(severity=found["severity"].map(lambda code: t(SEVERITIES[code]))).rename(columns=names)
    return as_csv(frame, t.language)


def problems_of(file: Pending, language: str) -> pd.DataFrame:
    """The problems of the tables as they are now, the worst first."""
    from analysis.reading.problems import frame_of

    listed = [*file.book._noted, *(problem for table in file.tables for problem in table.noted.listed())]
    found = frame_of(listed, language)
    order = found["severity"].map({"error": 0, "warning": 1, "info": 2})
    return found.loc[order.sort_values(kind="stable").index].reset_index(drop=True)
