"""The plan over time, from the log."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from analysis import Store
from analysis.charts import progress as drawn
from analysis.project import edits
from analysis.project.draft import Delta
from analysis.project.progress import plan_over_time, states
from tests.pages.boutique import boutique


def test_what_was_planned_and_done_on_each_day_is_worked_out_backwards() -> None:
    """1 May: two actions, 100 and 50; 3 May: one done; 4 May: one dropped and one of 20 to 40 begun; 6 May: today."""
    now = boutique("en").apply(
        [*edits.add_action("A", cost=100.0, status="done"), *edits.add_action("B", cost=50.0, status="dropped"), *edits.add_action("C", cost_low=20.0, cost_high=40.0, status="in_progress")]
    )
    ids = {action.title: id for id, action in now.table("action").items()}
    new = {"status": "to_do"}
    changes = {
        2: [Delta("action", ids["A"], None, {"title": "A", "cost": 100.0, **new}), Delta("action", ids["B"], None, {"title": "B", "cost": 50.0, **new})],
        3: [Delta("action", ids["A"], new, {"status": "done"})],
        4: [Delta("action", ids["B"], new, {"status": "dropped"}), Delta("card", "c_1", None, {"text": "x"})],
        5: [Delta("action", ids["C"], None, {"title": "C", "cost_low": 20.0, "cost_high": 40.0, "status": "in_progress"})],
    }
    days = {1: dt.date(2026, 4, 30), 2: dt.date(2026, 5, 1), 3: dt.date(2026, 5, 3), 4: dt.date(2026, 5, 4), 5: dt.date(2026, 5, 4)}
    frame = states(now, changes, days, dt.date(2026, 5, 6))
    assert [(str(r.date.date())[5:], r.total, r.done, r.running, r.cost, r.cost_done) for r in frame.itertuples()] == [
        ("04-30", 0, 0, 0, 0, 0), ("05-01", 2, 0, 0, 150, 0), ("05-03", 2, 1, 0, 150, 100), ("05-04", 2, 1, 1, 130, 100), ("05-06", 2, 1, 1, 130, 100),
    ]  # fmt: skip
    chart = drawn(frame, "en").to_dict()
    assert "".join(chart["title"]["text"]) == "1 of 2 actions is done, 1 more since 30 Apr 2026"
    assert "log of the project" in " ".join(chart["title"]["subtitle"])


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(f"sqlite:///{tmp_path / 'p.sqlite'}")


def test_the_log_of_a_kept_project_says_it_and_an_undo_counts_as_not_done(store: Store) -> None:
    id = store.create(boutique("en"), author="anne")
    assert plan_over_time(store, id).empty
    commands = edits.add_action("A", cost=100.0)
    store.apply(id, commands, author="anne")
    store.apply(id, edits.change("action", commands[0].id, status="done"), author="anne")
    assert plan_over_time(store, id).iloc[-1][["total", "done", "cost_done"]].tolist() == [1, 1, 100]
    store.undo(id, author="anne")
    frame = plan_over_time(store, id)
    assert frame.iloc[-1][["total", "done", "cost"]].tolist() == [1, 0, 100]
    assert frame.attrs["whole"]
    store.engine.dispose()
