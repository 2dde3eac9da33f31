"""The page of a season: what its weeks bring, who grows it, what can be bought now, what is told about it, where to
see it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from marketplace.catalogue import cards
from marketplace.fairs import queries as fairs
from marketplace.foundation import clock, formats
from marketplace.foundation.drawing import season as awning
from marketplace.foundation.web import cached, public, render
from marketplace.foundation.web.locale import locale
from marketplace.news import body
from marketplace.news import queries as news
from marketplace.news.models import Campaign
from marketplace.site import queries
from marketplace.supply import queries as supply

bp = Blueprint("season", __name__)


@bp.route("/season/<campaign:campaign>", methods=["GET"])
@public
@cached()
def show(campaign: Campaign) -> Any:
    month = clock.today().month
    goods = [each.commodity_id for each in campaign.goods]
    return render(
        "site/campaign.html",
        campaign=campaign,
        blocks=body.blocks(campaign.words),
        strips=[
            (one, awning.strip(one.months, one.peak_months, month, big=True)) for one in campaign.commodities
        ],
        months=formats.months_phrase(campaign.months, locale()),
        on=campaign.is_on(month),
        cards=cards.cards(news.campaign.products_shown(campaign)),
        growers=queries.sellers(news.campaign.growers_shown(campaign)),
        harvests=supply.harvests_ahead(campaign.commodities),
        articles=news.article.about_goods(goods),
        fairs=fairs.upcoming(limit=3),
    )
