"""Durations as files write them, brought to minutes: ``1h30``, ``2 min 30 s``, ``3 semaines``, ``00:02:10``, or as the header says."""

from __future__ import annotations

import re

_NUMBER = r"\d+(?:[.,]\d+)?"
_PARTS = re.compile(
    rf"^\s*(?:(?P<months>{_NUMBER})\s*(?:mois|months?)\.?)?\s*(?:(?P<weeks>{_NUMBER})\s*(?:semaines?|weeks?|sem|wks?)\.?)?"
    rf"\s*(?:(?P<days>{_NUMBER})\s*(?:jours?|days?|j|d)\.?)?\s*(?:(?P<hours>{_NUMBER})\s*(?:heures?|hours?|hrs?|h)\.?)?"
    rf"\s*(?:(?P<minutes>{_NUMBER})\s*(?:minutes?|mins?|mn|m)\.?)?\s*(?:(?P<seconds>{_NUMBER})\s*(?:secondes?|seconds?|secs?|s)\.?)?"
    r"(?:(?<=[hH])\s*(?P<bare>\d{2})|(?<=[nNmM])\s*(?P<after>[0-5]\d))?\s*$",
    re.I,
)
_TWO_PARTS = re.compile(r"^\s*\d+\s*(?:h(?:eures?)?\s*\d{1,2}\s*(?:m(?:in|n)?)?|m(?:in|n)?\s*\d{1,2}\s*s?(?:ec)?)\s*$", re.I)
_ONE_PART = re.compile(r"^\s*\d+\s*(?:h|m|min|mn)\s*$")
_DAYS_A_MONTH = 30
_CLOCK = re.compile(r"^\s*(?:(?P<days>\d+)[.\s](?:days?,?\s*)?)?(?P<one>\d{1,4}):(?P<two>\d{2})(?::(?P<three>\d{2}(?:[.,]\d+)?))?\s*$")
_UNITS = (
    (re.compile(r"\b(?:secondes?|seconds?|secs?|en s|in s)\b|\((?:s|sec)\.?\)", re.I), 1 / 60),
    (re.compile(r"\b(?:minutes?|mins?|mn)\b", re.I), 1.0),
    (re.compile(r"\b(?:heures?|hours?|hrs?)\b|\(h\)", re.I), 60.0),
    (re.compile(r"\b(?:semaines?|weeks?)\b", re.I), 10080.0),
    (re.compile(r"\b(?:jours?|days?)\b|\([jd]\)", re.I), 1440.0),
    (re.compile(r"\b(?:engagement time|durée d.engagement|session duration)\b", re.I), 1 / 60),  # as Google Analytics counts them
)


def minutes_per_unit(header: str) -> float:
    """How many minutes a plain number under this header means (1 where it says nothing).

    >>> minutes_per_unit("Duration (in seconds)") * 120, minutes_per_unit("Délai (jours)")
    (2.0, 1440.0)
    """
    return next((minutes for pattern, minutes in _UNITS if pattern.search(header)), 1.0)


def parse_duration(text: str) -> float | None:
    """Minutes, or nothing when it is no duration with a unit.

    A month is thirty days here.

    >>> parse_duration("1h30"), parse_duration("2 min 30 s"), parse_duration("00:02:30"), parse_duration("3 semaines")
    (90.0, 2.5, 2.5, 30240.0)
    """
    clock = _CLOCK.match(text)
    if clock:
        return _of_clock(clock)
    found = _PARTS.match(text)
    if not found or not any(char.isalpha() for char in text) or not any(char.isdigit() for char in text):
        return None
    parts = {part: float((text or "0").replace(",", ".")) for part, text in found.groupdict().items()}
    days = parts["months"] * _DAYS_A_MONTH + parts["weeks"] * 7 + parts["days"]
    return days * 1440 + parts["hours"] * 60 + parts["minutes"] + parts["bare"] + (parts["seconds"] + parts["after"]) / 60


def has_parts(text: str) -> bool:
    """Whether a text tells hours and minutes, or minutes and seconds, by their letters: ``6m30``, ``1 h 05``, ``2 min 10 s``."""
    return bool(_TWO_PARTS.match(text))


def parse_compound(text: str) -> float | None:
    """Minutes of a text of several parts, or of one that would be such a part: ``6m30``, ``1h05``, ``5m``.

    >>> parse_compound("6m30"), parse_compound("1h05"), parse_compound("5m"), parse_compound("5 M€")
    (6.5, 65.0, 5.0, None)
    """
    return parse_duration(text) if has_parts(text) or _ONE_PART.match(text) else None


def _of_clock(clock: re.Match[str]) -> float:
    one, two = int(clock["one"]), int(clock["two"])
    days = int(clock["days"] or 0) * 1440
    if clock["three"] is None:
        return days + one * 60 + two
    return days + one * 60 + two + float(clock["three"].replace(",", ".")) / 60
