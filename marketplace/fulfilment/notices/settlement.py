"""What we write about settlement sheets and what was given ahead."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace.accounts.states import OrganisationKind
from marketplace.foundation import formats
from marketplace.foundation.words import _l
from marketplace.fulfilment.models import InputAdvance, Settlement, SettlementPart
from marketplace.fulfilment.settling import Missing
from marketplace.inbox.letters import letter, topic
from marketplace.inbox.services import tell
from marketplace.linkage.models import Contract
from marketplace.linkage.states.contract import ContractSide


def _sample() -> dict[str, Any]:
    return {
        "number": "QT-2027-000004",
        "contract": "12/2027/HĐLK-ĐL",
        "other": "Siêu thị BigMart",
        "total": formats.vnd(288_886_000),
        "day": formats.date(dt.date(2027, 3, 29)),
        "words": "Thiếu phiếu ngày 14/3",
        "new": "QT-2027-000005",
        "item": "Hạt giống cà rốt",
    }


topic(
    "settlement",
    _l("Settlement sheets"),
    _l("What is to be paid for the deliveries of a contract, and what you have to confirm."),
    order=61,
    shown=lambda person: bool(
        person.organisations(OrganisationKind.COOPERATIVE) or person.organisations(OrganisationKind.BUYER)
    ),
)
letter(
    "settlement.drawn",
    subject=_l("Please confirm settlement sheet %(number)s: %(total)s"),
    sentence=_l(
        "Contract %(contract)s with %(other)s. Please look at every line, then confirm it or say why not."
    ),
    sample=_sample,
    acts=("settlement.confirm",),
)
letter(
    "settlement.closing",
    subject=_l("Please confirm the last sheet %(number)s of contract %(contract)s"),
    sentence=_l(
        "Contract with %(other)s is over: this sheet closes it, %(total)s to pay. It also says what becomes of the "
        "rest of the deposit, where there is one. Please look at every line, then confirm it or say why not."
    ),
    sample=_sample,
    acts=("settlement.confirm",),
)
letter(
    "settlement.confirmed_by_one",
    subject=_l("%(other)s confirmed settlement sheet %(number)s"),
    sentence=_l("Contract %(contract)s, %(total)s. Your yes is still missing."),
    sample=_sample,
    acts=("settlement.confirm",),
)
for _kind, _subject, _sentence in (
    (
        "disagreed",
        _l("Settlement sheet %(number)s was not confirmed"),
        _l("%(other)s: %(words)s. Sheet %(new)s was drawn up instead of it."),
    ),
    (
        "to_pay",
        _l("%(total)s to pay by %(day)s, sheet %(number)s"),
        _l("Both sides confirmed the sheet of contract %(contract)s. The code to scan stands on its page."),
    ),
    (
        "to_come",
        _l("%(total)s will come by %(day)s, sheet %(number)s"),
        _l("Both sides confirmed the sheet. %(other)s pays for contract %(contract)s."),
    ),
    (
        "owed_back",
        _l("Sheet %(number)s: nothing is to be paid"),
        _l(
            "Both sides confirmed it. %(total)s are left and are taken off the next sheet of contract %(contract)s."
        ),
    ),
    (
        "closed_back",
        _l("Last sheet %(number)s: %(total)s come back to the buyer"),
        _l(
            "Both sides confirmed it, and no later sheet comes. It is taken off earlier sheets of contract "
            "%(contract)s; what was paid for them, and what is left, the seller pays back."
        ),
    ),
    (
        "deposit_to_return",
        _l("Please give back %(total)s of the deposit by %(day)s"),
        _l("Both sides confirmed sheet %(number)s, which closes contract %(contract)s with %(other)s."),
    ),
    (
        "deposit_comes_back",
        _l("%(total)s of your deposit come back by %(day)s"),
        _l("Both sides confirmed sheet %(number)s, which closes contract %(contract)s with %(other)s."),
    ),
    (
        "deposit_kept",
        _l("%(total)s of the deposit stay with the seller"),
        _l("Both sides confirmed sheet %(number)s, which closes contract %(contract)s with %(other)s."),
    ),
    (
        "paid",
        _l("Settlement sheet %(number)s is paid: %(total)s"),
        _l("Contract %(contract)s with %(other)s."),
    ),
    (
        "part",
        _l("Your part of sheet %(number)s: %(total)s"),
        _l(
            "%(other)s leads the pool of contract %(contract)s and hands it on to you once the buyer has paid."
        ),
    ),
    (
        "price_missing",
        _l("A market price is missing, contract %(contract)s"),
        _l(
            "Grade %(item)s, market price of %(day)s. Write it down on the contract's page, then it can be settled."
        ),
    ),
    (
        "inputs_given",
        _l("Did you receive: %(item)s, %(total)s?"),
        _l("%(other)s wrote it down as given ahead under contract %(contract)s. Please say whether it came."),
    ),
    (
        "inputs_declined",
        _l("Not received: %(item)s, %(total)s"),
        _l("%(other)s, contract %(contract)s: %(words)s"),
    ),
):
    letter(f"settlement.{_kind}", subject=_subject, sentence=_sentence, sample=_sample)


def drawn(settlement: Settlement) -> None:
    """To both: to confirm it by one tap."""
    _to_both(settlement, "closing" if settlement.closing else "drawn")


def confirmed_by_one(settlement: Settlement, side: ContractSide) -> None:
    """To the side whose yes is missing."""
    other = ContractSide.BUYER if side is ContractSide.SELLER else ContractSide.SELLER
    _to(settlement, other, "confirmed_by_one")


def disagreed(settlement: Settlement, new: Settlement, side: ContractSide | None, words: str) -> None:
    for each in (ContractSide.SELLER, ContractSide.BUYER):
        if each is not side:
            _to(settlement, each, "disagreed", words=words, new=new.number, url=_url(new))


def confirmed(settlement: Settlement) -> None:
    if not settlement.total:
        if settlement.owed_back:
            kind = "closed_back" if settlement.closing else "owed_back"
            _to_both(settlement, kind, total=formats.vnd(settlement.owed_back))
        return
    day = formats.date(settlement.due_on) if settlement.due_on else ""
    _to(settlement, ContractSide.BUYER, "to_pay", day=day)
    _to(settlement, ContractSide.SELLER, "to_come", day=day)


def deposit_ended(settlement: Settlement, day: dt.date) -> None:
    """To both: what is given back and by when, or what stays."""
    end = settlement.deposit_end
    if end is None:
        return
    if end.kept:
        _to_both(settlement, "deposit_kept", total=formats.vnd(end.kept))
        return
    back = {"total": formats.vnd(end.returned), "day": formats.date(day)}
    _to(settlement, ContractSide.SELLER, "deposit_to_return", **back)
    _to(settlement, ContractSide.BUYER, "deposit_comes_back", **back)


def paid(settlement: Settlement) -> None:
    if settlement.total:
        _to_both(settlement, "paid")


def part(part: SettlementPart) -> None:
    """To a member of the pool, about its own part only."""
    contract = part.settlement.contract
    tell(
        organisation_id=part.cooperative.organisation_id,
        kind="settlement.part",
        url=f"/desk/settlements/parts/{part.settlement.ref}",
        key=f"settlement.part:{part.id}",
        number=part.settlement.number,
        contract=contract.number or "",
        other=contract.cooperative.name,
        total=formats.vnd(part.amount),
    )


def price_missing(contract: Contract, missing: Missing) -> None:
    """To both, once for each grade and day."""
    for side in (ContractSide.SELLER, ContractSide.BUYER):
        organisation_id, _other = _ends(contract, side)
        tell(
            organisation_id=organisation_id,
            kind="settlement.price_missing",
            url=f"/contracts/{contract.ref}",
            key=f"settlement.price_missing:{contract.id}:{missing.grade}:{missing.market_day}:{organisation_id}",
            contract=contract.number or "",
            item=missing.grade or "–",
            day=formats.date(missing.market_day),
        )


def inputs_given(advance: InputAdvance) -> None:
    contract = advance.contract
    _about_inputs(advance, "inputs_given", contract.cooperative.organisation_id, contract.buyer.name)


def inputs_declined(advance: InputAdvance) -> None:
    contract = advance.contract
    _about_inputs(
        advance, "inputs_declined", contract.buyer_id, contract.cooperative.name, words=advance.words
    )


def _about_inputs(
    advance: InputAdvance, kind: str, organisation_id: int, other: str, words: str = ""
) -> None:
    tell(
        organisation_id=organisation_id,
        kind=f"settlement.{kind}",
        url=f"/contracts/{advance.contract.ref}/settlements",
        key=f"settlement.{kind}:{advance.id}",
        item=advance.item,
        total=formats.vnd(advance.value),
        contract=advance.contract.number or "",
        other=other,
        words=words,
    )


def _to_both(settlement: Settlement, kind: str, **more: Any) -> None:
    for side in (ContractSide.SELLER, ContractSide.BUYER):
        _to(settlement, side, kind, **more)


def _to(settlement: Settlement, side: ContractSide, kind: str, **more: Any) -> None:
    contract = settlement.contract
    organisation_id, other = _ends(contract, side)
    tell(
        organisation_id=organisation_id,
        kind=f"settlement.{kind}",
        key=f"settlement.{kind}:{settlement.id}:{organisation_id}",
        about=settlement.id,
        **{
            "url": _url(settlement),
            "number": settlement.number,
            "contract": contract.number or "",
            "other": other,
            "total": formats.vnd(settlement.total),
            **more,
        },
    )


def _ends(contract: Contract, side: ContractSide) -> tuple[int, str]:
    """(Whom it is written to, who is the other)."""
    if side is ContractSide.SELLER:
        return contract.cooperative.organisation_id, contract.buyer.name
    return contract.buyer_id, contract.cooperative.name


def _url(settlement: Settlement) -> str:
    return f"/contracts/{settlement.contract.ref}/settlements/{settlement.ref}"
