"""What the server does before the first visitor, and while his browser opens.

The server answers as soon as it can listen: half of what a cold start costs is importing pandas and the database, and a
browser needs as long to fetch its scripts. Whatever needs those imports waits for :func:`ready`.
"""

from __future__ import annotations

import asyncio
import gc
import importlib
import logging
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import anyio
import anyio.to_thread

from pages.shell.memory import few_pools
from pages.shell.web import ASGIApp, Receive, Scope, Send

#: what the first page needs, imported while the browser is opening
_FIRST = (
    "pages._router", "pages.shell.workspace", "PIL.Image", "pages.shell.intake", "pages.shell.blanks", "analysis.samples",
    "analysis.templates", "pages.live.routes", "pages.live.follow",
)  # fmt: skip
#: what the others need, imported once the first page is there (about 2 s together)
_LATER = ("altair", "openpyxl", "analysis.methods", "analysis.project.importing.plan")
#: seconds after which the first page is there, on a slow computer too
_AFTER = 4.0

_log = logging.getLogger(__name__)
_begun: asyncio.Event | None = None


async def ready() -> None:
    """Wait until what the first page needs is imported, and the workshops are on air.

    Two threads that import the same modules at once would get in each other's way.
    """
    if _begun is not None:
        await _begun.wait()


class Patient:
    """Lets the browser fetch Streamlit's scripts at once, and holds its stream, with which the first page begins, until all is ready."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await ready()
        await self.app(scope, receive, send)


@contextmanager
def _polite() -> Iterator[None]:
    """Whoever imports lets go of the interpreter every fifth of a millisecond and not every five: each of the hundred pieces of a
    script that the browser fetches meanwhile would have to wait for that."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(0.0002)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


def _bring(names: tuple[str, ...]) -> None:
    for name in names:
        importlib.import_module(name)


def settle() -> None:
    """Make the copy of the day, start the process that reads files, and take what was imported out of the garbage collector's way.

    A full collection of what never dies costs 110 ms, and everybody waits for it.
    """
    from sqlalchemy.exc import SQLAlchemyError

    from analysis import ParcoursError
    from analysis.reading import keep_warm
    from pages.shell.workspace import store

    _bring(_LATER)
    try:
        keep_warm()  # the process that reads files
        store().backup()
    except (OSError, ParcoursError, SQLAlchemyError) as error:  # a full disk: those at work must go on
        _log.warning("The copy of the day could not be made: %s", error)
    gc.collect()
    gc.freeze()


async def _settle_later() -> None:
    """Two imports at once take turns at the interpreter: what the first page does not need would make it wait."""
    await ready()
    await anyio.sleep(_AFTER)
    await anyio.to_thread.run_sync(settle)


async def _work(begun: asyncio.Event, stop: asyncio.Event) -> None:
    """Import, open the database, and hold the workshops on air until the server stops."""
    try:
        with _polite():
            await anyio.to_thread.run_sync(_bring, _FIRST)
        from pages.live.routes import on_air
        from pages.shell.workspace import store

        async with on_air(lambda: store().engine):
            begun.set()
            await stop.wait()
    except Exception:  # a database that cannot be opened: each page says so, in its visitor's language
        _log.exception("The workshops are not on air")
        begun.set()


@asynccontextmanager
async def lifespan(app: Any) -> AsyncIterator[None]:
    global _begun
    few_pools()
    _begun, stop = asyncio.Event(), asyncio.Event()
    async with anyio.create_task_group() as later:
        work = asyncio.create_task(_work(_begun, stop))
        later.start_soon(_settle_later)
        yield
        stop.set()
        later.cancel_scope.cancel()
    await work
    _begun = None
