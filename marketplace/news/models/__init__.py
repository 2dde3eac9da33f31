"""Tables of news and publicity."""

from marketplace.news.models.article import (
    Article,
    ArticleCooperative,
    ArticlePhoto,
    ArticleProduct,
    ArticleVersion,
)
from marketplace.news.models.campaign import Campaign, CampaignCooperative, CampaignGoods, CampaignProduct
from marketplace.news.models.newsletter import Issue, IssueArticle, IssueLetter, Subscription

__all__ = [
    "Article",
    "ArticleCooperative",
    "ArticlePhoto",
    "ArticleProduct",
    "ArticleVersion",
    "Campaign",
    "CampaignCooperative",
    "CampaignGoods",
    "CampaignProduct",
    "Issue",
    "IssueArticle",
    "IssueLetter",
    "Subscription",
]
