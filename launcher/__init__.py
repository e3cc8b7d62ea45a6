"""What `python start.py` does, with nothing but Python's own library: install, start and show the app; or test it."""

from __future__ import annotations

import argparse
from pathlib import Path

from launcher.environment import Environment
from launcher.server import serve
from launcher.testing import run_tests
from launcher.words import Refused, say, word

ROOT = Path(__file__).resolve().parent.parent


def run(arguments: list[str]) -> int:
    """Do what the command line asks; the answer is the exit code."""
    environment = Environment(ROOT)
    try:
        if arguments[:1] == ["test"]:
            return run_tests(environment, arguments[1:])
        wish = _parser().parse_args(arguments)
        environment.ensure()
        return serve(environment, port=wish.port, browser=not wish.no_browser, share=wish.share)
    except Refused as reason:
        say(reason.code, **reason.values)
        return 1
    except KeyboardInterrupt:
        say("stopped")
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("start.py", description=word("help"), epilog=word("help_test"))
    parser.add_argument("--port", type=_port, metavar="N", help=word("help_port"))
    parser.add_argument("--share", action="store_true", help=word("help_share"))
    parser.add_argument("--no-browser", action="store_true", help=word("help_no_browser"))
    return parser


def _port(text: str) -> int:
    if not (text.isdigit() and 0 < int(text) < 65536):
        raise argparse.ArgumentTypeError(word("bad_port", text=text))
    return int(text)
