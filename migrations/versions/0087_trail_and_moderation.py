"""The trail is searched by person, member, kind and time"""

from __future__ import annotations

from alembic import op

revision = "0087"
down_revision = "0073"
branch_labels = None
depends_on = None

INDEXES = {
    "ix_audit_entries_at": ["at", "id"],
    "ix_audit_entries_actor": ["actor_id", "at", "id"],
    "ix_audit_entries_behalf": ["on_behalf_of_id", "at", "id"],
    "ix_audit_entries_kind": ["kind", "at", "id"],
}


def upgrade() -> None:
    for name, columns in INDEXES.items():
        op.create_index(name, "audit_entries", columns)


def downgrade() -> None:
    for name in INDEXES:
        op.drop_index(name, "audit_entries")
