"""Notes and comments that are attached to the cells of an .xlsx, in the old form and as threads."""

from __future__ import annotations

import html
import posixpath
import re
from typing import Protocol

from analysis.reading.worker.styles import attributes

#: of one sheet; a longer list is no longer read by anybody
MOST, LONGEST = 2000, 2000
_PART = 8_000_000
_REFERENCE = re.compile(r"^([A-Z]{1,3})(\d{1,7})$")
_OLD = re.compile(rb"<(?:\w+:)?comment\s([^>]*)>(.*?)</(?:\w+:)?comment>", re.S)
_THREAD = re.compile(rb"<(?:\w+:)?threadedComment\s([^>]*?)>(.*?)</(?:\w+:)?threadedComment>", re.S)
_TEXT = re.compile(rb"<(?:\w+:)?(?:t|text)(?:\s[^>]*)?>([^<]*)</")
#: what Excel writes in the old form for programs that do not know threads
_PLACEHOLDER = "[Threaded comment]"


class Parts(Protocol):
    """A package that gives its parts by name."""

    def read(self, name: str, limit: int = ...) -> bytes: ...


def notes_of(package: Parts, part: str) -> list[list[int | str]]:
    """Row, column (from 0) and text of each note of a sheet part, the several of a thread together."""
    folder, _, name = part.rpartition("/")
    found: dict[tuple[int, int], list[str]] = {}
    for tag in re.findall(rb"<(?:\w+:)?Relationship\s([^>]*)>", package.read(f"{folder}/_rels/{name}.rels")):
        seen = attributes(tag)
        kind, target = seen.get("Type", "").rpartition("/")[2], seen.get("Target", "")
        if kind in ("comments", "threadedComment"):
            whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
            _collect(package.read(whole, _PART), _OLD if kind == "comments" else _THREAD, found)
    return [[row, column, "\n".join(texts)[:LONGEST]] for (row, column), texts in sorted(found.items())[:MOST]]


def _collect(content: bytes, pattern: re.Pattern[bytes], found: dict[tuple[int, int], list[str]]) -> None:
    for tag, inside in pattern.findall(content):
        reference = _REFERENCE.match(attributes(tag).get("ref", ""))
        text = html.unescape(b"".join(_TEXT.findall(inside)).decode("utf-8", "replace")).strip()
        if reference and text and not text.startswith(_PLACEHOLDER):
            texts = found.setdefault((int(reference[2]) - 1, _column(reference[1])), [])
            texts.append(text)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
