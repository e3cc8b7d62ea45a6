"""Each event is taken once, however often the browser sends it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
import streamlit as st

from pages.components.inbox import acknowledged, fresh, take


def message(client: str, *numbers: int) -> dict[str, Any]:
    return {"client": client, "events": [{"seq": number, "kind": "undo"} for number in numbers]}


def numbers(raw: Any, seen: dict[str, int]) -> list[int]:
    return [event["seq"] for event in fresh(raw, seen)]


def test_events_that_were_already_taken_are_not_taken_again() -> None:
    seen: dict[str, int] = {}
    assert numbers(message("a", 1, 2), seen) == [1, 2]
    assert numbers(message("a", 1, 2, 3), seen) == [3]
    assert numbers(message("a", 3), seen) == []
    assert seen == {"a": 3}


def test_two_tabs_are_counted_apart() -> None:
    seen: dict[str, int] = {}
    assert numbers(message("a", 1), seen) == [1]
    assert numbers(message("b", 1), seen) == [1]
    assert seen == {"a": 1, "b": 1}


def test_only_the_last_tabs_are_remembered() -> None:
    seen: dict[str, int] = {}
    for tab in range(40):
        numbers(message(f"tab {tab}", 1), seen)
    assert len(seen) == 16
    assert "tab 39" in seen


def test_a_message_of_another_shape_brings_nothing() -> None:
    for raw in (None, "x", {}, {"client": "a"}, {"client": "", "events": [{"seq": 1}]}, {"client": "a", "events": "x"}):
        assert numbers(raw, {}) == []
    assert numbers({"client": "a", "events": ["x", {"seq": True}, {"seq": "1"}, {"seq": 5}]}, {}) == [5]


def test_what_cannot_be_kept_is_told_and_the_rest_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    heard, lost = list[Any](), list[Any]()
    state: dict[str, Any] = {"map": SimpleNamespace(event=message("a", 1, 2, 3))}
    monkeypatch.setattr(st, "session_state", state)
    take("map", lambda raw: None if raw["seq"] == 2 else raw["seq"], heard.append, lambda raw: lost.append(raw["seq"]))
    assert heard == [1, 3]
    assert lost == [2]


def test_an_act_broken_off_by_a_newer_run_is_taken_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streamlit raises in the middle of a callback when a newer run is asked for."""
    heard, tries = list[int](), iter([None, KeyboardInterrupt, None, None])
    state: dict[str, Any] = {"map": SimpleNamespace(event=message("a", 1, 2, 3))}
    monkeypatch.setattr(st, "session_state", state)

    def on_event(number: int) -> None:
        if broken := next(tries):
            raise broken
        heard.append(number)

    with pytest.raises(KeyboardInterrupt):
        take("map", lambda raw: int(raw["seq"]), on_event)
    assert acknowledged("map") == {"a": 1}
    take("map", lambda raw: int(raw["seq"]), on_event)
    assert heard == [1, 2, 3]
