"""A project as DataFrames: the columns that methods, notebooks and reports rely on."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.project import Change, Project, Put, Remove, edits
from tests.project.examples import BUY, FIND, SITE, J

TOUCHPOINTS = [
    "id", "touchpoint", "stage", "order", "family", "channel", "online", "direct", "team", "owner", "impact", "effort", "importance", "fit",
    "reach", "cost", "running_cost", "satisfaction", "emotion", "touchpoint_value", "moment_of_truth", "pain_points", "complaints",
]  # fmt: skip
EVIDENCE = [
    "stage", "touchpoint", "persona", "side", "source", "measure", "value", "low", "high", "emotion", "respondent", "date", "text",
]  # fmt: skip
ACTIONS = [
    "id", "action", "touchpoint", "stage", "quadrant", "score", "impact", "effort", "cost", "owner", "start_date", "due_date", "status",
    "kpi", "reason",
]  # fmt: skip


def test_the_frames_begin_with_the_columns_of_the_contract(project: Project) -> None:
    assert list(project.touchpoints.columns)[: len(TOUCHPOINTS)] == TOUCHPOINTS
    assert list(project.evidence.columns)[: len(EVIDENCE)] == EVIDENCE
    assert list(project.actions.columns)[: len(ACTIONS)] == ACTIONS
    assert list(project.stages.columns)[:4] == ["id", "stage", "journey", "journey_id"]
    assert list(project.personas.columns)[:2] == ["id", "persona"]


def test_an_empty_project_has_the_same_columns_and_types(project: Project) -> None:
    empty = Project.new("Nothing yet")
    for name in ("touchpoints", "evidence", "actions", "stages", "personas", "cards", "scores", "journeys"):
        found, full = getattr(empty, name), getattr(project, name)
        assert list(found.columns)[:2] == list(full.columns)[:2]
        if name != "personas":
            assert found.dtypes.to_dict() == full.dtypes.to_dict(), name
    assert empty.touchpoints.empty
    assert empty.emotions()["value"].isna().all()


def test_touchpoints_stand_in_the_order_of_the_journey(project: Project) -> None:
    assert project.touchpoints[["touchpoint", "stage", "order"]].values.tolist() == [
        ["Web site", "Find", 1], ["Shop", "Buy", 2], ["E-mail", "Buy", 3],
    ]  # fmt: skip
    moved = project.apply(edits.move_touchpoint(project, "p_mail", BUY, before="p_shop"))
    assert moved.touchpoints["touchpoint"].tolist() == ["Web site", "E-mail", "Shop"]
    turned = project.apply(edits.move_stage(project, BUY, before=FIND))
    assert turned.touchpoints["touchpoint"].tolist() == ["Shop", "E-mail", "Web site"]


def test_a_touchpoint_that_two_people_placed_at_once_is_one_row(project: Project) -> None:
    project = project.apply(Put("placement", "p_twice", {"journey": J, "touchpoint": SITE, "stage": BUY, "order": 9}))
    assert project.touchpoints["touchpoint"].tolist() == ["Web site", "Shop", "E-mail"]
    assert project.touchpoints["stage"].tolist() == ["Find", "Buy", "Buy"]
    assert project.stage_of_touchpoint[SITE] == FIND
    assert project.actions["stage"].tolist() == ["Find"]


def test_missing_is_missing_and_never_zero(project: Project) -> None:
    mail = project.touchpoints.set_index("touchpoint").loc["E-mail"]
    assert mail[["impact", "effort", "satisfaction", "emotion", "complaints", "n", "experience"]].isna().all()
    assert mail["pain_points"] == 0


def test_answers_are_brought_to_the_emotion_scale(project: Project) -> None:
    frame = project.evidence
    assert frame["emotion"].tolist() == [-2, -1, 2, 1, 2, 0, 2]
    assert frame["stage"].tolist() == ["Find"] * 4 + ["Buy"] * 2 + ["Find"]
    assert frame["side"].tolist() == ["customer"] * 6 + ["staff"]


def test_an_answer_outside_its_scale_and_importance_are_no_emotion(project: Project) -> None:
    from analysis.project.evidence import pack

    measures = {"measure": ["satisfaction", "importance", "comment"], "value": [7.0, 4.0, None], "low": [1, 1, None], "high": [5, 5, None]}
    answers = pd.DataFrame({"touchpoint_label": ["Web site"] * 3} | measures)
    key, data = pack(answers)
    project = project.apply(
        Put("evidence", "e2", {"blob": key, "rows": 3, "order": 2, "touchpoints": {"Web site": SITE}}, payloads={key: data})
    )
    assert project.evidence["emotion"].tolist()[7:] == [pd.NA] * 3
    assert project.figures[SITE, "satisfaction"].n == 4
    assert project.figures[SITE, "importance"].value == 7.75


def test_a_renamed_touchpoint_is_renamed_in_the_answers_too(project: Project) -> None:
    project.evidence  # noqa: B018 - computed once before the edit
    renamed = project.apply([Change("touchpoint", SITE, {"name": "Online shop"}), Change("stage", FIND, {"name": "Search"})])
    assert renamed.evidence["touchpoint"].tolist()[0] == "Online shop"
    assert renamed.evidence["stage"].tolist()[0] == "Search"
    assert project.evidence["touchpoint"].tolist()[0] == "Web site"


def test_answers_follow_a_touchpoint_to_another_stage(project: Project) -> None:
    project.emotions()
    moved = project.apply(edits.move_touchpoint(project, "p_site", BUY))
    assert set(moved.evidence["stage"]) == {"Buy"}
    assert moved.emotions()["n"].fillna(0).tolist() == [0, 4]


def test_answers_of_a_removed_touchpoint_stay_without_one(project: Project) -> None:
    removed = project.apply(Remove("touchpoint", SITE))
    assert removed.evidence["touchpoint"].isna().tolist() == [True] * 4 + [False] * 2 + [True]
    assert len(removed.evidence) == 7


def test_what_a_caller_does_to_a_frame_does_not_reach_the_project(project: Project) -> None:
    for name in ("touchpoints", "evidence", "actions"):
        frame = getattr(project, name)
        frame.loc[:, frame.columns[0]] = "x"
        assert "x" not in getattr(project, name)[frame.columns[0]].tolist()


def test_an_action_takes_impact_and_effort_of_its_touchpoint_where_it_has_none(project: Project) -> None:
    project = project.apply([*edits.set_score(SITE, "impact", 8, author="a"), *edits.set_score(SITE, "effort", 3, author="a")])
    assert project.actions[["impact", "effort", "quadrant", "pain_points"]].values.tolist() == [[8.0, 3.0, "quick_win", 1]]
    own = project.apply(Change("action", "a_speed", {"effort": 9}))
    assert own.actions[["impact", "effort", "quadrant"]].values.tolist() == [[8.0, 9.0, "big_bet"]]


def test_person_days_of_an_action_list_are_kept_but_have_no_place_on_the_matrix(project: Project) -> None:
    project = project.apply(Change("action", "a_speed", {"impact": 8, "effort": 30}))
    assert project.actions["effort"].tolist() == [30]
    assert project.actions["quadrant"].isna().all()


def test_the_plan_is_in_the_order_of_the_rule_unless_it_was_ordered_by_hand(project: Project) -> None:
    project = project.apply(
        [
            Put("action", "a_pit", {"title": "Money pit", "impact": 2, "effort": 9}),
            Put("action", "a_bet", {"title": "Big bet", "impact": 9, "effort": 9}),
            Put("action", "a_win", {"title": "Quick win", "impact": 9, "effort": 2}),
            Put("action", "a_fill", {"title": "Fill-in", "impact": 2, "effort": 2}),
        ]
    )
    assert project.actions["action"].tolist() == ["Quick win", "Big bet", "Fill-in", "Speed up", "Money pit"]
    by_hand = project.apply(edits.reorder_actions(["a_pit", "a_win"]))
    assert by_hand.actions["action"].tolist() == ["Money pit", "Quick win", "Big bet", "Fill-in", "Speed up"]
    assert by_hand.apply(edits.forget_order(by_hand)).actions["action"].tolist() == project.actions["action"].tolist()


def test_priorities_are_ranked_by_the_weights_of_the_project(project: Project) -> None:
    from analysis.project.priorities import DEFAULT_WEIGHTS, priorities, weights_of

    commands = [edits.set_score(id, "impact", value, author="a") for id, value in [(SITE, 9), ("t_shop", 5), ("t_mail", 2)]]
    commands += [edits.set_score(id, "reach", value, author="a") for id, value in [(SITE, 10), ("t_shop", 50), ("t_mail", 90)]]
    project = project.apply([command for each in commands for command in each])
    weighed = project.apply(edits.set_weights(dict.fromkeys(DEFAULT_WEIGHTS, 0) | {"impact": 1}))
    assert priorities(weighed)["touchpoint"].tolist() == ["Web site", "Shop", "E-mail"]
    assert priorities(weighed)["rank"].tolist() == [1, 2, 3]
    other = weighed.apply(edits.set_weights({"impact": 0, "reach": 1}))
    assert priorities(other)["touchpoint"].tolist() == ["E-mail", "Shop", "Web site"]
    assert weights_of(project) == DEFAULT_WEIGHTS
    assert weights_of(other.apply(edits.forget_weights(other))) == DEFAULT_WEIGHTS


@pytest.mark.parametrize("views", [{"cut": "sideways"}, {"cut": ["median"]}, {"threshold": "high"}])
def test_a_view_that_means_nothing_does_not_break_the_page(project: Project, views: dict[str, object]) -> None:
    from analysis.project.priorities import priorities

    project = project.apply(Change("project", "settings", {"views": views, "weights": {"charm": 3}}))
    assert len(priorities(project)) == 3
    assert len(project.actions) == 1
