"""What a workshop is made of: a room with a code, an agenda of rounds, the people in it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from typing import Any

#: kinds of round; ``question`` is the facilitator's own
KINDS = ("emotion", "impact_effort", "importance", "dots", "text", "question")
#: forms that the answer to a question of one's own can take
ANSWERS = ("choice", "scale", "text")
SIDES = ("staff", "customer")
#: who may vote in a round
WHO = ("all", *SIDES)
#: when results are shown: once revealed, to the facilitator's screen only, or while the round is open
SHOW = ("reveal", "screen", "live")
#: a round's way, in one direction but for ``reopen``
STATES = ("waiting", "open", "closed", "revealed")

LONGEST_TEXT = 280
MOST_TEXTS = 20
LONGEST_NAME = 60
MOST_PEOPLE = 600
#: on one item; the budget is checked against what the person holds elsewhere
MOST_DOTS = 99
MOST_ITEMS = 60
#: kind → low, high, step
SCALES: dict[str, tuple[float, float, float]] = {
    "emotion": (-2.0, 2.0, 0.5),
    "impact_effort": (1.0, 10.0, 1.0),
    "importance": (1.0, 10.0, 1.0),
}


@dataclass(frozen=True, slots=True)
class Item:
    """What is voted on: a stage, a touchpoint, an action or a card of the project by its id, or a text of one's own."""

    id: str
    label: str
    kind: str = "own"  # stage touchpoint action card own
    group: str = ""  # the stage a touchpoint stands in, shown above it


@dataclass(frozen=True, slots=True)
class Round:
    """One question put to the room.

    ``salt`` makes the key under which an anonymous vote is kept while the round is open; closing forgets it. ``ends`` is the
    moment (seconds since 1970, the server's clock) at which the timer reaches zero, ``left`` what was left when it was paused.
    ``voted``, ``finished`` and ``of`` are written down at closing, since an anonymous round then forgets who voted.
    """

    id: str
    workshop: str
    position: float
    kind: str
    question: str
    items: tuple[Item, ...] = ()
    state: str = "waiting"
    salt: str = ""
    ends: float | None = None
    left: float | None = None
    low: float = 1.0
    high: float = 10.0
    step: float = 1.0
    budget: int = 3
    answer: str = "scale"
    choices: tuple[str, ...] = ()
    card: str = ""  # text rounds: the lane that its texts go to
    anonymous: bool = True
    who: str = "all"
    show: str = "reveal"
    seconds: int | None = None
    trial: bool = False  # a rehearsal question: everybody's phone works, nothing is kept of it
    previous: str = ""  # the round that this one repeats
    root: str = ""  # the first of them: evidence of a repetition replaces that of the first
    journey: str = ""
    note: str = ""  # what was decided
    voted: int | None = None
    finished: int | None = None
    of: int | None = None
    skipped: dict[str, int] = field(default_factory=dict)
    accepted: int | None = None  # the project's revision that took the results in

    @property
    def texts(self) -> bool:
        """Whether people answer in words."""
        return self.kind == "text" or (self.kind == "question" and self.answer == "text")

    @property
    def pair(self) -> bool:
        """Whether a vote has two values (impact, effort)."""
        return self.kind == "impact_effort"

    @property
    def visible(self) -> bool:
        """Whether results may leave the server."""
        return self.state == "revealed" or (self.show == "live" and self.state in ("open", "closed"))

    @property
    def for_phones(self) -> bool:
        """Whether phones are shown the results as well."""
        return self.visible and self.show != "screen"


@dataclass(frozen=True, slots=True)
class Workshop:
    """A room. ``facilitators`` are authors (browsers); the first of them leads."""

    id: str
    project: str
    title: str
    language: str = "fr"
    code: str = ""
    state: str = "draft"  # draft open ended
    locked: bool = False
    dry_run: bool = False
    side: str = "ask"  # staff, customer: everybody is; ask: each says
    facilitator_votes: bool = False
    facilitators: tuple[str, ...] = ()
    current: str = ""  # the round on the screen
    revision: int = 0
    created: str = ""
    opened: str = ""
    ended: str = ""
    expires: float | None = None


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody in the room. ``kind``: phone, room (no phone: the facilitator types their votes), simulated, facilitator."""

    id: str
    workshop: str
    token: str  # a hash; the phone holds the secret
    name: str = ""
    side: str = "staff"
    kind: str = "phone"
    removed: bool = False


#: fields of a round that have no column of their own
_COLUMNS = ("id", "workshop", "position", "state", "salt", "ends", "left", "accepted")


def scale_of(kind: str, budget: int = 3) -> tuple[float, float, float]:
    """Ends and step of a kind's scale; dots go from none to the whole budget."""
    return SCALES.get(kind, (0.0, float(budget), 1.0))


def to_row(round: Round) -> dict[str, Any]:
    """A round as a row: its columns, and the rest as JSON."""
    values = asdict(round)
    return {name: values.pop(name) for name in _COLUMNS} | {"body": values}


def from_row(row: Any) -> Round:
    """The round that :func:`to_row` wrote; fields of a later version are passed over."""
    body = {name: value for name, value in row["body"].items() if name in _FIELDS}
    body["items"] = tuple(Item(**item) for item in body.get("items", ()))
    body["choices"] = tuple(body.get("choices", ()))
    return Round(**{name: row[name] for name in _COLUMNS}, **body)


_FIELDS = {f.name for f in fields(Round)} - set(_COLUMNS)
