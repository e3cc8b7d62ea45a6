"""Each event is taken once, however often the browser sends it."""

from __future__ import annotations

from typing import Any

from pages.components.inbox import fresh


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
