"""Articles, pages of a season and issues in URLs."""

from __future__ import annotations

from marketplace.foundation.web.converters import subject
from marketplace.news import queries

ShownArticle = subject(queries.article.shown_article, attribute="slug", regex="[a-z0-9-]{1,140}")
AnyArticle = subject(queries.article.any_article, attribute="slug", regex="[a-z0-9-]{1,140}")
ShownCampaign = subject(queries.campaign.shown_campaign, attribute="slug", regex="[a-z0-9-]{1,140}")
AnyCampaign = subject(queries.campaign.any_campaign, attribute="slug", regex="[a-z0-9-]{1,140}")
AnyIssue = subject(queries.newsletter.any_issue)
