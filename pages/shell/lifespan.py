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

#: imported while the browser is still opening (about 2 s together)
_HEAVY = ("pandas", "altair", "pyarrow", "openpyxl", "analysis.language", "analysis.methods", "analysis.project.importing")


_log = logging.getLogger(__name__)


def warm() -> None:
    """Import what every page needs, then take it out of the garbage collector's way.

    A full collection of what never dies costs 110 ms, and everybody waits for it.
    """
    for name in _HEAVY:
        importlib.import_module(name)
    try:
        keep_warm()  # the process that reads files
        store().backup()
    except (OSError, ParcoursError, SQLAlchemyError) as error:  # a full disk: those at work must go on
        _log.warning("The copy of the day could not be made: %s", error)
    gc.collect()
    gc.freeze()


@asynccontextmanager
async def lifespan(app: Any) -> AsyncIterator[None]:
    from pages.live.routes import on_air  # which needs the shell's words itself

    async with on_air(lambda: store().engine), anyio.create_task_group() as later:
        later.start_soon(anyio.to_thread.run_sync, warm)  # the server answers meanwhile
        yield
