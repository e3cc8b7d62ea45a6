"""A project being edited, and the record of what changed.

**Deltas** say what really changed, field by field, with the value before and after. They are what the store keeps: turned
round they are the inverse, and they say whether an undo would tread on somebody else's later edit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from analysis.errors import InvalidCommand
from analysis.project.model import from_json, plain, to_json, typed
from analysis.project.values import ABSENT, entries, value_of, with_entries

Entities = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Delta:
    """One thing that changed. ``before`` None: created; ``after`` None: removed.

    Else both hold the fields that changed; an entry of a dictionary (``"views.cut"``) that stands on one side only was
    absent on the other.
    """

    kind: str
    id: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None

    def inverse(self) -> Delta:
        return Delta(self.kind, self.id, self.after, self.before)

    def to_json(self) -> list[Any]:
        return [self.kind, self.id, self.before, self.after]


class Draft:
    """A project being edited: copies a table when it is first touched, and writes down each change."""

    def __init__(self, entities: Entities) -> None:
        self._entities: dict[str, Mapping[str, Any]] = dict(entities)
        self._own: dict[str, dict[str, Any]] = {}
        self.deltas: list[Delta] = []

    @property
    def entities(self) -> dict[str, Mapping[str, Any]]:
        return self._entities

    def table(self, kind: str) -> Mapping[str, Any]:
        return self._entities.get(kind, {})

    def _writable(self, kind: str) -> dict[str, Any]:
        if kind not in self._own:
            self._own[kind] = dict(self.table(kind))
            self._entities[kind] = self._own[kind]
        return self._own[kind]

    def create(self, kind: str, id: str, values: dict[str, Any]) -> None:
        try:
            entity = from_json(kind, with_entries(None, values))
        except (TypeError, ValueError) as error:
            raise InvalidCommand("invalid") from error
        self._writable(kind)[id] = entity
        self.deltas.append(Delta(kind, id, None, to_json(kind, entity)))

    def change(self, kind: str, id: str, values: dict[str, Any]) -> None:
        """Change fields, or entries of fields that are dictionaries; what is as it was is passed over."""
        old = self.table(kind)[id]
        wanted = {part: item for name, value in values.items() for part, item in entries(kind, old, name, value)}
        fresh = {name: value for name, value in wanted.items() if value_of(old, name) != plain(value)}
        if not fresh:
            return
        self._writable(kind)[id] = replace(old, **with_entries(old, fresh))
        before = {name: value_of(old, name) for name in fresh}
        self.deltas.append(Delta(kind, id, _present(before), _present({name: plain(value) for name, value in fresh.items()})))

    def remove(self, kind: str, id: str) -> None:
        old = self._writable(kind).pop(id)
        self.deltas.append(Delta(kind, id, to_json(kind, old), None))

    def follow(self, delta: Delta) -> None:
        """Do what a delta says, which is known to fit."""
        if delta.after is None:
            self.remove(delta.kind, delta.id)
        elif delta.before is None:
            self.create(delta.kind, delta.id, delta.after)
        else:
            old = self.table(delta.kind)[delta.id]
            wanted = dict.fromkeys(delta.before, ABSENT) | {name: typed(delta.kind, name, value) for name, value in delta.after.items()}
            known = {name: value for name, value in wanted.items() if hasattr(old, name.partition(".")[0])}
            self._writable(delta.kind)[delta.id] = replace(old, **with_entries(old, known))
            self.deltas.append(delta)


def _present(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not ABSENT}


def replay(entities: Entities, deltas: Iterable[Delta]) -> dict[str, Mapping[str, Any]]:
    """The entities after deltas that are known to fit."""
    draft = Draft(entities)
    for delta in deltas:
        draft.follow(delta)
    return draft.entities
