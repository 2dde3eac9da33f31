"""What settlement sheets hold about people: who drew them up, confirmed and answered. The sheets are books of two
organisations and stay as the contract does."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, or_, select

from marketplace.accounts.holdings import Identity, did, holds, keeps, of
from marketplace.cooperatives.models import Cooperative
from marketplace.fulfilment.models import DepositEnd, InputAdvance, Settlement, SettlementLine
from marketplace.linkage.models import Contract


def _theirs(who: Identity) -> ColumnElement[bool]:
    return Settlement.contract_id.in_(_contracts(who))


def _given(who: Identity) -> ColumnElement[bool]:
    return InputAdvance.contract_id.in_(_contracts(who))


def _contracts(who: Identity) -> Select[int]:
    sold = select(Cooperative.id).where(of(Cooperative.organisation_id, "company")(who))
    return select(Contract.id).where(
        or_(Contract.cooperative_id.in_(sold), of(Contract.buyer_id, "company")(who))
    )


did(Settlement, "by_id", "seller_confirmed_by_id", "buyer_confirmed_by_id")
did(InputAdvance, "by_id", "answered_by_id")
holds(Settlement, _theirs, words=("words",), mention=True)
holds(InputAdvance, _given, words=("words", "item"), mention=True)
keeps(SettlementLine, "lines of settlement sheets: books between two organisations")
keeps(DepositEnd, "what became of deposits: books between two organisations")
