"""NPS, CSAT and CES of a project's answers, as every page and report has them."""

from __future__ import annotations

import pytest

import analysis
from analysis import Project
from analysis.language import translator
from analysis.project.indices import customers_indices, groups_line, index_line, satisfaction_indices


def nps_of(answers: list[int], title: str = "nps.csv") -> Project:
    text = "Stage;NPS (0-10)\n" + "\n".join(f"{'Order' if n % 2 else 'Use'};{value}" for n, value in enumerate(answers))
    project = Project.new("Survey", language="en", stages=["Order", "Use"])
    return project.apply(project.plan_import(analysis.read(text.encode(), title).tables, file=title).commands)


def test_an_index_stands_for_all_stages_then_for_each() -> None:
    # five promoters, two passives, three detractors: 50 % less 30 %
    table = satisfaction_indices(nps_of([10, 10, 9, 9, 10, 8, 7, 2, 0, 6]).evidence)
    assert table["stage"].isna().tolist() == [True, False, False]
    assert table.loc[0, ["score", "n", "promoters", "passives", "detractors"]].tolist() == [20, 10, 5, 2, 3]
    assert table["n"].tolist() == [10, 5, 5]


def test_the_line_has_the_n_the_interval_and_the_three_groups() -> None:
    (table,) = customers_indices(nps_of([10, 10, 9, 9, 10, 8, 7, 2, 0, 6])).values()
    row = table.to_dict("records")[0]
    # adjusted by hand: p = 5.75/13, d = 3.75/13; 15.4 ± 1.96·√((p + d − (p − d)²)/13)·100 = 15.4 ± 45.7
    assert index_line(row, translator("en")) == "NPS\u00a0+20 · n\u00a0=\u00a010 · 95% interval [−30, +61]"
    assert groups_line(row, translator("fr")) == "Promoteurs 50\u00a0% · passifs 20\u00a0% · détracteurs 30\u00a0%"


@pytest.mark.parametrize(("n", "said"), [(4, True), (5, False)])
def test_below_five_answers_the_line_says_that_they_are_few(n: int, said: bool) -> None:
    (table,) = customers_indices(nps_of([9] * n)).values()
    assert ("few answers" in index_line(table.to_dict("records")[0], translator("en"))) is said


def test_a_filter_of_a_stage_leaves_only_its_answers() -> None:
    project = nps_of([10, 10, 9, 9, 10, 8, 7, 2, 0, 6])
    order = str(project.stages.loc[project.stages["stage"] == "Order", "id"].iloc[0])
    (table,) = customers_indices(project.filtered(analysis.Filter(stages=(order,)))).values()
    assert table["n"].tolist() == [5]


def test_several_questions_to_one_person_are_said_and_do_not_narrow_the_interval() -> None:
    text = "id;Satisfaction accueil (1-5);Satisfaction caisse (1-5);Satisfaction livraison (1-5)\n" + "".join(
        f"p{n};{v};{v};{v}\n" for n, v in enumerate([5, 5, 4, 2, 1, 5, 3, 2])
    )
    book = analysis.read(text.encode(), "enquete.csv")
    project = Project.new("Enquête", language="fr")
    project = project.apply(project.plan_import(book.tables, file="enquete.csv").commands)
    row = satisfaction_indices(project.evidence).to_dict("records")[0]
    assert (row["n"], row["people"], row["score"]) == (24, 8, 50)
    assert "n\u00a0=\u00a024 · de 8\u00a0personnes" in index_line(row, translator("fr"))
    # Wilson of 4 in 8: 0.2152 … 0.7848; the correction of a small sample of clusters (7/8) widens it a little
    assert row["low"] == pytest.approx(21.5, abs=2.5)
    assert row["high"] == pytest.approx(78.5, abs=2.5)
