"""A phone or e-mail has one owner once it is confirmed; a sign-in has an end; a key knows where a letter took it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

REACHABLE = sa.CheckConstraint("phone IS NOT NULL OR email IS NOT NULL", name=op.f("ck_people_reachable"))


def upgrade() -> None:
    with op.batch_alter_table("people", table_args=[REACHABLE]) as people:
        for name in ("phone", "email"):
            people.add_column(sa.Column(f"{name}_confirmed_at", sa.DateTime(timezone=True), nullable=True))
            people.drop_constraint(f"uq_people_{name}", type_="unique")
            people.create_check_constraint(
                op.f(f"ck_people_confirmed_{name}_is_there"),
                f"{name}_confirmed_at IS NULL OR {name} IS NOT NULL",
            )
    for name in ("phone", "email"):
        # Until today the constraint gave every phone and e-mail one owner.
        op.execute(f"UPDATE people SET {name}_confirmed_at = created_at WHERE {name} IS NOT NULL")
        op.create_index(f"ix_people_{name}", "people", [name])
        op.create_index(
            f"uq_people_{name}",
            "people",
            [name],
            unique=True,
            sqlite_where=sa.text(f"{name}_confirmed_at IS NOT NULL"),
            postgresql_where=sa.text(f"{name}_confirmed_at IS NOT NULL"),
        )
    # A sign-in without an end is none any more: everybody signs in once again.
    op.execute("DELETE FROM sign_ins")
    with op.batch_alter_table("sign_ins") as sign_ins:
        sign_ins.add_column(sa.Column("good_until", sa.DateTime(timezone=True), nullable=False))
        sign_ins.create_check_constraint(op.f("ck_sign_ins_ends_after_it_began"), "good_until > created_at")
    op.create_index(op.f("ix_sign_ins_good_until"), "sign_ins", ["good_until"])
    op.add_column("password_resets", sa.Column("email", sa.String(length=254), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("password_resets") as password_resets:
        password_resets.drop_column("email")
    op.drop_index(op.f("ix_sign_ins_good_until"), table_name="sign_ins")
    with op.batch_alter_table("sign_ins") as sign_ins:
        sign_ins.drop_constraint(op.f("ck_sign_ins_ends_after_it_began"), type_="check")
        sign_ins.drop_column("good_until")
    for name in ("phone", "email"):
        op.drop_index(f"uq_people_{name}", table_name="people")
        op.drop_index(f"ix_people_{name}", table_name="people")
    with op.batch_alter_table("people", table_args=[REACHABLE]) as people:
        for name in ("phone", "email"):
            people.drop_constraint(op.f(f"ck_people_confirmed_{name}_is_there"), type_="check")
            people.drop_column(f"{name}_confirmed_at")
            people.create_unique_constraint(f"uq_people_{name}", [name])
