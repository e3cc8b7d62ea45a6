"""Relevance and how firm its ranking is."""

from __future__ import annotations

import time

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import rankdata

import analysis
from analysis.errors import BadScale, MissingColumns
from analysis.methods import DEFAULT_WEIGHTS, relevance_details
from analysis.methods.rank_stability import summarised


def test_a_hand_worked_score() -> None:
    # A: impact (10−1)/9 = 1; satisfaction −1 → 1/4, turned 3/4; reach 0.5 → (3·1 + 2·0.75 + 2·0.5)/7 = 5.5/7
    # B: impact (4−1)/9 = 1/3; satisfaction +2 → 1, turned 0; reach 1 → (1 + 0 + 2)/7 = 3/7
    frame = pd.DataFrame({"impact": [10, 4], "satisfaction": [-1, 2], "reach": [50, 100]})
    score = analysis.relevance(frame, {"impact": 3, "satisfaction": 2, "reach": 2})
    assert score.tolist() == pytest.approx([550 / 7, 300 / 7])
    assert score.name == "relevance"


def test_money_is_counted_by_rank_so_that_one_large_amount_does_not_flatten_the_rest() -> None:
    # costs 100, 200, 200, 1 000 000: mid-ranks 1, 2.5, 2.5, 4 → 0, 1/2, 1/2, 1 → turned
    frame = pd.DataFrame({"cost": [100, 200, 200, 1_000_000]})
    assert analysis.relevance(frame, {"cost": 1}).tolist() == pytest.approx([100, 50, 50, 0])


def test_a_criterion_that_is_the_same_for_all_is_left_out_and_said() -> None:
    frame = pd.DataFrame({"impact": [10, 1], "fit": [7, 7]})
    score = analysis.relevance(frame, {"impact": 1, "fit": 9})
    assert score.tolist() == [100.0, 0.0]
    assert score.attrs["left_out"] == {"fit": "same"}
    assert score.attrs["present"] == [1.0, 1.0]


def test_weights_are_shared_out_again_when_a_score_is_missing() -> None:
    frame = pd.DataFrame({"impact": [10, 1], "reach": [None, 100]})
    score = analysis.relevance(frame, {"impact": 6, "reach": 4})
    assert score.tolist() == pytest.approx([100.0, 40.0])
    assert score.attrs["present"] == pytest.approx([0.6, 1.0])


def test_below_sixty_per_cent_of_the_weight_there_is_no_score() -> None:
    frame = pd.DataFrame({"impact": [10, 1], "reach": [None, 100]})
    score = analysis.relevance(frame, {"impact": 59, "reach": 41})
    assert score.isna().tolist() == [True, False]


def test_less_is_better_only_where_it_is() -> None:
    frame = pd.DataFrame({"impact": [1, 10], "effort": [1, 10]})
    assert analysis.relevance(frame, {"effort": 1}).tolist() == [100, 0]
    assert analysis.relevance(frame, {"effort": 1}, reverse=[]).tolist() == [0, 100]
    assert analysis.relevance(frame, {"impact": 1}, reverse=["impact"]).tolist() == [100, 0]


def test_a_weight_of_zero_needs_no_column() -> None:
    assert analysis.relevance(pd.DataFrame({"impact": [10, 1]}), {"impact": 1, "cost": 0}).tolist() == [100, 0]


def test_one_s_own_criteria_and_scales() -> None:
    frame = pd.DataFrame({"strategy": [5, 1], "size": ["S", "XL"]})
    scales = {"strategy": (1, 5), "size": ("S", "M", "L", "XL")}
    assert analysis.relevance(frame, {"strategy": 1, "size": 1}, scales=scales).tolist() == [50, 50]
    assert analysis.relevance(frame, {"strategy": 1, "size": 1}, scales=scales, reverse=["size"]).tolist() == [100, 0]


def test_a_value_off_its_scale_is_reported_and_not_counted() -> None:
    frame = pd.DataFrame({"impact": [12, 10, 1]})
    score = analysis.relevance(frame, {"impact": 1})
    assert score.isna().tolist() == [True, False, False]
    assert score.attrs["outside"] == {"impact": [12]}


