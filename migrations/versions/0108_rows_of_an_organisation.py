"""What points at an organisation is found without reading everything: merging two records asks for it"""

from __future__ import annotations

from alembic import op

revision = "0108"
down_revision = "0107"
branch_labels = None
depends_on = None

INDEXES = {
    "ix_deliveries_contact_organisation_id": ("deliveries", ["contact_organisation_id"]),
    "ix_alliance_complaints_organisation_id": ("alliance_complaints", ["organisation_id"]),
}


def upgrade() -> None:
    for name, (table, columns) in INDEXES.items():
        op.create_index(name, table, columns)


def downgrade() -> None:
    for name, (table, _columns) in INDEXES.items():
        op.drop_index(name, table_name=table)
