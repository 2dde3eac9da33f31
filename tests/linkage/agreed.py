"""A contract between Đồng Lạc and BigMart, made through the services, for tests that begin in the middle."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from marketplace.accounts.models import Person
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.money import Money
from marketplace.inbox.models import Notice
from marketplace.linkage import queries, services
from marketplace.linkage.models import CallOff, CallRound, Contract, ContractVersion, Need, NeedAward
from marketplace.linkage.terms import Content
from marketplace.supply import queries as ledger
from marketplace.supply.states import ClaimState
from tests.buyers.company import Company
from tests.world import World


def monday(ahead: int = 2) -> dt.date:
    """The Monday so many weeks from now."""
    today = clock.today()
    return today - dt.timedelta(days=today.weekday()) + dt.timedelta(weeks=ahead)


def told(world: World, **changed: Any) -> Content:
    """Sections that may be offered: ten weeks of two tonnes of grade 1 at 6,200 đồng."""
    sections: Content = {
        "head": {
            "form": "LK3",
            "from_day": clock.today(),
            "until_day": clock.today() + dt.timedelta(days=200),
            "cycle_months": 4,
        },
        "goods": {
            "standard": "Củ thẳng, 150–250 g, không nứt",
            "lines": [
                {
                    "product_id": world.carrots.id,
                    "name": world.carrots.name_vi,
                    "name_en": world.carrots.name_en,
                    "variety": "Ti-103",
                    "area_ha": Decimal("3.5"),
                    "grade_words": "Loại 1",
                }
            ],
        },
        "quantity": {
            "tolerance": Decimal(5),
            "spans": [
                {
                    "goods": 0,
                    "first": monday(),
                    "last": monday(11) + dt.timedelta(days=6),
                    "each": "week",
                    "quantity": Decimal(2000),
                }
            ],
        },
        "price": {
            "kind": "fixed",
            "reference_day": "delivery",
            "grades": [
                {"grade": "1", "price": Money(6_200), "ceiling": None, "of_market": Decimal(100)},
                {"grade": "2", "price": Money(4_300), "ceiling": None, "of_market": Decimal(100)},
            ],
        },
        "parties": {
            "seller_representative": "Nguyễn Văn Hùng",
            "buyer_representative": "Lê Quang Huy",
            "buyer_address": "Sao Đỏ, Chí Linh",
            "witness": True,
        },
    }
    return {key: {**sections.get(key, {}), **changed.get(key, {})} for key in {**sections, **changed}}


def drafted(world: World, company: Company, by: Person | None = None, **changed: Any) -> Contract:
    by = by or world.director
    with transaction():
        contract = services.draft_contract(
            cooperative=world.dong_lac, buyer=company.bigmart, title="Cà rốt vụ đông", by=by
        )
        version = contract.versions[0]
        kept = queries.content_shown(version, by)
        for section, values in told(world, **changed).items():
            services.fill_in(version=version, section=section, told={**kept[section], **values}, by=by)
    return contract


def offered(world: World, company: Company, by: Person | None = None, **changed: Any) -> Contract:
    contract = drafted(world, company, by, **changed)
    with transaction():
        services.offer(version=contract.versions[0], by=by or world.director)
    return contract


def code_of(person: Person) -> str:
    """The last code that was told to this person."""
    notice = db.session.scalars(
        select(Notice)
        .where(Notice.person_id == person.id, Notice.kind == "contract.code")
        .order_by(Notice.id.desc())
    ).first()
    assert notice is not None
    found = re.search(r"(\d{3}) (\d{3})", notice.subject_vi)
    assert found is not None
    return "".join(found.groups())


def sign(version: ContractVersion, by: Person) -> None:
    with transaction():
        services.send_code(version=version, by=by)
    assert version.offered is not None
    with transaction():
        services.sign(
            version=version,
            code=code_of(by),
            seen=version.offered.sha256,
            name=by.name,
            title="Giám đốc",
            by=by,
        )


def in_force(world: World, company: Company, **changed: Any) -> Contract:
    contract = offered(world, company, **changed)
    sign(contract.versions[0], company.huy)
    sign(contract.versions[0], world.director)
    return contract


def contracted(world: World, company: Company) -> dict[str, Any]:
    """What the addresses of contracts name: one in force, with an annex that the seller is writing."""
    contract = in_force(world, company)
    with transaction():
        annex = services.begin_annex(contract=contract, reason="Thêm hai tuần", by=world.director)
        services.compute_price(contract=contract, grade="1", day=monday(3), by=world.director)
    slots = plan(contract)
    called(contract, {slots[0]: Decimal(2000)}, company.huy)
    return {
        "contract": contract.ref,
        "version": annex.ref,
        "section": "quantity",
        "call_off": slots[0].ref,
        "asked_week": slots[0].week,
        "called_week": slots[1].week,
        "rung": "called",
        "figure": "called",
    }


def plan(contract: Contract) -> list[CallOff]:
    """Its slots as they stand now, in order."""
    db.session.rollback()
    db.session.expire_all()
    query = select(CallOff).where(CallOff.contract_id == contract.id).order_by(CallOff.week, CallOff.slot)
    return [*db.session.scalars(query)]


def called(contract: Contract, wanted: dict[CallOff, Decimal], by: Person) -> CallRound:
    refs = {slot.ref: kg for slot, kg in wanted.items()}
    with transaction():
        return services.call_off.call(contract=queries.contract_by_id(contract.id), wanted=refs, by=by)


def award_of(need: Need, source: str) -> NeedAward:
    found = queries.award_of_source(need.id, source)
    assert found is not None
    return found


def signed(contract: Contract, seller: Person, company: Company) -> Contract:
    """A contract from an award: its parties named, offered, signed by both."""
    version = contract.versions[0]
    with transaction():
        parties = {
            **queries.content_shown(version, seller)["parties"],
            "seller_representative": "Trần Thị Mai",
            "buyer_representative": "Lê Quang Huy",
            "buyer_address": "Sao Đỏ, Chí Linh",
        }
        services.fill_in(version=version, section="parties", told=parties, by=seller)
        services.offer(version=version, by=seller)
    sign(version, company.huy)
    sign(version, seller)
    db.session.expire_all()
    return contract


def ledger_of(holder: str) -> Decimal:
    """What the ledger of goods holds for somebody, in all."""
    claims = [claim for claim in ledger.claims_of(holder) if claim.state is ClaimState.HELD]
    return sum((claim.quantity for claim in claims), Decimal(0))
