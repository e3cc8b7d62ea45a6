"""The cells of one column: a kind each, and numbers, texts and formats where they have any."""

from __future__ import annotations

import datetime as dt
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

BLANK, NUMBER, TEXT, BOOLEAN, DATE, MOMENT, ERROR, TIME, DURATION = range(9)
_START = dt.datetime(1970, 1, 1)
Ints = npt.NDArray[np.int64]
#: what typing leaves at the ends of a text; no-break spaces are written where others write spaces
SPACES = " \t\r\n\u00a0\u202f\u2009\ufeff\u200b"
#: the error of a formula where a text, of a text file or pasted as a value, only shows it: English, French, LibreOffice
_ERROR_TEXT = (
    r"^\s*(?:#(?:N/A|REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|VALEUR!|NOM\?|NOMBRE!|NUL!|SPILL!|PROPAGATION!|CALC!|CALCUL!|FIELD!|CHAMP!)"
    r"|Err:5\d\d)\s*$"
)
#: first bytes of the texts that can be spaces or errors; of the others nothing needs to be asked
_STARTS, _ENDS = np.zeros(256, dtype=bool), np.zeros(256, dtype=bool)
_STARTS[[mark.encode()[0] for mark in SPACES]] = True
_ENDS[[mark.encode()[-1] for mark in SPACES]] = True
_ODD = _STARTS.copy()
_ODD[[ord("#"), ord("E")]] = True


class Cells:
    """One column: a kind per cell, and numbers, texts and formats where it has any."""

    def __init__(
        self,
        kinds: npt.NDArray[np.uint8],
        numbers: npt.NDArray[np.float64] | None,
        texts: pa.Array | None,
        formats: npt.NDArray[np.uint16] | None,
        meanings: list[str],
        *,
        told: bool = False,
    ) -> None:
        self.kinds = kinds
        self.numbers = numbers
        self.texts = texts
        self.formats = formats
        self.meanings = meanings
        self._kept: tuple[Ints, pa.DictionaryArray] | None = None
        if texts is not None and not told:
            self._tell_kinds(texts)

    def _tell_kinds(self, texts: pa.Array) -> None:
        """A cell of spaces is as good as blank, and a text that shows the error of a formula is one: nobody wrote it as an answer."""
        odd = np.flatnonzero(_ODD[_first_bytes(texts)] & ((self.kinds == TEXT) | (self.kinds == ERROR)))
        if not len(odd):
            return
        some = texts.take(pa.array(odd))
        empty = pc.equal(pc.utf8_length(pc.utf8_trim(some, characters=SPACES)), 0).to_numpy(zero_copy_only=False)
        errors = pc.match_substring_regex(some, _ERROR_TEXT).to_numpy(zero_copy_only=False)
        if empty.any() or errors.any():
            self.kinds = self.kinds.copy()
            self.kinds[odd[errors]] = ERROR
            self.kinds[odd[empty]] = BLANK

    def __len__(self) -> int:
        return len(self.kinds)

    def meaning(self, row: int) -> str:
        """What the cell's number format says: ``percent``, ``currency:EUR``…"""
        return self.meanings[self.formats[row]] if self.formats is not None else ""

    def text(self, row: int) -> str:
        """The cell as text, as its spreadsheet would show it."""
        kind = self.kinds[row]
        if kind == BLANK:
            return ""
        if kind in (TEXT, ERROR):
            return str(self.texts[row].as_py()) if self.texts is not None else ""
        assert self.numbers is not None
        return shown(int(kind), float(self.numbers[row]), self.meaning(row))

    def strings(self) -> pa.Array:
        """Every cell as text; blank ones are empty texts."""
        base = self.texts if self.texts is not None else pa.nulls(len(self), pa.string()).fill_null("")
        numeric = (self.kinds != BLANK) & (self.kinds != TEXT) & (self.kinds != ERROR)
        if not numeric.any():
            return base
        return pc.if_else(pa.array(numeric), self._rendered(numeric), base)

    def _rendered(self, numeric: npt.NDArray[np.bool_]) -> pa.Array:
        assert self.numbers is not None
        plain = (self.kinds == NUMBER) & (self.formats is None or self.formats == 0)
        if plain.sum() == numeric.sum() and len(self) > 1000:
            return pc.cast(pa.array(np.where(plain, self.numbers, 0.0)), pa.string())
        where = np.flatnonzero(numeric)
        texts = np.full(len(self), "", dtype=object)
        kinds, numbers = self.kinds[where].tolist(), self.numbers[where].tolist()
        texts[where] = [shown(kind, number, self.meaning(row)) for kind, number, row in zip(kinds, numbers, where.tolist(), strict=True)]
        return pa.array(texts, pa.string())

    def stripped(self, rows: Ints) -> pa.Array:
        """The texts of some rows without surrounding spaces; empty where there is no text."""
        if self.texts is None:
            return pa.nulls(len(rows), pa.string()).fill_null("")
        return self.trimmed(picked(self.texts, rows))

    def trimmed(self, texts: pa.Array) -> pa.Array:
        """Texts of this column without surrounding spaces; most columns have none, which is quickly seen."""
        return pc.utf8_trim(texts, characters=SPACES) if self._spaced else texts

    @cached_property
    def _spaced(self) -> bool:
        """Whether a text may start or end with a space."""
        if self.texts is None:
            return False
        return bool(_STARTS[_first_bytes(self.texts)].any() or _ENDS[_first_bytes(self.texts, last=True)].any())

    def encoded(self, rows: Ints, *, keep: bool = False) -> pa.DictionaryArray:
        """The distinct texts of some rows, and which of them each row holds; ``keep``: the same will be asked for once more."""
        kept, self._kept = self._kept, None
        found = kept[1] if kept is not None and np.array_equal(kept[0], rows) else self.stripped(rows).dictionary_encode()
        if keep:
            self._kept = (rows, found)
        return found


