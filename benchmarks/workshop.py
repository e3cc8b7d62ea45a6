"""A room of phones, for real: HTTP and SSE clients against a server of its own, on this computer.

    python benchmarks/workshop.py                 100 phones, each votes every 5 s for 60 s, then all within one second
    python benchmarks/workshop.py --phones 300

Prints what it measured beside what it is held to; exits 1 when something is missed.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from analysis import Project, Store  # noqa: E402
from analysis.workshop import Item, Rooms  # noqa: E402
from analysis.workshop.agenda import make_round  # noqa: E402

EVERY = 5.0
#: phones → p95 of the answer, p95 on the screen, share of one core
LIMITS = {100: (0.150, 1.2, 0.15), 300: (1.0, None, None)}


@dataclass
class Measured:
    """When votes were sent, answered and seen, in seconds of one clock."""

    sent: list[tuple[float, float]] = field(default_factory=list)  # (sent, answered), in the order of the answers
    seen: list[tuple[float, int]] = field(default_factory=list)  # (moment, votes on the board)
    failed: int = 0
    acknowledged: set[tuple[str, str]] = field(default_factory=set)

    def answers(self, since: float, until: float) -> list[float]:
        return [answered - sent for sent, answered in self.sent if since <= sent < until]

    def on_screen(self, since: float, until: float) -> list[float]:
        """From a vote's sending to the first board with as many votes on it as were answered up to it."""
        delays, boards = [], iter(self.seen)
        moment, shown = next(boards, (float("inf"), 10**9))
        for number, (sent, _) in enumerate(self.sent, start=1):
            while shown < number:
                moment, shown = next(boards, (float("inf"), 10**9))
            if since <= sent < until:
                delays.append(moment - sent)
        return delays


class Phone:
    """One phone: a connection that votes, another that listens."""

    def __init__(self, port: int, code: str, measured: Measured) -> None:
        self.port, self.code, self.measured = port, code, measured
        self.cookie, self.count = "", 0
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, method: str, path: str, body: object = None) -> tuple[int, bytes]:
        try:
            return await self._exchange(method, path, body)
        except (asyncio.IncompleteReadError, ConnectionError):  # a server closes a connection that was idle; a browser opens another
            self.streams = None
            return await self._exchange(method, path, body)

    async def _exchange(self, method: str, path: str, body: object) -> tuple[int, bytes]:
        if self.streams is None:
            self.streams = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self.streams
        writer.write(self._request(method, path, body))
        await writer.drain()
        status, headers = await self._head(reader)
        return status, await reader.readexactly(int(headers.get("content-length", "0")))

    def _request(self, method: str, path: str, body: object) -> bytes:
        data = b"" if body is None else json.dumps(body).encode()
        lines = [
            f"{method} /p/{self.code}{path} HTTP/1.1",
            f"host: 127.0.0.1:{self.port}",
            "accept: text/html, */*",
            f"content-length: {len(data)}",
        ]
        lines += ["content-type: application/json"] if data else []
        lines += [f"cookie: {self.cookie}"] if self.cookie else []
        return "\r\n".join([*lines, "", ""]).encode() + data

    async def _head(self, reader: asyncio.StreamReader) -> tuple[int, dict[str, str]]:
        lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers: dict[str, str] = {}
        for line in lines[1:]:
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
            if name.lower() == "set-cookie" and "parcours_phone" in value:
                self.cookie = value.strip().partition(";")[0]
        return int(lines[0].split()[1]), headers

    async def join(self) -> None:
        """Open the page, come in, and follow the room."""
        await self.ask("GET", "")
        status, _ = await self.ask("POST", "/join", {"side": "customer"})
        assert status == 200, status
        self.listening = asyncio.create_task(self.listen())

    async def listen(self) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(self._request("GET", "/events", None))
        while await reader.read(65536):
            pass

    async def vote(self, round: str, item: str) -> None:
        self.count += 1
        body = {"round": round, "item": item, "value": random.randint(-4, 4) / 2, "count": self.count}
        began = time.monotonic()
        status, _ = await self.ask("POST", "/vote", body)
        if status == 200:
            self.measured.sent.append((began, time.monotonic()))
            self.measured.acknowledged.add((self.cookie, item))
        else:
            self.measured.failed += 1


