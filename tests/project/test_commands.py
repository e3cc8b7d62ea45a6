"""What a project takes and what it refuses: commands come from a browser."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from analysis.errors import InvalidCommand
from analysis.project import Change, Project, Put, Remove
from analysis.project.evidence import pack
from tests.project.examples import ANSWERS, BUY, FIND, SITE, J, shop


def refused(project: Project, *commands: object) -> str:
    with pytest.raises(InvalidCommand) as caught:
        project.apply(list(commands))  # type: ignore[arg-type]
    assert caught.value.message("fr") != caught.value.message("en")
    return caught.value.code


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        ("stage", "name", 5),
        ("stage", "order", "first"),
        ("stage", "order", float("nan")),
        ("stage", "order", float("inf")),
        ("stage", "order", True),
        ("touchpoint", "online", "yes"),
        ("touchpoint", "time", [3]),
        ("touchpoint", "name", {"html": "<b>"}),
        ("touchpoint", "name", "x" * 20_001),
        ("touchpoint", "extra", "text"),
        ("touchpoint", "moment_of_truth", "perhaps"),
        ("card", "kind", "nonsense"),
        ("card", "side", "competitor"),
        ("card", "colour", "red;background:url(https://elsewhere.example)"),
        ("card", "span", 1.5),
        ("action", "due_date", "tomorrow"),
        ("action", "due_date", 5),
        ("action", "status", "lost"),
        ("action", "cards", "c_slow"),
        ("action", "cards", [["c_slow"]]),
        ("evidence", "blob", "../../etc/passwd"),
        ("project", "logo", "https://elsewhere.example/logo.png"),
        ("project", "language", "de"),
        ("project", "currency", "euros"),
        ("project", "weights", {"cost": "high"}),
    ],
)
def test_a_value_of_the_wrong_type_is_refused(project: Project, kind: str, field: str, value: object) -> None:
    ids = {"stage": FIND, "touchpoint": SITE, "card": "c_slow", "action": "a_speed", "evidence": "e_survey", "project": "settings"}
    assert refused(project, Change(kind, ids[kind], {field: value})) == "bad_value"


@pytest.mark.parametrize(
    ("code", "command"),
    [
        ("unknown_kind", Put("unicorn", "u", {})),
        ("unknown_kind", Put(["stage"], "u", {})),  # type: ignore[arg-type]
        ("unknown_field", Change("stage", FIND, {"colour": "red"})),
        ("unknown_field", Change("stage", FIND, {"__class__": "x"})),
        ("unknown_field", Change("stage", FIND, {"name.x": "x"})),
        ("empty_name", Change("stage", FIND, {"name": "  "})),
        ("gone", Change("stage", "s_gone", {"name": "x"})),
        ("gone", Remove("stage", "s_gone")),
        ("gone", Put("card", "c", {"journey": J, "kind": "delight", "stage": "s_gone", "text": "x"})),
        ("gone", Change("action", "a_speed", {"cards": ["c_gone"]})),
        ("gone", Change("evidence", "e_survey", {"touchpoints.Shop": "t_gone"})),
        ("gone", Put("score", "t_gone:impact:hand", {"target": "t_gone", "criterion": "impact", "layer": "hand", "value": 5})),
        ("outside", Put("score", "t_site:impact:hand", {"target": SITE, "criterion": "impact", "layer": "hand", "value": 11})),
        (
            "outside",
            Put("score", "t_site:impact:hand", {"target": SITE, "criterion": "impact", "layer": "hand", "value": 6, "low": 1, "high": 5}),
        ),
        ("outside", Change("project", "settings", {"weights.cost": 11})),
        ("invalid", Put("score", "t_site:impact:hand", {"target": SITE, "criterion": "effort", "layer": "hand", "value": 5})),
        ("invalid", Put("stage", "s_new", {"name": "Without a journey"})),
        ("invalid", Change("stage", FIND, "name")),  # type: ignore[arg-type]
        ("invalid", Put("project", "another", {"name": "x"})),
        ("invalid", Remove("project", "settings")),
        ("bad_value", Put("stage", "x" * 201, {"journey": J, "name": "x"})),
        ("bad_value", Put("stage", "", {"journey": J, "name": "x"})),
        ("last_journey", Remove("journey", J)),
    ],
)
def test_a_command_that_does_not_fit_is_refused_with_its_reason(project: Project, code: str, command: object) -> None:
    assert refused(project, command) == code


def test_nothing_is_changed_when_one_of_several_commands_is_refused(project: Project) -> None:
    assert refused(project, Change("stage", FIND, {"name": "Search"}), Change("stage", "s_gone", {"name": "x"})) == "gone"
    assert project.table("stage")[FIND].name == "Find"


def test_the_last_stage_stays(project: Project) -> None:
    assert refused(project.apply(Remove("stage", FIND)), Remove("stage", BUY)) == "last_stage"


def test_a_card_cannot_stand_in_a_stage_of_another_journey(project: Project) -> None:
    project = project.apply([Put("journey", "j2", {"title": "Tomorrow"}), Put("stage", "s2", {"journey": "j2", "name": "x"})])
    assert refused(project, Change("card", "c_slow", {"stage": "s2"})) == "invalid"
    assert refused(project, Change("placement", "p_site", {"stage": "s2"})) == "invalid"
    assert refused(project, Change("stage", FIND, {"journey": "j2"})) == "invalid"


def test_a_content_that_is_not_what_its_key_says_is_refused(project: Project) -> None:
    key, data = pack(ANSWERS.head(2))
    assert refused(project, Put("evidence", "e2", {"blob": key, "rows": 2}, payloads={key: data + b"x"})) == "invalid"


def test_values_of_a_notebook_are_taken_as_plain_ones(project: Project) -> None:
    project = project.apply(
        [
            Change(
                "touchpoint",
                SITE,
                {"time": np.int64(4), "online": np.bool_(True), "extra": {"seen": np.float64(2.5), "on": dt.date(2026, 9, 1)}},
            ),
            Change(
                "action", "a_speed", {"due_date": pd.Timestamp("2026-09-12 10:00"), "cost": pd.NA, "start_date": "", "cards": ("c_slow",)}
            ),
        ]
    )
    touchpoint, action = project.table("touchpoint")[SITE], project.table("action")["a_speed"]
    assert (touchpoint.time, touchpoint.online, touchpoint.extra) == (4.0, True, {"seen": 2.5, "on": "2026-09-01"})
    assert (action.due_date, action.cost, action.start_date, action.cards) == (dt.date(2026, 9, 12), None, None, ["c_slow"])


def test_control_characters_and_broken_emoji_are_left_out_of_a_text(project: Project) -> None:
    project = project.apply(Change("card", "c_slow", {"text": "Slow\x00 pages\x1b[31m \ud83d\nreally 🐌"}))
    assert project.table("card")["c_slow"].text == "Slow pages[31m \nreally 🐌"


def test_an_entry_of_the_views_is_changed_alone_and_taken_away_with_none(project: Project) -> None:
    project = project.apply(Change("project", "settings", {"views": {"cut": "median", "threshold": 0.7}}))
    project, deltas = project.applied(Change("project", "settings", {"views.cut": None}))
    assert project.settings.views == {"threshold": 0.7}
    assert [(delta.before, delta.after) for delta in deltas] == [({"views.cut": "median"}, {})]
    assert project.replayed([delta.inverse() for delta in deltas]).settings.views == {"cut": "median", "threshold": 0.7}


def test_a_label_with_a_dot_or_an_empty_one_is_a_label_like_any_other(project: Project) -> None:
    links = {"Site (v1.0)": SITE, "": None}
    project = project.apply(Change("evidence", "e_survey", {"touchpoints": links}))
    assert project.table("evidence")["e_survey"].touchpoints == links


def test_the_project_does_not_change_when_the_caller_changes_what_was_passed(project: Project) -> None:
    extra = {"a": [1]}
    project = project.apply(Change("touchpoint", SITE, {"extra": extra}))
    extra["a"].append(2)
    assert project.table("touchpoint")[SITE].extra == {"a": [1]}


def test_an_edit_that_changes_nothing_gives_the_same_project(project: Project) -> None:
    same, deltas = project.applied(Change("stage", FIND, {"name": "Find", "order": 0}))
    assert same is project
    assert deltas == []


# --- removing ---------------------------------------------------------------------------------------------------


def test_removing_a_stage_keeps_its_touchpoints_and_cards_unassigned(project: Project) -> None:
    project = project.apply(Remove("stage", BUY))
    frame = project.touchpoints.set_index("touchpoint")
    assert list(frame.index) == ["Web site", "Shop", "E-mail"]
    assert frame["stage"].isna().tolist() == [False, True, True]
    assert project.table("card")["c_queue"].stage is None


def test_removing_a_touchpoint_leaves_nothing_that_points_to_it(project: Project) -> None:
    project = project.apply(Put("score", "t_site:impact:hand", {"target": SITE, "criterion": "impact", "layer": "hand", "value": 5}))
    project = project.apply(Remove("touchpoint", SITE))
    assert "p_site" not in project.table("placement")
    assert not project.table("score")
    assert project.table("card")["c_slow"].touchpoint is None
    assert project.table("action")["a_speed"].touchpoint is None
    assert project.table("evidence")["e_survey"].touchpoints == {"Web site": None, "Shop": "t_shop", "Unknown": None}


def test_removing_a_pain_point_takes_it_from_the_action_that_answers_it(project: Project) -> None:
    assert project.apply(Remove("card", "c_slow")).table("action")["a_speed"].cards == []


def test_removing_a_journey_takes_its_map_but_not_the_touchpoints() -> None:
    project = shop().apply([Put("journey", "j2", {"title": "Tomorrow"}), Put("stage", "s2", {"journey": "j2", "name": "x"})])
    project = project.apply(Remove("journey", J))
    assert {kind: len(project.table(kind)) for kind in ("journey", "stage", "lane", "placement", "card", "touchpoint")} == {
        "journey": 1, "stage": 1, "lane": 0, "placement": 0, "card": 0, "touchpoint": 3,
    }  # fmt: skip
