"""Standing orders go to depots; a date may be above a limit, or fall out because its depot is closed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

BEFORE = (
    "buyer", "paused", "closed", "no_way", "season", "not_sold", "sold_out", "late", "declined", "unanswered",
    "refused",
)  # fmt: skip
AFTER = (*BEFORE[:3], "depot_closed", "no_depot", *BEFORE[3:])


def upgrade() -> None:
    # Said in SQL: both databases add the column with its rules in place, and the triggers of the table stay.
    op.execute(
        "ALTER TABLE standing_terms ADD COLUMN depot_id INTEGER"
        " CONSTRAINT fk_standing_terms_depot_id REFERENCES depots (id)"
        " CONSTRAINT ck_standing_terms_one_place CHECK (depot_id IS NULL OR address_id IS NULL)"
    )
    op.create_index("ix_standing_terms_depot_id", "standing_terms", ["depot_id"])
    op.add_column("standing_runs", sa.Column("above", sa.BigInteger(), nullable=True))
    _reasons(AFTER)


def downgrade() -> None:
    op.execute("UPDATE standing_runs SET reason = 'closed' WHERE reason IN ('depot_closed', 'no_depot')")
    _reasons(BEFORE)
    op.drop_column("standing_runs", "above")
    op.drop_index("ix_standing_terms_depot_id", "standing_terms")
    op.drop_column("standing_terms", "depot_id")


def _reasons(known: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{reason}'" for reason in known)
    with op.batch_alter_table("standing_runs") as runs:
        runs.drop_constraint(op.f("ck_standing_runs_reason_known"), type_="check")
        runs.create_check_constraint(op.f("ck_standing_runs_reason_known"), f"reason IN ({listed})")
