"""The tables of the store. SQLite by default, PostgreSQL by its URL; changed only by a migration."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

metadata = sa.MetaData()

projects = sa.Table(
    "project",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("client", sa.Text, nullable=False, default=""),
    sa.Column("language", sa.String(2), nullable=False, default="fr"),
    sa.Column("revision", sa.Integer, nullable=False, default=0),
    sa.Column("archived", sa.Boolean, nullable=False, default=False),
    sa.Column("created", sa.String(40), nullable=False),
    sa.Column("updated", sa.String(40), nullable=False),
    sa.Column("touchpoints", sa.Integer, nullable=False, default=0),
)

#: the log: one row an edit, never changed afterwards
entries = sa.Table(
    "entry",
    metadata,
    sa.Column("project", sa.String(40), sa.ForeignKey("project.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("revision", sa.Integer, primary_key=True),
    sa.Column("author", sa.String(80), nullable=False),
    sa.Column("at", sa.String(40), nullable=False),
    sa.Column("label", sa.Text, nullable=False, default=""),  # JSON: [message, {values}]
    sa.Column("deltas", sa.LargeBinary, nullable=False),  # zlib of JSON: [[kind, id, before, after], …]
    sa.Column("undoes", sa.Integer),  # the revision that this one takes back
    sa.Column("redoes", sa.Integer),  # the undo that this one takes back
)
sa.Index("entry_author", entries.c.project, entries.c.author, entries.c.revision)

#: the whole project now and then, so that opening it does not replay everything
snapshots = sa.Table(
    "snapshot",
    metadata,
    sa.Column("project", sa.String(40), sa.ForeignKey("project.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("revision", sa.Integer, primary_key=True),
    sa.Column("state", sa.LargeBinary, nullable=False),
)

#: revisions that somebody gave a name to
versions = sa.Table(
    "version",
    metadata,
    sa.Column("project", sa.String(40), sa.ForeignKey("project.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("revision", sa.Integer, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("author", sa.String(80), nullable=False),
    sa.Column("at", sa.String(40), nullable=False),
)

#: contents by their hash, where several servers share the database; beside SQLite they are files
blobs = sa.Table(
    "blob",
    metadata,
    sa.Column("key", sa.String(64), primary_key=True),
    sa.Column("data", sa.LargeBinary, nullable=False),
)

#: which project refers to which content, in any of its revisions
holdings = sa.Table(
    "holding",
    metadata,
    sa.Column("project", sa.String(40), sa.ForeignKey("project.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("content", sa.String(64), primary_key=True),
)
sa.Index("holding_content", holdings.c.content)

#: what people call themselves
people = sa.Table(
    "person",
    metadata,
    sa.Column("id", sa.String(80), primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
)


def upsert(connection: sa.Connection, table: sa.Table, values: dict[str, Any], *, update: bool = True) -> None:
    """Write a row, or write over the one with its key (or leave that one as it is)."""
    insert = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(table).values(**values)
    keys = [column.name for column in table.primary_key]
    rest = {name: value for name, value in values.items() if name not in keys}
    connection.execute(
        insert.on_conflict_do_update(index_elements=keys, set_=rest)
        if update and rest
        else insert.on_conflict_do_nothing(index_elements=keys)
    )
