"""Asking for the newsletter, and writing an issue."""

from __future__ import annotations

from typing import Any

from marketplace.foundation.web.fields import (
    EmailField,
    LineField,
    ManyField,
    Needed,
    Optional,
    TextField,
    TickField,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _l
from marketplace.news import consent
from marketplace.news.models import Article, Issue
from marketplace.news.queries import article as queries
from marketplace.news.services import IssueFacts

TEXTS = ("subject_vi", "opening_vi", "subject_en", "opening_en")


class AskForm(Form):
    """The mailbox, and that its reader agrees. `website` is not shown: only programs fill it in."""

    email = EmailField(_l("E-mail for the newsletter"), [Needed()])
    agreed = TickField(
        consent.TEXTS[consent.CURRENT],
        [Needed(_l("Please tick that you agree: without it we may not write."))],
    )
    website = LineField(_l("Please leave this empty"), [Optional()])

    @property
    def by_a_program(self) -> bool:
        return bool(self.website.data)


class IssueForm(Form):
    """The words of an issue, and which articles it tells."""

    subject_vi = LineField(_l("Subject of the letter"), [Needed()], longest=120)
    opening_vi = TextField(_l("Opening words"), [Optional()], longest=2000)
    subject_en = LineField(_l("Subject in English"), [Optional()], longest=120)
    opening_en = TextField(_l("Opening words in English"), [Optional()], longest=2000)
    articles = ManyField(_l("Articles in it, the newest first"), coerce=int)

    def __init__(self, issue: Issue | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        chosen = [one.article_id for one in issue.chosen] if issue is not None else []
        self.known: list[Article] = [*queries.to_tell(chosen)]
        self.articles.choices = [(one.id, one.title) for one in self.known]
        if issue is not None and not self.is_submitted():
            self.articles.data = chosen
            for name in TEXTS:
                self[name].data = getattr(issue, name)

    def facts(self) -> IssueFacts:
        chosen = set(self.articles.data or [])
        return IssueFacts(
            articles=[one for one in self.known if one.id in chosen],
            **{name: self[name].data or "" for name in TEXTS},
        )
