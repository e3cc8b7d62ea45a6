"""The cells of one sheet as columns: kinds, numbers, texts. Everything else in reading looks at a file through this."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

BLANK, NUMBER, TEXT, BOOLEAN, DATE, MOMENT, ERROR, TIME, DURATION = range(9)
_START = dt.datetime(1970, 1, 1)
Ints = npt.NDArray[np.int64]
#: texts of the first rows of narrow sheets are kept: the header is looked for among them again and again
_TOP_ROWS, _NARROW = 100, 500
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


class Address(str):
    """``C14``, and the note that is attached to the cell, if there is one."""

    note: str = ""


def letters(column: int) -> str:
    """``0`` → ``A``, ``26`` → ``AA``."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


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


@dataclass
class Grid:
    """One sheet: columns of cells, where they stand, and facts about the sheet."""

    name: str
    columns: list[Cells]
    height: int
    hidden: bool = False
    row0: int = 0
    column0: int = 0
    row_numbers: list[int] | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    #: the header rows and how sure they are, once they were looked for
    header: tuple[list[int], float] | None = None

    @property
    def width(self) -> int:
        return len(self.columns)

    def text(self, row: int, column: int) -> str:
        return self.columns[column].text(row)

    def row_texts(self, row: int) -> list[str]:
        """The texts of a row without surrounding spaces; those at the top are asked for often and kept."""
        found = self._top.get(row)
        if found is None:
            found = [column.text(row).strip(SPACES) for column in self.columns]
            if row < _TOP_ROWS and self.width <= _NARROW:
                self._top[row] = found
        return list(found)

    @cached_property
    def marks(self) -> dict[int, str]:
        """Row → what its cells look like (see ``blocks.signature``), as far as somebody has asked."""
        return {}

    @cached_property
    def _top(self) -> dict[int, list[str]]:
        return {}

    def sheet_row(self, row: int) -> int:
        """The row's number in the file, from 1."""
        return (self.row_numbers[row] if self.row_numbers else row + self.row0) + 1

    def sheet_column(self, column: int) -> int:
        """The column's number in the file, from 0."""
        numbers = self.facts.get("column_numbers")
        return int(numbers[column]) if numbers else column + self.column0

    def address(self, row: int, column: int) -> str:
        """``C14``."""
        if self.facts.get("upright") is not None:
            return str(self.facts["upright"].address(column, row))
        if self.facts.get("records") is not None:
            place = self.facts["places"].get((row + self.row0, column + self.column0))
            return str(self.facts["records"].address(*place)) if place else ""
        return f"{letters(self.sheet_column(column))}{self.sheet_row(row)}"

    @cached_property
    def notes(self) -> dict[tuple[int, int], str]:
        """Sheet row and column (from 0) → the note that is attached to the cell."""
        return {(row, column): text for row, column, text in self.facts.get("notes", [])}

    def note(self, row: int, column: int) -> str:
        """The note that is attached to a cell; empty where there is none."""
        if self.facts.get("upright") is not None:
            return str(self.facts["upright"].note(column, row))
        return self.notes.get((self.sheet_row(row) - 1, self.sheet_column(column)), "") if self.notes else ""

    @cached_property
    def filled(self) -> Ints:
        """How many cells of each row are not blank."""
        total = np.zeros(self.height, dtype=np.int64)
        for column in self.columns:
            total += column.kinds != BLANK
        return total

    @cached_property
    def bold(self) -> set[tuple[int, int]]:
        return {(row - self.row0, column - self.column0) for row, column in self.facts.get("bold", [])}

    @cached_property
    def merges(self) -> list[tuple[int, int, int, int]]:
        """Merged ranges as positions in this grid: top, left, bottom, right."""
        if self.row_numbers:
            return []
        return [
            (
                top - self.row0,
                left - self.column0,
                min(bottom - self.row0, self.height - 1),
                min(right - self.column0, self.width - 1),
            )
            for top, left, bottom, right in self.facts.get("merges", [])
            if top >= self.row0 and left >= self.column0
        ]

    @cached_property
    def raw(self) -> pd.DataFrame:
        """Every row and cell as text, nothing left out."""
        return pd.DataFrame({number: _series(column.strings()) for number, column in enumerate(self.columns)}, index=range(self.height))

    def turned(self) -> Grid:
        """Rows and columns exchanged, as texts; addresses stay those of the file."""
        lines = [[column.text(row) for column in self.columns] for row in range(self.height)]
        columns = [
            Cells(
                np.array([TEXT if text else BLANK for text in line], np.uint8),
                None,
                pa.array(line, pa.string()),
                None,
                [""],
            )
            for line in lines
        ]
        return Grid(self.name, columns, self.width, self.hidden, facts={"upright": self})

    def beside(self, left: int, right: int) -> Grid:
        """Columns ``left`` to ``right`` (not included) as a grid of their own, with the addresses they have here."""
        facts = dict(self.facts)
        if numbers := facts.get("column_numbers"):
            facts["column_numbers"] = numbers[left:right]
        return Grid(self.name, self.columns[left:right], self.height, self.hidden, self.row0, self.column0 + left, self.row_numbers, facts)

    def part(self, top: int, bottom: int, name: str | None = None) -> Grid:
        """Rows ``top`` to ``bottom`` (not included) as a grid of their own, with the addresses they have here."""
        rows = slice(top, bottom)
        columns = [
            Cells(
                column.kinds[rows],
                column.numbers[rows] if column.numbers is not None else None,
                column.texts[rows] if column.texts is not None else None,
                column.formats[rows] if column.formats is not None else None,
                column.meanings,
                told=True,
            )
            for column in self.columns
        ]
        numbers = self.row_numbers[rows] if self.row_numbers else None
        facts = dict(self.facts)
        return Grid(name or self.name, columns, bottom - top, self.hidden, self.row0 + top, self.column0, numbers, facts)


