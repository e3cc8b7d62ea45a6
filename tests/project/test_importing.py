"""From a workbook to a project: what a shopkeeper would check by eye."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pandas as pd
import pytest

import analysis
from analysis.project import edits
from analysis.project.importing.names import Names, folded
from analysis.project.importing.privacy import masked
from analysis.project.importing.words import family, online, status, texts_of

OPTIQUE = Path(__file__).parent.parent / "reading" / "optique_lambert.xlsx"


@pytest.fixture(scope="module")
def book():
    return analysis.read(OPTIQUE)


@pytest.fixture(scope="module")
def empty():
    return analysis.Project.new("Optique Lambert", language="fr")


@pytest.fixture(scope="module")
def project(book, empty):
    return empty.apply(empty.plan_import(book.tables, file="optique_lambert.xlsx", author="Anne").commands)


def saved(tmp_path: Path, rows: list[list], name: str = "fichier.xlsx") -> Path:
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(row)
    workbook.save(tmp_path / name)
    return tmp_path / name


def edited(tmp_path: Path, change) -> Path:
    workbook = openpyxl.load_workbook(OPTIQUE)
    change(workbook.worksheets[0])
    workbook.save(tmp_path / "optique_lambert.xlsx")
    return tmp_path / "optique_lambert.xlsx"


def test_the_file_brings_its_six_stages_in_its_order(project):
    assert list(project.stages["stage"]) == ["Sensibilisation", "Considération", "Décision", "Achat", "Fidélisation", "Recommandation"]


def test_subtotals_totals_and_footnotes_are_no_touchpoints(project):
    assert len(project.touchpoints) == 19
    assert not project.touchpoints["touchpoint"].str.contains("otal|Couverture").any()
    assert project.touchpoints["complaints"].sum() == 166


def test_scores_arrive_on_the_scales_of_the_frames(project):
    row = project.touchpoints.set_index("touchpoint").loc["Devis et tiers payant"]
    assert (row["impact"], row["effort"], row["reach"], row["running_cost"]) == (10, 6, 58, 4500)
    assert (row["stage"], row["family"], row["channel"], row["owner"]) == ("Décision", "sales", "Magasin", "Mme Fabre")
    assert row["online"] is not pd.NA
    assert not row["online"]


def test_a_satisfaction_of_3_2_out_of_5_is_plus_0_2_on_the_emotion_axis(project):
    row = project.touchpoints.set_index("touchpoint").loc["Affiche en vitrine"]
    assert row["satisfaction"] == pytest.approx(4 * (3.2 - 1) / 4 - 2)
    assert row["provenance"] == "assumed"


def test_words_are_assumed_emotions(project):
    emotions = project.touchpoints.set_index("touchpoint")["emotion"]
    assert emotions["Bouche-à-oreille"] == 2
    assert emotions["Devis et tiers payant"] == -2
    assert emotions["Paiement en caisse"] == 0


def test_answers_of_people_hold_before_scores_of_the_sheet(project):
    row = project.touchpoints.set_index("touchpoint").loc["Accueil en boutique"]
    assert row["provenance"] == "measured"
    assert row["n"] == 193


def test_the_survey_is_evidence_of_214_respondents(project):
    evidence = project.evidence
    assert evidence["respondent"].nunique() == 214
    assert set(evidence["measure"]) == {"satisfaction", "nps", "comment"}
    assert evidence.loc[evidence["measure"] == "satisfaction", "touchpoint"].nunique() == 4


def test_dont_know_is_missing_and_never_zero(project):
    answers = project.evidence.query("measure == 'satisfaction'")
    assert answers["value"].between(1, 5).all()
    assert len(answers) == 755


def test_several_irritants_of_a_cell_become_a_card_each(project):
    cards = project.cards.query("lane == 'pain_point'")
    own = cards.loc[cards["touchpoint"] == "Site web : page « Nos marques »", "text"]
    assert sorted(own) == ["Prix introuvables", "pages lentes sur mobile"]


def test_every_figure_knows_its_cell(project):
    scores = project.scores.set_index(["touchpoint", "criterion"])
    assert scores.loc[("Affiche en vitrine", "impact"), "source"] == "optique_lambert.xlsx · Points de contact!F5"
    assert scores.loc[("Affiche en vitrine", "impact"), "author"] == "Anne"


def test_the_legend_is_left_out_and_said(book, empty):
    plan = empty.plan_import(book.tables)
    assert [table["name"] for table in plan.skipped] == ["Légende"]


def test_the_summary_counts_what_is_new(book, empty):
    summary = empty.plan_import(book.tables).summary.set_index("kind")
    assert dict(summary["new"]) == {"stage": 6, "touchpoint": 19, "score": 133, "card": 15, "answer": 214}
    assert list(summary.columns) == ["new", "changed", "unchanged", "removed", "unassigned"]


def test_importing_the_same_file_again_doubles_nothing(project):
    plan = project.plan_import(analysis.read(OPTIQUE).tables, file="optique_lambert.xlsx")
    assert plan.commands == []
    assert plan.summary["new"].sum() == plan.summary["changed"].sum() == plan.summary["removed"].sum() == 0


def test_an_edited_cell_is_the_only_change(project, tmp_path):
    path = edited(tmp_path, lambda sheet: sheet.__setitem__("G5", 7))
    plan = project.plan_import(analysis.read(path).tables, file="optique_lambert.xlsx")
    changed = plan.changes.query("status == 'changed' and field == 'value'")
    assert changed[["item", "before", "after", "cell"]].to_numpy().tolist() == [["Affiche en vitrine · effort", 2.0, 7.0, "G5"]]
    assert project.apply(plan.commands).touchpoints.set_index("touchpoint").loc["Affiche en vitrine", "effort"] == 7


def test_a_new_row_is_added_to_its_stage(project, tmp_path):
    def add(sheet):
        for column in "CDEFGHIJKLMN":
            sheet[f"{column}9"] = None
        sheet.unmerge_cells("A5:A8")
        sheet["A9"], sheet["B9"], sheet["F9"] = "Sensibilisation", "Salon de l’optique", 5

    plan = project.plan_import(analysis.read(edited(tmp_path, add)).tables, file="optique_lambert.xlsx")
    assert plan.summary.set_index("kind").loc["touchpoint", "new"] == 1
    after = project.apply(plan.commands).touchpoints
    assert list(after.loc[after["stage"] == "Sensibilisation", "touchpoint"])[-1] == "Salon de l’optique"


def test_a_row_that_is_gone_is_said_and_its_touchpoint_left_alone(project, tmp_path):
    def clear(sheet):
        for column in "BCDEFGHIJKLMN":
            sheet[f"{column}28"] = None

    plan = project.plan_import(analysis.read(edited(tmp_path, clear)).tables, file="optique_lambert.xlsx")
    assert list(plan.changes.query("status == 'gone'")["item"]) == ["Offre peu connue", "Parrainage"]
    assert len(project.apply(plan.commands).touchpoints) == 19


def test_a_touchpoint_moved_to_another_stage_in_the_sheet_is_moved_and_not_doubled(project, tmp_path):
    def move(sheet):
        sheet.unmerge_cells("A27:A28")
        sheet["A28"] = "Fidélisation"

    after = project.apply(project.plan_import(analysis.read(edited(tmp_path, move)).tables).commands)
    assert len(after.touchpoints) == 19
    assert after.touchpoints.set_index("touchpoint").loc["Parrainage", "stage"] == "Fidélisation"


def test_one_name_in_two_stages_is_two_touchpoints(tmp_path):
    rows = [
        ["Étape", "Point de contact", "Impact (1-10)", "Effort (1-10)"],
        ["Avant", "E-mail", 6, 2],
        ["Après", "E-mail", 3, 4],
        ["Après", "Appel", 3, 4],
    ]
    start = analysis.Project.new("Essai")
    once = start.apply(start.plan_import(analysis.read(saved(tmp_path, rows)).tables).commands)
    assert list(once.touchpoints["stage"]) == ["Avant", "Après", "Après"]
    assert once.plan_import(analysis.read(saved(tmp_path, rows)).tables).commands == []


def test_a_stage_misspelt_in_another_file_is_the_same_stage(project, tmp_path):
    path = saved(
        tmp_path,
        [["Etape", "Point de contact", "Impact (1-10)"], ["fidelisation", "Carte de fidélité", 6], ["ACHAT ", "Ticket dématérialisé", 3]],
    )
    after = project.apply(project.plan_import(analysis.read(path).tables).commands)
    assert len(after.stages) == 6
    assert after.touchpoints.set_index("touchpoint").loc["Carte de fidélité", "stage"] == "Fidélisation"


def test_a_survey_about_something_unknown_waits_for_a_place(project, tmp_path):
    rows = [["Horodateur", "Livraison à domicile : êtes-vous satisfait ? (1 à 5)", "Recommanderiez-vous ? (0 à 10)"]]
    rows += [[f"{day:02d}/10/2026 10:00:00", day % 5 + 1, day % 11] for day in range(1, 21)]
    plan = project.plan_import(analysis.read(saved(tmp_path, rows)).tables)
    assert list(plan.unassigned["label"]) == ["Livraison à domicile"]
    assert plan.unassigned["rows"].iloc[0] == 20
    assert project.apply(plan.commands).evidence["touchpoint"].isna().sum() > project.evidence["touchpoint"].isna().sum()


def test_assigning_a_label_moves_its_answers_to_the_touchpoint(project):
    (id, meta), touchpoint = project.evidence_in_order()[0], project.touchpoints["id"].iloc[0]
    links = meta.touchpoints | {"Accueil en boutique": touchpoint}
    after = project.apply(edits.change("evidence", id, touchpoints=links))
    assert (after.evidence["touchpoint"] == "Affiche en vitrine").sum() == 193


def test_next_months_answers_are_added_and_last_months_kept(tmp_path):
    head = ["Horodateur", "Accueil : quelle est votre satisfaction ? (1 à 5)", "Pourquoi cette note ?"]
    first = [[f"{day:02d}/09/2026 09:00:00", day % 5 + 1, f"réponse {day}"] for day in range(1, 11)]
    second = [[f"{day:02d}/10/2026 09:00:00", day % 5 + 1, f"avis {day}"] for day in range(1, 6)]
    start = analysis.Project.new("Essai")
    once = start.apply(start.plan_import(analysis.read(saved(tmp_path, [head, *first])).tables).commands)
    plan = once.plan_import(analysis.read(saved(tmp_path, [head, *first[5:], *second])).tables)
    counts = plan.summary.set_index("kind").loc["answer"]
    assert (counts["new"], counts["unchanged"], counts["removed"]) == (5, 5, 5)
    assert once.apply(plan.commands).evidence["respondent"].nunique() == 15


def test_respondents_are_pseudonyms_of_the_project(tmp_path):
    rows = [["E-mail", "Recommanderiez-vous ? (0 à 10)", "Pourquoi cette note ?"]]
    rows += [[f"client{i}@exemple.fr", i % 11, f"Écrivez-moi : client{i}@exemple.fr"] for i in range(12)]
    book = analysis.read(saved(tmp_path, rows))
    kept = []
    for _ in range(2):
        start = analysis.Project.new("Essai")
        kept.append(start.apply(start.plan_import(book.tables).commands).evidence)
    assert not set(kept[0]["respondent"]) & set(kept[1]["respondent"])
    assert not kept[0].astype("string").apply(lambda column: column.str.contains("@exemple", na=False)).any().any()


def test_the_nps_file_offers_its_subtype_as_stages(shared_data):
    book = analysis.read(shared_data / "surveys" / "nps_verbatim_textsummary.csv")
    start = analysis.Project.new("Telco", language="en")
    project = start.apply(start.plan_import(book.tables).commands)
    assert sorted(project.stages["stage"]) == ["Equipment Received", "First Payment", "Order", "Service in Use"]
    assert project.emotions().set_index("stage")["n"].sum() <= 2385
    assert project.evidence["respondent"].nunique() == 2385


def test_spellings_that_mean_the_same_name():
    names = Names({"a": "Service après-vente", "b": "Étape 1", "c": "Étape 2", "d": "Avis Google"})
    assert names.find("service apres vente") == "a"
    assert names.find("Services après-ventes") == "a"
    assert names.find("Service aprés-ventte") == "a"
    assert names.find("etape 2") == "c"
    assert names.find("Étape 3") is None
    assert names.find("Avis") is None


def test_words_of_sheets():
    assert [family("Vente"), family("Post-achat"), family("Service client"), family("Partenaires")] == [
        "sales",
        "post_purchase",
        "customer_service",
        "Partenaires",
    ]
    assert [online("En ligne"), online("Hors ligne"), online("?")] == [True, False, None]
    assert [status("Terminé"), status("En cours"), status("À faire"), status("?")] == ["done", "in_progress", "to_do", "to_do"]
    assert texts_of("• Attente\n• Prix ; délai") == ["Attente", "Prix", "délai"]
    assert folded("L’Œuvre") == folded("l oeuvre")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Appelez le 06 12 34 56 78 svp", "Appelez le [☎] svp"),
        ("call +44 20 7946 0958", "call [☎]"),
        ("prix de 1 200 000 €", "prix de 1 200 000 €"),
        ("commande 2026091234567", "commande 2026091234567"),
        ("le 12/09/2026 à 10 h", "le 12/09/2026 à 10 h"),
        ("mon numéro : +33 6 45 67 89 02 ou 0033 6 45 67 89 03", "mon numéro : [☎] ou [☎]"),
        ("+33 (0)6 45 67 89 02, (+33) 6 45 67 89 02, +33645678902", "[☎], [☎], [☎]"),
        ("06.45.67.89.04/06-45-67-89-05, tél:0645678905.", "[☎]/[☎], tél:[☎]."),
        ("06 4567 8908 ou 01\u00a044\u00a055\u00a066\u00a077", "[☎] ou [☎]"),
        ("(020) 7946 0321, 07700 900123, 0475 12 34 56, +49 30 12345678", "[☎], [☎], [☎], [☎]"),
        ("(415) 555-2671 or 555-123-4567", "[☎] or [☎]"),
        ("le 01.02.2026 06 12 34 56 78", "le 01.02.2026 [☎]"),
        ("du 01.02.2026 10:30 au 03-04-2026 10 h, de 10 000 000 000 €", "du 01.02.2026 10:30 au 03-04-2026 10 h, de 10 000 000 000 €"),
        ("notes 0 1 2 3 4 5 6 7 8 9 10, réf. FR0612345678, CMD-0612345678", "notes 0 1 2 3 4 5 6 7 8 9 10, réf. FR0612345678, CMD-0612345678"),
        ("SIRET 732 829 320 00074, EAN 3017620422003, 3,14159265358", "SIRET 732 829 320 00074, EAN 3017620422003, 3,14159265358"),
        ("paul.cache [at] exemple.fr, PAUL@EXEMPLE.FR, chat at home", "[@], [@], chat at home"),
        ("depuis 82.64.99.99, version 1.2.3.4", "depuis [IP], version 1.2.3.4"),
    ],
)
def test_telephone_numbers_are_masked_and_amounts_are_not(text, kept):
    assert masked(text) == kept
