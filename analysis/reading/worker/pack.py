"""Columns of cells as flat buffers: quick to make, to send and to read, without a Python object a cell.

A column is a byte per cell (its kind), and where it has any: numbers (float64), texts (UTF-8 with offsets),
and number formats (an index per cell into the sheet's list).
"""

from __future__ import annotations

import datetime as dt
import json
from array import array
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from typing import Any

BLANK, NUMBER, TEXT, BOOLEAN, DATE, MOMENT, ERROR, TIME, DURATION = range(9)
_KINDS = {
    type(None): BLANK,
    float: NUMBER,
    int: NUMBER,
    str: TEXT,
    bool: BOOLEAN,
    dt.date: DATE,
    dt.datetime: MOMENT,
    dt.time: TIME,
    dt.timedelta: DURATION,
}
_CHUNK = 2048
_EPOCH = dt.date(1970, 1, 1).toordinal()
_START = dt.datetime(1970, 1, 1)


def _days(day: dt.date) -> float:
    return (day.toordinal() - _EPOCH) * 86400.0


#: a date-time minus the first of January 1970
_since: Callable[[Any], dt.timedelta] = getattr(_START, "__rsub__")  # noqa: B009 (the type checker does not know it)


def _seconds(moment: dt.datetime) -> float:
    return _since(moment).total_seconds()


def _clock(time: dt.time) -> float:
    return time.hour * 3600 + time.minute * 60 + time.second + time.microsecond / 1e6


_AS_NUMBER: dict[int, Callable[[Any], float]] = {
    NUMBER: float,
    BOOLEAN: float,
    DATE: _days,
    MOMENT: _seconds,
    TIME: _clock,
    DURATION: dt.timedelta.total_seconds,
}


def _encoded(cells: Sequence[str]) -> list[bytes]:
    try:
        return list(map(str.encode, cells))
    except UnicodeEncodeError:
        return [cell.encode("utf-8", "replace") for cell in cells]


class Column:
    """One column that grows by chunks."""

    __slots__ = ("formats", "kinds", "lengths", "numbers", "texts")

    def __init__(self, blank_rows: int = 0) -> None:
        self.kinds = bytearray(blank_rows)
        self.numbers: array[float] | None = None
        self.texts: list[bytes] = []
        self.lengths: array[int] | None = None
        self.formats: array[int] | None = None

    def extend(self, cells: Sequence[Any]) -> None:
        types = set(map(type, cells))
        if types == {str}:
            kinds = bytearray((TEXT,)) * len(cells) if all(cells) else bytearray([TEXT if cell else BLANK for cell in cells])
            self._add_texts(cells, kinds)
        elif types == {float}:
            self._add_numbers(array("d", cells), bytearray(b"\x01" * len(cells)))
        elif types == {dt.datetime}:
            self._add_numbers(array("d", map(dt.timedelta.total_seconds, map(_since, cells))), bytearray((MOMENT,)) * len(cells))
        elif len(types) == 1 and (kind := _KINDS.get(next(iter(types)), TEXT)) in _AS_NUMBER:
            self._add_numbers(array("d", map(_AS_NUMBER[kind], cells)), bytearray((kind,)) * len(cells))
        else:
            self._add_mixed(cells)

    def _start_numbers(self) -> array[float]:
        if self.numbers is None:
            self.numbers = array("d", bytes(8 * len(self.kinds)))
        return self.numbers

    def _start_lengths(self) -> array[int]:
        if self.lengths is None:
            self.lengths = array("i", bytes(4 * len(self.kinds)))
        return self.lengths

    def _add_numbers(self, numbers: array[float], kinds: bytearray) -> None:
        self._start_numbers().extend(numbers)
        if self.lengths is not None:
            self.lengths.extend(array("i", bytes(4 * len(kinds))))
        self.kinds += kinds

    def _add_texts(self, cells: Sequence[str], kinds: bytearray) -> None:
        whole = "".join(cells)
        if whole.isascii():
            self._start_lengths().extend(map(len, cells))
            self.texts.append(whole.encode())
        else:
            encoded = _encoded(cells)
            self._start_lengths().extend(map(len, encoded))
            self.texts.append(b"".join(encoded))
        if self.numbers is not None:
            self.numbers.extend(array("d", bytes(8 * len(kinds))))
        self.kinds += kinds

    def _add_mixed(self, cells: Sequence[Any]) -> None:
        kinds = bytearray(_KINDS.get(type(cell), TEXT) for cell in cells)
        numbers, texts = array("d", bytes(8 * len(cells))), [b""] * len(cells)
        for index, cell in enumerate(cells):
            kind = kinds[index]
            if kind == TEXT:
                text = str(cell)
                texts[index] = text.encode("utf-8", "replace")
                if not text:
                    kinds[index] = BLANK
            elif kind:
                numbers[index] = self._number(kind, cell)
        self._start_numbers().extend(numbers)
        self._start_lengths().extend(map(len, texts))
        self.texts.append(b"".join(texts))
        self.kinds += kinds

    @staticmethod
    def _number(kind: int, cell: Any) -> float:
        try:
            return float(_AS_NUMBER[kind](cell))
        except OverflowError:
            return float("inf") if cell > 0 else float("-inf")

    def replace(self, row: int, kind: int, text: str) -> None:
        """Turn one cell into a text of some kind (an error that the reader had dropped)."""
        self.patch({row: (kind, text)})

    def patch(self, cells: dict[int, tuple[int, str]]) -> None:
        """Turn cells into texts of some kind; one pass however many there are."""
        lengths, whole = self._start_lengths(), b"".join(self.texts)
        pieces: list[bytes] = []
        position = done = 0
        ends = list(accumulate(lengths))
        for row in sorted(cells):
            if not 0 <= row < len(self.kinds):
                continue
            start = ends[row] - lengths[row]
            kind, text = cells[row]
            encoded = text.encode("utf-8", "replace")
            pieces += [whole[position:start], encoded]
            position = ends[row]
            self.kinds[row] = kind
            done += 1
            lengths[row] = len(encoded)
        if done:
            self.texts = [*pieces, whole[position:]]

    def format(self, row: int, index: int) -> None:
        if self.formats is None:
            self.formats = array("H", bytes(2 * len(self.kinds)))
        if 0 <= row < len(self.formats):
            self.formats[row] = index

    def format_rows(self, rows: list[int], offset: int, index: int) -> None:
        """The same format for many rows, each moved by ``offset``."""
        first, last = rows[0] + offset, rows[-1] + offset
        if last - first + 1 != len(rows) or not 0 <= first <= last < len(self.kinds):
            for row in rows:
                self.format(row + offset, index)
            return
        if self.formats is None:
            self.formats = array("H", bytes(2 * len(self.kinds)))
        self.formats[first : last + 1] = array("H", [index]) * len(rows)

    @property
    def blank(self) -> bool:
        return not any(self.kinds)


