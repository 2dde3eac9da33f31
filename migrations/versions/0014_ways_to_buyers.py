"""Ways to buyers: hours with cut-offs, pick-up points and their sharing, finer fees, facts of lots, carriers.

What stood before is kept: a pick-up option becomes a point of the same reference, and its free text of times becomes
weekly hours where it can be read, and stands in the point's note. Own delivery, which had no hours, is open every day
from 7:00 to 17:00 with its days of notice.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
SPAN = re.compile(r"(\d{1,2})[:h](\d{2})?\s*[-–]\s*(\d{1,2})[:h](\d{2})?")
WHOLE_DAY = [(dt.time(7), dt.time(17))]

timetables = sa.table(
    "timetables", sa.column("id"), sa.column("days_before"), sa.column("order_by", sa.Time),
    sa.column("hours_ahead"), sa.column("closed_at_tet", sa.Boolean),
)  # fmt: skip
open_hours = sa.table(
    "open_hours", sa.column("timetable_id"), sa.column("weekday"), sa.column("opens", sa.Time), sa.column("closes", sa.Time)
)  # fmt: skip
points = sa.table(
    "pickup_points", sa.column("ref"), sa.column("cooperative_id"), sa.column("name_vi"), sa.column("name_en"),
    sa.column("address"), sa.column("note"), sa.column("timetable_id"), sa.column("open_to_others", sa.Boolean),
    sa.column("active", sa.Boolean),
)  # fmt: skip
options = sa.table(
    "delivery_options", sa.column("id"), sa.column("ref"), sa.column("cooperative_id"), sa.column("mode"),
    sa.column("name_vi"), sa.column("name_en"), sa.column("place"), sa.column("times"), sa.column("lead_days"),
    sa.column("active", sa.Boolean), sa.column("timetable_id"),
)  # fmt: skip
fee_rules = sa.table(
    "fee_rules", sa.column("id"), sa.column("option_id"), sa.column("unit_id"), sa.column("over_kg"),
    sa.column("up_to_kg"), sa.column("from_sum"), sa.column("fee"), sa.column("free_from"),
)  # fmt: skip
lots = sa.table("lots", sa.column("id"), sa.column("certificates", JSON))


def upgrade() -> None:
    there = op.get_bind()
    before = (options.c.id, options.c.ref, options.c.cooperative_id, options.c.mode, options.c.name_vi,
              options.c.name_en, options.c.place, options.c.times, options.c.lead_days, options.c.active)  # fmt: skip
    ways = there.execute(sa.select(*before).order_by(options.c.id)).mappings().all()
    asked = (fee_rules.c.option_id, fee_rules.c.unit_id, fee_rules.c.up_to_kg, fee_rules.c.fee, fee_rules.c.free_from)
    rules = there.execute(sa.select(*asked).order_by(fee_rules.c.id)).mappings().all()
    op.drop_table("fee_rules")
    op.drop_table("delivery_options")
    _tables()
    for way in ways:
        _keep(there, way, [rule for rule in rules if rule["option_id"] == way["id"]])
    _deliveries()
    _lots(there)


def _tables() -> None:
    op.create_table(
        "timetables",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("days_before", sa.SmallInteger(), nullable=True),
        sa.Column("order_by", sa.Time(), nullable=True),
        sa.Column("hours_ahead", sa.SmallInteger(), nullable=True),
        sa.Column("closed_at_tet", sa.Boolean(), nullable=False),
        sa.CheckConstraint("(hours_ahead IS NULL) = (order_by IS NOT NULL)", name=op.f("ck_timetables_one_cut_off")),
        sa.CheckConstraint("(order_by IS NULL) = (days_before IS NULL)", name=op.f("ck_timetables_day_with_its_time")),
        sa.CheckConstraint(
            "days_before IS NULL OR days_before BETWEEN 1 AND 10", name=op.f("ck_timetables_days_before_range")
        ),
        sa.CheckConstraint(
            "hours_ahead IS NULL OR hours_ahead BETWEEN 1 AND 240", name=op.f("ck_timetables_hours_ahead_range")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_timetables")),
    )
    op.create_table(
        "open_hours",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("timetable_id", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.SmallInteger(), nullable=False),
        sa.Column("opens", sa.Time(), nullable=False),
        sa.Column("closes", sa.Time(), nullable=False),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_open_hours_weekday_known")),
        sa.CheckConstraint("opens < closes", name=op.f("ck_open_hours_opens_first")),
        sa.ForeignKeyConstraint(["timetable_id"], ["timetables.id"], name=op.f("fk_open_hours_timetable_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_open_hours")),
        sa.UniqueConstraint("timetable_id", "weekday", "opens", name=op.f("uq_open_hours_timetable_id_weekday_opens")),
    )
    op.create_table(
        "closed_days",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("timetable_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=120), nullable=False),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_closed_days_first_before_last")),
        sa.ForeignKeyConstraint(["timetable_id"], ["timetables.id"], name=op.f("fk_closed_days_timetable_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closed_days")),
    )
    op.create_index("ix_closed_days_timetable_id", "closed_days", ["timetable_id"])
    op.create_table(
        "delivery_options",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=32), nullable=False),
        sa.Column("cooperative_id", sa.Integer(), nullable=False),
        sa.Column("name_vi", sa.String(length=120), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.Column("timetable_id", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["cooperative_id"], ["cooperatives.id"], name=op.f("fk_delivery_options_cooperative_id")),
        sa.ForeignKeyConstraint(["timetable_id"], ["timetables.id"], name=op.f("fk_delivery_options_timetable_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_options")),
        sa.UniqueConstraint("ref", name=op.f("uq_delivery_options_ref")),
        sa.UniqueConstraint("timetable_id", name=op.f("uq_delivery_options_timetable_id")),
    )
    op.create_index("ix_delivery_options_cooperative_id", "delivery_options", ["cooperative_id"])
    op.create_table(
        "fee_rules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("option_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("over_kg", sa.BigInteger(), nullable=False),
        sa.Column("up_to_kg", sa.BigInteger(), nullable=True),
        sa.Column("from_sum", sa.BigInteger(), nullable=False),
        sa.Column("fee", sa.BigInteger(), nullable=False),
        sa.Column("free_from", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("fee >= 0", name=op.f("ck_fee_rules_fee_not_negative")),
        sa.CheckConstraint(
            "over_kg >= 0 AND (up_to_kg IS NULL OR up_to_kg > over_kg)", name=op.f("ck_fee_rules_weights_in_order")
        ),
        sa.CheckConstraint(
            "from_sum >= 0 AND (free_from IS NULL OR free_from > from_sum)", name=op.f("ck_fee_rules_sums_in_order")
        ),
        sa.ForeignKeyConstraint(["option_id"], ["delivery_options.id"], name=op.f("fk_fee_rules_option_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["admin_units.id"], name=op.f("fk_fee_rules_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fee_rules")),
    )
    op.create_index("ix_fee_rules_option_id", "fee_rules", ["option_id"])
    op.create_table(
        "pickup_points",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=32), nullable=False),
        sa.Column("cooperative_id", sa.Integer(), nullable=False),
        sa.Column("name_vi", sa.String(length=120), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.Column("address", sa.String(length=255), nullable=False),
        sa.Column("note", sa.String(length=255), nullable=False),
        sa.Column("timetable_id", sa.Integer(), nullable=False),
        sa.Column("open_to_others", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["cooperative_id"], ["cooperatives.id"], name=op.f("fk_pickup_points_cooperative_id")),
        sa.ForeignKeyConstraint(["timetable_id"], ["timetables.id"], name=op.f("fk_pickup_points_timetable_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pickup_points")),
        sa.UniqueConstraint("ref", name=op.f("uq_pickup_points_ref")),
        sa.UniqueConstraint("timetable_id", name=op.f("uq_pickup_points_timetable_id")),
    )
    op.create_index("ix_pickup_points_cooperative_id", "pickup_points", ["cooperative_id"])
    op.create_table(
        "point_shares",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=32), nullable=False),
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column("cooperative_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('asked', 'shared', 'declined', 'ended')", name=op.f("ck_point_shares_state_known")
        ),
        sa.ForeignKeyConstraint(["cooperative_id"], ["cooperatives.id"], name=op.f("fk_point_shares_cooperative_id")),
        sa.ForeignKeyConstraint(["point_id"], ["pickup_points.id"], name=op.f("fk_point_shares_point_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_point_shares")),
        sa.UniqueConstraint("ref", name=op.f("uq_point_shares_ref")),
        sa.UniqueConstraint("point_id", "cooperative_id", name=op.f("uq_point_shares_point_id_cooperative_id")),
    )
    op.create_index("ix_point_shares_cooperative_id", "point_shares", ["cooperative_id"])


def _keep(there: Any, way: Any, rules: list[Any]) -> None:
    """Give a way its hours; a pick-up becomes a point."""
    pickup = way["mode"] == "pickup"
    hours = _read(way["times"]) if pickup else WHOLE_DAY
    same = {name: way[name] for name in ("ref", "cooperative_id", "name_vi", "name_en", "active")}
    same["timetable_id"] = _timetable(there, way["lead_days"], hours)
    if pickup:
        told = {"address": way["place"], "note": way["times"], "open_to_others": False}
        there.execute(sa.insert(points).values(**same, **told))
        return
    there.execute(sa.insert(options).values(**same))
    option_id = there.scalar(sa.select(options.c.id).where(options.c.ref == way["ref"]))
    for rule in rules:
        values = {**rule, "option_id": option_id, "over_kg": 0, "from_sum": 0}
        values["free_from"] = rule["free_from"] or None  # "free from 0" said no more than a fee of 0
        values["fee"] = 0 if rule["free_from"] == 0 else rule["fee"]
        values["up_to_kg"] = rule["up_to_kg"] or None
        there.execute(sa.insert(fee_rules).values(**values))


def _timetable(there: Any, lead_days: int, hours: list[tuple[dt.time, dt.time]]) -> int:
    """No days of notice meant "today still": that becomes an hour before."""
    today = lead_days == 0
    there.execute(sa.insert(timetables).values(
        days_before=None if today else min(lead_days, 10), order_by=None if today else dt.time(23, 59),
        hours_ahead=1 if today else None, closed_at_tet=True,
    ))  # fmt: skip
    number = there.scalar(sa.select(sa.func.max(timetables.c.id)))
    for weekday in range(7):
        for opens, closes in hours:
            there.execute(
                sa.insert(open_hours).values(
                    timetable_id=number, weekday=weekday, opens=opens, closes=closes
                )
            )
    return int(number)


def _read(times: str) -> list[tuple[dt.time, dt.time]]:
    """ "6:00–10:00 và 14:00–17:00" as spans; what cannot be read, or overlaps, is a whole day."""
    found = []
    for first, first_minute, last, last_minute in SPAN.findall(times or ""):
        try:
            span = (dt.time(int(first), int(first_minute or 0)), dt.time(int(last), int(last_minute or 0)))
        except ValueError:
            return WHOLE_DAY
        found.append(span)
    found.sort()
    fine = all(opens < closes for opens, closes in found) and all(
        one[1] <= other[0] for one, other in zip(found, found[1:], strict=False)
    )
    return found if found and fine else WHOLE_DAY


def _deliveries() -> None:
    """Written out: SQLite would have to build a table anew to add a constraint, while others refer to it."""
    for column in (
        "due_from TIME",
        "due_to TIME CONSTRAINT ck_deliveries_window_has_both_ends"
        " CHECK ((due_from IS NULL) = (due_to IS NULL))",
        "carrier VARCHAR(80) NOT NULL DEFAULT ''",
        "tracking_number VARCHAR(40) NOT NULL DEFAULT ''",
        "tracking_link VARCHAR(255) NOT NULL DEFAULT '' CONSTRAINT ck_deliveries_link_is_https"
        " CHECK (tracking_link = '' OR tracking_link LIKE 'https://%')",
    ):
        op.execute(f"ALTER TABLE deliveries ADD COLUMN {column}")


def _lots(there: Any) -> None:
    for lot in there.execute(sa.select(lots)).mappings().all():
        papers = [{"kind": kind, "number": "", "expires_on": ""} for kind in lot["certificates"]]
        there.execute(sa.update(lots).where(lots.c.id == lot["id"]).values(certificates=papers))
    op.execute("UPDATE lots SET harvested_on = packed_on WHERE harvested_on > packed_on")
    for column in (
        "kg BIGINT CONSTRAINT ck_lots_kg_positive CHECK (kg IS NULL OR kg > 0)",
        "plot VARCHAR(120) NOT NULL DEFAULT ''",
        "grower VARCHAR(120) NOT NULL DEFAULT '' CONSTRAINT ck_lots_harvested_before_packed"
        " CHECK (harvested_on <= packed_on)",
    ):
        op.execute(f"ALTER TABLE lots ADD COLUMN {column}")


def downgrade() -> None:
    raise RuntimeError("restore the backup that was made before the upgrade")
