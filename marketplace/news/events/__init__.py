"""Facts this area announces."""

from marketplace.news.events.article import (
    ArticleChanged,
    ArticleDrafted,
    ArticlePhotosChanged,
    ArticlePublished,
    ArticlePutBack,
    ArticleScheduled,
    ArticleUnscheduled,
    ArticleWithdrawn,
)
from marketplace.news.events.campaign import CampaignChanged, CampaignClosed, CampaignDrafted, CampaignOpened
from marketplace.news.events.newsletter import (
    IssueChanged,
    IssueDrafted,
    IssueSent,
    IssueStarted,
    NewsletterAsked,
    NewsletterConfirmed,
    NewsletterEnded,
)

__all__ = [
    "ArticleChanged",
    "ArticleDrafted",
    "ArticlePhotosChanged",
    "ArticlePublished",
    "ArticlePutBack",
    "ArticleScheduled",
    "ArticleUnscheduled",
    "ArticleWithdrawn",
    "CampaignChanged",
    "CampaignClosed",
    "CampaignDrafted",
    "CampaignOpened",
    "IssueChanged",
    "IssueDrafted",
    "IssueSent",
    "IssueStarted",
    "NewsletterAsked",
    "NewsletterConfirmed",
    "NewsletterEnded",
]
