"""What editing a big project costs: `python benchmarks/project.py`. Each figure is the median of several runs.

An edit costs what the store needs to keep it, and what the frames of the page that shows it need to be ready again.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from analysis.project import Change, Project, Put, Remove, Store, edits
from analysis.project.commands import Command
from analysis.project.priorities import priorities
from analysis.project.views import journey_view
from benchmarks.big import JOURNEY, big_sample

#: what a page asks a project for
PAGES: dict[str, Callable[[Project], object]] = {
    "journey": lambda project: journey_view(project, language="en"),
    "priorities": priorities,
    "plan": lambda project: project.actions,
    "evidence": lambda project: project.evidence,
}


def edits_of(n: int) -> dict[str, list[Command]]:
    """An edit of each kind that people make, different at each turn."""
    return {
        "drag an emotion": edits.set_score("s_03", "emotion", (n % 5) / 2, author="a"),
        "drag a bubble": edits.set_score("t_010", "impact", 1 + n % 10, author="a"),
        "type on a card": [Change("card", "c_010", {"text": f"Typed {n}"})],
        "rename a touchpoint": [Change("touchpoint", "t_020", {"name": f"Name {n}"})],
        "rename a stage": [Change("stage", "s_05", {"name": f"Stage {n}"})],
        "move a touchpoint": [Change("placement", "p_030", {"stage": f"s_{n % 12:02}"})],
        "add a touchpoint": [
            Put("touchpoint", f"t_n{n}", {"name": f"New {n}"}),
            Put("placement", f"p_n{n}", {"journey": JOURNEY, "touchpoint": f"t_n{n}", "stage": "s_00"}),
        ],
        "remove a card": [Remove("card", f"c_{100 + n}")],
        "set an action": [Change("action", "a_03", {"progress": n % 100})],
        "set a weight": edits.set_weights({"cost": n % 10}),
        "link a label": [Change("evidence", "e_big", {"touchpoints.Touchpoint 5": f"t_{n % 300:03}"})],
    }


def milliseconds(work: Callable[[], object]) -> float:
    """Processor time: what others do on the machine does not count."""
    started = time.process_time()
    work()
    return (time.process_time() - started) * 1000


def measure(store: Store, id: str, turns: int = 7) -> dict[str, dict[str, float]]:
    """edit → {"apply": ms, page: ms until its frames are ready, …}, medians."""
    found: dict[str, dict[str, list[float]]] = {}
    for n in range(turns):
        for name, commands in edits_of(n).items():
            times = found.setdefault(name, {})
            for page, ask in PAGES.items():
                ask(store.load(id))  # the page as it was before the edit
                before = store.revision(id)
                times.setdefault("apply", []).append(milliseconds(lambda c=commands: store.apply(id, c, author="a")))  # type: ignore[misc]
                times.setdefault(page, []).append(milliseconds(lambda a=ask: a(store.load(id))))  # type: ignore[misc]
                if store.revision(id) > before:
                    store.undo(id, author="a")
    return {name: {part: statistics.median(values) for part, values in times.items()} for name, times in found.items()}


def main() -> None:
    started = time.perf_counter()
    project = big_sample()
    print(f"made in {time.perf_counter() - started:.2f} s")
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'big.sqlite'}"
        store = Store(url)
        id = store.create(project, author="a")
        for page, ask in PAGES.items():
            fresh = Store(url).load(id)
            print(f"{page:12} first time {milliseconds(lambda a=ask, p=fresh: a(p)):7.1f} ms")  # type: ignore[misc]
        print(f"\n{'edit':22}" + "".join(f"{part:>12}" for part in ("apply", *PAGES)) + "   (ms, median)")
        for name, times in measure(store, id).items():
            print(f"{name:22}" + "".join(f"{times[part]:12.1f}" for part in ("apply", *PAGES)))
        store.apply(id, edits.set_weights({"cost": 9}), author="a")
        print(f"\nundo {milliseconds(lambda: store.undo(id, author='a')):.1f} ms")
        print(f"redo {milliseconds(lambda: store.redo(id, author='a')):.1f} ms")
        other = Store(url)
        print(f"load in another process {milliseconds(lambda: other.load(id)):.1f} ms at revision {store.revision(id)}")
        print(f"history {milliseconds(lambda: store.history(id)):.1f} ms")
        copies: list[bytes] = []
        print(f"save a copy {milliseconds(lambda: copies.append(store.save_copy(id))):.0f} ms, {len(copies[0]) / 1e6:.1f} MB")
        print(f"open a copy {milliseconds(lambda: store.open_copy(copies[0])):.0f} ms")
    tracemalloc.start()
    kept = big_sample()
    for ask in PAGES.values():
        ask(kept)
    print(f"memory with every frame: {tracemalloc.get_traced_memory()[0] / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
