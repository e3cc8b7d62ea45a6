"""Periods as tables of indicators write them: months, quarters, weeks, years; each becomes the first day of it."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pandas as pd

from analysis.reading.dates import parse_date

_MONTH = re.compile(r"(?P<month>\d{1,2})[-/.](?P<year>\d{4})|(?P<year2>\d{4})[-/.]?(?P<month2>\d{2})")
_QUARTER = re.compile(r"(?:[TQ](?P<n>[1-4])\s*[-/.]?\s*(?P<year>\d{4}|\d{2}))|(?:(?P<year2>\d{4})\s*[-/.]?\s*[TQ](?P<n2>[1-4]))", re.I)
_WEEK = re.compile(r"(?:(?P<year2>\d{4})\s*[-/.]?\s*[SW](?P<n2>\d{1,2}))|(?:[SW](?P<n>\d{1,2})\s*[-/.]?\s*(?P<year>\d{4}))", re.I)
_YEAR = re.compile(r"(?:19|20)\d{2}")


def period_start(value: Any) -> dt.date | None:
    """The first day of a period, or None for what is none.

    >>> period_start("06/2026"), period_start("juin 26"), period_start("T2 2026")
    (datetime.date(2026, 6, 1), datetime.date(2026, 6, 1), datetime.date(2026, 4, 1))
    """
    if isinstance(value, dt.date):
        return None if pd.isna(value) else value.date() if isinstance(value, dt.datetime) else value
    text = "" if value is None or pd.isna(value) else " ".join(str(value).replace("\u00a0", " ").split())
    if not text:
        return None
    try:
        return _numbered(text) or _dated(text)
    except ValueError:
        return None


def _numbered(text: str) -> dt.date | None:
    for pattern, made in ((_MONTH, _month), (_QUARTER, _quarter), (_WEEK, dt.date.fromisocalendar)):
        if found := pattern.fullmatch(text):
            parts = found.groupdict()
            number = parts.get("n") or parts.get("n2") or parts.get("month") or parts.get("month2")
            year = int(parts["year"] or parts["year2"])
            return made(year + 2000 if year < 100 else year, int(number or 1), 1)
    return dt.date(int(text), 1, 1) if _YEAR.fullmatch(text) else None


def _month(year: int, month: int, day: int) -> dt.date:
    return dt.date(year, month, day)


def _quarter(year: int, quarter: int, day: int) -> dt.date:
    return dt.date(year, 3 * quarter - 2, day)


def _dated(text: str) -> dt.date | None:
    """A whole date, or a month by its name: “juin 26”, “févr.-2026”."""
    found = parse_date(text) or parse_date(f"1 {re.sub(r'[-/]', ' ', text)}")
    return found.date() if found else None
