"""The sheets to fill in read back as they were made, in both languages."""

from __future__ import annotations

import io

import openpyxl
import pytest

import analysis
from analysis.errors import NotFound
from analysis.templates.sheets import SHEETS, examples, sheet

EVERY = [(name, language) for name in SHEETS for language in ("fr", "en")]


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_a_template_is_recognised_as_what_it_is(name, language):
    (table,) = analysis.read(sheet(name, language), f"{name}.xlsx").tables
    headers, rows = examples(name, language)
    assert table.kind == SHEETS[name].kind
    assert table.header_rows == [0]
    assert list(table.rows) == ["header"] + ["data"] * len(rows)
    if name != "journey_grid":
        assert list(table.mapping) == headers
    doubts = [problem for problem in table.noted.listed() if problem["code"] not in ("personal", "words_as_score", "not_recognised")]
    assert doubts == []


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_every_example_of_a_template_is_imported(name, language):
    project = analysis.Project.new("Essai", language=language)
    plan = project.plan_import(analysis.read(sheet(name, language), f"{name}.xlsx").tables)
    assert plan.skipped == []
    assert plan.left_out.empty
    assert plan.commands
    project.apply(plan.commands)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_touchpoints_of_the_template_arrive_whole(language):
    project = analysis.Project.new("Essai", language=language)
    after = project.apply(project.plan_import(analysis.read(sheet("touchpoints", language), "a.xlsx").tables).commands)
    row = after.touchpoints.iloc[0]
    assert (row["impact"], row["effort"], row["reach"], row["cost"], row["running_cost"]) == (8, 5, 72, 12000, 3000)
    assert (row["family"], row["online"], row["pain_points"]) == ("sales", True, 2)
    assert after.touchpoints["emotion"].notna().all()


def test_drop_downs_stand_under_their_headers():
    page = openpyxl.load_workbook(io.BytesIO(sheet("actions", "fr"))).active
    lists = {str(rule.sqref): rule.formula1 for rule in page.data_validations.dataValidation if rule.type == "list"}
    assert lists == {"F2:F501": '"Proposé,À faire,En cours,Fait,Abandonné"'}


def test_there_is_no_template_for_what_is_unknown():
    with pytest.raises(NotFound):
        sheet("recipes")


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", list(SHEETS))
def test_each_template_has_drop_downs_or_limits_and_asks_nothing_when_it_is_read_back(name, language):
    from pages.review.columns import questions

    page = openpyxl.load_workbook(io.BytesIO(sheet(name, language))).active
    assert page.data_validations.dataValidation
    book = analysis.read(sheet(name, language), "a.xlsx")
    assert [questions(table) for table in book.tables] == [[]]
    assert set(book.tables[0].rows) == {"header", "data"}
    assert not set(book.problems["severity"]) - {"info"}
