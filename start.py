# -*- coding: utf-8 -*-
"""One command for a fresh machine: `python start.py` installs Parcours beside itself, starts it and opens the browser.

    python start.py                      the app
    python start.py --port 8600          at a port of your choice
    python start.py --no-browser         without opening the browser
    python start.py test                 the quick tests (at most 5 minutes)
    python start.py test --all           every test; what follows goes to pytest

This file is written so that any Python, however old, can read it and say in one sentence what is wrong.
The work is done by the package ``launcher``, which needs Python 3.11 and nothing else.
"""
# ruff: noqa: UP009, UP010, UP031, SIM105
# mypy: allow-untyped-defs, allow-untyped-calls

from __future__ import unicode_literals

import locale
import os
import sys

NEEDED = (3, 11)
TOO_OLD = {
    "en": "Parcours needs Python %s or newer; this is Python %s. "
    "Install it from python.org, then run start.py with it.",
    "fr": "Parcours a besoin de Python %s ou plus r\u00e9cent\u00a0; celui-ci est Python %s. "
    "Installez-le depuis python.org, puis relancez start.py avec lui.",
}


def french():
    """Whether this system speaks French."""
    wishes = [os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    try:
        wishes.append(locale.setlocale(locale.LC_CTYPE, ""))
    except locale.Error:
        pass
    first = next((wish for wish in wishes if wish), "")
    return first.lower().startswith("fr")


def say(text):
    """Print to any console, whatever it can show."""
    stream = getattr(sys.stderr, "buffer", sys.stderr)
    encoding = (getattr(sys.stderr, "encoding", None) or "utf-8").lower()
    if encoding in ("ascii", "us-ascii", "ansi_x3.4-1968"):
        encoding = "utf-8"  # what a system without a locale shows all the same
    stream.write((text + "\n").encode(encoding, "replace"))
    stream.flush()


def main():
    if sys.version_info < NEEDED:
        here = "%d.%d" % sys.version_info[:2]
        say(TOO_OLD["fr" if french() else "en"] % ("3.11", here))
        return 1
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    from launcher import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
