"""What the server does once, before the first visitor."""

from __future__ import annotations

import gc
import importlib
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import anyio
import anyio.to_thread
from sqlalchemy.exc import SQLAlchemyError

from analysis import ParcoursError
from analysis.reading import keep_warm
from pages.shell.workspace import store

#: what the first page needs, imported while the browser is still opening
_FIRST = ("PIL.Image", "pages.shell.intake", "pages.shell.blanks", "analysis.samples", "analysis.templates")
#: what the others need, imported once the first page is there (about 2 s together)
_LATER = ("altair", "openpyxl", "analysis.methods", "analysis.project.importing.plan")
#: seconds after which the first page is there, on a slow computer too
_AFTER = 4.0


_log = logging.getLogger(__name__)


def _bring(names: tuple[str, ...]) -> None:
    for name in names:
        importlib.import_module(name)


def settle() -> None:
    """Make the copy of the day, start the process that reads files, and take what was imported out of the garbage collector's way.

    A full collection of what never dies costs 110 ms, and everybody waits for it.
    """
    _bring(_LATER)
    try:
        keep_warm()  # the process that reads files
        store().backup()
    except (OSError, ParcoursError, SQLAlchemyError) as error:  # a full disk: those at work must go on
        _log.warning("The copy of the day could not be made: %s", error)
    gc.collect()
    gc.freeze()


async def _warm() -> None:
    """Two imports at once take turns at the interpreter: what the first page does not need would make it wait."""
    await anyio.to_thread.run_sync(_bring, _FIRST)
    await anyio.sleep(_AFTER)
    await anyio.to_thread.run_sync(settle)


@asynccontextmanager
async def lifespan(app: Any) -> AsyncIterator[None]:
    from pages.live.routes import on_air  # which needs the shell's words itself

    async with on_air(lambda: store().engine), anyio.create_task_group() as later:
        later.start_soon(_warm)  # the server answers meanwhile
        yield
        later.cancel_scope.cancel()
