"""What Streamlit says itself, in the visitor's language, and how wide a page is."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from analysis.language import Translator

_CSS = (Path(__file__).parent / "chrome.css").read_text("utf-8")


def dress(t: Translator) -> None:
    """Put the style of this run on the page. The words are our own, so nothing of a user gets into it."""
    words = {"browse": t("Choose files"), "drop": t("or drop them here · 50 MB a file at most"),
             "failed": t("This file could not be made. Nothing is lost: try again, or take another kind.")}  # fmt: skip
    line = st.get_option("theme.light.primaryColor") or "currentColor"
    variables = f"--parcours-line: {line};" + "".join(f'--parcours-{name}: "{text}";' for name, text in words.items())
    st.html(f"<style>:root {{ {variables} }}\n{_CSS}</style>")
