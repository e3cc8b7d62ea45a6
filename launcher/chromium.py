"""Where Chromium is: the browser tests drive whichever the machine has."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from launcher.words import say

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)


def in_ci() -> bool:
    """Whether a machine runs this, for which a skipped test would be a lie."""
    return os.environ.get("CI", "").lower() not in {"", "0", "false"}


def find() -> str | None:
    """The path of a Chromium: ``CHROMIUM`` first, then the usual names and places."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    found = (shutil.which(name) for name in _NAMES)
    return next((path for path in found if path), None) or next((place for place in _PLACES if Path(place).exists()), None)


def install() -> str | None:
    """Install Debian's Chromium where we may; the answer is its path."""
    if not shutil.which("apt-get"):
        return None
    say("fetching_chromium")
    rights = [] if sys.platform != "win32" and os.geteuid() == 0 else ["sudo", "-n"]
    variables = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for step in (["update", "-q"], ["install", "-q", "-y", "--no-install-recommends", "chromium"]):
        try:
            subprocess.run(
                [*rights, "apt-get", *step],
                env=variables,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                check=False,
            )
        except OSError:
            return None
    return find()
