# ruff: noqa: E501
"""Reading 100,000 × 15 cells of .xlsx to typed, recognised tables, against bare calamine and pandas with openpyxl.

    python benchmarks/reading.py [rows]

Writes its own file in a temporary folder. Prints seconds of processor time, the ratios that DESIGN section 6 budgets
(at most 2 × bare calamine, at most 1/6 of pandas with openpyxl) and peak memory against calamine's (at most 3 ×).
Each measure runs in a process of its own; the reading's own child process is counted.
"""

from __future__ import annotations

import datetime as dt
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
HEADERS = [
    "Identifiant", "Date", "Étape", "Point de contact", "Canal", "Persona", "Commentaire", "Responsable", "Nombre", "NPS (0-10)",
    "Effort (1 à 10)", "Coût (€)", "Couverture", "Moment de vérité", "Horodatage",
]  # fmt: skip

_MEASURE = """
import json, resource, sys, time
sys.path.insert(0, {root!r})
path = {path!r}
{setup}
cpu = lambda: sum(resource.getrusage(who).ru_utime + resource.getrusage(who).ru_stime for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
start, clock = cpu(), time.perf_counter()
{work}
wall = time.perf_counter() - clock
{finish}
own, child = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print(json.dumps(dict(cpu=cpu() - start, wall=wall, peak=(own + child) / 1024, base=base / 1024)))
"""

_JOBS = {
    "calamine": (
        "import python_calamine",
        "rows = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()",
        "",
    ),
    "analysis.read": (
        "import analysis; from analysis.reading import read; from analysis.reading.process import pool",
        "book = read(path); table = book.tables[0]; assert table.kind and len(table.frame) and len(table.mapping) == 15",
        "pool.close()",
    ),
    "pandas + openpyxl": ("import pandas, openpyxl", "frame = pandas.read_excel(path)", ""),
}


def generate(path: Path, rows: int) -> None:
    """A survey-like sheet: ids, dates, texts, counts, money, percentages, flags, times."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    random.seed(1)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Données")
    sheet.append(HEADERS)
    stages, channels = ["Découverte", "Achat", "Livraison", "Usage"], ["Site", "Magasin", "Téléphone", "E-mail"]
    start = dt.datetime(2026, 1, 1)
    for number in range(rows):
        share = WriteOnlyCell(sheet, random.randint(0, 1000) / 1000)
        share.number_format = "0.0%"
        moment = start + dt.timedelta(minutes=number)
        sheet.append([
            f"R{number:06d}", moment.date(), random.choice(stages), f"Point {number % 40}", random.choice(channels), f"Persona {number % 3}",
            f"Commentaire numéro {number} sur la livraison et l'accueil", f"Équipe {number % 7}", random.randint(0, 500), random.randint(0, 10),
            random.randint(1, 10), round(random.random() * 9000, 2), share, random.random() < 0.2, moment,
        ])  # fmt: skip
    book.save(path)


def measure(name: str, path: Path) -> dict[str, float]:
    setup, work, finish = _JOBS[name]
    code = _MEASURE.format(root=str(ROOT), path=str(path), setup=setup, work=work, finish=finish)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    return dict(json.loads(done.stdout))


def main(rows: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "grand.xlsx"
        generate(path, rows)
        print(f"{rows:,} rows × {len(HEADERS)}, {path.stat().st_size / 1e6:.1f} MB")
        found = {name: measure(name, path) for name in _JOBS}
    bare, ours, pandas = (found[name] for name in _JOBS)
    for name, values in found.items():
        print(
            f"{name:18} {values['cpu']:6.2f} s CPU  {values['wall']:6.2f} s  peak {values['peak']:6.0f} MB (before {values['base']:.0f})"
        )
    print(
        f"to calamine: {ours['cpu'] / bare['cpu']:.2f} × (budget 2), to pandas + openpyxl: 1/{pandas['cpu'] / ours['cpu']:.1f} (budget 1/6)"
    )
    print(f"memory to calamine's: {ours['peak'] / bare['peak']:.2f} × (budget 3)")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
