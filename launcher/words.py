"""What the launcher says, from words.toml, in the language of the system."""
# mypy: allow-untyped-calls

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import start

SENTENCES: dict[str, dict[str, str]] = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))


class Refused(Exception):
    """Why nothing can be done, as the code of a sentence."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


@cache
def _language() -> str:
    return "fr" if start.french() else "en"


def word(code: str, **values: object) -> str:
    """A sentence in the system's language."""
    return SENTENCES[code][_language()].format(**values)


def say(code: str, **values: object) -> None:
    """Print a sentence."""
    start.say(word(code, **values))
