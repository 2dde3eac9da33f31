"""Slips that somebody does not agree with, for tests that begin in the middle."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from marketplace.accounts.models import Person
from marketplace.foundation.db import db, transaction
from marketplace.fulfilment import services
from marketplace.fulfilment.correcting import Shift
from marketplace.fulfilment.models import Acceptance, AcceptanceLine, SlipDispute
from marketplace.fulfilment.states import Outcome
from marketplace.linkage.states.contract import ContractSide
from tests.buyers.company import Company
from tests.dossiers.papers import photo as a_photo
from tests.fulfilment.world import arrived, fresh, good, kept, refused, signed
from tests.world import World

SELLER, BUYER = ContractSide.SELLER, ContractSide.BUYER


def photos(number: int = 1) -> list[tuple[Any, str]]:
    return [(io.BytesIO(a_photo()), f"anh-{each}.jpg") for each in range(number)]


def disputable(world: World, company: Company, slot: int = 0) -> Acceptance:
    """Two tonnes came: 1,700 kg of grade 1, 100 of grade 2, 200 refused as broken; the buyer has signed."""
    contract = kept(world, company)
    slip = arrived(world, company, contract, slot=slot)
    return signed(slip, company.huy, [good(1700), good(100, "2"), refused(200)])


def line_of(slip: Acceptance, outcome: Outcome, grade: str = "") -> AcceptanceLine:
    return next(line for line in slip.lines if line.outcome is outcome and line.grade == grade)


def as_grade(slip: Acceptance, kg: int | str, grade: str = "1") -> Shift:
    """So many of the refused kilograms should count as a grade."""
    return Shift(line_of(slip, Outcome.REJECTED).id, Decimal(kg), Outcome.ACCEPTED, grade)


def raised(
    slip: Acceptance, by: Person, kg: int | str = 120, *, consents: bool = False, **more: Any
) -> SlipDispute:
    """By the seller: so many of the refused should count as grade 1."""
    told: dict[str, Any] = {"side": SELLER, "photos": photos(), "words": "Củ không nứt", **more}
    if "shifts" not in told:
        told["shifts"] = [as_grade(slip, kg)]
    with transaction():
        return services.dispute.raise_dispute(acceptance=slip, consents=consents, by=by, **told)


def answered(dispute: SlipDispute, by: Person, **more: Any) -> SlipDispute:
    with transaction():
        services.dispute.answer(dispute=dispute, words="Củ bị nứt", by=by, **more)
    return dispute


def told(slip_id: int) -> tuple[str, list[tuple[str, str, Decimal]]]:
    """State of a slip and the lines that count."""
    fresh()
    slip = db.session.scalars(select(Acceptance).where(Acceptance.id == slip_id)).one()
    return slip.state, [(line.outcome, line.grade, line.kg) for line in slip.lines]
