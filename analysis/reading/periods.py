"""Weeks, months, quarters, half-years and years as files write them, and days that are told from the day of writing."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from analysis.reading.dates import month_of, parse_date
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
    r"^(?:(?P<end>fin|d'ici(?: fin| la fin)?|avant(?: fin| la fin)?|end(?: of)?|by(?: the end of| end of)?)|(?P<start>debut|early)"
    r"|(?P<mid>mi|mid|milieu)|courant|during)"
    r"[ -](?:de |d'|du mois de )?(?P<rest>.+)$"
)
#: of “début mars” and “mi-mars”, the last day
_EDGE_DAYS = {"start": 10, "mid": 15}
_WEEK = (
    re.compile(rf"^(?:semaine|sem|week|wk|kw|cw|w|s)\.? ?(?P<week>\d{{1,2}})(?:[\s/\-,]*(?:de |of )?){_FULL}$"),
    re.compile(rf"^{_FULL}[\s/\-]*(?:semaine|sem|week|wk|kw|cw|w|s)\.? ?(?P<week>\d{{1,2}})$"),
)
_SOON = re.compile(
    r"^(?:immediate?(?:ment|ly)?|tout de suite|des (?:que possible|maintenant|reception)|au plus (?:vite|tot)|asap|as soon as possible|now"
    r"|urgent|(?:a |au )?(?:tres )?(?:court|moyen|long) terme|(?:short|medium|mid|long)[- ]term|s ?\d{1,2}"
    r"|rentree|ete|printemps|automne|hiver|noel|summer|spring|autumn|fall|winter|xmas|christmas)$"
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


def parted_period(header: str) -> tuple[str, str] | None:
    """What a header says before or after the period that it names, and that period.

    >>> parted_period("Réalisé T4 2025"), parted_period("Q2 actual"), parted_period("Mars 2026"), parted_period("Coût annuel")
    (('Réalisé', 'T4 2025'), ('actual', 'Q2'), None, None)
    """
    words = header.split() if not is_period(header) else []
    for count in range(min(3, len(words) - 1), 0, -1):
        for period, rest in ((words[-count:], words[:-count]), (words[:count], words[count:])):
            if is_period(" ".join(period).strip("()[]")):
                return " ".join(rest).strip(" -–—:/("), " ".join(period).strip("()[]")
    return None


def first_day(text: str) -> dt.datetime | None:
    """The first day of a month, a quarter, half a year or a year; nothing for other texts.

    >>> first_day("T3 2024").date().isoformat(), first_day("sept-23").date().isoformat(), first_day("2e trimestre 2024").date().isoformat()
    ('2024-07-01', '2023-09-01', '2024-04-01')
    >>> first_day("mars"), first_day("12/03"), first_day("fin 2026").date().isoformat()
    (None, None, '2026-12-31')
    """
    if not 3 < len(text) <= 30 or not any(map(str.isdigit, text)):
        return None
    words, part = _bare(text)
    first = next((day for read in _READERS if (day := read(words)) is not None), None)
    if first is None or not part:
        return first
    return _middle(first, words) if part == "mid" else _end(first, words) if part == "end" else first


def _bare(text: str) -> tuple[str, str]:
    """``fin mars 2026`` without its first word, and which part of it that says: ``end``, ``start``, ``mid``, or nothing."""
    words = plain(text)
    edge = _EDGE.match(words)
    return (edge["rest"], next((part for part in ("end", "start", "mid") if edge[part]), "")) if edge else (words, "")


def _middle(first: dt.datetime, words: str) -> dt.datetime | None:
    """The 15th of a month; the middle of nothing else is a day."""
    return first.replace(day=_EDGE_DAYS["mid"]) if _month(words) or _numbered(words) else None


def _end(first: dt.datetime, words: str) -> dt.datetime:
    if _week(words):
        return first + dt.timedelta(days=6)
    months = 1 if (_month(words) or _numbered(words)) else 12 if _year(words) else 6 if _HALF.search(words) else 3
    year, month = divmod(first.month - 1 + months, 12)
    return dt.datetime(first.year + year, month + 1, 1) - dt.timedelta(days=1)


def last_day(text: str) -> dt.datetime | None:
    """The last day of the same periods: until when something is due.

    >>> last_day("T3 2026").date().isoformat(), last_day("fév. 2024").date().isoformat(), last_day("2026").date().isoformat()
    ('2026-09-30', '2024-02-29', '2026-12-31')
    >>> last_day("S24 2026").date().isoformat(), last_day("mi-mars 2026").date().isoformat(), last_day("fin juin")
    ('2026-06-14', '2026-03-15', None)
    """
    day = first_day(text)
    words, part = _bare(text)
    if day is None or part in ("end", "mid"):
        return day
    if part == "start":
        return day.replace(day=_EDGE_DAYS["start"]) if _month(words) or _numbered(words) else None
    return _end(day, words)


def spans_of(headers: Sequence[str], titles: Sequence[str]) -> list[tuple[dt.datetime, dt.datetime]]:
    """First and last day of the periods that headers name, in their order; nothing where the year of one is told nowhere.

    A year that the headers do not tell may stand in a title: one year, or two in a row where the periods begin anew once.

    >>> [f"{first:%d/%m/%y} {last:%d/%m/%y}" for first, last in spans_of(["Nov", "Déc", "Janv"], ["Plan 2025-2026"])]
    ['01/11/25 30/11/25', '01/12/25 31/12/25', '01/01/26 31/01/26']
    >>> spans_of(["Jan", "Feb"], ["Roadmap"])
    []
    """
    days = [parse_date(header) for header in headers]
    if all(days):
        return _spans_of_days([day for day in days if day])
    if all(first_day(header) for header in headers):
        named = list(headers)
    else:
        named = _with_years(headers, titles)
    spans = [(first, last) for text in named if (first := first_day(text)) and (last := last_day(text))]
    grows = all(one[0] < other[0] for one, other in pairwise(spans))
    return spans if len(spans) == len(headers) and grows else []


def _spans_of_days(days: Sequence[dt.datetime]) -> list[tuple[dt.datetime, dt.datetime]]:
    """Each day begins what lasts until the next one: months where all are the first of one."""
    ends = [other - dt.timedelta(days=1) for other in days[1:]]
    if len(days) < 2 or any(one >= other for one, other in pairwise(days)):
        return []
    months = all(day.day == 1 for day in days)
    gap = days[-1] - days[-2]
    last = _end(days[-1], f"01/{days[-1].year}") if months and gap.days < 32 else days[-1] + gap - dt.timedelta(days=1)
    return list(zip(days, [*ends, last], strict=True))


def _with_years(headers: Sequence[str], titles: Sequence[str]) -> list[str]:
    """The headers with the year that a title tells; none where no title does."""
    years = next((found for title in titles if (found := sorted({int(year) for year in re.findall(r"\b20\d\d\b", title)}))), [])
    if not years or any(re.search(r"\d{4}", header) for header in headers):
        return []
    first = [first_day(f"{header} {years[0]}") for header in headers]
    starts = [day for day in first if day]
    anew = sum(one > other for one, other in pairwise(starts))
    if len(starts) < len(headers) or anew != len(years) - 1 or years[-1] - years[0] != len(years) - 1:
        return []
    named, year = [], years[0]
    for place, header in enumerate(headers):
        year += place > 0 and starts[place - 1] > starts[place]
        named.append(f"{header} {year}")
    return named


def is_relative(text: str) -> bool:
    """``hier``, ``il y a 3 jours``, ``fin juin``: a day only for who knows when it was written.

    >>> is_relative("il y a 3 jours"), is_relative("Yesterday"), is_relative("mi-mars"), is_relative("12/03/2026")
    (True, True, True, False)
    """
    words = plain(text) if 0 < len(text) <= 40 else ""
    rest = _bare(words)[0] if words else ""
    timeless = bool(rest) and is_period(rest) and first_day(text) is None
    return bool(words) and bool(_RELATIVE.match(words) or timeless)


def is_vague(text: str) -> bool:
    """Whether a text tells a moment, and no day: ``fin juin``, ``S24``, ``dès que possible``.

    >>> is_vague("S24"), is_vague("ASAP"), is_vague("Hier"), is_vague("T3 2026"), is_vague("Paris")
    (True, True, True, False, False)
    """
    return is_relative(text) or (len(text) <= 40 and bool(_SOON.match(plain(text))))


def _week(text: str) -> dt.datetime | None:
    """The Monday of a week of the year; “S1 2026” and “S2 2026” are halves of it."""
    found = next((match for pattern in _WEEK if (match := pattern.match(text))), None)
    week = int(found["week"]) if found else 0
    if not found or not 1 <= week <= 53 or (week <= 2 and re.search(r"\bs", text) and "sem" not in text):
        return None
    try:
        return dt.datetime.fromisocalendar(int(found["year"]), week, 1)
    except ValueError:
        return None


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


_READERS: tuple[Callable[[str], dt.datetime | None], ...] = (_quarter, _week, _month, _numbered, _year)
