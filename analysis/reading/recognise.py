"""Which column is which field: one column a field, by what the header says and what the values allow."""

from __future__ import annotations

import re
from dataclasses import dataclass

from analysis.fields import FIELDS
from analysis.reading.cells import BLANK, DATE, MOMENT, NUMBER, TEXT, Cells, Ints
from analysis.reading.dates import parse_compact, parse_date, parse_serial
from analysis.reading.headers import Guess, guesses, is_question, normalise, tables_of
from analysis.reading.levels import graded
from analysis.reading.numbers import parse_number
from analysis.reading.periods import first_day
from analysis.reading.scales import stated_scale
from analysis.reading.subjects import repeated_measures
from analysis.reading.worded import counts_things
from analysis.reading.words import is_missing, is_unknown, yes_or_no

#: below this a guess is not taken
_TAKE = 0.62
#: a guess that is more than likeness
_SURE = 0.85
#: an age “group” is no team, a “catégorie socio-professionnelle” no family: facts about people have no field of their own
_WHO = re.compile(r"\b(?:ages?|sexe|gender|csp|socio ?professionnelle)\b")
#: texts under “#” as long as this are identifiers
_CODE = 8
#: what people wrote under these is what they said only where nothing else is
_REASONS, _REASON = frozenset({"motif", "motifs", "raison", "raisons", "reason", "reasons", "objet"}), 0.8
#: what is told in words of a step of the journey
_SAID = frozenset({"pain", "delight", "opportunity", "need", "thought"})
#: what is told in words, or in figures on a scale
_GRADED = frozenset({"emotion", "priority", "frequency"})
#: figures that codes are no number of, and headers of people
_NUMBERED = frozenset({"order", "reach", "count", "complaints"})
_PEOPLE = re.compile(r"^(?:visiteu|visitor|client|customer|patient|repondant|respondent|adherent|member|membre|usager|guest|participant)")
_LETTERED = re.compile(r"^[A-Za-z]{1,6}[-_ .]?\d{1,8}$|^\d{1,6}[-_][A-Za-z0-9]{1,8}$")
_RANK = re.compile(r"^(?:n|no|nr|num|etape|step|phase)[-_ .]?\d+$", re.I)
#: a second meaning is taken, when the first went to another column, only if it is nearly as likely
_CLOSE = 0.2


@dataclass
class Sample:
    """A few distinct values of a column, and what they are."""

    words: list[str]
    numbers: float
    dates: float
    filled: int
    length: float
    distinct: int
    #: share of the values that are percentages, amounts or have decimals
    shares: float = 0.0
    #: share of them that are amounts of money
    money: float = 0.0

    @property
    def textual(self) -> bool:
        return self.numbers < 0.3 and self.dates < 0.3


