"""The scale that a header states: ``(1-10)``, ``/5``, ``(0 à 10)``, ``(1 = pas du tout, 5 = tout à fait)``, ``(%)``."""

from __future__ import annotations

import re

_NUM = r"([-+−–]?\s?\d{1,3}(?:[.,]\d+)?)"
_RANGE = re.compile(rf"(?<![\d.,]){_NUM}\s*(?:-|–|—|_|à|a|to|…|\.\.+|→|et|and|/|jusqu'à)\s*{_NUM}(?![\d.,]*\d)", re.I)
_BETWEEN = re.compile(rf"(?:entre|between|de|from)\s+{_NUM}\s+(?:et|and|à|to)\s+{_NUM}", re.I)
_ENDS = re.compile(rf"(?<![\d.,]){_NUM}\s*[=:]\s*[^\d,;/]+.*?(?<![\d.,]){_NUM}\s*[=:]\s*\D", re.I | re.S)
_ENDS_AFTER = re.compile(rf"\(?{_NUM}\)?\s*[=:]\s*\w[^()]*?[,;/–-]\s*{_NUM}\s*[=:]", re.I | re.S)
_OUT_OF = re.compile(r"(?:/|\bsur\b|\bout of\b)\s*(\d{1,3})(?!\d)(?!\s*(?:/|jours|mois|ans|h\b|semaine|days|months|years))", re.I)
#: figures by which files say that somebody did not answer, on scales that end at 10
CODES = frozenset({"99", "98", "97", "96", "95", "88", "77", "999", "998", "-1", "-9", "-99"})
#: "de 1 (mauvais) à 6 (excellent)"
_WORDS_IN_BRACKETS = re.compile(r"\([^()\d]*\)")
_SENSIBLE = {
    (0, 1),
    (0.25, 3),
    (1, 3),
    (0, 3),
    (1, 4),
    (0, 4),
    (0, 5),
    (1, 5),
    (1, 6),
    (1, 7),
    (0, 7),
    (0, 10),
    (1, 10),
    (0, 20),
    (1, 20),
    (0, 100),
    (1, 100),
    (-1, 1),
    (-2, 2),
    (-3, 3),
    (-5, 5),
    (-10, 10),
    (-100, 100),
}


def _number(text: str) -> float:
    return float(text.replace("−", "-").replace("–", "-").replace(" ", "").replace(",", "."))


def stated_scale(header: str) -> tuple[float, float] | None:
    """Low and high end that a header states, or nothing.

    Examples
    --------
    >>> stated_scale("Effort (1 à 10)"), stated_scale("(1 = pas du tout, 5 = tout à fait)")
    ((1.0, 10.0), (1.0, 5.0))
    """
    found = _ends(header) or _ends(_WORDS_IN_BRACKETS.sub(" ", header))
    if found:
        return found
    out_of = _OUT_OF.search(header)
    if out_of and float(out_of[1]) in (3, 4, 5, 6, 7, 10, 20, 100):
        return 0.0, float(out_of[1])
    return None


def _ends(header: str) -> tuple[float, float] | None:
    for pattern in (_ENDS_AFTER, _ENDS, _BETWEEN, _RANGE):
        for low_text, high_text in pattern.findall(header):
            low, high = _number(low_text), _number(high_text)
            if (low, high) in _SENSIBLE:
                return low, high
            if (high, low) in _SENSIBLE and pattern in (_ENDS_AFTER, _ENDS):
                return high, low
    return None


def states_reversed(header: str) -> bool:
    """``(5 = pas du tout, 1 = tout à fait)``: the first end named is the higher one."""
    for pattern in (_ENDS_AFTER, _ENDS):
        for one, two in pattern.findall(header):
            if (_number(two), _number(one)) in _SENSIBLE:
                return True
    return False


def settle(stated: tuple[float, float] | None, low: float, high: float, usual: tuple[float, float] | None) -> tuple[float, float] | None:
    """The scale of a column from what its header states, what its values span and what is usual for its field.

    ``/5`` says where the scale ends, not where it starts: it starts at 1 unless a value is lower.
    """
    if stated is not None:
        start, end = stated
        if start == 0 and end in (3, 4, 5, 6, 7) and low >= 1:
            start = 1.0
        return start, end
    if (low, high) == (0.0, 1.0) and usual is not None and usual[1] <= 10:  # yes and no
        return 0.0, 1.0
    if usual is not None and usual[0] <= low and high <= usual[1]:
        return _narrower(low, high, usual)
    for candidate in (
        (1.0, 5.0),
        (0.0, 5.0),
        (1.0, 7.0),
        (1.0, 10.0),
        (0.0, 10.0),
        (-2.0, 2.0),
        (0.0, 20.0),
        (0.0, 100.0),
        (-100.0, 100.0),
    ):
        if candidate[0] <= low and high <= candidate[1]:
            return candidate
    return None


def _narrower(low: float, high: float, usual: tuple[float, float]) -> tuple[float, float]:
    """Values that never leave 1–5 were most likely given on 1–5, not on 1–10."""
    if usual == (1.0, 10.0) and high <= 5:
        return 1.0, 5.0
    return usual
