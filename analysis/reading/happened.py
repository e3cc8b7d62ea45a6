"""Tables of what happened: event logs and tickets. What their columns mean is told by their company and by how values repeat."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from analysis.reading.headers import Guess
from analysis.reading.recognise import Sample

_CLOCK = re.compile(r"\d[T ,à]+\d{1,2}\s?[:h]\s?\d{2}")
_MIDNIGHT = re.compile(r"[T ]00:00(?::00)?(?:\.0+)?$")
#: what is said of a plan or of a map, and not of what happened
_ELSEWHERE = {
    "touchpoint", "impact", "effort", "emotion", "pain", "opportunity", "due_date", "progress", "kpi", "kpi_target", "kpi_value",
    "satisfaction", "nps", "rating", "ces", "question", "answer",
}  # fmt: skip
_SURE = 0.8
#: how a case stands; and what is said of plans and maps, not of cases
_STANDS = {"status", "priority", "end_date"}
_PLANNED = {"action", "effort", "opportunity", "due_date", "progress", "kpi", "cost"}
_WHO = ("id", "customer_id", "ip", "email")
#: who somebody is, not what happened to them
_FACTS = {"person_name", "email", "phone", "company", "revenue", "lifecycle"}


def as_log(found: list[Guess | None], samples: Sequence[Sample]) -> list[Guess | None]:
    """The guesses of an event log: an “activity” of it is what happened; so is the kind of a ticket that has no subject.

    A log is told by a date beside identifiers that come back on other lines, or by the hour of its dates.
    """
    fields = {guess.field: place for place, guess in enumerate(found) if guess}
    sure = {guess.field for guess in found if guess and guess.confidence >= _SURE}
    when = next((name for name in ("date", "start_date") if name in fields), None)
    if when is None or "event" in fields or sure & _ELSEWHERE:
        return _as_ticket(found, fields, samples)
    back, hours = _comes_back(fields, samples), _has_hours(samples[fields[when]])
    told = (back and hours) if "owner" in sure or when == "start_date" else (back or hours)
    names = ("step", "action", "stage") if back and hours else ("step", "action")
    where = next((name for name in names if name in fields), None)
    if where is None or "comment" in fields or not told:
        return _as_ticket(found, fields, samples)
    return _with(_with(found, fields[when], "date"), fields[where], "event")


def _as_ticket(found: list[Guess | None], fields: dict[str, int], samples: Sequence[Sample]) -> list[Guess | None]:
    """A ticket begins on its date, not on that of a plan; without a subject, its category is what happened."""
    words = set(fields) & {"description", "comment", "event"}
    state = set(fields) & {"status", "priority", "end_date", "rating", "duration"}
    if "start_date" in fields and "date" not in fields and words and state and not set(fields) & {"action", "due_date", "question"}:
        found = _with(found, fields["start_date"], "date")
        fields = fields | {"date": fields["start_date"]}
    found, fields = _in_words(found, fields, samples)
    timed = {"id", "date"} <= set(fields) and set(fields) & {"status", "priority", "end_date"}
    what = next((name for name in ("family", "tags") if name in fields), None)
    if timed and not words and what is not None and not set(fields) & (_ELSEWHERE - {"due_date"}):
        return _with(found, fields[what], "event")
    return found


def _in_words(found: list[Guess | None], fields: dict[str, int], samples: Sequence[Sample]) -> tuple[list[Guess | None], dict[str, int]]:
    """Of dated cases that are closed or open, a reason that comes back is a category, and what went wrong the customer's words.

    Touchpoints that come back from case to case are what the cases are about, not a list of them.
    """
    told = fields.keys()
    if "date" not in told or not told & _STANDS or told & _PLANNED or not told & {"id", "end_date"}:
        return found, fields
    again = "touchpoint" in told and samples[fields["touchpoint"]].distinct <= 0.5 * samples[fields["touchpoint"]].filled
    if again and "pain" in told and not told & {"comment", "description"}:
        found = _with(found, fields["pain"], "comment")
    if {"comment", "description"} <= told and "family" not in told:
        reason, words = samples[fields["comment"]], samples[fields["description"]]
        if reason.distinct <= 0.34 * reason.filled and reason.length < words.length:
            found = _with(_with(found, fields["comment"], "family"), fields["description"], "comment")
    return found, {guess.field: place for place, guess in enumerate(found) if guess}


def is_log(fields: set[str]) -> bool:
    """Whether fields are those of a log without names of events: who, when, and by which way.

    >>> is_log({"date", "customer_id", "channel", "cost"}), is_log({"date", "customer_id", "channel", "email"})
    (True, False)
    """
    ways = {"channel", "url", "campaign", "medium"}
    return {"date", "customer_id"} <= fields and bool(fields & ways) and not fields & (_FACTS | _ELSEWHERE | {"comment"})


def is_ticket(fields: set[str]) -> bool:
    """Whether fields are those of a list of tickets: a subject or a message, when, and how it stands.

    >>> is_ticket({"description", "date", "end_date"}), is_ticket({"comment", "id", "date"})
    (True, False)
    """
    if fields & {"action", "event", "kpi", "kpi_target", "nps", "question", "cost", "effort"} or {"revenue", "company"} <= fields:
        return False
    if {"description", "date", "end_date"} <= fields or {"comment", "id", "date", "status"} <= fields:
        return not fields & {"persona", "due_date"}  # from a day to another: how grave it was and where it happened may stand beside
    if fields & {"touchpoint", "answer"}:
        return False
    if "description" in fields and fields & {"date", "id"}:
        return bool(fields & _STANDS) and not fields & {"impact", "stage", "persona"}
    handled = len(fields & {"priority", "end_date", "owner", "duration", "status"})
    return "comment" in fields and {"id", "date"} <= fields and "status" in fields and handled >= 2


def _comes_back(fields: dict[str, int], samples: Sequence[Sample]) -> bool:
    seen = [samples[fields[name]] for name in _WHO if name in fields]
    return any(1 < one.distinct < 0.8 * one.filled or (one.distinct == 1 and one.filled > 2) for one in seen)


def _has_hours(seen: Sample) -> bool:
    timed = sum(bool(_CLOCK.search(word)) and not _MIDNIGHT.search(word) for word in seen.words[:50])
    return timed > 0.5 * min(len(seen.words), 50)


def _with(found: list[Guess | None], place: int, field: str) -> list[Guess | None]:
    return [replace(one, field=field) if n == place and one else one for n, one in enumerate(found)]
