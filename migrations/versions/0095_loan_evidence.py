"""Contracts as evidence for a loan, with the cooperative's consent"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0095"
down_revision = "0094"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
FIGURES = {
    "contracts": sa.SmallInteger(),
    "partners": sa.SmallInteger(),
    "value": sa.BigInteger(),
    "delivered_kg": sa.BigInteger(),
    "delivered": sa.BigInteger(),
    "sheets": sa.SmallInteger(),
    "in_time": sa.SmallInteger(),
    "late": sa.SmallInteger(),
    "paid": sa.BigInteger(),
}


def upgrade() -> None:
    op.create_table(
        "loan_evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("loan_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=500), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        *(sa.Column(name, kind, nullable=True) for name, kind in FIGURES.items()),
        sa.Column("given_by_id", sa.Integer(), nullable=False),
        sa.Column("given_at", MOMENT, nullable=False),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.CheckConstraint("purpose <> ''", name=op.f("ck_loan_evidence_has_purpose")),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_loan_evidence_days_in_order")),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)",
            name=op.f("ck_loan_evidence_withdrawn_by_somebody"),
        ),
        *(
            sa.CheckConstraint(
                f"(withdrawn_at IS NULL) = ({name} IS NOT NULL)",
                name=op.f(f"ck_loan_evidence_withdrawn_without_{name}"),
            )
            for name in FIGURES
        ),
        sa.CheckConstraint("in_time + late <= sheets", name=op.f("ck_loan_evidence_sheets_add_up")),
        sa.ForeignKeyConstraint(["loan_id"], ["loans.id"], name=op.f("fk_loan_evidence_loan_id")),
        sa.ForeignKeyConstraint(["given_by_id"], ["people.id"], name=op.f("fk_loan_evidence_given_by_id")),
        sa.ForeignKeyConstraint(
            ["withdrawn_by_id"], ["people.id"], name=op.f("fk_loan_evidence_withdrawn_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loan_evidence")),
    )
    op.create_index("ix_loan_evidence_loan_id", "loan_evidence", ["loan_id", "id"])
    op.create_index(
        "uq_loan_evidence_living",
        "loan_evidence",
        ["loan_id"],
        unique=True,
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("loan_evidence")
