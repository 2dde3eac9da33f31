"""Who lives the season: an officer, cooperatives with their fields' goods, companies with a depot. Entered through the
services, like everything."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from random import Random

from sqlalchemy import select

from marketplace import config
from marketplace.accounts import services as accounts
from marketplace.accounts.models import Person
from marketplace.accounts.states import OrganisationKind, Role
from marketplace.buyers import services as buyers
from marketplace.catalogue import services as catalogue
from marketplace.catalogue.grades import load_grades
from marketplace.catalogue.models import Commodity, Product
from marketplace.catalogue.reference import load_commodities
from marketplace.cooperatives import services as cooperatives
from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import Kind, MemberState, Sector
from marketplace.foundation.db import db
from marketplace.foundation.hours import Opening
from marketplace.foundation.money import Money
from marketplace.foundation.words import in_language
from marketplace.places import services as addresses
from marketplace.places.loading import load_units
from marketplace.places.models import AdminUnit
from marketplace.selection.reference import load_rules
from marketplace.site.demo import people
from marketplace.site.demo.registry import AGRIBANK, tax_code
from marketplace.site.winter.behaviour import CROPS, Crop
from marketplace.site.winter.life import Company, Grower, Season

BEFORE = dt.timedelta(days=150)
OLD_PROVINCE = "30"
COMPANIES = ("Siêu thị", "Công ty nông sản", "Bếp ăn", "Nhà xuất khẩu", "Chuỗi cửa hàng")
FIRST_PHONE, FIRST_BUYER_PHONE = 1_000, 3_000


def found(season: Season) -> None:
    """All of them, the day before the fields are sown."""
    with season.at(season.begins - BEFORE, 8), in_language("vi"):
        units = season.do("reference", _reference) or []
        season.officer = season.do("officer", _officer) or 0
        for number in range(season.scale.coops):
            made = season.do("cooperative", partial(_grower, season, units, number))
            season.growers += [made] if made is not None else []
        for number in range(season.scale.buyers):
            bought = season.do("buyer", partial(_company, season, units, number))
            season.companies += [bought] if bought is not None else []


def _reference() -> list[int]:
    """Places, goods, grades, rules; the communes of the old province that are on the map."""
    load_units({OLD_PROVINCE, "31"})
    load_commodities()
    load_grades()
    load_rules()
    province = select(AdminUnit.id).where(AdminUnit.level == 1, AdminUnit.code == OLD_PROVINCE)
    districts = select(AdminUnit.id).where(AdminUnit.level == 2, AdminUnit.parent_id.in_(province))
    communes = select(AdminUnit.id).where(AdminUnit.level == 3, AdminUnit.parent_id.in_(districts))
    return [*db.session.scalars(communes.order_by(AdminUnit.code, AdminUnit.id))]


def _officer() -> int:
    officer = accounts.create_officer(
        name="Cán bộ mô phỏng",
        phone=people.phone(300),
        email="season@demo.vn",
        password=secrets.token_urlsafe(18),
        alliance_name=config.current().alliance_name,
    )
    people.quiet(officer)
    return officer.id


# --- cooperatives -------------------------------------------------------------------------------------


def _grower(season: Season, units: Sequence[int], number: int) -> Grower:
    chance, officer = season.chance("founding"), season.person(season.officer)
    unit = db.session.get_one(AdminUnit, chance.choice(units))
    director = accounts.create_person(
        name=f"Giám đốc {number + 1:02d}",
        title="Giám đốc",
        phone=people.phone(FIRST_PHONE + number),
        by=officer,
    )
    people.quiet(director)
    cooperative = _enter(unit, number, director, officer, chance)
    crops = _crops(chance)
    products = {crop.slug: _product(cooperative, crop, director, officer).id for crop in crops}
    return Grower(
        id=cooperative.id,
        director=director.id,
        district=unit.parent_id or 0,
        unit=unit.id,
        products=products,
        usual={crop.slug: chance.randrange(crop.weekly[0], crop.weekly[1], 100) for crop in crops},
        faithful=chance.random(),
        careful=0.5 + chance.random() / 2,
    )


def _enter(unit: AdminUnit, number: int, director: Person, officer: Person, chance: Random) -> Cooperative:
    name = f"Hợp tác xã mô phỏng {number + 1:02d} {unit.name}"
    lat, lon = unit.lat or 20.93, unit.lon or 106.33
    cooperative = cooperatives.enter(
        kind=Kind.COOPERATIVE,
        name=name,
        short_name=f"HTX {number + 1:02d} {unit.name}",
        state=MemberState.ADMITTED,
        address=addresses.make_address(
            line1="Trụ sở hợp tác xã",
            unit_id=unit.id,
            lat=round(lat + chance.uniform(-0.006, 0.006), 6),
            lon=round(lon + chance.uniform(-0.006, 0.006), 6),
            by=officer,
        ),
        sector=Sector.AGRICULTURE,
        tax_code=tax_code(number),
        registration_no=f"{number + 1:02d}/MÔ-PHỎNG",
        phone=director.phone,
        legal_rep_name=director.name,
        legal_rep_title="Giám đốc",
        by=officer,
    )
    accounts.add_member(
        organisation=cooperative.organisation, person=director, role=Role.DIRECTOR, by=officer
    )
    account = cooperatives.ask_bank_account(
        cooperative=cooperative, bin=AGRIBANK, number=f"23009{number:08d}", holder=name, by=director
    )
    cooperatives.verify_bank_account(account=account, by=officer)
    return cooperative


def _crops(chance: Random) -> list[Crop]:
    """One to three, the common ones more often."""
    wanted, found = chance.choice((1, 2, 2, 3)), dict[str, Crop]()
    while len(found) < wanted:
        crop = chance.choices(CROPS, [each.weight for each in CROPS])[0]
        found[crop.slug] = crop
    return [found[slug] for slug in sorted(found)]


def _product(cooperative: Cooperative, crop: Crop, director: Person, officer: Person) -> Product:
    kind = db.session.scalars(select(Commodity).where(Commodity.slug == crop.commodity)).one()
    retail = Money(int(crop.price[1] * Decimal(crop.kg)) * 2 // 100 * 100)
    product = catalogue.draft_product(
        cooperative=cooperative,
        commodity=kind,
        name_vi=f"{crop.name_vi} {cooperative.short_name}",
        name_en=f"{crop.name_en} {cooperative.short_name}",
        sale_unit=crop.unit,
        tiers=[(Decimal(0), retail)],
        kg_per_unit=None if crop.unit == "kg" else Decimal(crop.kg),
        min_order=Decimal(1),
        step=Decimal(1),
        vat_code="KCT",
        picture="plain",
        by=director,
    )
    catalogue.submit_for_review(product=product, by=director)
    catalogue.publish(product=product, by=officer)
    return product


# --- companies ----------------------------------------------------------------------------------------


def _company(season: Season, units: Sequence[int], number: int) -> Company:
    chance, officer = season.chance("founding"), season.person(season.officer)
    name = f"{COMPANIES[number % len(COMPANIES)]} mô phỏng {number + 1:02d}"
    director = accounts.create_person(
        name=f"Người mua {number + 1:02d}", phone=people.phone(FIRST_BUYER_PHONE + number), by=officer
    )
    people.quiet(director)
    organisation = accounts.create_organisation(kind=OrganisationKind.BUYER, name=name, by=officer)
    accounts.add_member(organisation=organisation, person=director, role=Role.DIRECTOR, by=officer)
    depot = buyers.add_depot(
        organisation=organisation,
        name=f"Kho {number + 1:02d}",
        street=f"Số {number + 1} đường Kho",
        unit_id=chance.choice(units),
        contact_name="Thủ kho",
        contact_phone=people.phone(FIRST_BUYER_PHONE + 500 + number),
        weekly=[Opening(day, dt.time(5), dt.time(11)) for day in range(6)],
        by=director,
    )
    return Company(
        id=organisation.id,
        director=director.id,
        depot=depot.id,
        size=chance.choice((0.4, 0.7, 1, 1, 1.5, 2.5)),
        prompt=chance.random(),
        daily=chance.random() < 0.4,
    )
