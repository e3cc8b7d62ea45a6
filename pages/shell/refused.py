"""Files that were not taken: each is said in one sentence, with what to do, until somebody has read it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import streamlit as st

from analysis.language import N_, number
from analysis.reading.refusals import refuse
from pages.shell import session
from pages.shell.markdown import quoted

#: megabytes of a file, as the server is configured, and of what arrives together
LIMIT, TOGETHER = 50, 200
#: numbers the uploaders of a visit
TURN = "_drop_turn"
_REFUSED, _STOPPED, _KEY = "_refused", "_stopped", "drop_watch"
_UNITS = {"B": 1e-6, "KB": 1e-3, "MB": 1.0, "GB": 1e3, "TB": 1e6}
_TOGETHER = N_("This file did not arrive: {n} MB at most can be dropped together. Drop it again by itself.")

_watch = st.components.v2.component(
    "drop_watch", html="<span></span>", js=(Path(__file__).parent / "refused.js").read_text("utf-8")
)


def refused(name: str, sentence: str) -> None:
    """Keep why a file was not taken, once."""
    known = st.session_state.setdefault(_REFUSED, [])
    if (name, sentence) not in known:
        known.append((name, sentence))


def stopped(name: str) -> None:
    """Keep that a reading was stopped."""
    st.session_state.setdefault(_STOPPED, []).append(name)


def forget() -> None:
    """What was said has been read, or is over."""
    st.session_state.pop(_REFUSED, None)
    st.session_state.pop(_STOPPED, None)


def refusals() -> None:
    """Say which files were not taken and what to do, and which were stopped, until it has been read."""
    t = session.t()
    _hear()
    for name in st.session_state.get(_STOPPED, []):
        st.info(t("Reading “{file}” was stopped; nothing of it has been imported.", file=quoted(name)), icon=":material/block:")
    for name, sentence in st.session_state.get(_REFUSED, []):
        st.error(f"**{quoted(name)}** — {sentence}", icon=":material/error:")
    if st.session_state.get(_REFUSED) or st.session_state.get(_STOPPED):
        st.button(t("Understood"), key="refusals_read", icon=":material/done:", on_click=forget)


def _hear() -> None:
    """Hear of files that the browser does not send because they are too large."""

    def happened() -> None:
        if take(st.session_state[_KEY].refused):
            st.session_state[TURN] = st.session_state.get(TURN, 0) + 1  # another uploader, without their red signs

    _watch(key=_KEY, on_refused_change=happened, height=1)


def take(event: Any) -> bool:
    """Keep what the browser tells of files that it did not send, and say whether they came alone; what has another shape is nobody's."""
    if not isinstance(event, dict) or not isinstance(event.get("files"), list):
        return False
    for file in event["files"][:50]:
        if isinstance(file, dict) and isinstance(file.get("name"), str):
            refused(file["name"][:200], sentence(str(file.get("size", ""))))
    return event.get("alone") is True


def sentence(size: str) -> str:
    """Why a file of this size (“53.5MB”) did not arrive."""
    t = session.t()
    told = re.fullmatch(r"([\d.]{1,12})\s?([KMGT]?B)", size)
    megabytes = float(told[1]) * _UNITS[told[2]] if told and told[1].count(".") < 2 else 0.0
    if megabytes <= LIMIT:
        return t(_TOGETHER, n=TOGETHER)
    error = refuse("too_large", "bytes", size=number(megabytes, t.language, 0), limit=LIMIT)
    return error.message(t.language)
