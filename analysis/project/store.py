"""Keeps projects: every edit in one transaction with its revision, undo and redo from the log, nothing acknowledged is lost."""

from __future__ import annotations

import datetime as dt
import json
import threading
import zlib
from collections import OrderedDict
from collections.abc import Iterable
from typing import Any

import pandas as pd
import sqlalchemy as sa

from analysis.errors import NotFound, NothingToUndo, UndoConflict
from analysis.project import database, tables
from analysis.project.blobs import Blobs, DatabaseBlobs, FileBlobs
from analysis.project.commands import Command, Delta, Put, check_undo, inverse_of
from analysis.project.model import KINDS, SETTINGS, from_json, new_id, to_json
from analysis.project.project import Project

#: a snapshot every so many revisions: opening replays at most as many edits
SNAPSHOT_EVERY = 50
#: projects kept ready in memory
READY = 12

Label = str | tuple[str, dict[str, Any]]


class Store:
    """All projects of one database.

    Parameters
    ----------
    url : SQLAlchemy URL; by default ``PARCOURS_DATABASE_URL``, or SQLite under ``PARCOURS_HOME``.

    Examples
    --------
    >>> store = Store("sqlite:////path/to/parcours.sqlite")  # doctest: +SKIP
    >>> id = store.create(Project.new("Shop"), author="Anne")  # doctest: +SKIP
    >>> store.apply(id, edits.add_stage(store.load(id), journey, "Return"), author="Anne")  # doctest: +SKIP
    """

    def __init__(self, url: str | None = None) -> None:
        self.url = url or database.default_url()
        self.engine = database.connect(self.url)
        database.migrate(self.engine)
        self._ready: OrderedDict[str, Project] = OrderedDict()
        self._lock = threading.Lock()
        self.blobs: Blobs = self._blob_place()

    def _blob_place(self) -> Blobs:
        place = self.engine.url.database
        if self.engine.dialect.name != "sqlite" or not place:
            return DatabaseBlobs(self.engine)
        from pathlib import Path

        return FileBlobs(Path(place).parent / "blobs")

    def _writing(self) -> Any:
        return self.engine.connect().execution_options(writes=True)

    # --- one project --------------------------------------------------------------------------------------------

    def create(self, project: Project, *, author: str, id: str | None = None) -> str:
        """Keep a new project; its id is returned. Revision 1 holds all that it came with."""
        id = id or new_id("pr")
        deltas = [Delta(kind, i, None, to_json(kind, e)) for kind in KINDS for i, e in project.table(kind).items()]
        self._keep_blobs(project, project.table("evidence").values())
        now = _now()
        with self._writing() as connection, connection.begin():
            connection.execute(
                tables.projects.insert().values(id=id, archived=False, created=now, updated=now, revision=1, **_facts(project))
            )
            connection.execute(_entry(id, 1, author, now, "", deltas))
            connection.execute(tables.snapshots.insert().values(project=id, revision=1, state=_frozen(project)))
        return id

    def revision(self, id: str) -> int:
        """The newest revision; one indexed read.

        Raises
        ------
        NotFound : no such project (code ``project``).
        """
        with self.engine.connect() as connection:
            return self._revision(connection, id)

    def load(self, id: str, revision: int | None = None) -> Project:
        """The project as it is now, or as it was at ``revision`` (1…).

        Raises
        ------
        NotFound : no such project, or no such revision of it.
        """
        with self.engine.connect() as connection:
            head = self._revision(connection, id)
            if revision is None or revision == head:
                return self._head(connection, id, head)
            if not 1 <= revision <= head:
                raise NotFound("revision")
            return self._rebuilt(connection, id, revision)

    def apply(self, id: str, commands: Command | Iterable[Command], *, author: str, label: Label = "") -> Project:
        """Apply commands to the project as it is now, and keep them; returns when they are safe. All or none.

        Raises
        ------
        InvalidCommand : a command that does not fit the project as it is now.
        NotFound : no such project.
        """
        listed = [commands] if not isinstance(commands, Iterable) else list(commands)
        for command in listed:
            for key, data in getattr(command, "payloads", {}).items():
                self.blobs.put(key, data)
        with self._writing() as connection, connection.begin():
            head = self._head_for_update(connection, id)
            project, deltas = head.applied(listed)
            if not deltas:
                return head
            self._append(connection, id, project, head.revision + 1, author, label, deltas)
        return self._remember(id, project)

    def undo(self, id: str, *, author: str) -> Project:
        """Take back this author's last edit that still stands.

        Raises
        ------
        NothingToUndo : this author has no edit left to take back.
        UndoConflict : somebody has changed the same thing since; ``values["author"]`` says who.
        """
        with self._writing() as connection, connection.begin():
            head = self._head_for_update(connection, id)
            entry = self._last_own(connection, id, author)
            if entry is None:
                raise NothingToUndo
            return self._take_back(connection, id, head, entry, author, undoes=entry.revision)

    def redo(self, id: str, *, author: str) -> Project:
        """Put back what this author undid last, as long as they have not edited since.

        Raises
        ------
        NothingToUndo : nothing to redo (code ``nothing_to_redo``).
        UndoConflict : somebody has changed the same thing since.
        """
        with self._writing() as connection, connection.begin():
            head = self._head_for_update(connection, id)
            entry = self._last_undo(connection, id, author)
            if entry is None:
                raise NothingToUndo("nothing_to_redo")
            return self._take_back(connection, id, head, entry, author, redoes=entry.revision)

    def can(self, id: str, *, author: str) -> tuple[bool, bool]:
        """Whether this author has something to undo, and to redo."""
        with self.engine.connect() as connection:
            return self._last_own(connection, id, author) is not None, self._last_undo(connection, id, author) is not None

    def _take_back(self, connection: sa.Connection, id: str, head: Project, entry: Any, author: str, **marks: int) -> Project:
        deltas = _thawed_deltas(entry.deltas)
        check_undo(head.entities, _net(deltas), lambda delta: self._who_changed(connection, id, entry.revision, delta))
        back = inverse_of(deltas)
        project = head.replayed(back)
        self._append(connection, id, project, head.revision + 1, author, json.loads(entry.label or '""') or "", back, **marks)
        return self._remember(id, project)

    def _append(
        self,
        connection: sa.Connection,
        id: str,
        project: Project,
        revision: int,
        author: str,
        label: Any,
        deltas: list[Delta],
        **marks: int,
    ) -> None:
        now = _now()
        project.at_revision(revision)
        connection.execute(_entry(id, revision, author, now, label, deltas, **marks))
        facts = tables.projects.update().where(tables.projects.c.id == id).values(revision=revision, updated=now, **_facts(project))
        connection.execute(facts)
        if revision % SNAPSHOT_EVERY == 0:
            connection.execute(tables.snapshots.insert().values(project=id, revision=revision, state=_frozen(project)))

    # --- reading the log ----------------------------------------------------------------------------------------

    def _revision(self, connection: sa.Connection, id: str) -> int:
        found = connection.execute(sa.select(tables.projects.c.revision).where(tables.projects.c.id == id)).scalar()
        if found is None:
            raise NotFound("project")
        return int(found)

    def _head_for_update(self, connection: sa.Connection, id: str) -> Project:
        query = sa.select(tables.projects.c.revision).where(tables.projects.c.id == id).with_for_update()
        found = connection.execute(query).scalar()
        if found is None:
            raise NotFound("project")
        return self._head(connection, id, int(found))

    def _head(self, connection: sa.Connection, id: str, revision: int) -> Project:
        with self._lock:
            project = self._ready.get(id)
            if project is not None and project.revision == revision:
                self._ready.move_to_end(id)
                return project
        start = project if project is not None and project.revision < revision else None
        return self._remember(id, self._rebuilt(connection, id, revision, start))

    def _remember(self, id: str, project: Project) -> Project:
        with self._lock:
            known = self._ready.get(id)
            if known is None or known.revision < project.revision:
                self._ready[id] = project
                self._ready.move_to_end(id)
            while len(self._ready) > READY:
                self._ready.popitem(last=False)
        return project

    def _rebuilt(self, connection: sa.Connection, id: str, revision: int, start: Project | None = None) -> Project:
        project = start or self._nearest_snapshot(connection, id, revision)
        query = (
            sa.select(tables.entries.c.deltas)
            .where(tables.entries.c.project == id, tables.entries.c.revision > project.revision, tables.entries.c.revision <= revision)
            .order_by(tables.entries.c.revision)
        )
        deltas = [delta for (data,) in connection.execute(query) for delta in _thawed_deltas(data)]
        return (project.replayed(deltas) if deltas else project).at_revision(revision)

    def _nearest_snapshot(self, connection: sa.Connection, id: str, revision: int) -> Project:
        query = (
            sa.select(tables.snapshots.c.revision, tables.snapshots.c.state)
            .where(tables.snapshots.c.project == id, tables.snapshots.c.revision <= revision)
            .order_by(tables.snapshots.c.revision.desc())
            .limit(1)
        )
        found = connection.execute(query).first()
        if found is None:
            raise NotFound("revision")
        return Project(_thawed(found.state), revision=found.revision, fetch=self.blobs.get)

    def _last_own(self, connection: sa.Connection, id: str, author: str) -> Any:
        """The author's newest edit that is not an undo and has not been undone; revision 1 made the project and stays."""
        taken = sa.select(tables.entries.c.undoes).where(tables.entries.c.project == id, tables.entries.c.undoes.is_not(None))
        back = sa.select(tables.entries.c.redoes).where(tables.entries.c.project == id, tables.entries.c.redoes.is_not(None))
        undone = taken.where(tables.entries.c.revision.not_in(back))
        query = (
            sa.select(tables.entries)
            .where(tables.entries.c.project == id, tables.entries.c.author == author, tables.entries.c.revision > 1)
            .where(tables.entries.c.undoes.is_(None), tables.entries.c.redoes.is_(None), tables.entries.c.revision.not_in(undone))
            .order_by(tables.entries.c.revision.desc())
            .limit(1)
        )
        return connection.execute(query).first()

    def _last_undo(self, connection: sa.Connection, id: str, author: str) -> Any:
        """The author's newest undo that has not been redone, unless a fresh edit of theirs came after it."""
        own = sa.and_(tables.entries.c.project == id, tables.entries.c.author == author)
        redone = sa.select(tables.entries.c.redoes).where(tables.entries.c.project == id, tables.entries.c.redoes.is_not(None))
        fresh = sa.select(sa.func.max(tables.entries.c.revision)).where(
            own, tables.entries.c.undoes.is_(None), tables.entries.c.redoes.is_(None)
        )
        query = (
            sa.select(tables.entries)
            .where(own, tables.entries.c.undoes.is_not(None), tables.entries.c.revision.not_in(redone))
            .where(tables.entries.c.revision > sa.func.coalesce(fresh.scalar_subquery(), 0))
            .order_by(tables.entries.c.revision.desc())
            .limit(1)
        )
        return connection.execute(query).first()

    def _who_changed(self, connection: sa.Connection, id: str, since: int, delta: Delta) -> str:
        query = (
            sa.select(tables.entries.c.author, tables.entries.c.deltas)
            .where(tables.entries.c.project == id, tables.entries.c.revision > since)
            .order_by(tables.entries.c.revision.desc())
        )
        for author, data in connection.execute(query):
            if any(d.kind == delta.kind and d.id == delta.id for d in _thawed_deltas(data)):
                return self._names(connection, [author])[author]
        return "?"

    def history(self, id: str, limit: int = 200) -> pd.DataFrame:
        """The log, newest first: revision, author (id), name, at, label ([message, values]), undoes, redoes, changes (number), version."""
        query = sa.select(tables.entries).where(tables.entries.c.project == id).order_by(tables.entries.c.revision.desc()).limit(limit)
        with self.engine.connect() as connection:
            self._revision(connection, id)
            found = connection.execute(query).all()
            names = self._names(connection, {row.author for row in found})
            named = dict(
                connection.execute(
                    sa.select(tables.versions.c.revision, tables.versions.c.name).where(tables.versions.c.project == id)
                ).all()
            )
        rows = [
            {"revision": row.revision, "author": row.author, "name": names[row.author], "at": row.at, "label": json.loads(row.label or '""'),
             "undoes": row.undoes, "redoes": row.redoes, "changes": len(_thawed_deltas(row.deltas)), "version": named.get(row.revision)}
            for row in found
        ]  # fmt: skip
        return pd.DataFrame(rows, columns=["revision", "author", "name", "at", "label", "undoes", "redoes", "changes", "version"])

    def replaced(self, id: str, *, author: str, since: int) -> list[dict[str, Any]]:
        """What others replaced of this author's edits after revision ``since``: kind, id, field, theirs, now, by, revision."""
        query = sa.select(tables.entries).where(tables.entries.c.project == id, tables.entries.c.revision > max(since - 200, 1))
        mine: dict[tuple[str, str, str], Any] = {}
        lost: list[dict[str, Any]] = []
        with self.engine.connect() as connection:
            for row in connection.execute(query.order_by(tables.entries.c.revision)):
                for delta in _thawed_deltas(row.deltas):
                    for name, value in (delta.after or {}).items() if delta.before is not None else ():
                        key = (delta.kind, delta.id, name)
                        if row.author == author:
                            mine[key] = value
                        elif key in mine and row.revision > since and mine[key] != value:
                            lost.append({"kind": key[0], "id": key[1], "field": name, "theirs": mine.pop(key), "now": value,
                                         "by": row.author, "revision": row.revision})  # fmt: skip
            names = self._names(connection, {row["by"] for row in lost})
        return [row | {"by": names[row["by"]]} for row in lost]

    def name_version(self, id: str, name: str, *, author: str, revision: int | None = None) -> None:
        """Give a revision (the newest by default) a name, such as “before the workshop”."""
        with self._writing() as connection, connection.begin():
            at = revision or self._revision(connection, id)
            connection.execute(tables.versions.delete().where(tables.versions.c.project == id, tables.versions.c.revision == at))
            connection.execute(tables.versions.insert().values(project=id, revision=at, name=name, author=author, at=_now()))

    # --- all projects -------------------------------------------------------------------------------------------

    def projects(self, archived: bool | None = None) -> pd.DataFrame:
        """One row a project, the last changed first: id, name, client, language, revision, archived, created, updated, touchpoints."""
        query = sa.select(tables.projects).order_by(tables.projects.c.updated.desc(), tables.projects.c.id)
        if archived is not None:
            query = query.where(tables.projects.c.archived == archived)
        with self.engine.connect() as connection:
            rows = connection.execute(query).mappings().all()
        frame = pd.DataFrame([dict(row) for row in rows], columns=[column.name for column in tables.projects.columns])
        return frame[["id", "name", "client", "language", "revision", "archived", "created", "updated", "touchpoints"]]

    def rename(self, id: str, name: str, *, author: str = "") -> Project:
        """Give the project another name: an edit like any other, with its place in the history."""
        return self.apply(id, Put("project", SETTINGS, {"name": name.strip()}), author=author, label="Rename the project")

    def duplicate(self, id: str, *, author: str, name: str | None = None) -> str:
        """A copy of the project as it is now, with an id and a history of its own."""
        project = self.load(id)
        if name:
            project = project.apply(Put("project", SETTINGS, {"name": name}))
        return self.create(project, author=author)

    def archive(self, id: str, archived: bool = True) -> None:
        """Put the project away, or take it back."""
        with self._writing() as connection, connection.begin():
            self._revision(connection, id)
            connection.execute(tables.projects.update().where(tables.projects.c.id == id).values(archived=archived))

    def delete(self, id: str) -> None:
        """Delete the project for good, with its history. Blobs that another project may share stay until the next clean-up."""
        with self._writing() as connection, connection.begin():
            self._revision(connection, id)
            for table in (tables.entries, tables.snapshots, tables.versions):
                connection.execute(table.delete().where(table.c.project == id))
            connection.execute(tables.projects.delete().where(tables.projects.c.id == id))
        with self._lock:
            self._ready.pop(id, None)

    def save_copy(self, id: str) -> bytes:
        """The project with its history, as one ``.parcours`` file; see :mod:`analysis.project.copies`."""
        from analysis.project.copies import save_copy

        return save_copy(self, id)

    def open_copy(self, data: bytes, *, author: str = "") -> str:
        """Open a ``.parcours`` file: a project of its own, with the history it came with.

        Raises
        ------
        CannotOpenCopy : damaged, or made by a later version.
        """
        from analysis.project.copies import open_copy

        return open_copy(self, data, author=author)

    def backup(self) -> Any:
        """A copy of the whole database for today; the last ten days are kept."""
        return database.backup(self.engine)

    # --- people -------------------------------------------------------------------------------------------------

    def name_person(self, id: str, name: str) -> None:
        """What a person calls themselves; the history shows it."""
        with self._writing() as connection, connection.begin():
            connection.execute(tables.people.delete().where(tables.people.c.id == id))
            connection.execute(tables.people.insert().values(id=id, name=name))

    def person(self, id: str) -> str:
        with self.engine.connect() as connection:
            return self._names(connection, [id])[id]

    def _names(self, connection: sa.Connection, ids: Iterable[str]) -> dict[str, str]:
        wanted = list(ids)
        found = dict(connection.execute(sa.select(tables.people.c.id, tables.people.c.name).where(tables.people.c.id.in_(wanted))).all())
        return {id: found.get(id, id) for id in wanted}

    def _keep_blobs(self, project: Project, holders: Iterable[Any]) -> None:
        keys = {holder.blob for holder in holders} | {persona.picture for persona in project.table("persona").values()}
        for key in {*keys, project.settings.logo} - {""}:
            self.blobs.put(key, project.blob(key))


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")


