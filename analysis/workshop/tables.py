"""The tables of workshops, beside those of the projects. Changed only by a migration.

Rows of votes and texts are kept in the order of a random key, without a row number: where they lie says nothing of when
they came.
"""

from __future__ import annotations

import sqlalchemy as sa

from analysis.project.tables import metadata


def _belongs(table: str) -> sa.ForeignKey:
    return sa.ForeignKey(f"{table}.id", ondelete="CASCADE")


workshops = sa.Table(
    "workshop",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("project", sa.String(40), _belongs("project"), nullable=False, index=True),
    sa.Column("code", sa.String(6), unique=True),  # empty once the workshop is over: a code is used again
    sa.Column("state", sa.String(10), nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("current", sa.String(40), nullable=False),
    sa.Column("expires", sa.Float),
    sa.Column("body", sa.JSON, nullable=False),  # the rest of model.Workshop
)

rounds = sa.Table(
    "workshop_round",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("workshop", sa.String(40), _belongs("workshop"), nullable=False, index=True),
    sa.Column("position", sa.Float, nullable=False),
    sa.Column("state", sa.String(10), nullable=False),
    sa.Column("salt", sa.String(64), nullable=False),
    sa.Column("ends", sa.Float),
    sa.Column("left", sa.Float),
    sa.Column("accepted", sa.Integer),
    sa.Column("body", sa.JSON, nullable=False),  # the rest of model.Round
)

participants = sa.Table(
    "workshop_participant",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("workshop", sa.String(40), _belongs("workshop"), nullable=False),
    sa.Column("token", sa.String(64), nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("side", sa.String(10), nullable=False),
    sa.Column("kind", sa.String(12), nullable=False),
    sa.Column("removed", sa.Boolean, nullable=False),
    sa.UniqueConstraint("workshop", "token", name="workshop_token"),
    sqlite_with_rowid=False,
)

votes = sa.Table(
    "workshop_vote",
    metadata,
    sa.Column("round", sa.String(40), _belongs("workshop_round"), primary_key=True),
    sa.Column("voter", sa.String(64), primary_key=True),
    sa.Column("item", sa.String(40), primary_key=True),
    sa.Column("value", sa.Float),
    sa.Column("second", sa.Float),
    sa.Column("skip", sa.Boolean, nullable=False),
    sa.Column("side", sa.String(10), nullable=False),
    sa.Column("typed", sa.Boolean, nullable=False),  # by the facilitator, for somebody without a phone
    sa.Column("count", sa.Integer, nullable=False),  # the phone's own counter while the round is open; 0 afterwards
    sqlite_with_rowid=False,
)

texts = sa.Table(
    "workshop_text",
    metadata,
    sa.Column("round", sa.String(40), _belongs("workshop_round"), primary_key=True),
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("voter", sa.String(64), nullable=False),
    sa.Column("item", sa.String(40), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("side", sa.String(10), nullable=False),
    sa.Column("typed", sa.Boolean, nullable=False),
    sa.Column("hidden", sa.Boolean, nullable=False),
    sa.Column("merged", sa.String(40), nullable=False),  # the text that speaks for it
    sa.Column("count", sa.Integer, nullable=False),
    sqlite_with_rowid=False,
)

#: what the server knows of itself: the facilitator's password as a hash, the secret that signs its sessions
secrets = sa.Table(
    "secret",
    metadata,
    sa.Column("name", sa.String(40), primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)
