"""Reads every file of a folder: no crash, every text of a CSV in `raw`, as many cells of an .xlsx as openpyxl finds.

python benchmarks/corpus.py FOLDER
"""

from __future__ import annotations

import csv
import re
import sys
import warnings
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
import openpyxl

import analysis
from analysis import ReadError
from analysis.reading.worker.decode import decode

csv.field_size_limit(100_000_000)
warnings.simplefilter("ignore")


def texts_of_csv(path: Path, separator: str) -> Counter[str]:
    text, _, _ = decode(path.read_bytes())
    return Counter(
        cell.strip()
        for row in csv.reader(text.splitlines(keepends=True), delimiter=separator)
        for cell in row
        if cell.strip()
    )


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


def cells_of_xlsx(path: Path) -> int:
    book = openpyxl.load_workbook(path, data_only=True)
    return sum(
        1
        for sheet in book.worksheets
        for cell in sheet._cells.values()
        if cell.value is not None and str(cell.value).strip()
    )


def check(path: Path) -> str:
    try:
        book = analysis.read(path)
    except ReadError as error:
        return f"refused ({error.code})"
    found = Counter(cell.strip() for table in book.tables for cell in table.raw.to_numpy().ravel() if cell.strip())
    if book.format == "text":
        if not texts_of_csv(path, book.separator or ",") - found:
            return "right"
        lost = words(decode(path.read_bytes())[0]) - words("\n".join(found.elements()))
        return f"lost {sum(lost.values())}: {list(lost)[:3]}" if lost else "right (every word; stray quotes were read otherwise)"
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        try:
            expected = cells_of_xlsx(path)
        except Exception:
            return "right (openpyxl cannot read it)"
        count = sum(found.values())
        return "right" if count >= expected else f"{count} cells of {expected}"
    return "read"


def main(folder: Path) -> None:
    seen: Counter[str] = Counter()
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() not in (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"):
            continue
        try:
            said = check(path)
        except Exception as error:
            said = f"CRASH {type(error).__name__}: {error}"
        seen[said.split(":")[0].split(" cells")[0]] += 1
        if not said.startswith(("right", "read")):
            print(path.name, said)
    print(dict(seen))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
