"""A cooperative's dossiers on a phone: what is missing first, sent in from there, given away by a link."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort, request, url_for

from marketplace.accounts.models import Organisation
from marketplace.buyers import queries as buyers
from marketplace.catalogue.models import Product
from marketplace.cooperatives import queries as cooperatives
from marketplace.cooperatives.models import Certificate
from marketplace.cooperatives.states import PaperKind
from marketplace.dossiers import boards, policies, queries, services
from marketplace.dossiers.dealings import Parties, known
from marketplace.dossiers.forms.paper import SendInForm, share_form
from marketplace.dossiers.models import DossierLink
from marketplace.dossiers.views.day import asked_day
from marketplace.foundation import clock
from marketplace.foundation.db import transaction
from marketplace.foundation.papers.views import send_for
from marketplace.foundation.web import Form, allow, flash, person, redirect_to, render
from marketplace.foundation.words import _

bp = Blueprint("dossiers", __name__, url_prefix="/desk/dossier")


@bp.route("", methods=["GET"])
@allow(policies.has_dossiers)
def list() -> Any:
    own = cooperatives.desk_cooperative(person()) or abort(404)
    told = boards.lines(Parties(cooperative_ids=[own.id]))
    return render(
        "dossiers/desk/list.html",
        lacking=[line for line in told if line.lacks],
        complete=[line for line in told if not line.lacks],
        products=queries.own_products(own.id),
    )


@bp.route("/<own_product:product>", methods=["GET"])
@allow(policies.keeps_dossier)
def show(product: Product) -> Any:
    return _page(product)


@bp.route("/<own_product:product>/papers", methods=["GET", "POST"])
@allow(policies.keeps_dossier)
def send_in(product: Product) -> Any:
    asked = request.args.get("kind", "")
    form = SendInForm(data={"kind": asked} if asked in set(PaperKind) else None)
    if form.submitted():
        with form.reporting():
            file = form.clean()
            with transaction():
                services.send_in(product=product, file=file, **form.values(), by=person())
                flash(_("Sent to the alliance. It counts as soon as it is verified."))
                return redirect_to("dossiers.show", product=product, buyer=request.args.get("buyer"))
    return render("dossiers/desk/send_in.html", product=product, form=form, buyer=request.args.get("buyer"))


@bp.route("/<own_product:product>/papers/<certificate:certificate>/naming", methods=["POST"])
@allow(policies.keeps_dossier)
def name(product: Product, certificate: Certificate) -> Any:
    form = Form()
    with form.reporting(), transaction():
        services.name_in(product=product, certificate=certificate, by=person())
        flash(_("Asked. The product names the paper as soon as the alliance has looked at it."))
        return redirect_to("dossiers.show", product=product, buyer=request.args.get("buyer"))
    return _page(product, pressed=form)


@bp.route("/<own_product:product>/links", methods=["POST"])
@allow(policies.keeps_dossier)
def share(product: Product) -> Any:
    form = share_form(_buyers(product), None, None)
    if form.submitted():
        with form.reporting(), transaction():
            buyer = _chosen(_buyers(product), form.buyer.data)
            services.share(
                product=product,
                organisation=buyer,
                meant_for=form.meant_for.data,
                on=form.on.data,
                days=int(form.days.data),
                by=person(),
            )
            flash(_("The link is ready: copy it and send it."))
            return redirect_to("dossiers.show", product=product, buyer=buyer.ref if buyer else None)
    return _page(product, form)


@bp.route("/links/<own_dossier_link:link>/end", methods=["POST"])
@allow(policies.ends_link)
def end(link: DossierLink) -> Any:
    form = Form()
    with form.reporting(), transaction():
        services.revoke(link=link, by=person())
        flash(_("Taken back: the link opens no more."))
    return redirect_to("dossiers.show", product=link.product.ref)


@bp.route("/<own_product:product>/pack", methods=["POST"])
@allow(policies.keeps_dossier)
def pack(product: Product) -> Any:
    buyer, day = _chosen(_buyers(product), request.args.get("buyer")), asked_day() or clock.today()
    return send_for(
        kind="dossiers.pack",
        values={
            "product": product.id,
            "organisation": buyer.id if buyer else None,
            "day": day.isoformat(),
        },
        title=_("Papers of %(product)s", product=product.name),
        back=url_for("dossiers.show", product=product, buyer=buyer.ref if buyer else None),
    )


def _page(product: Product, form: Form | None = None, pressed: Form | None = None) -> Any:
    """Against the buyer that was chosen, else the one whose goods go first, else nobody's list."""
    firms = _buyers(product)
    buyer = _chosen(firms, request.args.get("buyer"))
    if buyer is None and "buyer" not in request.args and firms:
        buyer = firms[0]
    pair = (product.cooperative_id, product.id)
    read = queries.shelf([pair])
    wants = buyers.wants_of(buyer.id if buyer else None) or read.own_list(product.cooperative_id)
    day = asked_day() or _next_day(product, buyer)
    return render(
        "dossiers/desk/show.html",
        product=product,
        buyers=firms,
        buyer=buyer,
        dossier=read.dossier(pair, wants, day),
        goods={each.id: each.name for each in queries.all_goods()},
        links=queries.living_links(product.id),
        pressed=pressed,
        form=form or share_form(firms, buyer, None, formdata=None),
    )


def _buyers(product: Product) -> Sequence[Organisation]:
    """Who takes this product and has a list, whose goods go first in front."""
    told = [each for each in known(Parties([product.cooperative_id])) if each.product_id == product.id]
    listed = buyers.wants_of_each([each.organisation_id for each in told])
    firms = queries.organisations(listed)
    return [firms[each.organisation_id] for each in told if each.organisation_id in firms]


def _chosen(firms: Sequence[Organisation], ref: str | None) -> Organisation | None:
    return next((firm for firm in firms if firm.ref == ref), None)


def _next_day(product: Product, buyer: Organisation | None) -> dt.date:
    today = clock.today()
    if buyer is None:
        return today
    told = known(Parties([product.cooperative_id], [buyer.id]))
    days = [each.on for each in told if each.product_id == product.id and each.on is not None]
    return max(min(days, default=today), today)
