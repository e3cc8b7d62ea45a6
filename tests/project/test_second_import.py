"""The same file again, edited: what is new, changed and gone, and what was corrected the first time."""

from __future__ import annotations

import io

import openpyxl
import pytest

import analysis
from analysis.project.importing.memory import as_before, recollection
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


# --- a form remembered ------------------------------------------------------------------------------------------

WEIGHTS = ["Étape", "Point de contact", "Poids", "Remarque"]


@pytest.fixture
def weighted(start):
    """A project that has been told that “Poids” is the importance, out of 20, and that “Remarque” is not wanted."""
    table = workbook(Points=[WEIGHTS, ["Achat", "Caisse", 7, "x"], ["Achat", "Site", 3, "y"]])[0]
    table = correct.leaving_out(correct.with_scale(correct.with_field(table, "Poids", "importance"), "Poids", 0, 20), "Remarque")
    return imported(start, [table])


def test_columns_in_another_order_are_known_again(weighted):
    table = workbook(Points=[["Poids", "Point de contact", "Remarque", "Étape"], [9, "Caisse", "x", "Achat"], [3, "Site", "y", "Achat"]])[0]
    found = recollection(weighted, table)
    assert (found.added, found.missing) == ([], [])
    assert list(found.table.frame["importance"]) == [9, 3]
    assert found.table.scales["importance"] == (0, 20)
    plan = weighted.plan_import([found.table], file="classeur.xlsx")
    assert plan.summary.set_index("kind").loc["score", ["new", "changed", "unchanged"]].tolist() == [0, 1, 1]


def test_a_column_that_joined_is_said_and_the_rest_is_known_again(weighted):
    table = workbook(Points=[[*WEIGHTS, "Impact (1-10)"], ["Achat", "Caisse", 7, "x", 5], ["Achat", "Site", 3, "y", 6]])[0]
    found = recollection(weighted, table)
    assert (found.added, found.missing, found.file) == (["Impact (1-10)"], [], "classeur.xlsx")
    assert {"importance", "impact"} <= set(found.table.frame.columns)
    assert found.table.corrections.left_out == {"Remarque"}


def test_another_form_is_not_taken_for_it(weighted):
    assert recollection(weighted, workbook(Points=[HEAD, ["Achat", "Caisse", 7]])[0]) is None


def test_a_survey_with_one_more_column_does_not_double_its_answers(start):
    head = ["Date", "Étape", "Accueil : quelle est votre satisfaction ? (1 à 5)", "Pourquoi cette note ?"]
    rows = [[f"{day:02d}/09/2026", "Achat", day % 5 + 1, f"réponse {day}"] for day in range(1, 13)]
    once = imported(start, workbook(Avis=[head, *rows]))
    wider = [[*row, ("Lyon", "Lille")[n % 2]] for n, row in enumerate(rows)]
    after = imported(once, workbook(Avis=[[*head, "Ville"], *wider]))
    assert after.evidence["respondent"].nunique() == 12
    assert len(after.table("evidence")) == 1
    assert after.evidence["attr:country"].notna().all()


def test_rows_that_were_moved_are_moved_again_when_their_figures_have_changed(start):
    rows = [HEAD, ["Achat", "Caisse", 7], ["Achat", "Site", 3], ["Achat", "Moyenne du réseau", 5]]
    table = workbook(Points=rows)[0]
    once = imported(start, [correct.with_rows(table, {3: "aside"})])
    edited = workbook(Points=[*rows[:2], ["Achat", "Parking", 2], rows[2], ["Achat", "Moyenne du réseau", 4]])[0]
    again = as_before(once, edited)
    assert list(again.rows) == ["header", "data", "data", "data", "aside"]


def test_a_header_row_that_was_corrected_is_found_where_it_stands_now(start):
    rows = [["Nos étapes", "Nos points", "Cotation"], ["Étape", "Point de contact", "Impact"], ["Achat", "Caisse", 7], ["Achat", "Site", 3]]
    table = correct.with_header(workbook(Points=rows)[0], 0)
    once = imported(start, [correct.with_field(correct.with_field(table, "Nos points", "touchpoint"), "Nos étapes", "stage")])
    moved = workbook(Points=[["Export du 3 novembre"], [], *rows])[0]
    again = as_before(once, moved)
    assert again.header_rows == [2]
    assert again.mapping["Nos points"] == "touchpoint"


# --- answers of people, cell by cell ----------------------------------------------------------------------------

ASKED = ["Date", "Étape", "Accueil : quelle est votre satisfaction ? (1 à 5)", "Pourquoi cette note ?", "Ville"]
VISITORS = [[f"{day:02d}/09/2026", "Achat", day % 5 + 1, f"réponse numéro {day}", ("Lyon", "Lille")[day % 2]] for day in range(1, 21)]


def edited(rows, changes):
    """The rows with cells changed: {(row, column): value}."""
    return [[changes.get((i, j), cell) for j, cell in enumerate(row)] for i, row in enumerate(rows)]


