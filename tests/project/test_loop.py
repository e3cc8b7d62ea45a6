"""Closing the loop: which feedback led to which action, and what customers are told."""

from __future__ import annotations

from analysis import Project
from analysis.project import edits
from analysis.project.loop import feedback, summary
from tests.pages.boutique import QUOTE, SITE, boutique


def pains(project: Project, touchpoint: str) -> list[str]:
    return [id for id, card in project.table("card").items() if card.kind == "pain_point" and card.touchpoint == touchpoint]


def answered() -> Project:
    project = boutique("fr")
    return project.apply(
        [
            *edits.add_action("Prix en première page", touchpoint=SITE, cards=pains(project, SITE), status="done", owner="Bachir", cost=500.0),
            *edits.add_action("Devis en une page", touchpoint=QUOTE, cards=pains(project, QUOTE)[:1], status="proposed"),
        ]
    )


def test_each_piece_of_feedback_says_which_action_answers_it_or_that_none_does() -> None:
    project = answered()
    found = feedback(project)
    told = found[found["action"].notna()]
    assert set(told.loc[told["action"] == "Prix en première page", "card_id"]) == set(pains(project, SITE))
    everything = {id for id, card in project.table("card").items() if card.kind == "pain_point"}
    assert everything <= set(found["card_id"])
    assert found["card_id"].is_unique
    assert set(found.loc[found["action"].isna(), "card_id"]).isdisjoint(told["card_id"])


def test_customers_are_told_what_is_done_without_names_costs_or_promises_of_what_is_only_proposed() -> None:
    text = summary(answered(), "fr")
    said = answered().table("card")[pains(answered(), SITE)[0]].text
    assert text.startswith("Ce que vous nous avez dit, et ce que nous en faisons\n\nCe qui est fait\n• Vous nous avez dit\u00a0: «\u00a0")
    assert said in text
    assert "C’est fait\u00a0: Prix en première page." in text
    assert not any(hidden in text for hidden in ("Bachir", "500", "Devis en une page"))


def test_without_an_action_that_answers_anything_there_is_nothing_to_tell() -> None:
    project = boutique("en").apply(edits.add_action("Anything"))
    assert summary(project, "en") == ""
    assert feedback(project)["action"].isna().all()


def test_a_dropped_action_answers_nothing_any_more() -> None:
    project = answered()
    id = next(i for i, action in project.table("action").items() if action.status == "done")
    dropped = project.apply(edits.change("action", id, status="dropped"))
    assert "Prix en première page" not in summary(dropped, "fr")
    assert feedback(dropped)["action"].dropna().unique().tolist() == ["Devis en une page"]
