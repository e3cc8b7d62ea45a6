"""The same file again, edited: what is new, changed and gone, and what was corrected the first time."""

from __future__ import annotations

import io

import openpyxl
import pytest

import analysis
from analysis.project.importing.memory import as_before
from analysis.reading import corrections as correct

HEAD = ["Étape", "Point de contact", "Impact (1-10)"]


def workbook(**sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return analysis.read(stream.getvalue(), "classeur.xlsx").tables


def imported(project, tables, **how):
    return project.apply(project.plan_import(tables, file="classeur.xlsx", **how).commands)


@pytest.fixture
def start():
    return analysis.Project.new("Essai", language="fr")


def test_sheets_with_the_same_headers_each_keep_their_record(start):
    first = {"Particuliers": [HEAD, ["Achat", "Caisse", 7]], "Pros": [HEAD, ["Achat", "Devis", 4]]}
    once = imported(start, workbook(**first))
    assert sorted(record.sheet for record in once.table("import").values()) == ["Particuliers", "Pros"]
    plan = once.plan_import(workbook(**first), file="classeur.xlsx")
    assert plan.commands == []
    assert plan.summary["removed"].sum() == 0


def test_a_row_gone_from_one_of_two_alike_sheets_is_said_of_that_sheet(start):
    rows = [HEAD, ["Achat", "Caisse", 7], ["Achat", "Parking", 3]]
    other = [HEAD, ["Achat", "Devis", 4]]
    once = imported(start, workbook(Particuliers=rows, Pros=other))
    plan = once.plan_import(workbook(Particuliers=rows[:2], Pros=other), file="classeur.xlsx")
    assert plan.changes.query("status == 'gone'")[["item", "sheet"]].to_numpy().tolist() == [["Parking", "Particuliers"]]


def test_what_is_gone_stays_or_goes_as_the_user_says(start):
    once = imported(start, workbook(Points=[HEAD, ["Achat", "Caisse", 7], ["Achat", "Parking", 3]]))
    shorter = workbook(Points=[HEAD, ["Achat", "Caisse", 7]])
    assert list(imported(once, shorter).touchpoints["touchpoint"]) == ["Caisse", "Parking"]
    assert list(imported(once, shorter, remove_gone=True).touchpoints["touchpoint"]) == ["Caisse"]


def test_answers_that_are_gone_stay_or_go_as_the_user_says(start):
    head = ["Horodateur", "Accueil : quelle est votre satisfaction ? (1 à 5)", "Pourquoi cette note ?"]
    rows = [[f"{day:02d}/09/2026 09:00:00", day % 5 + 1, f"réponse {day}"] for day in range(1, 11)]
    once = imported(start, workbook(Avis=[head, *rows]))
    shorter = workbook(Avis=[head, *rows[:6]])
    assert imported(once, shorter).evidence["respondent"].nunique() == 10
    assert imported(once, shorter, remove_gone=True).evidence["respondent"].nunique() == 6


def test_corrections_of_the_first_import_are_applied_to_the_second(start):
    rows = [["Étape", "Point de contact", "Poids"], ["Achat", "Caisse", 7]]
    table = correct.with_scale(correct.with_field(workbook(Points=rows)[0], "Poids", "importance"), "Poids", 0, 20)
    once = imported(start, [table])
    edited = workbook(Points=[*rows, ["Achat", "Site", 12]])[0]
    assert "importance" not in edited.frame
    again = as_before(once, edited)
    assert again.scales["importance"] == (0, 20)
    assert list(again.frame["importance"]) == [7, 12]


def test_a_sheet_that_was_right_the_first_time_needs_no_memory(start):
    rows = {"Points": [HEAD, ["Achat", "Caisse", 7]]}
    assert as_before(imported(start, workbook(**rows)), workbook(**rows)[0]) is None


def test_a_hidden_sheet_is_imported_when_it_is_asked_for(start):
    book = openpyxl.Workbook()
    for row in ([*HEAD], ["Achat", "Caisse", 7]):
        book.active.append(row)
    hidden = book.create_sheet("Archives")
    for row in ([*HEAD], ["Après", "Retour", 2]):
        hidden.append(row)
    hidden.sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    shown, archive = analysis.read(stream.getvalue(), "a.xlsx").tables
    assert list(imported(start, [shown, archive]).touchpoints["touchpoint"]) == ["Caisse"]
    assert list(imported(start, [shown, correct.wanted_though_hidden(archive)]).touchpoints["touchpoint"]) == ["Caisse", "Retour"]


def test_rows_that_bring_nothing_are_said_with_their_cell(start):
    plan = start.plan_import(workbook(Points=[HEAD, ["Achat", "Caisse", 7], ["Achat", None, 5], ["Après", "Retour", 2]]))
    assert plan.left_out.to_numpy().tolist() == [["Points", "A3", "no_name", "Achat | 5"]]


def test_support_tickets_are_comments(start):
    rows = [["Ticket ID", "Created at", "Status", "Priority", "Description"]]
    rows += [[1000 + day, f"2026-09-{day:02d}", "Closed", "High", f"The till was closed on day {day}."] for day in range(1, 9)]
    plan = start.plan_import(workbook(Tickets=rows))
    after = start.apply(plan.commands)
    assert (after.evidence["measure"] == "comment").sum() == 8
    assert after.evidence["text"].iloc[0] == "The till was closed on day 1."


def test_a_table_of_indicators_is_left_out_and_said_with_its_rows(start):
    rows = [["Indicateur", "Valeur", "Cible"], ["NPS", 32, 40], ["Taux de retour", 4, 3]]
    plan = start.plan_import(workbook(Indicateurs=rows))
    assert plan.commands == []
    assert [(table["sheet"], table["kind"], table["rows"]) for table in plan.skipped] == [("Indicateurs", "kpis", 2)]
