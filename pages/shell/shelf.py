"""Files that were read and wait for their review outlive a reload of the page: kept in this server's memory, for a while.

Streamlit forgets a visit's state when its page is reloaded. What waits is therefore also on a shelf of the server, where only the
same browser finds it again, on the same project, once the visit that brought it is over.
"""

from __future__ import annotations

import threading
import time
import weakref
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from pages.shell.uploads import MEGABYTE, VISIT, still_open

#: seconds that something waits, visits that have something waiting, and bytes (as uploaded) of all of it
PATIENCE, MOST, ROOM = 2 * 3600, 30, 100 * MEGABYTE
#: bytes (as uploaded) that are being read or wait in all visits: read, they take twelve times as much memory
EVERYBODY = 300 * MEGABYTE
#: what waits anywhere on this server
_EVERY: weakref.WeakSet[Waiting] = weakref.WeakSet()


@dataclass(eq=False)
class Waiting:
    """What one visit has read or is reading: its files, and what has been said of where they go."""

    author: str
    session: str
    #: the project on whose page the files were dropped
    into: str | None = None
    files: list[Any] = field(default_factory=list)
    jobs: list[Any] = field(default_factory=list)
    #: the project and the name that are offered first, and those that were chosen since
    target: str | None = None
    name: str = ""
    said_target: str = ""
    said_name: str = ""
    #: what was answered to the questions of the import
    choices: dict[str, Any] = field(default_factory=dict)
    since: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        _EVERY.add(self)

    def full(self, more: int) -> str:
        """Why ``more`` bytes cannot join what waits: “visit”, since this one has too much, or “server”; “” when they can."""
        if self.size + more > VISIT:
            return "visit"
        return "server" if sum(one.size for one in list(_EVERY)) + more > EVERYBODY else ""

    @property
    def size(self) -> int:
        return sum(one.size for one in (*self.files, *self.jobs))


class Shelf:
    """What waits on this server, the oldest first."""

    def __init__(self, open: Callable[[str], bool] = still_open) -> None:
        self.open = open
        self.held: list[Waiting] = []
        self._door = threading.Lock()

    def keep(self, waiting: Waiting) -> None:
        """Put something on the shelf, or say that it is wanted still."""
        with self._door:
            waiting.since = time.monotonic()
            self.held = [*(other for other in self.held if other is not waiting), waiting]
            self._tidy()

    def take(self, author: str, session: str, into: str | None) -> Waiting | None:
        """What a browser left waiting on a project in a visit that is over; it is the new visit's from now on."""
        with self._door:
            self._tidy()
            for waiting in reversed(self.held):
                if (waiting.author, waiting.into) == (author, into) and waiting.session != session and not self.open(waiting.session):
                    waiting.session = session
                    waiting.target, waiting.name = waiting.said_target or waiting.target, waiting.said_name
                    return waiting
        return None

    def drop(self, waiting: Waiting) -> None:
        with self._door:
            self.held = [other for other in self.held if other is not waiting]

    def _tidy(self) -> None:
        """What is empty or old goes, then the oldest until there is room."""
        now = time.monotonic()
        self.held = [one for one in self.held if (one.files or one.jobs) and now - one.since < PATIENCE][-MOST:]
        while len(self.held) > 1 and sum(one.size for one in self.held) > ROOM:
            self.held.pop(0)


#: of this server
SHELF = Shelf()
