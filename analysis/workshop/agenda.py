"""An agenda made from the project: which stages, touchpoints, actions and pain points the room is asked about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd

from analysis.language import N_, translator
from analysis.project import Project
from analysis.workshop.model import ANSWERS, MOST_ITEMS, Item, Round, scale_of

#: rating more than this at one sitting tires a room
COMFORTABLE = 12

#: kind → what it is called
NAMES = {
    "emotion": N_("Emotion"),
    "impact_effort": N_("Impact and effort"),
    "importance": N_("Importance"),
    "dots": N_("Dots"),
    "text": N_("Pain points and ideas"),
    "question": N_("A question of your own"),
}
QUESTIONS = {
    "emotion": N_("How does the customer feel at this stage?"),
    "impact_effort": N_("What would improving this bring, and what would it take?"),
    "importance": N_("How important is this for the customer?"),
    "dots": N_("Where should we act first?"),
    "pain_point": N_("What gets in the customer's way?"),
    "opportunity": N_("What could we do better?"),
    "trial": N_("Does your phone work? Choose how you feel today."),
}
#: what each kind can be asked about, the usual first
SOURCES = {
    "emotion": ("stages", "touchpoints"),
    "impact_effort": ("touchpoints",),
    "importance": ("touchpoints",),
    "dots": ("touchpoints", "pain_points", "actions", "own"),
    "text": ("stages",),
    "question": ("none",),
}
#: minutes a round takes by default
MINUTES = {"emotion": 4, "impact_effort": 8, "importance": 4, "dots": 3, "text": 5, "question": 2}


def stages_of(project: Project, journey: str = "") -> list[Item]:
    """The stages of a journey as things to vote on."""
    return [Item(id, stage.name, "stage") for id, stage in project.stages_of(journey or project.first_journey)]


def touchpoints_of(project: Project, journey: str = "") -> list[Item]:
    """The touchpoints of a journey in its order, each with its stage."""
    table, stages = project.table("touchpoint"), project.table("stage")
    return [
        Item(p.touchpoint, table[p.touchpoint].name, "touchpoint", stages[p.stage].name if p.stage and p.stage in stages else "")
        for _, p in project.placements_of(journey or project.first_journey)
        if p.touchpoint in table
    ]


def most_pressing(project: Project, journey: str = "", most: int = COMFORTABLE) -> list[Item]:
    """At most so many touchpoints, in the order of the journey: those with most pain points, then the worst felt."""
    items = touchpoints_of(project, journey)
    frame = project.touchpoints.set_index("id")
    pains, felt = frame["pain_points"].fillna(0), frame["experience"]

    def pressing(item: Item) -> tuple[float, float]:
        feeling = felt.get(item.id)
        return (-float(pains.get(item.id, 0)), float(feeling) if feeling is not None and not pd.isna(feeling) else 0.0)

    chosen = {item.id for item in sorted(items, key=pressing)[:most]}
    return [item for item in items if item.id in chosen]


def cards_of(project: Project, journey: str = "", lane: str = "pain_point") -> list[Item]:
    """The cards of a lane as things to vote on."""
    stages, at = project.table("stage"), journey or project.first_journey
    place = {id: index for index, (id, _) in enumerate(project.stages_of(at))}
    cards = [(i, card) for i, card in project.table("card").items() if card.journey == at and card.kind == lane]
    cards.sort(key=lambda pair: (place.get(pair[1].stage or "", len(place)), pair[1].order, pair[0]))
    return [Item(i, card.text[:200], "card", stages[card.stage].name if card.stage in stages else "") for i, card in cards]


def actions_of(project: Project) -> list[Item]:
    """The actions of the plan, in its order."""
    return [Item(row["id"], row["action"], "action", row["stage"] or "") for row in _plain(project.actions)]


def items_of(project: Project, source: str, journey: str = "") -> list[Item]:
    """The items of a source of :data:`SOURCES`, at most as many as a round takes."""
    makers: dict[str, Callable[[], list[Item]]] = {
        "stages": lambda: stages_of(project, journey),
        "touchpoints": lambda: touchpoints_of(project, journey),
        "pain_points": lambda: cards_of(project, journey),
        "actions": lambda: actions_of(project),
    }
    return makers[source]()[:MOST_ITEMS] if source in makers else []


def make_round(kind: str, items: Sequence[Item] = (), *, language: str = "fr", question: str = "", **values: Any) -> Round:
    """A round of a kind with its usual question, scale and time; ``values`` are fields of :class:`model.Round`.

    >>> make_round("emotion", [Item("s1", "Purchase", "stage")], language="en").question
    'How does the customer feel at this stage?'
    """
    t = translator(language)
    card = values.setdefault("card", "pain_point") if kind == "text" else ""
    values.setdefault("seconds", MINUTES[kind] * 60)
    if kind == "question":
        return _own_question(question, values)
    low, high, step = scale_of(kind, values.get("budget", 3))
    shown = question.strip() or t(QUESTIONS[card if card in QUESTIONS else "pain_point"] if kind == "text" else QUESTIONS[kind])
    return Round("", "", 0.0, kind, shown, tuple(items), low=low, high=high, step=step, **values)


def _own_question(question: str, values: dict[str, Any]) -> Round:
    """A question of the facilitator's own: one among choices, a scale, or words."""
    answer = values.get("answer", "choice" if values.get("choices") else "scale")
    if answer not in ANSWERS:
        raise ValueError(answer)
    if answer == "choice":
        values |= {"low": 0.0, "high": float(max(1, len(values["choices"]) - 1)), "step": 1.0}
    items = () if answer == "text" else (Item("answer", ""),)
    return Round("", "", 0.0, "question", question.strip(), items, **(values | {"answer": answer}))


def trial_round(language: str) -> Round:
    """The rehearsal: everybody sees that their phone works, and nothing is kept of it."""
    t = translator(language)
    faces = (Item("answer", ""),)
    return Round("", "", 0.0, "emotion", t(QUESTIONS["trial"]), faces, low=-2, high=2, step=0.5, trial=True, show="live")


def propose(project: Project, *, language: str = "fr", journey: str = "") -> list[Round]:
    """A whole agenda for the project as it is; what it has nothing for is left out."""
    at = journey or project.first_journey
    stages, pressing = stages_of(project, at), most_pressing(project, at)
    rounds = [trial_round(language), make_round("emotion", stages, language=language, journey=at)]
    rounds += [make_round("text", stages, language=language, journey=at, card="pain_point")]
    if pressing:
        rounds.append(make_round("impact_effort", pressing, language=language, journey=at))
        rounds.append(make_round("dots", pressing, language=language, journey=at))
    rounds.append(make_round("text", stages, language=language, journey=at, card="opportunity"))
    return rounds


def _plain(frame: pd.DataFrame) -> list[dict[str, Any]]:
    rows = frame.to_dict("records")
    return [{str(name): value if isinstance(value, list) or not pd.isna(value) else None for name, value in row.items()} for row in rows]
