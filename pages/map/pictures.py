"""The map to take away: pictures, an empty canvas, paper ballots. Nothing is made before it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from analysis import Project
from pages.shell import session

_PDF = "application/pdf"


def take_away(project: Project, journey: str) -> None:
    """The button with what can be downloaded."""
    t, language = session.t(), session.language()
    name = _file(f"{project.name} - {project.table('journey')[journey].title}")
    make = partial(_made, project, journey, language)
    with st.popover(t("Pictures"), icon=":material/image:"):
        st.caption(t("Sharp on A3, with every card in full."))
        _download(t("The map on A3 (PDF)"), partial(make, "pdf"), f"{name}.pdf", _PDF)
        _download(t("The map as a picture (PNG)"), partial(make, "png"), f"{name}.png", "image/png")
        _download(t("The map as a drawing (SVG)"), partial(make, "svg"), f"{name}.svg", "image/svg+xml")
        st.caption(t("For a room without screens"))
        _download(t("Empty canvas on A3 (PDF)"), partial(make, "canvas"), f"{name} - {t('canvas')}.pdf", _PDF)
        _download(t("Paper ballots on A4 (PDF)"), partial(make, "ballots"), f"{name} - {t('ballots')}.pdf", _PDF)


def _download(label: str, data: Callable[[], bytes], file: str, mime: str) -> None:
    st.download_button(
        label,
        data=data,
        file_name=file,
        mime=mime,
        key=f"take_{mime}_{file}",
        on_click="ignore",
        width="stretch",
        icon=":material/download:",
    )


def _made(project: Project, journey: str, language: str, what: str) -> bytes:
    """One of them, as bytes; runs apart from the page."""
    from analysis.reports import printing

    if what in printing.KINDS:
        return printing.map_picture(project, journey, what, language)
    return (printing.canvas if what == "canvas" else printing.ballots)(project, journey, language)


def _file(name: str) -> str:
    return "".join(c if c.isalnum() or c in " -_" else "_" for c in name).strip()
