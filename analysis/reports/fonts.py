"""Fonts of the deliverables: what can be chosen, and how much room a font takes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

#: every office program has it, or one of the same widths
USUAL = "Arial"
#: font → how wide it is beside Arial; the narrower ones count as wide, since programs put others in their place
WIDTHS = {
    "Arial": 1.0, "Aptos": 1.0, "Avenir": 1.02, "Calibri": 1.0, "Cambria": 1.0, "Century Gothic": 1.16, "Garamond": 1.0, "Georgia": 1.06,
    "Helvetica": 1.0, "Lato": 1.0, "Montserrat": 1.2, "Open Sans": 1.08, "Poppins": 1.18, "Roboto": 1.01, "Segoe UI": 1.02,
    "Source Sans Pro": 1.0, "Tahoma": 1.0, "Times New Roman": 1.0, "Trebuchet MS": 1.02, "Verdana": 1.2,
}  # fmt: skip
#: of a font that nobody here has measured
_UNKNOWN = 1.2
#: has emoji in one colour, which every program draws and prints; where it is missing, programs take one that has them
PICTOGRAMS = "Segoe UI Symbol"
_EMOJI = re.compile("((?:[\U0001f000-\U0001faff\u2600-\u27bf\u2b50\u2b55][\ufe0e\ufe0f\u200d\u20e3]*)+)")
_wider: ContextVar[float] = ContextVar("wider", default=1.0)


def width_of(font: str) -> float:
    """How wide a font is beside Arial; an unknown one is taken for a wide one.

    >>> width_of("Verdana"), width_of("Arial"), width_of("Their own")
    (1.2, 1.0, 1.2)
    """
    return WIDTHS.get(font, _UNKNOWN)


@contextmanager
def measured_in(font: str) -> Iterator[None]:
    """Texts are measured in this font meanwhile."""
    before = _wider.set(width_of(font))
    try:
        yield
    finally:
        _wider.reset(before)


def wider() -> float:
    """How wide the font of now is beside Arial."""
    return _wider.get()


def pieces(text: str) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it is of emoji, which need a font of their own.

    >>> pieces("Merci 😀 !")
    [('Merci ', False), ('😀', True), (' !', False)]
    """
    return [(piece, place % 2 == 1) for place, piece in enumerate(_EMOJI.split(text)) if piece]
