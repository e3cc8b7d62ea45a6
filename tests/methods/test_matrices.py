"""Impact/effort and 360° matrices: quadrants, cut lines, scales."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import analysis
from analysis.errors import BadScale, MissingColumns
from analysis.methods import FIBONACCI, TSHIRT, touchpoint_value


def quadrants(impact: list[object], effort: list[object], **options: object) -> list[object]:
    frame = pd.DataFrame({"impact": impact, "effort": effort})
    return [None if pd.isna(code) else code for code in analysis.impact_effort(frame, **options)["quadrant"]]  # type: ignore[arg-type]


def test_the_four_quadrants() -> None:
    assert quadrants([9, 9, 2, 2], [2, 8, 2, 8]) == ["quick_win", "big_bet", "fill_in", "money_pit"]


def test_a_value_on_the_cut_line_counts_as_high() -> None:
    assert quadrants([5.5, 5.49, 5.5], [5.5, 5.5, 5.4]) == ["big_bet", "money_pit", "quick_win"]
    assert quadrants([3], [3], scale=(1, 5)) == ["big_bet"]


def test_the_middle_of_each_scale_cuts() -> None:
    frame = pd.DataFrame({"impact": [3, 2], "effort": [5, 6]})
    placed = analysis.impact_effort(frame, scale={"impact": (1, 5), "effort": (1, 10)})
    assert placed["quadrant"].tolist() == ["quick_win", "money_pit"]
    assert placed.attrs["cut"] == {"impact": 3.0, "effort": 5.5}


def test_a_scale_may_be_named_by_its_column() -> None:
    frame = pd.DataFrame({"gain": [3], "work": [2]})
    placed = analysis.impact_effort(frame, impact="gain", effort="work", scale={"gain": (1, 5), "work": (1, 5)})
    assert placed["quadrant"].tolist() == ["quick_win"]


def test_the_median_of_the_placed_items_may_cut() -> None:
    # medians of the three complete items: impact 8, effort 7; the fourth has no effort and does not count
    frame = pd.DataFrame({"impact": [7, 8, 9, 1], "effort": [6, 7, 8, None]})
    placed = analysis.impact_effort(frame, cut="median")
    assert placed.attrs["cut"] == {"impact": 8.0, "effort": 7.0}
    assert placed["quadrant"].tolist()[:3] == ["fill_in", "big_bet", "big_bet"]


def test_sizes_and_fibonacci_points_are_placed_by_rank() -> None:
    # five sizes: the middle rank is M, which counts high
    assert quadrants([9, 9, 9], ["S", "M", "xl"], scale={"impact": (1, 10), "effort": TSHIRT[:5]}) == [
        "quick_win",
        "big_bet",
        "big_bet",
    ]
    # seven points: the middle rank is 5
    assert quadrants([9, 9], [3, 5], scale={"impact": (1, 10), "effort": FIBONACCI}) == ["quick_win", "big_bet"]


def test_items_without_both_values_are_listed_not_placed() -> None:
    frame = pd.DataFrame({"impact": pd.array([9, None, 4], dtype="Int64"), "effort": [2, 2, None]}, index=["a", "b", "c"])
    placed = analysis.impact_effort(frame)
    assert placed["quadrant"].isna().tolist() == [False, True, True]
    assert placed.attrs["unplaced"] == ["b", "c"]


def test_a_score_off_its_scale_is_reported_not_clamped() -> None:
    placed = analysis.impact_effort(pd.DataFrame({"impact": [11, 9], "effort": [2, 2]}))
    assert placed.attrs["outside"]["impact"] == [11]
    assert placed["quadrant"].isna().tolist() == [True, False]


def test_the_frame_of_the_caller_is_left_alone_and_its_columns_kept() -> None:
    frame = pd.DataFrame({"touchpoint": ["Site"], "impact": [9], "effort": [2]})
    placed = analysis.impact_effort(frame)
    assert list(placed.columns) == ["touchpoint", "impact", "effort", "quadrant"]
    assert "quadrant" not in frame
    assert frame.attrs == {}


def test_empty_and_wrong_frames() -> None:
    assert quadrants([], []) == []
    assert quadrants([], [], cut="median") == []
    with pytest.raises(MissingColumns, match="effort"):
        analysis.impact_effort(pd.DataFrame({"impact": [1]}))
    with pytest.raises(BadScale):
        quadrants([1], [1], scale=(10, 1))
    with pytest.raises(BadScale) as caught:
        quadrants([1], [1], cut="middle")
    assert caught.value.code == "cut"


@given(st.lists(st.tuples(st.floats(1, 10), st.floats(1, 10)), min_size=1, max_size=30))
@settings(max_examples=60, deadline=None)
def test_every_complete_item_has_exactly_one_quadrant(pairs: list[tuple[float, float]]) -> None:
    impact, effort = [list(column) for column in zip(*pairs, strict=True)]
    for code, high, hard in zip(quadrants(impact, effort), impact, effort, strict=True):
        assert (
            code
            == {
                (True, False): "quick_win",
                (True, True): "big_bet",
                (False, False): "fill_in",
                (False, True): "money_pit",
            }[high >= 5.5 - 1e-8, hard >= 5.5 - 1e-8]
        )


def test_the_360_matrix_cuts_at_50_and_50() -> None:
    frame = pd.DataFrame({"reach": [50, 49.9, 50, 10, None], "touchpoint_value": [50, 50, 49.9, 10, 80]})
    placed = analysis.touchpoint_matrix(frame)
    assert placed["quadrant"].tolist()[:4] == ["pillar", "hidden_gem", "fix", "question"]
    assert placed.attrs["unplaced"] == [4]
    assert placed.attrs["cut"] == {"reach": 50.0, "value": 50.0}


def test_the_360_matrix_may_cut_at_medians() -> None:
    frame = pd.DataFrame({"reach": [10, 20, 30], "value": [30, 20, 10]})
    placed = analysis.touchpoint_matrix(frame, value="value", cut="median")
    assert placed["quadrant"].tolist() == ["hidden_gem", "pillar", "fix"]


def test_touchpoint_value_is_the_mean_of_three_means() -> None:
    # rational (5, 3) → 1, 0.5 → 0.75; emotional 1 → 0; behavioural 4 on 1–7 → 0.5; mean 0.416667
    row = pd.DataFrame({"useful": [5], "clear": [3], "pleasant": [1], "again": [4]})
    scales = {"again": (1.0, 7.0)}
    value = touchpoint_value(row, ["useful", "clear"], ["pleasant"], ["again"], scales)
    assert value.tolist() == pytest.approx([41.666667])
    assert value.attrs["left_out"] == []


def test_a_missing_dimension_is_left_out_and_said() -> None:
    value = touchpoint_value(pd.DataFrame({"useful": [5], "pleasant": [None]}), ["useful"], ["pleasant"])
    assert value.tolist() == [100.0]
    assert value.attrs["left_out"] == ["emotional", "behavioural"]
    assert value.attrs["dimensions"] == [1]
