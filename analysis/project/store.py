"""Keeps projects: every edit in one transaction with its revision, undo and redo from the log, nothing acknowledged is lost."""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd
import sqlalchemy as sa

from analysis.errors import InvalidCommand, NotFound, NothingToUndo, Outdated
from analysis.language import N_
from analysis.project import database, log, tables
from analysis.project.blobs import Blobs, DatabaseBlobs, FileBlobs, is_content
from analysis.project.commands import Command, Put
from analysis.project.draft import Delta
from analysis.project.model import KINDS, SETTINGS, new_id, to_json
from analysis.project.project import Project
from analysis.project.undo import take_back
from analysis.project.versions import commands_to

#: a snapshot every so many revisions: opening replays at most as many edits
SNAPSHOT_EVERY = 50
#: projects kept ready in memory
READY = 12
#: the longest id of a person
LONGEST_AUTHOR = 80

Label = str | tuple[str, dict[str, Any]]


class Store:
    """All projects of one database.

    Parameters
    ----------
    url : SQLAlchemy URL; by default ``PARCOURS_DATABASE_URL``, or SQLite under ``PARCOURS_HOME``.

    Raises
    ------
    CannotOpenStore : the database was made by a later version, is damaged, or cannot be reached.

    Examples
    --------
    >>> store = Store("sqlite:////path/to/parcours.sqlite")  # doctest: +SKIP
    >>> id = store.create(Project.new("Shop"), author="Anne")  # doctest: +SKIP
    >>> store.apply(id, edits.add_stage(store.load(id), journey, "Return"), author="Anne")  # doctest: +SKIP
    """

    def __init__(self, url: str | None = None) -> None:
        self.url = url or database.default_url()
        self.engine = database.opened(self.url)
        self._ready: OrderedDict[str, Project] = OrderedDict()
        self._lock = threading.Lock()
        self.blobs: Blobs = self._blob_place()

    def _blob_place(self) -> Blobs:
        place = self.engine.url.database
        if self.engine.dialect.name != "sqlite" or not place:
            return DatabaseBlobs(self.engine)
        return FileBlobs(Path(place).parent / "blobs")

    def writing(self) -> Any:
        """A connection whose transactions take the write lock at once."""
        return self.engine.connect().execution_options(writes=True)

    # --- one project --------------------------------------------------------------------------------------------

    def create(self, project: Project, *, author: str, id: str | None = None) -> str:
        """Keep a new project; its id is returned. Revision 1 holds all that it came with."""
        id = id or new_id("pr")
        deltas = [Delta(kind, i, None, to_json(kind, e)) for kind in KINDS for i, e in project.table(kind).items()]
        now = log.now()
        with self.writing() as connection, connection.begin():
            facts = log.facts(project)
            connection.execute(tables.projects.insert().values(id=id, archived=False, created=now, updated=now, revision=1, **facts))
            self.hold(connection, id, project, deltas)
            connection.execute(log.entry(id, 1, _person(author), now, "", deltas))
            connection.execute(tables.snapshots.insert().values(project=id, revision=1, state=log.frozen(project)))
        return id

    def revision(self, id: str) -> int:
        """The newest revision; one indexed read.

        Raises
        ------
        NotFound : no such project (code ``project``).
        """
        with self.engine.connect() as connection:
            return log.revision_of(connection, id)

    def load(self, id: str, revision: int | None = None) -> Project:
        """The project as it is now, or as it was at ``revision`` (1…).

        Raises
        ------
        NotFound : no such project, or no such revision of it.
        """
        with self.engine.connect() as connection:
            head = log.revision_of(connection, id)
            if revision is None or revision == head:
                return self._head(connection, id, head)
            if not 1 <= revision <= head:
                raise NotFound("revision")
            return self._rebuilt(connection, id, revision)

    def apply(
        self, id: str, commands: Command | Iterable[Command], *, author: str, label: Label = "", expected: int | None = None
    ) -> Project:
        """Apply commands to the project as it is now, and keep them; returns when they are safe. All or none.

        Parameters
        ----------
        expected : the revision that the commands were made for, where they say what a project lacks, as an import does: applied to a
            later one they would bring twice what somebody else has brought meanwhile. Without it they are applied to whatever is there.

        Raises
        ------
        InvalidCommand : a command that does not fit the project as it is now.
        NotFound : no such project.
        Outdated : the project is not at the ``expected`` revision any more; nothing was kept.

        Examples
        --------
        >>> plan = store.load(id).plan_import(book.tables)  # doctest: +SKIP
        >>> store.apply(id, plan.commands, author="Anne", expected=plan.revision)  # doctest: +SKIP
        """
        listed = list(commands) if isinstance(commands, Iterable) else [commands]
        with self.writing() as connection, connection.begin():
            revision = log.revision_of(connection, id, lock=True)
            if expected is not None and revision != expected:
                raise Outdated(expected=expected, revision=revision)
            head = self._head(connection, id, revision)
            project, deltas = head.applied(listed)
            if not deltas:
                return head
            self.hold(connection, id, project, deltas)
            self._append(connection, id, project, head.revision + 1, author, label, deltas)
        return self._remember(id, project)

    def undo(self, id: str, *, author: str) -> Project:
        """Take back this author's last edit that still stands.

        Raises
        ------
        NothingToUndo : this author has no edit left to take back.
        UndoConflict : somebody has changed the same thing since; ``values["author"]`` says who.
        """
        with self.writing() as connection, connection.begin():
            revision = log.revision_of(connection, id, lock=True)
            entry = log.last_own(connection, id, _person(author))
            if entry is None:
                raise NothingToUndo
            project = self._take_back(connection, id, self._head(connection, id, revision), entry, undoes=entry.revision)
        return self._remember(id, project)

    def redo(self, id: str, *, author: str) -> Project:
        """Put back what this author undid last, as long as they have not edited since.

        Raises
        ------
        NothingToUndo : nothing to redo (code ``nothing_to_redo``).
        UndoConflict : somebody has changed the same thing since.
        """
        with self.writing() as connection, connection.begin():
            revision = log.revision_of(connection, id, lock=True)
            entry = log.last_undo(connection, id, _person(author))
            if entry is None:
                raise NothingToUndo("nothing_to_redo")
            project = self._take_back(connection, id, self._head(connection, id, revision), entry, redoes=entry.revision)
        return self._remember(id, project)

    def can(self, id: str, *, author: str) -> tuple[bool, bool]:
        """Whether this author has something to undo, and to redo."""
        with self.engine.connect() as connection:
            return log.last_own(connection, id, _person(author)) is not None, log.last_undo(connection, id, _person(author)) is not None

    def _take_back(self, connection: sa.Connection, id: str, head: Project, entry: Any, **marks: int) -> Project:
        def who(kind: str, thing: str, fields: set[str] | None) -> str:
            return log.who_changed(connection, id, entry.revision, entry.author, (kind, thing), fields)

        entities, back = take_back(head.entities, log.deltas_in(entry.deltas), who)
        project = head.with_entities(entities)
        self._append(connection, id, project, head.revision + 1, entry.author, json.loads(entry.label or '""'), back, **marks)
        return project

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
        now = log.now()
        project.kept(revision, self.blobs.get)
        connection.execute(log.entry(id, revision, _person(author), now, label, deltas, **marks))
        facts = tables.projects.update().where(tables.projects.c.id == id).values(revision=revision, updated=now, **log.facts(project))
        connection.execute(facts)
        if revision % SNAPSHOT_EVERY == 0:
            connection.execute(tables.snapshots.insert().values(project=id, revision=revision, state=log.frozen(project)))

    def hold(self, connection: sa.Connection, id: str, project: Project, deltas: list[Delta]) -> None:
        """Keep the contents that an edit refers to, before the edit itself is kept."""
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("lock table blob in row exclusive mode")  # nobody drops one meanwhile
        for what, key in set(log.contents_in(deltas)):
            if not self.blobs.has(connection, key):
                try:
                    data = project.blob(key)
                except NotFound:
                    raise InvalidCommand("gone") from None
                if what != "block" and not is_content(what, data):
                    raise InvalidCommand("bad_value", value="…", field=what)
                self.blobs.put(connection, key, data)
            tables.upsert(connection, tables.holdings, {"project": id, "content": key}, update=False)

    # --- what is ready in memory --------------------------------------------------------------------------------

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
        if start is None:
            found = log.nearest_snapshot(connection, id, revision)
            start = Project(log.thawed(found.state), revision=found.revision, fetch=self.blobs.get)
        deltas = log.deltas_between(connection, id, start.revision, revision)
        return start.replayed(deltas).kept(revision, self.blobs.get)

    # --- the log ------------------------------------------------------------------------------------------------

    def history(self, id: str, limit: int = 200, *, named_only: bool = False) -> pd.DataFrame:
        """The log, newest first: revision, author (id), name, at, label ([message, values]), undoes, redoes, changes (number), version.

        ``named_only``: the versions that were given a name, however old.
        """
        with self.engine.connect() as connection:
            log.revision_of(connection, id)
            return log.history(connection, id, limit, named_only)

    def changes(self, id: str, limit: int = 1000) -> dict[int, list[Delta]]:
        """What the newest ``limit`` edits changed, field by field: revision → deltas. The first edit, which made the project, is left out.

        Raises
        ------
        NotFound : no such project.
        """
        with self.engine.connect() as connection:
            log.revision_of(connection, id)
            return log.changes(connection, id, limit)

    def restore(self, id: str, revision: int, *, author: str) -> Project:
        """Make the project again what it was at a revision; an edit like any other, which can be undone.

        Raises
        ------
        NotFound : no such project or revision.
        """
        return self.apply(
            id,
            commands_to(self.load(id), self.load(id, revision)),
            author=author,
            label=(N_("Restore version {revision}"), {"revision": revision}),
        )

    def replaced(self, id: str, *, author: str, since: int) -> list[dict[str, Any]]:
        """What others replaced of this author's edits after revision ``since``.

        Each: kind, id, field, theirs (what the author had set), now, removed (whether the thing is gone), by, revision.
        """
        with self.engine.connect() as connection:
            return log.replaced(connection, id, _person(author), since)

    def name_version(self, id: str, name: str, *, author: str, revision: int | None = None) -> None:
        """Give a revision (the newest by default) a name, such as “before the workshop”.

        Raises
        ------
        NotFound : no such revision.
        """
        with self.writing() as connection, connection.begin():
            head = log.revision_of(connection, id)
            at = head if revision is None else revision
            if not 1 <= at <= head:
                raise NotFound("revision")
            values = {"project": id, "revision": at, "name": name.strip(), "author": _person(author), "at": log.now()}
            tables.upsert(connection, tables.versions, values)

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
        return self.apply(id, Put("project", SETTINGS, {"name": name.strip()}), author=author, label=N_("Rename the project"))

    def duplicate(self, id: str, *, author: str, name: str | None = None) -> str:
        """A copy of the project as it is now, with an id and a history of its own."""
        project = self.load(id)
        if name:
            project = project.apply(Put("project", SETTINGS, {"name": name}))
        return self.create(project, author=author)

    def archive(self, id: str, archived: bool = True) -> None:
        """Put the project away, or take it back."""
        with self.writing() as connection, connection.begin():
            log.revision_of(connection, id, lock=True)
            connection.execute(tables.projects.update().where(tables.projects.c.id == id).values(archived=archived))

    def delete(self, id: str) -> None:
        """Delete the project for good, with its history and the contents that no other project uses."""
        with self.writing() as connection, connection.begin():
            log.revision_of(connection, id, lock=True)
            held = [key for (key,) in connection.execute(sa.select(tables.holdings.c.content).where(tables.holdings.c.project == id))]
            for table in (tables.entries, tables.snapshots, tables.versions, tables.holdings):
                connection.execute(table.delete().where(table.c.project == id))
            connection.execute(tables.projects.delete().where(tables.projects.c.id == id))
        with self._lock:
            self._ready.pop(id, None)
        self._drop_unused(held)

    def _drop_unused(self, keys: list[str]) -> None:
        """Drop contents that no project uses. Under the write lock: nobody can begin to use one meanwhile."""
        with self.writing() as connection, connection.begin():
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql("lock table blob in share row exclusive mode")
            used = {key for (key,) in connection.execute(sa.select(tables.holdings.c.content).where(tables.holdings.c.content.in_(keys)))}
            self.blobs.drop(connection, [key for key in keys if key not in used])

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
        """What a person calls themselves; the history shows it. An empty name is taken back."""
        with self.writing() as connection, connection.begin():
            tables.upsert(connection, tables.people, {"id": _person(id), "name": name.strip() or _person(id)})

    def person(self, id: str) -> str:
        """What a person calls themselves; their id when they have not said."""
        with self.engine.connect() as connection:
            return log.names(connection, [id])[id]


def _person(id: str) -> str:
    """The id of a person as the tables keep it."""
    return id[:LONGEST_AUTHOR]
