"""What can happen on the journey map, as values, and the check that turns a browser's message into one of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from analysis.project.views import UNASSIGNED
from pages.components.inbox import Fields, Refused, nonce

if TYPE_CHECKING:
    from pages.components.journey_map import JourneyView

#: The colours of a card; the empty one is the lane's own.
CARD_COLOURS = ("", "amber", "green", "blue", "violet", "rose", "grey")

Renamed = Literal["stage", "step", "lane", "card", "touchpoint"]
Deleted = Literal["stage", "step", "card", "touchpoint"]
Opened = Literal["stage", "card", "touchpoint"]


@dataclass(frozen=True)
class Event:
    """Something a hand did; ``kind`` is its name on the wire, ``nonce`` marks it as one of its own."""

    kind: str
    nonce: str


@dataclass(frozen=True)
class EmotionSet(Event):
    """``emotion``: set by hand for a stage, -2 to 2 in halves. A measured value is overridden, not replaced."""

    stage: str
    value: float


@dataclass(frozen=True)
class EmotionReset(Event):
    """``emotion_reset``: the hand-set value of a stage is withdrawn, the measured one holds again."""

    stage: str


@dataclass(frozen=True)
class CardMoved(Event):
    """``move_card``: to a lane and stage, in front of ``before`` (None: last), behind ``after`` (None: first).

    ``step``: of that stage (None: in none), whose cards ``before`` and ``after`` are; empty: whatever the neighbour's is.
    """

    id: str
    stage: str
    lane: str
    before: str | None
    after: str | None
    step: str | None = ""


@dataclass(frozen=True)
class TouchpointMoved(Event):
    """``move_touchpoint``: a placement, in front of ``before`` (None: last), behind ``after`` (None: first); ``step`` as for a card."""

    id: str
    stage: str
    before: str | None
    after: str | None
    step: str | None = ""


@dataclass(frozen=True)
class StepsAdded(Event):
    """``add_step``: one step for each name, at the end of the stage's, in this order."""

    stage: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class StepMoved(Event):
    """``move_step``: in front of ``before``, a step of the same stage; None: last."""

    id: str
    before: str | None


@dataclass(frozen=True)
class StepSet(Event):
    """``set_step``: a card or a touchpoint (``id``: the placement) is put last in a step of its stage; None: in none."""

    what: Literal["card", "touchpoint"]
    id: str
    step: str | None


@dataclass(frozen=True)
class StageMoved(Event):
    """``move_stage``: in front of ``before``; None: last."""

    id: str
    before: str | None


@dataclass(frozen=True)
class LaneMoved(Event):
    """``move_lane``: in front of ``before``; None: last."""

    id: str
    before: str | None


@dataclass(frozen=True)
class LaneCollapsed(Event):
    """``collapse_lane``: folded to a line that counts its items, or opened again."""

    id: str
    collapsed: bool


@dataclass(frozen=True)
class StageAdded(Event):
    """``add_stage``: in front of ``before``; None: last."""

    name: str
    before: str | None


@dataclass(frozen=True)
class CardsAdded(Event):
    """``add_card``: one card for each text, at the end of the cell, in this order."""

    stage: str
    lane: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class TouchpointsAdded(Event):
    """``add_touchpoint``: one new touchpoint for each name, at the end of the stage, in this order."""

    stage: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class NameChanged(Event):
    """``rename_stage``, ``rename_step``, ``rename_lane``, ``rename_card`` (its text), ``rename_touchpoint`` (``id``: the placement)."""

    what: Renamed
    id: str
    text: str


@dataclass(frozen=True)
class GoalSet(Event):
    """``set_goal``: the customer's goal in a stage; may be empty."""

    id: str
    text: str


@dataclass(frozen=True)
class Removed(Event):
    """``delete_stage``, ``delete_step``, ``delete_card``, ``delete_touchpoint`` (the placement), unasked: undo brings it back."""

    what: Deleted
    id: str


