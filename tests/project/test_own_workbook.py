"""Our own workbook, read into another project: its touchpoints and its plan come along once, its results do not."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook

import analysis
from analysis import Project, samples
from analysis.project.criteria import own_criteria
from analysis.reading.corrections import Corrections
from tests.pages.boutique import SITE
from tests.project.test_plan_again import project as with_plan


def names(project: Project, kind: str, field: str = "name") -> list[str]:
    return sorted(getattr(entity, field) for entity in project.table(kind).values())


def read_anew(project: Project, language: str) -> tuple[Project, Any]:
    """A new project made from the exported workbook, and the book as it was read."""
    book = analysis.read(analysis.export(project, "xlsx", language), name="classeur.xlsx")
    new = Project.new("Autre projet", language=language)
    return new.apply(new.plan_import(book.tables, file="classeur.xlsx").commands), book


@pytest.mark.parametrize("file_language", ["fr", "en"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_samples_workbook_brings_its_touchpoints_and_its_actions_once(language: str, file_language: str) -> None:
    before = samples.open_sample(language)
    after, _ = read_anew(before, file_language)
    assert names(after, "touchpoint") == names(before, "touchpoint")
    assert names(after, "action", "title") == names(before, "action", "title")
    assert not own_criteria(after)


def test_scores_stages_and_what_is_planned_come_with_them() -> None:
    before = with_plan()
    after, _ = read_anew(before, "en")
    there, here = (project.touchpoints.set_index("touchpoint") for project in (before, after))
    assert (
        here.loc["Site web", ["stage", "impact", "effort", "reach"]].tolist()
        == there.loc["Site web", ["stage", "impact", "effort", "reach"]].tolist()
    )
    actions = after.actions.set_index("action")
    assert actions.loc["Shorten the quote", ["owner", "cost", "touchpoint"]].tolist() == ["Bachir", 4000.0, "Devis"]
    assert str(actions.loc["Shorten the quote", "due_date"].date()) == "2026-12-01"
    assert actions.loc["Show the prices", "status"] == "in_progress"
    assert SITE not in after.table("touchpoint")


@pytest.mark.parametrize(
    ("language", "told"), [("fr", "Cette feuille montre ce que Parcours a calculé"), ("en", "This sheet shows what Parcours")]
)
def test_each_sheet_of_results_is_shown_with_the_reason_why_it_is_not_imported(language: str, told: str) -> None:
    _, book = read_anew(with_plan(), language)
    kinds = {table.sheet: table.kind for table in book.tables}
    assert [kind for kind in kinds.values() if kind != "unknown"] == ["actions", "touchpoints"]
    problems = book.problems_in(language)
    said = problems[problems["message"].str.startswith(told)]
    assert set(said["sheet"]) == {sheet for sheet, kind in kinds.items() if kind == "unknown"}


def test_a_person_can_have_such_a_sheet_read_all_the_same() -> None:
    _, book = read_anew(with_plan(), "en")
    ranking = next(table for table in book.tables if table.sheet == "Ranking")
    assert ranking.corrected(Corrections(kind="touchpoints")).kind == "touchpoints"


def test_a_file_of_somebody_else_with_a_sheet_called_matrix_is_read_as_ever() -> None:
    book = Workbook()
    for number, title in enumerate(["Touchpoints", "Matrix", "Scores"]):
        sheet = book.active if number == 0 else book.create_sheet()
        sheet.title = title
        for row in [("Touchpoint", "Stage", "Impact", "Effort"), (f"Caisse {number}", "Achat", 7, 3), (f"Site {number}", "Achat", 5, 5)]:
            sheet.append(row)
    out = BytesIO()
    book.save(out)
    assert [table.kind for table in analysis.read(out.getvalue()).tables] == ["touchpoints"] * 3
