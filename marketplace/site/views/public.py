"""The market's front: what is in season now, one search over everything, the year, the map."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, redirect, request
from markupsafe import Markup

from marketplace import config
from marketplace.catalogue import cards, indexing
from marketplace.catalogue import queries as catalogue
from marketplace.catalogue.models import Product
from marketplace.cooperatives import queries as cooperatives
from marketplace.fairs import queries as fairs
from marketplace.fairs.models import Fair
from marketplace.foundation import clock, formats
from marketplace.foundation.db import db
from marketplace.foundation.drawing import HUES, scene, stage, still
from marketplace.foundation.media.mark import Mark
from marketplace.foundation.web import cached, public, render, signs
from marketplace.foundation.web.assets import asset
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.news import queries as news
from marketplace.news.models import Article, Campaign
from marketplace.site import province, queries, season, share

bp = Blueprint("site", __name__)
LONGEST = 200
CARDS = {
    "home": (_l("Produce straight from the cooperatives"), _l("What is in season, and who grows it.")),
    "cooperatives": (_l("Cooperatives of the alliance"), _l("Who they are and what they grow.")),
    "calendar": (_l("Harvest calendar"), _l("Which month brings what.")),
    "fairs": (_l("Fairs of the cooperatives"), _l("Where they show what they grow, and when.")),
    "map": (_l("Map of the cooperatives"), _l("Find those who grow near you.")),
    "news": (
        _l("News of the cooperatives"),
        _l("What they do, what they achieved, where you can take part."),
    ),
}
SCENES_OF = {
    "cooperatives": "field",
    "calendar": "orchard",
    "map": "river",
    "news": "rice",
    "fairs": "workshop",
}


@bp.route("/")
@public
@cached()
def home() -> Any:
    """The awning of months, stalls, what is in season, coming harvests, cooperatives."""
    month = clock.today().month
    commodities = catalogue.commodities()
    on_sale, now = season.offers(), season.offers(month)
    leading = season.leading(commodities, now, month)
    crates = season.crates(leading, now)
    return render(
        "site/home.html",
        year=season.year(commodities, month),
        month=month,
        hue=leading[0].hue if leading else "leaf",
        headline=season.headline(leading, month),
        stage=Markup(stage(crates, asset("sprite.svg"))) if crates else "",  # noqa: S704 - drawn here
        in_season=sum(offer.count for offer in now.values()),
        members=cooperatives.count_admitted(),
        stalls=queries.stalls(),
        cards=cards.cards(queries.fresh_ids(month, 8)),
        coming=season.coming(commodities, on_sale, month)[:3],
        sellers=queries.sellers_in_season(month, 3),
        fair=fairs.next_fair(),
        seasons=news.campaign.on_now(),
        articles=news.article.newest(),
    )


@bp.route("/search")
@public
@cached("q")
def search() -> Any:
    """One box over products, cooperatives, fairs and news, forgiving of missing marks and of a wrong letter."""
    text = " ".join(request.args.get("q", "")[:LONGEST].split())
    found = indexing.products.find(db.session, text, limit=12) if text else None
    sellers = cooperatives.admitted(cooperatives.Wanted(text), after=None, size=6).rows if text else []
    return render(
        "site/search.html",
        q=text,
        cards=cards.cards(found.ids) if found else [],
        count=(formats.number(found.count, locale()) + "+" * found.capped) if found else "",
        more=found is not None and found.count > len(found.ids),
        suggestion=found.suggestion if found and found.suggestion != text else None,
        sellers=queries.sellers([one.id for one in sellers]),
        fairs=fairs.found(text),
        articles=news.article.found(text),
        stalls=queries.stalls(),
    )


@bp.route("/calendar")
@public
@cached()
def calendar() -> Any:
    """When each commodity is harvested, stall by stall."""
    return render(
        "site/calendar.html", stalls=season.calendar(catalogue.commodities()), month=clock.today().month
    )


@bp.route("/map")
@public
@cached()
def map() -> Any:
    """Where the cooperatives are: a drawing of the province's communes, and the list by district."""
    drawn = province.drawn()
    return render("site/map.html", drawn=drawn, anchors={one.name: one.anchor for one in drawn.districts})


@bp.route("/icon/<name>.png")
@public
@cached()
def icon(name: str) -> Any:
    """The small sign of the alliance for tabs and phones. An older one leads to that of today."""
    mark = config.current().logo
    drawn = share.icon(mark) if mark is not None and name == mark.seen[: signs.ICON_NAME] else None
    if drawn is None:
        return _to_sign(None if mark is not None and name == mark.seen[: signs.ICON_NAME] else mark)
    answer = Response(drawn, mimetype="image/png")
    answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return answer


@bp.route("/favicon.ico")
@public
def favicon() -> Any:
    """Browsers and messengers that ask without having read a page."""
    return _to_sign(config.current().logo)


def _to_sign(mark: Mark | None) -> Any:
    """An hour later it may be another."""
    answer = redirect(signs.icon_address(mark), 302)
    answer.headers["Cache-Control"] = "public, max-age=3600"
    return answer


@bp.route("/share/page/<any(home, cooperatives, calendar, map, fairs, news):name>.jpg")
@public
@cached()
def page_card(name: str) -> Response:
    """The picture of a page's address in messengers."""
    title, words = CARDS[name]
    hue, picture = _season_picture() if name == "home" else ("leaf", scene(SCENES_OF[name]))
    return Response(share.page_card(str(title), str(words), picture, HUES[hue]), mimetype="image/jpeg")


def _season_picture() -> tuple[str, str]:
    """Hue and drawing of what this month is known for; carrots while nothing is sold."""
    month = clock.today().month
    leading = season.leading(catalogue.commodities(), season.offers(month), month)
    hue, goods = (leading[0].hue, leading[0].drawing) if leading else ("carrot", "carrot")
    return hue, still(goods, "crate", hue, 840, 630)


@bp.route("/share/product/<product:product>.jpg")
@public
@cached()
def product_card(product: Product) -> Response:
    """The picture of a product's address in messengers."""
    return Response(share.card(product), mimetype="image/jpeg")


@bp.route("/share/fair/<fair:fair>.jpg")
@public
@cached()
def fair_card(fair: Fair) -> Response:
    """The picture of a fair's address in messengers."""
    return Response(share.fair_card(fair), mimetype="image/jpeg")


@bp.route("/share/news/<article:article>.jpg")
@public
@cached()
def article_card(article: Article) -> Response:
    """The picture of an article's address in messengers."""
    return Response(share.article_card(article), mimetype="image/jpeg")


@bp.route("/share/season/<campaign:campaign>.jpg")
@public
@cached()
def season_card(campaign: Campaign) -> Response:
    """The picture of a season's address in messengers."""
    return Response(share.season_card(campaign), mimetype="image/jpeg")
