"""The address under which phones follow, and its QR code."""

from __future__ import annotations

import ipaddress
import socket
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import segno
import streamlit as st

from pages.live.follow import PREFIX
from pages.shell.security import host_of

#: white modules around the code, without which cameras do not find it
_QUIET = 3


def follow_link(code: str) -> dict[str, Any]:
    """What the screen shows: link, path and size of the QR code (a unit a module), and whether phones reach this server."""
    origin = _origin()
    link = f"{origin}{PREFIX}/{code}"
    path, size = _drawn(link)
    return {"link": link, "path": path, "size": size, "reachable": not _only_here(urlsplit(origin).hostname or "")}


def _origin() -> str:
    """Where phones find this server: the address of this visit, unless only this computer knows it."""
    visited = urlsplit(st.context.url or "")
    port = visited.port or int(st.get_option("server.port"))
    if visited.hostname and not _only_here(visited.hostname):
        return f"{visited.scheme}://{visited.netloc}"
    bound = host_of(str(st.get_option("server.address") or ""))
    if bound and _only_here(bound):
        return f"http://{bound}:{port}"
    return f"http://{(bound if bound not in ('', '0.0.0.0', '::') else _lan_address()) or '127.0.0.1'}:{port}"


def _lan_address() -> str:
    """This computer's address on the local network, or ``""``. Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address of documentation: only asks which way a packet would leave
            return str(probe.getsockname()[0])
        except OSError:
            return ""


def _only_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


@lru_cache(maxsize=32)
def _drawn(link: str) -> tuple[str, int]:
    """The dark modules as one SVG path, and the side of the square with its quiet zone."""
    rows = [list(row) for row in segno.make(link, error="m").matrix]
    path = [f"M{x + _QUIET} {y + _QUIET}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark]
    return "".join(path), len(rows) + 2 * _QUIET
