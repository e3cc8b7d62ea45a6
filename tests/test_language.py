"""French and English say the same things, all of them, and French as it is written."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from analysis import language
from tests.conftest import ROOT
from tests.messages import collect, missing

CATALOGUES = sorted((ROOT / "analysis" / "locales" / "fr").glob("*.po"))
#: a plain space before a mark that takes a non-breaking one; "::" and ":material/" are not punctuation
PLAIN_SPACE = re.compile(r" (?:[;?!»](?!\w)|:(?![:\w/]))|« ")


def entries(path: Path) -> Iterator[tuple[str, list[str], list[str]]]:
    """(message id, every English form, every French form) of a catalogue."""
    with path.open("rb") as file:
        for message in read_po(file, locale="fr"):
            if message.id:
                english = [message.id] if isinstance(message.id, str) else list(message.id)
                french = [message.string] if isinstance(message.string, str) else list(message.string)
                yield english[0], [str(text) for text in english], [str(text) for text in french]


def placeholders(text: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(text) if field is not None}


def launcher_words() -> dict[str, dict[str, str]]:
    return tomllib.loads((ROOT / "launcher" / "words.toml").read_text("utf-8"))


def test_every_message_of_the_code_has_its_french() -> None:
    assert {text: where for text, (_, where) in missing().items()} == {}


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.stem)
def test_no_message_is_kept_that_the_code_no_longer_says(catalogue: Path) -> None:
    said = collect()
    assert [text for text, _, _ in entries(catalogue) if text not in said] == []


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.stem)
def test_both_languages_fill_in_the_same_values(catalogue: Path) -> None:
    for _, english, french in entries(catalogue):
        known = set.union(*(placeholders(text) for text in english))
        for text in french:
            assert placeholders(text) <= known, text
        assert set.union(*(placeholders(text) for text in french)) == known, english


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.stem)
def test_french_marks_stand_after_a_space_that_does_not_break(catalogue: Path) -> None:
    assert [text for _, _, french in entries(catalogue) for text in french if PLAIN_SPACE.search(text)] == []


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.stem)
def test_a_percentage_is_written_80_per_cent_as_each_language_writes_it(catalogue: Path) -> None:
    """80% in English, 80 % with a space that does not break in French; a measure alone, as “% of customers”, is no percentage."""
    for id, english, french in entries(catalogue):
        assert not [text for text in english if re.search(r"[\d}][ \u00a0]%", text)], id
        assert not [text for text in french if re.search(r"[\d}] ?%", text)], id


def test_one_function_says_what_follows_the_number_of_a_percentage() -> None:
    assert (language.percent(62.5, "en", 1), language.percent(62.5, "fr", 1)) == ("62.5%", "62,5\u00a0%")
    assert (language.percent_format("en"), language.percent_format("fr", ".0")) == ("0%", '0.0"\u00a0"%')


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.stem)
def test_no_message_is_left_empty_or_doubtful(catalogue: Path) -> None:
    text = catalogue.read_text("utf-8")
    assert "#, fuzzy" not in text
    assert [english for english, _, french in entries(catalogue) if not all(french)] == []


def test_a_message_has_one_french_and_not_two() -> None:
    """Catalogues are read together: a text that stands in two of them must say the same in both."""
    found: dict[str, list[str]] = {}
    for catalogue in CATALOGUES:
        for text, _, french in entries(catalogue):
            assert found.setdefault(text, french) == french, f"{text!r} in {catalogue.name}"


def test_the_launcher_says_everything_in_both_languages() -> None:
    for code, said in launcher_words().items():
        assert set(said) == {"en", "fr"}, code
        assert placeholders(said["en"]) == placeholders(said["fr"]), code
        assert not PLAIN_SPACE.search(said["fr"]), said["fr"]


def test_the_first_of_a_month_is_written_as_french_people_write_it() -> None:
    first, other = dt.date(2026, 9, 1), dt.date(2026, 9, 21)
    assert [language.date(day, "fr") for day in (first, other)] == ["1er sept. 2026", "21 sept. 2026"]
    assert language.date(first, "fr", "full") == "mardi 1er septembre 2026"
    assert (language.date(first, "fr", "short"), language.date(first, "en")) == ("01/09/2026", "1 Sept 2026")
