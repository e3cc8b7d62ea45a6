"""A project as one file: ``.parcours``, a zip that opens on any machine, with its history.

manifest.json     {"format": 1, "name": …, "revision": …}
project.json      kind → id → fields, as the project is now
history.jsonl     one edit a line: revision, author, at, label, deltas, undoes, redoes
versions.json     names given to revisions;  people.json: what authors call themselves
blobs/<sha256>    evidence blocks (Parquet) and pictures, as they are
"""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from analysis.errors import CannotOpenCopy, ParcoursError
from analysis.project import tables
from analysis.project.blobs import key_of
from analysis.project.commands import Delta
from analysis.project.model import KINDS, from_json, new_id, to_json
from analysis.project.project import Project

if TYPE_CHECKING:
    from analysis.project.store import Store

FORMAT = 1
#: a copy that unpacks to more is refused before it is unpacked
LARGEST = 1_000_000_000


def save_copy(store: Store, id: str) -> bytes:
    """The project with its history as the bytes of a ``.parcours`` file."""
    project = store.load(id)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        _write(archive, "manifest.json", {"format": FORMAT, "name": project.name, "revision": project.revision})
        _write(archive, "project.json", {kind: {i: to_json(kind, e) for i, e in project.table(kind).items()} for kind in KINDS})
        entries, versions, people = _history(store, id, project.revision)
        archive.writestr("history.jsonl", "\n".join(json.dumps(entry, ensure_ascii=False) for entry in entries))
        _write(archive, "versions.json", versions)
        _write(archive, "people.json", people)
        for key in _blob_keys(entries):
            archive.writestr(f"blobs/{key}", store.blobs.get(key), zipfile.ZIP_STORED)
    return out.getvalue()


def _write(archive: zipfile.ZipFile, name: str, value: Any) -> None:
    archive.writestr(name, json.dumps(value, ensure_ascii=False, indent=1))


def _history(store: Store, id: str, revision: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]], dict[str, str]]:
    from analysis.project.store import _thawed_deltas

    own = (tables.entries.c.project == id) & (tables.entries.c.revision <= revision)
    with store.engine.connect() as connection:
        rows = connection.execute(sa.select(tables.entries).where(own).order_by(tables.entries.c.revision)).all()
        named = connection.execute(sa.select(tables.versions).where(tables.versions.c.project == id)).mappings().all()
        people = store._names(connection, {row.author for row in rows})
    entries = [
        {"revision": row.revision, "author": row.author, "at": row.at, "label": json.loads(row.label or '""'), "undoes": row.undoes,
         "redoes": row.redoes, "deltas": [delta.to_json() for delta in _thawed_deltas(row.deltas)]}
        for row in rows
    ]  # fmt: skip
    versions = [{key: row[key] for key in ("revision", "name", "author", "at")} for row in named]
    return entries, versions, people


def _blob_keys(entries: list[dict[str, Any]]) -> list[str]:
    """Contents that any revision refers to, so that old versions open too."""
    fields = {"evidence": "blob", "persona": "picture", "project": "logo"}
    found = set()
    for entry in entries:
        for kind, _, before, after in entry["deltas"]:
            if kind in fields:
                found |= {side.get(fields[kind]) for side in (before, after) if side}
    return sorted(found - {None, ""})


def open_copy(store: Store, data: bytes, *, author: str = "") -> str:
    """Keep what a ``.parcours`` file holds as a new project; its id is returned."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check(archive)
            entries = [json.loads(line) for line in archive.read("history.jsonl").decode().splitlines() if line]
            state = json.loads(archive.read("project.json"))
            versions, people = json.loads(archive.read("versions.json")), json.loads(archive.read("people.json"))
            blobs = {name[6:]: archive.read(name) for name in archive.namelist() if name.startswith("blobs/") and len(name) > 6}
        project = _replayed(entries, state, blobs)
    except ParcoursError:
        raise
    except Exception as error:  # a copy is a stranger's file: whatever is wrong with it, the answer is one sentence
        raise CannotOpenCopy from error
    return _keep(store, project, entries, versions, people, blobs)


def _check(archive: zipfile.ZipFile) -> None:
    if sum(info.file_size for info in archive.infolist()) > LARGEST:
        raise CannotOpenCopy
    if int(json.loads(archive.read("manifest.json"))["format"]) > FORMAT:
        raise CannotOpenCopy("newer")


def _replayed(entries: list[dict[str, Any]], state: dict[str, Any], blobs: dict[str, bytes]) -> Project:
    """The project that the history leads to; it must be the one that the copy says it is."""
    if any(key_of(content) != key for key, content in blobs.items()):
        raise CannotOpenCopy
    project = Project({}, blobs=blobs)
    for expected, entry in enumerate(entries, start=1):
        if entry["revision"] != expected:
            raise CannotOpenCopy
        project = project.replayed(Delta(*parts) for parts in entry["deltas"])
    said = {kind: {i: from_json(kind, values) for i, values in state.get(kind, {}).items()} for kind in KINDS}
    if not entries or any(dict(project.table(kind)) != said[kind] for kind in KINDS):
        raise CannotOpenCopy
    return project.at_revision(len(entries))


def _keep(
    store: Store,
    project: Project,
    entries: list[dict[str, Any]],
    versions: list[dict[str, Any]],
    people: dict[str, str],
    blobs: dict[str, bytes],
) -> str:
    from analysis.project.store import _entry, _facts, _frozen, _now

    for key, content in blobs.items():
        store.blobs.put(key, content)
    id, now = new_id("pr"), _now()
    with store._writing() as connection, connection.begin():
        facts = {"archived": False, "created": entries[0]["at"], "updated": now, "revision": project.revision}
        connection.execute(tables.projects.insert().values(id=id, **facts, **_facts(project)))
        for entry in entries:
            marks = {name: entry[name] for name in ("undoes", "redoes") if entry.get(name)}
            deltas = [Delta(*parts) for parts in entry["deltas"]]
            connection.execute(_entry(id, entry["revision"], str(entry["author"]), str(entry["at"]), entry["label"], deltas, **marks))
        first = Project({}).replayed(Delta(*parts) for parts in entries[0]["deltas"])
        for revision, kept in {1: first, project.revision: project}.items():
            connection.execute(tables.snapshots.insert().values(project=id, revision=revision, state=_frozen(kept)))
        for version in versions:
            connection.execute(
                tables.versions.insert().values(project=id, **{key: version[key] for key in ("revision", "name", "author", "at")})
            )
        known = {row.id for row in connection.execute(sa.select(tables.people.c.id))}
        for person, name in people.items():
            if person not in known and person != name:
                connection.execute(tables.people.insert().values(id=person, name=name))
    return id
