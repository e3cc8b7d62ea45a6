"""The cells of one sheet as columns. Everything else in reading looks at a file through this."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.reading.cells import BLANK, SPACES, TEXT, Cells, Ints

#: texts of the first rows of narrow sheets are kept: the header is looked for among them again and again
_TOP_ROWS, _NARROW = 100, 500


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
