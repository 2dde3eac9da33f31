"""Who gets the newsletter, its issues, and which issue went to whom: once at most."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.foundation.db import Model, OneOf, UtcDateTime, explain, one_of
from marketplace.foundation.words import _l, pick
from marketplace.news.models.article import Article
from marketplace.news.states import IssueState, SubscriptionState


class Subscription(Model):
    """A mailbox that asked for the newsletter. It is known by the hash of its address, so that of who ended it nothing
    else has to be kept. `consent` is the
    wording it agreed to (news.consent); `asked` counts how often it was asked for."""

    __tablename__ = "newsletter_subscriptions"
    __table_args__ = (
        one_of("state", SubscriptionState),
        CheckConstraint("locale IN ('vi', 'en')", name="locale_known"),
        CheckConstraint("(state = 'ended') = (email IS NULL)", name="ended_forgets_address"),
        CheckConstraint("(state = 'ended') = (ended_at IS NOT NULL)", name="ended_has_moment"),
        CheckConstraint("state <> 'confirmed' OR confirmed_at IS NOT NULL", name="confirmed_has_moment"),
        Index("ix_newsletter_subscriptions_state", "state", "id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    address_hash: Mapped[str] = mapped_column(String(64), unique=True)
    email: Mapped[str | None] = mapped_column(String(254))
    locale: Mapped[str] = mapped_column(String(2))
    state: Mapped[SubscriptionState] = mapped_column(
        OneOf(SubscriptionState), default=SubscriptionState.ASKED
    )
    consent: Mapped[str] = mapped_column(String(20))
    asked: Mapped[int] = mapped_column(Integer, default=1)
    asked_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    confirmed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)


class Issue(Model):
    """One newsletter. It goes to whoever had confirmed before `started_at`."""

    __tablename__ = "newsletter_issues"
    __table_args__ = (
        one_of("state", IssueState),
        CheckConstraint("(state = 'draft') = (started_at IS NULL)", name="going_out_has_moment"),
        CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent_has_moment"),
        Index("ix_newsletter_issues_state", "state", "id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    state: Mapped[IssueState] = mapped_column(OneOf(IssueState), default=IssueState.DRAFT)
    subject_vi: Mapped[str] = mapped_column(String(160))
    subject_en: Mapped[str] = mapped_column(String(160), default="")
    opening_vi: Mapped[str] = mapped_column(Text, default="")
    opening_en: Mapped[str] = mapped_column(Text, default="")
    made_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    started_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    sent_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    chosen: Mapped[list[IssueArticle]] = relationship(
        order_by="IssueArticle.position", cascade="all, delete-orphan"
    )

    @property
    def subject(self) -> str:
        return pick(self.subject_vi, self.subject_en)

    @property
    def opening(self) -> str:
        return pick(self.opening_vi, self.opening_en)


class IssueArticle(Model):
    """An article told of in an issue."""

    __tablename__ = "newsletter_articles"
    issue_id: Mapped[int] = mapped_column(ForeignKey("newsletter_issues.id"), primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer)
    article: Mapped[Article] = relationship()


class IssueLetter(Model):
    """That an issue was posted to a subscription, and whether it was ended from this letter."""

    __tablename__ = "newsletter_letters"
    __table_args__ = (
        UniqueConstraint("issue_id", "subscription_id"),
        Index("ix_newsletter_letters_subscription_id", "subscription_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("newsletter_issues.id"))
    subscription_id: Mapped[int] = mapped_column(ForeignKey("newsletter_subscriptions.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)


explain(
    "uq_newsletter_subscriptions_address_hash",
    _l("This address was entered a moment ago: please look into its mailbox."),
    "email",
)