def test_the_points_of_the_criteria_add_up_to_the_score() -> None:
    frame = pd.DataFrame({"impact": [9, 4], "reach": [10, 80], "cost": [5, None]}, index=["x", "y"])
    details = relevance_details(frame, {"impact": 3, "reach": 2, "cost": 1})
    assert list(details.columns) == ["score", "present", "impact", "reach"]  # a lone rank says nothing
    assert details.attrs["left_out"] == {"cost": "same"}
    parts = details[["impact", "reach"]].sum(axis=1)
    assert parts.tolist() == pytest.approx(details["score"].tolist())
    assert details.index.tolist() == ["x", "y"]


def test_the_default_weights_are_the_published_ones() -> None:
    assert DEFAULT_WEIGHTS == {"impact": 3, "satisfaction": 2, "reach": 2, "fit": 2, "cost": 1}


def test_one_item_and_no_item() -> None:
    assert analysis.relevance(pd.DataFrame({"impact": [5.5]}), {"impact": 1}).tolist() == [50]
    assert analysis.relevance(pd.DataFrame({"impact": []}), {"impact": 1}).tolist() == []
    assert analysis.relevance(pd.DataFrame({"impact": [None, pd.NA]}), {"impact": 1}).isna().all()
    assert analysis.relevance(pd.DataFrame({"impact": [1, 2]}), {}).isna().all()


def test_what_cannot_be_is_named() -> None:
    with pytest.raises(MissingColumns, match="reach"):
        analysis.relevance(pd.DataFrame({"impact": [1]}), {"impact": 1, "reach": 1})
    with pytest.raises(BadScale) as caught:
        analysis.relevance(pd.DataFrame({"impact": [1]}), {"impact": -1})
    assert caught.value.code == "weight"


@given(
    st.lists(st.tuples(st.floats(1, 10), st.floats(0, 100), st.floats(0, 1e6)), min_size=2, max_size=25),
    st.floats(0.1, 10),
    st.floats(0.1, 10),
)
@settings(max_examples=80, deadline=None)
def test_scores_stay_between_0_and_100_and_more_impact_never_hurts(rows: list[tuple[float, float, float]], one: float, two: float) -> None:
    frame = pd.DataFrame(rows, columns=["impact", "reach", "cost"])
    weights = {"impact": one, "reach": two, "cost": 1.0}
    before = analysis.relevance(frame, weights)
    assert before.dropna().between(-1e-9, 100 + 1e-9).all()
    better = frame.copy()
    better.loc[0, "impact"] = 10.0
    after = analysis.relevance(better, weights)
    if before.attrs["left_out"] == after.attrs["left_out"] and pd.notna(before[0]):
        assert after[0] >= before[0] - 1e-9


def big(n: int = 300) -> pd.DataFrame:
    random = np.random.default_rng(3)
    return pd.DataFrame(
        {
            "impact": random.integers(1, 11, n),
            "satisfaction": random.uniform(-2, 2, n),
            "reach": random.uniform(0, 100, n),
            "fit": random.integers(1, 11, n),
            "cost": random.lognormal(8, 1, n),
        }
    )


def test_clear_leaders_are_solid_close_ones_fragile_and_the_rest_out() -> None:
    frame = pd.DataFrame({"impact": [10, 10, 6, 6, 2, 1, 1, 1], "reach": [95, 90, 51, 50, 5, 5, 4, 3]})
    firm = analysis.rank_stability(frame, {"impact": 1, "reach": 1}, top=3)
    assert firm.attrs["k"] == 3
    assert firm["firmness"].tolist() == ["solid", "solid", "fragile", "fragile", "out", "out", "out", "out"]
    assert firm["rank"].tolist() == [1, 2, 3, 4, 5, 6, 7, 8]
    assert (firm["low"] <= firm["rank"]).all()
    assert (firm["rank"] <= firm["high"]).all()


def test_the_same_seed_gives_the_same_answer() -> None:
    frame = big(20)
    one, two = (analysis.rank_stability(frame, DEFAULT_WEIGHTS, draws=200, seed=7) for _ in range(2))
    pd.testing.assert_frame_equal(one, two)
    assert not one.equals(analysis.rank_stability(frame, DEFAULT_WEIGHTS, draws=200, seed=8))


