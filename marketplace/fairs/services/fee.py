"""What a stand costs: a charge in `payments`, asked once it is confirmed. The alliance is paid, for its own fair."""

from __future__ import annotations

from typing import Any

from marketplace.accounts import queries as accounts
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
    """Say what is owed, by transfer where the alliance has a verified account, else in cash at its office."""
    if not stand.fee:
        return None
    alliance = accounts.alliance()
    if alliance is None:
        raise Refusal(_l("There is nobody yet who could be paid: please call the alliance."))
    way = Way.TRANSFER if cooperatives.verified_account(alliance.id) else Way.CASH
    seller = stand.application.cooperative
    return payments.open_charge(
        purpose=PURPOSE,
        subject_id=stand.id,
        title=stand.fair.name_vi[:80],
        amount=stand.fee,
        payee_organisation_id=alliance.id,
        payer_name=seller.name,
        payer_organisation_id=seller.organisation_id,
        method=way,
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


def charge_of(stand: Stand) -> Charge | None:
    return payments_queries.charge_for(PURPOSE, stand.id)


def drop(stand: Stand, by: Any) -> None:
    """Nothing is owed any more; what came already is owed back (see payments)."""
    charge = charge_of(stand)
    if charge is not None and charge.state is not ChargeState.CANCELLED:
        payments.cancel(charge=charge, by=by)
