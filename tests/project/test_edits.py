"""The verbs of the house: what a person does to a map, as commands."""

from __future__ import annotations

import pytest

from analysis.errors import InvalidCommand
from analysis.project import Project, edits
from tests.project.examples import BUY, FIND, SITE, J


def stages(project: Project) -> list[str]:
    return [stage.name for _, stage in project.stages_of(J)]


def test_stages_are_added_moved_and_renamed(project: Project) -> None:
    project = project.apply(edits.add_stage(project, J, " Compare ", before=BUY))
    assert stages(project) == ["Find", "Compare", "Buy"]
    project = project.apply(edits.add_stage(project, J, "Return"))
    project = project.apply(edits.move_stage(project, BUY, before=FIND))
    assert stages(project) == ["Buy", "Find", "Compare", "Return"]
    project = project.apply(edits.move_stage(project, BUY, before=None))
    project = project.apply(edits.rename("stage", FIND, "Search"))
    assert stages(project) == ["Search", "Compare", "Return", "Buy"]


def test_there_is_always_room_between_two_stages(project: Project) -> None:
    for number in range(120):  # halving the distance 120 times is more than a number can hold
        project = project.apply(edits.add_stage(project, J, f"{number}", before=BUY))
    assert stages(project) == ["Find", *(str(number) for number in range(120)), "Buy"]


def test_a_stage_dropped_where_it_is_stays_there(project: Project) -> None:
    assert stages(project.apply(edits.move_stage(project, FIND, before=BUY))) == ["Find", "Buy"]
    assert stages(project.apply(edits.move_stage(project, FIND, before=FIND))) == ["Buy", "Find"]


def test_moving_what_somebody_removed_meanwhile_is_refused_with_a_sentence(project: Project) -> None:
    for commands in (
        edits.move_stage(project, "s_gone", before=BUY),
        edits.move_touchpoint(project, "p_gone", BUY),
        edits.move_card(project, "c_gone", "delight", BUY),
        edits.remove_touchpoint(project, "t_gone"),
    ):
        with pytest.raises(InvalidCommand) as caught:
            project.apply(commands)
        assert caught.value.code == "gone"


def test_touchpoints_are_added_at_the_end_and_can_be_dragged_between(project: Project) -> None:
    project = project.apply(edits.add_touchpoints(project, J, BUY, ["Till", "Receipt"], channel="shop"))
    assert project.touchpoints["touchpoint"].tolist() == ["Web site", "Shop", "E-mail", "Till", "Receipt"]
    project = project.apply(edits.move_touchpoint(project, "p_site", BUY, before="p_mail"))
    assert project.touchpoints["touchpoint"].tolist() == ["Shop", "Web site", "E-mail", "Till", "Receipt"]
    project = project.apply(edits.move_touchpoint(project, "p_site", None))
    assert project.touchpoints["stage"].isna().tolist() == [False] * 4 + [True]


def test_cards_are_added_one_a_text_and_empty_ones_left_out(project: Project) -> None:
    project = project.apply(edits.add_cards(project, J, "pain_point", FIND, ["No search", "  ", "Small print"], touchpoint=SITE))
    cell = project.cards[(project.cards["stage"] == "Find") & (project.cards["lane"] == "pain_point")]
    assert cell["text"].tolist() == ["Slow pages", "No search", "Small print"]
    assert project.count_cards("pain_point") == {SITE: 3}


def test_a_card_is_moved_to_another_lane_and_stage(project: Project) -> None:
    project = project.apply(edits.move_card(project, "c_slow", "delight", BUY))
    card = project.table("card")["c_slow"]
    assert (card.kind, card.stage) == ("delight", BUY)


@pytest.mark.parametrize(("criterion", "value"), [("impact", 0), ("impact", 11), ("emotion", -2.1), ("reach", 101), ("cost", float("inf"))])
def test_a_figure_outside_its_scale_is_refused_never_bent(criterion: str, value: float) -> None:
    with pytest.raises(InvalidCommand) as caught:
        edits.set_score(SITE, criterion, value, author="anne")
    assert caught.value.code == "outside"


def test_a_figure_set_to_none_lets_what_stands_behind_it_show(project: Project) -> None:
    project = project.apply(edits.set_score(SITE, "satisfaction", 1.5, author="anne"))
    assert project.figures[SITE, "satisfaction"].override
    project = project.apply(edits.set_score(SITE, "satisfaction", None, author="anne"))
    assert project.figures[SITE, "satisfaction"].provenance == "measured"


def test_weights_outside_0_to_10_are_refused() -> None:
    for weight in (-1, 11, float("nan")):
        with pytest.raises(InvalidCommand):
            edits.set_weights({"cost": weight})


@pytest.mark.parametrize("kind", ["stage", "touchpoint", "card", "action", "journey"])
def test_a_name_is_never_empty(project: Project, kind: str) -> None:
    id = {"stage": FIND, "touchpoint": SITE, "card": "c_slow", "action": "a_speed", "journey": J}[kind]
    with pytest.raises(InvalidCommand) as caught:
        project.apply(edits.rename(kind, id, "   "))
    assert caught.value.message("fr")
    assert caught.value.code == "empty_name"
