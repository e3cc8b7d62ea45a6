"""NPS, CSAT, CES: shares and their intervals."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import analysis
from analysis.methods import wilson


def test_nps_and_its_adjusted_interval_by_hand() -> None:
    # 6 promoters, 2 passives, 2 detractors: 40. Adjusted: p = 6.75/13, d = 2.75/13, difference 4/13 = 0.307692,
    # variance (9.5/13 − 0.094675)/13 = 0.0489298, half 1.959964 × 0.2212009 = 0.433546
    row = analysis.nps(pd.Series([9, 10, 9, 9, 10, 10, 7, 8, 0, 6])).iloc[0]
    assert row[["score", "n", "promoters", "passives", "detractors"]].tolist() == [40, 10, 6, 2, 2]
    assert row["low"] == pytest.approx(-12.5854, abs=1e-3)
    assert row["high"] == pytest.approx(74.1238, abs=1e-3)


def test_the_adjusted_interval_holds_where_the_plain_one_fails() -> None:
    """95 % promoters, 5 % passives, 8 answers: the plain interval covers a third of the time."""
    random = np.random.default_rng(0)
    covered = 0
    for _ in range(400):
        row = analysis.nps(pd.Series(random.choice([10, 8], 8, p=[0.95, 0.05]))).iloc[0]
        covered += row["low"] <= 95 <= row["high"]
    assert covered / 400 > 0.9


def test_the_nps_interval_is_clipped_and_empty_answers_are_counted_apart() -> None:
    row = analysis.nps(pd.Series([10, 10, None, 11])).iloc[0]
    assert (row["score"], row["n"], row["missing"], row["outside"]) == (100, 2, 1, 1)
    assert row["high"] <= 100
    assert analysis.nps(pd.Series([], dtype=float)).loc[0, "n"] == 0
    assert pd.isna(analysis.nps(pd.Series([], dtype=float)).loc[0, "score"])


def test_nps_per_stage_takes_only_its_own_rows() -> None:
    evidence = pd.DataFrame({"stage": ["A", "B", "A"], "value": [10, 0, 5], "measure": ["nps", "nps", "satisfaction"]})
    table = analysis.nps(evidence, by="stage")
    assert table["stage"].tolist() == ["A", "B"]
    assert table["score"].tolist() == [100, -100]
    assert table["n"].tolist() == [1, 1]


def test_csat_is_the_share_of_the_top_two_boxes() -> None:
    row = analysis.csat(pd.Series([5] * 4 + [4] * 4 + [3, 1])).iloc[0]
    assert row[["score", "n", "satisfied"]].tolist() == [80, 10, 8]
    # Wilson 8 of 10: 0.4902 … 0.9433 (as in scipy's binomtest)
    assert row["low"] == pytest.approx(49.0162, abs=1e-3)
    assert row["high"] == pytest.approx(94.3318, abs=1e-3)
    assert analysis.csat(pd.Series([7, 6, 5]), 1, 7).loc[0, "satisfied"] == 2


def test_several_answers_of_one_person_do_not_narrow_the_interval() -> None:
    """Forty people who say the same three times: the interval is that of forty answers, the score and n those of all."""
    once = pd.DataFrame({"value": [5.0] * 24 + [2.0] * 16, "respondent": [f"r{n}" for n in range(40)]})
    thrice = pd.concat([once] * 3, ignore_index=True)
    single, pooled = analysis.csat(once).iloc[0], analysis.csat(thrice).iloc[0]
    assert (pooled["score"], pooled["n"], pooled["satisfied"]) == (60, 120, 72)
    assert pooled["low"] == pytest.approx(single["low"], abs=0.4)
    assert pooled["high"] == pytest.approx(single["high"], abs=0.4)
    assert analysis.csat(thrice["value"])["low"][0] > pooled["low"] + 5, "a plain column of answers says nothing of who gave them"
    for method, values in ((analysis.nps, [10.0] * 24 + [3.0] * 16), (analysis.ces, [6.0] * 24 + [3.0] * 16)):
        own = once.assign(value=values)
        one, all_three = method(own).iloc[0], method(pd.concat([own] * 3, ignore_index=True)).iloc[0]
        assert all_three["high"] - all_three["low"] == pytest.approx(one["high"] - one["low"], rel=0.05)


def test_answers_that_agree_no_more_than_chance_keep_nearly_all_their_worth() -> None:
    random = np.random.default_rng(1)
    frame = pd.DataFrame({"value": random.choice([5.0, 2.0], 600), "respondent": np.repeat(np.arange(200), 3).astype(str)})
    plain, own = analysis.csat(frame["value"]).iloc[0], analysis.csat(frame).iloc[0]
    assert (own["high"] - own["low"]) / (plain["high"] - plain["low"]) == pytest.approx(1, abs=0.12)


def test_wilson_agrees_with_scipy_at_the_ends() -> None:
    from scipy.stats import binomtest

    for successes, n in ((0, 5), (5, 5), (3, 7), (1, 1)):
        reference = binomtest(successes, n).proportion_ci(method="wilson")
        assert wilson(successes, n) == pytest.approx((reference.low, reference.high), abs=1e-12)


def test_ces_states_its_direction_and_stays_on_its_scale() -> None:
    row = analysis.ces(pd.Series([7, 7, 6])).iloc[0]
    assert row["score"] == pytest.approx(6.6667, abs=1e-4)
    assert row["high"] == 7
    assert row["direction"] == "high_is_easy"
    assert analysis.ces(pd.Series([1, 2]), 1, 5, high_is_easy=False).loc[0, "direction"] == "low_is_easy"
    assert pd.isna(analysis.ces(pd.Series([4])).loc[0, "low"])
