"""Ready journeys to start from, in both languages: stages, touchpoints and what customers commonly meet there. No scores.

One TOML file a journey and language. A stage has a name, the customer's goal, touchpoints and cards. A touchpoint is
``"name | channel | family online|offline direct|indirect"``; a card is its text, with the number of the touchpoint of its
stage before it when it is about one: ``"2 Filters are lost when going back"``.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from analysis.errors import NotFound
from analysis.language import translator
from analysis.project.commands import Command, Put
from analysis.project.model import new_id
from analysis.project.project import Project

_HERE = Path(__file__).parent
#: in the order in which they are offered
NAMES = ("online_shop", "shop", "b2b_sale", "restaurant", "hotel", "insurance", "public_service", "software")
#: the lanes that a template fills
_LANES = ("action", "thought", "pain_point", "delight", "opportunity")


def templates(language: str = "fr") -> list[tuple[str, str, str]]:
    """The templates on offer: (name, title, description), title and description in the language.

    >>> templates("en")[0][:2]
    ('online_shop', 'Online shop')
    """
    known = translator(language).language
    return [(name, _read(name, known)["title"], _read(name, known)["description"]) for name in NAMES]


def template(name: str, language: str = "fr") -> Project:
    """A new project that holds a ready journey, its texts in the language; nothing in it is scored.

    Parameters
    ----------
    name : one of :data:`NAMES`. language : ``"fr"`` or ``"en"``.

    Raises
    ------
    NotFound : no such template.

    >>> project = template("hotel", "en")
    >>> list(project.stages["stage"])[:2]
    ['Search', 'Booking']
    """
    if name not in NAMES:
        raise NotFound
    language = translator(language).language
    said = _read(name, language)
    project = Project.new(said["title"], language=language, stages=[stage["name"] for stage in said["stages"]])
    commands: list[Command] = []
    for (id, _), stage in zip(project.stages_of(project.first_journey), said["stages"], strict=True):
        commands += _stage(project.first_journey, id, stage)
    return project.apply(commands)


@lru_cache(maxsize=32)
def _read(name: str, language: str) -> dict[str, Any]:
    return tomllib.loads((_HERE / language / f"{name}.toml").read_text("utf-8"))


def _stage(journey: str, stage: str, said: dict[str, Any]) -> list[Command]:
    commands: list[Command] = [Put("stage", stage, {"goal": said["goal"]})]
    ids = [new_id("t") for _ in said["touchpoints"]]
    for order, (id, line) in enumerate(zip(ids, said["touchpoints"], strict=True)):
        commands.append(Put("touchpoint", id, touchpoint_of(line)))
        place = {"journey": journey, "touchpoint": id, "stage": stage, "order": float(order)}
        commands.append(Put("placement", new_id("p"), place))
    for kind in _LANES:
        for order, line in enumerate(said.get(kind, ())):
            about, text = card_of(line)
            card = {"journey": journey, "kind": kind, "stage": stage, "text": text, "order": float(order)}
            commands.append(Put("card", new_id("c"), card | {"touchpoint": ids[about - 1] if about else None}))
    return commands


def touchpoint_of(line: str) -> dict[str, Any]:
    """The fields of a touchpoint's line.

    >>> touchpoint_of("Basket | website | sales online direct")
    {'name': 'Basket', 'channel': 'Website', 'family': 'sales', 'online': True, 'direct': True}
    """
    name, channel, facts = (part.strip() for part in line.split("|"))
    family, where, how = facts.split()
    return {
        "name": name,
        "channel": channel[:1].upper() + channel[1:],
        "family": family,
        "online": where == "online",
        "direct": how == "direct",
    }


def card_of(line: str) -> tuple[int, str]:
    """The number of the touchpoint that a card is about (0: of the stage as a whole), and its text.

    >>> card_of("2 Filters are lost")
    (2, 'Filters are lost')
    """
    number, _, text = line.partition(" ")
    return (int(number), text) if number.isdigit() else (0, line)
