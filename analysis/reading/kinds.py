"""What a table is about: touchpoints, a survey, comments, events, indicators, customers, actions, personas."""

from __future__ import annotations

from collections.abc import Iterable

from analysis.reading.happened import is_log, is_ticket
from analysis.reading.headers import is_question

KINDS = (
    "touchpoints",
    "survey",
    "comments",
    "events",
    "kpis",
    "customers",
    "actions",
    "personas",
    "journey_grid",
    "unknown",
)
_ANSWERS = {"satisfaction", "nps", "ces", "importance", "rating", "emotion"}
_INVENTORY = {
    "stage",
    "family",
    "channel",
    "online",
    "direct",
    "impact",
    "effort",
    "importance",
    "cost",
    "running_cost",
    "satisfaction",
    "emotion",
    "pain",
    "delight",
    "opportunity",
    "reach",
    "owner",
    "team",
    "moment_of_truth",
    "complaints",
    "fit",
    "touchpoint_value",
}
#: what only an inventory of touchpoints says of them
_MAPPED = {"action", "effort", "satisfaction", "emotion", "pain", "delight", "opportunity", "family", "moment_of_truth", "importance"}
#: what is said of the steps of a map, not of projects
_OF_A_MAP = {"stage", "emotion", "thought", "pain", "delight", "opportunity", "satisfaction", "rating", "step", "family", "channel"}
#: what is said of places, days and answers, not of a persona
_NO_PERSONA = {"touchpoint", "stage", "date", "rating", "nps", "satisfaction", "kpi", "impact", "customer_id", "answer", "question"}
#: what lists of pain points and moments of delight tell of each
_OF_CARDS = frozenset(
    "pain delight opportunity need thought stage family channel impact importance effort frequency count complaints cost owner team persona"  # noqa: SIM905
    " priority description id order emotion evidence source tags".split()
)
#: what an action list says of each action; two of them tell it from an inventory that names a step
_PLANNED = {"due_date", "start_date", "end_date", "status", "progress", "priority"}


def kind_of(fields: Iterable[str | None], headers: list[str], rows: int) -> str:
    """The kind of a table from its fields and headers.

    >>> kind_of(["stage", "touchpoint", "impact"], ["Étape", "Point de contact", "Impact"], 19)
    'touchpoints'
    """
    told = [field for field in fields if field]
    have = set(told)
    asked = sum(1 for header in headers if is_question(header))
    answers = have & _ANSWERS
    respondent = have & {"date", "start_date", "end_date", "id", "customer_id", "email", "nps_group"}
    if asked >= 2 and (answers or "comment" in have):
        return "survey"
    if "persona" in have and have & {"need", "pain"} and not have & _NO_PERSONA:
        return "personas"
    if is_ticket(have):
        return "comments"
    if {"comment", "id", "date", "end_date"} <= have and not have & {"touchpoint", "stage", "nps", "question", "action"}:
        return "comments"  # registers of complaints: when they came, when they were closed
    if "touchpoint" not in have and sum(field in ("satisfaction", "rating", "ces") for field in told) >= 2:
        return "survey"
    felt = sum(field in ("emotion", "emotion_score") for field in told)
    if felt >= 2 and respondent and not have & {"touchpoint", "stage", "kpi", "action"}:
        return "survey"
    planned = len(have & _PLANNED)
    if have & {"action", "step"} and (planned >= 3 or (planned >= 2 and not have & {"impact", "reach", "emotion", "pain"})):
        return "actions"
    if "action" in have and len(have & {"owner", "due_date", "status", "start_date", "progress", "priority"}) >= 2:
        return "actions"
    if {"action", "due_date"} <= have and have & {"accountable", "team", "cost", "effort"} and not have & {"emotion", "thought"}:
        return "actions"
    if {"action", "effort"} <= have and "touchpoint" not in have:
        return "actions"
    if "action" in have and have & {"cost", "running_cost"} and have & {"priority", "status", "progress", "owner"} and not have & _OF_A_MAP:
        return "actions"
    if {"action", "impact"} <= have and not have & {"touchpoint", "stage", "emotion", "thought", "kpi", "date", "persona"}:
        return "actions"
    if "comment" in have and have & {"source", "evidence"} and have & {"rating", "date"} and not have & {"impact", "effort", "owner"}:
        return "comments"
    if "kpi" in have and have & {"kpi_value", "kpi_target"} and not have & _MAPPED:
        return "kpis"
    if {"touchpoint", "date", "customer_id"} <= have and not have & (_MAPPED | _ANSWERS | {"comment", "answer"}):
        return "events"
    if {"touchpoint"} <= have:
        long_form = (
            bool(answers & {"satisfaction", "rating", "nps", "ces"} or "answer" in have or (answers and "side" in have))
            and bool(respondent or have & {"side", "person_name"})
            and not have & {"impact", "effort"}
            and (not have & {"stage", "owner"} or "side" in have or _by_somebody(have))
        )
        return "survey" if long_form else "touchpoints" if len(have & _INVENTORY) >= 1 or rows < 400 else "events"
    if have == {"customer_id"} and len(headers) >= 5:  # facts that no field is known for
        return "customers"
    return _other(have, answers, respondent, told)


def _by_somebody(have: set[str]) -> bool:
    """Of whom a row is, and of when."""
    return "date" in have and bool(have & {"customer_id", "email", "person_name"})


def _other(have: set[str], answers: set[str], respondent: set[str], told: list[str]) -> str:
    if "nps" in have or ({"satisfaction", "ces"} & have and (respondent or "comment" in have)) or {"question", "answer"} <= have:
        return "survey"
    if "action" in have and have & {"owner", "due_date", "status", "priority", "start_date", "progress"}:
        return "actions"
    if "kpi" in have and have & {"kpi_value", "kpi_target"}:
        return "kpis"
    if ("event" in have and have & {"date", "customer_id", "id"}) or is_log(have):
        return "events"
    if "comment" in have and have & {"rating", "date", "source", "sentiment_label", "id", "language"}:
        return "comments"
    figures = have & {"reach", "conversions", "conversion_rate", "engagement_rate", "revenue", "count", "kpi_value"}
    axes = {"date", "period", "medium", "channel", "source", "campaign", "url", "device", "country"}
    if figures and (have & axes or len(figures) >= 2) and not have & {"customer_id", "email"}:
        return "kpis"
    # what a deal or a quotation is worth, and with whom
    priced = bool(have & {"cost", "revenue"}) and "customer_id" in have
    sold = {"revenue", "company"} <= have or (priced and not have & {"priority", "end_date", "family", "rating", "satisfaction"})
    if "description" in have and have & {"status", "priority"} and have & {"date", "id"} and not sold:
        return "comments"
    if "persona" in have and have & {"need", "pain", "description", "delight", "thought"}:
        return "personas"
    if have & {"customer_id", "email"} and len(told) >= 2:
        return "customers"
    if have == {"comment"} or ("rating" in have and have & {"pain", "delight"}):
        return "comments"
    if have & {"pain", "delight"} and have <= _OF_CARDS:
        return "touchpoints"  # lists of what goes wrong and well, that name no touchpoint: cards of the map
    return "survey" if len(answers) >= 2 and respondent else "unknown"
