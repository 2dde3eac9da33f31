"""Pages of a season with several goods, chosen products and cooperatives"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0101"
down_revision = "0099"
branch_labels = None
depends_on = None

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


def downgrade() -> None:
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
