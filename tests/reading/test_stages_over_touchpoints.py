"""Surveys headed by two rows: the stages of the journey, and under each what was judged in it."""

from __future__ import annotations

import io

import openpyxl

import analysis
from analysis import Project

_HEAD = [["", "Avant", "", "Pendant", "", "Après", ""], ["Répondant", "Site", "Téléphone", "Accueil", "Attente", "Facture", "SAV"]]
_ANSWERS = [[f"R{n}", 4 + n % 2, 3 - n % 2, 5, 2 + n % 3, 4, 1 + n % 4] for n in range(8)]


def book(rows, merges=()):
    made = openpyxl.Workbook()
    sheet = made.active
    for row in rows:
        sheet.append([None if cell == "" else cell for cell in row])
    for span in merges:
        sheet.merge_cells(span)
    out = io.BytesIO()
    made.save(out)
    return analysis.read(out.getvalue(), "enquete.xlsx")


def test_each_column_is_a_touchpoint_of_the_stage_over_it():
    for merges in ((), ("B1:C1", "D1:E1", "F1:G1")):
        read = book(_HEAD + _ANSWERS, merges)
        found = read.tables[0]
        assert found.kind == "survey"
        assert [(q.stage, q.touchpoint) for q in found.questions.values()][:3] == [("Avant", "Site"), ("Avant", "Téléphone"), ("Pendant", "Accueil")]
        assert "taken_for_answers" in set(read.problems["code"])
        project = Project.new("Boutique", language="fr")
        project = project.apply(project.plan_import([found]).commands)
        assert list(project.stages["stage"]) == ["Avant", "Pendant", "Après"]
        assert project.touchpoints.set_index("touchpoint")["stage"]["SAV"] == "Après"
        answers = project.evidence
        assert len(answers) == 48
        assert answers[answers["touchpoint"] == "Attente"]["value"].mean() == 23 / 8
        assert set(answers[answers["touchpoint"] == "Facture"]["stage"]) == {"Après"}


def test_groups_over_impact_and_effort_are_no_stages():
    head = [["", "", "Évaluation", "", "Moyens", ""], ["Étape", "Point de contact", "Impact", "Effort", "Coût", "Délai"]]
    rows = [["Avant", f"Point {n}", 1 + n % 5, 5 - n % 5, 100 * n, n] for n in range(6)]
    assert book(head + rows).tables[0].kind == "touchpoints"


def test_touchpoints_of_a_long_survey_stand_in_the_stage_that_its_rows_name():
    rows = "".join(f"{n}/03/2026;{stage};{name};{mark}\n" for n, (stage, name, mark) in enumerate(
        [("Achat", "Caisse", 4), ("Achat", "Conseil", 5), ("Après", "SAV", 2), ("Achat", "Caisse", 3), ("Après", "SAV", 1)], 1))  # fmt: skip
    found = analysis.read(("Date;Client;Étape;Point de contact;Note\n" + rows.replace("/2026;", "/2026;Ana;")).encode(), "avis.csv").tables[0]
    project = Project.new("Boutique", language="fr")
    project = project.apply(project.plan_import([found]).commands)
    assert dict(zip(project.touchpoints["touchpoint"], project.touchpoints["stage"], strict=True)) == {"Caisse": "Achat", "Conseil": "Achat", "SAV": "Après"}


def test_stages_over_words_are_read_though_no_figure_stands_under_them():
    words = ["Good", "OK", "Poor"]
    head = [["Respondent", "Before", "", "During", ""], ["", "Website", "Booking", "Welcome", "Room"]]
    rows = [[f"G{n}", words[n % 3], words[(n + 1) % 3], words[n % 2], words[2 - n % 3]] for n in range(9)]
    found = book(head + rows, ("A1:A2", "B1:C1", "D1:E1")).tables[0]
    assert found.kind == "survey"
    assert [(q.stage, q.touchpoint) for q in found.questions.values()] == [
        ("Before", "Website"), ("Before", "Booking"), ("During", "Welcome"), ("During", "Room")
    ]  # fmt: skip
