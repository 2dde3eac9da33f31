"""What orders do when lower rooms speak."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace.accounts.events import MemberRemoved
from marketplace.accounts.models import Person
from marketplace.buyers import queries as buyers
from marketplace.buyers.events import DepotClosed
from marketplace.deliveries.events import DeliveryDispatched, DeliveryEvent, DeliveryReceived, DeliveryWeighed
from marketplace.deliveries.models import Delivery
from marketplace.foundation.db import db
from marketplace.foundation.events import react
from marketplace.foundation.money import Money
from marketplace.orders import notices, on_account, queries, services, traded
from marketplace.orders.events import (
    AllianceAsked,
    ComplaintAnswered,
    ComplaintClosed,
    ComplaintEvent,
    ComplaintRaised,
    ComplaintSettled,
    ComplaintWithdrawn,
    CounterConfirmed,
    DisputeAnswered,
    DisputeCarriedOut,
    DisputeDecided,
    DisputeEvent,
    DisputeMediated,
    DisputeRaised,
    DisputeTimedOut,
    DisputeWithdrawn,
    MessageReported,
    OrderAccepted,
    OrderCancelled,
    OrderChangeAccepted,
    OrderChangeDeclined,
    OrderChangeEvent,
    OrderChangeLapsed,
    OrderChangeProposed,
    OrderChangeWithdrawn,
    OrderCompleted,
    OrderCountered,
    OrderEvent,
    OrderLapsed,
    OrderMethodChanged,
    OrderPlaced,
    OrderRefused,
    OrderSentLess,
    OrderSumEvent,
    OrderWeighed,
    OrderWithdrawn,
    ProposalRejected,
    PurchaseApproved,
    PurchaseAsked,
    PurchaseDeclined,
    PurchaseEvent,
    PurchaseLapsed,
    StandingAboveLimit,
    StandingAsked,
    StandingChanged,
    StandingDateChanged,
    StandingDayEvent,
    StandingEnded,
    StandingEvent,
    StandingLostDepot,
    StandingOrdered,
    StandingPaused,
    StandingResumed,
    StandingSkipped,
    StandingStarted,
    WeighingAnswered,
    WeighingAsked,
    WeighingLapsed,
)
from marketplace.orders.models import Complaint, Dispute, Order, OrderChange, OrderWeighing, PurchaseRequest
from marketplace.orders.proposal import proposal_of
from marketplace.orders.services import answer, deposit, lapse_change, take_back, thread
from marketplace.orders.services.relief import let_go
from marketplace.payments import queries as payments_queries
from marketplace.payments.events import (
    ChargeAdjusted,
    ChargeEvent,
    ChargeSettled,
    DepositCounted,
    DepositKept,
    PaymentConfirmed,
    RefundOwed,
)
from marketplace.payments.states import DEPOSIT

LETTERS = {
    OrderPlaced: (notices.order.to_seller_placed, notices.order.to_buyer_placed),
    OrderAccepted: (notices.order.to_seller_accepted, notices.order.to_buyer_accepted),
    OrderCountered: (notices.order.to_buyer_countered,),
    CounterConfirmed: (notices.order.to_seller_confirmed, notices.order.to_buyer_accepted),
    OrderRefused: (notices.order.to_buyer_refused,),
    OrderWithdrawn: (notices.order.to_seller_withdrawn,),
    OrderLapsed: (notices.order.to_buyer_lapsed, notices.order.to_seller_lapsed),
    OrderCompleted: (notices.order.to_buyer_completed,),
    OrderCancelled: (notices.cancellation.cancelled,),
    OrderMethodChanged: (notices.method.changed,),
    AllianceAsked: (notices.message.to_office_asked,),
    MessageReported: (notices.message.to_office_reported,),
}
CHANGE_LETTERS = {
    OrderChangeProposed: notices.change.proposed,
    OrderChangeAccepted: notices.change.accepted,
    OrderChangeDeclined: notices.change.declined,
    OrderChangeWithdrawn: notices.change.withdrawn,
    OrderChangeLapsed: notices.change.lapsed,
}
SUM_LETTERS = {
    OrderWeighed: notices.weighing.weighed,
    OrderSentLess: notices.weighing.sent_less,
    WeighingAnswered: notices.weighing.answered,
    WeighingLapsed: notices.weighing.lapsed,
}
COMPLAINT_LETTERS = {
    ComplaintRaised: notices.complaint.raised,
    ComplaintAnswered: notices.complaint.answered,
    ComplaintSettled: notices.complaint.settled,
    ComplaintClosed: notices.complaint.closed,
    ComplaintWithdrawn: notices.complaint.withdrawn,
}
STANDING_LETTERS = {
    StandingPaused: notices.standing.paused,
    StandingResumed: notices.standing.resumed,
    StandingEnded: notices.standing.ended,
    StandingLostDepot: notices.standing.without_depot,
}
DISPUTE_LETTERS = {
    DisputeRaised: notices.dispute.raised,
    DisputeAnswered: notices.dispute.heard,
    DisputeMediated: notices.dispute.mediated,
    ProposalRejected: notices.dispute.rejected,
    DisputeDecided: notices.dispute.decided,
    DisputeCarriedOut: notices.dispute.done,
    DisputeWithdrawn: notices.dispute.withdrawn,
    DisputeTimedOut: notices.dispute.timed_out,
}
DEPOSIT_LETTERS = {
    PaymentConfirmed: notices.deposit.came,
    DepositCounted: notices.deposit.counted,
    DepositKept: notices.deposit.kept,
    RefundOwed: notices.deposit.back,
}
PURCHASE_LETTERS = {
    PurchaseAsked: notices.purchase_request.asked,
    PurchaseApproved: notices.purchase_request.approved,
    PurchaseDeclined: notices.purchase_request.declined,
    PurchaseLapsed: notices.purchase_request.lapsed,
}


@react(*LETTERS)
def write(event: OrderEvent) -> None:
    """Tell the other side."""
    order = db.session.get_one(Order, event.order_id)
    for letter in LETTERS[type(event)]:
        letter(order)


@react(OrderRefused, OrderWithdrawn, OrderLapsed, OrderCancelled)
def came_to_nothing(event: OrderEvent) -> None:
    on_account.release(event.order_id)


@react(*CHANGE_LETTERS)
def write_about_change(event: OrderChangeEvent) -> None:
    CHANGE_LETTERS[type(event)](db.session.get_one(OrderChange, event.change_id))


@react(*COMPLAINT_LETTERS)
def write_about_complaint(event: ComplaintEvent) -> None:
    COMPLAINT_LETTERS[type(event)](db.session.get_one(Complaint, event.complaint_id))


@react(*DISPUTE_LETTERS)
def write_about_dispute(event: DisputeEvent) -> None:
    DISPUTE_LETTERS[type(event)](db.session.get_one(Dispute, event.dispute_id), event)


@react(*PURCHASE_LETTERS)
def write_about_purchase(event: PurchaseEvent) -> None:
    PURCHASE_LETTERS[type(event)](db.session.get_one(PurchaseRequest, event.request_id))


@react(MemberRemoved)
def no_longer_buys(event: MemberRemoved) -> None:
    """What they asked to buy for the organisation is asked no more."""
    for request in queries.open_requests_of(event.person_id, event.organisation_id):
        take_back(request=request)


@react(StandingStarted)
def tell_of_standing(event: StandingStarted) -> None:
    notices.standing.started(queries.standing_by_id(event.standing_id))


@react(StandingChanged, StandingDateChanged)
def tell_of_other_terms(event: StandingDayEvent) -> None:
    tell = notices.standing.changed if isinstance(event, StandingChanged) else notices.standing.date_changed
    tell(queries.standing_by_id(event.standing_id), dt.date.fromisoformat(event.day))


@react(*STANDING_LETTERS)
def tell_of_pause(event: StandingEvent) -> None:
    STANDING_LETTERS[type(event)](queries.standing_by_id(event.standing_id))


@react(StandingSkipped)
def tell_of_skip(event: StandingSkipped) -> None:
    notices.standing.skipped(queries.run_by_id(event.run_id))


@react(StandingAsked)
def ask_about_price(event: StandingAsked) -> None:
    notices.standing.asked(queries.run_by_id(event.run_id))


@react(StandingAboveLimit)
def ask_for_approval(event: StandingAboveLimit) -> None:
    notices.standing.above_limit(queries.run_by_id(event.run_id))


@react(DepotClosed)
def rest_without_depot(event: DepotClosed) -> None:
    """What goes to a depot again and again rests once it is no longer used."""
    depot = buyers.depot_by_id(event.depot_id)
    by = db.session.get(Person, event.actor_id) if event.actor_id else None
    for standing in queries.standing_to(depot.id):
        services.rest_without_depot(standing=standing, depot=depot, by=by)


@react(StandingOrdered)
def tell_of_shortage(event: StandingOrdered) -> None:
    run = queries.run_by_id(event.run_id)
    if run.short:
        notices.standing.short(run)


@react(DisputeRaised)
def alliance_reads_along(event: DisputeRaised) -> None:
    thread.let_alliance_in(order=db.session.get_one(Order, event.order_id))


@react(DeliveryDispatched)
def goods_left(event: DeliveryDispatched) -> None:
    """What can no longer be changed is no longer proposed: of an open change only a price survives."""
    if event.source_kind != answer.PURPOSE:
        return
    change = db.session.get_one(Order, event.source_id).open_change
    if change is None:
        return
    proposal = proposal_of(change)
    if proposal.changes_goods or proposal.changes_way:
        lapse_change(change=change)


@react(OrderChangeAccepted)
def weighed_at_another_price(event: OrderChangeAccepted) -> None:
    by = db.session.get(Person, event.actor_id) if event.actor_id else None
    services.ask_anew(order=db.session.get_one(Order, event.order_id), by=by)


@react(DeliveryWeighed)
def goods_weighed(event: DeliveryWeighed) -> None:
    if event.source_kind == answer.PURPOSE:
        services.weigh(**_what_is_sent(event))


@react(DeliveryDispatched)
def goods_count(event: DeliveryDispatched) -> None:
    if event.source_kind == answer.PURPOSE:
        services.count_what_left(**_what_is_sent(event))


def _what_is_sent(event: DeliveryEvent) -> dict[str, Any]:
    return {
        "order": db.session.get_one(Order, event.source_id),
        "delivery": db.session.get_one(Delivery, event.delivery_id),
        "by": db.session.get(Person, event.actor_id) if event.actor_id else None,
    }


@react(*SUM_LETTERS)
def write_about_sum(event: OrderSumEvent) -> None:
    SUM_LETTERS[type(event)](db.session.get_one(Order, event.order_id), event)


@react(WeighingAsked)
def write_about_weight(event: WeighingAsked) -> None:
    notices.weighing.asked(db.session.get_one(OrderWeighing, event.weighing_id))


@react(OrderCompleted)
def nothing_left_to_change(event: OrderCompleted) -> None:
    change = db.session.get_one(Order, event.order_id).open_change
    if change is not None:
        lapse_change(change=change)


@react(OrderCompleted)
def count_for_the_price_board(event: OrderCompleted) -> None:
    traded.tell(order=db.session.get_one(Order, event.order_id), by=None)


@react(ChargeAdjusted)
def something_else_is_owed(event: ChargeAdjusted) -> None:
    """What orders change themselves stands there already; what a seller lets go of does not."""
    if event.purpose == answer.PURPOSE:
        let_go(order=db.session.get_one(Order, event.subject_id), by_id=event.actor_id)


@react(ChargeSettled)
def money_came(event: ChargeSettled) -> None:
    if event.purpose == answer.PURPOSE:
        _finish(event.subject_id)


@react(*DEPOSIT_LETTERS)
def write_about_deposit(event: ChargeEvent) -> None:
    if event.purpose != DEPOSIT:
        return
    order = db.session.get_one(Order, event.subject_id)
    charge = payments_queries.charge_for(answer.PURPOSE, order.id)
    assert charge is not None, "a deposit is asked ahead of an order"
    DEPOSIT_LETTERS[type(event)](order, charge, Money(event.amount))


@react(DeliveryReceived)
def goods_arrived(event: DeliveryReceived) -> None:
    if event.source_kind == answer.PURPOSE:
        on_account.goods_came(event.source_id)
        deposit.goods_came(order_id=event.source_id)
        _finish(event.source_id)


def _finish(order_id: int) -> None:
    order = db.session.get(Order, order_id)
    if order is not None:
        answer.complete_if_done(order=order)
