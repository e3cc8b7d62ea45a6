"""The Pollock benchmark (Vitagliano et al., VLDB 2023) through `analysis.read`: header, records and cells of 2,289 polluted files.

    python benchmarks/pollock.py FOLDER [FOLDER …]

FOLDER is `polluted_files` or `survey_sample` of HPI-Information-Systems/Pollock, with `csv` and `clean` inside and, beside it,
`pollock_weights.json`. Ten numbers from 0 to 1 a file (success, and precision, recall and F1 of header, records, cells) add up to 10.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter
from pathlib import Path

import pandas as pd

sys.path.insert(0, str(Path(__file__).parent.parent))
import analysis
from analysis import ReadError

csv.field_size_limit(100_000_000)


def loaded(path: Path) -> list[list[str]]:
    """Header (several rows joined) and data rows of the first table."""
    try:
        table = analysis.read(path).tables[0]
    except ReadError as error:
        if error.code == "empty":
            return []
        raise
    raw, rows = table.raw, table.rows.to_numpy()
    header = raw[rows == "header"]
    joined = (
        [" ".join(filter(None, header[column])) for column in header.columns] if len(header) else [""] * raw.shape[1]
    )
    records = raw[(rows == "data") | (rows == "total")].to_numpy().tolist()
    width = max((place for place, text in enumerate(joined, 1) if text), default=len(joined))
    return [_unpadded(row, width) for row in [joined, *records]]


def _unpadded(row: list[str], width: int) -> list[str]:
    """Without the blank cells that stand beyond the header, where another row is longer."""
    while len(row) > width and not row[-1]:
        row = row[:-1]
    return row


def normal(cell: str) -> str:
    """Numbers compare by value, texts without case."""
    for kind in (int, float):
        try:
            return str(kind(cell))
        except ValueError:
            continue
    return cell.lower()


def scores(truth: list[str], found: list[str]) -> tuple[float, float, float]:
    if not truth:
        return 1.0, 1.0, 1.0
    common = sum((Counter(truth) & Counter(found)).values())
    if not common:
        return 0.0, 0.0, 0.0
    precision, recall = common / len(truth), common / len(found)
    return precision, recall, 2 * precision * recall / (precision + recall)


def measure(clean: Path, rows: list[list[str]]) -> list[float]:
    with clean.open(encoding="utf-8-sig", newline="") as file:
        truth = list(csv.reader(file))
    if not truth:
        return [1.0] * 9
    header = scores([normal(cell) for cell in truth[0]], [normal(cell) for cell in rows[0]] if rows else [])
    records = scores(["".join(map(normal, row)) for row in truth[1:]], ["".join(map(normal, row)) for row in rows[1:]])
    cells = scores([cell for row in truth for cell in row], [cell for row in rows for cell in row])
    return [*header, *records, *cells]


def run(folder: Path) -> pd.DataFrame:
    names = ["header_p", "header_r", "header_f1", "record_p", "record_r", "record_f1", "cell_p", "cell_r", "cell_f1"]
    found = {}
    for path in sorted((folder / "csv").iterdir()):
        clean = folder / "clean" / path.name
        if not clean.exists():
            continue
        try:
            found[path.name] = [1.0, *measure(clean, loaded(path))]
        except Exception as error:
            print(path.name, type(error).__name__, error)
            found[path.name] = [0.0] * 10
    return pd.DataFrame.from_dict(found, orient="index", columns=["success", *names])


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        folder = Path(argument)
        result = run(folder)
        total = result.sum(axis=1)
        print(f"{folder.name}: {len(result)} files, simple {total.mean():.3f}, success {result['success'].mean():.3f}")
        print(result[["header_f1", "record_f1", "cell_f1"]].mean().round(4).to_string())
        weights = folder.parent / "pollock_weights.json"
        if folder.name == "polluted_files" and weights.exists():
            weight = pd.Series(json.loads(weights.read_text())).reindex(result.index).fillna(-1)
            print(f"weighted {(total * weight / weight.sum()).sum():.3f}")
            lost = ((10 - total) * weight / weight.sum()).sort_values(ascending=False)
            print("most lost, weighted:", lost.head(12).round(4).to_string(), sep="\n")
        print("lowest:", total.sort_values().head(25).round(2).to_string(), sep="\n")
