"""What can be counted, and by what."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pytest

import analysis
from analysis import NegativeValues, Project
from analysis.project import Put, edits
from analysis.project.counting import occurrences
from analysis.project.measures import (
    amounts,
    astray,
    available_groupings,
    available_measures,
    dated,
    default_measure,
    grouping_name,
    steadiness,
    unique_names,
    vital_few,
    written,
    zeros,
)
from tests.pages.boutique import FAIR, LETTER, QUOTE, REVIEWS, SITE, boutique
from tests.project.examples import ANSWERS, shop


def test_only_measures_that_have_an_amount_are_offered() -> None:
    assert available_measures(boutique()) == ["complaints", "pain_points", "cost", "reach", "relevance"]
    assert available_measures(Project.new("Vide")) == []


def test_the_score_gap_is_what_satisfaction_lacks_of_importance() -> None:
    """Importance 10 is 10, satisfaction −1 is 2.5: 7.5 are lacking; importance 5.5 is 5, satisfaction +2 is 10: nothing lacks."""
    project = boutique().apply(edits.set_score(SITE, "importance", 10.0, author="Ada"))
    project = project.apply(edits.set_score(QUOTE, "importance", 5.5, author="Ada"))
    project = project.apply(edits.set_score(QUOTE, "satisfaction", 2.0, author="Ada"))
    table = vital_few(project, "score_gap")
    assert dict(zip(table["id"], table["value"], strict=True)) == {SITE: 7.5, QUOTE: 0.0}
    assert available_groupings(project, "score_gap") == ["touchpoint"]
    assert written(7.5, "score_gap", "fr") == "7,5"


def test_what_has_one_value_only_is_no_way_to_group() -> None:
    asked = [way for way in available_groupings(shop(), "unhappy") if ":" in way or way in ("segment", "source")]
    rows = occurrences(shop(), "unhappy")
    assert all(rows[way].nunique() > 1 for way in asked)
    assert "source" not in asked  # one survey


def test_the_project_remembers_its_measure_as_long_as_it_has_amounts() -> None:
    project = boutique()
    assert default_measure(project) == "complaints"
    assert default_measure(project.apply(edits.set_view(project, pareto_measure="cost"))) == "cost"
    assert default_measure(project.apply(edits.set_view(project, pareto_measure="lost_value"))) == "complaints"


def test_two_touchpoints_carry_most_complaints() -> None:
    table = vital_few(boutique(), "complaints")
    assert table["label"].tolist() == ["Site web", "Devis", "Appel", "Newsletter"]
    assert table["value"].tolist() == [12, 5, 3, 0]
    assert table["vital"].tolist() == [True, True, False, False]
    assert table["id"].tolist()[:2] == [SITE, QUOTE]
    assert zeros(table) == ["Newsletter"]


def test_a_touchpoint_whose_complaints_are_unknown_is_not_at_zero() -> None:
    table = vital_few(boutique(), "complaints")
    assert "Salon" not in table["label"].tolist()
    assert table.attrs["missing"] == ["Salon", "Avis"]


def test_a_touchpoint_without_pain_points_is_at_zero() -> None:
    table = vital_few(boutique(), "pain_points")
    assert dict(zip(table["label"], table["value"], strict=True)) == {
        "Site web": 3, "Devis": 1, "Appel": 0, "Avis": 0, "Newsletter": 0, "Salon": 0,
    }  # fmt: skip


def test_amounts_are_summed_by_family() -> None:
    table = vital_few(boutique(), "cost", "family")
    assert dict(zip(table["label"], table["value"], strict=True)) == {"marketing": 13200, "sales": 8000, "customer_service": 500}


def test_what_belongs_to_no_group_is_said_and_not_drawn() -> None:
    project = boutique().apply([Put("touchpoint", REVIEWS, {"owner": ""}), *edits.set_score(REVIEWS, "cost", 2170.0, author="a")])
    table = vital_few(project, "cost", "owner")
    assert "Anne" in table["label"].tolist()
    assert table.attrs["unknown"] == 2170
    assert astray(table) == pytest.approx(2170 / 23870)


def test_a_pain_point_of_a_stage_counts_for_its_stage_even_without_a_touchpoint() -> None:
    project = shop()
    assert vital_few(project, "pain_points", "stage").set_index("label")["value"].to_dict() == {"Find": 1, "Buy": 1}
    assert vital_few(project, "pain_points").attrs["unknown"] == 1


def test_customers_who_answered_at_or_below_minus_one_are_the_unhappy_ones() -> None:
    table = vital_few(shop(), "unhappy")
    assert table[["label", "value"]].values.tolist() == [["Web site", 2]]


def test_a_percentage_can_only_be_compared_touchpoint_by_touchpoint() -> None:
    assert available_groupings(boutique(), "reach") == ["touchpoint"]
    assert available_groupings(boutique(), "cost") == ["touchpoint", "stage", "family", "owner"]


def test_only_the_touchpoints_that_were_asked_for_are_counted() -> None:
    table = vital_few(boutique(), "complaints", within=[QUOTE, LETTER])
    assert table["label"].tolist() == ["Devis", "Newsletter"]


def test_a_negative_amount_is_refused_by_name() -> None:
    project = boutique().apply(
        [Put("score", f"{FAIR}:lost_value:hand", {"target": FAIR, "criterion": "lost_value", "layer": "hand", "value": -5.0})]
    )
    with pytest.raises(NegativeValues) as caught:
        vital_few(project, "lost_value")
    assert "Salon" in caught.value.message("en")


def test_touchpoints_of_one_name_are_told_apart_and_not_added_up() -> None:
    frame = pd.DataFrame({"touchpoint": ["Mail", "Mail", "Mail"], "stage": ["Buy", "Buy", None]})
    assert unique_names(frame).tolist() == ["Mail (Buy)", "Mail (Buy) 2", "Mail (?)"]
    project = boutique().apply([Put("touchpoint", QUOTE, {"name": "Site web"})])
    assert len(vital_few(project, "complaints")) == 4


def test_every_row_says_where_it_counts() -> None:
    rows = amounts(boutique(), "pain_points", "stage")
    assert list(rows.columns) == ["id", "label", "value"]
    assert rows["value"].sum() == 4


def test_amounts_are_written_in_their_unit() -> None:
    assert written(1200, "cost", "fr", "EUR") == "1\u202f200\u00a0€"
    assert written(62.5, "reach", "en") == "62%" or written(62.5, "reach", "en") == "63%"
    assert written(12, "complaints", "en") == "12"


def test_what_was_counted_once_more_says_how_sure_the_vital_few_are() -> None:
    """Twelve, five and three complaints: the first two carry 85 %, and the third is never far."""
    table = steadiness(boutique(), "complaints").set_index("label")
    assert table.at["Site web", "hold"] == "sure"
    assert table.at["Site web", "stays"] == 1
    assert table.at["Appel", "hold"] == "close"
    assert pd.isna(table.at["Newsletter", "hold"])


def test_costs_cannot_be_drawn_again() -> None:
    assert steadiness(boutique(), "cost").empty


def test_inside_a_stage_only_its_own_touchpoints_are_counted() -> None:
    project = boutique()
    frame = project.touchpoints
    stages = vital_few(project, "complaints", "stage")
    first = str(stages["label"].iloc[0])
    within = vital_few(project, "complaints", "touchpoint", inside=("stage", first))
    assert float(within["value"].sum()) == float(stages["value"].iloc[0])
    assert set(within["id"]) <= set(frame.loc[frame["stage"] == first, "id"])


def test_a_period_counts_only_the_answers_of_its_days_and_both_ends_belong_to_it() -> None:
    # the two unhappy answers on the site: r1 on 10 January, r2 on 5 March
    days = ["2026-01-10", "2026-03-05", "2026-03-06", None, None, None, None]
    project = shop(ANSWERS.assign(date=pd.to_datetime(days)))
    assert dated(project, "unhappy") == (dt.date(2026, 1, 10), dt.date(2026, 3, 5))
    assert dated(project, "pain_points") is None

    def counted(first: dt.date | None, last: dt.date | None) -> float:
        return float(vital_few(project, "unhappy", period=(first, last))["value"].sum())

    assert counted(None, None) == 2
    assert counted(None, dt.date(2026, 1, 10)) == 1
    assert counted(dt.date(2026, 3, 5), dt.date(2026, 3, 5)) == 1
    assert counted(dt.date(2026, 3, 6), None) == 0


# Answers without touchpoints: a survey that names stages


def survey() -> Project:
    """Four unhappy of six: three in Order (two of them about waiting), one in Use; countries and comments beside them."""
    rows = [
        ("Order", 0, "I waited three weeks", "FR"), ("Order", 2, "Waiting again", "FR"), ("Order", 1, None, "BE"),
        ("Use", 2, "Far too expensive", "BE"), ("Use", 9, "Fine", "FR"), ("Order", 10, None, "FR"),
    ]  # fmt: skip
    text = "Stage;NPS (0-10);Comment;Country\n" + "\n".join(f"{a};{b};{c or ''};{d}" for a, b, c, d in rows)
    tables = analysis.read(text.encode(), "nps.csv").tables
    project = Project.new("Survey", language="en", stages=["Order", "Use"])
    return project.apply(project.plan_import(tables, file="nps.csv").commands)


def counts(project: Project, measure: str, by: str, **how: Any) -> dict[str, float]:
    table = vital_few(project, measure, by, **how)
    return dict(zip(table["label"], table["value"], strict=True))


def test_answers_without_touchpoints_are_counted_by_their_own_stage_theme_and_group() -> None:
    project = survey()
    assert available_measures(project) == ["unhappy", "comments"]
    assert available_groupings(project, "unhappy") == ["stage", "theme", "attr:country"]
    assert counts(project, "unhappy", "stage") == {"Order": 3, "Use": 1}
    assert counts(project, "unhappy", "attr:country") == {"BE": 2, "FR": 2}
    assert counts(project, "comments", "stage") == {"Order": 2, "Use": 2}
    assert [grouping_name("attr:country", "fr"), grouping_name("attr:Offre", "fr")] == ["Lieu", "Offre"]


def test_an_unhappy_rating_has_the_theme_of_the_comment_beside_it() -> None:
    table = vital_few(survey(), "unhappy", "theme")
    assert dict(zip(table["label"], table["value"], strict=True)) == {"wait": 2, "price": 1}
    assert table.attrs["unknown"] == 1  # the rating that nobody explained


def test_inside_a_theme_the_answers_are_counted_by_stage() -> None:
    assert counts(survey(), "unhappy", "stage", inside=("theme", "wait")) == {"Order": 2}
