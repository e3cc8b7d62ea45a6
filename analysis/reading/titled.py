"""What a column called “Nom” names: what the sheet, or the title over the table, says that the table is about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.reading.headers import Guess, normalise
from analysis.reading.lanes import says_of_people
from analysis.reading.recognise import Sample

#: headers that say that a column names things, and not which
_NAMES = re.compile(
    r"^(?:noms?|names?|libelle|intitule|titre|title|designation|label|element|item|denomination|nom complet|prenom|first name)$"
)
_TITLES = (
    ("touchpoint", re.compile(r"\b(?:points? de contacts?|touch ?points?|points? d'interaction)\b")),
    ("persona", re.compile(r"\bpersonas?\b")),
    ("kpi", re.compile(r"\b(?:indicateurs?|kpis?|metrics?|tableau de bord|dashboard)\b")),
    ("action", re.compile(r"\b(?:plan d'actions?|actions?|action plan|feuille de route|roadmap|to ?do|chantiers?)\b")),
)
_PLANNED = {"due_date", "start_date", "end_date", "owner", "status", "progress", "priority"}
_LONGEST_TITLE = 80
_SOMEBODY = ("person", "people", "personne", "personnes", "assign", "members")


def named_by_title(
    headers: Sequence[str], found: list[Guess | None], samples: Sequence[Sample], titles: Sequence[str]
) -> list[Guess | None]:
    """The guesses, where a column of names, or the first one without a header, holds what a title of the table names."""
    fields = {one.field for one in found if one}
    place = next((n for n, header in enumerate(headers) if _NAMES.match(normalise(header)) and _told(samples[n])), None)
    weighed = {"effort", "impact"} if {"due_date", "status"} <= fields else set()
    if place is not None and len(fields & (_PLANNED | weighed)) >= 3 and not fields & {"touchpoint", "persona", "kpi"}:
        return _as_action(_with_owner(headers, found, fields), place, samples)
    about = _about_people(headers, fields) or next((field for title in titles if (field := _titled(title))), None)
    if about == "persona" and place is None and found and (found[0] is None or normalise(headers[0]) == "a") and _told(samples[0]):
        place = 0
    if place is None or about is None or fields & {"touchpoint", "persona", "kpi", "action", "customer_id", "email", "phone"}:
        return found
    return [*found[:place], Guess(about, 0.85), *found[place + 1 :]]


def _with_owner(headers: Sequence[str], found: list[Guess | None], fields: set[str]) -> list[Guess | None]:
    """“Person” beside what is to be done and until when is who does it."""
    place = next((n for n, header in enumerate(headers) if normalise(header) in _SOMEBODY), None)
    if place is None or "owner" in fields:
        return found
    return [*found[:place], Guess("owner", 0.8), *found[place + 1 :]]


def _as_action(found: list[Guess | None], place: int, samples: Sequence[Sample]) -> list[Guess | None]:
    """What is due, done and somebody's is an action; a project that several actions share is none of them."""
    other = next((n for n, one in enumerate(found) if one and one.field in ("action", "step")), None)
    if other is not None and _told(samples[other]):
        return found
    return [Guess("action", 0.85) if n == place else None if n == other else one for n, one in enumerate(found)]


def _titled(title: str) -> str | None:
    text = normalise(title) if len(title) <= _LONGEST_TITLE else ""
    return next((field for field, pattern in _TITLES if pattern.search(text)), None)


def _about_people(headers: Sequence[str], fields: set[str]) -> str | None:
    """Wishes and frustrations beside an age or a profession are those of personas."""
    wishes = fields & {"need", "kpi_target"} and "pain" in fields
    return "persona" if wishes and any(map(says_of_people, headers)) and not fields & {"stage", "date", "company"} else None


def _told(seen: Sample) -> bool:
    return seen.filled > 0 and seen.textual and seen.distinct >= 0.8 * seen.filled
