"""The server dies in the middle of a vote; strangers stand at the door. Each test has a server of its own."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from analysis import Project, Store
from analysis.workshop import Rooms
from analysis.workshop.results import Results
from tests.conftest import ROOT, _wait, free_port
from tests.workshop.phones import Listener, Phone
from tests.workshop.test_server import emotion

pytestmark = pytest.mark.slow
posix = pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is of POSIX")


@contextmanager
def server_at(port: int, folder: Path, *options: str) -> Iterator[subprocess.Popen[bytes]]:
    """A server at a port of our choice, ended at the end unless it is gone already."""
    log = folder / "server.log"
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless=true", f"--server.port={port}", *options]
    with log.open("ab") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, env=os.environ | {"PARCOURS_HOME": str(folder / "home")}, stdout=output, stderr=output
        )
    try:
        _wait(process, f"http://127.0.0.1:{port}/p", log)
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(20)


def opened(folder: Path) -> tuple[Store, Rooms, str, str]:
    """A store, and an open room with an open round in it: its code, its round."""
    store = Store(f"sqlite:///{(folder / 'home' / 'parcours.sqlite').as_posix()}")
    rooms = Rooms(store.engine)
    project = store.create(Project.new("Shop", language="en"), author="anne")
    made = rooms.create(project, "Tuesday", author="anne", rounds=[emotion()], language="en")
    code, (round,) = rooms.open(made.id).code, rooms.rounds(made.id)
    rooms.start(round.id)
    return store, rooms, code, round.id


@posix
def test_kill_minus_nine_during_a_vote_of_a_hundred_loses_no_acknowledged_vote(tmp_path: Path) -> None:
    store, rooms, code, round = opened(tmp_path)
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    kept: set[int] = set()
    with server_at(port, tmp_path) as server:
        phones = [Phone(address, code).join() for _ in range(100)]
        streams = [Listener(address, f"/p/{code}/events", phone.cookie) for phone in phones[:20]]
        started = threading.Event()

        def vote(number: int) -> None:
            started.wait()
            time.sleep(number * 0.01)
            try:
                if phones[number].vote(round, "s1", 1.0, timeout=5) == 200:
                    kept.add(number)
            except (OSError, ValueError):
                return  # it died before it answered
            except Exception as error:
                if "RemoteDisconnected" not in type(error).__name__ and "BadStatusLine" not in type(error).__name__:
                    raise

        threads = [threading.Thread(target=vote, args=(number,)) for number in range(100)]
        for thread in threads:
            thread.start()
        started.set()
        while len(kept) < 30:
            time.sleep(0.005)
        os.kill(server.pid, signal.SIGKILL)
        server.wait()
        for thread in threads:
            thread.join()
        assert 30 <= len(kept) < 100
        assert all(stream.ended() for stream in streams)
    with server_at(port, tmp_path):
        began = time.monotonic()
        back = [phone.state() for phone in phones]
        assert time.monotonic() - began < 10
        assert all(seat["me"] for seat in back)
        assert {number for number in kept if back[number]["mine"].get("s1", {}).get("value") != 1.0} == set()
        for number in set(range(100)) - kept:  # the phones send again what was not answered; each counts once
            assert phones[number].vote(round, "s1", 1.0) == 200
        for number in list(kept)[:10]:
            assert phones[number].vote(round, "s1", 1.0) == 200
    rooms.reveal(round)
    assert Results(store.engine).of(round).items[0].first.n == 100


@posix
def test_a_server_with_open_streams_stops_when_it_is_told_to(tmp_path: Path) -> None:
    _, _, code, _ = opened(tmp_path)
    port = free_port()
    with server_at(port, tmp_path) as server:
        phone = Phone(f"http://127.0.0.1:{port}", code).join()
        stream = Listener(f"http://127.0.0.1:{port}", f"/p/{code}/events", phone.cookie)
        stream.wait(lambda heard: heard["of"] == 1)
        server.terminate()
        assert server.wait(8) is not None
        assert stream.ended()


def test_beyond_this_computer_the_password_guards_everything_but_the_phones_page(tmp_path: Path) -> None:
    store, rooms, code, round = opened(tmp_path)
    port = free_port()
    with server_at(port, tmp_path, "--server.address=0.0.0.0", "--browser.serverAddress=127.0.0.1"):
        visitor = Phone(f"http://127.0.0.1:{port}", code)
        workshop = rooms.by_code(code).id
        guarded = [
            "/",
            "/workshop",
            "/journey",
            f"/live/{workshop}/board",
            "/_stcore/host-config",
            "/app/static/mark.svg",
            "/static/x.js",
            "/p/../workshop",
        ]
        for path in guarded:
            status, _ = visitor.ask("GET", "/" + path)
            assert status in (303, 401, 400, 404), path
            assert status != 200, path
        assert visitor.ask("GET", f"//live/{workshop}/board", accept="text/event-stream")[0] == 401
        assert _upgrade(visitor) in (401, 403)
        assert visitor.ask("PUT", "//_stcore/upload_file/a/b", b"x")[0] == 401
        # the phones' page is open to whoever has the code
        assert visitor.join().vote(round, "s1", 1.0) == 200
        assert visitor.ask("GET", "//p")[0] == 200
        # the first password is chosen on this computer; then it opens everything
        key = _enter(visitor, "correct horse")
        assert visitor.ask("GET", "//workshop", cookie=key)[0] == 200
        assert visitor.ask("GET", "//_stcore/host-config", cookie=key)[0] == 200
        assert visitor.ask("GET", "//_stcore/host-config", cookie=key + "0")[0] == 303
        assert _upgrade(visitor, cookie=key, origin="http://evil.example") in (401, 403)
        # a wrong one does not, and guessing is stopped
        body = urllib.parse.urlencode({"password": "wrong horse", "to": "/journey?project=p1"}).encode()
        refused = visitor.ask("POST", "//enter", body, **{"content-type": "application/x-www-form-urlencoded"})[1]
        assert 'value="/journey?project=p1"' in refused  # after the right one, the page that was asked for
        outcomes = [_enter(visitor, f"wrong horse {n}") for n in range(8)]
        assert outcomes == [""] * 8
        assert _enter(visitor, "correct horse") == ""  # too many attempts: even the right one waits
    store.engine.dispose()


def test_a_first_password_cannot_be_chosen_from_elsewhere(tmp_path: Path) -> None:
    opened(tmp_path)
    port = free_port()
    with server_at(port, tmp_path, "--server.address=0.0.0.0", "--browser.serverAddress=127.0.0.1"):
        visitor = Phone(f"http://127.0.0.1:{port}", "")
        for headers in ({"host": "192.0.2.7"}, {"x-forwarded-for": "192.0.2.7"}):
            assert _enter(visitor, "correct horse", **headers) == ""
            page = visitor.ask("GET", "//enter", **headers)[1]
            assert "Choose it on the computer where Parcours runs" in page
        assert _enter(visitor, "correct horse") != ""


def _enter(visitor: Phone, password: str, **headers: str) -> str:
    """Give the password at the door; the key, or ``""``."""
    body = urllib.parse.urlencode({"password": password, "to": "/workshop"}).encode()
    visitor.ask("POST", "//enter", body, **({"content-type": "application/x-www-form-urlencoded"} | headers))
    found = re.search(r"parcours_key=[^;]+", visitor.answered.get("set-cookie", ""))
    return found[0] if found else ""


def _upgrade(visitor: Phone, **headers: str) -> int:
    """What Streamlit's own stream answers to somebody who wants to open it."""
    given = {
        "connection": "Upgrade", "upgrade": "websocket", "sec-websocket-version": "13", "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
    }  # fmt: skip
    return visitor.ask("GET", "//_stcore/stream", **(given | headers))[0]
