"""Texts of users inside Markdown."""

from __future__ import annotations

import re

_BREAKS = re.compile(r"[ \t\r\n\f\v]+")  # not the spaces that French typography puts before its marks
_MARKS = frozenset("\\`*_{}[]()#+-.!|$:~<>")
#: where the page would make a link of a plain address, however its marks are escaped: nothing is seen of what parts them
_ADDRESS = re.compile(r"(?<=[\w.+-])(?=@\w)|(?<=\bwww)(?=\.)|(?<=\bhttp:)(?=//)|(?<=\bhttps:)(?=//)", re.IGNORECASE)
_JOINER = "\u2060"


def quoted(text: str) -> str:
    """The text with nothing of it taken for a mark: no link, no picture, no colour, no formula.

    >>> quoted("![x](http://a)")
    '\\\\!\\\\[x\\\\]\\\\(http\\\\:\\u2060//a\\\\)'
    """
    parted = _ADDRESS.sub(_JOINER, _BREAKS.sub(" ", text).strip())
    return "".join("\\" + c if c in _MARKS else c for c in parted)
