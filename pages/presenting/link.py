"""The address under which phones follow, and its QR code."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import segno

from pages.live.addresses import PHONES
from pages.live.reach import origin, reachable

#: white modules around the code, without which cameras do not find it
_QUIET = 3


def follow_link(code: str) -> dict[str, Any]:
    """What the screen shows: link, path and size of the QR code (a unit a module), and whether phones reach this server."""
    link = f"{origin()}{PHONES}/{code}"
    path, size = _drawn(link)
    return {"link": link, "path": path, "size": size, "reachable": reachable()}


@lru_cache(maxsize=32)
def _drawn(link: str) -> tuple[str, int]:
    """The dark modules as one SVG path, and the side of the square with its quiet zone."""
    rows = [list(row) for row in segno.make(link, error="m").matrix]
    path = [f"M{x + _QUIET} {y + _QUIET}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark]
    return "".join(path), len(rows) + 2 * _QUIET
