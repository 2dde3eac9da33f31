"""The board as everybody sees it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from flask import Blueprint, request

from marketplace.catalogue.models import Goods
from marketplace.foundation import clock, formats
from marketplace.foundation.sheets import send_sheet
from marketplace.foundation.web import cached, public, render
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l
from marketplace.prices import chart, queries
from marketplace.prices.models import Observation
from marketplace.prices.states import LEVEL_LABELS, OLD_DAYS, SOURCE_LABELS, Level

bp = Blueprint("prices", __name__, url_prefix="/prices")
SPANS = {
    "quarter": (_l("3 months"), 92, "day"),
    "year": (_l("1 year"), 366, "week"),
    "all": (_l("All"), 0, "month"),
}
TITLES = (
    _l("Goods"), _l("Unit"), _l("Where"), _l("At which step"), _l("Grade"), _l("On which day"), _l("Price"),
    _l("Lowest price"), _l("Highest price"), _l("Who says so"), _l("Source"), _l("Web address"),
)  # fmt: skip


@bp.route("", methods=["GET"])
@public
@cached("level", "category")
def board() -> Any:
    level = _level(request.args.get("level"), [*Level])
    figures = queries.board(level)
    stalls = {each.goods.category.slug: each.goods.category for each in figures}
    chosen = stalls.get(request.args.get("category", ""))
    shown = [each for each in figures if chosen is None or each.goods.category_id == chosen.id]
    return render(
        "prices/board.html",
        figures=shown,
        seasons={each.goods.id: queries.season_of(each.goods.id) for each in shown},
        level=level,
        levels=LEVEL_LABELS,
        stalls=sorted(stalls.values(), key=lambda stall: stall.position),
        chosen=chosen,
        old=clock.today() - dt.timedelta(days=OLD_DAYS),
    )


@bp.route("/sheet.<any(xlsx, csv):kind>", methods=["GET"])
@public
def export_board(kind: str) -> Any:
    return send_sheet(_("prices"), TITLES, _cells(queries.exported()), kind)


@bp.route("/<priced_goods:goods>", methods=["GET"])
@public
@cached("level", "span")
def show(goods: Goods) -> Any:
    seen = queries.levels_seen(goods.id)
    level = _level(request.args.get("level"), seen)
    span = request.args.get("span", "year")
    span = span if span in SPANS else "year"
    days, step = SPANS[span][1:]
    today = clock.today()
    points = queries.series(
        goods.id, level, since=today - dt.timedelta(days=days) if days else dt.date.min, step=step
    )
    season = queries.season_of(goods.id)
    first = today - dt.timedelta(days=days) if days else min((p.day for p in points), default=today)
    drawn = {
        name: chart.draw(
            points, months=season.months, first=first, last=today, step=step, width=width, height=height
        )
        for name, width, height in (("slim", 340, 260), ("wide", 1120, 380))
    }
    return render(
        "prices/goods.html",
        goods=goods,
        figures=queries.figures_of(goods.id, level),
        level=level,
        levels={each: LEVEL_LABELS[each] for each in seen},
        span=span,
        spans={name: told[0] for name, told in SPANS.items()},
        step=step,
        points=sorted(points, key=lambda point: (point.day, point.place), reverse=True),
        drawn=drawn,
        season=season,
        old=today - dt.timedelta(days=OLD_DAYS),
    )


@bp.route("/<priced_goods:goods>/sheet.<any(xlsx, csv):kind>", methods=["GET"])
@public
def export(goods: Goods, kind: str) -> Any:
    return send_sheet(goods.slug, TITLES, _cells(queries.exported(goods.id)), kind)


def _level(wanted: str | None, seen: list[Level]) -> Level:
    """The one that was asked for, else the first that has a price."""
    if wanted in set(Level):
        return Level(wanted)
    return seen[0] if seen else Level.FIELD


def _cells(rows: Iterable[Observation]) -> list[list[Any]]:
    """Lines of the sheet, in the order of its titles."""
    language = locale()
    return [
        [
            row.goods.name,
            formats.unit_name(row.goods.unit, language),
            row.place.name,
            str(LEVEL_LABELS[row.level]),
            row.grade,
            row.day,
            int(row.price),
            None if row.low is None else int(row.low),
            None if row.high is None else int(row.high),
            str(SOURCE_LABELS[row.source]),
            row.cooperative.called if row.cooperative is not None else row.source_words,
            row.source_url,
        ]
        for row in rows
    ]
