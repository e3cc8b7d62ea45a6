"""Surveys as forms give them: a column a thing that was judged, and nothing that says “satisfaction”."""

from __future__ import annotations

import random
from typing import Any

import pytest

import analysis
from analysis import Project
from analysis.reading.batteries import thing_of
from analysis.reading.headers import guesses
from tests.reading.test_new_user import codes

AGREED = ["Tout à fait d'accord", "Plutôt d'accord", "Plutôt pas d'accord", "Pas du tout d'accord"]


def answered(headers: list[str], *columns: list[Any]) -> Any:
    lines = [";".join(headers), *(";".join(map(str, row)) for row in zip(*columns, strict=True))]
    return analysis.read("\n".join(lines).encode(), "enquete.csv").tables[0]


def drawn(low: int, high: int, n: int = 30, seed: int = 1) -> list[int]:
    return random.Random(seed).choices(range(low, high + 1), k=n)


PEOPLE = [f"Client {n}" for n in range(30)]
DAYS = [f"{n % 28 + 1:02}/05/2024" for n in range(30)]


@pytest.mark.parametrize(
    ("headers", "columns", "about", "scale"),
    [
        (["Nom", "Accueil /5", "Propreté /5", "Prix /5"], [PEOPLE, drawn(1, 5), drawn(1, 5, seed=2), drawn(1, 5, seed=3)],
         ["Accueil", "Propreté", "Prix"], (1, 5)),
        (["Horodateur", "Accueil", "Propreté", "Commentaire"], [DAYS, drawn(1, 5), drawn(1, 5, seed=2), ["rien"] * 30],
         ["Accueil", "Propreté"], (1, 5)),
        (["Horodateur", "Comment jugez-vous l'accueil ?", "Que pensez-vous de la propreté ?"], [DAYS, drawn(1, 10), drawn(1, 10, seed=2)],
         ["accueil", "propreté"], (1, 10)),
        (["Âge", "Livraison sur 10", "Emballage sur 10"], [drawn(18, 70), drawn(0, 10), drawn(0, 10, seed=2)],
         ["Livraison", "Emballage"], (0, 10)),
        (["client", "Magasin propre", "Personnel aimable"], [PEOPLE, random.Random(4).choices(AGREED, k=30), random.Random(5).choices(AGREED, k=30)],
         ["Magasin propre", "Personnel aimable"], (1, 5)),
        (["id", "Q1 - Attente", "Q2 - Qualité"], [PEOPLE, *(random.Random(n).choices(["Bon", "Moyen", "Mauvais", "Très bon"], k=30) for n in (6, 7))],
         ["Attente", "Qualité"], (1, 5)),
        (["Note accueil", "Note caisse", "Commentaires libres"], [drawn(1, 5), drawn(1, 5, seed=2), ["rien à dire"] * 30],
         ["accueil", "caisse"], (1, 5)),
    ],
)  # fmt: skip
def test_each_judged_thing_is_a_question_about_a_touchpoint(
    headers: list[str], columns: list[list[Any]], about: list[str], scale: tuple[float, float]
) -> None:
    table = answered(headers, *columns)
    asked = [question for question in table.questions.values() if question.measure != "comment"]
    assert table.kind == "survey"
    assert [question.touchpoint for question in asked] == about
    assert {(question.low, question.high) for question in asked} == {scale}
    project = Project.new("Magasin")
    project = project.apply(project.plan_import([table], file="enquete.csv").commands)
    assert set(project.evidence["touchpoint"].dropna()) == set(about)
    assert project.evidence["emotion"].notna().sum() == 30 * len(about)


def test_what_was_taken_for_answers_without_a_word_of_it_is_asked_and_what_states_its_scale_is_not() -> None:
    assert "taken_for_answers" in codes(answered(["Date", "Accueil", "Propreté"], DAYS, drawn(1, 5), drawn(1, 5, seed=2)))
    assert "taken_for_answers" not in codes(answered(["Date", "Accueil /5", "Propreté /5"], DAYS, drawn(1, 5), drawn(1, 5, seed=2)))


