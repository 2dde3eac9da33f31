"""Kinds, states and their tables of moves."""

from marketplace.news.states.article import (
    ARTICLE_LABELS,
    ARTICLE_TONES,
    KIND_LABELS,
    KIND_LOOKS,
    ArticleKind,
    ArticleState,
    article_lifecycle,
)
from marketplace.news.states.campaign import (
    CAMPAIGN_LABELS,
    CAMPAIGN_TONES,
    CampaignState,
    ChoiceKind,
    campaign_lifecycle,
)
from marketplace.news.states.newsletter import (
    ISSUE_LABELS,
    ISSUE_TONES,
    SUBSCRIPTION_LABELS,
    IssueState,
    SubscriptionState,
    issue_lifecycle,
    subscription_lifecycle,
)

__all__ = [
    "ARTICLE_LABELS",
    "ARTICLE_TONES",
    "CAMPAIGN_LABELS",
    "CAMPAIGN_TONES",
    "ISSUE_LABELS",
    "ISSUE_TONES",
    "KIND_LABELS",
    "KIND_LOOKS",
    "SUBSCRIPTION_LABELS",
    "ArticleKind",
    "ArticleState",
    "CampaignState",
    "ChoiceKind",
    "IssueState",
    "SubscriptionState",
    "article_lifecycle",
    "campaign_lifecycle",
    "issue_lifecycle",
    "subscription_lifecycle",
]
