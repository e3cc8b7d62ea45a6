"""How firm a ranking by a score of figures is: RICE, ICE and opportunity have no weights to vary."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.errors import BadScale, MissingColumns
from analysis.methods import score_stability

ENDS = {"impact": (1.0, 10.0), "ease": (1.0, 10.0)}


def product(frame: pd.DataFrame) -> pd.Series:
    return frame["impact"] * frame["ease"]


def test_assumed_figures_vary_by_a_tenth_of_their_scale_so_what_is_further_apart_never_changes_places() -> None:
    """±0.9 on a scale of nine: 9 × 9 lies between 65.6 and 98, 6 × 6 between 26 and 47.6, 3 × 3 between 4.4 and 15.2."""
    found = score_stability(pd.DataFrame({"impact": [9, 6, 3, 1], "ease": [9, 6, 3, 1]}), product, ENDS)
    assert found["rank"].tolist() == found["low"].tolist() == found["high"].tolist() == [1, 2, 3, 4]
    assert found["firmness"].tolist() == ["solid", "solid", "out", "out"]
    assert found.attrs == {"k": 2, "draws": 2000, "scored": 4}


def test_two_that_are_alike_share_the_first_place_and_each_has_it_in_half_of_the_draws() -> None:
    found = score_stability(pd.DataFrame({"impact": [8, 8, 1], "ease": [5, 5, 1]}), product, ENDS)
    assert found["rank"].tolist() == [1, 1, 3]
    assert found["top_share"].tolist() == [pytest.approx(0.5, abs=0.04), pytest.approx(0.5, abs=0.04), 0.0]
    assert found["firmness"].tolist() == ["fragile", "fragile", "out"]


def test_a_measured_figure_without_error_stays_where_it_is() -> None:
    frame = pd.DataFrame({"impact": [5.0, 5.1, 1], "ease": [5.0, 5.0, 1]})
    sure = {"impact": [0.0, 0.0, 0.0], "ease": [0.0, 0.0, 0.0]}
    assert score_stability(frame, product, ENDS, errors=sure)["top_share"].tolist() == [0.0, 1.0, 0.0]
    assert score_stability(frame, product, ENDS)["firmness"].tolist() == ["fragile", "fragile", "out"]


def test_an_assumed_figure_never_goes_beyond_its_scale() -> None:
    # both stand at 10 of 10; the first was measured without error, the second is assumed and can only be lower
    found = score_stability(
        pd.DataFrame({"impact": [10.0, 10.0]}), lambda of: of["impact"], {"impact": (1, 10)}, top=1,
        errors={"impact": [0.0, None], "impact_n": [9, None]},
    )  # fmt: skip
    assert found["top_share"].tolist() == [1, 0]


def test_few_answers_vary_more_than_many() -> None:
    frame = pd.DataFrame({"impact": [6.0, 5.0, 1], "ease": [5.0, 5.0, 1]})
    known = {"impact": [1.0, 0.0, 0.0], "ease": [0.0, 0.0, 0.0]}
    few = score_stability(frame, product, ENDS, errors=known | {"impact_n": [2, 2, 2]})["top_share"].iloc[0]
    many = score_stability(frame, product, ENDS, errors=known | {"impact_n": [200, 200, 200]})["top_share"].iloc[0]
    assert many == pytest.approx(0.841, abs=0.03)  # one standard error above the next: the normal's 84 %
    assert few == pytest.approx(0.75, abs=0.03)  # Student's t with one degree of freedom: 1/2 + 1/4


def test_what_has_no_score_has_no_rank_and_the_same_seed_gives_the_same_answer() -> None:
    frame = pd.DataFrame({"impact": [9, None, 2, 4], "ease": [9, 9, 2, 5]}, index=list("abcd"))
    found = score_stability(frame, product, ENDS, seed=3)
    assert found.loc["b"].isna().all()
    assert found["rank"].dropna().tolist() == [1, 3, 2]
    pd.testing.assert_frame_equal(found, score_stability(frame, product, ENDS, seed=3))
    assert score_stability(frame.head(0), product, ENDS).empty


def test_what_cannot_be_is_named() -> None:
    with pytest.raises(MissingColumns, match="ease"):
        score_stability(pd.DataFrame({"impact": [1]}), product, ENDS)
    with pytest.raises(BadScale):
        score_stability(pd.DataFrame({"impact": [1], "ease": [1]}), product, ENDS, draws=0)
