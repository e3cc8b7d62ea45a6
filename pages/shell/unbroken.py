"""A click is carried out whole, however quickly the next one follows.

Streamlit breaks a run off as soon as another is asked for, at the next use of ``st.session_state``, and what a click asked for is then
lost if its callback had not come further. Here callbacks come to their end first; the next run begins right after them. It also starts
the next run in a thread of its own at once, so that the callbacks of two quick clicks could overtake each other: here they take turns,
and what was said earlier but has its turn later brings its clicks only, since its fields are older.
A run that has not even begun when the next click comes, or when the browser is closed, would be dropped with its click: here the next
run does both, and what was clicked last before closing is still done. And a run that was broken off puts all buttons back as it ends,
which could be after the next click has come in and before it is carried out: here it leaves them to that next run.

A part that draws itself anew every half second asks for it once more while another page is already being drawn; Streamlit then runs the
part of the page that was left into the new one, which stays blank. Here what a page that was left still asks for is not heard.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.runtime.scriptrunner_utils import script_requests
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequestType
from streamlit.runtime.state.safe_session_state import SafeSessionState

from pages.shell import echoes

#: where Streamlit looks whether another run is asked for, and where it calls the callbacks of a run and ends it
_LOOKS, _CALLS, _ENDS = "_maybe_handle_execution_control_request", "on_script_will_rerun", "on_script_finished"
#: where it runs a page or a part of one, and where it hears that a browser asks for it
_RUNS, _HEARS, _STOPS = "_run_script", "request_rerun", "request_script_stop"
_now = threading.local()
_door = threading.Lock()
_turns: dict[str, threading.RLock] = {}
#: where it puts the fields of two requests together, with the clicks of both
_JOINS = "_coalesce_widget_states"
#: under which name what a browser says carries its place in the order in which it was heard
_PLACE = "parcours_heard"
#: as many visits as are remembered; the oldest are long over
_VISITS = 5000


def keep_callbacks_whole() -> None:
    """Make it so, once, for every visit of this server; a Streamlit that works otherwise stays as it is."""
    looks, (calls, ends) = getattr(ScriptRunner, _LOOKS, None), (getattr(SafeSessionState, name, None) for name in (_CALLS, _ENDS))
    if looks is None or calls is None or ends is None or hasattr(calls, "__wrapped__"):
        return

    @functools.wraps(looks)
    def look(runner: ScriptRunner) -> None:
        if not getattr(_now, "calling", False):
            looks(runner)

    @functools.wraps(calls)
    def call(state: SafeSessionState, said: WidgetStates | None, **options: Any) -> None:
        with turn_of_visit():
            _now.calling = True
            try:
                calls(state, _heard(said, state), **options)
            finally:
                _now.calling = False
                _hand_on_turn()

    @functools.wraps(ends)
    def end(state: SafeSessionState, *args: Any, **options: Any) -> None:
        with turn_of_visit():
            if not _superseded():
                ends(state, *args, **options)

    setattr(ScriptRunner, _LOOKS, look)
    setattr(SafeSessionState, _CALLS, call)
    setattr(SafeSessionState, _ENDS, end)
    _forget_pages_left()
    _drop_no_click()


def _superseded() -> bool:
    """Whether this run was told to stop: the next one, if there is any, begins by putting all buttons back itself."""
    context = get_script_run_ctx(suppress_warning=True)
    return getattr(getattr(context, "script_requests", None), "_state", None) == ScriptRequestType.STOP


def _forget_pages_left() -> None:
    """Let nothing run that a part of a page asks for after the visit went to another page."""
    runs, hears = getattr(ScriptRunner, _RUNS, None), getattr(AppSession, _HEARS, None)
    if runs is None or hears is None:
        return

    @functools.wraps(runs)
    def run(runner: Any, asked: Any) -> None:
        context = get_script_run_ctx(suppress_warning=True)
        here = context.page_script_hash if context else ""
        if not (asked.fragment_id_queue and _left(asked.page_script_hash, here)):
            with _own_turn(asked):
                runs(runner, asked)

    @functools.wraps(hears)
    def hear(session: Any, asked: Any) -> None:
        here = getattr(getattr(session, "_pages_manager", None), "intended_page_script_hash", None)
        if asked is None or not (asked.fragment_id and asked.is_auto_rerun and _left(asked.page_script_hash, here)):
            hears(session, asked)

    setattr(ScriptRunner, _RUNS, run)
    setattr(AppSession, _HEARS, hear)


def _drop_no_click() -> None:
    """Let nothing be lost that was clicked when the run that was to do it had not begun."""
    hears, stops, joined = getattr(AppSession, _HEARS, None), getattr(AppSession, _STOPS, None), getattr(script_requests, _JOINS, None)
    if hears is None or stops is None or joined is None:
        return

    @functools.wraps(hears)
    def hear(session: Any, asked: Any) -> None:
        if asked is not None:
            session.parcours_heard = getattr(session, "parcours_heard", 0) + 1
            asked.widget_states.widgets.add(id=_PLACE, int_value=session.parcours_heard)
        if asked is not None and not asked.fragment_id and (owed := not_begun(session)):
            both = joined(owed, asked.widget_states)
            said = {one.id for one in both.widgets}
            both.widgets.extend(one for one in owed.widgets if one.id not in said)  # a click that leaves the page says no fields
            asked.widget_states.CopyFrom(both)
        hears(session, asked)

    @functools.wraps(stops)
    def stop(session: Any) -> None:
        if not _waiting(session):
            stops(session)

    setattr(AppSession, _HEARS, hear)
    setattr(AppSession, _STOPS, stop)


def _heard(said: WidgetStates | None, state: Any) -> WidgetStates | None:
    """What a browser says in this run, as far as it is news."""
    place = max((one.int_value for one in said.widgets if one.id == _PLACE), default=0) if said else 0
    if said is None or not place:
        return echoes.without(said, state)
    widgets = [one for one in said.widgets if one.id != _PLACE]
    if _PLACE in state and place < state[_PLACE]:
        return WidgetStates(widgets=[one for one in widgets if "trigger" in (one.WhichOneof("value") or "")])
    state[_PLACE] = place
    return echoes.without(WidgetStates(widgets=widgets), state)


def _waiting(session: Any) -> Any:
    """The requests of a visit's present run, where one waits to be begun."""
    asked = getattr(getattr(session, "_scriptrunner", None), "_requests", None)
    return asked if getattr(asked, "_state", None) == ScriptRequestType.RERUN else None


