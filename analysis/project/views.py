"""A journey as one value that a screen, a slide or a picture can be drawn from without knowing the project."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.language import N_, Translator, money, translator
from analysis.project.evidence import LOGGED
from analysis.project.figures import experience
from analysis.project.model import DEFAULT_LANES
from analysis.project.project import Project

#: the column of what has no stage
UNASSIGNED = "unassigned"

LANE_NAMES = {
    "touchpoints": N_("Touchpoints"),
    "step": N_("Steps"),
    "goal": N_("Goal"),
    "action": N_("Actions"),
    "thought": N_("Thoughts"),
    "feeling": N_("Feelings"),
    "channel": N_("Channels"),
    "motivation": N_("Motivations"),
    "frustration": N_("Frustrations"),
    "pain_point": N_("Pain points"),
    "delight": N_("Delights"),
    "opportunity": N_("Opportunities"),
    "positive_incident": N_("Positive incidents"),
    "critical_incident": N_("Critical incidents"),
    "quote": N_("Quotes"),
    "backstage": N_("Backstage"),
    "system": N_("Systems"),
    "time": N_("Time"),
    "kpi": N_("Indicators"),
}


def lane_name(type: str, name: str, language: str) -> str:
    """What a lane is called: the user's name, else the library's in the reader's language."""
    return name or translator(language)(LANE_NAMES.get(type, type))


def lanes_of(project: Project, journey: str, *, hidden: bool = False) -> list[tuple[str, Any]]:
    """The lanes of a journey in order, the hidden ones only when asked for."""
    lanes = [(id, lane) for id, lane in project.table("lane").items() if lane.journey == journey and (hidden or not lane.hidden)]
    return sorted(lanes, key=lambda item: (item[1].order, item[0]))


def emotion_levels(project: Project, language: str = "fr") -> list[str]:
    """What the five levels of emotion are called, lowest first: the project's own words, else those of the house."""
    from analysis.charts.palette import EMOTION_NAMES

    t, own = translator(language), project.settings.views.get("levels")
    own = own if isinstance(own, list) and len(own) == len(EMOTION_NAMES) else [""] * len(EMOTION_NAMES)
    return [str(word).strip() or t(name) for word, name in zip(own, EMOTION_NAMES, strict=True)]


def emotion_faces(project: Project) -> list[str]:
    """The faces that the project has chosen for the five levels, lowest first: codes of `palette.FACES`, or empty."""
    own = project.settings.views.get("faces")
    return [str(code) for code in own] if isinstance(own, list) and len(own) == 5 else [""] * 5


def journey_view(project: Project, journey: str | None = None, language: str = "fr", *, persona: str | None = None) -> dict[str, Any]:
    """A journey ready to be drawn: stages with their emotion, lanes, touchpoints and cards, plain values only (None for what is missing).

    ``persona``: only the cards of that persona and those of everybody. ``levels``: what the emotions are called.
    ``faces``: what is drawn for them, see :func:`emotion_faces`.
    What stands in no stage comes in a last column whose id is :data:`UNASSIGNED`, which is there only when it is needed.
    """
    journey = journey or project.first_journey
    lanes = lanes_of(project, journey)
    lane_ids = {lane.type: id for id, lane in lanes}
    touchpoints = _touchpoints(project, journey) if "touchpoints" in lane_ids else []
    cards = _cards(project, journey, lane_ids, persona, language)
    stages = _stages(project, journey)
    if any(item["stage"] == UNASSIGNED for item in (*touchpoints, *cards)):
        stages.append({"id": UNASSIGNED, "name": translator(language)(N_("Unassigned")), "fixed": True})
    levels = emotion_levels(project, language)
    drawn = {"levels": levels, "faces": emotion_faces(project)}
    return {"stages": stages, "lanes": _lanes(lanes, language), "touchpoints": touchpoints, "cards": cards} | drawn


def _lanes(lanes: list[tuple[str, Any]], language: str) -> list[dict[str, Any]]:
    return [
        {
            "id": id,
            "kind": "touchpoints" if lane.type == "touchpoints" else "cards",
            "name": lane_name(lane.type, lane.name, language),
            "icon": "custom" if lane.type.startswith("custom-") else lane.type,
            "collapsed": lane.collapsed,
        }
        for id, lane in lanes
    ]


