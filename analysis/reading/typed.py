"""Cells of one column → typed values. Texts are parsed once per distinct text, however many rows hold it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.fields import FIELDS, Field
from analysis.reading.dates import day_first_of, parse_compact, parse_date, parse_serial
from analysis.reading.durations import minutes_per_unit, parse_duration
from analysis.reading.grid import BLANK, BOOLEAN, DATE, DURATION, ERROR, MOMENT, NUMBER, TEXT, TIME, Cells, Ints, picked
from analysis.reading.levels import graded
from analysis.reading.numbers import Number, ambiguous, decimal_of, parse_number
from analysis.reading.scales import settle, stated_scale
from analysis.reading.words import is_missing, is_unknown, yes_or_no

Floats = npt.NDArray[np.float64]
#: figures that all stay below this under a header of rates may be shares (0.09: 9 %) or percentages (0.09 %)
_BARE = 0.2
_SAMPLE = 400
_ZEROS = re.compile(r"^0\d+$")
#: one of these alone makes a column of yes and no; "x" or "ok" may be anything
_SAYS_FLAG = ("oui", "yes", "non", "no", "true", "false", "vrai", "faux")
#: headers of unknown columns under which 0.12 means 12 %
_SAYS_SHARE = re.compile(r"%|\b(?:taux|pourcentages?|part (?:de|des|du)|percent(?:age)?s?|rate|share of)\b", re.I)
_EPOCH = dt.datetime(1970, 1, 1)
#: share of the filled cells that must be understood before a column without a known header gets a type
_AGREE = 0.9


@dataclass
class Typed:
    """A column that was read: values, scale, and what was doubtful: (code, place in the column, value, values)."""

    values: pd.Series
    scale: tuple[float, float] | None = None
    doubts: list[tuple[str, int, str, dict[str, Any]]] = field(default_factory=list)
    currency: str | None = None
    numeric: bool = False


class Reader:
    """Reads one column: ``cells`` at ``rows``, under ``header``, as ``field`` when that is known."""

    def __init__(
        self, cells: Cells, rows: Ints, header: str, known: Field | None, decimal: str = ".", day_first: bool | None = None,
        shares: bool | None = None,
    ) -> None:  # fmt: skip
        self.day_first = day_first
        self.shares = shares
        self.cells = cells
        self.rows = rows
        self.header = header
        self.field = known
        self.kinds = cells.kinds[rows]
        self.doubts: list[tuple[str, int, str, dict[str, Any]]] = []
        #: reach may be a share or a number of people; other rates are shares
        self._percent = known is None or known.name != "reach" or "%" in header
        self._decimal = decimal
        #: words on another scale than the rest → the end of the column's scale
        self._other_scale: dict[int, float] = {}

    @cached_property
    def _encoded(self) -> pa.DictionaryArray:
        return self.cells.encoded(self.rows)

    @cached_property
    def words(self) -> list[str]:
        """The distinct texts; columns that are read as they stand never need them."""
        if self.cells.texts is None or not self.has_text:
            return [""] if len(self.rows) else []
        return list(self._encoded.dictionary.to_pylist())

    @cached_property
    def places(self) -> Ints:
        """For each cell, which of the words it holds."""
        if self.cells.texts is None or not self.has_text:
            return np.zeros(len(self.rows), dtype=np.int64)
        return np.asarray(self._encoded.indices.to_numpy(zero_copy_only=False)).astype(np.int64)

    @cached_property
    def decimal(self) -> str:
        return decimal_of(self.words[:2000], self._decimal) if self.has_text else self._decimal

    @cached_property
    def has_text(self) -> bool:
        return bool((self.kinds == TEXT).any())

    @cached_property
    def filled(self) -> int:
        return int((self.kinds != BLANK).sum())

    # entry

    def read(self) -> Typed:
        """The column in the type of its field, or in the type that its values agree on."""
        if self.field is not None:
            made = self._as_field(self.field)
            if made is not None:
                return made
        return self._as_values()

    def _as_field(self, known: Field) -> Typed | None:
        if known.name in ("emotion", "priority", "frequency"):
            return self._numbers(known) if self._agree(self._number_words()) >= 0.5 and self.filled else self.text()
        if known.type == "date":
            return self._dates(strict=False)
        if known.type == "flag":
            return self._flags()
        if known.type == "id":
            return self.text()
        return self._numbers(known) if known.numeric else self.text()

    def _as_values(self) -> Typed:
        if not self.filled:
            return self.text()
        strong = (self.kinds == NUMBER).sum()
        if (((self.kinds == DATE) | (self.kinds == MOMENT)).sum() + 0.0) / self.filled > 0.5 or self._looks_dated():
            return self._dates(strict=True) or self.text()
        if (self.kinds == BOOLEAN).sum() == self.filled or self._all_flags():
            return self._flags() or self.text()
        if strong == self.filled or (self._agree(self._number_words()) >= _AGREE and not self._codes()):
            return self._numbers(None) or self.text()
        return self.text()

    def _sample(self) -> list[str]:
        return [word for word in self.words[:_SAMPLE] if word]

    def _codes(self) -> bool:
        """Texts such as 00123 and long rows of digits are names, not numbers."""
        return any(_ZEROS.match(word) or (word.isdigit() and len(word) > 15) for word in self._sample())

    def _looks_dated(self) -> bool:
        words = [word for word in self._sample() if not is_missing(word) and not is_unknown(word)]
        if not words or not self.has_text:
            return False
        dated = sum(1 for word in words if parse_date(word, True) or parse_date(word, False))
        return dated >= _AGREE * len(words) and (self.kinds == NUMBER).sum() < 0.1 * self.filled

    def _all_flags(self) -> bool:
        words = [word for word in self.words if word]
        if not 1 <= len(words) <= 6 or (self.kinds == NUMBER).any():
            return False
        seen = [yes_or_no(word) for word in words if not is_missing(word) and not is_unknown(word)]
        return bool(seen) and None not in seen and (len(words) > 1 or words[0].casefold() in _SAYS_FLAG)

    def _number_words(self) -> list[Number | None]:
        if len(self.words) > 2 * _SAMPLE and not any(parse_number(word, self.decimal) for word in self._sample()):
            return [None] * len(self.words)
        return [parse_number(word, self.decimal) if word else None for word in self.words]

    def _agree(self, read: list[Any]) -> float:
        """Share of the filled cells that are numbers or texts that were read."""
        understood = np.array([item is not None for item in read], dtype=bool)
        skipped = np.array([bool(word) and (is_missing(word) or is_unknown(word)) for word in self.words], dtype=bool)
        texts = self.kinds == TEXT
        right = (texts & understood[self.places]).sum() + (self.kinds == NUMBER).sum()
        told = self.filled - (texts & skipped[self.places]).sum() - (self.kinds == ERROR).sum()
        return float(right / told) if told > 0 else 0.0

    # numbers

    def _numbers(self, known: Field | None) -> Typed | None:
        timed = known is not None and known.type == "duration"
        read = self._durations() if timed else self._number_words()
        if known is not None and known.type == "score" and self.has_text:
            self._one_scale(read)
        words = self._degrees(read, known)
        both = [one if one is not None else two for one, two in zip(read, words, strict=True)] if words else read
        if self.filled and self._agree(both) < 0.5 and (self.kinds == TEXT).any() and known is None:
            return None
        dated = 0 if "daymonth" in self.cells.meanings else ((self.kinds == DATE) | (self.kinds == MOMENT)).sum()
        if self.filled and self._agree(both) < 0.3 and (self.kinds == TEXT).sum() + dated > 0.5 * self.filled:
            self._doubt_no_scores(known)
            return None
        values = self._values(read, words)
        values = self._percentages(values, read, known)
        self._doubt_words(both)
        scale = self._scale(values, read, words, known)
        plain = known is not None and known.name == "reach" and not self._percent
        return Typed(
            self._series(values, None if plain else known),
            scale,
            self.doubts,
            self._currency(read, known),
            numeric=True,
        )

    def _durations(self) -> list[Number | None]:
        """Texts as minutes: with their own unit, or in the header's."""
        plain = self._number_words()
        times = minutes_per_unit(self.header)
        told = [parse_duration(word) if word else None for word in self.words]
        return [
            Number(minutes) if minutes is not None else Number(number.value * times) if number else None
            for minutes, number in zip(told, plain, strict=True)
        ]

    def _one_scale(self, read: list[Number | None]) -> None:
        """Of ``4/5`` and ``8/10`` in one column, the scale that its header states or that most cells have is kept."""
        counts: dict[float, int] = {}
        used = np.bincount(self.places, minlength=len(read)) if len(self.places) else np.zeros(len(read), dtype=int)
        for item, times in zip(read, used.tolist(), strict=True):
            if item and item.out_of and times:
                counts[item.out_of] = counts.get(item.out_of, 0) + times
        if not counts:
            return
        stated = stated_scale(self.header)
        top = stated[1] if stated and stated[1] in counts else max(counts, key=lambda one: (counts[one], one))
        if stated and stated[1] not in counts:
            top = stated[1]
        for number, item in enumerate(read):
            if item and item.out_of and item.out_of != top:
                read[number] = None
                self._other_scale[number] = top

    def _degrees(self, read: list[Number | None], known: Field | None) -> list[float | None] | None:
        """What the words of a column of scores stand for, from 1 to 5."""
        if known is None or known.type != "score" or not self.has_text:
            return None
        said = graded([word if item is None else "" for word, item in zip(self.words, read, strict=True)], known.name)
        return [None if item is not None else value for value, item in zip(said, read, strict=True)]

    def _values(self, read: list[Number | None], words: list[float | None] | None) -> Floats:
        values = np.full(len(self.rows), np.nan)
        if self.cells.numbers is not None:
            plain = (self.kinds == NUMBER) | (self.kinds == BOOLEAN)
            values[plain] = self.cells.numbers[self.rows[plain]]
            if self.field is not None and self.field.type == "duration":
                values[plain] *= minutes_per_unit(self.header)
            clock = (self.kinds == TIME) | (self.kinds == DURATION)
            values[clock] = self.cells.numbers[self.rows[clock]] / 60
            self._dates_as_scores(values)
        if self.has_text:
            by_word = np.array([item.value if item else np.nan for item in read])
            if words:
                by_word = np.where(np.isnan(by_word), np.array([np.nan if word is None else word for word in words]), by_word)
            texts = self.kinds == TEXT
            values[texts] = by_word[self.places[texts]]
        return values

    def _dates_as_scores(self, values: Floats) -> None:
        """4/5 typed in Excel became the fourth of May: the number format d-mmm gives it away."""
        for place in np.flatnonzero((self.kinds == DATE) | (self.kinds == MOMENT)).tolist():
            row = int(self.rows[place])
            assert self.cells.numbers is not None
            day = _EPOCH + dt.timedelta(seconds=float(self.cells.numbers[row]))
            if self.cells.meaning(row) == "daymonth" and self.field is not None and self.field.type == "score":
                values[place] = day.day
                self.doubts.append(("score_as_date", place, self.cells.text(row), {"read": f"{day.day}/{day.month}"}))
            else:
                self.doubts.append(("not_a_number", place, self.cells.text(row), {}))

    def _percentages(self, values: Floats, read: list[Number | None], known: Field | None) -> Floats:
        """Bring formatted percentages, and shares under a header that says percent, to percent."""
        if self.cells.formats is not None:
            percent = [number for number, said in enumerate(self.cells.meanings) if said == "percent"]
            formatted = np.isin(self.cells.formats[self.rows], percent) & (self.kinds == NUMBER) if percent else None
            if formatted is not None and formatted.any():
                self._percent = True
                return np.where(formatted, np.round(values * 100, 10), values)
        wanted = known.type == "percent" if known is not None else bool(_SAYS_SHARE.search(self.header))
        plain = values[~np.isnan(values)]
        said = any(item and item.percent for item in read)
        self._percent = self._percent or said
        if wanted and not said and len(plain) and plain.min() >= 0 and plain.max() <= 1 and (plain % 1 != 0).any():
            first = int(np.flatnonzero(~np.isnan(values) & (values % 1 != 0))[0])
            self._percent = True
            if self.shares is False:
                return values
            code = "bare_share" if plain.max() < _BARE and self.shares is None else "share_as_percent"
            self.doubts.append((code, first, f"{values[first]:g}", {"read": f"{values[first] * 100:g}%"}))
            return np.round(values * 100, 10)
        return values

    def _scale(
        self, values: Floats, read: list[Number | None], words: list[float | None] | None, known: Field | None
    ) -> tuple[float, float] | None:
        stated = stated_scale(self.header)
        if known is None or (known.type != "score" and known.name != "emotion"):
            return self._plain_scale(values, stated, known)
        tops = {item.out_of for item in read if item and item.out_of}
        if stated is None and len(tops) == 1:
            stated = (0.0, float(tops.pop() or 0))
        if words and any(word is not None for word in words):
            return self._scale_with_words(values, words, stated, known)
        plain = values[~np.isnan(values)]
        if not len(plain):
            return settle(stated, 1, 1, known.scale)
        scale = settle(stated, float(np.percentile(plain, 2)), float(np.percentile(plain, 98)), known.scale)
        if scale is not None:
            self._doubt_outside(values, scale)
        return scale

    def _scale_with_words(
        self, values: Floats, words: list[float | None], stated: tuple[float, float] | None, known: Field
    ) -> tuple[float, float] | None:
        """The scale of a column of degrees in words; beside numbers on a longer scale the words are placed on it."""
        first = next(word for word, value in zip(self.words, words, strict=True) if value is not None)
        place = int(np.flatnonzero(self.places == self.words.index(first))[0])
        worded = (self.kinds == TEXT) & np.array([word is not None for word in words], dtype=bool)[self.places]
        plain = values[~np.isnan(values) & ~worded]
        scale = stated
        if scale is None and len(plain) > worded.sum() / 3 and (plain.max() > 5 or plain.min() < 1):
            scale = settle(None, float(plain.min()), float(plain.max()), known.scale)
        if stated == (0.0, 5.0) and (not len(plain) or plain.min() >= 1):
            scale = (1.0, 5.0)
        if scale is None or scale == (1.0, 5.0):
            self.doubts.append(("words_as_score", place, first, {}))
            scale = (1.0, 5.0)
        else:
            low, high = scale
            values[worded] = np.round(low + (values[worded] - 1) / 4 * (high - low), 4)
            self.doubts.append(("words_with_numbers", place, first, {"low": f"{low:g}", "high": f"{high:g}"}))
        self._doubt_outside(values, scale)
        return scale

    def _plain_scale(self, values: Floats, stated: tuple[float, float] | None, known: Field | None) -> tuple[float, float] | None:
        """The scale of what is no score: the one its header states, or 0 to 100 of a percentage."""
        if known is None:
            return stated if stated and self._fits(values, stated) else None
        return (0.0, 100.0) if self._percent and self._all_percent(values, known) else None

    @staticmethod
    def _fits(values: Floats, scale: tuple[float, float]) -> bool:
        plain = values[~np.isnan(values)]
        return bool(len(plain)) and bool(((plain >= scale[0]) & (plain <= scale[1])).mean() > 0.9)

    @staticmethod
    def _all_percent(values: Floats, known: Field | None) -> bool:
        plain = values[~np.isnan(values)]
        return known is not None and known.type == "percent" and bool(len(plain)) and bool(plain.min() >= 0 and plain.max() <= 100)

    def _doubt_outside(self, values: Floats, scale: tuple[float, float]) -> None:
        outside = np.flatnonzero((values < scale[0]) | (values > scale[1]))
        for place in outside.tolist()[:200]:
            self.doubts.append(("outside_scale", place, f"{values[place]:g}", {"low": f"{scale[0]:g}", "high": f"{scale[1]:g}"}))

    def _doubt_no_scores(self, known: Field | None) -> None:
        """Say of a column whose field is a score that it gives none: nothing of it gets on the map."""
        told = next((w for w in self.words if w and not is_missing(w) and not is_unknown(w)), None)
        if known is not None and known.type == "score" and told is not None:
            place = int(np.flatnonzero(self.places == self.words.index(told))[0])
            self.doubts.append(("no_scores", place, told, {}))

    def _doubt_words(self, read: list[Any], code: str = "not_a_number") -> None:
        bad = {number for number, item in enumerate(read) if item is None and self.words[number]}
        if bad:
            texts = (self.kinds == TEXT) & np.isin(self.places, list(bad))
            for place in np.flatnonzero(texts).tolist():
                word = self.words[self.places[place]]
                if (top := self._other_scale.get(int(self.places[place]))) is not None:
                    self.doubts.append(("scales_mixed", place, word, {"top": f"{top:g}"}))
                    continue
                kind = "dont_know" if is_unknown(word) else "not_concerned" if is_missing(word) else code
                self.doubts.append((kind, place, word, {}))
        for place in np.flatnonzero(self.kinds == ERROR).tolist():
            self.doubts.append(("error_cell", place, self.cells.text(int(self.rows[place])), {}))
        if (
            code == "not_a_number"
            and (odd := [w for w in self.words if ambiguous(w)])
            and not any(not ambiguous(w) and ("," in w or "." in w) for w in self.words)
        ):
            number = parse_number(odd[0], self.decimal)
            place = int(np.flatnonzero(self.places == self.words.index(odd[0]))[0])
            self.doubts.append(("decimal_sign", place, odd[0], {"read": number.value if number else odd[0]}))

    def _currency(self, read: list[Number | None], known: Field | None) -> str | None:
        found = {item.currency for item in read if item and item.currency}
        found |= {said[9:] for said in self.cells.meanings if said.startswith("currency:")} if self.cells.formats is not None else set()
        if len(found) > 1 and known is not None and known.type == "money":
            self.doubts.append(("currencies", 0, ", ".join(sorted(found)), {}))
        return found.pop() if len(found) == 1 else None

    @staticmethod
    def _series(values: Floats, known: Field | None) -> pd.Series:
        missing = np.isnan(values)
        whole = bool(np.all(missing | ((values % 1 == 0) & (np.abs(values) < 2**53))))
        if whole and (known is None or known.type not in ("money", "percent", "duration")):
            return pd.Series(pd.arrays.IntegerArray(np.where(missing, 0, values).astype(np.int64), missing))
        return pd.Series(pd.arrays.FloatingArray(np.where(missing, 0.0, values), missing))

    # dates, flags, texts

    def _dates(self, *, strict: bool) -> Typed | None:
        order = day_first_of(self.words) if self.day_first is None else self.day_first
        day_first = order is not False
        made = [self._date(word, day_first) for word in self.words]
        if not strict and not any(made):
            made = [parse_serial(word) for word in self.words]
        values = np.full(len(self.rows), np.datetime64("NaT"), dtype="datetime64[us]")
        if self.has_text:
            by_word = np.array([np.datetime64(item, "us") if item else np.datetime64("NaT") for item in made], dtype="datetime64[us]")
            texts = self.kinds == TEXT
            values[texts] = by_word[self.places[texts]]
        self._date_numbers(values)
        told = self.filled - sum(
            int((self.places == n).sum()) for n, w in enumerate(self.words[:50]) if w and (is_missing(w) or is_unknown(w))
        )
        if told and (~np.isnat(values)).sum() < (_AGREE if strict else 0.4) * told:
            self.doubts.clear()
            return None
        self._doubt_words(made, "not_a_date")
        if order is None and (
            odd := next(
                (w for w, m in zip(self.words, made, strict=True) if m and re.match(r"\d{1,2}[-/.]\d{1,2}[-/.]\d", w)),
                None,
            )
        ):
            self.doubts.append(("day_order", int(np.flatnonzero(self.places == self.words.index(odd))[0]), odd, {}))
        return Typed(pd.Series(values), None, self.doubts)

    @staticmethod
    def _date(word: str, day_first: bool) -> dt.datetime | None:
        return (parse_date(word, day_first) or parse_date(word, not day_first) or parse_compact(word)) if word else None

    def _date_numbers(self, values: npt.NDArray[np.datetime64]) -> None:
        if self.cells.numbers is None:
            return
        numbers = self.cells.numbers[self.rows]
        dated = ((self.kinds == DATE) | (self.kinds == MOMENT)) & (np.abs(numbers) < 9e9)
        values[dated] = (numbers[dated] * 1e6).round().astype("int64").astype("datetime64[us]")
        plain = self.kinds == NUMBER
        compact = plain & (numbers >= 19000101) & (numbers <= 21001231)
        for place in np.flatnonzero(compact).tolist():
            found = parse_compact(str(int(numbers[place])))
            if found:
                values[place] = np.datetime64(found, "us")
        serial = plain & (numbers > 20000) & (numbers < 80000)
        values[serial] = ((numbers[serial] - 25569) * 86400e6).round().astype("int64").astype("datetime64[us]")

    def _flags(self) -> Typed | None:
        seen = [yes_or_no(word) if word else None for word in self.words]
        by_word = np.array([np.nan if flag is None else float(flag) for flag in seen])
        values = np.full(len(self.rows), np.nan)
        texts = self.kinds == TEXT
        if texts.any():
            values[texts] = by_word[self.places[texts]]
        if self.cells.numbers is not None:
            plain = (self.kinds == NUMBER) | (self.kinds == BOOLEAN)
            numbers = self.cells.numbers[self.rows]
            values[plain] = np.where(np.isin(numbers[plain], (0, 1)), numbers[plain], np.nan)
        missing = np.isnan(values)
        if self.filled and (~missing).sum() < 0.5 * self.filled:
            return None
        self._doubt_words(seen, "not_a_flag")
        return Typed(pd.Series(pd.arrays.BooleanArray(np.where(missing, False, values).astype(bool), missing)), None, self.doubts)

    def text(self) -> Typed:
        """The column as texts; blank cells are missing."""
        trimmed = _without_guard(self.cells.trimmed(picked(self.cells.strings(), self.rows)))
        blank = (self.kinds == BLANK) | (self.kinds == ERROR)
        for place in np.flatnonzero(self.kinds == ERROR).tolist():
            self.doubts.append(("error_cell", place, self.cells.text(int(self.rows[place])), {}))
        values = pc.if_else(pa.array(blank), pa.scalar(None, pa.string()), trimmed) if blank.any() else trimmed
        return Typed(pd.Series(values.to_pandas(types_mapper=_string_type)), None, self.doubts)


def _without_guard(texts: pa.Array) -> pa.Array:
    """Take off the apostrophe that exports put before = + - @ (the raw text keeps it)."""
    if not pc.any(pc.starts_with(texts, "'")).as_py():
        return texts
    return pc.replace_substring_regex(texts, pattern=r"^'([=+\-@])", replacement=r"\1")


def _string_type(kind: pa.DataType) -> Any:
    return pd.StringDtype("pyarrow") if pa.types.is_string(kind) or pa.types.is_large_string(kind) else None


def read_column(
    cells: Cells, rows: Ints, header: str, name: str | None, decimal: str = ".", day_first: bool | None = None,
    shares: bool | None = None,
) -> Typed:  # fmt: skip
    """One column, typed by its field where it has one and by its values elsewhere.

    ``day_first``, ``shares``: what the user has said of its dates, and whether figures below 1 are shares (0.09: 9 %) or percentages.
    """
    return Reader(cells, rows, header, FIELDS.get(name or ""), decimal, day_first, shares).read()


Maker = Callable[[], Typed]
