"""Photos that are withheld"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0099"
down_revision = "0097"
branch_labels = None
depends_on = None

STATES = ("waiting", "ready", "refused")
STATES_NOW = (*STATES, "withheld")
WITHHELD = sa.text("state = 'withheld'")
AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("photos") as photos:
        photos.add_column(sa.Column("withheld", _json(), nullable=False, server_default=sa.text("'{}'")))
        photos.add_column(sa.Column("withheld_at", AT, nullable=True))
        _among(photos, STATES_NOW)
        photos.create_check_constraint(
            op.f("ck_photos_withheld_has_time"), "(state = 'withheld') = (withheld_at IS NOT NULL)"
        )
    with op.batch_alter_table("photos") as photos:
        photos.alter_column("withheld", server_default=None)
    op.create_index(
        "ix_photos_withheld_at", "photos", ["withheld_at"], sqlite_where=WITHHELD, postgresql_where=WITHHELD
    )


def downgrade() -> None:
    op.drop_index("ix_photos_withheld_at", "photos")
    with op.batch_alter_table("photos") as photos:
        photos.drop_constraint(op.f("ck_photos_withheld_has_time"), type_="check")
        _among(photos, STATES)
        photos.drop_column("withheld_at")
        photos.drop_column("withheld")


def _among(photos: sa.Table, states: tuple[str, ...]) -> None:
    name = op.f("ck_photos_state_known")
    photos.drop_constraint(name, type_="check")
    photos.create_check_constraint(name, f"state IN ({', '.join(repr(state) for state in states)})")


def _json() -> sa.types.TypeEngine:
    from sqlalchemy.dialects.postgresql import JSONB

    return sa.JSON().with_variant(JSONB(), "postgresql")
