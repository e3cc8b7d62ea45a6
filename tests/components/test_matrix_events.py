"""What the matrix believes of what a browser sends."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.components import matrix as m
from pages.components.matrix import MatrixView, matrix_data
from pages.components.matrix import parse_event as parse

MODEL: MatrixView = {
    "items": [
        {"id": "a", "label": "Text message", "impact": 8, "effort": 2},
        {"id": "b", "label": "New site", "impact": None, "effort": None},
    ],
    "impact": {"low": 1, "high": 10, "cut": 5.5},
    "effort": {"low": 1, "high": 5, "cut": 3, "step": 1},
    "groups": [{"id": "g1", "name": "Buy"}, {"id": "g2", "name": "Use", "colour": "#123456"}],
}


def event(kind: str, **fields: Any) -> m.MatrixEvent | None:
    return parse({"kind": kind, "nonce": "k-1", **fields}, MODEL)


def test_every_kind_of_event_is_understood() -> None:
    assert event("moved", id="b", impact=7.5, effort=5) == m.Moved("moved", "k-1", "b", 5.0, 7.5)
    assert event("select", ids=["b", "a", "b"]) == m.Selected("select", "k-1", ("b", "a"))
    assert event("select", ids=[]) == m.Selected("select", "k-1", ())
    assert event("open", id="a") == m.OpenAsked("open", "k-1", "a")
    assert event("undo") == m.UndoAsked("undo", "k-1")
    assert event("redo") == m.RedoAsked("redo", "k-1")


@pytest.mark.parametrize(
    ("impact", "effort"), [(0.5, 2), (10.5, 2), (5, 5.5), (5, 2.5), (7.25, 2), (None, 2), ("5", 2)]
)
def test_a_place_outside_the_scales_or_off_their_steps_is_refused(impact: Any, effort: Any) -> None:
    assert event("moved", id="a", impact=impact, effort=effort) is None


def test_unknown_items_are_refused() -> None:
    assert event("moved", id="z", impact=5, effort=2) is None
    assert event("select", ids=["a", "z"]) is None
    assert event("open", id=None) is None


@given(
    st.dictionaries(
        st.sampled_from(["kind", "id", "ids", "impact", "effort", "nonce"]),
        st.none() | st.floats() | st.sampled_from(["a", "", ["a"], [None], {}]),
    )
)
def test_nothing_that_a_browser_sends_can_raise(raw: dict[str, Any]) -> None:
    for kind in ("moved", "select", "open", "undo", None):
        assert isinstance(parse(raw | {"kind": kind}, MODEL), m.MatrixEvent | None)


def test_the_browser_receives_defaults_and_the_texts_of_the_language() -> None:
    data = matrix_data(MODEL, "fr")
    assert data["quadrants"] == {
        "quick_win": "Gain rapide",
        "big_bet": "Projet majeur",
        "fill_in": "Tâche de fond",
        "money_pit": "À éviter",
    }
    assert (data["impact"]["step"], data["effort"]["step"]) == (0.5, 1)
    assert [group["colour"] for group in data["groups"]] == ["#0B6E99", "#123456"]
    assert matrix_data(MODEL | {"quadrants": {"quick_win": "Do now"}}, "en")["quadrants"]["quick_win"] == "Do now"
