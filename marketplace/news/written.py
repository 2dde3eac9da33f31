"""An issue of the newsletter as a letter, in its reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from marketplace import config
from marketplace.foundation.web.pages import text_of
from marketplace.foundation.words import in_language
from marketplace.news import stopping
from marketplace.news.models import Issue, Subscription
from marketplace.news.queries import newsletter as queries


@dataclass(frozen=True)
class Written:
    subject: str
    text: str
    html: str
    stop_url: str


def told(issue: Issue) -> dict[str, Any]:
    """What the letter and its preview show."""
    return {"issue": issue, "articles": queries.told_in(issue)}


def issue_letter(issue: Issue, locale: str, *, reader: Subscription | None = None) -> Written:
    """The letter to a reader; without one the way to end it leads nowhere, as in a preview."""
    root = f"{config.current().base_url}{'/en' if locale == 'en' else ''}"
    stop_url = f"{root}{stopping.path_for(reader.ref, issue.id)}" if reader is not None else "#"
    with in_language(locale):
        context = {**told(issue), "subject": issue.subject, "root": root, "stop_url": stop_url}
        return Written(
            issue.subject,
            text_of("news/letters/issue.txt", **context),
            text_of("news/letters/issue.html", **context),
            stop_url,
        )
