"""“What if” questions on the priorities: every view follows, nothing is kept until accepted, and what is kept reads the same everywhere."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Callable
from typing import Any

import openpyxl
import pandas as pd
import pytest

import analysis
from analysis import Filter, Project, Store
from analysis.project import edits
from analysis.project.forecast import under_budget
from analysis.project.measures import vital_few
from analysis.project.priorities import firm_ranking, priorities
from benchmarks.big import big_sample
from tests.pages.boutique import CALL, QUOTE, SITE, boutique
from tests.pages.conftest import Visit, again, texts


def planned() -> Project:
    """The boutique with three actions that cost 900, 800 and 400."""
    actions = [("Show the prices", SITE, 900.0), ("Shorten the quote", QUOTE, 800.0), ("Call back", CALL, 400.0)]
    project = boutique("en")
    return project.apply([command for title, id, cost in actions for command in edits.add_action(title, touchpoint=id, cost=cost)])


# Every view follows


def trying(visit: Visit, project: Project | None = None, **weights: float) -> Any:
    """The ranking with sliders moved, in English."""
    app = visit("priorities", project or boutique("en"), "en", priorities_view="ranking")
    for name, weight in weights.items():
        app.slider(key=f"weight_{name}").set_value(weight).run()
    assert not app.exception
    return app


def at(app: Any, view: str) -> Any:
    app.session_state["priorities_view"] = view
    return again(app)


def test_weights_that_are_tried_hold_in_the_firmness_too_and_are_said_there(visit: Visit, store: Store) -> None:
    app = at(trying(visit, impact=0.0, satisfaction=10.0, reach=0.0, fit=0.0, cost=0.0), "firmness")
    accepted = boutique("en").apply(edits.set_weights({"impact": 0.0, "satisfaction": 10.0, "reach": 0.0, "fit": 0.0, "cost": 0.0}))
    assert app.dataframe[0].value["touchpoint"].tolist() == firm_ranking(accepted)["touchpoint"].tolist()
    assert "Devis becomes first" in texts(app)
    assert "Influence on conversion: weight 3 → 0" in texts(app)
    assert store.load(app.project_id).settings.weights == {}


def test_weights_that_are_not_the_usual_ones_can_be_set_back_and_criteria_without_one_are_folded_away(visit: Visit) -> None:
    app = trying(visit)
    assert app.button(key="weights_default").disabled
    folded = {slider.label for fold in app.expander if fold.label == "More criteria" for slider in fold.slider}
    labels = {slider.label for slider in app.slider}
    assert {"Satisfaction ↓", "Reach"} <= labels - folded  # the usual ones; less is better where an arrow says so
    assert {"Effort ↓", "Complaints"} <= folded
    kept = boutique("en").apply(edits.set_weights({"effort": 2.0}))
    assert "Effort ↓" not in {s.label for fold in trying(visit, kept).expander if fold.label == "More criteria" for s in fold.slider}
    app.slider(key="weight_impact").set_value(9.0).run()
    app.button(key="weights_default").click().run()
    assert app.slider(key="weight_impact").value == 3.0
    assert app.button(key="weights_default").disabled


def test_the_set_under_a_budget_follows_what_is_tried(visit: Visit, store: Store) -> None:
    project = planned().apply(edits.set_view(planned(), budget=900.0))
    first = at(trying(visit, project), "budget").dataframe[-1].value
    assert dict(zip(first["Action"], first["Decision"], strict=True))["Show the prices"] == "✓ Chosen"
    tried = at(trying(visit, project, impact=0.0, satisfaction=10.0, reach=0.0, fit=0.0, cost=0.0), "budget").dataframe[-1].value
    assert dict(zip(tried["Action"], tried["Decision"], strict=True))["Shorten the quote"] == "✓ Chosen"


def test_a_budget_is_tried_with_the_plan_then_kept_in_one_edit(visit: Visit, store: Store) -> None:
    app = visit("priorities", planned(), "en", priorities_view="budget")
    app.text_input(key="plan_budget").set_value("1.3 k").run()
    assert "budget €1,300" in texts(app)
    assert app.dataframe[-1].value["Decision"].tolist().count("✓ Chosen") == 2
    assert "budget" not in store.load(app.project_id).settings.views
    app.button(key="weights_keep").click().run()
    assert store.load(app.project_id).settings.views["budget"] == 1300.0
    assert "What if" not in texts(app)


def test_a_score_is_tried_said_with_its_quadrant_and_left_without_a_trace(visit: Visit, store: Store) -> None:
    app = visit("priorities", boutique("en"), "en", _chosen_touchpoints=[QUOTE])
    app.text_input(key=f"try_{QUOTE}_effort").set_value("4").run()
    assert "Devis, Effort 7 → 4 · Devis becomes “Quick win”" in texts(app)
    assert "3 quick wins of 5" in texts(app)
    assert store.load(app.project_id).figures[QUOTE, "effort"].value == 7
    app.button(key="weights_back").click().run()
    assert "2 quick wins of 5" in texts(app)
    assert "What if" not in [line.value for line in app.markdown]


def test_a_score_that_was_tried_is_kept_in_one_edit_that_an_undo_takes_back(visit: Visit, store: Store) -> None:
    app = visit("priorities", boutique("en"), "en", _chosen_touchpoints=[QUOTE])
    app.text_input(key=f"try_{QUOTE}_effort").set_value("4").run()
    app.text_input(key=f"try_{QUOTE}_impact").set_value("9,5").run()
    app.button(key="weights_keep").click().run()
    figures = store.load(app.project_id).figures
    assert (figures[QUOTE, "effort"].value, figures[QUOTE, "impact"].value) == (4, 9.5)
    assert figures[QUOTE, "effort"].layer == "hand"
    app.button(key="undo").click().run()
    assert store.load(app.project_id).figures[QUOTE, "effort"].value == 7


def test_a_figure_that_is_none_or_off_its_scale_is_refused_and_nothing_is_tried(visit: Visit) -> None:
    app = visit("priorities", boutique("en"), "en", _chosen_touchpoints=[QUOTE])
    for text in ("lots", "14"):
        app.text_input(key=f"try_{QUOTE}_effort").set_value(text).run()
        assert not app.exception
        assert "becomes" not in texts(app)
        assert app.text_input(key=f"try_{QUOTE}_effort").value == "7"


def test_with_a_filter_the_arrows_tell_who_moves_against_everybody(visit: Visit) -> None:
    app = visit("priorities", big_sample(touchpoints=12, answers=600, cards=20, actions=4), "en", priorities_view="ranking")
    app.query_params["segment"], app.query_params["is"] = "attr:Segment", "Loyal"
    again(app)
    assert "Against the answers of everybody:" in texts(app)
    loyal = app.dataframe[0].value
    assert (loyal["moved"] != "").any()


# RICE kept: what follows the ranking follows it


def riced() -> Project:
    project = planned()
    for place, id in enumerate((SITE, QUOTE, CALL)):
        project = project.apply(edits.set_score(id, "confidence", 5.0 + place, author="Ada"))
    return project.apply(edits.set_view(project, ranking="rice"))


def test_firmness_follows_rice_when_rice_is_kept(visit: Visit) -> None:
    app = visit("priorities", riced(), "en", priorities_view="firmness")
    found = firm_ranking(riced())
    assert found.attrs["method"] == "rice"
    assert app.dataframe[0].value["touchpoint"].tolist() == found["touchpoint"].tolist() == ["Site web", "Appel", "Devis"]
    assert "Ranked by: RICE." in texts(app)
    assert "The ranking by RICE is worked out 2,000 times with figures that vary" in texts(app)


def test_the_score_of_an_action_is_that_of_the_ranking_that_is_kept() -> None:
    """80 % × 9 × 0.5 ÷ 2 = 180; 30 % × 6 × 0.7 ÷ 3 = 42; 40 % × 8 × 0.6 ÷ 7 = 27.43."""
    scores = riced().actions.set_index("action")["score"].astype(float)
    assert scores.round(2).to_dict() == {"Show the prices": 180.0, "Call back": 42.0, "Shorten the quote": 27.43}
    book = openpyxl.load_workbook(io.BytesIO(analysis.export(riced(), "xlsx", "en")), data_only=True)
    cells = table(book, "Plan")
    assert dict(zip(cells["Action"], cells["RICE"].astype(float).round(2), strict=True)) == scores.round(2).to_dict()


# The same numbers on the screen, in the notebook as it runs, and in the cells of the workbook


def table(book: Any, name: str) -> pd.DataFrame:
    """A table of the workbook."""
    sheet = next(sheet for sheet in book if f"Parcours_{name}" in sheet.tables)
    head, *rows = sheet[sheet.tables[f"Parcours_{name}"].ref]
    return pd.DataFrame([[cell.value for cell in row] for row in rows], columns=[cell.value for cell in head])


def run(project: Project) -> dict[str, Any]:
    """What the cells of the exported notebook leave, run top to bottom."""
    book = json.loads(analysis.export(project, "ipynb", "en"))
    left: dict[str, Any] = {}
    for cell in book["cells"]:
        if cell["cell_type"] == "code":
            source = cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])
            with contextlib.redirect_stdout(io.StringIO()):
                exec(compile(source, "cell", "exec"), left)  # our own export of our own sample
    return left


def ranks(names: Any, places: Any) -> dict[str, int]:
    return {str(name): int(place) for name, place in zip(names, places, strict=True) if pd.notna(place) and str(place) != ""}


QUESTIONS: dict[str, Callable[[Project], Project]] = {
    "cost counts double": lambda project: project.apply(edits.set_weights({"cost": 2.0})),
    "only loyal customers": lambda project: project.filtered(Filter(segment=("attr:Segment", ("Loyal",)))),
    "the last quarter": lambda project: project.filtered(Filter(start=pd.Timestamp("2026-07-01").date(), end=pd.Timestamp("2026-09-30").date())),
    "the effort of an item is 4": lambda project: project.apply(edits.set_score("t_017", "effort", 4.0, author="ann")),
    "opportunity ranks": lambda project: project.apply(edits.set_view(project, ranking="opportunity", budget=20_000.0)),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("question", QUESTIONS)
def test_the_answers_are_the_same_on_the_screen_in_the_notebook_and_in_excel(visit: Visit, question: str) -> None:
    project = QUESTIONS[question](big_sample())
    app = visit("priorities", project.whole, "en", priorities_view="ranking")
    for name, value in address(project).items():
        app.query_params[name] = value
    screen = again(app).dataframe[0].value
    book, cells = openpyxl.load_workbook(io.BytesIO(analysis.export(project, "xlsx", "en")), data_only=True), run(project)
    ranking, named = table(book, "Ranking"), "Relevance score" if question != "opportunity ranks" else "Opportunity"
    shown = ranks(screen["touchpoint"], screen["rank"])
    assert shown == ranks(cells["ranking"]["touchpoint"], cells["ranking"]["rank"]) == ranks(ranking["Touchpoint"], ranking["Rank"])
    assert len(shown) == 300
    by = "relevance" if question != "opportunity ranks" else "opportunity"
    notebook = dict(zip(cells["ranking"]["touchpoint"], cells["ranking"][by], strict=True))
    excel = dict(zip(ranking["Touchpoint"], ranking[named], strict=True))
    decimals = 0 if by == "relevance" else 1
    for row in screen.to_dict("records"):
        assert row["relevance"] == pytest.approx(round(notebook[row["touchpoint"]], decimals))
        assert notebook[row["touchpoint"]] == pytest.approx(excel[row["touchpoint"]], abs=1e-6)
    matrix = dict(zip(cells["matrix"]["touchpoint"], cells["matrix"]["quadrant"], strict=True))
    assert matrix == priorities(project).set_index("touchpoint")["quadrant"].to_dict()
    causes, pareto = cells["causes"], table(book, "Pareto")
    ours = vital_few(project, "complaints")
    assert causes["label"].tolist() == pareto["Touchpoint"].tolist() == ours["label"].tolist()
    assert causes["vital"].tolist() == [flag == "yes" for flag in pareto["Vital few"]] == ours["vital"].tolist()
    if question == "opportunity ranks":
        under, plan = under_budget(project, 20_000.0), table(book, "Plan")
        assert cells["best"]["decision"].tolist() == under["decision"].tolist()
        said = {"Chosen": "chosen", "Not chosen": "not_chosen", "No cost given": "no_cost"}
        assert [said[text] for text in plan["Under the budget of €20,000"]] == under["decision"].tolist()


def address(project: Project) -> dict[str, Any]:
    """The filter of a project as the address of the page says it."""
    from pages.shell.filtering import to_address

    return {name: list(values) for name, values in to_address(project.filtering.filter)} if project.filtering else {}
