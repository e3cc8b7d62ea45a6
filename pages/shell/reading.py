"""Reading a file beside the page: a small one is there at once, a large one shows how far it is and can be stopped."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from analysis import ParcoursError, read
from analysis.language import N_, Translator, number
from pages.shell.memory import give_back

#: seconds that the page waits before it shows that a reading takes time
PATIENCE = 2.5
#: seconds a megabyte of a text file takes on a slow machine, for the bar
_PER_MEGABYTE = 0.6
#: up to this share the file is opened; then its tables are recognised
_OPENED = 0.6
OPENING, RECOGNISING = N_("Opening the file…"), N_("Recognising its tables…")
WAITING = N_("Waiting for the files before it…")


class Turns:
    """Large files are opened one after the other: each takes ten times its size for a moment, in a process of its own.

    ``room``: bytes (as uploaded) of the large files that are open at once; one that is larger is open alone. Small files never wait.
    """

    def __init__(self, room: int = 60_000_000, small: int = 5_000_000) -> None:
        self.room, self.small, self.taken = room, small, 0
        self._line: list[object] = []
        self._changed = threading.Condition()

    def take(self, size: int, cancel: threading.Event) -> int:
        """Wait for a place behind those who came before; gives what :meth:`give` takes back. Cancelled: not waited for any longer."""
        if size <= self.small:
            return 0
        me = object()
        with self._changed:
            self._line.append(me)
            while not cancel.is_set() and (self._line[0] is not me or (self.taken and self.taken + size > self.room)):
                self._changed.wait(0.2)
            self._line.remove(me)
            self.taken += size
            self._changed.notify_all()
        return size

    def give(self, size: int) -> None:
        with self._changed:
            self.taken -= size
            self._changed.notify_all()


#: of this server
TURNS = Turns()


@dataclass(eq=False)
class Job:
    """One file being read in a thread of this server; what reads it is a process of its own."""

    name: str
    data: bytes
    how: dict[str, Any] = field(default_factory=dict)
    cancel: threading.Event = field(default_factory=threading.Event)
    progress: float = 0.0
    book: Any = None
    error: Exception | None = None
    started: float = field(default_factory=time.monotonic)
    size: int = 0
    #: bytes that it holds of the room for files that are being opened; None: it waits for its turn
    room: int | None = None

    def start(self) -> Job:
        self.size = len(self.data)
        self._thread = threading.Thread(target=self._read, name=f"read {self.name[:40]}", daemon=True)
        self._thread.start()
        return self

    def _read(self) -> None:
        self.room = TURNS.take(self.size, self.cancel)
        self.started = time.monotonic()
        try:
            self.book = read(self.data, name=self.name, on_progress=self._at, cancel=self.cancel, **self.how)
            if self.book.encoding is None:
                self.data = b""  # only a text may be read again, with another encoding or separator
        except Exception as error:
            self.error, self.data = error, b""
        finally:
            self._opened()
            give_back(self.size)

    def _at(self, share: float) -> None:
        self.progress = share
        if share >= _OPENED:
            self._opened()

    def _opened(self) -> None:
        """The process that opened it has ended: the next may come."""
        if self.room:
            TURNS.give(self.room)
        self.room = 0

    def wait(self, seconds: float) -> bool:
        """Whether it is done, after waiting for it so long at most."""
        self._thread.join(max(seconds, 0.0))
        return self.done

    @property
    def done(self) -> bool:
        return not self._thread.is_alive()

    def stop(self) -> None:
        self.cancel.set()
        self.data = b""

    def let_go(self) -> None:
        """What was read is another's now: a button of the page knows the job for as long as the visit lasts."""
        self.book, self.data = None, b""

    def refusal(self, language: str, sorry: Callable[[Exception], str]) -> str | None:
        """Why the file was not read, in one sentence; None when it was."""
        if self.error is None:
            return None
        return self.error.message(language) if isinstance(self.error, ParcoursError) else sorry(self.error)

    def share(self) -> float:
        """How far it is; while the file is opened, roughly: by the time that its size takes."""
        if self.room is None:
            return 0.0
        expected = 1.0 + _PER_MEGABYTE * self.size / 1e6
        return max(self.progress, min((time.monotonic() - self.started) / expected, _OPENED - 0.02))

    def line(self, t: Translator) -> str:
        """“survey.csv, 12 MB: recognising its tables…, 4 s”."""
        size = number(self.size / 1e6, t.language, 1)
        if self.room is None:
            return t("{size} MB · {stage}", size=size, stage=t(WAITING))
        stage = OPENING if self.progress < _OPENED else RECOGNISING
        seconds = int(time.monotonic() - self.started)
        return t("{size} MB · {stage} {n} s", size=size, stage=t(stage), n=seconds)
