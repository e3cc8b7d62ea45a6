"""The same numbers on the screen, in a notebook and in the Excel file; and how long the server takes for a change."""

from __future__ import annotations

import io
import json
import re
import statistics
import time
from typing import Any

import openpyxl
import pandas as pd
import pytest
from pptx import Presentation

import analysis
from analysis import Project, Store
from analysis.language import money
from analysis.methods import DECISIONS
from analysis.project import edits
from analysis.project.criteria import add_criterion, against_of, scales_of
from analysis.project.forecast import returns, under_budget
from analysis.project.measures import vital_few
from analysis.project.priorities import priorities, weights_of
from analysis.samples import open_sample
from benchmarks.big import big_sample
from tests.pages.boutique import boutique
from tests.pages.conftest import Visit

WEIGHTS = {"impact": 5.0, "satisfaction": 1.0, "reach": 2.5, "fit": 0.0, "cost": 3.0, "effort": 4.0}


def weighed() -> Project:
    project = boutique("en")
    return project.apply(edits.set_weights(WEIGHTS))


def on_screen(visit: Visit, project: Project) -> dict[str, tuple[int, int]]:
    """touchpoint → rank and score, as the table of the page shows them."""
    frame: pd.DataFrame = visit("priorities", project, "en", priorities_view="ranking").dataframe[0].value
    known = frame[frame["rank"].notna()]
    return {row["touchpoint"]: (int(row["rank"]), int(row["relevance"])) for row in known.to_dict("records")}


def in_notebook(project: Project) -> dict[str, tuple[int, int]]:
    """The same from the public functions, as a notebook calls them."""
    frame, weights = project.touchpoints, weights_of(project)
    score = analysis.relevance(frame, weights, scales=scales_of(project, weights), reverse=against_of(project))
    rank = score.rank(ascending=False, method="min")
    return {
        str(name): (int(place), round(float(value)))
        for name, place, value in zip(frame["touchpoint"], rank, score, strict=True)
        if pd.notna(value)
    }


def in_excel(project: Project) -> dict[str, tuple[int, int]]:
    """The same in the sheet of the ranking."""
    return {name: (rank, round(score)) for name, (rank, score) in cells(project, "Relevance score").items()}


def cells(project: Project, header: str) -> dict[str, tuple[int, float]]:
    """touchpoint → rank and score from the cells of the sheet of the ranking: the values that Excel shows before it works its formulas out again."""
    book = openpyxl.load_workbook(io.BytesIO(analysis.export(project, "xlsx", "en")), data_only=True)
    sheet = next(sheet for sheet in book if "Parcours_Ranking" in sheet.tables)
    rows = list(sheet[sheet.tables["Parcours_Ranking"].ref])
    headers = [cell.value for cell in rows[0]]
    name, score, rank = (headers.index(header) for header in ("Touchpoint", header, "Rank"))
    return {
        row[name].value: (int(row[rank].value), float(row[score].value)) for row in rows[1:] if isinstance(row[score].value, int | float)
    }


def test_ranks_and_scores_are_the_same_on_the_screen_in_a_notebook_and_in_excel(visit: Visit) -> None:
    project = weighed()
    shown = on_screen(visit, project)
    assert len(shown) == 5
    assert shown == in_notebook(project) == in_excel(project)


def with_own_criterion() -> Project:
    """The same with a criterion of the user's own, 1 to 5, that weighs most."""
    project = weighed()
    project = project.apply(add_criterion(project, "Strategic fit", low=1, high=5, weight=9.0))
    for place, id in enumerate(["t_site", "t_quote", "t_call", "t_letter", "t_fair"]):
        project = project.apply(edits.set_score(id, "own_strategic_fit", [2, 5, 1, 4, 3][place], author="Ada"))
    return project


def test_a_criterion_of_ones_own_counts_the_same_on_the_screen_in_a_notebook_and_in_excel(visit: Visit) -> None:
    project = with_own_criterion()
    shown = on_screen(visit, project)
    assert shown != in_notebook(weighed())
    assert shown == in_notebook(project) == in_excel(project)


def test_rice_ranks_the_same_on_the_screen_in_a_notebook_and_in_excel(visit: Visit) -> None:
    project = weighed()
    for place, id in enumerate(["t_site", "t_quote", "t_call", "t_letter"]):
        project = project.apply(edits.set_score(id, "confidence", 5 + place, author="Ada"))
    project = project.apply(edits.set_view(project, ranking="rice"))
    frame = project.touchpoints
    score = analysis.rice(frame.assign(confidence=frame["confidence"] / 10))
    rank = score.rank(ascending=False, method="min")
    notebook = {
        name: (int(place), round(value, 1)) for name, place, value in zip(frame["touchpoint"], rank, score, strict=True) if pd.notna(value)
    }
    assert notebook["Site web"] == (1, 180.0)  # 80 % × 9 × 0.5 ÷ 2
    seen: pd.DataFrame = visit("priorities", project, "en", priorities_view="ranking").dataframe[0].value
    seen = seen[seen["rank"].notna()]
    shown = {row["touchpoint"]: (int(row["rank"]), round(float(row["relevance"]), 1)) for row in seen.to_dict("records")}
    assert shown == notebook == {name: (place, round(value, 1)) for name, (place, value) in cells(project, "RICE").items()}


