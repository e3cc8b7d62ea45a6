"""Words that stand for values: degrees of satisfaction, yes and no, "does not know", stars, faces and thumbs."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from importlib.resources import files

_YES = frozenset(["oui", "yes", "y", "o", "vrai", "true", "x", "✓", "✔", "☑", "✅", "👍", "ok", "si", "ja"])
_NO = frozenset(["non", "no", "n", "faux", "false", "✗", "✘", "☐", "❌", "👎", "nein"])
_FACES = {
    "😡": 1,
    "😠": 1,
    "🤬": 1,
    "😭": 1,
    "😞": 2,
    "😟": 2,
    "🙁": 2,
    "☹": 2,
    "😕": 2,
    "😢": 2,
    "😒": 2,
    "😐": 3,
    "😑": 3,
    "😶": 3,
    "🙂": 4,
    "😊": 4,
    "☺": 4,
    "😀": 5,
    "😃": 5,
    "😄": 5,
    "😁": 5,
    "😍": 5,
    "🤩": 5,
    "🥰": 5,
    "❤": 5,
    "👎": 1,
    "👍": 5,
}
#: longer texts are no words that stand for values
_LONGEST = 100
_PICTURES = re.compile("[\u2300-\u27bf\u2b00-\u2bff\ufe0f\U0001f000-\U0001faff]+")
_GENDER = re.compile(r"(?<=[a-z])(?:\((?:e|ne|le|te|se|es|s|e\)\(s)\)|[·⋅.](?:e|ne|le|te|se)(?:[·⋅.]?s)?|[-/](?:e|ne|le|te|se)s?)(?![a-z])")
_STARS = re.compile(r"^(?P<full>(?:[★⭐\ufe0f\u2605]+|\*{1,5}))(?P<empty>[☆✩\u2606]*)$")


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """Without accents, case, doubled spaces and closing marks.

    >>> plain(" Très  Satisfait. ")
    'tres satisfait'
    """
    text = unicodedata.normalize("NFKC", text).replace("’", "'").casefold()
    text = "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char) or char == "\ufe0f")
    text = " ".join(text.split())
    return text.rstrip(".!,; ") or text


def _table(name: str) -> list[tuple[str, str]]:
    """(meaning, words) of a table of the vocabulary; words without accents and case."""
    text = (files("analysis.reading") / "vocabulary" / name).read_text("utf-8")
    return [(meaning, words) for meaning, _, words in (line.partition("\t") for line in text.splitlines()[1:])]


_VALUES = {words: float(meaning) for meaning, words in _table("degrees.tsv")}
_UNKNOWN = frozenset(plain(words) for meaning, words in _table("no_answer.tsv") if meaning == "unknown")
_NOTHING = frozenset(plain(words) for meaning, words in _table("no_answer.tsv") if meaning == "nothing")


def without_gender(text: str) -> str:
    """ "satisfait(e)", "satisfait·e·s", "satisfait-e": as of one gender.

    >>> without_gender("tres satisfait(e)"), without_gender("content.e.s")
    ('tres satisfait', 'content')
    """
    return _GENDER.sub("", text) if any(mark in text for mark in "(·⋅.-/") else text


def without_pictures(text: str) -> str:
    """The words beside a face or another picture; the text itself where it has none.

    >>> without_pictures("🙂 Happy"), without_pictures("🙂")
    ('Happy', '🙂')
    """
    if text.isascii():
        return text
    words = _PICTURES.sub(" ", text).strip()
    return words if any(map(str.isalpha, words)) else text


def degree(text: str) -> float | None:
    """The degree from 1 to 5 that a word, a row of stars or a face stands for; nothing for other texts.

    >>> degree("Très satisfait"), degree("Poor"), degree("★★★★☆"), degree("😀")
    (5.0, 2.0, 4.0, 5.0)
    """
    text = text.strip()
    if not text or len(text) > 60:
        return None
    stars = _STARS.match(text)
    if stars:
        count = len(stars["full"].replace("\ufe0f", ""))
        return float(count) if count <= 5 else None
    face = text.replace("\ufe0f", "")
    if face in _FACES:
        return float(_FACES[face])
    words = without_gender(plain(text))
    value = _VALUES.get(words)
    if value is None and (numbered := re.fullmatch(r"(\d{1,2})\s*[-–:=.)(]\s*([^\d].*?)\)?", words)):
        value = _VALUES.get(numbered[2].strip())
    if value is None and (said := without_pictures(text)) != text:
        return degree(said) or next((float(_FACES[char]) for char in text if char in _FACES), None)
    return float(value) if value is not None else None


def yes_or_no(text: str) -> bool | None:
    """``oui``/``yes``/``✓`` → True, ``non``/``no``/``✗`` → False, anything else → nothing."""
    word = plain(text) if len(text) <= _LONGEST else ""
    return True if word in _YES else False if word in _NO else None


def is_unknown(text: str) -> bool:
    """ "Don't know" and its like: an answer that is none, counted apart."""
    return len(text) <= _LONGEST and plain(text) in _UNKNOWN


def is_missing(text: str) -> bool:
    """A sign that stands for nothing: ``-``, ``n/a``, ``sans objet``."""
    return len(text) <= _LONGEST and plain(text) in _NOTHING
