"""The log of a project in the database: its rows, what they say, and whose turn it is to undo."""

from __future__ import annotations

import datetime as dt
import json
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd
import sqlalchemy as sa

from analysis.errors import NotFound
from analysis.project import tables
from analysis.project.draft import Delta
from analysis.project.model import CONTENTS, KINDS, from_json, to_json
from analysis.project.project import Project

HISTORY = ["revision", "author", "name", "at", "label", "undoes", "redoes", "changes", "version"]
_ENTRIES = tables.entries.c


def now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")


# --- what is written --------------------------------------------------------------------------------------------


def entry(id: str, revision: int, author: str, at: str, label: Any, deltas: Iterable[Delta], **marks: int) -> sa.Insert:
    """One edit as a row."""
    data = zlib.compress(json.dumps([delta.to_json() for delta in deltas], ensure_ascii=False).encode(), 6)
    shown = json.dumps(label, ensure_ascii=False)
    return tables.entries.insert().values(project=id, revision=revision, author=author, at=at, label=shown, deltas=data, **marks)


def deltas_in(data: bytes) -> list[Delta]:
    return [Delta(*parts) for parts in json.loads(zlib.decompress(data))]


def frozen(project: Project) -> bytes:
    """The whole project, for a snapshot."""
    state = {kind: {i: to_json(kind, e) for i, e in project.table(kind).items()} for kind in KINDS}
    return zlib.compress(json.dumps(state, ensure_ascii=False).encode(), 6)


def thawed(data: bytes) -> dict[str, dict[str, Any]]:
    state = json.loads(zlib.decompress(data))
    return {kind: {i: from_json(kind, values) for i, values in table.items()} for kind, table in state.items() if kind in KINDS}


def facts(project: Project) -> dict[str, Any]:
    """What the list of projects shows."""
    settings = project.settings
    touchpoints = len(project.table("touchpoint"))
    return {"name": settings.name, "client": settings.client, "language": settings.language, "touchpoints": touchpoints}


def contents_in(deltas: Iterable[Delta]) -> Iterator[tuple[str, str]]:
    """What the contents are that deltas refer to, before and after (block, picture, template), and their keys."""
    for delta in deltas:
        for name, what in CONTENTS.get(delta.kind, {}).items():
            for side in (delta.before, delta.after):
                if side and (key := side.get(name)):
                    yield what, key


# --- what is read -----------------------------------------------------------------------------------------------


def revision_of(connection: sa.Connection, id: str, *, lock: bool = False) -> int:
    """The newest revision; ``lock`` keeps it until the transaction ends."""
    query = sa.select(tables.projects.c.revision).where(tables.projects.c.id == id)
    found = connection.execute(query.with_for_update() if lock else query).scalar()
    if found is None:
        raise NotFound("project")
    return int(found)


def nearest_snapshot(connection: sa.Connection, id: str, revision: int) -> Any:
    kept = tables.snapshots.c
    query = (
        sa.select(kept.revision, kept.state).where(kept.project == id, kept.revision <= revision).order_by(kept.revision.desc()).limit(1)
    )
    found = connection.execute(query).first()
    if found is None:
        raise NotFound("revision")
    return found


def deltas_between(connection: sa.Connection, id: str, after: int, until: int) -> list[Delta]:
    query = sa.select(_ENTRIES.deltas).where(_ENTRIES.project == id, _ENTRIES.revision > after, _ENTRIES.revision <= until)
    return [delta for (data,) in connection.execute(query.order_by(_ENTRIES.revision)) for delta in deltas_in(data)]


def last_own(connection: sa.Connection, id: str, author: str) -> Any:
    """The author's newest edit that is not an undo and has not been undone; revision 1 made the project and stays."""
    back = sa.select(_ENTRIES.redoes).where(_ENTRIES.project == id, _ENTRIES.redoes.is_not(None))
    undone = sa.select(_ENTRIES.undoes).where(_ENTRIES.project == id, _ENTRIES.undoes.is_not(None), _ENTRIES.revision.not_in(back))
    query = (
        sa.select(tables.entries)
        .where(_ENTRIES.project == id, _ENTRIES.author == author, _ENTRIES.revision > 1)
        .where(_ENTRIES.undoes.is_(None), _ENTRIES.redoes.is_(None), _ENTRIES.revision.not_in(undone))
        .order_by(_ENTRIES.revision.desc())
        .limit(1)
    )
    return connection.execute(query).first()


def last_undo(connection: sa.Connection, id: str, author: str) -> Any:
    """The author's newest undo that has not been redone, unless a fresh edit of theirs came after it."""
    own = sa.and_(_ENTRIES.project == id, _ENTRIES.author == author)
    redone = sa.select(_ENTRIES.redoes).where(_ENTRIES.project == id, _ENTRIES.redoes.is_not(None))
    fresh = sa.select(sa.func.max(_ENTRIES.revision)).where(own, _ENTRIES.undoes.is_(None), _ENTRIES.redoes.is_(None))
    query = (
        sa.select(tables.entries)
        .where(own, _ENTRIES.undoes.is_not(None), _ENTRIES.revision.not_in(redone))
        .where(_ENTRIES.revision > sa.func.coalesce(fresh.scalar_subquery(), 0))
        .order_by(_ENTRIES.revision.desc())
        .limit(1)
    )
    return connection.execute(query).first()


