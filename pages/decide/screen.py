"""What is known of the screen before anything is drawn: how much room it has for a chart."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

#: widths of a chart, in pixels: what is guessed until the page has told
DESK, PHONE = 760, 300
#: narrower pages are laid out as on a phone
NARROW = 480
_ROOM = "_room_for_charts"
_measured: Any = st.components.v2.component(
    "room_for_charts", html="<span></span>", js=(Path(__file__).parent / "screen.js").read_text("utf-8")
)


def measured() -> None:
    """Ask the page how much room it has; called last on a page of charts. The first answer that differs draws it again."""
    found = _measured(data={"room": room()}, key="room_for_charts", default={"room": None}, on_room_change=_told, height=1)
    if isinstance(found.room, int | float):
        st.session_state[_ROOM] = float(found.room)


def _told() -> None:
    """The page is drawn with what it has said."""
    said = st.session_state["room_for_charts"].get("room")
    if isinstance(said, int | float):
        st.session_state[_ROOM] = float(said)


def room() -> float:
    """How wide a chart is drawn on this page, before it is stretched to its place."""
    return float(st.session_state.get(_ROOM) or (PHONE if _says_phone() else DESK))


def is_phone() -> bool:
    """Whether the page is as narrow as a phone's."""
    return room() < NARROW


def _says_phone() -> bool:
    """What the browser says of itself, before its page can be measured."""
    headers = st.context.headers
    return headers.get("Sec-Ch-Ua-Mobile") == "?1" or "Mobi" in (headers.get("User-Agent") or "")