def test_an_edited_answer_without_ids_is_the_same_person_and_shows_old_and_new_value(start):
    once = imported(start, workbook(Avis=[ASKED, *VISITORS]))
    plan = once.plan_import(workbook(Avis=[ASKED, *edited(VISITORS, {(4, 2): 4, (7, 4): "Paris"})]), file="classeur.xlsx")
    answers = plan.summary.set_index("kind").loc["answer"]
    assert (answers["new"], answers["changed"], answers["unchanged"], answers["removed"]) == (0, 2, 18, 0)
    assert plan.cells[["field", "before", "after", "status", "sheet", "cell"]].to_numpy().tolist() == [
        [ASKED[2], 1.0, 4.0, "changed", "Avis", "C6"], ["Ville", "Lyon", "Paris", "changed", "Avis", "E9"],
    ]  # fmt: skip
    after = once.apply(plan.commands)
    assert after.evidence["respondent"].nunique() == 20
    assert after.evidence["value"].sum() == once.evidence["value"].sum() + 3
    assert after.plan_import(workbook(Avis=[ASKED, *edited(VISITORS, {(4, 2): 4, (7, 4): "Paris"})]), file="classeur.xlsx").commands == []


def test_answers_that_cannot_be_told_apart_are_asked_and_never_doubled(start):
    head = ["Accueil : quelle est votre satisfaction ? (1 à 5)", "Recommanderiez-vous ? (0 à 10)"]
    rows = [[n % 3 + 1, n % 4 + 5] for n in range(24)]
    once = imported(start, workbook(Avis=[head, *rows]))
    sheet = workbook(Avis=[head, *edited(rows, {(3, 0): 5})])
    plan = once.plan_import(sheet, file="classeur.xlsx")
    assert plan.asked[["sheet", "cell"]].to_numpy().tolist() == [["Avis", "A5"]]
    assert plan.commands == []
    assert "gone" not in set(plan.changes["status"])  # whoever a waiting row may be has not left
    assert once.plan_import(sheet, file="classeur.xlsx", remove_gone=True).commands == []
    same = once.apply(once.plan_import(sheet, file="classeur.xlsx", same_people=True).commands)
    assert same.evidence["respondent"].nunique() == 24
    others = once.apply(once.plan_import(sheet, file="classeur.xlsx", same_people=False).commands)
    assert others.evidence["respondent"].nunique() == 25


def test_next_months_file_without_ids_is_new_people_and_asks_nothing(start):
    once = imported(start, workbook(Avis=[ASKED, *VISITORS]))
    october = [[day.replace("/09/", "/10/"), *rest] for day, *rest in VISITORS]
    plan = once.plan_import(workbook(Avis=[ASKED, *october]), file="classeur.xlsx")
    assert plan.summary.set_index("kind").loc["answer", "new"] == 20
    assert plan.asked.empty


def test_with_ids_every_edit_is_known_and_a_comment_is_compared_too(start):
    head = ["Respondent ID", *ASKED]
    rows = [[f"R{n:03}", *row] for n, row in enumerate(VISITORS)]
    once = imported(start, workbook(Avis=[head, *rows]))
    changed = edited(rows, {(0, 1): "30/09/2026", (0, 3): 2, (0, 4): "tout autre chose"})
    plan = once.plan_import(workbook(Avis=[head, *changed]), file="classeur.xlsx")
    assert sorted(plan.cells["cell"]) == ["B2", "D2", "E2"] or sorted(plan.cells["cell"]) == ["B2", "E2"]
    assert "tout autre chose" in set(plan.cells["after"])
    assert once.apply(plan.commands).evidence["respondent"].nunique() == 20


def test_an_answer_that_was_emptied_is_said_and_taken_away(start):
    once = imported(start, workbook(Avis=[ASKED, *VISITORS]))
    plan = once.plan_import(workbook(Avis=[ASKED, *edited(VISITORS, {(2, 2): None})]), file="classeur.xlsx")
    assert plan.cells[["before", "after", "status"]].to_numpy().tolist() == [[4.0, None, "changed"]]
    assert (once.apply(plan.commands).evidence["measure"] == "satisfaction").sum() == 19


def test_a_person_who_left_the_file_is_listed_with_what_they_said(start):
    once = imported(start, workbook(Avis=[ASKED, *VISITORS]))
    plan = once.plan_import(workbook(Avis=[ASKED, *VISITORS[:-1]]), file="classeur.xlsx", remove_gone=True)
    gone = plan.cells.query("status == 'gone'")
    assert set(gone["before"]) == {1.0, "réponse numéro 20"}
    assert once.apply(plan.commands).evidence["respondent"].nunique() == 19


# --- cards, scores, actions -------------------------------------------------------------------------------------


def gone_of(plan):
    return plan.changes.query("status == 'gone'")[["kind", "item"]].to_numpy().tolist()


