"""Workshops, their rounds, people, votes and texts; the facilitator's password."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def _in(table: str) -> sa.ForeignKey:
    return sa.ForeignKey(f"{table}.id", ondelete="CASCADE")


def upgrade() -> None:
    op.create_table(
        "workshop",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("project", sa.String(40), _in("project"), nullable=False, index=True),
        sa.Column("code", sa.String(6), unique=True),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("current", sa.String(40), nullable=False),
        sa.Column("expires", sa.Float),
        sa.Column("body", sa.JSON, nullable=False),
    )
    op.create_table(
        "workshop_round",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("workshop", sa.String(40), _in("workshop"), nullable=False, index=True),
        sa.Column("position", sa.Float, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("salt", sa.String(64), nullable=False),
        sa.Column("ends", sa.Float),
        sa.Column("left", sa.Float),
        sa.Column("accepted", sa.Integer),
        sa.Column("body", sa.JSON, nullable=False),
    )
    op.create_table(
        "workshop_participant",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("workshop", sa.String(40), _in("workshop"), nullable=False),
        sa.Column("token", sa.String(64), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("side", sa.String(10), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("removed", sa.Boolean, nullable=False),
        sa.UniqueConstraint("workshop", "token", name="workshop_token"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "workshop_vote",
        sa.Column("round", sa.String(40), _in("workshop_round"), primary_key=True),
        sa.Column("voter", sa.String(64), primary_key=True),
        sa.Column("item", sa.String(40), primary_key=True),
        sa.Column("value", sa.Float),
        sa.Column("second", sa.Float),
        sa.Column("skip", sa.Boolean, nullable=False),
        sa.Column("side", sa.String(10), nullable=False),
        sa.Column("typed", sa.Boolean, nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "workshop_text",
        sa.Column("round", sa.String(40), _in("workshop_round"), primary_key=True),
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("voter", sa.String(64), nullable=False),
        sa.Column("item", sa.String(40), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("side", sa.String(10), nullable=False),
        sa.Column("typed", sa.Boolean, nullable=False),
        sa.Column("hidden", sa.Boolean, nullable=False),
        sa.Column("merged", sa.String(40), nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table("secret", sa.Column("name", sa.String(40), primary_key=True), sa.Column("value", sa.Text, nullable=False))
