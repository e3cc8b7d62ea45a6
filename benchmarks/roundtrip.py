"""Read → write → read: are the raw texts and the typed values the same?

    python benchmarks/roundtrip.py FOLDER [FOLDER …]

Every table of every readable file is written as it stands (raw texts, .csv and .xlsx) and as typed values (.xlsx), and read again.
"""

from __future__ import annotations

import csv
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
from analysis.reading.table import Table

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_MOST_ROWS = 3000


def as_csv(table: Table) -> bytes:
    """The raw texts as a text file."""
    stream = io.StringIO()
    csv.writer(stream, quoting=csv.QUOTE_ALL, delimiter=";" if table._decimal == "," else ",").writerows(table.raw.to_numpy().tolist())
    return stream.getvalue().encode("utf-8-sig")


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
                cell.value = re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", _ILLEGAL.sub("\ufffd", value))[:32767]
                cell.data_type = "s"
            else:
                cell.value = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def typed_rows(table: Table) -> list[list[Any]]:
    """The frame under its headers, as values of a workbook."""
    headers = {name: header for header, name in table.columns.items()}
    rows: list[list[Any]] = [[headers.get(name, name) for name in table.frame.columns]]
    for row in table.frame.astype(object).itertuples(index=False):
        rows.append([None if pd.isna(value) else value.to_pydatetime() if isinstance(value, pd.Timestamp) else value for value in row])
    return rows


def _trimmed(frame: pd.DataFrame) -> list[list[str]]:
    rows = [[text.strip() for text in row] for row in frame.to_numpy().tolist()]
    return [row[: max((n for n, text in enumerate(row, 1) if text), default=0)] for row in rows]


def same_raw(one: Table, other: Table) -> bool:
    """The same texts in the same rows, surrounding spaces and blank ends aside."""
    left, right = _trimmed(one.raw), _trimmed(other.raw)
    return [row for row in left if row] == [row for row in right if row]


def same_values(one: Table, other: Table) -> bool:
    """The same columns with the same values; whole numbers may have come back as Int64."""
    if list(one.frame.columns) != list(other.frame.columns) or len(one.frame) != len(other.frame):
        return False
    return all(_same_column(one.frame[name], other.frame[name]) for name in one.frame.columns)


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
    return bool(a == b)


def check(table: Table) -> dict[str, bool]:
    """Which of the round trips give the same again."""
    header = [row + 1 for row in table.header_rows]
    text = analysis.read(as_csv(table), "again.csv", header=header or None).tables[0]
    book = analysis.read(as_workbook(table.raw.to_numpy().tolist()), "again.xlsx", header=header or None).tables[0]
    typed = analysis.read(as_workbook(typed_rows(table)), "again.xlsx", header=1).tables[0].recast(table.mapping)
    return {
        "raw by csv": same_raw(table, text),
        "raw by xlsx": same_raw(table, book),
        "typed by csv": same_values(table.recast(table.mapping), text.recast(table.mapping)),
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
