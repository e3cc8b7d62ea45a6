"""Texts of users inside Markdown."""

from __future__ import annotations

import re

_BREAKS = re.compile(r"[ \t\r\n\f\v]+")  # not the spaces that French typography puts before its marks
_MARKS = frozenset("\\`*_{}[]()#+-.!|$:~<>")


def quoted(text: str) -> str:
    """The text with nothing of it taken for a mark: no link, no picture, no colour, no formula.

    >>> quoted("![x](http://a)")
    '\\\\!\\\\[x\\\\]\\\\(http\\\\://a\\\\)'
    """
    return "".join("\\" + c if c in _MARKS else c for c in _BREAKS.sub(" ", text).strip())
