"""Fixtures: `app` (AppTest, in process), `server` (one real server a worker), `page`, `page_en`, `phone` (Chromium).

Nothing here touches the projects of whoever runs the tests: PARCOURS_HOME points into a temporary folder throughout.
"""

from __future__ import annotations

import gc
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from launcher import chromium  # noqa: E402

SHARED_DATA = ROOT.parent / "shared" / "data"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
#: milliseconds: a busy machine is slow, and nothing here measures speed
PATIENCE = 30_000
FRENCH = {"locale": "fr-FR", "timezone_id": "Europe/Paris"}
ENGLISH = {"locale": "en-GB", "timezone_id": "Europe/London"}
DESK = {"viewport": {"width": 1280, "height": 800}}
PHONE = {"viewport": {"width": 390, "height": 780}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this test's projects are kept."""
    folder = tmp_path / "home"
    monkeypatch.setenv("PARCOURS_HOME", str(folder))
    monkeypatch.delenv("PARCOURS_DATABASE_URL", raising=False)
    return folder


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real files that are too large, or not ours to ship."""
    if not SHARED_DATA.is_dir():
        pytest.skip("the folder of shared data is not here")
    return SHARED_DATA


# In process


@pytest.fixture
def app(home: Path) -> Any:
    """The whole app as Streamlit's AppTest, run once. Another page: ``app.switch_page("journey.py").run()``.

    It enters by the router: from app.py, AppTest would see the folder `pages` and run each page past the router.
    """
    from streamlit.testing.v1 import AppTest

    return AppTest.from_file(str(ROOT / "pages" / "_router.py"), default_timeout=90).run()


# A real server

LOGS: dict[str, Path] = {}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(folder: Path, root: Path = ROOT) -> Iterator[str]:
    """A server of its own over ``folder``; gives its address, and ends it."""
    port, log = free_port(), folder / "server.log"
    LOGS[f"127.0.0.1:{port}"] = log
    environment = os.environ | {"PARCOURS_HOME": str(folder / "home")}
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless=true", f"--server.port={port}"]
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=root, env=environment, stdout=output, stderr=subprocess.STDOUT)
    try:
        _wait(process, f"http://127.0.0.1:{port}/p", log)  # the first address that waits for all that a visitor needs
        yield f"http://127.0.0.1:{port}"
        if process.poll() is not None:
            pytest.fail(
                f"the server ended by itself ({process.returncode}):\n" + log.read_text("utf-8", "replace")[-4000:]
            )
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=30):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail("the server did not start:\n" + log.read_text("utf-8", "replace"))


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real server, shared by the tests of this worker."""
    with serving(tmp_path_factory.mktemp("server")) as address:
        yield address


@pytest.fixture
def fresh_server(tmp_path: Path) -> Iterator[str]:
    """The address of a server that nobody has visited yet, without any project."""
    with serving(tmp_path) as address:
        yield address


# Chromium


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One Chromium a module. Without one, CI fails and everybody else is told what was skipped.

    A module and not a worker: as long as Playwright is on, its event loop runs, and nobody else's can.
    """
    path = chromium.find()
    if path is None:
        reason = "no Chromium on this machine: the browser tests did not run"
        pytest.fail(reason) if chromium.in_ci() else pytest.skip(reason)
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield found
        found.close()
    gc.collect()


def _log_of(host: str) -> str:
    """The end of a server's log: the traceback that the visitor is spared."""
    log = LOGS.get(host)
    return log.read_text("utf-8", "replace")[-4000:] if log else ""


class Watch:
    """What must not happen on a page, whatever the test is about."""

    def __init__(self, page: Any, address: str) -> None:
        self.page = page
        self.host = urlsplit(address).netloc
        self.errors: list[str] = []
        self.outside: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", self._request)

    def _request(self, request: Any) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc != self.host:
            self.outside.append(request.url)

    def check(self) -> None:
        shown = self.page.locator("[data-testid=stException], .st-key-sorry").all_inner_texts()
        assert not self.errors, f"script errors: {self.errors}"
        assert not self.outside, f"requests to other hosts: {self.outside}"
        assert not shown, f"the page broke: {shown}\n{_log_of(self.host)}"


Open = Callable[..., Any]


@pytest.fixture
def open_page(browser: Any) -> Iterator[Open]:
    """``open_page(address, **context)``: a page of a browser of its own, watched until the test ends."""
    opened: list[tuple[Any, Watch]] = []

    def opening(address: str, **context: Any) -> Any:
        settings = browser.new_context(base_url=address, **({**FRENCH, **DESK} | context))
        page = settings.new_page()
        page.set_default_timeout(PATIENCE)
        opened.append((settings, Watch(page, address)))
        return page

    yield opening
    try:
        for _, watch in opened:
            watch.check()
    finally:
        for settings, _ in opened:
            settings.close()
    gc.collect()  # Playwright's greenlets must not be collected in the middle of an ast.parse: Python 3.11 aborts it


@pytest.fixture
def page(open_page: Open, server: str) -> Any:
    """A French desk."""
    return open_page(server)


@pytest.fixture
def page_en(open_page: Open, server: str) -> Any:
    """An English desk."""
    return open_page(server, **ENGLISH)


@pytest.fixture
def phone(open_page: Open, server: str) -> Any:
    """A French phone."""
    return open_page(server, **PHONE)
