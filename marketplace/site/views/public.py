"""The market's front: what is in season now, one search over everything, the year, the map."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request
from markupsafe import Markup

from marketplace.catalogue import cards, indexing
from marketplace.catalogue import queries as catalogue
from marketplace.catalogue.models import Product
from marketplace.cooperatives import queries as cooperatives
from marketplace.foundation import clock, formats
from marketplace.foundation.db import db
from marketplace.foundation.drawing.stage import stage
from marketplace.foundation.web import cached, public, render
from marketplace.foundation.web.assets import asset
from marketplace.foundation.web.locale import locale
from marketplace.site import province, queries, season, share

bp = Blueprint("site", __name__)
LONGEST = 200


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
    sprite = asset("sprite.svg")
    stages = [Markup(stage(crates, sprite, slim)) for slim in (True, False)]  # noqa: S704 - drawn here
    return render(
        "site/home.html",
        year=season.year(commodities, month),
        month=month,
        hue=leading[0].hue if leading else "leaf",
        headline=season.headline(leading, month),
        crates=stages if crates else [],
        in_season=sum(offer.count for offer in now.values()),
        members=cooperatives.count_admitted(),
        stalls=queries.stalls(),
        cards=cards.cards(queries.fresh_ids(month, 8)),
        coming=season.coming(commodities, on_sale, month)[:3],
        sellers=queries.sellers_in_season(month, 3),
    )


@bp.route("/search")
@public
@cached("q")
def search() -> Any:
    """One box over products and cooperatives, forgiving of missing marks and of a wrong letter."""
    text = " ".join(request.args.get("q", "")[:LONGEST].split())
    found = indexing.products.find(db.session, text, limit=12) if text else None
    sellers = cooperatives.admitted(text=text, after=None, size=6).rows if text else []
    return render(
        "site/search.html",
        q=text,
        cards=cards.cards(found.ids) if found else [],
        count=(formats.number(found.count, locale()) + "+" * found.capped) if found else "",
        more=found is not None and found.count > len(found.ids),
        suggestion=found.suggestion if found and found.suggestion != text else None,
        sellers=queries.sellers([one.id for one in sellers]),
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


@bp.route("/share/product/<product:product>.jpg")
@public
@cached()
def product_card(product: Product) -> Response:
    """The picture of a product's address in messengers."""
    return Response(share.card(product), mimetype="image/jpeg")
