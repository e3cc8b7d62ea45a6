"""Reading a ``.parcours`` file as what it is: a stranger's. Sizes, types, references and history are checked, then trusted.

The history is followed edit by edit: each change must fit the state that the edits before it left, and bring only values
that the fields may hold; so every old version opens, and every undo works, as if it had been made here.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import dataclass
from typing import Any

from analysis.errors import CannotOpenCopy
from analysis.project.blobs import is_content, key_of
from analysis.project.commands import check_score, step_fits
from analysis.project.draft import Delta, Draft
from analysis.project.evidence import check_block
from analysis.project.log import contents_in
from analysis.project.model import FIELDS, KINDS, SCORED, SETTINGS, from_json, plain
from analysis.project.project import Project
from analysis.project.removal import holders
from analysis.project.values import ABSENT, checked, checked_id, clean_text, references, split, value_of

FORMAT = 1
#: bytes that a copy may unpack to: its texts, all of it, and the number of its parts
LARGEST_TEXT = 150_000_000
LARGEST = 600_000_000
MOST_PARTS = 5_000
_TEXTS = ("manifest.json", "project.json", "history.jsonl", "versions.json", "people.json")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.+Z-]{5,25}")
_PLACEHOLDER = re.compile(r"\{\w*\}")


@dataclass(frozen=True)
class Entry:
    """One edit of the history, checked."""

    revision: int
    author: str
    at: str
    label: Any
    deltas: list[Delta]
    marks: dict[str, int]


@dataclass(frozen=True)
class Copy:
    """What a file holds, checked."""

    project: Project
    first: Project
    entries: list[Entry]
    versions: list[dict[str, Any]]
    people: dict[str, str]


def read_copy(data: bytes) -> Copy:
    """What a ``.parcours`` file holds.

    Raises
    ------
    CannotOpenCopy : or any other error, when the file is not what it should be.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        _check_size(archive)
        if int(_json(archive.read("manifest.json"))["format"]) > FORMAT:
            raise CannotOpenCopy("newer")
        said = _json(archive.read("project.json"))
        lines = [_json(line) for line in archive.read("history.jsonl").split(b"\n") if line.strip()]
        versions, people = _json(archive.read("versions.json")), _json(archive.read("people.json"))
        blobs = {info.filename[6:]: archive.read(info) for info in archive.infolist() if re.fullmatch(r"blobs/[0-9a-f]{64}", info.filename)}
    _require(bool(lines) and all(key_of(content) == key for key, content in blobs.items()))
    return _followed(lines, said, blobs, versions, people)


def _require(condition: bool) -> None:
    if not condition:
        raise CannotOpenCopy


def _json(data: bytes) -> Any:
    def refuse(_: str) -> None:
        raise CannotOpenCopy

    return json.loads(data, parse_constant=refuse)


def _check_size(archive: zipfile.ZipFile) -> None:
    """A small file may unpack to a large one: what it says is summed up before, and :mod:`zipfile` reads no more than that."""
    parts = archive.infolist()
    _require(len(parts) <= MOST_PARTS and sum(info.file_size for info in parts) <= LARGEST)
    _require(sum(info.file_size for info in parts if info.filename in _TEXTS) <= LARGEST_TEXT)


def _followed(
    lines: list[dict[str, Any]], said: dict[str, Any], blobs: dict[str, bytes], versions: list[Any], people: dict[Any, Any]
) -> Copy:
    entries: list[Entry] = []
    entities: dict[str, Any] = {}
    first: dict[str, Any] = {}
    for line in lines:
        draft = Draft(entities)
        for parts in line["deltas"]:
            _follow(draft, Delta(*parts))
        entities = dict(draft.entities)
        _check_state(entities, draft.deltas)
        entries.append(_entry(line, draft.deltas, entries))
        first = first or entities
    _check_blobs(entities, [delta for entry in entries for delta in entry.deltas], blobs)
    project = Project(entities, revision=len(entries), blobs=blobs)
    _require(all(dict(project.table(kind)) == {i: from_json(kind, e) for i, e in said.get(kind, {}).items()} for kind in KINDS))
    return Copy(project, Project(first, revision=1, blobs=blobs), entries, _versions(versions, len(entries)), _people(people))


# --- one change -------------------------------------------------------------------------------------------------


