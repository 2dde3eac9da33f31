"""Pages of a season with several goods, chosen products and cooperatives; what the alliance took down of its own;
appeals of buyers whose words were hidden"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0101"
down_revision = "0099"
branch_labels = None
depends_on = None

AT = sa.DateTime(timezone=True)
CHOSEN = (
    ("campaign_goods", "commodity_id", "commodities"),
    ("campaign_products", "product_id", "products"),
    ("campaign_cooperatives", "cooperative_id", "cooperatives"),
)


def upgrade() -> None:
    for table, column, of in CHOSEN:
        op.create_table(
            table,
            sa.Column("campaign_id", sa.Integer(), nullable=False),
            sa.Column(column, sa.Integer(), nullable=False),
            sa.Column("position", sa.Integer(), nullable=False),
            sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name=op.f(f"fk_{table}_campaign_id")),
            sa.ForeignKeyConstraint([column], [f"{of}.id"], name=op.f(f"fk_{table}_{column}")),
            sa.PrimaryKeyConstraint("campaign_id", column, name=op.f(f"pk_{table}")),
        )
        op.create_index(f"ix_{table}_{column}", table, [column])
    op.execute(
        "INSERT INTO campaign_goods (campaign_id, commodity_id, position) SELECT id, commodity_id, 0 FROM campaigns"
    )
    op.drop_index("ix_campaigns_commodity_id", "campaigns")
    with op.batch_alter_table("campaigns") as campaigns:
        campaigns.drop_constraint(op.f("fk_campaigns_commodity_id"), type_="foreignkey")
        campaigns.drop_column("commodity_id")
    _own()
    _appeals()


def _own() -> None:
    """An article that was taken down waits for another officer from now on."""
    with op.batch_alter_table("articles") as articles:
        articles.add_column(sa.Column("held", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("takedowns") as takedowns:
        takedowns.add_column(sa.Column("ours", sa.Boolean(), nullable=False, server_default=sa.false()))
    standing = "kind = 'article' AND state = 'standing' AND appealed_at IS NULL"
    op.execute(f"UPDATE takedowns SET ours = true WHERE {standing}")
    op.execute(
        "UPDATE articles SET held = true WHERE state = 'withdrawn' "
        f"AND id IN (SELECT subject_id FROM takedowns WHERE {standing})"
    )
    with op.batch_alter_table("articles") as articles:
        articles.alter_column("held", server_default=None)
        articles.create_check_constraint(
            op.f("ck_articles_only_withdrawn_is_held"), "NOT held OR state = 'withdrawn'"
        )
    with op.batch_alter_table("takedowns") as takedowns:
        takedowns.alter_column("ours", server_default=None)
        takedowns.drop_constraint(op.f("ck_takedowns_appeal_decided_by_another"), type_="check")
        takedowns.create_check_constraint(
            op.f("ck_takedowns_decided_by_another"),
            "appealed_at IS NULL AND NOT ours OR decided_by_id IS NULL OR state = 'mended' OR decided_by_id <> by_id",
        )
        takedowns.create_check_constraint(
            op.f("ck_takedowns_ours_without_appeal"), "NOT ours OR appealed_at IS NULL"
        )


def _appeals() -> None:
    with op.batch_alter_table("buyers_words") as words:
        words.add_column(sa.Column("hidden_by_id", sa.Integer(), nullable=True))
        words.add_column(sa.Column("hidden_at", AT, nullable=True))
        words.create_foreign_key(op.f("fk_buyers_words_hidden_by_id"), "people", ["hidden_by_id"], ["id"])
        words.create_check_constraint(
            op.f("ck_buyers_words_only_hidden_has_time"), "hidden_at IS NULL OR state = 'hidden'"
        )
    op.create_table(
        "words_appeals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("words_id", sa.Integer(), nullable=False),
        sa.Column("hidden_by_id", sa.Integer(), nullable=True),
        sa.Column("hidden_at", AT, nullable=False),
        sa.Column("why", sa.String(1000), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", AT, nullable=False),
        sa.Column("outcome", sa.String(40), nullable=True),
        sa.Column("answer", sa.String(1000), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", AT, nullable=True),
        sa.CheckConstraint("outcome IN ('shown', 'stays')", name=op.f("ck_words_appeals_outcome_known")),
        sa.CheckConstraint("why <> ''", name=op.f("ck_words_appeals_says_why")),
        sa.CheckConstraint(
            "(outcome IS NULL) = (decided_at IS NULL)", name=op.f("ck_words_appeals_decided_has_time")
        ),
        sa.CheckConstraint("outcome IS NULL OR answer <> ''", name=op.f("ck_words_appeals_decided_has_answer")),
        sa.CheckConstraint(
            "decided_by_id IS NULL OR hidden_by_id IS NULL OR decided_by_id <> hidden_by_id",
            name=op.f("ck_words_appeals_decided_by_another"),
        ),
        sa.ForeignKeyConstraint(["words_id"], ["buyers_words.id"], name=op.f("fk_words_appeals_words_id")),
        sa.ForeignKeyConstraint(["hidden_by_id"], ["people.id"], name=op.f("fk_words_appeals_hidden_by_id")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_words_appeals_by_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["people.id"], name=op.f("fk_words_appeals_decided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_words_appeals")),
        sa.UniqueConstraint("words_id", "hidden_at", name=op.f("uq_words_appeals_words_id_hidden_at")),
    )
    op.create_index("ix_words_appeals_outcome", "words_appeals", ["outcome", "id"])


def downgrade() -> None:
    op.drop_table("words_appeals")
    with op.batch_alter_table("buyers_words") as words:
        words.drop_constraint(op.f("ck_buyers_words_only_hidden_has_time"), type_="check")
        words.drop_constraint(op.f("fk_buyers_words_hidden_by_id"), type_="foreignkey")
        words.drop_column("hidden_at")
        words.drop_column("hidden_by_id")
    with op.batch_alter_table("takedowns") as takedowns:
        takedowns.drop_constraint(op.f("ck_takedowns_ours_without_appeal"), type_="check")
        takedowns.drop_constraint(op.f("ck_takedowns_decided_by_another"), type_="check")
        takedowns.create_check_constraint(
            op.f("ck_takedowns_appeal_decided_by_another"),
            "appealed_at IS NULL OR decided_by_id IS NULL OR state = 'mended' OR decided_by_id <> by_id",
        )
        takedowns.drop_column("ours")
    with op.batch_alter_table("articles") as articles:
        articles.drop_constraint(op.f("ck_articles_only_withdrawn_is_held"), type_="check")
        articles.drop_column("held")
    _one_of_its_goods()


def _one_of_its_goods() -> None:
    with op.batch_alter_table("campaigns") as campaigns:
        campaigns.add_column(sa.Column("commodity_id", sa.Integer(), nullable=True))
    op.execute(
        "UPDATE campaigns SET commodity_id = (SELECT commodity_id FROM campaign_goods "
        "WHERE campaign_id = campaigns.id ORDER BY position, commodity_id LIMIT 1)"
    )
    with op.batch_alter_table("campaigns") as campaigns:
        campaigns.alter_column("commodity_id", existing_type=sa.Integer(), nullable=False)
        campaigns.create_foreign_key(
            op.f("fk_campaigns_commodity_id"), "commodities", ["commodity_id"], ["id"]
        )
    op.create_index("ix_campaigns_commodity_id", "campaigns", ["commodity_id"])
    for table, column, _of in reversed(CHOSEN):
        op.drop_index(f"ix_{table}_{column}", table)
        op.drop_table(table)
