"""The return of an action, against quantiles worked out by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis import ParcoursError, action_return


def of(**columns: float | None) -> pd.Series:
    return action_return(pd.DataFrame({name: [value] for name, value in columns.items()}), shape="uniform").iloc[0]


def test_one_uniform_range_gives_the_quantiles_that_are_worked_out_by_hand() -> None:
    # 10,000 customers × 1 to 3 points × 50 − 8,000: uniform from −3,000 to 7,000
    found = of(customers=10_000, effect_low=1, effect_high=3, value=50, cost=8_000)
    assert found["p10"] == pytest.approx(-2_000, abs=150)
    assert found["p50"] == pytest.approx(2_000, abs=150)
    assert found["p90"] == pytest.approx(6_000, abs=150)
    assert found["payback_share"] == pytest.approx(0.7, abs=0.015)
    assert found["missing"] == []


def test_the_triangle_keeps_nearer_the_middle() -> None:
    # triangular on −3,000 … 7,000, middle 2,000: p10 = −3,000 + 10,000·√(0.1/2) = −764; P(≥ 0) = 1 − 2·0.3² = 0.82
    plan = pd.DataFrame({"customers": [10_000], "effect_low": [1], "effect_high": [3], "value": [50], "cost": [8_000]})
    found = action_return(plan).iloc[0]
    assert found["p10"] == pytest.approx(-764, abs=120)
    assert found["p90"] == pytest.approx(4_764, abs=120)
    assert found["payback_share"] == pytest.approx(0.82, abs=0.015)


def test_what_is_missing_is_named_and_nothing_is_shown() -> None:
    found = of(customers=10_000, effect_low=1, effect_high=None, value=None, cost=8_000)
    assert found["missing"] == ["effect", "value"]
    assert found[["p10", "p50", "p90", "payback_share"]].isna().all()


def test_without_any_range_there_is_no_return_since_it_would_be_a_bare_number() -> None:
    assert of(customers=10_000, effect=2, value=50, cost=8_000)["missing"] == ["range"]


def test_an_action_that_can_do_harm_may_lose_more_than_it_costs() -> None:
    # −1 to 1 point of 1,000 customers at 100: −1,000 … 1,000, less 500
    found = of(customers=1_000, effect_low=-1, effect_high=1, value=100, cost=500)
    assert found["p10"] < -1_000
    assert found["payback_share"] == pytest.approx(0.25, abs=0.015)


def test_the_same_seed_gives_the_same_answer_whatever_the_other_rows() -> None:
    plan = pd.DataFrame({"customers": [10, 20], "effect_low": [1, 2], "effect_high": [3, 4], "value": [50, 5], "cost": [8, 1]})
    assert action_return(plan).iloc[1].equals(action_return(plan.iloc[[1]]).iloc[0])


@pytest.mark.parametrize("wrong", [{"effect_low": 3, "effect_high": 1}, {"cost": -5}])
def test_ranges_the_wrong_way_round_and_negative_costs_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ParcoursError):
        of(**({"customers": 1, "effect_low": 1, "effect_high": 3, "value": 1, "cost": 1} | wrong))


def test_confidence_says_in_how_many_draws_the_effect_comes() -> None:
    # sure: 10,000 × 2 points × 50 − 5,000 = 5,000; at 70 % three draws in ten only cost
    found = of(customers=10_000, effect=2, value=50, cost=5_000, confidence=70)
    assert (found["p10"], found["p50"], found["p90"]) == (-5_000, 5_000, 5_000)
    assert found["payback_share"] == pytest.approx(0.7)
    assert found["missing"] == []
    whole = of(customers=10_000, effect_low=1, effect_high=3, value=50, cost=8_000)
    assert of(customers=10_000, effect_low=1, effect_high=3, value=50, cost=8_000, confidence=100).equals(whole)
    with pytest.raises(ParcoursError):
        of(customers=1, effect_low=1, effect_high=2, value=1, cost=1, confidence=120)


def test_a_cost_that_is_a_range_makes_the_return_one() -> None:
    # 10,000 × 2 points × 50 = 10,000, less 4,000 to 8,000: from 2,000 to 6,000
    found = of(customers=10_000, effect=2, value=50, cost_low=4_000, cost_high=8_000)
    assert found["p10"] == pytest.approx(2_400, abs=30)
    assert found["p90"] == pytest.approx(5_600, abs=30)
    assert found["payback_share"] == 1


def test_what_costs_nothing_pays_back_where_it_does_no_harm() -> None:
    # sure to bring something in half the draws, nothing in the others: never a loss
    assert of(customers=100, effect=1, value=10, cost=0, confidence=50)["payback_share"] == 1


def test_what_costs_nothing_and_loses_nothing_pays_back() -> None:
    plan = pd.DataFrame({"customers_low": [100], "customers_high": [200], "effect": [0.0], "value": [50.0], "cost": [0.0]})
    assert action_return(plan)["payback_share"].tolist() == [1.0]
