"""Contracts of value chains: versions, what each said, signatures, computed prices, figures of law."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
GUARDED = ("contract_revisions", "contract_signatures", "legal_figures")
FIGURES = [
    ("penalty_cap", 8_000, dt.date(2006, 1, 1), "Luật Thương mại 36/2005/QH11, Điều 301"),
    ("years_short_cycle", 3_000, dt.date(2018, 8, 20), "Nghị định 98/2018/NĐ-CP"),
    ("years_long_cycle", 5_000, dt.date(2018, 8, 20), "Nghị định 98/2018/NĐ-CP"),
]
"""Thousandths of the value."""


def upgrade() -> None:
    op.create_table('contract_signatories',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('organisation_id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('paper', sa.String(length=160), nullable=False),
        sa.Column('named_by_id', sa.Integer(), nullable=True),
        sa.Column('named_at', MOMENT, nullable=False),
        sa.Column('ended_at', MOMENT, nullable=True),
        sa.CheckConstraint("paper <> ''", name=op.f('ck_contract_signatories_has_paper')),
        sa.ForeignKeyConstraint(['named_by_id'], ['people.id'], name=op.f('fk_contract_signatories_named_by_id')),
        sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_contract_signatories_organisation_id')),
        sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_contract_signatories_person_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_contract_signatories'))
    )
    op.create_index('uq_contract_signatories_living', 'contract_signatories', ['organisation_id', 'person_id'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))
    op.create_table('legal_figures',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('key', sa.String(length=40), nullable=False),
        sa.Column('value', sa.BigInteger(), nullable=False),
        sa.Column('valid_from', sa.Date(), nullable=False),
        sa.Column('act', sa.String(length=200), nullable=False),
        sa.Column('added_by_id', sa.Integer(), nullable=True),
        sa.Column('added_at', MOMENT, nullable=False),
        sa.CheckConstraint("act <> ''", name=op.f('ck_legal_figures_has_act')),
        sa.CheckConstraint("key IN ('penalty_cap', 'years_short_cycle', 'years_long_cycle')", name=op.f('ck_legal_figures_key_known')),
        sa.CheckConstraint('value >= 0', name=op.f('ck_legal_figures_value_not_negative')),
        sa.ForeignKeyConstraint(['added_by_id'], ['people.id'], name=op.f('fk_legal_figures_added_by_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_legal_figures')),
        sa.UniqueConstraint('key', 'valid_from', name=op.f('uq_legal_figures_key_valid_from'))
    )
    op.create_table('contract_counters',
        sa.Column('cooperative_id', sa.Integer(), nullable=False),
        sa.Column('year', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('last', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['cooperative_id'], ['cooperatives.id'], name=op.f('fk_contract_counters_cooperative_id')),
        sa.PrimaryKeyConstraint('cooperative_id', 'year', name=op.f('pk_contract_counters'))
    )
    op.create_table('contracts',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('ref', sa.String(length=32), nullable=False),
        sa.Column('cooperative_id', sa.Integer(), nullable=False),
        sa.Column('buyer_id', sa.Integer(), nullable=False),
        sa.Column('state', sa.String(length=40), nullable=False),
        sa.Column('title', sa.String(length=160), nullable=False),
        sa.Column('year', sa.Integer(), nullable=True),
        sa.Column('seq', sa.Integer(), nullable=True),
        sa.Column('number', sa.String(length=40), nullable=True),
        sa.Column('origin', sa.String(length=60), nullable=False),
        sa.Column('begun_by', sa.String(length=40), nullable=False),
        sa.Column('from_day', sa.Date(), nullable=True),
        sa.Column('until_day', sa.Date(), nullable=True),
        sa.Column('signed_on', sa.Date(), nullable=True),
        sa.Column('agreed', sa.BigInteger(), nullable=False),
        sa.Column('value', sa.BigInteger(), nullable=False),
        sa.Column('reason', sa.String(length=1000), nullable=False),
        sa.Column('created_by_id', sa.Integer(), nullable=True),
        sa.Column('created_at', MOMENT, nullable=False),
        sa.Column('ended_at', MOMENT, nullable=True),
        sa.Column('ended_by_id', sa.Integer(), nullable=True),
        sa.CheckConstraint("begun_by IN ('seller', 'buyer', 'office')", name=op.f('ck_contracts_begun_by_known')),
        sa.CheckConstraint("state IN ('agreeing', 'active', 'on_hold', 'fulfilled', 'expired', 'terminated', 'dropped')", name=op.f('ck_contracts_state_known')),
        sa.CheckConstraint("state IN ('agreeing', 'dropped') OR (number IS NOT NULL AND signed_on IS NOT NULL AND from_day IS NOT NULL AND until_day IS NOT NULL)", name=op.f('ck_contracts_in_force_is_signed')),
        sa.CheckConstraint("state NOT IN ('on_hold', 'terminated', 'dropped') OR reason <> ''", name=op.f('ck_contracts_ended_with_reason')),
        sa.CheckConstraint('(number IS NULL) = (seq IS NULL)', name=op.f('ck_contracts_number_is_counted')),
        sa.CheckConstraint('agreed >= 0 AND value >= 0', name=op.f('ck_contracts_nothing_below_zero')),
        sa.CheckConstraint('until_day IS NULL OR until_day >= from_day', name=op.f('ck_contracts_ends_after_it_begins')),
        sa.ForeignKeyConstraint(['buyer_id'], ['organisations.id'], name=op.f('fk_contracts_buyer_id')),
        sa.ForeignKeyConstraint(['cooperative_id'], ['cooperatives.id'], name=op.f('fk_contracts_cooperative_id')),
        sa.ForeignKeyConstraint(['created_by_id'], ['people.id'], name=op.f('fk_contracts_created_by_id')),
        sa.ForeignKeyConstraint(['ended_by_id'], ['people.id'], name=op.f('fk_contracts_ended_by_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_contracts')),
        sa.UniqueConstraint('cooperative_id', 'number', name=op.f('uq_contracts_cooperative_id_number')),
        sa.UniqueConstraint('cooperative_id', 'year', 'seq', name=op.f('uq_contracts_cooperative_id_year_seq')),
        sa.UniqueConstraint('ref', name=op.f('uq_contracts_ref'))
    )
    op.create_index('ix_contracts_buyer_id_id', 'contracts', ['buyer_id', 'id'], unique=False)
    op.create_index('ix_contracts_cooperative_id_id', 'contracts', ['cooperative_id', 'id'], unique=False)
    op.create_index('ix_contracts_state_until_day', 'contracts', ['state', 'until_day'], unique=False)
    op.create_table('contract_prices',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('ref', sa.String(length=32), nullable=False),
        sa.Column('contract_id', sa.Integer(), nullable=False),
        sa.Column('day', sa.Date(), nullable=False),
        sa.Column('grade', sa.String(length=12), nullable=False),
        sa.Column('price', sa.BigInteger(), nullable=False),
        sa.Column('rule', JSON, nullable=False),
        sa.Column('inputs', JSON, nullable=False),
        sa.Column('words', JSON, nullable=False),
        sa.Column('computed_by_id', sa.Integer(), nullable=True),
        sa.Column('computed_at', MOMENT, nullable=False),
        sa.Column('seller_agreed_at', MOMENT, nullable=True),
        sa.Column('buyer_agreed_at', MOMENT, nullable=True),
        sa.CheckConstraint('price >= 0', name=op.f('ck_contract_prices_price_not_negative')),
        sa.ForeignKeyConstraint(['computed_by_id'], ['people.id'], name=op.f('fk_contract_prices_computed_by_id')),
        sa.ForeignKeyConstraint(['contract_id'], ['contracts.id'], name=op.f('fk_contract_prices_contract_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_contract_prices')),
        sa.UniqueConstraint('contract_id', 'day', 'grade', name=op.f('uq_contract_prices_contract_id_day_grade')),
        sa.UniqueConstraint('ref', name=op.f('uq_contract_prices_ref'))
    )
    op.create_table('contract_versions',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('ref', sa.String(length=32), nullable=False),
        sa.Column('contract_id', sa.Integer(), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('state', sa.String(length=40), nullable=False),
        sa.Column('pen', sa.String(length=40), nullable=False),
        sa.Column('draft', JSON, nullable=False),
        sa.Column('reason', sa.String(length=500), nullable=False),
        sa.Column('opened_by_id', sa.Integer(), nullable=True),
        sa.Column('opened_at', MOMENT, nullable=False),
        sa.Column('in_force_at', MOMENT, nullable=True),
        sa.CheckConstraint("(number = 0) = (reason = '')", name=op.f('ck_contract_versions_annex_has_reason')),
        sa.CheckConstraint("(state = 'in_force') = (in_force_at IS NOT NULL)", name=op.f('ck_contract_versions_in_force_iff_signed')),
        sa.CheckConstraint("pen IN ('seller', 'buyer', 'office')", name=op.f('ck_contract_versions_pen_known')),
        sa.CheckConstraint("state IN ('drafted', 'offered', 'signed_by_seller', 'signed_by_buyer', 'in_force', 'dropped')", name=op.f('ck_contract_versions_state_known')),
        sa.CheckConstraint('number >= 0', name=op.f('ck_contract_versions_counted')),
        sa.ForeignKeyConstraint(['contract_id'], ['contracts.id'], name=op.f('fk_contract_versions_contract_id')),
        sa.ForeignKeyConstraint(['opened_by_id'], ['people.id'], name=op.f('fk_contract_versions_opened_by_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_contract_versions')),
        sa.UniqueConstraint('contract_id', 'number', name=op.f('uq_contract_versions_contract_id_number')),
        sa.UniqueConstraint('ref', name=op.f('uq_contract_versions_ref'))
    )
    op.create_index('uq_contract_versions_open', 'contract_versions', ['contract_id'], unique=True, sqlite_where=sa.text("state IN ('drafted', 'offered', 'signed_by_seller', 'signed_by_buyer')"), postgresql_where=sa.text("state IN ('drafted', 'offered', 'signed_by_seller', 'signed_by_buyer')"))
    op.create_table('contract_revisions',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('version_id', sa.Integer(), nullable=False),
        sa.Column('seq', sa.Integer(), nullable=False),
        sa.Column('content', JSON, nullable=False),
        sa.Column('sha256', sa.String(length=64), nullable=False),
        sa.Column('side', sa.String(length=40), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=True),
        sa.Column('at', MOMENT, nullable=False),
        sa.CheckConstraint("side IN ('seller', 'buyer', 'office')", name=op.f('ck_contract_revisions_side_known')),
        sa.CheckConstraint('seq > 0 AND length(sha256) = 64', name=op.f('ck_contract_revisions_has_fingerprint')),
        sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_contract_revisions_by_id')),
        sa.ForeignKeyConstraint(['version_id'], ['contract_versions.id'], name=op.f('fk_contract_revisions_version_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_contract_revisions')),
        sa.UniqueConstraint('id', 'version_id', 'sha256', name=op.f('uq_contract_revisions_id_version_id_sha256')),
        sa.UniqueConstraint('version_id', 'seq', name=op.f('uq_contract_revisions_version_id_seq'))
    )
    op.create_table('contract_scans',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('ref', sa.String(length=32), nullable=False),
        sa.Column('version_id', sa.Integer(), nullable=False),
        sa.Column('revision_id', sa.Integer(), nullable=False),
        sa.Column('document_id', sa.Integer(), nullable=False),
        sa.Column('side', sa.String(length=40), nullable=False),
        sa.Column('state', sa.String(length=40), nullable=False),
        sa.Column('seller_name', sa.String(length=120), nullable=False),
        sa.Column('buyer_name', sa.String(length=120), nullable=False),
        sa.Column('signed_on', sa.Date(), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=True),
        sa.Column('at', MOMENT, nullable=False),
        sa.Column('answered_by_id', sa.Integer(), nullable=True),
        sa.Column('answered_at', MOMENT, nullable=True),
        sa.Column('reason', sa.String(length=500), nullable=False),
        sa.CheckConstraint("(state = 'waiting') = (answered_at IS NULL)", name=op.f('ck_contract_scans_answered_iff_not_waiting')),
        sa.CheckConstraint("side IN ('seller', 'buyer', 'office')", name=op.f('ck_contract_scans_side_known')),
        sa.CheckConstraint("state IN ('waiting', 'confirmed', 'refused')", name=op.f('ck_contract_scans_state_known')),
        sa.ForeignKeyConstraint(['answered_by_id'], ['people.id'], name=op.f('fk_contract_scans_answered_by_id')),
        sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_contract_scans_by_id')),
        sa.ForeignKeyConstraint(['document_id'], ['documents.id'], name=op.f('fk_contract_scans_document_id')),
        sa.ForeignKeyConstraint(['revision_id'], ['contract_revisions.id'], name=op.f('fk_contract_scans_revision_id')),
        sa.ForeignKeyConstraint(['version_id'], ['contract_versions.id'], name=op.f('fk_contract_scans_version_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_contract_scans')),
        sa.UniqueConstraint('ref', name=op.f('uq_contract_scans_ref'))
    )
    op.create_index('uq_contract_scans_waiting', 'contract_scans', ['version_id'], unique=True, sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))
    op.create_table('signing_codes',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('version_id', sa.Integer(), nullable=False),
        sa.Column('revision_id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('code_hash', sa.String(length=64), nullable=False),
        sa.Column('made_at', MOMENT, nullable=False),
        sa.Column('expires_at', MOMENT, nullable=False),
        sa.Column('used_at', MOMENT, nullable=True),
        sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_signing_codes_person_id')),
        sa.ForeignKeyConstraint(['revision_id'], ['contract_revisions.id'], name=op.f('fk_signing_codes_revision_id')),
        sa.ForeignKeyConstraint(['version_id'], ['contract_versions.id'], name=op.f('fk_signing_codes_version_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_signing_codes'))
    )
    op.create_index('ix_signing_codes_version_id_person_id', 'signing_codes', ['version_id', 'person_id'], unique=False)
    op.create_table('contract_signatures',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('version_id', sa.Integer(), nullable=False),
        sa.Column('revision_id', sa.Integer(), nullable=False),
        sa.Column('sha256', sa.String(length=64), nullable=False),
        sa.Column('side', sa.String(length=40), nullable=False),
        sa.Column('way', sa.String(length=40), nullable=False),
        sa.Column('scan_id', sa.Integer(), nullable=True),
        sa.Column('person_id', sa.Integer(), nullable=True),
        sa.Column('name', sa.String(length=120), nullable=False),
        sa.Column('title', sa.String(length=120), nullable=False),
        sa.Column('at', MOMENT, nullable=False),
        sa.CheckConstraint("(way = 'paper') = (scan_id IS NOT NULL)", name=op.f('ck_contract_signatures_paper_has_scan')),
        sa.CheckConstraint("(way = 'stamp') = (side = 'office')", name=op.f('ck_contract_signatures_office_only_witnesses')),
        sa.CheckConstraint("name <> ''", name=op.f('ck_contract_signatures_has_name')),
        sa.CheckConstraint("side IN ('seller', 'buyer', 'office')", name=op.f('ck_contract_signatures_side_known')),
        sa.CheckConstraint("way IN ('code', 'paper', 'stamp')", name=op.f('ck_contract_signatures_way_known')),
        sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_contract_signatures_person_id')),
        sa.ForeignKeyConstraint(['revision_id', 'version_id', 'sha256'], ['contract_revisions.id', 'contract_revisions.version_id', 'contract_revisions.sha256'], name='fk_contract_signatures_revision_id'),
        sa.ForeignKeyConstraint(['scan_id'], ['contract_scans.id'], name=op.f('fk_contract_signatures_scan_id')),
        sa.ForeignKeyConstraint(['version_id'], ['contract_versions.id'], name=op.f('fk_contract_signatures_version_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_contract_signatures')),
        sa.UniqueConstraint('version_id', 'side', name=op.f('uq_contract_signatures_version_id_side'))
    )
    _figures()
    for table in GUARDED:
        _guard(table)


def _figures() -> None:
    table = sa.table(
        "legal_figures",
        sa.column("key", sa.String),
        sa.column("value", sa.BigInteger),
        sa.column("valid_from", sa.Date),
        sa.column("act", sa.String),
        sa.column("added_at", MOMENT),
    )
    now = dt.datetime.now(dt.UTC)
    at = now if op.get_bind().dialect.name == "postgresql" else now.replace(tzinfo=None)
    names = ("key", "value", "valid_from", "act")
    op.bulk_insert(table, [{**dict(zip(names, each, strict=True)), "added_at": at} for each in FIGURES])


def downgrade() -> None:
    op.drop_table('contract_signatures')
    op.drop_table('signing_codes')
    op.drop_table('contract_scans')
    op.drop_table('contract_revisions')
    op.drop_table('contract_versions')
    op.drop_table('contract_prices')
    op.drop_table('contracts')
    op.drop_table('contract_counters')
    op.drop_table('legal_figures')
    op.drop_table('contract_signatories')


def _guard(table: str) -> None:
    """Rows that are never changed or deleted."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION forbid_change()"
        )
        return
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
