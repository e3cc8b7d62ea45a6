"""Wherever a table stands and however its columns are kept apart, every cell is where the file has it."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

import analysis
from analysis.reading.cells import shown
from analysis.reading.numbers import parse_number
from analysis.reading.words import degree
from analysis.reading.worker.delimited import parse, separator_of
from analysis.reading.worker.spaced import FIXED

ROWS = [["Étape", "Point de contact", "Impact (1-10)"], ["Achat", "Caisse", 7], ["Usage", "SAV", 4], ["Usage", "Site", 9]]


@settings(max_examples=12, deadline=None)
@given(st.integers(1, 400), st.integers(1, 300))
def test_a_table_anywhere_on_the_sheet_keeps_its_addresses(top, left):
    book = openpyxl.Workbook()
    for number, row in enumerate(ROWS):
        for column, value in enumerate(row):
            book.active.cell(top + number, left + column, value)
    stream = io.BytesIO()
    book.save(stream)
    table = analysis.read(stream.getvalue(), "x.xlsx").tables[0]
    assert table.frame["impact"].tolist() == [7, 4, 9]
    assert table.cell(1, "touchpoint") == f"{get_column_letter(left + 1)}{top + 2}"


words = st.text("abcdefghijklmnopqrstuvwxyzéèàç'-", min_size=1, max_size=12)


@given(st.lists(st.tuples(words, words, st.integers(0, 999).map(str)), min_size=3, max_size=20), st.integers(2, 5))
def test_columns_of_a_fixed_width_are_read_back(rows, space):
    widths = [max(len(row[column]) for row in rows) + space for column in range(3)]
    text = "\n".join("".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)
    assert separator_of(text) == FIXED
    assert parse(text, FIXED)[0] == [list(row) for row in rows]


@given(st.integers(0, 50))
def test_stars_are_out_of_five(tenths):
    text = f"{tenths / 10:.1f}".replace(".", ",") + " étoiles"
    assert (parse_number(text).value, parse_number(text).out_of) == (tenths / 10, 5)


@given(st.datetimes(dt.datetime(1700, 1, 1), dt.datetime(2240, 1, 1)))
def test_a_moment_is_shown_as_the_file_has_it(moment):
    moment = moment.replace(microsecond=0)
    seconds = (moment - dt.datetime(1970, 1, 1)).total_seconds()
    wanted = moment.strftime("%Y-%m-%d") if moment.time() == dt.time(0) else moment.isoformat(" ")
    assert shown(5, seconds) == wanted


def test_words_of_little_praise_are_no_middle():
    assert [degree(word) for word in ("Bof", "Pas terrible", "Plutôt pas satisfait", "Sans plus", "Super", "Meh", "Awesome")] == [2, 2, 2, 3, 5, 2, 5]
