"""The second reader of .xlsx: cell by cell, for what the first one refuses or cannot hold."""

from __future__ import annotations

import sys
import warnings
from io import BytesIO
from typing import Any

from analysis.reading.worker.pack import ERROR, Column, Sheet
from analysis.reading.worker.refusal import Refusal

#: rows and columns that lie between used ones are left out beyond this many
_KEEP_GAP = 50
_ERRORS = frozenset({"#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"})


def read_cell_by_cell(data: bytes) -> list[Sheet]:
    """Every sheet; long runs of blank rows and columns are left out, the source rows are kept beside."""
    sys.modules.setdefault("numpy", None)  # type: ignore[arg-type]  # openpyxl asks for it and does without
    warnings.simplefilter("ignore")
    try:
        book = _open(BytesIO(data))
    except MemoryError:
        raise
    except Exception:
        raise Refusal("corrupt", "reader") from None
    return [_sheet(sheet) for sheet in book.worksheets]


class _Strings(list[str]):
    """The texts that cells share; a cell that points beyond them shows an error, and the others are read."""

    def __getitem__(self, number: Any) -> Any:
        return super().__getitem__(number) if number < len(self) else "#REF!"


def _open(data: BytesIO) -> Any:
    from openpyxl.reader.excel import ExcelReader

    class Reader(ExcelReader):
        def read_strings(self) -> None:
            super().read_strings()
            self.shared_strings: Any = _Strings(getattr(self, "shared_strings", ()))

    reader = Reader(data, data_only=True, keep_links=False)
    reader.read()
    return reader.wb


def _sheet(source: Any) -> Sheet:
    sheet = Sheet(source.title, hidden=source.sheet_state != "visible")
    cells = {(row - 1, column - 1): cell.value for (row, column), cell in source._cells.items() if cell.value is not None}
    if not cells:
        return sheet
    rows = _kept(sorted({row for row, _ in cells}))
    columns = _kept(sorted({column for _, column in cells}))
    places = {row: place for place, row in enumerate(rows)}
    by_column: dict[int, dict[int, Any]] = {}
    for (row, column), value in cells.items():
        by_column.setdefault(column, {})[places[row]] = value
    for column in columns:
        values = by_column.get(column, {})
        packed = Column()
        packed.extend([values.get(place) for place in range(len(rows))])
        packed.patch({place: (ERROR, value) for place, value in values.items() if isinstance(value, str) and value in _ERRORS})
        sheet.columns.append(packed)
    if rows != list(range(len(rows))):
        sheet.row_numbers = rows
    if columns != list(range(len(columns))):
        sheet.facts["column_numbers"] = columns
    sheet.facts["merges"] = [
        [m.min_row - 1, m.min_col - 1, m.max_row - 1, m.max_col - 1] for m in list(source.merged_cells.ranges)[:20_000]
    ]
    return sheet


def _kept(used: list[int]) -> list[int]:
    """The used numbers and the short gaps between them."""
    kept = list(range(used[0] if used[0] <= _KEEP_GAP else 0)) if used[0] <= _KEEP_GAP else []
    previous = kept[-1] if kept else used[0] - 1
    for number in used:
        if number - previous <= _KEEP_GAP:
            kept.extend(range(previous + 1, number))
        kept.append(number)
        previous = number
    return kept
