"""What runs beside the pages while workshops are on the air: one writer of votes, one watcher of rooms."""

from __future__ import annotations

import asyncio
import contextlib
import random
import signal
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from types import FrameType
from typing import Any

import anyio
import anyio.to_thread
import sqlalchemy as sa

from analysis.workshop import Participant, Refused, Rooms, Workshop
from analysis.workshop.answers import Answer
from analysis.workshop.attempts import Attempts
from analysis.workshop.ballots import Ballots
from analysis.workshop.people import People
from analysis.workshop.simulation import simulated
from analysis.workshop.views import Views
from pages.live.channel import Channel

#: seconds between two looks at the revisions of the rooms that somebody follows
LOOK = 0.25
#: seconds after which a room that nobody follows any more is let go
FORGET = 60.0
#: votes that one transaction takes
BATCH = 400
#: seconds that a code is trusted before the database is asked again
_KNOWN = 1.0


class Hub:
    """Made when the server starts; lives on its event loop."""

    def __init__(self, engine: sa.Engine) -> None:
        self.rooms, self.people = Rooms(engine), People(engine)
        self.ballots, self.views = Ballots(engine), Views(engine)
        self.attempts = Attempts()
        self.stopping = False
        self._channels: dict[str, Channel] = {}
        self._queue: list[tuple[Answer, asyncio.Future[Refused | None]]] = []
        self._filled = asyncio.Event()
        self._pen = anyio.CapacityLimiter(1)  # writers that wait for SQLite's lock sleep too long: ours queue here instead
        self._codes: OrderedDict[str, tuple[float, Workshop]] = OrderedDict()

    # --- votes --------------------------------------------------------------------------------------------------

    async def cast(self, answer: Answer) -> Refused | None:
        """Take a vote; returns when it is on the disk. Votes that arrive while another is being written share a transaction."""
        future: asyncio.Future[Refused | None] = asyncio.get_running_loop().create_future()
        self._queue.append((answer, future))
        self._filled.set()
        return await future

    async def written(self, change: Callable[[], Participant]) -> Participant:
        """Make another change of a phone's (coming in, a name), in turn with the votes."""
        return await anyio.to_thread.run_sync(change, limiter=self._pen)

    async def write(self) -> None:
        """The one writer of votes."""
        while True:
            await self._filled.wait()
            batch, self._queue = self._queue[:BATCH], self._queue[BATCH:]
            if not self._queue:
                self._filled.clear()
            if batch:
                await self._write(batch)

    async def _write(self, batch: list[tuple[Answer, asyncio.Future[Refused | None]]]) -> None:
        try:
            outcomes = await anyio.to_thread.run_sync(self.ballots.cast, [answer for answer, _ in batch], limiter=self._pen)
        except Exception as error:  # each phone is told, and sends again; the writer goes on
            for _, future in batch:
                if not future.done():
                    future.set_exception(error)
            return
        for (_, future), outcome in zip(batch, outcomes, strict=True):
            if not future.done():
                future.set_result(outcome)

    # --- rooms --------------------------------------------------------------------------------------------------

    async def room(self, code: str) -> Workshop:
        """The open room of a code.

        Raises
        ------
        Refused : code ``no_room``.
        """
        found = self._codes.get(code)
        if found is None or time.monotonic() - found[0] > _KNOWN:
            self._codes.pop(code, None)
            found = (time.monotonic(), await anyio.to_thread.run_sync(self.rooms.by_code, code))
            self._codes[code] = found
            while len(self._codes) > 200:
                self._codes.popitem(last=False)
        return found[1]

    async def channel(self, workshop: str) -> Channel:
        """The room's channel, with a picture in it."""
        channel = self._channels.get(workshop)
        if channel is None:
            channel = self._channels[workshop] = Channel(workshop)
        channel.asked_at = time.monotonic()
        if channel.latest is None:
            await self._refresh(channel)
        return channel

    async def watch(self) -> None:
        """Follow the rooms: whoever changes them, in this process or another, everybody sees it a moment later."""
        while True:
            await asyncio.sleep(LOOK)
            with contextlib.suppress(sa.exc.SQLAlchemyError):  # the database is away for a moment: look again
                await self._look()

    async def _look(self) -> None:
        for id in [id for id, channel in self._channels.items() if channel.idle(FORGET)]:
            del self._channels[id]
        if not self._channels:
            return
        revisions = await anyio.to_thread.run_sync(self.rooms.revisions, list(self._channels))
        for id, channel in list(self._channels.items()):
            if id not in revisions:
                channel.close()
            elif channel.latest is None or channel.latest.revision != revisions[id]:
                await self._refresh(channel)
            else:
                channel.settle()

    async def _refresh(self, channel: Channel) -> None:
        channel.show(await anyio.to_thread.run_sync(self.views.snapshot, channel.workshop))

    # --- dry runs -----------------------------------------------------------------------------------------------

    async def rehearse(self) -> None:
        """Let the simulated people of dry runs vote, a few at a time."""
        voted: set[tuple[str, str]] = set()
        while True:
            await asyncio.sleep(1.0)
            for channel in list(self._channels.values()):
                board = channel.latest.board if channel.latest else {}
                if board.get("dry") and board["round"] and board["round"]["state"] == "open":
                    with contextlib.suppress(sa.exc.SQLAlchemyError, Refused):
                        await self._simulate(channel.workshop, board["round"]["id"], voted)

    async def _simulate(self, workshop: str, round_id: str, voted: set[tuple[str, str]]) -> None:
        people = await anyio.to_thread.run_sync(self.people.all, workshop)
        waiting = [p for p in people if p.kind == "simulated" and not p.removed and (round_id, p.id) not in voted]
        chosen = random.sample(waiting, min(len(waiting), 3))
        if not chosen:
            return
        round = await anyio.to_thread.run_sync(self.rooms.round, round_id)
        language = (await anyio.to_thread.run_sync(self.rooms.get, workshop)).language
        answers = simulated(round, chosen, random.Random(round_id), language=language)
        voted |= {(round_id, person.id) for person in chosen}
        await asyncio.gather(*(self.cast(answer) for answer in answers))

    # --- life ---------------------------------------------------------------------------------------------------

    def stop(self) -> None:
        """End the streams: a server waits for open answers before it stops, and these would never end."""
        self.stopping = True
        for channel in self._channels.values():
            channel.close()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Serve until the server stops."""
        tasks = [asyncio.create_task(work()) for work in (self.write, self.watch, self.rehearse)]
        restore = _on_signals(self.stop)
        try:
            yield
        finally:
            restore()
            self.stop()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


def _on_signals(action: Callable[[], None]) -> Callable[[], None]:
    """Call ``action`` when the server is told to stop, before it does what it would; gives what takes this back."""
    loop = asyncio.get_running_loop()
    before: dict[int, Any] = {}

    def told(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(action)
        if callable(before[number]):
            before[number](number, frame)

    for name in ("SIGINT", "SIGTERM", "SIGBREAK"):
        number = getattr(signal, name, None)
        if number is not None:
            with contextlib.suppress(ValueError):  # not in the main thread: whoever embeds the server stops it another way
                before[number] = signal.getsignal(number)
                signal.signal(number, told)

    def restore() -> None:
        for number, handler in before.items():
            with contextlib.suppress(ValueError):
                if signal.getsignal(number) is told:
                    signal.signal(number, handler)

    return restore
