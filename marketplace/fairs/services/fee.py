"""What a stand costs: a charge in `payments`, asked once it is confirmed. The alliance is paid, for its own fair: by
transfer where it has a verified account, else in cash at its office, and by card where cards are switched on."""

from __future__ import annotations

from typing import Any

from marketplace.accounts import queries as accounts
from marketplace.cards import queries as cards_queries
from marketplace.cards import services as cards
from marketplace.cooperatives import queries as cooperatives
from marketplace.fairs.models import Stand
from marketplace.foundation.errors import Refusal
from marketplace.foundation.words import _l
from marketplace.payments import queries as payments_queries
from marketplace.payments import services as payments
from marketplace.payments.models import Charge
from marketplace.payments.states import ChargeState, Way

PURPOSE = "stand"


def ask(stand: Stand, by: Any) -> Charge | None:
    """Say what is owed."""
    if not stand.fee:
        return None
    alliance = accounts.alliance()
    if alliance is None:
        raise Refusal(_l("There is nobody yet who could be paid: please call the alliance."))
    seller = stand.application.cooperative
    return payments.open_charge(
        purpose=PURPOSE,
        subject_id=stand.id,
        title=stand.fair.name_vi[:80],
        amount=stand.fee,
        payee_organisation_id=alliance.id,
        payer_name=seller.name,
        payer_organisation_id=seller.organisation_id,
        method=_without_card(alliance.id),
        by=by,
    )


def pay_by_transfer(*, by: Any = None) -> int:
    """The alliance has an account now: open fees that were asked in cash come by transfer; how many. Those of which
    something came already stay as they are."""
    moved = 0
    for charge in payments_queries.open_in_cash(PURPOSE):
        try:
            payments.change_way(charge=charge, way=Way.TRANSFER, by=by)
            moved += 1
        except Refusal:
            continue
    return moved


def ways_of(charge: Charge) -> list[Way]:
    """How else this fee can be paid now; nothing once money came or is said to be on its way."""
    if charge.state is not ChargeState.EXPECTED or charge.received:
        return []
    others = []
    if charge.method is not Way.CARD and cards_queries.takes_cards(
        charge.payee_organisation_id, charge.to_pay
    ):
        others.append(Way.CARD)
    if charge.method is Way.CARD:
        others.append(_without_card(charge.payee_organisation_id))
    return others


def choose_way(*, stand: Stand, way: Way, by: Any) -> Charge:
    """The fee is paid this way from now on. The card company's pages were closed before, outside any transaction
    (cards.errands.close_pages): one that is open there is a Refusal."""
    charge = charge_of(stand)
    if charge is None or way not in (*ways_of(charge), charge.method):
        raise Refusal(_l("The fee cannot be paid this way now. Please call the alliance."))
    payments.change_way(charge=charge, way=way, by=by)
    if way is not Way.CARD:
        cards.check_closed(charge=charge)
    return charge


def _without_card(alliance_id: int) -> Way:
    return Way.TRANSFER if cooperatives.verified_account(alliance_id) else Way.CASH


def charge_of(stand: Stand) -> Charge | None:
    return payments_queries.charge_for(PURPOSE, stand.id)


def drop(stand: Stand, by: Any) -> None:
    """Nothing is owed any more; what came already is owed back (see payments)."""
    charge = charge_of(stand)
    if charge is not None and charge.state is not ChargeState.CANCELLED:
        payments.cancel(charge=charge, by=by)
