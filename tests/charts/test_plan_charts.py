"""The charts of the plan: timeline, spending, ranges of ranks."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from analysis import MissingColumns, best_under_budget, charts

TODAY = dt.date(2026, 11, 21)
PLAN = pd.DataFrame(
    {
        "action": ["Quote", "Prices", "Mail", "Call"],
        "start_date": pd.to_datetime(["2026-10-01", "2026-11-01", None, None]),
        "due_date": pd.to_datetime(["2026-11-10", "2026-12-20", "2026-11-01", None]),
        "status": ["in_progress", "to_do", "done", "to_do"],
        "score": [60, 50, 40, 3],
        "cost": [4000, 3000, 2000, None],
    }
)


def said(chart: object) -> str:
    return " ".join(chart.to_dict()["title"]["text"]).replace("\u00a0", " ")  # type: ignore[attr-defined]


@pytest.mark.parametrize(("language", "title"), [("en", "1 of 3 actions is overdue"), ("fr", "1 action sur 3 est en retard")])
def test_the_timeline_names_what_is_overdue_done_is_never_late(language: str, title: str) -> None:
    chart = charts.timeline(PLAN, language, today=TODAY)
    assert said(chart) == title
    assert chart.usermeta == {"shown": 3, "overdue": 1, "arrows": 0, "undated": ["Call"]}


def test_the_day_an_action_is_due_it_is_not_late_yet() -> None:
    assert charts.timeline(PLAN, today=dt.date(2026, 11, 10)).usermeta["overdue"] == 0


def test_the_spending_chart_says_what_is_left() -> None:
    # 4,000 and 2,000 run or are done; 1,000 of 7,000 are left, less than the 3,000 of the next
    assert said(charts.spending(best_under_budget(PLAN, 7000))) == "The best set costs €6,000, €1,000 of the budget is left"
    assert said(charts.spending(best_under_budget(PLAN, 5000))) == "What already runs costs €1,000 more than the budget"


def test_ranges_of_ranks_count_the_solid_ones_of_the_top() -> None:
    frame = pd.DataFrame(
        {"touchpoint": list("ABC"), "rank": [1, 2, 3], "low": [1, 1, 2], "high": [1, 3, 3], "firmness": ["solid", "fragile", "out"]}
    )
    chart = charts.ranks(frame, k=2)
    assert said(chart) == "1 of the first 2 is solid"
    assert chart.usermeta == {"shown": 3, "solid": 1, "fragile": 1}


def test_a_missing_column_is_named() -> None:
    with pytest.raises(MissingColumns, match="due_date"):
        charts.timeline(PLAN.drop(columns="due_date"), today=TODAY)


def test_an_arrow_leads_to_what_needs_an_action_and_is_marked_where_the_dates_do_not_go_together() -> None:
    plan = pd.DataFrame(
        {
            "id": ["a", "b", "c"], "action": ["Audit", "Design", "Build"], "status": "to_do", "depends_on": [[], ["a"], ["b", "gone"]],
            "start_date": pd.to_datetime(["2026-10-01", "2026-10-20", "2026-10-25"]),
            "due_date": pd.to_datetime(["2026-10-20", "2026-11-05", "2026-11-25"]),
        }
    )  # fmt: skip
    chart = charts.timeline(plan, "fr", today=TODAY)
    assert chart.usermeta["arrows"] == 2
    assert any("Les flèches" in line for line in chart.to_dict()["title"]["subtitle"])
    ends = next(rows for rows in chart.to_dict()["datasets"].values() if "arrow" in rows[0])
    assert [(row["place"], row["day"][:10], row["clash"]) for row in ends] == [
        ("0000", "2026-10-21", False), ("0001", "2026-10-20", False), ("0001", "2026-11-06", True), ("0002", "2026-10-25", True),
    ]  # fmt: skip
    assert charts.timeline(plan.drop(columns="depends_on"), today=TODAY).usermeta["arrows"] == 0
