"""Columns of answers that no header calls so: “Accueil”, “Propreté”, “Prix /5” over figures or words of one scale.

Most forms give a survey in that shape: a column a thing that was judged, its name for a header, and nothing that says “satisfaction”.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from analysis.fields import FIELDS
from analysis.reading.headers import Guess, brackets, is_question, normalise
from analysis.reading.kinds import kind_of
from analysis.reading.questions import GENERAL, subject_of
from analysis.reading.recognise import Sample
from analysis.reading.scales import stated_scale
from analysis.reading.subjects import measured_subject
from analysis.reading.words import degree, is_missing, is_unknown

#: what columns of answers are judged with
JUDGED = ("satisfaction", "rating", "ces", "emotion", "importance")
#: kinds of tables that may turn out to be a survey
_OPEN = ("unknown", "comments", "customers", "survey")
#: what makes a table something else than answers of people
_OTHER = frozenset({"touchpoint", "action", "kpi", "persona", "question", "answer", "event", "kpi_value"})
#: a number of things, a date, an age or a code is no answer, whatever its size
_COUNTED = re.compile(
    r"^(?:nb\w*|nombre|number|num\w*|qte|quantite|qty|quantity|count|#|n°|no|code|id|age|annee|year|mois|month|jours?|days?|semaine|week|etage"
    r"|floor|enfants?|children|achats?|purchases?|visites?|visits?|commandes?|orders?|personnes?|people|guests?|version"
    r"|niveau d|taille|size|heures?|hours?|minutes?|duree|duration|delai|lot|rang|rank|ordre|groupe|group|classe|class|zone|tranche"
    r"|departement|region)\b"
)
_FIGURE = re.compile(r"^([0-9]|10)(?:[.,]([05])0?)?(?:\s*/\s*(5|7|10))?$")
#: above these the scale of a column of figures is said, lowest first
_TOPS = (5, 7, 10)
#: answers that it takes, and how few different things a scale can say
_ROWS, _STEPS = 5, 11
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
_LONGEST = 70


def with_answers(
    headers: Sequence[str], found: list[Guess | None], samples: Sequence[Sample], rows: int
) -> tuple[list[Guess | None], list[str]]:
    """The guesses, and which columns were taken for answers on a scale although neither their own header nor a scale in it says so.

    A column whose header states a scale (“Accueil /5”) is one by itself where its values lie on it; else two at least must be answered
    on one scale, by five people at least, in a table that is of no other kind.
    """
    fields = [guess.field if guess else None for guess in found]
    sure = {guess.field for guess in found if guess and guess.confidence >= 0.85}
    if sure & _OTHER or kind_of(fields, list(headers), rows) not in _OPEN:
        return found, []
    seen = {n: scale for n, header in enumerate(headers) if _free(header, found[n], samples[n]) and (scale := _scale(header, samples[n]))}
    stated = {n for n in seen if stated_scale(headers[n])}
    often = Counter(seen.values())
    told = [n for n in seen if n in stated or (often[seen[n]] > 1 and samples[n].filled >= _ROWS)]
    if told:  # words that are degrees keep company with figures: “Bon” under “Attente”, 4 under “Accueil”
        told = [n for n in seen if n in told or seen[n] == "words"]
    if not told or (kind_of(fields, list(headers), rows) == "customers" and not _plenty(stated, [seen[n] for n in told])):
        return found, []
    found = list(found)
    for n in told:
        found[n] = Guess("satisfaction", 0.85 if n in stated else 0.7)
    return found, [headers[n] for n in told if n not in stated]


def _plenty(stated: set[int], scales: list[str]) -> bool:
    """Whether a table of customers is rather one of their answers: small figures alone may count what they bought."""
    return bool(stated) or "words" in scales or len(scales) > 2


def _free(header: str, guess: Guess | None, seen: Sample) -> bool:
    """Whether a column may be answers: its header is not sure to mean something else that its values could be."""
    if len(header.strip()) < 2 or not seen.filled or _COUNTED.match(normalise(_NUMBER.sub("", header))):
        return False
    if guess is None:
        return True
    if guess.field in (*JUDGED, "nps", "id", "customer_id", "date"):
        return False
    kinds = ("text", "category", "list", "money", "duration") if stated_scale(header) else ("text", "category", "list")
    kind = FIELDS[guess.field].type
    return kind in kinds or (guess.confidence < 0.9 and kind not in ("number", "count", "id", "date", "flag", "link"))


def _scale(header: str, seen: Sample) -> str:
    """The scale that the values of a column lie on: ``words``, or the top of figures; nothing for others."""
    told = [word for word in seen.words if word and not is_missing(word) and not is_unknown(word)]
    if not told or len(set(told)) > _STEPS:
        return ""
    if sum(degree(word) is not None and not word[:1].isdigit() for word in told) >= 0.9 * len(told):
        return "words" if len(set(told)) > 1 else ""
    figures = [_FIGURE.match(word) for word in told]
    values = [float(f"{figure[1]}.{figure[2] or 0}") for figure in figures if figure]
    if len(values) < 0.95 * len(told):
        return ""
    return _top(header, values, {int(figure[3]) for figure in figures if figure and figure[3]})


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


def subjects_of(headers: Sequence[str], fields: Sequence[str | None]) -> dict[str, str]:
    """Header → what was judged, of columns of one measure whose header is the name of a thing.

    >>> subjects_of(["Accueil /5", "Comment jugez-vous la propreté ?", "Note globale"], ["satisfaction"] * 3)
    {'Accueil /5': 'Accueil', 'Comment jugez-vous la propreté ?': 'propreté'}
    """
    often = Counter(field for field in fields if field in JUDGED)
    named = {}
    for header, field in zip(headers, fields, strict=True):
        alone = field not in JUDGED or (often[field] < 2 and not stated_scale(header))
        if alone or measured_subject(header) is not None or subject_of(header) is not None:
            continue
        if about := thing_of(header):
            named[header] = about
    return named


def thing_of(header: str) -> str:
    """The thing that a header names, without number, question, scale and article; nothing where it names the whole.

    >>> thing_of("Q2. How would you rate the check-in? (1-5)"), thing_of("Satisfaction globale"), thing_of("Prix sur 10")
    ('check-in', '', 'Prix')
    """
    text = header
    for inside in brackets(header):
        text = re.sub(rf"[(\[{{]{re.escape(inside)}[)\]}}]", " ", text)
    text = _TAIL.sub("", _NUMBER.sub("", " ".join(text.split())).rstrip(" ?:.!*"))
    asked = _ASKED.sub("", text)
    text = _ARTICLE.sub("", asked) if asked != text or is_question(header) else text
    text = _NOTE.sub("", text).strip(" «»\"'“”:–—-")
    words = set(normalise(text).split())
    return "" if not words or words <= GENERAL or _judges(text) or len(text) > _LONGEST else text


def _judges(text: str) -> bool:
    return normalise(text) in {"satisfaction", "note", "score", "avis", "rating", "emotion", "importance", "effort", "ressenti"}
