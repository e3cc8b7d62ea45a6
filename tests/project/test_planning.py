"""What goes into the plan, its order, where it stands, what people type."""

from __future__ import annotations

import datetime as dt

import pytest

from analysis import ParcoursError, propose_actions
from analysis.language import translator
from analysis.project import Project, edits
from analysis.project.entry import typed_number, typed_scores
from analysis.project.planning import by_hand, change_action, late, moved, plan_touchpoints, planned, progress
from analysis.project.proposals import call_back, open_proposals, put_aside, take_over
from tests.pages.boutique import CALL, FAIR, LETTER, QUOTE, REVIEWS, SITE, boutique
from tests.project.examples import BUY, shop

TODAY = dt.date(2026, 11, 21)


def with_actions(**values: object) -> Project:
    """Three actions: A is due on the day before, B is done and was due then, C has no date."""
    project = boutique("en")
    before = "2026-11-20"
    return project.apply(
        [
            *edits.add_action("A", touchpoint=SITE, due_date=before, cost=1000.0),
            *edits.add_action("B", touchpoint=CALL, due_date=before, status="done", cost=500.0),
            *edits.add_action("C", touchpoint=FAIR, status="dropped", cost=9.0),
        ]
    )


# What goes into it


def test_a_touchpoint_enters_the_plan_once_with_what_is_proposed_first_for_it() -> None:
    project = boutique("en")
    first = propose_actions(project, "en").query("touchpoint == 'Site web'").iloc[0]
    after = project.apply(plan_touchpoints(project, [SITE, SITE, CALL], translator("en")))
    frame = after.actions.set_index("touchpoint_id")
    assert frame.loc[SITE, "action"] == first["action"]
    assert frame.loc[SITE, "reason"] == first["reason"]
    assert frame.loc[SITE, "kpi"] == first["kpi"]
    assert planned(after) == {SITE, CALL}
    assert plan_touchpoints(after, [SITE], translator("en")) == []


def test_a_touchpoint_for_which_nothing_is_proposed_is_to_be_improved() -> None:
    project = boutique("en").apply(plan_touchpoints(boutique("en"), [LETTER, REVIEWS], translator("en")))
    frame = project.actions.set_index("touchpoint_id")
    assert frame.loc[LETTER, "action"] == "Improve “Newsletter”"
    assert frame.loc[LETTER, "reason"] == "Fill-in, relevance score 40 of 100"
    assert frame["reason"].isna().to_dict() == {LETTER: False, REVIEWS: True}


def test_a_dropped_action_does_not_keep_its_touchpoint_out_of_the_plan() -> None:
    assert planned(with_actions()) == {SITE, CALL}
    assert len(plan_touchpoints(with_actions(), [FAIR, SITE], translator("en"))) == 1


# What is proposed


def test_a_proposal_that_is_accepted_or_dismissed_is_not_proposed_again() -> None:
    project = boutique("en")
    table = open_proposals(project, "en")
    first, second = table.to_dict("records")[:2]
    after = project.apply(take_over([first]))
    after = after.apply(put_aside(after, [second["key"]]))
    left = open_proposals(after, "fr")
    assert len(left) == len(table) - 2
    assert {first["key"], second["key"]}.isdisjoint(left["key"])
    assert left.attrs["aside"] == 1
    assert len(open_proposals(after.apply(call_back(after)), "en")) == len(table) - 1


def test_an_accepted_proposal_keeps_its_reason_its_indicator_and_its_pain_points() -> None:
    project = boutique("en")
    row = open_proposals(project, "en").to_dict("records")[0]
    after = project.apply(take_over([row]))
    action = next(iter(after.table("action").values()))
    assert (action.title, action.reason, action.kpi, action.remedy) == (row["action"], row["reason"], row["kpi"], row["remedy"])
    assert action.cards == row["cards"]
    assert after.actions["pain_points"].tolist() == [1]


def test_a_pain_point_of_a_stage_is_proposed_for_its_stage() -> None:
    project = shop()
    row = next(row for row in open_proposals(project, "en").to_dict("records") if row["stage_id"] == BUY)
    action = next(a for a in project.apply(take_over([row])).table("action").values() if a.title == row["action"])
    assert (action.touchpoint, action.stage) == (None, BUY)


# Its order


def test_an_action_moves_by_one_place_and_the_others_keep_theirs() -> None:
    project = with_actions()
    ids = list(project.actions["id"])
    after = project.apply(moved(project, ids[2], -1))
    assert list(after.actions["id"]) == [ids[0], ids[2], ids[1]]
    assert by_hand(after)
    assert not by_hand(project)


def test_an_action_at_the_end_stays_there_and_nothing_is_kept() -> None:
    project = with_actions()
    assert moved(project, list(project.actions["id"])[-1], 1) == []


def test_an_action_that_is_gone_cannot_be_moved() -> None:
    with pytest.raises(ParcoursError) as caught:
        moved(with_actions(), "a_gone", 1)
    assert caught.value.code == "gone"


