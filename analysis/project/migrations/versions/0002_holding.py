"""Which project uses which content, so that deleting a project for good deletes its contents."""

import json
import zlib

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_FIELDS = {"evidence": "blob", "persona": "picture", "project": "logo"}


def upgrade() -> None:
    holding = op.create_table(
        "holding",
        sa.Column("project", sa.String(40), sa.ForeignKey("project.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("content", sa.String(64), primary_key=True),
    )
    op.create_index("holding_content", "holding", ["content"])
    connection = op.get_bind()
    found = set()
    for project, data in connection.execute(sa.text("select project, deltas from entry")):
        for kind, _, before, after in json.loads(zlib.decompress(data)):
            found |= {(project, side.get(_FIELDS.get(kind))) for side in (before, after) if side}
    rows = [{"project": project, "content": key} for project, key in sorted(pair for pair in found if pair[1])]
    if rows:
        op.bulk_insert(holding, rows)
