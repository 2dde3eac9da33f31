"""What was quoted: to a buyer, and to the alliance where it keeps the request for its buyer; what cooperatives quote by
telephone."""

from __future__ import annotations

from typing import Any

from flask import abort, request, url_for

from marketplace.catalogue.models import Product
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.audit import acting_for
from marketplace.foundation.db import transaction
from marketplace.foundation.web import allow, flash, person, redirect_to, render
from marketplace.foundation.words import _
from marketplace.helping import policies as helping
from marketplace.helping.states import Matter
from marketplace.linkage import need_words, policies, queries, services
from marketplace.linkage.forms.award import give_back_form
from marketplace.linkage.forms.quote import ToldQuoteForm, WhoQuotesForm
from marketplace.linkage.models import Need, Quote
from marketplace.linkage.states import STANDING
from marketplace.linkage.views import quoting
from marketplace.linkage.views.comparing import Comparing
from marketplace.linkage.views.sides import sides
from marketplace.selection.states import Entered

both = sides("quotes")
buyer, office = both
PAGES = {
    buyer.name: Comparing(buyer.name, "buyer_requests", "buyer_pools.answer", "linkage/frame/buyer.html"),
    office.name: Comparing(office.name, "office_requests", "office_pools.show", "linkage/frame/office.html"),
}


def pages() -> Comparing:
    """Those of the side that looks."""
    return PAGES[request.blueprint or ""]


@both.route("/requests/{need}/quotes", methods=["GET"])
@allow(policies.sees_quotes)
def list(need: Need) -> Any:
    return pages().list(need)


@both.route("/requests/{need}/quotes.<any(xlsx, csv):kind>", methods=["GET"])
@allow(policies.sees_quotes)
def sheet(need: Need, kind: str) -> Any:
    return pages().sheet(need, kind)


@both.route("/requests/{need}/choice", methods=["GET", "POST"])
@allow(policies.may_award)
def choose(need: Need) -> Any:
    return pages().choose(need)


@both.route("/requests/{need}/reserves", methods=["GET"])
@allow(policies.sees_reserves)
def reserves(need: Need) -> Any:
    return pages().reserves(need)


@both.route("/requests/{need}/reserves/<int:number>", methods=["POST"])
@allow(policies.may_step_up)
def step_up(need: Need, number: int) -> Any:
    return pages().step_up(need, queries.reserve_of(need, number) or abort(404))


@both.route("/requests/{need}/awards/<int:number>/taking-back", methods=["GET", "POST"])
@allow(policies.keeps_need)
def take_back(need: Need, number: int) -> Any:
    return pages().take_back(queries.part_of(need, number) or abort(404))


@office.route("/requests/<any_need:need>/awards/<int:number>/giving-back", methods=["GET", "POST"])
@allow(policies.keeps_requests)
def give_back(need: Need, number: int) -> Any:
    """A cooperative says on the telephone what it cannot bring."""
    award = queries.part_of(need, number) or abort(404)
    if not policies.enters_give_back(person(), award):
        abort(403)
    form, seller = give_back_form(award), award.cooperative
    if form.submitted():
        with form.reporting(), transaction(), acting_for(seller.organisation_id):
            services.give_back(
                award=award,
                weeks=form.given(),
                reason=form.reason.data,
                told_by=form.told_by.data or "",
                by=person(),
            )
            flash(_("Written down. %(name)s is asked whether it is right.", name=seller.called))
            return redirect_to("office_requests.show", need=need)
    return render(
        "linkage/award/give_back.html",
        frame=pages().frame,
        back=url_for("office_requests.show", need=need),
        award=award,
        need=need,
        title=need_words.title(need),
        form=form,
        contract=queries.contract_of_award(award.source),
        entered=True,
        decides=helping.may_act_for(person(), seller, Matter.QUOTES),
    )


@both.route("/quotes/{quote}", methods=["GET"])
@allow(policies.reads_quote)
def show(quote: Quote) -> Any:
    return pages().show(quote)


@both.route("/quotes/{quote}/counter", methods=["POST"])
@allow(policies.may_counter)
def counter(quote: Quote) -> Any:
    return pages().counter(quote)


@both.route("/quotes/{quote}/shortlisting", methods=["POST"])
@allow(policies.judges_quote)
def shortlist(quote: Quote) -> Any:
    return pages().mark(quote, shortlisted=True)


@both.route("/quotes/{quote}/setting-back", methods=["POST"])
@allow(policies.judges_quote)
def set_back(quote: Quote) -> Any:
    return pages().mark(quote, shortlisted=False)


@office.route("/requests/<any_need:need>/quotes/new", methods=["GET", "POST"])
@allow(policies.enters_quotes)
def new(need: Need) -> Any:
    """What a cooperative says on the telephone: first who, then the four numbers."""
    sellers = queries.may_be_entered(need)
    seller = next((each for each in sellers if each.slug == request.args.get("cooperative", "")), None)
    if seller is None:
        return _page(
            "linkage/quote/who.html", need, form=WhoQuotesForm(sellers, formdata=None), any=bool(sellers)
        )
    quote = queries.quote_of(need.id, seller.id)
    standing = quote if quote is not None and quote.state in STANDING else None
    products = quoting.products(need, seller)
    data = quoting.as_said(quote) if quote is not None else quoting.prefilled(need, seller, None)
    form = ToldQuoteForm(
        need, quoting.choices(products, need, seller), data={**data, "entered": Entered.PHONE.value}
    )
    if form.submitted():
        with form.reporting(), transaction(), acting_for(seller.organisation_id):
            _write_down(need, seller, standing, form, products)
            flash(_("Written down. %(name)s is asked whether it is right.", name=seller.called))
            return redirect_to("office_requests.show", need=need)
    return _page(
        "linkage/quote/enter.html",
        need,
        form=form,
        seller=seller,
        quote=standing,
        outlook=quoting.outlook(need, seller),
        decides=helping.may_act_for(person(), seller, Matter.QUOTES),
    )


def _write_down(
    need: Need, seller: Cooperative, standing: Quote | None, form: ToldQuoteForm, products: dict[int, Product]
) -> None:
    """A new quote, or other numbers of the one that stands."""
    told: dict[str, Any] = {
        "numbers": form.numbers(products),
        "entered": Entered(form.entered.data),
        "told_by": form.told_by.data or "",
        "by": person(),
    }
    if standing is not None:
        services.revise_quote(quote=standing, **told)
    else:
        services.submit_quote(need=need, cooperative=seller, **told)


def _page(template: str, need: Need, **told: Any) -> Any:
    return render(template, need=need, title=need_words.title(need), facts=need_words.facts(need), **told)
