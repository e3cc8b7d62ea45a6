"""What a phone may send, checked before it reaches the database."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from analysis.workshop.closing import WHOLE
from analysis.workshop.model import LONGEST_NAME, LONGEST_TEXT, MOST_DOTS, Round
from analysis.workshop.refusals import Refused

_ID = re.compile(r"[A-Za-z0-9_-]{1,40}")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_LARGEST_COUNT = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of one phone.

    ``count`` is the phone's own counter, one more for each answer it makes: of two answers to the same thing the higher
    counts, so an answer that is sent twice, or arrives late, changes nothing. ``text_id`` is made by the phone, so that a
    text that is sent twice is kept once. ``gone`` takes an answer back.
    """

    workshop: str
    token: str
    round: str
    item: str
    count: int
    value: float | None = None
    second: float | None = None
    skip: bool = False
    gone: bool = False
    text: str | None = None
    text_id: str = ""
    typed: bool = False


def answer_from(raw: Any, *, workshop: str, token: str, typed: bool = False) -> Answer:
    """A request as an answer; whether it fits its round is checked later.

    Raises
    ------
    Refused : code ``bad_request``, ``too_long`` or ``empty``.
    """
    if not isinstance(raw, Mapping):
        raise Refused("bad_request")
    count, text = raw.get("count"), raw.get("text")
    if not isinstance(count, int) or isinstance(count, bool) or not 0 < count <= _LARGEST_COUNT:
        raise Refused("bad_request")
    if raw.get("skip") not in (None, True, False) or raw.get("gone") not in (None, True, False):
        raise Refused("bad_request")
    return Answer(
        workshop, token, _id(raw.get("round")), _id(raw.get("item", WHOLE), empty=True), count,
        value=_number(raw.get("value")), second=_number(raw.get("second")), skip=raw.get("skip") is True, gone=raw.get("gone") is True,
        text=None if text is None else clean(text), text_id=_id(raw.get("id", ""), empty=True), typed=typed,
    )  # fmt: skip


def clean(text: Any, longest: int = LONGEST_TEXT) -> str:
    """A text without control characters and needless space."""
    if not isinstance(text, str):
        raise Refused("bad_request")
    if len(text) > 4 * longest:
        raise Refused("too_long")
    shown = re.sub(r"[ \t\u00a0]+", " ", re.sub(r"\s*\n\s*", "\n", _CONTROL.sub("", text))).strip()
    if len(shown) > longest:
        raise Refused("too_long")
    return shown


def clean_name(text: Any) -> str:
    return clean(text, LONGEST_NAME).replace("\n", " ")


def _id(value: Any, *, empty: bool = False) -> str:
    if isinstance(value, str) and (_ID.fullmatch(value) or (empty and value == "")):
        return value
    raise Refused("bad_request")


def _number(value: Any) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise Refused("bad_request")
    return float(value)


def check(round: Round, answer: Answer) -> None:
    """Whether an answer is one that its round asks for.

    Raises
    ------
    Refused : code ``unknown_item``, ``bad_request``, ``outside`` or ``empty``.
    """
    whole = round.texts or round.kind == "dots"
    if answer.item == WHOLE:
        if not (whole and (answer.skip or answer.gone or round.texts)):
            raise Refused("unknown_item")
    elif answer.item not in {item.id for item in round.items}:
        raise Refused("unknown_item")
    if answer.gone:
        return
    if answer.skip:
        if answer.value is not None or answer.second is not None or answer.text is not None:
            raise Refused("bad_request")
    elif round.texts:
        _check_text(answer)
    else:
        _check_values(round, answer)


def _check_text(answer: Answer) -> None:
    if answer.text is None or not answer.text_id:
        raise Refused("bad_request")
    if not answer.text:
        raise Refused("empty")


def _check_values(round: Round, answer: Answer) -> None:
    values = [answer.value, answer.second] if round.pair else [answer.value]
    if answer.text is not None or (not round.pair and answer.second is not None):
        raise Refused("bad_request")
    for value in values:
        if value is None:
            raise Refused("bad_request")
        if not round.low <= value <= (MOST_DOTS if round.kind == "dots" else round.high):
            raise Refused("outside")
        steps = (value - round.low) / round.step
        if abs(steps - math.floor(steps + 0.5)) > 1e-9:
            raise Refused("outside")
