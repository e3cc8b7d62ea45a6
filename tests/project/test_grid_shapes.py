"""Journey maps as people draw them: groups of lanes, two rows of heads without a label, lanes of several rows, emotions as signs and marks."""

from __future__ import annotations

import io

import openpyxl
import pytest

import analysis


def _workbook(rows: list[list[object]], merges: tuple[str, ...] = ()) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    for where in merges:
        sheet.merge_cells(where)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _imported(data: bytes, name: str = "carte.xlsx") -> analysis.Project:
    book = analysis.read(data, name)
    assert [table.kind for table in book.tables] == ["journey_grid"]
    project = analysis.Project.new("Carte", language="fr")
    return project.apply(project.plan_import(book.tables).commands)


def _emotions(row: str) -> list[float | None]:
    text = f"Parcours;A;B;C;D\nPoints de contact;w;x;y;z\nIrritants;p;q;r;s\n{row}"
    project = _imported(text.encode(), "carte.csv")
    found = {project.table("stage")[score.target].name: score.value for score in project.table("score").values()}
    return [found.get(stage) for stage in "ABCD"]


@pytest.mark.parametrize(("row", "felt"), [
    ("Émotion;1;-1;0;-2", [1, -1, 0, -2]),
    ("Émotion;+;-;++;0", [1, -1, 2, 0]),
    ("Émotion;Content;-;Furieux;n/a", [1, None, -2, None]),
    ("Ressenti (de 1 à 5);4;2;5;3", [1, -1, 2, 0]),
    ("Satisfaction;3,5;4;2;1", [0.5, 1, -1, -2]),
    ("Courbe émotionnelle;-3;3;0;1,5", [-2, 2, 0, 1]),
    ("Satisfaction (%);80;40;20;90", [1.2, -0.4, -1.2, 1.6]),
    ("Humeur;4/5;2/5;😡;😍", [1, -1, -2, 2]),
])  # fmt: skip
def test_emotions_are_signs_figures_or_words(row, felt):
    assert _emotions(row) == pytest.approx(felt)


def test_the_names_of_lanes_stand_beside_their_groups():
    data = _workbook([
        ["Persona : Emma, 34 ans"], [None, None, "Découvrir", "Comparer", "Acheter"], ["Client", "Fait", "Cherche", "Lit les avis", "Paie"],
        [None, "Pense", "Est-ce bien ?", "Lequel ?", "Est-ce sûr ?"], ["Entreprise", "Points de contact", "Google", "Site d'avis", "Boutique"],
        [None, "Coulisses", "SEO", "Partenaires", "Prestataire"],
    ], ("A3:A4", "A5:A6"))  # fmt: skip
    project = _imported(data)
    assert "lane_groups" in set(analysis.read(data, "carte.xlsx").problems["code"])
    assert project.stages["stage"].tolist() == ["Découvrir", "Comparer", "Acheter"]
    assert project.touchpoints["touchpoint"].tolist() == ["Google", "Site d'avis", "Boutique"]
    assert [card.text for card in project.table("card").values() if card.kind == "backstage"] == ["SEO", "Partenaires", "Prestataire"]


def test_two_rows_of_heads_without_a_label_are_stages_over_their_steps():
    project = _imported(_workbook([
        [None, "Awareness", None, "Purchase"], [None, "Sees ad", "Visits site", "Pays"],
        ["Touchpoint", "Instagram", "Website", "Checkout"], ["Pain points", None, "Slow", "Too long"], ["Opportunities", None, "Cache", None],
    ]))  # fmt: skip
    assert project.stages["stage"].tolist() == ["Awareness", "Purchase"]
    assert [step.name for step in project.table("step").values()] == ["Sees ad", "Visits site", "Pays"]


def test_a_lane_may_take_several_rows():
    project = _imported(_workbook([
        [None, "Avant", "Achat"], ["Points de contact", "Site", "Magasin"], [None, "Réseaux sociaux", "Caisse"], [None, "Prospectus", None],
        ["Problèmes rencontrés", "Infos pas à jour", "Attente"], [None, None, "Rupture"], ["Satisfaction", "3,5", "4"],
    ], ("A2:A4", "A5:A6")))  # fmt: skip
    assert project.touchpoints["touchpoint"].tolist() == ["Site", "Réseaux sociaux", "Prospectus", "Magasin", "Caisse"]
    assert sorted(card.text for card in project.table("card").values()) == ["Attente", "Infos pas à jour", "Rupture"]


def test_a_service_blueprint_is_a_map():
    project = _imported(_workbook([
        ["Phase", "Before arrival", None, "Stay"], ["Step", "Book", "Confirm", "Sleep"], ["Physical evidence", "Website", "E-mail", "Bed"],
        ["Customer actions", "Books", "Reads", "Rests"], ["Frontstage", "Booking engine", None, "Housekeeper"],
        ["Backstage actions", "Rates", None, "Laundry"], ["Support processes", "PMS", "CRM", None],
    ], ("B1:C1",)))  # fmt: skip
    assert project.stages["stage"].tolist() == ["Before arrival", "Stay"]


def test_amounts_under_a_header_of_thousands_are_multiplied_and_that_is_said():
    book = analysis.read("Point de contact;Étape;Coût annuel (k€);Impact\nSite;Avant;12;3\nSalon;Avant;1,5 k€;4\n".encode(), "inventaire.csv")
    assert book.tables[0].frame["running_cost"].tolist() == [12000, 1500]
    assert book.problems.set_index("code").loc["counted_in", "cell"] == "C2"
