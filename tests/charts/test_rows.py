"""The rows of a chart are those that Altair would make of its frames, made once."""

from __future__ import annotations

import doctest
import json
from typing import Any

import altair as alt
import numpy as np
import pandas as pd
import pytest
from altair.utils.data import to_values

from analysis.charts import finish, rows
from analysis.charts.rows import rows_of

EVERYTHING = pd.DataFrame(
    {
        "text": pd.array(["Café", None], dtype="string"),
        "word": pd.array(["a", np.nan], dtype="str"),
        "thing": pd.Series([["two", "lines"], None], dtype=object),
        "whole": [1, 2],
        "share": [0.25, np.inf],
        "gone": [np.nan, -0.0],
        "flag": [True, False],
        "count": pd.array([3, None], dtype="Int64"),
        "mean": pd.array([None, 1.5], dtype="Float64"),
        "known": pd.array([None, True], dtype="boolean"),
        "day": pd.Series(["2026-01-31", None], dtype="datetime64[us]"),
        "kind": pd.Categorical(["x", None]),
    }
)


def test_the_rows_of_a_chart_are_what_altair_would_write() -> None:
    expected: Any = to_values(EVERYTHING)
    assert rows_of(EVERYTHING) == expected["values"]
    assert json.dumps(rows_of(EVERYTHING)) == json.dumps(expected["values"])  # 1 is not 1.0, nor True
    assert rows_of(EVERYTHING.head(0)) == []


def test_a_frame_that_several_layers_draw_from_is_made_into_rows_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []

    def noted(frame: pd.DataFrame) -> list[dict[str, Any]]:
        made.append(len(frame))
        return rows_of(frame)

    monkeypatch.setattr(rows, "rows_of", noted)
    frame, other = pd.DataFrame({"x": [1.0, 2.0]}), pd.DataFrame({"x": [3.0]})
    base, second = alt.Chart(frame), alt.Chart(other).mark_rule().encode(x="x:Q")
    layered = alt.layer(base.mark_bar().encode(x="x:Q"), base.mark_text().encode(text="x:N"), second)
    spec = finish(alt.hconcat(layered, base.mark_point().encode(y="x:Q")), "en", title="Two").to_dict()
    assert sorted(made) == [1, 2]
    assert sorted(map(json.dumps, spec["datasets"].values())) == ['[{"x": 1.0}, {"x": 2.0}]', '[{"x": 3.0}]']


def test_the_examples_are_true() -> None:
    assert doctest.testmod(rows).failed == 0
