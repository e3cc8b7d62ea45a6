"""RICE, ICE, opportunity, moments of truth, the order of the plan."""

from __future__ import annotations

import pandas as pd
import pytest

import analysis
from analysis.errors import BadScale, MissingColumns


def test_rice_of_the_published_example() -> None:
    frame = pd.DataFrame({"reach": [5000, 5000], "impact": [2, None], "confidence": [0.8, 0.8], "effort": [2, 2]})
    assert analysis.rice(frame).tolist()[0] == 4000
    assert pd.isna(analysis.rice(frame)[1])


def test_rice_refuses_a_confidence_in_per_cent_and_has_none_without_effort() -> None:
    frame = pd.DataFrame({"reach": [1], "impact": [1], "confidence": [80], "effort": [1]})
    with pytest.raises(BadScale):
        analysis.rice(frame)
    assert analysis.rice(frame.assign(confidence=0.8, effort=0)).isna().all()
    with pytest.raises(MissingColumns, match="effort"):
        analysis.rice(frame.drop(columns="effort"))


def test_ice_is_a_product_on_1_to_10() -> None:
    assert analysis.ice(pd.DataFrame({"impact": [8], "confidence": [5], "ease": [10]})).tolist() == [400]
    with pytest.raises(BadScale):
        analysis.ice(pd.DataFrame({"impact": [11], "confidence": [5], "ease": [10]}))


def test_opportunity_grows_with_what_matters_and_does_not_satisfy() -> None:
    # importance 10 → 10, satisfaction −1 → 2.5: 10 + 7.5; importance 5.5 → 5, satisfaction 2 → 10: 5 + 0
    frame = pd.DataFrame({"importance": [10, 5.5, None], "satisfaction": [-1, 2, 0]})
    assert analysis.opportunity(frame).tolist()[:2] == [17.5, 5]
    assert pd.isna(analysis.opportunity(frame)[2])
    fives = pd.DataFrame({"importance": [5], "satisfaction": [1]})
    assert analysis.opportunity(fives, scales={"importance": (1, 5), "satisfaction": (1, 5)}).tolist() == [20]


def test_moments_of_truth_and_their_reasons() -> None:
    frame = pd.DataFrame(
        {
            "importance": [10, 9, 8, 8, 7.75, None, 5],
            "impact": [10, 2, 2, 2, 7.75, 10, 5],
            "emotion": [-2, 1.5, 0, 0, -1, -2, -2],
            "divided": [False, False, True, False, False, False, True],
        }
    )
    result = analysis.moment_of_truth(frame)
    assert result.loc[0, "moment_score"] == 9
    # row 4: 1 + 4·6.75/9 = 4 for both, experience 2: 4 + 4 − 2 = 6, which is enough
    assert result.loc[4, "moment_score"] == pytest.approx(6)
    assert [None if pd.isna(reason) else reason for reason in result["reason"]] == [
        "score,emotion",
        "emotion",
        "divided",
        None,
        "score",
        None,
        None,
    ]
    assert pd.isna(result.loc[5, "moment_score"])
    assert result["proposed"].tolist() == [True, True, True, False, True, False, False]
    assert len(analysis.moment_of_truth(frame.head(0))) == 0


def actions() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "action": ["Pit", "Loose", "Fill", "Bet low", "Bet high", "Win é", "Win E2", "Win many"],
            "quadrant": ["money_pit", None, "fill_in", "big_bet", "big_bet", "quick_win", "quick_win", "quick_win"],
            "score": [99, 90, 80, 10, 60, 50, 50, 50],
            "pain_points": [9, 0, 0, 0, 0, 1, 1, 3],
        }
    )


def test_the_plan_runs_from_quick_wins_to_money_pits() -> None:
    plan = analysis.plan_order(actions())
    assert plan["action"].tolist() == ["Win many", "Win é", "Win E2", "Bet high", "Bet low", "Fill", "Loose", "Pit"]
    assert plan["order"].tolist() == [1, 2, 3, 4, 5, 6, 7, 8]
    assert plan["greyed"].tolist() == [False] * 7 + [True]
    assert not plan["placed_by_hand"].any()


def test_a_place_given_by_hand_is_kept_and_marked() -> None:
    frame = actions().assign(position=[1, None, None, None, None, None, None, 3])
    plan = analysis.plan_order(frame)
    assert plan["action"].tolist()[:3] == ["Pit", "Win é", "Win many"]
    assert plan["placed_by_hand"].tolist() == [True, False, True, False, False, False, False, False]
    everything = actions().assign(position=range(8, 0, -1))
    assert analysis.plan_order(everything)["action"].tolist() == actions()["action"].tolist()[::-1]


def test_a_plan_needs_only_titles() -> None:
    assert analysis.plan_order(pd.DataFrame({"action": ["b", "A"]}))["action"].tolist() == ["A", "b"]
    assert len(analysis.plan_order(pd.DataFrame({"action": []}))) == 0
    with pytest.raises(MissingColumns, match="action"):
        analysis.plan_order(pd.DataFrame({"title": ["x"]}))
