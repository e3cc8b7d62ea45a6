"""Taking back an edit: its deltas turned round, refused when somebody else has built on what it left."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from analysis.errors import InvalidCommand, UndoConflict
from analysis.project.circles import circle
from analysis.project.draft import Delta, Entities, replay
from analysis.project.removal import holders
from analysis.project.values import ABSENT, references, split, value_of

#: (kind, id, fields or None for any) → who changed it since
WhoChanged = Callable[[str, str, set[str] | None], str]
Left = dict[tuple[str, str], dict[str, Any] | None]


def inverse_of(deltas: Iterable[Delta]) -> list[Delta]:
    """What takes these deltas back."""
    return [delta.inverse() for delta in reversed(list(deltas))]


def left_by(deltas: Iterable[Delta]) -> Left:
    """How an edit left each thing it touched: None when it removed it, else the fields (or entries) it set."""
    left: Left = {}
    for delta in deltas:
        key = (delta.kind, delta.id)
        known = left.get(key)
        if delta.after is None:
            left[key] = None
        elif delta.before is None or known is None:
            left[key] = dict.fromkeys(delta.before or {}, ABSENT) | delta.after
        else:
            left[key] = _overlaid(known, dict.fromkeys(delta.before, ABSENT) | delta.after)
    return left


def _overlaid(known: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    result = dict(known)
    for name, value in changes.items():
        base, key = split(name)
        if key is None or base not in result:
            result[name] = value
            continue
        rest = {k: v for k, v in result[base].items() if k != key}
        result[base] = rest if value is ABSENT else rest | {key: value}
    return result


def take_back(entities: Entities, deltas: list[Delta], who: WhoChanged) -> tuple[dict[str, Mapping[str, Any]], list[Delta]]:
    """The entities without what these deltas did, and the deltas that take it back.

    Raises
    ------
    UndoConflict : somebody has changed the same thing since, or built on it.
    InvalidCommand : a journey would be left without a stage, or the project without a journey.
    """
    left = left_by(deltas)
    for (kind, id), expected in left.items():
        _check_stands(entities, kind, id, expected, who)
    back = inverse_of(deltas)
    result = replay(entities, back)
    for kind, id in left:
        _check_fits(entities, result, kind, id, who)
    return result, back


def _check_stands(entities: Entities, kind: str, id: str, expected: dict[str, Any] | None, who: WhoChanged) -> None:
    current = entities.get(kind, {}).get(id)
    if expected is None or current is None:
        if expected is not None or current is not None:
            raise UndoConflict(author=who(kind, id, None))
        return
    changed = {name for name, value in expected.items() if value_of(current, name) != value}
    if changed:
        raise UndoConflict(author=who(kind, id, changed))


def _check_fits(before: Entities, result: Entities, kind: str, id: str, who: WhoChanged) -> None:
    """What came back finds what it belongs to, and what went leaves nothing hanging."""
    entity = result.get(kind, {}).get(id)
    if entity is None:
        for other, holder, _ in holders(result, kind, id):
            raise UndoConflict(author=who(other, holder, None))
        _check_not_last(before, result, kind, id)
        return
    for target, referred in references(kind, entity):
        if referred not in result.get(target, {}):
            raise UndoConflict(author=who(target, referred, None))
    if kind in ("placement", "card") and entity.step is not None and result["step"][entity.step].stage != entity.stage:
        raise UndoConflict(author=who(kind, id, {"stage"}))  # moved to another stage since
    if kind == "action" and circle(result["action"], id):  # another has come to wait for it since
        raise UndoConflict(author=who("action", id, {"depends_on"}))
    if kind == "score" and not any(entity.target in result.get(target, {}) for target in ("touchpoint", "stage", "action")):
        raise UndoConflict(author=who("touchpoint", entity.target, None))


def _check_not_last(before: Entities, result: Entities, kind: str, id: str) -> None:
    gone = before.get(kind, {}).get(id)
    if kind == "journey" and gone is not None and not result.get("journey"):
        raise InvalidCommand("last_journey")
    if kind == "stage" and gone is not None and gone.journey in result.get("journey", {}):
        stages = result.get("stage", {}).values()
        if all(stage.journey != gone.journey for stage in stages):
            raise InvalidCommand("last_stage")
