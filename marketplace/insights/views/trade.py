"""The figures of trade: all of a span, whole lists of its parts, weeks, chains, prices, and the rows behind each."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from flask import Blueprint, abort, request, url_for

from marketplace.bridges import policies as doors
from marketplace.bridges import queries as bridges
from marketplace.fairs import policies as fairs
from marketplace.foundation import clock, formats
from marketplace.foundation.papers.views import send_for
from marketplace.foundation.sheets import send_sheet
from marketplace.foundation.web import allow, person, render
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _
from marketplace.fulfilment import policies as fulfilment
from marketplace.insights import policies, queries
from marketplace.insights.papers import trade as paper
from marketplace.insights.queries import Parts, Sellers, TradeAsked
from marketplace.insights.states import CHANNEL_LABELS, Channel, PlaceKind
from marketplace.orders import policies as orders

bp = Blueprint("office_figures", __name__, url_prefix="/office/figures")
FEW, SLIM_FEW = 10, 5
MOST_ROWS = 50_000
NO_COMMODITY = "none"


@bp.route("", methods=["GET"], endpoint="list")
@allow(policies.reads_figures)
def overview() -> Any:
    asked = _asked()
    return render(
        "insights/trade/list.html",
        few=FEW,
        slim_few=SLIM_FEW,
        most_rows=MOST_ROWS,
        **{**paper.shown(asked, _kind()), **_frame(asked)},
    )


@bp.route("/by/<any(commodity, member, place):what>", methods=["GET"])
@allow(policies.reads_figures)
def whole(what: str) -> Any:
    """All parts, fifty at a time."""
    asked = _asked()
    parts = _parts(what, asked)
    begin = parts.behind(request.args.get("after", ""))
    shown = parts[begin : begin + 50]
    return render(
        "insights/trade/whole.html",
        what=what,
        parts=shown,
        most=parts.longest,
        total=parts.value,
        more=shown[-1].key if len(parts) > begin + 50 else None,
        kind=_kind(),
        **paper.words(),
        **_frame(asked),
    )


def _parts(what: str, asked: TradeAsked) -> Parts | Sellers:
    if what == "commodity":
        return paper.commodities(queries.by_channel_and_commodity(asked))
    sellers = queries.by_member(asked)
    return sellers if what == "member" else queries.by_place(sellers, _kind())


@bp.route("/season", methods=["GET"])
@allow(policies.reads_figures)
def season() -> Any:
    """Commodities week by week."""
    asked = _asked()
    return render(
        "insights/trade/season.html", seasons=queries.seasons(asked)[:30], **paper.words(), **_frame(asked)
    )


@bp.route("/chains", methods=["GET"])
@allow(policies.reads_figures)
def chains() -> Any:
    """What is sold under contract, who is linked to a chain, what fairs led to."""
    asked = replace(_asked(), channel=None)
    rows = queries.by_channel_and_commodity(asked)
    under = paper.commodities([row for row in rows if row[0] is Channel.CONTRACT])
    fairs = bridges.figures_of_fairs(
        [each for each in bridges.fairs_with_paths() if asked.first <= each.first_day <= asked.last]
    )
    linked, members = queries.count_members_linked(asked)
    contracted = {part.key: part.now.value for part in under}
    return render(
        "insights/trade/chains.html",
        under=contracted,
        goods=sorted(
            (part for part in paper.commodities(rows) if part.now.value),
            key=lambda part: -contracted.get(part.key, 0),
        ),
        linked=linked,
        members=members,
        fairs=fairs,
        sums=bridges.total(each.sums for each in fairs),
        opens_deals=doors.keeps_deals(person()),
        **paper.words(),
        **_frame(asked),
    )


@bp.route("/linked", methods=["GET"])
@allow(policies.reads_figures)
def linked() -> Any:
    asked = _asked()
    page = queries.linked_rows(asked, request.args.get("after"))
    return render("insights/trade/linked.html", page=page, **_frame(asked))


@bp.route("/prices", methods=["GET"])
@allow(policies.reads_figures)
def prices() -> Any:
    """What a kilogram brought, month by month, beside the year before."""
    asked = _asked()
    if asked.commodity_id is None:
        most = paper.commodities(queries.by_channel_and_commodity(asked))
        asked = replace(asked, commodity_id=next((part.key for part in most if part.key), None))
    told = queries.by_month(asked) if asked.commodity_id is not None else {}
    return render(
        "insights/trade/prices.html",
        told=told,
        chosen=queries.traded_commodity(asked.commodity_id),
        **paper.words(),
        **_frame(asked),
    )


# --- the rows behind --------------------------------------------------------------------------------


@bp.route("/rows", methods=["GET"])
@allow(policies.reads_figures)
def rows() -> Any:
    """Each row is what one seller sold of a commodity in one way on one day."""
    asked, unnamed = _asked(), _unnamed()
    return render(
        "insights/trade/rows.html",
        page=queries.trade_rows(asked, request.args.get("after"), unnamed=unnamed),
        total=queries.sum_of_rows(asked, unnamed=unnamed),
        unnamed=unnamed,
        **paper.words(),
        **_frame(asked),
    )


@bp.route("/sales", methods=["GET"])
@allow(policies.reads_figures)
def sales() -> Any:
    """The orders, slips or day sheets of one row."""
    asked = _asked()
    row = queries.trade_day(_on_day(asked), unnamed=_unnamed())
    if row is None:
        abort(404)
    told = queries.sales_of(row)
    return render(
        "insights/trade/sales.html",
        row=row,
        sales=told,
        names=queries.names_of_sales(row.channel, {sale.source for sale in told}),
        address=_address_of,
        **paper.words(),
        **_frame(asked),
    )


def _address_of(channel: Channel, key: tuple[Any, ...]) -> str:
    """Where the office reads an order, a slip or a stand's sheet."""
    if channel is Channel.ORDER and orders.mediates(person()):
        return url_for("office_orders.order", order=key[0])
    if channel is Channel.CONTRACT and fulfilment.keeps_acceptances(person()):
        return url_for("office_acceptances.show", acceptance=key[0])
    if channel is Channel.FAIR and fairs.runs_fairs.shows(person()):
        slug, ref, day = key
        return url_for("office_results.sheet", fair=slug, stand=ref, day=day)
    return ""


