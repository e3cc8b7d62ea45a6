"""Every run of the app begins here: the language, the pages and their titles, the sidebar, then the page asked for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from analysis.language import N_, Translator, translator
from pages.shell import chrome, echoes, session
from pages.shell.language import switch, tell_browser

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Screen:
    """A page: its file (and address), its title, its icon, and the group it stands in."""

    name: str
    title: str
    icon: str
    group: str

    @property
    def file(self) -> Path:
        return HERE / f"{self.name}.py"

    def page(self, t: Translator) -> st.Page:
        return st.Page(
            self.file,
            title=t(self.title),
            icon=f":material/{self.icon}:",
            url_path=self.name,
            default=self.name == "home",
        )


_PROJECT, _DECIDE, _SHARE = N_("Project"), N_("Decide"), N_("Share the work")

SCREENS = (
    Screen("home", N_("Home"), "home", _PROJECT),
    Screen("data", N_("Data"), "table_view", _PROJECT),
    Screen("journey", N_("Journey"), "conversion_path", _PROJECT),
    Screen("personas", N_("Personas"), "groups", _PROJECT),
    Screen("priorities", N_("Priorities"), "target", _DECIDE),
    Screen("plan", N_("Action plan"), "checklist", _DECIDE),
    Screen("workshop", N_("Workshop"), "how_to_vote", _SHARE),
    Screen("present", N_("Present"), "slideshow", _SHARE),
    Screen("exports", N_("Deliverables"), "download", _SHARE),
)


def registry(t: Translator) -> dict[str, st.Page]:
    """The pages by name. Built anew on each run, so that a change of language shows at once."""
    return {screen.name: screen.page(t) for screen in SCREENS if screen.file.exists()}


def grouped(pages: dict[str, st.Page], t: Translator) -> dict[str, list[st.Page]]:
    """The menu: group → its pages, in order."""
    menu: dict[str, list[st.Page]] = {}
    for screen in SCREENS:
        if screen.name in pages:
            menu.setdefault(t(screen.group), []).append(pages[screen.name])
    return menu


def run() -> None:
    """One run of the app."""
    st.set_page_config(layout="wide", page_icon="🧭", initial_sidebar_state=225)  # the title of the tab is each page's own
    st.logo(HERE / "static" / "parcours.svg", size="large", icon_image=HERE / "static" / "mark.svg")
    t = translator(session.language())
    chrome.dress(t)
    pages = registry(t)
    st.session_state[session.PAGES] = pages
    page = st.navigation(grouped(pages, t))
    with st.sidebar:
        switch()
        tell_browser()
    echoes.begin()
    st.session_state[session.THERE] = ""
    try:
        page.run()
        echoes.end()
    finally:
        st.session_state.pop(session.THERE, None)


if __name__ == "__main__":
    run()
