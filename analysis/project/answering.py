"""Which feedback an action answers (D30), and who stands for what in it (D35)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd

from analysis.language import translator
from analysis.project.views import LANE_NAMES

if TYPE_CHECKING:
    from analysis.project.project import Project

#: cards of the map that an action may answer, what hurts first
ANSWERED = ("pain_point", "frustration", "critical_incident", "quote", "opportunity")
_BETWEEN = re.compile(r"\s*[,;/&\n]\s*|\s+(?:et|and)\s+", re.IGNORECASE)


def answerable(project: Project, action: str, language: str) -> dict[str, str]:
    """The cards that an action may answer: id → its text, its touchpoint or stage, and its lane, each line once.

    Those of the action's own touchpoint come first, then those of its stage, and what it answers already is among them.
    """
    t, whole = translator(language), project.whole
    found = whole.table("action")[action]
    stage = found.stage or whole.stage_of_touchpoint.get(found.touchpoint or "")
    cards = {id: card for id, card in whole.cards_of_today.items() if card.kind in ANSWERED and card.text.strip()}
    cards |= {id: card for id in found.cards if (card := whole.table("card").get(id))}

    def near(id: str) -> tuple[int, int]:
        card = cards[id]
        mine = bool(found.touchpoint) and card.touchpoint == found.touchpoint
        return (0 if mine else 1 if card.stage == stage else 2, ANSWERED.index(card.kind) if card.kind in ANSWERED else len(ANSWERED))

    said: dict[str, int] = {}
    named = {}
    for id in sorted(cards, key=near):
        card = cards[id]
        home = whole.table("touchpoint").get(card.touchpoint or "") or whole.table("stage").get(card.stage or "")
        line = " · ".join([" ".join(card.text.split()), *([home.name] if home else []), t(LANE_NAMES.get(card.kind, card.kind))])
        said[line] = said.get(line, 0) + 1
        named[id] = line if said[line] == 1 else f"{line} ({said[line]})"
    return named


def answered_in_words(project: Project) -> pd.Series:
    """For each action of ``project.actions`` what it answers, a line each; NA where it answers nothing."""
    cards, actions = project.whole.table("card"), project.whole.table("action")
    told = ["\n".join(cards[card].text for card in actions[id].cards if card in cards) or None for id in project.actions["id"]]
    return pd.Series(told, index=project.actions.index, dtype="string")


def people(text: str) -> list[str]:
    """The people that a field of names holds.

    >>> people("Zoé, Bob et Inès")
    ['Zoé', 'Bob', 'Inès']
    """
    return [name for name in _BETWEEN.split(text.strip()) if name]