def test_quadrants_are_the_same_in_a_notebook_and_on_the_matrix() -> None:
    project = weighed()
    ours = priorities(project).set_index("touchpoint")["quadrant"].dropna().to_dict()
    theirs = analysis.impact_effort(project.touchpoints).set_index("touchpoint")["quadrant"].dropna().to_dict()
    assert ours == theirs


def test_the_vital_few_are_the_same_in_a_notebook_and_on_the_page() -> None:
    project = weighed()
    page = vital_few(project, "complaints")
    notebook = analysis.pareto(project.touchpoints, "touchpoint", "complaints")
    assert page[["label", "value", "rank", "vital"]].values.tolist() == notebook[["label", "value", "rank", "vital"]].values.tolist()


@pytest.mark.slow
def test_a_change_of_weights_on_the_big_sample_costs_a_part_of_the_first_drawing(visit: Visit, store: Store) -> None:
    """Processor time of one run of the page, the test client's own work included; in milliseconds it is measured in ``benchmarks``."""
    sample, start = big_sample(), time.process_time()
    app = visit("priorities", sample, "en", priorities_view="ranking")
    first = time.process_time() - start
    changes: list[tuple[str, Any]] = [
        ("weight_satisfaction", 10.0), ("weight_impact", 0.0), ("weight_reach", 7.5), ("weight_cost", 4.0), ("ranking_method", "opportunity"),
    ]  # fmt: skip
    took = []
    for key, value in changes:
        widget = app.selectbox(key=key) if key == "ranking_method" else app.slider(key=key)
        start = time.process_time()
        widget.set_value(value).run()
        took.append(time.process_time() - start)
        assert not app.exception
        print(f"{key} → {value}: {1000 * took[-1]:.0f} ms")
    print(f"median {1000 * statistics.median(took):.0f} ms")
    assert statistics.median(took) < 0.7 * first


def test_returns_and_the_best_set_are_the_same_on_the_screen_in_a_notebook_in_excel_and_on_a_slide(visit: Visit) -> None:
    project = open_sample("en")
    known = returns(project).set_index("action")
    ends = {title: tuple(money(float(row[end]), "en", "GBP") for end in ("p10", "p90")) for title, row in known.iterrows()}
    chosen = under_budget(project, 15_000.0).set_index("action")["decision"].to_dict()

    tables = [table.value for table in visit("plan", project, "en", plan_view="budget").dataframe]
    shown = next(table for table in tables if "Decision" in table).set_index("Action")
    assert {title: line.split(", middle")[0] for title, line in shown["Return in the first year"].items()} == {
        title: f"{low} to {high}" for title, (low, high) in ends.items()
    }
    assert {title: said.split(" ", 1)[1] for title, said in shown["Decision"].items()} == {t: DECISIONS[code] for t, code in chosen.items()}

    cells = [cell["source"] for cell in json.loads(analysis.export(project, "ipynb", "en"))["cells"] if cell["cell_type"] == "code"]
    told: dict[str, Any] = {}
    for source in map("".join, cells):
        if re.search(r"^(import|from|inputs =|brings =|budgeted =|best =)", source, re.MULTILINE) and "charts" not in source:
            exec(source, told)
    assert told["brings"][["p10", "p50", "p90", "payback_share"]].to_numpy() == pytest.approx(
        known.loc[told["inputs"]["action"], ["p10", "p50", "p90", "payback_share"]].to_numpy()
    )
    assert told["best"].set_index("action")["decision"].to_dict() == chosen

    book = openpyxl.load_workbook(io.BytesIO(analysis.export(project, "xlsx", "en")), data_only=True)
    sheet = next(sheet for sheet in book if "Parcours_Plan" in sheet.tables)
    headers, *rows = [[cell.value for cell in row] for row in sheet[sheet.tables["Parcours_Plan"].ref]]
    plan = pd.DataFrame(rows, columns=headers).set_index("Action")
    for column, header in (("p10", "low (P10)"), ("p50", "middle (P50)"), ("p90", "high (P90)")):
        assert plan[f"Return of the first year: {header}"].to_dict() == pytest.approx(known[column].to_dict())
    assert plan["Under the budget of £15,000"].to_dict() == {title: DECISIONS[code] for title, code in chosen.items()}

    slides = Presentation(io.BytesIO(analysis.export(project, "pptx", "en"))).slides
    texts = {cell.text for slide in slides for shape in slide.shapes if shape.has_table for row in shape.table.rows for cell in row.cells}
    assert {f"{low} … {high}" for low, high in ends.values()} <= texts
