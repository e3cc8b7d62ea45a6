"""Surveys typed on their side: a row a question, a column a person."""

from __future__ import annotations

import re

from analysis.reading.headers import normalise

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