def _on_day(asked: TradeAsked) -> TradeAsked:
    try:
        day = dt.date.fromisoformat(request.args.get("day", ""))
    except ValueError:
        abort(404)
    return replace(asked, first=day, last=day)


# --- on paper and as a sheet ------------------------------------------------------------------------


@bp.route("/print", methods=["GET"])
@allow(policies.reads_figures)
def printed() -> Any:
    asked = _asked()
    return render(
        paper.TEMPLATE, back=url_for("office_figures.list", **_values(asked)), **paper.shown(asked, _kind())
    )


@bp.route("/pdf", methods=["POST"])
@allow(policies.reads_figures)
def pdf() -> Any:
    asked = _asked()
    return send_for(
        kind=paper.KIND,
        values={
            "first": asked.first.isoformat(),
            "last": asked.last.isoformat(),
            "kind": str(_kind()),
            "channel": asked.channel and str(asked.channel),
            "commodity_id": asked.commodity_id,
            "cooperative_id": asked.cooperative_id,
            "unit_id": asked.unit_id,
        },
        title=_("Trade figures, %(span)s", span=formats.day_span(asked.first, asked.last, locale())),
        back=url_for("office_figures.list", **_values(asked)),
    )


@bp.route("/export.<any(xlsx, csv):kind>", methods=["GET"])
@allow(policies.reads_figures)
def export(kind: str) -> Any:
    """The rows themselves, exact to the đồng and the gram: whoever wants another sum adds them up there."""
    asked = _asked()
    columns = [
        _("Day"), _("Way of sale"), _("Cooperative"), _("Commodity"), _("Times sold"), _("Kilograms"), _("Value, đ"),
        _("Of it without a weight, đ"),
    ]  # fmt: skip
    return send_sheet(_("Trade figures"), columns, _lines(asked), kind)


def _lines(asked: TradeAsked) -> Iterable[list[Any]]:
    for count, row in enumerate(queries.every_trade_row(asked, MOST_ROWS + 1)):
        if count == MOST_ROWS:
            yield [_("There are more rows than fit: ask for a quarter or a month.")]
            return
        yield [
            row.day, str(CHANNEL_LABELS[row.channel]), row.cooperative.called,
            row.commodity.name if row.commodity else "", row.lines, row.kg, int(row.value), int(row.unweighed),
        ]  # fmt: skip


# --- what is asked ----------------------------------------------------------------------------------


def _asked() -> TradeAsked:
    """?year=2026&part=q1&channel=order&commodity=3&member=7&place=912; what makes no sense is left out."""
    today = clock.today()
    year = _whole_number("year", today.year)
    if not 2000 <= year <= today.year:
        year = today.year
    first_month, last_month = _months_of(request.args.get("part", ""))
    first = dt.date(year, first_month, 1)
    last = dt.date(year, last_month, calendar.monthrange(year, last_month)[1])
    if first <= today < last:
        last = today
    channel = request.args.get("channel", "")
    return TradeAsked(
        first,
        last,
        Channel(channel) if channel in {*map(str, Channel)} else None,
        _whole_number("commodity"),
        _whole_number("member"),
        _whole_number("place"),
    )


def _whole_number(name: str, other: Any = None) -> Any:
    words = request.args.get(name, "")
    return int(words) if words.isascii() and words.isdigit() and len(words) <= 9 else other


def _months_of(part: str) -> tuple[int, int]:
    """ "" is the year, "q2" a quarter, "7" a month."""
    if part in {"q1", "q2", "q3", "q4"}:
        last = int(part[1]) * 3
        return last - 2, last
    if part.isascii() and part.isdigit() and part in {str(month) for month in range(1, 13)}:
        return int(part), int(part)
    return 1, 12


def _kind() -> PlaceKind:
    words = request.args.get("seats", "")
    return PlaceKind(words) if words in {*map(str, PlaceKind)} else PlaceKind.COMMUNE


def _unnamed() -> bool:
    return request.args.get("commodity") == NO_COMMODITY


def _values(asked: TradeAsked, **more: Any) -> dict[str, Any]:
    """The address of the same question."""
    told = {
        "year": asked.first.year,
        "part": request.args.get("part", "") if _months_of(request.args.get("part", "")) != (1, 12) else None,
        "channel": asked.channel,
        "commodity": NO_COMMODITY if _unnamed() else asked.commodity_id,
        "member": asked.cooperative_id,
        "place": asked.unit_id,
        "seats": None if _kind() is PlaceKind.COMMUNE else _kind(),
    }
    return {key: value for key, value in {**told, **more}.items() if value is not None}


def _frame(asked: TradeAsked) -> dict[str, Any]:
    """The form above each page, and how its parts are addressed."""
    return {
        "asked": asked,
        "years": queries.traded_years(),
        "all_goods": queries.traded_commodities(),
        "spans": _spans(),
        "span": request.args.get("part", ""),
        "only": queries.names_asked(asked),
        "values": lambda **more: _values(asked, **more),
    }


def _spans() -> list[tuple[str, str]]:
    return [
        ("", _("The whole year")),
        *((f"q{n}", _("Quarter %(number)s", number=n)) for n in range(1, 5)),
        *((str(month), formats.month_name(month, locale())) for month in range(1, 13)),
    ]
