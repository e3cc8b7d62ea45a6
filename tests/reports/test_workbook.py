"""The Excel workbook, read back cell by cell."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pandas as pd
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from report_samples import TODAY, project_of

import analysis
from analysis.language import translator
from analysis.project.commands import Remove
from analysis.project.edits import add_action, add_touchpoints, set_score, set_weights
from analysis.project.priorities import priorities
from analysis.project.project import Project
from analysis.reports.workbook.cells import clean, sheet_title, unique_headers


def opened(project: Project, language: str = "fr", *, values: bool = False) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(analysis.export(project, "xlsx", language, today=TODAY)), data_only=values)


def table_of(book: openpyxl.Workbook, name: str) -> tuple[Worksheet, Any]:
    return next((sheet, sheet.tables[f"Parcours_{name}"]) for sheet in book if f"Parcours_{name}" in sheet.tables)


def frame_of(book: openpyxl.Workbook, name: str) -> pd.DataFrame:
    sheet, table = table_of(book, name)
    rows = [[cell.value for cell in row] for row in sheet[table.ref]]
    return pd.DataFrame(rows[1:], columns=rows[0])


@pytest.fixture(scope="module")
def book(shop: Project) -> openpyxl.Workbook:
    return opened(shop)


@pytest.fixture(scope="module")
def figures(shop: Project) -> openpyxl.Workbook:
    return opened(shop, values=True)


def test_the_sheets_have_french_names(book: openpyxl.Workbook) -> None:
    assert book.sheetnames[:6] == ["Page de garde", "Plan d’action", "Points de contact", "Classement", "Matrice", "Pareto"]
    assert book.sheetnames[-6:] == ["Émotion", "NPS, CSAT, CES", translator("fr")("Evidence"), "Verbatims", "Scores", "Listes"]


def test_the_same_project_in_english(shop: Project) -> None:
    english = opened(shop, "en")
    assert english.sheetnames[:3] == ["Cover", "Action plan", "Touchpoints"]
    assert set(frame_of(english, "Plan")["Status"]) == {"Proposed", "To do", "In progress", "Done", "Dropped"}


def test_every_data_sheet_is_a_table_with_filters_and_a_frozen_header(book: openpyxl.Workbook) -> None:
    names = set()
    for sheet in book.worksheets[1:]:
        (table,) = sheet.tables.values()
        header = int(re.findall(r"\d+", table.ref)[0])
        assert table.autoFilter is not None
        assert sheet.freeze_panes is None or sheet.freeze_panes.endswith(str(header + 1))
        assert [cell.value for cell in sheet[table.ref][0]] == [column.name for column in table.tableColumns]
        names.add(table.displayName)
    assert len(names) == len(book.worksheets) - 1


def test_every_sheet_prints_on_landscape_a4_with_its_header_repeated(book: openpyxl.Workbook) -> None:
    for sheet in book.worksheets:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
    for sheet in book.worksheets[1:]:
        (table,) = sheet.tables.values()
        assert sheet.print_title_rows == "${0}:${0}".format(re.findall(r"\d+", table.ref)[0])


def test_dates_are_dates_and_money_is_money(book: openpyxl.Workbook) -> None:
    plan, table = table_of(book, "Plan")
    headers = [cell.value for cell in plan[table.ref][0]]
    row = list(plan[table.ref][1])
    due = row[headers.index("Échéance")]
    assert isinstance(due.value, dt.datetime)
    assert due.number_format == "dd/mm/yyyy"
    assert "€" in row[headers.index("Coût")].number_format


def test_a_percentage_is_a_percentage(shop: Project, figures: openpyxl.Workbook) -> None:
    told = frame_of(figures, "Touchpoints").set_index("Point de contact")["Couverture"]
    known = shop.touchpoints.set_index("touchpoint")["reach"]
    assert told["Site web"] == pytest.approx(known["Site web"] / 100)


def test_missing_stays_empty_and_is_never_zero(shop: Project, figures: openpyxl.Workbook) -> None:
    told = frame_of(figures, "Touchpoints")
    known = shop.touchpoints
    assert known["impact"].isna().any()
    assert told["Impact"].isna().tolist() == known["impact"].isna().tolist()
    assert told["Adéquation au persona"].isna().all()


def test_a_stage_without_emotion_is_a_gap_in_the_curve(shop: Project) -> None:
    project = shop.apply([c for id, s in shop.table("score").items() if s.criterion == "satisfaction" for c in [Remove("score", id)]])
    feelings = frame_of(opened(project, values=True), "Emotion")["Émotion"]
    assert feelings.isna().tolist() == [False, False, False, False, True, True]
    sheet, _ = table_of(opened(project), "Emotion")
    (chart,) = sheet._charts
    assert chart.display_blanks == "gap"


def xml_of_chart(project: Project, kind: str) -> str:
    with zipfile.ZipFile(io.BytesIO(analysis.export(project, "xlsx", today=TODAY))) as archive:
        charts = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/charts/chart")]
    return next(text for text in charts if f"<{kind}>" in text or f":{kind}>" in text)


def test_the_matrix_has_a_series_for_each_item_and_its_name(shop: Project, book: openpyxl.Workbook) -> None:
    placed = shop.touchpoints.dropna(subset=["impact", "effort"])
    text = xml_of_chart(shop, "scatterChart")
    assert text.count("<ser>") == len(placed) + 2  # and the two cut lines
    assert "'Matrice'!$G$7" in text
    labels = set(frame_of(book, "Matrix")["Nom sur le graphique"])
    assert {"Avis Google", "Newsletter"} <= labels


def test_quadrants_are_named_in_french(figures: openpyxl.Workbook) -> None:
    names = set(frame_of(figures, "Matrix")["Quadrant"])
    assert names <= {"Gain rapide", "Projet majeur", "Tâche de fond", "À éviter"}
    assert "Gain rapide" in names


def test_the_pareto_chart_has_bars_and_a_cumulative_line_to_100_percent(shop: Project) -> None:
    text = xml_of_chart(shop, "barChart")
    assert "<lineChart>" in text
    assert '<max val="1"' in text  # right axis: 100 %
    total = shop.touchpoints["complaints"].sum()
    assert f'<max val="{float(total)}"' in text or f'<max val="{int(total)}"' in text  # left axis ends at the total


def test_the_rule_stands_on_the_pareto_sheet(shop: Project, book: openpyxl.Workbook) -> None:
    table = analysis.pareto(shop.touchpoints, "touchpoint", "complaints")
    sheet, _ = table_of(book, "Pareto")
    assert sheet["A2"].value.startswith(f"{table.attrs['vital_count']} points de contact sur {table.attrs['items']} portent")


def test_scores_say_whether_they_are_measured_or_assumed(shop: Project, figures: openpyxl.Workbook) -> None:
    told = frame_of(figures, "Scores")
    measured = told[told["Provenance"] == "mesuré"]
    assert len(measured)
    assert measured["Réponses ou votes (n)"].notna().all()
    assert told[told["Provenance"] == "supposé"]["Réponses ou votes (n)"].isna().all()
    assert len(told) == len(shop.scores)


def test_a_texts_is_never_a_formula(attack: Project) -> None:
    for language in ("fr", "en"):
        for sheet in opened(attack, language):
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.data_type == "f":
                        assert cell.value.startswith(("=IF(", "=IFERROR(INDEX(", "=$")), (sheet.title, cell.coordinate, cell.value)


def test_texts_come_back_as_they_were(attack: Project) -> None:
    book = opened(attack)
    plan = frame_of(book, "Plan")
    found = {re.sub("_x005F_", "_", str(text)) for text in plan["Action"]}
    assert {clean(text)[0].replace("_x005F_", "_") for text in attack.actions["action"]} == found
    sheet, table = table_of(book, "Plan")
    quoted = {cell.value: cell.quotePrefix for row in sheet[table.ref] for cell in row if isinstance(cell.value, str)}
    assert all(quoted[text] for text in ("=1+1", "+33612345678", "-12,5", "- puce", "@anne"))


def test_a_text_longer_than_a_cell_is_cut_and_the_cover_says_so() -> None:
    text, cut = clean("😀" * 20_000)
    assert cut
    assert len(text.encode("utf-16-le")) // 2 <= 32_767
    assert text.endswith("…")
    project = Project.new("Long", language="fr")
    long = "😀" * 19_999
    project = project.apply(add_action(long))
    cover = opened(project)["Page de garde"]
    assert any(cell.value == "Textes coupés" for cell in cover["B"])


def test_stages_with_the_same_name_keep_their_columns(attack: Project) -> None:
    sheet, table = table_of(opened(attack), "Journey")
    assert [cell.value for cell in sheet[table.ref][0]][:4] == ["Ligne", "=1+1", "=1+1 (2)", "+a"]


def test_sheet_titles_and_headers_are_legal() -> None:
    assert sheet_title("Carte : [a]*?/\\ 'x'", []) == "Carte a 'x"
    assert len(sheet_title("x" * 50, ["x" * 31])) <= 31
    assert sheet_title("PLAN", ["Plan"]) == "PLAN (2)"
    assert sheet_title("History", []) == "History_"
    assert unique_headers(["A", "a", "", "b\nc"]) == ["A", "a (2)", "–", "b c"]


def test_an_empty_project_gives_a_whole_workbook() -> None:
    book = opened(Project.new("Vide"))
    assert "Plan d’action" in book.sheetnames
    for sheet in book.worksheets[1:]:
        (table,) = sheet.tables.values()
        first, last = (int(row) for row in re.findall(r"\d+", table.ref))
        assert last > first
    assert not any(sheet._charts for sheet in book)


def test_the_weights_are_live_and_the_scores_are_those_of_the_library(shop: Project, figures: openpyxl.Workbook) -> None:
    told = frame_of(figures, "Ranking").set_index("Réf.")["Score de pertinence"]
    numbers = [f"T{n:02d}" for n in range(1, 20)]
    known = priorities(shop).set_index("id")["relevance"].reindex(shop.touchpoints["id"])
    for number, score in zip(numbers, known, strict=True):
        assert (pd.isna(score) and pd.isna(told[number])) or told[number] == pytest.approx(score, abs=1e-5)


def test_the_plan_offers_statuses_and_owners(book: openpyxl.Workbook) -> None:
    sheet, _ = table_of(book, "Plan")
    rules = {rule.formula1: rule for rule in sheet.data_validations.dataValidation}
    assert any(rule.showErrorMessage for rule in rules.values())
    assert all("'Listes'!" in formula or "Listes!" in formula for formula in rules)
    owners = frame_of(book, "Lists")["Responsable"].dropna().tolist()
    assert owners == ["Anne", "Bruno"]


def test_overdue_actions_are_red_unless_they_are_done(book: openpyxl.Workbook) -> None:
    sheet, _ = table_of(book, "Plan")
    formulas = [formula for area in sheet.conditional_formatting for rule in area.rules for formula in rule.formula]
    assert any("<TODAY()" in formula and '"Terminé"' in formula and '"Abandonné"' in formula for formula in formulas)


def test_an_unknown_kind_names_those_that_exist(shop: Project) -> None:
    with pytest.raises(analysis.CannotExport) as caught:
        analysis.export(shop, "docx")
    assert "xlsx" in caught.value.message("fr")


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:.*extension is not supported")  # what LibreOffice adds to its own files
def test_libreoffice_opens_it_and_finds_the_same_ranking_after_a_change_of_weight(shop: Project, libreoffice: Callable[..., bytes]) -> None:
    assert libreoffice(analysis.export(shop, "xlsx", today=TODAY), "xlsx", "pdf").startswith(b"%PDF")
    book = opened(shop)  # saved by openpyxl, the results are gone: LibreOffice must calculate
    sheet, table = table_of(book, "Ranking")
    headers = [cell.value for cell in sheet[table.ref][0]]
    for name, weight in {"Impact": 1, "Satisfaction": 0, "Couverture": 5, "Coût": 4}.items():
        sheet.cell(4, headers.index(name) + 1).value = weight
    out = io.BytesIO()
    book.save(out)
    again = openpyxl.load_workbook(io.BytesIO(libreoffice(out.getvalue(), "xlsx", "xlsx")), data_only=True)
    rows = [[cell.value for cell in row] for row in again["Classement"][table.ref]]
    told = pd.DataFrame(rows[1:], columns=rows[0]).set_index("Point de contact")
    weights = {"impact": 1.0, "satisfaction": 0.0, "reach": 5.0, "fit": 2.0, "cost": 4.0}
    known = priorities(shop.apply(set_weights(weights))).set_index("touchpoint")
    assert known["relevance"].notna().sum() > 5
    for name, row in known.iterrows():
        score, rank = told.loc[name, ["Score de pertinence", "Rang"]]
        assert (pd.isna(row["relevance"]) and (pd.isna(score) or score == "")) or score == pytest.approx(row["relevance"], abs=1e-5)
        assert (pd.isna(row["rank"]) and (pd.isna(rank) or rank == "")) or rank == row["rank"]


@pytest.mark.slow
def test_a_big_project_opens_in_libreoffice(libreoffice: Callable[..., bytes]) -> None:
    data = analysis.export(project_of(300, answers=2000), "xlsx", today=TODAY)
    assert len(data) < 1_000_000
    assert libreoffice(data, "xlsx", "pdf").startswith(b"%PDF")


def test_more_items_than_excel_draws_series_still_make_one_chart() -> None:
    project = Project.new("Grand", language="en")
    journey = project.first_journey
    stage = project.stages_of(journey)[0][0]
    project = project.apply(add_touchpoints(project, journey, stage, [f"Touchpoint {n}" for n in range(280)]))
    scores = [
        c
        for n, id in enumerate(project.table("touchpoint"))
        for k, v in (("impact", 1 + n % 10), ("effort", 1 + n // 28))
        for c in set_score(id, k, v, author="a")
    ]
    text = xml_of_chart(project.apply(scores), "scatterChart")
    assert text.count("<ser>") == 63


def test_a_survey_without_touchpoints_is_counted_by_stage_in_every_file_and_on_the_slides() -> None:
    from analysis.presentation import slides
    from tests.project.test_measures import survey

    project = survey()
    found = frame_of(opened(project, "en", values=True), "Pareto")
    assert found[["Stage", "Unhappy answers", "Vital few"]].values.tolist() == [["Order", 3, "yes"], ["Use", 1, "yes"]]
    assert "2 of 2 stages carry 100% of" in analysis.export(project, "svg", "en", chart="pareto").decode()
    slide = next(slide for slide in slides(project, "en") if slide.kind == "pareto")
    assert slide.title.startswith("80/20 does not apply here: 2 of 2 stages carry")
    assert slide.head[0] == "Stage"
    assert "Étape" in frame_of(opened(project, "fr", values=True), "Pareto").columns
    for kind in ("pptx", "pdf", "ipynb"):
        assert analysis.export(project, kind, "fr", today=TODAY)
