"""The exported plan, edited in Excel and read again, shows what was changed and takes it over."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest

import analysis
from analysis import Project
from analysis.project import edits
from tests.pages.boutique import QUOTE, SITE, boutique


def project() -> Project:
    return boutique("en").apply(
        [
            *edits.add_action("Shorten the quote", touchpoint=QUOTE, due_date="2026-12-01", cost=4000.0, owner="Bachir"),
            *edits.add_action("Show the prices", touchpoint=SITE, status="in_progress", cost=1200.5, cards=["c_0"], progress=40.0),
            *edits.add_action("Thank the loyal ones", status="done", notes="Two lines\nof notes", accountable="Chloé"),
        ]
    )


def edited(project: Project, language: str, changes: dict[tuple[str, str], Any]) -> list[Any]:
    """The workbook as it is read after a person changed cells: (title of the action, header) → what is typed."""
    book = openpyxl.load_workbook(io.BytesIO(analysis.export(project, "xlsx", language)))
    sheet = next(sheet for sheet in book if "Parcours_Plan" in sheet.tables)
    top = sheet[sheet.tables["Parcours_Plan"].ref][0][0].row
    headers = {cell.value: cell.column for cell in sheet[top]}
    rows = {sheet.cell(row, headers["Action"]).value: row for row in range(top + 1, sheet.max_row + 1)}
    for (title, header), value in changes.items():
        sheet.cell(rows[title], headers[header]).value = value
    out = io.BytesIO()
    book.save(out)
    return list(analysis.read(out.getvalue(), name="plan.xlsx").tables)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_exported_plan_that_nobody_touched_changes_nothing(language: str) -> None:
    before = project()
    plan = before.plan_import(edited(before, language, {}), file="plan.xlsx")
    assert set(plan.changes["status"]) == {"unchanged"}
    assert set(plan.changes["kind"]) == {"action"}


def test_a_status_an_owner_and_a_date_changed_in_excel_are_shown_and_taken_over() -> None:
    before = project()
    typed = {
        ("Shorten the quote", "Statut"): "En cours",
        ("Shorten the quote", "Responsable"): "Inès",
        ("Show the prices", "Échéance"): dt.datetime(2027, 1, 15),
    }
    plan = before.plan_import(edited(before, "fr", typed), file="plan.xlsx")
    changed = plan.changes[plan.changes["status"] == "changed"]
    before_it = changed["before"].astype(object).where(changed["before"].notna(), None)
    assert sorted(zip(changed["item"], changed["field"], before_it, changed["after"], strict=True), key=str) == [
        ("Shorten the quote", "owner", "Bachir", "Inès"),
        ("Shorten the quote", "status", "to_do", "in_progress"),
        ("Show the prices", "due_date", None, dt.date(2027, 1, 15)),
    ]
    assert set(plan.changes["status"]) == {"changed", "unchanged"}
    after = before.apply(plan.commands).actions.set_index("action")
    assert after.loc["Shorten the quote", ["owner", "status"]].tolist() == ["Inès", "in_progress"]
    assert str(after.loc["Show the prices", "due_date"].date()) == "2027-01-15"
    assert len(after) == 3


def test_a_renamed_action_is_still_the_same_one_and_an_emptied_cell_takes_the_value_away() -> None:
    before = project()
    plan = before.plan_import(edited(before, "en", {("Shorten the quote", "Action"): "Halve the quote", ("Shorten the quote", "Owner"): None}))
    after = before.apply(plan.commands)
    assert sorted(after.actions["action"]) == ["Halve the quote", "Show the prices", "Thank the loyal ones"]
    assert after.actions.set_index("action")["owner"].isna().all()


def test_the_results_of_the_workbook_are_not_read_back_as_scores() -> None:
    before = project()
    after = before.apply(before.plan_import(edited(before, "en", {("Show the prices", "Cost"): 999})).commands)
    assert after.touchpoints.equals(before.touchpoints)
    assert after.actions.set_index("action").loc["Show the prices", "cost"] == 999
