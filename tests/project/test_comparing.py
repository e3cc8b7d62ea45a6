"""Counting by persona, cause and theme, and two sides in the same order."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from analysis import Project
from analysis.charts import comparison
from analysis.charts.pareto import pareto as drawn
from analysis.project import edits
from analysis.project.commands import Put
from analysis.project.comparing import Side, compared, personas_in
from analysis.project.evidence import pack
from analysis.project.measures import amounts, available_groupings, steadiness, vital_few
from tests.pages.boutique import CALL, QUOTE, SITE, boutique


def with_cards() -> Project:
    """Zoé: 3 waits at the site, 1 at the quote; Max: 4 prices at the quote, 1 wait at the call."""
    project = boutique("en")
    journey = project.first_journey
    commands = [Put("persona", "pe_1", {"name": "Zoé"}), Put("persona", "pe_2", {"name": "Max"})]
    said = [(SITE, "pe_1", "Too long to wait", "Few staff")] * 3 + [(QUOTE, "pe_1", "I had to wait", "Few staff")]
    said += [(QUOTE, "pe_2", "Too expensive", "Old prices")] * 4 + [(CALL, "pe_2", "Twenty minutes in the queue", "")]
    for n, (touchpoint, persona, text, cause) in enumerate(said):
        values = {"journey": journey, "kind": "pain_point", "touchpoint": touchpoint, "persona": persona, "text": text, "cause": cause}
        commands.append(Put("card", f"x_{n}", values))
    return project.apply(commands)


def counts(project: Project, by: str) -> dict[str, float]:
    table = vital_few(project, "pain_points", by)
    return {str(label): float(value) for label, value in zip(table["label"], table["value"], strict=True) if value}


def test_pain_points_are_counted_by_persona_by_cause_and_by_theme() -> None:
    project = with_cards()
    assert counts(project, "persona") == {"Max": 5, "Zoé": 4}
    assert counts(project, "cause") == {"Few staff": 4, "Old prices": 4}
    assert counts(project, "theme")["price"] >= 4
    assert counts(project, "theme")["wait"] >= 5
    assert {"persona", "cause", "theme"} <= set(available_groupings(project, "pain_points"))
    assert not {"persona", "cause", "theme"} & set(available_groupings(project, "cost"))


def with_others() -> Project:
    """Causes of pain points: 5 “Autre (précisez)”, 3 “Divers”, 2 prices, 1 queue, 1 staff; the “others” say nothing."""
    project = boutique("en")
    causes = ["Autre (précisez)"] * 5 + ["Divers"] * 3 + ["Prices"] * 2 + ["Queue", "Staff"]
    return project.apply(
        [
            Put("card", f"y_{n}", {"journey": project.first_journey, "kind": "pain_point", "touchpoint": SITE, "text": f"{n}", "cause": cause})
            for n, cause in enumerate(causes)
        ]
    )


def test_what_files_call_other_is_one_bar_that_stands_last_and_is_never_one_of_the_vital_few() -> None:
    project = with_others()
    table = vital_few(project, "pain_points", "cause", threshold=0.3)
    assert table[["label", "value", "vital"]].values.tolist() == [
        ["Prices", 2, True], ["Queue", 1, True], ["Staff", 1, True], ["Autre (précisez)", 8, False],
    ]  # fmt: skip
    assert (table.attrs["other"], table.attrs["items"], round(table.attrs["other_share"], 4)) == ("Autre (précisez)", 3, 0.6667)
    whole = vital_few(project, "pain_points", "cause")
    assert (whole.attrs["vital_count"], whole.attrs["reachable"]) == (0, False)  # 4 of 12 cannot be 80 %
    assert steadiness(project, "pain_points", "cause", threshold=0.3).set_index("label")["stays"]["Autre (précisez)"] == 0
    sides = compared(project, "pain_points", Side("One"), Side("Two"), "cause")
    assert sides["label"].tolist() == ["Prices", "Queue", "Staff", "Autre (précisez)"]


def test_the_complaints_of_a_touchpoint_are_the_evidence_however_they_are_grouped() -> None:
    project = boutique("en").apply(edits.set_score(SITE, "complaints", 5000, author="anne"))
    stays = steadiness(project, "complaints", "family").set_index("label")["stays"]
    assert stays.to_dict() == {"marketing": 1.0, "sales": 0.0, "customer_service": 0.0}
    inside = vital_few(project, "complaints", inside=("family", "marketing"))
    assert (inside["label"].tolist(), inside.attrs["vital_count"], inside.attrs["flat"]) == (["Site web", "Newsletter"], 1, False)


def test_what_has_no_cause_belongs_to_no_group_and_is_said() -> None:
    assert vital_few(with_cards(), "pain_points", "cause").attrs["unknown"] == 5  # four of the boutique's and the one of the call


def test_two_personas_stand_in_the_order_of_the_first() -> None:
    project = with_cards()
    assert personas_in(project, "pain_points") == ["Max", "Zoé"]
    table = compared(project, "pain_points", Side("Zoé", persona="Zoé"), Side("Max", persona="Max"))
    assert table[["label", "first", "second"]].values.tolist() == [["Site web", 3, 0], ["Devis", 1, 4], ["Appel", 0, 1]]
    assert table["first_share"].tolist() == [0.75, 0.25, 0]
    assert table["second_share"].tolist() == [0, 0.8, 0.2]
    assert table["first_vital"].tolist() == [True, True, False]
    assert table.attrs["both_vital"] == 1
    chart = comparison(table, "en", measure="Pain points").to_dict()
    assert chart["title"]["text"] == ["1 of the 2 vital few of Zoé is one of Max too"]
    assert "In the order of Zoé" in " ".join(chart["title"]["subtitle"])


def answered() -> Project:
    """Unhappy answers: in January 6 at the site and 2 at the quote, in June 1 at the site and 5 at the quote."""
    project = boutique("en")
    rows = [("Site web", "2026-01-10")] * 6 + [("Devis", "2026-01-20")] * 2 + [("Site web", "2026-06-05")] + [("Devis", "2026-06-10")] * 5
    frame = pd.DataFrame(
        {
            "touchpoint_label": [name for name, _ in rows], "date": pd.to_datetime([day for _, day in rows]), "value": 1.0, "low": 1.0,
            "high": 5.0, "measure": "satisfaction", "side": "customer", "respondent": [f"r{n}" for n in range(len(rows))],
        }
    )  # fmt: skip
    key, data = pack(frame)
    links = {"Site web": SITE, "Devis": QUOTE}
    values = {"blob": key, "rows": len(frame), "title": "Survey", "touchpoints": links}
    return project.apply([Put("evidence", "e_1", values, payloads={key: data})])


def test_two_periods_and_how_sure_each_is() -> None:
    project = answered()
    day = dt.date(2026, 3, 1)
    table = compared(
        project, "unhappy", Side("before", period=(None, day - dt.timedelta(days=1))), Side("after", period=(day, None)), threshold=0.7
    )
    assert table[["label", "first", "second"]].values.tolist() == [["Site web", 6, 1], ["Devis", 2, 5]]
    assert (table.attrs["first_total"], table.attrs["second_total"]) == (8, 6)
    stays = steadiness(project, "unhappy", threshold=0.7, period=(day, None)).set_index("label")["stays"]
    assert stays["Devis"] > 0.9
    assert stays["Site web"] < 0.5


def test_costs_are_not_drawn_again() -> None:
    assert steadiness(boutique("en"), "cost")["stays"].isna().all()


@pytest.mark.parametrize("width", [760, 300])
def test_sixty_bars_have_names_that_do_not_collide(width: float) -> None:
    table = vital_few(sixty(), "pain_points", threshold=0.95)
    chart = drawn(table, "en", measure="pain_points", most=20 if width > 500 else 8, bars=60, width=width).to_dict()
    axis = chart["layer"][0]["encoding"]["x"]["axis"]
    assert axis["labelAngle"] == -90
    assert width / table.attrs["vital_count"] * (axis["values"][1] - axis["values"][0]) >= 12.5
    told = " ".join(chart["title"]["subtitle"])
    assert ("is named" in told) == (axis["values"][1] - axis["values"][0] > 1)


def sixty() -> Project:
    """Sixty touchpoints, one pain point each."""
    project = Project.new("Sixty", language="en")
    journey, stage = project.first_journey, project.stages_of(project.first_journey)[0][0]
    project = project.apply(edits.add_touchpoints(project, journey, stage, [f"A touchpoint with a long name, number {n}" for n in range(60)]))
    cards = [edits.add_cards(project, journey, "pain_point", stage, ["Wait"], touchpoint=id) for id in project.table("touchpoint")]
    return project.apply([command for some in cards for command in some])


def test_a_touchpoint_without_pain_points_is_no_persona() -> None:
    assert amounts(boutique("en"), "pain_points", "persona")["label"].isna().all()
