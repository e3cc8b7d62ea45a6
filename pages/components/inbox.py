"""What both components share on the Python side: their files, the checking of what a browser sent, each event once.

The browser keeps every event until Python has acknowledged it and sends all of them together, since Streamlit merges
reruns that come in quick succession. :func:`take` hands out each once, by its number.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

import streamlit as st

HERE = Path(__file__).parent
#: The longest text that a card, a name or a goal may have.
LONGEST = 2000
#: The most cards that one paste may bring, and the most events in one message.
MOST = 200
#: How many browsers (tabs, reloads) of one visit are remembered.
_CLIENTS = 16

E = TypeVar("E")


def source(*names: str) -> str:
    """The text of several plain files, joined: the browser receives them as one script or one style sheet."""
    return "\n".join((HERE / name).read_text("utf-8") for name in names)


class Refused(Exception):
    """A field of an event is missing, of the wrong type, out of range, or names something that does not exist."""


class Fields:
    """Reads the fields of one raw event and refuses whatever is not as agreed: the browser is not trusted."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self.raw = raw

    def known(self, name: str, ids: Collection[str]) -> str:
        """An id that exists."""
        value = self.raw.get(name)
        if not isinstance(value, str) or value not in ids:
            raise Refused(name)
        return value

    def perhaps(self, name: str, ids: Collection[str]) -> str | None:
        """None, or an id that exists."""
        return None if self.raw.get(name) is None else self.known(name, ids)

    def still(self, name: str, ids: Collection[str], otherwise: str) -> str:
        """An id that exists, or ``otherwise`` where somebody deleted it meanwhile: what is typed there is kept."""
        return self.neighbour(name, ids) or otherwise

    def neighbour(self, name: str, ids: Collection[str]) -> str | None:
        """A neighbour that may have been deleted or moved away meanwhile: then nothing, and the other one says where."""
        value = self.raw.get(name)
        if value is not None and not (isinstance(value, str) and 1 <= len(value) <= 200):
            raise Refused(name)
        return value if value in ids else None

    def text(self, name: str, *, empty: bool = False) -> str:
        """A text without surrounding blanks, of at most :data:`LONGEST` characters."""
        return self._clean(self.raw.get(name), name, empty)

    def texts(self, name: str) -> tuple[str, ...]:
        """One to :data:`MOST` texts."""
        values = self.raw.get(name)
        if not isinstance(values, list) or not 1 <= len(values) <= MOST:
            raise Refused(name)
        return tuple(self._clean(value, name, False) for value in values)

    def number(self, name: str, low: float, high: float) -> float:
        """A finite number from ``low`` to ``high``, both included."""
        value = self.raw.get(name)
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or not math.isfinite(value)
            or not low <= value <= high
        ):
            raise Refused(name)
        return float(value)

    def whole(self, name: str, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``, both included."""
        value = self.number(name, low, high)
        if not value.is_integer():
            raise Refused(name)
        return int(value)

    def flag(self, name: str) -> bool:
        value = self.raw.get(name)
        if not isinstance(value, bool):
            raise Refused(name)
        return value

    def ids(self, name: str, known: Collection[str]) -> tuple[str, ...]:
        """Ids that exist, each once, in the order given."""
        values = self.raw.get(name)
        if not isinstance(values, list) or not all(isinstance(value, str) and value in known for value in values):
            raise Refused(name)
        return tuple(dict.fromkeys(values))

    @staticmethod
    def _clean(value: Any, name: str, empty: bool) -> str:
        if not isinstance(value, str):
            raise Refused(name)
        text = "".join(
            c for c in value.replace("\r\n", "\n") if c in "\n\t" or c.isprintable() or c in "\u00a0\u202f\u200d"
        ).strip()
        if len(text) > LONGEST or not (text or empty):
            raise Refused(name)
        return text


def nonce(raw: Mapping[str, Any]) -> str:
    """The event's own mark, made by the browser."""
    value = raw.get("nonce")
    if not isinstance(value, str) or not 1 <= len(value) <= 64:
        raise Refused("nonce")
    return value


def fresh(message: Any, seen: dict[str, int]) -> Iterator[Mapping[str, Any]]:
    """The raw events of a message that were not handed out before; ``seen`` (browser → last number) follows."""
    if not isinstance(message, Mapping) or not isinstance(message.get("events"), list):
        return
    client = message.get("client")
    if not isinstance(client, str) or not 1 <= len(client) <= 48:
        return
    for raw in message["events"][:MOST]:
        number = raw.get("seq") if isinstance(raw, Mapping) else None
        if isinstance(number, int) and not isinstance(number, bool) and number > seen.get(client, 0):
            seen.pop(client, None)
            seen[client] = number
            while len(seen) > _CLIENTS:
                seen.pop(next(iter(seen)))
            yield raw


def take(
    key: str,
    parse: Callable[[Mapping[str, Any]], E | None],
    on_event: Callable[[E], None],
    on_lost: Callable[[Mapping[str, Any]], None] | None = None,
) -> None:
    """Hand the component's new events to ``on_event``, oldest first.

    An event that ``parse`` refuses is given to ``on_lost``: the next render shows the truth. Where ``on_event`` raises, the events
    after it are not lost: the browser sends them again. Where Streamlit breaks the run off for a newer one, which it does
    at any access to its session state, the event was not carried out and counts as never taken: it comes again with the
    next message. So ``on_event`` asks the session first, and changes the project last.
    """
    message, seen = st.session_state[key].event, acknowledged(key)
    before = dict(seen)
    for raw in fresh(message, seen):
        try:
            event = parse(raw)
            if event is not None:
                on_event(event)
            elif on_lost is not None:
                on_lost(raw)
        except Exception:
            raise
        except BaseException:  # Streamlit's way of breaking a run off
            seen.pop(message["client"], None)
            seen.update({client: number for client, number in before.items() if client == message["client"]})
            raise
        before = dict(seen)


def acknowledged(key: str) -> dict[str, int]:
    """Browser → number of the last event taken by the component ``key``; sent back so that the browser forgets them."""
    kept: dict[str, int] = st.session_state.setdefault(f"{key} · taken", {})
    return kept