def picked(texts: pa.Array, rows: Ints) -> pa.Array:
    """The texts of some rows; rows below each other are a view, without a copy."""
    if len(rows) and rows[-1] - rows[0] + 1 == len(rows) and (np.diff(rows) == 1).all():
        return texts.slice(int(rows[0]), len(rows))
    return texts.take(pa.array(rows))


def _first_bytes(texts: pa.Array, *, last: bool = False) -> npt.NDArray[np.uint8]:
    """The first (or last) byte of each text; of an empty one, that of a text near it."""
    _, offsets, content = texts.buffers()
    if content is None or not content.size:
        return np.zeros(len(texts), np.uint8)
    edges = np.frombuffer(offsets, np.int32)[texts.offset : texts.offset + len(texts) + 1]
    places = np.maximum(edges[1:] - 1, 0) if last else np.minimum(edges[:-1], content.size - 1)
    return np.frombuffer(content, np.uint8)[places]


def shown(kind: int, number: float, meaning: str = "") -> str:
    """A number, date or truth value as text, at its full precision."""
    if kind == BOOLEAN:
        return "TRUE" if number else "FALSE"
    if kind in (DATE, MOMENT):
        return _moment(number, kind)
    if kind in (TIME, DURATION):
        return _clock(number)
    if not np.isfinite(number):
        return str(number)
    if meaning == "percent":
        return _plain(round(number * 100, 10)) + "%"
    if meaning.startswith("zeros:") and number >= 0 and number == int(number):
        return str(int(number)).zfill(int(meaning[6:]))
    return _plain(number)


def _plain(number: float) -> str:
    return str(int(number)) if number == int(number) and abs(number) < 1e15 else repr(number)


def _moment(number: float, kind: int) -> str:
    if abs(number) >= 9e9:
        return _plain(number)
    moment = _START + dt.timedelta(seconds=number)
    if kind == DATE or number % 86400 == 0:
        return moment.date().isoformat()
    return moment.replace(microsecond=0).isoformat(" ")


def _clock(seconds: float) -> str:
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    hours, rest = divmod(round(seconds), 3600)
    return f"{sign}{hours:02d}:{rest // 60:02d}:{rest % 60:02d}"
