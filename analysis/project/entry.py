"""What people type or paste into a cell, as values: numbers the way their language writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from analysis.errors import InvalidCommand
from analysis.language import N_
from analysis.project.commands import Command
from analysis.project.figures import CRITERIA, own_ends

if TYPE_CHECKING:
    from analysis.project.project import Project

_BLANKS = re.compile(r"[\s\u00a0\u202f'’]+")
_NUMBER = re.compile(r"([+\-−]?)(\d[\d.,]*|[.,]\d+)([kM]?)")
_THOUSANDS = {"": 1.0, "k": 1e3, "M": 1e6}


def typed_number(text: str | None, language: str) -> float | None:
    """The number that a person typed; None when the cell is empty.

    Currency signs, ``%`` and blanks are passed over. A lone separator is the decimal mark, unless three digits follow and
    the language writes decimals with the other one: then it groups thousands.

    Raises
    ------
    InvalidCommand : not a number (code ``not_a_number``).

    >>> typed_number("1 234,5 €", "fr"), typed_number("1,234.5", "en"), typed_number("1,5", "en"), typed_number("12k", "fr")
    (1234.5, 1234.5, 1.5, 12000.0)
    >>> typed_number("1,234", "fr"), typed_number("1,234", "en")
    (1.234, 1234.0)
    """
    plain = _BLANKS.sub("", str(text or "")).strip("€$£%¥").removesuffix("EUR")
    if not plain or plain in ("-", "–"):
        return None
    found = _NUMBER.fullmatch(plain)
    digits = None if found is None else _plain_digits(found[2], language)
    if found is None or digits is None:
        raise InvalidCommand("not_a_number", N_("“{value}” is not a number."), value=str(text)[:40])
    value = float(digits) * _THOUSANDS[found[3]]
    return -value if found[1] in ("-", "−") else value


def _plain_digits(text: str, language: str) -> str | None:
    """Digits with a point for the decimals; None when the separators make no sense."""
    marks = [c for c in text if c in ".,"]
    decimal = "," if language == "fr" else "."
    if not marks:
        return text
    last = marks[-1]
    if len(set(marks)) == 2:
        return None if marks.count(last) > 1 else text.replace("," if last == "." else ".", "").replace(last, ".")
    grouped = re.fullmatch(r"\d{1,3}([.,]\d{3})+", text) is not None
    if len(marks) > 1:
        return text.replace(last, "") if grouped else None
    return text.replace(last, "") if grouped and last != decimal else text.replace(last, ".")


def typed_scores(
    cells: Iterable[tuple[str, str, Any]], language: str, *, author: str, project: Project | None = None
) -> list[Command]:
    """Cells of a table of scores, (target, criterion, text), as commands: set by hand; an emptied cell takes the hand-set value away.

    ``project`` : whose own criteria may be among them; each score keeps the scale of its criterion.

    Raises
    ------
    InvalidCommand : a cell that holds no number, or one outside its scale (amounts are zero or more). Nothing is kept then.
    """
    from analysis.project import edits

    commands: list[Command] = []
    scales = CRITERIA | (own_ends(project) if project else {})
    for target, criterion, text in cells:
        value, ends = typed_number(text, language), scales.get(criterion)
        if value is not None and value < 0 and ends is None:
            raise InvalidCommand("outside", value=value, low=0, high="∞")
        low, high = ends or (None, None)
        commands += edits.set_score(target, criterion, value, author=author, low=low, high=high)
    return commands
