"""Reading a file beside the page: a small one is there at once, a large one shows how far it is and can be stopped."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from analysis import ParcoursError, read
from analysis.language import N_, Translator, number
from analysis.reading.follow import DONE, OPENING, RECOGNISING, WAITING, Watch

#: seconds that the page waits before it shows that a reading takes time
PATIENCE = 2.5
#: seconds a megabyte of a text file takes on a slow machine, for the bar
_PER_MEGABYTE = 0.6
STAGES = {WAITING: N_("Waiting…"), OPENING: N_("Opening the file…"), RECOGNISING: N_("Recognising its tables…"), DONE: N_("Read.")}


@dataclass
class Job:
    """One file being read in a thread of this server; what reads it is a process of its own."""

    name: str
    data: bytes
    how: dict[str, Any] = field(default_factory=dict)
    watch: Watch = field(default_factory=Watch)
    book: Any = None
    error: Exception | None = None
    started: float = field(default_factory=time.monotonic)

    def start(self) -> Job:
        self.size = len(self.data)
        self._thread = threading.Thread(target=self._read, name=f"read {self.name[:40]}", daemon=True)
        self._thread.start()
        return self

    def _read(self) -> None:
        try:
            self.book = read(self.data, name=self.name, watch=self.watch, **self.how)
            if self.book.encoding is None:
                self.data = b""  # only a text may be read again, with another encoding or separator
        except Exception as error:
            self.error, self.data = error, b""
        self.watch.stage = DONE

    def wait(self, seconds: float) -> bool:
        """Whether it is done, after waiting for it so long at most."""
        self._thread.join(max(seconds, 0.0))
        return self.done

    @property
    def done(self) -> bool:
        return not self._thread.is_alive()

    def stop(self) -> None:
        self.watch.stop()
        self.data = b""

    def refusal(self, language: str, sorry: Callable[[Exception], str]) -> str | None:
        """Why the file was not read, in one sentence; None when it was."""
        if self.error is None:
            return None
        return self.error.message(language) if isinstance(self.error, ParcoursError) else sorry(self.error)

    def share(self) -> float:
        """How far it is, roughly: by the time that its size takes."""
        expected = 1.0 + _PER_MEGABYTE * self.size / 1e6
        return min((time.monotonic() - self.started) / expected, 0.95)

    def line(self, t: Translator) -> str:
        """“survey.csv, 12 MB: recognising its tables…, 4 s”."""
        seconds = int(time.monotonic() - self.started)
        return t("{size} MB · {stage} {n} s", size=number(self.size / 1e6, t.language, 1), stage=t(STAGES[self.watch.stage]), n=seconds)
