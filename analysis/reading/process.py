"""The parent's side of the reading process: kept warm, limited in time and memory, replaced when it dies."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
from typing import Any, BinaryIO, cast

from analysis.reading.limits import Limits
from analysis.reading.refusals import refuse
from analysis.reading.watch import MEMORY_LIMITED, Stopped, Watch

_START = "import json,sys; sys.path[:] = json.loads(sys.argv[1]); from analysis.reading.worker.serve import main; main()"
#: a worker that has read a larger file is not kept: its memory would stay with it
_KEEP_BELOW = 5_000_000
_KEEP_READS = 200


class Worker:
    """One reading process. Not for two threads at once; :class:`Pool` sees to that."""

    def __init__(self) -> None:
        self.reads = 0
        self.process = subprocess.Popen(
            [sys.executable, "-S", "-X", "utf8", "-c", _START, json.dumps(_paths())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
        )

    def prepare(self) -> None:
        """Ask it to load its libraries now."""
        self._send({"prepare": True}, b"")
        self._receive()

    def ask(self, data: bytes, options: dict[str, Any], seconds: float, cancel: threading.Event | None = None) -> memoryview | None:
        """The answer's bytes, or None when the process died on the file.

        Too slow, too large or cancelled: the process is killed and :class:`Stopped` says why.
        """
        watch = Watch(self.process, seconds, None if MEMORY_LIMITED else options.get("memory"), cancel)
        watch.start()
        try:
            self._send({**options, "bytes": len(data)}, data)
            answer = self._receive()
        except OSError:
            answer = None
        finally:
            watch.end()
        self.reads += 1
        if answer is None and watch.reason:
            raise Stopped(watch.reason)
        return answer

    def _send(self, options: dict[str, Any], data: bytes) -> None:
        pipe = cast(BinaryIO, self.process.stdin)
        head = json.dumps(options).encode()
        pipe.write(len(head).to_bytes(8, "little") + head)
        pipe.write(data)
        pipe.flush()

    def _receive(self) -> memoryview | None:
        pipe = cast(BinaryIO, self.process.stdout)
        size = pipe.read(8)
        if len(size) < 8:
            return None
        buffer = bytearray(int.from_bytes(size, "little"))
        view, at = memoryview(buffer), 0
        while at < len(buffer):
            got = pipe.readinto(view[at:])  # type: ignore[attr-defined]
            if not got:
                return None
            at += got
        return view

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                try:
                    pipe.close()
                except OSError:
                    continue


def _paths() -> list[str]:
    """Where the worker finds what this process finds."""
    return [os.path.abspath(path) for path in sys.path]


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "OPENPYXL_LXML": "False"}


class Pool:
    """Workers that wait between reads. Several threads may read at once, each with a worker of its own."""

    def __init__(self, keep: int = 1, most: int = 4) -> None:
        self.keep = keep
        self._idle: list[Worker] = []
        self._lock = threading.Lock()
        self._places = threading.BoundedSemaphore(most)

    def warm(self, count: int) -> None:
        """Have ``count`` workers ready before anybody asks."""
        self.keep = max(self.keep, count)
        while len(self._idle) < count:
            worker = Worker()
            worker.prepare()
            with self._lock:
                self._idle.append(worker)

    def read(self, data: bytes, options: dict[str, Any], limits: Limits, cancel: threading.Event | None = None) -> memoryview:
        """The worker's answer; a worker that dies on a file is tried once more with the careful reader."""
        seconds = limits.time_for(len(data))
        if not self._places.acquire(timeout=4 * seconds):
            raise refuse("too_large", "busy")
        try:
            answer = self._ask(data, options, seconds, cancel)
            if answer is None:
                answer = self._ask(data, {**options, "careful": True}, seconds, cancel)
            if answer is None:
                raise refuse("corrupt", "aborted")
            return answer
        finally:
            self._places.release()

    def _ask(self, data: bytes, options: dict[str, Any], seconds: float, cancel: threading.Event | None) -> memoryview | None:
        worker = self._take()
        answer = None
        try:
            answer = worker.ask(data, options, seconds, cancel)
        except Stopped as stopped:
            raise refuse("cancelled" if stopped.reason == "cancelled" else "too_large", stopped.reason) from None
        finally:
            self._give(worker, again=answer is not None and len(data) < _KEEP_BELOW)
        return answer

    def _take(self) -> Worker:
        with self._lock:
            while self._idle:
                worker = self._idle.pop()
                if worker.alive:
                    return worker
                worker.close()
        return Worker()

    def _give(self, worker: Worker, *, again: bool) -> None:
        with self._lock:
            if again and worker.alive and worker.reads < _KEEP_READS and len(self._idle) < self.keep:
                self._idle.append(worker)
                return
        worker.close()

    def close(self) -> None:
        with self._lock:
            idle, self._idle = self._idle, []
        for worker in idle:
            worker.close()


pool = Pool()
atexit.register(pool.close)
if hasattr(os, "register_at_fork"):
    # a forked child must not talk through its parent's pipes
    os.register_at_fork(after_in_child=lambda: pool._idle.clear())


def keep_warm(count: int = 1) -> None:
    """Keep ``count`` reading processes ready, so that the first file is read as quickly as the next.

    Examples
    --------
    >>> keep_warm()
    """
    pool.warm(count)
