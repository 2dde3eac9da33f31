"""Statements and credit: terms, decisions, purchases on account, the day a sum is due; papers wanted as PDF."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
CHARGES = {
    "ix_charges_due_on": "due_on",
    "ix_charges_payer_organisation_id": "payer_organisation_id",
    "ix_charges_payer_person_id": "payer_person_id",
}


def upgrade() -> None:
    for name, column in CHARGES.items():
        op.create_index(name, "charges", [column])
    _papers()
    _terms()
    _decisions()
    _uses()


def downgrade() -> None:
    for table in ("credit_uses", "credit_decisions", "credit_terms", "papers"):
        op.drop_table(table)
    for name in CHARGES:
        op.drop_index(name, "charges")


def _papers() -> None:
    op.create_table(
        "papers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("told", JSON, nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("back", sa.String(length=300), nullable=False),
        sa.Column("locale", sa.String(length=2), nullable=False),
        sa.Column("wanted_by_id", sa.Integer(), nullable=False),
        sa.Column("wanted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("failure", sa.String(length=40), nullable=True),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('waiting', 'ready', 'failed')", name=op.f("ck_papers_state_known")),
        sa.CheckConstraint(
            "failure IN ('no_press', 'too_long', 'gone', 'broken')", name=op.f("ck_papers_failure_known")
        ),
        sa.CheckConstraint("(state = 'ready') = (name <> '')", name=op.f("ck_papers_ready_has_file")),
        sa.CheckConstraint(
            "(state = 'failed') = (failure IS NOT NULL)", name=op.f("ck_papers_failed_has_reason")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_papers")),
        sa.UniqueConstraint("ref", name=op.f("uq_papers_ref")),
    )
    op.create_index("ix_papers_state", "papers", ["state", "wanted_at"])
    op.create_index("ix_papers_wanted_by_id", "papers", ["wanted_by_id", "state"])


def _terms() -> None:
    op.create_table(
        "credit_terms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("payee_organisation_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("most", sa.BigInteger(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('granted', 'ended')", name=op.f("ck_credit_terms_state_known")),
        sa.CheckConstraint("most > 0", name=op.f("ck_credit_terms_most_positive")),
        sa.CheckConstraint("days BETWEEN 1 AND 180", name=op.f("ck_credit_terms_days_in_bounds")),
        sa.CheckConstraint(
            "(organisation_id IS NULL) <> (person_id IS NULL)", name=op.f("ck_credit_terms_one_buyer")
        ),
        sa.ForeignKeyConstraint(
            ["payee_organisation_id"],
            ["organisations.id"],
            name=op.f("fk_credit_terms_payee_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_credit_terms_organisation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_credit_terms_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_terms")),
        sa.UniqueConstraint(
            "payee_organisation_id",
            "organisation_id",
            name=op.f("uq_credit_terms_payee_organisation_id_organisation_id"),
        ),
        sa.UniqueConstraint(
            "payee_organisation_id", "person_id", name=op.f("uq_credit_terms_payee_organisation_id_person_id")
        ),
    )
    op.create_index("ix_credit_terms_organisation_id", "credit_terms", ["organisation_id"])
    op.create_index("ix_credit_terms_person_id", "credit_terms", ["person_id"])


def _decisions() -> None:
    op.create_table(
        "credit_decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("terms_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("most", sa.BigInteger(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "step IN ('granted', 'changed', 'ended')", name=op.f("ck_credit_decisions_step_known")
        ),
        sa.ForeignKeyConstraint(
            ["terms_id"], ["credit_terms.id"], name=op.f("fk_credit_decisions_terms_id")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_credit_decisions_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_decisions")),
    )
    op.create_index("ix_credit_decisions_terms_id", "credit_decisions", ["terms_id"])
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER credit_decisions_no_{act.lower()} BEFORE {act} ON credit_decisions "
                "BEGIN SELECT RAISE(ABORT, 'credit_decisions is append-only'); END"
            )
    else:
        op.execute(
            "CREATE TRIGGER credit_decisions_append_only BEFORE UPDATE OR DELETE ON credit_decisions "
            "FOR EACH ROW EXECUTE FUNCTION forbid_change()"
        )


def _uses() -> None:
    op.create_table(
        "credit_uses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("terms_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("charge_id", sa.Integer(), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_credit_uses_amount_positive")),
        sa.CheckConstraint(
            "charge_id IS NULL OR released_at IS NULL", name=op.f("ck_credit_uses_charged_or_released")
        ),
        sa.ForeignKeyConstraint(["terms_id"], ["credit_terms.id"], name=op.f("fk_credit_uses_terms_id")),
        sa.ForeignKeyConstraint(["charge_id"], ["charges.id"], name=op.f("fk_credit_uses_charge_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_uses")),
        sa.UniqueConstraint("charge_id", name=op.f("uq_credit_uses_charge_id")),
        sa.UniqueConstraint("purpose", "subject_id", name=op.f("uq_credit_uses_purpose_subject_id")),
    )
    op.create_index("ix_credit_uses_terms_id", "credit_uses", ["terms_id"])
