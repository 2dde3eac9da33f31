"""What letters about deliveries let people do without signing in."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace.cooperatives.states import PAPER_LABELS, PaperKind
from marketplace.deliveries import policies, queries, receipts, services
from marketplace.deliveries.forms.delivery import leaving_form, receipt_form
from marketplace.deliveries.models import Delivery
from marketplace.deliveries.states import DELIVERY_LABELS, DeliveryState, Mode
from marketplace.foundation import clock, formats
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l
from marketplace.inbox.acts import Facts, act
from marketplace.places import queries as places

DAYS_TO_SEND, DAYS_TO_CONFIRM = 7, 14


def _to_send(delivery: Delivery) -> Facts:
    where = places.label(delivery.address) if delivery.address and delivery.mode is Mode.OWN else ""
    depot = delivery.depot or {}
    gate = ", ".join(
        part for part in (depot.get("name"), depot.get("contact_name"), depot.get("note")) if part
    )
    papers = [str(PAPER_LABELS[PaperKind(kind)]) for kind, _lacking in delivery.papers_to_bring]
    rows = [
        (_("Goods"), _goods(delivery, "accepted")),
        (_("Agreed for"), queries.due(delivery)),
        (
            _("How it travels"),
            "\n".join(part for part in (queries.told(delivery.option), gate, where) if part),
        ),
        *([(_("Papers to bring"), ", ".join(papers))] if papers else []),
    ]
    return Facts(
        title=_("To %(name)s", name=delivery.contact_name),
        rows=rows,
        stands=str(DELIVERY_LABELS[delivery.state]),
        url=f"/desk/deliveries/{delivery.ref}",
    )


def _on_its_way(delivery: Delivery) -> Facts:
    rows = [
        (_("Seller"), delivery.cooperative.name),
        (_("Goods"), _goods(delivery, "dispatched")),
        (_("Agreed for"), queries.due(delivery)),
    ]
    return Facts(
        title=_("Delivery %(number)s", number=delivery.number),
        rows=rows,
        stands=str(DELIVERY_LABELS[delivery.state]),
        url=delivery.link or f"/deliveries/{delivery.ref}/receipt",
    )


def _goods(delivery: Delivery, quantity: str) -> str:
    told = [(line, getattr(line, quantity)) for line in delivery.lines]
    return "\n".join(
        f"{formats.amount(much, line.unit, locale())} {line.name}" for line, much in told if much
    )


def _may_send(user: Any, delivery: Delivery) -> bool:
    waits = delivery.state in {DeliveryState.PLANNED, DeliveryState.PACKED}
    return waits and not queries.waits_for_buyer(delivery) and bool(policies.sends(user, delivery))


def _may_receive(user: Any, delivery: Delivery) -> bool:
    waits = delivery.state is DeliveryState.DISPATCHED and receipts.kept_here(delivery)
    return waits and bool(policies.gets(user, delivery))


def _dispatch(delivery: Delivery, form: Any, by: Any, once: str) -> Any:
    """Weighed, packed and sent in one go: the boxes get the usual lots of today. A weight far off stays here first."""
    told = {"quantities": form.quantities(delivery), "weights": form.weights(delivery)}
    if services.leave(delivery=delivery, **told, by=by):
        return _l("On its way. The buyer has been told.")
    return _l("Written down. The goods stay here until the buyer has answered; then you get another letter.")


def _receive(delivery: Delivery, form: Any, by: Any, once: str) -> Any:
    services.receive(delivery=delivery, quantities=form.quantities(delivery), by=by)
    return _l("Thank you. The cooperative has been told that the goods arrived.")


def _end_of(day: dt.date) -> dt.datetime:
    return clock.start_of_day(day + dt.timedelta(days=1))


act(
    name="deliveries.dispatch",
    button=_l("Packed and sent"),
    load=queries.delivery_by_id,
    sees=policies.sends,
    may=_may_send,
    facts=_to_send,
    form=leaving_form,
    do=_dispatch,
    until=lambda delivery: _end_of(delivery.due_on + dt.timedelta(days=DAYS_TO_SEND)),
)
act(
    name="deliveries.receive",
    button=_l("The goods arrived"),
    load=queries.delivery_by_id,
    sees=policies.gets,
    may=_may_receive,
    facts=_on_its_way,
    form=receipt_form,
    do=_receive,
    until=lambda delivery: clock.now() + dt.timedelta(days=DAYS_TO_CONFIRM),
)
