"""Step 2, the header row: the first rows as they stand, the header chosen by a click or from a list."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from analysis.language import Translator
from analysis.reading import corrections as correct
from pages.review.words import shortened
from pages.shell.intake import Pending

#: rows that are shown; a header further down is chosen after these were moved to the notes
_SHOWN = 12
_NONE = -1


def header_row(file: Pending, index: int, key: str, t: Translator) -> None:
    """The preview, in which another row can be clicked."""
    table = file.tables[index]
    first = _first(table)
    st.caption(t("Click the row that names the columns. Rows above it become notes, rows below it data."))
    event = st.dataframe(
        _preview(table, t), hide_index=True, width="stretch", key=f"rows_{key}_{first}", on_select="rerun", selection_mode="single-row"
    )
    picked = list(event.selection.rows)
    rows = [*range(min(_SHOWN, table.grid.height)), _NONE]
    if first not in rows:
        rows.insert(0, first)
    chosen = st.selectbox(
        t("Header row"), rows, index=rows.index(first), key=f"header_{key}_{first}",
        format_func=lambda row: t("No header: columns are called A, B, C…") if row == _NONE else _line(table, row),
    )  # fmt: skip
    wanted = picked[0] if picked and picked[0] != first else int(chosen)
    if wanted != first:
        rows_wanted = [] if wanted == _NONE else [wanted]
        file.replace(index, correct.with_header(table, *rows_wanted))
        st.rerun()


def _first(table: Any) -> int:
    return table.header_rows[-1] if table.header_rows else _NONE


def _line(table: Any, row: int) -> str:
    texts = [text for text in table.grid.row_texts(row) if text]
    return shortened(f"{table.grid.sheet_row(row)} · " + " | ".join(texts), 90)


def _preview(table: Any, t: Translator) -> pd.DataFrame:
    shown: pd.DataFrame = table.raw.head(_SHOWN)
    names = range(1, shown.shape[1] + 1)
    cells: pd.DataFrame = shown.iloc[:, :20].map(lambda text: shortened(text, 60) if isinstance(text, str) else "")
    cells = cells.set_axis([str(name) for name in names][:20], axis=1)
    marks = ["▶" if row in table.header_rows else "" for row in shown.index]
    cells.insert(0, t("Row"), [table.grid.sheet_row(row) for row in shown.index])
    cells.insert(0, t("Header"), marks)
    return cells
