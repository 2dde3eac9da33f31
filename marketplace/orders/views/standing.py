"""A buyer's standing orders: begun from what was bought before, looked through date by date, changed, ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from flask import Blueprint, abort, request

from marketplace.accounts.models import Person
from marketplace.buyers import queries as buyers
from marketplace.buyers.models import Depot
from marketplace.catalogue import queries as catalogue
from marketplace.catalogue.models import Product
from marketplace.cooperatives.models import Cooperative
from marketplace.deliveries.regular import regular_ways
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import db, transaction
from marketplace.foundation.hours import days_in_words
from marketplace.foundation.money import Money
from marketplace.foundation.parsing import ParseError, parse_decimal
from marketplace.foundation.web import Form, allow, flash, person, private, redirect_to, render, signed_in
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _
from marketplace.orders import methods, on_account, policies, queries, services
from marketplace.orders.forms import EmptyForm, organisations_of
from marketplace.orders.forms.standing import (
    LESS,
    Offer,
    PauseForm,
    RhythmForm,
    StandingForm,
    choose_place,
    date_form,
    rhythm_form,
    standing_form,
)
from marketplace.orders.models import Order, StandingOrder
from marketplace.orders.standing import Date, coming, judge
from marketplace.orders.states import (
    SKIP_LABELS,
    STANDING_LABELS,
    STANDING_TONES,
    ExceptionKind,
    RunState,
)
from marketplace.orders.views.checkout import TERMS_VERSION
from marketplace.places import services as places

bp = Blueprint("standing", __name__, url_prefix="/standing-orders")
bp.after_request(private)
MOST_PRODUCTS = 40


@bp.route("", methods=["GET"])
@allow(signed_in)
def mine() -> Any:
    page = queries.standing_orders_of(person(), request.args.get("after"))
    return render("orders/standing/mine.html", page=page, **words())


@bp.route("/new", methods=["GET", "POST"])
@allow(signed_in)
def start() -> Any:
    """From an old order (`?order=`), or from products with quantities (`?line=slug:100`) of one cooperative."""
    order = _old_order()
    products, known = _wanted(order)
    if not products:
        flash(_("Choose what you want in the order sheet first."), "wait")
        return redirect_to("sheet.sheet")
    cooperative = products[0].cooperative
    form = _start_form(cooperative, products, known, order)
    if form.submitted():
        with form.reporting(), transaction():
            standing = services.start_standing(
                cooperative=cooperative,
                buyer=_buyer(form),
                terms=_terms(form, products),
                terms_version=TERMS_VERSION,
                by=person(),
            )
            flash(_("The standing order runs. Below are its next dates."))
            return redirect_to("standing.show", standing=standing)
    return render(
        "orders/standing/start.html",
        form=form,
        products=products,
        cooperative=cooperative,
        again={"order": order.ref} if order else {"line": request.args.getlist("line")},
        limits=_limits(form.organisations),
    )


@bp.route("/<standing:standing>", methods=["GET"])
@allow(policies.buys_standing)
def show(standing: StandingOrder) -> Any:
    return _page(standing)


@bp.route("/<standing:standing>/change", methods=["GET", "POST"])
@allow(policies.can_change_standing)
def change(standing: StandingOrder) -> Any:
    now = standing.terms[-1]
    products = [line.product for line in now.lines]
    depots = buyers.depots_of([standing.organisation_id] if standing.organisation_id else [])
    form = rhythm_form(products, _offer(standing.cooperative), depots, now)
    if form.submitted():
        with form.reporting(), transaction():
            services.change_standing(standing=standing, terms=_terms(form, products), by=person())
            flash(_("Changed. Orders already made stay as they are."))
            return redirect_to("standing.show", standing=standing)
    return render(
        "orders/standing/change.html",
        form=form,
        standing=standing,
        products=products,
        limits=_limits([standing.organisation] if standing.organisation else []),
    )


@bp.route("/<standing:standing>/dates/<day>", methods=["GET", "POST"])
@allow(policies.can_change_standing)
def date(standing: StandingOrder, day: str) -> Any:
    which = _date(standing, day)
    products = [line.product for line in which.terms.lines]
    form = date_form(products, {each.product.id: each.quantity for each in which.wanted})
    if form.submitted():
        with form.reporting(), transaction():
            services.change_date(
                standing=standing,
                day=which.day,
                kind=ExceptionKind.OTHER,
                quantities=form.quantities(products),
                by=person(),
            )
            flash(_("Changed for this day only."))
            return redirect_to("standing.show", standing=standing)
    return render("orders/standing/date.html", form=form, standing=standing, date=which, products=products)


@bp.route("/<standing:standing>/dates/<day>/skip", methods=["POST"])
@allow(policies.can_change_standing)
def skip(standing: StandingOrder, day: str) -> Any:
    return _once(standing, day, ExceptionKind.SKIP, _("Nothing comes on this day."))


@bp.route("/<standing:standing>/dates/<day>/usual", methods=["POST"])
@allow(policies.can_change_standing)
def usual(standing: StandingOrder, day: str) -> Any:
    return _once(standing, day, ExceptionKind.USUAL, _("This day is as usual again."))


@bp.route("/<standing:standing>/pause", methods=["GET", "POST"])
@allow(policies.can_change_standing)
def pause(standing: StandingOrder) -> Any:
    form = PauseForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.pause_standing(standing=standing, until=form.until.data, by=person())
            flash(_("Paused. Orders already made stay as they are."))
            return redirect_to("standing.show", standing=standing)
    return render("orders/standing/pause.html", form=form, standing=standing)


@bp.route("/<standing:standing>/resumption", methods=["POST"])
@allow(policies.can_change_standing)
def resume(standing: StandingOrder) -> Any:
    form = EmptyForm()
    with form.reporting(), transaction():
        services.resume_standing(standing=standing, by=person())
        flash(_("The standing order goes on."))
        return redirect_to("standing.show", standing=standing)
    return _page(standing, form)


@bp.route("/<standing:standing>/end", methods=["POST"])
@allow(policies.can_change_standing)
def end(standing: StandingOrder) -> Any:
    form = EmptyForm()
    with form.reporting(), transaction():
        services.end_standing(standing=standing, by=person())
        flash(_("The standing order is over. Orders already made stay as they are."))
        return redirect_to("standing.show", standing=standing)
    return _page(standing, form)


@bp.route("/<standing:standing>/runs/<ref>/agreement", methods=["POST"])
@allow(policies.can_change_standing)
def agree(standing: StandingOrder, ref: str) -> Any:
    form = EmptyForm()
    with form.reporting(), transaction():
        services.agree_to_price(run=_run(standing, ref), by=person())
        flash(_("Ordered at the new price. The next dates follow it too."))
        return redirect_to("standing.show", standing=standing)
    return _page(standing, form)


@bp.route("/<standing:standing>/runs/<ref>/refusal", methods=["POST"])
@allow(policies.can_change_standing)
def decline(standing: StandingOrder, ref: str) -> Any:
    form = EmptyForm()
    with form.reporting(), transaction():
        services.decline_price(run=_run(standing, ref), by=person())
        flash(_("Nothing is ordered for this day. The standing order goes on."))
        return redirect_to("standing.show", standing=standing)
    return _page(standing, form)


def words() -> dict[str, Any]:
    return {
        "labels": STANDING_LABELS,
        "tones": STANDING_TONES,
        "skips": SKIP_LABELS,
        "in_words": days_in_words,
    }


def dates_of(standing: StandingOrder, count: int = 8) -> list[Date]:
    if standing.ended_at is not None:
        return []
    return coming(standing, regular_ways(standing.cooperative_id), queries.agreed_with(standing), count=count)


def _page(standing: StandingOrder, form: Form | None = None) -> Any:
    terms = standing.terms[-1]
    ways = regular_ways(standing.cooperative_id)
    agreed = queries.agreed_with(standing)
    return render(
        "orders/standing/show.html",
        standing=standing,
        form=form or EmptyForm(),
        terms=terms,
        way=ways.get(terms.way),
        fee=services.fee_of(standing.cooperative_id, terms, agreed=agreed),
        each_time=services.each_time(standing.cooperative_id, terms, terms.quantities, agreed),
        said_by=_said_by(standing),
        to_approve=_to_approve(standing),
        dates=dates_of(standing),
        past=list(reversed(standing.runs)),
        history=history_of("standing_order", standing.id),
        **words(),
    )


def _said_by(standing: StandingOrder) -> tuple[Person, Money] | None:
    """Whose limit counts for the usual dates, and the limit; None where there is none."""
    terms = standing.terms[-1]
    who = db.session.get_one(Person, terms.by_id or standing.person_id)
    limit = services.limit_of(standing.organisation_id, who.id)
    return (who, limit) if limit is not None else None


def _to_approve(standing: StandingOrder) -> dict[int, tuple[Money, str]]:
    """Run id -> what the date would cost and who may say yes, of dates that wait above a limit."""
    waiting = [run for run in standing.runs if run.state is RunState.ASKED and run.above is not None]
    return {
        run.id: (services.likely_sum(run), ", ".join(each.name for each in queries.may_approve(run)))
        for run in waiting
    }


def _limits(organisations: Sequence[Any]) -> list[tuple[Any, Money]]:
    """Organisation and limit, where the person who looks has one."""
    found = [(each, services.limit_of(each.id, person().id)) for each in organisations]
    return [(each, limit) for each, limit in found if limit is not None]


def _once(standing: StandingOrder, day: str, kind: ExceptionKind, said: str) -> Any:
    which, form = _date(standing, day), EmptyForm()
    with form.reporting(), transaction():
        services.change_date(standing=standing, day=which.day, kind=kind, by=person())
        flash(said)
        return redirect_to("standing.show", standing=standing)
    return _page(standing, form)


def _date(standing: StandingOrder, written: str) -> Date:
    """A date of its rhythm; any other day does not exist here."""
    try:
        day = dt.date.fromisoformat(written)
    except ValueError:
        abort(404)
    terms = standing.terms_on(day)
    if terms is None or not terms.falls_on(day):
        abort(404)
    ways = regular_ways(standing.cooperative_id)
    return judge(standing, day, terms, ways, queries.agreed_with(standing))


def _run(standing: StandingOrder, ref: str) -> Any:
    run = queries.run_of(standing, ref)
    if run is None:
        abort(404)
    return run


def _old_order() -> Order | None:
    order = queries.order_by_ref(request.args.get("order", ""))
    return order if order is not None and policies.buys(person(), order) else None


def _wanted(order: Order | None) -> tuple[list[Product], dict[str, Decimal]]:
    """Products that are for sale, of one cooperative, with the quantities asked for."""
    asked: list[tuple[Product | None, Decimal]] = []
    if order is not None:
        asked = [(catalogue.product_by_slug(line.product.slug), line.quantity) for line in order.lines]
    for written in request.args.getlist("line")[:MOST_PRODUCTS]:
        slug, _colon, amount = written.partition(":")
        try:
            asked.append((catalogue.product_by_slug(slug), parse_decimal(amount)))
        except ParseError:
            continue
    found = [(product, amount) for product, amount in asked if product is not None]
    seller = found[0][0].cooperative_id if found else None
    mine = {product: amount for product, amount in found if product.cooperative_id == seller}
    return list(mine), {f"quantity_{product.id}": amount for product, amount in mine.items()}


def _start_form(
    cooperative: Cooperative, products: Sequence[Product], known: dict[str, Any], order: Order | None
) -> StandingForm:
    who = person()
    organisations = organisations_of(who)
    depots = buyers.depots_of([o.id for o in organisations])
    known |= {
        "name": who.name,
        "phone": who.phone,
        "street": order.address.line1 if order and order.address else "",
        "buying_for": organisations[0].ref if organisations else "",
        "depot": _proposed(depots),
    }
    form = standing_form(products, _offer(cooperative), organisations, depots, known)
    choose_place(form.place, order.address if order else None)
    return form


def _proposed(depots: Sequence[Depot]) -> str:
    """Where what this person ordered went last, else their first depot."""
    last = queries.last_depot(person())
    return next(iter([*(d.ref for d in depots if d.id == last), *(d.ref for d in depots)]), "")


def _offer(cooperative: Cooperative) -> Offer:
    return Offer(
        ways=regular_ways(cooperative.id),
        methods=methods.offered(cooperative.organisation_id),
        later=on_account.offer(person(), cooperative.organisation_id),
    )


def _terms(form: RhythmForm, products: Sequence[Product]) -> services.Terms:
    return services.Terms(
        quantities=form.wanted(products),
        from_day=form.from_day.data,
        last_day=form.last_day.data,
        weekdays=form.weekdays.data,
        every_weeks=int(form.every_weeks.data),
        way=form.way.data,
        address=_address(form),
        depot=form.chosen_depot,
        method=form.way_to_pay,
        on_account=form.on_account,
        tolerance=form.tolerance.data,
        takes_less=form.shortage.data == LESS,
        note=form.note.data or "",
    )


def _address(form: RhythmForm) -> Any:
    if form.chosen_depot is not None:
        return None
    return places.make_address(line1=form.street.data, unit_id=form.place.unit_id, by=person())


def _buyer(form: StandingForm) -> services.Buyer:
    who, organisation = person(), form.organisation
    return services.Buyer(
        name=form.name.data,
        phone=form.phone.data,
        email=who.email or "",
        locale=locale(),
        person_id=who.id,
        organisation_id=organisation.id if organisation else None,
    )