def test_a_card_and_a_score_that_left_the_sheet_are_said_and_go_only_on_demand(start):
    head = [*HEAD, "Irritants"]
    once = imported(start, workbook(Points=[head, ["Achat", "Caisse", 7, "File longue ; Terminal lent"], ["Achat", "Site", 4, "Lent"]]))
    shorter = workbook(Points=[head, ["Achat", "Caisse", None, "File longue"], ["Achat", "Site", 4, "Lent"]])
    plan = once.plan_import(shorter, file="classeur.xlsx")
    assert gone_of(plan) == [["score", "Caisse · impact"], ["card", "Terminal lent"]]
    kept = once.apply(plan.commands)
    assert len(kept.cards) == 3
    assert kept.touchpoints.set_index("touchpoint")["impact"]["Caisse"] == 7
    after = imported(once, shorter, remove_gone=True)
    assert sorted(after.cards["text"]) == ["File longue", "Lent"]
    assert after.touchpoints["impact"].isna().tolist() == [True, False]


def test_a_touchpoint_that_is_gone_takes_its_scores_and_cards_along(start):
    head = [*HEAD, "Irritants"]
    once = imported(start, workbook(Points=[head, ["Achat", "Caisse", 7, "File"], ["Achat", "Site", 4, "Lent"]]))
    shorter = workbook(Points=[head, ["Achat", "Site", 4, "Lent"]])
    assert gone_of(once.plan_import(shorter, file="classeur.xlsx")) == [["card", "File"], ["touchpoint", "Caisse"]]
    after = imported(once, shorter, remove_gone=True)
    assert list(after.cards["text"]) == ["Lent"]
    assert list(after.touchpoints["touchpoint"]) == ["Site"]


def test_an_action_struck_from_the_list_is_said(start):
    head = ["Action", "Responsable", "Échéance", "Statut"]
    rows = [["Ouvrir une caisse", "Anne", "01/12/2026", "à faire"], ["Refaire le site", "Paul", "01/02/2027", "en cours"]]
    once = imported(start, workbook(Plan=[head, *rows]))
    plan = once.plan_import(workbook(Plan=[head, rows[1]]), file="classeur.xlsx")
    assert gone_of(plan) == [["action", "Ouvrir une caisse"]]
    assert list(imported(once, workbook(Plan=[head, rows[1]]), remove_gone=True).actions["action"]) == ["Refaire le site"]


def test_what_moved_to_another_sheet_of_the_file_is_not_gone(start):
    both = {"Particuliers": [HEAD, ["Achat", "Caisse", 7]], "Pros": [HEAD, ["Achat", "Devis", 4]]}
    once = imported(start, workbook(**both))
    swapped = {"Particuliers": [HEAD, ["Achat", "Devis", 4]], "Pros": [HEAD, ["Achat", "Caisse", 7]]}
    assert gone_of(once.plan_import(workbook(**swapped), file="classeur.xlsx")) == []


def test_a_file_imported_twice_never_has_anything_gone(start):
    grid = [["", "Avant", "Achat"], ["Points de contact", "Site web", "Caisse ; Vitrine"], ["Irritants", "Lent", "File"],
            ["Actions du client", "Cherche", "Paie"], ["Émotions", "content", "frustré"]]  # fmt: skip
    kpis = [["Indicateur", "Valeur", "Cible", "Point de contact"], ["Taux de conversion", 2.5, 3, "Caisse"]]
    plan = [["Action", "Responsable", "Échéance", "Statut", "Indicateur"],
            ["Ouvrir une caisse", "Anne", "01/12/2026", "à faire", "Taux de conversion"]]  # fmt: skip
    both = {"Carte": grid, "Avis": [ASKED, *VISITORS], "Plan": plan, "Chiffres": kpis}
    once = imported(start, workbook(**both))
    again = once.plan_import(workbook(**both), file="classeur.xlsx")
    assert gone_of(again) == []
    twice = once.apply(again.commands)  # an indicator has filled in its action the first time
    assert gone_of(twice.plan_import(workbook(**both), file="classeur.xlsx")) == []
    assert twice.plan_import(workbook(**both), file="classeur.xlsx").commands == []


def test_a_touchpoint_that_only_a_survey_named_does_not_go_with_the_survey(start):
    once = imported(start, workbook(Avis=[ASKED, *VISITORS]))
    assert list(once.touchpoints["touchpoint"]) == ["Accueil"]
    assert gone_of(once.plan_import(workbook(Avis=[ASKED, *VISITORS]), file="classeur.xlsx")) == []


def test_files_of_one_form_that_arrive_together_are_no_versions_of_each_other(start):
    north = analysis.read("Étape;Point de contact;Impact (1-10)\nAchat;Caisse;7\n".encode(), "nord.csv").tables
    south = analysis.read("Étape;Point de contact;Impact (1-10)\nAchat;Guichet;4\n".encode(), "sud.csv").tables
    first = start.apply(start.plan_import(north, file="nord.csv").commands)
    plan = first.plan_import(south, file="sud.csv", beside=first.table("import"))
    assert "gone" not in set(plan.changes["status"])
    both = first.apply(plan.commands)
    assert sorted(record.file for record in both.table("import").values()) == ["nord.csv", "sud.csv"]
    again = both.plan_import(south, file="sud.csv")
    assert again.commands == []
    assert "gone" not in set(again.changes["status"])
