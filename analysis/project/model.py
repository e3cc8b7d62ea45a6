"""What a project is made of: one frozen dataclass a kind, all addressed by id, and the value that holds them.

A :class:`Project` never changes: every edit gives a new one that shares what was left alone. Bulk evidence is not
here but in columnar blocks (:mod:`analysis.project.evidence`); an :class:`Evidence` only says where its block is.
"""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass, field, fields
from typing import Any

LayerName = str  # hand, vote, file, words

#: lane types of the library, in the order in which they are offered; ``custom-…`` are the user's own
LANE_TYPES = (
    "touchpoints", "step", "goal", "action", "thought", "feeling", "channel", "motivation", "frustration", "pain_point",
    "delight", "opportunity", "positive_incident", "critical_incident", "quote", "backstage", "system", "time", "kpi",
)  # fmt: skip
#: lanes of a new map
DEFAULT_LANES = ("touchpoints", "action", "thought", "pain_point", "delight", "opportunity")
FAMILIES = ("marketing", "sales", "customer_service", "post_purchase", "indirect")
PHASES = ("emerging", "growing", "mature", "declining")
STATUSES = ("proposed", "to_do", "in_progress", "done", "dropped")
#: precedence of the layers of a score: what a person set by hand, then what was measured or voted, then files, then words
LAYERS = ("hand", "vote", "file", "words")


