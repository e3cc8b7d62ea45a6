"""Ready journeys: what somebody who starts from one finds."""

from __future__ import annotations

import re

import pytest

from analysis.errors import NotFound
from analysis.project.model import FAMILIES
from analysis.templates import NAMES, template, templates


@pytest.mark.parametrize("language", ["fr", "en"])
def test_eight_trades_are_on_offer_in_both_languages(language: str) -> None:
    found = templates(language)
    assert [name for name, _, _ in found] == list(NAMES)
    assert len({title for _, title, _ in found}) == 8
    assert all(description.endswith(".") for _, _, description in found)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_a_ready_journey_is_full_but_for_its_scores(name: str, language: str) -> None:
    project = template(name, language)
    stages, touchpoints, cards = project.stages, project.touchpoints, project.cards
    assert 5 <= len(stages) <= 7
    assert stages["goal"].str.len().min() > 10
    assert 15 <= len(touchpoints) <= 25
    assert touchpoints["touchpoint"].is_unique
    assert set(touchpoints["family"]) <= set(FAMILIES)
    assert touchpoints[["channel", "online", "direct", "stage"]].notna().all(axis=None)
    assert set(cards["lane"]) == {"action", "thought", "pain_point", "delight", "opportunity"}
    assert cards.groupby("stage")["lane"].agg(lambda found: "pain_point" in set(found)).all()
    assert cards.loc[cards["lane"] == "pain_point", "touchpoint_id"].notna().all()
    assert project.table("score") == {}
    assert project.emotions()["value"].isna().all()


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_tell_the_same_journey(name: str) -> None:
    french, english = template(name, "fr"), template(name, "en")
    for column in ("family", "online", "direct"):
        assert list(french.touchpoints[column]) == list(english.touchpoints[column]), column
    counts = [project.cards.value_counts(["lane"]).to_dict() for project in (french, english)]
    assert counts[0] == counts[1]
    assert set(french.cards["text"]).isdisjoint(english.cards["text"])
    assert (french.language, english.language) == ("fr", "en")


@pytest.mark.parametrize("name", NAMES)
def test_the_french_is_typeset_as_french(name: str) -> None:
    project = template(name, "fr")
    texts = [*project.cards["text"], *project.stages["goal"], *project.touchpoints["touchpoint"]]
    assert not [text for text in texts if re.search(r"(?<![\u00a0\u202f]):|(?<!\u00a0)[;?!»]|«(?!\u00a0)|\w'\w", text)]


def test_an_unknown_trade_is_refused() -> None:
    with pytest.raises(NotFound):
        template("space_travel")


def test_two_projects_of_one_trade_have_ids_of_their_own() -> None:
    one, two = template("hotel"), template("hotel")
    assert set(one.table("touchpoint")).isdisjoint(two.table("touchpoint"))
