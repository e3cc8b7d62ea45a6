"""Stages that a file numbers: their order is kept, the number is no part of the name."""

from __future__ import annotations

import analysis
from analysis import Project


def imported(project, text, name):
    return project.apply(project.plan_import(analysis.read(text.encode(), name).tables).commands)


_MAP = ";1. Je cherche;2. J'achète;3 - J'utilise\nActions;Google;Panier;Déballe\nPoints de contact;Moteur;Site;Notice\nIrritants;;Frais;Illisible\nÉmotion;😀;😐;😟\n"


def test_a_numbered_map_shows_the_names_of_its_stages_in_order():
    project = imported(Project.new("Boutique", language="fr"), _MAP, "parcours.csv")
    assert list(project.stages["stage"]) == ["Je cherche", "J'achète", "J'utilise"]
    again = project.plan_import(analysis.read(_MAP.encode(), "parcours.csv").tables)
    assert not len(again.commands)


def test_a_list_that_does_not_number_them_means_the_same_stages():
    project = imported(Project.new("Boutique", language="fr"), _MAP, "parcours.csv")
    project = imported(project, "Étape;Point de contact;Impact\nJe cherche;Enseigne;5\n2. J'achète;Caisse;7\n", "points.csv")
    assert len(project.stages) == 3
    assert project.touchpoints.set_index("touchpoint")["stage"][["Enseigne", "Caisse"]].tolist() == ["Je cherche", "J'achète"]


def test_one_name_under_two_numbers_is_two_stages():
    text = "Étape;Point de contact;Impact\n1. Visite;Site;5\n2. Achat;Caisse;7\n3. Visite;Magasin;4\n"
    assert list(imported(Project.new("Boutique", language="fr"), text, "points.csv").stages["stage"]) == ["Visite", "Achat", "3. Visite"]
