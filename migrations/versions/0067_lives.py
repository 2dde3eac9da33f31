"""Lives of members in dated rows: what happened, sectors, figures, officers, membership; duplicates of records"""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0067"
down_revision = "0070"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
NO = "BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
FIRM = "id, ref, cooperative_id, kind, day, successor_name, document_id, replaces_id, struck, by_id, at"
SOFT = "note, source"
FROM_EVER = dt.date(1900, 1, 1)
FIGURES = (
    "charter_capital", "members_official", "members_capital", "members_other", "households_served", "workers", "area_ha",
)  # fmt: skip


def upgrade() -> None:
    _tables()
    op.execute(
        "ALTER TABLE cooperatives ADD COLUMN duplicate_of_id INTEGER"
        " CONSTRAINT fk_cooperatives_duplicate_of_id REFERENCES cooperatives (id)"
        " CONSTRAINT ck_cooperatives_duplicate_has_left"
        " CHECK (duplicate_of_id IS NULL OR (duplicate_of_id <> id AND state = 'left'))"
    )
    op.execute("ALTER TABLE cooperatives ADD COLUMN also_called VARCHAR(500) NOT NULL DEFAULT ''")
    op.create_index("ix_cooperatives_duplicate_of_id", "cooperatives", ["duplicate_of_id"])
    _begin()
    _append_only("life_successors")
    _redactable("life_events")


def downgrade() -> None:
    for table in (
        "life_successors", "standing_spells", "new_model_judgements", "member_sectors", "member_figures",
        "life_events", "coop_officers", "alliance_memberships",
    ):  # fmt: skip
        op.drop_table(table)
    op.drop_index("ix_cooperatives_duplicate_of_id", "cooperatives")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE cooperatives DROP COLUMN duplicate_of_id, DROP COLUMN also_called")
        return
    raise RuntimeError("restore the backup that was made before the upgrade")