def _series(strings: pa.Array) -> pd.Series:
    return pd.Series(strings.to_pandas(types_mapper=lambda kind: pd.StringDtype(na_value=np.nan)))


def unpack(answer: memoryview) -> tuple[dict[str, Any], list[Grid]]:
    """The worker's answer → what it says, and its sheets (the buffers are used where they lie)."""
    length = int.from_bytes(answer[:8], "little")
    about = json.loads(bytes(answer[8 : 8 + length]))
    body = answer[8 + length :]
    grids = [_grid(sheet, body) for sheet in about.pop("sheets")]
    return about, grids


def _grid(sheet: dict[str, Any], body: memoryview) -> Grid:
    meanings = sheet["facts"].get("formats") or [""]
    columns = [_cells(place, body, meanings) for place in sheet["columns"]]
    return Grid(
        sheet["name"],
        columns,
        sheet["rows"],
        sheet["hidden"],
        sheet["row0"],
        sheet["column0"],
        sheet["row_numbers"],
        sheet["facts"],
    )


def _cells(place: dict[str, list[int] | None], body: memoryview, meanings: list[str]) -> Cells:
    def piece(name: str) -> memoryview | None:
        where = place.get(name)
        return body[where[0] : where[0] + where[1]] if where else None

    kinds = np.frombuffer(piece("kinds") or b"", np.uint8)
    numbers, lengths, formats = piece("numbers"), piece("lengths"), piece("formats")
    texts = None
    if lengths is not None:
        offsets = np.zeros(len(kinds) + 1, np.int32)
        np.cumsum(np.frombuffer(lengths, np.int32), out=offsets[1:])
        texts = pa.StringArray.from_buffers(len(kinds), pa.py_buffer(offsets), pa.py_buffer(piece("texts") or b""))
    return Cells(
        kinds,
        np.frombuffer(numbers, np.float64) if numbers is not None else None,
        texts,
        np.frombuffer(formats, np.uint16) if formats is not None else None,
        meanings,
    )