# Where it stands


def test_only_what_is_not_over_is_late() -> None:
    actions = with_actions().actions
    assert actions.loc[late(actions, TODAY), "action"].tolist() == ["A"]
    assert not late(actions, dt.date(2026, 11, 20)).any()


def test_the_cost_leaves_dropped_actions_aside() -> None:
    facts = progress(with_actions().actions, TODAY)
    assert (facts["cost"], facts["spent"], facts["total"], facts["late"], facts["unpriced"]) == (1500.0, 500.0, 2, 1, 0)
    assert (facts["to_do"], facts["done"], facts["dropped"]) == (1, 1, 1)


def test_what_is_in_progress_counts_but_is_not_spent_yet() -> None:
    project = boutique().apply([*edits.add_action("A", cost=300.0, status="in_progress"), *edits.add_action("B", cost=200.0, status="done")])
    facts = progress(project.actions, TODAY)
    assert (facts["cost"], facts["spent"]) == (500.0, 200.0)


def test_a_cost_known_as_a_range_counts_by_its_middle_until_one_is_planned() -> None:
    action = edits.add_action("A", cost_low=1000.0, cost_high=3000.0)
    project = boutique().apply(action)
    assert progress(project.actions, TODAY)["cost"] == 2000.0
    project = project.apply(change_action(action[0].id, "cost", "2 700 €", "fr"))
    assert progress(project.actions, TODAY)["cost"] == 2700.0


def test_a_plan_without_any_cost_has_no_total_and_not_zero() -> None:
    assert progress(boutique().apply(edits.add_action("A")).actions, TODAY)["cost"] is None


# What people type


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("1,5", "fr", 1.5), ("1,5", "en", 1.5), ("1.5", "fr", 1.5), ("-3,25", "fr", -3.25), ("−3,25", "fr", -3.25),
        ("1 234,5", "fr", 1234.5), ("1\u202f234,50 €", "fr", 1234.5), ("1.234,5", "fr", 1234.5), ("12,345.6", "en", 12345.6),
        ("1,234", "en", 1234), ("1,234", "fr", 1.234), ("1.234", "fr", 1234), ("1.234", "en", 1.234), ("1.234.567", "fr", 1234567),
        ("12k", "fr", 12000), ("1,2 M", "fr", 1200000), ("75 %", "fr", 75), ("$1,200", "en", 1200), (",5", "fr", 0.5),
        ("1'200", "fr", 1200),
        ("", "fr", None), ("  ", "en", None), ("–", "fr", None), (None, "fr", None),
    ],
)  # fmt: skip
def test_a_number_is_read_the_way_its_language_writes_it(text: str | None, language: str, value: float | None) -> None:
    assert typed_number(text, language) == value


@pytest.mark.parametrize("text", ["douze", "1,2,3", "1.2.3", "12 pommes", "1,2.3,4", "--5", "1e5"])
def test_what_is_not_a_number_is_refused(text: str) -> None:
    with pytest.raises(ParcoursError) as caught:
        typed_number(text, "fr")
    assert caught.value.code == "not_a_number"


def test_a_pasted_score_outside_its_scale_is_refused_and_not_clamped() -> None:
    with pytest.raises(ParcoursError) as caught:
        typed_scores([(SITE, "impact", "15")], "fr", author="zoe")
    assert caught.value.code == "outside"
    with pytest.raises(ParcoursError):
        typed_scores([(SITE, "cost", "-200")], "fr", author="zoe")


def test_an_emptied_score_gives_back_what_stood_behind_it() -> None:
    project = boutique()
    by_hand = project.apply(typed_scores([(QUOTE, "impact", "3,5")], "fr", author="zoe"))
    assert by_hand.figures[QUOTE, "impact"].value == 3.5
    assert by_hand.apply(typed_scores([(QUOTE, "impact", "")], "fr", author="zoe")).figures[QUOTE, "impact"].value == 8


def test_a_cell_of_the_plan_becomes_a_value() -> None:
    assert change_action("a", "action", " Call back ", "en")[0].values == {"title": "Call back"}
    assert change_action("a", "due_date", "2026-12-01T00:00:00.000", "en")[0].values == {"due_date": dt.date(2026, 12, 1)}
    assert change_action("a", "due_date", None, "en")[0].values == {"due_date": None}
    assert change_action("a", "cost", "", "en")[0].values == {"cost": None}
    assert change_action("a", "touchpoint", None, "en")[0].values == {"touchpoint": None}
    assert change_action("a", "owner", None, "en")[0].values == {"owner": ""}


@pytest.mark.parametrize(
    ("column", "value"), [("effort", "11"), ("cost", "-1"), ("status", "Nearly"), ("due_date", "soon"), ("progress", "120")]
)
def test_a_cell_that_cannot_be_kept_is_refused(column: str, value: str) -> None:
    with pytest.raises(ParcoursError):
        change_action("a", column, value, "en")
