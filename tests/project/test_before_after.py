"""The same figures before and after a day, with values worked out by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pytest

from analysis import Filter, Project, before_after
from analysis.charts.before_after import before_after as drawn
from analysis.errors import BadScale
from analysis.project import Put
from analysis.project.evidence import pack

DAY = dt.date(2024, 3, 1)


def study(rows: list[tuple[Any, ...]]) -> Project:
    """Stages Buy (touchpoint Till) and Use (touchpoint App); ``rows``: touchpoint, measure, value, low, high, who, day, side."""
    project = Project.new("Study", language="en", stages=[])
    journey = project.first_journey
    commands: list[Any] = []
    for order, (stage, touchpoint) in enumerate([("Buy", "Till"), ("Use", "App")]):
        commands += [
            Put("stage", f"s_{stage}", {"journey": journey, "name": stage, "order": float(order)}),
            Put("touchpoint", f"t_{touchpoint}", {"name": touchpoint}),
            Put("placement", f"p_{touchpoint}", {"journey": journey, "touchpoint": f"t_{touchpoint}", "stage": f"s_{stage}"}),
        ]
    names = ["touchpoint_label", "measure", "value", "low", "high", "respondent", "date", "side"]
    key, data = pack(pd.DataFrame(rows, columns=names))
    links = {"touchpoints": {"Till": "t_Till", "App": "t_App"}}
    return project.apply([*commands, Put("evidence", "e_1", {"blob": key, "rows": len(rows), "title": "S", "source": "S"} | links, {key: data})])


def rated(touchpoint: str | None, values: list[float], day: str | None, *, measure: str = "satisfaction", ends: tuple[float, float] = (1, 5),
          side: str = "customer", who: str = "r") -> list[tuple[Any, ...]]:  # fmt: skip
    return [(touchpoint, measure, value, *ends, f"{who}{day}{n}", day, side) for n, value in enumerate(values)]


def row(table: pd.DataFrame, label: str) -> dict[Any, Any]:
    return table.set_index("label").loc[label].to_dict()


# Till: 2 3 3 2 3 before (emotion −1 0 0 −1 0, mean −0.4, variance 0.3), 4 5 5 4 4 after (1 2 2 1 1, mean 1.4, variance 0.3)
TILL = rated("Till", [2, 3, 3, 2, 3], "2024-02-29") + rated("Till", [4, 5, 5, 4, 4], "2024-03-01")


def test_a_stage_before_and_after_with_welchs_interval() -> None:
    found = row(before_after(study(TILL), DAY), "Buy")
    assert (found["before"], found["n_before"]) == (pytest.approx(-0.4), 5)
    assert (found["after"], found["n_after"]) == (pytest.approx(1.4), 5)
    assert found["change"] == pytest.approx(1.8)
    # standard error √(0.3/5 + 0.3/5) = 0.34641, 8 degrees of freedom, t = 2.30600: 1.8 ± 0.79883
    assert (found["low"], found["high"]) == (pytest.approx(1.00117, abs=1e-4), pytest.approx(2.59883, abs=1e-4))
    assert found["verdict"] == "better"


def test_the_day_itself_is_after_and_the_touchpoint_says_the_same_as_its_stage() -> None:
    table = before_after(study(TILL), DAY)
    assert row(table, "Till")["change"] == row(table, "Buy")["change"]
    assert table.attrs["date"] == DAY
    assert (table.attrs["n_before"], table.attrs["n_after"]) == (5, 5)


def test_a_stage_without_answers_on_a_side_is_a_gap_and_not_a_zero() -> None:
    found = row(before_after(study(TILL + rated("App", [4, 4], "2024-03-05")), DAY), "Use")
    assert pd.isna(found["before"])
    assert pd.isna(found["change"])
    assert pd.isna(found["verdict"])
    assert (found["n_before"], found["n_after"], found["after"]) == (0, 2, 1.0)


def test_fewer_than_five_on_a_side_is_too_few_whatever_the_interval_says() -> None:
    table = before_after(study(rated("Till", [1, 1, 1, 2], "2024-02-01") + rated("Till", [5, 5, 5, 4, 5], "2024-03-05")), DAY)
    found = row(table, "Buy")
    assert found["low"] > 0
    assert found["verdict"] == "few"


def test_all_alike_on_both_sides_has_no_interval() -> None:
    found = row(before_after(study(rated("Till", [3] * 5, "2024-02-01") + rated("Till", [4] * 5, "2024-03-05")), DAY), "Buy")
    assert found["change"] == 1.0
    assert pd.isna(found["low"])
    assert found["verdict"] == "unclear"


def test_a_respondent_counts_once_on_each_side() -> None:
    twice = [("Till", "satisfaction", value, 1, 5, "anne", "2024-02-01", "customer") for value in (1, 5)]
    assert row(before_after(study(TILL + twice), DAY), "Buy")["n_before"] == 6


def test_csat_with_newcombes_own_example() -> None:
    # Newcombe (1998), method 10: 56 of 70 against 48 of 80: difference 20 %, from 5.24 % to 33.39 %
    rows = rated(None, [4] * 48 + [2] * 32, "2024-02-01") + rated(None, [5] * 56 + [3] * 14, "2024-03-01")
    found = row(before_after(study(rows), DAY), "CSAT")
    assert (found["before"], found["after"], found["change"]) == (pytest.approx(60), pytest.approx(80), pytest.approx(20))
    assert (found["low"], found["high"]) == (pytest.approx(5.24, abs=0.01), pytest.approx(33.39, abs=0.01))
    assert found["verdict"] == "better"


def test_nps_from_the_intervals_of_both_sides() -> None:
    rows = rated(None, [10] * 10 + [8] * 5 + [3] * 5, "2024-02-01", measure="nps", ends=(0, 10))
    rows += rated(None, [10] * 4 + [8] * 6 + [3] * 10, "2024-03-01", measure="nps", ends=(0, 10))
    found = row(before_after(study(rows), DAY), "NPS")
    assert (found["before"], found["after"], found["change"]) == (25.0, -30.0, -55.0)
    # adjusted shares of 23: 10.75 and 5.75, then 4.75 and 10.75; intervals −11.72…55.19 and −57.90…5.72
    # low −55 − √((−30 + 57.90)² + (55.19 − 25)²), high −55 + √((5.72 + 30)² + (25 + 11.72)²)
    assert found["low"] == pytest.approx(-96.11, abs=0.01)
    assert found["high"] == pytest.approx(-3.77, abs=0.02)
    assert found["verdict"] == "worse"


def test_an_effort_scale_on_which_less_is_better_is_not_turned_but_judged_so() -> None:
    rows = rated(None, [6, 7, 6, 7, 6], "2024-02-01", measure="ces", ends=(7, 1))
    rows += rated(None, [2, 1, 2, 1, 2], "2024-03-01", measure="ces", ends=(7, 1))
    found = row(before_after(study(rows), DAY), "CES")
    assert (found["before"], found["after"]) == (pytest.approx(6.4), pytest.approx(1.6))
    assert found["high"] < 0
    assert found["verdict"] == "better"


def test_staff_votes_and_undated_answers_are_not_compared() -> None:
    rows = TILL + rated("Till", [1], None) + rated("Till", [1] * 9, "2024-02-01", side="staff")
    table = before_after(study(rows), DAY)
    assert row(table, "Buy")["n_before"] == 5
    assert table.attrs["undated"] == 1


def test_without_a_day_the_answers_are_parted_in_halves() -> None:
    rows = rated("Till", [1], "2024-01-01") + rated("Till", [2], "2024-02-01") + rated("Till", [3], "2024-04-01")
    assert before_after(study(rows)).attrs["date"] == dt.date(2024, 2, 1)
    same = rated("Till", [1, 2, 3], "2024-01-01") + rated("Till", [4], "2024-05-05")
    assert before_after(study(same)).attrs["date"] == dt.date(2024, 5, 5)
    assert before_after(study(rated("Till", [1], None))).attrs["date"] is None


def test_a_filtered_project_is_compared_within_its_filter() -> None:
    project = study(TILL + rated("App", [4] * 5, "2024-02-01") + rated("App", [2] * 5, "2024-03-05"))
    assert before_after(project.filtered(Filter(stages=("s_Use",))), DAY)["label"].tolist() == ["CSAT", "Use", "App"]


def test_a_confidence_of_two_is_refused() -> None:
    with pytest.raises(BadScale):
        before_after(study(TILL), DAY, confidence=2)


def test_the_chart_says_what_changed() -> None:
    chart = drawn(before_after(study(TILL), DAY), "fr").to_dict()
    assert " ".join(chart["title"]["text"]) == "Depuis le 1er mars 2024\u00a0: 1 nettement mieux, sur 1"
    assert chart["usermeta"] == {"shown": 1, "better": 1, "worse": 0, "missing": 1}


def test_the_chart_of_a_project_without_answers_says_so() -> None:
    title = drawn(Project.new("Empty", language="en"), "en").to_dict()["title"]["text"]
    assert " ".join(title) == "Nothing was answered both before and after that day"
