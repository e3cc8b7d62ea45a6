"""Where each figure comes from, and which of several holds: by hand, measured, voted, read from a file, read from a word."""

from __future__ import annotations

import pytest

from analysis.errors import InvalidCommand
from analysis.project import Project, edits
from tests.project.examples import BUY, FIND, SITE, shop

#: value of each layer of the emotion of the stage Find; the four customers' answers give 0
LAYERS = {"hand": 1.5, "vote": 0.5, "file": -0.5, "words": -1.0}


def with_layers(project: Project, target: str, criterion: str, *layers: str) -> Project:
    commands = [edits.set_score(target, criterion, LAYERS[layer], author="anne", layer=layer) for layer in layers]
    return project.apply([command for each in commands for command in each])


@pytest.mark.parametrize(
    ("layers", "measured", "holds", "provenance"),
    [
        (("hand", "vote", "file", "words"), True, "hand", "assumed"),
        (("vote", "file", "words"), True, "measured", "measured"),
        (("vote", "file", "words"), False, "vote", "voted"),
        (("file", "words"), False, "file", "assumed"),
        (("words",), False, "words", "assumed"),
    ],
)
def test_hand_before_measured_before_voted_before_file_before_words(
    layers: tuple[str, ...], measured: bool, holds: str, provenance: str
) -> None:
    project = with_layers(shop() if measured else shop(None), FIND, "emotion", *layers)
    figure = project.figures[FIND, "emotion"]
    assert (figure.layer, figure.provenance, figure.value) == (holds, provenance, {"measured": 0.0, **LAYERS}[holds])
    assert [other.layer for other in figure.others] == [
        layer
        for layer in ("measured", "vote", "file", "words")
        if layer != holds and (layer in layers or (layer == "measured" and measured))
    ]


def test_a_measured_emotion_comes_with_its_n_spread_and_interval(project: Project) -> None:
    row = project.emotions().set_index("stage").loc["Find"]
    assert (row["provenance"], row["value"], row["n"], row["few"], row["divided"]) == ("measured", 0.0, 4, True, True)
    assert round(row["sd"], 3) == 1.826
    assert (row["low"], row["high"]) == (-2.0, 2.0)
    assert row["override"] is False or not row["override"]


def test_a_measured_value_overridden_by_hand_stays_visible_and_the_override_can_be_withdrawn(project: Project) -> None:
    by_hand = project.apply(edits.set_score(FIND, "emotion", 1.5, author="anne"))
    row = by_hand.emotions().set_index("stage").loc["Find"]
    assert (row["value"], row["provenance"], row["override"]) == (1.5, "assumed", True)
    assert (row["measured"], row["measured_n"], row["assumed"]) == (0.0, 4, 1.5)
    scores = by_hand.scores.set_index(["target", "criterion"]).loc[(FIND, "emotion")]
    assert (scores["author"], scores["override"]) == ("anne", True)
    back = by_hand.apply(edits.withdraw(by_hand, FIND, "emotion"))
    assert back.emotions().equals(project.emotions())
    assert edits.withdraw(back, FIND, "emotion") == []


def test_a_value_set_by_hand_where_nothing_was_measured_is_no_override(project: Project) -> None:
    project = shop(None).apply(edits.set_score(FIND, "emotion", 1, author="anne"))
    row = project.emotions().set_index("stage").loc["Find"]
    assert (row["value"], row["provenance"], row["override"], row["few"]) == (1.0, "assumed", False, False)


def test_without_any_value_there_is_a_gap_and_not_a_zero() -> None:
    frame = shop(None).emotions()
    assert frame["value"].isna().all()
    assert frame["provenance"].isna().all()


def test_a_stage_takes_the_mean_of_its_touchpoints_when_nobody_was_asked() -> None:
    project = with_layers(with_layers(shop(None), "t_shop", "emotion", "file"), "t_mail", "emotion", "words")
    row = project.emotions().set_index("stage").loc["Buy"]
    assert (row["value"], row["provenance"], row["layer"]) == (-0.5, "assumed", "file")  # a score of a file before a word
    voted = with_layers(project, "t_mail", "emotion", "vote")
    assert voted.emotions().set_index("stage").loc["Buy", "value"] == 0.5  # a vote before a score of a file
    assert with_layers(shop(None), "t_mail", "emotion", "words").emotions().set_index("stage").loc["Buy", "layer"] == "words"


def test_a_touchpoint_feels_as_answered_rather_than_as_somebody_wrote_in_a_sheet(project: Project) -> None:
    project = with_layers(project, SITE, "emotion", "words")
    row = project.touchpoints.set_index("id").loc[SITE]
    assert (row["experience"], row["provenance"], row["n"]) == (0.0, "measured", 4)
    assert (row["satisfaction"], row["emotion"]) == (0.0, -1.0)


def test_a_score_in_its_own_scale_is_brought_to_the_scale_of_the_frame() -> None:
    project = shop(None).apply(edits.set_score(SITE, "impact", 3, author="a", layer="file", low=1, high=5))
    assert project.touchpoints.set_index("id").loc[SITE, "impact"] == 5.5
    assert project.table("score")[f"{SITE}:impact:file"].value == 3


def test_a_file_value_outside_its_scale_is_kept_but_no_figure_is_made_of_it() -> None:
    project = shop(None).apply(edits.set_score(SITE, "impact", 5, author="a", layer="file", low=1, high=5))
    from analysis.project import Change

    project = project.apply(Change("score", f"{SITE}:impact:file", {"value": 12}))
    assert (SITE, "impact") not in project.figures
    with pytest.raises(InvalidCommand, match="12 is outside the scale 1 to 10"):
        edits.set_score(SITE, "impact", 12, author="a")


def test_staff_are_not_counted_as_customers(project: Project) -> None:
    assert project.figures[SITE, "satisfaction"].n == 4
    assert project.figures[BUY, "emotion"].n == 2


def test_touchpoint_value_is_the_mean_of_its_dimensions_unless_it_was_given() -> None:
    def with_value(**values: float) -> object:
        commands = [edits.set_score(SITE, criterion, value, author="a") for criterion, value in values.items()]
        return shop(None).apply([c for each in commands for c in each]).touchpoints.set_index("id").loc[SITE, "touchpoint_value"]

    assert with_value(rational=60, emotional=80, behavioural=40) == 60
    assert with_value(rational=60, emotional=80) == 70
    assert with_value(rational=60, touchpoint_value=33) == 33
