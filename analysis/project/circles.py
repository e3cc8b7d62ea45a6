"""No action of the plan waits for itself, not even through others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analysis.errors import InvalidCommand


def check_circle(actions: Mapping[str, Any], id: str) -> None:
    """Refuse an action that waits for itself.

    Raises
    ------
    InvalidCommand : ``circle``, naming the actions on the way.
    """
    if path := circle(actions, id):
        raise InvalidCommand("circle", path=" → ".join(actions[one].title for one in path))


def circle(actions: Mapping[str, Any], id: str) -> list[str]:
    """The shortest way from an action back to itself through what it needs, as ids, itself first and last; empty when there is none."""
    came_from = dict.fromkeys(actions[id].depends_on, id)
    waiting = list(came_from)
    for one in waiting:  # grows while it is gone through
        for other in actions[one].depends_on if one in actions and one != id else ():
            if other not in came_from:
                came_from[other] = one
                waiting.append(other)
    if id not in came_from:
        return []
    way = [came_from[id]]
    while way[-1] != id:
        way.append(came_from[way[-1]])
    return [id, *reversed(way[:-1]), id]
