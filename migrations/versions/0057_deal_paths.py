"""Deals that began at fairs; a contract keeps the bounds of its tolerance, and v_contract shows them"""

from __future__ import annotations

import json
from decimal import Decimal

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
NO = "BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
LIVES = sa.text("ended_at IS NULL")
STANDS = sa.text("removed_at IS NULL")
ONCE = sa.text("removed_at IS NULL AND from_kind IN ('lead', 'fair_deal')")
OPEN = sa.text("answered_at IS NULL")
VIEW = """
    SELECT c.id, (SELECT min(a.need_id) FROM need_awards a WHERE a.kind = 'part' AND a.source = c.origin) AS rfq_id,
           c.cooperative_id AS coop_id, c.buyer_id, c.state, c.least / 1000.0 AS qty_min, c.agreed / 1000.0 AS qty,
           c.most / 1000.0 AS qty_max, c.value, c.signed_on
    FROM contracts c WHERE c.number IS NOT NULL"""
IN_FORCE = """
    SELECT v.contract_id, r.content FROM contract_versions v JOIN contract_revisions r ON r.version_id = v.id
    WHERE v.state = 'in_force' ORDER BY v.number, r.seq"""


def upgrade() -> None:
    with op.batch_alter_table("contracts") as batch:
        batch.add_column(sa.Column("least", sa.BigInteger(), nullable=False, server_default="0"))
        batch.add_column(sa.Column("most", sa.BigInteger(), nullable=False, server_default="0"))
    _fill_bounds()
    with op.batch_alter_table("contracts") as batch:
        batch.alter_column("least", server_default=None)
        batch.alter_column("most", server_default=None)
        batch.create_check_constraint(
            op.f("ck_contracts_agreed_within_bounds"), "0 <= least AND least <= agreed AND agreed <= most"
        )
    op.execute(f"CREATE VIEW v_contract AS {' '.join(VIEW.split())}")
    _paths()
    _links()
    _objections()
    op.create_table("deal_invitations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lead_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_deal_invitations_by_id")),
        sa.ForeignKeyConstraint(["lead_id"], ["fair_leads.id"], name=op.f("fk_deal_invitations_lead_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deal_invitations")),
        sa.UniqueConstraint("lead_id", name=op.f("uq_deal_invitations_lead_id")),
    )  # fmt: skip
    _firm("deal_invitations")


def downgrade() -> None:
    for table in ("deal_invitations", "deal_objections", "deal_links", "deal_paths"):
        op.drop_table(table)
    op.execute("DROP VIEW v_contract")
    with op.batch_alter_table("contracts") as batch:
        batch.drop_constraint(op.f("ck_contracts_agreed_within_bounds"), type_="check")
        batch.drop_column("most")
        batch.drop_column("least")


def _fill_bounds() -> None:
    """As the text in force says it: agreed, and its tolerance in per cent both ways, in thousandths of a kilogram."""
    connection = op.get_bind()
    op.execute("UPDATE contracts SET least = agreed, most = agreed")
    for contract_id, content in connection.execute(sa.text(IN_FORCE)).all():
        told = json.loads(content) if isinstance(content, str) else content
        tolerance = (told["quantity"]["tolerance"] or {}).get("$number", "0")
        agreed = connection.execute(
            sa.text("SELECT agreed FROM contracts WHERE id = :id"), {"id": contract_id}
        ).scalar_one()
        slack = (Decimal(agreed) * Decimal(tolerance) / 100).quantize(Decimal(1))
        connection.execute(
            sa.text("UPDATE contracts SET least = agreed - :slack, most = agreed + :slack WHERE id = :id"),
            {"slack": int(slack), "id": contract_id},
        )


