"""The notebook: it runs top to bottom, and its numbers are those of the workbook."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path
from typing import Any

import nbformat
import openpyxl
import pandas as pd
import pytest
from report_samples import TODAY

import analysis
from analysis.project.edits import set_score
from analysis.project.project import Project

TELL = """print(json.dumps({
    "emotion": [None if pd.isna(v) else v for v in curve["value"]],
    "relevance": {k: None if pd.isna(v) else v for k, v in zip(ranking["number"], ranking["relevance"])},
    "quadrants": {k: None if pd.isna(v) else v for k, v in zip(matrix["number"], matrix["quadrant"])},
    "cumulative": causes["cumulative"].tolist() if "causes" in globals() else [],
}))"""


def notebook(project: Project, language: str = "fr") -> Any:
    return nbformat.reads(analysis.export(project, "ipynb", language, today=TODAY).decode(), 4)


def test_it_is_a_valid_notebook_and_the_same_each_time(shop: Project) -> None:
    assert analysis.export(shop, "ipynb", today=TODAY) == analysis.export(shop, "ipynb", today=TODAY)
    nbformat.validate(notebook(shop, "en"))


def test_texts_of_answers_stay_out(shop: Project) -> None:
    assert "Personne ne répond" not in analysis.export(shop, "ipynb", today=TODAY).decode()


def test_a_users_text_is_data_and_never_code(attack: Project) -> None:
    for cell in notebook(attack).cells:
        if cell.cell_type == "code":
            compile(cell.source, "cell", "exec")
            assert "\x07" not in cell.source


@pytest.mark.slow
@pytest.mark.parametrize("name", ["shop", "attack", "empty", "overridden"])
def test_it_runs_and_gives_the_numbers_of_the_workbook(name: str, shop: Project, attack: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    from nbclient import NotebookClient

    stage = shop.stages_of(shop.first_journey)[0][0]
    overridden = shop.apply(set_score(stage, "emotion", -1.5, author="a"))
    project = {"shop": shop, "attack": attack, "empty": Project.new("Vide"), "overridden": overridden}[name]
    root = str(Path(analysis.__file__).parent.parent)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([root, os.environ.get("PYTHONPATH", "")]))
    made = notebook(project)
    made.cells.append(nbformat.v4.new_code_cell(TELL))
    NotebookClient(made, timeout=120, kernel_name="python3").execute()
    told = json.loads(made.cells[-1].outputs[-1]["text"])
    book = openpyxl.load_workbook(io.BytesIO(analysis.export(project, "xlsx", today=TODAY)), data_only=True)
    assert told["emotion"] == pytest.approx(column(book, "Emotion", "Émotion"))
    ranking = dict(zip(column(book, "Ranking", "Réf."), column(book, "Ranking", "Score de pertinence"), strict=True))
    assert {k: v for k, v in told["relevance"].items() if v is not None} == pytest.approx(
        {k: v for k, v in ranking.items() if v is not None}
    )
    placed = set(column(book, "Matrix", "Réf.")) - {None}
    assert {k for k, v in told["quadrants"].items() if v} == placed
    known = [share for share in told["cumulative"] if share == share]  # of nothing at all there is no share
    assert known == pytest.approx([v for v in column(book, "Pareto", "Part cumulée") if v is not None])


def column(book: openpyxl.Workbook, table: str, header: str) -> list[Any]:
    sheet = next(sheet for sheet in book if f"Parcours_{table}" in sheet.tables)
    rows = [[cell.value for cell in row] for row in sheet[sheet.tables[f"Parcours_{table}"].ref]]
    return [None if pd.isna(value) else value for value in pd.DataFrame(rows[1:], columns=rows[0])[header]]
