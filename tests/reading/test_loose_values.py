"""Figures with words around them, periods and relative days: read where they say something, reported always, never made up."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

import analysis
from analysis.reading.loose import read_loosely
from analysis.reading.periods import first_day, is_relative
from analysis.reading.words import _NOTHING, _UNKNOWN

KINDS = ("score", "count", "money", "percent", "number", "duration")
figures = st.integers(min_value=0, max_value=99_999)


def column(header: str, values: list[str]):
    """One column of a French file beside its touchpoints → its typed values, and code → cells of its problems."""
    lines = [f"Point de contact;{header}", *(f"Point {n};{value}" for n, value in enumerate(values))]
    book = analysis.read("\n".join(lines).encode(), "fichier.csv")
    table = book.tables[0]
    problems = book.problems[book.problems.header == header]
    told = {str(code): cells.tolist() for code, cells in problems.groupby("code")["cell"]}
    return table.frame[table.columns[header]], told


def test_what_says_nothing_is_never_a_figure():
    words = [word for word in sorted(_NOTHING | _UNKNOWN) if ";" not in word]
    for header in ("Satisfaction (1-5)", "Coût (€)", "Couverture (%)", "Délai", "Nombre de réclamations"):
        values, _ = column(header, [*["4"] * len(words), *words])
        assert values.isna().tolist() == [False] * len(words) + [True] * len(words), header
    assert not [word for word in words for kind in KINDS if read_loosely(word, kind=kind)]


@given(st.text(alphabet=st.characters(categories=["L", "Zs", "P"]), max_size=40), st.sampled_from(KINDS))
def test_a_text_without_a_digit_gives_no_figure_unless_it_names_one(text, kind):
    found = read_loosely(text, kind=kind)
    assert found is None or found.why in ("approximate", "free")


@given(figures, st.sampled_from(["~{}", "≈ {}", "env. {}", "environ {}", "about {}", "{} environ", "> {}", "< {}", "plus de {}", "{}+", "au moins {}", "{} (estimé)"]))
def test_an_approximate_figure_or_a_limit_is_read_and_said(value, written):
    found = read_loosely(written.format(value))
    assert found.number.value == value
    assert found.why in ("approximate", "bound", "remark")


@given(figures, figures, st.sampled_from(["{}-{}", "{} à {}", "{} – {}", "entre {} et {}", "between {} and {}", "{} ou {}"]))
def test_a_range_is_its_middle_and_never_runs_backwards(one, two, written):
    found = read_loosely(written.format(one, two))
    years = 1900 <= one <= 2100 and 1900 <= two <= 2100
    if one < two and not years:
        assert (found.number.value, found.why) == ((one + two) / 2, "range_middle")
    else:
        assert found is None or found.why != "range_middle"


@given(st.text(max_size=30), st.sampled_from(KINDS))
def test_no_text_stops_the_loose_reading(text, kind):
    read_loosely(text, kind=kind)
    first_day(text)
    assert is_relative(text) in (True, False)


@given(st.integers(2000, 2059), st.integers(1, 4))
def test_a_quarter_stands_for_its_first_day(year, part):
    first = dt.datetime(year, 3 * part - 2, 1)
    for written in (f"T{part} {year}", f"Q{part} {year}", f"{part}e trimestre {year}", f"{year}-T{part}", f"T{part}-{year % 100:02d}", f"{part}T{year % 100:02d}"):
        assert first_day(written) == first, written


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("janv. 2024", "2024-01-01"), ("sept-23", "2023-09-01"), ("Août 24", "2024-08-01"), ("décembre 2023", "2023-12-01"), ("03/2024", "2024-03-01"),
        ("2024-11", "2024-11-01"), ("S2 2024", "2024-07-01"), ("1er semestre 2025", "2025-01-01"), ("2024", "2024-01-01"), ("FY2025", "2025-01-01"),
        ("mars", None), ("10 mars", None), ("12/03", None), ("Aug 24", None), ("T5 2024", None), ("13/2024", None), ("marketing 2024", None),
    ],
)  # fmt: skip
def test_months_quarters_and_years_as_people_write_them(text, day):
    assert first_day(text) == (dt.datetime.fromisoformat(day) if day else None)


def test_a_column_of_quarters_is_dated_and_said_so():
    values, told = column("Date", ["T3 2024", "2e trimestre 2024", "sept-23", "12/04/2024"])
    assert values.dt.date.astype(str).tolist() == ["2024-07-01", "2024-04-01", "2023-09-01", "2024-04-12"]
    assert told["period"] == ["B2", "B3", "B4"]


def test_a_period_as_a_deadline_is_its_last_day():
    lines = ["Action;Responsable;Échéance;Statut", "Refaire le site;Léa;T3 2026;En cours", "Former;Marc;sept. 2026;À faire", "Ouvrir;Ali;fin 2026;À faire",
             "Peindre;Ali;fév. 2028;À faire", "Ranger;Ali;12/05/2026;À faire", "Borne;Léa;dès que possible;À faire"]  # fmt: skip
    book = analysis.read("\n".join(lines).encode(), "plan.csv")
    due = book.tables[0].frame["due_date"]
    assert due.dropna().dt.date.astype(str).tolist() == ["2026-09-30", "2026-09-30", "2026-12-31", "2028-02-29", "2026-05-12"]
    assert book.problems[book.problems.code == "period_end"]["cell"].tolist() == ["C2", "C3", "C4", "C5"]
    assert book.problems[book.problems.code == "not_a_date"]["cell"].tolist() == ["C7"]


def test_a_relative_day_is_reported_and_not_guessed():
    values, told = column("Date", ["12/04/2024", "hier", "il y a 3 jours", "13/04/2024", "2 weeks ago"])
    assert values.isna().tolist() == [False, True, True, False, True]
    assert told["relative_date"] == ["B3", "B4", "B6"]
    _, alone = column("Date", ["hier", "il y a 3 jours"])
    assert alone["no_dates"] == ["B2"]


def test_prices_as_small_businesses_write_them():
    values, told = column("Coût (€)", ["150 €/mois", "1,2 k€ HT", "1 500 - 2 000 €", "3 000,- €", "gratuit", "sur devis", "env. 900 €"])
    assert values.tolist()[:5] == [150, 1200, 1750, 3000, 0]
    assert values.isna().tolist()[5]
    assert {code: cells for code, cells in told.items() if code != "decimal_sign"} == {
        "per_period": ["B2"], "range_middle": ["B4"], "free": ["B6"], "not_a_number": ["B7"], "approximate": ["B8"],
    }  # fmt: skip


def test_a_yearly_cost_told_by_the_month_is_brought_to_the_year():
    values, told = column("Coût annuel (€)", ["150 €/mois", "1 200 €/an", "900 €"])
    assert values.tolist() == [1800, 1200, 900]
    assert told["per_year"] == ["B2"]


def test_durations_in_days_weeks_and_ranges_are_minutes():
    values, _ = column("Délai", ["2 h 30", "45 min", "1 j", "3 semaines", "2-3 jours", "immédiat"])
    assert values.tolist()[:5] == [150, 45, 1440, 30240, 3600]
    assert values.isna().tolist()[5]


def test_scores_with_words_beside_them():
    values, told = column("Satisfaction", ["4 - Satisfait", "4/5 (bien)", "Note : 4", "3/5", "ne sait pas"])
    assert values.tolist()[:4] == [4, 4, 4, 3]
    assert told["remark"] == ["B3", "B4"]
    ten, _ = column("Satisfaction", ["8 - Satisfait", "10 - Très satisfait", "3 - Mécontent"])
    assert ten.tolist() == [8, 10, 3]


def test_one_three_quarters_among_scores_of_five_makes_no_scale_of_four():
    values, told = column("Impact", ["4", "5", "2", "3/4", "5"])
    assert values.isna().tolist() == [False, False, False, True, False]
    assert told["scales_mixed"] == ["B5"]


def test_a_column_of_figures_that_gives_only_words_says_so():
    _, told = column("Coût (€)", ["élevé", "faible", "moyen"])
    assert told["no_figures"] == ["B2"]
