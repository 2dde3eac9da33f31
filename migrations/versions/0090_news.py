"""Articles with their versions and photos, pages of a season, the newsletter and who asked for it"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0090"
down_revision = "0097"
branch_labels = None
depends_on = None

GUARDED = "article_versions"
TABLES = (
    "newsletter_letters", "newsletter_articles", "newsletter_issues", "newsletter_subscriptions", "campaigns",
    "article_products", "article_cooperatives", "article_photos", "article_versions", "articles",
)


def upgrade() -> None:
    op.create_table('articles',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(length=140), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('title_vi', sa.String(length=200), nullable=False),
    sa.Column('title_en', sa.String(length=200), nullable=False),
    sa.Column('lead_vi', sa.String(length=400), nullable=False),
    sa.Column('lead_en', sa.String(length=400), nullable=False),
    sa.Column('body_vi', sa.Text(), nullable=False),
    sa.Column('body_en', sa.Text(), nullable=False),
    sa.Column('folded', sa.Text(), nullable=False),
    sa.Column('fairs', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('place_id', sa.Integer(), nullable=True),
    sa.Column('commodity_id', sa.Integer(), nullable=True),
    sa.Column('comes_out_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_reason', sa.String(length=500), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("(state = 'scheduled') = (comes_out_at IS NOT NULL)", name=op.f('ck_articles_scheduled_has_moment')),
    sa.CheckConstraint("(state = 'withdrawn') = (withdrawn_at IS NOT NULL)", name=op.f('ck_articles_withdrawn_has_moment')),
    sa.CheckConstraint("(state = 'withdrawn') = (withdrawn_reason <> '')", name=op.f('ck_articles_withdrawn_has_reason')),
    sa.CheckConstraint("(state IN ('published', 'withdrawn')) = (published_at IS NOT NULL)", name=op.f('ck_articles_published_has_moment')),
    sa.CheckConstraint("kind IN ('news', 'story', 'call')", name=op.f('ck_articles_kind_known')),
    sa.CheckConstraint("state IN ('draft', 'scheduled', 'published', 'withdrawn')", name=op.f('ck_articles_state_known')),
    sa.CheckConstraint('version > 0', name=op.f('ck_articles_version_counts')),
    sa.ForeignKeyConstraint(['commodity_id'], ['commodities.id'], name=op.f('fk_articles_commodity_id')),
    sa.ForeignKeyConstraint(['place_id'], ['admin_units.id'], name=op.f('fk_articles_place_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_articles')),
    sa.UniqueConstraint('slug', name=op.f('uq_articles_slug'))
    )
    op.create_index('ix_articles_commodity_id', 'articles', ['commodity_id', 'published_at'], unique=False)
    op.create_index('ix_articles_kind', 'articles', ['kind', 'state', 'published_at', 'id'], unique=False)
    op.create_index('ix_articles_made_at', 'articles', ['made_at', 'id'], unique=False)
    op.create_index('ix_articles_state_published_at', 'articles', ['state', 'published_at', 'id'], unique=False)
    op.create_table('article_versions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('article_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('content', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['article_id'], ['articles.id'], name=op.f('fk_article_versions_article_id')),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_article_versions_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_article_versions')),
    sa.UniqueConstraint('article_id', 'number', name=op.f('uq_article_versions_article_id_number'))
    )
    op.create_table('article_photos',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('article_id', sa.Integer(), nullable=False),
    sa.Column('photo_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('caption_vi', sa.String(length=200), nullable=False),
    sa.Column('caption_en', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['article_id'], ['articles.id'], name=op.f('fk_article_photos_article_id')),
    sa.ForeignKeyConstraint(['photo_id'], ['photos.id'], name=op.f('fk_article_photos_photo_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_article_photos')),
    sa.UniqueConstraint('article_id', 'photo_id', name=op.f('uq_article_photos_article_id_photo_id'))
    )
    op.create_table('article_cooperatives',
    sa.Column('article_id', sa.Integer(), nullable=False),
    sa.Column('cooperative_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['article_id'], ['articles.id'], name=op.f('fk_article_cooperatives_article_id')),
    sa.ForeignKeyConstraint(['cooperative_id'], ['cooperatives.id'], name=op.f('fk_article_cooperatives_cooperative_id')),
    sa.PrimaryKeyConstraint('article_id', 'cooperative_id', name=op.f('pk_article_cooperatives'))
    )
    op.create_index('ix_article_cooperatives_cooperative_id', 'article_cooperatives', ['cooperative_id'], unique=False)
    op.create_table('article_products',
    sa.Column('article_id', sa.Integer(), nullable=False),
    sa.Column('product_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['article_id'], ['articles.id'], name=op.f('fk_article_products_article_id')),
    sa.ForeignKeyConstraint(['product_id'], ['products.id'], name=op.f('fk_article_products_product_id')),
    sa.PrimaryKeyConstraint('article_id', 'product_id', name=op.f('pk_article_products'))
    )
    op.create_index('ix_article_products_product_id', 'article_products', ['product_id'], unique=False)
    op.create_table('campaigns',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(length=140), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('commodity_id', sa.Integer(), nullable=False),
    sa.Column('months', sa.Integer(), nullable=False),
    sa.Column('title_vi', sa.String(length=200), nullable=False),
    sa.Column('title_en', sa.String(length=200), nullable=False),
    sa.Column('words_vi', sa.Text(), nullable=False),
    sa.Column('words_en', sa.Text(), nullable=False),
    sa.Column('photo_id', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("state IN ('draft', 'open', 'closed')", name=op.f('ck_campaigns_state_known')),
    sa.CheckConstraint('months BETWEEN 1 AND 4095', name=op.f('ck_campaigns_months_known')),
    sa.ForeignKeyConstraint(['commodity_id'], ['commodities.id'], name=op.f('fk_campaigns_commodity_id')),
    sa.ForeignKeyConstraint(['photo_id'], ['photos.id'], name=op.f('fk_campaigns_photo_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_campaigns')),
    sa.UniqueConstraint('slug', name=op.f('uq_campaigns_slug'))
    )
    op.create_index('ix_campaigns_commodity_id', 'campaigns', ['commodity_id'], unique=False)
    op.create_index('ix_campaigns_state', 'campaigns', ['state', 'id'], unique=False)
    op.create_table('newsletter_subscriptions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('address_hash', sa.String(length=64), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=True),
    sa.Column('locale', sa.String(length=2), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('consent', sa.String(length=20), nullable=False),
    sa.Column('asked', sa.Integer(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(state = 'ended') = (email IS NULL)", name=op.f('ck_newsletter_subscriptions_ended_forgets_address')),
    sa.CheckConstraint("(state = 'ended') = (ended_at IS NOT NULL)", name=op.f('ck_newsletter_subscriptions_ended_has_moment')),
    sa.CheckConstraint("locale IN ('vi', 'en')", name=op.f('ck_newsletter_subscriptions_locale_known')),
    sa.CheckConstraint("state <> 'confirmed' OR confirmed_at IS NOT NULL", name=op.f('ck_newsletter_subscriptions_confirmed_has_moment')),
    sa.CheckConstraint("state IN ('asked', 'confirmed', 'ended')", name=op.f('ck_newsletter_subscriptions_state_known')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_newsletter_subscriptions')),
    sa.UniqueConstraint('address_hash', name=op.f('uq_newsletter_subscriptions_address_hash')),
    sa.UniqueConstraint('ref', name=op.f('uq_newsletter_subscriptions_ref'))
    )
    op.create_index('ix_newsletter_subscriptions_state', 'newsletter_subscriptions', ['state', 'id'], unique=False)
    op.create_table('newsletter_issues',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('subject_vi', sa.String(length=160), nullable=False),
    sa.Column('subject_en', sa.String(length=160), nullable=False),
    sa.Column('opening_vi', sa.Text(), nullable=False),
    sa.Column('opening_en', sa.Text(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(state = 'draft') = (started_at IS NULL)", name=op.f('ck_newsletter_issues_going_out_has_moment')),
    sa.CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name=op.f('ck_newsletter_issues_sent_has_moment')),
    sa.CheckConstraint("state IN ('draft', 'sending', 'sent')", name=op.f('ck_newsletter_issues_state_known')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_newsletter_issues')),
    sa.UniqueConstraint('ref', name=op.f('uq_newsletter_issues_ref'))
    )
    op.create_index('ix_newsletter_issues_state', 'newsletter_issues', ['state', 'id'], unique=False)
    op.create_table('newsletter_articles',
    sa.Column('issue_id', sa.Integer(), nullable=False),
    sa.Column('article_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['article_id'], ['articles.id'], name=op.f('fk_newsletter_articles_article_id')),
    sa.ForeignKeyConstraint(['issue_id'], ['newsletter_issues.id'], name=op.f('fk_newsletter_articles_issue_id')),
    sa.PrimaryKeyConstraint('issue_id', 'article_id', name=op.f('pk_newsletter_articles'))
    )
    op.create_table('newsletter_letters',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('issue_id', sa.Integer(), nullable=False),
    sa.Column('subscription_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['issue_id'], ['newsletter_issues.id'], name=op.f('fk_newsletter_letters_issue_id')),
    sa.ForeignKeyConstraint(['subscription_id'], ['newsletter_subscriptions.id'], name=op.f('fk_newsletter_letters_subscription_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_newsletter_letters')),
    sa.UniqueConstraint('issue_id', 'subscription_id', name=op.f('uq_newsletter_letters_issue_id_subscription_id'))
    )
    op.create_index('ix_newsletter_letters_subscription_id', 'newsletter_letters', ['subscription_id'], unique=False)
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE TRIGGER {GUARDED}_append_only BEFORE UPDATE OR DELETE ON {GUARDED} "
            "FOR EACH ROW EXECUTE FUNCTION forbid_change()"
        )
        return
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {GUARDED}_no_{act.lower()} BEFORE {act} ON {GUARDED} "
            f"BEGIN SELECT RAISE(ABORT, '{GUARDED} is append-only'); END"
        )


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
