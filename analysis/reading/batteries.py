"""Columns of answers that no header calls so: “Accueil”, “Propreté”, “Prix /5” over figures or words of one scale.

Most forms give a survey in that shape: a column a thing that was judged, its name for a header, and nothing that says “satisfaction”.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from analysis.fields import FIELDS
from analysis.reading.headers import Guess, brackets, guesses, is_question, normalise
from analysis.reading.kinds import kind_of
from analysis.reading.ladders import ladder
from analysis.reading.levels import marked_in_letters
from analysis.reading.numbers import parse_number
from analysis.reading.periods import is_period
from analysis.reading.questions import GENERAL, subject_of
from analysis.reading.recognise import Sample
from analysis.reading.scales import CODES, stated_scale
from analysis.reading.subjects import LEADING, measured_subject
from analysis.reading.words import degree, is_missing, is_unknown, yes_or_no

#: what columns of answers are judged with
JUDGED = ("satisfaction", "rating", "ces", "emotion", "importance")
#: kinds of tables that may turn out to be a survey
_OPEN = ("unknown", "comments", "customers", "survey")
#: what makes a table something else than answers of people
_OTHER = frozenset({"touchpoint", "action", "kpi", "question", "answer", "event", "kpi_value"})
#: a number of things, a date, an age or a code is no answer, whatever its size
_COUNTED = re.compile(
    r"^(?:nb\w*|nombre|number|num\w*|qte|quantite|qty|quantity|count|#|n°|no|code|id|age|annee|year|mois|month|jours?|days?|semaine|week|etage"
    r"|floor|enfants?|children|achats?|purchases?|visites?|visits?|commandes?|orders?|personnes?|people|guests?|version"
    r"|niveau d|taille|size|heures?|hours?|minutes?|duree|duration|delai|lot|rang|rank|ordre|groupe|group|classe|class|zone|tranche"
    r"|departement|region)\b"
)
#: how often somebody does something is no judgment
_OFTEN = re.compile(r"\b(?:how often|how frequently|a quelle frequence|frequence|frequency|combien de fois)\b")
#: fields that stay what they are among columns of answers
_APART = {
    "nps", "nps_group", "id", "customer_id", "order", "date", "start_date", "end_date", "period", "email", "phone", "ip", "person_name",
    "comment", "side",
}  # fmt: skip
#: types of fields that a column of answers is mistaken for only where its header hardly says so
_FIGURES = ("number", "count", "id", "date", "flag", "link")
_FIGURE = re.compile(r"^([0-9]|10)(?:[.,]([05])0?)?(?:\s*/\s*(5|7|10))?(?:\s*[-–:=]\s*[<(]*[^\W\d][^\d]*)?$")
#: answers as LimeSurvey numbers them: A1 to A5
_CODED = re.compile(r"^A0?(\d{1,2})$")
#: above these the scale of a column of figures is said, lowest first
_TOPS = (5, 7, 10)
#: answers that it takes, and how few different things a scale can say
_ROWS, _STEPS = 5, 11
#: so many columns on one scale need fewer answers
_MANY = 5
#: cells that say “4/5”
_ENOUGH = 3
#: so many columns under names of stages
_STAGED = 3
#: of a column among such ones, this share of the answers may be of the scale: the others are remarks
_MOSTLY = 0.75
_NUMBER = re.compile(r"^\s*(?:Q(?:uestion)?\s*)?\d{1,2}\s*(?:[.):–—-]|\s[–—-])\s*|^\s*Q\d{1,2}\s+", re.I)
_ASKED = re.compile(
    r"^(?:(?:comment|how)\s+)?(?:(?:jugez|[ée]valuez|trouvez|notez|noteriez|qualifiez|estimez|avez|évalueriez|jugeriez|appréciez)[- ]vous"
    r"(?:\s+(?:trouvé|jugé|apprécié|noté|évalué))?|(?:would|do|did) you (?:rate|find|judge|like|evaluate)|was|were|is|are"
    r"|(?:please\s+)?rate|notez|évaluez|que pensez[- ]vous d(?:e|u|es)|what do you think of|votre avis sur|your opinion (?:on|of))\s+",
    re.I,
)
_ARTICLE = re.compile(r"^(?:(?:la|le|les|de la|du|des|the|our|your|notre|nos|votre|vos)\s+|(?:de l|l|d)['’]\s*)", re.I)
_TAIL = re.compile(r"\s*(?:(?:/|\bsur\b|\bout of\b)\s*\d{1,3}|[01]\s*(?:-|–|à|to)\s*(?:5|7|10|20|100))\s*$", re.I)
_NOTE = re.compile(r"^(?:note|score|avis|rating|satisfaction|évaluation|appréciation)\s+(?=\S{3})", re.I)
#: words for the whole that name a part of it where other parts are judged beside them
_WHOLE = frozenset({"service", "services", "produit", "produits", "product", "products"})
_LONGEST = 70


def with_answers(
    headers: Sequence[str], found: list[Guess | None], samples: Sequence[Sample], rows: int
) -> tuple[list[Guess | None], list[str]]:
    """The guesses, and which columns were taken for answers on a scale although neither their own header nor a scale in it says so.

    A column whose header states a scale (“Accueil /5”) is one by itself where its values lie on it, as is a question that is answered
    in words of degree; else two at least must be answered on one scale, or one beside a column that is a score for certain, by five
    people at least, in a table that is of no other kind. Columns that stand among such ones and are answered on their scale are too,
    whatever their header could mean elsewhere (“Prix”, “Service”).
    """
    if not may_be_answers(headers, found, samples, rows):
        return found, []
    fields = [guess.field if guess else None for guess in found]
    scales = {n: scale for n, header in enumerate(headers) if (scale := scale_of(header, samples[n]))}
    seen = {n: scale for n, scale in scales.items() if _free(headers[n], found[n], samples[n], scale)}
    stated = {n for n in seen if stated_scale(headers[n]) or _written(samples[n])}
    often = Counter(seen.values())
    few = {n for n in seen if often[seen[n]] >= _MANY and samples[n].filled >= _ENOUGH}
    enough = [n for n in seen if n in stated or n in few or samples[n].filled >= _ROWS]
    told = [n for n in enough if n in stated or often[seen[n]] > 1 or _by_itself(n, seen, headers, found, samples)]
    if told:  # words that are degrees keep company with figures: “Bon” under “Attente”, 4 under “Accueil”
        told = [n for n in seen if n in told or seen[n] == "words"]
    others = [field for n, field in enumerate(fields) if n not in told]
    if not told or (kind_of(fields, list(headers), rows) == "customers" and not _plenty(stated, [seen[n] for n in told], others)):
        return found, []
    told += _among(told, seen, headers, found, samples)
    found = list(found)
    for n in told:
        found[n] = Guess("satisfaction", 0.85 if n in stated else 0.7)
    return found, [headers[n] for n in sorted(told) if not stated_scale(headers[n])]


def may_be_answers(headers: Sequence[str], found: Sequence[Guess | None], samples: Sequence[Sample], rows: int) -> bool:
    """Whether nothing tells that a table is of another kind than the answers of people, each of whom may belong to a persona."""
    sure = {guess.field for guess in found if guess and guess.confidence >= 0.85}
    personas = [seen for guess, seen in zip(found, samples, strict=True) if guess and guess.field == "persona"]
    one_each = any(seen.distinct > 0.5 * seen.filled for seen in personas)
    if sure & _OTHER or one_each:
        return False
    return kind_of([guess.field if guess else None for guess in found], list(headers), rows) in _OPEN


def under_stages(
    upper: Sequence[str], lower: Sequence[str], headers: Sequence[str], samples: Mapping[str, Sample]
) -> dict[str, tuple[str, str]]:
    """Header → (stage, touchpoint), where a row of stages stands over the names of what was judged, all of it on one scale.

    Parameters
    ----------
    upper, lower : the two rows of the header, labels over several columns repeated for each of them.
    headers : the header of each of these columns.
    samples : header → what the column holds.
    """
    found = {header: (up, low) for up, low, header in zip(upper, lower, headers, strict=True) if up and low and header in samples}
    groups = Counter(up for up, _ in found.values())
    named = {text for pair in found.values() for text in pair}
    if len(found) < _STAGED or len(groups) < 2 or max(groups.values()) < 2 or len(found) > len(set(found.values())):
        return {}
    if any(is_period(text) or is_question(text) or stated_scale(text) or _measures(text) for text in named):
        return {}
    scales = {header: scale_of(low, samples[header]) for header, (_, low) in found.items()}
    told = [scale for scale in scales.values() if scale]
    alike = set(told) == {"words"} or all(seen.numbers >= 0.9 for seen in map(samples.__getitem__, found))
    enough = all(samples[header].filled >= _ROWS for header in found)
    return found if alike and enough and 2 * len(told) > len(found) else {}


def _measures(text: str) -> bool:
    """Whether a header is a measure rather than a thing that was judged."""
    first = next(iter(guesses(text)), None)
    figure = first is not None and first.confidence >= 0.85 and FIELDS[first.field].type in ("score", "money", "percent")
    return figure or _counts(text)


def _written(seen: Sample) -> bool:
    """“4/5” in every cell: a mark that says what it is out of."""
    told = [word for word in seen.words if word and not is_missing(word) and not is_unknown(word)]
    return len(told) >= _ENOUGH and all((found := _FIGURE.match(word)) is not None and found[3] is not None for word in told)


def _are_faces(seen: Sample) -> bool:
    """Faces, stars and thumbs: nobody writes them but to judge."""
    told = [word for word in seen.words if word and not is_missing(word)]
    return len(set(told)) > 1 and not any(char.isalnum() for word in told for char in word)


def _by_itself(
    n: int, seen: dict[int, str], headers: Sequence[str], found: Sequence[Guess | None], samples: Sequence[Sample]
) -> bool:
    """Whether one column alone may be answers: a question in words of degree, faces, or one beside a column that is a score for certain."""
    if seen[n] == "words" and (is_question(headers[n]) or _are_faces(samples[n])):
        return True
    if seen[n] == "words" and any(guess and guess.field == "comment" for guess in found):
        return False  # “Great”, “Bad”: titles of reviews
    scores = [place for place, guess in enumerate(found) if guess and guess.field in (*JUDGED, "nps") and guess.confidence >= 0.8]
    return bool(scores) and (seen[n] == "words" or any(abs(place - n) == 1 for place in scores))


def _among(
    told: list[int], seen: dict[int, str], headers: Sequence[str], found: Sequence[Guess | None], samples: Sequence[Sample]
) -> list[int]:
    """Columns that stand next to those, one after the other, and are answered on the same scale, whatever else their header could mean."""
    scales = {n: seen[n] for n in told}
    if len(told) < 2:
        return []
    for step in (1, -1):
        for n in range(len(headers))[::step]:
            beside = scales.get(n - step)
            guess = found[n]
            if n in scales or beside is None or _counts(headers[n]) or (guess and guess.field in {*_APART, *JUDGED}):
                continue
            scale = scale_of(headers[n], samples[n], share=_MOSTLY)
            if scale == beside or (scale and "words" not in (scale, beside) and float(scale) <= float(beside)):
                scales[n] = beside
    return [n for n in scales if n not in told]


def _plenty(stated: set[int], scales: list[str], fields: Sequence[str | None]) -> bool:
    """Whether a table of customers is rather one of their answers: small figures alone may count what they bought."""
    others = {field for field in fields if field} - {"customer_id", "id", "order", "date", "comment", *JUDGED}
    return bool(stated) or "words" in scales or len(scales) > 2 or not others


def _counts(header: str) -> bool:
    return len(header.strip()) < 2 or bool(_COUNTED.match(normalise(_NUMBER.sub("", header))))


def _free(header: str, guess: Guess | None, seen: Sample, scale: str) -> bool:
    """Whether a column may be answers: its header is not sure to mean something else that its values could be."""
    if not seen.filled or (scale != "words" and _counts(header)) or _OFTEN.search(normalise(header)):
        return False
    if guess is None:  # “NPS 2023” beside “NPS 2024” is no other thing
        return not any(one.field == "nps" and one.confidence >= 0.8 for one in guesses(header))
    if guess.field in (*JUDGED, "nps"):
        return False
    if guess.field in ("id", "customer_id"):
        return False
    if scale == "words" and (guess.confidence < 0.9 or FIELDS[guess.field].type in _FIGURES):
        return True
    if guess.field == "date":
        return False
    kinds = ("text", "category", "list", "money", "duration") if stated_scale(header) else ("text", "category", "list")
    kind = FIELDS[guess.field].type
    return kind in kinds or (guess.confidence < 0.9 and (kind not in _FIGURES or (guess.confidence < 0.8 and kind == "count")))


def scale_of(header: str, seen: Sample, share: float = 0.95) -> str:
    """The scale that the values of a column lie on: ``words``, or the top of figures; nothing for others."""
    stated = stated_scale(header)
    long = stated is not None and stated[1] > 10
    told = [word for word in seen.words if word and not is_missing(word) and not is_unknown(word) and (long or word not in CODES)]
    if long and stated is not None:
        return f"{stated[1]:g}" if told and sum(_inside(word, stated) for word in told) >= 0.95 * len(told) else ""
    halves = any(re.fullmatch(r"\d+[.,]50?", word) for word in told)
    if not told or len(set(told)) > (2 * _STEPS if halves else _STEPS):
        return ""
    steps = {} if all(yes_or_no(word) is not None for word in set(told)) else ladder(set(told))
    if marked_in_letters(told):
        return "words"
    if sum(word in steps or (degree(word) is not None and not word.isdigit()) for word in told) >= 0.9 * len(told):
        return "words" if len(set(told)) > 1 else ""
    coded = "[" in header or is_question(header)
    figures = [_FIGURE.match(_CODED.sub(r"\1", word) if coded else word) for word in told]
    values = [float(f"{figure[1]}.{figure[2] or 0}") for figure in figures if figure]
    if len(values) < share * len(told):
        return ""
    return _top(header, values, {int(figure[3]) for figure in figures if figure and figure[3]})


def _inside(word: str, ends: tuple[float, float]) -> bool:
    number = parse_number(word)
    return number is not None and min(ends) <= number.value <= max(ends)


def _top(header: str, values: list[float], written: set[int]) -> str:
    stated = stated_scale(header)
    if stated is not None:
        return f"{stated[1]:g}" if min(stated) <= min(values) and max(values) <= max(stated) else ""
    if written:
        return str(max(written)) if max(values) <= max(written) else ""
    zeros = sum(value == 0 for value in values)
    if len(set(values)) < 2 or zeros > 0.2 * len(values):  # counts have many noughts, and a scale of answers few
        return ""
    top = next((top for top in _TOPS if max(values) <= top), None)
    return str(top) if top else ""


def subjects_of(headers: Sequence[str], fields: Sequence[str | None], taken: Sequence[str] = ()) -> dict[str, str]:
    """Header → what was judged, of columns of one measure whose header is the name of a thing; of those ``taken`` for answers, each.

    >>> subjects_of(["Accueil /5", "Comment jugez-vous la propreté ?", "Note globale"], ["satisfaction"] * 3)
    {'Accueil /5': 'Accueil', 'Comment jugez-vous la propreté ?': 'propreté'}
    """
    often = Counter(field for field in fields if field in JUDGED)
    named = {}
    for header, field in zip(headers, fields, strict=True):
        asked = bool(stated_scale(header) or _ASKED.match(_NUMBER.sub("", header)) or header in taken)
        alone = field is None or field not in JUDGED or (often[field] < 2 and not asked)
        said = measured_subject(header)
        if said is not None and header in taken:
            named[header] = said[1]
        if alone or said is not None or subject_of(header) is not None:
            continue
        short = _TAIL.sub("", _bare(header))
        if about := thing_of(header) or (short if often[field or ""] > 1 and normalise(short) in _WHOLE else ""):
            named[header] = about
    return named


def thing_of(header: str) -> str:
    """The thing that a header names, without number, question, scale and article; nothing where it names the whole.

    >>> thing_of("Q2. How would you rate the check-in? (1-5)"), thing_of("Satisfaction globale"), thing_of("Prix sur 10")
    ('check-in', '', 'Prix')
    """
    text = _TAIL.sub("", _NUMBER.sub("", _bare(header)).rstrip(" ?:.!*"))
    asked = _ASKED.sub("", text)
    text = _ARTICLE.sub("", asked) if asked != text or is_question(header) else text
    text = LEADING.sub("", bare) if (bare := _NOTE.sub("", text)) != text else text
    text = text.strip(" «»\"'“”:–—-")
    words = set(normalise(text).split())
    return "" if not words or words <= GENERAL or _judges(text) or len(text) > _LONGEST else text


def _bare(header: str) -> str:
    """A header without what stands in brackets."""
    for inside in brackets(header):
        header = re.sub(rf"[(\[{{]{re.escape(inside)}[)\]}}]", " ", header)
    return " ".join(header.split())


def _judges(text: str) -> bool:
    return normalise(text) in {"satisfaction", "note", "score", "avis", "rating", "emotion", "importance", "effort", "ressenti"}
