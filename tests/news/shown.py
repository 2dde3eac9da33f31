"""News of the small world, for whoever reads every page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from marketplace.foundation.db import transaction
from marketplace.news import services, stopping
from marketplace.news.models import Article, Campaign, Issue, Subscription
from tests.news.test_articles import picture
from tests.news.told import issue_of, published, reader, season
from tests.world import World

AREAS = {"news", "office_news", "office_seasons", "season", "office_newsletter", "newsletter"}
BODY = "Đoạn đầu.\n## Tiêu đề nhỏ\n- một\n- hai\n> Lời người trong cuộc\n[1]"


@dataclass
class News:
    """An article with all that one can have, a season that is on, an issue, and somebody who gets it."""

    article: Article
    campaign: Campaign
    issue: Issue
    subscription: Subscription

    def values(self, endpoint: str) -> dict[str, Any]:
        """What the addresses of news name."""
        if endpoint.partition(".")[0] not in AREAS:
            return {}
        return {
            "article": self.article,
            "campaign": self.campaign,
            "issue": self.issue,
            "number": 1,
            "key": stopping.path_for(self.subscription.ref, self.issue.id).rsplit("/", 1)[1],
        }


def news_shown(world: World) -> News:
    article = published(
        world,
        body_vi=BODY,
        title_en="Carrots to Japan",
        lead_en="They left.",
        body_en="## How\nThey left.",
        place_id=world.dong_lac.address.unit_current_id if world.dong_lac.address is not None else None,
        commodity_id=world.carrots.commodity_id,
        cooperatives=[world.dong_lac],
        products=[world.carrots],
    )
    with transaction():
        services.add_photo(article=article, stream=picture(), filename="ruong.jpg", by=world.officer)
    published(world, title_vi="Tin chỉ có tiếng Việt")
    campaign = season(world)
    return News(article, campaign, issue_of(world, article), reader("reader@demo.vn"))
