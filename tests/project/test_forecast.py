"""Budget and returns of a project's plan, as the page asks for them."""

from __future__ import annotations

import pytest

from analysis import InvalidCommand, Project, charts
from analysis.project import edits
from analysis.project.forecast import assumptions, budget_of, returns, set_assumption, set_budget, under_budget
from tests.pages.boutique import QUOTE, SITE, boutique


def typed(project: Project, **texts: str) -> Project:
    for name, text in texts.items():
        project = project.apply(set_assumption(project, name, text, "fr"))
    return project


def test_a_budget_is_kept_as_typed_and_forgotten_when_emptied() -> None:
    project = boutique()
    project = project.apply(set_budget(project, "12 000 €", "fr"))
    assert budget_of(project) == 12_000
    assert budget_of(project.apply(set_budget(project, "", "fr"))) is None
    with pytest.raises(InvalidCommand):
        set_budget(project, "-5", "fr")


def test_the_plan_under_a_budget_keeps_what_runs() -> None:
    project = boutique().apply(
        [
            *edits.add_action("Prix", touchpoint=SITE, cost=3000.0, status="in_progress"),
            *edits.add_action("Devis", touchpoint=QUOTE, cost=4000.0),
            *edits.add_action("Sans coût", touchpoint=QUOTE),
        ]
    )
    found = under_budget(project, 5000).set_index("action")["decision"]
    assert found.to_dict() == {"Prix": "kept", "Devis": "not_chosen", "Sans coût": "no_cost"}
    assert under_budget(project, 7000).attrs["cost"] == 7000


def test_a_cost_below_zero_that_a_project_holds_counts_as_not_known() -> None:
    project = boutique().apply([*edits.add_action("Prix", touchpoint=SITE, cost=-500.0), *edits.add_action("Devis", touchpoint=QUOTE, cost=400.0)])
    assert under_budget(project, 500).set_index("action")["decision"].to_dict() == {"Prix": "no_cost", "Devis": "chosen"}
    assert "cost" in returns(project).set_index("action")["missing"]["Prix"]


def test_returns_follow_the_assumptions_and_the_best_set_the_budget() -> None:
    project = boutique().apply(edits.add_action("Devis", touchpoint=QUOTE, cost=3000.0, effect_low=1.0, effect_high=1.0))
    assert set(returns(project)["missing"].iloc[0]) == {"value", "year"}
    project = typed(project, customers_low="10 000", customers_high="10 000", conversion_low="40", conversion_high="60")
    # 10 000 × 40 % reach × 1 point × 50 − 3 000 = −1 000; twice the customers: 1 000
    assert returns(project)["p50"].iloc[0] == pytest.approx(-1000, abs=5)
    project = typed(project, customers_high="20 000", customers_low="20 000")
    assert returns(project)["p50"].iloc[0] == pytest.approx(1000, abs=10)
    assert [under_budget(project, budget)["decision"].iloc[0] for budget in (2999, 3000)] == ["not_chosen", "chosen"]


def test_a_return_names_what_it_lacks_then_gives_a_range() -> None:
    action = edits.add_action("Devis", touchpoint=QUOTE, cost=3000.0)
    project = boutique().apply(action)
    assert set(returns(project)["missing"].iloc[0]) == {"effect", "value", "year"}
    project = typed(project, customers_low="10 000", customers_high="10 000", conversion_low="50", conversion_high="50")
    project = project.apply(edits.change("action", action[0].id, effect_low=1.0, effect_high=3.0))
    found = returns(project).iloc[0]
    # 10,000 × 40 % × 1 to 3 points × 50 − 3,000: from −1,000 to 3,000, the middle 1,000
    assert found["missing"] == []
    assert found["p50"] == pytest.approx(1000, abs=30)
    assert -1000 < found["p10"] < found["p50"] < found["p90"] < 3000


def test_a_range_the_wrong_way_round_is_refused_and_nothing_changes() -> None:
    project = typed(boutique(), customers_low="500")
    with pytest.raises(InvalidCommand):
        set_assumption(project, "customers_high", "100", "fr")
    assert assumptions(project)["customers_high"] is None


def test_the_cost_range_and_the_confidence_of_an_action_enter_its_return() -> None:
    action = edits.add_action("Devis", touchpoint=QUOTE, cost=3000.0, effect_low=2.0, effect_high=2.0, cost_low=2000.0, cost_high=4000.0)
    project = typed(boutique().apply(action), customers_low="10 000", customers_high="10 000", conversion_low="50", conversion_high="50")
    found = returns(project).iloc[0]  # 10,000 × 40 % × 2 points × 50 = 4,000, less 2,000 to 4,000
    assert found["p50"] == pytest.approx(1000, abs=20)
    assert found["payback_share"] == pytest.approx(1.0, abs=0.001)
    unsure = returns(project.apply(edits.change("action", action[0].id, confidence=60.0))).iloc[0]
    assert unsure["payback_share"] == pytest.approx(0.6, abs=0.001)
    chart = charts.returns(returns(project), "en").to_dict()
    assert "".join(chart["title"]["text"]).startswith("1 of 1 actions pays back")
    assert "confidence" in " ".join(chart["title"]["subtitle"])
