"""Numbers, percentages, money, dates and degrees, as people write them in both languages."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.language import money, number, percent
from analysis.reading.dates import day_first_of, parse_date
from analysis.reading.durations import minutes_per_unit, parse_duration
from analysis.reading.numbers import decimal_of, parse_number
from analysis.reading.scales import stated_scale
from analysis.reading.words import degree, is_missing, is_unknown, yes_or_no

amounts = st.decimals(min_value=-999_999_999, max_value=999_999_999, places=2).map(float)
language = st.sampled_from(["fr", "en"])


@given(amounts, language)
def test_a_number_written_in_either_language_is_read_back(value, written):
    read = parse_number(number(value, written, 2), "," if written == "fr" else ".")
    assert read is not None
    assert read.value == pytest.approx(value)


@given(st.integers(min_value=-999_999, max_value=999_999), language)
def test_an_amount_in_euros_is_read_back_with_its_currency(value, written):
    read = parse_number(money(value, written, "EUR"), "," if written == "fr" else ".")
    assert (read.value, read.currency) == (value, "EUR")


@given(st.integers(min_value=0, max_value=1000), language)
def test_a_percentage_is_kept_in_percent(tenths, written):
    read = parse_number(percent(tenths / 10, written, 1), "," if written == "fr" else ".")
    assert read.percent
    assert read.value == pytest.approx(tenths / 10)


@given(st.text(max_size=30))
def test_no_text_stops_the_parsers(text):
    for parse in (parse_number, parse_date, degree, yes_or_no, parse_duration, stated_scale):
        parse(text)
    assert is_missing(text) in (True, False)
    assert is_unknown(text) in (True, False)


@given(
    st.datetimes(min_value=dt.datetime(1970, 1, 1), max_value=dt.datetime(2100, 1, 1)).map(
        lambda d: d.replace(microsecond=0)
    )
)
def test_dates_are_read_back_in_every_usual_way(moment):
    assert parse_date(moment.isoformat()) == moment
    assert parse_date(moment.strftime("%d/%m/%Y %H:%M:%S")) == moment
    assert parse_date(moment.strftime("%m/%d/%Y %I:%M:%S %p"), day_first=False) == moment
    assert parse_date(moment.strftime("%d.%m.%Y")) == moment.replace(hour=0, minute=0, second=0)


@given(st.lists(st.dates(min_value=dt.date(2000, 1, 1), max_value=dt.date(2050, 1, 1)), min_size=1))
def test_the_order_of_day_and_month_is_one_for_the_column(days):
    french = [day.strftime("%d/%m/%Y") for day in days]
    american = [day.strftime("%m/%d/%Y") for day in days]
    told = any(day.day > 12 for day in days)
    assert day_first_of(french) is (True if told else None)
    assert day_first_of(american) is (False if told else None)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 800 €", 1800), ("12\u202f000\u00a0€", 12000), ("3,2", 3.2), ("1.234,5", 1234.5), ("1,234.5", 1234.5), ("(120)", -120), ("−5", -5),
        ("35 %", 35), ("12 k€", 12000), ("1'200", 1200), ("$1,200.50", 1200.5), ("0,5", 0.5), ("1,2 M€", 1_200_000), ("5-", -5), ("2,5 ‰", 0.25),
    ],
)  # fmt: skip
def test_amounts_as_people_write_them(text, value):
    assert parse_number(text).value == pytest.approx(value)


@pytest.mark.parametrize(
    "text", ["", "NSP", "12/09/2026", "1.2.3", "1 2", "abc", "5 rue", "06 12 34 56 78", "-", "½", "1-2"]
)
def test_what_is_no_number_is_not_made_one(text):
    assert parse_number(text) is None


def test_thousands_and_decimals_are_told_by_the_column():
    assert decimal_of(["1,234", "3,25"]) == ","
    assert decimal_of(["1,234", "2,345,678"]) == "."
    assert parse_number("1,234", ",").value == 1.234
    assert parse_number("1,234", ".").value == 1234


@pytest.mark.parametrize(
    ("text", "score", "top"),
    [("4/5", 4, 5), ("4 sur 5", 4, 5), ("8 / 10", 8, 10), ("3,5/5", 3.5, 5), ("4 out of 5", 4, 5)],
)
def test_a_score_out_of_something_keeps_its_scale(text, score, top):
    assert (parse_number(text).value, parse_number(text).out_of) == (score, top)


@pytest.mark.parametrize(
    ("text", "value"),
    [("Très satisfait", 5), ("Plutôt satisfaite", 4), ("Bon", 4), ("Good", 4), ("Poor", 2), ("★★★★", 4), ("★★★☆☆", 3), ("😀", 5), ("👍", 5), ("4 - Satisfait", 4)],
)  # fmt: skip
def test_degrees_in_words_stars_and_faces(text, value):
    assert degree(text) == value


@pytest.mark.parametrize(
    ("header", "scale"),
    [
        ("Influence sur la conversion\n(1-10)", (1, 10)), ("Effort (1 à 10)", (1, 10)), ("Satisfaction /5", (0, 5)), ("note sur 20", (0, 20)),
        ("Émotion (-2 à 2)", (-2, 2)), ("(1 = pas du tout, 5 = tout à fait)", (1, 5)), ("score from 1 to 5", (1, 5)), ("Coût 2024/2025", None),
        ("de 0 à 10, recommanderiez-vous ?", (0, 10)), ("Q1-2", None),
    ],
)  # fmt: skip
def test_the_scale_that_a_header_states(header, scale):
    assert stated_scale(header) == scale


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("1h30", 90), ("2 min 30 s", 2.5), ("00:02:30", 2.5), ("45 s", 0.75), ("2 jours", 2880), ("12", None)],
)
def test_durations_are_minutes(text, minutes):
    assert parse_duration(text) == minutes


def test_the_header_tells_the_unit_of_a_duration():
    assert minutes_per_unit("Duration (in seconds)") * 120 == 2
    assert minutes_per_unit("First reply time in minutes") == 1
    assert minutes_per_unit("Délai de réponse (h)") == 60
