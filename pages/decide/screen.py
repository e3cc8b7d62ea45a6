"""What is known of the screen before anything is drawn: whether it is a phone's."""

from __future__ import annotations

import streamlit as st

#: widths of a chart, in pixels
DESK, PHONE = 760, 300


def is_phone() -> bool:
    """Whether the browser says that it is a phone's. A chart cannot know its width before it is drawn."""
    headers = st.context.headers
    return headers.get("Sec-Ch-Ua-Mobile") == "?1" or "Mobi" in (headers.get("User-Agent") or "")
