"""Amounts of a file: in which currency, once or every year."""

from __future__ import annotations

import pytest

import analysis
from analysis.reading import corrections as correct

HEAD = "Étape;Point de contact;Impact (1-10);Coût"


def table(*lines, head=HEAD):
    return analysis.read("\n".join([head, *lines]).encode(), "points.csv").tables[0]


@pytest.fixture
def start():
    return analysis.Project.new("Essai", language="fr")


def imported(project, *tables):
    plan = project.plan_import(tables, file="points.csv")
    return project.apply(plan.commands), plan


def test_a_file_in_dollars_makes_a_project_in_dollars(start):
    after, plan = imported(start, table("Achat;Caisse;7;1 200 $", "Achat;Site;4;800 $"))
    assert after.settings.currency == "USD"
    assert after.touchpoints["cost"].tolist() == [1200, 800]
    assert plan.currencies[["header", "currency", "status"]].to_numpy().tolist() == [["Coût", "USD", "taken"]]


def test_the_currency_that_was_chosen_reaches_the_project(start):
    mixed = table("Achat;Caisse;7;1 200 $", "Achat;Site;4;800 €")
    after, _ = imported(start, correct.with_currency(mixed, "Coût", "CHF"))
    assert after.settings.currency == "CHF"
    assert after.touchpoints["cost"].tolist() == [1200, 800]


def test_a_currency_in_the_header_counts(start):
    after, _ = imported(start, table("Achat;Caisse;7;1200", "Achat;Site;4;800", head="Étape;Point de contact;Impact (1-10);Coût (£)"))
    assert after.settings.currency == "GBP"


def test_dollars_are_never_mixed_into_a_project_in_euros(start):
    euros, _ = imported(start, table("Achat;Caisse;7;1 200 €"))
    after, plan = imported(euros, table("Achat;Borne;3;500 $"))
    assert after.settings.currency == "EUR"
    assert after.touchpoints.set_index("touchpoint")["cost"].dropna().to_dict() == {"Caisse": 1200}
    assert plan.currencies["status"].tolist() == ["left_out"]
    said = correct.with_currency(table("Achat;Borne;3;500 $"), "Coût", "EUR")
    assert imported(euros, said)[0].touchpoints.set_index("touchpoint")["cost"].to_dict() == {"Caisse": 1200, "Borne": 500}


def test_a_cost_said_to_be_yearly_is_a_yearly_cost(start):
    after, _ = imported(start, correct.with_period(table("Achat;Caisse;7;1200", "Achat;Site;4;800"), "Coût", yearly=True))
    assert after.touchpoints["running_cost"].tolist() == [1200, 800]
    assert after.touchpoints["cost"].isna().all()


def test_two_yearly_costs_add_up(start):
    read = table("Achat;Caisse;7;1200;300", "Achat;Site;4;800;", head=f"{HEAD};Coût annuel")
    assert read.mapping["Coût annuel"] == "running_cost"
    after, _ = imported(start, correct.with_period(read, "Coût", yearly=True))
    assert after.touchpoints["running_cost"].tolist() == [1500, 800]


def test_the_yearly_cost_of_an_action_stands_in_its_notes(start):
    head = "Action;Responsable;Échéance;Statut;Coût"
    read = table("Ouvrir une caisse;Anne;01/12/2026;à faire;1200", "Refaire le site;Paul;01/02/2027;en cours;900", head=head)
    once, _ = imported(start, read)
    assert once.actions["cost"].tolist() == [1200, 900]
    yearly, _ = imported(start, correct.with_period(read, "Coût", yearly=True))
    assert yearly.actions["cost"].isna().all()
    assert [action.notes.replace("\u202f", " ").replace("\u00a0", " ") for action in yearly.table("action").values()] == [
        "Coût annuel : 1 200 €", "Coût annuel : 900 €",
    ]  # fmt: skip
