"""A small named world, made through the services as people would make it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import select, update

from marketplace.accounts import services as accounts
from marketplace.accounts.models import Person
from marketplace.accounts.states import Role
from marketplace.catalogue import queries as catalogue
from marketplace.catalogue import services as products
from marketplace.catalogue.models import Product
from marketplace.catalogue.reference import load_commodities
from marketplace.cooperatives import services as cooperatives
from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import Kind, PaperKind
from marketplace.deliveries import services as deliveries
from marketplace.deliveries.windows import Hours, Opening
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.mail import Letter
from marketplace.foundation.money import Money
from marketplace.places import queries as places
from marketplace.places import services as addresses
from marketplace.places.loading import load_units
from marketplace.supply import services as supply

PASSWORD = "ca-rot-2026"


@dataclass
class World:
    """Đồng Lạc sells carrots, Nam An Phụ sells onions; an officer, a household, a rival."""

    officer: Person
    director: Person
    rival: Person
    household: Person
    dong_lac: Cooperative
    kinh_mon: Cooperative
    carrots: Product
    onions: Product

    @classmethod
    def built(cls) -> World:
        with transaction():
            load_units({"30", "31"})
            load_commodities()
            officer = accounts.create_officer(
                name="Trần Thị Hoa",
                phone="+84912000001",
                email="officer@demo.vn",
                password=PASSWORD,
                alliance_name="Liên minh HTX tỉnh Hải Dương",
            )
            household = accounts.create_person(
                name="Nguyễn Thị Lan", phone="+84912000002", email="household@demo.vn", password=PASSWORD
            )
            dong_lac, director = _cooperative(
                "HTX Dịch vụ nông nghiệp Đồng Lạc",
                "HTX Đồng Lạc",
                "dong lac chi linh",
                "donglac@demo.vn",
                3,
                officer,
            )
            kinh_mon, rival = _cooperative(
                "HTX Dịch vụ nông nghiệp Thăng Long",
                "HTX Thăng Long",
                "thang long kinh mon",
                "kinhmon@demo.vn",
                4,
                officer,
            )
            carrots = _product(dong_lac, "ca-rot-dong-lac", "Cà rốt Đồng Lạc", 16000, 500, director, officer)
            onions = _product(kinh_mon, "hanh-tuoi", "Hành củ Kinh Môn", 28000, 300, rival, officer)
        return cls(officer, director, rival, household, dong_lac, kinh_mon, carrots, onions)

    @classmethod
    def found(cls) -> World:
        """The one that was built before, in a database that is a copy: its letters are due from now on, as when
        it is built anew, so that no test reads that they have waited since the first one."""
        now = clock.now()
        with transaction():
            db.session.execute(update(Letter).where(Letter.next_try_at < now).values(next_try_at=now))
        person = {who.email: who for who in db.session.scalars(select(Person))}
        cooperative = {each.short_name: each for each in db.session.scalars(select(Cooperative))}
        product = {each.name_vi: each for each in db.session.scalars(select(Product))}
        found = cls(
            person["officer@demo.vn"],
            person["donglac@demo.vn"],
            person["kinhmon@demo.vn"],
            person["household@demo.vn"],
            cooperative["HTX Đồng Lạc"],
            cooperative["HTX Thăng Long"],
            product["Cà rốt Đồng Lạc"],
            product["Hành củ Kinh Môn"],
        )
        db.session.commit()  # as after building: nothing is read in an old snapshot
        return found

    def renewed(self, thing: object) -> object:
        """The thing as it stands in the database now."""
        db.session.expire_all()
        return thing


def daily(opens: int, closes: int, **more: Any) -> Hours:
    """Every day, Tết too, between these hours; to be ordered until midnight of the day before."""
    weekly = tuple(Opening(day, dt.time(opens), dt.time(closes)) for day in range(7))
    return Hours(**{"weekly": weekly, "order_by": dt.time(23, 59), "closed_at_tet": False, **more})


def _cooperative(
    name: str, short: str, place: str, email: str, number: int, officer: Person
) -> tuple[Cooperative, Person]:
    director = accounts.create_person(
        name="Nguyễn Văn Hùng", title="ông", phone=f"+8491200000{number}", email=email, password=PASSWORD
    )
    unit = places.search_units(place)[0]
    address = addresses.make_address(line1="Thôn Mạc Động", unit_id=unit.id, by=officer)
    cooperative = cooperatives.enter(
        kind=Kind.COOPERATIVE,
        name=name,
        short_name=short,
        address=address,
        by=officer,
        phone=f"+8491200000{number}",
        tax_code="9900001387",
        legal_rep_name=director.name,
    )
    accounts.add_member(
        organisation=cooperative.organisation, person=director, role=Role.DIRECTOR, by=officer
    )
    cooperatives.advance(cooperative=cooperative, step="admit", reason="", by=officer)
    account = cooperatives.ask_bank_account(
        cooperative=cooperative, bin="970405", number=f"230020512345{number}", holder=name, by=director
    )
    cooperatives.verify_bank_account(account=account, by=officer)
    deliveries.add_option(
        cooperative=cooperative,
        name_vi="Xe của hợp tác xã",
        name_en="The cooperative's truck",
        rules=[{"fee": Money(60_000), "free_from": Money(5_000_000)}],
        hours=daily(8, 17),
        by=director,
    )
    deliveries.add_point(
        cooperative=cooperative,
        name_vi="Kho hợp tác xã",
        name_en="The cooperative's store",
        address="Thôn Mạc Động",
        hours=daily(7, 11),
        open_to_others=True,
        by=director,
    )
    return cooperative, director


def _product(
    cooperative: Cooperative, commodity: str, name: str, price: int, stock: int, by: Person, officer: Person
) -> Product:
    kind = catalogue.commodity_by_slug(commodity)
    assert kind is not None
    paper = cooperatives.add_certificate(
        cooperative=cooperative, kind=PaperKind.VIETGAP, number="VG-0001", issued_on=clock.today(), by=by
    )
    cooperatives.verify_certificate(certificate=paper, by=officer)
    product = products.draft_product(
        cooperative=cooperative,
        commodity=kind,
        name_vi=name,
        name_en=kind.name_en,
        sale_unit="kg",
        tiers=[(Decimal(0), Money(price)), (Decimal(50), Money(price - 4000))],
        certificates=[paper],
        story_vi="Nhổ buổi sáng, rửa sạch, giao trong ngày.",
        by=by,
    )
    products.submit_for_review(product=product, by=by)
    products.publish(product=product, by=officer)
    supply.open_stock(product_id=product.id, unit="kg", quantity=Decimal(stock), by=by)
    return product
