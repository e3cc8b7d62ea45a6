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

_lock = threading.Lock()


def slides_of(project: str, revision: int, language: str, choice: Choice = Choice()) -> list[Slide]:  # noqa: B008 - it is frozen
    """The slides of a project at a revision; with the day, since an action may be late tomorrow."""
    with _lock:  # a room of phones asks at once: the first works it out, the others wait
        return _told(project, revision, language, dt.date.today(), choice)


def mark_of(project: str, language: str, choice: Choice) -> str:
    """The filter in one line, for every slide: nobody in the room takes its figures for the whole. Empty without one."""
    return filter_line(workspace.store().load(project).filtered(choice.filter), language) if choice.filter else ""


@lru_cache(maxsize=24)
def _told(project: str, revision: int, language: str, today: dt.date, choice: Choice) -> list[Slide]:
    from analysis.presentation import slides  # with its charts: not before the server answers
    from analysis.reports.privacy import discreet

    found = discreet(workspace.store().load(project).filtered(choice.filter), choice.privacy, language)
    return slides(found, language, journey=choice.journey if choice.journey in found.table("journey") else None, today=today)
