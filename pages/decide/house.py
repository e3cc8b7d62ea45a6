"""The client's look of the files: name, logo, colour, font, and a PowerPoint template of their own. Kept with the project."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from analysis import ParcoursError, Project
from analysis.language import N_
from analysis.project import Change
from analysis.project.model import SETTINGS
from analysis.project.pictures import logo
from analysis.reports.fonts import WIDTHS
from analysis.reports.palette import PRIMARY
from pages.decide.synced import synced
from pages.shell import session, workspace

_LOOK = N_("Change the look of the files")


def house(project: Project) -> None:
    """The button, and behind it what can be set; everybody's files look like this from then on."""
    t = session.t()
    with st.popover(t("The client’s look"), icon=":material/palette:", width="content"):
        st.text_input(
            t("Client’s name"), key=synced("house_client", project.settings.client), max_chars=120, on_change=_changed, args=("client",),
            placeholder=t("On the cover of every file"),
        )  # fmt: skip
        _colour_and_font(project)
        _logo(project)
        _template(project)


def _colour_and_font(project: Project) -> None:
    t, settings = session.t(), project.settings
    shown = settings.colour if _six(settings.colour) else f"#{PRIMARY}"
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.color_picker(t("Colour"), key=synced("house_colour", shown.lower()), on_change=_changed, args=("colour",))
        st.selectbox(
            t("Font"), sorted({*WIDTHS, *filter(None, [settings.font])}), key=synced("house_font", settings.font or None), index=None,
            placeholder=t("The usual one"), accept_new_options=True, on_change=_changed, args=("font",), width="stretch",
            help=t("A font that the client’s computers have; type its name where it is not in the list."),
        )  # fmt: skip
    if settings.colour:
        st.button(t("Usual colour"), key="house_no_colour", type="tertiary", on_click=_without, args=("colour",))
    st.caption(t("Darkened where white text on it could not be read."))


def _six(colour: str) -> bool:
    return len(colour) == 7 and colour.startswith("#")


def _logo(project: Project) -> None:
    t, key = session.t(), project.settings.logo
    if key:
        st.image(project.blob(key), width=140)
        st.button(t("Remove the logo"), key="house_no_logo", type="tertiary", on_click=_without, args=("logo",))
    with st.container(key="house_logo_place"):
        _upload("logo", t("Logo (PNG, JPEG or WebP, 5 MB at most)"), ["png", "jpg", "jpeg", "webp"], logo, key)


def _template(project: Project) -> None:
    t, key = session.t(), project.settings.template
    if key:
        st.caption(f":material/check: {t('The slides use the layouts of the client’s template.')}")
        st.button(t("Remove the template"), key="house_no_template", type="tertiary", on_click=_without, args=("template",))
    with st.container(key="house_template_place"):
        _upload("template", t("PowerPoint template (.pptx, 20 MB at most); its own slides are left out"), ["pptx"], _kept_template, key)


def _kept_template(data: bytes) -> tuple[str, bytes]:
    from analysis.reports.slides.template import kept  # with what makes slides: not before it is asked for

    return kept(data)


def _upload(name: str, label: str, kinds: list[str], keep: Callable[[bytes], tuple[str, bytes]], now: str) -> None:
    """A place to drop a file; empty again once it is kept."""
    file = st.file_uploader(label, type=kinds, key=f"house_{name}_{now[:8]}")
    if file is None:
        return
    try:
        key, data = keep(file.getvalue())
    except ParcoursError as error:
        st.error(error.message(session.language()), icon=":material/error:")
        return
    if key != now and _keep({name: key}, {key: data}):
        st.rerun()


def _changed(name: str) -> None:
    value = st.session_state[f"house_{name}"]
    _keep({name: value.strip() if isinstance(value, str) else ""})


def _without(name: str) -> None:
    _keep({name: ""})


def _keep(values: dict[str, Any], payloads: dict[str, bytes] | None = None) -> bool:
    return workspace.edit([Change("project", SETTINGS, values, payloads or {})], _LOOK)
