"""Bank statements and notices of banks: each credit once, matched to the charges it is for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
TOO_MUCH = (
    "(SELECT COALESCE(SUM(amount), 0) FROM bank_parts WHERE line_id = NEW.line_id) + NEW.amount > "
    "(SELECT amount FROM bank_lines WHERE id = NEW.line_id)"
)
SAID = "the parts of a bank line are more than the line"
VIEW = (
    "CREATE VIEW v_bank_line AS SELECT l.id, b.bin AS bank, b.number AS account, l.bank_ref AS reference_no, l.came_on,"
    " l.amount, 'VND' AS currency, l.state, COALESCE((SELECT SUM(p.amount) FROM bank_parts p WHERE p.line_id = l.id AND"
    " p.entry_id IS NOT NULL), 0) AS matched FROM bank_lines l JOIN bank_books b ON b.id = l.book_id"
)


def upgrade() -> None:
    op.create_table(
        "bank_books",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("bin", sa.String(length=6), nullable=False),
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("columns", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_bank_books_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_books")),
        sa.UniqueConstraint(
            "organisation_id", "bin", "number", name=op.f("uq_bank_books_organisation_id_bin_number")
        ),
    )
    op.create_table(
        "bank_feeds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["made_by_id"], ["people.id"], name=op.f("fk_bank_feeds_made_by_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_bank_feeds_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_feeds")),
        sa.UniqueConstraint("key", name=op.f("uq_bank_feeds_key")),
        sa.UniqueConstraint("organisation_id", name=op.f("uq_bank_feeds_organisation_id")),
    )
    op.create_table(
        "bank_statements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=32), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("book_id", sa.Integer(), nullable=False),
        sa.Column("filename", sa.String(length=160), nullable=False),
        sa.Column("header", JSON, nullable=False),
        sa.Column("mapping", JSON, nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('uploaded', 'running', 'done')", name=op.f("ck_bank_statements_state_known")
        ),
        sa.ForeignKeyConstraint(["book_id"], ["bank_books.id"], name=op.f("fk_bank_statements_book_id")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_bank_statements_by_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_bank_statements_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_statements")),
        sa.UniqueConstraint("ref", name=op.f("uq_bank_statements_ref")),
    )
    op.create_index("ix_bank_statements_organisation_id", "bank_statements", ["organisation_id", "id"])
    op.create_table(
        "bank_lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=32), nullable=False),
        sa.Column("book_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("statement_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(length=160), nullable=False),
        sa.Column("likeness", sa.String(length=40), nullable=False),
        sa.Column("came_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("bank_ref", sa.String(length=80), nullable=False),
        sa.Column("counter_account", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("named_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(length=255), nullable=False),
        sa.Column("counts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(state = 'assigned') = (counts_at IS NOT NULL)", name=op.f("ck_bank_lines_assigned_counts")
        ),
        sa.CheckConstraint(
            "(state = 'dismissed') = (words <> '')", name=op.f("ck_bank_lines_dismissed_has_words")
        ),
        sa.CheckConstraint(
            "reason IN ('', 'short', 'over', 'twice', 'doubt', 'late', 'several', 'parts', 'unknown', 'missing', 'reused')",
            name=op.f("ck_bank_lines_reason_known"),
        ),
        sa.CheckConstraint(
            "state IN ('open', 'assigned', 'counted', 'dismissed')", name=op.f("ck_bank_lines_state_known")
        ),
        sa.CheckConstraint("amount > 0", name=op.f("ck_bank_lines_amount_positive")),
        sa.ForeignKeyConstraint(["book_id"], ["bank_books.id"], name=op.f("fk_bank_lines_book_id")),
        sa.ForeignKeyConstraint(["named_id"], ["charges.id"], name=op.f("fk_bank_lines_named_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_bank_lines_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["bank_statements.id"], name=op.f("fk_bank_lines_statement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_lines")),
        sa.UniqueConstraint("book_id", "key", name=op.f("uq_bank_lines_book_id_key")),
        sa.UniqueConstraint("ref", name=op.f("uq_bank_lines_ref")),
    )
    op.create_index("ix_bank_lines_book_id_likeness", "bank_lines", ["book_id", "likeness"])
    op.create_index("ix_bank_lines_named_id", "bank_lines", ["named_id"])
    op.create_index("ix_bank_lines_organisation_id_state", "bank_lines", ["organisation_id", "state", "id"])
    op.create_index("ix_bank_lines_state", "bank_lines", ["state", "counts_at"])
    op.create_index("ix_bank_lines_statement_id", "bank_lines", ["statement_id"])
    op.create_table(
        "bank_parts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("charge_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("amount > 0", name=op.f("ck_bank_parts_amount_positive")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_bank_parts_by_id")),
        sa.ForeignKeyConstraint(["charge_id"], ["charges.id"], name=op.f("fk_bank_parts_charge_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["payment_entries.id"], name=op.f("fk_bank_parts_entry_id")),
        sa.ForeignKeyConstraint(["line_id"], ["bank_lines.id"], name=op.f("fk_bank_parts_line_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_parts")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_bank_parts_entry_id")),
        sa.UniqueConstraint("line_id", "charge_id", name=op.f("uq_bank_parts_line_id_charge_id")),
    )
    op.create_index("ix_bank_parts_charge_id", "bank_parts", ["charge_id"])
    op.create_table(
        "bank_statement_rows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("cells", JSON, nullable=False),
        sa.Column("result", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("likeness", sa.String(length=40), nullable=False),
        sa.Column("bank_line_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(result IN ('open', 'counted', 'known')) = (bank_line_id IS NOT NULL)",
            name=op.f("ck_bank_statement_rows_credit_has_line"),
        ),
        sa.CheckConstraint(
            "result IN ('waiting', 'open', 'counted', 'known', 'debit', 'other', 'wrong')",
            name=op.f("ck_bank_statement_rows_result_known"),
        ),
        sa.CheckConstraint(
            "(bank_line_id IS NULL) = (amount IS NULL)", name=op.f("ck_bank_statement_rows_credit_has_amount")
        ),
        sa.ForeignKeyConstraint(
            ["bank_line_id"], ["bank_lines.id"], name=op.f("fk_bank_statement_rows_bank_line_id")
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["bank_statements.id"], name=op.f("fk_bank_statement_rows_statement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_statement_rows")),
        sa.UniqueConstraint("statement_id", "line", name=op.f("uq_bank_statement_rows_statement_id_line")),
    )
    op.create_index("ix_bank_statement_rows_bank_line_id", "bank_statement_rows", ["bank_line_id"])
    op.create_index(
        "ix_bank_statement_rows_statement_id_likeness", "bank_statement_rows", ["statement_id", "likeness"]
    )
    op.create_index(
        "ix_bank_statement_rows_statement_id_result",
        "bank_statement_rows",
        ["statement_id", "result", "line"],
    )
    _parts_fit()
    op.execute(VIEW)


def downgrade() -> None:
    op.execute("DROP VIEW v_bank_line")
    op.drop_table("bank_statement_rows")
    op.drop_table("bank_parts")
    op.drop_table("bank_lines")
    op.drop_table("bank_statements")
    op.drop_table("bank_feeds")
    op.drop_table("bank_books")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION bank_parts_fit")


def _parts_fit() -> None:
    """The parts of a line are never more than the line, whoever asks."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER bank_parts_fit BEFORE INSERT ON bank_parts WHEN {TOO_MUCH} "
            f"BEGIN SELECT RAISE(ABORT, '{SAID}'); END"
        )
        return
    op.execute(
        "CREATE OR REPLACE FUNCTION bank_parts_fit() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF {TOO_MUCH} THEN RAISE EXCEPTION '{SAID}'; END IF; RETURN NEW; END $$"
    )
    op.execute(
        "CREATE TRIGGER bank_parts_fit BEFORE INSERT ON bank_parts FOR EACH ROW EXECUTE FUNCTION bank_parts_fit()"
    )
