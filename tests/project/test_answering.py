"""Which feedback an action answers, and who stands for what."""

from __future__ import annotations

from analysis.project import edits
from analysis.project.answering import answerable, answered_in_words, people
from tests.pages.boutique import QUOTE, boutique


def test_what_was_said_of_the_touchpoint_of_the_action_comes_first() -> None:
    action = edits.add_action("Devis", touchpoint=QUOTE)
    project = boutique().apply(action)
    mine = {id for id, card in project.table("card").items() if card.touchpoint == QUOTE and card.kind == "pain_point"}
    offered = answerable(project, action[0].id, "fr")
    assert set(list(offered)[: len(mine)]) == mine
    assert len(set(offered.values())) == len(offered)
    assert all(line.endswith(" · Devis · Irritants") for line in list(offered.values())[: len(mine)])


def test_two_cards_of_one_text_can_be_told_apart() -> None:
    action = edits.add_action("Devis", touchpoint=QUOTE)
    project = boutique().apply(action)
    one = next(id for id, card in project.table("card").items() if card.touchpoint == QUOTE and card.kind == "pain_point")
    card = project.table("card")[one]
    twice = project.apply(edits.add_cards(project, project.first_journey, "pain_point", card.stage, [card.text], touchpoint=QUOTE))
    lines = list(answerable(twice, action[0].id, "fr").values())
    assert len(set(lines)) == len(lines)
    assert any(line.endswith("(2)") for line in lines)


def test_what_an_action_answers_is_told_a_line_each() -> None:
    project = boutique()
    said = [id for id, card in project.table("card").items() if card.kind == "pain_point"][:2]
    project = project.apply([*edits.add_action("Devis", cards=said), *edits.add_action("Rien")])
    told = answered_in_words(project)
    assert sorted(told.dropna()) == ["\n".join(project.table("card")[id].text for id in said)]
    assert told.isna().sum() == 1


def test_names_are_told_apart_by_commas_and_small_words() -> None:
    assert people("Zoé, Bob; Inès et Léa & Tom / Max and Jo") == ["Zoé", "Bob", "Inès", "Léa", "Tom", "Max", "Jo"]
    assert people("Équipe marketing") == ["Équipe marketing"]
    assert people("  ") == []
