"""A criterion of one's own, another way of ranking and other axes of the matrix, in every file that is left behind."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import nbformat
import openpyxl
import pandas as pd
import pytest
from pptx import Presentation
from report_samples import TODAY

import analysis
from analysis.project import edits
from analysis.project.criteria import add_criterion
from analysis.project.priorities import priorities
from analysis.project.project import Project
from analysis.project.rankings import RANKINGS
from analysis.reports.content import Content
from analysis.reports.rules import rules_of
from analysis.reports.workbook import build

FIT = "own_strategic_fit"


@pytest.fixture(scope="module")
def own(shop: Project) -> Project:
    """Strategic fit, 1 to 5, weight 8; a risk in days, less is better; both scored by hand for most touchpoints."""
    project = shop.apply(add_criterion(shop, "Strategic fit", low=1, high=5, weight=8))
    project = project.apply(add_criterion(project, "Days lost", low=None, high=None, against=True, weight=4))
    for place, id in enumerate(project.table("touchpoint")):
        if place % 5:
            project = project.apply(edits.set_score(id, FIT, 1 + place % 4, author="Ada", source="Workshop"))
            project = project.apply(edits.set_score(id, "own_days_lost", 3 * place % 11, author="Ada"))
        project = project.apply(edits.set_score(id, "confidence", 2 + place % 9, author="Ada"))
    return project


def table(data: bytes, name: str) -> pd.DataFrame:
    """One of our tables, as its cells say."""
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    sheet = next(sheet for sheet in book if f"Parcours_{name}" in sheet.tables)
    rows = [[cell.value for cell in row] for row in sheet[sheet.tables[f"Parcours_{name}"].ref]]
    return pd.DataFrame(rows[1:], columns=rows[0])


def told(frame: pd.DataFrame, score: str) -> dict[str, tuple[float, int]]:
    known = frame[pd.to_numeric(frame[score], errors="coerce").notna()]
    return {row["Touchpoint"]: (round(float(row[score]), 4), int(row["Rank"])) for row in known.to_dict("records")}


def expected(project: Project, method: str) -> dict[str, tuple[float, int]]:
    frame = priorities(project, method=method)
    known = frame[frame["method_score"].notna()]
    return {row["touchpoint"]: (round(float(row["method_score"]), 4), int(row["rank"])) for row in known.to_dict("records")}


@pytest.mark.parametrize("method", list(RANKINGS))
def test_the_workbook_ranks_as_the_app_does(own: Project, method: str) -> None:
    project = own.apply(edits.set_view(own, ranking=method))
    score = "Relevance score" if method == "relevance" else RANKINGS[method].name
    assert len(expected(project, method)) > 8
    assert told(table(build(project, "en", today=TODAY), "Ranking"), score) == expected(project, method)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:.*extension is not supported")
@pytest.mark.parametrize("method", list(RANKINGS))
def test_the_formulas_give_it_too_when_an_office_program_works_them_out(
    own: Project, method: str, libreoffice: Callable[[bytes, str, str], bytes]
) -> None:
    project = own.apply(edits.set_view(own, ranking=method))
    book = openpyxl.load_workbook(io.BytesIO(build(project, "en", today=TODAY)))
    out = io.BytesIO()
    book.save(out)  # openpyxl keeps formulas without their results: what comes back was worked out by the program
    score = "Relevance score" if method == "relevance" else RANKINGS[method].name
    assert told(table(libreoffice(out.getvalue(), "xlsx", "xlsx"), "Ranking"), score) == expected(project, method)


def test_the_names_of_ones_own_criteria_are_on_the_sheets(own: Project) -> None:
    data = build(own, "fr", today=TODAY)
    assert "Strategic fit" in table(data, "Touchpoints")
    assert {"Strategic fit", "Days lost", "Strategic fit, de 0 à 1"} <= set(table(data, "Ranking").columns)
    scores = table(data, "Scores")
    mine = scores[scores["Critère"] == "Strategic fit"]
    assert len(mine) == 15
    assert set(mine["Échelle"]) == {"1 à 5"}
    rules = dict(rules_of(Content(own, "fr", TODAY)))
    assert "Strategic fit 8" in rules["Score de pertinence"]
    assert "Days lost" in rules["Score de pertinence"].split("pour")[-1]


def test_the_matrix_follows_its_axes(own: Project) -> None:
    project = own.apply(edits.set_view(own, axis_up=FIT))
    frame = table(build(project, "en", today=TODAY), "Matrix")
    quadrants = priorities(project, axes=(FIT, "effort")).set_index("touchpoint")["quadrant"].dropna()
    usual = {"quick_win": "Quick win", "big_bet": "Big bet", "fill_in": "Fill-in", "money_pit": "Money pit"}
    content = Content(project, "en", TODAY)
    assert set(frame["Quadrant"]) <= {content.quadrant(code) for code in usual}
    assert dict(zip(frame["Touchpoint"], frame["Quadrant"], strict=True)) == {name: content.quadrant(q) for name, q in quadrants.items()}
    assert "Strategic fit" in frame
    assert content.matrix_cut["impact"] == 3
    assert "3 for “Strategic fit”" in content.matrix_rule


def test_slides_and_report_say_by_what_is_ranked(own: Project) -> None:
    project = own.apply(edits.set_view(own, ranking="rice", axis_up=FIT))
    deck = Presentation(io.BytesIO(analysis.export(project, "pptx", "en", today=TODAY)))
    said = "\n".join(shape.text_frame.text for slide in deck.slides for shape in slide.shapes if shape.has_text_frame)
    assert "RICE = reach (% of customers)" in said
    assert "3 for “Strategic fit”" in said
    assert analysis.export(project, "pdf", "en", today=TODAY)[:4] == b"%PDF"


@pytest.mark.parametrize("method", list(RANKINGS))
def test_the_notebook_gives_the_same_ranks(own: Project, method: str) -> None:
    project = own.apply(edits.set_view(own, ranking=method, axis_up=FIT))
    made: Any = nbformat.reads(analysis.export(project, "ipynb", "en", today=TODAY).decode(), 4)
    space: dict[str, Any] = {}
    for cell in made.cells:
        if cell.cell_type == "code":
            exec(cell.source, space)  # our own code, run as the reader would
    ranking = space["ranking"]
    ranking = ranking[ranking[method].notna()]
    found = {
        name: (round(value, 4), int(rank))
        for name, value, rank in zip(ranking["touchpoint"], ranking[method], ranking["rank"], strict=True)
    }
    assert found == expected(project, method)
    matrix = space["matrix"].set_index("touchpoint")["quadrant"].dropna().to_dict()
    assert matrix == priorities(project, axes=(FIT, "effort")).set_index("touchpoint")["quadrant"].dropna().to_dict()