class Sheet:
    """One sheet, ready to be sent. Row and column numbers start at 0 in ``row0`` and ``column0``."""

    def __init__(self, name: str, *, hidden: bool = False) -> None:
        self.name = name
        self.hidden = hidden
        self.row0 = 0
        self.column0 = 0
        self.columns: list[Column] = []
        #: raw position → source row, only where rows were left out
        self.row_numbers: list[int] | None = None
        self.facts: dict[str, Any] = {}

    def __len__(self) -> int:
        return len(self.columns[0].kinds) if self.columns else 0

    @classmethod
    def of_rows(cls, name: str, rows: Sequence[Sequence[Any]]) -> Sheet:
        """Rows of any widths: short ones are filled up, none is cut."""
        sheet = cls(name)
        width = max(map(len, rows), default=0)
        sheet.columns = [Column() for _ in range(width)]
        for start in range(0, len(rows), _CHUNK):
            sheet.add_rows(rows[start : start + _CHUNK], blank="")
        return sheet

    def add_rows(self, rows: Sequence[Sequence[Any]], blank: Any = None) -> None:
        width = len(self.columns)
        full = [row if len(row) == width else [*row, *[blank] * (width - len(row))] for row in rows]
        for column, cells in zip(self.columns, zip(*full, strict=True), strict=True):
            column.extend(cells)


def message(about: dict[str, Any], sheets: Iterable[Sheet]) -> list[bytes]:
    """The parts to send: an eight-byte length, a JSON head, and the buffers it points into."""
    buffers: list[bytes] = []
    size = 0

    def put(buffer: bytes | bytearray | array[Any] | None) -> list[int] | None:
        nonlocal size
        if buffer is None:
            return None
        content = bytes(buffer) if not isinstance(buffer, array) else buffer.tobytes()
        place = [size, len(content)]
        # numbers are read in place: keep them on eight-byte borders
        content += b"\x00" * (-len(content) % 8)
        buffers.append(content)
        size += len(content)
        return place

    described = []
    for sheet in sheets:
        columns = []
        for column in sheet.columns:
            place = {"kinds": put(column.kinds), "numbers": put(column.numbers), "formats": put(column.formats)}
            if column.lengths is not None and any(column.texts):
                place["lengths"] = put(column.lengths)
                place["texts"] = put(b"".join(column.texts))
            columns.append(place)
            column.texts, column.numbers, column.lengths = [], None, None
        described.append(
            {
                "name": sheet.name,
                "hidden": sheet.hidden,
                "rows": len(sheet),
                "row0": sheet.row0,
                "column0": sheet.column0,
                "row_numbers": sheet.row_numbers,
                "columns": columns,
                "facts": sheet.facts,
            }
        )
    head = json.dumps({**about, "sheets": described}).encode()
    head += b" " * (-len(head) % 8)
    return [len(head).to_bytes(8, "little"), head, *buffers]
