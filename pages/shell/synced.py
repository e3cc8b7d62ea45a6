"""Widgets that show what the project holds: after an undo, a refusal or somebody else's edit they follow."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from pages.shell import echoes

_NAMES = "_names_shown"
#: former names remembered of a widget, beside those it shows
_FORMER = 100


def synced(key: str, value: Any, *, hidden: bool = False) -> str:
    """Make the widget ``key``, about to be drawn, show ``value``; gives the key back.

    ``hidden``: it is a choice among names that may change: the browser learns of a value only in the run in which it is set, and one whose
    name has changed would be handed back by its former name, which is nobody's. So it is set in every run.

    What a person does is handed on by the widget's callback before the page is drawn, so whatever differs then was
    refused, or is older than the project. It is said again until the browser has heard it: a run that is broken off tells nothing, and
    a closed popover hears nothing (`echoes.aside` draws one whose fields follow).
    """
    if echoes.unheard(key) or hidden or key not in st.session_state or st.session_state[key] != value:
        former = st.session_state.get(key)
        echoes.changed(key, *([former] if former != value else []))
        st.session_state[key] = value
    return key


def put(key: str, value: Any) -> None:
    """Give the widget ``key`` another value: empty what was taken from it, say, so that a second click does not take it again."""
    echoes.changed(key, st.session_state.get(key), coming=True)
    st.session_state[key] = value


def own(key: str, usual: Any) -> str:
    """The key of a widget, about to be drawn, whose value is the visit's own, yet changed here too (`put`); ``usual``: the first one."""
    return synced(key, st.session_state.get(key, usual))


def named(key: str, names: Mapping[Any, str]) -> Callable[[Any], str]:
    """What the choice ``key`` calls its options, remembered for `meant`. ``names``: option → name, one that may change later."""
    shown: dict[str, Any] = st.session_state.setdefault(_NAMES, {}).setdefault(key, {})
    for option, name in names.items():
        shown.pop(name, None)
        shown[name] = option  # the latest stand last, the oldest are forgotten first
    while len(shown) > len(names) + _FORMER:
        shown.pop(next(iter(shown)))
    return names.__getitem__


def meant(key: str) -> Any:
    """What was chosen in ``key``, also where the browser still says the former name of an option that `named` has shown.

    A browser says names, not options. Who clicks or types while a new name is on its way sends the old one along with everything else;
    Streamlit gives it as it came, as if nothing known had been chosen.
    """
    chosen, shown = st.session_state.get(key), st.session_state.get(_NAMES, {}).get(key, {})
    known = set(shown.values())
    if isinstance(chosen, list):
        return [one if one in known else shown.get(one, one) for one in chosen]
    return chosen if chosen in known else shown.get(chosen, chosen)
