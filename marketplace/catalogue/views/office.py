"""The alliance looks at new products and at change sets, one after the other."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from marketplace.catalogue import cards, forms, policies, queries, services
from marketplace.catalogue.models import Product, ProductChange
from marketplace.catalogue.services.told import ENTRY
from marketplace.catalogue.states import PRODUCT_LABELS, VAT_LABELS
from marketplace.catalogue.views import comparing, showcase
from marketplace.foundation import clock
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.web import allow, flash, person, redirect_to, render
from marketplace.foundation.words import _
from marketplace.inbox import queries as inbox

bp = Blueprint("office_products", __name__, url_prefix="/office/products")


@bp.route("", methods=["GET"])
@allow(policies.can_review)
def queue() -> Any:
    return render(
        "catalogue/office/queue.html",
        products=queries.in_review().rows,
        changes=[(change, comparing.rows(change)) for change in queries.open_changes().rows],
    )


@bp.route("/<checked_product:product>", methods=["GET"])
@allow(policies.can_review)
def product(product: Product) -> Any:
    return _product_page(product, forms.NoteForm(formdata=None))


@bp.route("/<checked_product:product>/publication", methods=["POST"])
@allow(policies.can_review)
def publish(product: Product) -> Any:
    form = forms.EmptyForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.publish(product=product, by=person())
            flash(_("%(name)s is on sale now.", name=product.name_vi))
            return redirect_to("office_products.queue")
    return _product_page(product, form)


@bp.route("/<checked_product:product>/return", methods=["GET", "POST"])
@allow(policies.can_review)
def decline(product: Product) -> Any:
    form = forms.NoteForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.decline(product=product, note=form.note.data, by=person())
            flash(_("Sent back with your words."))
            return redirect_to("office_products.queue")
    return _product_page(product, form)


@bp.route("/changes/<waiting_change:change>/acceptance", methods=["POST"])
@allow(policies.can_review)
def accept_change(change: ProductChange) -> Any:
    form = forms.EmptyForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.accept_change(change=change, by=person())
            flash(_("The change is shown to buyers now."))
            return redirect_to("office_products.queue")
    return _change_page(change, form)


@bp.route("/changes/<waiting_change:change>", methods=["GET", "POST"])
@allow(policies.can_review)
def decline_change(change: ProductChange) -> Any:
    form = forms.NoteForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.decline_change(change=change, note=form.note.data, by=person())
            flash(_("Declined with your words."))
            return redirect_to("office_products.queue")
    return _change_page(change, form)


def _product_page(product: Product, form: forms.NoteForm | forms.EmptyForm) -> Any:
    return render(
        "catalogue/office/product.html",
        product=product,
        form=form,
        note=form if isinstance(form, forms.NoteForm) else forms.NoteForm(formdata=None),
        show=showcase.of(product),
        card=cards.row(product, clock.today()),
        state=PRODUCT_LABELS[product.state],
        vat=VAT_LABELS[product.vat_code],
        entry=inbox.newest_about(ENTRY, product.id),
        lines=history_of("product", product.id, limit=20),
    )


def _change_page(change: ProductChange, form: forms.NoteForm | forms.EmptyForm) -> Any:
    return render(
        "catalogue/office/change.html",
        product=change.product,
        set=change,
        change=comparing.rows(change),
        form=form,
        note=form if isinstance(form, forms.NoteForm) else forms.NoteForm(formdata=None),
    )
