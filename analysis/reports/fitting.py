"""How many lines a text takes in a box, and cutting it where it would not fit. Widths are those of Arial, a little on the wide side."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.charts.text import text_width
from analysis.reports.fonts import wider

#: Arial is this much wider than the font the widths are known of
WIDER = 1.07
LINE = 1.2
#: nothing that is shown on a slide is longer; the workbook has the whole text
LONGEST = 1200
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def plain(text: object) -> str:
    """A text without what XML refuses, cut at 1,200 characters; a line break stays one.

    >>> plain("a\\x07b")
    'a\ufffdb'
    """
    told = _CONTROL.sub("\ufffd", str(text).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")).strip()
    return told if len(told) <= LONGEST else told[: LONGEST - 1] + "…"


def wide(text: str, size: float, bold: bool = False) -> float:
    """Width of one line, in points; emoji are as wide as they are high."""
    return WIDER * wider() * (text_width(text, size, bold) + sum(0.75 * size for mark in text if ord(mark) > 0x1F000))


def wrapped(text: str, width: float, size: float, bold: bool = False, most: int | None = None) -> list[str]:
    """The lines that a text takes; a word that is too long is broken; with ``most``, the last line ends in … where something is cut."""
    lines = [line for paragraph in text.split("\n") for line in _lines(paragraph, width, size, bold)]
    if most is None or len(lines) <= most:
        return lines
    return [*lines[: most - 1], shortened(lines[most - 1].rstrip(" ·,;") + "…", width, size, bold)]


def _lines(paragraph: str, width: float, size: float, bold: bool) -> list[str]:
    lines, line, used = [], "", 0.0
    blank = wide(" ", size, bold)
    for word in paragraph.split(" "):
        needed = wide(word, size, bold)
        if line and used + blank + needed <= width:
            line, used = f"{line} {word}", used + blank + needed
            continue
        if line:
            lines.append(line)
        *full, line = _broken(word, width, size, bold) if needed > width else [word]
        lines += full
        used = wide(line, size, bold)
    return [*lines, line]


def _broken(word: str, width: float, size: float, bold: bool) -> list[str]:
    """A word in pieces no wider than the line."""
    pieces, piece, used = [], "", 0.0
    for mark in word:
        needed = wide(mark, size, bold)
        if piece and used + needed > width:
            pieces.append(piece)
            piece, used = "", 0.0
        piece, used = piece + mark, used + needed
    return [*pieces, piece]


def shortened(text: str, width: float, size: float, bold: bool = False) -> str:
    """The text on one line, ended by … where it is cut."""
    if wide(text, size, bold) <= width:
        return text
    room, used, kept = width - wide("…", size, bold), 0.0, ""
    for mark in text:
        used += wide(mark, size, bold)
        if used > room:
            break
        kept += mark
    return kept.rstrip(" ,;:–-…·") + "…"


def fitted(paragraphs: Sequence[str], width: float, height: float, sizes: Sequence[float], bold: bool = False) -> tuple[float, list[str]]:
    """The largest of the sizes at which the paragraphs fit, and the paragraphs, cut only when even the smallest does not do."""
    for size in sizes:
        if size != sizes[-1] and any(wide(word, size, bold) > width for text in paragraphs for word in text.split()):
            continue  # a smaller size rather than a broken word
        if sum(len(wrapped(text, width, size, bold)) for text in paragraphs) * size * LINE <= height:
            return size, list(paragraphs)
    size = sizes[-1]
    room, kept = max(1, int(height / (size * LINE))), []
    for text in paragraphs:
        if room <= 0:
            break
        lines = wrapped(text, width, size, bold)
        kept.append(text if len(lines) <= room else "\n".join(wrapped(text, width, size, bold, room)))
        room -= len(lines)
    return size, kept
