"""How wide a text is in the product's font, and breaking it into lines."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable
from functools import lru_cache
from itertools import accumulate

import numpy as np
import pandas as pd

#: width in em → characters (Figtree, regular)
_WIDTHS = {
    0.20: "'.`l’",
    0.25: " ,:;Iij|\u00a0\u202f",
    0.30: '!"[]«»',
    0.35: "()fr",
    0.40: "-/1\\t{}“”",
    0.45: "_s",
    0.50: "*?JLakvxz",
    0.55: "$23679FT^cehnuy~–",
    0.60: "+458<=>BEKPSXYbdgopq−…",
    0.65: "#&0RZ€",
    0.70: "ACDUV",
    0.75: "GHN",
    0.80: "%OQwœ",
    0.85: "Mm",
    0.95: "W",
    1.00: "@Œ—",
}
_OF = {mark: width for width, marks in _WIDTHS.items() for mark in marks}
_BOLD = 1.05
#: a chart is no place for more characters of one text
LONGEST = 2_000


def text_width(text: str, size: float, bold: bool = False) -> float:
    """Width of one line in pixels."""
    return _ems(text) * size * (_BOLD if bold else 1)


@lru_cache(maxsize=20_000)
def _ems(text: str) -> float:
    """Width in sizes of the font: every redrawing measures the same names."""
    return sum(_width(mark) for mark in text)


def _width(mark: str) -> float:
    found = _OF.get(mark)
    if found is None:
        found = _OF.get(unicodedata.normalize("NFD", mark)[0], 0.62)
    return found


def lines_of(text: str, width: float, size: float, most: int | None = None, bold: bool = False) -> list[str]:
    """The text in lines of ``width`` pixels at most; a word that is too long is cut, and so is, with …, what exceeds ``most`` lines."""
    lines: list[str] = []
    longest = LONGEST if most is None else min(LONGEST, int(4 * most * width / (0.2 * size)) + 1)  # more could not be shown
    for paragraph in str(text)[:longest].split("\n"):
        lines += _wrapped(paragraph, width, size, bold)
    if most is not None and len(lines) > most:
        lines = [*lines[: most - 1], shortened(" ".join(lines[most - 1 :]), width, size, bold)]
    return lines


def in_lines(text: str, width: float, size: float, most: int | None = None, bold: bool = False) -> str:
    """`lines_of` as one text with line breaks: lists of lines do not survive the way into every page."""
    return "\n".join(lines_of(text, width, size, most, bold))


def _wrapped(paragraph: str, width: float, size: float, bold: bool) -> list[str]:
    lines, line = [], ""
    for word in _bound(paragraph).split(" "):
        trial = f"{line} {word}" if line else word
        if text_width(trial, size, bold) <= width:
            line = trial
            continue
        if line:
            lines.append(line)
        while text_width(word, size, bold) > width and len(word) > 1:
            cut = _fits(word, width, size, bold)
            lines.append(word[:cut])
            word = word[cut:]
        line = word
    return [*lines, line]


def _bound(text: str) -> str:
    """French marks bound to their word, so that no line begins with one."""
    for mark in (":", ";", "?", "!", "»", "%", "€"):
        text = text.replace(" " + mark, "\u00a0" + mark)
    return text.replace("« ", "«\u00a0")


def _fits(word: str, width: float, size: float, bold: bool) -> int:
    """How many characters of a word fit, at least one."""
    cut = len(word) - 1
    while cut > 1 and text_width(word[:cut], size, bold) > width:
        cut -= 1
    return cut


def fitting_size(texts: Iterable[str], width: float, largest: float, smallest: float, bold: bool = False) -> float | None:
    """The largest font size at which no word is wider than ``width``; None when even the smallest is too large."""
    longest = max((text_width(word, 1, bold) for text in texts for word in str(text).split(" ")), default=0)
    size = largest if not longest else min(largest, width / longest)
    return None if size < smallest else int(size * 4) / 4


def marked(name: str, chosen: Collection[str]) -> str:
    """The name as a chart shows it: with a mark before it where it is one of those that somebody has chosen.

    >>> marked("Site", ["Site"]), marked("Mail", ["Site"])
    ('▸ Site', 'Mail')
    """
    return f"▸ {name}" if name in chosen else name


def with_chosen(frame: pd.DataFrame, column: str, most: int, chosen: Collection[str]) -> pd.DataFrame:
    """The first rows, and those further down that somebody has chosen."""
    return frame[(np.arange(len(frame)) < most) | frame[column].isin(list(chosen)).to_numpy(dtype=bool, na_value=False)]


def shortened(text: str, width: float, size: float, bold: bool = False) -> str:
    """The text in one line, ended by … where it is cut."""
    if text_width(text, size, bold) <= width:
        return text
    room = width / (size * (_BOLD if bold else 1)) - _width("…")
    fitting = sum(1 for ems in accumulate(_width(mark) for mark in text) if ems <= room)
    return text[:fitting].rstrip(" ,;:–-") + "…"


def name_room(width: float, share: float) -> float:
    """Pixels for the names beside the bars of a chart: ``share`` of its width, more on a narrow one, where they would be cut to nothing."""
    return max(share * width, min(150.0, 0.45 * width))
