"""A pool that answered may wait in reserve"""

from __future__ import annotations

from alembic import op

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None

BEFORE = ("forming", "locked", "answering", "won", "delivering", "settled", "lost", "dissolved")
NOW = (*BEFORE[:3], "reserve", *BEFORE[3:])


def upgrade() -> None:
    _states(NOW)


def downgrade() -> None:
    op.execute("UPDATE pools SET state = 'answering' WHERE state = 'reserve'")
    _states(BEFORE)


def _states(words: tuple[str, ...]) -> None:
    with op.batch_alter_table("pools") as pools:
        pools.drop_constraint(op.f("ck_pools_state_known"), type_="check")
        pools.create_check_constraint(
            op.f("ck_pools_state_known"), f"state IN ({', '.join(repr(word) for word in words)})"
        )
