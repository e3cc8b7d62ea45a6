"""Columns of dates. The order of day and month is one for the column.

A month or a quarter stands for its first day, as a deadline for its last, and that is said.
"""

from __future__ import annotations

import datetime as dt
import re

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.reading.cells import DATE, MOMENT, NUMBER, TEXT
from analysis.reading.column import AGREE, Column, Typed
from analysis.reading.dates import day_first_of, parse_compact, parse_date, parse_serial
from analysis.reading.periods import first_day, is_relative, is_vague, last_day

_ORDERED = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d")
_NONE = np.datetime64("NaT")
Dates = npt.NDArray[np.datetime64]


def read_dates(column: Column, *, strict: bool) -> Typed | None:
    """The column as dates; nothing when too little of it is one.

    ``strict``: the header does not say that it holds dates, so nearly all of it must be days. Under a header that does, days of
    spreadsheets (``45323``), months, quarters and years are understood as well.
    """
    order = day_first_of(column.words) if column.day_first is None else column.day_first
    made = [_date(word, order is not False) for word in column.words]
    if not strict and not any(made):
        made = [parse_serial(word) for word in column.words]
    day_of = last_day if _is_due(column) else first_day
    periods = [None if day or strict else day_of(word) for day, word in zip(made, column.words, strict=True)]
    found = [day or period for day, period in zip(made, periods, strict=True)]
    values = _values(column, found, years=not strict)
    if _too_few(column, values, AGREE if strict else 0.4):
        column.doubts.clear()
        if not strict:
            column.doubt_all("no_dates")
        return None
    _note(column, found, periods, values)
    if order is None:
        _doubt_order(column, made)
    return Typed(pd.Series(values), None, column.doubts)


def _is_due(column: Column) -> bool:
    """“T3 2026” as a deadline is its last day."""
    return column.field is not None and column.field.name == "due_date"


def _date(word: str, day_first: bool) -> dt.datetime | None:
    return (parse_date(word, day_first) or parse_date(word, not day_first) or parse_compact(word)) if word else None


def _values(column: Column, found: list[dt.datetime | None], *, years: bool) -> Dates:
    values = np.full(len(column.rows), _NONE, dtype="datetime64[us]")
    if column.has_text:
        by_word = np.array([np.datetime64(day, "us") if day else _NONE for day in found], dtype="datetime64[us]")
        texts = column.kinds == TEXT
        values[texts] = by_word[column.places[texts]]
    _put_numbers(column, values, years=years)
    return values


def _put_numbers(column: Column, values: Dates, *, years: bool) -> None:
    """Dates of workbooks, and numbers that are dates: ``20260701``, days as spreadsheets count them, years."""
    if column.cells.numbers is None:
        return
    numbers = column.cells.numbers[column.rows]
    dated = ((column.kinds == DATE) | (column.kinds == MOMENT)) & (np.abs(numbers) < 9e9)
    values[dated] = (numbers[dated] * 1e6).round().astype("int64").astype("datetime64[us]")
    plain = column.kinds == NUMBER
    for place in np.flatnonzero(plain & (numbers >= 19000101) & (numbers <= 21001231)).tolist():
        if day := parse_compact(str(int(numbers[place]))):
            values[place] = np.datetime64(day, "us")
    serial = plain & (numbers > 20000) & (numbers < 80000)
    values[serial] = ((numbers[serial] - 25569) * 86400e6).round().astype("int64").astype("datetime64[us]")
    if years:
        for place in np.flatnonzero(plain & (numbers >= 1900) & (numbers <= 2100)).tolist():
            if day := (last_day if _is_due(column) else first_day)(f"{numbers[place]:g}"):
                values[place] = np.datetime64(day, "us")


def _too_few(column: Column, values: Dates, least: float) -> bool:
    """Whether too little of a column is a day; beside one day at least, “fin juin” and “S24” are moments too, if not dated ones."""
    dated = int((~np.isnat(values)).sum())
    vague = dated > 0 and least < AGREE
    words = [n for n, word in enumerate(column.words[:50]) if word and (column.is_no_answer(word) or (vague and is_vague(word)))]
    told = column.filled - sum(int(((column.places == n) & np.isnat(values)).sum()) for n in words)
    return bool(told and dated < least * told)


def _note(column: Column, found: list[dt.datetime | None], periods: list[dt.datetime | None], values: Dates) -> None:
    """Say what was no date, what a period was read as, and which days depend on when the file was written."""
    code = "period_end" if _is_due(column) else "period"
    for number, period in enumerate(periods):
        if period is not None:
            for place in column.places_of(number)[:1]:  # said once: a column of months has no other
                column.doubt(code, place, column.words[number], read=period.date().isoformat())
    relative = [number for number, word in enumerate(column.words) if found[number] is None and is_relative(word)]
    for number in relative:
        for place in column.places_of(number):
            column.doubt("relative_date", place, column.words[number])
    column.doubt_words([day or number in relative or None for number, day in enumerate(found)], "not_a_date")
    for place in np.flatnonzero(column.kinds == NUMBER).tolist():
        text = column.cells.text(int(column.rows[place]))
        if np.isnat(values[place]):
            column.doubt("not_a_date", place, text)
        elif len(text) == 4:
            column.doubt(code, place, text, read=str(values[place])[:10])


def _doubt_order(column: Column, made: list[dt.datetime | None]) -> None:
    odd = next((word for word, day in zip(column.words, made, strict=True) if day and _ORDERED.match(word)), None)
    if odd is not None:
        column.doubt("day_order", column.first_place(odd), odd)
