"""2,385 real answers of a telecom company: dates, journey stage under a technical name, NPS, verbatims."""

from __future__ import annotations

import pandas as pd
import pytest

import analysis


@pytest.fixture
def table(outside):
    return analysis.read(outside("surveys/nps_verbatim_textsummary.csv")).tables[0]


def test_it_is_a_survey_of_2385_answers(table):
    assert (table.kind, len(table.frame)) == ("survey", 2385)


def test_the_score_is_the_score_and_the_group_is_not(table):
    assert table.mapping["NPS_SCORE"] == "nps"
    assert table.mapping["NPS_RATING"] == "nps_group"
    assert table.scales["nps"] == (0, 10)
    assert table.frame["nps"].dtype == "Int64"


def test_days_come_first_in_the_whole_column(table):
    assert table.frame["date"].iloc[0] == pd.Timestamp("2018-04-11 20:09")


def test_a_column_with_few_values_is_offered_as_the_stage(table):
    assert table.stage_candidates[0] == "SURVEY_SUB_TYPE"
    assert table.mapping["SURVEY_SUB_TYPE"] == "stage"
    assert table.confidence["SURVEY_SUB_TYPE"] == 0.5
    assert set(table.frame["stage"].dropna()) >= {"Order", "First Payment"}
