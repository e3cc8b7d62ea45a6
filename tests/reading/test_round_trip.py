"""What was read, written and read again is the same."""

from __future__ import annotations

from pathlib import Path

import pytest

import analysis
from analysis.fields import FIELDS
from analysis.reading.headers import guesses
from benchmarks.roundtrip import check

OPTIQUE = Path(__file__).parent / "optique_lambert.xlsx"
FILES = {
    "touchpoints": "Étape;Point de contact;Impact (1-10);Effort (1-10);Coût (€);Couverture\nAchat;Caisse;7;3;1 800,50;62,5 %\nAchat;Site;4;;0;0 %\n",
    "survey": "Horodateur,Recommanderiez-vous Optique Lambert ? (0-10),Commentaire\n2026-09-12 13:47:00,9,=1+1\n2026-09-13 08:00:00,,#N/A\n",
    "codes": "Code;Téléphone;Note\n00123;+33612345678;4/5\n00045;+33612345679;3/5\n",
}


@pytest.mark.parametrize("name", FILES)
def test_a_text_file_comes_back_the_same(name):
    table = analysis.read(FILES[name].encode(), "file.csv").tables[0]
    assert check(table) == dict.fromkeys(("raw by csv", "raw by xlsx", "typed by csv", "typed by xlsx"), True)


def test_the_sheets_of_a_workbook_come_back_the_same():
    for table in analysis.read(OPTIQUE).tables:
        found = check(table)
        assert all(found.values()), (table.name, found)


def test_the_error_of_a_formula_is_missing_wherever_it_is_shown():
    table = analysis.read("Étape;Point de contact;Impact\nAchat;Caisse;#DIV/0!\nAchat;Site;7\nAchat;#N/A;#VALEUR!\n".encode(), "a.csv").tables[0]
    assert table.frame["impact"].isna().tolist() == [True, False, True]
    assert table.frame["touchpoint"].isna().tolist() == [False, False, True]
    assert table.raw.iloc[3].tolist() == ["Achat", "#N/A", "#VALEUR!"]


@pytest.mark.parametrize("name", [name for name in FIELDS if name != "emotion_score"])  # files call an emotion so
def test_a_frame_written_under_the_names_of_its_fields_is_understood(name):
    found = guesses(name)
    assert name in [guess.field for guess in found if guess.confidence >= 0.85]
