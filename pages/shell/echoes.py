"""What a browser says of a field before it has heard that the field was changed is no edit.

With every click a browser tells what all fields of the page show. Where the server has just put somebody else's edit into one of them
and the click was quicker than that news, it would say the former text, which looks as if the person had typed it: their neighbour's edit
would be undone by a click somewhere else. So each run ends with its number, in a field nobody sees; what a browser says carries the
number it has come to, and a field that still says what it said before the server changed it is left as the server has it.

A field in a popover that is closed hears nothing at all: it says for hours what it showed when it was closed, and its old text would
undo, at the next click anywhere, what was changed elsewhere since, an undo for one. So a popover has such a number of its own, which
the browser takes on when it is opened, together with the fields in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

import streamlit as st
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates

_BEAT, _KEPT = "heard_run", "_echoes"
#: former values remembered of a field
_FORMER = 20
#: the popover that is being drawn
_place: ContextVar[str] = ContextVar("_place", default="")


@dataclass
class _Echoes:
    """Of a visit: ``run``, the number of the present one; ``said``, what the browser said last, by widget; ``changed``, the run in
    which the server last changed a field, by key; ``former``, what such a field held before, in this run or one not heard of either;
    ``places``, the popover in which a field stands, by key."""

    run: int = 0
    said: dict[str, bytes] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    former: dict[str, list[Any]] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)


def begin() -> None:
    """A run of the whole page begins."""
    _kept().run += 1


def end() -> None:
    """The page is drawn: whatever hears of this has heard of all before it."""
    _beat("")


def _beat(place: str) -> None:
    st.session_state[_BEAT + place] = str(_kept().run)
    with st.container(key=f"heard{place}"):
        st.text_input("heard", key=_BEAT + place, label_visibility="collapsed")


@contextmanager
def aside(label: str, *, key: str, **options: Any) -> Iterator[None]:
    """``st.popover`` with fields in it that the server changes (`synced`): what they showed when it was closed is no edit."""
    with st.popover(label, key=key, **options):
        token = _place.set(f"_{key}")
        try:
            yield
            _beat(_place.get())
        finally:
            _place.reset(token)


def changed(key: str, *former: Any, coming: bool = False) -> None:
    """The server gives the field ``key`` a value of its own in this run; it held the ``former`` one, where that was another.

    ``coming``: in a callback, that is in the run about to begin, which nobody can have heard of.
    """
    kept = _kept()
    kept.changed[key] = kept.run + coming
    kept.former[key] = [*kept.former.get(key, []), *former][-_FORMER:]


def unheard(key: str) -> bool:
    """Whether the browser has not heard yet that the server changed the field ``key``; one in a popover, not before that is opened."""
    kept, place = _kept(), _place.get()
    if place and kept.places.get(key) != place:
        kept.places[key] = place
        return True
    return key in kept.changed


def _kept() -> _Echoes:
    found: _Echoes = st.session_state.setdefault(_KEPT, _Echoes())
    return found


def without(said: WidgetStates | None, state: Any) -> WidgetStates | None:
    """What a browser says, without its echoes. ``state`` : the state of its visit."""
    if not (said and said.widgets) or _KEPT not in state:
        return said
    kept: _Echoes = state[_KEPT]
    beats = {_key(one.id): int(one.string_value) for one in said.widgets if _BEAT in one.id and one.string_value.isdecimal()}
    kept.changed = {key: run for key, run in kept.changed.items() if run > beats.get(_BEAT + kept.places.get(key, ""), 0)}
    for one in said.widgets:  # drawn for the first time, and it says what it was given: to be told again would wipe what is being typed
        if (key := _key(one.id)) in kept.changed and not any(kept.former.get(key, [])) and key in state and state[key] == _value(one):
            del kept.changed[key]
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
