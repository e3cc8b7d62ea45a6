"""The emotions of a lane: words and faces, signs, or figures on the scale that the lane has."""

from __future__ import annotations

import re

from analysis.methods import word_emotion
from analysis.project.importing import words
from analysis.reading.numbers import Number, parse_number
from analysis.reading.scales import settle, stated_scale

#: where lanes that go below zero end
_SYMMETRIC = (2.0, 3.0, 5.0, 10.0, 100.0)
_SIGNS = re.compile(r"\s*(?:(?P<both>\+\s*/?\s*[-−–]|±|=|0)|(?P<plus>\+[+\s]*)|(?P<minus>[-−–][-−–\s]*))\s*")


class Felt:
    """How the cells of one lane of emotions are read, from what its head says and all of its cells.

    >>> Felt("Ressenti (de 1 à 5)", ["4", "2"]).value("4"), Felt("Émotion", ["+", "--"]).value("--"), Felt("Humeur", ["ravi"]).value("bleu")
    (1.0, -2.0, None)
    """

    def __init__(self, head: str, told: list[str]) -> None:
        self.signed = any("+" in text for text in told) and all(map(_SIGNS.fullmatch, told))
        parts = [part for text in told for part in _parts(text)]
        figures = [number for part in parts if (number := _figure(part)) is not None]
        self.figures = bool(figures) and len(figures) >= 0.6 * len(parts)
        self._scale = _scale(stated_scale(head), figures)

    def texts(self, cell: str) -> list[str]:
        """The several texts of a cell; where signs are emotions, a dash is one of them."""
        return [cell] if self.signed else _parts(cell)

    def value(self, text: str) -> float | None:
        """The emotion from −2 to 2 that a text stands for; None where it is none."""
        if self.signed:
            return _drawn(text)
        number = _figure(text)
        return word_emotion(text) if number is None else self._placed(number)

    def _placed(self, number: Number) -> float | None:
        low, high = (0.0 if number.out_of > 5 else 1.0, number.out_of) if number.out_of else self._scale
        return round(4 * (number.value - low) / (high - low) - 2, 4) if min(low, 0) <= number.value <= high else None


def _parts(cell: str) -> list[str]:
    """The several texts of a cell; the sign before a figure is no dash of a list."""
    lines = [line.strip() for line in re.split(r"[\n\r;•]+", cell)]
    return [part for line in lines for part in ([line] if _figure(line) else words.texts_of(line))]


def _figure(text: str) -> Number | None:
    return parse_number(text.replace("−", "-"), ",")


def _scale(stated: tuple[float, float] | None, figures: list[Number]) -> tuple[float, float]:
    """The ends of a lane: the ones it states, those of emotions where its figures fit, else the usual scale that holds them."""
    values = [figure.value for figure in figures if not figure.out_of] or [0.0]
    low, high = min(values), max(values)
    if stated is None and any(figure.percent for figure in figures):
        return 0.0, 100.0
    if stated is None and (low < 0 or high <= 2):
        end = next((end for end in _SYMMETRIC if max(-low, high) <= end), max(-low, high))
        return -end, end
    return settle(stated, low, high, None) or (low, max(high, low + 1))


def _drawn(text: str) -> float:
    """``++`` is 2, ``-`` is −1, ``+/-`` and ``=`` are 0.

    >>> _drawn("+++"), _drawn("- -"), _drawn("+/-")
    (2.0, -2.0, 0.0)
    """
    found = _SIGNS.fullmatch(text)
    if found is None or found["both"]:
        return 0.0
    count = float(min(len("".join(found[0].split())), 2))
    return count if found["plus"] else -count
