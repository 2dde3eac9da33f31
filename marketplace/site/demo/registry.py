"""Entering the demonstration's cooperatives as their directors and the alliance's officer would."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random
from typing import Any

from sqlalchemy import select
from stdnum.vn import mst

from marketplace.accounts import services as accounts
from marketplace.accounts.models import Person
from marketplace.accounts.states import Role
from marketplace.cooperatives import services as cooperatives
from marketplace.cooperatives.models import Certificate, Cooperative
from marketplace.cooperatives.states import Kind, PaperKind, Sector
from marketplace.deliveries import services as deliveries
from marketplace.deliveries.models import PickupPoint
from marketplace.deliveries.windows import Hours, Opening
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.money import Money
from marketplace.foundation.text import fold
from marketplace.places import queries as places
from marketplace.places import services as addresses
from marketplace.places.models import Address, AdminUnit
from marketplace.site.demo import people
from marketplace.site.demo.sellers import SELLERS, Seller

TITLES = {"cooperative": "Giám đốc", "coop_union": "Tổng giám đốc", "coop_group": "Tổ trưởng"}
AGRIBANK, COOPBANK = "970405", "970446"


@dataclass
class Province:
    """What has been entered so far, by the keys of the data modules."""

    officer: Person
    cooperatives: dict[str, Cooperative] = field(default_factory=dict)
    directors: dict[str, Person] = field(default_factory=dict)
    papers: dict[tuple[str, str], Certificate] = field(default_factory=dict)
    points: dict[str, PickupPoint] = field(default_factory=dict)
    old_units: dict[str, AdminUnit] = field(default_factory=dict)
    units: dict[str, AdminUnit] = field(default_factory=dict)

    def find_units(self) -> None:
        """The communes of the old and of today's province, by code."""
        both = select(AdminUnit.id).where(AdminUnit.level == 1, AdminUnit.code.in_(["30", "31"]))
        near = db.session.scalars(both).all()
        districts = select(AdminUnit.id).where(AdminUnit.level == 2, AdminUnit.parent_id.in_(near))
        communes = select(AdminUnit).where(
            AdminUnit.level == 3, AdminUnit.parent_id.in_(near) | AdminUnit.parent_id.in_(districts)
        )
        for unit in db.session.scalars(communes):
            (self.units if unit.is_current else self.old_units)[unit.code] = unit


def enter_cooperatives(province: Province, chance: Random) -> None:
    for number, seller in enumerate(SELLERS):
        with clock.standing_at(clock.now() - dt.timedelta(days=620 - 3 * number)):
            _enter(province, seller, number, chance)


def tax_code(number: int) -> str:
    """The n-th code with prefix 99, which belongs to no province, that passes the check."""
    base, found = 990_000_200, -1
    while True:
        base += 1
        nine = str(base)
        rest = sum(w * int(d) for w, d in zip((31, 29, 23, 19, 17, 13, 7, 5, 3), nine, strict=True)) % 11
        if rest and (check := 10 - rest) < 10 and mst.is_valid(f"{nine}{check}"):
            found += 1
            if found == number:
                return f"{nine}{check}"


def _enter(province: Province, seller: Seller, number: int, chance: Random) -> None:
    officer = province.officer
    director = accounts.create_person(
        name=seller.director,
        title=seller.title,
        phone=people.phone(number),
        email=seller.email or None,
        password=people.KEY_TO_THE_DEMONSTRATION if seller.email else None,
        by=officer,
    )
    people.quiet(director)
    farms = seller.sector == "agriculture"
    cooperative = cooperatives.enter(
        kind=Kind(seller.kind),
        name=seller.name,
        short_name=seller.short,
        name_en=seller.name_en,
        address=_address(province, seller, chance),
        by=officer,
        sector=Sector(seller.sector),
        tax_code="" if seller.kind == "coop_group" else tax_code(number),
        registration_no="" if seller.kind == "coop_group" else f"{number + 1:02d}/HTX-MẪU",
        phone=people.phone(number),
        zalo=people.phone(number),
        email=seller.email,
        legal_rep_name=seller.director,
        legal_rep_title=TITLES[seller.kind],
        **_figures(seller, chance),
        business_lines="Dịch vụ nông nghiệp, tiêu thụ nông sản" if farms else "Sản xuất, thương mại, dịch vụ",
        story_vi=seller.story_vi,
        story_en=seller.story_en,
        hue=seller.hue,
        scene=seller.scene,
    )
    accounts.add_member(
        organisation=cooperative.organisation, person=director, role=Role.DIRECTOR, by=officer
    )
    province.cooperatives[seller.key], province.directors[seller.key] = cooperative, director
    _move(province, seller, cooperative)
    if seller.state == "admitted":
        _bank_account(province, seller, number)
        _ways_to_deliver(province, seller, chance)


