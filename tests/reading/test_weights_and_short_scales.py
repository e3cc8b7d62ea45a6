"""Surveys whose answers are weighed, or whose marks never reach the end of the usual scale: the reader says so."""

from __future__ import annotations

import pytest

import analysis
from analysis import Project
from analysis.reading.corrections import Corrections


def read(text):
    return analysis.read(text.encode(), "enquete.csv")


@pytest.mark.parametrize("header", ["Poids", "Coefficient de redressement", "weight", "Pondération"])
def test_what_an_answer_weighs_is_no_answer_and_is_said_to_be_unused(header):
    book = read(f"Réponse n°;Satisfaction /5;Recommandation (0-10);{header}\n1;4;9;1,2\n2;2;5;0,8\n3;5;10;1,5\n4;3;7;0,5\n")
    found = book.tables[0]
    assert found.kind == "survey"
    assert found.mapping == {"Réponse n°": "id", "Satisfaction /5": "satisfaction", "Recommandation (0-10)": "nps", header: None}
    assert list(book.problems.loc[book.problems["code"] == "weights", "value"]) == [header]
    project = Project.new("Boutique", language="fr")
    project = project.apply(project.plan_import([found]).commands)
    assert set(project.evidence["measure"]) == {"satisfaction", "nps"}


def test_a_weight_of_a_touchpoint_stays_what_it_matters():
    assert read("Étape;Point de contact;Poids;Satisfaction\nAvant;Site;3;4\nAprès;SAV;5;2\n").tables[0].mapping["Poids"] is not None


def _marks(top):
    return "Date;Accueil;Propreté;Prix\n" + "".join(f"{n}/03/2026;{1 + n % top};{1 + n * 3 % top};{2 + n % (top - 1)}\n" for n in range(13, 22))


def test_marks_that_never_reach_five_may_go_to_four_and_that_is_asked():
    book = read(_marks(4))
    asked = book.problems[book.problems["code"] == "short_scale"]
    assert list(asked["header"]) == ["Accueil", "Propreté", "Prix"]
    assert book.tables[0].scales["Accueil"] == (1, 5)
    said = book.tables[0].corrected(Corrections(scales={"Accueil": (1, 4)}))
    assert said.scales["Accueil"] == (1, 4)
    assert "short_scale" not in set(read(_marks(5)).problems["code"])
    assert "short_scale" not in set(read(_marks(4).replace("Accueil", "Accueil (1-4)").replace("Propreté", "Propreté /4").replace("Prix", "Prix /4")).problems["code"])
