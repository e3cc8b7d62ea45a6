"""A French optician's inventory as such files really look: titles, merged stages, subtotals, a footnote."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import analysis

FILE = Path(__file__).parent / "optique_lambert.xlsx"


@pytest.fixture(scope="module")
def book():
    return analysis.read(FILE)


@pytest.fixture(scope="module")
def inventory(book):
    return book.tables[0]


@pytest.fixture(scope="module")
def survey(book):
    return book.tables[1]


def test_the_three_sheets_are_told_apart(book):
    assert [(table.sheet, table.kind) for table in book.tables] == [
        ("Points de contact", "touchpoints"),
        ("Enquête sept. 2026", "survey"),
        ("Légende", "unknown"),
    ]


def test_there_are_nineteen_touchpoints_in_six_stages(inventory):
    assert len(inventory.frame) == 19
    stages = ["Sensibilisation", "Considération", "Décision", "Achat", "Fidélisation", "Recommandation"]
    assert inventory.frame["stage"].unique().tolist() == stages
    assert inventory.frame["stage"].value_counts()[stages].tolist() == [4, 3, 3, 3, 4, 2]


def test_subtotals_total_titles_and_footnote_are_set_aside_and_shown(inventory):
    assert inventory.rows.value_counts().to_dict() == {"data": 19, "total": 7, "note": 3, "blank": 3, "header": 1}
    assert len(inventory.raw) == len(inventory.rows) == 33
    assert inventory.raw.iloc[30, 1] == "TOTAL"
    assert inventory.rows.iloc[30] == "total"


def test_complaints_add_up_to_166(inventory):
    assert inventory.frame["complaints"].sum() == 166


def test_amounts_percentages_and_decimals_written_as_text_are_numbers(inventory):
    first = inventory.frame.set_index("touchpoint").loc["Site web : page « Nos marques »"]
    assert first["running_cost"] == 1800
    assert inventory.frame["reach"].iloc[0] == 35.0
    assert inventory.frame["satisfaction"].iloc[0] == 3.2
    assert inventory.currencies["running_cost"] == "EUR"


def test_scores_keep_their_own_scale(inventory):
    assert inventory.scales["impact"] == (1, 10)
    assert inventory.scales["effort"] == (1, 10)
    assert inventory.scales["satisfaction"] == (1, 5)


def test_words_of_emotion_stay_words(inventory):
    assert inventory.frame["emotion"].tolist()[:4] == ["indifférent", "curieux", "enchanté", "inquiet"]


def test_every_cell_can_be_found_again_in_the_file(inventory):
    assert inventory.cell(0, "touchpoint") == "B5"
    assert inventory.cell(18, "complaints") == "M28"
    assert inventory.cell(4, "Coût annuel (€)") == "H10"


def test_the_survey_has_214_answers_with_real_dates(survey):
    assert len(survey.frame) == 214
    assert survey.frame["date"].iloc[0] == pd.Timestamp("2026-09-01 13:47:00")


def test_each_question_is_linked_to_its_touchpoint(survey):
    asked = [(q.touchpoint, q.measure, q.low, q.high) for q in survey.questions.values()]
    assert asked == [
        ("Accueil en boutique", "satisfaction", 1, 5),
        ("Devis et tiers payant", "satisfaction", 1, 5),
        ("Prise de rendez-vous en ligne", "satisfaction", 1, 5),
        ("Service après-vente", "satisfaction", 1, 5),
        (None, "nps", 0, 10),
        (None, "comment", None, None),
    ]


def test_does_not_know_is_no_number_and_is_said(book, survey):
    column = next(name for name, question in survey.questions.items() if question.touchpoint == "Devis et tiers payant")
    assert survey.frame[column].dtype == "Int64"
    assert pd.isna(survey.frame[column].iloc[3])
    said = book.problems[(book.problems["code"] == "dont_know") & (book.problems["cell"] == "D5")]
    assert said[["sheet", "value", "severity"]].to_numpy().tolist() == [["Enquête sept. 2026", "NSP", "info"]]
    assert "ne sait pas" in book.problems_in("fr").loc[said.index[0], "message"]
