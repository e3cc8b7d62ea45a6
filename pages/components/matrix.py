"""The impact/effort matrix whose bubbles are moved by hand. The contract is in ``pages.components``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NotRequired, TypedDict

import streamlit as st

from analysis.language import translator
from pages.components.inbox import Fields, Refused, acknowledged, nonce, source, take

__all__ = [
    "Axis",
    "Bubble",
    "Group",
    "MatrixEvent",
    "MatrixView",
    "Moved",
    "OpenAsked",
    "RedoAsked",
    "Selected",
    "UndoAsked",
    "matrix",
    "parse_event",
]

#: Told apart with the common colour-vision deficiencies; used for groups that bring no colour of their own.
GROUP_COLOURS = ("#0B6E99", "#E08214", "#009E73", "#CC79A7", "#56B4E9", "#B35806", "#7F7F7F", "#6A51A3")
QUADRANTS = ("quick_win", "big_bet", "fill_in", "money_pit")


class Axis(TypedDict):
    """A scale: its ends, where it is cut (a value on the cut counts as high), and the step that a hand can set."""

    low: float
    high: float
    cut: float
    step: NotRequired[float]  #: 0.5 if not given
    name: NotRequired[str]  #: "Impact", "Effort" if not given
    names: NotRequired[Sequence[str]]  #: words for low, low + 1, … (sizes S, M, L)


class Group(TypedDict):
    """A stage or a family, drawn in one colour."""

    id: str
    name: str
    colour: NotRequired[str]  #: #rrggbb


class Bubble(TypedDict):
    """An item. Without both values it waits in the tray."""

    id: str
    label: str
    impact: float | None
    effort: float | None
    size: NotRequired[float | None]  #: amount of evidence; the area follows it
    group: NotRequired[str | None]
    colour: NotRequired[str | None]  #: #rrggbb, in place of its group's


class MatrixView(TypedDict):
    """Everything the matrix shows, ready for JSON (no NaN: None)."""

    items: Sequence[Bubble]
    impact: Axis
    effort: Axis
    groups: NotRequired[Sequence[Group]]
    quadrants: NotRequired[Mapping[str, str]]  #: own names of quick_win, big_bet, fill_in, money_pit
    selected: NotRequired[Sequence[str]]  #: None or left out: the browser keeps the choice
    note: NotRequired[str]  #: a line under the chart: which cut, what the size means
    size_text: NotRequired[str]  #: what the size means, with {n}: "{n} answers"


@dataclass(frozen=True)
class MatrixEvent:
    """Something a hand did; ``kind`` is its name on the wire, ``nonce`` marks it as one of its own."""

    kind: str
    nonce: str


@dataclass(frozen=True)
class Moved(MatrixEvent):
    """``moved``: an item has a new place; both values are on their scales and steps. It may have come from the tray."""

    id: str
    effort: float
    impact: float


@dataclass(frozen=True)
class Selected(MatrixEvent):
    """``select``: the items chosen now, none when the choice was cleared."""

    ids: tuple[str, ...]


@dataclass(frozen=True)
class OpenAsked(MatrixEvent):
    """``open``: show everything about the item."""

    id: str


@dataclass(frozen=True)
class UndoAsked(MatrixEvent):
    """``undo``."""


@dataclass(frozen=True)
class RedoAsked(MatrixEvent):
    """``redo``."""


_component = st.components.v2.component(
    "parcours_matrix",
    html='<div class="impact-matrix"></div>',
    css=source("matrix.css"),
    js=source("shared.js", "matrix_labels.js", "matrix_draw.js", "matrix.js"),
)


def matrix(
    model: MatrixView,
    *,
    language: str,
    key: str,
    on_event: Callable[[MatrixEvent], None],
    height: int | None = None,
    readonly: bool = False,
) -> None:
    """Draw the matrix; what hands do on it is given to ``on_event``, already checked.

    Parameters
    ----------
    model : what to show. Must be the state after the events that ``on_event`` received before.
    language : ``"fr"`` or ``"en"``.
    key : the component's own.
    on_event : called before the rerun, once per event, oldest first, as a widget's callback is.
    height : of the chart in pixels, without the key and the tray; None follows the width.
    readonly : nothing can be moved; items can still be chosen and opened.
    """
    data = matrix_data(model, language, readonly) | {"height": height, "name": key, "ack": acknowledged(key)}

    def arrived() -> None:
        take(key, lambda raw: parse_event(raw, model), on_event)

    _component(data=data, key=key, on_event_change=arrived)


def matrix_data(model: MatrixView, language: str, readonly: bool = False) -> dict[str, Any]:
    """What the browser receives, without the acknowledgement: the model completed with its defaults, and the texts."""
    t = translator(language)
    names = {
        "quick_win": t("Quick win"),
        "big_bet": t("Big bet"),
        "fill_in": t("Fill-in"),
        "money_pit": t("Money pit"),
    }
    groups = [
        {"colour": GROUP_COLOURS[i % len(GROUP_COLOURS)]} | dict(group)
        for i, group in enumerate(model.get("groups", ()))
    ]
    return {
        "items": list(model["items"]),
        "impact": {"step": 0.5, "name": t("Impact")} | dict(model["impact"]),
        "effort": {"step": 0.5, "name": t("Effort")} | dict(model["effort"]),
        "groups": groups,
        "quadrants": names | dict(model.get("quadrants", {})),
        "selected": model.get("selected"),
        "note": model.get("note"),
        "size_text": model.get("size_text", "n = {n}"),
        "text": _texts(language),
        "language": t.language,
        "readonly": readonly,
    }


def _texts(language: str) -> dict[str, str]:
    t = translator(language)
    return {
        "title": t("Impact/effort matrix"),
        "undo": t("Undo"),
        "redo": t("Redo"),
        "selected": t("selected"),
        "together": t("{n} on the same spot"),
        "same_spot": t("Items on the same spot are fanned out around it."),
        "tray": t("Not placed yet: {n}"),
        "tray_hint": t("Impact or effort is missing: drag them onto the matrix."),
        "did_select": t("Selected: {n}"),
        "several": t("Choose several"),
        "keys": t(
            "Drag, or use the arrow keys (Shift: by 1). "
            "Ctrl+arrows go to the neighbour, Enter selects, O opens, Ctrl+Z undoes."
        ),
        "keys_read": t("The arrow keys go to the neighbour, Enter selects, O opens."),
    }


def parse_event(raw: Mapping[str, Any], model: MatrixView) -> MatrixEvent | None:
    """The event that a browser sent, checked against what exists.

    Returns
    -------
    :class:`Moved`, :class:`Selected`, :class:`OpenAsked`, :class:`UndoAsked` or :class:`RedoAsked`; None where a field
    is missing, of the wrong type, outside its scale, or names an unknown item.

    >>> axis: Axis = {"low": 1, "high": 10, "cut": 5.5}
    >>> model = MatrixView(items=[{"id": "a", "label": "A", "impact": 3, "effort": 3}], impact=axis, effort=axis)
    >>> parse_event({"kind": "moved", "id": "a", "effort": 2, "impact": 8.5, "nonce": "x-1"}, model)
    Moved(kind='moved', nonce='x-1', id='a', effort=2.0, impact=8.5)
    >>> parse_event({"kind": "moved", "id": "a", "effort": 2, "impact": 11, "nonce": "x-2"}, model) is None
    True
    """
    fields, ids = Fields(raw), {item["id"] for item in model["items"]}
    try:
        match raw.get("kind"):
            case "moved":
                return Moved(
                    "moved",
                    nonce(raw),
                    fields.known("id", ids),
                    _on(fields, "effort", model["effort"]),
                    _on(fields, "impact", model["impact"]),
                )
            case "select":
                return Selected("select", nonce(raw), fields.ids("ids", ids))
            case "open":
                return OpenAsked("open", nonce(raw), fields.known("id", ids))
            case "undo":
                return UndoAsked("undo", nonce(raw))
            case "redo":
                return RedoAsked("redo", nonce(raw))
    except Refused:
        pass
    return None


def _on(fields: Fields, name: str, axis: Axis) -> float:
    """A value on the axis and on one of its steps (the ends are always allowed)."""
    value = fields.number(name, axis["low"], axis["high"])
    steps = (value - axis["low"]) / axis.get("step", 0.5)
    if value != axis["high"] and abs(steps - round(steps)) > 1e-6:
        raise Refused(name)
    return value
