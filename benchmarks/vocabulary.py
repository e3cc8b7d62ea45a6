# ruff: noqa: E501, E402
"""Does every header of the vocabulary map to its field, alone, or stay a column of its own where it is ambiguous?

python benchmarks/vocabulary.py
"""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
import analysis
from analysis.fields import FIELDS

VALUES = {
    "score": ["3", "4", "2", "5", "1"], "count": ["12", "30", "7", "44", "5"], "int": ["1", "2", "3", "4", "5"], "number": ["10", "20.5", "7", "8", "9"],
    "money": ["1 200 €", "300 €", "4 500 €", "0 €", "20 €"], "percent": ["12 %", "30 %", "7 %", "44 %", "5 %"],
    "percent or count": ["12 %", "30 %", "7 %", "44 %", "5 %"], "date": ["12/03/2026", "13/03/2026", "14/03/2026", "15/03/2026", "16/03/2026"],
    "duration": ["12", "30", "7", "44", "5"], "bool": ["oui", "non", "oui", "non", "oui"], "id": ["A1", "A2", "A3", "A4", "A5"],
    "score or word": ["ravi", "déçu", "neutre", "ravi", "content"], "url": ["https://a.fr/1", "https://a.fr/2", "https://a.fr/3", "https://a.fr/4", "https://a.fr/5"],
}  # fmt: skip
WORDS = ["Boutique", "Site", "Téléphone", "Courrier", "Comptoir"]


def mapping_of(header: str, kind: str) -> str | None:
    stream = io.StringIO()
    rows = zip(range(1, 6), VALUES.get(kind, WORDS), strict=True)
    csv.writer(stream).writerows([["Zzqx", header], *rows])
    table = analysis.read(stream.getvalue().encode(), "x.csv").tables[0]
    return list(table.mapping.values())[-1] if header.strip() in table.mapping else "(header not found)"


def main() -> None:
    folder = ROOT / "analysis" / "reading" / "vocabulary"
    for name in ("headers.tsv", "exports.tsv"):
        with (folder / name).open(encoding="utf-8", newline="") as file:
            lines = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
        meant: dict[str, set[str]] = {}  # a header that stands in two lines, for two fields, may mean either
        for line in lines:
            meant.setdefault(line["header"], set()).add(line.get("field") or "")
        right = wrong = open_ = 0
        for line in lines:
            fields = (line.get("field") or line.get("field(s) by vocabulary") or "").split(",")
            fields = ["family" if field == "touch_type" else field for field in fields]
            rivals = (line.get("ambiguous_with") or "").split(",")
            known = FIELDS.get(fields[0])
            found = mapping_of(line["header"], line.get("type") or (known.type if known else ""))
            if fields == [""]:
                open_ += 1
            elif found and (found in fields or found in rivals or found in meant[line["header"]]):
                right += 1
            else:
                wrong += 1
                print(f"{name} {line['header']!r}: {fields} {rivals} → {found}")
        print(f"{name}: {right} right, {wrong} not, {open_} without a field in the vocabulary")


if __name__ == "__main__":
    main()
