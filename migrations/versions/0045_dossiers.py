"""A buyer's own list of papers with conditions; links to dossiers; two more kinds of papers; packs that are too big."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

OLD = (
    "vietgap", "globalgap", "ocop", "organic", "haccp", "iso22000", "food_safety", "gi", "collective_mark",
    "certification_mark", "growing_area", "packing_house",
)  # fmt: skip
NEW = (*OLD, "residue_test", "registration")
FAILURES = ("no_press", "too_long", "gone", "broken")


def one_of(column: str, words: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(word) for word in words)})"


def upgrade() -> None:
    with op.batch_alter_table("certificates") as certificates:
        certificates.drop_constraint(op.f("ck_certificates_kind_known"), type_="check")
        certificates.create_check_constraint(op.f("ck_certificates_kind_known"), one_of("kind", NEW))
    with op.batch_alter_table("papers") as papers:
        papers.drop_constraint(op.f("ck_papers_failure_known"), type_="check")
        papers.create_check_constraint(
            op.f("ck_papers_failure_known"), one_of("failure", (*FAILURES, "too_big"))
        )
    _lists()
    _links()


def _lists() -> None:
    """The plain lists go over as they are: with all goods, of any age, the product named in the paper."""
    kept = op.get_bind().execute(sa.text("SELECT organisation_id, kind FROM required_papers")).all()
    op.drop_table("required_papers")
    op.create_table(
        "required_papers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("goods_id", sa.Integer(), nullable=True),
        sa.Column("max_age_days", sa.SmallInteger(), nullable=True),
        sa.Column("names_product", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.CheckConstraint(one_of("kind", NEW), name=op.f("ck_required_papers_kind_known")),
        sa.CheckConstraint("max_age_days BETWEEN 1 AND 3650", name=op.f("ck_required_papers_age_within")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_required_papers_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_required_papers")),
    )
    all_goods, some = sa.text("goods_id IS NULL"), sa.text("goods_id IS NOT NULL")
    op.create_index(
        "uq_required_papers_all",
        "required_papers",
        ["organisation_id", "kind"],
        unique=True,
        sqlite_where=all_goods,
        postgresql_where=all_goods,
    )
    op.create_index(
        "uq_required_papers_goods",
        "required_papers",
        ["organisation_id", "kind", "goods_id"],
        unique=True,
        sqlite_where=some,
        postgresql_where=some,
    )
    lists = sa.table(
        "required_papers",
        *(sa.column(name) for name in ("organisation_id", "position", "kind", "names_product", "note")),
    )
    rows = [
        {
            "organisation_id": organisation_id,
            "position": OLD.index(kind),
            "kind": kind,
            "names_product": True,
            "note": "",
        }
        for organisation_id, kind in kept
    ]
    if rows:
        op.bulk_insert(lists, rows)


def _links() -> None:
    op.create_table(
        "dossier_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=32), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("meant_for", sa.String(length=120), nullable=False),
        sa.Column("delivery_day", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("openings", sa.Integer(), nullable=False),
        sa.Column("last_opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("expires_at > created_at", name=op.f("ck_dossier_links_ends_later")),
        sa.CheckConstraint("openings >= 0", name=op.f("ck_dossier_links_openings_not_negative")),
        sa.CheckConstraint(
            "(openings = 0) = (last_opened_at IS NULL)", name=op.f("ck_dossier_links_opened_has_time")
        ),
        sa.CheckConstraint(
            "revoked_by_id IS NULL OR revoked_at IS NOT NULL", name=op.f("ck_dossier_links_revoker_has_time")
        ),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_dossier_links_product_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_dossier_links_organisation_id")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_dossier_links_by_id")),
        sa.ForeignKeyConstraint(
            ["revoked_by_id"], ["people.id"], name=op.f("fk_dossier_links_revoked_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_links")),
        sa.UniqueConstraint("ref", name=op.f("uq_dossier_links_ref")),
    )
    op.create_index("ix_dossier_links_product_id", "dossier_links", ["product_id", "id"])


def downgrade() -> None:
    """What the older lists cannot say is lost: conditions, and papers of the two newer kinds."""
    op.drop_table("dossier_links")
    kept = op.get_bind().execute(
        sa.text(
            "SELECT DISTINCT organisation_id, kind FROM required_papers"
            " WHERE goods_id IS NULL AND kind NOT IN ('residue_test', 'registration')"
        )
    )
    rows = [{"organisation_id": organisation_id, "kind": kind} for organisation_id, kind in kept.all()]
    op.drop_table("required_papers")
    op.create_table(
        "required_papers",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.CheckConstraint(one_of("kind", OLD), name=op.f("ck_required_papers_kind_known")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_required_papers_organisation_id")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "kind", name=op.f("pk_required_papers")),
    )
    if rows:
        lists = sa.table("required_papers", sa.column("organisation_id"), sa.column("kind"))
        op.bulk_insert(lists, rows)
    op.execute("DELETE FROM papers WHERE failure = 'too_big'")
    with op.batch_alter_table("papers") as papers:
        papers.drop_constraint(op.f("ck_papers_failure_known"), type_="check")
        papers.create_check_constraint(op.f("ck_papers_failure_known"), one_of("failure", FAILURES))
    newer = "kind IN ('residue_test', 'registration')"
    op.execute(
        f"DELETE FROM product_papers WHERE certificate_id IN (SELECT id FROM certificates WHERE {newer})"
    )
    op.execute(f"DELETE FROM certificates WHERE {newer}")
    with op.batch_alter_table("certificates") as certificates:
        certificates.drop_constraint(op.f("ck_certificates_kind_known"), type_="check")
        certificates.create_check_constraint(op.f("ck_certificates_kind_known"), one_of("kind", OLD))
