"""Where staff and customers disagree, and importance over the decision."""

from __future__ import annotations

import pandas as pd
import pytest
from scipy import stats

import analysis
from analysis.errors import BadScale, MissingColumns


def rows(touchpoint: str, side: str, values: list[float], measure: str = "satisfaction", low: float = 1, high: float = 5) -> pd.DataFrame:
    return pd.DataFrame({"touchpoint": touchpoint, "side": side, "value": values, "measure": measure, "low": low, "high": high})


def test_the_gap_and_its_welch_interval() -> None:
    staff, customer = [5, 4, 4, 5], [2, 3, 1, 2, 3]
    table = analysis.perception_gap(pd.concat([rows("Quote", "staff", staff), rows("Quote", "customer", customer)]))
    row = table.iloc[0]
    # on −2 … +2: staff 1.5, customers −0.8
    assert (row["staff"], row["customer"]) == (pytest.approx(1.5), pytest.approx(-0.8))
    assert row["gap"] == pytest.approx(-2.3)
    assert (row["n_staff"], row["n_customer"]) == (4, 5)
    reference = stats.ttest_ind([x - 3 for x in customer], [x - 3 for x in staff], equal_var=False).confidence_interval()
    assert row["low"] == pytest.approx(reference.low)
    assert row["high"] == pytest.approx(reference.high)
    assert row["clear"]


def test_the_columns_are_the_promised_ones() -> None:
    table = analysis.perception_gap(rows("Quote", "staff", [5]))
    promised = ["touchpoint", "measure", "staff", "customer", "gap", "n_staff", "n_customer", "low", "high"]
    assert list(table.columns[:9]) == promised


def test_both_sides_are_brought_to_one_scale_first() -> None:
    table = analysis.perception_gap(pd.concat([rows("Site", "staff", [10], low=0, high=10), rows("Site", "customer", [5], low=1, high=5)]))
    assert table.loc[0, "gap"] == 0


def test_importance_is_compared_on_1_to_10() -> None:
    table = analysis.perception_gap(
        pd.concat(
            [
                rows("Site", "staff", [5], "importance", 1, 5),
                rows("Site", "customer", [4], "importance", 1, 10),
            ]
        )
    )
    assert table.loc[0, ["staff", "customer", "gap"]].tolist() == [10, 4, -6]


def test_the_largest_gap_comes_first_whatever_its_sign_and_lone_sides_last() -> None:
    table = analysis.perception_gap(
        pd.concat(
            [
                rows("Small", "staff", [3]),
                rows("Small", "customer", [4]),
                rows("Alone", "staff", [3]),
                rows("Large", "staff", [5]),
                rows("Large", "customer", [2]),
            ]
        )
    )
    assert table["touchpoint"].tolist() == ["Large", "Small", "Alone"]
    assert table["gap"].isna().tolist() == [False, False, True]
    assert table.loc[2, "n_customer"] == 0


def test_no_interval_when_a_side_has_one_answer_or_both_are_all_alike() -> None:
    one = analysis.perception_gap(pd.concat([rows("A", "staff", [5]), rows("A", "customer", [1, 2])]))
    alike = analysis.perception_gap(pd.concat([rows("A", "staff", [5, 5]), rows("A", "customer", [1, 1])]))
    half = analysis.perception_gap(pd.concat([rows("A", "staff", [5, 5]), rows("A", "customer", [1, 2])]))
    assert one[["low", "high"]].isna().all(axis=None)
    assert alike[["low", "high"]].isna().all(axis=None)
    assert half[["low", "high"]].notna().all(axis=None)
    assert not one.loc[0, "clear"]


def test_one_respondent_counts_once_and_comments_do_not() -> None:
    evidence = pd.concat([rows("A", "staff", [5, 1, 3]), rows("A", "customer", [1]), rows("A", "customer", [5], "comment")])
    evidence["respondent"] = ["x", "x", "y", None, None]
    table = analysis.perception_gap(evidence)
    assert table.loc[0, "n_staff"] == 2
    assert table["measure"].tolist() == ["satisfaction"]


def test_an_answer_off_its_scale_is_reported_and_not_counted() -> None:
    evidence = pd.concat([rows("A", "staff", [5, 4]), rows("A", "customer", [1, 9])], ignore_index=True)
    table = analysis.perception_gap(evidence)
    assert table.loc[0, ["n_staff", "n_customer", "customer"]].tolist() == [2, 1, -2.0]
    assert [(off["touchpoint"], off["side"], off["value"], off["high"]) for off in table.attrs["outside"]] == [("A", "customer", 9, 5)]
    assert analysis.perception_gap(rows("A", "staff", [5])).attrs["outside"] == []


def test_an_empty_frame_and_a_missing_column() -> None:
    assert len(analysis.perception_gap(rows("A", "staff", []))) == 0
    with pytest.raises(MissingColumns, match="side"):
        analysis.perception_gap(pd.DataFrame({"touchpoint": ["A"], "emotion": [1]}))
    with pytest.raises(MissingColumns, match="value"):
        analysis.perception_gap(pd.DataFrame({"touchpoint": ["A"], "side": ["staff"]}))


def test_importance_by_touchpoint_and_stage() -> None:
    evidence = pd.DataFrame(
        {
            "touchpoint": ["Site", "Site", "Shop", "Site", None],
            "stage": ["Buy", "Buy", "Use", "Use", "Buy"],
            "value": [8.0, 10.0, 3.0, 5.0, 1.0],
            "measure": ["importance"] * 3 + ["satisfaction", "importance"],
            "low": 1,
            "high": [10, 10, 5, 5, 10],
        }
    )
    table = analysis.importance_heatmap(evidence, stages=["Buy", "Use"]).set_index(["touchpoint", "stage"])
    assert table.loc[("Site", "Buy"), ["mean", "n"]].tolist() == [9, 2]
    assert table.loc[("Shop", "Use"), "mean"] == 5.5  # 3 on 1–5
    assert pd.isna(table.loc[("Site", "Use"), "mean"])
    assert table.loc[("Site", "Use"), "n"] == 0
    assert len(table) == 4


def test_cells_with_fewer_than_five_answers_are_marked() -> None:
    evidence = pd.DataFrame({"touchpoint": ["A"] * 9, "stage": ["x"] * 4 + ["y"] * 5, "value": [5.0] * 9})
    assert analysis.importance_heatmap(evidence)["few"].tolist() == [True, False]
    assert len(analysis.importance_heatmap(evidence.head(0))) == 0
    with pytest.raises(BadScale):
        analysis.importance_heatmap(evidence.assign(value=12.0))


def test_whose_importance_it_is_nobody_knows_counts_with_the_customers_and_never_with_the_staff() -> None:
    rows = pd.DataFrame({"touchpoint": "Site", "stage": "Buy", "value": [10, 4, 1], "side": ["customer", None, "staff"]})
    cells = {side: analysis.importance_heatmap(rows, side=side)[["mean", "n"]].values.tolist() for side in ("customer", "staff", None)}
    assert cells == {"customer": [[7, 2]], "staff": [[1, 1]], None: [[5, 3]]}
