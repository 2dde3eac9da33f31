"""News and publicity: articles, pages of a season, the newsletter."""

from __future__ import annotations

from flask import Flask

from marketplace.foundation.area import Area, Place
from marketplace.foundation.words import _l
from marketplace.news import policies
from marketplace.news.states import (
    ARTICLE_LABELS,
    ARTICLE_TONES,
    CAMPAIGN_LABELS,
    CAMPAIGN_TONES,
    ISSUE_LABELS,
    ISSUE_TONES,
    KIND_LABELS,
    KIND_LOOKS,
)
from marketplace.places import queries as places


def install(app: Flask) -> None:
    app.jinja_env.filters.update(
        unit_path=places.path_of,
        article_kind=KIND_LABELS.get,
        article_look=KIND_LOOKS.get,
        article_label=ARTICLE_LABELS.get,
        article_tone=ARTICLE_TONES.get,
        campaign_label=CAMPAIGN_LABELS.get,
        campaign_tone=CAMPAIGN_TONES.get,
        issue_label=ISSUE_LABELS.get,
        issue_tone=ISSUE_TONES.get,
    )


area = Area(
    package="marketplace.news",
    rooms=(*Area.rooms, "panels"),
    blueprints=[
        "views.public:bp",
        "views.newsletter:bp",
        "views.office:bp",
        "views.season:bp",
        "views.issue:bp",
    ],
    converters={
        "article": "converters:ShownArticle",
        "any_article": "converters:AnyArticle",
        "campaign": "converters:ShownCampaign",
        "any_campaign": "converters:AnyCampaign",
        "any_issue": "converters:AnyIssue",
    },
    navigation=[
        Place("public_more", _l("Latest news"), "news.list", "doc", order=50),
        Place(
            "office",
            _l("News and stories"),
            "office_news.list",
            "edit",
            order=16,
            shown=policies.keeps_news,
            group="market",
        ),
        Place(
            "office",
            _l("Pages of a season"),
            "office_seasons.list",
            "cal",
            order=17,
            shown=policies.keeps_news,
            group="market",
        ),
        Place(
            "office",
            _l("Newsletter"),
            "office_newsletter.list",
            "mail",
            order=18,
            shown=policies.keeps_news,
            group="market",
        ),
    ],
    install="area:install",
)
