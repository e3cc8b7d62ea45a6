"""Colours of the deliverables. A colour never says something alone: a name, a sign or a pattern says it too."""

from __future__ import annotations

import re

#: the product's own colour, where the client has none
PRIMARY = "0F766E"
INK, MUTED, GRID = "1D2733", "5F6B73", "DDE2E6"
VITAL = "C2570C"
QUADRANT_COLOURS = {"quick_win": "17857B", "big_bet": "4F6FC4", "fill_in": "A8862A", "money_pit": "98717F"}
#: -2 to 2; apart for colour-blind eyes too
EMOTIONS = ("8C2D04", "E6842A", "8A8A8A", "4FA3D9", "08519C")
STATUS_COLOURS = {"proposed": "EDE7F6", "to_do": "E3EEF7", "in_progress": "FFF1D6", "done": "DDF3E4", "dropped": "E6E8EA"}


def brand(colour: str) -> str:
    """The client's colour as six hexadecimal digits, made dark enough for white text on it (4.5:1); the product's own without one.

    >>> brand("#FFD500")
    '887100'
    """
    found = re.fullmatch(r"#?([0-9a-fA-F]{6})", (colour or "").strip())
    if not found:
        return PRIMARY
    parts = [int(found[1][at : at + 2], 16) for at in (0, 2, 4)]
    while _contrast_with_white(parts) < 4.5:
        parts = [int(part * 0.97) for part in parts]
    return "".join(f"{part:02X}" for part in parts)


def _contrast_with_white(parts: list[int]) -> float:
    linear = [(p / 255) / 12.92 if p <= 10 else ((p / 255 + 0.055) / 1.055) ** 2.4 for p in parts]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


def emotion_colour(value: float) -> str:
    """The colour of an emotion, -2 to 2."""
    return EMOTIONS[min(4, max(0, round(value) + 2))]


def tint(colour: str, share: float) -> str:
    """The colour mixed with white: ``share`` of it, 0 to 1."""
    parts = [int(colour[at : at + 2], 16) for at in (0, 2, 4)]
    return "".join(f"{round(255 - (255 - part) * share):02X}" for part in parts)
