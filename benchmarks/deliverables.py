"""Time of the deliverables of a big project: `python benchmarks/deliverables.py [runs]`. Budget: xlsx + pptx + pdf ≤ 6 s together.

As the product makes them. *One by one*: three clicks, one after the other. *At once*: the zip with the three. Seconds by the clock, and of
processor time in this process and in the one that draws the charts; the least of the runs counts, since other work on the machine only
ever adds. The first run is given apart; as on the page of deliverables, what makes the files was imported before it.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from analysis.language import LANGUAGES
from analysis.reports import bundle, export, warm
from analysis.studio import studio
from benchmarks.big import big_sample

BUDGET = 6.0
KINDS = ("xlsx", "pptx", "pdf")


def processor() -> float:
    """Seconds of processor time so far: this process, and the one that draws (on Linux)."""
    own = time.process_time()
    try:
        fields = Path(f"/proc/{studio.process_id}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return own
    return own + (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measured(work: Callable[[], bytes]) -> tuple[float, float, int]:
    """Seconds by the clock, of processor time, and bytes."""
    clock, spent = time.perf_counter(), processor()
    size = len(work())
    return time.perf_counter() - clock, processor() - spent, size


def main() -> int:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    project, over = big_sample(), False
    warm()
    print(f"{'':14}{'first':>8}{'least':>8}{'processor':>11}{'KB':>8}   (seconds; {runs} runs; budget {BUDGET:.0f} s)")
    for language in LANGUAGES:
        together = [0.0, 0.0]
        for kind in KINDS:
            found = [measured(lambda k=kind, la=language: export(project, k, la)) for _ in range(runs)]  # type: ignore[misc]
            tell(f"{language} {kind}", found)
            together = [together[0] + min(clock for clock, _, _ in found), together[1] + min(spent for _, spent, _ in found)]
        print(f"{language} one by one  {'':6}{together[0]:8.2f}{together[1]:11.2f}")
        at_once = [measured(lambda la=language: bundle(project, la, kinds=KINDS)) for _ in range(runs)]  # type: ignore[misc]
        tell(f"{language} at once", at_once)
        over = over or together[0] > BUDGET or min(clock for clock, _, _ in at_once) > BUDGET
    studio.close()
    print("over budget" if over else "within the budget")
    return int(over)


def tell(name: str, found: list[tuple[float, float, int]]) -> None:
    clocks, spent = [clock for clock, _, _ in found], [cpu for _, cpu, _ in found]
    print(f"{name:14}{clocks[0]:8.2f}{min(clocks):8.2f}{min(spent):11.2f}{found[0][2] / 1000:8.0f}")


if __name__ == "__main__":
    sys.exit(main())
