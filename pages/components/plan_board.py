"""The plan as a board: a column for each status, cards moved by mouse, finger or keyboard. The contract is in ``pages.components``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NotRequired, TypedDict

import streamlit as st

from analysis.language import translator
from pages.components.inbox import Fields, Refused, acknowledged, nonce, source, take

__all__ = [
    "BoardCard", "BoardColumn", "BoardEvent", "BoardView", "CardMoved", "CardOpened", "RedoAsked", "UndoAsked", "board", "parse_event",
]  # fmt: skip


class BoardColumn(TypedDict):
    """A status: its code, its name, and its colour (#rrggbb)."""

    id: str
    name: str
    colour: NotRequired[str]


class BoardCard(TypedDict):
    """An action in a column."""

    id: str
    column: str
    title: str
    facts: NotRequired[str]  #: touchpoint, owner, cost, in a line
    due: NotRequired[str]  #: when it is due, in words
    late: NotRequired[bool]
    progress: NotRequired[float | None]  #: 0 to 100


class BoardView(TypedDict):
    """Everything the board shows, ready for JSON."""

    columns: Sequence[BoardColumn]
    cards: Sequence[BoardCard]
    opened: NotRequired[str | None]


@dataclass(frozen=True)
class BoardEvent:
    """Something a hand did; ``kind`` is its name on the wire, ``nonce`` marks it as one of its own."""

    kind: str
    nonce: str


@dataclass(frozen=True)
class CardMoved(BoardEvent):
    """``moved``: a card stands in another column now."""

    id: str
    column: str


@dataclass(frozen=True)
class CardOpened(BoardEvent):
    """``open``: show everything about the card."""

    id: str


@dataclass(frozen=True)
class UndoAsked(BoardEvent):
    """``undo``."""


@dataclass(frozen=True)
class RedoAsked(BoardEvent):
    """``redo``."""


_component = st.components.v2.component(
    "parcours_plan_board",
    html='<div class="plan-board"></div>',
    css=source("plan_board.css"),
    js=source("shared.js", "plan_board.js"),
)


def board(model: BoardView, *, language: str, key: str, on_event: Callable[[BoardEvent], None]) -> None:
    """Draw the board; what hands do on it is given to ``on_event``, already checked.

    Parameters
    ----------
    model : what to show. Must be the state after the events that ``on_event`` received before.
    language : ``"fr"`` or ``"en"``. key : the component's own.
    on_event : called before the rerun, once per event, oldest first, as a widget's callback is.
    """

    def arrived() -> None:
        take(key, lambda raw: parse_event(raw, model), on_event)

    _component(data=dict(model) | {"text": _texts(language), "ack": acknowledged(key)}, key=key, on_event_change=arrived)


def parse_event(raw: Mapping[str, Any], model: BoardView) -> BoardEvent | None:
    """The event that a browser sent, checked against what exists; None where it does not hold.

    >>> model = BoardView(columns=[{"id": "to_do", "name": "To do"}], cards=[{"id": "a", "column": "to_do", "title": "A"}])
    >>> parse_event({"kind": "moved", "id": "a", "column": "to_do", "nonce": "x-1"}, model)
    CardMoved(kind='moved', nonce='x-1', id='a', column='to_do')
    >>> parse_event({"kind": "moved", "id": "a", "column": "never", "nonce": "x-2"}, model) is None
    True
    """
    fields, ids = Fields(raw), {card["id"] for card in model["cards"]}
    try:
        match raw.get("kind"):
            case "moved":
                columns = {column["id"] for column in model["columns"]}
                return CardMoved("moved", nonce(raw), fields.known("id", ids), fields.known("column", columns))
            case "open":
                return CardOpened("open", nonce(raw), fields.known("id", ids))
            case "undo":
                return UndoAsked("undo", nonce(raw))
            case "redo":
                return RedoAsked("redo", nonce(raw))
    except Refused:
        pass
    return None


def _texts(language: str) -> dict[str, str]:
    t = translator(language)
    return {
        "title": t("Actions by status"),
        "empty": t("Nothing here"),
        "handle": t("Move this card"),
        "open": t("Details"),
        "status": t("Status"),
        "late": t("late"),
        "did_move": t("{card}: now in {column}"),
        "undo": t("Undo"),
        "redo": t("Redo"),
        "keys": t(
            "Drag a card to another column (on a phone: by its handle or by its list), or use the arrow keys. "
            "Enter opens it, Ctrl+Z undoes."
        ),
    }
