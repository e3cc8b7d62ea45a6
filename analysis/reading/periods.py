"""Months, quarters, half-years and years as files write them, and days that are told from the day of writing."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from analysis.reading.dates import month_of
from analysis.reading.words import plain

_YEAR = r"(?P<year>(?:19|20)\d\d|'?\d\d)"
_FULL = r"(?P<year>(?:19|20)\d\d)"
_PART = r"(?:er|re|e|eme|nd|st|rd|th)?"
_WORD = r"(?P<word>trimestre|trim|quarter|semestre|half|t|q|s)"
_QUARTER = rf"(?:(?P<kind>[tqs])\.?\s?(?P<part>[1-4])|(?P<count>[1-4]){_PART}\s?{_WORD})\.?"
_QUARTERS = (
    re.compile(rf"^{_QUARTER}[\s/\-,]*(?:de\s|of\s)?{_YEAR}$"),
    re.compile(rf"^{_FULL}[\s/\-]*{_QUARTER}$"),
    re.compile(rf"^(?P<word>trimestre|trim|quarter|semestre|half)\.?\s(?P<count>[1-4])[\s/\-,]*{_YEAR}$"),
)
_MONTH = re.compile(rf"^(?P<name>[a-z]{{3,9}})\.?(?P<gap>[\s/\-'.]*){_YEAR}$")
#: “Aug 24” is a day of August in English, “août 24” a year in French
_ENGLISH_DAY = re.compile(r"^(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?!s$|embre$|obre$|v)")
_MONTH_AFTER = re.compile(rf"^{_FULL}[\s/\-]*(?P<name>[a-z]{{3,9}})\.?$")
_NUMBERED = (re.compile(rf"^(?P<month>0?[1-9]|1[0-2])[/\-.]{_FULL}$"), re.compile(rf"^{_FULL}[/\-.](?P<month>0[1-9]|1[0-2])$"))
_YEAR_ALONE = re.compile(rf"^(?:annee |exercice |year |fy ?)?{_FULL}$|^fy ?'?(?P<short>\d\d)$")
_EDGE = re.compile(
    r"^(?:(?P<end>fin|d'ici(?: fin| la fin)?|avant(?: fin| la fin)?|end(?: of)?|by(?: the end of| end of)?)|debut|courant|early|during)"
    r"[ -](?:de |d')?(?P<rest>.+)$"
)
_HALF = re.compile(r"semestre|half|\bs[12]|[12]s")
_RELATIVE = re.compile(
    r"^(?:hier|avant-hier|aujourd'hui|ce (?:matin|midi|soir|jour|mois)|cette (?:semaine|annee)|demain|"
    r"(?:la semaine|le mois|l'an(?:nee)?|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) (?:derniere?|passee?|prochaine?)|"
    r"(?:il y a|depuis|dans) (?:\d+|un|une|deux|trois|quelques|environ \d+) .+|"
    r"yesterday|today|tomorrow|this (?:morning|week|month|year)|last (?:night|week|month|year|\w+day)|next (?:week|month|year)|"
    r"(?:\d+|an?|one|two|few|about \d+) .+ ago|just now|a l'instant|recemment|recently)$"
)
_MONTHS = (
    "janv?|janvier|january|fevr?|fevrier|feb|february|mars?|march|avr|avril|apr|april|mai|may|juin|june?|juil|juillet|july?|aout|aug|august"
    "|sept?|septembre|september|oct|octobre|october|nov|novembre|november|dec|decembre|december"
)
_NAMED = re.compile(rf"^(?:(?:{_MONTHS})\.?|[tq][1-4]|[sh][12]|sem\w* ?\d+|w(?:eek)? ?\d+|m\d+)[ /'-]*(?:(?:19|20)?\d\d)?$")


def is_period(text: str) -> bool:
    """Whether a header names a month, a quarter, a week or a year, with or without its year.

    >>> is_period("janv. 26"), is_period("T3"), is_period("2026"), is_period("S12"), is_period("24"), is_period("Marseille")
    (True, True, True, False, False, False)
    """
    words = plain(text).rstrip(".") if 0 < len(text.strip()) <= 30 else ""
    return bool(words) and (bool(_NAMED.match(words) or _YEAR_ALONE.match(words)) or first_day(text) is not None)


def first_day(text: str) -> dt.datetime | None:
    """The first day of a month, a quarter, half a year or a year; nothing for other texts.

    >>> first_day("T3 2024").date().isoformat(), first_day("sept-23").date().isoformat(), first_day("2e trimestre 2024").date().isoformat()
    ('2024-07-01', '2023-09-01', '2024-04-01')
    >>> first_day("mars"), first_day("12/03"), first_day("fin 2026").date().isoformat()
    (None, None, '2026-12-31')
    """
    if not 3 < len(text) <= 30 or not any(map(str.isdigit, text)):
        return None
    words, end = _bare(text)
    first = next((day for read in _READERS if (day := read(words)) is not None), None)
    return _end(first, words) if first is not None and end else first


def _bare(text: str) -> tuple[str, bool]:
    """``fin mars 2026`` without its first word, and whether that says the end."""
    words = plain(text)
    edge = _EDGE.match(words)
    return (edge["rest"], bool(edge["end"])) if edge else (words, False)


def _end(first: dt.datetime, words: str) -> dt.datetime:
    months = 1 if (_month(words) or _numbered(words)) else 12 if _year(words) else 6 if _HALF.search(words) else 3
    year, month = divmod(first.month - 1 + months, 12)
    return dt.datetime(first.year + year, month + 1, 1) - dt.timedelta(days=1)


def last_day(text: str) -> dt.datetime | None:
    """The last day of the same periods: until when something is due.

    >>> last_day("T3 2026").date().isoformat(), last_day("fév. 2024").date().isoformat(), last_day("2026").date().isoformat()
    ('2026-09-30', '2024-02-29', '2026-12-31')
    """
    day = first_day(text)
    words, end = _bare(text)
    return day if day is None or end else _end(day, words)


def is_relative(text: str) -> bool:
    """``hier``, ``il y a 3 jours``, ``2 weeks ago``: a day only for who knows when it was written.

    >>> is_relative("il y a 3 jours"), is_relative("Yesterday"), is_relative("12/03/2026")
    (True, True, False)
    """
    return len(text) <= 40 and bool(_RELATIVE.match(plain(text)))


def _quarter(text: str) -> dt.datetime | None:
    found = next((match for pattern in _QUARTERS if (match := pattern.match(text))), None)
    if found is None:
        return None
    said = found.groupdict()
    kind, part = (said.get("kind") or said.get("word") or "")[0], int(said.get("part") or said["count"])
    if kind in "sh":
        return dt.datetime(_full(said["year"]), 6 * part - 5, 1) if part <= 2 else None
    return dt.datetime(_full(said["year"]), 3 * part - 2, 1)


def _month(text: str) -> dt.datetime | None:
    found = _MONTH.match(text) or _MONTH_AFTER.match(text)
    month = month_of(found["name"]) if found else None
    if not found or not month:
        return None
    day_perhaps = len(found["year"]) == 2 and not found.groupdict().get("gap", "-").strip(". ")
    if day_perhaps and _ENGLISH_DAY.match(found["name"]):
        return None
    return dt.datetime(_full(found["year"]), month, 1)


def _numbered(text: str) -> dt.datetime | None:
    found = next((match for pattern in _NUMBERED if (match := pattern.match(text))), None)
    return dt.datetime(_full(found["year"]), int(found["month"]), 1) if found else None


def _year(text: str) -> dt.datetime | None:
    found = _YEAR_ALONE.match(text)
    return dt.datetime(_full(found["year"] or found["short"]), 1, 1) if found else None


def _full(year: str) -> int:
    number = int(year.lstrip("'"))
    return number if number > 99 else number + (2000 if number < 70 else 1900)


_READERS: tuple[Callable[[str], dt.datetime | None], ...] = (_quarter, _month, _numbered, _year)
