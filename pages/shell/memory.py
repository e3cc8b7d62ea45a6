"""Memory of large files is given back to the system when they are let go: left alone, each of them makes the server larger for good.

The C library keeps what was freed, in a pool for each thread that ever read a file. Elsewhere than on Linux nothing is to be done.
"""

from __future__ import annotations

import ctypes
import gc
import sys
import threading
from functools import lru_cache

#: of mallopt: how many pools there may be
_ARENA_MAX, _ARENAS = -8, 2
#: bytes (as uploaded) below which it is not worth the while
WORTH = 2 * 1024 * 1024


@lru_cache(maxsize=1)
def _library() -> ctypes.CDLL | None:
    """The C library, where it is GNU's."""
    if not sys.platform.startswith("linux"):
        return None
    try:
        found = ctypes.CDLL("libc.so.6")
        return found if hasattr(found, "malloc_trim") and hasattr(found, "mallopt") else None
    except OSError:
        return None


def few_pools() -> None:
    """Have all threads share a few pools of memory; to be called before there are any."""
    library = _library()
    if library is not None:
        library.mallopt(_ARENA_MAX, _ARENAS)


def give_back(size: int) -> threading.Thread | None:
    """Give back, beside the page, what a file of so many bytes took; None where it is too small or the system has no way to."""
    if size < WORTH or _library() is None:
        return None
    thread = threading.Thread(target=_trim, name="give memory back", daemon=True)
    thread.start()
    return thread


def _trim() -> None:
    import pyarrow  # long here once a file was read, and slow to load before the server answers

    gc.collect()  # tables and plans know each other
    pyarrow.default_memory_pool().release_unused()
    library = _library()
    if library is not None:
        library.malloc_trim(0)
