"""The journey map that is worked on by mouse, finger and keyboard. The contract is in ``pages.components``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Literal, NotRequired, TypedDict

import streamlit as st

from analysis.charts.palette import FACES, look
from analysis.language import translator
from pages.components.inbox import acknowledged, source, take
from pages.components.journey_events import CARD_COLOURS, Event, parse_event
from pages.components.journey_texts import levels, shortcuts, texts

__all__ = [
    "CardView",
    "CurveView",
    "EmotionView",
    "JourneyView",
    "LaneView",
    "StageView",
    "StepView",
    "TouchpointView",
    "journey_map",
    "parse_event",
]

Provenance = Literal["measured", "voted", "assumed"]


class EmotionView(TypedDict, total=False):
    """The emotion of a stage on -2…+2. No ``value``: a gap in the curve, never zero."""

    value: float | None  #: what the curve shows (the hand-set one where it overrides a measured one)
    provenance: Provenance | None
    n: int | None  #: answers behind it
    sd: float | None
    low: float | None  #: ends of the 95 % interval
    high: float | None
    few: bool  #: fewer than five answers: drawn hollow
    divided: bool  #: split feelings
    alike: bool  #: everybody answered the same: no interval
    override: bool  #: set by hand over a measured one
    measured: float | None  #: the measured one, where it is overridden


class StepView(TypedDict):
    """A part of a stage."""

    id: str
    name: str


class StageView(TypedDict):
    """A column; ``steps`` in their order."""

    id: str
    name: str
    steps: NotRequired[Sequence[StepView]]
    goal: NotRequired[str]
    emotion: NotRequired[EmotionView]


class CurveView(TypedDict):
    """A further curve (another persona, the to-be map): ``values`` follow the stages, None is a gap."""

    id: str
    name: str
    values: Sequence[float | None]
    dash: NotRequired[Literal["solid", "dash", "dot", "dashdot", "long"]]
    marker: NotRequired[Literal["circle", "square", "triangle", "diamond", "cross"]]
    colour: NotRequired[str]  #: #rrggbb


class LaneView(TypedDict):
    """A row. One lane of kind ``touchpoints`` at most."""

    id: str
    kind: Literal["touchpoints", "cards"]
    name: str
    icon: NotRequired[str]  #: see ICONS in shared.js; an unknown one is drawn as a sheet
    collapsed: NotRequired[bool]
    fixed: NotRequired[bool]  #: its name cannot be changed


class TouchpointView(TypedDict):
    """A placement of a touchpoint in a stage."""

    id: str  #: of the placement
    touchpoint: str  #: of the touchpoint
    stage: str
    name: str
    order: float
    step: NotRequired[str | None]  #: of its stage
    channel: NotRequired[str | None]
    phase: NotRequired[str | None]  #: emerging, growing, mature, declining, or a word of the user's own
    emotion: NotRequired[float | None]
    provenance: NotRequired[Provenance | None]
    n: NotRequired[int | None]
    moment_of_truth: NotRequired[bool]
    pain_points: NotRequired[int | None]


class CardView(TypedDict):
    """A short text on a lane of a stage; ``span`` stages wide."""

    id: str
    lane: str
    stage: str
    text: str
    order: float
    step: NotRequired[str | None]  #: of its stage
    touchpoint: NotRequired[str | None]  #: id of the touchpoint (or of its placement) that it belongs to
    colour: NotRequired[str]
    count: NotRequired[float | None]
    side: NotRequired[str | None]  #: who said it: customer, staff
    lost: NotRequired[str | None]  #: what it costs, written with its currency
    span: NotRequired[int]


class JourneyView(TypedDict):
    """Everything the map shows, ready for JSON (no NaN: None)."""

    stages: Sequence[StageView]
    lanes: Sequence[LaneView]
    touchpoints: Sequence[TouchpointView]
    cards: Sequence[CardView]
    curves: NotRequired[Sequence[CurveView]]
    levels: NotRequired[Sequence[str]]  #: own words for the five levels, lowest first
    faces: NotRequired[Sequence[str]]  #: codes of analysis.charts.palette.FACES, lowest first; empty: the level's own face
    can_undo: NotRequired[bool]
    can_redo: NotRequired[bool]


_SCRIPTS = (
    "shared.js",
    "journey_map_view.js",
    "journey_map_draw.js",
    "journey_map_curve.js",
    "journey_map_edit.js",
    "journey_map_drag.js",
    "journey_map_keys.js",
    "journey_map.js",
)
_component = st.components.v2.component(
    "parcours_journey_map", html='<div class="journey-map"></div>', css=source("journey_map.css"), js=source(*_SCRIPTS)
)


def journey_map(
    model: JourneyView,
    *,
    language: str,
    key: str,
    on_event: Callable[[Event], None],
    on_lost: Callable[[Mapping[str, Any]], None] | None = None,
    height: int | None = None,
    readonly: bool = False,
) -> None:
    """Draw the map; what hands do on it is given to ``on_event``, already checked.

    Parameters
    ----------
    model : what to show. Must be the state after the events that ``on_event`` received before.
    language : ``"fr"`` or ``"en"``.
    key : the component's own; the same as long as the same map is shown, or scroll, focus and unsent text are lost.
    on_event : called before the rerun, once per event, oldest first, as a widget's callback is.
    on_lost : is given an act that no longer fits the map, since somebody deleted meanwhile what it was about.
    height : the most that it takes, in pixels; None: the window's height less the page's header. It scrolls inside.
    readonly : nothing can be changed; items can still be opened.
    """
    data = journey_data(model, language, readonly) | {"height": height, "name": key, "ack": acknowledged(key)}

    def arrived() -> None:
        take(key, lambda raw: parse_event(raw, model), on_event, on_lost)

    _component(data=data, key=key, on_event_change=arrived)


def journey_data(model: JourneyView, language: str, readonly: bool = False) -> dict[str, Any]:
    """What the browser receives, without the acknowledgement: the model, the texts and the fixed lists."""
    data = dict(model)
    data["levels"] = list(model.get("levels") or levels(language))
    chosen = list(model.get("faces") or [""] * 5)
    data["faces"] = [look(step, code) if code in FACES else None for step, code in enumerate(chosen)]
    return data | {
        "text": _texts(language),
        "shortcuts": shortcuts(language),
        "language": translator(language).language,
        "colours": list(CARD_COLOURS),
        "readonly": readonly,
    }


@lru_cache(maxsize=4)
def _texts(language: str) -> dict[str, str]:
    return texts(language)
