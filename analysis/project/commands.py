"""The only way to change a project: commands in, a new project and its deltas out.

A command says what somebody wants (``Put``, ``Change``, ``Remove``); applying it to a project gives deltas, what really
changed (:mod:`analysis.project.draft`). Commands are checked whole: types, lengths, scales, references.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from analysis.errors import InvalidCommand
from analysis.project.blobs import key_of
from analysis.project.circles import check_circle
from analysis.project.draft import Delta, Draft, Entities, replay
from analysis.project.figures import ends_of, in_range, score_id
from analysis.project.model import FIXED, KINDS, LINKS, LISTS, REFERENCES, SCORED, SETTINGS
from analysis.project.removal import remove
from analysis.project.values import checked, checked_id, split


@dataclass(frozen=True)
class Put:
    """Create the entity, or change these fields of it when it exists.

    An entry of a field that is a dictionary is addressed by ``"field.entry"``, ``{"views.cut": "median"}``: two people who
    change different entries both keep theirs.

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


def apply_commands(entities: Entities, commands: Iterable[Command]) -> tuple[dict[str, Mapping[str, Any]], list[Delta]]:
    """Apply commands in order; all or none.

    Raises
    ------
    InvalidCommand : an unknown kind or field, a value that cannot be kept, a reference to what is gone.
    """
    draft = Draft(entities)
    for command in commands:
        _check_target(draft, command)
        if isinstance(command, Remove):
            remove(draft, command.kind, command.id)
        else:
            _write(draft, command)
    return draft.entities, draft.deltas


def _write(draft: Draft, command: Put | Change) -> None:
    kind, id = command.kind, command.id
    if not isinstance(command.values, dict):
        raise InvalidCommand("invalid")
    values = {name: checked(kind, name, value) for name, value in command.values.items()}
    old = draft.table(kind).get(id)
    if old is not None and kind in ("placement", "card") and values.get("stage", old.stage) != old.stage:
        values = {"step": None} | values  # the step is left with its stage
    if old is not None:
        if any(name in values and values[name] != getattr(old, name) for name in FIXED.get(kind, ())):
            raise InvalidCommand("invalid")
        draft.change(kind, id, values)
    elif isinstance(command, Change):
        raise InvalidCommand("gone")
    else:
        draft.create(kind, id, values)
    _check_references(draft, kind, values)
    if "depends_on" in values:
        check_circle(draft.table("action"), id)
    _check_whole(draft, kind, id)
    for key, data in command.payloads.items():
        if key_of(data) != key:
            raise InvalidCommand("invalid")


def _check_target(draft: Draft, command: Command) -> None:
    kind = command.kind
    if not isinstance(kind, str) or kind not in KINDS:
        raise InvalidCommand("unknown_kind", kind=str(kind)[:40])
    id = checked_id(command.id)
    if kind == "project" and (isinstance(command, Remove) or id != SETTINGS):
        raise InvalidCommand("invalid")
    if isinstance(command, Remove):
        if id not in draft.table(kind):
            raise InvalidCommand("gone")
        _check_not_last(draft, kind, id)


def _check_not_last(draft: Draft, kind: str, id: str) -> None:
    if kind == "journey" and len(draft.table("journey")) == 1:
        raise InvalidCommand("last_journey")
    if kind == "stage":
        journey = draft.table("stage")[id].journey
        if sum(stage.journey == journey for stage in draft.table("stage").values()) == 1:
            raise InvalidCommand("last_stage")


def _check_references(draft: Draft, kind: str, values: dict[str, Any]) -> None:
    """What is newly referred to exists."""
    for name, value in values.items():
        base, _ = split(name)
        target = (REFERENCES.get(kind, {}) | LISTS.get(kind, {}) | LINKS.get(kind, {})).get(base)
        if target is None:
            continue
        found = value.values() if isinstance(value, dict) else value if isinstance(value, list) else [value]
        if any(one is not None and one not in draft.table(target) for one in found):
            raise InvalidCommand("gone")


def _check_whole(draft: Draft, kind: str, id: str) -> None:
    """What no single field shows: a card's stage is one of its journey, a score is on its scale and of something."""
    entity = draft.table(kind)[id]
    if kind in ("placement", "card") and entity.stage is not None and draft.table("stage")[entity.stage].journey != entity.journey:
        raise InvalidCommand("invalid")
    if not step_fits(draft.entities, kind, entity):
        raise InvalidCommand("invalid")
    if kind == "score":
        check_score(id, entity)
        if not any(entity.target in draft.table(target) for target in SCORED):
            raise InvalidCommand("gone")


def step_fits(entities: Entities, kind: str, entity: Any) -> bool:
    """Whether the step of a placement or card, if it has one, is of the stage that it stands in."""
    if kind not in ("placement", "card") or entity.step is None:
        return True
    return bool(entities["step"][entity.step].stage == entity.stage)


def check_score(id: str, score: Any) -> None:
    """A score has the id of what it says, and a value that somebody sets or votes is on its scale.

    What a file says is kept as it is, outside its scale or not: the import reports it, and no figure is made of it.

    Raises
    ------
    InvalidCommand : ``invalid`` or ``outside``.
    """
    if id != score_id(score.target, score.criterion, score.layer):
        raise InvalidCommand("invalid")
    if score.layer in ("hand", "vote") and score.value is not None:
        in_range(score.value, *ends_of(score))


__all__ = ["Change", "Command", "Delta", "Draft", "Entities", "Put", "Remove", "apply_commands", "check_score", "replay", "step_fits"]
