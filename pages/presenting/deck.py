"""The deck as Streamlit sees it: slides and place in, what the speaker did out."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from analysis.charts.palette import FACES, look
from analysis.language import translator
from analysis.presentation import Slide
from pages.components.inbox import Fields, Refused, acknowledged, source, take
from pages.presenting.show import Show

_HERE = Path(__file__).parent
#: where the deck can be left for: "back" is the page one came from
EXITS = ("back", "data", "journey")


class DeckEvent:
    """Something the speaker did."""


@dataclass(frozen=True)
class Went(DeckEvent):
    """``go``: a slide is on screen, or nothing while ``blank``."""

    slide: str
    blank: bool


@dataclass(frozen=True)
class Left(DeckEvent):
    """``leave``: the presentation is over; ``page`` is one of `EXITS`."""

    page: str


@dataclass(frozen=True)
class FollowAsked(DeckEvent):
    """``follow``: phones may follow from now on, or no longer."""

    on: bool


@dataclass(frozen=True)
class TellAsked(DeckEvent):
    """``tell``: another journey, another persona (None: everybody), with or without the client's name."""

    journey: str
    persona: str | None
    client: bool


@dataclass(frozen=True)
class ClockReset(DeckEvent):
    """``timer``: the speaker's clock begins anew."""


def _own(*names: str) -> str:
    return "\n".join((_HERE / name).read_text("utf-8") for name in names)


_component = st.components.v2.component(
    "parcours_deck",
    html='<div class="deck" role="region"></div>',
    css=_own("deck.css"),
    js=source("shared.js", "matrix_labels.js") + "\n" + _own("deck_charts.js", "deck_slides.js", "deck_notes.js", "deck.js"),
)


def deck(
    slides: Sequence[Slide],
    show: Show,
    *,
    notes: bool,
    language: str,
    notes_link: str,
    told: Mapping[str, Any],
    faces: Sequence[str],
    follow: Mapping[str, Any] | None,
    key: str,
    on_event: Callable[[DeckEvent], None],
) -> None:
    """Draw the deck over the whole window; what the speaker does on it is given to ``on_event``, already checked.

    Parameters
    ----------
    show : where the presentation stands.
    notes : the speaker's window, with notes, what comes next and a clock; else the screen.
    notes_link : address of the speaker's window.
    told : what can be told and what is: journeys and personas (lists of id and name), journey, persona, client, mark (the filter in
        one line, on every slide).
    faces : codes of the project's own faces of emotions, lowest first; empty: the level's own.
    follow : of `pages.presenting.link.follow_link`; None while phones may not follow.
    """
    ids = {slide.id for slide in slides}
    journeys, personas = ({id for id, _ in told[kind]} for kind in ("journeys", "personas"))
    data = {
        "slides": [slide.plain(notes=notes) for slide in slides],
        "at": {"slide": show.slide, "blank": show.blank, "revision": show.revision},
        "timer": {"started": show.started, "elapsed": max(0.0, time.time() - show.started)},
        "role": "notes" if notes else "screen",
        "language": language,
        "text": texts(language),
        "notes_link": notes_link,
        "told": told,
        "faces": [look(step, code) if code in FACES else None for step, code in enumerate(faces)],
        "follow": follow,
        "ack": acknowledged(key),
    }

    def parse(raw: Mapping[str, Any]) -> DeckEvent | None:
        return parse_event(raw, ids, journeys, personas)

    def arrived() -> None:
        take(key, parse, on_event)

    _component(data=data, key=key, on_event_change=arrived)


def parse_event(
    raw: Mapping[str, Any], ids: set[str], journeys: Collection[str] = (), personas: Collection[str] = ()
) -> DeckEvent | None:
    """The event that a browser sent, checked against what exists; None where it does not hold.

    >>> parse_event({"kind": "go", "slide": "cover", "blank": False}, {"cover"})
    Went(slide='cover', blank=False)
    >>> parse_event({"kind": "go", "slide": "secret", "blank": False}, {"cover"}) is None
    True
    """
    fields = Fields(raw)
    try:
        match raw.get("kind"):
            case "go":
                return Went(fields.known("slide", ids), fields.flag("blank"))
            case "leave":
                return Left(fields.known("page", EXITS))
            case "follow":
                return FollowAsked(fields.flag("on"))
            case "tell":
                return TellAsked(fields.known("journey", journeys), fields.perhaps("persona", personas), fields.flag("client"))
            case "timer":
                return ClockReset()
    except Refused:
        pass
    return None


def texts(language: str) -> dict[str, Any]:
    """The words of the frame; those of the slides come with them."""
    t = translator(language)
    return {
        "presentation": t("Presentation"),
        "slide": t("slide"),
        "tools": t("Tools"),
        "previous": t("Previous slide"),
        "next": t("Next slide"),
        "blank": t("Black screen (B)"),
        "notes": t("Speaker's window"),
        "phones": t("Follow on a phone"),
        "full": t("Full screen (F)"),
        "tell": t("What is told"),
        "tell_journey": t("Journey"),
        "tell_persona": t("Persona"),
        "everybody": t("Everybody"),
        "privacy": t("Privacy"),
        "client": t("Show the client’s name"),
        "tell_hint": t("Every window and the phones follow. Filters of stage, segment and period are chosen on the other pages."),
        "help": t("Keys"),
        "close": t("Leave the presentation (Esc)"),
        "shut": t("Close"),
        "list": t("All slides"),
        "blanked": t("Black screen"),
        "go_to": t("Slide {n}: Enter"),
        "more": t("and {n} more"),
        "more_one": t("and one more"),
        "stage_of": t("Stage {n} of {total}"),
        "low_point": t("Low point"),
        "touchpoints": t("Touchpoints"),
        "pains": t("Pain points"),
        "delights": t("What pleases"),
        "answers": t("How the answers spread"),
        "unknown": t("Nobody has been asked yet."),
        "nothing": t("no data"),
        "moment": t("moment of truth"),
        "journey_of": t("Customer journey"),
        "on_screen": t("On screen"),
        "up_next": t("Up next"),
        "last": t("This was the last slide"),
        "reset": t("Set to zero"),
        "no_notes": t("No notes for this slide."),
        "making": t("One moment…"),
        "stop": t("Stop following"),
        "qr": t("QR code of the link"),
        "phones_hint": t("The phone shows what is on screen, nothing else."),
        "unreachable": t("Phones do not reach this computer yet: start Parcours with “python start.py --share”."),
        "keys": keys(language),
    }


def keys(language: str) -> list[tuple[str, str]]:
    """What the keys do: (keys, what)."""
    t = translator(language)
    return [
        ("→ ↓ PageDown " + t("Space"), t("Next slide")),
        ("← ↑ PageUp", t("Previous slide")),
        (t("Home") + " " + t("End"), t("First and last slide")),
        ("1 2 … " + t("Return"), t("Go to a slide by its number")),
        ("B", t("Black screen, and back")),
        ("F", t("Full screen, and back")),
        ("S", t("All slides")),
        ("Q", t("Follow on a phone")),
        ("C", t("What is told")),
        (t("Esc"), t("Leave, or close a window")),
    ]
