"""The only way to change a project: commands in, a new project and its deltas out.

A command says what somebody wants (``Put``, ``Change``, ``Remove``); applying it to a project gives **deltas**, what
really changed, field by field, with the value before and after. Deltas are what the store keeps: turned round they
are the inverse, and they say whether an undo would tread on somebody else's later edit.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from analysis.errors import InvalidCommand, UndoConflict
from analysis.project.model import DATES, FIELDS, KINDS, OWNED_BY, REFERENCES, SETTINGS, from_json, plain, to_json, typed

#: the longest text that is kept in one field
LONGEST = 20_000
#: fields that must not be empty
NAMES = {"stage": "name", "touchpoint": "name", "card": "text", "action": "title", "journey": "title", "persona": "name", "project": "name"}

Entities = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Put:
    """Create the entity, or change these fields of it when it exists.

    >>> Put("stage", "s1", {"journey": "j1", "name": "Purchase"})  # doctest: +ELLIPSIS
    Put(kind='stage', id='s1', ...)
    """

    kind: str
    id: str
    values: dict[str, Any]
    #: content of new blobs, by key; kept outside the log
    payloads: dict[str, bytes] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True)
class Change:
    """Change fields of an entity that must exist."""

    kind: str
    id: str
    values: dict[str, Any]
    payloads: dict[str, bytes] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True)
class Remove:
    """Remove an entity, what belongs to it, and every reference to it."""

    kind: str
    id: str


Command = Put | Change | Remove


@dataclass(frozen=True)
class Delta:
    """One thing that changed. ``before`` None: created; ``after`` None: removed; else the same fields on both sides."""

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
            entity = from_json(kind, values)
        except (TypeError, ValueError) as error:
            raise InvalidCommand("invalid") from error
        self._writable(kind)[id] = entity
        self.deltas.append(Delta(kind, id, None, to_json(kind, entity)))

    def change(self, kind: str, id: str, values: dict[str, Any]) -> None:
        old = self.table(kind)[id]
        fresh = {name: typed(kind, name, value) for name, value in values.items() if getattr(old, name) != typed(kind, name, value)}
        if not fresh:
            return
        self._writable(kind)[id] = replace(old, **fresh)
        before = {name: plain(getattr(old, name)) for name in fresh}
        self.deltas.append(Delta(kind, id, before, {name: plain(value) for name, value in fresh.items()}))

    def remove(self, kind: str, id: str) -> None:
        old = self._writable(kind).pop(id)
        self.deltas.append(Delta(kind, id, to_json(kind, old), None))


def apply_commands(entities: Entities, commands: Iterable[Command]) -> tuple[dict[str, Mapping[str, Any]], list[Delta]]:
    """Apply commands in order; all or none.

    Raises
    ------
    InvalidCommand : an unknown kind or field, a value that cannot be kept, a reference to what is gone.
    """
    draft = Draft(entities)
    for command in commands:
        _check(draft, command)
        if isinstance(command, Remove):
            _remove(draft, command.kind, command.id)
        elif command.id in draft.table(command.kind):
            draft.change(command.kind, command.id, command.values)
        elif isinstance(command, Change):
            raise InvalidCommand("gone")
        else:
            draft.create(command.kind, command.id, command.values)
    return draft.entities, draft.deltas


def _check(draft: Draft, command: Command) -> None:
    kind = command.kind
    if kind not in KINDS:
        raise InvalidCommand("unknown_kind", kind=kind)
    if kind == "project" and (isinstance(command, Remove) or command.id != SETTINGS):
        raise InvalidCommand("invalid")
    if isinstance(command, Remove):
        if command.id not in draft.table(kind):
            raise InvalidCommand("gone")
        if kind == "stage" and _is_last_stage(draft, command.id):
            raise InvalidCommand("last_stage")
        return
    for name, value in command.values.items():
        _check_value(draft, kind, name, value)


def _is_last_stage(draft: Draft, id: str) -> bool:
    journey = draft.table("stage")[id].journey
    return len([stage for stage in draft.table("stage").values() if stage.journey == journey]) == 1


def _check_value(draft: Draft, kind: str, name: str, value: Any) -> None:
    if name not in FIELDS[kind]:
        raise InvalidCommand("unknown_field", kind=kind, field=name)
    if NAMES.get(kind) == name and not (isinstance(value, str) and value.strip()):
        raise InvalidCommand("empty_name")
    if isinstance(value, str) and len(value) > LONGEST:
        raise InvalidCommand("bad_value", value=value[:40] + "…", field=name)
    if isinstance(value, float) and value != value:
        raise InvalidCommand("bad_value", value="NaN", field=name)
    if (kind, name) in DATES and value is not None and not _is_date(value):
        raise InvalidCommand("bad_value", value=str(value), field=name)
    target = REFERENCES.get(kind, {}).get(name)
    if target and value is not None and value not in draft.table(target):
        raise InvalidCommand("gone")


def _is_date(value: Any) -> bool:
    try:
        return isinstance(value, dt.date) or bool(dt.date.fromisoformat(str(value)[:10]))
    except ValueError:
        return False


def _remove(draft: Draft, kind: str, id: str) -> None:
    """Remove with what belongs to it, so that an edit made meanwhile by somebody else leaves nothing hanging."""
    for other, references in REFERENCES.items():
        for name, target in references.items():
            if target == kind:
                _let_go(draft, other, name, id)
    if kind == "journey":
        for placement in [i for i, p in draft.table("placement").items() if p.journey == id]:
            draft.remove("placement", placement)
    for score in [i for i, s in draft.table("score").items() if s.target == id]:
        draft.remove("score", score)
    if id in draft.table(kind):
        draft.remove(kind, id)


def _let_go(draft: Draft, kind: str, name: str, id: str) -> None:
    holders = [i for i, entity in draft.table(kind).items() if getattr(entity, name) == id]
    for holder in holders:
        if holder not in draft.table(kind):
            continue  # went with another
        if OWNED_BY.get(kind) == name or name == "journey":
            _remove(draft, kind, holder)
        else:
            draft.change(kind, holder, {name: None})


def replay(entities: Entities, deltas: Iterable[Delta]) -> dict[str, Mapping[str, Any]]:
    """The entities after deltas that are known to fit."""
    draft = Draft(entities)
    for delta in deltas:
        if delta.before is None and delta.after is not None:
            draft.create(delta.kind, delta.id, delta.after)
        elif delta.after is None:
            draft.remove(delta.kind, delta.id)
        else:
            draft.change(delta.kind, delta.id, delta.after)
    return draft.entities


def inverse_of(deltas: Iterable[Delta]) -> list[Delta]:
    return [delta.inverse() for delta in reversed(list(deltas))]


def check_undo(entities: Entities, deltas: Iterable[Delta], author_of: Any = None) -> None:
    """Refuse to take back deltas when somebody has changed the same thing since.

    Raises
    ------
    UndoConflict : ``values["delta"]`` is the first delta that no longer stands as it was left.
    """
    for delta in deltas:
        current = entities.get(delta.kind, {}).get(delta.id)
        if delta.after is None:
            stands = current is None
        else:
            stands = current is not None and all(plain(getattr(current, name)) == value for name, value in delta.after.items())
        if not stands:
            raise UndoConflict(author=author_of(delta) if author_of else "?", delta=delta)
    _check_references(entities, deltas)


def _check_references(entities: Entities, deltas: Iterable[Delta]) -> None:
    """What an undo brings back must still find what it belongs to."""
    returning = {(d.kind, d.id) for d in deltas if d.after is None}
    for delta in deltas:
        for name, target in REFERENCES.get(delta.kind, {}).items():
            value = (delta.before or {}).get(name)
            if value is not None and value not in entities.get(target, {}) and (target, value) not in returning:
                raise UndoConflict(author="?", delta=delta)
