"""A closing sheet asks back inputs that no goods came for; what the buyer does not ask back is a line of its own."""

from __future__ import annotations

from alembic import op

revision = "0097"
down_revision = "0089"
branch_labels = None
depends_on = None

KINDS = ("goods", "correction", "deduction", "penalty", "interest", "inputs", "deposit", "deposit_added")
KINDS_NOW = (*KINDS[:6], "inputs_let_go", *KINDS[6:])
NO = "BEGIN SELECT RAISE(ABORT, 'settlement_lines is append-only'); END"


def upgrade() -> None:
    _among(KINDS_NOW)


def downgrade() -> None:
    _among(KINDS)


def _among(kinds: tuple[str, ...]) -> None:
    name = op.f("ck_settlement_lines_kind_known")
    with op.batch_alter_table("settlement_lines") as lines:
        lines.drop_constraint(name, type_="check")
        lines.create_check_constraint(name, f"kind IN ({', '.join(repr(kind) for kind in kinds)})")
    if op.get_bind().dialect.name == "sqlite":  # built anew, and its triggers are gone
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER settlement_lines_no_{act.lower()} BEFORE {act} ON settlement_lines {NO}"
            )