def _tables() -> None:
    op.create_table(
        "alliance_memberships",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cooperative_id", sa.Integer(), nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=False),
        sa.Column("joined_by_decision", sa.String(length=120), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("left_by_decision", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "left_on IS NULL OR left_on >= joined_on", name=op.f("ck_alliance_memberships_days_in_order")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_alliance_memberships_by_id")),
        sa.ForeignKeyConstraint(
            ["cooperative_id"], ["cooperatives.id"], name=op.f("fk_alliance_memberships_cooperative_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alliance_memberships")),
    )
    with op.batch_alter_table("alliance_memberships", schema=None) as batch_op:
        batch_op.create_index(
            "ix_alliance_memberships_cooperative_id", ["cooperative_id", "joined_on", "left_on"], unique=False
        )
        batch_op.create_index(
            "uq_alliance_memberships_open",
            ["cooperative_id"],
            unique=True,
            sqlite_where=sa.text("left_on IS NULL"),
            postgresql_where=sa.text("left_on IS NULL"),
        )

    op.create_table(
        "coop_officers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=32), nullable=False),
        sa.Column("cooperative_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("office", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("is_key", sa.Boolean(), nullable=False),
        sa.Column("education", sa.String(length=40), nullable=False),
        sa.Column("field", sa.String(length=120), nullable=False),
        sa.Column("birth_year", sa.SmallInteger(), nullable=True),
        sa.Column("appointed_on", sa.Date(), nullable=True),
        sa.Column("term_until", sa.Date(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("represents", sa.Boolean(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "education IN ('unknown', 'none', 'short', 'vocational', 'college', 'university', 'postgraduate')",
            name=op.f("ck_coop_officers_education_known"),
        ),
        sa.CheckConstraint(
            "office IN ('chair', 'deputy_chair', 'director', 'deputy_director', 'board', 'head_supervisor', 'supervisor', 'chief_accountant', 'accountant', 'cashier', 'technician', 'other')",
            name=op.f("ck_coop_officers_office_known"),
        ),
        sa.CheckConstraint(
            "birth_year IS NULL OR birth_year BETWEEN 1900 AND 2100",
            name=op.f("ck_coop_officers_birth_year_sound"),
        ),
        sa.CheckConstraint(
            "left_on IS NULL OR appointed_on IS NULL OR left_on >= appointed_on",
            name=op.f("ck_coop_officers_days_in_order"),
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_coop_officers_by_id")),
        sa.ForeignKeyConstraint(
            ["cooperative_id"], ["cooperatives.id"], name=op.f("fk_coop_officers_cooperative_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_coop_officers_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coop_officers")),
        sa.UniqueConstraint("ref", name=op.f("uq_coop_officers_ref")),
    )
    with op.batch_alter_table("coop_officers", schema=None) as batch_op:
        batch_op.create_index("ix_coop_officers_cooperative_id", ["cooperative_id", "left_on"], unique=False)
        batch_op.create_index("ix_coop_officers_person_id", ["person_id"], unique=False)
        batch_op.create_index(
            "uq_coop_officers_represents",
            ["cooperative_id"],
            unique=True,
            sqlite_where=sa.text("represents AND left_on IS NULL"),
            postgresql_where=sa.text("represents AND left_on IS NULL"),
        )

    op.create_table(
        "life_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=32), nullable=False),
        sa.Column("cooperative_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=255), nullable=False),
        sa.Column("successor_name", sa.String(length=255), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("struck", sa.Boolean(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "kind IN ('founded', 'registered', 'reregistered', 'split', 'suspended', 'stopped', 'resumed', 'merged_into', 'consolidated', 'divided', 'converted_to_enterprise', 'dissolved', 'bankrupt', 'revived')",
            name=op.f("ck_life_events_kind_known"),
        ),
        sa.CheckConstraint(
            "NOT struck OR replaces_id IS NOT NULL", name=op.f("ck_life_events_struck_replaces")
        ),
        sa.CheckConstraint(
            "replaces_id IS NULL OR replaces_id < id", name=op.f("ck_life_events_replaces_an_older_one")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_life_events_by_id")),
        sa.ForeignKeyConstraint(
            ["cooperative_id"], ["cooperatives.id"], name=op.f("fk_life_events_cooperative_id")
        ),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_life_events_document_id")),
        sa.ForeignKeyConstraint(["replaces_id"], ["life_events.id"], name=op.f("fk_life_events_replaces_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_life_events")),
        sa.UniqueConstraint("ref", name=op.f("uq_life_events_ref")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_life_events_replaces_id")),
    )
    with op.batch_alter_table("life_events", schema=None) as batch_op:
        batch_op.create_index(
            "ix_life_events_cooperative_id_day", ["cooperative_id", "day", "id"], unique=False
        )
        batch_op.create_index("ix_life_events_kind_day", ["kind", "day"], unique=False)

    op.create_table(
        "member_figures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cooperative_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("charter_capital", sa.BigInteger(), nullable=True),
        sa.Column("members_official", sa.Integer(), nullable=True),
        sa.Column("members_capital", sa.Integer(), nullable=True),
        sa.Column("members_other", sa.Integer(), nullable=True),
        sa.Column("households_served", sa.Integer(), nullable=True),
        sa.Column("workers", sa.Integer(), nullable=True),
        sa.Column("area_ha", sa.BigInteger(), nullable=True),
        sa.Column("source", sa.String(length=255), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "charter_capital IS NULL OR charter_capital >= 0",
            name=op.f("ck_member_figures_capital_not_negative"),
        ),
        sa.CheckConstraint(
            "households_served IS NULL OR households_served >= 0",
            name=op.f("ck_member_figures_households_served_not_negative"),
        ),
        sa.CheckConstraint(
            "members_capital IS NULL OR members_capital >= 0",
            name=op.f("ck_member_figures_members_capital_not_negative"),
        ),
        sa.CheckConstraint(
            "members_official IS NULL OR members_official >= 0",
            name=op.f("ck_member_figures_members_official_not_negative"),
        ),
        sa.CheckConstraint(
            "members_other IS NULL OR members_other >= 0",
            name=op.f("ck_member_figures_members_other_not_negative"),
        ),
        sa.CheckConstraint(
            "workers IS NULL OR workers >= 0", name=op.f("ck_member_figures_workers_not_negative")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_member_figures_by_id")),
        sa.ForeignKeyConstraint(
            ["cooperative_id"], ["cooperatives.id"], name=op.f("fk_member_figures_cooperative_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_figures")),
        sa.UniqueConstraint("cooperative_id", "day", name=op.f("uq_member_figures_cooperative_id_day")),
    )
    op.create_table(
        "member_sectors",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cooperative_id", sa.Integer(), nullable=False),
        sa.Column("sector", sa.String(length=40), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=255), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "sector IN ('agriculture', 'trade', 'craft', 'sanitation', 'transport', 'construction', 'credit', 'other')",
            name=op.f("ck_member_sectors_sector_known"),
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_member_sectors_by_id")),
        sa.ForeignKeyConstraint(
            ["cooperative_id"], ["cooperatives.id"], name=op.f("fk_member_sectors_cooperative_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_sectors")),
        sa.UniqueConstraint("cooperative_id", "since", name=op.f("uq_member_sectors_cooperative_id_since")),
    )
    with op.batch_alter_table("member_sectors", schema=None) as batch_op:
        batch_op.create_index("ix_member_sectors_sector", ["sector", "since", "cooperative_id"], unique=False)

    op.create_table(
        "new_model_judgements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cooperative_id", sa.Integer(), nullable=False),
        sa.Column("is_new_model", sa.Boolean(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("judged_by", sa.String(length=255), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_new_model_judgements_by_id")),
        sa.ForeignKeyConstraint(
            ["cooperative_id"], ["cooperatives.id"], name=op.f("fk_new_model_judgements_cooperative_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_new_model_judgements")),
        sa.UniqueConstraint("cooperative_id", "day", name=op.f("uq_new_model_judgements_cooperative_id_day")),
    )
    op.create_table(
        "standing_spells",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cooperative_id", sa.Integer(), nullable=False),
        sa.Column("standing", sa.String(length=40), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("known", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "standing IN ('active', 'suspended', 'stopped', 'merged', 'consolidated', 'divided', 'converted', 'dissolved', 'bankrupt')",
            name=op.f("ck_standing_spells_standing_known"),
        ),
        sa.CheckConstraint(
            "ends_on IS NULL OR ends_on > starts_on", name=op.f("ck_standing_spells_days_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["cooperative_id"], ["cooperatives.id"], name=op.f("fk_standing_spells_cooperative_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standing_spells")),
        sa.UniqueConstraint(
            "cooperative_id", "starts_on", name=op.f("uq_standing_spells_cooperative_id_starts_on")
        ),
    )
    with op.batch_alter_table("standing_spells", schema=None) as batch_op:
        batch_op.create_index(
            "ix_standing_spells_standing",
            ["standing", "starts_on", "ends_on", "cooperative_id"],
            unique=False,
        )
        batch_op.create_index(
            "uq_standing_spells_last",
            ["cooperative_id"],
            unique=True,
            sqlite_where=sa.text("ends_on IS NULL"),
            postgresql_where=sa.text("ends_on IS NULL"),
        )

    op.create_table(
        "life_successors",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("cooperative_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cooperative_id"], ["cooperatives.id"], name=op.f("fk_life_successors_cooperative_id")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["life_events.id"], name=op.f("fk_life_successors_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_life_successors")),
        sa.UniqueConstraint(
            "event_id", "cooperative_id", name=op.f("uq_life_successors_event_id_cooperative_id")
        ),
    )
    with op.batch_alter_table("life_successors", schema=None) as batch_op:
        batch_op.create_index("ix_life_successors_cooperative_id", ["cooperative_id"], unique=False)


def _append_only(table: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION forbid_change()"
        )
        return
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} " + NO.format(table=table)
        )


def _redactable(table: str) -> None:
    no = NO.format(table=table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OF {FIRM} OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION forbid_change()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_redaction BEFORE UPDATE OF {SOFT} ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION forbid_unless_redacting()"
        )
        return
    op.execute(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE OF {FIRM} ON {table} {no}")
    op.execute(
        f"CREATE TRIGGER {table}_no_redaction BEFORE UPDATE OF {SOFT} ON {table} "
        f"WHEN NOT EXISTS (SELECT 1 FROM redactions) {no}"
    )
    op.execute(f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {no}")


# --- what the records say already ----------------------------------------------------------------------

cooperatives = sa.table(
    "cooperatives",
    sa.column("id", sa.Integer),
    sa.column("kind", sa.String),
    sa.column("state", sa.String),
    sa.column("sector", sa.String),
    sa.column("is_new_model", sa.Boolean),
    sa.column("registered_on", sa.Date),
    sa.column("first_registered_on", sa.Date),
    sa.column("admitted_on", sa.Date),
    sa.column("created_at", MOMENT),
    sa.column("legal_rep_name", sa.String),
    sa.column("legal_rep_title", sa.String),
    *(sa.column(name, sa.BigInteger) for name in FIGURES),
)
moves = sa.table(
    "membership_moves",
    sa.column("id", sa.Integer),
    sa.column("cooperative_id", sa.Integer),
    sa.column("move", sa.String),
    sa.column("reason", sa.String),
    sa.column("by_id", sa.Integer),
    sa.column("at", MOMENT),
)


def _begin() -> None:
    """A row of each kind for what a record says, dated by it where it has a day, else by the day it was entered."""
    there = op.get_bind()
    made: dict[str, list[dict[str, Any]]] = {name: [] for name in (
        "life_events", "standing_spells", "member_sectors", "member_figures", "new_model_judgements", "coop_officers",
        "alliance_memberships",
    )}  # fmt: skip
    told: dict[int, list[Any]] = {}
    for move in there.execute(sa.select(moves).order_by(moves.c.id)).mappings():
        told.setdefault(move["cooperative_id"], []).append(move)
    for one in there.execute(sa.select(cooperatives).order_by(cooperatives.c.id)).mappings().all():
        _life(one, made)
        _counts(one, made)
        made["alliance_memberships"] += _memberships(one, told.get(one["id"], []))
    for name, rows in made.items():
        if rows:
            columns = [sa.column(key, MOMENT if key == "at" else None) for key in rows[0]]
            there.execute(sa.insert(sa.table(name, *columns)), rows)


def _life(one: Any, made: dict[str, list[dict[str, Any]]]) -> None:
    first, now = one["first_registered_on"], one["registered_on"]
    founded = first or now
    anew = "registered" if one["kind"] == "coop_group" else "reregistered"
    days = [("founded", founded)] if founded else []
    days += [(anew, now)] if first and now and now > first else []
    made["life_events"] += [
        {
            "ref": _ref(), "cooperative_id": one["id"], "kind": kind, "day": day, "source": "registry", "note": "",
            "successor_name": "", "struck": False, "at": one["created_at"],
        }
        for kind, day in days
    ]  # fmt: skip
    made["standing_spells"].append(
        {
            "cooperative_id": one["id"], "standing": "active", "starts_on": founded or FROM_EVER,
            "known": founded is not None,
        }
    )  # fmt: skip
    entered = _day(one["created_at"])
    made["member_sectors"].append(
        {
            "cooperative_id": one["id"], "sector": one["sector"], "since": founded or entered, "source": "registry",
            "at": one["created_at"],
        }
    )  # fmt: skip


def _counts(one: Any, made: dict[str, list[dict[str, Any]]]) -> None:
    entered, at = _day(one["created_at"]), one["created_at"]
    if any(one[name] is not None for name in FIGURES):
        figures = {name: one[name] for name in FIGURES}
        made["member_figures"].append(
            {"cooperative_id": one["id"], "day": entered, "source": "registry", "at": at, **figures}
        )
    if one["is_new_model"]:
        made["new_model_judgements"].append(
            {
                "cooperative_id": one["id"], "is_new_model": True, "day": entered, "judged_by": "", "reason": "",
                "at": at,
            }
        )  # fmt: skip
    if one["legal_rep_name"].strip():
        office = _office(one["legal_rep_title"])
        made["coop_officers"].append(
            {
                "ref": _ref(), "cooperative_id": one["id"], "name": one["legal_rep_name"],
                "office": office, "title": one["legal_rep_title"], "is_key": office != "other",
                "education": "unknown", "field": "", "represents": True, "at": at,
            }
        )  # fmt: skip


def _memberships(one: Any, told: list[Any]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for move in told:
        is_open = bool(rows) and rows[-1]["left_on"] is None
        day = _day(move["at"])
        if move["move"] in ("admit", "readmit") and not is_open:
            first = one["admitted_on"] if not rows and one["admitted_on"] else day
            rows.append(_membership(one, min(first, day), move["by_id"], move["at"]))
        elif move["move"] == "leave" and is_open:
            rows[-1] |= {"left_on": max(day, rows[-1]["joined_on"]), "reason": move["reason"]}
    belongs = one["state"] in ("admitted", "suspended")
    if belongs and not (rows and rows[-1]["left_on"] is None):
        joined = one["admitted_on"] or _day(one["created_at"])
        joined = max(joined, rows[-1]["left_on"]) if rows else joined
        rows.append(_membership(one, joined, None, one["created_at"]))
    return rows


def _membership(one: Any, joined: dt.date, by_id: int | None, at: Any) -> dict[str, Any]:
    return {
        "cooperative_id": one["id"], "joined_on": joined, "joined_by_decision": "", "left_on": None,
        "left_by_decision": "", "reason": "", "by_id": by_id, "at": at,
    }  # fmt: skip


def _day(moment: dt.datetime) -> dt.date:
    """The day in Vietnam."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    return aware.astimezone(dt.timezone(dt.timedelta(hours=7))).date()


def _office(title: str) -> str:
    plain = title.casefold()
    if "phó" in plain:
        return "deputy_chair" if "chủ tịch" in plain else "deputy_director"
    if "chủ tịch" in plain:
        return "chair"
    return "director" if "giám đốc" in plain or not plain.strip() else "other"


def _ref() -> str:
    return "".join(secrets.choice("0123456789abcdefghjkmnpqrstvwxyz") for _sign in range(26))
