"""What a page says while there is nothing to show, and where to go."""

from __future__ import annotations

import streamlit as st

from pages.shell import session, workspace


def nothing_to_rank() -> None:
    """The project has no touchpoint yet."""
    t = session.t()
    empty(
        t("Nothing to rank yet"),
        t("Priorities are drawn from touchpoints: bring the file in which you keep them, or write them on the map."),
        ways(),
    )


def ways() -> dict[str, tuple[str, str]]:
    """Where touchpoints are made."""
    t = session.t()
    return {"data": (t("Bring a file"), "upload_file"), "journey": (t("Open the map"), "conversion_path")}


def empty(title: str, sentence: str, ways: dict[str, tuple[str, str]] | None = None) -> None:
    """A quiet box: what is missing, and buttons that lead to where it is made (page → label, icon)."""
    with st.container(border=True, horizontal_alignment="center", gap="small"):
        st.markdown(f"#### {title}", text_alignment="center")
        st.markdown(sentence, text_alignment="center", width=560)
        if ways:
            with st.container(horizontal=True, horizontal_alignment="center"):
                for n, (page, (label, icon)) in enumerate(ways.items()):
                    if st.button(label, key=f"go_{page}", icon=f":material/{icon}:", type="secondary" if n else "primary"):
                        workspace.leave(page)
