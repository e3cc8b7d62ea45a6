"""Start the server, wait until it answers, open the browser, stop it cleanly."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
import urllib.request
import webbrowser
from types import FrameType
from typing import Any

import start
from launcher.environment import Environment
from launcher.words import Refused, say

ADDRESS = "127.0.0.1"
EVERYWHERE = "0.0.0.0"  # a password is asked for, and phones reach their page: see pages/live/door.py
FIRST, LAST = 8501, 8550
_PATIENCE = 120  # seconds: a cold disk and a virus scanner
# The server stands in a group of its own: Ctrl+C comes to us, and we end it politely.
_OWN_GROUP: dict[str, Any]
if sys.platform == "win32":
    _OWN_GROUP, _POLITE = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}, signal.CTRL_BREAK_EVENT
else:
    _OWN_GROUP, _POLITE = {"process_group": 0}, signal.SIGTERM
#: this computer is never asked for through a proxy
_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def serve(environment: Environment, *, port: int | None, browser: bool, share: bool = False) -> int:
    """Run the app until Ctrl+C; the answer is the exit code."""
    port = choose_port(port)
    say("starting")
    for name in ("SIGTERM", "SIGHUP", "SIGBREAK"):  # the terminal's window is closed, the system shuts down
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _interrupt)
    server = _launch(environment, port, EVERYWHERE if share else ADDRESS)
    try:
        if not _answers(server, port):
            raise Refused("did_not_start")
        address = f"http://{ADDRESS}:{port}"
        say("ready", address=address)
        if share:
            _tell_address(environment, port)
        if browser:
            webbrowser.open(address)
        server.wait()
        raise Refused("died")
    except KeyboardInterrupt:
        _stop(server)
        say("stopped")
        return 0
    finally:
        _stop(server)


def _tell_address(environment: Environment, port: int) -> None:
    """Where phones and other computers find this server, with its QR code."""
    command = [str(environment.python), "-m", "analysis.workshop.reach", str(port)]
    done = subprocess.run(command, cwd=environment.root, env=environment.variables(), capture_output=True, check=False)
    address, _, code = done.stdout.decode("utf-8", "replace").partition("\n")
    if not address:
        say("not_on_a_network")
        return
    say("shared", address=address.strip())
    start.say(code.rstrip())  # type: ignore[no-untyped-call]


def choose_port(asked: int | None) -> int:
    """The port that was asked for, or else the first free one."""
    if asked is not None:
        if not free(asked):
            raise Refused("port_busy", port=asked, other=_first_free(asked + 1) or FIRST)
        return asked
    port = _first_free(FIRST)
    if port is None:
        raise Refused("no_port", first=FIRST, last=LAST)
    if port != FIRST:
        say("other_port", busy=FIRST, port=port)
    return port


def _first_free(start: int) -> int | None:
    return next((port for port in range(start, max(LAST, start + 50)) if port < 65536 and free(port)), None)


def free(port: int) -> bool:
    """Whether we could listen at a port of this computer."""
    with socket.socket() as probe:
        if sys.platform == "win32":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:  # connections of a server that has just stopped do not hold its port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError:
            return False
    return True


def _launch(environment: Environment, port: int, listen: str) -> subprocess.Popen[bytes]:
    command = [str(environment.python), "-m", "streamlit", "run", "app.py"]
    options = [f"--server.address={listen}", f"--server.port={port}", "--server.headless=true"]
    options += ["--browser.serverAddress=127.0.0.1"]  # or else Streamlit asks a server on the Internet for our address
    return subprocess.Popen(
        [*command, *options],
        cwd=environment.root,
        env=environment.variables(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        **_OWN_GROUP,
    )


def _answers(server: subprocess.Popen[bytes], port: int) -> bool:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with _direct.open(f"http://{ADDRESS}:{port}/_stcore/health", timeout=2):
                return server.poll() is None
        except OSError:
            time.sleep(0.1)
    return False


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _stop(server: subprocess.Popen[bytes]) -> None:
    """End the server that we started: it closes its connections, or is ended after five seconds."""
    if server.poll() is not None:
        return
    server.send_signal(_POLITE)
    try:
        server.wait(5)
    except (subprocess.TimeoutExpired, KeyboardInterrupt):
        server.kill()
        server.wait()
