"""The map as it is drawn: whose cards, and the words for emotions."""

from __future__ import annotations

import pytest

from analysis import Project
from analysis.project import Put, edits
from analysis.project.views import emotion_levels, journey_view


@pytest.fixture
def shop() -> Project:
    project = Project.new("Boutique").apply([Put("persona", "marie", {"name": "Marie"}), Put("persona", "paul", {"name": "Paul"})])
    stage = project.stages["id"][0]
    for text, persona in (("Regarde", None), ("Compare", "marie"), ("Appelle", "paul")):
        project = project.apply(edits.add_cards(project, project.first_journey, "action", stage, [text], persona=persona))
    return project


def texts(project: Project, persona: str | None = None) -> set[str]:
    return {card["text"] for card in journey_view(project, persona=persona)["cards"]}


def test_a_persona_sees_their_cards_and_everybodys(shop):
    assert texts(shop, "marie") == {"Regarde", "Compare"}
    assert texts(shop) == {"Regarde", "Compare", "Appelle"}


def test_emotions_have_the_names_of_the_house_until_the_project_has_its_own(shop):
    assert emotion_levels(shop, "fr") == ["Frustré", "Mal à l’aise", "Indifférent", "Content", "Ravi"]
    own = shop.apply(edits.set_view(shop, levels=["Furieux", "", " ", "", "Aux anges"]))
    assert emotion_levels(own, "fr") == ["Furieux", "Mal à l’aise", "Indifférent", "Content", "Aux anges"]
    assert journey_view(own, language="en")["levels"] == ["Furieux", "Uneasy", "Indifferent", "Pleased", "Aux anges"]


def test_words_that_are_not_five_are_passed_over(shop):
    assert emotion_levels(shop.apply(edits.set_view(shop, levels=["Bof"])), "en")[0] == "Frustrated"