def who_changed(connection: sa.Connection, id: str, since: int, author: str, thing: tuple[str, str], fields: set[str] | None) -> str:
    """What the person calls themselves who changed a thing (one of these fields of it) last; somebody else than ``author`` if so."""
    query = sa.select(_ENTRIES.author, _ENTRIES.deltas).where(_ENTRIES.project == id, _ENTRIES.revision > since)
    fallback = "?"
    for other, data in connection.execute(query.order_by(_ENTRIES.revision.desc())):
        if any((d.kind, d.id) == thing and _touches(d, fields) for d in deltas_in(data)):
            if other != author:
                return names(connection, [other])[other]
            fallback = names(connection, [other])[other]
    return fallback


def _touches(delta: Delta, fields: set[str] | None) -> bool:
    if fields is None or delta.before is None or delta.after is None:
        return True
    return not fields.isdisjoint({*delta.before, *delta.after})


def history(connection: sa.Connection, id: str, limit: int, named_only: bool = False) -> pd.DataFrame:
    kept = sa.select(tables.versions.c.revision, tables.versions.c.name).where(tables.versions.c.project == id)
    named = {row.revision: row.name for row in connection.execute(kept)}
    query = sa.select(tables.entries).where(_ENTRIES.project == id)
    if named_only:
        query = query.where(_ENTRIES.revision.in_(named))
    found = connection.execute(query.order_by(_ENTRIES.revision.desc()).limit(limit)).all()
    called = names(connection, {row.author for row in found})
    rows = [
        {"revision": row.revision, "author": row.author, "name": called[row.author], "at": row.at, "label": json.loads(row.label or '""'),
         "undoes": row.undoes, "redoes": row.redoes, "changes": len(deltas_in(row.deltas)), "version": named.get(row.revision)}
        for row in found
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=HISTORY).astype({"undoes": "Int64", "redoes": "Int64", "version": "string"})


def changes(connection: sa.Connection, id: str, limit: int) -> dict[int, list[Delta]]:
    """revision → deltas of the newest edits but the first, newest first."""
    query = sa.select(_ENTRIES.revision, _ENTRIES.deltas).where(_ENTRIES.project == id, _ENTRIES.revision > 1)
    found = connection.execute(query.order_by(_ENTRIES.revision.desc()).limit(limit)).all()
    return {row.revision: deltas_in(row.deltas) for row in found}


def replaced(connection: sa.Connection, id: str, author: str, since: int, reach: int = 200) -> list[dict[str, Any]]:
    """What others replaced of the author's edits of the last ``reach`` revisions, after revision ``since``."""
    query = sa.select(tables.entries).where(_ENTRIES.project == id, _ENTRIES.revision > max(since - reach, 1))
    mine: dict[tuple[str, str, str], Any] = {}
    lost: list[dict[str, Any]] = []
    for row in connection.execute(query.order_by(_ENTRIES.revision)):
        for delta in deltas_in(row.deltas):
            if row.author == author:
                _note_own(mine, delta)
            else:
                found = _overwritten(mine, delta)
                lost += [note | {"by": row.author, "revision": row.revision} for note in found if row.revision > since]
    called = names(connection, {row["by"] for row in lost})
    return [row | {"by": called[row["by"]]} for row in lost]


def _note_own(mine: dict[tuple[str, str, str], Any], delta: Delta) -> None:
    if delta.before is None or delta.after is None:
        for key in [key for key in mine if key[:2] == (delta.kind, delta.id)]:
            del mine[key]
    else:
        mine.update({(delta.kind, delta.id, name): value for name, value in delta.after.items()})


def _overwritten(mine: dict[tuple[str, str, str], Any], delta: Delta) -> Iterator[dict[str, Any]]:
    if delta.before is None:
        return
    names = delta.after if delta.after is not None else [key[2] for key in mine if key[:2] == (delta.kind, delta.id)]
    for name in list(names):
        key = (delta.kind, delta.id, name)
        value = None if delta.after is None else delta.after[name]
        if key in mine and (theirs := mine.pop(key)) != value:
            yield {"kind": key[0], "id": key[1], "field": name, "theirs": theirs, "now": value, "removed": delta.after is None}


def names(connection: sa.Connection, ids: Iterable[str]) -> dict[str, str]:
    """What people call themselves; their id where they have not said."""
    wanted = list(ids)
    found = {row.id: row.name for row in connection.execute(sa.select(tables.people).where(tables.people.c.id.in_(wanted)))}
    return {id: found.get(id, id) for id in wanted}
