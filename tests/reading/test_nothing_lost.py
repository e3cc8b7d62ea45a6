"""Every non-blank cell of a file is somewhere in the result, whatever it holds."""
# ruff: noqa: PT017

from __future__ import annotations

import csv
import io
import string

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import analysis
from analysis import ReadError

letters = st.text(string.ascii_letters + string.digits + " éèàçÉ'\"€%;,.|-/\n", max_size=12)
tables = st.lists(st.lists(letters, min_size=1, max_size=6), min_size=1, max_size=12)
relaxed = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def written(rows, separator):
    stream = io.StringIO()
    csv.writer(stream, delimiter=separator, quoting=csv.QUOTE_ALL).writerows(rows)
    return stream.getvalue().encode()


@relaxed
@given(tables, st.sampled_from(",;\t|"))
def test_every_text_of_a_csv_is_in_raw(rows, separator):
    filled = [row for row in rows if any(row)]  # lines that are quoted as a whole, each a row of its own, are split once more
    assume(len(filled) < 2 or any(len(row) != 1 or sum(map(bool, map(str.strip, row[0].split(separator)))) < 2 for row in filled))
    texts = sorted(cell for row in rows for cell in row if cell.strip())
    try:
        book = analysis.read(written(rows, separator), "x.csv", separator=separator)
    except ReadError as error:
        assert error.code == "empty"
        assert not texts
        return
    found = sorted(cell for table in book.tables for cell in table.raw.to_numpy().ravel() if cell.strip())
    assert found == texts


@relaxed
@given(tables)
def test_the_balance_of_rows_is_always_true(rows):
    try:
        book = analysis.read(written(rows, ";"), "x.csv", separator=";")
    except ReadError:
        return
    for table in book.tables:
        assert len(table.rows) == len(table.raw)
        assert set(table.rows) <= {"header", "data", "total", "note", "unit", "blank"}
        assert len(table.frame) == (table.rows == "data").sum()
        assert list(table.mapping) == list(table.confidence)


cells = st.one_of(st.none(), st.integers(-(10**9), 10**9), st.floats(-1e9, 1e9), st.booleans(), st.datetimes(), letters)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.lists(cells, min_size=1, max_size=5), min_size=1, max_size=8))
def test_a_workbook_has_as_many_cells_as_openpyxl_finds(workbook, rows):
    clean = [[cell.replace("=", "") if isinstance(cell, str) else cell for cell in row] for row in rows]
    expected = sum(1 for row in clean for cell in row if cell is not None and str(cell).strip())
    try:
        book = analysis.read(workbook(clean), "x.xlsx")
    except ReadError as error:
        assert error.code == "empty"
        assert expected == 0
        return
    assert sum(bool(str(text).strip()) for table in book.tables for text in table.raw.to_numpy().ravel()) == expected


FRENCH = "Étape;Point de contact;Coût (€);Commentaire\nDécision;Accueil à l'hôtel;1 200 €;« Ça m'a plu », dit-il – très bon œuf\nAchat;Caisse;300 €;déçu…\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_accents_are_right_in_every_encoding(encoding):
    table = analysis.read(FRENCH.encode(encoding), "x.csv").tables[0]
    assert table.frame["touchpoint"].tolist() == ["Accueil à l'hôtel", "Caisse"]
    assert table.frame["comment"].iloc[0] == "« Ça m'a plu », dit-il – très bon œuf"
    assert table.frame["cost"].tolist() == [1200, 300]


def test_one_wrong_byte_does_not_spoil_the_other_lines():
    good = "Étape;Note\n".encode() + "Décision;4\n".encode() * 1000
    book = analysis.read(good + "Fidélité;5\n".encode("cp1252"), "x.csv")
    assert book.tables[0].raw.iloc[-1, 0] == "Fidélité"
    assert "mixed_encoding" in set(book.problems["code"])


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found(separator):
    text = "\n".join(
        separator.join(row)
        for row in [["Étape", "Point de contact", "Note"], ["Achat", "Caisse", "4"], ["Usage", "SAV", "2"]]
    )
    book = analysis.read(text.encode(), "x.csv")
    assert book.separator == separator
    assert book.tables[0].frame.shape == (2, 3)
