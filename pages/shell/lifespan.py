"""What the server does once, before the first visitor."""

from __future__ import annotations

import gc
import importlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import anyio.to_thread

from analysis.reading import keep_warm
from pages.shell.workspace import store

#: paid for here rather than by the first visitor (about 2 s together)
_HEAVY = ("pandas", "altair", "pyarrow", "openpyxl", "analysis.language", "analysis.methods", "analysis.project.importing")


def warm() -> None:
    """Open the store, import what every page needs, then take it out of the garbage collector's way.

    A full collection of what never dies costs 110 ms, and everybody waits for it.
    """
    for name in _HEAVY:
        importlib.import_module(name)
    keep_warm()  # the process that reads files
    store().backup()
    gc.collect()
    gc.freeze()


@asynccontextmanager
async def lifespan(app: Any) -> AsyncIterator[None]:
    from pages.live.routes import on_air  # which needs the shell's words itself

    await anyio.to_thread.run_sync(warm)
    async with on_air(lambda: store().engine):
        yield
