"""Watches a reading process from outside: its time, its memory where the system does not limit it, and the user's cancel."""

from __future__ import annotations

import importlib.util
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
        self._until = time.monotonic() + seconds
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
        if time.monotonic() >= self._until:
            return "time"
        taken = memory_of(self.process.pid) if self.memory else None
        return "memory" if taken is not None and self.memory and taken > self.memory else ""


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
        import os

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
