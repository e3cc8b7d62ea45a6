"""What a column header means: the vocabulary of files, English and French, and how a header is compared with it."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from analysis.fields import FIELDS
from analysis.reading.multiples import times_a_year
from analysis.reading.worded import clause_field, is_code, moment_field, named_thing, parted, without_year

_BRACKETS = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]")
#: "/10", "sur 5", and "0-10" or "1 à 5" without brackets
_SCALE_TAIL = re.compile(r"\s*(?:(?:/|sur|out of|of)\s*(\d{1,3})|(?<=\s)(?:de\s|from\s)?[01]\s*(?:a|to|\s)\s*(?:[3-7]|10|20|100))\s*\??$")
_SPACES = re.compile(r"\s+")
_PICTURES = re.compile("[\u2190-\u21ff\u2300-\u27bf\u2900-\u297f\u2b00-\u2bff\ufe0f\U0001f000-\U0001faff]+")
#: “citation client” is no customer, nor is “customer quote”: these words are about one where they lead the phrase
_CUSTOMERS = {
    "client": re.compile(r"^client\b(?! satisf)"), "compte": re.compile(r"^compte\b"),
    "customer": re.compile(r"\bcustomer$"), "account": re.compile(r"\baccount$"),
}  # fmt: skip
#: what is spent every year
_YEARLY = re.compile(r"\b(?:annuel(?:le)?s?|annual|yearly|per year|per annum|par an|recurrente?s?|recurring)\b|/ ?(?:an|year|yr)\b")
#: the unit of work in brackets behind “Effort”
_DAYS = re.compile(r"^(?:en |in )?(?:j|jours?|j[./ ]?h|jours?[-/. ]?hommes?|days?|man[- ]?days?|person[- ]?days?|md|pd)$")
_OTHER_TIMES = re.compile(
    r"^(?:en |in )?(?:(?:person|man|people|staff|dev)[- ]?)?(?:h|heures?|hours?|weeks?|months?|(?:semaines?|mois)(?:[-/ ]hommes?)?)$"
)
#: what is said of things, never of people
_OF_THINGS = ("libelle ", "intitule ", "designation ", "type ")
#: how often something is counted
_PER = re.compile(r"\s*(?:/|\bpar|\bper|\ba|\beach|\bchaque)\s*(?:mois|month|an|annee|year|jour|day|semaine|week)$")
#: “Client since”, “Ancienneté client”: a fact about the customer, neither a number of customers nor who they are
_SINCE = re.compile(r"\b(?:depuis|since|anciennete)\b")
#: “Response ID”, “Identifiant de la réponse”: whatever it numbers, it is an identifier
_NUMBERED = re.compile(r"^(?:id|identifiant|identifier|uuid|guid)\b.+|.+\b(?:id|identifiant|identifier|uuid|guid)$")
_LITTLE = frozenset(
    [
        "de",
        "du",
        "des",
        "la",
        "le",
        "les",
        "l'",
        "d'",
        "un",
        "une",
        "et",
        "en",
        "au",
        "aux",
        "a",
        "the",
        "of",
        "an",
        "to",
        "and",
        "for",
        "in",
        "on",
        "by",
        "per",
        "par",
        "pour",
        "sur",
        "ce",
        "cette",
        "vos",
        "votre",
        "your",
        "our",
        "notre",
    ]
)
#: "nom du persona" is about the persona
_NAMING = frozenset([
    "nom", "noms", "name", "names", "type", "types", "liste", "list", "nombre", "nb", "number", "numero", "n", "code", "libelle",
    "intitule", "id",
])  # fmt: skip
#: the mark of a review, of a guest, of a stay
_SCORE_OF = re.compile(r"^(?:review|guest|customer|client|stay|visit|order|purchase|conversation|survey)s? (?:score|rating|stars)$")
#: what a sheet lists under “Nom du …”: people, products and customers have names that are no field's
_NAMED_THINGS = frozenset(["touchpoint", "stage", "persona", "action", "kpi"])
#: no header says more than this; what is longer is a cell that stands where a header might
_LONGEST = 2000
#: nor does the vocabulary know a header as long as this
_WORDY = 300
SURE, LIKELY, POSSIBLE = 0.99, 0.85, 0.6


@dataclass(frozen=True)
class Entry:
    """One line of the vocabulary."""

    field: str
    type: str
    reversed: bool
    rivals: tuple[str, ...]


@dataclass(frozen=True)
class Guess:
    """A field that a header may mean, 0 to 1."""

    field: str
    confidence: float
    reversed: bool = False


@lru_cache(maxsize=8192)
def normalise(header: str) -> str:
    """The header as the vocabulary writes it: no accents, case, brackets, doubled spaces or hyphens.

    >>> normalise("Influence sur la conversion\\n(1-10)"), normalise("Coût_annuel (€)")
    ('influence sur la conversion', 'cout annuel')
    """
    header = header[:_LONGEST]
    return _tidy(_BRACKETS.sub(" ", _plain(header)) if _BRACKETS.sub(" ", header).strip() else _plain(header))


def _plain(text: str) -> str:
    if text.isascii() and text.isprintable():  # most are: nothing to take apart
        return text.casefold().replace("`", "'")
    text = unicodedata.normalize("NFKC", text).replace("’", "'").replace("`", "'").casefold().replace("œ", "oe").replace("æ", "ae")
    text = "".join(
        " " if char in "\n\r\t\u00a0\u202f" else char for char in text if char in "\n\r\t" or unicodedata.category(char)[0] != "C"
    )
    return "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))


def _tidy(text: str) -> str:
    text = re.sub(r"[_\-–—:?!*•.…«»\"“”]+", " ", text)
    if not text.isascii() and any(map(str.isalnum, text)):  # arrows and pictures adorn a header, and are one where nothing else is
        text = _PICTURES.sub(" ", text)
    return _SPACES.sub(" ", text).strip()


def brackets(header: str) -> list[str]:
    """What stands in brackets: units and scales.

    >>> brackets("Coût annuel (€)")
    ['€']
    """
    return [inside.strip() for inside in _BRACKETS.findall(header)]


@lru_cache(maxsize=1)
def vocabulary() -> dict[str, list[Entry]]:
    """Normalised header → its fields, most usual first."""
    known: dict[str, list[Entry]] = {}
    for row in _lines("headers.tsv"):
        _add(known, row["header"], row["field"], row)
        if row["normalised"] not in known:
            _add(known, row["normalised"], row["field"], row)
    for row in _lines("exports.tsv"):
        for field in filter(None, row["field(s) by vocabulary"].split(",")):
            _add(known, row["header"], field, {})
    for row in _lines("more.tsv"):
        _add(known, row["header"], row["field"], row)
    for name, own in FIELDS.items():  # what this house calls a field is understood, unless files use the word for another
        for language in ("en", "fr"):
            if normalise(own.label(language)) not in known:
                _add(known, own.label(language), name, {})
        if normalise(name) not in known:  # a frame of this library that was written to a file
            _add(known, name, name, {})
    return known


def _add(known: dict[str, list[Entry]], header: str, field: str, row: dict[str, str]) -> None:
    if field not in FIELDS:
        return
    rivals = tuple(filter(None, (row.get("ambiguous_with") or "").split(",")))
    entry = Entry(field, row.get("type", ""), row.get("direction") == "reversed", rivals)
    entries = known.setdefault(normalise(header), [])
    if all(entry.field != other.field for other in entries):
        entries.append(entry)


def _lines(name: str) -> Iterator[dict[str, str]]:
    text = (files("analysis.reading") / "vocabulary" / name).read_text("utf-8")
    lines = text.splitlines()
    head = lines[0].split("\t")
    for line in lines[1:]:
        if line:
            yield dict(zip(head, line.split("\t"), strict=False))


@lru_cache(maxsize=1)
def _tables() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in _lines("headers.tsv"):
        found.setdefault(row["field"], set()).update(filter(None, row["tables"].split(",")))
    return {field: frozenset(tables - {"any"}) for field, tables in found.items()}


def tables_of(field: str) -> frozenset[str]:
    """The kinds of tables (inventory, map, plan, survey, log, kpi…) that have such a column."""
    return _tables().get(field, frozenset())


@lru_cache(maxsize=1)
def _by_tokens() -> dict[str, list[tuple[frozenset[str], str]]]:
    """Rarest word → (words of a vocabulary header, header)."""
    index: dict[str, list[tuple[frozenset[str], str]]] = {}
    for header in vocabulary():
        words = _words(header)
        for word in words:
            index.setdefault(word, []).append((words, header))
    return index


def _words(text: str) -> frozenset[str]:
    found = re.findall(r"[a-z0-9%#€$&+]+", text.replace("'", " "))
    return frozenset(_singular(word) for word in found if (word not in _LITTLE and len(word) > 1) or word in "#%€$")


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith(("s", "x")) and not word.endswith("ss") else word


@lru_cache(maxsize=1)
def _singulars() -> dict[str, str]:
    return {" ".join(map(_singular, header.split())): header for header in reversed(list(vocabulary()))}


#: what a question asks, told by its words (accents and case removed)
_QUESTIONS = (
    (
        re.compile(
            r"recommand|recommend|\bnps\b|conseiller(?:iez|ez)|parler(?:iez|ez) vous (?:de |d')"
            r"|\brefer (?:us|our|a friend|friends|someone|others)\b|bouche a oreille positif"
            r"|positive word of mouth|\btell (?:a friend|your friends|others) about"
        ),
        "nps",
    ),
    (re.compile(r"satisf|content(?:e|s)? de|avez[- ]vous apprecie|how happy|pleased"), "satisfaction"),
    (re.compile(r"facile|facilement|\beasy\b|\beasily\b|simplicite|effort"), "ces"),
    (re.compile(r"important|importance"), "importance"),
    (
        re.compile(
            r"pourquoi|\bwhy\b|precise[rz]|commentaire|comment pourrions|suggestion|remarque"
            r"|ameliore|improve|tell us|\breasons? for|\braisons?\b|verbatim|do better"
            r"|faire mieux|mieux faire|could we|\bajouter\b|to add|(?:add )?anything|autre chose"
            r"|\b(?:any|other|further|additional) comments?\b|\bfeedback\b"
        ),
        "comment",
    ),
    (re.compile(r"\bnotez|\bnote\b|rate\b|rating|evaluez"), "rating"),
    (re.compile(r"ressenti|feel\b|emotion"), "emotion"),
)


@lru_cache(maxsize=4096)
def guesses(header: str) -> tuple[Guess, ...]:
    """The fields that a header may mean, best first.

    Examples
    --------
    >>> guesses("Point de contact")[0]
    Guess(field='touchpoint', confidence=0.99, reversed=False)
    """
    if len(header) > _LONGEST or not (text := normalise(header)):
        return ()
    found: dict[str, Guess] = {}
    for guess in _every(header, text):
        if guess.field not in found or found[guess.field].confidence < guess.confidence:
            found[guess.field] = guess
    again = _YEARLY.search(text) is not None or times_a_year(text) != 1
    if (cost := found.get("cost")) and again and found.get("running_cost", cost).confidence <= cost.confidence:
        found["running_cost"] = Guess("running_cost", min(cost.confidence + 0.01, 1.0))
    if "effort" in found and any(_OTHER_TIMES.match(_plain(inside)) for inside in brackets(header)):
        del found["effort"]  # nor in weeks, which are no days either
    if (effort := found.get("effort")) and any(_DAYS.match(_plain(inside)) for inside in brackets(header)):
        del found["effort"]  # in days it is no degree from 1 to 10
        found["effort_days"] = Guess("effort_days", effort.confidence)
    return tuple(sorted(found.values(), key=lambda guess: -guess.confidence))


def _every(header: str, text: str) -> Iterator[Guess]:
    yield from _exact(text, SURE)
    short = _SCALE_TAIL.sub("", text)
    if short != text:
        yield from _exact(short, 0.97)
    whole = _tidy(_plain(header))
    if whole != text:
        yield from _exact(whole, 0.98)
    single = _singulars().get(" ".join(map(_singular, short.split())))
    if single:
        yield from _exact(single, 0.93)
    if len(text) > 25 or text != header.casefold().strip():
        yield from _question(header, text)
    yield from _formed(header, text)
    plain = _PER.sub("", short).removeprefix("# ")
    if plain != short and not any(FIELDS[guess.field].type == "money" for guess in _exact(plain, 1.0)):
        yield from _exact(plain, 0.92)
        short = plain  # “visits a month” are visits, not a month
    if _SINCE.search(text) and not is_question(header):
        return
    if _NUMBERED.match(text) and not is_question(header):
        yield Guess("id", 0.9)
        return
    yield from _contained(short)
    yield from _fuzzy(short)


def _formed(header: str, text: str) -> Iterator[Guess]:
    """What a header says by how it is made."""
    if moment := moment_field(text):
        yield Guess(moment, 0.88)
    if clause := clause_field(text):
        yield Guess(clause, 0.9)
    if _SCORE_OF.match(text):
        yield Guess("rating", 0.88)
    if (thing := named_thing(text)) and thing in vocabulary():
        yield from (guess for guess in _exact(thing, 0.95) if guess.field in _NAMED_THINGS)
    if is_code(text):
        yield Guess("id", 0.95)
    if dated := without_year(text):  # of the same figure in several years, the last
        yield from _exact(dated[0], 0.87 + (dated[1] - 2000) / 10_000)
    if (words := parted(header)) and text not in vocabulary():
        yield from (guess for guess in _every(words, normalise(words)) if guess.confidence >= 0.9)


def _exact(text: str, confidence: float) -> Iterator[Guess]:
    entries = vocabulary().get(text, [])
    for place, entry in enumerate(entries):
        level = confidence if len(entries) == 1 else min(confidence, 0.9) - 0.02 * place
        yield Guess(entry.field, level, entry.reversed)
        for rival in entry.rivals:
            yield Guess(rival, level - 0.1)


#: how people are asked for a mark; “what they feel” heads a lane
_PUT = re.compile(
    r"(?:q?\d{1,2}\s*[.):–—-]\s*)?(?:how (?:satisfied|likely|easy|important|happy|would you)|to what extent|please rate|how do you rate"
    r"|(?:êtes|etes|seriez|avez|diriez)[- ]vous|dans quelle mesure|à quel point|comment (?:évaluez|jugez|notez|évalueriez)[- ]vous"
    r"|quel(?:le)? est votre (?:niveau|degré|satisfaction))\b"
)


def is_question(header: str) -> bool:
    """A header that is a sentence put to somebody."""
    words = len(header.split())
    return "?" in header or (40 < len(header) <= 140 and words > 6) or (words > 4 and bool(_PUT.match(header.casefold())))


def _question(header: str, text: str) -> Iterator[Guess]:
    if not is_question(header):
        return
    for place, (pattern, field) in enumerate(_QUESTIONS):
        if pattern.search(text):
            yield Guess(field, 0.82 - 0.01 * place)


def _contained(text: str) -> Iterator[Guess]:
    words = _words(text)
    if not words or len(words) > 12:
        return
    seen: set[str] = set()
    head = _head(text)
    for word in sorted(words, key=lambda word: (text.find(word), word)):  # of equal guesses the first word's, every time
        for other, header in _by_tokens().get(word, ()):
            if header in seen or not other or not other <= words:
                continue
            seen.add(header)
            if len(other) == 1 and word in _CUSTOMERS and not _CUSTOMERS[word].search(text):
                continue
            if text.startswith(_OF_THINGS) and vocabulary()[header][0].field == "person_name":
                continue
            share = (len(other) + (0.4 if head in other else 0.0)) / len(words)
            if share >= 0.3 and sum(map(len, other)) >= 3:
                for entry in vocabulary()[header][:1]:
                    yield Guess(entry.field, min(0.5 + 0.38 * share, 0.86), entry.reversed)


def _head(text: str) -> str:
    """What "note des clients" is about: the word before "de". A phrase without one has no head here."""
    found = re.match(r"([a-z0-9]+) (?:de|des|du|d'|of)\b", text)
    return _singular(found[1]) if found and found[1] not in _NAMING else ""


#: words of one language that are no slip of a word of the other
_NO_SLIPS = frozenset(["facilities", "facility", "comfort", "confort", "location", "resolution", "person", "people"])


def _fuzzy(text: str) -> Iterator[Guess]:
    if len(text) < 5 or len(text) > 40 or text in _NO_SLIPS:
        return
    for close in difflib.get_close_matches(text, _of_length(len(text)), n=1, cutoff=0.88):
        for entry in vocabulary()[close][:1]:
            yield Guess(entry.field, 0.75, entry.reversed)


@lru_cache(maxsize=64)
def _of_length(length: int) -> tuple[str, ...]:
    return tuple(header for header in vocabulary() if abs(len(header) - length) <= 3 and len(header) >= 5)


def known(header: str) -> bool:
    """Is this, word for word, a header of the vocabulary?"""
    return len(header) <= _WORDY and _known(header)


@lru_cache(maxsize=4096)
def _known(header: str) -> bool:
    text = normalise(header)
    return text in vocabulary() or _SCALE_TAIL.sub("", text) in vocabulary()
