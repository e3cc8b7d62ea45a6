"""The emotion curve, on hand-worked answers."""

from __future__ import annotations

import time

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import analysis
from analysis.errors import BadScale, MissingColumns


def answers(**columns: list[object]) -> pd.DataFrame:
    return pd.DataFrame(columns)


def test_the_mean_spread_and_t_interval_are_those_of_a_textbook() -> None:
    # 2, 1, 0, 1, −1: mean 0.6, squares 1.96 + .16 + .36 + .16 + 2.56 = 5.2, sd = √(5.2/4) = 1.140175
    # t(0.975, 4) = 2.776445, half width = 2.776445 × 1.140175 / √5 = 1.415715
    row = analysis.emotion_curve(answers(stage=["Buy"] * 5, emotion=[2, 1, 0, 1, -1])).iloc[0]
    assert row["mean"] == pytest.approx(0.6)
    assert row["n"] == 5
    assert row["sd"] == pytest.approx(1.140175, abs=1e-6)
    assert row["low"] == pytest.approx(0.6 - 1.415715, abs=1e-5)
    assert row["high"] == pytest.approx(2.0)  # 2.0157 is clipped to the scale
    assert not row["few"]


def test_the_columns_begin_as_promised() -> None:
    curve = analysis.emotion_curve(answers(stage=["Buy"], emotion=[1]))
    assert list(curve.columns[:6]) == ["stage", "mean", "n", "sd", "low", "high"]
    assert next(iter(analysis.emotion_curve(answers(touchpoint=["Site"], emotion=[1]), by="touchpoint").columns)) == "touchpoint"


def test_one_answer_has_no_interval_and_no_spread() -> None:
    row = analysis.emotion_curve(answers(stage=["Buy"], emotion=[1.5])).iloc[0]
    assert (row["mean"], row["n"]) == (1.5, 1)
    assert row[["sd", "low", "high"]].isna().all()
    assert row["few"]
    assert not row["alike"]


def test_answers_that_are_all_alike_say_so_instead_of_an_interval() -> None:
    row = analysis.emotion_curve(answers(stage=["Buy"] * 3, emotion=[0.1, 0.1, 0.1])).iloc[0]
    assert row["sd"] == 0
    assert row["alike"]
    assert row[["low", "high"]].isna().all()


def test_a_talkative_respondent_counts_once() -> None:
    # Ana's three answers make one −1; Ben's is +2; the two without a key count each: −1, 2, 0, 0
    curve = analysis.emotion_curve(
        answers(
            stage=["Buy"] * 6,
            emotion=[-2, -1, 0, 2, 0, 0],
            respondent=["ana", "ana", "ana", "ben", None, None],
        )
    )
    assert curve.loc[0, "n"] == 4
    assert curve.loc[0, "mean"] == pytest.approx(0.25)


def test_the_same_respondent_counts_once_in_each_stage() -> None:
    curve = analysis.emotion_curve(answers(stage=["A", "B", "A"], emotion=[1, -1, 1], respondent=["x", "x", "x"]))
    assert curve["n"].tolist() == [1, 1]


def test_a_stage_without_evidence_is_missing_not_zero() -> None:
    curve = analysis.emotion_curve(answers(stage=["B", "A"], emotion=[1, None]), order=["A", "B", "C"])
    assert curve["stage"].tolist() == ["A", "B", "C"]
    assert curve["n"].tolist() == [0, 1, 0]
    assert curve["mean"].isna().tolist() == [True, False, True]
    assert curve["basis"].isna().tolist() == [True, False, True]


def test_rows_of_unknown_stages_are_counted_not_lost_silently() -> None:
    curve = analysis.emotion_curve(answers(stage=["A", "Z", None], emotion=[1, 1, 1]), order=["A"])
    assert curve.attrs["left_out"] == 1
    assert curve.attrs["unassigned"] == 1
    assert curve.attrs["answers"] == 1


def test_staff_only_when_asked_for() -> None:
    evidence = answers(stage=["A"] * 3, emotion=[2, -2, 0], side=["customer", "staff", None])
    assert analysis.emotion_curve(evidence).loc[0, "mean"] == 1.0
    assert analysis.emotion_curve(evidence, side="staff").loc[0, "mean"] == -2
    assert analysis.emotion_curve(evidence, side=None).loc[0, "n"] == 3


def test_split_feelings_are_marked_divided() -> None:
    def divided(*emotions: float) -> bool:
        return bool(analysis.emotion_curve(answers(stage=["A"] * len(emotions), emotion=list(emotions))).loc[0, "divided"])

    assert divided(-1, -2, 1, 2)
    assert divided(-1, -1, 1, 1, 0, 0, 0, 0)  # exactly 25 % on each side
    assert not divided(-1, -1, 1, 1, 0, 0, 0, 0, 0)  # 22 %
    assert not divided(-1, 1, 1, 1)  # one lone voice
    assert not divided(-0.9, -0.9, 1, 1)


def test_divided_looks_at_people_not_at_answers() -> None:
    evidence = answers(stage=["A"] * 4, emotion=[-2, 2, -2, 2], respondent=["x", "x", "y", "y"])
    assert not analysis.emotion_curve(evidence).loc[0, "divided"]