@pytest.mark.parametrize(
    ("headers", "columns"),
    [
        (["Client", "Nb enfants", "Nb visites", "Nombre d'achats"], [PEOPLE, drawn(1, 5), drawn(1, 9), drawn(1, 5)]),
        (["Produit", "Ventes", "Retours"], [PEOPLE, drawn(0, 900), drawn(0, 40)]),
        (["Produit", "Ruptures", "Casse"], [PEOPLE, [0, 0, 3, 1, 0] * 6, [0, 2, 0, 0, 1] * 6]),
        (["Ville", "Étage", "Zone"], [PEOPLE, drawn(1, 5), drawn(1, 5)]),
        (["Ville", "Population", "Code"], [PEOPLE, drawn(1000, 9000), drawn(10, 99)]),
    ],
)  # fmt: skip
def test_small_numbers_that_count_are_no_answers(headers: list[str], columns: list[list[Any]]) -> None:
    assert answered(headers, *columns).kind != "survey"


def test_a_column_of_words_beside_columns_of_figures_is_an_answer_too() -> None:
    waiting = ["Bon", "Moyen", "Mauvais"] * 10
    mapping = answered(["Date", "Accueil", "Propreté", "Attente"], DAYS, drawn(1, 5), drawn(1, 5, seed=2), waiting).mapping
    assert [mapping[header] for header in ("Accueil", "Propreté", "Attente")] == ["satisfaction"] * 3


def test_one_column_of_small_numbers_is_not_enough() -> None:
    assert "satisfaction" not in answered(["Ville", "Étoiles hôtel", "Habitants"], PEOPLE, drawn(1, 5), drawn(100, 900)).mapping.values()


@pytest.mark.parametrize(
    ("header", "thing"),
    [
        ("Q3. Notez la livraison (1 à 5)", "livraison"), ("Rate our website", "website"), ("Votre avis sur l’attente", "attente"),
        ("How would you rate the check-in?", "check-in"), ("Note globale", ""), ("Satisfaction", ""), ("Prix /10", "Prix"), ("", ""),
        ("Isolation /5", "Isolation"), ("Was the room clean?", "room clean"), ("Laverie : propre ?", "Laverie : propre"),
    ],
)  # fmt: skip
def test_the_thing_that_a_header_names(header: str, thing: str) -> None:
    assert thing_of(header) == thing


def test_a_ticket_keeps_what_the_customer_wrote_as_a_comment_and_never_as_a_stage() -> None:
    said = ["Appelez-moi au 06 12 34 56 78", "Toujours pas livré", "Colis cassé"]
    columns = [[f"T{n}" for n in range(30)], DAYS, ["Retard", "Casse", "Facture"] * 10, said * 10, drawn(1, 5)]
    table = answered(["N° ticket", "Créé le", "Objet", "Description", "Satisfaction"], *columns)
    assert (table.mapping["Objet"], table.mapping["Description"]) == ("description", "comment")
    project = Project.new("Boutique")
    project = project.apply(project.plan_import([table], file="tickets.csv").commands)
    assert not any("06 12" in str(entity) for kind in project.entities.values() for entity in kind.values())
    assert not project.evidence["text"].str.contains("06 12").any()


def test_a_dashboard_whose_columns_are_months_has_them_for_headers() -> None:
    text = ("Tableau de bord 2026\n\nIndicateur;Unité;Cible;janv. 26;févr. 26;mars 26\nTaux de conversion du site;%;3;2,1;2,2;2,4\n"
            "Panier moyen;€;45;38;39,5;41\nNPS;;50;31;35;33\nRéclamations;nb;5;14;11;9\n")  # fmt: skip
    table = analysis.read(text.encode(), "tableau.csv").tables[0]
    assert table.kind == "kpis"
    assert table.frame["kpi"].tolist() == ["Taux de conversion du site", "Panier moyen", "NPS", "Réclamations"]
    assert table.frame["kpi_value"].tolist() == [2.4, 41, 33, 9]


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Comment évaluez-vous la livraison ?", "rating"), ("Qu’est-ce qui pourrait être amélioré ?", "comment"),
        ("Pour quelle raison avez-vous mis cette note ?", "comment"),
    ],
)  # fmt: skip
def test_what_a_question_asks(header: str, field: str) -> None:
    assert guesses(header)[0].field == field
