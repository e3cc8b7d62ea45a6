"""Watches a reading process from outside: its time, its memory where the system does not limit it, and the user's cancel."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

#: POSIX systems limit the process themselves (macOS takes the limit but does not hold to it)
MEMORY_LIMITED = importlib.util.find_spec("resource") is not None and sys.platform != "darwin"
_EVERY = 0.05


class Stopped(Exception):
    """The process was killed: ``reason`` is time, memory or cancelled."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Watch(threading.Thread):
    """Kills ``process`` after ``seconds``, above ``memory`` bytes (where given), or once ``cancel`` is set."""

    def __init__(self, process: subprocess.Popen[bytes], seconds: float, memory: int | None, cancel: threading.Event | None) -> None:
        super().__init__(daemon=True, name="reading-watch")
        self.process = process
        self.memory = memory
        self.cancel = cancel
        self.reason = ""
        self._seconds = seconds
        self._until = time.monotonic() + seconds
        #: a machine that is busy with others gets more time by the clock, within reason
        self._latest = time.monotonic() + 4 * seconds
        self._before = seconds_of(process.pid)
        self._ended = threading.Event()

    def run(self) -> None:
        """Look until the answer is there, or something is wrong."""
        idle = self.cancel is None and self.memory is None
        while not self._ended.wait(max(self._until - time.monotonic(), 0) if idle else _EVERY):
            if reason := self._wrong():
                self.reason = reason
                self.process.kill()
                return

    def end(self) -> None:
        """The answer is there (or never will be)."""
        self._ended.set()

    def _wrong(self) -> str:
        if self.cancel is not None and self.cancel.is_set():
            return "cancelled"
        if time.monotonic() >= self._until and self._worked():
            return "time"
        taken = memory_of(self.process.pid) if self.memory else None
        return "memory" if taken is not None and self.memory and taken > self.memory else ""

    def _worked(self) -> bool:
        """Has the process had its seconds? Where only the clock tells, it has."""
        now, done = time.monotonic(), seconds_of(self.process.pid)
        if done is None or self._before is None or now >= self._latest:
            return True
        left = self._seconds - (done - self._before)
        self._until = min(now + max(left, 0.2), self._latest)
        return left <= 0


def seconds_of(process: int) -> float | None:
    """Seconds of processor time that a process has had; nothing where the system does not tell."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory_of(process: int) -> int | None:
    """Bytes that a process holds now; nothing where the system does not tell.

    Parameters
    ----------
    process : its number.
    """
    if sys.platform == "win32":
        return _on_windows(process)
    status = Path(f"/proc/{process}/statm")
    if status.exists():
        return int(status.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    told = subprocess.run(["ps", "-o", "rss=", "-p", str(process)], capture_output=True, text=True, check=False)
    return int(told.stdout) * 1024 if told.stdout.strip().isdigit() else None


def _on_windows(process: int) -> int | None:
    """``GetProcessMemoryInfo``: the working set, in bytes."""
    import ctypes
    from ctypes import wintypes

    class Counters(ctypes.Structure):
        _fields_ = (
            ("cb", wintypes.DWORD),
            ("PageFaultCount", wintypes.DWORD),
            *((name, ctypes.c_size_t) for name in ("PeakWorkingSetSize", "WorkingSetSize", "a", "b", "c", "d", "PagefileUsage", "e")),
        )

    library = ctypes.WinDLL("kernel32")  # type: ignore[attr-defined,unused-ignore]
    library.OpenProcess.restype = wintypes.HANDLE
    handle = library.OpenProcess(0x0410, False, process)
    if not handle:
        return None
    counters = Counters(cb=ctypes.sizeof(Counters))
    try:
        query = library.K32GetProcessMemoryInfo
        query.argtypes = [wintypes.HANDLE, ctypes.c_void_p, wintypes.DWORD]
        told = query(handle, ctypes.byref(counters), counters.cb)
    finally:
        library.CloseHandle(wintypes.HANDLE(handle))
    return int(counters.PagefileUsage) if told else None
