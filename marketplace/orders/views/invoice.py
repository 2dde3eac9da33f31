"""Sales to be invoiced: the data for one's own invoice program, and the numbers that come back."""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, Response, request, url_for

from marketplace.foundation.db import transaction
from marketplace.foundation.sheets import MOST_BYTES, read_table, send_sheet
from marketplace.foundation.web import allow, flash, person, redirect_to, render
from marketplace.foundation.words import _
from marketplace.orders import invoicing, policies, queries, services
from marketplace.orders.forms.invoice import InvoiceFileForm, SalesForm, invoice_form
from marketplace.orders.models import Order
from marketplace.orders.services import invoice_list
from marketplace.orders.services.invoice_list import RESULT_LABELS
from marketplace.orders.states import InvoiceKind
from marketplace.orders.views.seats import own_cooperative

bp = Blueprint("desk_invoices", __name__, url_prefix="/desk")
MOST_SALES = 2_000
TABS = ("without", "all")


@bp.route("/invoices", methods=["GET"])
@allow(policies.has_orders)
def sales() -> Any:
    form, seller = SalesForm(request.args), own_cooperative()
    first, last = form.period()
    tab = request.args.get("tab", "")
    tab = tab if tab in TABS else TABS[0]
    page = queries.sales_page(seller.id, first, last, tab == "without", request.args.get("after"))
    return render("orders/invoice/list.html", form=form, page=page, first=first, last=last, tab=tab)


@bp.route("/invoices/data.<any(csv, json):kind>", methods=["GET"])
@allow(policies.has_orders)
def data(kind: str) -> Any:
    """The sales of a period with every field that an e-invoice needs."""
    first, last = SalesForm(request.args).period()
    found = queries.sales(own_cooperative().id, first, last, MOST_SALES)
    if len(found) > MOST_SALES:
        flash(_("These are more than %(most)s sales: please choose fewer days.", most=str(MOST_SALES)), "bad")
        return redirect_to("desk_invoices.sales", first=first.isoformat(), last=last.isoformat())
    told = [invoicing.sale_of(order, left_at) for order, left_at in found]
    if kind == "csv":
        return send_sheet("du-lieu-hoa-don", invoicing.COLUMNS, invoicing.rows(told), kind="csv")
    body = {
        "from": first.isoformat(),
        "to": last.isoformat(),
        "currency": "VND",
        "sales": [invoicing.as_json(sale) for sale in told],
    }
    answer = Response(json.dumps(body, ensure_ascii=False, indent=1), mimetype="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="du-lieu-hoa-don-{last:%Y%m%d}.json"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.route("/invoices/numbers", methods=["GET", "POST"])
@allow(policies.has_orders)
def numbers() -> Any:
    """A list of issued invoices comes back; its page tells what became of each line."""
    form, rows = InvoiceFileForm(), None
    if form.submitted():
        with form.reporting():
            name = form.file.data.filename or "hoa-don"
            table = read_table(
                form.file.data.read(MOST_BYTES + 1), name, header_like=invoice_list.header_like
            )
            seller = own_cooperative()
            with transaction():
                rows = invoice_list.note_invoices(table=table, cooperative_id=seller.id, by=person())
    return render("orders/invoice/numbers.html", form=form, rows=rows, labels=RESULT_LABELS)


@bp.route("/orders/<seller_order:order>/invoice", methods=["GET", "POST"])
@allow(policies.can_note_invoice)
def note(order: Order) -> Any:
    form = invoice_form(queries.last_invoice(order))
    if form.submitted():
        with form.reporting(), transaction():
            services.record_invoice(
                order=order,
                facts=form.facts(),
                kind=InvoiceKind(form.kind.data),
                reason=form.reason.data or "",
                by=person(),
            )
            flash(_("Noted. The buyer sees it on the order."))
            return redirect_to("desk_orders.order", order=order.number)
    return render(
        "orders/invoice/note.html", form=form, order=order, back=url_for("desk_orders.order", order=order)
    )
