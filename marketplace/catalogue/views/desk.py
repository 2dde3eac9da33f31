"""The cooperative's own products: begun as a draft, filled in step by step, sent to the alliance."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, request

from marketplace.catalogue import cards, forms, policies, queries, services
from marketplace.catalogue.models import Product
from marketplace.catalogue.services.told import ENTRY
from marketplace.catalogue.states import PRODUCT_LABELS, ProductState
from marketplace.catalogue.views import comparing
from marketplace.cooperatives import queries as cooperatives
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.web import Form, allow, flash, person, redirect_to, render
from marketplace.foundation.words import _
from marketplace.inbox import queries as inbox

bp = Blueprint("desk_products", __name__, url_prefix="/desk/products")


def own_cooperative() -> Cooperative:
    """The cooperative this person acts for now."""
    cooperative = cooperatives.desk_cooperative(person())
    if cooperative is None:
        abort(404)
    return cooperative


def can_edit_photo(user: Any, product: Product, _photo_id: int) -> bool:
    """Whoever may edit the product."""
    return policies.can_edit(user, product)


@bp.route("", methods=["GET"])
@allow(policies.has_products)
def products() -> Any:
    asked = request.args.get("state", "")
    state = ProductState(asked) if asked in set(ProductState) else None
    page = queries.own_products(own_cooperative().id, state, request.args.get("after"))
    return render("catalogue/desk/list.html", page=page, state=state, labels=PRODUCT_LABELS)


@bp.route("/new", methods=["GET"])
@allow(policies.has_products)
def new() -> Any:
    own_cooperative()
    return render("catalogue/desk/pick.html", commodities=queries.commodities())


@bp.route("/new/<commodity>", methods=["GET", "POST"])
@allow(policies.has_products)
def start(commodity: str) -> Any:
    kind = queries.commodity_by_slug(commodity)
    if kind is None:
        abort(404)
    form = forms.StartForm(data=forms.start_values(kind))
    if form.submitted():
        with form.reporting(), transaction():
            product = services.draft_product(
                cooperative=own_cooperative(),
                commodity=queries.commodity_by_slug(commodity) or kind,
                **form.drafted(),
                by=person(),
            )
            return redirect_to("desk_products.describe", product=product)
    return render("catalogue/desk/start.html", form=form, commodity=kind)


@bp.route("/<own_product:product>", methods=["GET"])
@allow(policies.can_edit)
def product(product: Product) -> Any:
    return _overview(product)


@bp.route("/<own_product:product>/words", methods=["GET", "POST"])
@allow(policies.can_edit)
def describe(product: Product) -> Any:
    form = forms.WordsForm(obj=product)
    if form.submitted():
        with form.reporting(), transaction():
            values = {name: field.data for name, field in form._fields.items()}
            waiting = services.edit(product=product, by=person(), **values)
            _say_saved(waiting)
            return _next_step(product, "terms")
    return render("catalogue/desk/words.html", form=form, product=product)


@bp.route("/<own_product:product>/terms", methods=["GET", "POST"])
@allow(policies.can_edit)
def terms(product: Product) -> Any:
    form = forms.TermsForm(product, cooperatives.certificates_of(product.cooperative_id))
    if form.submitted():
        with form.reporting(), transaction():
            waiting = services.edit(product=product, by=person(), certificates=form.chosen, **form.terms)
            _say_saved(waiting)
            return _next_step(product, "photos")
    return render("catalogue/desk/terms.html", form=form, product=product, month=clock.today().month)


@bp.route("/<own_product:product>/price", methods=["GET", "POST"])
@allow(policies.can_edit)
def price(product: Product) -> Any:
    form = forms.PriceForm(product)
    if form.submitted():
        with form.reporting(), transaction():
            if form.kg_per_unit:
                services.change_weight(product=product, kg=form.kg_per_unit.data, by=person())
            services.weigh(product=product, tolerance=form.agreed, by=person())
            services.change_price(product=product, tiers=form.tiers, by=person())
            flash(_("Saved. It holds from now on."))
            return redirect_to("desk_products.product", product=product)
    return render("catalogue/desk/price.html", form=form, product=product)


@bp.route("/<own_product:product>/photos", methods=["GET", "POST"])
@allow(policies.can_edit)
def photos(product: Product) -> Any:
    form = forms.PhotosForm()
    if form.submitted():
        with form.reporting(), transaction():
            for file in form.files:
                services.add_photo(product=product, stream=file.stream, filename=file.filename, by=person())
            flash(_("Photos received. They appear in a moment."))
            return redirect_to("desk_products.photos", product=product)
    return _photos_page(product, form)


@bp.route("/<own_product:product>/photos/<int:photo_id>/place", methods=["POST"])
@allow(can_edit_photo)
def place_photo(product: Product, photo_id: int) -> Any:
    form = forms.PlaceForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.place_photo(product=product, photo_id=photo_id, place=form.place.data, by=person())
            flash(_("The photos are in their new order."))
            return redirect_to("desk_products.photos", product=product, _anchor=f"photo-{photo_id}")
    return _photos_page(product, form)


@bp.route("/<own_product:product>/photos/<int:photo_id>/removal", methods=["POST"])
@allow(can_edit_photo)
def remove_photo(product: Product, photo_id: int) -> Any:
    form = forms.EmptyForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.remove_photo(product=product, photo_id=photo_id, by=person())
            flash(_("The photo is taken away."))
            return redirect_to("desk_products.photos", product=product)
    return _photos_page(product, form)


@bp.route("/<own_product:product>/submission", methods=["POST"])
@allow(policies.can_edit)
def submit(product: Product) -> Any:
    return _move(product, services.submit_for_review, _("Sent. The alliance looks at it and tells you."))


@bp.route("/<own_product:product>/pause", methods=["POST"])
@allow(policies.can_edit)
def pause(product: Product) -> Any:
    return _move(product, services.pause, _("Paused: buyers see it, but cannot order it."))


@bp.route("/<own_product:product>/resumption", methods=["POST"])
@allow(policies.can_edit)
def resume(product: Product) -> Any:
    return _move(product, services.resume, _("For sale again."))


@bp.route("/<own_product:product>/retirement", methods=["POST"])
@allow(policies.can_edit)
def retire(product: Product) -> Any:
    return _move(product, services.retire, _("No longer offered. Its orders and history are kept."))


def _photos_page(product: Product, form: Form) -> Any:
    """`form` is what was sent; choosing new photos always begins empty."""
    chosen = form if isinstance(form, forms.PhotosForm) else forms.PhotosForm(formdata=None)
    return render(
        "catalogue/desk/photos.html", product=product, sent=form, form=chosen, most=services.MOST_PHOTOS
    )


def _move(product: Product, act: Any, said: str) -> Any:
    form = forms.EmptyForm()
    if form.submitted():
        with form.reporting(), transaction():
            act(product=product, by=person())
            flash(said)
            return redirect_to("desk_products.product", product=product)
    return _overview(product, form)


def _overview(product: Product, form: forms.EmptyForm | None = None) -> Any:
    change = queries.open_change(product)
    return render(
        "catalogue/desk/product.html",
        product=product,
        form=form or forms.EmptyForm(),
        state=PRODUCT_LABELS[product.state],
        change=comparing.rows(change) if change else [],
        card=cards.row(product, clock.today()),
        weight=queries.kg_per_unit(product) if queries.weight_varies(product) else None,
        entry=inbox.newest_about(ENTRY, product.id),
        lines=history_of("product", product.id, limit=20),
    )


def _next_step(product: Product, step: str) -> Any:
    """A draft goes on to the next question; anything else back to its page."""
    if product.state is ProductState.DRAFT:
        return redirect_to(f"desk_products.{step}", product=product)
    return redirect_to("desk_products.product", product=product)


def _say_saved(waiting: list[str]) -> None:
    if waiting:
        flash(_("Saved. Name, grade and certificates change once the alliance has looked at them."), "wait")
    else:
        flash(_("Saved."))
