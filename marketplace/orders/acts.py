"""What letters about orders let people do without signing in."""

from __future__ import annotations

from typing import Any

from marketplace.deliveries import queries as deliveries
from marketplace.foundation import formats
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l
from marketplace.inbox.acts import Facts, act
from marketplace.orders import policies, queries, services
from marketplace.orders.forms import RefusalForm, WithdrawalForm, counter_form
from marketplace.orders.models import Order, StandingRun
from marketplace.orders.services.answer import total_with
from marketplace.orders.states import METHOD_LABELS, ORDER_LABELS, RefusalReason, RunState
from marketplace.places import queries as places


def _asked(order: Order) -> Facts:
    """What the cooperative is asked."""
    group = order.group
    where = [deliveries.told(order.delivery), places.label(group.address) if group.address else ""]
    rows = [
        (_("Goods"), _goods(order)),
        (_("Sum"), f"{formats.vnd(order.total, locale())} · {METHOD_LABELS[order.method]}"),
        (_("How it travels"), "\n".join(part for part in where if part)),
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


def _price_asked(run: StandingRun) -> Facts:
    """What the buyer is asked about one date of a standing order."""
    standing = run.standing
    terms = standing.terms_on(run.day)
    lines = {line.product_id: line for line in terms.lines} if terms else {}
    language = locale()
    prices = [
        f"{lines[i].product.name}: {formats.vnd(lines[i].unit_price, language)} → {formats.vnd(price, language)}"
        for i, price in run.prices
    ]
    rows = [
        (_("Seller"), standing.cooperative.name),
        (_("Day"), formats.weekday_date(run.day, locale())),
        (_("New price"), "\n".join(prices)),
        (_("Answer before"), formats.date_time(run.answer_by, locale()) if run.answer_by else ""),
    ]
    stands = {
        RunState.ASKED: _("Your answer is awaited"),
        RunState.ORDERED: _("Ordered"),
        RunState.SKIPPED: _("Nothing is ordered for this day"),
    }
    return Facts(
        title=_("Standing order: the price has risen"),
        rows=[(name, value) for name, value in rows if value],
        stands=stands[run.state],
        url=f"/standing-orders/{standing.ref}",
    )


def _order_it(run: StandingRun, form: Any, by: Any, once: str) -> Any:
    services.agree_to_price(run=run, by=by)
    return _l("Ordered at the new price. The next dates follow it too.")


def _skip_it(run: StandingRun, form: Any, by: Any, once: str) -> Any:
    services.decline_price(run=run, by=by)
    return _l("Nothing is ordered for this day. The standing order goes on.")


PRICE: dict[str, Any] = {
    "load": queries.run_by_id,
    "sees": policies.sees_run,
    "may": policies.can_answer_price,
    "facts": _price_asked,
    "until": lambda run: run.answer_by,
}
act(name="orders.standing_order", button=_l("Order at the new price"), do=_order_it, **PRICE)
act(name="orders.standing_skip", button=_l("Skip this one"), do=_skip_it, kind="danger", **PRICE)