async def follow_board(port: int, workshop: str, measured: Measured) -> None:
    """The facilitator's screen."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**20)
    writer.write(f"GET /live/{workshop}/board HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\n\r\n".encode())
    while line := await reader.readline():
        if line.startswith(b"data: {"):
            board = json.loads(line[6:])
            shown = sum(item["n"] for item in (board.get("results") or {"items": []})["items"])
            measured.seen.append((time.monotonic(), shown))


async def load(
    port: int, code: str, workshop: str, round: str, items: list[str], phones: int, pid: int
) -> tuple[Measured, dict[str, object]]:
    """The whole course: everybody joins, votes every 5 s, then all at once."""
    measured = Measured()
    board = asyncio.create_task(follow_board(port, workshop, measured))
    room = [Phone(port, code, measured) for _ in range(phones)]
    joined = time.monotonic()
    for group in range(0, phones, 25):
        await asyncio.gather(*(phone.join() for phone in room[group : group + 25]))
    joined = time.monotonic() - joined
    await asyncio.sleep(1)
    cpu, began = cpu_seconds(pid), time.monotonic()
    await asyncio.gather(*(_steadily(phone, round, items[:-1], began) for phone in room))
    steady = time.monotonic()
    used = None if cpu is None else (cpu_seconds(pid) - cpu) / (steady - began)
    await asyncio.sleep(1)
    burst = time.monotonic()
    await asyncio.gather(*(_once(phone, round, items[-1]) for phone in room))
    await asyncio.sleep(2)
    board.cancel()
    return measured, {"joined": joined, "cpu": used, "began": began, "steady": steady, "burst": burst}


async def _steadily(phone: Phone, round: str, items: Sequence[str], began: float) -> None:
    await asyncio.sleep(random.uniform(0, EVERY))
    for number, item in enumerate(items):
        due = began + number * EVERY + random.uniform(0, EVERY)
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        await phone.vote(round, item)
    await asyncio.sleep(max(0.0, began + len(items) * EVERY - time.monotonic()))


async def _once(phone: Phone, round: str, item: str) -> None:
    await asyncio.sleep(random.uniform(0, 1))
    await phone.vote(round, item)


def cpu_seconds(pid: int) -> float | None:
    """Processor time of the server so far; None where the system does not say."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1] if len(values) > 1 else float("inf")


def serve(home: str) -> tuple[subprocess.Popen[bytes], int]:
    """A server of our own, on a free port, over an empty folder."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        "app.py",
        "--server.headless=true",
        f"--server.port={port}",
        "--server.address=127.0.0.1",
    ]
    server = subprocess.Popen(
        command, cwd=ROOT, env=os.environ | {"PARCOURS_HOME": home}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/p", timeout=30):
                return server, port
        except OSError:
            time.sleep(0.1)
    server.kill()
    raise SystemExit("the server did not start")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--phones", type=int, default=100)
    parser.add_argument("--seconds", type=int, default=60, help="of steady voting")
    wish = parser.parse_args()
    votes = max(1, int(wish.seconds / EVERY)) + 1
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        os.environ["PARCOURS_HOME"] = folder
        store = Store()
        rooms = Rooms(store.engine)
        items = [Item(f"i{number}", f"Stage {number}", "own") for number in range(votes)]
        project = store.create(Project.new("Benchmark", language="en"), author="benchmark")
        workshop = rooms.create(project, "Benchmark", author="benchmark", rounds=[make_round("emotion", items, language="en", show="live")])
        code, (round,) = rooms.open(workshop.id).code, rooms.rounds(workshop.id)
        rooms.start(round.id)
        server, port = serve(folder)
        try:
            measured, course = asyncio.run(load(port, code, workshop.id, round.id, [i.id for i in items], wish.phones, server.pid))
        finally:
            server.terminate()
            server.wait(20)
        kept = rooms.reveal(round.id) and sum(_votes(store, round.id).values())
        store.engine.dispose()
    return report(wish.phones, measured, course, kept)


def _votes(store: Store, round: str) -> dict[str, int]:
    from analysis.workshop.results import Results

    return {item.item.id: item.first.n for item in Results(store.engine).of(round).items}


def report(phones: int, measured: Measured, course: dict[str, object], kept: int) -> int:
    """Print what was measured beside what it is held to."""
    answer, screen, cpu = LIMITS[300 if phones > 100 else 100]
    began, steady, burst = (float(course[name]) for name in ("began", "steady", "burst"))  # type: ignore[arg-type]
    rows: list[tuple[str, float | None, float | None, str]] = []
    for name, since, until in (("every 5 s", began, steady), ("all within one second", burst, float("inf"))):
        rows.append((f"vote answered, p95, {name}", p95(measured.answers(since, until)), answer, "s"))
        rows.append((f"on the facilitator's screen, p95, {name}", p95(measured.on_screen(since, until)), screen, "s"))
    rows.append(("processor, share of one core, every 5 s", course["cpu"], cpu, ""))  # type: ignore[arg-type]
    lost = len(measured.acknowledged) - kept
    rows.append(("acknowledged votes lost", float(lost), 0.0, ""))
    rows.append(("votes refused", float(measured.failed), 0.0, ""))
    print(f"{phones} phones, {len(measured.sent)} votes, joined in {course['joined']:.1f} s")
    missed = False
    for name, value, limit, unit in rows:
        bad = value is not None and limit is not None and value > limit
        missed = missed or bad
        shown = "not measured here" if value is None else f"{value:.3f} {unit}".strip()
        print(f"{'MISSED' if bad else 'ok':7}{name:58}{shown:>18}" + ("" if limit is None else f"   held to {limit:g}"))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
