"""Removing a thing with what belongs to it, so that nothing is left hanging."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from analysis.project.draft import Draft, Entities
from analysis.project.model import LINKS, LISTS, OWNED_BY, REFERENCES, SCORED


def holders(entities: Entities, kind: str, id: str) -> Iterator[tuple[str, str, str]]:
    """(kind, id, field) of everything that refers to a thing; ``field`` is an entry (``"touchpoints.Till"``) for links."""
    for other, names in REFERENCES.items():
        for name in (name for name, target in names.items() if target == kind):
            yield from ((other, i, name) for i, entity in entities.get(other, {}).items() if getattr(entity, name) == id)
    for other, names in LISTS.items():
        for name in (name for name, target in names.items() if target == kind):
            yield from ((other, i, name) for i, entity in entities.get(other, {}).items() if id in getattr(entity, name))
    for other, names in LINKS.items():
        for name in (name for name, target in names.items() if target == kind):
            for i, entity in entities.get(other, {}).items():
                yield from ((other, i, f"{name}.{label}") for label, found in getattr(entity, name).items() if found == id)
    if kind in SCORED:
        yield from (("score", i, "target") for i, score in entities.get("score", {}).items() if score.target == id)


def remove(draft: Draft, kind: str, id: str) -> None:
    """Remove a thing, what belongs to it, and every reference to it."""
    for other, holder, name in list(holders(draft.entities, kind, id)):
        entity = draft.table(other).get(holder)
        if entity is None:
            continue  # went with another
        if other == "score" or name in OWNED_BY.get(other, ()):
            remove(draft, other, holder)
        else:
            draft.change(other, holder, {name: _without(entity, name, id)})
    if id in draft.table(kind):
        draft.remove(kind, id)


def _without(entity: Any, name: str, id: str) -> list[str] | None:
    found = getattr(entity, name, None)
    return [item for item in found if item != id] if isinstance(found, list) else None
