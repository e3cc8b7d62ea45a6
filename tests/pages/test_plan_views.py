"""The plan over time and under a budget: the tables behind the charts, with values worked out by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from analysis import Project
from analysis.project import edits
from pages.decide import ranking
from tests.pages.boutique import CALL, QUOTE, REVIEWS, SITE, boutique
from tests.pages.conftest import Visit, texts

TODAY = dt.datetime.now(dt.UTC).date()
PAST, SOON = TODAY - dt.timedelta(days=3), TODAY + dt.timedelta(days=30)


def planned(**first: object) -> Project:
    """Actions with a due date that has passed, with a start only, without any date, and dropped though dated."""
    return boutique("en").apply(
        [
            *edits.add_action("Shorten the quote", touchpoint=QUOTE, **{"due_date": PAST.isoformat(), "owner": "Bachir", **first}),
            *edits.add_action("Show the prices", touchpoint=SITE, start_date=SOON.isoformat(), status="in_progress"),
            *edits.add_action("Call back", touchpoint=CALL),
            *edits.add_action("Print a poster", start_date=PAST.isoformat(), due_date=PAST.isoformat(), status="dropped"),
        ]
    )


def test_the_timeline_has_every_dated_action_and_names_those_without_a_date(visit: Visit) -> None:
    app = visit("plan", planned(), "en", plan_view="timeline")
    behind = app.dataframe[0].value.set_index("Action")
    assert set(behind.index) == {"Shorten the quote", "Show the prices", "Print a poster"}
    assert behind["Late"].to_dict() == {"Shorten the quote": "!", "Show the prices": "", "Print a poster": ""}
    assert (behind.loc["Show the prices", "Due"], behind.loc["Shorten the quote", "Start"]) == ("", "")
    assert (behind.loc["Shorten the quote", "Owner"], behind.loc["Show the prices", "Owner"]) == ("Bachir", "")
    assert behind.loc["Print a poster", "Status"] == "Dropped"
    (fold,) = [fold for fold in app.expander if fold.label == "Without a date"]
    assert fold.dataframe[0].value["Action"].tolist() == ["Call back"]


def test_a_timeline_of_dropped_actions_alone_says_that_none_has_a_date(visit: Visit) -> None:
    project = boutique("en").apply(edits.add_action("Print a poster", due_date=PAST.isoformat(), status="dropped"))
    app = visit("plan", project, "en", plan_view="timeline")
    assert "No action has a date yet" in texts(app)
    assert not [fold.label for fold in app.expander if fold.label == "Table behind the chart"]


def test_under_a_budget_each_action_has_its_decision_and_what_lacks_a_cost_or_a_score_is_said(visit: Visit) -> None:
    project = planned(cost=900.0).apply(edits.add_action("Answer reviews", touchpoint=REVIEWS, cost=50.0))
    project = project.apply(edits.set_view(project, budget=1000.0))
    app = visit("plan", project, "en", plan_view="budget")
    table = app.dataframe[-1].value.set_index("Action")
    assert table["Decision"].to_dict() == {
        "Show the prices": "▶ Already running", "Shorten the quote": "✓ Chosen", "Call back": "? No cost given", "Answer reviews": "– Not chosen",
        "Print a poster": "– Dropped",
    }  # fmt: skip
    assert table["Cost"].to_dict()["Shorten the quote"] == "€900"
    assert "." not in table["Score"].to_dict()["Shorten the quote"]
    said = texts(app)
    assert "1 action has no cost: it is listed, not chosen." in said
    assert "1 action has no score: it counts as bringing nothing" in said


@pytest.mark.parametrize(("moved", "said"), [(3, "▲ 3"), (-2, "▼ 2"), (0, ""), (None, "")])
def test_an_arrow_points_up_for_places_won(moved: int | None, said: str) -> None:
    assert ranking._arrow(moved) == said


def test_the_ranking_says_what_is_in_the_plan_and_why_something_has_no_score(visit: Visit) -> None:
    project = planned()
    app = visit("priorities", project, "en", priorities_view="ranking")
    table = app.dataframe[0].value.set_index("touchpoint")
    assert table["plan"].to_dict() == {"Site web": "✓", "Devis": "✓", "Appel": "✓", "Newsletter": "", "Salon": "", "Avis": ""}
    assert app.dataframe[0].proto.placeholder == ""  # what is missing is empty, and never called None
    assert "1 touchpoint has no score: less than 60% of the weight is known." in texts(app)
    sure = [command for id in (SITE, QUOTE, CALL) for command in edits.set_score(id, "confidence", 5, author="anne")]
    rice = project.apply([*sure, *edits.set_view(project, ranking="rice")])
    app = visit("priorities", rice, "en", priorities_view="ranking")
    assert "3 touchpoints have no score: one of their figures is not known." in texts(app)
    # Site web: 80 % × 9 ÷ 2 with a confidence of a half
    assert app.dataframe[0].value.set_index("touchpoint")["relevance"].to_dict()["Site web"] == 180


def test_touchpoints_of_one_name_are_told_apart_in_the_ranking(visit: Visit) -> None:
    project = boutique("en").apply(edits.change("touchpoint", CALL, name="Site web"))
    app = visit("priorities", project, "en", priorities_view="ranking")
    assert {"Site web (Awareness)", "Site web (Consideration)"} <= set(app.dataframe[0].value["touchpoint"])
