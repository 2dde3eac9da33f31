"""What becomes of the rest of a deposit once its contract is over: a proposal, which both sides confirm with the sheet.

Source: Civil Code 2015, article 328; the contract may say otherwise. The law names a side that refuses to keep the
contract. The record knows kilograms, so it takes a side for that only when it alone kept less of what was due than the
setting says; whatever else was missing is a matter of penalties, and both may say themselves who refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from marketplace import config
from marketplace.foundation import formats
from marketplace.foundation.money import Money
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, in_both
from marketplace.fulfilment.models import ContractShortfall
from marketplace.linkage.models import Contract
from marketplace.linkage.reckoning.deposit import REFUSER_LABELS, SAME_AGAIN, Outcome, Refuser, outcome
from marketplace.linkage.states.contract import CONTRACT_LABELS, SIDE_LABELS, ContractSide, ContractState
from marketplace.linkage.terms import Content

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Said:
    """Who refused, in the words of one side, instead of what the record tells."""

    refuser: Refuser
    side: str


@dataclass(frozen=True, slots=True)
class Ending:
    """What would become of it."""

    refuser: Refuser
    outcome: Outcome
    said_by: str
    fact: str
    words: dict[str, str]
    inputs: dict[str, Any]


def ending(
    contract: Contract,
    content: Content,
    left: Money,
    record: Sequence[ContractShortfall],
    said: Said | None,
) -> Ending | None:
    """Nothing where no part of a deposit is left."""
    if not left:
        return None
    refuser = said.refuser if said is not None else by_record(contract, record)
    share = content["advance"].get("deposit_double")
    share = SAME_AGAIN if share is None else share
    inputs = {
        "left": int(left),
        "state": str(contract.state),
        "rule": content["advance"].get("deposit_rule") or "",
        "share": str(share),
    }
    return Ending(
        refuser,
        outcome(left, refuser, agreed=share),
        said.side if said is not None else "",
        f"deposit:{contract.id}",
        in_both(lambda: _words(contract, refuser, said)),
        inputs,
    )


def by_record(contract: Contract, record: Sequence[ContractShortfall]) -> Refuser:
    """The side that alone kept so little of what was due that it counts as refusing; nobody of a fulfilled contract."""
    if contract.state is ContractState.FULFILLED:
        return Refuser.NOBODY
    most = config.current().deposit_refusal_percent
    refusing = {fact.side for fact in record if fact.missing > 0 and fact.kept * HUNDRED <= fact.lower * most}
    if refusing == {ContractSide.BUYER}:
        return Refuser.PAYER
    if refusing == {ContractSide.SELLER}:
        return Refuser.RECEIVER
    return Refuser.NOBODY


def _words(contract: Contract, refuser: Refuser, said: Said | None) -> str:
    about = {
        "state": _small(CONTRACT_LABELS[contract.state]),
        "day": formats.date(contract.ended_at, locale()) if contract.ended_at is not None else "–",
        "what": _small(REFUSER_LABELS[refuser]),
    }
    if said is None:
        return _("Contract: %(state)s on %(day)s. By the record: %(what)s.", **about)
    who = _small(SIDE_LABELS[ContractSide(said.side)])
    return _("Contract: %(state)s on %(day)s. As one side says (%(who)s): %(what)s.", who=who, **about)


def _small(words: Any) -> str:
    told = str(words)
    return told[:1].lower() + told[1:]