def new_id(prefix: str) -> str:
    """An id that no other has: ``t_9f86d081884c``."""
    return f"{prefix}_{secrets.token_hex(6)}"


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for the whole project. ``weights``: criterion → weight, 0 to 10."""

    name: str = ""
    client: str = ""
    description: str = ""
    language: str = "fr"
    currency: str = "EUR"
    colour: str = ""
    logo: str = ""  # key of a picture
    font: str = ""  # of deliverables, as office programs call it
    template: str = ""  # key of a PowerPoint file whose layouts the slides use
    created: str = ""
    key: str = field(default_factory=lambda: secrets.token_hex(16))  # pseudonyms of respondents
    weights: dict[str, float] = field(default_factory=dict)
    views: dict[str, Any] = field(default_factory=dict)  # cut of the matrix, threshold of the Pareto chart, quadrant names…
    criteria: dict[str, Any] = field(default_factory=dict)  # the user's own, see analysis.project.criteria
    dismissed: dict[str, Any] = field(default_factory=dict)  # key of a proposal that was put aside → true


@dataclass(frozen=True, slots=True)
class Persona:
    name: str
    order: float = 0.0
    description: str = ""
    demographics: str = ""
    behaviours: str = ""
    goals: str = ""
    motivations: str = ""
    frustrations: str = ""
    channels: str = ""
    quote: str = ""
    picture: str = ""
    colour: str = ""
    share: float | None = None  # % of customers
    rule: dict[str, Any] = field(default_factory=dict)  # which evidence is theirs


@dataclass(frozen=True, slots=True)
class Journey:
    title: str
    persona: str | None = None
    state: str = "as_is"  # or to_be
    source: str | None = None  # the as-is journey a to-be one comes from
    order: float = 0.0


@dataclass(frozen=True, slots=True)
class Stage:
    journey: str
    name: str
    order: float = 0.0
    goal: str = ""
    origin: str = ""  # the stage of the as-is journey that it was copied from


@dataclass(frozen=True, slots=True)
class Step:
    """A part of a stage; what stands in the stage may stand in one of its steps."""

    stage: str
    name: str
    order: float = 0.0
    origin: str = ""  # the step of the as-is journey that it was copied from


@dataclass(frozen=True, slots=True)
class Lane:
    journey: str
    type: str  # one of LANE_TYPES, or custom-…
    name: str = ""  # empty: the library's name, in the reader's language
    order: float = 0.0
    hidden: bool = False
    collapsed: bool = False


@dataclass(frozen=True, slots=True)
class Touchpoint:
    name: str
    code: str = ""  # the id that the user's own sheet gives it
    family: str = ""
    channel: str = ""
    online: bool | None = None
    direct: bool | None = None
    team: str = ""
    owner: str = ""
    staff: str = ""
    time: float | None = None  # minutes the customer needs
    phase: str = ""
    description: str = ""
    moment_of_truth: str = ""  # accepted, refused or empty
    extra: dict[str, Any] = field(default_factory=dict)  # columns of the user's sheet that have no field of ours
    aliases: list[str] = field(default_factory=list)  # names and codes of touchpoints that were merged into this one


@dataclass(frozen=True, slots=True)
class Placement:
    """A touchpoint in a journey. ``stage`` is None while it is unassigned, ``step`` while it is in none of the stage's."""

    journey: str
    touchpoint: str
    stage: str | None = None
    order: float = 0.0
    step: str | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """A short text on a lane (``kind`` is the lane's type). ``stage`` is None while it is unassigned."""

    journey: str
    kind: str
    text: str
    stage: str | None = None
    touchpoint: str | None = None
    persona: str | None = None
    side: str = ""  # staff or customer
    colour: str = ""
    count: float | None = None
    lost_value: float | None = None
    cause: str = ""  # of an incident
    span: int = 1
    order: float = 0.0
    source: str = ""
    origin: str = ""  # the card of the as-is journey that it was copied from
    step: str | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """One figure of a touchpoint, stage or action. Its id is ``target:criterion:layer``."""

    target: str
    criterion: str
    layer: LayerName
    value: float | None = None
    low: float | None = None
    high: float | None = None
    n: int | None = None
    sd: float | None = None
    text: str = ""  # the word or raw text it was read from
    source: str = ""
    author: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A block of answers. ``touchpoints`` and ``stages`` link the labels of the source to ids of the project (None: unassigned)."""

    blob: str
    rows: int
    title: str = ""
    source: str = ""
    kind: str = "survey"
    touchpoints: dict[str, str | None] = field(default_factory=dict)
    stages: dict[str, str | None] = field(default_factory=dict)
    record: str | None = None
    order: float = 0.0


@dataclass(frozen=True, slots=True)
class Action:
    title: str
    touchpoint: str | None = None
    stage: str | None = None
    cards: list[str] = field(default_factory=list)  # pain points it answers
    reason: str = ""
    remedy: str = ""
    description: str = ""
    impact: float | None = None
    effort: float | None = None
    cost: float | None = None
    cost_low: float | None = None  # what it may cost, where nobody knows exactly
    cost_high: float | None = None
    owner: str = ""
    team: str = ""
    accountable: str = ""
    consulted: str = ""
    informed: str = ""
    start_date: dt.date | None = None
    due_date: dt.date | None = None
    status: str = "to_do"
    progress: float | None = None
    kpi: str = ""
    kpi_baseline: float | None = None
    kpi_target: float | None = None
    effect_low: float | None = None
    effect_high: float | None = None
    confidence: float | None = None
    depends_on: list[str] = field(default_factory=list)
    order: float | None = None  # set by hand; None: the rule's order
    changes: list[str] = field(default_factory=list)  # differences of a to-be journey that it brings about
    notes: str = ""


#: ends of the figures of an action, None where they are open
ACTION_LIMITS: dict[str, tuple[float | None, float | None]] = {
    "cost": (0.0, None), "cost_low": (0.0, None), "cost_high": (0.0, None),
    "impact": (1.0, 10.0), "effort": (1.0, 10.0), "progress": (0.0, 100.0), "confidence": (0.0, 100.0),
    "kpi_baseline": (None, None), "kpi_target": (None, None), "effect_low": (None, None), "effect_high": (None, None),
}  # fmt: skip


def in_limits(field: str, value: float | None) -> bool:
    """Whether a figure of an action can be what is said; one that is not known can.

    >>> in_limits("cost", -500.0), in_limits("confidence", 80.0)
    (False, True)
    """
    low, high = ACTION_LIMITS.get(field, (None, None))
    return value is None or ((low is None or value >= low) and (high is None or value <= high))


@dataclass(frozen=True, slots=True)
class ImportRecord:
    """What an import brought, so that a second import of the same file updates and does not double."""

    file: str
    hash: str = ""
    sheet: str = ""
    kind: str = ""
    fingerprint: str = ""
    mapping: dict[str, Any] = field(default_factory=dict)
    rows: int = 0
    at: str = ""
    author: str = ""
    detail: dict[str, Any] = field(default_factory=dict)


#: kind → its class; the order is the order in which a copy is written
KINDS: dict[str, type] = {
    "project": Settings,
    "persona": Persona,
    "journey": Journey,
    "stage": Stage,
    "step": Step,
    "lane": Lane,
    "touchpoint": Touchpoint,
    "placement": Placement,
    "card": Card,
    "score": Score,
    "evidence": Evidence,
    "action": Action,
    "import": ImportRecord,
}
#: the only id of kind "project"
SETTINGS = "settings"
PREFIXES = {
    "persona": "pe", "journey": "j", "stage": "s", "step": "st", "lane": "l", "touchpoint": "t", "placement": "p", "card": "c",
    "evidence": "e", "action": "a", "import": "i",
}  # fmt: skip

FIELDS: dict[str, frozenset[str]] = {kind: frozenset(f.name for f in fields(cls)) for kind, cls in KINDS.items()}
#: kind → field → kind it refers to
REFERENCES: dict[str, dict[str, str]] = {
    "journey": {"persona": "persona", "source": "journey"},
    "stage": {"journey": "journey"},
    "step": {"stage": "stage"},
    "lane": {"journey": "journey"},
    "placement": {"journey": "journey", "touchpoint": "touchpoint", "stage": "stage", "step": "step"},
    "card": {"journey": "journey", "stage": "stage", "touchpoint": "touchpoint", "persona": "persona", "step": "step"},
    "action": {"touchpoint": "touchpoint", "stage": "stage"},
    "evidence": {"record": "import"},
}
#: kind → field that lists ids → their kind
LISTS: dict[str, dict[str, str]] = {"action": {"cards": "card", "depends_on": "action"}}
#: kind → field that maps a label to an id (or to None) → the id's kind
LINKS: dict[str, dict[str, str]] = {"evidence": {"touchpoints": "touchpoint", "stages": "stage"}}
#: kinds that a score may speak of
SCORED = ("touchpoint", "stage", "action")
#: an entity goes with what one of these fields refers to; other references are emptied
OWNED_BY: dict[str, tuple[str, ...]] = {
    "stage": ("journey",), "step": ("stage",), "lane": ("journey",), "placement": ("journey", "touchpoint"), "card": ("journey",),
}  # fmt: skip
#: what an entity is of, set once
FIXED: dict[str, tuple[str, ...]] = {
    "stage": ("journey",), "step": ("stage",), "lane": ("journey",), "placement": ("journey", "touchpoint"),
    "score": ("target", "criterion", "layer"),
}  # fmt: skip
#: kind → fields that are the key of a content → what that content is
CONTENTS: dict[str, dict[str, str]] = {
    "evidence": {"blob": "block"}, "persona": {"picture": "picture"}, "project": {"logo": "picture", "template": "template"},
}  # fmt: skip
DATES = {("action", "start_date"), ("action", "due_date")}


def to_json(kind: str, entity: Any) -> dict[str, Any]:
    """The fields of an entity as plain JSON values."""
    return {f.name: plain(getattr(entity, f.name)) for f in fields(KINDS[kind])}


def plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def from_json(kind: str, values: dict[str, Any]) -> Any:
    """The entity that :func:`to_json` wrote; fields of a later version are passed over."""
    return KINDS[kind](**{name: typed(kind, name, value) for name, value in values.items() if name in FIELDS[kind]})


def typed(kind: str, name: str, value: Any) -> Any:
    if (kind, name) in DATES and isinstance(value, str):
        return dt.date.fromisoformat(value[:10]) if value else None
    return value
