"""Columns of numbers: counts, amounts, percentages, durations and scores, written as numbers or as words."""

from __future__ import annotations

import datetime as dt
import re

import numpy as np
import pandas as pd

from analysis.fields import Field
from analysis.reading.cells import BOOLEAN, DATE, DURATION, MOMENT, NUMBER, TEXT, TIME
from analysis.reading.column import Column, Floats, Typed
from analysis.reading.column_scale import ColumnScale
from analysis.reading.durations import has_parts, minutes_per_unit, parse_compound, parse_duration
from analysis.reading.levels import graded
from analysis.reading.loose import PER_PERIOD, Loose, read_loosely
from analysis.reading.multiples import times_a_year, times_of
from analysis.reading.numbers import Number
from analysis.reading.scales import stated_scale
from analysis.reading.words import degree, plain

#: figures that all stay below this under a header of rates may be shares (0.09: 9 %) or percentages (0.09 %)
_BARE = 0.2
#: headers of unknown columns under which 0.12 means 12 %
_SAYS_SHARE = re.compile(r"%|\b(?:taux|pourcentages?|part (?:de|des|du)|percent(?:age)?s?|rate|share of)\b", re.I)
_NUMBERED = re.compile(r"^\s*(\d{1,3})\s*[-–—:=.)]\s*[<>\"'(]*\s*[^\W\d]")
#: fields of which “none at all” is a degree
_HOW_MUCH = ("impact", "effort", "importance", "fit")
_EPOCH = dt.datetime(1970, 1, 1)
_MOST_LOOSE = 5000


def read_figures(column: Column, known: Field | None) -> Typed | None:
    """The column as numbers; nothing when too little of it is one."""
    return Figures(column, known).read()