def test_the_top_is_at_most_half_of_the_items() -> None:
    assert analysis.rank_stability(big(7), DEFAULT_WEIGHTS, draws=20).attrs["k"] == 3
    assert analysis.rank_stability(big(40), DEFAULT_WEIGHTS, draws=20).attrs["k"] == 5


def test_exact_scores_and_fixed_weights_leave_nothing_to_chance() -> None:
    frame = pd.DataFrame({"impact": [3, 9, 6, 6], "cost": [10.0, 20, 30, 40]})
    exact = {"impact": 0.0, "cost": 0.0, "impact_n": 30, "cost_n": 30}
    firm = analysis.rank_stability(frame, {"impact": 1}, spread=0, errors=exact, draws=50)
    assert firm["rank"].tolist() == [4, 1, 2, 2]
    assert firm["low"].tolist() == firm["high"].tolist() == [4, 1, 2, 2]
    assert firm["top_share"].tolist() == [0, 1, 1, 1]
    by_rank = analysis.rank_stability(frame, {"cost": 1}, spread=0, errors=exact, draws=50)
    assert by_rank["low"].tolist() == by_rank["high"].tolist() == [1, 2, 3, 4]


def test_a_well_measured_score_is_firmer_than_an_assumed_one() -> None:
    frame = pd.DataFrame({"impact": [7.0, 6.5, 2, 1]})
    sure = analysis.rank_stability(frame, {"impact": 1}, errors=pd.DataFrame({"impact": [0.05] * 4, "impact_n": [40] * 4}), top=1)
    unsure = analysis.rank_stability(frame, {"impact": 1}, top=1)
    assert sure["top_share"][0] > 0.99
    assert unsure["top_share"][0] < 0.95
    mixed = analysis.rank_stability(frame, {"impact": 1}, errors={"impact": [0.05, None, 0.05, 0.05]}, top=1)
    assert unsure["top_share"][0] - 0.1 < mixed["top_share"][0] < sure["top_share"][0]


def test_a_missing_criterion_leaves_its_weight_to_the_others_in_every_draw() -> None:
    """Weights 3 and 1. Impact 8 alone is (8 − 1) / 9 = 0.78; the other is (3 × 0.67 + 0.6) / 4 = 0.65."""
    exact = {"impact": 0.0, "impact_n": 30, "reach": 0.0, "reach_n": 30}
    firm = analysis.rank_stability(
        pd.DataFrame({"impact": [8, 7], "reach": [None, 60.0]}), {"impact": 3, "reach": 1}, errors=exact, top=1, draws=200
    )
    assert firm["rank"].tolist() == [1, 2]
    assert firm["top_share"].tolist()[0] > 0.95


@pytest.mark.parametrize(("items", "draws", "k"), [(40, 300, 5), (7, 99, 3), (4, 1, 2)])
def test_ranges_and_shares_are_those_of_ranking_every_draw(items: int, draws: int, k: int) -> None:
    drawn = np.round(np.random.default_rng(items).random((draws, items)), 1)  # many ties
    ranks = rankdata(-drawn, axis=1, method="min")
    found = summarised(drawn[0], drawn, k)
    low, high = np.quantile(ranks, [0.05, 0.95], axis=0, method="inverted_cdf")
    assert found["low"].tolist() == low.tolist()
    assert found["high"].tolist() == high.tolist()
    assert found["top_share"].tolist() == pytest.approx((ranks <= k).mean(axis=0).tolist())


def test_two_assumed_scores_change_places_as_often_as_worked_out_by_hand() -> None:
    # shares 0.5 and 0.6, each uniform within ±0.1: the lower one wins in the triangle 0.1 × 0.1 / 2 of the square 0.2 × 0.2: 1/8
    items = pd.DataFrame({"impact": [5.5, 6.4]})
    found = analysis.rank_stability(items, {"impact": 1}, top=1, draws=40_000)
    assert found["top_share"].tolist() == pytest.approx([1 / 8, 7 / 8], abs=0.01)


