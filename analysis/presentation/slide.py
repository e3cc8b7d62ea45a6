"""One slide as a value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

#: not the non-breaking ones: they hold « » together
_BLANKS = re.compile(r"[ \t\r\n]+")
#: how a slide is drawn
KINDS = ("cover", "journey", "stage", "curve", "matrix", "pareto", "firmness", "plan", "facts", "empty")


@dataclass(frozen=True, slots=True)
class Slide:
    """One idea for the wall.

    Parameters
    ----------
    id : stays the same while the project changes: ``stage:s_1``.
    kind : one of `KINDS`.
    title : the finding, in one sentence.
    lead : a second line, or ``""``.
    data : what is drawn, ready for JSON (None where nothing is known, never NaN); its keys depend on the kind.
    head, rows : the same content as a small table of texts, for a phone, a screen reader or paper.
    notes : what the speaker may say, one paragraph each; never shown to the audience.
    """

    id: str
    kind: str
    title: str
    lead: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    notes: tuple[str, ...] = ()

    def plain(self, *, notes: bool = True) -> dict[str, Any]:
        """As a dictionary ready for JSON; without the speaker's notes where an audience would receive it.

        >>> Slide("cover", "cover", "Shop", notes=("Say hello",)).plain(notes=False)["title"]
        'Shop'
        """
        told = {
            "id": self.id,
            "kind": self.kind,
            "title": self.title,
            "lead": self.lead,
            "data": dict(self.data),
            "head": list(self.head),
            "rows": [list(row) for row in self.rows],
        }
        return told | ({"notes": list(self.notes)} if notes else {})


def cut(text: str, most: int = 110) -> str:
    """A text that fits a slide: at most ``most`` characters, ended at a word where there is one.

    >>> cut("Nobody answers the phone", 16)
    'Nobody answers…'
    """
    plain = " ".join(_BLANKS.split(text.strip()))
    if len(plain) <= most:
        return plain
    head = plain[: most - 1]
    at_word = head.rsplit(" ", 1)[0]
    return (at_word if len(at_word) > most * 0.6 else head).rstrip(" ,;:.–-") + "…"
