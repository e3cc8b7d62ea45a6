"""What the codes of a project are called in a deliverable: families, statuses, quadrants, lanes, criteria, provenances."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.language import N_, Translator
from analysis.methods import QUADRANTS as QUADRANTS

FAMILIES = {
    "marketing": N_("Marketing"),
    "sales": N_("Sales"),
    "customer_service": N_("Customer service"),
    "post_purchase": N_("After the purchase"),
    "indirect": N_("Indirect"),
}
PHASES = {"emerging": N_("Emerging"), "growing": N_("Growing"), "mature": N_("Mature"), "declining": N_("Declining")}
STATUSES = {
    "proposed": N_("Proposed"),
    "to_do": N_("To do"),
    "in_progress": N_("In progress"),
    "done": N_("Done"),
    "dropped": N_("Dropped"),
}
PROVENANCES = {"measured": N_("measured"), "voted": N_("voted"), "assumed": N_("assumed")}
LAYERS = {
    "hand": N_("set by hand"),
    "measured": N_("answers"),
    "vote": N_("vote"),
    "file": N_("read from a file"),
    "words": N_("read from a word"),
}
STATES = {"as_is": N_("Current"), "to_be": N_("Target")}
SIDES = {"customer": N_("Customers"), "staff": N_("Staff")}
MEASURES = {
    "satisfaction": N_("Satisfaction"),
    "nps": N_("Likelihood to recommend"),
    "ces": N_("Customer effort"),
    "importance": N_("Importance"),
    "emotion": N_("Emotion"),
    "comment": N_("Comment"),
    "contact": N_("Contacts"),
    "converted": N_("Goal reached"),
}
CRITERIA = {
    "impact": N_("Impact"),
    "effort": N_("Effort"),
    "importance": N_("Importance"),
    "fit": N_("Fit with the persona"),
    "confidence": N_("Confidence"),
    "reach": N_("Reach"),
    "cost": N_("Cost"),
    "running_cost": N_("Yearly cost"),
    "satisfaction": N_("Satisfaction"),
    "emotion": N_("Emotion"),
    "rational": N_("Rational value"),
    "emotional": N_("Emotional value"),
    "behavioural": N_("Behavioural value"),
    "touchpoint_value": N_("Touchpoint Value"),
    "complaints": N_("Complaints"),
    "conversion": N_("Conversion"),
    "lost_value": N_("Lost value"),
    "frequency": N_("Frequency"),
    "effort_days": N_("Effort in person-days"),
    "pain_points": N_("Pain points"),
    "relevance": N_("Relevance score"),
}
ONLINE = {True: N_("Online"), False: N_("Offline")}
DIRECT = {True: N_("Direct"), False: N_("Indirect")}
MOMENTS = {"accepted": N_("yes"), "refused": N_("no")}


def word(words: Mapping[Any, str], code: Any, t: Translator) -> str | None:
    """The word for a code in the language; a code that has none is shown as it is, a missing one stays missing."""
    if code is None or code != code or code == "":
        return None
    return t(words[code]) if code in words else str(code)


def in_words(codes: pd.Series, words: Mapping[Any, str], t: Translator) -> pd.Series:
    """A column of codes in words; what is missing stays missing."""
    told = [word(words, None if pd.isna(code) else code, t) for code in codes]
    return pd.Series(told, index=codes.index, dtype="string")


def once(name: str) -> str:
    """A sheet that has the name of its file is named once.

    >>> once("Survey – Survey")
    'Survey'
    """
    for mark in (" – ", " · "):
        one, _, two = name.partition(mark)
        if one == two:
            return one
    return name
