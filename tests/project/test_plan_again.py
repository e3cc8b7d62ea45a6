"""The exported plan, edited in Excel and read again, shows what was changed and takes it over."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import analysis
from analysis import Filter, Project, Store
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


def edited(project: Project, language: str, changes: dict[tuple[str, str], Any], deleted: str = "") -> list[Any]:
    """The workbook as it is read after a person changed cells: (title of the action, header) → what is typed; or deleted a row."""
    book = openpyxl.load_workbook(io.BytesIO(analysis.export(project, "xlsx", language)))
    sheet = next(sheet for sheet in book if "Parcours_Plan" in sheet.tables)
    top = sheet[sheet.tables["Parcours_Plan"].ref][0][0].row
    headers = {cell.value: cell.column for cell in sheet[top]}
    rows = {sheet.cell(row, headers["Action"]).value: row for row in range(top + 1, sheet.max_row + 1)}
    for (title, header), value in changes.items():
        sheet.cell(rows[title], headers[header]).value = value
    if deleted:
        sheet.delete_rows(rows[deleted])
        table = sheet.tables["Parcours_Plan"]
        first, last = table.ref.split(":")
        table.ref = f"{first}:{last.rstrip('0123456789')}{int(last.lstrip('ABCDEFGHIJKLMNOPQRSTUVWXYZ')) - 1}"
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


def test_progress_touchpoint_and_stage_changed_in_excel_come_back() -> None:
    before = project()
    typed = {("Show the prices", "Progress"): 0.75, ("Show the prices", "Touchpoint"): "Devis", ("Thank the loyal ones", "Stage"): "Achat"}
    stage = next(name for name in before.stages["stage"] if name)
    typed["Thank the loyal ones", "Stage"] = stage
    after = before.apply(before.plan_import(edited(before, "en", typed), file="plan.xlsx").commands).actions.set_index("action")
    assert after.loc["Show the prices", ["progress", "touchpoint"]].tolist() == [75, "Devis"]
    assert after.loc["Thank the loyal ones", "stage"] == stage


def test_a_touchpoint_that_nobody_knows_is_asked_about_and_changes_nothing() -> None:
    before = project()
    plan = before.plan_import(edited(before, "en", {("Show the prices", "Touchpoint"): "Kiosk"}), file="plan.xlsx")
    assert plan.unassigned["label"].tolist() == ["Kiosk"]
    assert before.apply(plan.commands).actions.set_index("action").loc["Show the prices", "touchpoint"] == "Site web"


def test_a_deleted_row_is_said_and_goes_only_when_asked() -> None:
    before = project()
    tables = edited(before, "en", {}, deleted="Show the prices")
    plan = before.plan_import(tables, file="plan.xlsx")
    assert plan.changes.loc[plan.changes["status"] == "gone", "item"].tolist() == ["Show the prices"]
    assert len(before.apply(plan.commands).actions) == 3
    assert len(before.apply(before.plan_import(tables, file="plan.xlsx", remove_gone=True).commands).actions) == 2


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[tuple[Store, str]]:
    store = Store(f"sqlite:///{tmp_path / 'p.sqlite'}")
    yield store, store.create(project(), author="anne")
    store.engine.dispose()


def test_what_the_app_has_changed_since_is_not_undone_by_the_file(kept: tuple[Store, str]) -> None:
    store, id = kept
    exported = store.load(id)
    tables = edited(exported, "en", {("Shorten the quote", "Owner"): "Inès"})
    action = next(i for i, action in exported.table("action").items() if action.title == "Show the prices")
    store.apply(id, [*edits.change("action", action, status="done"), *edits.add_action("Added since")], author="zoe")
    plan = store.load(id).plan_import(tables, file="plan.xlsx", former=lambda revision: store.load(id, revision))
    changed = plan.changes[plan.changes["status"] == "changed"]
    assert changed[["item", "field", "after"]].values.tolist() == [["Shorten the quote", "owner", "Inès"]]
    assert plan.conflicts.empty
    assert not (plan.changes["status"] == "gone").any()
    after = store.load(id).apply(plan.commands).actions.set_index("action")
    assert after.loc["Show the prices", "status"] == "done"
    assert len(after) == 4


def test_what_both_have_changed_is_shown_and_either_can_be_kept(kept: tuple[Store, str]) -> None:
    store, id = kept
    exported = store.load(id)
    tables = edited(exported, "en", {("Shorten the quote", "Owner"): "Inès"})
    action = next(i for i, action in exported.table("action").items() if action.title == "Shorten the quote")
    store.apply(id, edits.change("action", action, owner="Zoé"), author="zoe")

    def plan(keep_ours: bool) -> Any:
        return store.load(id).plan_import(tables, file="p.xlsx", former=lambda n: store.load(id, n), keep_ours=keep_ours)

    assert plan(False).conflicts[["item", "field", "exported", "file", "app"]].values.tolist() == [
        ["Shorten the quote", "owner", "Bachir", "Inès", "Zoé"]
    ]
    owner = lambda found: store.load(id).apply(found.commands).table("action")[action].owner  # noqa: E731
    assert (owner(plan(False)), owner(plan(True))) == ("Inès", "Zoé")


def test_a_status_in_other_words_a_cost_with_its_sign_and_a_date_as_text_are_understood() -> None:
    before = project()
    typed = {
        ("Shorten the quote", "Statut"): "EN COURS (50 %)", ("Show the prices", "Statut"): "terminée", ("Shorten the quote", "Coût"): "4 500 €",
        ("Shorten the quote", "Échéance"): "05/12/2026", ("Show the prices", "Échéance"): "15 janvier 2027",
    }  # fmt: skip
    plan = before.plan_import(edited(before, "fr", typed), file="plan.xlsx")
    after = before.apply(plan.commands).actions.set_index("action")
    assert after["status"].to_dict() == {"Shorten the quote": "in_progress", "Show the prices": "done", "Thank the loyal ones": "done"}
    assert after.loc["Shorten the quote", "cost"] == 4500
    assert [str(after.loc[name, "due_date"].date()) for name in ("Shorten the quote", "Show the prices")] == ["2026-12-05", "2027-01-15"]
    assert plan.unread.empty


def test_a_cell_that_nobody_understands_or_that_says_what_cannot_be_changes_nothing_and_is_listed() -> None:
    before = project()
    typed = {
        ("Shorten the quote", "Statut"): "bof", ("Shorten the quote", "Coût"): "à chiffrer", ("Shorten the quote", "Échéance"): "fin mars",
        ("Show the prices", "Dépend de"): "Nobody", ("Show the prices", "Coût"): -500, ("Show the prices", "Avancement"): 4,
    }  # fmt: skip
    plan = before.plan_import(edited(before, "fr", typed), file="plan.xlsx")
    assert set(zip(plan.unread["field"], plan.unread["content"], strict=True)) == {
        ("status", "bof"), ("cost", "à chiffrer"), ("due_date", "fin mars"), ("depends_on", "Nobody"), ("cost", "-500"),
        ("progress", "400%"),
    }  # fmt: skip
    assert before.apply(plan.commands).actions.equals(before.actions)


def test_what_is_needed_first_is_read_by_its_title_and_a_circle_is_not_taken_over() -> None:
    before = project()
    typed = {("Show the prices", "Depends on"): "shorten the quote; Thank the loyal ones", ("Shorten the quote", "Depends on"): "Show the prices"}
    plan = before.plan_import(edited(before, "en", typed), file="plan.xlsx")
    after = before.apply(plan.commands)
    ids = {action.title: id for id, action in after.table("action").items()}
    assert after.table("action")[ids["Show the prices"]].depends_on == [ids["Shorten the quote"], ids["Thank the loyal ones"]]
    assert plan.unread[["item", "field"]].values.tolist() == [["Shorten the quote", "depends_on"]]
    again = after.plan_import(edited(after, "fr", {}), file="plan.xlsx")
    assert set(again.changes["status"]) == {"unchanged"}


def test_ranges_confidence_and_who_is_consulted_come_back() -> None:
    before = project()
    action = next(i for i, action in before.table("action").items() if action.title == "Show the prices")
    before = before.apply(edits.change("action", action, cost_low=800.0, cost_high=1500.0, effect_low=0.5, effect_high=1.5, confidence=60.0))
    assert set(before.plan_import(edited(before, "en", {}), file="plan.xlsx").changes["status"]) == {"unchanged"}
    typed = {
        ("Show the prices", "Cost, at most"): "€1,900", ("Show the prices", "Effect, at most (points)"): 2.5,
        ("Show the prices", "Confidence"): 0.8, ("Show the prices", "Consulted"): "Zoé, Bob",
    }  # fmt: skip
    after = before.apply(before.plan_import(edited(before, "en", typed), file="plan.xlsx").commands).table("action")[action]
    assert (after.cost_low, after.cost_high, after.effect_low, after.effect_high) == (800, 1900, 0.5, 2.5)
    assert (after.confidence, after.consulted) == (80, "Zoé, Bob")


def test_numbers_typed_anew_in_excel_are_the_order_of_the_plan() -> None:
    before = project()
    titles = before.actions["action"].tolist()
    assert titles == ["Show the prices", "Shorten the quote", "Thank the loyal ones"]
    plan = before.plan_import(edited(before, "fr", {("Thank the loyal ones", "N°"): 1}), file="plan.xlsx")
    moved = plan.changes[plan.changes["status"] == "changed"]
    assert moved[["item", "field", "before", "after"]].values.tolist() == [
        ["Thank the loyal ones", "order", 3, 1], ["Show the prices", "order", 1, 2], ["Shorten the quote", "order", 2, 3],
    ]  # fmt: skip
    after = before.apply(plan.commands)
    assert after.actions["action"].tolist() == ["Thank the loyal ones", "Show the prices", "Shorten the quote"]
    assert set(after.plan_import(edited(after, "fr", {}), file="plan.xlsx").changes["status"]) == {"unchanged"}
    down = before.plan_import(edited(before, "en", {("Show the prices", "No."): 2}), file="plan.xlsx")
    assert before.apply(down.commands).actions["action"].tolist()[:2] == ["Shorten the quote", "Show the prices"]


def test_an_order_that_the_app_changed_since_is_not_taken_for_one_typed_in_excel(store: Store) -> None:
    id = store.create(project(), author="anne")
    tables = edited(store.load(id), "en", {})
    pit = [*edits.set_score(SITE, "effort", 10, author="anne"), *edits.set_score(SITE, "impact", 1, author="anne")]
    store.apply(id, pit, author="anne")  # a money pit goes last
    later = store.load(id)
    assert later.actions["action"].tolist()[0] != "Show the prices"
    for options in ({}, {"former": lambda revision: store.load(id, revision)}):
        assert "order" not in set(later.plan_import(tables, file="plan.xlsx", **options).changes["field"])


def test_a_part_of_the_plan_that_comes_back_with_its_own_numbers_moves_nothing() -> None:
    before = project()
    part = before.filtered(Filter(stages=(before.touchpoints.set_index("id").loc[QUOTE, "stage_id"],)))
    assert part.actions["action"].tolist() == ["Shorten the quote"]  # number 1 of the file, number 2 of the plan
    tables = list(analysis.read(analysis.export(part, "xlsx", "en"), name="plan.xlsx").tables)
    assert "order" not in set(before.plan_import(tables, file="plan.xlsx").changes["field"])


def test_rows_put_in_another_order_change_nothing_and_a_row_below_is_a_new_action() -> None:
    before = project()
    book = openpyxl.load_workbook(io.BytesIO(analysis.export(before, "xlsx", "en")))
    sheet = next(sheet for sheet in book if "Parcours_Plan" in sheet.tables)
    table = sheet.tables["Parcours_Plan"]
    rows = [[cell.value for cell in row] for row in sheet[table.ref]][1:]
    top, width = sheet[table.ref][0][0].row, len(rows[0])
    new = [None] * width
    new[1], new[2], new[3] = "Call back", "In progress", "Zoé"
    for down, row in enumerate([rows[2], rows[0], rows[1], new], start=top + 1):
        for across, value in enumerate(row, start=1):
            sheet.cell(down, across).value = value
    table.ref = f"{table.ref.rstrip('0123456789')}{top + 4}"
    out = io.BytesIO()
    book.save(out)
    plan = before.plan_import(list(analysis.read(out.getvalue(), name="plan.xlsx").tables), file="plan.xlsx")
    assert plan.changes["status"].value_counts().to_dict() == {"unchanged": 3, "new": 1}
    added = before.apply(plan.commands).actions.set_index("action").loc["Call back"]
    assert (added["status"], added["owner"]) == ("in_progress", "Zoé")
