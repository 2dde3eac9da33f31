"""Every read of the newsletter: who gets it, its issues, how many letters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import selectinload

from marketplace.foundation.db import Page, db, page_of
from marketplace.inbox.queries.choice import address_hash
from marketplace.news.models import Article, ArticlePhoto, Issue, IssueArticle, IssueLetter, Subscription
from marketplace.news.states import ArticleState, IssueState, SubscriptionState


@dataclass(frozen=True)
class Readers:
    """How many get the newsletter, in which language, and how many have not confirmed yet."""

    vi: int
    en: int
    asked: int

    @property
    def confirmed(self) -> int:
        return self.vi + self.en


@dataclass(frozen=True)
class Listed:
    """An issue with how many letters went out, and from how many of them the newsletter was ended."""

    issue: Issue
    letters: int
    ended: int


def subscription_of(email: str, *, lock: bool = False) -> Subscription | None:
    query = select(Subscription).where(Subscription.address_hash == address_hash(email))
    return db.session.scalar(query.with_for_update() if lock else query)


def subscription_by_id(subscription_id: int) -> Subscription | None:
    """None when it was never confirmed and is forgotten by now."""
    return db.session.get(Subscription, subscription_id)


def subscription_by_ref(ref: str) -> Subscription | None:
    return db.session.scalar(select(Subscription).where(Subscription.ref == ref))


def readers() -> Readers:
    rows = db.session.execute(
        select(Subscription.state, Subscription.locale, func.count()).group_by(
            Subscription.state, Subscription.locale
        )
    )
    counts = {(state, language): count for state, language, count in rows}
    S = SubscriptionState
    return Readers(
        vi=counts.get((S.CONFIRMED, "vi"), 0),
        en=counts.get((S.CONFIRMED, "en"), 0),
        asked=sum(count for (state, _language), count in counts.items() if state is S.ASKED),
    )


def never_confirmed(before: dt.datetime, limit: int = 200) -> Sequence[int]:
    """Asked for before a moment, and not confirmed since."""
    query = select(Subscription.id).where(
        Subscription.state == SubscriptionState.ASKED, Subscription.asked_at < before
    )
    return db.session.scalars(query.order_by(Subscription.id).limit(limit)).all()


# --- issues -----------------------------------------------------------------------------------------


def _whole() -> Any:
    told = selectinload(Issue.chosen).joinedload(IssueArticle.article)
    return select(Issue).options(told.selectinload(Article.photos).joinedload(ArticlePhoto.photo))


def any_issue(ref: str, user: Any) -> Issue | None:
    """For officers."""
    if not user.is_authenticated or not user.is_officer:
        return None
    return db.session.scalar(_whole().where(Issue.ref == ref))


def issue_by_id(issue_id: int) -> Issue:
    return db.session.scalars(_whole().where(Issue.id == issue_id)).one()


def told_in(issue: Issue) -> list[Article]:
    """The articles of an issue that can still be read."""
    return [one.article for one in issue.chosen if one.article.state is ArticleState.PUBLISHED]


def issues(after: str | None = None, size: int = 20) -> Page[Listed]:
    """All issues, the last made first; one statement more for what was counted."""
    page = page_of(select(Issue), Issue.id, after=after, size=size, descending=True)
    counts = _counts([row[0].id for row in page.rows])
    return page.map(lambda row: Listed(row[0], *counts.get(row[0].id, (0, 0))))


def listed(issue: Issue) -> Listed:
    return Listed(issue, *_counts([issue.id]).get(issue.id, (0, 0)))


def _counts(ids: Collection[int]) -> dict[int, tuple[int, int]]:
    rows = db.session.execute(
        select(IssueLetter.issue_id, func.count(), func.count(IssueLetter.ended_at))
        .where(IssueLetter.issue_id.in_(ids))
        .group_by(IssueLetter.issue_id)
    )
    return {row[0]: (row[1], row[2]) for row in rows}


def going_out() -> Sequence[int]:
    query = select(Issue.id).where(Issue.state == IssueState.SENDING)
    return db.session.scalars(query.order_by(Issue.id)).all()


def next_readers(issue: Issue, limit: int) -> Sequence[Subscription]:
    """Who shall get this issue and has not yet."""
    query = select(Subscription).where(_waits(issue)).order_by(Subscription.id).limit(limit)
    return db.session.scalars(query).all()


def _waits(issue: Issue) -> ColumnElement[bool]:
    posted = exists().where(IssueLetter.issue_id == issue.id, IssueLetter.subscription_id == Subscription.id)
    return and_(
        Subscription.state == SubscriptionState.CONFIRMED,
        Subscription.confirmed_at <= issue.started_at,
        ~posted,
    )


def letter_of(issue_id: int, subscription_id: int) -> IssueLetter | None:
    query = select(IssueLetter).where(IssueLetter.issue_id == issue_id)
    return db.session.scalar(query.where(IssueLetter.subscription_id == subscription_id))
