"""What an inventory says stays in the project: rows that look alike, figures given twice, columns that have no field."""

from __future__ import annotations

import pytest

import analysis
from analysis.project.importing.names import is_slip
from analysis.project.merging import merge_touchpoints


def planned(text, project=None, name="points.csv"):
    project = project or analysis.Project.new("Essai", language="fr")
    return project, project.plan_import(analysis.read(text.encode(), name).tables, file=name)


def imported(text, project=None, name="points.csv"):
    project, plan = planned(text, project, name)
    return project.apply(plan.commands)


def names(project):
    return [one.name for one in project.table("touchpoint").values()]


def extra(project):
    return {one.name: one.extra for one in project.table("touchpoint").values()}


def test_two_rows_that_a_letter_tells_apart_are_two_touchpoints():
    project = imported("Étape;Point de contact;Impact (1-5)\nAchat;Formulaire A;1\nAchat;Formulaire B;5\n")
    assert names(project) == ["Formulaire A", "Formulaire B"]
    assert list(project.touchpoints["impact"]) == [1.0, 10.0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("service apre vente nord", "service apre vente sud"),
        ("appel entrant du service client", "appel sortant du service client"),
        ("salle 12 du premier etage", "salle 13 du premier etage"),
    ],
)
def test_a_word_of_its_own_is_no_slip(one, other):
    assert not is_slip(one, other)


def test_another_file_with_a_slip_does_not_rename_the_touchpoint():
    project = imported("Étape;Point de contact;Impact (1-5)\nAchat;Caisse;3\nAchat;Site;4\n")
    again = imported("Point de contact;Satisfaction (1-5);Effort (1-5)\ncaises;3;4\nSITE;3;2\n", project, "autre.csv")
    assert names(again) == ["Caisse", "Site"]
    assert again.touchpoints["satisfaction"].notna().all()


TWICE = "Étape;Point de contact;Impact (1-5);Effort (1-5)\nAchat;Service client;4;2\nAchat;Service clients;4;5\n"


def test_a_figure_given_twice_is_said_with_both_cells_and_is_no_change_of_the_project():
    _, plan = planned(TWICE)
    [line] = plan.twice.to_dict("records")
    assert (line["item"], line["field"]) == ("Service clients", "effort")
    assert (line["first_cell"], line["first"], line["cell"], line["value"]) == ("D2", 2.0, "D3", 5.0)
    assert set(plan.changes["status"]) == {"new"}


def test_the_list_of_imports_counts_the_rows_of_the_file():
    [record] = imported(TWICE).table("import").values()
    assert record.rows == 2


def test_what_two_rows_say_alike_is_not_said_to_be_twice():
    assert planned(TWICE.replace(";5\n", ";2\n"))[1].twice.empty


OWN = "Étape;Point de contact;Impact (1-5);Prestataire;Vu le;Téléphone\nAchat;Caisse;3;Dupont SA, a@b.fr;2026-03-01;0612345678\nAchat;Site;4;;;\n"


def test_columns_without_a_field_are_kept_with_the_touchpoint_but_for_what_is_personal():
    found = extra(imported(OWN))
    assert found["Caisse"]["Prestataire"] == "Dupont SA, [@]"
    assert found["Caisse"]["Vu le"] == "2026-03-01"
    assert found["Site"] == {}
    assert not any("0612345678" in str(facts) for facts in found.values())


def test_a_column_left_out_is_not_kept():
    from analysis.reading.corrections import leaving_out

    project = analysis.Project.new("Essai", language="fr")
    table = leaving_out(analysis.read(OWN.encode(), "points.csv").tables[0], "Prestataire")
    assert "Prestataire" not in extra(project.apply(project.plan_import([table]).commands))["Caisse"]


def test_an_edited_cell_of_such_a_column_is_a_line_of_the_comparison():
    project = imported(OWN)
    _, plan = planned(OWN.replace("Dupont SA", "Martin SARL"), project)
    [line] = plan.changes[plan.changes["status"] == "changed"].to_dict("records")
    assert (line["item"], line["field"], line["cell"]) == ("Caisse", "Prestataire", "D2")
    assert (line["before"], line["after"]) == ("Dupont SA, [@]", "Martin SARL, [@]")
    assert planned(OWN, project)[1].commands == []


def test_rows_of_one_touchpoint_keep_each_what_they_say():
    project = imported("Étape;Point de contact;Irritants;Lot\nAchat;Caisse;Attente;Nord\nAchat;Caisse;Bruit;Sud\nAchat;Caisse;Froid;Sud\n")
    assert extra(project) == {"Caisse": {"Lot": "Nord | Sud"}}


def test_a_merged_touchpoint_brings_its_columns_along():
    project = imported("Étape;Point de contact;Impact (1-5);Lot;Ville\nAchat;Caisse;3;Nord;\nAchat;Guichet;4;Sud;Lille\n")
    keep, other = project.table("touchpoint")
    merged = project.apply(merge_touchpoints(project, keep, [other]))
    assert extra(merged) == {"Caisse": {"Lot": "Nord", "Ville": "Lille"}}


def test_the_workbook_has_the_columns_of_the_file():
    import io

    import openpyxl

    from analysis.reports.workbook import build

    book = openpyxl.load_workbook(io.BytesIO(build(imported(OWN), "fr")))
    cells = [cell.value for row in book["Points de contact"].iter_rows() for cell in row]
    assert "Prestataire" in cells
    assert "Dupont SA, [@]" in cells


def test_a_discreet_deliverable_leaves_those_columns_out():
    from analysis.reports import Privacy
    from analysis.reports.privacy import discreet

    assert not any(extra(discreet(imported(OWN), Privacy(staff=False), "fr")).values())