class Figures:
    """Reads one column as numbers, as its field says where that is known."""

    def __init__(self, column: Column, known: Field | None) -> None:
        self.column = column
        self.known = known
        #: reach may be a share or a number of people; other rates are shares
        self.percent = known is None or known.name != "reach" or "%" in column.header
        #: words on another scale than the rest → the end of the column's scale
        self._other_scale: dict[int, float] = {}
        self._loose: dict[int, Loose] = {}

    def read(self) -> Typed | None:
        column, known = self.column, self.known
        read = self._durations() if self._is("duration") else column.numbers()
        if self._is("score") and column.has_text:
            self._numbered(read)
        if self._is("number") and column.has_text:
            self._lasting(read)
        words = self._degrees(read)
        self._read_loosely(read, words)
        if self._is("score") and column.has_text:
            self._one_scale(read)
        both = [one if one is not None else two for one, two in zip(read, words, strict=True)] if words else read
        if column.filled and known is None and column.has_text and column.agree(both) < 0.5:
            return None
        if self._is_text(both):
            self._doubt_no_figures()
            return None
        values = self._multiplied(self._percentages(self._values(read, words), read), read)
        column.doubt_words(both, other_scale=self._other_scale)
        column.doubt_decimal_sign()
        self._doubt_loose(read)
        scale = ColumnScale(column, known, self.percent).of(values, read, words)
        counted = known is not None and known.name == "reach" and not self.percent
        return Typed(_series(values, None if counted else known), scale, column.doubts, self._currency(read), numeric=True)

    def _is(self, kind: str) -> bool:
        return self.known is not None and self.known.type == kind

    def _is_text(self, read: list[Number | float | None] | list[Number | None]) -> bool:
        column = self.column
        dated = 0 if "daymonth" in column.cells.meanings else ((column.kinds == DATE) | (column.kinds == MOMENT)).sum()
        texts = (column.kinds == TEXT).sum() + dated
        return bool(column.filled and column.agree(read) < 0.3 and texts > 0.5 * column.filled)

    def _doubt_no_figures(self) -> None:
        """Say of a column whose field is a figure that it gives none: a score of it gets on no map."""
        if self.known is not None and self.known.type != "number":
            self.column.doubt_all("no_scores" if self._is("score") else "no_figures")

    # texts

    def _durations(self) -> list[Number | None]:
        """Texts as minutes: with their own unit, or in the header's."""
        bare = self.column.numbers()
        times = minutes_per_unit(self.column.header)
        told = [parse_duration(word) if word else None for word in self.column.words]
        return [
            Number(minutes) if minutes is not None else Number(number.value * times) if number else None
            for minutes, number in zip(told, bare, strict=True)
        ]

    def _lasting(self, read: list[Number | None]) -> None:
        """``6m30`` among the values of indicators is six minutes and a half; beside it ``5m`` is five, and not five millions."""
        lasting = {number: minutes for number, word in enumerate(self.column.words) if (minutes := parse_compound(word)) is not None}
        if not any(has_parts(self.column.words[number]) for number in lasting):
            return
        for number, minutes in lasting.items():
            self._loose[number] = Loose(Number(minutes), "as_minutes")
            read[number] = Number(minutes)

    def _numbered(self, read: list[Number | None]) -> None:
        """``8 - Satisfait`` is an 8 where the figures before the words go beyond 5; up to 5 the words tell which end is good."""
        found = {n: int(said[1]) for n, word in enumerate(self.column.words) if (said := _NUMBERED.match(word))}
        bare = any(read[n] is not None for n in range(len(read))) or bool((self.column.kinds == NUMBER).any())
        if found and (max(found.values()) > 5 or (bare and not self._low_is_good(found))):
            for number, value in found.items():
                read[number] = read[number] or Number(float(value))

    def _low_is_good(self, found: dict[int, int]) -> bool:
        """Whether of labelled ends (“1 - Very satisfied”, 2, 3, “4 - Not at all”) the low one is the good one."""
        told = [(number, said) for n, number in found.items() if (said := degree(self.column.words[n])) is not None]
        return len(told) > 1 and min(told)[1] > max(told)[1]

    def _degrees(self, read: list[Number | None]) -> list[float | None] | None:
        """What the words of a column of scores stand for, from 1 to 5."""
        if self.known is None or not self._is("score") or not self.column.has_text:
            return None
        words = [word if item is None and not self._says_nothing(word) else "" for word, item in zip(self.column.words, read, strict=True)]
        said = graded(words, self.known.name, self.column.header)
        return [None if item is not None else value for value, item in zip(said, read, strict=True)]

    def _says_nothing(self, word: str) -> bool:
        """No answer; of an effort or an impact, “aucun” is one."""
        no_answer = self.column.is_no_answer(word)
        return no_answer and not (self.known is not None and self.known.name in _HOW_MUCH and plain(word) in ("aucun", "aucune"))

    def _read_loosely(self, read: list[Number | None], words: list[float | None] | None) -> None:
        """Figures among words, of columns whose field is a figure; as many texts as a person would have written."""
        column, known = self.column, self.known
        if known is None or not known.numeric or not column.has_text or len(column.words) > _MOST_LOOSE:
            return
        for number, word in enumerate(column.words):
            if read[number] is not None or (words and words[number] is not None) or not word or column.is_no_answer(word):
                continue
            loose = read_loosely(word, column.decimal, known.type)
            if loose is not None:
                self._loose[number] = loose
                read[number] = self._by_the_year(loose)

    def _by_the_year(self, loose: Loose) -> Number:
        """A yearly cost told by the month is brought to the year; elsewhere the amount stays as it is written."""
        number = loose.number
        if loose.times is None or self.known is None or self.known.name != "running_cost":
            return number
        return Number(number.value * loose.times, number.percent, number.currency)

    def _doubt_loose(self, read: list[Number | None]) -> None:
        for number, loose in self._loose.items():
            made = read[number]
            if made is None:
                continue
            code = "per_year" if loose.why == PER_PERIOD and made.value != loose.number.value else loose.why
            shown = f"{made.value:g}" + (" min" if self._is("duration") or code == "as_minutes" else "%" if made.percent else "")
            for place in self.column.places_of(number):
                self.column.doubt(code, place, self.column.words[number], read=shown)

    def _one_scale(self, read: list[Number | None]) -> None:
        """Of ``4/5`` and ``8/10`` in one column, the scale that its header states or that most cells have is kept."""
        column = self.column
        counts: dict[float, int] = {}
        used = np.bincount(column.places, minlength=len(read)) if len(column.places) else np.zeros(len(read), dtype=int)
        for item, times in zip(read, used.tolist(), strict=True):
            if item and item.out_of and times:
                counts[item.out_of] = counts.get(item.out_of, 0) + times
        if not counts:
            return
        stated = stated_scale(column.header)
        top = max(counts, key=lambda one: (counts[one], one))
        highest = self._highest(read)
        if stated:
            top = stated[1]
        elif highest > top and sum(counts.values()) < self._plain_count(read, used):
            top = highest  # a few “3/4” among figures beyond 4 are no scores out of 4
        for number, item in enumerate(read):
            if item and item.out_of and item.out_of != top:
                read[number] = None
                self._other_scale[number] = top

    def _highest(self, read: list[Number | None]) -> float:
        """The highest figure of the column that stands without a scale."""
        told = [item.value for item in read if item and not item.out_of]
        if self.column.cells.numbers is not None and (plain := self.column.kinds == NUMBER).any():
            told.append(float(self.column.cells.numbers[self.column.rows[plain]].max()))
        return max(told, default=0.0)

    def _plain_count(self, read: list[Number | None], used: np.ndarray) -> int:
        told = sum(times for item, times in zip(read, used.tolist(), strict=True) if item and not item.out_of)
        return int(told + (self.column.kinds == NUMBER).sum())

    # values

    def _values(self, read: list[Number | None], words: list[float | None] | None) -> Floats:
        column = self.column
        values = np.full(len(column.rows), np.nan)
        if column.cells.numbers is not None:
            plain = (column.kinds == NUMBER) | (column.kinds == BOOLEAN)
            values[plain] = column.cells.numbers[column.rows[plain]]
            if self._is("duration"):
                values[plain] *= minutes_per_unit(column.header)
            clock = (column.kinds == TIME) | (column.kinds == DURATION)
            values[clock] = column.cells.numbers[column.rows[clock]] / 60
            self._dates_as_scores(values)
        if column.has_text:
            by_word = np.array([item.value if item else np.nan for item in read])
            if words:
                by_word = np.where(np.isnan(by_word), np.array([np.nan if word is None else word for word in words]), by_word)
            texts = column.kinds == TEXT
            values[texts] = by_word[column.places[texts]]
        return values

    def _multiplied(self, values: Floats, read: list[Number | None]) -> Floats:
        """Plain amounts under a header of thousands; a cell that says its own currency or multiple stands as it is written."""
        column, times = self.column, times_of(self.column.header) if self._is("money") else 1.0
        values = self._all_year(values, read)
        if times == 1.0:
            return values
        plain = column.kinds == NUMBER
        if column.has_text:
            bare = [number for number, item in enumerate(read) if item and not item.currency and column.words[number][-1:].isdigit()]
            plain |= (column.kinds == TEXT) & np.isin(column.places, bare)
        if len(told := np.flatnonzero(plain & ~np.isnan(values))):
            first = int(told[0])
            column.doubt("counted_in", first, f"{values[first]:g}", read=f"{values[first] * times:.12g}")
        return np.where(plain, values * times, values)

    def _all_year(self, values: Floats, read: list[Number | None]) -> Floats:
        """Amounts of a yearly cost whose header says “a month”, brought to the year, but for cells that say a period of their own."""
        column = self.column
        times = times_a_year(column.header) if self.known is not None and self.known.name == "running_cost" else 1.0
        if times == 1.0:
            return values
        own = [number for number, loose in self._loose.items() if loose.times is not None]
        mine = ~np.isnan(values)
        if column.has_text:
            mine &= ~((column.kinds == TEXT) & np.isin(column.places, own))
        if len(told := np.flatnonzero(mine)):
            first = int(told[0])
            column.doubt("per_year", first, f"{values[first]:g}", read=f"{values[first] * times:.12g}")
        return np.where(mine, values * times, values)

    def _dates_as_scores(self, values: Floats) -> None:
        """4/5 typed in Excel became the fourth of May: the number format d-mmm gives it away."""
        column = self.column
        for place in np.flatnonzero((column.kinds == DATE) | (column.kinds == MOMENT)).tolist():
            row = int(column.rows[place])
            assert column.cells.numbers is not None
            day = _EPOCH + dt.timedelta(seconds=float(column.cells.numbers[row]))
            if column.cells.meaning(row) == "daymonth" and self._is("score"):
                values[place] = day.day
                column.doubt("score_as_date", place, column.cells.text(row), read=f"{day.day}/{day.month}")
            else:
                column.doubt("not_a_number", place, column.cells.text(row))

    def _percentages(self, values: Floats, read: list[Number | None]) -> Floats:
        """Bring formatted percentages, and shares under a header that says percent, to percent."""
        column, known = self.column, self.known
        if column.cells.formats is not None:
            percent = [number for number, said in enumerate(column.cells.meanings) if said == "percent"]
            formatted = np.isin(column.cells.formats[column.rows], percent) & (column.kinds == NUMBER) if percent else None
            if formatted is not None and formatted.any():
                self.percent = True
                return np.where(formatted, np.round(values * 100, 10), values)
        wanted = known.type == "percent" if known is not None else bool(_SAYS_SHARE.search(column.header))
        plain = values[~np.isnan(values)]
        said = any(item and item.percent for item in read)
        self.percent = self.percent or said
        if not (wanted and not said and len(plain) and plain.min() >= 0 and plain.max() <= 1 and (plain % 1 != 0).any()):
            return values
        self.percent = True
        if column.shares is False:
            return values
        first = int(np.flatnonzero(~np.isnan(values) & (values % 1 != 0))[0])
        code = "bare_share" if plain.max() < _BARE and column.shares is None else "share_as_percent"
        column.doubt(code, first, f"{values[first]:g}", read=f"{values[first] * 100:g}%")
        return np.round(values * 100, 10)

    def _currency(self, read: list[Number | None]) -> str | None:
        column = self.column
        found = {item.currency for item in read if item and item.currency}
        found |= {said[9:] for said in column.cells.meanings if said.startswith("currency:")} if column.cells.formats is not None else set()
        if len(found) > 1 and self._is("money"):
            column.doubt("currencies", 0, ", ".join(sorted(found)))
        return found.pop() if len(found) == 1 else None


def _series(values: Floats, known: Field | None) -> pd.Series:
    missing = np.isnan(values)
    whole = bool(np.all(missing | ((values % 1 == 0) & (np.abs(values) < 2**53))))
    if whole and (known is None or known.type not in ("money", "percent", "duration")):
        return pd.Series(pd.arrays.IntegerArray(np.where(missing, 0, values).astype(np.int64), missing))
    return pd.Series(pd.arrays.FloatingArray(np.where(missing, 0.0, values), missing))
