"""What the clock does with news: articles come out, issues go out, who never confirmed is forgotten."""

from __future__ import annotations

import datetime as dt
from functools import partial

from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.jobs import job
from marketplace.news import queries, services
from marketplace.news.acts import DAYS_TO_CONFIRM
from marketplace.news.models import Article


@job(every_minutes=1)
def publish_what_is_due() -> None:
    """Scheduled articles whose moment has come, one transaction each."""
    due = [*queries.article.due()]
    db.session.rollback()
    for article_id in due:
        in_transaction(partial(_publish, article_id))


def _publish(article_id: int) -> None:
    services.publish_when_due(article=db.session.get_one(Article, article_id))


@job(every_minutes=1)
def post_issues() -> None:
    """The next letters of each issue that goes out."""
    going = [*queries.newsletter.going_out()]
    db.session.rollback()
    for issue_id in going:
        in_transaction(partial(_post, issue_id))


def _post(issue_id: int) -> None:
    services.post_batch(issue=queries.newsletter.issue_by_id(issue_id))


@job(every_minutes=360)
def forget_unconfirmed() -> None:
    """Mailboxes that were entered and never confirmed, a day after their link is over."""
    before = clock.now() - dt.timedelta(days=DAYS_TO_CONFIRM + 1)
    ids = [*queries.newsletter.never_confirmed(before)]
    db.session.rollback()
    if ids:
        in_transaction(partial(services.forget_unconfirmed, ids=ids))
