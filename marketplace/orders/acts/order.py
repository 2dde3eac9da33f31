"""Answering an order by a link."""

from __future__ import annotations

from typing import Any

from marketplace.cooperatives.states import PAPER_LABELS, PaperKind
from marketplace.deliveries import queries as deliveries
from marketplace.foundation import formats
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l
from marketplace.inbox.acts import Facts, act
from marketplace.orders import policies, queries, services
from marketplace.orders.forms import RefusalForm, WithdrawalForm, counter_form, weighing_answer_form
from marketplace.orders.models import Order, OrderWeighing
from marketplace.orders.services.answer import total_with
from marketplace.orders.states import METHOD_LABELS, ORDER_LABELS, WEIGHING_LABELS, RefusalReason
from marketplace.orders.weighed import scale_says
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


def _facts(order: Order, title: str, rows: list[tuple[str, str]], url: str) -> Facts:
    told = [(name, value) for name, value in rows if value]
    return Facts(title=title, rows=told, stands=str(ORDER_LABELS[order.state]), url=url)


def _goods(order: Order) -> str:
    return "\n".join(
        f"{formats.amount(line.quantity, line.unit, locale())} {line.name}" for line in order.lines
    )


def _weighed(weighing: OrderWeighing) -> Facts:
    """What the scale shows, and what silence means."""
    order = weighing.order
    rows = [(_("Seller"), order.cooperative.name)]
    rows += [(row.line.name, scale_says(row)) for row in weighing.lines]
    rows.append((_("Answer before"), formats.date_time(weighing.answer_by, locale())))
    return Facts(
        title=_("Order %(number)s", number=order.number),
        rows=rows,
        stands=str(WEIGHING_LABELS[weighing.state]),
        url=f"/orders/{order.ref}/weighings/{weighing.ref}",
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


def _answer_weight(weighing: OrderWeighing, form: Any, by: Any, once: str) -> Any:
    services.answer_weighing(weighing=weighing, choices=form.choices(weighing), by=by)
    return _l("Thank you. The cooperative has been told, and the sum follows your answer.")


SELLER: dict[str, Any] = {
    "load": queries.order_by_id,
    "sees": policies.sells,
    "may": policies.can_answer,
    "facts": _asked,
    "until": lambda order: order.answer_by,
}
BUYER: dict[str, Any] = {**SELLER, "sees": policies.buys, "facts": _offered}

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
    name="orders.weighing",
    button=_l("Say what you would like"),
    last_word=_l("Send my answer"),
    load=queries.weighing_by_id,
    sees=policies.sees_weighing,
    may=policies.can_answer_weighing,
    facts=_weighed,
    form=weighing_answer_form,
    do=_answer_weight,
    until=lambda weighing: weighing.answer_by,
)