def _follow(draft: Draft, delta: Delta) -> None:
    """One change of the history: it must fit the state before it, and bring only values that the fields may hold."""
    _require(delta.kind in KINDS and not (delta.before is None and delta.after is None))
    id = checked_id(delta.id)
    current = draft.table(delta.kind).get(id)
    if delta.before is None:
        _require(current is None and (delta.kind != "project" or id == SETTINGS))
        draft.create(delta.kind, id, _checked(delta.kind, delta.after or {}))
        return
    _require(current is not None and _matches(current, delta))
    if delta.after is None:
        _require(delta.kind != "project")
        draft.remove(delta.kind, id)
    else:
        before = {name: value for name, value in delta.before.items() if split(name)[0] in FIELDS[delta.kind]}
        draft.follow(Delta(delta.kind, id, before, _checked(delta.kind, delta.after)))


def _checked(kind: str, values: dict[str, Any]) -> dict[str, Any]:
    """The values as fields hold them, as JSON; fields of a later version are passed over."""
    known = {name: value for name, value in values.items() if split(name)[0] in FIELDS[kind]}
    return {name: plain(checked(kind, name, value)) for name, value in known.items()}


def _matches(current: Any, delta: Delta) -> bool:
    """Whether a change starts from what there is; fields of another version are passed over."""
    before, after = delta.before or {}, delta.after or {}
    _require(all(split(name)[1] is not None for name in after if name not in before))
    known = [name for name in {**before, **after} if hasattr(current, split(name)[0])]
    return all(value_of(current, name) == before.get(name, ABSENT) for name in known)


def _check_state(entities: dict[str, Any], deltas: list[Delta]) -> None:
    """What an edit of the history left holds together."""
    settings = entities.get("project", {})
    _require(list(settings) == [SETTINGS] and bool(entities.get("journey")))
    for kind, id in {(delta.kind, delta.id) for delta in deltas}:
        entity = entities.get(kind, {}).get(id)
        if entity is None:
            _require(next(holders(entities, kind, id), None) is None)
            continue
        _require(all(found in entities.get(target, {}) for target, found in references(kind, entity)))
        if kind == "score":
            check_score(id, entity)
            _require(any(entity.target in entities.get(target, {}) for target in SCORED))
        if kind in ("card", "placement") and entity.stage is not None:
            _require(entities["stage"][entity.stage].journey == entity.journey)
        _require(step_fits(entities, kind, entity))


def _check_blobs(entities: dict[str, Any], deltas: list[Delta], blobs: dict[str, bytes]) -> None:
    """Every content that any version refers to is there, and is what it is used as."""
    for what, key in set(contents_in(deltas)):
        _require(key in blobs)
        if what == "block":
            check_block(blobs[key])
        else:
            _require(is_content(what, blobs[key]))


# --- what stands beside the changes -----------------------------------------------------------------------------


def _entry(line: dict[str, Any], deltas: list[Delta], before: list[Entry]) -> Entry:
    revision, at = len(before) + 1, str(line["at"])
    _require(line["revision"] == revision and bool(deltas) and _MOMENT.fullmatch(at) is not None)
    marks = {name: line[name] for name in ("undoes", "redoes") if line.get(name) is not None}
    _require(len(marks) < 2 and all(_points_back(name, target, before) for name, target in marks.items()))
    return Entry(revision, clean_text(str(line["author"]))[:80], at, _label(line.get("label")), deltas, marks)


def _points_back(name: str, target: Any, before: list[Entry]) -> bool:
    """An undo names an edit, a redo names an undo."""
    if type(target) is not int or not 1 < target <= len(before):
        return False
    marks = before[target - 1].marks
    return ("undoes" in marks) if name == "redoes" else not marks


def _label(label: Any) -> Any:
    """What the history says of an edit: a message, or a message and what fills it. Anything else is dropped."""
    text, values = (label[0], label[1]) if isinstance(label, list) and len(label) == 2 else (label, {})
    if not isinstance(text, str) or len(text) > 300 or not isinstance(values, dict):
        return ""
    if re.search(r"[{}]", _PLACEHOLDER.sub("", text)) or not all(isinstance(v, str | int | float) for v in values.values()):
        return ""
    if not set(re.findall(r"\{(\w*)\}", text)) <= set(values):
        return ""
    filling = {str(name): clean_text(value)[:300] if isinstance(value, str) else value for name, value in values.items()}
    return [clean_text(text), filling] if isinstance(label, list) else clean_text(text)


def _versions(versions: list[Any], head: int) -> list[dict[str, Any]]:
    kept = []
    for version in versions:
        revision, at = version["revision"], str(version["at"])
        _require(type(revision) is int and 1 <= revision <= head and _MOMENT.fullmatch(at) is not None)
        kept.append(
            {"revision": revision, "name": clean_text(version["name"])[:200], "author": clean_text(version["author"])[:80], "at": at}
        )
    return kept


def _people(people: dict[Any, Any]) -> dict[str, str]:
    return {clean_text(id)[:80]: clean_text(name)[:200] for id, name in people.items()}
