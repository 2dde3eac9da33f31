"""Articles, pages of a season and issues as tests need them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from marketplace.foundation.calendar import ALL_YEAR
from marketplace.foundation.db import db, transaction
from marketplace.news import services
from marketplace.news.models import Article, Campaign, Issue, Subscription
from marketplace.news.queries.newsletter import subscription_of
from marketplace.news.services import ArticleFacts, CampaignFacts, IssueFacts
from marketplace.news.states import ArticleKind
from tests.world import World


def facts(**told: Any) -> ArticleFacts:
    return ArticleFacts(
        **{
            "kind": ArticleKind.NEWS,
            "title_vi": "Cà rốt sang Nhật",
            "lead_vi": "Xe đã rời kho.",
            "body_vi": "Chuyến hàng đầu tiên đã lên tàu sáng nay.",
            **told,
        }
    )


def drafted(world: World, **told: Any) -> Article:
    with transaction():
        return services.draft_article(facts=facts(**told), by=world.officer)


def published(world: World, **told: Any) -> Article:
    article = drafted(world, **told)
    with transaction():
        services.publish_article(article=article, by=world.officer)
    return article


def season(world: World, *, months: int = ALL_YEAR, goods: list[int] | None = None, **told: Any) -> Campaign:
    """Carrots, open to everybody."""
    with transaction():
        campaign = services.draft_campaign(
            commodity_ids=goods or [world.carrots.commodity_id],
            facts=CampaignFacts(
                **{
                    "months": months,
                    "title_vi": "Mùa cà rốt Đồng Lạc",
                    "words_vi": "Đất phù sa, củ ngọt.",
                    **told,
                }
            ),
            by=world.officer,
        )
        services.open_campaign(campaign=campaign, by=world.officer)
    return campaign


def issue_of(world: World, *articles: Article, **told: Any) -> Issue:
    with transaction():
        return services.draft_issue(
            facts=IssueFacts(
                **{"subject_vi": "Bản tin tháng này", "opening_vi": "Kính chào ông bà.", **told},
                articles=articles,
            ),
            by=world.officer,
        )


def reader(email: str, locale: str = "vi") -> Subscription:
    """Who asked and confirmed."""
    with transaction():
        services.ask_for_newsletter(email=email, locale=locale)
    found = subscription_of(email)
    assert found is not None
    with transaction():
        services.confirm_newsletter(subscription=found)
    return found


def all_readers() -> list[Subscription]:
    return [*db.session.scalars(select(Subscription).order_by(Subscription.id))]