def test_eight_draws_in_ten_are_solid_and_two_are_fragile() -> None:
    # the first of four items is the best in 8 draws of 10, the second in 2, the others never
    drawn = np.array([[4.0, 3, 2, 1]] * 8 + [[3.0, 4, 2, 1]] * 2)
    found = summarised(np.array([4.0, 3, 2, 1]), drawn, 1)
    assert found["top_share"].tolist() == [0.8, 0.2, 0, 0]
    assert found["firmness"].tolist() == ["solid", "fragile", "out", "out"]


def test_two_answers_are_a_measurement_one_is_an_assumption() -> None:
    items = pd.DataFrame({"impact": [5.5, 5.6]})

    def share(n: int) -> float:
        errors = {"impact": [0.0, 0.0], "impact_n": [n, n]}
        return float(analysis.rank_stability(items, {"impact": 1}, top=1, errors=errors)["top_share"].iloc[1])

    assert share(2) == 1
    assert share(1) < 0.7


def test_a_measured_score_never_goes_beyond_its_scale() -> None:
    # the first is 10 of 10 for sure: nobody can pass it, whatever the error of the second; level with it is first too
    errors = {"impact": [0.0, 5.0], "impact_n": [50, 50]}
    found = analysis.rank_stability(pd.DataFrame({"impact": [10.0, 9.0]}), {"impact": 1}, top=1, errors=errors)
    assert found["top_share"].iloc[0] == 1
    assert 0.3 < found["top_share"].iloc[1] < 0.5


def test_a_zero_weight_stays_zero() -> None:
    frame = pd.DataFrame({"impact": [9, 1, 1, 1], "reach": [0, 100, 90, 80]})
    firm = analysis.rank_stability(frame, {"impact": 1, "reach": 0}, spread=1.0, draws=100)
    assert firm.loc[0, ["low", "high"]].tolist() == [1, 1]


def test_weights_vary_by_the_spread_asked_for() -> None:
    from analysis.methods.rank_stability import _drawn_weights

    drawn = _drawn_weights(np.array([3.0, 1.0, 0.0]), 0.2, 20_000, np.random.default_rng(0))
    assert drawn.mean(axis=0) == pytest.approx([3, 1, 0], abs=0.02)
    assert (drawn.std(axis=0)[:2] / [3, 1]) == pytest.approx([0.2, 0.2], abs=0.01)


def test_items_without_a_score_have_no_rank() -> None:
    frame = pd.DataFrame({"impact": [9, None, 3, 1]}, index=list("abcd"))
    firm = analysis.rank_stability(frame, {"impact": 1}, draws=50)
    assert firm["rank"].isna().tolist() == [False, True, False, False]
    assert firm["firmness"].isna().tolist() == [False, True, False, False]
    assert firm.attrs["k"] == 1


def test_one_item_has_a_rank_and_no_top_to_be_in() -> None:
    firm = analysis.rank_stability(pd.DataFrame({"impact": [5]}), {"impact": 1}, draws=10)
    assert firm["rank"].tolist() == [1]
    assert firm["firmness"].isna().all()
    assert len(analysis.rank_stability(pd.DataFrame({"impact": []}), {"impact": 1})) == 0


def test_impossible_settings_are_named() -> None:
    for wrong in ({"spread": -1.0}, {"draws": 0}, {"top": 0}):
        with pytest.raises(BadScale):
            analysis.rank_stability(big(5), DEFAULT_WEIGHTS, **wrong)  # type: ignore[arg-type]
    with pytest.raises(BadScale) as caught:
        analysis.rank_stability(big(5), DEFAULT_WEIGHTS, errors={"impact": [1.0, 2.0]})
    assert caught.value.code == "errors"


def test_the_draws_of_three_hundred_items_cost_little_more_than_sorting_them() -> None:
    items = big()
    analysis.rank_stability(items, DEFAULT_WEIGHTS)  # imports and first calls apart
    start = time.process_time()
    analysis.rank_stability(items, DEFAULT_WEIGHTS)
    took, start = time.process_time() - start, time.process_time()
    np.random.default_rng(1).random((2000, len(items))).argsort(axis=1).argsort(axis=1)
    assert took < 8 * (time.process_time() - start)