def _paths() -> None:
    op.create_table("deal_paths",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=32), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=True),
        sa.Column("contract_id", sa.Integer(), nullable=True),
        sa.Column("counts_until", sa.Date(), nullable=False),
        sa.Column("folded", sa.String(length=800), nullable=False),
        sa.Column("begun_by_id", sa.Integer(), nullable=True),
        sa.Column("begun_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_reason", sa.String(length=500), nullable=False),
        sa.CheckConstraint("(need_id IS NULL) <> (contract_id IS NULL)", name=op.f("ck_deal_paths_request_or_contract")),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_reason = '')", name=op.f("ck_deal_paths_ended_has_reason")),
        sa.ForeignKeyConstraint(["begun_by_id"], ["people.id"], name=op.f("fk_deal_paths_begun_by_id")),
        sa.ForeignKeyConstraint(["contract_id"], ["contracts.id"], name=op.f("fk_deal_paths_contract_id")),
        sa.ForeignKeyConstraint(["ended_by_id"], ["people.id"], name=op.f("fk_deal_paths_ended_by_id")),
        sa.ForeignKeyConstraint(["fair_id"], ["fairs.id"], name=op.f("fk_deal_paths_fair_id")),
        sa.ForeignKeyConstraint(["need_id"], ["needs.id"], name=op.f("fk_deal_paths_need_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deal_paths")),
        sa.UniqueConstraint("ref", name=op.f("uq_deal_paths_ref")),
    )  # fmt: skip
    for name, column in (("uq_deal_paths_need", "need_id"), ("uq_deal_paths_contract", "contract_id")):
        op.create_index(name, "deal_paths", [column], unique=True, sqlite_where=LIVES, postgresql_where=LIVES)
    op.create_index("ix_deal_paths_fair_id", "deal_paths", ["fair_id", "id"])


def _links() -> None:
    op.create_table("deal_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("path_id", sa.Integer(), nullable=False),
        sa.Column("from_kind", sa.String(length=40), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.Column("to_kind", sa.String(length=40), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("how", sa.String(length=40), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("removed_at", MOMENT, nullable=True),
        sa.Column("removed_by_id", sa.Integer(), nullable=True),
        sa.Column("removed_reason", sa.String(length=500), nullable=False),
        sa.CheckConstraint("from_kind IN ('lead', 'meeting', 'visit', 'fair_deal')", name=op.f("ck_deal_links_from_kind_known")),
        sa.CheckConstraint("to_kind IN ('request', 'contract')", name=op.f("ck_deal_links_to_kind_known")),
        sa.CheckConstraint("how IN ('made', 'said', 'confirmed')", name=op.f("ck_deal_links_how_known")),
        sa.CheckConstraint("(removed_at IS NULL) = (removed_reason = '')", name=op.f("ck_deal_links_removed_has_reason")),
        sa.CheckConstraint("from_kind <> 'fair_deal' OR to_kind = 'contract'", name=op.f("ck_deal_links_signed_leads_to_contract")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_deal_links_by_id")),
        sa.ForeignKeyConstraint(["path_id"], ["deal_paths.id"], name=op.f("fk_deal_links_path_id")),
        sa.ForeignKeyConstraint(["removed_by_id"], ["people.id"], name=op.f("fk_deal_links_removed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deal_links")),
    )  # fmt: skip
    op.create_index("ix_deal_links_path_id", "deal_links", ["path_id"])
    op.create_index("ix_deal_links_to", "deal_links", ["to_kind", "to_id"])
    pair = ["from_kind", "from_id", "to_kind", "to_id"]
    op.create_index("uq_deal_links_pair", "deal_links", pair, unique=True, sqlite_where=STANDS, postgresql_where=STANDS)
    op.create_index("uq_deal_links_once", "deal_links", pair[:2], unique=True, sqlite_where=ONCE, postgresql_where=ONCE)


def _objections() -> None:
    op.create_table("deal_objections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("path_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("upheld", sa.Boolean(), nullable=True),
        sa.Column("answer", sa.String(length=500), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.CheckConstraint("side IN ('buyer', 'seller')", name=op.f("ck_deal_objections_side_known")),
        sa.CheckConstraint("words <> ''", name=op.f("ck_deal_objections_says_why")),
        sa.CheckConstraint("(answered_at IS NULL) = (upheld IS NULL)", name=op.f("ck_deal_objections_answered_iff_decided")),
        sa.CheckConstraint("(answered_at IS NULL) = (answer = '')", name=op.f("ck_deal_objections_answered_has_words")),
        sa.ForeignKeyConstraint(["answered_by_id"], ["people.id"], name=op.f("fk_deal_objections_answered_by_id")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_deal_objections_by_id")),
        sa.ForeignKeyConstraint(["path_id"], ["deal_paths.id"], name=op.f("fk_deal_objections_path_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deal_objections")),
    )  # fmt: skip
    op.create_index("uq_deal_objections_open", "deal_objections", ["path_id", "side"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN)  # fmt: skip


def _firm(table: str) -> None:
    """Rows that are never changed or deleted."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION forbid_change()"
        )
        return
    for act in ("UPDATE", "DELETE"):
        op.execute(f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} " + NO.format(table=table))
