"""Scales on which 1 is the best answer, on every way that a figure takes into a project."""

from __future__ import annotations

import pytest

import analysis
from analysis.reading import corrections as correct
from analysis.reading.turned import says_low_is_good


def table(text):
    return analysis.read(text.encode(), "a.csv").tables[0]


def project_of(read):
    project = analysis.Project.new("Essai", language="fr")
    return project.apply(project.plan_import([read], file="a.csv").commands)


def felt(read):
    """Emotion of each touchpoint or answer, by the figure that was written."""
    answers = project_of(read).evidence.dropna(subset=["value"])
    return dict(zip(answers["value"].tolist(), answers["emotion"].tolist(), strict=True))


INVENTORY = "Étape;Point de contact;{}\nAchat;Caisse;1\nAchat;Site;5\nAchat;Tel;3\n"
WIDE = "Date;{};Pourquoi ?\n" + "".join(f"0{n}/09/2026;{n};avis {n}\n" for n in range(1, 6))
LONG = "Date;Point de contact;{}\n" + "".join(f"0{n}/09/2026;Caisse;{n}\n" for n in range(1, 6))
REVERSED = {1: 2, 2: 1, 3: 0, 4: -1, 5: -2}


def test_in_an_inventory_the_header_says_so():
    read = table(INVENTORY.format("Satisfaction (1 = très bon, 5 = mauvais)"))
    assert read.scales["satisfaction"] == (5, 1)
    assert "low_is_good" in [problem["code"] for problem in read.noted.listed()]
    assert project_of(read).touchpoints["satisfaction"].tolist() == [2, -2, 0]


def test_in_an_inventory_the_user_says_so():
    read = correct.with_scale(table(INVENTORY.format("Satisfaction (1-5)")), "Satisfaction (1-5)", 1, 5, reversed=True)
    assert project_of(read).touchpoints["satisfaction"].tolist() == [2, -2, 0]


def test_in_a_wide_survey_the_header_says_so():
    assert felt(table(WIDE.format("Accueil : êtes-vous satisfait ? (1 = très satisfait, 5 = pas du tout satisfait)"))) == REVERSED


def test_in_a_wide_survey_the_user_says_so():
    header = "Accueil : êtes-vous satisfait ? (1 à 5)"
    assert felt(correct.with_scale(table(WIDE.format(header)), header, 1, 5, reversed=True)) == REVERSED


def test_in_a_long_survey_the_header_says_so():
    assert felt(table(LONG.format("Note (1 = meilleure note, 5 = pire)"))) == REVERSED


def test_in_a_long_survey_the_user_says_so():
    assert felt(correct.with_scale(table(LONG.format("Note (1-5)")), "Note (1-5)", 1, 5, reversed=True)) == REVERSED


def test_words_mean_what_they_say_whichever_way_the_figures_run():
    text = "Étape;Point de contact;Satisfaction\nAchat;Caisse;Très satisfait\nAchat;Site;Pas du tout satisfait\nAchat;Tel;1\nAchat;Chat;5\n"
    plain = project_of(table(text)).touchpoints["satisfaction"].tolist()
    turned = project_of(correct.with_scale(table(text), "Satisfaction", 1, 5, reversed=True)).touchpoints["satisfaction"].tolist()
    assert plain == [2, -2, -2, 2]
    assert turned == [2, -2, 2, -2]


def test_an_effort_whose_low_end_is_easy_is_not_turned():
    read = table(INVENTORY.format("Effort (1 = très facile, 5 = très difficile)"))
    assert read.scales["effort"] == (1, 5)
    assert project_of(read).touchpoints["effort"].tolist() == [1, 10, 5.5]


def test_a_reversed_scale_is_remembered_for_the_next_file():
    from analysis.project.importing.memory import as_before

    read = correct.with_scale(table(INVENTORY.format("Satisfaction (1-5)")), "Satisfaction (1-5)", 1, 5, reversed=True)
    again = as_before(project_of(read), table(INVENTORY.format("Satisfaction (1-5)") + "Achat;Borne;2\n"))
    assert again.scales["satisfaction"] == (5, 1)


@pytest.mark.parametrize(
    ("header", "turned"),
    [
        ("Note (1 = excellent, 6 = insuffisant)", True),
        ("Note (1 = excellent, 6 = selon vous)", False),  # nothing known of the high end
        ("Rating (1 = best, 5 = worst)", True),
        ("Rating (1 = worst, 5 = best)", False),
        ("CES (1 = very easy, 7 = very difficult)", True),
        ("Note (1-5)", False),
        ("Note sur 5", False),
    ],
)
def test_what_a_header_says_of_its_ends(header, turned):
    assert says_low_is_good(header) is turned
