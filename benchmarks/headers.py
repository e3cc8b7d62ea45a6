"""Header and total rows against sheets labelled by hand (Strudel, EDBT 2021; one JSON object a line: rows, lines).

    python benchmarks/headers.py labelled_headers_saus.jsonl.gz

Prints how often the last header row is right, any header row is hit, and how totals were told.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
import analysis


def as_csv(rows: list[list[str]]) -> bytes:
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    return stream.getvalue().encode()


def main(path: str, verbose: bool) -> None:
    exact = hit = sheets = 0
    right = said = true = data_as_total = 0
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            sheet = json.loads(line)
            labels = sheet["lines"]
            headers = [row for row, label in enumerate(labels) if label == "header"]
            if not headers:
                continue
            tables = analysis.read(as_csv(sheet["rows"]), "sheet.csv").tables
            kinds = [kind for table in tables for kind in table.rows]
            first = next(
                (row for row, label in enumerate(labels) if label in ("data", "derived", "group") and row > headers[0]),
                len(labels),
            )
            last = max(row for row in headers if row < first) if any(row < first for row in headers) else headers[0]
            found = tables[0].header_rows
            sheets += 1
            exact += bool(found) and found[-1] == last
            hit += bool(set(found) & set(headers))
            if verbose and (not found or found[-1] != last):
                print(sheet["file"], sheet["sheet"], "header", headers[:8], "found", found)
                for row in sheet["rows"][: max(headers[-1] if headers[-1] < 25 else 12, 3) + 3]:
                    print("    ", [cell[:14] for cell in row][:9])
            for label, kind in zip(labels, kinds, strict=False):
                said += kind == "total"
                true += label == "derived"
                right += kind == "total" and label == "derived"
                data_as_total += kind == "total" and label == "data"
    print(f"{sheets} sheets: last header row exact {exact / sheets:.1%}, any header row hit {hit / sheets:.1%}")
    print(
        f"totals: precision {right / max(said, 1):.3f}, recall {right / max(true, 1):.3f}, data rows marked as total {data_as_total}"
    )


if __name__ == "__main__":
    main(sys.argv[1], "-v" in sys.argv)
