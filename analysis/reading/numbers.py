"""Numbers as people write them in French and English: ``1 800 €``, ``35 %``, ``(120)``, ``4/5``, ``12 k€``."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

_CURRENCIES = {
    "€": "EUR",
    "eur": "EUR",
    "euro": "EUR",
    "euros": "EUR",
    "£": "GBP",
    "gbp": "GBP",
    "$": "USD",
    "usd": "USD",
    "us$": "USD",
    "chf": "CHF",
    "fr": "CHF",
    "cad": "CAD",
    "$ca": "CAD",
    "ca$": "CAD",
    "¥": "JPY",
    "jpy": "JPY",
}
_MULTIPLES = {
    "k": 1e3,
    "m": 1e6,
    "md": 1e9,
    "mds": 1e9,
    "million": 1e6,
    "millions": 1e6,
    "mn": 1e6,
    "bn": 1e9,
    "mille": 1e3,
}
_SPACES = "\u00a0\u202f\u2009\u2007 '’\u2008\u200a"
_BLANKS = "\u00a0\u202f\u2009\u2007\u2008\u200a \t\n\r"
_NUMBER = re.compile(
    rf"""^(?P<open>\()?\s*(?P<sign>[-+−–])?\s*(?P<before>us\$|ca\$|[€£$¥]|eur|gbp|usd|chf|cad)?\s*(?P<sign2>[-+−–])?
    (?P<digits>\d[\d.,{_SPACES}]*|[.,]\d+)(?P<exponent>e[-+]?\d{{1,3}})?
    \s*(?P<multiple>k|md|mds|mn|bn|m|millions?|mille)?\s*(?P<after>€|£|\$ca|\$|¥|euros?|eur|gbp|usd|chf|cad|fr\.?)?
    \s*(?P<ht>h\.?t\.?|t\.?t\.?c\.?)?\s*(?P<percent>%|‰|pct|pour\ cent|percent)?\s*(?P<close>\))?(?P<minus>-)?$""",
    re.VERBOSE | re.IGNORECASE,
)
_OUT_OF = re.compile(
    rf"^\s*([-+]?\d+(?:[.,]\d+)?)[{_SPACES}]*(?:/|sur|out of|of|von)"
    rf"[{_SPACES}]*(\d{{1,3}})\s*(?:étoiles?|stars?|points?|pts|bubbles?|bulles?|ronds?)?\.?\s*$",
    re.I,
)
#: "4 étoiles" are four of five
_STARS = re.compile(rf"^\s*([0-5](?:[.,]\d+)?)[{_SPACES}]*(?:étoiles?|etoiles?|stars?|★|⭐)\ufe0f?\s*$", re.I)
_DIGITS = re.compile(rf"\d[\d.,{_SPACES}]*")
#: +33612345678 is dialled, not counted
_PHONE = re.compile(r"^\+[\d ().-]{9,}$")
#: "3 000,- €": no cents
_WHOLE = re.compile(r"(?<=\d)[.,](?:-{1,2}|–|—)(?=\s*(?:€|eur|chf|fr\.?|\$|£)?\s*$)", re.I)
_GROUPED = re.compile(rf"^\d{{1,3}}([{_SPACES}])\d{{3}}(?:\1\d{{3}})*(?P<rest>[.,]\d+)?$")


@dataclass(frozen=True, slots=True)
class Number:
    """A number that was read: ``value`` in its own unit; a percentage is kept in percent."""

    value: float
    percent: bool = False
    currency: str | None = None
    out_of: float | None = None


@lru_cache(maxsize=8192)
def parse_number(text: str, decimal: str = ".") -> Number | None:
    """Read one number; nothing when it is none.

    Parameters
    ----------
    text : what stands in the cell.
    decimal : which sign separates decimals where ``1,234`` or ``1.234`` alone could be either (see :func:`decimal_of`).

    Examples
    --------
    >>> parse_number("1 800 €")
    Number(value=1800.0, percent=False, currency='EUR', out_of=None)
    >>> parse_number("3,2").value, parse_number("35 %").value, parse_number("4/5").out_of
    (3.2, 35.0, 5.0)
    """
    if len(text) > 200:
        return None
    text = _WHOLE.sub("", text.strip(_BLANKS))
    if not text or len(text) > 60 or not any(char.isdecimal() for char in text) or _PHONE.match(text):
        return None
    if out_of := _OUT_OF.match(text):
        top = float(out_of[2])
        return Number(float(out_of[1].replace(",", ".")), out_of=top) if top > 1 else None
    if (stars := _STARS.match(text)) and float(stars[1].replace(",", ".")) <= 5:
        return Number(float(stars[1].replace(",", ".")), out_of=5.0)
    found = _NUMBER.match(text)
    if not found or bool(found["open"]) != bool(found["close"]) or (found["sign"] and found["sign2"]):
        return None
    if found["multiple"] == "m" and not (found["before"] or found["after"]):
        return None  # “5m”: minutes, metres or millions
    value = _value(found["digits"].strip(_SPACES), decimal)
    if value is None:
        return None
    return _finish(value, found)


def _finish(value: float, found: re.Match[str]) -> Number | None:
    if found["exponent"]:
        value = float(f"{value!r}e{int(found['exponent'][1:])}") if "e" not in repr(value) else math.inf
    if found["multiple"]:
        value *= _MULTIPLES[found["multiple"].lower()]
    negative = (found["sign"] or found["sign2"] or "") in ("-", "−", "–") and bool(found["sign"] or found["sign2"])
    if negative or found["open"] or found["minus"]:
        value = -value
    if found["percent"] == "‰":
        value /= 10
    if not math.isfinite(value):
        return None
    money = (found["before"] or found["after"] or "").lower().rstrip(".")
    return Number(value, bool(found["percent"]), _CURRENCIES.get(money))


def _value(digits: str, decimal: str) -> float | None:
    """The digits with their separators resolved; nothing where the groups make no sense."""
    if digits.isdigit() and digits.isascii():
        return float(digits)
    if any(space in digits for space in _SPACES):
        grouped = _GROUPED.match(digits)
        if not grouped:
            return None
        digits = digits.replace(grouped[1], "")
        decimal = "," if "," in (grouped["rest"] or "") else "."
    digits = digits.rstrip(".,") or digits
    commas, dots = digits.count(","), digits.count(".")
    if commas and dots:
        decimal = "," if digits.rfind(",") > digits.rfind(".") else "."
    elif commas > 1 or dots > 1:
        decimal = "." if commas else ","
    elif commas + dots == 1 and not _ambiguous(digits):
        decimal = "," if commas else "."
    return _resolved(digits, decimal)


def _ambiguous(digits: str) -> bool:
    """``1,234``: a thousand or one and a bit? ``0,234`` and ``1234,567`` are plain."""
    return bool(re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", digits))


def _resolved(digits: str, decimal: str) -> float | None:
    group = "." if decimal == "," else ","
    whole, _, rest = digits.partition(decimal)
    if group in rest or decimal in rest:
        return None
    if group in whole and not re.fullmatch(rf"\d{{1,3}}(?:{re.escape(group)}\d{{3}})+", whole):
        return None
    try:
        return float((whole.replace(group, "") or "0") + "." + (rest or "0"))
    except ValueError:
        return None


def decimal_of(texts: Iterable[str], default: str = ".") -> str:
    """The decimal sign of a column, told by the values that leave no doubt.

    >>> decimal_of(["1,234", "3,2"]), decimal_of(["1,234", "5.5"]), decimal_of(["1,234"], default=",")
    (',', '.', ',')
    """
    votes = {",": 0, ".": 0}
    for text in texts:
        digits = _first_digits(text)
        commas, dots = digits.count(","), digits.count(".")
        if commas and dots:
            votes["," if digits.rfind(",") > digits.rfind(".") else "."] += 1
        elif commas > 1:
            votes["."] += 1
        elif dots > 1:
            votes[","] += 1
        elif commas + dots == 1 and not _ambiguous(digits):
            votes["," if commas else "."] += 1
    if votes[","] == votes["."]:
        return default
    return "," if votes[","] > votes["."] else "."


def ambiguous(text: str) -> bool:
    """Could this text be read as thousands or as decimals?"""
    return _ambiguous(_first_digits(text))


def _first_digits(text: str) -> str:
    """The digits of the first number with their signs: of ``7,5/10`` those of 7,5."""
    found = _DIGITS.search(text[:60])
    return "".join(char for char in found[0] if char.isdigit() or char in ".,") if found else ""
