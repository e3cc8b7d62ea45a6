"""Dates as files write them. The order of day and month is decided for a whole column, never cell by cell."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_MONTHS = {
    "jan": 1,
    "fev": 2,
    "feb": 2,
    "mar": 3,
    "avr": 4,
    "apr": 4,
    "mai": 5,
    "may": 5,
    "jun": 6,
    "juin": 6,
    "jui": 7,
    "jul": 7,
    "juil": 7,
    "aou": 8,
    "aug": 8,
    "sep": 9,
    "oct": 10,
    "nov": 11,
    "dec": 12,
}
#: whole and shortened, without accents
_NAMES = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre", "decembre",
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_SHORT = frozenset([
    "janv", "fevr", "avr", "juil", "aout", "sept", "oct", "nov", "dec", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug",
    "sep", "fev",
])  # fmt: skip
_TIME = (
    r"(?:[T ,à]+(?P<hour>\d{1,2})[:hH](?P<minute>\d{2})?(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<half>[AaPp]\.?[Mm]\.?)?\s*(?P<zone>Z|(?:UTC|GMT)?\s*[+-]\d{1,2}(?::?\d{2})?|UTC|GMT)?)?"
)
_YEAR_FIRST = re.compile(rf"^(?P<year>\d{{4}})[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}}){_TIME}$")
_DAY_OR_MONTH = re.compile(rf"^(?P<one>\d{{1,2}})[-/.](?P<two>\d{{1,2}})[-/.](?P<year>\d{{4}}|\d{{2}}){_TIME}$")
_NAMED = re.compile(
    rf"^(?:[a-z]{{3,9}}\.?,?\s+)?(?P<day>\d{{1,2}})(?:er|st|nd|rd|th)?[\s\-/]*(?P<name>[a-z]{{3,9}})\.?,?[\s\-/]*(?P<year>\d{{4}}|\d{{2}}){_TIME}$",
    re.I,
)
_NAMED_FIRST = re.compile(
    rf"^(?:[a-z]{{3,9}}\.?,?\s+)?(?P<name>[a-z]{{3,9}})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}}){_TIME}$",
    re.I,
)
#: 1954 to 2119
_SERIAL = re.compile(r"^[2-7]\d{4}(?:[.,]\d+)?$")
_COMPACT = re.compile(r"^(?P<year>(?:19|20)\d{2})(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])$")


#: "01/03/2024 - 09:00", between a day and its time
_DASHED = re.compile(r"(?<=\d) [-–—,|] (?=\d{1,2}[:h]\d{2})")


@lru_cache(maxsize=8192)
def parse_date(text: str, day_first: bool = True) -> dt.datetime | None:
    """One date, with its time where it has one (zones are dropped: the clock of the file is kept).

    >>> parse_date("12/09/2026 13:47:00").isoformat(), parse_date("2024/04/03 2:30:00 PM UTC+2").isoformat()
    ('2026-09-12T13:47:00', '2024-04-03T14:30:00')
    """
    if len(text) > 100:
        return None
    text = _DASHED.sub(" ", " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split()))
    if text[:3].casefold() == "le ":
        text = text[3:]
    if len(text) < 6 or len(text) > 45 or not any(char.isdigit() for char in text):
        return None
    if found := _YEAR_FIRST.match(text):
        return _made(found, int(found["year"]), int(found["month"]), int(found["day"]))
    if found := _DAY_OR_MONTH.match(text):
        one, two = int(found["one"]), int(found["two"])
        day, month = (one, two) if day_first else (two, one)
        return _made(found, _year(found["year"]), month, day)
    return _named(text)


def month_of(name: str) -> int | None:
    """The month that a word without accents names, whole or shortened.

    >>> month_of("juillet"), month_of("juin"), month_of("sept"), month_of("marketing")
    (7, 6, 9, None)
    """
    if name not in _SHORT and not any(month.startswith(name) for month in _NAMES):
        return None
    return _MONTHS.get(name[:4]) or _MONTHS.get(name[:3])


def _named(text: str) -> dt.datetime | None:
    plain = "".join(char for char in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(char))
    found = _NAMED.match(plain) or _NAMED_FIRST.match(plain)
    if not found:
        return None
    name = found["name"]
    month = _MONTHS.get(name[:4]) or _MONTHS.get(name[:3])
    return _made(found, _year(found["year"]), month, int(found["day"])) if month else None


def parse_compact(text: str) -> dt.datetime | None:
    """``20260701``, as GA4 writes days: only where the column is known to hold dates."""
    found = _COMPACT.match(text.strip())
    return (
        dt.datetime(int(found["year"]), int(found["month"]), min(int(found["day"]), 28)).replace(day=int(found["day"]))
        if found and _valid(found)
        else None
    )


def parse_serial(text: str) -> dt.datetime | None:
    """``45323``, a day as spreadsheets count them: only where the column is known to hold dates and no other form does.

    >>> parse_serial("45323").date().isoformat(), parse_serial("12")
    ('2024-02-01', None)
    """
    found = _SERIAL.match(text.strip())
    if not found:
        return None
    day = dt.datetime(1899, 12, 30) + dt.timedelta(days=float(found[0].replace(",", ".")))
    return day.replace(microsecond=0) + dt.timedelta(seconds=day.microsecond >= 500_000)


def _valid(found: re.Match[str]) -> bool:
    try:
        dt.date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return False
    return True


def _year(text: str) -> int:
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year < 70 else 1900)


def _made(found: re.Match[str], year: int, month: int, day: int) -> dt.datetime | None:
    hour, minute, second = (int(found[part] or 0) for part in ("hour", "minute", "second"))
    half = (found["half"] or "").lower()[:1]
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    if year < 1678 or year > 2261:
        return None
    try:
        return dt.datetime(year, month, day, hour, minute, second)
    except ValueError:
        return None


def day_first_of(texts: Iterable[str]) -> bool | None:
    """Day before month, month before day, or nothing: no value tells.

    >>> day_first_of(["01/02/2026", "13/02/2026"]), day_first_of(["02/13/2026"]), day_first_of(["01/02/2026"])
    (True, False, None)
    """
    day = month = 0
    for text in texts:
        if found := _DAY_OR_MONTH.match(" ".join(text.split())):
            day += int(found["one"]) > 12
            month += int(found["two"]) > 12
    if day == month:
        return None
    return day > month
