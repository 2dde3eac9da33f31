"""A buying organisation looks at its suppliers: how everybody stands against its own list on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from flask import Blueprint, abort, request, url_for
from flask_login import current_user

from marketplace.accounts.models import Organisation
from marketplace.buyers import queries as buyers
from marketplace.buyers.wants import Want
from marketplace.catalogue.models import Product
from marketplace.cooperatives.states import PAPER_LABELS, PaperKind
from marketplace.dossiers import policies, queries
from marketplace.dossiers.dealings import Parties, known
from marketplace.dossiers.judging import Dossier
from marketplace.dossiers.states import STANDING_LABELS
from marketplace.dossiers.views.day import asked_day
from marketplace.foundation import clock
from marketplace.foundation.db import Page
from marketplace.foundation.papers.views import send_for
from marketplace.foundation.sheets import send_sheet
from marketplace.foundation.web import allow, person, render
from marketplace.foundation.words import _

bp = Blueprint("buyer_dossiers", __name__, url_prefix="/buyer/dossiers")
EXPORTED = 500


@bp.route("", methods=["GET"])
@allow(policies.reads_suppliers)
def list() -> Any:
    company, goods_id, day = _company(), _goods_asked(), asked_day() or clock.today()
    wants = buyers.wants_of(company.id)
    page = _suppliers(company, goods_id, request.args.get("after")) if wants else Page([], None)
    found = _dossiers(page.rows, wants, day)
    return render(
        "dossiers/buyer/list.html",
        company=company,
        wants=wants,
        kinds=_columns(found.values()),
        page=page,
        dossiers=found,
        day=day,
        goods=queries.all_goods(),
        goods_id=goods_id,
        may_change=policies.buyers.sets_rules(current_user, company),
    )


@bp.route("/export.<any(xlsx, csv):kind>", methods=["GET"])
@allow(policies.reads_suppliers)
def export(kind: str) -> Any:
    company, day = _company(), asked_day() or clock.today()
    wants = buyers.wants_of(company.id)
    rows = _suppliers(company, _goods_asked(), None, EXPORTED).rows if wants else []
    found = _dossiers(rows, wants, day)
    kinds = _columns(found.values())
    columns = [_("Cooperative"), _("Product"), _("Day of delivery"), *(PAPER_LABELS[each] for each in kinds)]
    told = (_cells(product, found[product.id], kinds) for product in rows)
    return send_sheet(_("Papers of suppliers"), columns, told, kind)


@bp.route("/<offered_product:product>", methods=["GET"])
@allow(policies.reads_suppliers)
def show(product: Product) -> Any:
    company, day = _company(), asked_day() or clock.today()
    wants = buyers.wants_of(company.id)
    return render(
        "dossiers/buyer/show.html",
        company=company,
        product=product,
        dossier=queries.dossier(product.cooperative_id, product.id, wants, day),
        goods={each.id: each.name for each in queries.all_goods()},
        may_take=policies.takes_papers(person(), product),
    )


@bp.route("/<offered_product:product>/pack", methods=["POST"])
@allow(policies.takes_papers)
def pack(product: Product) -> Any:
    company, day = _company(), asked_day() or clock.today()
    return send_for(
        kind="dossiers.pack",
        values={"product": product.id, "organisation": company.id, "day": day.isoformat()},
        title=_("Papers of %(product)s", product=product.name),
        back=url_for("buyer_dossiers.show", product=product),
    )


def _company() -> Organisation:
    return buyers.company_of(person()) or abort(403)


def _goods_asked() -> int | None:
    asked = request.args.get("goods", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else None


def _suppliers(
    company: Organisation, goods_id: int | None, after: str | None, size: int = 30
) -> Page[Product]:
    """Everybody who offers the goods; when none were chosen, whom the company deals with."""
    if goods_id is not None:
        return queries.suppliers_of(goods_id, after, size)
    told = known(Parties(organisation_ids=[company.id]))
    products = queries.products({each.product_id for each in told[:EXPORTED]})
    return Page(sorted(products.values(), key=lambda each: (each.cooperative.sort_name, each.id)), None)


def _dossiers(products: Sequence[Product], wants: Sequence[Want], day: dt.date) -> dict[int, Dossier]:
    """Product id -> its dossier."""
    pairs = [(product.cooperative_id, product.id) for product in products]
    return {d.product_id: d for d in queries.dossiers(pairs, wants, day).values() if d.product_id is not None}


def _columns(dossiers: Iterable[Dossier]) -> Sequence[PaperKind]:
    """The kinds that any of them is asked for."""
    asked = {row.want.kind for dossier in dossiers for row in dossier.rows}
    return [kind for kind in PAPER_LABELS if kind in asked]


def _cells(product: Product, dossier: Dossier, kinds: Sequence[PaperKind]) -> Sequence[Any]:
    rows = {row.want.kind: row for row in dossier.rows}
    told = [f"{STANDING_LABELS[row.state]}: {row.sentence}" if (row := rows.get(k)) else "" for k in kinds]
    return [product.cooperative.label, product.name, dossier.on, *told]
