"""As-is and to-be, and answers by persona."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis import Project
from analysis.project import Put, edits
from analysis.project.commands import Remove
from analysis.project.evidence import pack
from analysis.project.journeys import compare_journeys, copy_journey, link_change
from analysis.project.segments import matching, persona_curves


@pytest.fixture
def shop() -> Project:
    project = Project.new("Boutique", stages=["Avant", "Pendant", "Après"])
    journey, (first, second, _) = project.first_journey, project.stages["id"]
    project = project.apply(edits.add_touchpoints(project, journey, first, ["Site", "Vitrine"]))
    project = project.apply(edits.add_cards(project, journey, "pain_point", second, ["Attente", "Prix"]))
    return project.apply(edits.set_score(first, "emotion", -1, author="Anne"))


def tomorrow(project: Project) -> tuple[Project, str]:
    commands, id = copy_journey(project, project.first_journey, "Parcours cible", author="Anne")
    return project.apply(commands), id


def test_a_fresh_copy_has_no_difference(shop):
    project, id = tomorrow(shop)
    assert compare_journeys(project, id).empty
    assert len(project.touchpoints) == 2, "touchpoints are shared, not doubled"
    assert [stage.name for _, stage in project.stages_of(id)] == ["Avant", "Pendant", "Après"]


def test_the_wished_emotion_is_assumed_and_the_measured_map_stays(shop):
    project, id = tomorrow(shop)
    first = project.stages_of(id)[0][0]
    project = project.apply(edits.set_score(first, "emotion", 1.5, author="Anne"))
    assert next(iter(project.emotions(id)["value"])) == 1.5
    assert next(iter(project.emotions()["value"])) == -1
    row = compare_journeys(project, id).iloc[0]
    assert (row["what"], row["change"], row["before"], row["after"]) == ("emotion", "better", -1, 1.5)


def test_each_kind_of_difference_is_told(shop):
    project, id = tomorrow(shop)
    (first, _), (second, _), (third, _) = project.stages_of(id)
    site, window = (i for i, p in project.placements_of(id))
    waiting, price = (i for i, c in project.table("card").items() if c.journey == id)
    for commands in (
        edits.rename("stage", first, "Découverte"),
        edits.remove("stage", third),
        edits.add_stage(project, id, "Fidélité"),
        edits.move_touchpoint(project, site, second),
        edits.remove("placement", window),
        edits.add_touchpoints(project, id, second, ["Application"]),
        edits.rename("card", waiting, "Attente de moins de 2 min"),
        edits.remove("card", price),
        edits.add_cards(project, id, "delight", second, ["Café offert"]),
    ):
        project = project.apply(commands)
    found = {(row.what, row.change, row.item) for row in compare_journeys(project, id).itertuples()}
    assert found == {
        ("stage", "reworded", "Découverte"),
        ("stage", "removed", "Après"),
        ("stage", "added", "Fidélité"),
        ("touchpoint", "moved", "Site"),
        ("touchpoint", "removed", "Vitrine"),
        ("touchpoint", "added", "Application"),
        ("card", "reworded", "Attente de moins de 2 min"),
        ("card", "removed", "Prix"),
        ("card", "added", "Café offert"),
    }


def test_a_difference_names_the_action_that_brings_it(shop):
    project, id = tomorrow(shop)
    project = project.apply(edits.set_score(project.stages_of(id)[0][0], "emotion", 1, author="Anne"))
    project = project.apply(Put("action", "a1", {"title": "Refaire l’accueil"}))
    key = compare_journeys(project, id)["key"].iloc[0]
    project = project.apply(link_change(project, key, ["a1"]))
    assert compare_journeys(project, id)["actions"].iloc[0] == "Refaire l’accueil"
    assert compare_journeys(project.apply(link_change(project, key, [])), id)["actions"].iloc[0] == ""


@pytest.mark.parametrize(
    ("comparison", "value", "expected"),
    [
        ("<", "30", [True, False, False, False]),
        (">=", "30", [False, True, True, False]),
        ("=", "25 ans", [True, False, False, False]),
        ("!=", "41", [True, True, False, False]),
        ("contains", "ANS", [True, False, False, False]),
        ("=", "", [False] * 4),
        ("drop table", "1", [False] * 4),
    ],
)
def test_a_rule_on_age_takes_the_answers_it_says(comparison, value, expected):
    evidence = pd.DataFrame({"attr:Âge": pd.Series(["25 ans", "30", "41", None], dtype="string")})
    assert list(matching(evidence, {"column": "Âge", "comparison": comparison, "value": value})) == expected


def test_a_curve_per_persona_counts_its_own_answers_only(shop):
    stage = shop.stages["id"][0]
    rows = [
        ("Avant", age, note, f"r{i}") for i, (age, note) in enumerate([("22", 5), ("24", 4), ("51", 1), ("60", 2), ("58", 1), (None, 3)])
    ]
    frame = pd.DataFrame(rows, columns=["stage_label", "attr:Âge", "value", "respondent"]).assign(measure="satisfaction", low=1, high=5)
    key, data = pack(frame)
    project = shop.apply(Put("evidence", "e1", {"blob": key, "rows": 6, "stages": {"Avant": stage}}, payloads={key: data}))
    project = project.apply(Put("persona", "p1", {"name": "Jeunes", "rule": {"column": "Âge", "comparison": "<", "value": "30"}}))
    project = project.apply(
        Put("persona", "p2", {"name": "Aînés", "rule": {"column": "Âge", "comparison": ">=", "value": "30"}, "order": 1.0})
    )
    curves = persona_curves(project, project.first_journey, ["p1", "p2"])
    means = curves.dropna(subset=["mean"]).set_index("persona")
    assert means.loc["p1", "mean"] == pytest.approx(1.5)
    assert means.loc["p2", "mean"] == pytest.approx((-2 - 1 - 2) / 3)
    assert (means.loc["p1", "n"], means.loc["p2", "n"]) == (2, 3)


def test_two_maps_side_by_side_hold_everything_and_mark_what_differs() -> None:
    from analysis.project.beside import side_by_side

    project = Project.new("Boutique", language="fr", stages=["Avant", "Après"])
    before = project.stages["id"][0]
    project = project.apply(edits.add_touchpoints(project, project.first_journey, before, ["Site", "Vitrine"]))
    project = project.apply(edits.add_cards(project, project.first_journey, "action", before, ["Cherche", "Compare"]))
    project = project.apply(edits.set_score(before, "emotion", -1, author="anne"))
    commands, target = copy_journey(project, project.first_journey, "Cible", author="anne")
    project = project.apply(commands)
    assert set(side_by_side(project, target)["change"]) == {""}

    (first, second) = (id for id, _ in project.stages_of(target))
    copies = {card.text: id for id, card in project.table("card").items() if card.journey == target}
    place = next(id for id, p in project.placements_of(target) if project.table("touchpoint")[p.touchpoint].name == "Vitrine")
    for commands in (
        edits.rename("card", copies["Cherche"], "Trouve tout de suite"),
        edits.remove("card", copies["Compare"]),
        edits.move_touchpoint(project, place, second),
        edits.set_score(first, "emotion", 1, author="anne"),
        edits.add_stage(project, target, "Rester"),
    ):
        project = project.apply(commands)
    told = side_by_side(project, target)[["stage", "lane", "side", "item", "change"]].values.tolist()
    assert told == [
        [0, "stage", "as_is", "Avant", ""], [0, "stage", "to_be", "Avant", ""],
        [0, "emotion", "as_is", -1.0, "better"], [0, "emotion", "to_be", 1.0, "better"],
        [0, "touchpoints", "as_is", "Site", ""], [0, "touchpoints", "as_is", "Vitrine", "moved"], [0, "touchpoints", "to_be", "Site", ""],
        [0, "action", "as_is", "Cherche", "reworded"], [0, "action", "as_is", "Compare", "removed"],
        [0, "action", "to_be", "Trouve tout de suite", "reworded"],
        [1, "stage", "as_is", "Après", ""], [1, "stage", "to_be", "Après", ""], [1, "touchpoints", "to_be", "Vitrine", "moved"],
        [2, "stage", "to_be", "Rester", "added"],
    ]  # fmt: skip


def test_a_map_of_tomorrow_does_not_count_the_pain_points_of_today_twice(shop: Project) -> None:
    from analysis.project.measures import vital_few
    from analysis.project.views import journey_facts, journey_view

    touchpoint = shop.touchpoints["id"][0]
    for id in shop.cards["id"]:
        shop = shop.apply(edits.change("card", id, touchpoint=touchpoint))

    def counted(project: Project) -> tuple[int, int, float]:
        few = vital_few(project, "pain_points", "touchpoint").set_index("label")["value"]
        return project.count_cards("pain_point")[touchpoint], int(project.touchpoints["pain_points"][0]), float(few["Site"])

    commands, target = copy_journey(shop, shop.first_journey, "Cible", author="anne")
    later = shop.apply(commands)
    assert counted(shop) == counted(later) == (2, 2, 2.0)
    assert journey_facts(later)["pain_points"] == 2
    gone = later.apply([Remove("card", id) for id, card in later.table("card").items() if card.journey == target])
    assert journey_facts(gone, target)["pain_points"] == 0
    assert [row["pain_points"] for row in journey_view(gone, target)["touchpoints"]] == [None, None]
    assert counted(gone) == (2, 2, 2.0)
