"""The app that the components' browser tests drive: one board in memory, shared by every tab, drawn again each second.

`?lang=fr`, `?board=name` (a new one is made), `?big=1`, `?empty=1`, `?readonly=1`, `?what=matrix`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import streamlit as st

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[2])]

from components_board import Board, Priorities, big, empty, priorities, sample  # noqa: E402

from pages.components.journey_map import journey_map  # noqa: E402
from pages.components.matrix import matrix  # noqa: E402
from pages.shell.unbroken import keep_callbacks_whole  # noqa: E402

keep_callbacks_whole()  # as app.py does

asked = st.query_params
language = asked.get("lang", "en")
st.set_page_config(layout="wide")


@st.cache_resource
def boards() -> dict[str, Any]:
    return {}


def board() -> Any:
    name = asked.get("board", "one")
    if name not in boards():
        if asked.get("what") == "matrix":
            boards()[name] = Priorities(priorities(language, int(asked.get("more", 0))))
        else:
            boards()[name] = Board(empty() if asked.get("empty") else big() if asked.get("big") else sample(language))
    return boards()[name]


@st.fragment(run_every=1)
def show() -> None:
    readonly = bool(asked.get("readonly"))
    if asked.get("what") == "matrix":
        matrix(board().model, language=language, key="matrix", on_event=board().on_event, readonly=readonly)
    else:
        journey_map(board().model, language=language, key="map", on_event=board().on_event, readonly=readonly)
    st.code("\n".join(repr(event) for event in board().log[-8:]) or "–", language=None)
    st.caption(f"{len(board().log)} events, {len({event.nonce for event in board().log})} different")


def somebody_else() -> None:
    board().model["cards"].append(
        {
            "id": f"x{len(board().model['cards'])}",
            "lane": "actions",
            "stage": "s1",
            "text": "From somebody else",
            "order": 999,
        }
    )


show()
st.button("Somebody else adds a card", on_click=somebody_else)
