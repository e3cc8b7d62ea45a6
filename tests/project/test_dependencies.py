"""What waits for what in the plan: circles are refused, dates that do not go together are said."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from analysis import InvalidCommand, Project, Store, UndoConflict
from analysis.methods import plan_dates
from analysis.project import edits
from analysis.project.planning import change_action


def chain(*titles: str) -> tuple[Project, list[str]]:
    """Actions of which each needs the one before."""
    made = [edits.add_action(title)[0] for title in titles]
    ids = [command.id for command in made]
    project = Project.new("Shop", language="en").apply(made)
    return project.apply([c for one, other in zip(ids[1:], ids, strict=False) for c in change_action(one, "depends_on", [other], "en")]), ids


def test_an_action_that_would_wait_for_itself_is_refused_with_the_way_round() -> None:
    project, ids = chain("Audit", "Design", "Build")
    with pytest.raises(InvalidCommand) as refused:
        project.apply(change_action(ids[0], "depends_on", [ids[2]], "en"))
    assert refused.value.code == "circle"
    assert refused.value.message("en") == "An action cannot wait for itself: Audit → Build → Design → Audit."
    assert "dépendre d’elle-même\u00a0: Audit → Build" in refused.value.message("fr")


def test_an_action_does_not_need_itself_and_two_roads_to_one_action_are_no_circle() -> None:
    project, ids = chain("Audit", "Design", "Build")
    with pytest.raises(InvalidCommand):
        project.apply(change_action(ids[0], "depends_on", [ids[0]], "en"))
    both = project.apply(change_action(ids[2], "depends_on", [ids[0], ids[1]], "en"))
    assert both.table("action")[ids[2]].depends_on == [ids[0], ids[1]]


def test_two_people_cannot_close_a_circle_between_them(tmp_path: Path) -> None:
    project, ids = chain("Audit")
    other = edits.add_action("Design")
    with_both = project.apply(other)
    store = Store(f"sqlite:///{tmp_path / 'p.sqlite'}")
    id = store.create(with_both, author="anne")
    store.apply(id, change_action(ids[0], "depends_on", [other[0].id], "en"), author="anne")
    store.undo(id, author="anne")
    store.apply(id, change_action(other[0].id, "depends_on", [ids[0]], "en"), author="zoe")
    with pytest.raises(UndoConflict):
        store.redo(id, author="anne")
    with pytest.raises(InvalidCommand):
        store.apply(id, change_action(ids[0], "depends_on", [other[0].id], "en"), author="anne")
    store.engine.dispose()


def dated(**columns: list[object]) -> list[tuple[str, str, str | None, str]]:
    frame = pd.DataFrame({"status": "to_do", "start_date": None, "due_date": None, "depends_on": [[] for _ in columns["id"]]} | columns)
    for name in ("start_date", "due_date"):
        frame[name] = pd.to_datetime(frame[name])
    found = plan_dates(frame)
    return [(row["id"], row["kind"], None if pd.isna(row["other"]) else row["other"], str(row["day"])[:10]) for row in found.to_dict("records")]


def test_an_action_that_starts_before_what_it_needs_is_due_is_said_and_the_same_day_is_not() -> None:
    plan = {"id": ["a", "b"], "due_date": ["2026-03-10", None], "depends_on": [[], ["a"]]}
    assert dated(**plan, start_date=[None, "2026-03-09"]) == [("b", "before_needed", "a", "2026-03-10")]
    assert dated(**plan, start_date=[None, "2026-03-10"]) == []


def test_without_a_start_its_due_date_tells() -> None:
    plan = {"id": ["a", "b"], "depends_on": [[], ["a"]]}
    assert dated(**plan, due_date=["2026-03-10", "2026-03-09"]) == [("b", "due_before_needed", "a", "2026-03-10")]
    assert dated(**plan, due_date=["2026-03-10", "2026-03-10"]) == []
    assert dated(**plan, due_date=[None, "2026-03-09"]) == []


def test_what_is_done_holds_nobody_up_and_what_was_dropped_is_said() -> None:
    plan = {"id": ["a", "b"], "start_date": [None, "2026-03-01"], "due_date": ["2026-03-10", None], "depends_on": [[], ["a"]]}
    assert dated(**plan, status=["done", "to_do"]) == []
    assert dated(**plan, status=["to_do", "done"]) == []
    assert [clash[:3] for clash in dated(**plan, status=["dropped", "to_do"])] == [("b", "needs_dropped", "a")]


def test_a_due_date_before_the_start_is_said() -> None:
    assert dated(id=["a"], start_date=["2026-03-10"], due_date=["2026-03-09"]) == [("a", "due_before_start", None, "2026-03-09")]
