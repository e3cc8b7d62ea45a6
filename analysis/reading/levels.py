"""Words and letters that say how much: low, medium, high; faible, moyen, fort; S, M, L; of an effort, how easy."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.reading.ladders import ladder
from analysis.reading.words import _table, degree, plain

_LEVELS = {words: float(meaning) for meaning, words in _table("levels.tsv")}
#: letters that stand for levels, when a column uses letters of one row only; a row is told from the others by its first letters
_LETTERS: tuple[tuple[str, dict[str, float]], ...] = (
    ("hl", {"h": 4.0, "m": 3.0, "l": 2.0, "vh": 5.0, "vl": 1.0}),
    ("sx", {"xxs": 1.0, "xs": 1.0, "s": 2.0, "m": 3.0, "l": 4.0, "xl": 5.0, "xxl": 5.0}),
    ("be", {"b": 2.0, "f": 2.0, "m": 3.0, "e": 4.0, "h": 4.0}),
    ("acd", {"a": 5.0, "b": 4.0, "c": 3.0, "d": 2.0, "e": 1.0}),
    ("+", {"-": 1.0, "+": 2.0, "++": 3.0, "+++": 4.0, "++++": 5.0}),
)
_RANGE = re.compile(r"(?<![A-Za-z])([A-F])\s*(?:à|to|-|–|/)\s*([A-F])(?![A-Za-zÀ-ÿ])")
_EASE = re.compile(r"\b(?:facile|difficile|easy|difficult|hard|simple|complex\w*)")
_EASE_ALONE = {"simple": 4.0, "tres simple": 5.0, "hard": 2.0, "very hard": 1.0, "complexe": 2.0, "complex": 2.0, "tres complexe": 1.0}


def level(text: str) -> float | None:
    """How much a word says, from 1 (hardly any) to 5.

    >>> level("Forte"), level("very low"), level("Magasin")
    (4.0, 1.0, None)
    """
    return _LEVELS.get(plain(text)) if len(text) <= 40 else None


def graded(words: Sequence[str], field: str, header: str = "") -> list[float | None]:
    """The degree 1 to 5 of each word of a column, in the sense of its field; nothing for other texts.

    Parameters
    ----------
    words : the different texts of the column.
    field : of an effort, “easy” is little; of a customer effort score a high figure is a small effort, and “high” a low figure.
    header : of the column; “(A à D)” says from where to where its letters go.

    >>> graded(["High", "Low"], "impact"), graded(["easy", "hard"], "effort"), graded(["H", "M", "L"], "effort")
    ([4.0, 2.0], [2.0, 4.0], [4.0, 3.0, 2.0])
    """
    letters = _stated_letters(header, words) or _letters_of(words)
    steps = {} if letters or field in ("effort", "impact", "reach") else ladder(words)
    if steps:
        return [steps.get(word) for word in words]
    found = [letters.get(plain(word)) if letters else _graded(word, field) for word in words]
    return [6 - value if value is not None and letters and field == "ces" else value for value in found]


def _graded(word: str, field: str) -> float | None:
    much = level(word)
    if field == "ces":
        return 6 - much if much is not None else degree(word)
    if field != "effort":
        told = degree(word)
        return told if told is not None else much
    ease = _ease(plain(word)) if len(word) <= 40 else None
    return 6 - ease if ease is not None else much if much is not None else degree(word)


def _ease(word: str) -> float | None:
    if not _EASE.search(word):
        return None
    return _EASE_ALONE.get(word, degree(word))


def marked_in_letters(words: Sequence[str]) -> bool:
    """Whether a column holds the letters A to E, as marks are given: three of them at least.

    >>> marked_in_letters(["A", "C", "B", "E"]), marked_in_letters(["A", "B"])
    (True, False)
    """
    used = {plain(word) for word in words if word.strip()}
    return len(used) > 2 and used <= set("abcde")


def _stated_letters(header: str, words: Sequence[str]) -> dict[str, float]:
    """The letters of a header such as “Cuisine (A à D)”, the first the best, as far from each other as the steps of any scale."""
    stated = _RANGE.search(header)
    ends = sorted(ord(letter.casefold()) for letter in stated.groups()) if stated else []
    if not stated or ends[1] - ends[0] < 2 or stated[1].casefold() != "a":
        return {}
    row = {chr(code): round(5 - 4 * (code - ends[0]) / (ends[1] - ends[0]), 4) for code in range(ends[0], ends[1] + 1)}
    return row if {plain(word) for word in words if word.strip()} - {"n/a", "na", "?"} <= set(row) else {}


def _letters_of(words: Sequence[str]) -> dict[str, float]:
    """The row of letters that a column is written in, if it uses several letters of one row and no others."""
    used = {plain(word) for word in words if word.strip()} - {"n/a", "na", "?"}
    if len(used) < 2:
        return {}
    for telling, row in _LETTERS:
        if used <= set(row) and any(word.strip("v")[:1] in telling for word in used - {"m"}):
            return row
    return {}
