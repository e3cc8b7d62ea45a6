"""Amounts that a header counts in thousands or millions: “Coût (k€)”, “Budget in thousands”, “M€”."""

from __future__ import annotations

import re

_CURRENCY = r"(?:€|\$|£|eur\b|euros?\b|usd\b|gbp\b|chf\b)"
_TIMES = (
    (re.compile(rf"(?<![a-z])(?:k|kilo)[ -]?{_CURRENCY}|[€$£]\s?k(?![a-z])|\ben k(?![a-z])"), 1e3),
    (re.compile(rf"\b(?:milliers?|thousands?)\b|\b1[ .,]?000\s?{_CURRENCY}|{_CURRENCY}\s?(?:[x×]\s?1[ .,]?)?000s?\b|\b000'?s\b"), 1e3),
    (re.compile(rf"(?<![a-z])m[ -]?{_CURRENCY}|[€$£]\s?m(?![a-z])|\bmillions?\b"), 1e6),
)


def times_of(header: str) -> float:
    """By how much a plain amount under this header is to be multiplied; 1 where it says nothing.

    >>> times_of("Coût annuel (k€)"), times_of("Budget, in thousands of $"), times_of("CA M€"), times_of("Coût (€)")
    (1000.0, 1000.0, 1000000.0, 1.0)
    """
    text = header.casefold().replace("\u00a0", " ").replace("\u202f", " ")
    return next((times for pattern, times in _TIMES if pattern.search(text)), 1.0)


_EVERY = (
    (re.compile(r"(?:/|\bpar|\bper|\ba)\s?(?:mois|month)\b|\bmensuel|\bmonthly"), 12.0),
    (re.compile(r"(?:/|\bpar|\bper|\ba)\s?(?:trimestre|quarter)\b|\btrimestriel|\bquarterly"), 4.0),
    (re.compile(r"(?:/|\bpar|\bper|\ba)\s?(?:semaine|week)\b|\bhebdomadaire|\bweekly"), 52.0),
)


def times_a_year(header: str) -> float:
    """How often in a year an amount under this header is spent; 1 where it says nothing or the year.

    >>> times_a_year("Coût récurrent / mois"), times_a_year("Quarterly fee"), times_a_year("Coût annuel")
    (12.0, 4.0, 1.0)
    """
    text = header.casefold()
    return next((times for pattern, times in _EVERY if pattern.search(text)), 1.0)