def test_several_scales_in_one_point_are_said() -> None:
    evidence = answers(
        stage=["A", "A", "B"],
        emotion=[1, 1, 1],
        measure=["nps", "satisfaction", "nps"],
        low=[0, 1, 0],
        high=[10, 5, 10],
    )
    assert analysis.emotion_curve(evidence)["mixed"].tolist() == [True, False]


def test_values_on_their_own_scale_are_enough() -> None:
    evidence = answers(
        stage=["A", "A", "A"],
        value=[5, 6, 9],
        low=[1, 0, 1],
        high=[5, 10, 10],
        measure=["satisfaction", "nps", "importance"],
    )
    row = analysis.emotion_curve(evidence).iloc[0]
    assert (row["n"], row["mean"]) == (2, pytest.approx(1.2))  # +2 and +0.4; importance is no feeling


def test_the_hand_set_value_is_kept_beside_the_measured_one() -> None:
    curve = analysis.emotion_curve(answers(stage=["A"], emotion=[1]), order=["A", "B", "C"], assumed={"A": -2.0, "B": 0.5})
    assert curve["assumed"].tolist()[:2] == [-2.0, 0.5]
    assert curve["shown"].tolist()[:2] == [1.0, 0.5]
    assert curve["basis"].tolist()[:2] == ["measured", "assumed"]
    assert pd.isna(curve.loc[2, "shown"])


def test_an_empty_frame_gives_the_stages_without_values() -> None:
    empty = pd.DataFrame({"stage": pd.Series(dtype="str"), "emotion": pd.Series(dtype="Float64")})
    assert len(analysis.emotion_curve(empty)) == 0
    assert analysis.emotion_curve(empty, order=["A"])["n"].tolist() == [0]
    assert analysis.emotion_curve(answers(stage=["A", "A"], emotion=[None, pd.NA]))["n"].tolist() == [0]


def test_nullable_and_categorical_columns_are_understood() -> None:
    evidence = pd.DataFrame(
        {
            "stage": pd.Categorical(["B", "A"], categories=["A", "B", "C"], ordered=True),
            "emotion": pd.array([1, None], dtype="Float64"),
        }
    )
    assert analysis.emotion_curve(evidence)["stage"].tolist() == ["A", "B", "C"]


def test_what_is_missing_or_impossible_is_named() -> None:
    with pytest.raises(MissingColumns, match="stage"):
        analysis.emotion_curve(answers(emotion=[1]))
    with pytest.raises(MissingColumns, match="emotion"):
        analysis.emotion_curve(answers(stage=["A"], value=[1]))
    with pytest.raises(BadScale) as caught:
        analysis.emotion_curve(answers(stage=["A"], emotion=[5]))
    assert caught.value.code == "outside"
    with pytest.raises(BadScale):
        analysis.emotion_curve(answers(stage=["A", "A"], emotion=[1, 2]), confidence=95)


@given(st.lists(st.tuples(st.sampled_from("ABC"), st.floats(-2, 2), st.sampled_from([None, "x", "y", "z"])), max_size=40))
@settings(max_examples=60, deadline=None)
def test_any_answers_keep_the_curve_on_its_scale(rows: list[tuple[str, float, str | None]]) -> None:
    curve = analysis.emotion_curve(pd.DataFrame(rows, columns=["stage", "emotion", "respondent"]), order=["A", "B", "C"])
    seen = curve.dropna(subset=["mean"])
    assert ((seen["mean"] >= -2 - 1e-9) & (seen["mean"] <= 2 + 1e-9)).all()
    whole = seen.dropna(subset=["low"])
    assert ((whole["low"] <= whole["mean"] + 1e-9) & (whole["mean"] <= whole["high"] + 1e-9)).all()
    assert (curve["n"] <= pd.Series([row[0] for row in rows]).value_counts().reindex(list("ABC"), fill_value=0).to_numpy()).all()


@pytest.mark.parametrize("kind", ["pyarrow", "polars", "polars lazy", "duckdb"])
def test_other_frames_give_the_same_curve(kind: str) -> None:
    pandas = answers(stage=["A", "A", "B"], emotion=[1.0, None, -1.0], respondent=["x", "y", None])
    expected = analysis.emotion_curve(pandas)
    if kind == "pyarrow":
        import pyarrow as pa

        other: object = pa.Table.from_pandas(pandas)
    elif kind == "duckdb":
        other = pytest.importorskip("duckdb").from_df(pandas)
    else:
        polars = pytest.importorskip("polars")
        other = polars.from_pandas(pandas)
        other = other.lazy() if kind.endswith("lazy") else other
    pd.testing.assert_frame_equal(analysis.emotion_curve(other), expected, check_dtype=False)


def test_ten_times_the_answers_take_at_most_some_fifteen_times_as_long() -> None:
    random = np.random.default_rng(1)
    evidence = pd.DataFrame(
        {
            "stage": random.choice(["Découverte", "Achat", "Usage"], 50_000),
            "emotion": random.uniform(-2, 2, 50_000),
            "respondent": [f"r{key}" for key in random.integers(0, 20_000, 50_000)],
        }
    )

    def quickest(answers: pd.DataFrame) -> float:
        took = []
        for _ in range(5):
            start = time.process_time()
            analysis.emotion_curve(answers)
            took.append(time.process_time() - start)
        return min(took)

    assert quickest(evidence) < 15 * quickest(evidence.head(5_000))