def _stages(project: Project, journey: str) -> list[dict[str, Any]]:
    emotions = {row["stage_id"]: row for row in project.emotions(journey).to_dict("records")}
    names = ("value", "provenance", "n", "sd", "low", "high", "few", "divided", "alike", "override", "measured")
    return [
        {
            "id": id,
            "name": stage.name,
            "goal": stage.goal,
            "steps": _steps(project, id),
            "emotion": {name: _plain(emotions[id][name]) for name in names},
        }
        for id, stage in project.stages_of(journey)
    ]


def _steps(project: Project, stage: str) -> list[dict[str, str]]:
    return [{"id": id, "name": step.name} for id, step in project.steps_of(stage)]


def _plain(value: Any) -> Any:
    if value is None or pd.isna(value):
        return None
    return value.item() if hasattr(value, "item") else value


def _touchpoints(project: Project, journey: str) -> list[dict[str, Any]]:
    pains = project.count_cards("pain_point", journey)
    rows = []
    for id, placement in project.placements_of(journey):
        touchpoint = project.table("touchpoint")[placement.touchpoint]
        felt = experience(project, project.figures, placement.touchpoint)
        rows.append(
            {
                "id": id,
                "touchpoint": placement.touchpoint,
                "stage": placement.stage or UNASSIGNED,
                "step": placement.step,
                "name": touchpoint.name,
                "order": placement.order,
                "channel": touchpoint.channel or None,
                "phase": touchpoint.phase or None,
                "emotion": felt.value if felt else None,
                "provenance": felt.provenance if felt else None,
                "n": felt.n if felt else None,
                "moment_of_truth": touchpoint.moment_of_truth == "accepted",
                "pain_points": pains.get(placement.touchpoint) or None,
            }
        )
    return rows


def _cards(project: Project, journey: str, lane_ids: Mapping[str, str], persona: str | None, language: str) -> list[dict[str, Any]]:
    cards = [
        (id, card)
        for id, card in project.table("card").items()
        if card.journey == journey and card.kind in lane_ids and (persona is None or card.persona in (None, persona))
    ]
    return [
        {
            "id": id,
            "lane": lane_ids[card.kind],
            "stage": card.stage or UNASSIGNED,
            "step": card.step,
            "text": card.text,
            "order": card.order,
            "touchpoint": card.touchpoint,
            "colour": card.colour,
            "count": card.count,
            "side": card.side or None,
            "lost": None if card.lost_value is None else money(card.lost_value, language, project.settings.currency),
            "span": card.span,
        }
        for id, card in sorted(cards, key=lambda item: (project.in_steps(item[1]), item[0]))
    ]


def journey_facts(project: Project, journey: str | None = None) -> dict[str, int]:
    """How much there is: stages, touchpoints, unassigned, pain_points, respondents, counted (answers of which only a count is known)."""
    journey = journey or project.first_journey
    evidence = project.evidence
    asked = evidence[~evidence["measure"].isin(LOGGED)]
    placed = project.placements_of(journey)
    return {
        "stages": len(project.stages_of(journey)),
        "touchpoints": len(placed),
        "unassigned": sum(placement.stage is None for _, placement in placed),
        "pain_points": sum((card.journey, card.kind) == (journey, "pain_point") for card in project.table("card").values()),
        "respondents": int(asked["respondent"].nunique()),
        "counted": int(asked["respondent"].isna().sum()),
    }


def who_answered(facts: Mapping[str, int], t: Translator) -> str:
    """How many people answered, or how many answers there are where a file only counts them.

    Examples
    --------
    >>> from analysis.language import translator
    >>> who_answered({"respondents": 0, "counted": 20}, translator("en")), who_answered({"respondents": 1, "counted": 0}, translator("en"))
    ('20 counted answers', '1 respondent')
    """
    counted, people = facts["counted"], facts["respondents"]
    words = [t.n("{n} respondent", "{n} respondents", people)] if people or not counted else []
    return " · ".join([*words, t.n("{n} counted answer", "{n} counted answers", counted)] if counted else words)


__all__ = [
    "DEFAULT_LANES",
    "LANE_NAMES",
    "UNASSIGNED",
    "emotion_faces",
    "emotion_levels",
    "journey_facts",
    "journey_view",
    "lane_name",
    "lanes_of",
    "who_answered",
]