@dataclass(frozen=True)
class CardColoured(Event):
    """``colour_card``: one of :data:`CARD_COLOURS`."""

    id: str
    colour: str


@dataclass(frozen=True)
class CardSpanned(Event):
    """``span_card``: over how many stages, from its own to the right."""

    id: str
    span: int


@dataclass(frozen=True)
class OpenAsked(Event):
    """``open``: show everything about a stage's emotion, a card or a touchpoint (``id`` is the placement's)."""

    what: Opened
    id: str


@dataclass(frozen=True)
class UndoAsked(Event):
    """``undo``."""


@dataclass(frozen=True)
class RedoAsked(Event):
    """``redo``."""


class _Known:
    """The ids of a map, for the checks."""

    def __init__(self, model: JourneyView) -> None:
        self.stage = {stage["id"] for stage in model["stages"]}
        self.step = {step["id"] for stage in model["stages"] for step in stage.get("steps", ())}
        self.lane = {lane["id"] for lane in model["lanes"]}
        self.fixed = {lane["id"] for lane in model["lanes"] if lane.get("fixed")}
        self.card_lane = {lane["id"] for lane in model["lanes"] if lane["kind"] == "cards"}
        self.card = {card["id"] for card in model["cards"]}
        self.touchpoint = {placement["id"] for placement in model["touchpoints"]}


def parse_event(raw: Mapping[str, Any], model: JourneyView) -> Event | None:
    """The event that a browser sent, checked against what exists.

    Parameters
    ----------
    raw : the event's fields as they came.
    model : the map that was shown; every id of the event must be one of its own.

    Returns
    -------
    One of the events of this module; None where a field is missing, of the wrong type, out of range (an emotion that
    is no half from -2 to 2, a text of more than 2,000 characters, more than 200 lines) or names something unknown.

    >>> from pages.components.journey_map import JourneyView
    >>> model = JourneyView(stages=[{"id": "s1", "name": "Buy"}], lanes=[], touchpoints=[], cards=[])
    >>> parse_event({"kind": "emotion", "stage": "s1", "value": 1.5, "nonce": "a-1"}, model)
    EmotionSet(kind='emotion', nonce='a-1', stage='s1', value=1.5)
    >>> parse_event({"kind": "emotion", "stage": "s1", "value": 7, "nonce": "a-2"}, model) is None
    True
    """
    make = _PARSERS.get(raw.get("kind", "")) if isinstance(raw.get("kind", ""), str) else None
    if make is None:
        return None
    try:
        return make(Fields(raw), _Known(model), raw["kind"], nonce(raw))
    except Refused:
        return None


def _emotion(f: Fields, known: _Known, kind: str, mark: str) -> Event:
    value = f.number("value", -2, 2)
    if not (value * 2).is_integer():
        raise Refused("value")
    return EmotionSet(kind, mark, f.known("stage", known.stage), value)


def _move_card(f: Fields, known: _Known, kind: str, mark: str) -> Event:
    place = f.known("stage", known.stage), f.known("lane", known.card_lane)
    return CardMoved(
        kind,
        mark,
        f.known("id", known.card),
        *place,
        f.neighbour("before", known.card),
        f.neighbour("after", known.card),
        _step(f, known),
    )


def _move_touchpoint(f: Fields, known: _Known, kind: str, mark: str) -> Event:
    ids = known.touchpoint
    return TouchpointMoved(
        kind,
        mark,
        f.known("id", ids),
        f.known("stage", known.stage),
        f.neighbour("before", ids),
        f.neighbour("after", ids),
        _step(f, known),
    )


def _step(f: Fields, known: _Known) -> str | None:
    """Where a move says no step at all, it is the neighbour's."""
    return f.neighbour("step", known.step) if "step" in f.raw else ""


