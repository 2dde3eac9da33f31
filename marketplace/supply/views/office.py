"""Weeks ahead at the alliance: all cooperatives by goods, what falls short, what is old; written down for who calls."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, request

from marketplace.catalogue import queries as catalogue
from marketplace.catalogue.models import Goods, Product
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.audit import acting_for
from marketplace.foundation.db import transaction
from marketplace.foundation.media.receiving import receive_document
from marketplace.foundation.sheets import send_sheet
from marketplace.foundation.web import allow, flash, person, private, redirect_to, render
from marketplace.foundation.words import _, _l, _n
from marketplace.helping import policies as helping
from marketplace.helping import queries as calls
from marketplace.helping.states import Matter
from marketplace.supply import policies, queries, services
from marketplace.supply.forms.ahead import ToldForm, ahead_form, step_for
from marketplace.supply.models import Stock
from marketplace.supply.services.forecast import clean_grade
from marketplace.supply.states import SHORTFALL_LABELS, SHORTFALL_TONES, ForecastSource
from marketplace.supply.views import weeks as week_pages

bp = Blueprint("office_supply", __name__, url_prefix="/office/supply")
bp.after_request(private)
TABS = {"goods": _l("By goods"), "short": _l("Fall short"), "old": _l("Not said for two weeks")}


@bp.route("", methods=["GET"])
@allow(policies.keeps_weeks)
def list() -> Any:
    tab = request.args.get("tab", "goods")
    tab = tab if tab in TABS else "goods"
    after = request.args.get("after")
    weeks = queries.weeks_ahead()
    sums = queries.goods_ahead(weeks) if tab == "goods" else []
    settled = request.args.get("settled") == "1"
    return render(
        "supply/office/list.html",
        tab=tab,
        tabs_told={name: str(label) for name, label in TABS.items()},
        counts={"short": queries.count_short()},
        weeks=weeks,
        goods=queries.goods_by_id([each.goods_id for each in sums]),
        sums=sums,
        settled=settled,
        short=queries.shortfalls(live=not settled, after=after) if tab == "short" else None,
        old=queries.stale_weeks(after) if tab == "old" else None,
        labels=SHORTFALL_LABELS,
        tones=SHORTFALL_TONES,
    )


@bp.route("/goods/<goods_ahead:goods>", methods=["GET"])
@allow(policies.keeps_weeks)
def goods(goods: Goods) -> Any:
    """One kind of goods: all together week by week, and who has how much."""
    weeks = queries.weeks_ahead()
    rows = queries.free_by_cooperative(weeks=weeks, goods_id=goods.id)
    return render(
        "supply/office/goods.html",
        goods=goods,
        weeks=weeks,
        sums=queries.goods_ahead(weeks, goods.id),
        offers=_by_offer(rows),
        sellers=queries.sellers_of({each.product_id for each in rows}),
    )


def _by_offer(rows: Sequence[queries.Free]) -> dict[tuple[int, str], dict[str, queries.Free]]:
    """(product, grade) -> week -> what is free, in the order of the rows."""
    offers: dict[tuple[int, str], dict[str, queries.Free]] = {}
    for each in rows:
        offers.setdefault((each.product_id, each.grade), {})[each.week] = each
    return offers


@bp.route("/goods/<goods_ahead:goods>/export.<any(xlsx, csv):kind>", methods=["GET"])
@allow(policies.keeps_weeks)
def export(goods: Goods, kind: str) -> Any:
    rows = queries.free_by_cooperative(weeks=queries.weeks_ahead(16), goods_id=goods.id)
    sellers = queries.sellers_of({each.product_id for each in rows})
    columns = [
        _("Cooperative"), _("Product"), _("Grade"), _("Week"), _("Unit"), _("Expected"), _("Promised"), _("Free"),
        _("Said on"), _("Came of a hundred that were said"),
    ]  # fmt: skip
    return send_sheet(
        _("weeks ahead"), columns, [_line(each, sellers[each.product_id]) for each in rows], kind
    )


def _line(each: queries.Free, product: Product) -> Sequence[Any]:
    return [
        product.cooperative.name, product.name_vi, each.grade, each.week, each.unit, each.expected, each.promised,
        each.free, each.updated_at, each.accuracy and each.accuracy.percent,
    ]  # fmt: skip


@bp.route("/members/<member:member>", methods=["GET"])
@allow(policies.keeps_weeks)
def of_member(member: Cooperative) -> Any:
    """What a member that calls may say something of: its products, and how far ahead each is said."""
    products = catalogue.all_of_cooperative(member.id)
    rows = queries.outlook_weeks(weeks=queries.weeks_ahead(), cooperative_id=member.id)
    said = {product.id: [each for each in rows if each.product_id == product.id] for product in products}
    return render(
        "supply/office/of_member.html",
        member=member,
        products=products,
        said=said,
        decides=helping.may_act_for(person(), member, Matter.FORECASTS),
    )


@bp.route("/products/<checked_product:product>", methods=["GET", "POST"], defaults={"grade": ""})
@bp.route("/products/<checked_product:product>/grade/<grade>", methods=["GET", "POST"])
@allow(policies.keeps_weeks)
def enter(product: Product, grade: str) -> Any:
    """Written down as they say it on the phone, and labelled so; they are told, and may put it right."""
    grade, weeks = clean_grade(grade), queries.weeks_ahead()
    said = queries.said_before(product.id, weeks, grade)
    caller = calls.on_the_line(person().id, product.cooperative.organisation_id)
    form = ahead_form(product, weeks, said, ToldForm, data={"told_by": caller})
    if form.submitted():
        with form.reporting():
            written = _write(product, grade, form)
            flash(_n("Kept: %(num)s week.", "Kept: %(num)s weeks.", written))
            return redirect_to("office_supply.enter", product=product.ref, grade=grade)
    rows = {
        each.week: each for each in queries.outlook_weeks(weeks=weeks, product_id=product.id, grade=grade)
    }
    return render(
        "supply/office/enter.html",
        product=product,
        grade=grade,
        grades=sorted({"", grade, *queries.grades_of(product.id)}),
        form=form,
        weeks=weeks,
        rows=rows,
        step=step_for(said),
        told=queries.accuracy([product.id]).get(product.id),
        decides=helping.may_act_for(person(), product.cooperative, Matter.FORECASTS),
    )


def _write(product: Product, grade: str, form: Any) -> int:
    """On behalf of the cooperative: history says so, and who said it."""
    picture = form.picture()
    with transaction(), acting_for(product.cooperative.organisation_id):
        photo = picture and receive_document(
            stream=picture.stream, filename=picture.filename, by=person(), field="photo"
        )
        written = services.forecast_weeks(
            product=product,
            grade=grade,
            weeks=form.expected(),
            note=form.note.data or "",
            photo=photo,
            sent=form.sending,
            source=ForecastSource.OFFICER,
            told_by=form.told_by.data or "",
            by=person(),
        )
        return len(written)


@bp.route("/weeks/<any_week:stock>", methods=["GET"])
@allow(policies.keeps_weeks)
def week(stock: Stock) -> Any:
    return week_pages.page(stock, office=True)


@bp.route("/weeks/<any_week:stock>/photos/<int:version>", methods=["GET"])
@allow(policies.keeps_weeks)
def photo(stock: Stock, version: int) -> Any:
    return week_pages.shown(stock, version)


@bp.route("/weeks/<any_week:stock>/more", methods=["GET", "POST"])
@allow(policies.keeps_weeks)
def give(stock: Stock) -> Any:
    """For a cooperative that asked for it: more for one claim, taken openly from others."""
    with acting_for(stock.product.cooperative.organisation_id):
        return week_pages.giving(stock, "office_supply.week")


@bp.route("/weeks/<any_week:stock>/less", methods=["GET", "POST"])
@allow(policies.keeps_weeks)
def lessen(stock: Stock) -> Any:
    with acting_for(stock.product.cooperative.organisation_id):
        return week_pages.lessening(stock, "office_supply.week")
