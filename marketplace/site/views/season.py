"""The page of a product's season: who grows it, what can be bought now, what is told about it, where to see it."""

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

bp = Blueprint("season", __name__)


@bp.route("/season/<campaign:campaign>", methods=["GET"])
@public
@cached()
def show(campaign: Campaign) -> Any:
    goods, month = campaign.commodity, clock.today().month
    return render(
        "site/campaign.html",
        campaign=campaign,
        blocks=body.blocks(campaign.words),
        strip=awning.strip(goods.months, goods.peak_months, month, big=True),
        months=formats.months_phrase(campaign.months, locale()),
        on=campaign.is_on(month),
        cards=cards.cards(news.campaign.products_on_sale(goods.id)),
        growers=queries.sellers(news.campaign.growers(goods.id)),
        articles=news.article.about_goods(goods.id),
        fairs=fairs.upcoming(limit=3),
    )
