"""What a browser says of a field before it has heard that the field was changed is no edit.

With every click a browser tells what all fields of the page show. Where the server has just put somebody else's edit into one of them
and the click was quicker than that news, it would say the former text, which looks as if the person had typed it: their neighbour's edit
would be undone by a click somewhere else. So each run ends with its number, in a field nobody sees; what a browser says carries the
number it has come to, and a field that still says what it said before the server changed it is left as the server has it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import streamlit as st
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates

_BEAT, _KEPT = "heard_run", "_echoes"
#: former values remembered of a field
_FORMER = 20


@dataclass
class _Echoes:
    """Of a visit: ``run``, the number of the present one; ``said``, what the browser said last, by widget; ``changed``, the run in
    which the server last changed a field, by key; ``former``, what such a field held before, in this run or one not heard of either."""

    run: int = 0
    said: dict[str, bytes] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    former: dict[str, list[Any]] = field(default_factory=dict)


def begin() -> None:
    """A run of the whole page begins."""
    _kept().run += 1


def end() -> None:
    """The page is drawn: whatever hears of this has heard of all before it."""
    st.session_state[_BEAT] = str(_kept().run)
    with st.container(key="heard"):
        st.text_input("heard", key=_BEAT, label_visibility="collapsed")


def changed(key: str, *former: Any) -> None:
    """The server gives the field ``key`` a value of its own in this run; it held the ``former`` one, where that was another."""
    kept = _kept()
    kept.changed[key] = kept.run
    kept.former[key] = [*kept.former.get(key, []), *former][-_FORMER:]


def unheard(key: str) -> bool:
    """Whether the browser has not heard yet that the server changed the field ``key``."""
    return key in _kept().changed


def _kept() -> _Echoes:
    found: _Echoes = st.session_state.setdefault(_KEPT, _Echoes())
    return found


def without(said: WidgetStates | None, state: Any) -> WidgetStates | None:
    """What a browser says, without its echoes. ``state`` : the state of its visit."""
    if not (said and said.widgets) or _KEPT not in state:
        return said
    kept: _Echoes = state[_KEPT]
    heard = next((int(one.string_value) for one in said.widgets if _key(one.id) == _BEAT and one.string_value.isdecimal()), 0)
    kept.changed = {key: run for key, run in kept.changed.items() if run > heard}
    kept.former = {key: values for key, values in kept.former.items() if key in kept.changed}
    before, kept.said = kept.said, {one.id: one.SerializeToString(deterministic=True) for one in said.widgets}
    unheard = [one for one in said.widgets if _key(one.id) in kept.changed]
    echoes = {one.id for one in unheard if before.get(one.id) == kept.said[one.id] or _value(one) in kept.former.get(_key(one.id), [])}
    return WidgetStates(widgets=[one for one in said.widgets if one.id not in echoes]) if echoes else said


def _value(said: WidgetState) -> Any:
    """What a field says of itself, texts and numbers as they are."""
    value = getattr(said, said.WhichOneof("value") or "string_value")
    return list(value.data) if hasattr(value, "data") else value


def _key(id: str) -> str:
    """The key of a widget, of its id.

    >>> _key("$$ID-05cfa949-plan-budget")
    'plan-budget'
    """
    return id.split("-", 2)[-1]
