"""Server time of a rerun of each page on a big project, `python benchmarks/pages.py [runs] [--filter | --views]`: budget 200 ms, median.

Each page of the registry is opened once in Streamlit's AppTest (the whole script, without the browser), then run again, untouched.
Two figures: processor time, which other work on the machine does not change, and time by the clock. A last column gives the
rerun after somebody's edit of a score, when what the page shows has to be worked out anew. ``--filter``: with a filter of four stages,
a segment and a period active. ``--views``: each view of the priorities instead, with processor time of what a consultant asks in front
of a client: nothing new, another weight, another score tried out, other stages, another segment and period.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.big import big_sample  # noqa: E402

BUDGET = 200.0
FILTER = {"stage": [f"s_{n:02}" for n in (2, 4, 6, 8)], "segment": "segment", "is": ["New", "Loyal"], "from": "2026-02-01"}


def visited(page: str, id: str, query: dict[str, Any]) -> Any:
    """The app on that page with the project opened."""
    from streamlit.testing.v1 import AppTest

    app = AppTest.from_file(str(ROOT / "pages" / "_router.py"), default_timeout=120)
    app.query_params["project"], app.query_params["lang"] = id, "en"
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    app.switch_page(f"{page}.py")
    return again(app, id)


def again(app: Any, id: str) -> Any:
    app.query_params["project"] = id
    app.run()
    if app.exception:
        raise RuntimeError(app.exception[0].message)
    return app


def median(work: Callable[[int], object], runs: int) -> tuple[float, float]:
    """Milliseconds: processor time, and by the clock."""
    processor, clock = [], []
    for number in range(runs):
        started = time.process_time(), time.perf_counter()
        work(number)
        processor.append((time.process_time() - started[0]) * 1000)
        clock.append((time.perf_counter() - started[1]) * 1000)
    return statistics.median(processor), statistics.median(clock)


def measure(runs: int = 9, query: dict[str, Any] | None = None) -> dict[str, tuple[float, float, float]]:
    """page → (processor ms of a rerun, by the clock, processor ms of a rerun after an edit)."""
    from analysis.project import Store, edits
    from pages._router import SCREENS

    store = Store()
    id = store.create(big_sample(), author="anne")
    found = {}
    for screen in (screen for screen in SCREENS if screen.file.exists()):
        app = visited(screen.name, id, query or {})
        processor, clock = median(lambda _, a=app: again(a, id), runs)  # type: ignore[misc]

        def after_an_edit(number: int, app: Any = app) -> None:
            store.apply(id, edits.set_score("t_010", "impact", 1 + number % 9, author="anne"), author="anne")
            again(app, id)

        found[screen.name] = (processor, clock, median(after_an_edit, runs)[0])
    store.engine.dispose()
    return found


# --- each view of the priorities --------------------------------------------------------------------------------


def _weight(app: Any, id: str, number: int) -> None:
    app.session_state["weight_impact"] = 0.5 + number % 18 / 2


def _score(app: Any, id: str, number: int) -> None:
    from analysis.project.entry import typed_scores

    edit = typed_scores([("t_010", "impact", str(1 + number % 9))], "en", author="anne")[0]
    app.session_state["_tried_scores"] = {id: {("t_010", "impact"): edit}}


def _stages(app: Any, id: str, number: int) -> None:
    app.query_params["stage"] = [f"s_{(number + step) % 12:02}" for step in range(0, 9, 2)]


def _segment(app: Any, id: str, number: int) -> None:
    app.query_params["segment"], app.query_params["is"] = "attr:Segment", [("New", "Regular", "Loyal")[number % 3]]
    app.query_params["from"] = f"2026-01-{1 + number:02}"


VIEWS = ("matrix", "pareto", "ranking", "firmness", "reach", "importance", "gaps", "change", "budget")
ASKED: dict[str, Callable[[Any, str, int], None]] = {
    "rerun": lambda app, id, number: None, "weight": _weight, "score": _score, "stages": _stages, "segment": _segment,
}  # fmt: skip


def of_views(runs: int) -> dict[str, dict[str, float]]:
    """view → what is asked → processor ms of the run that answers it. Each answer is asked for the first time: nothing is ready."""
    from analysis.project import Store

    store = Store()
    id = store.create(big_sample(), author="anne")
    found: dict[str, dict[str, float]] = {}
    for view in VIEWS:
        found[view] = {}
        for name, ask in ASKED.items():
            app = visited("priorities", id, {})
            app.session_state["priorities_view"] = view
            again(app, id)
            again(app, id)

            def answered(number: int, app: Any = app, ask: Any = ask) -> None:
                ask(app, id, number)
                again(app, id)

            found[view][name] = median(answered, runs)[0]
    store.engine.dispose()
    return found


def print_views(found: dict[str, dict[str, float]]) -> None:
    print(f"{'view':12}" + "".join(f"{name:>10}" for name in ASKED) + f"   (ms of processor time; budget {BUDGET:.0f})")
    for view, asked in found.items():
        over = "   over" if max(asked.values()) > BUDGET else ""
        print(f"{view:12}" + "".join(f"{value:10.0f}" for value in asked.values()) + over)


def main() -> int:
    runs = next((int(word) for word in sys.argv[1:] if word.isdigit()), 9)
    query = FILTER if "--filter" in sys.argv else {}
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PARCOURS_HOME"] = folder
        os.environ.pop("PARCOURS_DATABASE_URL", None)
        if "--views" in sys.argv:
            print_views(of_views(runs))
            return 0
        found = measure(runs, query)
    print(f"{'page':12}{'rerun':>10}{'by clock':>10}{'after edit':>12}   (ms, median of {runs}; budget {BUDGET:.0f})")
    for page, (processor, clock, edited) in found.items():
        print(f"{page:12}{processor:10.0f}{clock:10.0f}{edited:12.0f}{'' if processor <= BUDGET else '   over'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
