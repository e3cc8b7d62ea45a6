"""What was clicked or typed last is carried out, whatever comes right after it."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
import streamlit as st
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.runtime.app_session import AppSession, AppSessionState
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData, ScriptRequests, ScriptRequestType
from streamlit.runtime.state.common import WidgetMetadata
from streamlit.runtime.state.safe_session_state import SafeSessionState
from streamlit.runtime.state.session_state import SessionState

from pages.shell import echoes, unbroken
from pages.shell.synced import meant, named, put, synced


class Visit(AppSession):
    """A visit whose runs are noted instead of begun."""

    def __init__(self) -> None:
        self._state, self._client_state, self.begun = AppSessionState.APP_NOT_RUNNING, ClientState(), list[RerunData]()
        self._scriptrunner: Any = None

    def __del__(self) -> None: ...

    def _create_scriptrunner(self, initial_rerun_data: RerunData) -> None:
        asked = ScriptRequests()
        asked.request_rerun(initial_rerun_data)
        self._scriptrunner = SimpleNamespace(_requests=asked, request_stop=asked.request_stop, request_rerun=asked.request_rerun)

    def begin(self) -> RerunData | None:
        """The present run comes to its beginning."""
        asked = self._scriptrunner._requests.on_scriptrunner_ready()
        return asked.rerun_data if asked.type == ScriptRequestType.RERUN else None


def asks(*widgets: WidgetState, page: str = "plan") -> ClientState:
    return ClientState(widget_states=WidgetStates(widgets=widgets), page_script_hash=page)


def told(run: RerunData | None) -> dict[str, Any]:
    widgets = [] if run is None or run.widget_states is None else run.widget_states.widgets
    return {one.id: getattr(one, one.WhichOneof("value") or "id") for one in widgets if one.id != unbroken._PLACE}


CLICK = WidgetState(id="accept", trigger_value=True)


def test_two_clicks_before_either_has_begun_are_both_carried_out() -> None:
    visit = Visit()
    visit.request_rerun(asks(CLICK))
    first = visit._scriptrunner
    visit.request_rerun(asks(WidgetState(id="next", trigger_value=True)))
    assert told(visit.begin()) == {"accept": True, "next": True}
    assert first._requests.on_scriptrunner_ready().type == ScriptRequestType.STOP  # and neither twice


def test_a_click_that_has_begun_is_not_carried_out_again() -> None:
    visit = Visit()
    visit.request_rerun(asks(CLICK))
    visit.begin()
    visit.request_rerun(asks(WidgetState(id="next", trigger_value=True)))
    assert told(visit.begin()) == {"next": True}


def test_what_was_typed_before_leaving_the_page_is_kept() -> None:
    visit = Visit()
    visit.request_rerun(asks(WidgetState(id="owner", string_value="Zoé")))
    visit.request_rerun(asks(page="journey"))
    run = visit.begin()
    assert told(run) == {"owner": "Zoé"}
    assert run is not None
    assert run.page_script_hash == "journey"


def test_of_two_texts_in_one_field_the_later_counts() -> None:
    visit = Visit()
    visit.request_rerun(asks(WidgetState(id="owner", string_value="Zo")))
    visit.request_rerun(asks(WidgetState(id="owner", string_value="Zoé")))
    assert told(visit.begin()) == {"owner": "Zoé"}


def test_what_was_clicked_last_before_the_browser_was_closed_is_still_done() -> None:
    visit = Visit()
    visit.request_rerun(asks(CLICK))
    visit.request_script_stop()
    assert told(visit.begin()) == {"accept": True}


def test_a_run_under_way_ends_when_the_browser_is_closed() -> None:
    visit = Visit()
    visit.request_rerun(asks(CLICK))
    visit.begin()
    visit.request_script_stop()
    assert visit.begin() is None


def test_a_run_that_is_overtaken_brings_its_click_but_not_its_older_fields() -> None:
    visit, state = Visit(), SafeSessionState(SessionState(), lambda: None)
    visit.request_rerun(asks(CLICK, WidgetState(id="owner", string_value="Zo")))
    first = visit.begin()
    visit.request_rerun(asks(WidgetState(id="owner", string_value="Zoé")))
    later = visit.begin()
    assert first is not None
    assert later is not None
    ids = lambda run: [one.id for one in unbroken._heard(run.widget_states, state).widgets]  # type: ignore[union-attr] # noqa: E731
    assert [ids(later), ids(first)] == [["owner"], ["accept"]]


@pytest.mark.parametrize(("told_to_stop", "clicked"), [(True, True), (False, False)])
def test_a_run_that_was_broken_off_leaves_the_next_click_alone(monkeypatch: pytest.MonkeyPatch, told_to_stop: bool, clicked: bool) -> None:
    asked = ScriptRequests()
    if told_to_stop:
        asked.request_stop()
    monkeypatch.setattr(unbroken, "get_script_run_ctx", lambda **_: SimpleNamespace(session_id="v", script_requests=asked))
    inner = SessionState()
    inner._new_widget_state.set_widget_metadata(
        WidgetMetadata(id="accept", deserializer=bool, serializer=bool, value_type="trigger_value", fragment_id=None)
    )
    inner.set_widgets_from_proto(WidgetStates(widgets=[CLICK]))
    SafeSessionState(inner, lambda: None).on_script_finished(frozenset({"accept"}))
    assert inner["accept"] is clicked


def test_a_field_that_says_what_it_said_before_it_was_changed_is_no_edit() -> None:
    def says(heard: int, text: str) -> WidgetStates:
        return WidgetStates(
            widgets=[WidgetState(id="$$ID-0a-heard_run", string_value=str(heard)), WidgetState(id="$$ID-1b-title", string_value=text)]
        )

    state = {"_echoes": echoes._Echoes(run=3)}
    assert len(echoes.without(says(3, "Old"), state).widgets) == 2  # type: ignore[union-attr]
    state["_echoes"].run, state["_echoes"].changed, state["_echoes"].former = 4, {"title": 4}, {"title": ["Second"]}
    assert len(echoes.without(says(3, "Second"), state).widgets) == 1  # type: ignore[union-attr]  # heard, but never said until now
    state["_echoes"].said = {one.id: one.SerializeToString(deterministic=True) for one in says(3, "Old").widgets}
    assert [one.id for one in echoes.without(says(3, "Old"), state).widgets] == ["$$ID-0a-heard_run"]  # type: ignore[union-attr]
    assert len(echoes.without(says(3, "Mine"), state).widgets) == 2  # type: ignore[union-attr]  # typed meanwhile
    assert len(echoes.without(says(4, "Mine"), state).widgets) == 2  # type: ignore[union-attr]  # the news has come: whatever it says is meant
    assert echoes.without(says(-1, "Mine"), state) is not None


def test_a_field_in_a_closed_popover_has_heard_nothing_however_often_the_page_was_drawn() -> None:
    def says(page: int, popover: int, text: str) -> WidgetStates:
        marks = {"$$ID-0a-heard_run": str(page), "$$ID-0b-heard_run_settings": str(popover)}
        return WidgetStates(widgets=[WidgetState(id=id, string_value=said) for id, said in (marks | {"$$ID-1b-title": text}).items()])

    def heard(*said: Any) -> bool:
        return "$$ID-1b-title" in [one.id for one in echoes.without(says(*said), state).widgets]  # type: ignore[union-attr]

    state = {"_echoes": echoes._Echoes(run=3, places={"title": "_settings"})}
    assert heard(3, 3, "Old")
    state["_echoes"].run, state["_echoes"].changed = 4, {"title": 4}
    assert [heard(4, 3, "Old"), heard(9, 3, "Old")] == [False, False]  # closed, it says its old text with every click
    assert heard(9, 3, "Typed")  # and what is typed as it closes is meant
    assert heard(10, 10, "Old")  # opened, it has the news: whatever it says is meant


def test_a_new_field_that_says_what_it_was_given_is_not_told_again_under_the_hand_that_types() -> None:
    given = WidgetStates(widgets=[WidgetState(id="$$ID-0a-heard_run", string_value="3"), WidgetState(id="$$ID-1b-title", string_value="")])
    state: dict[str, Any] = {"_echoes": echoes._Echoes(run=4, changed={"title": 4, "team": 4}, former={"title": [None]}), "title": ""}
    echoes.without(given, state)
    assert state["_echoes"].changed == {"team": 4}


def test_what_a_callback_empties_is_not_taken_again_however_quick_the_next_click(fields: Any) -> None:
    fields["lane"], fields["_echoes"] = "Costs", echoes._Echoes(run=6)
    put("lane", "")
    widgets = [WidgetState(id="$$ID-0a-heard_run", string_value="6"), WidgetState(id="$$ID-1b-lane", string_value="Costs")]
    heard = echoes.without(WidgetStates(widgets=widgets), fields)
    assert heard is not None
    assert [one.id for one in heard.widgets] == ["$$ID-0a-heard_run"]  # run 6 was drawn before the field was emptied


@pytest.fixture
def fields() -> Iterator[Any]:
    """The state of a visit without a browser."""
    st.session_state.clear()
    yield st.session_state
    st.session_state.clear()


def test_a_choice_is_understood_by_the_former_name_beside_a_new_one(fields: Any) -> None:
    named("needs", {"a": "1. Prices", "b": "2. Quote"})
    named("needs", {"a": "1. Prices at once", "b": "2. Quote"})
    fields["needs"] = ["1. Prices", "b"]
    assert meant("needs") == ["a", "b"]
    fields["needs"] = "1. Prices"
    assert meant("needs") == "a"


def test_a_field_is_told_its_value_again_until_the_browser_has_heard_it(fields: Any) -> None:
    fields["title"], fields["_echoes"] = "New", echoes._Echoes(run=6, changed={"title": 4}, former={"title": ["Old"]})
    synced("title", "New")
    assert fields["_echoes"].changed == {"title": 6}
    assert fields["_echoes"].former == {"title": ["Old"]}
    fields["_echoes"] = echoes._Echoes(run=7)
    synced("title", "New")
    assert fields["_echoes"].changed == {}
