"""Buyers' words, the figures of sellers; consents of guests, requests about personal data, deletion."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

NEW = (
    "audit_words",
    "words_reports",
    "words_asked",
    "buyers_words",
    "seller_facts",
    "data_requests",
    "data_copies",
    "redactions",
)
BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
# What stays for ever, and what may lose a name.
REDACTABLE = {
    "messages": ("id, thread_id, side, by_id, once, at", "name, words"),
    "order_answers": ("id, order_id, kind, reason, by_id, at", "words"),
    "order_cancellations": ("order_id, side, reason, packed, restock, by_id, at", "words"),
    "complaint_answers": ("complaint_id, remedy, amount, by_id, at", "words"),
    "dispute_statements": ("id, dispute_id, kind, side, amount, by_id, at", "words"),
    "credit_decisions": ("id, terms_id, step, most, days, by_id, at", "reason"),
}
FORBID_UNLESS_REDACTING = (
    "CREATE OR REPLACE FUNCTION forbid_unless_redacting() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN IF NOT EXISTS (SELECT 1 FROM redactions) THEN RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || "
    "' is append-only'; END IF; RETURN NEW; END $$"
)


def upgrade() -> None:
    op.create_table(
        "audit_words",
        sa.Column("entry_id", BIG_ID, nullable=False),
        sa.Column("words", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["audit_entries.id"], name=op.f("fk_audit_words_entry_id")),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_audit_words")),
    )
    op.create_table('redactions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_redactions'))
    )
    op.create_table('data_copies',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('wanted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('good_until', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('size_bytes', sa.Integer(), nullable=False),
    sa.CheckConstraint("state = 'ready' OR name = ''", name=op.f('ck_data_copies_only_ready_has_file')),
    sa.CheckConstraint("state IN ('waiting', 'ready', 'failed')", name=op.f('ck_data_copies_state_known')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_data_copies_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_data_copies')),
    sa.UniqueConstraint('person_id', 'day', name=op.f('uq_data_copies_person_id_day')),
    sa.UniqueConstraint('ref', name=op.f('uq_data_copies_ref'))
    )
    op.create_index('ix_data_copies_state', 'data_copies', ['state', 'wanted_at'], unique=False)

    op.create_table('data_requests',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('came', sa.String(length=40), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('checkout_id', sa.Integer(), nullable=True),
    sa.Column('name', sa.String(length=255), nullable=False),
    sa.Column('phone', sa.String(length=20), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('locale', sa.String(length=2), nullable=False),
    sa.Column('words', sa.String(length=1000), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('confirm_by', sa.Date(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('erase_on', sa.Date(), nullable=True),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('longer_since', sa.DateTime(timezone=True), nullable=True),
    sa.Column('longer_why', sa.String(length=500), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answer', sa.String(length=1000), nullable=False),
    sa.Column('entered_by_id', sa.Integer(), nullable=True),
    sa.Column('handled_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("(came = 'phone') = (entered_by_id IS NOT NULL)", name=op.f('ck_data_requests_phoned_is_entered')),
    sa.CheckConstraint("(longer_since IS NULL) = (longer_why = '')", name=op.f('ck_data_requests_longer_has_reason')),
    sa.CheckConstraint("(state IN ('received', 'working')) = (closed_at IS NULL)", name=op.f('ck_data_requests_closed_has_time')),
    sa.CheckConstraint("came IN ('account', 'order', 'phone')", name=op.f('ck_data_requests_came_known')),
    sa.CheckConstraint("erase_on IS NULL OR kind = 'erase'", name=op.f('ck_data_requests_only_erasing_has_day')),
    sa.CheckConstraint("kind IN ('see', 'correct', 'restrict', 'object', 'erase')", name=op.f('ck_data_requests_kind_known')),
    sa.CheckConstraint("state IN ('received', 'working', 'done', 'refused', 'withdrawn')", name=op.f('ck_data_requests_state_known')),
    sa.CheckConstraint("state NOT IN ('refused') OR answer <> ''", name=op.f('ck_data_requests_refusal_has_words')),
    sa.CheckConstraint('person_id IS NULL OR checkout_id IS NULL', name=op.f('ck_data_requests_one_asker')),
    sa.ForeignKeyConstraint(['checkout_id'], ['order_groups.id'], name=op.f('fk_data_requests_checkout_id')),
    sa.ForeignKeyConstraint(['entered_by_id'], ['people.id'], name=op.f('fk_data_requests_entered_by_id')),
    sa.ForeignKeyConstraint(['handled_by_id'], ['people.id'], name=op.f('fk_data_requests_handled_by_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_data_requests_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_data_requests')),
    sa.UniqueConstraint('ref', name=op.f('uq_data_requests_ref'))
    )
    op.create_index('ix_data_requests_state_due_on', 'data_requests', ['state', 'due_on', 'id'], unique=False)
    op.create_index('uq_data_requests_open_checkout_id', 'data_requests', ['checkout_id', 'kind'], unique=True, sqlite_where=sa.text("state IN ('received', 'working') AND checkout_id IS NOT NULL"), postgresql_where=sa.text("state IN ('received', 'working') AND checkout_id IS NOT NULL"))
    op.create_index('uq_data_requests_open_person_id', 'data_requests', ['person_id', 'kind'], unique=True, sqlite_where=sa.text("state IN ('received', 'working') AND person_id IS NOT NULL"), postgresql_where=sa.text("state IN ('received', 'working') AND person_id IS NOT NULL"))

    op.create_table('seller_facts',
    sa.Column('cooperative_id', sa.Integer(), nullable=False),
    sa.Column('counted_on', sa.Date(), nullable=False),
    sa.Column('stale', sa.Boolean(), nullable=False),
    sa.Column('told', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.ForeignKeyConstraint(['cooperative_id'], ['cooperatives.id'], name=op.f('fk_seller_facts_cooperative_id')),
    sa.PrimaryKeyConstraint('cooperative_id', name=op.f('pk_seller_facts'))
    )
    op.create_table('buyers_words',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('order_id', sa.Integer(), nullable=False),
    sa.Column('cooperative_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('words', sa.String(length=1000), nullable=False),
    sa.Column('public', sa.Boolean(), nullable=False),
    sa.Column('called', sa.String(length=20), nullable=False),
    sa.Column('place', sa.String(length=120), nullable=False),
    sa.Column('received_on', sa.Date(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('amended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answer', sa.String(length=1000), nullable=False),
    sa.Column('answered_by_id', sa.Integer(), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('hidden_for', sa.String(length=40), nullable=True),
    sa.CheckConstraint("(answer = '') = (answered_at IS NULL)", name=op.f('ck_buyers_words_answer_has_time')),
    sa.CheckConstraint("(state = 'hidden') = (hidden_for IS NOT NULL)", name=op.f('ck_buyers_words_hidden_has_reason')),
    sa.CheckConstraint("hidden_for IN ('insult', 'names_people', 'not_about_order', 'advertising', 'untrue', 'law')", name=op.f('ck_buyers_words_hidden_for_known')),
    sa.CheckConstraint("state IN ('shown', 'reported', 'hidden')", name=op.f('ck_buyers_words_state_known')),
    sa.CheckConstraint("words <> '' OR NOT public", name=op.f('ck_buyers_words_shown_says_something')),
    sa.ForeignKeyConstraint(['answered_by_id'], ['people.id'], name=op.f('fk_buyers_words_answered_by_id')),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_buyers_words_by_id')),
    sa.ForeignKeyConstraint(['cooperative_id'], ['cooperatives.id'], name=op.f('fk_buyers_words_cooperative_id')),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_buyers_words_order_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_buyers_words')),
    sa.UniqueConstraint('order_id', name=op.f('uq_buyers_words_order_id')),
    sa.UniqueConstraint('ref', name=op.f('uq_buyers_words_ref'))
    )
    op.create_index('ix_buyers_words_cooperative_id', 'buyers_words', ['cooperative_id', 'public', 'state', 'id'], unique=False)
    op.create_index('ix_buyers_words_state', 'buyers_words', ['state', 'id'], unique=False)

    op.create_table('words_asked',
    sa.Column('order_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_words_asked_order_id')),
    sa.PrimaryKeyConstraint('order_id', name=op.f('pk_words_asked'))
    )
    op.create_table('words_reports',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('words_id', sa.Integer(), nullable=False),
    sa.Column('side', sa.String(length=40), nullable=False),
    sa.Column('why', sa.String(length=500), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("side IN ('buyer', 'seller')", name=op.f('ck_words_reports_side_known')),
    sa.CheckConstraint('(closed_at IS NULL) = (closed_by_id IS NULL)', name=op.f('ck_words_reports_closed_by_somebody')),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_words_reports_by_id')),
    sa.ForeignKeyConstraint(['closed_by_id'], ['people.id'], name=op.f('fk_words_reports_closed_by_id')),
    sa.ForeignKeyConstraint(['words_id'], ['buyers_words.id'], name=op.f('fk_words_reports_words_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_words_reports')),
    sa.UniqueConstraint('words_id', 'side', name=op.f('uq_words_reports_words_id_side'))
    )
    with op.batch_alter_table("consents") as consents:
        consents.add_column(sa.Column("guest", sa.String(length=32), nullable=False, server_default=""))
        consents.alter_column("person_id", existing_type=sa.Integer(), nullable=True)
        consents.create_check_constraint(op.f("ck_consents_of_somebody"), "(person_id IS NULL) = (guest <> '')")
    with op.batch_alter_table("consents") as consents:
        consents.alter_column("guest", existing_type=sa.String(length=32), server_default=None)
    for column, living in (("person_id", "person_id IS NOT NULL"), ("guest", "guest <> ''")):
        still = sa.text(f"withdrawn_at IS NULL AND {living}")
        op.create_index(
            f"uq_consents_living_{column}",
            "consents",
            [column, "purpose"],
            unique=True,
            sqlite_where=still,
            postgresql_where=still,
        )
    with op.batch_alter_table("people") as people:
        people.add_column(sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))
        people.drop_constraint(op.f("ck_people_reachable"), type_="check")
        people.create_check_constraint(
            op.f("ck_people_reachable"), "phone IS NOT NULL OR email IS NOT NULL OR erased_at IS NOT NULL"
        )
        people.create_check_constraint(op.f("ck_people_erased_is_closed"), "erased_at IS NULL OR NOT is_active")
    for table, (firm, soft) in REDACTABLE.items():
        _firm(table, drop=True)
        _redactable(table, firm, soft)
    _redactable("audit_words", "entry_id", "words")


def downgrade() -> None:
    for table in REDACTABLE:
        _redactable(table, "", "", drop=True)
        _firm(table)
    with op.batch_alter_table("people") as people:
        people.drop_constraint(op.f("ck_people_erased_is_closed"), type_="check")
        people.drop_constraint(op.f("ck_people_reachable"), type_="check")
        people.create_check_constraint(op.f("ck_people_reachable"), "phone IS NOT NULL OR email IS NOT NULL")
        people.drop_column("erased_at")
    for column in ("guest", "person_id"):
        op.drop_index(f"uq_consents_living_{column}", "consents")
    op.execute("DELETE FROM consents WHERE person_id IS NULL")
    with op.batch_alter_table("consents") as consents:
        consents.drop_constraint(op.f("ck_consents_of_somebody"), type_="check")
        consents.alter_column("person_id", existing_type=sa.Integer(), nullable=False)
        consents.drop_column("guest")
    for table in NEW:
        op.drop_table(table)


def _firm(table: str, *, drop: bool = False) -> None:
    """The triggers of a table of which nothing is ever rewritten."""
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"DROP TRIGGER {table}_no_{act.lower()}"
                if drop
                else f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        return
    op.execute(
        f"DROP TRIGGER {table}_append_only ON {table}"
        if drop
        else f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION forbid_change()"
    )


def _redactable(table: str, firm: str, soft: str, *, drop: bool = False) -> None:
    """Those of a table in which names may be taken out of some columns."""
    no = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    if op.get_bind().dialect.name == "sqlite":
        if drop:
            for what in ("update", "redaction", "delete"):
                op.execute(f"DROP TRIGGER {table}_no_{what}")
            return
        op.execute(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE OF {firm} ON {table} {no}")
        op.execute(
            f"CREATE TRIGGER {table}_no_redaction BEFORE UPDATE OF {soft} ON {table} "
            f"WHEN NOT EXISTS (SELECT 1 FROM redactions) {no}"
        )
        op.execute(f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {no}")
        return
    if drop:
        op.execute(f"DROP TRIGGER {table}_append_only ON {table}")
        op.execute(f"DROP TRIGGER {table}_redaction ON {table}")
        return
    op.execute(FORBID_UNLESS_REDACTING)
    op.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OF {firm} OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION forbid_change()"
    )
    op.execute(
        f"CREATE TRIGGER {table}_redaction BEFORE UPDATE OF {soft} ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION forbid_unless_redacting()"
    )
