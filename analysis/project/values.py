"""What a field may hold. Every value is checked and cleaned on its way in: commands come from a browser, copies from strangers.

A field that is a dictionary (weights, views, links of evidence) can be addressed entry by entry, ``"views.cut"``, so that
two people who change different entries both keep theirs.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import numbers
import re
import types
from collections.abc import Callable, Iterator
from dataclasses import fields
from typing import Any, get_args, get_origin, get_type_hints

from analysis.errors import InvalidCommand
from analysis.language import LANGUAGES
from analysis.project.model import FIELDS, KINDS, LANE_TYPES, LAYERS, LINKS, LISTS, REFERENCES, STATUSES, plain

#: the longest text, and the longest JSON of a free-form field, that is kept
LONGEST = 20_000
LONGEST_JSON = 5_000_000
#: nesting of free-form fields
DEEPEST = 12
#: fields that must not be empty
NAMES = {
    "stage": "name", "step": "name", "touchpoint": "name", "card": "text", "action": "title", "journey": "title", "persona": "name",
    "project": "name",
}  # fmt: skip

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_ID = re.compile(r"[^\x00-\x1f\x7f\ud800-\udfff]{1,200}")
_COLOUR = r"(#[0-9a-fA-F]{3,8}|[a-z][a-z0-9_-]{0,30})?"
_LANE = "|".join(LANE_TYPES) + r"|custom-[\w-]{1,80}"
_CONTENT = r"([0-9a-f]{64})?"
_FONT = r"([^\W_][\w .'-]{0,59})?"
#: kind, field → what its text looks like
_FORMS: dict[tuple[str, str], re.Pattern[str]] = {
    key: re.compile(form)
    for key, form in {
        ("project", "language"): "|".join(LANGUAGES),
        ("project", "currency"): r"[A-Z]{3}",
        ("project", "colour"): _COLOUR,
        ("project", "logo"): _CONTENT,
        ("project", "template"): _CONTENT,
        ("project", "font"): _FONT,
        ("project", "key"): r"[0-9a-f]{32,64}",
        ("persona", "colour"): _COLOUR,
        ("persona", "picture"): _CONTENT,
        ("journey", "state"): "as_is|to_be",
        ("lane", "type"): _LANE,
        ("card", "kind"): _LANE,
        ("card", "side"): "(staff|customer)?",
        ("card", "colour"): _COLOUR,
        ("touchpoint", "moment_of_truth"): "(accepted|refused)?",
        ("score", "layer"): "|".join(LAYERS),
        ("evidence", "blob"): _CONTENT[:-1],
        ("action", "status"): "|".join(STATUSES),
    }.items()
}
#: dictionaries whose entry None means "no such entry"
_WITHOUT_NONE = {("project", name) for name in ("weights", "views", "criteria", "dismissed")}
#: in the record of a change: the dictionary has no such entry
ABSENT = object()

Check = Callable[[Any], Any]


class Refused(ValueError):
    """A value that its field cannot hold."""


def clean_text(value: Any) -> str:
    """Text without the control characters that no file format takes."""
    if not isinstance(value, str) or len(value) > LONGEST:
        raise Refused
    return _CONTROL.sub("", value)


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, numbers.Real) or not math.isfinite(value):
        raise Refused
    return float(value)


def _whole(value: Any) -> int:
    number = _number(value)
    if not number.is_integer():
        raise Refused
    return int(value)


def _flag(value: Any) -> bool:
    if isinstance(value, bool) or type(value).__name__ in ("bool", "bool_"):
        return bool(value)
    raise Refused


def _date(value: Any) -> dt.date:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if not isinstance(value, str):
        raise Refused
    return dt.date.fromisoformat(value[:10])


def _json(value: Any, depth: int = 0) -> Any:
    """A free-form value as it comes back from JSON, so that a reload changes nothing."""
    if depth > DEEPEST:
        raise Refused
    if isinstance(value, str):
        return clean_text(value)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, numbers.Integral):
        return int(value)
    if isinstance(value, numbers.Real):
        return _number(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dict):
        return {clean_text(str(key)): _json(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_json(item, depth + 1) for item in value]
    raise Refused


def _entry_check(hint: Any) -> Check:
    """The check of one entry of a dictionary."""
    return _json if hint is Any else _check_of(hint)


def _dictionary(entry: Check) -> Check:
    def check(value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise Refused
        found = {clean_text(key): entry(item) for key, item in value.items()}
        if len(json.dumps(found, ensure_ascii=False)) > LONGEST_JSON:
            raise Refused
        return found

    return check


def _texts(value: Any) -> list[str]:
    if not isinstance(value, list | tuple):
        raise Refused
    return [clean_text(item) for item in value]


_PLAIN: dict[Any, Check] = {str: clean_text, float: _number, int: _whole, bool: _flag, dt.date: _date}


def _check_of(hint: Any) -> Check:
    """The check of a type hint of the model."""
    if hint in _PLAIN:
        return _PLAIN[hint]
    if get_origin(hint) is list:
        return _texts
    if get_origin(hint) is dict:
        return _dictionary(_entry_check(get_args(hint)[1]))
    if get_origin(hint) is types.UnionType:
        return _optional(_check_of(next(arm for arm in get_args(hint) if arm is not type(None))), empty=dt.date in get_args(hint))
    raise TypeError(hint)


def _optional(check: Check, *, empty: bool) -> Check:
    def checked(value: Any) -> Any:
        missing = value is None or type(value).__name__ in ("NAType", "NaTType") or (empty and value == "")
        return None if missing else check(value)

    return checked


_HINTS = {kind: get_type_hints(cls) for kind, cls in KINDS.items()}
_CHECKS: dict[str, dict[str, Check]] = {
    kind: {field.name: _check_of(_HINTS[kind][field.name]) for field in fields(cls)} for kind, cls in KINDS.items()
}
_ENTRIES: dict[tuple[str, str], Check] = {
    (kind, name): _entry_check(get_args(hint)[1])
    for kind, hints in _HINTS.items()
    for name, hint in hints.items()
    if get_origin(hint) is dict
}


def checked_id(id: Any) -> str:
    """The id, or a refusal."""
    if not isinstance(id, str) or not _ID.fullmatch(id):
        raise InvalidCommand("bad_value", value=str(id)[:40], field="id")
    return id


def checked(kind: str, name: str, value: Any) -> Any:
    """The value as the field ``name`` (or its entry, ``"views.cut"``) keeps it.

    Raises
    ------
    InvalidCommand : no such field (``unknown_field``), an empty name (``empty_name``), another type or too long (``bad_value``),
        a weight outside 0 to 10 (``outside``).

    >>> checked("stage", "order", 2)
    2.0
    """
    base, key = split(str(name))
    if base not in FIELDS[kind] or (key is not None and (kind, base) not in _ENTRIES):
        raise InvalidCommand("unknown_field", kind=kind, field=str(name)[:80])
    try:
        found = _CHECKS[kind][base](value) if key is None else _checked_entry(kind, base, key, value)
    except (ValueError, OverflowError) as error:
        raise _bad(name, value) from error
    _check_form(kind, base, found)
    return found


def _checked_entry(kind: str, base: str, key: str, value: Any) -> Any:
    clean_text(key)
    return None if value is None else _ENTRIES[kind, base](value)


def _check_form(kind: str, name: str, value: Any) -> None:
    if NAMES.get(kind) == name and not value.strip():
        raise InvalidCommand("empty_name")
    form = _FORMS.get((kind, name))
    if form and not form.fullmatch(value):
        raise _bad(name, value)
    if (kind, name) == ("project", "weights"):
        for weight in value.values() if isinstance(value, dict) else [value]:
            if weight is not None and not 0 <= weight <= 10:
                raise InvalidCommand("outside", value=weight, low=0, high=10)


def _bad(name: str, value: Any) -> InvalidCommand:
    shown = str(value) if len(str(value)) <= 40 else str(value)[:40] + "…"
    return InvalidCommand("bad_value", value=shown, field=name)


# --- entries of dictionaries ------------------------------------------------------------------------------------


def split(name: str) -> tuple[str, str | None]:
    """The field, and the entry of it that is meant, if any.

    >>> split("views.cut")
    ('views', 'cut')
    """
    base, dot, key = name.partition(".")
    return base, key if dot else None


def value_of(entity: Any, name: str) -> Any:
    """A field of an entity as JSON has it, or an entry of one; ``ABSENT`` when there is none."""
    base, key = split(name)
    found = getattr(entity, base, ABSENT)
    if key is None:
        return plain(found)
    return found.get(key, ABSENT) if isinstance(found, dict) else ABSENT


def entries(kind: str, entity: Any, name: str, value: Any) -> Iterator[tuple[str, Any]]:
    """A change of a field as changes of what can be changed alone: a dictionary entry by entry (``ABSENT``: taken away)."""
    base, key = split(name)
    old = getattr(entity, base)
    if key is not None:
        yield name, _kept(kind, base, value)
    elif isinstance(old, dict):
        for entry in {**old, **value}:
            yield f"{base}.{entry}", _kept(kind, base, value.get(entry, ABSENT))
    else:
        yield name, value


def _kept(kind: str, base: str, value: Any) -> Any:
    return ABSENT if value is None and (kind, base) in _WITHOUT_NONE else value


def with_entries(entity: Any, changes: dict[str, Any]) -> dict[str, Any]:
    """Field → value, for changes that may address entries of dictionaries."""
    whole: dict[str, Any] = {}
    for name, value in changes.items():
        base, key = split(name)
        if key is None:
            whole[base] = value
            continue
        if base not in whole:
            whole[base] = dict(getattr(entity, base, {}))
        if value is ABSENT:
            whole[base].pop(key, None)
        else:
            whole[base][key] = value
    return whole


# --- references -------------------------------------------------------------------------------------------------


def references(kind: str, entity: Any) -> Iterator[tuple[str, str]]:
    """(kind, id) of everything that an entity refers to; a score's target is looked up apart."""
    for name, target in REFERENCES.get(kind, {}).items():
        if (found := getattr(entity, name)) is not None:
            yield target, found
    for name, target in LISTS.get(kind, {}).items():
        yield from ((target, found) for found in getattr(entity, name))
    for name, target in LINKS.get(kind, {}).items():
        yield from ((target, found) for found in getattr(entity, name).values() if found is not None)
