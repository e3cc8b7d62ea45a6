"""What staff say against what customers say, from answers and by hand; and the record of it."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from analysis import Project, Store, perception_gap
from analysis.charts.distribution import distribution
from analysis.errors import InvalidCommand
from analysis.project import Put, edits
from analysis.project.evidence import COLUMNS, block, pack
from analysis.project.sides import both_sides, sides_key
from analysis.project.versions import touchpoint_history


@pytest.fixture
def shop() -> Project:
    project = Project.new("Boutique")
    return project.apply(edits.add_touchpoints(project, project.first_journey, project.stages["id"][0], ["Caisse", "Vitrine"]))


def answered(project: Project, rows: list[dict[str, object]]) -> Project:
    key, data = pack(block(pd.DataFrame(rows).reindex(columns=list(COLUMNS))))
    caisse = project.touchpoints["id"][0]
    values = {"blob": key, "rows": len(rows), "touchpoints": {"Caisse": caisse}, "title": "Enquête"}
    return project.apply(Put("evidence", "e1", values, payloads={key: data}))


def by_hand(project: Project, **values: float) -> Project:
    for criterion, value in values.items():
        project = project.apply(edits.set_score(project.touchpoints["id"][0], criterion, value, author="Anne"))
    return project


def gap(project: Project) -> dict[str, tuple[float, int, int, bool]]:
    found = perception_gap(both_sides(project))
    return {row.measure: (row.gap, row.n_staff, row.n_customer, bool(row.clear)) for row in found.itertuples() if pd.notna(row.gap)}


def test_importance_recorded_by_hand_on_both_sides_gives_a_gap_that_is_never_certain(shop):
    assert gap(by_hand(shop, importance=9, importance_staff=5)) == {"importance": (4.0, 1, 1, False)}


def test_satisfaction_is_compared_on_the_emotion_scale(shop):
    assert gap(by_hand(shop, satisfaction=-1.5, satisfaction_staff=1)) == {"satisfaction": (-2.5, 1, 1, False)}


def test_answers_of_a_side_stand_alone_beside_what_was_recorded_for_the_other(shop):
    rows = [{"touchpoint_label": "Caisse", "side": "staff", "measure": "importance", "value": v, "low": 1, "high": 10} for v in (4.0, 6.0)]
    project = by_hand(answered(shop, rows), importance=9, importance_staff=2)
    assert gap(project) == {"importance": (4.0, 2, 1, False)}


def test_what_staff_answered_is_a_measured_figure_that_can_be_overridden_and_comes_back(shop):
    rows = [{"touchpoint_label": "Caisse", "side": "staff", "measure": "importance", "value": v, "low": 1, "high": 10} for v in (4.0, 6.0)]
    project, id = answered(shop, rows), shop.touchpoints["id"][0]
    assert (project.figures[id, "importance_staff"].value, project.figures[id, "importance_staff"].provenance) == (5.0, "measured")
    assert (id, "importance") not in project.figures
    over = by_hand(project, importance_staff=8)
    assert [over.figures[id, "importance_staff"].value, over.figures[id, "importance_staff"].others[0].value] == [8.0, 5.0]
    assert over.apply(edits.withdraw(over, id, "importance_staff")).figures[id, "importance_staff"].value == 5.0


def test_who_answers_twice_counts_once_in_the_figure_as_in_the_heatmap_and_the_gap(shop):
    answers = [("a", 10.0), ("a", 10.0), ("a", 10.0), ("b", 4.0), (None, 7.0)]
    rows = [
        {"touchpoint_label": "Caisse", "side": side, "respondent": who, "measure": "importance", "value": v, "low": 1, "high": 10}
        for side in ("customer", "staff")
        for who, v in answers
    ]
    project, id = answered(shop, rows), shop.touchpoints["id"][0]
    own, staff = project.figures[id, "importance"], project.figures[id, "importance_staff"]
    assert [(own.value, own.n), (staff.value, staff.n)] == [(7.0, 3), (7.0, 3)]  # 10, 4 and 7: not 41 / 5
    assert gap(project) == {"importance": (0.0, 3, 3, False)}


def test_a_value_outside_its_scale_is_refused(shop):
    with pytest.raises(InvalidCommand):
        by_hand(shop, satisfaction_staff=3)


def test_the_key_changes_with_what_is_recorded(shop):
    assert sides_key(shop) == sides_key(shop.apply([]))
    assert sides_key(shop) != sides_key(by_hand(shop, importance_staff=3))
    assert both_sides(shop).equals(shop.evidence)


def test_the_history_of_a_touchpoint_leaves_out_what_is_about_others(shop, home):
    store = Store()
    id = store.create(shop, author="Anne")
    caisse, vitrine = shop.touchpoints["id"]
    store.apply(id, edits.set_score(caisse, "impact", 7, author="Anne"), author="Anne", label="Score")
    store.apply(id, edits.set_score(vitrine, "impact", 3, author="Anne"), author="Anne", label="Score")
    store.apply(
        id,
        edits.add_cards(store.load(id), shop.first_journey, "pain_point", None, ["Attente"], touchpoint=caisse),
        author="Zoé",
        label="Cards",
    )
    found = touchpoint_history(store.history(id), store.changes(id), caisse)
    assert list(found["revision"]) == [4, 2]
    assert set(store.changes(id)) == {2, 3, 4}


def test_an_incident_keeps_its_cause(shop):
    card = {
        "kind": "critical_incident",
        "text": "Double débit",
        "cause": "Terminal en panne",
        "side": "customer",
        "journey": shop.first_journey,
    }
    after = shop.apply(Put("card", "c1", card))
    assert after.table("card")["c1"].cause == "Terminal en panne"


def test_the_answers_behind_a_point_are_counted_at_their_nearest_level():
    chart = distribution([-2, -1.5, -0.4, 0.5, 1.6, None, 2], "fr")
    assert chart.to_dict()["usermeta"]["counts"] == [2, 0, 1, 1, 2]
    assert chart.to_dict()["title"]["text"] == ["6 réponses"]


def test_a_card_says_on_the_map_who_told_it_and_what_it_costs() -> None:
    from analysis.charts.journey import draw
    from analysis.project.views import journey_view

    project = Project.new("Boutique", language="fr", stages=["Caisse"])
    facts = {"side": "staff", "lost_value": 12500.0, "count": 4.0}
    project = project.apply(edits.add_cards(project, project.first_journey, "pain_point", project.stages["id"][0], ["Attente"], **facts))
    view = journey_view(project, language="fr")
    (card,) = view["cards"]
    assert (card["side"], card["lost"], card["count"]) == ("staff", "12\u202f500\u00a0€", 4)
    drawn = json.dumps(draw(view, "fr", lines=1000).to_dict(), ensure_ascii=False)
    assert all(part in drawn for part in ("Cité 4 fois", "Équipe", "12\u202f500\u00a0€"))
