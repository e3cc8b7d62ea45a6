"""Widgets that show what the project holds: after an undo, a refusal or somebody else's edit they follow."""

from __future__ import annotations

from typing import Any

import streamlit as st


def synced(key: str, value: Any, *, hidden: bool = False) -> str:
    """Make the widget ``key``, about to be drawn, show ``value``; gives the key back.

    ``hidden``: it stands in a popover that may be closed, or is a choice among names that may change. The browser learns of a value only
    in the run in which it is set: a widget that was not there then would come up empty, and one whose name has changed would be handed
    back by its former name, which is nobody's; either would pass for an edit. So it is set in every run.

    What a person does is handed on by the widget's callback before the page is drawn, so whatever differs then was
    refused, or is older than the project.
    """
    if hidden or key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value
    return key
