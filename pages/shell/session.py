"""What a page asks of its surroundings: the texts, the language, the person, the way to another page.

>>> t = session.t()                                  # doctest: +SKIP
>>> st.title(t("Journey"))                           # doctest: +SKIP
"""

from __future__ import annotations

from typing import NoReturn

import streamlit as st

from analysis.language import Translator, translator
from pages.shell.identity import author as author
from pages.shell.language import language as language

PAGES = "_pages"
#: while a page is drawn: the project that is known to exist, or nothing yet
THERE = "_there"


def t() -> Translator:
    """The texts of this visit's language."""
    return translator(language())


def page(name: str) -> st.Page:
    """The page of the registry called ``name`` ("journey"), for ``st.page_link`` and the like."""
    found: st.Page = st.session_state[PAGES][name]
    return found


def goto(name: str, **query: str) -> NoReturn:
    """Leave for another page, with its query: ``goto("journey", project=id)``."""
    st.switch_page(page(name), query_params=query)
