"""The language of a visit: ``?lang=``, then this visit's choice, then the cookie, then the browser, then French."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs

import streamlit as st

from analysis.language import LANGUAGES, translator
from pages.shell.web import ASGIApp, Receive, Scope, Send, adding_headers, is_screen

COOKIE = "parcours_lang"
NAMES = {"fr": "Français", "en": "English"}
_CHOICE, _ASKED = "_language", "_language_asked"
_YEAR = 365 * 24 * 3600
_HERE = Path(__file__).parent


def language() -> str:
    """``"fr"`` or ``"en"``, for this run."""
    asked = st.query_params.get("lang", "")
    if asked in LANGUAGES and asked != st.session_state.get(_ASKED):
        st.session_state[_ASKED] = st.session_state[_CHOICE] = asked
    if _CHOICE not in st.session_state:
        st.session_state[_CHOICE] = remembered()
    return str(st.session_state[_CHOICE])


def remembered() -> str:
    """What the cookie says, else the first of the browser's languages that we speak, else French."""
    kept = st.context.cookies.get(COOKIE, "")
    wishes = [st.context.locale or "", *accepted(st.context.headers.get("Accept-Language") or "")]
    found = [kept, *(wish.split("-")[0].lower() for wish in wishes)]
    return next((code for code in found if code in LANGUAGES), LANGUAGES[0])


def accepted(header: str) -> list[str]:
    """Languages of an Accept-Language header, the most wanted first.

    >>> accepted("de, en;q=0.5, fr-CH;q=0.8")
    ['de', 'fr-CH', 'en']
    """
    wishes = []
    for part in header.split(","):
        tag, _, weight = part.strip().partition(";q=")
        try:
            wishes.append((-float(weight or 1), tag))
        except ValueError:
            continue
    return [tag for _, tag in sorted(wishes, key=lambda wish: wish[0]) if tag]


def switch() -> None:
    """The choice of language, at the foot of the sidebar."""
    current = language()

    def chosen() -> None:
        st.session_state[_CHOICE] = st.session_state["language_switch"]
        st.query_params.pop("lang", None)

    t = translator(current)
    st.session_state["language_switch"] = current
    st.segmented_control(
        t("Language"),
        LANGUAGES,
        required=True,
        format_func=NAMES.__getitem__,
        key="language_switch",
        on_change=chosen,
        label_visibility="collapsed",
    )


_page_language = st.components.v2.component(
    "page_language", html="<span></span>", js=(_HERE / "page_language.js").read_text("utf-8")
)


def tell_browser() -> None:
    """Let the browser know: the page's ``lang`` (screen readers, hyphenation) and the cookie of the next visit."""
    _page_language(data={"language": language(), "cookie": COOKIE, "seconds": _YEAR}, key="page_language", height=1)


class LanguageCookie:
    """Keeps the language of a link with ``?lang=`` for the visits after it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if is_screen(scope):
            asked = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [""])[-1]
            if asked in LANGUAGES:
                send = adding_headers(
                    send, [("set-cookie", f"{COOKIE}={asked}; Path=/; Max-Age={_YEAR}; SameSite=Lax")]
                )
        await self.app(scope, receive, send)
