"""A reading seen from another thread: how far it is, and a way to stop it."""

from __future__ import annotations

import threading
from collections.abc import Callable

#: what a reading goes through
WAITING, OPENING, RECOGNISING, DONE = "waiting", "opening", "recognising", "done"


class Watch:
    """Follow and stop one call of :func:`analysis.read`, from another thread.

    Attributes
    ----------
    stage : waiting, opening (the file is read by its own process), recognising (its tables are), done.

    Examples
    --------
    >>> watch = Watch()
    >>> watch.stop()
    >>> watch.stopped
    True
    """

    def __init__(self) -> None:
        self.stage = WAITING
        self._stopped = threading.Event()
        self._kill: Callable[[], None] | None = None
        self._lock = threading.Lock()

    @property
    def stopped(self) -> bool:
        return self._stopped.is_set()

    def stop(self) -> None:
        """Give the reading up; its process is ended at once."""
        with self._lock:
            self._stopped.set()
            if self._kill is not None:
                self._kill()

    def opening(self, kill: Callable[[], None] | None) -> None:
        """The process that reads now (None: no more), and how to end it."""
        with self._lock:
            self._kill = kill
            self.stage = OPENING if kill else RECOGNISING
            if kill is not None and self.stopped:
                kill()
