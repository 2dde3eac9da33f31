"""The catalogue of a fair, open to everyone: by zone, by kind of goods, by words; and as a book."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort, request, url_for

from marketplace.catalogue import cards
from marketplace.fairs import catalogue, queries
from marketplace.fairs.catalogue import Found
from marketplace.fairs.models import Fair
from marketplace.foundation import clock
from marketplace.foundation.papers.views import send_for
from marketplace.foundation.web import cached, public, render
from marketplace.foundation.words import _

bp = Blueprint("fair_catalogue", __name__, url_prefix="/fairs/<fair:fair>/catalogue")
LONGEST = 80
GOODS = 60


@bp.route("", methods=["GET"])
@public
@cached("q", "zone", "group", "by", "from")
def show(fair: Fair) -> Any:
    _known(fair)
    everyone = catalogue.everybody(fair)
    words = request.args.get("q", "")[:LONGEST].strip()
    found = catalogue.matching(everyone, words) if words else everyone
    common: dict[str, Any] = {"fair": fair, "everyone": everyone, "words": words, "asked": _asked}
    if request.args.get("by") == "goods" or request.args.get("group"):
        return render("fairs/catalogue/goods.html", **common, **_by_goods(found, words))
    return render("fairs/catalogue/zones.html", **common, **_by_zone(fair, found))


@bp.route("/pdf", methods=["POST"])
@public
def pdf(fair: Fair) -> Any:
    _known(fair)
    return send_for(
        kind="fairs.catalogue",
        values={"fair": fair.slug},
        title=_("Catalogue of %(fair)s", fair=fair.name),
        back=url_for("fair_catalogue.show", fair=fair),
    )


def _known(fair: Fair) -> None:
    """Before the exhibitors are published there is no catalogue."""
    if fair.state not in queries.KNOWN:
        abort(404)


def _by_zone(fair: Fair, found: Sequence[Found]) -> dict[str, Any]:
    zones = [zone for zone in queries.shown_zones(fair.id) if any(each.zone_id == zone.id for each in found)]
    code = request.args.get("zone", "")
    chosen = next((zone for zone in zones if zone.code == code), None)
    mine = [each for each in found if chosen is None or each.zone_id == chosen.id]
    start = _start(len(mine))
    shown = catalogue.whole(fair, mine[start : start + catalogue.SIZE])
    ids = [good.product.id for each in shown for good in each.goods]
    drawn = dict(zip(ids, cards.cards(ids), strict=True)) if ids else {}
    return {
        "zones": zones,
        "chosen": chosen,
        "counts": {zone.id: sum(each.zone_id == zone.id for each in found) for zone in zones},
        "count": len(mine),
        "exhibitors": shown,
        "drawn": drawn,
        "more": start + catalogue.SIZE if start + catalogue.SIZE < len(mine) else None,
    }


def _by_goods(found: Sequence[Found], words: str) -> dict[str, Any]:
    categories = queries.categories_by_id()
    goods = [
        (brought, each)
        for each in found
        for brought in (catalogue.goods_matching(each, words) if words else each.goods)
    ]
    order = {key: place for place, key in enumerate(categories)}
    goods.sort(key=lambda pair: (order[pair[0].category_id], pair[0].name_vi, pair[1].told))
    groups = [each for each in categories.values() if any(b.category_id == each.id for b, _e in goods)]
    chosen = next((each for each in groups if each.slug == request.args.get("group")), None)
    mine = [pair for pair in goods if chosen is None or pair[0].category_id == chosen.id]
    start = _start(len(mine))
    page = mine[start : start + GOODS]
    rows = {
        product.id: cards.row(product, clock.today())
        for product in cards.loaded([b.product_id for b, _e in page])
    }
    return {
        "groups": groups,
        "chosen": chosen,
        "counts": {each.id: sum(b.category_id == each.id for b, _e in goods) for each in groups},
        "count": len(mine),
        "goods": [
            (categories[b.category_id], rows[b.product_id], each) for b, each in page if b.product_id in rows
        ],
        "more": start + GOODS if start + GOODS < len(mine) else None,
    }


def _start(count: int) -> int:
    text = request.args.get("from", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 and int(text) < count else 0


def _asked(**changed: Any) -> dict[str, Any]:
    """The question of this page with something changed; pages begin anew."""
    kept = {name: request.args.get(name) for name in ("q", "zone", "group", "by")}
    return {name: value for name, value in {**kept, **changed}.items() if value}
