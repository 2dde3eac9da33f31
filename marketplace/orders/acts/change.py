"""Answering a proposed change by a link."""

from __future__ import annotations

from typing import Any

from marketplace.deliveries import queries as deliveries
from marketplace.foundation import formats
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l
from marketplace.inbox.acts import Facts, act
from marketplace.orders import policies, queries, services
from marketplace.orders.forms import ChangeAnswerForm
from marketplace.orders.models import OrderChange
from marketplace.orders.proposal import Preview, Wish, preview, proposal_of
from marketplace.orders.seat import Seat
from marketplace.orders.states import CHANGE_LABELS, Side
from marketplace.payments.deposits import paid_towards
from marketplace.places import queries as places


def _seat(change: OrderChange) -> Seat:
    """Where the one sits who answers."""
    return Seat(change.order, change.side.other)


def _sees(user: Any, change: OrderChange) -> bool:
    return policies.sits(user, _seat(change))


def _may(user: Any, change: OrderChange) -> bool:
    return policies.can_answer_change(user, _seat(change), change)


def _facts(change: OrderChange) -> Facts:
    """What would become of each line, and of the money; once it is answered, only what was proposed."""
    order, proposal = change.order, proposal_of(change)
    rows = [(wish.line.name, _becomes(wish)) for wish in proposal.changed]
    if change.delivery:
        rows.append((_("How it travels"), deliveries.told(change.delivery)))
    if change.address:
        rows.append((_("Delivered to"), places.label(change.address)))
    if change.is_open:
        rows += _money(preview(order, proposal, paid_towards(queries.charge_of(order))))
    rows.append((_("What they write"), change.words))
    seller = change.side is Side.BUYER
    who = order.group.buyer_name if seller else order.cooperative.name
    place = f"/desk/orders/{order.number}" if seller else f"/orders/{order.ref}"
    return Facts(
        title=_("%(who)s would like to change order %(number)s", who=who, number=order.number),
        rows=[(name, value) for name, value in rows if value],
        stands=str(CHANGE_LABELS[change.state]),
        url=f"{place}/changes/{change.ref}",
    )


def _becomes(wish: Wish) -> str:
    """ "50 kg × 12.000 ₫ → 40 kg × 12.000 ₫", with the name of what comes instead."""
    old = _priced(wish.line.quantity, wish.line.unit, wish.line.unit_price)
    if wish.quantity == 0:
        return _("%(old)s → nothing", old=old)
    new = _priced(wish.quantity, wish.unit, wish.unit_price)
    return f"{old} → {wish.name}, {new}" if wish.product else f"{old} → {new}"


def _priced(quantity: Any, unit: str, price: Any) -> str:
    return f"{formats.amount(quantity, unit, locale())} × {formats.vnd(price, locale())}"


def _money(shown: Preview) -> list[tuple[str, str]]:
    before, after = (formats.vnd(total, locale()) for total in shown.total)
    rows = [(_("Sum"), f"{before} → {after}" if before != after else after)]
    if shown.to_pay:
        rows.append((_("Still to pay then"), formats.vnd(shown.to_pay, locale())))
    if shown.to_return:
        rows.append((_("Goes back to the buyer"), formats.vnd(shown.to_return, locale())))
    return rows


def _accept(change: OrderChange, form: Any, by: Any, once: str) -> Any:
    services.accept_change(change=change, by=by)
    return _l("Agreed. The order is changed, and both of you have it in writing.")


def _decline(change: OrderChange, form: Any, by: Any, once: str) -> Any:
    services.decline_change(change=change, words=form.words.data or "", by=by)
    return _l("Declined. The order stays as it was.")


ANSWERS: dict[str, Any] = {
    "load": queries.change_by_id,
    "sees": _sees,
    "may": _may,
    "facts": _facts,
    "until": lambda change: change.answer_by,
}

act(name="orders.accept_change", button=_l("Yes, change it like that"), do=_accept, **ANSWERS)
act(
    name="orders.decline_change",
    button=_l("No, leave it as it is"),
    do=_decline,
    form=lambda change: ChangeAnswerForm(),
    kind="danger",
    **ANSWERS,
)
