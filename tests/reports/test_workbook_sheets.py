"""Sheets of the workbook that not every project has: verbatims, NPS and the like; returns of the plan; who set a score."""

from __future__ import annotations

import io
from typing import Any

import nbformat
import openpyxl
import pandas as pd
import pytest
from report_samples import TODAY

import analysis
from analysis.project.commands import Put
from analysis.project.edits import add_action, add_touchpoints, set_score, set_view
from analysis.project.evidence import pack
from analysis.project.project import Project
from analysis.reports import Privacy
from analysis.reports.privacy import discreet


@pytest.fixture(scope="module")
def asked() -> Project:
    """Ten answers to the question of recommendation, two of them with a comment; an action whose effect is a range."""
    project = Project.new("Boutique", language="fr")
    journey = project.first_journey
    project = project.apply(add_touchpoints(project, journey, project.stages_of(journey)[0][0], ["Vitrine"]))
    (touchpoint,) = project.table("touchpoint")
    rows = [
        {
            "row": row, "side": "customer", "measure": "nps", "value": float(value), "low": 0, "high": 10, "respondent": f"r{row}",
            "date": pd.Timestamp(2026, 6, 1), "text": text,
        }
        for row, (value, text) in enumerate(zip([10, 9, 9, 9, 8, 7, 6, 3, 10, 9], ["Très bien accueillie", "=1+1", *[None] * 8], strict=True), start=2)
    ]  # fmt: skip
    key, data = pack(pd.DataFrame(rows))
    values = {"blob": key, "rows": 10, "title": "Enquête", "source": "Enquête · Enquête"}
    project = project.apply([Put("evidence", "e_1", values, payloads={key: data})])
    project = project.apply(set_score(touchpoint, "reach", 50, author="ada") + set_score(touchpoint, "impact", 8, author="0123456789ab"))
    project = project.apply(add_action("Refaire la vitrine", touchpoint=touchpoint, effect_low=1.0, effect_high=3.0, cost=4000.0))
    view = {"customers_low": 20_000.0, "customers_high": 20_000.0, "conversion_low": 50.0, "conversion_high": 50.0}
    return project.apply(set_view(project, forecast=view))


def sheet(project: Project, title: str, **options: Any) -> list[dict[str, Any]]:
    """The table of a sheet, a dictionary a row."""
    book = openpyxl.load_workbook(io.BytesIO(analysis.export(project, "xlsx", "fr", today=TODAY, **options)))
    area = next(iter(book[title].tables.values())).ref
    header, *rows = [[cell.value for cell in row] for row in book[title][area]]
    return [dict(zip(header, row, strict=True)) for row in rows]


def test_the_nps_has_its_n_and_its_interval(asked: Project) -> None:
    (row,) = sheet(asked, "NPS, CSAT, CES")
    assert row["Indice"] == "NPS"
    assert row["Score"] == 40  # six of ten promoters, two detractors
    assert row["Réponses"] == 10
    assert row["Source"] == "Enquête"
    assert -100 < row["Intervalle à 95 % : bas"] < 40


def test_comments_stand_on_a_sheet_of_their_own_without_who_wrote_them(asked: Project) -> None:
    rows = sheet(asked, "Verbatims")
    assert [row["Avec les mots employés"] for row in rows] == ["Très bien accueillie", "=1+1"]
    assert not any(str(value).startswith("r") for row in rows for value in row.values())


def test_without_verbatims_there_is_no_such_sheet(asked: Project) -> None:
    data = analysis.export(discreet(asked, Privacy(verbatims=False), "fr"), "xlsx", "fr", today=TODAY)
    assert "Verbatims" not in openpyxl.load_workbook(io.BytesIO(data)).sheetnames


def test_a_return_is_a_range_in_the_plan(asked: Project) -> None:
    (row,) = sheet(asked, "Plan d’action")
    low, middle, high = (row[next(name for name in row if end in name)] for end in ("P10", "P50", "P90"))
    assert 0 < low < middle < high
    assert middle == pytest.approx(20_000 * 0.5 * 0.02 * 50 - 4000, rel=0.02)


def test_who_has_given_no_name_is_not_named_by_a_code(asked: Project) -> None:
    assert {row["Par"] for row in sheet(asked, "Scores")} == {"ada", None}
    assert {row["Par"] for row in sheet(asked, "Scores", people={"0123456789ab": "Bruno"})} == {"ada", "Bruno"}


def test_the_notebook_gives_the_same_return_and_the_same_nps(asked: Project) -> None:
    made = nbformat.reads(analysis.export(asked, "ipynb", "fr", today=TODAY).decode(), 4)
    names: dict[str, Any] = {}
    for cell in made.cells:
        if cell.cell_type == "code":
            exec(compile(cell.source, "cell", "exec"), names)
    (row,) = sheet(asked, "Plan d’action")
    assert names["brings"]["p50"].tolist() == pytest.approx([row[next(name for name in row if "P50" in name)]])
    assert names["nps"].loc[0, "score"] == sheet(asked, "NPS, CSAT, CES")[0]["Score"]
