"""Who owes whom: a payee and one of its buyers, named in an address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select

from marketplace.accounts import queries as people
from marketplace.accounts.models import Organisation
from marketplace.cooperatives import queries as cooperatives
from marketplace.foundation.db import db
from marketplace.foundation.words import _
from marketplace.payments.models import Charge

GUESTS = "guests"


@dataclass(frozen=True)
class Buyer:
    """An organisation, a person buying for themselves, or everybody who bought without an account."""

    ref: str
    name: str
    organisation_id: int | None = None
    person_id: int | None = None

    @property
    def known(self) -> bool:
        return self.ref != GUESTS

    def owes(self) -> ColumnElement[bool]:
        """The condition on a charge: this buyer pays it. What somebody bought for an organisation is not theirs."""
        if self.organisation_id is not None:
            return Charge.payer_organisation_id == self.organisation_id
        if self.person_id is not None:
            return and_(Charge.payer_organisation_id.is_(None), Charge.payer_person_id == self.person_id)
        return and_(Charge.payer_organisation_id.is_(None), Charge.payer_person_id.is_(None))


@dataclass(frozen=True)
class Account:
    """What one buyer and one payee owe each other."""

    payee: Organisation
    buyer: Buyer

    @property
    def buyer_ref(self) -> str:
        return self.buyer.ref

    @property
    def ref(self) -> str:
        return f"{self.buyer.ref}-{self.payee.ref}"

    def holds(self) -> ColumnElement[bool]:
        return and_(Charge.payee_organisation_id == self.payee.id, self.buyer.owes())


def guests() -> Buyer:
    return Buyer(GUESTS, _("Buyers without an account"))


def buyer_by_ref(ref: str) -> Buyer | None:
    if ref == GUESTS:
        return guests()
    if (organisation := people.organisation_by_ref(ref)) is not None:
        return Buyer(ref, organisation.name, organisation_id=organisation.id)
    person = people.person_by_ref(ref)
    return Buyer(ref, person.name, person_id=person.id) if person is not None else None


def sellers_account(payee: Organisation | None, ref: str) -> Account | None:
    """The payee's account with a buyer it has sold to; another buyer is nobody to it."""
    buyer = buyer_by_ref(ref) if payee is not None else None
    return _if_dealt(Account(payee, buyer)) if payee is not None and buyer is not None else None


def buyers_account(ref: str, user: Any) -> Account | None:
    """A buyer's own account with a payee: their own, or of an organisation they act for."""
    buyer_ref, _dash, payee_ref = ref.partition("-")
    buyer = next((b for b in buying_as(user) if b.ref == buyer_ref), None)
    payee = people.organisation_by_ref(payee_ref) if buyer is not None else None
    return _if_dealt(Account(payee, buyer)) if payee is not None and buyer is not None else None


def buying_as(user: Any) -> list[Buyer]:
    """Themselves, then the organisations they act for."""
    if user is None or not user.is_authenticated:
        return []
    own = Buyer(user.ref, user.name, person_id=user.id)
    acting = [m.organisation for m in user.memberships]
    return [own, *(Buyer(o.ref, o.name, organisation_id=o.id) for o in acting)]


def bought_by(buyers: list[Buyer]) -> ColumnElement[bool]:
    return or_(*(buyer.owes() for buyer in buyers))


def _if_dealt(account: Account) -> Account | None:
    return account if db.session.scalar(select(exists().where(account.holds()))) else None


def payee_of(user: Any) -> Organisation | None:
    """Whom somebody acts for when money comes: their desk's cooperative; for an officer without one the alliance."""
    cooperative = cooperatives.desk_cooperative(user)
    if cooperative is not None:
        return cooperative.organisation
    return people.alliance() if user.is_officer else None


def pays_alliance(user: Any) -> bool:
    """Whether the pages about bank statements stand in the office, not on a cooperative's desk."""
    return bool(user.is_authenticated and user.is_officer and cooperatives.desk_cooperative(user) is None)
