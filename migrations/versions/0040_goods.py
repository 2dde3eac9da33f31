"""Goods: what is asked for and priced, above the commodities of each origin."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "goods",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.Column("name_vi", sa.String(length=80), nullable=False),
        sa.Column("name_en", sa.String(length=80), nullable=False),
        sa.Column("unit", sa.String(length=12), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(["category_id"], ["categories.id"], name=op.f("fk_goods_category_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goods")),
        sa.UniqueConstraint("slug", name=op.f("uq_goods_slug")),
    )
    # By hand: SQLite adds a column with its reference in place, and no view has to make room. The command that
    # enters the reference data fills it.
    op.execute(
        "ALTER TABLE commodities ADD COLUMN goods_id INTEGER"
        " CONSTRAINT fk_commodities_goods_id REFERENCES goods (id)"
    )
    op.create_index("ix_commodities_goods_id", "commodities", ["goods_id"])


def downgrade() -> None:
    op.drop_index("ix_commodities_goods_id", table_name="commodities")
    with op.batch_alter_table("commodities") as commodities:
        commodities.drop_constraint(op.f("fk_commodities_goods_id"), type_="foreignkey")
        commodities.drop_column("goods_id")
    op.drop_table("goods")
