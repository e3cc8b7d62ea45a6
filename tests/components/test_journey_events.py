"""What the journey map believes of what a browser sends."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.components import journey_events as j
from pages.components.journey_map import JourneyView, journey_data
from pages.components.journey_map import parse_event as parse

MODEL: JourneyView = {
    "stages": [{"id": "s1", "name": "Discover"}, {"id": "s2", "name": "Buy"}],
    "lanes": [
        {"id": "touch", "kind": "touchpoints", "name": "Touchpoints", "fixed": True},
        {"id": "pain", "kind": "cards", "name": "Pain points"},
    ],
    "touchpoints": [{"id": "p1", "touchpoint": "t1", "stage": "s1", "name": "Website", "order": 0}],
    "cards": [
        {"id": "c1", "lane": "pain", "stage": "s1", "text": "Too slow", "order": 0},
        {"id": "c2", "lane": "pain", "stage": "s1", "text": "Too dear", "order": 1},
    ],
}


def event(kind: str, **fields: Any) -> j.Event | None:
    return parse({"kind": kind, "nonce": "k-1", **fields}, MODEL)


def test_every_kind_of_event_is_understood() -> None:
    move = {"stage": "s2", "before": None, "after": None}
    understood = [
        event("emotion", stage="s1", value=-1.5),
        event("emotion_reset", stage="s1"),
        event("move_card", id="c1", lane="pain", **move),
        event("move_touchpoint", id="p1", **move),
        event("move_stage", id="s2", before="s1"),
        event("move_lane", id="pain", before="touch"),
        event("collapse_lane", id="pain", collapsed=True),
        event("add_stage", name="Use", before=None),
        event("add_card", stage="s1", lane="pain", texts=["a", "b"]),
        event("add_touchpoint", stage="s1", names=["Shop"]),
        event("rename_stage", id="s1", text="Find"),
        event("rename_lane", id="pain", text="Irritants"),
        event("rename_card", id="c1", text="Slow\nand loud"),
        event("rename_touchpoint", id="p1", text="Web shop"),
        event("set_goal", id="s1", text=""),
        event("delete_stage", id="s1"),
        event("delete_card", id="c1"),
        event("delete_touchpoint", id="p1"),
        event("colour_card", id="c1", colour="violet"),
        event("span_card", id="c1", span=2),
        event("open", what="touchpoint", id="p1"),
        event("undo"),
        event("redo"),
    ]
    assert understood == [
        j.EmotionSet("emotion", "k-1", "s1", -1.5),
        j.EmotionReset("emotion_reset", "k-1", "s1"),
        j.CardMoved("move_card", "k-1", "c1", "s2", "pain", None, None),
        j.TouchpointMoved("move_touchpoint", "k-1", "p1", "s2", None, None),
        j.StageMoved("move_stage", "k-1", "s2", "s1"),
        j.LaneMoved("move_lane", "k-1", "pain", "touch"),
        j.LaneCollapsed("collapse_lane", "k-1", "pain", True),
        j.StageAdded("add_stage", "k-1", "Use", None),
        j.CardsAdded("add_card", "k-1", "s1", "pain", ("a", "b")),
        j.TouchpointsAdded("add_touchpoint", "k-1", "s1", ("Shop",)),
        j.NameChanged("rename_stage", "k-1", "stage", "s1", "Find"),
        j.NameChanged("rename_lane", "k-1", "lane", "pain", "Irritants"),
        j.NameChanged("rename_card", "k-1", "card", "c1", "Slow\nand loud"),
        j.NameChanged("rename_touchpoint", "k-1", "touchpoint", "p1", "Web shop"),
        j.GoalSet("set_goal", "k-1", "s1", ""),
        j.Removed("delete_stage", "k-1", "stage", "s1"),
        j.Removed("delete_card", "k-1", "card", "c1"),
        j.Removed("delete_touchpoint", "k-1", "touchpoint", "p1"),
        j.CardColoured("colour_card", "k-1", "c1", "violet"),
        j.CardSpanned("span_card", "k-1", "c1", 2),
        j.OpenAsked("open", "k-1", "touchpoint", "p1"),
        j.UndoAsked("undo", "k-1"),
        j.RedoAsked("redo", "k-1"),
    ]


@pytest.mark.parametrize("value", [2.5, -2.5, 0.3, math.nan, math.inf, True, "1", None, [1]])
def test_an_emotion_that_is_no_half_between_minus_two_and_two_is_refused(value: Any) -> None:
    assert event("emotion", stage="s1", value=value) is None


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("emotion", {"stage": "s9", "value": 1}),
        ("move_card", {"id": "p1", "stage": "s1", "lane": "pain"}),
        ("move_card", {"id": "c1", "stage": "s1", "lane": "pain", "before": ["c2"]}),
        ("move_touchpoint", {"id": "c1", "stage": "s1"}),
        ("delete_card", {"id": ["c1"]}),
        ("open", {"what": "lane", "id": "pain"}),
        ("open", {"what": "card", "id": "s1"}),
    ],
)
def test_what_does_not_exist_is_refused(kind: str, fields: dict[str, Any]) -> None:
    assert event(kind, **fields) is None


def test_a_card_cannot_enter_the_lane_of_touchpoints() -> None:
    assert event("move_card", id="c1", stage="s1", lane="touch", before=None, after=None) is None
    assert event("add_card", stage="s1", lane="touch", texts=["a"]) is None


def test_a_fixed_lane_keeps_its_name() -> None:
    assert event("rename_lane", id="touch", text="Mine") is None


def test_texts_are_trimmed_and_kept_to_two_thousand_characters() -> None:
    assert event("rename_card", id="c1", text="  ok \u0000\u200b ") == j.NameChanged(
        "rename_card", "k-1", "card", "c1", "ok"
    )
    assert event("rename_card", id="c1", text="x" * 2000) is not None
    assert event("rename_card", id="c1", text="x" * 2001) is None
    assert event("rename_card", id="c1", text="   ") is None
    assert event("add_card", stage="s1", lane="pain", texts=["a", " "]) is None
    assert event("add_card", stage="s1", lane="pain", texts=[]) is None
    assert event("add_card", stage="s1", lane="pain", texts=["a"] * 201) is None


def test_french_blanks_and_line_breaks_in_a_card_are_kept() -> None:
    text = "«\u00a0Combien\u202f?\u00a0»\nDix"
    assert event("rename_card", id="c1", text=text) == j.NameChanged("rename_card", "k-1", "card", "c1", text)


@pytest.mark.parametrize("span", [0, 3, 1.5, "2", None])
def test_a_card_spans_whole_stages_that_exist(span: Any) -> None:
    assert event("span_card", id="c1", span=span) is None


@pytest.mark.parametrize("nonce", [None, "", "x" * 65, 7])
def test_an_event_without_its_own_mark_is_refused(nonce: Any) -> None:
    assert parse({"kind": "undo", "nonce": nonce}, MODEL) is None


_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.floats()
    | st.integers()
    | st.sampled_from(["s1", "c1", "pain", "", "x\u0000", "é" * 3000]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.just("id"), inner),
    max_leaves=6,
)
_FIELDS = (
    "kind",
    "nonce",
    "id",
    "stage",
    "lane",
    "value",
    "texts",
    "text",
    "names",
    "what",
    "before",
    "after",
    "span",
    "colour",
)


@given(st.dictionaries(st.sampled_from(_FIELDS), _JSON), st.sampled_from([*sorted(j._PARSERS), "", "unknown"]))
def test_nothing_that_a_browser_sends_can_raise(raw: dict[str, Any], kind: str) -> None:
    assert isinstance(parse(raw | {"kind": kind}, MODEL), j.Event | None)
    assert isinstance(parse(raw, MODEL), j.Event | None)


def test_the_browser_receives_the_texts_of_the_language() -> None:
    french, english = journey_data(MODEL, "fr"), journey_data(MODEL, "en")
    assert french["levels"] == ["Frustré", "Mal à l’aise", "Indifférent", "Content", "Ravi"]
    assert english["levels"] == ["Frustrated", "Uneasy", "Indifferent", "Pleased", "Delighted"]
    assert french["text"].keys() == english["text"].keys()
    assert french["text"]["assumed"] == "supposé"


def test_own_words_for_the_levels_replace_ours() -> None:
    words = ["awful", "bad", "so-so", "good", "great"]
    assert journey_data({**MODEL, "levels": words}, "fr")["levels"] == words


def test_a_neighbour_deleted_meanwhile_does_not_stop_a_move() -> None:
    moved = event("move_card", id="c1", stage="s1", lane="pain", before="gone", after="c2")
    assert moved == j.CardMoved("move_card", "k-1", "c1", "s1", "pain", None, "c2")


def test_what_is_typed_in_a_stage_deleted_meanwhile_is_kept_without_a_place() -> None:
    assert event("add_card", stage="gone", lane="pain", texts=["a"]) == j.CardsAdded("add_card", "k-1", "unassigned", "pain", ("a",))
    assert event("add_touchpoint", stage="gone", names=["Shop"]) == j.TouchpointsAdded("add_touchpoint", "k-1", "unassigned", ("Shop",))


STEPPED = JourneyView(
    stages=[{"id": "s1", "name": "Buy", "steps": [{"id": "st1", "name": "Quote"}, {"id": "st2", "name": "Pay"}]}],
    lanes=[{"id": "pain", "kind": "cards", "name": "Pain points"}],
    touchpoints=[{"id": "p1", "touchpoint": "t1", "stage": "s1", "name": "Till", "order": 0, "step": "st1"}],
    cards=[{"id": "c1", "lane": "pain", "stage": "s1", "text": "Slow", "order": 0}],
)


def stepped(kind: str, **fields: Any) -> Any:
    return parse({"kind": kind, "nonce": "k-1", **fields}, STEPPED)


def test_every_act_on_steps_is_understood() -> None:
    move = {"stage": "s1", "before": None, "after": None}
    assert [
        stepped("add_step", stage="s1", names=["Wait", "Collect"]),
        stepped("move_step", id="st2", before="st1"),
        stepped("rename_step", id="st2", text="Checkout"),
        stepped("delete_step", id="st1"),
        stepped("set_step", what="touchpoint", id="p1", step="st2"),
        stepped("set_step", what="card", id="c1", step=None),
        stepped("move_card", id="c1", lane="pain", step="st1", **move),
        stepped("move_touchpoint", id="p1", step=None, **move),
        stepped("move_touchpoint", id="p1", step="gone", **move),
    ] == [
        j.StepsAdded("add_step", "k-1", "s1", ("Wait", "Collect")),
        j.StepMoved("move_step", "k-1", "st2", "st1"),
        j.NameChanged("rename_step", "k-1", "step", "st2", "Checkout"),
        j.Removed("delete_step", "k-1", "step", "st1"),
        j.StepSet("set_step", "k-1", "touchpoint", "p1", "st2"),
        j.StepSet("set_step", "k-1", "card", "c1", None),
        j.CardMoved("move_card", "k-1", "c1", "s1", "pain", None, None, "st1"),
        j.TouchpointMoved("move_touchpoint", "k-1", "p1", "s1", None, None, None),
        j.TouchpointMoved("move_touchpoint", "k-1", "p1", "s1", None, None, None),
    ]


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("add_step", {"stage": "s9", "names": ["Wait"]}),
        ("add_step", {"stage": "s1", "names": [" "]}),
        ("move_step", {"id": "s1", "before": None}),
        ("set_step", {"what": "card", "id": "c1", "step": "st9"}),
        ("set_step", {"what": "stage", "id": "s1", "step": "st1"}),
        ("delete_step", {"id": "st9"}),
        ("rename_step", {"id": "st1", "text": " "}),
    ],
)
def test_a_step_that_does_not_exist_is_refused(kind: str, fields: dict[str, Any]) -> None:
    assert stepped(kind, **fields) is None
