"""What letters about orders let people do without signing in."""

from __future__ import annotations

from typing import Any

from marketplace.cooperatives.states import PAPER_LABELS, PaperKind
from marketplace.deliveries import queries as deliveries
from marketplace.foundation import formats
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l
from marketplace.inbox.acts import Facts, act
from marketplace.orders import policies, purchase, queries, services
from marketplace.orders.forms import (
    DeclineForm,
    RefusalForm,
    WithdrawalForm,
    approval_form,
    counter_form,
)
from marketplace.orders.models import Order, PurchaseRequest
from marketplace.orders.services.answer import total_with
from marketplace.orders.states import METHOD_LABELS, ORDER_LABELS, PURCHASE_LABELS, RefusalReason
from marketplace.places import queries as places


def _asked(order: Order) -> Facts:
    """What the cooperative is asked."""
    group = order.group
    depot = order.depot["name"] if order.depot else ""
    where = [deliveries.told(order.delivery), depot, places.label(order.address) if order.address else ""]
    papers = [str(PAPER_LABELS[PaperKind(kind)]) for kind, _lacking in order.papers_to_bring]
    rows = [
        (_("Goods"), _goods(order)),
        (_("Sum"), f"{formats.vnd(order.total, locale())} · {METHOD_LABELS[order.method]}"),
        (_("How it travels"), "\n".join(part for part in where if part)),
        (_("Papers to bring"), ", ".join(papers)),
        (_("Note of the buyer"), group.note),
        (_("Answer before"), formats.date_time(order.answer_by, locale())),
    ]
    title = _(
        "%(buyer)s orders for %(total)s", buyer=group.buyer_name, total=formats.vnd(order.total, locale())
    )
    return _facts(order, title, rows, f"/desk/orders/{order.number}")


def _offered(order: Order) -> Facts:
    """What the buyer asked, and what the cooperative says to it."""
    rows = [(_("Seller"), order.cooperative.name), (_("Goods"), _goods(order))]
    offer = order.open_counter
    if offer is not None:
        quantities = {line.line_id: line.quantity for line in offer.lines}
        can = [
            f"{formats.amount(quantities[line.id], line.unit, locale())} {line.name}" for line in order.lines
        ]
        rows += [
            (_("They can send"), "\n".join(can)),
            (_("What they write"), offer.words),
            (_("New total"), formats.vnd(total_with(order, quantities), locale())),
        ]
    else:
        rows.append((_("Sum"), formats.vnd(order.total, locale())))
    return _facts(order, _("Order %(number)s", number=order.number), rows, f"/orders/{order.ref}")


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


def _facts(order: Order, title: str, rows: list[tuple[str, str]], url: str) -> Facts:
    told = [(name, value) for name, value in rows if value]
    return Facts(title=title, rows=told, stands=str(ORDER_LABELS[order.state]), url=url)


def _goods(order: Order) -> str:
    return "\n".join(
        f"{formats.amount(line.quantity, line.unit, locale())} {line.name}" for line in order.lines
    )


def _accept(order: Order, form: Any, by: Any, once: str) -> Any:
    services.accept(order=order, by=by)
    return _l("Accepted. The buyer now sees how to pay.")


def _less(order: Order, form: Any, by: Any, once: str) -> Any:
    services.counter(order=order, quantities=form.quantities(order), words=form.words.data or "", by=by)
    return _l("Sent to the buyer, who now confirms the smaller quantity.")


def _refuse(order: Order, form: Any, by: Any, once: str) -> Any:
    services.refuse(order=order, reason=RefusalReason(form.reason.data), words=form.words.data or "", by=by)
    return _l("Refused. The buyer has been told why, and the goods are for sale again.")


def _agree(order: Order, form: Any, by: Any, once: str) -> Any:
    services.confirm_counter(order=order, by=by)
    return _l("Agreed. The order's page shows how to pay.")


def _withdraw(order: Order, form: Any, by: Any, once: str) -> Any:
    services.withdraw(order=order, words=form.words.data or "", by=by)
    return _l("The order is withdrawn. You owe nothing.")


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


SELLER: dict[str, Any] = {
    "load": queries.order_by_id,
    "sees": policies.sells,
    "may": policies.can_answer,
    "facts": _asked,
    "until": lambda order: order.answer_by,
}
BUYER: dict[str, Any] = {**SELLER, "sees": policies.buys, "facts": _offered}
PURCHASE: dict[str, Any] = {
    "load": queries.request_by_id,
    "sees": policies.sees_purchase,
    "may": policies.can_approve,
    "facts": _wanted,
    "until": lambda request: request.answer_by,
}

act(name="orders.accept", button=_l("Accept all of it"), do=_accept, **SELLER)
act(
    name="orders.less",
    button=_l("We have less"),
    last_word=_l("Send to the buyer"),
    do=_less,
    form=counter_form,
    **SELLER,
)
act(
    name="orders.refuse",
    button=_l("Refuse the order"),
    do=_refuse,
    form=lambda order: RefusalForm(),
    kind="danger",
    **SELLER,
)
act(
    name="orders.agree",
    button=_l("Agree to the smaller quantity"),
    do=_agree,
    **{**BUYER, "may": policies.can_confirm_counter},
)
act(
    name="orders.withdraw",
    button=_l("Withdraw the order"),
    do=_withdraw,
    form=lambda order: WithdrawalForm(),
    kind="danger",
    **{**BUYER, "may": policies.can_withdraw},
)
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
