"""Contracts of the demonstration: one in force for seven weeks, one that waits for the buyer, one being written.

Prices lie within what was seen in the trade; nobody signed anything like this."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from PIL import Image, ImageDraw
from sqlalchemy import select

from marketplace.accounts.models import Organisation, Person
from marketplace.accounts.queries import members_of
from marketplace.accounts.states import OrganisationKind
from marketplace.catalogue.models import Product
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
from marketplace.foundation.calendar import Week, week_of
from marketplace.foundation.db import db
from marketplace.foundation.media.receiving import Clean
from marketplace.foundation.money import Money
from marketplace.fulfilment.states import CONTRACT_DEPOSIT
from marketplace.linkage import queries, services
from marketplace.linkage.models import Contract, ContractVersion
from marketplace.payments import queries as money
from marketplace.payments import services as payments
from marketplace.payments.models import Charge
from marketplace.site.demo.goods import Goods
from marketplace.site.demo.registry import Province

WHOLE = Decimal(100)
BEGAN = dt.timedelta(weeks=7)
DEPOSIT = Money(5_000_000)


def contracts(province: Province, goods: Goods) -> int:
    """Between Đồng Lạc, a neighbour and the supermarket; returns how many."""
    buyer = db.session.scalars(
        select(Organisation).where(Organisation.kind == OrganisationKind.BUYER).order_by(Organisation.id)
    ).first()
    if buyer is None:
        return 0
    seller, director = province.cooperatives["dong-lac"], province.directors["dong-lac"]
    carrots = goods["dong-lac"][0]
    delivered_from = week_of(clock.today()) - 3
    with clock.standing_at(clock.now() - BEGAN):
        winter = _written(seller, buyer, carrots, director, "Cà rốt vụ đông", _winter(delivered_from))
        sign_on_paper(winter, director)
    with clock.standing_at(clock.now() - BEGAN + dt.timedelta(days=3)):
        see_money(money.charge_for(CONTRACT_DEPOSIT, winter.id), director)
    with clock.standing_at(clock.now() - dt.timedelta(days=2)):
        waiting = _written(seller, buyer, carrots, director, "Cà rốt cho Tết", FOR_TET)
        services.offer(version=waiting.versions[0], by=director)
        services.draft_contract(
            cooperative=next(each for key, each in province.cooperatives.items() if key != "dong-lac"),
            buyer=buyer,
            title="Liên kết rau vụ xuân",
            by=province.officer,
        )
    return 3


def sign_on_paper(contract: Contract, director: Person) -> None:
    """Offered by the seller, signed by both on paper, and confirmed by the buyer."""
    version: ContractVersion = contract.versions[0]
    services.offer(version=version, by=director)
    head = head_of(contract.buyer)
    scan = services.bring_scan(
        version=version,
        file=_sheet(),
        seller_name=director.name,
        buyer_name=head.name,
        signed_on=clock.today(),
        by=director,
    )
    services.confirm_scan(scan=scan, by=head)


def see_money(charge: Charge | None, director: Person) -> None:
    """The seller sees in its account what was asked for."""
    assert charge is not None and charge.to_pay is not None, "it was asked for"
    payments.confirm(charge=charge, amount=charge.to_pay, by=director)


def head_of(company: Organisation) -> Person:
    """Who signs for a buyer."""
    head: Person = next(member.person for member in members_of(company.id))
    return head


def _written(
    seller: Cooperative,
    buyer: Organisation,
    product: Product,
    by: Person,
    title: str,
    more: Mapping[str, Mapping[str, Any]],
) -> Contract:
    """Defaults, and what these two agreed."""
    contract = services.draft_contract(cooperative=seller, buyer=buyer, title=title, by=by)
    version = contract.versions[0]
    content = queries.content_shown(version, by)
    line = {
        "product_id": product.id,
        "name": product.name_vi,
        "name_en": product.name_en,
        "variety": "Ti-103",
        "area_ha": Decimal("6.5"),
        "grade_words": "Loại 1",
    }
    head = head_of(buyer)
    told: dict[str, dict[str, Any]] = {
        "head": {"from_day": clock.today(), "until_day": clock.today() + dt.timedelta(days=180)},
        "parties": {
            "seller_representative": by.name,
            "buyer_representative": head.name,
            "buyer_address": content["parties"]["buyer_address"] or "TP Hải Dương",
        },
        "goods": {"standard": "Củ thẳng, 150–250 g, không nứt, không thối", "lines": [line]},
        "delivery": {"place": content["delivery"]["place"] or "Kho của bên mua"},
        "quantity": {"spans": _weeks(week_of(clock.today()) + 5)},
    }
    for section in {**told, **more}:
        values = {**content[section], **told.get(section, {}), **more.get(section, {})}
        services.fill_in(version=version, section=section, told=values, by=by)
    return contract


def _weeks(first: Week) -> list[dict[str, Any]]:
    """Two tonnes in each of twelve weeks."""
    last = first.start + dt.timedelta(weeks=12, days=-1)
    return [{"goods": 0, "first": first.start, "last": last, "each": "week", "quantity": Decimal(2_000)}]


def _grade(sign: str, price: int, of_market: Decimal = WHOLE) -> dict[str, Any]:
    return {"grade": sign, "price": Money(price), "ceiling": None, "of_market": of_market}


def _sheet() -> Clean:
    """A drawn sheet in place of a scan."""
    sheet, file = Image.new("RGB", (420, 594), "white"), io.BytesIO()
    pen = ImageDraw.Draw(sheet)
    for row in range(60, 520, 18):
        pen.line((40, row, 380, row), fill="#999999")
    sheet.save(file, "JPEG")
    file.seek(0)
    return Clean(file, "hop-dong-da-ky.jpg")


def _winter(first: Week) -> dict[str, dict[str, Any]]:
    """A floor and half of what the market pays above it; a deposit; paid twenty days after acceptance."""
    return {
        "quantity": {"spans": _weeks(first)},
        "price": {
            "kind": "floor_share",
            "share": Decimal(50),
            "reference": "Giá cà rốt tại ruộng, chợ đầu mối Đức Chính",
            "weekly_review": True,
            "grades": [_grade("1", 5_000), _grade("2", 3_500, Decimal(70))],
        },
        "advance": {"deposit": DEPOSIT, "deposit_day": clock.today() + dt.timedelta(days=7)},
        "delivery": {"from_time": dt.time(5), "until_time": dt.time(11)},
        "payment": {"days": 20},
        "breach": {"penalty": Decimal(8)},
    }


FOR_TET: dict[str, dict[str, Any]] = {
    "price": {"kind": "fixed", "grades": [_grade("1", 6_200), _grade("2", 4_300)]},
    "advance": {
        "deposit_rate": Decimal(10),
        "inputs": [
            {"item": "Hạt giống Ti-103", "amount": "40 kg", "value": Money(32_000_000), "given_on": None}
        ],
    },
}
