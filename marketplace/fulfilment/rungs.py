"""What of a contract has left, what was accepted and what is paid: the rungs of its ladder that are told here."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from marketplace.foundation import clock, formats
from marketplace.foundation.web.locale import locale
from marketplace.fulfilment import queries
from marketplace.fulfilment.models import Acceptance
from marketplace.linkage import ladder
from marketplace.linkage.models import Contract
from marketplace.linkage.states.contract import ContractSide


@ladder.rung("delivered")
def delivered(contract_ids: Collection[int]) -> Mapping[int, Decimal]:
    return queries.load.sent_by(contract_ids)


@ladder.rung("accepted")
def accepted(contract_ids: Collection[int]) -> Mapping[int, Decimal]:
    return queries.acceptance.accepted_by(contract_ids)


@ladder.rung("paid")
def paid(contract_ids: Collection[int]) -> Mapping[int, Decimal]:
    return queries.settlement.paid_by(contract_ids)


# --- what each of them adds up ------------------------------------------------------------------------


@ladder.rows("delivered")
def loads(contract: Contract, side: ContractSide) -> Sequence[ladder.Row]:
    """What left, with the page of its slip, or of the delivery where nobody has weighed it yet."""
    return [
        ladder.Row(
            f"{load.cooperative.called}, {formats.date(load.delivery.due_on, locale())}",
            load.sent or Decimal(0),
            load.delivery.number,
            *(slip_page(slip, side) if slip is not None else _delivery_page(load, contract, side)),
        )
        for load, slip in queries.load.sent_of(contract.id)
    ]


@ladder.rows("accepted")
def slips(contract: Contract, side: ContractSide) -> Sequence[ladder.Row]:
    return [slip_row(slip, kg, side) for slip, kg in queries.acceptance.accepted_of(contract.id)]


@ladder.rows("paid")
def sheets(contract: Contract, side: ContractSide) -> Sequence[ladder.Row]:
    return [
        ladder.Row(
            sheet.number,
            kg,
            formats.vnd(sheet.total, locale()),
            "settlements.show",
            {"contract": contract, "settlement": sheet.ref},
        )
        for sheet, kg in queries.settlement.paid_of(contract.id)
    ]


def slip_row(slip: Acceptance, kg: Decimal, side: ContractSide) -> ladder.Row:
    """So many kilograms of a slip."""
    came = formats.date(clock.to_local(slip.arrived_at).date(), locale())
    return ladder.Row(slip.number, kg, f"{slip.delivery.cooperative.called}, {came}", *slip_page(slip, side))


def slip_page(slip: Acceptance, side: ContractSide) -> tuple[str, dict[str, Any]]:
    """Where this side reads it."""
    if side is ContractSide.BUYER:
        return "buyer_arrivals.show", {"load": slip.delivery.ref}
    page = "desk_acceptances.show" if side is ContractSide.SELLER else "office_acceptances.show"
    return page, {"acceptance": slip.ref}


def _delivery_page(load: Any, contract: Contract, side: ContractSide) -> tuple[str, dict[str, Any]]:
    """The lead of a pool opens its own loads only, and the office none before they are weighed."""
    if side is ContractSide.BUYER:
        return "buyer_arrivals.show", {"load": load.delivery.ref}
    if side is ContractSide.SELLER and load.cooperative_id == contract.cooperative_id:
        return "deliveries.delivery", {"delivery": load.delivery.ref}
    return "", {}
