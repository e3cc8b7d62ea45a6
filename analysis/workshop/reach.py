"""At which address other devices of the network reach this computer, and its QR code for a terminal.

``python -m analysis.workshop.reach 8501`` prints both: start.py calls it, since QR codes need what it has just installed.
"""

from __future__ import annotations

import io
import ipaddress
import socket
import sys

import segno


def lan_address() -> str:
    """This computer's address on the local network, or ``""`` when it has none. Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address of documentation: only asks which way a packet would leave
            found = str(probe.getsockname()[0])
        except OSError:
            return ""
    return "" if ipaddress.ip_address(found).is_loopback else found


def terminal_qr(link: str) -> str:
    """The QR code of a link in half blocks, for a terminal of any colour."""
    out = io.StringIO()
    segno.make(link, error="l").terminal(out, compact=True, border=2)
    return out.getvalue()


def main(port: str) -> None:
    found = lan_address()
    if found:
        link = f"http://{found}:{port}"
        print(link)
        print(terminal_qr(f"{link}/p"))


if __name__ == "__main__":
    main(sys.argv[1])
