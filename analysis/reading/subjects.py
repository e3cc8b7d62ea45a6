"""What a question of a survey is about, where one header alone does not say it: several columns of one measure."""

from __future__ import annotations

import re
from collections import Counter

from analysis.reading.headers import brackets, guesses, is_question, normalise, vocabulary
from analysis.reading.questions import GENERAL, MEASURES, names_measure, subject_of

_BETWEEN = re.compile(r"[\s_]+")
LEADING = re.compile(r"^(?:(?:(?:de|du|des|la|le|les|of|with|the|for|about|pour|sur)\b|[dl]['’]|:|[-–—])\s*)+", re.I)
#: how forms name the columns of a grid of answers
_OF_A_GRID = re.compile(r"^(?P<measure>[^\[\]]{2,60}?)\s*\[(?P<what>[^\[\]]{2,80})\]\s*$")
_ASKING = re.compile(
    r"(?:please |merci d'|merci de |veuillez )?(?:rate|evaluez|evaluer|notez|noter|jugez|indiquez|indiquer|score)\b|.*\b(?:satisf|rating)"
)
_SCORED = frozenset(MEASURES) - {"comment"}


def _commented(header: str, subjects: dict[str, str]) -> str:
    """Of what a column of remarks is, where another measures it: “Accueil - commentaire” beside “Accueil - note”; empty for others."""
    words = [word for word in _BETWEEN.split(header) if word]
    for count in range(min(2, len(words) - 1), 0, -1):
        for said, rest in ((words[:count], words[count:]), (words[-count:], words[:-count])):
            named = any(entry.field == "comment" for entry in vocabulary().get(normalise(" ".join(said)), []))
            about = subjects.get(normalise(LEADING.sub("", " ".join(rest)).strip(" :-–—/")))
            if named and about:
                return about
    return ""


def measured_subject(header: str) -> tuple[str, str] | None:
    """(measure, what is measured) of a header such as "Satisfaction accueil" or "note_caisse"; nothing for others.

    >>> measured_subject("Satisfaction_delai"), measured_subject("Accueil : satisfaction (1-5)"), measured_subject("Satisfaction client")
    (('satisfaction', 'delai'), ('satisfaction', 'Accueil'), None)
    """
    if is_question(header):
        return None
    if (asked := _OF_A_GRID.match(header)) and (field := _measure(asked["measure"])) and _is_subject(asked["what"]):
        return field, asked["what"].strip()
    text = header
    for inside in brackets(header):
        text = text.replace(f"({inside})", " ").replace(f"[{inside}]", " ")
    words = [word for word in _BETWEEN.split(text) if word]
    for count in range(min(3, len(words) - 1), 0, -1):
        for measure, rest in ((words[:count], words[count:]), (words[-count:], words[:-count])):
            field = _measure(" ".join(measure))
            about = LEADING.sub("", " ".join(rest)).strip(" :-–—/")
            if field and _is_subject(about):
                return field, about
    return None


def _general_measure(header: str) -> str:
    """The measure of a header that judges the whole: "Satisfaction globale (/10)"; empty for others."""
    words = normalise(header).split()
    measures = {word: field for word in words if (field := _measure(word))}
    whole = len(words) > 1 and len(measures) == 1 and set(words) - GENERAL <= set(measures)
    return next(iter(measures.values())) if whole else ""


def _measure(text: str) -> str | None:
    found = [entry.field for entry in vocabulary().get(normalise(text), []) if entry.field in _SCORED]
    return found[0] if found else None


def _is_subject(text: str) -> bool:
    words = set(normalise(text).split())
    if not words or words <= GENERAL or not any(char.isalpha() for char in text):
        return False
    return not names_measure(text)


def repeated_measures(headers: list[str]) -> dict[str, tuple[str, str]]:
    """Header → (measure, what is measured), where two or more columns measure different things in one way.

    >>> repeated_measures(["Date", "Note accueil", "Note caisse"])
    {'Note accueil': ('rating', 'accueil'), 'Note caisse': ('rating', 'caisse')}
    """
    first = [told[0] for header in headers if (told := guesses(header))]
    if any(guess.field == "touchpoint" and guess.confidence >= 0.9 for guess in first):
        return {}
    measured = {header: found for header in headers if (found := measured_subject(header))}
    often = Counter(measure for measure, _ in measured.values())
    often.update(_general_measure(header) for header in headers if header not in measured)
    several = sum(often[measure] for measure in _SCORED) > 2  # “Importance du prix”, “Importance du conseil”, “Satisfaction conseil”
    scored = {header: found for header, found in measured.items() if often[found[0]] > 1 or several}
    subjects = {normalise(about): about for _, about in scored.values()}
    return scored | {header: ("comment", about) for header in headers if header not in scored and (about := _commented(header, subjects))}


def asks(text: str) -> bool:
    """Whether a label over several columns is the question that they answer: “Please rate the following”."""
    return is_question(text) or bool(_ASKING.match(normalise(text)))


def _scored(header: str) -> bool:
    return subject_of(header) is None and any(guess.field in _SCORED for guess in guesses(header))


def matrix_subjects(upper: list[str], lower: list[str], headers: list[str]) -> dict[str, str]:
    """Header → the label of the lower row, where one question stands over several columns (the matrix of a survey)."""
    often = Counter(text for text in upper if text)
    return {
        header: low
        for header, up, low in zip(headers, upper, lower, strict=True)
        if up and low and often[up] > 1 and (asks(up) or _scored(header))
    }
