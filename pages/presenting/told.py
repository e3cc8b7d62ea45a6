"""The slides of a revision of a project, worked out once for all windows and phones."""

from __future__ import annotations

import datetime as dt
import threading
from functools import lru_cache
from typing import TYPE_CHECKING

from analysis.project.filter_words import filter_line
from pages.presenting.choice import Choice
from pages.shell import workspace

if TYPE_CHECKING:
    from analysis.presentation import Slide

#: the slide that takes longest to work out: thousands of draws, anew after each edit of a score
_DRAWN = "firmness"
_lock = threading.Lock()
#: project, language, day and choice → that slide as it was last worked out, and the ids of the slides around it
_drawn: dict[tuple[str, str, dt.date, Choice], tuple[Slide, set[str]]] = {}
#: how many are remembered
_MOST = 24


def slides_of(
    project: str,
    revision: int,
    language: str,
    choice: Choice = Choice(),  # noqa: B008 - it is frozen
    *,
    shown: str | None = _DRAWN,
) -> list[Slide]:
    """The slides of a project at a revision; with the day, since an action may be late tomorrow.

    ``shown``: the id of the slide on screen. The firmness of the ranking is worked out anew while it is on screen or next to what is;
    elsewhere it may be that of an earlier revision, so that an edit is on the wall at once.
    """
    today = dt.date.today()
    with _lock:  # a room of phones asks at once: the first works it out, the others wait
        known = _drawn.get((project, language, today, choice))
        if known and shown not in known[1]:
            return _told(project, revision, language, today, choice, False)
        told = _told(project, revision, language, today, choice, True)
        _keep_drawn(told, (project, language, today, choice))
        return told


def _keep_drawn(told: list[Slide], key: tuple[str, str, dt.date, Choice]) -> None:
    """Remember the slide that takes long, if there is one, with those from which one key leads to it."""
    ids = [slide.id for slide in told]
    if _DRAWN not in ids:
        _drawn.pop(key, None)
        return
    while len(_drawn) >= _MOST:
        _drawn.pop(next(iter(_drawn)))
    place = ids.index(_DRAWN)
    _drawn[key] = told[place], set(ids[max(0, place - 1) : place + 2])


def mark_of(project: str, language: str, choice: Choice) -> str:
    """The filter in one line, for every slide: nobody in the room takes its figures for the whole. Empty without one."""
    return filter_line(workspace.store().load(project).filtered(choice.filter), language) if choice.filter else ""


@lru_cache(maxsize=24)
def _told(project: str, revision: int, language: str, today: dt.date, choice: Choice, fresh: bool) -> list[Slide]:
    """The slides; unless ``fresh``, the one that takes long as it was."""
    from analysis.presentation import slides  # with its charts: not before the server answers
    from analysis.reports.privacy import discreet

    found = discreet(workspace.store().load(project).filtered(choice.filter), choice.privacy, language)
    journey = choice.journey if choice.journey in found.table("journey") else None
    return slides(found, language, journey=journey, today=today, kept=() if fresh else [_drawn[project, language, today, choice][0]])
