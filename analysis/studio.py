"""Pictures are made in a process of their own: the converter stops every other thread of the process it works in, for a second or more.

One process, started when the first picture is asked for and kept for a while. It knows nothing but specifications of charts: no project,
no file. Where it cannot be started or dies, the picture is made here.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO, cast

_FONTS = Path(__file__).parent / "fonts"
_START = "import json,sys; sys.path[:] = json.loads(sys.argv[1]); from analysis.studio import serve; serve()"
#: seconds without a picture after which the process is let go, with its memory
KEPT = 300.0


class Studio:
    """The parent's side: a queue of pictures, made one after the other."""

    def __init__(self, kept: float = KEPT) -> None:
        self.kept = kept
        self._queue = ThreadPoolExecutor(1, "pictures")
        self._process: subprocess.Popen[bytes] | None = None
        self._rest: threading.Timer | None = None
        self._lock = threading.Lock()

    def draw(self, spec: str, kind: str, scale: float) -> Future[bytes]:
        """The picture of a Vega-Lite specification, when it is ready; ``ValueError`` where it is no chart."""
        return self._queue.submit(self._draw, spec, kind, scale)

    @property
    def process_id(self) -> int | None:
        """Of the process, while there is one."""
        return self._process.pid if self._process else None

    def close(self) -> None:
        """Let the process go; the next picture starts another."""
        with self._lock:
            if self._rest:
                self._rest.cancel()
            if self._process:
                self._process.kill()
                self._process.communicate()
            self._process = self._rest = None

    def _draw(self, spec: str, kind: str, scale: float) -> bytes:
        with self._lock:
            if self._rest:
                self._rest.cancel()
            try:
                answer = _asked(self._running(), spec, kind, scale)
            except OSError:
                answer = None
        if answer is None:
            self.close()
            return drawn(spec, kind, scale)
        self._tire()
        if answer[:1] != b"+":
            raise ValueError(answer[1:].decode())
        return answer[1:]

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            paths = json.dumps([os.path.abspath(path) for path in sys.path])
            self._process = subprocess.Popen(
                [sys.executable, "-S", "-X", "utf8", "-c", _START, paths],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            )  # fmt: skip
        return self._process

    def _tire(self) -> None:
        with self._lock:
            self._rest = threading.Timer(self.kept, self.close)
            self._rest.daemon = True
            self._rest.start()


def _asked(process: subprocess.Popen[bytes], spec: str, kind: str, scale: float) -> bytes | None:
    """What the process answers: ``+`` and the picture, ``-`` and why not; None when it died."""
    to, back = cast(BinaryIO, process.stdin), cast(BinaryIO, process.stdout)
    _write(to, json.dumps([spec, kind, scale]).encode())
    return _read(back)


def _write(pipe: BinaryIO, data: bytes) -> None:
    pipe.write(len(data).to_bytes(8, "little") + data)
    pipe.flush()


def _read(pipe: BinaryIO) -> bytes | None:
    size = pipe.read(8)
    if len(size) < 8:
        return None
    length = int.from_bytes(size, "little")
    data = pipe.read(length)
    return data if len(data) == length else None


def serve() -> None:
    """The process: pictures as long as somebody asks."""
    to, back = sys.stdin.buffer, sys.stdout.buffer
    while (asked := _read(to)) is not None:
        spec, kind, scale = json.loads(asked)
        try:
            answer = b"+" + drawn(spec, kind, scale)
        except ValueError as error:
            answer = b"-" + str(error).encode("utf-8", "replace")
        _write(back, answer)


def drawn(spec: str, kind: str, scale: float) -> bytes:
    """The picture, made in this process."""
    converter = _converter()
    if kind == "svg":
        svg: str = converter.vegalite_to_svg(spec)
        return svg.encode()
    png: bytes = converter.vegalite_to_png(spec, scale=scale)
    return png


@lru_cache(maxsize=1)
def _converter() -> Any:
    """The converter, once, knowing the product's font."""
    import vl_convert

    vl_convert.register_font_directory(str(_FONTS))
    return vl_convert


def _anew() -> None:
    """A forked child must not talk through its parent's pipes."""
    global studio
    studio = Studio()


studio = Studio()
atexit.register(lambda: studio.close())
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_anew)
