"""Where each presentation stands: one a project, shared by its windows and by the phones that follow.

Kept in this process and nowhere else: a presentation that the server forgets begins at its cover again.
"""

from __future__ import annotations

import secrets
import threading
import time
from dataclasses import dataclass, field, replace

#: no 0 O Q D, 1 I L, 2 Z, 5 S, 8 B, U, no vowels: as the codes of workshops, which have six of them
ALPHABET = "34679CFGHJKMNPRTVWX"
#: 19¹² are 2 · 10¹⁵: nobody finds one by trying
LENGTH = 12
#: how many presentations are remembered
_MOST = 200


@dataclass(frozen=True, slots=True)
class Show:
    """Where a presentation stands.

    ``slide``: id of the slide on screen (None: the first). ``revision`` counts the moves. ``code``: under which phones follow,
    ``""`` while they may not. ``started``: when the speaker's clock was set, in seconds of `time.monotonic`.
    """

    project: str
    slide: str | None = None
    blank: bool = False
    revision: int = 0
    language: str = "fr"
    told: str = ""  # what is told, as `pages.presenting.choice` writes it
    code: str = ""
    started: float = field(default_factory=time.monotonic)


_shows: dict[str, Show] = {}
_lock = threading.Lock()


def show_of(project: str) -> Show:
    """The presentation of a project as it stands."""
    with _lock:
        return _shows.get(project) or _put(Show(project))


def move(project: str, slide: str, *, blank: bool, language: str) -> Show:
    """Show a slide, or nothing (``blank``); every window and phone follows."""
    return _change(project, slide=slide, blank=blank, language=language)


def speak(project: str, language: str) -> None:
    """The language of the screen, which the phones share."""
    if show_of(project).language != language:
        _change(project, language=language)


def choose(project: str, told: str) -> Show:
    """Tell this from now on, in every window and on the phones."""
    current = show_of(project)
    return current if current.told == told else _change(project, told=told)


def restart_clock(project: str) -> Show:
    """Set the speaker's clock to zero."""
    return _change(project, started=time.monotonic())


def let_follow(project: str, on: bool) -> Show:
    """Open the presentation to phones under a new code, or make its code void."""
    current = show_of(project)
    if on == bool(current.code):
        return current
    return _change(project, code="".join(secrets.choice(ALPHABET) for _ in range(LENGTH)) if on else "")


def by_code(code: str) -> Show | None:
    """The presentation that phones follow under a code; None: void or never given."""
    if len(code) != LENGTH:
        return None
    with _lock:
        return next((show for show in _shows.values() if show.code and secrets.compare_digest(show.code.encode(), code.encode())), None)


def _change(project: str, **values: object) -> Show:
    with _lock:
        current = _shows.get(project) or Show(project)
        return _put(replace(current, revision=current.revision + 1, **values))  # type: ignore[arg-type]


def _put(show: Show) -> Show:
    """Keep it, as the latest of those remembered. The caller holds the lock."""
    _shows.pop(show.project, None)
    _shows[show.project] = show
    while len(_shows) > _MOST:
        _shows.pop(next(iter(_shows)))
    return show
