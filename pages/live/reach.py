"""At which address phones reach this server, and its QR code."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

import segno
import streamlit as st

from analysis.workshop.reach import lan_address
from pages.live.door import shared
from pages.shell.security import host_of


def origin() -> str:
    """Where phones find this server: the address of this visit, unless that is one that only this computer knows."""
    visited = urlsplit(st.context.url or "")
    port = visited.port or int(st.get_option("server.port"))
    if visited.hostname and not _only_here(visited.hostname):
        return f"{visited.scheme}://{visited.netloc}"
    if shared():
        bound = host_of(str(st.get_option("server.address") or ""))
        host = bound if bound not in ("", "0.0.0.0", "::") else lan_address()
        if host:
            return f"http://{host}:{port}"
    return f"http://127.0.0.1:{port}"


def reachable() -> bool:
    """Whether phones can come in at all: the server listens on the network, or stands behind an address of its own."""
    return not _only_here(urlsplit(origin()).hostname or "")


def _only_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def qr(link: str) -> str:
    """The QR code of a link, as the address of a picture: dark on white in any theme, with its quiet zone, so that cameras read it."""
    return segno.make(link, error="m").svg_data_uri(scale=8, border=3, dark="#000", light="#fff")