def not_begun(session: Any) -> WidgetStates | None:
    """Take back what a run that has not begun was told; it will not begin."""
    if (asked := _waiting(session)) is None:
        return None
    with asked._lock:
        told: WidgetStates | None = asked._rerun_data.widget_states if asked._state == ScriptRequestType.RERUN else None
        asked._state = ScriptRequestType.STOP
        return told


def _left(asking: str | None, here: str | None) -> bool:
    """Whether who asks is a page that is no longer shown."""
    return bool(asking and here and asking != here)


@contextmanager
def _own_turn(asked: Any) -> Iterator[None]:
    """Until the callbacks of a run are done no other run of its visit begins: one of another page would tidy them away."""
    if asked.widget_states is not None:
        _now.turn = turn_of_visit()
        _now.turn.acquire()
    try:
        yield
    finally:
        _hand_on_turn()


def _hand_on_turn() -> None:
    turn: threading.RLock | None = getattr(_now, "turn", None)
    if turn is not None:
        _now.turn = None
        turn.release()


def turn_of_visit() -> threading.RLock:
    """The lock of this thread's visit: whoever carries out what was clicked there holds it."""
    context = get_script_run_ctx(suppress_warning=True)
    with _door:
        turn = _turns.setdefault(context.session_id if context else "", threading.RLock())
        while len(_turns) > _VISITS:
            _turns.pop(next(iter(_turns)))
        return turn
