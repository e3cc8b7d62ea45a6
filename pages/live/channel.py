"""One room on the air: its latest picture, and everybody who waits for the next."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from analysis.workshop.views import Snapshot

#: seconds between two signs of life on a quiet stream
BEAT = 12.0
#: phones are told of a changed count at most this often; of a new question at once
CALM = 1.0


class Line:
    """A picture that many wait for. Each sends the newest, never all of them."""

    def __init__(self) -> None:
        self.snapshot: Snapshot | None = None
        self._next = asyncio.Event()

    def show(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.wake()

    def wake(self) -> None:
        self._next.set()
        self._next = asyncio.Event()

    async def wait(self, known: Snapshot | None) -> bool:
        """Until there is another picture than the known one; False: nothing came for a while."""
        if self.snapshot is not known:
            return True
        try:
            await asyncio.wait_for(self._next.wait(), BEAT)
        except TimeoutError:
            return False
        return True


class Channel:
    """The two lines of a room: the facilitator's board hears of each change, the phones of what concerns them."""

    def __init__(self, workshop: str) -> None:
        self.workshop = workshop
        self.listeners = 0
        self.latest: Snapshot | None = None
        self.board, self.phones = Line(), Line()
        self.gone = False
        self.asked_at = time.monotonic()
        self._told_at = 0.0
        self._written: dict[str, tuple[Snapshot, float, bytes]] = {}

    def idle(self, seconds: float) -> bool:
        """Whether nobody follows it, nor has asked to: a stream that was asked for begins a moment later."""
        return not self.listeners and time.monotonic() - self.asked_at > seconds

    def show(self, snapshot: Snapshot) -> None:
        """Hand a picture on: to the board at once, to the phones when it concerns them."""
        self.latest = snapshot
        self.board.show(snapshot)
        self.settle()

    def settle(self) -> None:
        """Tell the phones what they do not know yet, if it is time."""
        now, told = self.latest, self.phones.snapshot
        if now is None or now is told:
            return
        urgent = told is None or _urgent(now) != _urgent(told)
        if told is None or urgent or (now.pulse != told.pulse and time.monotonic() - self._told_at >= CALM):
            self._told_at = time.monotonic()
            self.phones.show(now)

    def close(self) -> None:
        """The room was deleted, or the server stops: the streams end, and phones come back by themselves."""
        self.gone = True
        self.board.wake()
        self.phones.wake()

    async def listen(self, line: str, belongs: Callable[[], Awaitable[bool]] | None = None) -> AsyncIterator[bytes]:
        """What one stream sends. ``belongs`` says, when somebody was removed, whether this phone may stay."""
        known: Snapshot | None = None
        source = self.board if line == "board" else self.phones
        self.listeners += 1
        try:
            yield b"retry: 1500\n\n"
            while not self.gone:
                if not await source.wait(known):
                    yield b"event: beat\ndata: 1\n\n"
                elif source.snapshot is not None and source.snapshot is not known:
                    removed, known = known.removed if known else source.snapshot.removed, source.snapshot
                    yield self._message(line, known)
                    if belongs and known.removed != removed and not await belongs():
                        return
        finally:
            self.listeners -= 1

    def _message(self, line: str, snapshot: Snapshot) -> bytes:
        """The picture as bytes, written once for all who are told of it now."""
        found, now = self._written.get(line), time.monotonic()
        if found is None or found[0] is not snapshot or now - found[1] > 0.5:
            body: dict[str, Any] = (snapshot.board if line == "board" else snapshot.pulse) | snapshot.left(time.time())
            text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
            self._written[line] = found = (snapshot, now, f"data: {text}\n\n".encode())
        return found[2]


def _urgent(snapshot: Snapshot) -> tuple[Any, ...]:
    return (snapshot.pulse["key"], snapshot.ends, snapshot.paused)