def _figures(seller: Seller, chance: Random) -> dict[str, Any]:
    """Members, land and money: invented, but never for a cooperative that exists."""
    if seller.key == "duc-chinh":
        return {"members_official": 114, "area_ha": Decimal(360)}
    if seller.real:
        return {}
    farms = seller.sector == "agriculture"
    return {
        "registered_on": dt.date(chance.randint(1997, 2022), chance.randint(1, 12), chance.randint(1, 28)),
        "register_office": "Phòng Tài chính – Kế hoạch (dữ liệu minh hoạ)",
        "charter_capital": Money(chance.randint(3, 60) * 100_000_000),
        "members_official": chance.randint(11, 180),
        "households_served": chance.randint(200, 1400) if farms else None,
        "workers": chance.randint(6, 60),
        "area_ha": Decimal(chance.randint(60, 900)) / 10 if farms else None,
        "is_new_model": chance.random() < 0.35,
    }


def _address(province: Province, seller: Seller, chance: Random) -> Address:
    unit = province.old_units[seller.commune]
    address = addresses.make_address(
        line1="Trụ sở hợp tác xã",
        unit_id=unit.id,
        lat=round((unit.lat or 20.93) + chance.uniform(-0.006, 0.006), 6),
        lon=round((unit.lon or 106.33) + chance.uniform(-0.006, 0.006), 6),
        by=province.officer,
    )
    if seller.heir and address.unit_current is None:
        heirs = places.current_of(unit)
        chosen = next(heir for heir in heirs if seller.heir in (heir.code, fold(heir.name)))
        addresses.confirm_unit(address=address, unit_id=chosen.id, by=province.officer)
    return address


def _move(province: Province, seller: Seller, cooperative: Cooperative) -> None:
    def advance(step: str, reason: str = "") -> None:
        cooperatives.advance(cooperative=cooperative, step=step, reason=reason, by=province.officer)

    if seller.state == "applied":
        return
    advance("take_up")
    if seller.state == "under_review":
        return
    advance("admit")
    if seller.state == "suspended":
        advance("suspend", seller.reason)
    if seller.state == "left":
        advance("leave", seller.reason)


def _bank_account(province: Province, seller: Seller, number: int) -> None:
    """Most bank with Agribank, some with Co-opBank; one waits to be verified, one asks for another "
    "account."""
    cooperative, director = province.cooperatives[seller.key], province.directors[seller.key]
    bank, account_number = (
        (COOPBANK, f"99000000{number:04d}") if number % 4 == 3 else (AGRIBANK, f"2300990{number:06d}")
    )
    account = cooperatives.ask_bank_account(
        cooperative=cooperative, bin=bank, number=account_number, holder=seller.name, by=director
    )
    if seller.key != "van-tai":
        cooperatives.verify_bank_account(account=account, by=province.officer)
    if seller.key == "hoang-dieu":
        cooperatives.ask_bank_account(
            cooperative=cooperative,
            bin=COOPBANK,
            number=f"99000900{number:04d}",
            holder=seller.name,
            by=director,
        )


DAILY = range(7)
WORKDAYS = range(6)
MARKET_DAYS = (1, 3, 5)
YARD_HOURS = (
    ((DAILY, 7, 11),),
    ((WORKDAYS, 6, 10), (WORKDAYS, 14, 17)),
    ((DAILY, 5, 9),),
)
SHARED_POINTS = {
    "dong-lac": ("Chợ Sao Đỏ, cổng phía đông", "Sao Đỏ market, east gate", "Gửi xe miễn phí ở cổng."),
    "duc-chinh": ("Nhà văn hoá Cẩm Giàng", "Cẩm Giàng house of culture", "Gọi trước khi đến 15 phút."),
}
"""Points that their owners open to others: name, name in English, a note."""

SHARING = (("tan-minh-duc", "dong-lac", True), ("thang-long", "dong-lac", True), ("an-phu", "duc-chinh", True),
           ("lac-long", "dong-lac", False))  # fmt: skip
"""Who asked to use whose point, and whether the owner has agreed already."""


def _ways_to_deliver(province: Province, seller: Seller, chance: Random) -> None:
    cooperative, director = province.cooperatives[seller.key], province.directors[seller.key]
    deliveries.add_option(
        cooperative=cooperative,
        name_vi="Xe của hợp tác xã",
        name_en="The cooperative's own truck",
        rules=_fees(cooperative, chance.choice((50_000, 60_000, 70_000, 80_000))),
        hours=_hours(((WORKDAYS, 8, 11), (WORKDAYS, 14, 18)), chance.choice((16, 18, 20))),
        by=director,
    )
    deliveries.add_point(
        cooperative=cooperative,
        name_vi="Sân kho hợp tác xã",
        name_en="The cooperative's yard",
        address=f"Sân kho {seller.short}",
        hours=_hours(chance.choice(YARD_HOURS), 20),
        by=director,
    )
    if seller.key in SHARED_POINTS:
        name_vi, name_en, note = SHARED_POINTS[seller.key]
        province.points[seller.key] = deliveries.add_point(
            cooperative=cooperative,
            name_vi=name_vi,
            name_en=name_en,
            address=places.short_label(cooperative.address),
            note=note,
            hours=_hours(((MARKET_DAYS, 6, 9),), 12),
            open_to_others=True,
            by=director,
        )


