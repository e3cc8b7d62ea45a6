"""Step 2, the header row: the first rows as they stand, the header chosen by a click or from a list; it may take several rows."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from analysis.language import Translator
from analysis.reading import corrections as correct
from pages.review.words import shortened
from pages.shell.pending import Pending

#: rows and columns that are shown; a header further down is chosen after these were moved to the notes
ROWS, COLUMNS = 60, 40
#: rows that a header may take
_DEEPEST = 5
_NONE = -1


def header_row(file: Pending, index: int, key: str, t: Translator) -> None:
    """The preview, in which another row can be clicked, and the two ends of the header."""
    table = file.tables[index]
    first, last = (table.header_rows[0], table.header_rows[-1]) if table.header_rows else (_NONE, _NONE)
    st.caption(t("Click the row that names the columns. Rows above it become notes, rows below it data."))
    event = st.dataframe(
        _preview(table, t), hide_index=True, width="stretch", height=320, key=f"rows_{key}_{first}_{last}", on_select="rerun",
        selection_mode="single-row",
    )  # fmt: skip
    picked = list(event.selection.rows)
    left, right = st.columns([3, 2])
    chosen = _start(table, first, f"header_{key}_{first}", left, t)
    end = _end(table, first, last, f"until_{key}_{first}_{last}", right, t) if first != _NONE else _NONE
    wanted = asked(table.header_rows, picked, chosen, end)
    if wanted != table.header_rows:
        file.replace(index, correct.with_header(table, *wanted))
        st.rerun()


def asked(now: list[int], picked: list[int], chosen: int, end: int) -> list[int]:
    """The rows of the header that is asked for: the row that was clicked alone, else from the chosen one, down to the end.

    >>> asked([0, 1], picked=[1], chosen=0, end=1), asked([0, 1], picked=[], chosen=0, end=2), asked([3], picked=[], chosen=-1, end=3)
    ([1], [0, 1, 2], [])
    """
    first, last = (now[0], now[-1]) if now else (_NONE, _NONE)
    if picked:
        return [picked[0]]
    if chosen != first:
        return [] if chosen == _NONE else [chosen]
    return list(range(first, end + 1)) if end != last else now


def _start(table: Any, first: int, key: str, place: Any, t: Translator) -> int:
    rows = [*range(min(ROWS, table.grid.height)), _NONE]
    rows = rows if first in rows else [first, *rows]
    return int(place.selectbox(
        t("Header row"), rows, index=rows.index(first), key=key,
        format_func=lambda row: t("No header: columns are called A, B, C…") if row == _NONE else _line(table, row),
    ))  # fmt: skip


def _end(table: Any, first: int, last: int, key: str, place: Any, t: Translator) -> int:
    """The last of several rows whose texts are joined: “2025” over “March”."""
    rows = list(range(first, min(max(first + _DEEPEST, last + 1), table.grid.height)))
    return int(place.selectbox(
        t("Down to row"), rows, index=rows.index(last), key=key,
        format_func=lambda row: t("this row alone") if row == first else _line(table, row),
        help=t("When several rows name the columns, their texts are joined."),
    ))  # fmt: skip


def _line(table: Any, row: int) -> str:
    texts = [text for text in table.grid.row_texts(row) if text]
    return shortened(f"{table.grid.sheet_row(row)} · " + " | ".join(texts), 90)


def _preview(table: Any, t: Translator) -> pd.DataFrame:
    shown: pd.DataFrame = table.raw.head(ROWS)
    names = range(1, shown.shape[1] + 1)
    cells: pd.DataFrame = shown.iloc[:, :COLUMNS].map(lambda text: shortened(text, 60) if isinstance(text, str) else "")
    cells = cells.set_axis([str(name) for name in names][:COLUMNS], axis=1)
    marks = ["▶" if row in table.header_rows else "" for row in shown.index]
    cells.insert(0, t("Row"), [table.grid.sheet_row(row) for row in shown.index])
    cells.insert(0, t("Header"), marks)
    return cells
