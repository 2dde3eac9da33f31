"""Products that an officer lists and changes for a cooperative that calls, or that lets the alliance decide."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, request

from marketplace.catalogue import policies, queries, services
from marketplace.catalogue.forms import start_values
from marketplace.catalogue.forms.told import (
    ToldByForm,
    ToldPhotosForm,
    ToldPriceForm,
    ToldStartForm,
    ToldTermsForm,
    ToldWordsForm,
)
from marketplace.catalogue.models import Product
from marketplace.catalogue.services.told import ENTRY
from marketplace.catalogue.states import PRODUCT_LABELS
from marketplace.catalogue.views import comparing
from marketplace.cooperatives import queries as cooperatives
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.audit import acting_for, history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.web import allow, flash, person, private, redirect_to, render
from marketplace.foundation.words import _, _l
from marketplace.helping import policies as helping
from marketplace.helping import queries as calls
from marketplace.helping.states import Matter
from marketplace.inbox import queries as inbox

bp = Blueprint("office_listings", __name__, url_prefix="/office/listings")
bp.after_request(private)
PARTS = {
    "price": _l("Price"),
    "words": _l("Description"),
    "terms": _l("Season and orders"),
    "photos": _l("Photos"),
}


@bp.route("/of/<member:member>", methods=["GET"])
@allow(policies.writes_listings)
def of_member(member: Cooperative) -> Any:
    """What a member offers, and what may be written down of it."""
    return render(
        "catalogue/told/list.html",
        member=member,
        page=queries.own_products(member.id, None, request.args.get("after")),
        labels=PRODUCT_LABELS,
        decides=_decides(member),
    )


@bp.route("/of/<member:member>/new", methods=["GET"])
@allow(policies.writes_listings)
def pick(member: Cooperative) -> Any:
    return render("catalogue/told/pick.html", member=member, commodities=queries.commodities())


@bp.route("/of/<member:member>/new/<commodity>", methods=["GET", "POST"])
@allow(policies.writes_listings)
def start(member: Cooperative, commodity: str) -> Any:
    kind = queries.commodity_by_slug(commodity) or abort(404)
    form = ToldStartForm(data=start_values(kind))
    form.begin_with(_caller(member))
    if form.submitted():
        with form.reporting(), transaction(), acting_for(member.organisation_id):
            services.who_told_of_products(cooperative=member, told_by=form.told_by.data or "", by=person())
            product = services.draft_product(
                cooperative=member,
                commodity=queries.commodity_by_slug(commodity) or kind,
                **form.drafted(),
                by=person(),
            )
            flash(
                _("Begun for %(name)s. Fill in the rest, then send it to be looked at.", name=member.called)
            )
            return redirect_to("office_listings.show", product=product)
    return render(
        "catalogue/told/start.html", member=member, form=form, commodity=kind, decides=_decides(member)
    )


@bp.route("/products/<checked_product:product>", methods=["GET"])
@allow(policies.writes_listings)
def show(product: Product) -> Any:
    form = ToldByForm()
    form.begin_with(_caller(product.cooperative))
    return _page(product, form)


@bp.route(
    "/products/<checked_product:product>/<any(price, words, terms, photos):part>", methods=["GET", "POST"]
)
@allow(policies.writes_listings)
def change(product: Product, part: str) -> Any:
    """One page of questions, as at the cooperative's own desk."""
    form = FORMS[part](product)
    form.begin_with(_caller(product.cooperative))
    if form.submitted():
        with form.reporting(), transaction(), acting_for(product.cooperative.organisation_id):
            who = services.who_told_of_products(
                cooperative=product.cooperative, told_by=form.told_by.data or "", by=person()
            )
            said = ACTS[part](product, form)
            services.note_told(product=product, part=part, what=said, who=who, by=person())
            flash(_("Kept. %(name)s reads it and says whether it is right.", name=product.cooperative.called))
            return redirect_to("office_listings.show", product=product)
    return render(
        "catalogue/told/part.html",
        product=product,
        form=form,
        part=part,
        title=PARTS[part],
        decides=_decides(product.cooperative),
    )


@bp.route("/products/<checked_product:product>/submission", methods=["POST"])
@allow(policies.writes_listings)
def submit(product: Product) -> Any:
    form = ToldByForm()
    if form.submitted():
        with form.reporting(), transaction(), acting_for(product.cooperative.organisation_id):
            services.submit_told(product=product, told_by=form.told_by.data or "", by=person())
            flash(
                _(
                    "Sent to be looked at. %(name)s is asked whether it is right.",
                    name=product.cooperative.called,
                )
            )
            return redirect_to("office_listings.show", product=product)
    return _page(product, form)


# --- how each page is filled and kept ---------------------------------------------------------------


def _words_form(product: Product) -> ToldWordsForm:
    return ToldWordsForm(obj=product)


def _terms_form(product: Product) -> ToldTermsForm:
    return ToldTermsForm(product, cooperatives.certificates_of(product.cooperative_id))


def _photos_form(_product: Product) -> ToldPhotosForm:
    return ToldPhotosForm()


def _keep_price(product: Product, form: Any) -> Callable[[], str]:
    if form.kg_per_unit:
        services.change_weight(product=product, kg=form.kg_per_unit.data, by=person())
    services.weigh(product=product, tolerance=form.agreed, by=person())
    services.change_price(product=product, tiers=form.tiers, by=person())
    return lambda: services.offer_in_words(product)


def _keep_words(product: Product, form: Any) -> Callable[[], str]:
    values = {name: field.data for name, field in form._fields.items() if name != "told_by"}
    services.edit(product=product, by=person(), **values)
    return lambda: _("you describe %(product)s anew", product=product.name)


def _keep_terms(product: Product, form: Any) -> Callable[[], str]:
    services.edit(product=product, by=person(), certificates=form.chosen, **form.terms)
    return lambda: _("you change season, orders or certificates of %(product)s", product=product.name)


def _keep_photos(product: Product, form: Any) -> Callable[[], str]:
    for file in form.files:
        services.add_photo(product=product, stream=file.stream, filename=file.filename, by=person())
    return lambda: _("you add photos to %(product)s", product=product.name)


FORMS: dict[str, Callable[[Product], Any]] = {
    "price": ToldPriceForm,
    "words": _words_form,
    "terms": _terms_form,
    "photos": _photos_form,
}
ACTS: dict[str, Callable[[Product, Any], Callable[[], str]]] = {
    "price": _keep_price,
    "words": _keep_words,
    "terms": _keep_terms,
    "photos": _keep_photos,
}


def _decides(member: Cooperative) -> bool:
    return bool(helping.may_act_for(person(), member, Matter.PRODUCTS))


def _caller(member: Cooperative) -> str:
    return calls.on_the_line(person().id, member.organisation_id)


def _page(product: Product, form: ToldByForm) -> Any:
    change = queries.open_change(product)
    return render(
        "catalogue/told/show.html",
        product=product,
        form=form,
        parts=PARTS,
        state=PRODUCT_LABELS[product.state],
        change=comparing.rows(change) if change else [],
        entries=inbox.all_about(ENTRY, product.id),
        decides=_decides(product.cooperative),
        lines=history_of("product", product.id, limit=20),
    )
