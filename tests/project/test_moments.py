"""Moments of truth of a project: proposed with their reason, decided by people."""

from __future__ import annotations

import pytest

from analysis import Project
from analysis.language import translator
from analysis.project import edits
from analysis.project.moments import decide, moments, proposals, reasons


@pytest.fixture
def shop() -> Project:
    project = Project.new("Boutique", language="fr")
    stages = list(project.stages["id"])
    project = project.apply(edits.add_touchpoints(project, project.first_journey, stages[0], ["Caisse", "Vitrine", "Retour", "Site"]))
    caisse, vitrine, retour, _ = project.touchpoints["id"]
    figures = {caisse: (9, 9, -1.5), vitrine: (9, 2, 2.0), retour: (4, 4, 0.0)}
    for id, values in figures.items():
        for criterion, value in zip(("importance", "impact", "emotion"), values, strict=True):
            project = project.apply(edits.set_score(id, criterion, value, author="Anne"))
    return project


def test_what_weighs_much_and_feels_bad_is_proposed_first_with_its_score(shop):
    found = moments(shop)
    assert list(found["touchpoint"]) == ["Caisse", "Retour", "Vitrine", "Site"]
    # importance 9 → 4.556, impact 9 → 4.556, experience −1.5 + 3 = 1.5
    assert found["moment_score"].iloc[0] == pytest.approx(2 * (1 + 4 * 8 / 9) - 1.5)
    assert list(found["proposed"]) == [True, False, True, False]
    assert found["moment_score"].isna().tolist() == [False, False, False, True]


def test_the_reason_is_said_in_words(shop):
    found = proposals(shop).set_index("touchpoint")["reason"]
    t = translator("fr")
    assert (found["Caisse"], found["Vitrine"]) == ("score,emotion", "emotion")
    assert reasons(found["Caisse"], t).endswith(reasons(found["Vitrine"], t))
    assert reasons("emotion", translator("en")) == "It matters much and is strongly felt."
    assert reasons(None, t) == ""


def test_what_was_accepted_or_refused_is_no_longer_proposed(shop):
    caisse, vitrine = (shop.touchpoints.set_index("touchpoint").loc[name, "id"] for name in ("Caisse", "Vitrine"))
    decided = shop.apply([*decide(caisse, "accepted"), *decide(vitrine, "refused")])
    assert proposals(decided).empty
    assert decided.touchpoints.set_index("touchpoint")["moment_of_truth"].dropna().to_dict() == {"Caisse": "accepted", "Vitrine": "refused"}
    assert list(proposals(decided.apply(decide(vitrine, "")))["touchpoint"]) == ["Vitrine"]


def test_a_divided_stage_makes_its_important_touchpoints_moments_of_truth(shop, monkeypatch):
    calm = shop.apply(edits.set_score(shop.touchpoints["id"][2], "importance", 8, author="Anne"))
    assert "Retour" not in list(proposals(calm)["touchpoint"])
    real = Project.emotions
    monkeypatch.setattr(Project, "emotions", lambda self, journey=None: real(self, journey).assign(divided=True))
    row = proposals(calm).set_index("touchpoint").loc["Retour"]
    assert row["reason"] == "divided"


def test_a_project_without_touchpoints_proposes_nothing():
    assert moments(Project.new("Vide")).empty