def _fees(cooperative: Cooperative, dear: int) -> list[dict[str, Any]]:
    """Cheap nearby, dearer with the weight elsewhere, free for a large order."""
    rules: list[dict[str, Any]] = [
        {"up_to_kg": Decimal(50), "fee": Money(dear), "free_from": Money(3_000_000)},
        {
            "over_kg": Decimal(50),
            "up_to_kg": Decimal(500),
            "fee": Money(dear * 2),
            "free_from": Money(8_000_000),
        },
        {"over_kg": Decimal(500), "fee": Money(dear * 6)},
    ]
    near = cooperative.address.unit_current_id if cooperative.address else None
    if near is not None:
        rules.append({"unit_id": near, "fee": Money(20_000), "free_from": Money(500_000)})
    return rules


def _hours(spans: Iterable[tuple[Iterable[int], int, int]], order_by: int) -> Hours:
    """Until `order_by` o'clock of the day before."""
    return Hours(
        weekly=tuple(
            Opening(day, dt.time(opens), dt.time(closes)) for days, opens, closes in spans for day in days
        ),
        order_by=dt.time(order_by),
    )


def share_points(province: Province) -> None:
    """Neighbours hand over at one place: two do, one waits for an answer."""
    for asking, owner, agreed in SHARING:
        share = deliveries.ask_to_share(
            point=province.points[owner],
            cooperative=province.cooperatives[asking],
            by=province.directors[asking],
        )
        if agreed:
            deliveries.agree_to_share(share=share, by=province.directors[owner])


def paper_of(province: Province, key: str, wanted: str, scope: str) -> Certificate | None:
    """The cooperative's verified certificate of this kind, entered when it is first needed."""
    if not wanted:
        return None
    if (key, wanted) not in province.papers:
        province.papers[key, wanted] = _certify(province, key, wanted, scope)
    return province.papers[key, wanted]


ISSUERS = {
    PaperKind.VIETGAP: ("Tổ chức chứng nhận VietGAP (minh hoạ)", 730),
    PaperKind.GLOBALGAP: ("Tổ chức chứng nhận GlobalGAP (minh hoạ)", 365),
    PaperKind.OCOP: ("Hội đồng OCOP (minh hoạ)", 1095),
    PaperKind.COLLECTIVE_MARK: ("Cục Sở hữu trí tuệ (minh hoạ)", 3650),
    PaperKind.FOOD_SAFETY: ("Cơ quan an toàn thực phẩm (minh hoạ)", 1095),
}
# Days until the paper of a cooperative ends, where it is not the usual: soon, or already past.
ENDS_IN = {"dong-lac": 420, "nhan-hue": 24, "hoang-dieu": 52, "thanh-quang": 6, "gia-tan": -9}


def _certify(province: Province, key: str, wanted: str, scope: str) -> Certificate:
    kind, stars = (PaperKind.OCOP, int(wanted[4])) if wanted.startswith("ocop") else (PaperKind(wanted), None)
    issuer, lasts = ISSUERS[kind]
    today = clock.today()
    ends = today + dt.timedelta(days=ENDS_IN.get(key, 90 + 37 * len(province.papers) % (lasts - 120)))
    issued = ends - dt.timedelta(days=lasts)
    seen = max(issued + dt.timedelta(days=14), today - dt.timedelta(days=300))
    with clock.standing_at(clock.start_of_day(min(seen, today)) + dt.timedelta(hours=9)):
        paper = cooperatives.add_certificate(
            cooperative=province.cooperatives[key],
            kind=kind,
            number=f"MẪU-{str(kind)[:2].upper()}-{len(province.papers) + 1:04d}",
            scope=scope,
            area_ha=Decimal(12 + len(province.papers) % 30) if kind is PaperKind.VIETGAP else None,
            stars=stars,
            issued_by=issuer,
            issued_on=issued,
            expires_on=ends,
            by=province.directors[key],
        )
        cooperatives.verify_certificate(certificate=paper, by=province.officer)
    return paper


def papers_to_look_at(province: Province) -> None:
    """Two papers wait for the office, one was turned down."""
    today = clock.today()
    for key, kind in (
        ("tan-dan", PaperKind.VIETGAP),
        ("nam-tan", PaperKind.VIETGAP),
        ("minh-duc", PaperKind.OCOP),
    ):
        paper = cooperatives.add_certificate(
            cooperative=province.cooperatives[key],
            kind=kind,
            number=f"MẪU-CHỜ-{key.upper()}",
            stars=3 if kind is PaperKind.OCOP else None,
            issued_by=ISSUERS[kind][0],
            issued_on=today - dt.timedelta(days=12),
            expires_on=today + dt.timedelta(days=700),
            by=province.directors[key],
        )
        if key == "minh-duc":
            cooperatives.reject_certificate(
                certificate=paper, reason="Ảnh chụp mờ, không đọc được số quyết định.", by=province.officer
            )