def _set_step(f: Fields, known: _Known, kind: str, mark: str) -> Event:
    what: Literal["card", "touchpoint"] = "card" if f.known("what", ("card", "touchpoint")) == "card" else "touchpoint"
    step = None if f.raw.get("step") is None else f.known("step", known.step)
    return StepSet(kind, mark, what, f.known("id", getattr(known, what)), step)


def _rename(what: Renamed) -> _Parser:
    def parse(f: Fields, known: _Known, kind: str, mark: str) -> Event:
        ids: set[str] = getattr(known, what)
        return NameChanged(
            kind, mark, what, f.known("id", ids - known.fixed if what == "lane" else ids), f.text("text")
        )

    return parse


def _delete(what: Deleted) -> _Parser:
    def parse(f: Fields, known: _Known, kind: str, mark: str) -> Event:
        return Removed(kind, mark, what, f.known("id", getattr(known, what)))

    return parse


def _open(f: Fields, known: _Known, kind: str, mark: str) -> Event:
    what = f.known("what", ("stage", "card", "touchpoint"))
    opened: Opened = "stage" if what == "stage" else "card" if what == "card" else "touchpoint"
    return OpenAsked(kind, mark, opened, f.known("id", getattr(known, opened)))


_Parser = Callable[[Fields, _Known, str, str], Event]
_PARSERS: dict[str, _Parser] = {
    "emotion": _emotion,
    "emotion_reset": lambda f, known, kind, mark: EmotionReset(kind, mark, f.known("stage", known.stage)),
    "move_card": _move_card,
    "move_touchpoint": _move_touchpoint,
    "move_stage": lambda f, known, kind, mark: StageMoved(
        kind, mark, f.known("id", known.stage), f.neighbour("before", known.stage)
    ),
    "move_lane": lambda f, known, kind, mark: LaneMoved(
        kind, mark, f.known("id", known.lane), f.neighbour("before", known.lane)
    ),
    "collapse_lane": lambda f, known, kind, mark: LaneCollapsed(
        kind, mark, f.known("id", known.lane), f.flag("collapsed")
    ),
    "add_stage": lambda f, known, kind, mark: StageAdded(
        kind, mark, f.text("name"), f.neighbour("before", known.stage)
    ),
    "add_card": lambda f, known, kind, mark: CardsAdded(
        kind, mark, f.still("stage", known.stage, UNASSIGNED), f.known("lane", known.card_lane), f.texts("texts")
    ),
    "add_touchpoint": lambda f, known, kind, mark: TouchpointsAdded(
        kind, mark, f.still("stage", known.stage, UNASSIGNED), f.texts("names")
    ),
    "add_step": lambda f, known, kind, mark: StepsAdded(kind, mark, f.known("stage", known.stage), f.texts("names")),
    "move_step": lambda f, known, kind, mark: StepMoved(
        kind, mark, f.known("id", known.step), f.neighbour("before", known.step)
    ),
    "set_step": _set_step,
    "rename_stage": _rename("stage"),
    "rename_step": _rename("step"),
    "rename_lane": _rename("lane"),
    "rename_card": _rename("card"),
    "rename_touchpoint": _rename("touchpoint"),
    "set_goal": lambda f, known, kind, mark: GoalSet(
        kind, mark, f.known("id", known.stage), f.text("text", empty=True)
    ),
    "delete_stage": _delete("stage"),
    "delete_step": _delete("step"),
    "delete_card": _delete("card"),
    "delete_touchpoint": _delete("touchpoint"),
    "colour_card": lambda f, known, kind, mark: CardColoured(
        kind, mark, f.known("id", known.card), f.known("colour", CARD_COLOURS)
    ),
    "span_card": lambda f, known, kind, mark: CardSpanned(
        kind, mark, f.known("id", known.card), f.whole("span", 1, max(len(known.stage), 1))
    ),
    "open": _open,
    "undo": lambda f, known, kind, mark: UndoAsked(kind, mark),
    "redo": lambda f, known, kind, mark: RedoAsked(kind, mark),
}
