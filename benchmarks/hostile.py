"""Time and memory of each hostile file of tests/reading/hostile.py, the reading process counted.

python benchmarks/hostile.py [name …]
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
_ONE = """
import json, resource, sys, time
sys.path[:0] = [{root!r}, {tests!r}]
import hostile
data = hostile.MAKERS[{name!r}]()
import analysis
from analysis.reading import read
from analysis.reading.process import pool
start = time.perf_counter()
try:
    book = read(data, {name!r})
    said = ", ".join(f"{{table.kind}} {{table.raw.shape}}" for table in book.tables)
    book.problems_in("fr")
except analysis.ReadError as error:
    said = f"{{error.code}}: {{error.message('fr')}}"
wall = time.perf_counter() - start
pool.close()
child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps(dict(wall=wall, child=child, own=own, said=said[:150])))
"""


def main(names: list[str]) -> None:
    sys.path[:0] = [str(ROOT / "tests" / "reading")]
    import hostile

    for name in names or hostile.MAKERS:
        code = _ONE.format(root=str(ROOT), tests=str(ROOT / "tests" / "reading"), name=name)
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"{name:32} UNCAUGHT {done.stderr.strip().splitlines()[-1:]}")
            continue
        seen = json.loads(done.stdout)
        flag = "  <-- over" if seen["wall"] > 10 or seen["child"] + seen["own"] > 600 else ""
        print(
            f"{name:32} {seen['wall']:5.1f} s  {seen['own']:4.0f} + {seen['child']:4.0f} MB  {seen['said']}{flag}",
            flush=True,
        )


if __name__ == "__main__":
    main(sys.argv[1:])
