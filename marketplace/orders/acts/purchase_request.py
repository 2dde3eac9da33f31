"""What the letter about a purchase above a limit lets its approver do without signing in."""

from __future__ import annotations

from typing import Any

from marketplace.cooperatives.states import PAPER_LABELS
from marketplace.deliveries import queries as deliveries
from marketplace.foundation import formats
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l
from marketplace.inbox.acts import Facts, act
from marketplace.orders import policies, purchase, queries, services
from marketplace.orders.forms import DeclineForm, approval_form
from marketplace.orders.models import PurchaseRequest
from marketplace.orders.states import PURCHASE_LABELS
from marketplace.places import queries as places


def _wanted(request: PurchaseRequest) -> Facts:
    """What somebody wants to buy: at today's prices while it is asked, else as it was."""
    goods = "\n".join(
        f"{formats.amount(line.quantity, line.unit, locale())} {line.name}" for line in request.lines
    )
    rows = [
        (_("Buyer"), request.organisation.name),
        (_("Who orders"), request.person.name),
        (_("Goods"), goods),
        *(_as_of_today(request) if request.is_open else [(_("Sum"), formats.vnd(request.total, locale()))]),
        (_("Note for the seller"), request.note),
        (_("Answer before"), formats.date_time(request.answer_by, locale())),
    ]
    return Facts(
        title=_(
            "%(who)s asks to buy for %(total)s",
            who=request.person.name,
            total=formats.vnd(request.total, locale()),
        ),
        rows=[(name, value) for name, value in rows if value],
        stands=str(PURCHASE_LABELS[request.state]),
        url=f"/account/company/requests/{request.ref}",
    )


def _as_of_today(request: PurchaseRequest) -> list[tuple[str, str]]:
    now, address = purchase.today(request), purchase.goes_to(request)
    depot = request.depot.name if request.depot is not None else ""
    where = [depot, places.label(address) if address else ""]
    ways = [f"{part.cooperative.name}: {deliveries.told(part.way)}" for part in now.parts]
    was = (
        _("asked at %(sum)s", sum=formats.vnd(request.total, locale())) if now.total != request.total else ""
    )
    lacking = [
        f"{row.item.product.name}: {', '.join(str(PAPER_LABELS[kind]) for kind in row.lacking)}"
        for part in now.parts
        for row in part.rows
        if row.lacking
    ]
    return [
        (_("Sum today"), " · ".join(part for part in (formats.vnd(now.total, locale()), was) if part)),
        (_("How it travels"), "\n".join([*ways, *(part for part in where if part)])),
        (_("Papers that are missing"), "\n".join(lacking)),
        (_("In the way"), "\n".join(now.problems)),
    ]


def _approve(request: PurchaseRequest, form: Any, by: Any, once: str) -> Any:
    try:
        services.approve(request=request, quote=form.quote.data or "", by=by)
    except services.PricesChanged:
        form.shows(purchase.today(request).quote)
        raise
    return _l("Approved and sent. The cooperatives answer next.")


def _decline(request: PurchaseRequest, form: Any, by: Any, once: str) -> Any:
    services.decline(request=request, words=form.words.data or "", by=by)
    return _l("Not approved. Nothing was sent, and the goods are in their cart again.")


PURCHASE: dict[str, Any] = {
    "load": queries.request_by_id,
    "sees": policies.sees_purchase,
    "may": policies.can_approve,
    "facts": _wanted,
    "until": lambda request: request.answer_by,
}

act(
    name="orders.approve_purchase",
    button=_l("Approve and send"),
    do=_approve,
    form=approval_form,
    **PURCHASE,
)
act(
    name="orders.decline_purchase",
    button=_l("Do not approve"),
    do=_decline,
    form=lambda request: DeclineForm(),
    kind="danger",
    **PURCHASE,
)