def _facts(project: Project) -> dict[str, Any]:
    settings = project.settings
    return {
        "name": settings.name,
        "client": settings.client,
        "language": settings.language,
        "touchpoints": len(project.table("touchpoint")),
    }


def _entry(id: str, revision: int, author: str, now: str, label: Any, deltas: Iterable[Delta], **marks: int) -> sa.Insert:
    data = zlib.compress(json.dumps([delta.to_json() for delta in deltas], ensure_ascii=False).encode(), 6)
    shown = json.dumps(label, ensure_ascii=False)
    return tables.entries.insert().values(project=id, revision=revision, author=author, at=now, label=shown, deltas=data, **marks)


def _thawed_deltas(data: bytes) -> list[Delta]:
    return [Delta(*parts) for parts in json.loads(zlib.decompress(data))]


def _frozen(project: Project) -> bytes:
    state = {kind: {i: to_json(kind, e) for i, e in project.table(kind).items()} for kind in KINDS}
    return zlib.compress(json.dumps(state, ensure_ascii=False).encode(), 6)


def _thawed(data: bytes) -> dict[str, dict[str, Any]]:
    state = json.loads(zlib.decompress(data))
    return {kind: {i: from_json(kind, values) for i, values in table.items()} for kind, table in state.items() if kind in KINDS}


def _net(deltas: list[Delta]) -> list[Delta]:
    """Deltas of one edit with several changes of one thing joined: an undo looks at what was left, not at steps between."""
    joined: OrderedDict[tuple[str, str], Delta] = OrderedDict()
    for delta in deltas:
        first = joined.get((delta.kind, delta.id))
        if first is None:
            joined[delta.kind, delta.id] = delta
        elif delta.after is None:
            joined[delta.kind, delta.id] = Delta(delta.kind, delta.id, first.before, None)
        else:
            joined[delta.kind, delta.id] = Delta(
                delta.kind,
                delta.id,
                None if first.before is None else (delta.before or {}) | first.before,
                (first.after or {}) | delta.after,
            )
    return list(joined.values())


__all__ = ["Store", "UndoConflict"]
