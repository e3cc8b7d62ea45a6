"""The slides of a revision of a project, worked out once for all windows and phones."""

from __future__ import annotations

import datetime as dt
import threading
from functools import lru_cache
from typing import TYPE_CHECKING

from pages.shell import workspace

if TYPE_CHECKING:
    from analysis.presentation import Slide

_lock = threading.Lock()


def slides_of(project: str, revision: int, language: str) -> list[Slide]:
    """The slides of a project at a revision; with the day, since an action may be late tomorrow."""
    with _lock:  # a room of phones asks at once: the first works it out, the others wait
        return _told(project, revision, language, dt.date.today())


@lru_cache(maxsize=24)
def _told(project: str, revision: int, language: str, today: dt.date) -> list[Slide]:
    from analysis.presentation import slides  # with its charts: not before the server answers

    return slides(workspace.store().load(project), language, today=today)
