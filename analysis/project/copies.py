"""A project as one file: ``.parcours``, a zip that opens on any machine, with its history.

manifest.json     {"format": 1, "name": …, "revision": …}
project.json      kind → id → fields, as the project is now
history.jsonl     one edit a line: revision, author, at, label, deltas, undoes, redoes
versions.json     names given to revisions;  people.json: what authors call themselves
blobs/<sha256>    evidence blocks (Parquet), pictures and a template of slides, as they are

A copy is a stranger's file: :mod:`analysis.project.intake` checks every part of it before anything is kept.
"""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from analysis.errors import CannotOpenCopy
from analysis.project import log, tables
from analysis.project.intake import FORMAT, Copy, read_copy
from analysis.project.model import KINDS, new_id, to_json

if TYPE_CHECKING:
    from analysis.project.store import Store


def save_copy(store: Store, id: str) -> bytes:
    """The project with its history as the bytes of a ``.parcours`` file."""
    project = store.load(id)
    with store.engine.connect() as connection:
        entries, versions, people = _history(connection, id, project.revision)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        _write(archive, "manifest.json", {"format": FORMAT, "name": project.name, "revision": project.revision})
        _write(archive, "project.json", {kind: {i: to_json(kind, e) for i, e in project.table(kind).items()} for kind in KINDS})
        _put(archive, "history.jsonl", "\n".join(json.dumps(_line(row), ensure_ascii=False) for row in entries))
        _write(archive, "versions.json", versions)
        _write(archive, "people.json", people)
        for key in sorted({key for row in entries for _, key in log.contents_in(log.deltas_in(row.deltas))}):
            _put(archive, f"blobs/{key}", store.blobs.get(key), zipfile.ZIP_STORED)
    return out.getvalue()


def _write(archive: zipfile.ZipFile, name: str, value: Any) -> None:
    _put(archive, name, json.dumps(value, ensure_ascii=False, indent=1))


def _put(archive: zipfile.ZipFile, name: str, data: str | bytes, how: int = zipfile.ZIP_DEFLATED) -> None:
    """A part without the moment of writing: the same project gives the same bytes."""
    archive.writestr(zipfile.ZipInfo(name), data, how)


def _line(row: Any) -> dict[str, Any]:
    return {
        "revision": row.revision, "author": row.author, "at": row.at, "label": json.loads(row.label or '""'), "undoes": row.undoes,
        "redoes": row.redoes, "deltas": [delta.to_json() for delta in log.deltas_in(row.deltas)],
    }  # fmt: skip


def _history(connection: sa.Connection, id: str, revision: int) -> tuple[list[Any], list[dict[str, Any]], dict[str, str]]:
    own = (tables.entries.c.project == id) & (tables.entries.c.revision <= revision)
    rows = list(connection.execute(sa.select(tables.entries).where(own).order_by(tables.entries.c.revision)).all())
    kept = (tables.versions.c.project == id) & (tables.versions.c.revision <= revision)
    named = connection.execute(sa.select(tables.versions).where(kept)).mappings().all()
    versions = [{key: row[key] for key in ("revision", "name", "author", "at")} for row in named]
    called = log.names(connection, {row.author for row in rows})
    return rows, versions, {person: name for person, name in called.items() if person != name}


def open_copy(store: Store, data: bytes, *, author: str = "") -> str:
    """Keep what a ``.parcours`` file holds as a new project; its id is returned.

    Raises
    ------
    CannotOpenCopy : damaged, not what it says it is, or made by a later version. Nothing is kept then.
    """
    try:
        copy = read_copy(data)
    except CannotOpenCopy:
        raise
    except Exception as error:  # a stranger's file: whatever is wrong with it, the answer is one sentence
        raise CannotOpenCopy from error
    return _keep(store, copy)


def _keep(store: Store, copy: Copy) -> str:
    id, now = new_id("pr"), log.now()
    with store.writing() as connection, connection.begin():
        facts = {"archived": False, "created": copy.entries[0].at, "updated": now, "revision": copy.project.revision}
        connection.execute(tables.projects.insert().values(id=id, **facts, **log.facts(copy.project)))
        store.hold(connection, id, copy.project, [delta for entry in copy.entries for delta in entry.deltas])
        for entry in copy.entries:
            connection.execute(log.entry(id, entry.revision, entry.author, entry.at, entry.label, entry.deltas, **entry.marks))
        for revision, kept in {1: copy.first, copy.project.revision: copy.project}.items():
            connection.execute(tables.snapshots.insert().values(project=id, revision=revision, state=log.frozen(kept)))
        for version in copy.versions:
            tables.upsert(connection, tables.versions, {"project": id} | version)
        for person, name in copy.people.items():
            tables.upsert(connection, tables.people, {"id": person, "name": name}, update=False)
    return id
