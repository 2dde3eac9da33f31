"""Contracts of what was awarded: written, offered, signed by both with their codes; or given up."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import partial
from typing import Any

from sqlalchemy import select

from marketplace.accounts.models import Person
from marketplace.foundation.db import db
from marketplace.foundation.money import Money
from marketplace.inbox.models import Notice
from marketplace.linkage import queries, services
from marketplace.linkage.models import Contract, NeedAward
from marketplace.linkage.states import AwardKind
from marketplace.linkage.terms import Content
from marketplace.places import queries as places
from marketplace.site.winter.life import Season, rounded

SECOND_GRADE = 65
"""What was refused as first grade and taken as second costs so many hundredths."""


def agree(season: Season) -> None:
    """Every award that has no contract yet."""
    for award_id in season.read(_awarded):
        contract_id = season.do("contract written", partial(_write, season, award_id))
        if contract_id is None:
            continue
        if season.happens("drops_contract"):
            season.do("contract dropped", partial(_drop, season, contract_id))
            continue
        for side in ("seller", "buyer"):
            if season.do("code sent", partial(_ask_code, season, contract_id, side)):
                season.do("signature", partial(_sign, season, contract_id, side))


def _awarded() -> list[int]:
    """Parts whose answer no contract names."""
    known = select(Contract.origin)
    query = select(NeedAward.id).where(NeedAward.kind == AwardKind.PART, NeedAward.source.not_in(known))
    return [*db.session.scalars(query.order_by(NeedAward.id))]


def _write(season: Season, award_id: int) -> int:
    """The buyer's director writes what the award does not say."""
    award = db.session.get_one(NeedAward, award_id)
    by = season.person(season.company(award.need.organisation_id).director)
    contract = services.contract_from_award(award=award, by=by)
    version = contract.versions[0]
    content = queries.content_shown(version, by)
    for section, told in _terms(season, award, content, by).items():
        services.fill_in(version=version, section=section, told={**content[section], **told}, by=by)
    services.offer(version=version, by=by)
    return contract.id


def _terms(season: Season, award: NeedAward, content: Content, by: Person) -> dict[str, dict[str, Any]]:
    chance, depot = season.chance("contracts"), award.need.depot
    where = places.label(depot.address) if depot is not None else ""
    return {
        "parties": {
            "seller_representative": award.cooperative.legal_rep_name,
            "buyer_representative": by.name,
            "buyer_address": content["parties"]["buyer_address"] or where,
            "witness": False,
        },
        "goods": {"standard": content["goods"]["standard"] or "Hàng tươi, sạch đất, không dập thối"},
        "delivery": {
            "place": content["delivery"]["place"] or where,
            "deduction": Decimal(chance.choice((0, 0, 1, 2))),
        },
        "quantity": {"tolerance": Decimal(chance.choice((5, 5, 10)))},
        "price": _price(season, content["price"]),
        "payment": {"days": season.behaviour.payment_days, "late_rate": Decimal(12)},
    }


def _price(season: Season, told: dict[str, Any]) -> dict[str, Any]:
    """Most at the price that was quoted, some with it as the floor and a share of what the market pays above."""
    first = told["grades"][0]
    sign, price = first["grade"] or "1", int(first["price"])
    grades = [
        {**first, "grade": sign},
        {**first, "grade": "2", "price": Money(rounded(price * SECOND_GRADE / 100, 10))},
    ]
    if season.chance("contracts").random() < 0.25:
        return {
            "kind": "floor_share",
            "share": Decimal(50),
            "reference": "Bảng giá của Liên minh",
            "grades": grades,
        }
    return {"grades": grades}


def _drop(season: Season, contract_id: int) -> None:
    contract = queries.contract_by_id(contract_id)
    by = season.person(season.grower(contract.cooperative_id).director)
    services.drop(version=contract.versions[0], reason="Không thống nhất được cách trả tiền", by=by)


def _signer(season: Season, contract: Contract, side: str) -> Person:
    if side == "seller":
        return season.person(season.grower(contract.cooperative_id).director)
    return season.person(season.company(contract.buyer_id).director)


def _ask_code(season: Season, contract_id: int, side: str) -> bool:
    contract = queries.contract_by_id(contract_id)
    services.send_code(version=contract.versions[0], by=_signer(season, contract, side))
    return True


def _sign(season: Season, contract_id: int, side: str) -> None:
    contract = queries.contract_by_id(contract_id)
    version, by = contract.versions[0], _signer(season, contract, side)
    assert version.offered is not None, "it was offered"
    services.sign(
        version=version,
        code=_code_told(by),
        seen=version.offered.sha256,
        name=by.name,
        title="Giám đốc",
        by=by,
    )


def _code_told(person: Person) -> str:
    """As the person reads it in the app."""
    query = select(Notice.subject_vi).where(Notice.person_id == person.id, Notice.kind == "contract.code")
    found = re.search(r"(\d{3}) (\d{3})", db.session.scalars(query.order_by(Notice.id.desc())).first() or "")
    assert found is not None, "a code was sent"
    return "".join(found.groups())
