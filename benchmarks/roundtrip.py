"""Read → write → read: are the raw texts and the typed values the same?

    python benchmarks/roundtrip.py FOLDER [FOLDER …]

The first table of every readable file is written as it stands (raw texts, .csv and .xlsx) and as typed values (.xlsx), and read again.

What no file can say is not asked of it:

- A workbook is XML: U+FFFE, U+FFFF and halves of a surrogate pair cannot be in it, and a cell ends after 32,767 characters. Control
  characters are written as Excel writes them, ``_x0007_``.
- A text file has no merged cells: for the typed values, what a merged cell says is written into each of its rows.
- A row of which nothing was understood has no typed values, so no row of a sheet of typed values can stand for it.
- A percentage is written as one (0.0009 shown as 0.09 %), a duration as a time: a bare 0.09 under "CTR" may be either.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd

sys.path.insert(0, str(Path(__file__).parent.parent))
import analysis
from analysis import ReadError
from analysis.fields import FIELDS
from analysis.reading.table import Table

_NEVER = re.compile("[\ufffe\uffff\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_LONGEST = 32_767
_MOST_ROWS = 3000


def as_csv(table: Table, rows: list[list[str]] | None = None) -> bytes:
    """The raw texts (or others) as a text file."""
    stream = io.StringIO()
    separator = ";" if table._decimal == "," else ","
    csv.writer(stream, quoting=csv.QUOTE_ALL, delimiter=separator).writerows(rows or table.raw.to_numpy().tolist())
    return stream.getvalue().encode("utf-8-sig")


def unmerged(table: Table) -> list[list[str]]:
    """The raw texts, with what a merged cell says in each of its rows that hold data."""
    rows = table.raw.to_numpy().tolist()
    data = set(table.source_rows.tolist())
    for top, left, bottom, _ in table.grid.merges:
        for row in set(range(top + 1, bottom + 1)) & data:
            rows[row][left] = rows[top][left]
    return [list(map(str, row)) for row in rows]


def _in_a_workbook(text: str) -> str:
    text = re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", _NEVER.sub("\ufffd", text))
    return _CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", text)[:_LONGEST]


class Percent(float):
    """A percentage, in percent."""


def as_workbook(rows: list[list[Any]]) -> bytes:
    """Rows in a workbook; texts stay texts whatever they start with."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            if value is None or value == "":
                continue
            cell = sheet.cell(number, column)
            if isinstance(value, str):
                cell.value = _in_a_workbook(value)
                cell.data_type = "s"
            elif isinstance(value, Percent):
                cell.value, cell.number_format = float(value) / 100, "0.00%"
            else:
                cell.value = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def typed_rows(table: Table) -> list[list[Any]]:
    """The frame under its headers, as values of a workbook."""
    headers = {name: header for header, name in table.columns.items()}
    rows: list[list[Any]] = [[headers.get(name, name) for name in table.frame.columns]]
    types = [FIELDS[field].type if (field := table.mapping.get(headers.get(name, ""))) else "" for name in table.frame.columns]
    for row in table.frame.astype(object).itertuples(index=False):
        rows.append([_as_value(value, kind) for value, kind in zip(row, types, strict=True)])
    return rows


def _as_value(value: Any, kind: str) -> Any:
    if pd.isna(value):
        return None
    if isinstance(value, float | int) and not isinstance(value, bool) and kind in ("percent", "duration"):
        return Percent(value) if kind == "percent" else dt.timedelta(minutes=value)
    return value.to_pydatetime() if isinstance(value, pd.Timestamp) else value


def _trimmed(frame: pd.DataFrame) -> list[list[str]]:
    rows = [[_NEVER.sub("\ufffd", text[:_LONGEST]).strip() for text in row] for row in frame.to_numpy().tolist()]
    return [row[: max((n for n, text in enumerate(row, 1) if text), default=0)] for row in rows]


def same_raw(one: Table, other: Table) -> bool:
    """The same texts in the same rows, surrounding spaces and blank ends aside."""
    left, right = _trimmed(one.raw), _trimmed(other.raw)
    return [row for row in left if row] == [row for row in right if row]


def same_values(one: Table, other: Table) -> bool:
    """The same columns with the same values in the rows that have some; whole numbers may have come back as Int64."""
    left, right = (table.frame[table.frame.notna().any(axis=1)] for table in (one, other))
    if _names(left) != _names(right) or len(left) != len(right):
        return False
    return all(_same_column(left[name], right[other]) for name, other in zip(left.columns, right.columns, strict=True))


def _names(frame: pd.DataFrame) -> list[str]:
    return [_NEVER.sub("\ufffd", str(name)) for name in frame.columns]


def _same_column(left: pd.Series, right: pd.Series) -> bool:
    if not (left.isna().to_numpy() == right.isna().to_numpy()).all():
        return False
    pairs = zip(left.dropna().tolist(), right.dropna().tolist(), strict=True)
    return all(_same(a, b) for a, b in pairs)


def _same(a: Any, b: Any) -> bool:
    if isinstance(a, float | int) and isinstance(b, float | int):
        return abs(a - b) <= 1e-9 * max(abs(a), abs(b), 1)
    if isinstance(a, pd.Timestamp) and isinstance(b, pd.Timestamp):
        return abs((a - b).total_seconds()) < 0.002
    if isinstance(a, str) and isinstance(b, str):
        a, b = (_NEVER.sub("\ufffd", text[:_LONGEST]).strip() for text in (a, b))
    return bool(a == b)


def check(table: Table) -> dict[str, bool]:
    """Which of the round trips give the same again."""
    header = [row + 1 for row in table.header_rows]
    text, merged = (analysis.read(as_csv(table, rows), "again.csv", header=header).tables[0] for rows in (None, unmerged(table)))
    book = analysis.read(as_workbook(table.raw.to_numpy().tolist()), "again.xlsx", header=header).tables[0]
    typed = analysis.read(as_workbook(typed_rows(table)), "again.xlsx", header=1).tables[0].recast(table.mapping)
    return {
        "raw by csv": same_raw(table, text),
        "raw by xlsx": same_raw(table, book),
        "typed by csv": same_values(table.recast(table.mapping), merged.recast(table.mapping)),
        "typed by xlsx": same_values(table.recast(table.mapping), typed),
    }


def main(folders: list[str], verbose: bool) -> None:
    right: Counter[str] = Counter()
    tables = 0
    for path in sorted(path for folder in folders for path in Path(folder).rglob("*") if path.is_file()):
        try:
            book = analysis.read(path)
        except ReadError:
            continue
        table = book.tables[0]
        if len(table.raw) > _MOST_ROWS or not len(table.frame):
            continue
        tables += 1
        try:
            found = check(table)
        except ReadError as error:
            print(path.name, error)
            continue
        right.update(key for key, same in found.items() if same)
        if verbose and not all(found.values()):
            print(path.name, [key for key, same in found.items() if not same])
    for key in ("raw by csv", "raw by xlsx", "typed by csv", "typed by xlsx"):
        print(f"{key}: {right[key]} of {tables}")


if __name__ == "__main__":
    main([argument for argument in sys.argv[1:] if argument != "-v"], "-v" in sys.argv)
