"""The newsletter: asked for, confirmed, ended; an issue written, started, and posted in small batches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select

from marketplace.foundation import clock, mail
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.reference import random_ref
from marketplace.foundation.text import clean_line, clean_text
from marketplace.foundation.words import _l
from marketplace.inbox.queries.choice import address_hash
from marketplace.news import consent, notices, written
from marketplace.news.events import (
    IssueChanged,
    IssueDrafted,
    IssueSent,
    IssueStarted,
    NewsletterAsked,
    NewsletterConfirmed,
    NewsletterEnded,
)
from marketplace.news.models import Article, Issue, IssueArticle, IssueLetter, Subscription
from marketplace.news.queries import newsletter as queries
from marketplace.news.states import (
    IssueState,
    SubscriptionState,
    issue_lifecycle,
    subscription_lifecycle,
)

BATCH = 50
MOST_ARTICLES = 12


def ask_for_newsletter(*, email: str, locale: str) -> None:
    """A letter goes to the mailbox, with the link that confirms. Who gets the newsletter already gets no other letter,
    and the visitor is told the same: the page says nothing about anybody's mailbox."""
    found = queries.subscription_of(email, lock=True)
    now = clock.now()
    if found is None:
        found = Subscription(
            ref=random_ref(),
            address_hash=address_hash(email),
            email=email,
            locale=locale,
            consent=consent.CURRENT,
            asked=1,
            asked_at=now,
        )
        db.session.add(found)
    elif found.state is SubscriptionState.CONFIRMED:
        return
    else:
        if found.state is SubscriptionState.ENDED:
            subscription_lifecycle.advance(found, "ask_again")
        found.email, found.locale, found.consent = email, locale, consent.CURRENT
        found.asked, found.asked_at, found.ended_at, found.confirmed_at = found.asked + 1, now, None, None
    db.session.flush()
    announce(NewsletterAsked(subscription_id=found.id))
    notices.confirm(found)


def confirm_newsletter(*, subscription: Subscription) -> None:
    """Pressed in the letter: whoever reads this mailbox wants it."""
    _take_turn(subscription)
    subscription_lifecycle.advance(subscription, "confirm")
    subscription.confirmed_at = clock.now()
    db.session.flush()
    announce(NewsletterConfirmed(subscription_id=subscription.id))


def end_newsletter(*, subscription: Subscription, issue_id: int | None = None) -> None:
    """No more letters, and the address is forgotten; a second press changes nothing. `issue_id`: from whose letter."""
    _take_turn(subscription)
    if subscription.state is SubscriptionState.ENDED:
        return
    now = clock.now()
    subscription_lifecycle.advance(subscription, "end")
    subscription.email, subscription.ended_at = None, now
    letter = queries.letter_of(issue_id, subscription.id) if issue_id is not None else None
    if letter is not None and letter.ended_at is None:
        letter.ended_at = now
    db.session.flush()
    announce(NewsletterEnded(subscription_id=subscription.id))


def forget_unconfirmed(*, ids: Sequence[int]) -> None:
    """Who never confirmed was perhaps entered by somebody else: nothing of them stays."""
    unwanted = Subscription.id.in_(ids) & (Subscription.state == SubscriptionState.ASKED)
    got_letters = Subscription.id.in_(select(IssueLetter.subscription_id))
    db.session.execute(delete(Subscription).where(unwanted, ~got_letters))


# --- issues -----------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class IssueFacts:
    """What an issue says; the articles in their order."""

    subject_vi: str
    articles: Sequence[Article]
    subject_en: str = ""
    opening_vi: str = ""
    opening_en: str = ""


def draft_issue(*, facts: IssueFacts, by: Any) -> Issue:
    _check(facts)
    issue = Issue(ref=random_ref(), made_at=clock.now())
    _write(issue, facts)
    db.session.add(issue)
    db.session.flush()
    announce(IssueDrafted(issue_id=issue.id, actor_id=id_of(by)))
    return issue


def change_issue(*, issue: Issue, facts: IssueFacts, by: Any) -> None:
    _take_issue(issue)
    if issue.state is not IssueState.DRAFT:
        raise Refusal(_l("It is on its way already: what is sent cannot be changed."))
    _check(facts)
    issue.chosen.clear()
    db.session.flush()
    _write(issue, facts)
    db.session.flush()
    announce(IssueChanged(issue_id=issue.id, actor_id=id_of(by)))


def start_issue(*, issue: Issue, by: Any) -> None:
    """It goes to everybody who has confirmed by now; the worker posts it, some letters every minute."""
    _take_issue(issue)
    if not queries.told_in(issue):
        raise Refusal(_l("None of its articles can be read: please choose others."))
    readers = queries.readers().confirmed
    if not readers:
        raise Refusal(_l("Nobody gets the newsletter yet."))
    issue_lifecycle.advance(issue, "send")
    issue.started_at = clock.now()
    db.session.flush()
    announce(IssueStarted(issue_id=issue.id, readers=readers, actor_id=id_of(by)))


def post_batch(*, issue: Issue) -> int:
    """Put the next letters into the outbox: to each reader once, whoever else does the same. Returns how many."""
    _take_issue(issue)
    if issue.state is not IssueState.SENDING:
        return 0
    readers = queries.next_readers(issue, BATCH)
    for reader in readers:
        _post(issue, reader)
    db.session.flush()
    if len(readers) < BATCH:
        issue_lifecycle.advance(issue, "finish")
        issue.sent_at = clock.now()
        db.session.flush()
        announce(IssueSent(issue_id=issue.id, letters=queries.listed(issue).letters))
    return len(readers)


# --- how it is done ---------------------------------------------------------------------------------


def _take_turn(subscription: Subscription) -> None:
    db.session.refresh(subscription, with_for_update=True)


def _take_issue(issue: Issue) -> None:
    db.session.refresh(issue, with_for_update={"of": Issue})


def _post(issue: Issue, reader: Subscription) -> None:
    assert reader.email is not None, "confirmed subscriptions have an address"
    db.session.add(IssueLetter(issue_id=issue.id, subscription_id=reader.id, at=clock.now()))
    letter = written.issue_letter(issue, reader.locale, reader=reader)
    mail.post(
        key=f"newsletter:{issue.id}:{reader.id}",
        recipient=reader.email,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        locale=reader.locale,
        stop_url=letter.stop_url,
    )


def _check(facts: IssueFacts) -> None:
    if not clean_line(facts.subject_vi):
        raise Refusal(_l("Please give it a title."), field="subject_vi")
    if not facts.articles:
        raise Refusal(_l("Please choose at least one article."), field="articles")
    if len(facts.articles) > MOST_ARTICLES:
        raise Refusal(_l("At most %(most)s articles, please.", most=MOST_ARTICLES), field="articles")


def _write(issue: Issue, facts: IssueFacts) -> None:
    issue.subject_vi, issue.subject_en = clean_line(facts.subject_vi), clean_line(facts.subject_en)
    issue.opening_vi, issue.opening_en = clean_text(facts.opening_vi), clean_text(facts.opening_en)
    issue.chosen = [
        IssueArticle(article_id=article.id, position=place) for place, article in enumerate(facts.articles)
    ]
