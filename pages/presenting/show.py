"""Where each presentation stands: one a project, shared by its windows and by the phones that follow.

Kept in this process and, so that a restart of the server in front of an audience changes nothing, in a small file of the data folder.
"""

from __future__ import annotations

import json
import os
import secrets
import threading
import time
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path

from analysis.project.database import home
from pages.presenting.codes import ALPHABET, LENGTH

#: how many presentations are remembered
_MOST = 200


@dataclass(frozen=True, slots=True)
class Show:
    """Where a presentation stands.

    ``slide``: id of the slide on screen (None: the first). ``revision`` counts the moves. ``code``: under which phones follow,
    ``""`` while they may not. ``started``: when the speaker's clock was set, in seconds since 1970.
    """

    project: str
    slide: str | None = None
    blank: bool = False
    revision: int = 0
    language: str = "fr"
    told: str = ""  # what is told, as `pages.presenting.choice` writes it
    code: str = ""
    started: float = field(default_factory=time.time)


_shows: dict[str, Show] = {}
_lock = threading.Lock()
_read: Path | None = None


def show_of(project: str) -> Show:
    """The presentation of a project as it stands."""
    with _lock:
        return _known().get(project) or _put(Show(project))


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
    return _change(project, started=time.time())


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
        return next((show for show in _known().values() if show.code and secrets.compare_digest(show.code.encode(), code.encode())), None)


def _change(project: str, **values: object) -> Show:
    with _lock:
        current = _known().get(project) or Show(project)
        changed = _put(replace(current, revision=current.revision + 1, **values))  # type: ignore[arg-type]
        _keep()
        return changed


def _put(show: Show) -> Show:
    """Keep it, as the latest of those remembered. The caller holds the lock."""
    _shows.pop(show.project, None)
    _shows[show.project] = show
    while len(_shows) > _MOST:
        _shows.pop(next(iter(_shows)))
    return show


def _file() -> Path:
    return home() / "presenting.json"


def _known() -> dict[str, Show]:
    """Those of this process, which begins with what the one before it left. The caller holds the lock."""
    global _read
    if _read != _file():
        _read = _file()
        _shows.clear()
        _shows.update({show.project: show for show in _kept(_read)})
    return _shows


def _kept(file: Path) -> list[Show]:
    """What the file says; nothing where it is missing or damaged: a presentation then begins at its cover."""
    names = {one.name for one in fields(Show)}
    try:
        return [Show(**{name: value for name, value in one.items() if name in names}) for one in json.loads(file.read_text("utf-8"))]
    except (OSError, ValueError, TypeError, AttributeError):
        return []


def _keep() -> None:
    """Write them down, whole or not at all; where the folder cannot be written the presentation goes on all the same."""
    file = _file()
    told = json.dumps([asdict(show) for show in _shows.values() if show.revision])
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh = file.with_suffix(f".{os.getpid()}")
        fresh.write_text(told, "utf-8")
        fresh.replace(file)
    except OSError:
        return
