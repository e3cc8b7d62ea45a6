"""Surveys typed on their side: a row a question, a column a person."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.reading.headers import Guess, normalise
from analysis.reading.recognise import Sample

_STATEMENTS = re.compile(
    r"^(?:questions?(?: ?text)?|questiontext|statements?|items?|criteres?|criteria|criterion|affirmations?|enonces?|themes?|aspects?"
    r"|points? de contact|touchpoints?)\b"
)
_NUMBERED = re.compile(r"^[CEIJNPRSUV] ?\d{1,3}$")
_PERSON = re.compile(
    r"^(?:clients?|patients?|repondante?|repondants?|respondent|participante?|participants?|personne|person|people|customer|guest|visiteur"
    r"|visitor|usager|user|eleve|student|adherent|member|panel\w*|interview\w*|entretien|sujet|subject|fiche|bulletin|reponse|response"
    r"|answer) ?(?:n°|#|no)? ?\d{1,4}$"
)


def people_across(headers: list[str]) -> bool:
    """Whether the columns of a table are people: “Client 1”, “Client 2”, “Client 3” after the questions that they answered.

    >>> people_across(["Question", "Patient 1", "Patient 2", "Patient 3"]), people_across(["Q1", "Q2", "Q3", "Q4"])
    (True, False)
    """
    people = [header for header in headers[1:] if _PERSON.match(normalise(header))]
    if len(people) >= 3 and len(people) >= 0.8 * (len(headers) - 1):
        return True
    numbered = [header for header in headers[1:] if _NUMBERED.match(header)]
    asked = any(_STATEMENTS.match(normalise(header)) for header in headers if header not in numbered)
    return asked and len(numbered) >= 3 and len(numbered) >= 0.6 * (len(headers) - 1) and len({header[0] for header in numbered}) == 1


def with_people(found: list[Guess | None], samples: Sequence[Sample]) -> list[Guess | None]:
    """The guesses of such a survey turned upright: under “Question” stand the people who answered."""
    return [
        Guess("customer_id", 0.85) if guess and guess.field in ("question", "touchpoint") and _are_people(seen) else guess
        for guess, seen in zip(found, samples, strict=True)
    ]


def _are_people(seen: Sample) -> bool:
    return bool(seen.words) and sum(bool(_PERSON.match(normalise(word)) or _NUMBERED.match(word)) for word in seen.words) >= 0.8 * len(
        seen.words
    )
