"""An editable table over the project: what is typed becomes commands, what the project holds is what is shown.

Streamlit's editor lays its edits over the data it was given, by position, for as long as it lives. Edits are therefore
handed on once, and a new editor replaces the old one as soon as what is shown is no longer what the project holds: after an
undo, a new order, an edit of somebody else, or a value that was refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import streamlit as st

#: what was typed: (id of the row, column, value)
Edit = tuple[str, str, Any]


@dataclass
class Shown:
    """What one editor was given, and which of its edits were handed on."""

    turn: int = 0
    ids: tuple[str, ...] = ()
    frame: pd.DataFrame = field(default_factory=pd.DataFrame)
    done: dict[tuple[int, str], Any] = field(default_factory=dict)

    def fresh(self, edited: Mapping[Any, Mapping[str, Any]]) -> Iterator[Edit]:
        """The edits that were not handed on before."""
        for row, values in edited.items():
            for column, value in values.items():
                place = (int(row), column)
                if place[0] < len(self.ids) and not (place in self.done and self.done[place] == value):
                    self.done[place] = value
                    yield self.ids[place[0]], column, value

    def overlaid(self) -> pd.DataFrame:
        """What the person sees: the frame with what they typed."""
        seen = self.frame.copy()
        for (row, column), value in self.done.items():
            seen[column] = seen[column].astype(object)
            seen.iat[row, list(seen.columns).index(column)] = value
        return seen

    def stands(self, ids: Sequence[str], frame: pd.DataFrame) -> bool:
        """Whether what the person sees is what the project holds."""
        return tuple(ids) == self.ids and list(frame.columns) == list(self.frame.columns) and same(self.overlaid(), frame)


def same(one: pd.DataFrame, other: pd.DataFrame) -> bool:
    """Whether two frames show the same, whatever their types: a missing value, None and an empty text are alike."""
    return one.shape == other.shape and all(
        _plain(a) == _plain(b) for column in one.columns for a, b in zip(one[column], other[column], strict=True)
    )


def _plain(value: Any) -> str:
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return ""
    if hasattr(value, "isoformat"):
        return str(value.isoformat())[:10]
    return str(value).removesuffix("T00:00:00.000Z").removesuffix("T00:00:00.000").strip()


def grid(
    name: str,
    ids: Sequence[str],
    frame: pd.DataFrame,
    columns: Mapping[str, Any],
    *,
    on_edits: Callable[[list[Edit]], None],
    **options: Any,
) -> None:
    """Draw the editor.

    Parameters
    ----------
    name : of this table, unique on the page.
    ids : of the rows, in order.
    frame : what the project holds, one row an id.
    columns : column → configuration of Streamlit; the others are not shown.
    on_edits : is given what was typed, before the page is drawn again; it may refuse, the table then shows the truth.
    options : more arguments of ``st.data_editor``.
    """
    shown: Shown = st.session_state.setdefault(f"_grid_{name}", Shown())
    frame = frame[list(columns)].reset_index(drop=True)
    if not shown.stands(ids, frame):
        shown.turn, shown.ids, shown.frame, shown.done = shown.turn + 1, tuple(ids), frame, {}
    key = f"{name}_{shown.turn}"

    def typed() -> None:
        if edits := list(shown.fresh(st.session_state[key].get("edited_rows", {}))):
            on_edits(edits)

    st.data_editor(
        shown.frame, key=key, num_rows="fixed", hide_index=True, column_config=dict(columns), on_change=typed, placeholder="", **options
    )