def sample(cells: Cells, rows: Ints) -> Sample:
    """Look at up to 300 filled cells, from the whole length of the column."""
    kinds = cells.kinds[rows]
    filled = rows[kinds != BLANK]
    if len(filled) > 300:
        filled = filled[:: max(len(filled) // 300, 1)][:300]
    words: list[str] = []
    numeric = dated = shares = paid = 0
    for row in filled.tolist():
        kind = cells.kinds[row]
        text = cells.text(row).strip()
        words.append(text)
        read = parse_number(text) if kind in (NUMBER, TEXT) else None
        numeric += kind == NUMBER or read is not None
        shares += read is not None and (read.percent or bool(read.currency) or read.value % 1 != 0)
        paid += (read is not None and bool(read.currency)) or (kind == NUMBER and cells.meaning(row).startswith("currency"))
        dated += kind in (DATE, MOMENT)
    told = max(sum(1 for word in words if not (is_missing(word) or is_unknown(word))), 1)
    length = sum(map(len, words)) / max(len(words), 1)
    return Sample(words, numeric / told, dated / told, len(filled), length, len(set(words)), shares / told, paid / told)


def _fits(guess: Guess, seen: Sample) -> float:
    """How the values bear on a guess: a factor. An exact header keeps its field unless another fits."""
    factor = _by_values(guess, seen) if seen.filled else 1.0
    if (guess.field == "nps" and _beyond_ten(seen)) or _of_nobody(guess, seen) or _ticked(guess, seen) or _paid(guess, seen):
        return 0.3
    floor = 0.8 if guess.confidence >= 0.97 else 0.7 if guess.confidence >= 0.9 else 0.0
    return max(factor, floor)


def _ticked(guess: Guess, seen: Sample) -> bool:
    """“Achat” over crosses is no number of purchases, “Quick win ?” over yes and no no idea."""
    figure = FIELDS[guess.field].type in ("count", "money", "percent", "number", "duration") or guess.field in _SAID
    return figure and seen.filled > 1 and not seen.numbers and all(yes_or_no(word) is not None for word in set(seen.words))


def _paid(guess: Guess, seen: Sample) -> bool:
    """A “Gain” in euros is neither a degree of impact nor a moment of delight, one in figures is no delight."""
    said = guess.field in _SAID - {"pain"} and seen.filled > 0 and seen.numbers >= 0.9
    return said or (FIELDS[guess.field].type == "score" and seen.money > 0.5)


def _of_nobody(guess: Guess, seen: Sample) -> bool:
    """A few words that come back, none of which is an address, a number or a name: “website_contact: within last year, no contact”."""
    personal = FIELDS[guess.field].personal
    if not personal or seen.filled < 12 or seen.distinct > min(8, 0.34 * seen.filled):
        return False
    if personal == "email":
        return not any("@" in word for word in seen.words)
    if personal == "phone":
        return not any(sum(map(str.isdigit, word)) >= 6 for word in seen.words)
    few = {word for word in seen.words if len(word) > 3}
    return personal == "name" and (guess.confidence < 0.9 or all(word[:1].islower() and " " in word for word in few))


def _beyond_ten(seen: Sample) -> bool:
    """Figures below 0 and beyond 10 are no answers from 0 to 10: they are Net Promoter Scores that somebody has computed."""
    figures = [read.value for word in seen.words if (read := parse_number(word)) is not None]
    return sum(value < 0 or 10 < value <= 100 for value in figures) > 0.3 * len(figures)


def _by_values(guess: Guess, seen: Sample) -> float:
    kind = FIELDS[guess.field].type
    if guess.field == "order" and (seen.length >= 2 * _CODE or seen.numbers < 0.5):
        return 1.0 if seen.length < _CODE else 0.3  # “1st”, “A”: an order all the same; long codes are identifiers
    if kind == "date":  # what a header calls a day, and no value is one
        return 1.0 if seen.dates >= 0.3 or any(map(_dated, seen.words[:12])) else 0.3
    if guess.field == "nps_group":
        return 1.0 if seen.textual else 0.2
    if guess.field in ("emotion", "priority", "frequency", "online", "direct"):
        return 1.0
    if kind in ("score", "count", "money", "percent", "number"):
        degrees = sum(value is not None for value in graded(seen.words, guess.field)) if kind == "score" else 0
        share = max(seen.numbers, degrees / seen.filled)
        return 1.0 if share >= 0.5 else 0.8 if share >= 0.3 else 0.3
    if kind == "duration":
        return 1.0 if seen.numbers >= 0.3 or seen.length < 15 else 0.5
    if kind == "id":  # names and codes are whole
        return 0.4 if seen.shares >= 0.3 else 1.0
    if guess.field == "status":
        return 1.0 if seen.numbers < 0.7 else 0.55
    if guess.field in (
        "comment",
        "touchpoint",
        "stage",
        "pain",
        "delight",
        "opportunity",
        "thought",
        "need",
        "action",
        "persona",
        "channel",
    ):
        return 1.0 if max(seen.numbers, seen.dates) < 0.7 and not is_dated(seen) else 0.55
    return 1.0


def is_dated(seen: Sample) -> bool:
    """Whether all of the first values are days or periods."""
    words = seen.words[:8]
    return len(words) > 1 and all((parse_date(word) or parse_date(word, day_first=False) or first_day(word)) is not None for word in words)


def _dated(word: str) -> bool:
    day = parse_date(word) or parse_date(word, day_first=False)
    return day is not None or first_day(word) is not None or parse_serial(word) is not None or parse_compact(word) is not None


def _are_codes(seen: Sample) -> bool:
    """“R0, R1, R2”: letters with a figure, each once."""
    told = [word for word in seen.words if not is_missing(word)]
    return len(told) > 1 and len(set(told)) == len(told) and all(map(_LETTERED.match, told)) and not all(map(_RANK.match, told))


def _named_by(header: str) -> str:
    """What codes under a header tell apart: people, where it names some."""
    return "customer_id" if _PEOPLE.match(normalise(header)) else "id"


def _company(headers: list[str]) -> list[frozenset[str]]:
    """The tables in which the headers that leave no doubt are found."""
    sure = [found[0].field for header in headers if (found := guesses(header)) and found[0].confidence >= 0.97]
    return [tables_of(field) for field in sure]


def _welcome(guess: Guess, company: list[frozenset[str]]) -> float:
    """Of two meanings of a word, the one that keeps company with the other columns: up to 0.06."""
    if guess.confidence >= 0.97 or not company:
        return 0.0
    return 0.06 * sum(bool(tables_of(guess.field) & tables) for tables in company) / len(company)


def match(headers: list[str], samples: list[Sample]) -> list[Guess | None]:
    """One guess per column, no field twice except where several columns may have it.

    Questions, and columns that measure several things in one way, are not held to that: each is a column of its own.
    """
    offers = []
    company, many = _company(headers), repeated_measures(headers)
    for column, (header, seen) in enumerate(zip(headers, samples, strict=True)):
        told = [guess for guess in guesses(header) if guess.confidence >= _SURE or not _WHO.search(normalise(header))]
        if _are_codes(seen):
            told = [Guess(_named_by(header), guess.confidence) if guess.field in _NUMBERED else guess for guess in told]
        if seen.numbers >= 0.9 and counts_things(normalise(header)):
            told = [guess for guess in told if FIELDS[guess.field].type != "id" or guess.confidence >= 0.97]
        if seen.numbers >= 0.9 and stated_scale(header):  # “Note équipe /10” is no team
            told = [guess for guess in told if FIELDS[guess.field].type not in ("text", "category", "list") or guess.field in _GRADED]
        if seen.textual and seen.length >= _CODE:  # “Réclamation” over what people wrote counts none
            told = [Guess("comment", 0.9) if guess.field == "complaints" else guess for guess in told]
        told = [Guess(guess.field, _REASON) if guess.field == "comment" and normalise(header) in _REASONS else guess for guess in told]
        fitting = [(guess.confidence * _fits(guess, seen) + _welcome(guess, company), guess) for guess in told]
        if header in many:  # “Note accueil” beside “Note caisse” is a mark, though “Accueil” alone is a stage
            measure = Guess(many[header][0], 0.9)
            fitting = [
                (0.9 * (_by_values(measure, seen) if seen.filled else 1.0), measure),
                *((low, guess) for low, guess in fitting if guess.field != measure.field),
            ]
        best = max((confidence for confidence, _ in fitting), default=0.0)
        for confidence, guess in fitting:
            if confidence >= max(_TAKE, best - _CLOSE):
                offers.append((confidence, -column, Guess(guess.field, round(min(confidence, 0.99), 2), guess.reversed)))
    offers.sort(key=lambda offer: (-offer[0], -offer[1]))
    taken: dict[int, Guess] = {}
    fields: set[str] = set()
    for _, minus, guess in offers:
        column = -minus
        free = guess.field not in fields or FIELDS[guess.field].several or is_question(headers[column])
        free = free or many.get(headers[column], ("",))[0] == guess.field
        if column not in taken and free:
            taken[column] = guess
            fields.add(guess.field)
    return [taken.get(column) for column in range(len(headers))]
