"""Scales, words, sizes."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import analysis
from analysis.errors import BadScale, ParcoursError
from analysis.methods import FIBONACCI


@pytest.mark.parametrize(
    ("value", "low", "high", "emotion"),
    [
        (1, 1, 5, -2), (3, 1, 5, 0), (4, 1, 5, 1), (4, 1, 7, 0), (7, 1, 7, 2), (6, 0, 10, 0.4), (0, 0, 10, -2),
        (75, 0, 100, 1), (-1, -1, 1, -2), (0.5, -1, 1, 1), (5.5, 1, 10, 0),
    ],
)  # fmt: skip
def test_answers_are_brought_to_minus_two_to_plus_two(value: float, low: float, high: float, emotion: float) -> None:
    assert analysis.to_emotion(value, low, high) == pytest.approx(emotion)


def test_missing_stays_missing_and_off_scale_values_are_reported() -> None:
    result = analysis.to_emotion(pd.Series([5, None, 6], index=list("abc"), dtype="Int64"), 1, 5)
    assert result.tolist()[:1] == [2.0]
    assert result.isna().tolist() == [False, True, True]
    assert result.attrs["outside"] == [6]
    assert result.index.tolist() == ["a", "b", "c"]
    with pytest.raises(BadScale) as caught:
        analysis.to_emotion(6, 1, 5)
    assert caught.value.code == "outside"
    assert analysis.to_emotion([], 1, 5).tolist() == []


def test_a_reversed_scale_is_refused_not_turned_silently() -> None:
    for low, high in ((5, 1), (3, 3), (1, float("inf"))):
        with pytest.raises(BadScale):
            analysis.to_emotion([1], low, high)


@given(st.floats(-1e6, 1e6), st.floats(0.01, 1e6), st.floats(0, 1))
def test_the_ends_map_to_the_ends_and_order_is_kept(low: float, width: float, share: float) -> None:
    high = low + width
    value = min(low + share * width, high)
    assert -2 - 1e-6 <= analysis.to_emotion(value, low, high) <= 2 + 1e-6
    assert analysis.to_emotion(low, low, high) == -2
    assert analysis.to_emotion(high, low, high) == pytest.approx(2)


def test_sizes_and_points_by_rank() -> None:
    assert analysis.ranks_on(["xs", "M", " xl ", "?", None]).tolist()[:3] == [1, 3, 5]
    assert analysis.ranks_on(["M", "?"]).attrs["outside"] == ["?"]
    assert analysis.ranks_on([1, 13.0, 21], FIBONACCI).tolist() == [1, 6, 7]


#: the words of the optician's inventory
OPTICIAN = {
    "indifférent": 0, "curieux": 1, "enchanté": 2, "inquiet": -1, "frustré": -2, "agacé": -1, "perdu": -1, "ravi": 2,
    "neutre": 0, "impatient": -1, "content": 1, "en colère": -2,
}  # fmt: skip


@pytest.mark.parametrize(("word", "value"), OPTICIAN.items())
def test_every_word_of_the_optician_s_inventory_is_known(word: str, value: float) -> None:
    assert analysis.word_emotion(word) == value


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("FRUSTRÉE", -2), ("heureuses", 1), ("déçue", -1), ("Déçus", -1), ("Très déçu", -2), ("un peu inquiète", -1),
        ("pas content", -1), ("not happy", -1), ("very worried", -2), ("a bit angry", -1), ("delighted!", 2),
        ("😡", -2), ("🙂", 1), ("☹ ?", None), ("NSP", None), ("", None), (None, None), ("inquiet, puis ravi", 0.5),
        ("ni satisfait ni insatisfait", 0), ("neither satisfied nor dissatisfied", 0), ("plutôt satisfaite", 1),
        ("positive", 1), ("pas inquiet", 0), ("À l’aise", 1),
    ],
)  # fmt: skip
def test_words_in_their_many_forms(word: str | None, value: float | None) -> None:
    assert analysis.word_emotion(word) == value


def test_unknown_words_are_listed_not_zero() -> None:
    result = analysis.words_to_emotion(pd.Series(["ravi", "bof-bof", None], dtype="str"))
    assert result.isna().tolist() == [False, True, True]
    assert result.attrs["unknown"] == ["bof-bof"]


def test_the_published_list_has_both_languages_and_no_contradiction() -> None:
    words = analysis.emotion_words()
    assert set(words["emotion"]) == {-2, -1, 0, 1, 2}
    assert words.groupby("language").size()["fr"] > 100
    assert words.groupby("language").size()["en"] > 100
    from analysis.methods.emotion_words import _plain

    values = words.assign(word=words["word"].map(_plain)).groupby("word")["emotion"].nunique()
    assert values[values > 1].index.tolist() == []
    for word, value in zip(words["word"], words["emotion"], strict=True):
        assert analysis.word_emotion(word) == value, word


def test_every_error_of_the_methods_speaks_french() -> None:
    with pytest.raises(ParcoursError) as caught:
        analysis.impact_effort(pd.DataFrame({"impact": ["beaucoup"], "effort": [1]}))
    assert caught.value.message("fr") == "«\u00a0beaucoup\u00a0» n’est pas un nombre."
