"""The rows of a journey map drawn in a spreadsheet, by what stands at their head: “Irritants”, “Ce qu'il ressent”, “Backstage”."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

from analysis.reading.headers import guesses, normalise

_LITTLE = re.compile(r"\b(?:de|du|des|la|le|les|un|une|the|your|vos|nos|our|leurs?|their|his|her|its)\b|\b(?:l|d)'(?=\w)|\bcustomer's\b")
_FIELDS = {
    "touchpoints": "touchpoint", "goal": "need", "action": "step", "thought": "thought", "feeling": "emotion", "emotion": "emotion",
    "channel": "channel", "motivation": "need", "frustration": "pain", "pain_point": "pain", "delight": "delight",
    "opportunity": "opportunity", "quote": "comment", "backstage": "backstage", "system": "system", "time": "duration", "kpi": "kpi",
}  # fmt: skip
#: field → its lane, where a head is not in the list of lanes
_NAMED = {
    "touchpoint": "touchpoints", "need": "goal", "step": "action", "thought": "thought", "emotion": "feeling", "channel": "channel",
    "pain": "pain_point", "delight": "delight", "opportunity": "opportunity", "backstage": "backstage", "system": "system", "kpi": "kpi",
}  # fmt: skip
_LIKELY = 0.85
#: rows of figures that a journey grid may have beside its lanes
_MEASURED = {"satisfaction", "rating", "emotion_score", "nps", "ces", "importance", "duration", "complaints", "frequency"}
#: what the rows of a journey map drawn in a spreadsheet are
LANES = frozenset(_FIELDS.values()) | _MEASURED | {"owner", "evidence", "description", "team", "moment_of_truth", "action"}
#: the lanes that make a map of a sheet
_OF_A_MAP = {"touchpoint", "step", "thought", "emotion", "pain", "delight", "opportunity", "backstage", "action", "channel", "need"}


def _folded(text: str) -> str:
    words = _LITTLE.sub(" ", normalise(text).replace("&", "and").replace("’", "'")).split()
    return " ".join(word[:-1] if len(word) > 3 and word[-1] in "sx" else word for word in words)


@lru_cache(maxsize=1)
def _heads() -> dict[str, str]:
    """What stands at the head of a row, folded → its kind of lane, ``own`` of lanes without one, ``person`` of facts about people."""
    text = (files("analysis.reading") / "vocabulary" / "lanes.tsv").read_text("utf-8")
    lines = [line.split("\t") for line in text.splitlines()[1:]]
    return {_folded(head): kind for kind, head in reversed(lines)}


def lane_of(label: str) -> str | None:
    """The kind of lane that a row's head names, or None.

    >>> lane_of("Irritants"), lane_of("Objectifs du client"), lane_of("Ressenti (de 1 à 5)"), lane_of("Frontstage")
    ('pain_point', 'goal', 'feeling', None)
    >>> lane_of("Canaux et points de contact"), lane_of("Besoins / attentes"), lane_of("Irritants et idées")
    ('touchpoints', 'goal', None)
    """
    kind = _kind(label) or _by_field(label)
    return kind if kind in _FIELDS else None


def _by_field(label: str) -> str | None:
    """The lane of a head that is no more than the name of a field: “Ideas for improvement”."""
    found = guesses(label.strip()) if 1 < len(label.strip()) < 60 else ()
    return _NAMED.get(found[0].field) if found and found[0].confidence >= _LIKELY else None


def _kind(label: str) -> str | None:
    if not 1 < len(label.strip()) < 60:
        return None
    return _heads().get(_folded(_without_scale(label))) or _of_both(label)


#: lanes that people draw as one → the one that they are
_BOTH = {
    frozenset(["channel", "touchpoints"]): "touchpoints", frozenset(["thought", "feeling"]): "thought",
    frozenset(["goal", "motivation"]): "goal", frozenset(["pain_point", "frustration"]): "pain_point",
    frozenset(["channel", "system"]): "channel",
}  # fmt: skip
_AND = re.compile(r"\s*[/&+,]\s*|\s+(?:et|and|ou|or)\s+(?:les |des |the )?", re.I)


def _of_both(label: str) -> str | None:
    """The lane of a head that names two: “Canaux et points de contact”, “Besoins / attentes”; none where they are two things."""
    parts = [part for part in _AND.split(_without_scale(label)) if part]
    if len(parts) != 2:
        return None
    kinds = frozenset(_heads().get(_folded(part)) or _by_field(part) or "" for part in parts)
    return next(iter(kinds)) or None if len(kinds) == 1 else _BOTH.get(kinds)


def _without_scale(label: str) -> str:
    return re.sub(r"\s*[:=]?\s*(?:/\s?\d+|\bsur \d+|\bout of \d+|[-−–+]?\d\s?(?:à|to|-|–)\s?[+]?\d+|%)\s*$", "", label.strip())


def side_field(text: str) -> str | None:
    """The field that a first cell of a row names, when it does so word for word.

    >>> side_field("Points de contact"), side_field("Anne")
    ('touchpoint', None)
    """
    found = guesses(text.strip()) if 1 < len(text) < 60 else ()
    return found[0].field if found and found[0].confidence >= 0.87 else None


def lane_field(text: str) -> str | None:
    """The same, of the rows of a journey map too.

    >>> lane_field("Ce qu'il ressent"), lane_field("Line of visibility"), lane_field("Anne")
    ('emotion', 'description', None)
    """
    kind, field = _kind(text), side_field(text)
    if field in LANES or kind in (None, "person"):
        return field
    return _FIELDS.get(kind or "", "description") if field is None or kind in _FIELDS else field


def says_of_people(text: str) -> bool:
    """Whether a label is about a person: “Âge”, “Métier”.

    >>> says_of_people("Âge"), says_of_people("Irritants")
    (True, False)
    """
    return _kind(text) == "person"


def heads_row(text: str) -> bool:
    """Whether a text is a field, a lane, or a fact about people.

    >>> heads_row("Âge"), heads_row("Sophie")
    (True, False)
    """
    return lane_field(text) is not None or says_of_people(text)


def are_lanes(told: list[str], corner: str | None) -> bool:
    """Whether the fields down the side of a sheet are lanes of a journey map, and not those of a table that was turned.

    >>> are_lanes(["step", "touchpoint", "satisfaction"], None), are_lanes(["stage", "impact", "effort"], "touchpoint")
    (True, False)
    """
    if corner in ("touchpoint", "persona", "action", "kpi"):
        return False
    return all(field in LANES for field in told) and len(_OF_A_MAP & set(told)) >= 2
