"""What a visitor sees when a page breaks: a sentence in the language, and never a traceback."""

from __future__ import annotations

import logging

import streamlit as st

from analysis.errors import ParcoursError
from pages.shell import session

KEY = "sorry"
_log = logging.getLogger("parcours")


def on_script_error(error: Exception) -> bool:
    """Write the whole of it to the server's log, and say what the visitor can do. True: Streamlit need not show it."""
    with st.container(key=KEY):
        st.error(sentence(error), icon=":material/error:")
    return True


def sentence(error: Exception) -> str:
    """What to say of a failure; the whole of it goes to the server's log."""
    _log.error("a page broke", exc_info=error)
    if isinstance(error, ParcoursError):
        return error.message(session.language())
    t = session.t()
    return t("Something went wrong on this page. Nothing that you saved is lost: reload the page, or go back one step.")
