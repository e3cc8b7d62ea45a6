"""One column while it is read: its cells, its distinct texts, and what was doubtful about them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from analysis.fields import Field
from analysis.reading.cells import BLANK, ERROR, NUMBER, TEXT, Cells, Ints
from analysis.reading.dates import parse_date
from analysis.reading.numbers import Number, ambiguous, decimal_of, parse_number
from analysis.reading.words import is_missing, is_unknown, yes_or_no

Floats = npt.NDArray[np.float64]
Doubt = tuple[str, int, str, dict[str, Any]]
_SAMPLE = 400
_ZEROS = re.compile(r"^0\d+$")
#: one of these alone makes a column of yes and no; "x" or "ok" may be anything
_SAYS_FLAG = ("oui", "yes", "non", "no", "true", "false", "vrai", "faux")
#: share of the filled cells that must be understood before a column without a known header gets a type
AGREE = 0.9


@dataclass
class Typed:
    """A column that was read: values, scale, and what was doubtful: (code, place in the column, value, values)."""

    values: pd.Series
    scale: tuple[float, float] | None = None
    doubts: list[Doubt] = field(default_factory=list)
    currency: str | None = None
    numeric: bool = False


class Column:
    """The cells at ``rows``, under ``header``, of ``field`` when that is known.

    ``day_first``, ``shares``: what the user has said of its dates, and of figures below 1 under a header of rates.
    """

    def __init__(
        self, cells: Cells, rows: Ints, header: str, known: Field | None, decimal: str = ".", day_first: bool | None = None,
        shares: bool | None = None,
    ) -> None:  # fmt: skip
        self.cells = cells
        self.rows = rows
        self.header = header
        self.field = known
        self.day_first = day_first
        self.shares = shares
        self.kinds = cells.kinds[rows]
        self.doubts: list[Doubt] = []
        self._decimal = decimal

    # its texts

    @cached_property
    def _encoded(self) -> pa.DictionaryArray:
        return self.cells.encoded(self.rows)

    @cached_property
    def words(self) -> list[str]:
        """The distinct texts; columns that are read as they stand never need them."""
        if not self.has_text:
            return [""] if len(self.rows) else []
        return list(self._encoded.dictionary.to_pylist())

    @cached_property
    def places(self) -> Ints:
        """For each cell, which of the words it holds."""
        if not self.has_text:
            return np.zeros(len(self.rows), dtype=np.int64)
        return np.asarray(self._encoded.indices.to_numpy(zero_copy_only=False)).astype(np.int64)

    @cached_property
    def decimal(self) -> str:
        """The decimal sign of its numbers."""
        return decimal_of(self.words[:2000], self._decimal) if self.has_text else self._decimal

    @cached_property
    def has_text(self) -> bool:
        return self.cells.texts is not None and bool((self.kinds == TEXT).any())

    @cached_property
    def filled(self) -> int:
        return int((self.kinds != BLANK).sum())

    @property
    def sample(self) -> list[str]:
        """Some of the distinct texts."""
        return [word for word in self.words[:_SAMPLE] if word]

    def is_no_answer(self, word: str) -> bool:
        """A sign for nothing, or “does not know”."""
        return is_missing(word) or is_unknown(word)

    # what it looks like

    def numbers(self) -> list[Number | None]:
        """Each distinct text as a number, where it is one."""
        if len(self.words) > 2 * _SAMPLE and not any(parse_number(word, self.decimal) for word in self.sample):
            return [None] * len(self.words)
        return [parse_number(word, self.decimal) if word else None for word in self.words]

    def agree(self, read: list[Any]) -> float:
        """Share of the filled cells that are numbers or texts that were read."""
        understood = np.array([item is not None for item in read], dtype=bool)
        skipped = np.array([bool(word) and self.is_no_answer(word) for word in self.words], dtype=bool)
        texts = self.kinds == TEXT
        right = (texts & understood[self.places]).sum() + (self.kinds == NUMBER).sum()
        told = self.filled - (texts & skipped[self.places]).sum() - (self.kinds == ERROR).sum()
        return float(right / told) if told > 0 else 0.0

    def holds_codes(self) -> bool:
        """Texts such as 00123 and long rows of digits are names, not numbers."""
        return any(_ZEROS.match(word) or (word.isdigit() and len(word) > 15) for word in self.sample)

    def looks_dated(self) -> bool:
        """Nearly all of its texts are dates."""
        words = [word for word in self.sample if not self.is_no_answer(word)]
        if not words or not self.has_text:
            return False
        dated = sum(1 for word in words if parse_date(word, True) or parse_date(word, False))
        return dated >= AGREE * len(words) and (self.kinds == NUMBER).sum() < 0.1 * self.filled

    def looks_like_flags(self) -> bool:
        """All of its texts are yes or no."""
        words = [word for word in self.words if word]
        if not 1 <= len(words) <= 6 or (self.kinds == NUMBER).any():
            return False
        seen = [yes_or_no(word) for word in words if not self.is_no_answer(word)]
        return bool(seen) and None not in seen and (len(words) > 1 or words[0].casefold() in _SAYS_FLAG)

    # what is doubtful

    def doubt(self, code: str, place: int, value: str, **values: Any) -> None:
        self.doubts.append((code, place, value, values))

    def first_place(self, word: str) -> int:
        """The first cell that holds a text."""
        return int(np.flatnonzero(self.places == self.words.index(word))[0])

    def places_of(self, number: int) -> list[int]:
        """The cells that hold the distinct text of this number."""
        return [int(place) for place in np.flatnonzero((self.kinds == TEXT) & (self.places == number))]

    def doubt_words(self, read: list[Any], code: str = "not_a_number", other_scale: dict[int, float] | None = None) -> None:
        """Note every text that was not read, and every cell that shows an error."""
        bad = [number for number, item in enumerate(read) if item is None and self.words[number]]
        texts = (self.kinds == TEXT) & np.isin(self.places, bad) if bad else np.zeros(len(self.kinds), dtype=bool)
        for place in np.flatnonzero(texts).tolist():
            word = self.words[self.places[place]]
            if (top := (other_scale or {}).get(int(self.places[place]))) is not None:
                self.doubt("scales_mixed", place, word, top=f"{top:g}")
                continue
            self.doubt("dont_know" if is_unknown(word) else "not_concerned" if is_missing(word) else code, place, word)
        for place in np.flatnonzero(self.kinds == ERROR).tolist():
            self.doubt("error_cell", place, self.cells.text(int(self.rows[place])))

    def doubt_decimal_sign(self) -> None:
        """Say of ``1,234`` how it was read, where no other value tells."""
        odd = next((word for word in self.words if ambiguous(word)), None)
        if odd is None or any(not ambiguous(word) and ("," in word or "." in word) for word in self.words):
            return
        number = parse_number(odd, self.decimal)
        self.doubt("decimal_sign", self.first_place(odd), odd, read=number.value if number else odd)

    def doubt_all(self, code: str) -> None:
        """Say of a column that it gives none of what its field asks for, with its first text."""
        told = next((word for word in self.words if word and not self.is_no_answer(word)), None)
        if told is not None:
            self.doubt(code, self.first_place(told), told)
