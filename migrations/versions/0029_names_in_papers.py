"""Papers, terms of standing orders and corrected invoices may lose a name, for a person who has to be forgotten."""

from __future__ import annotations

from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

# What stays for ever, and what may lose a name.
REDACTABLE = {
    "issued_documents": (
        "id, ref, issuer_id, kind, year, seq, number, about, template_version, replaces_id, by_id, issued_at",
        "title, content, sha256",
    ),
    "standing_terms": (
        "id, standing_id, from_day, last_day, weekdays, every_weeks, counted_from, way, address_id, depot_id, method, "
        "on_account, tolerance, takes_less, at, by_id",
        "note",
    ),
    "order_invoices": (
        "id, order_id, cooperative_id, kind, corrects_id, form_sign, series, number, issued_on, authority_code, "
        "lookup_link, by_id, at",
        "reason",
    ),
}


def upgrade() -> None:
    for table, (firm, soft) in REDACTABLE.items():
        if op.get_bind().dialect.name == "sqlite":
            _drop_sqlite(table, "update", "delete")
            no = _no(table)
            op.execute(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE OF {firm} ON {table} {no}")
            op.execute(
                f"CREATE TRIGGER {table}_no_redaction BEFORE UPDATE OF {soft} ON {table} "
                f"WHEN NOT EXISTS (SELECT 1 FROM redactions) {no}"
            )
            op.execute(f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {no}")
            continue
        op.execute(f"DROP TRIGGER {table}_append_only ON {table}")
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OF {firm} OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION forbid_change()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_redaction BEFORE UPDATE OF {soft} ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION forbid_unless_redacting()"
        )


def downgrade() -> None:
    for table in REDACTABLE:
        if op.get_bind().dialect.name == "sqlite":
            _drop_sqlite(table, "update", "redaction", "delete")
            for act in ("UPDATE", "DELETE"):
                op.execute(f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} {_no(table)}")
            continue
        op.execute(f"DROP TRIGGER {table}_append_only ON {table}")
        op.execute(f"DROP TRIGGER {table}_redaction ON {table}")
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION forbid_change()"
        )


def _drop_sqlite(table: str, *acts: str) -> None:
    for act in acts:
        op.execute(f"DROP TRIGGER {table}_no_{act}")


def _no(table: str) -> str:
    return f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
