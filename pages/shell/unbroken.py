"""A click is carried out whole, however quickly the next one follows.

Streamlit breaks a run off as soon as another is asked for, at the next use of ``st.session_state``, and what a click asked for is then
lost if its callback had not come further. Here callbacks come to their end first; the next run begins right after them. It also starts
the next run in a thread of its own at once, so that the callbacks of two quick clicks could overtake each other: here they take turns.
"""

from __future__ import annotations

import functools
import threading
from typing import Any

from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.runtime.state.safe_session_state import SafeSessionState

#: where Streamlit looks whether another run is asked for, and where it calls the callbacks of a run
_LOOKS, _CALLS = "_maybe_handle_execution_control_request", "on_script_will_rerun"
_now = threading.local()
_door = threading.Lock()
_turns: dict[str, threading.RLock] = {}
#: as many visits as are remembered; the oldest are long over
_VISITS = 5000


def keep_callbacks_whole() -> None:
    """Make it so, once, for every visit of this server; a Streamlit that works otherwise stays as it is."""
    looks, calls = getattr(ScriptRunner, _LOOKS, None), getattr(SafeSessionState, _CALLS, None)
    if looks is None or calls is None or hasattr(calls, "__wrapped__"):
        return

    @functools.wraps(looks)
    def look(runner: ScriptRunner) -> None:
        if not getattr(_now, "calling", False):
            looks(runner)

    @functools.wraps(calls)
    def call(state: SafeSessionState, *args: Any, **options: Any) -> None:
        with turn_of_visit():
            _now.calling = True
            try:
                calls(state, *args, **options)
            finally:
                _now.calling = False

    setattr(ScriptRunner, _LOOKS, look)
    setattr(SafeSessionState, _CALLS, call)


def turn_of_visit() -> threading.RLock:
    """The lock of this thread's visit: whoever carries out what was clicked there holds it."""
    context = get_script_run_ctx(suppress_warning=True)
    with _door:
        turn = _turns.setdefault(context.session_id if context else "", threading.RLock())
        while len(_turns) > _VISITS:
            _turns.pop(next(iter(_turns)))
        return turn
