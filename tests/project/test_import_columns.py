"""Whole columns read as single cells are: the plan of a large file is that of the same rows one by one."""

from __future__ import annotations

import hashlib
import hmac

import pandas as pd
from hypothesis import given
from hypothesis import strategies as some

from analysis.project.importing.builder import cleaned
from analysis.project.importing.columns import contents, masked_texts, numbered, pseudonyms, texts
from analysis.project.importing.privacy import masked

TEXT = some.none() | some.text(alphabet=" \t\n\r\f\v\u00a0\u202fàé€'\"a1x;@", max_size=12)


@given(some.lists(TEXT, max_size=20))
def test_texts_of_a_column_are_the_cleaned_texts_of_its_cells(values):
    assert texts(pd.Series(values, dtype="string")).tolist() == [cleaned(value) for value in values]
    assert texts(pd.Series(values, dtype=object)).tolist() == [cleaned(value) for value in values]


@given(some.lists(some.none() | some.integers(-(10**12), 10**12), max_size=20), some.lists(some.none() | some.floats(-1e9, 1e9), max_size=20))
def test_numbers_and_missing_ones_too(whole, real):
    for column in (pd.Series(whole, dtype="Int64"), pd.Series(real, dtype="Float64")):
        assert texts(column).tolist() == [cleaned(value) for value in column]


def test_zero_has_no_sign():
    assert texts(pd.Series([0.0, -0.0], dtype="Float64")).tolist() == [cleaned(0.0), cleaned(-0.0)] == ["0.0", "0.0"]


def test_dates_and_flags_too():
    dates = pd.Series(pd.to_datetime(["2026-09-01 10:30", None, "2026-09-02 00:00"]).astype("datetime64[us]"))
    assert texts(dates).tolist() == [cleaned(value) for value in dates]
    flags = pd.Series([True, None, False], dtype="boolean")
    assert texts(flags).tolist() == ["True", "", "False"]


@given(some.lists(some.text(alphabet="0123456789 .+@abé-/", max_size=30), min_size=1, max_size=10))
def test_masking_a_column_masks_what_masking_a_text_does(values):
    assert masked_texts(pd.Series(values, dtype="string[pyarrow]")).tolist() == [masked(value) for value in values]


def test_a_pseudonym_is_the_keyed_hash_that_projects_hold_already():
    expected = [hmac.new(b"key", name.encode(), hashlib.sha256).hexdigest()[:20] for name in ("Anne", "", "Zoé")]
    assert pseudonyms(["Anne", "", "Zoé"], b"key").tolist() == expected


def test_rows_joined_and_numbered():
    frame = pd.DataFrame({"a": pd.array([1, 1, None], dtype="Int64"), "b": pd.array(["x ", "x", None], dtype="string")})
    joined = contents(frame)
    assert joined.tolist() == ["1\x1fx", "1\x1fx", "\x1f"]
    assert numbered(joined).tolist() == [0, 1, 0]


def test_a_pseudonym_is_the_keyed_hash_of_a_name():
    import hmac

    from analysis.project.importing.columns import pseudonyms

    for secret in (b"a key of this project", b"x" * 100):
        names = ["Anne", "émile@exemple.fr", ""]
        assert list(pseudonyms(names, secret)) == [hmac.digest(secret, name.encode(), "sha256").hex()[:20] for name in names]
