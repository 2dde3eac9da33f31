"""Facts about the newsletter. Of subscribers they hold a number, never an address."""

from __future__ import annotations

from marketplace.foundation.events import Event
from marketplace.foundation.words import _l


class SubscriptionEvent(Event):
    """About one mailbox."""

    subscription_id: int
    sentence = _l("Newsletter")
    about = {"subscription": "subscription_id"}


class NewsletterAsked(SubscriptionEvent):
    sentence = _l("The newsletter was asked for")


class NewsletterConfirmed(SubscriptionEvent):
    sentence = _l("The newsletter was confirmed from the mailbox")


class NewsletterEnded(SubscriptionEvent):
    sentence = _l("The newsletter was ended, and the address forgotten")


class IssueEvent(Event):
    """About one issue."""

    issue_id: int
    sentence = _l("Issue of the newsletter")
    about = {"issue": "issue_id"}


class IssueDrafted(IssueEvent):
    sentence = _l("The issue was drafted")


class IssueChanged(IssueEvent):
    sentence = _l("The issue was changed")


class IssueStarted(IssueEvent):
    readers: int
    sentence = _l("The issue goes out to %(readers)s readers")


class IssueSent(IssueEvent):
    letters: int
    sentence = _l("The issue is out: %(letters)s letters")
