"""Lives of the demonstration's invented cooperatives: what happened to them, who leads them, honours, dues, partners.

Of cooperatives that exist nothing is told here. Everything is invented; only the rules are those of the law.
"""

from __future__ import annotations

import datetime as dt
from random import Random

from sqlalchemy import select

from marketplace.cooperatives import services as cooperatives
from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import Kind, MemberState, Sector
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.money import Money
from marketplace.payments import queries as payments_queries
from marketplace.payments import services as payments
from marketplace.registry import queries as registry_queries
from marketplace.registry import services as registry
from marketplace.registry.models import Due
from marketplace.registry.queries.due import PURPOSE
from marketplace.registry.states import Education, LifeKind, Office
from marketplace.registry.states.partner import HelpKind, PartnerKind
from marketplace.registry.states.recognition import RecognitionKind
from marketplace.site.demo import people
from marketplace.site.demo.registry import Province, tax_code
from marketplace.site.demo.sellers import SELLERS, Seller

EXAMPLE = "dữ liệu minh hoạ"
SEED = 2012
CHAIRS = ("Phạm Văn Thịnh", "Vũ Thị Hạnh", "Đỗ Văn Quyết", "Bùi Thị Mai", "Lương Văn Bắc", "Hà Thị Thơm")
ACCOUNTANTS = (
    "Nguyễn Thị Nhung",
    "Trịnh Thị Hoà",
    "Đặng Văn Toàn",
    "Lê Thị Vân",
    "Mai Thị Duyên",
    "Ngô Thị Liên",
)
SUPERVISORS = (
    "Trần Văn Sơn",
    "Phan Thị Lụa",
    "Đinh Văn Khải",
    "Tạ Thị Bưởi",
    "Cao Văn Nhật",
    "Dương Thị Ngân",
)
SCHOOLS = (
    (Education.UNIVERSITY, "Kinh tế nông nghiệp"), (Education.COLLEGE, "Kế toán"), (Education.VOCATIONAL, "Trồng trọt"),
    (Education.UNIVERSITY, "Quản trị kinh doanh"), (Education.SHORT, ""), (Education.UNKNOWN, ""),
)  # fmt: skip


def lives(province: Province) -> int:
    """How many records have more than their registration."""
    chance = Random(SEED)  # noqa: S311  the same lives every time, nothing secret
    invented = [seller for seller in SELLERS if not seller.real and seller.kind == "cooperative"]
    living = [province.cooperatives[seller.key] for seller in invented if seller.state == "admitted"]
    _officers(province, invented, chance)
    past = _past(province, living)
    _honours(province, living)
    _partners(province, living)
    _dues(province)
    return len(living) + past


def _officers(province: Province, invented: list[Seller], chance: Random) -> None:
    for number, seller in enumerate(invented):
        one = province.cooperatives[seller.key]
        since = dt.date(2022 + number % 4, 1 + number % 12, 15)
        for names, office in (
            (CHAIRS, Office.CHAIR),
            (ACCOUNTANTS, Office.CHIEF_ACCOUNTANT),
            (SUPERVISORS, Office.HEAD_SUPERVISOR),
        ):
            school, field = SCHOOLS[chance.randrange(len(SCHOOLS))]
            registry.appoint(
                cooperative=one,
                name=names[(number + chance.randrange(3)) % len(names)],
                office=office,
                education=school,
                field=field,
                birth_year=chance.randint(1962, 1992),
                appointed_on=since,
                term_until=since.replace(year=since.year + 5),
                by=province.officer,
            )
        boss = registry_queries.representing(one.id)
        if boss is not None:
            school, field = SCHOOLS[number % 4]
            registry.correct_officer(
                officer=boss, name=boss.name, office=boss.office, title=boss.title, is_key=True, education=school,
                field=field, birth_year=chance.randint(1960, 1985), appointed_on=since, term_until=None, left_on=None,
                represents=True, by=province.officer,
            )  # fmt: skip


def _past(province: Province, living: list[Cooperative]) -> int:
    """One that was merged, one converted, one dissolved, one that rests; a group that registered; a record that came
    twice. None of them is a member."""
    home, elder = living[0], living[1]
    merged = _record("HTX Dịch vụ nông nghiệp Thôn Thượng", dt.date(1998, 3, 12), 401, province)
    converted = _record("HTX Cơ khí Tiền Phong", dt.date(2004, 8, 20), 402, province, sector=Sector.CRAFT)
    dissolved = _record(
        "HTX Gạch ngói Bến Sông", dt.date(1999, 6, 1), 403, province, sector=Sector.CONSTRUCTION
    )
    resting = _record(
        "HTX Vệ sinh môi trường Thôn Hạ", dt.date(2016, 5, 9), 404, province, sector=Sector.SANITATION
    )
    group = _record("Tổ hợp tác Nuôi ong Đồi Thông", dt.date(2018, 4, 2), 405, province, kind=Kind.COOP_GROUP)
    founding = registry_queries.founding_of(home.id)
    after = max(dt.date(2019, 7, 1), founding.day + dt.timedelta(30) if founding else dt.date(2019, 7, 1))
    for one, kind, day, more in (
        (merged, LifeKind.MERGED, after, {"successors": [home]}),
        (
            converted,
            LifeKind.CONVERTED,
            dt.date(2021, 3, 15),
            {"successor_name": f"Công ty TNHH Cơ khí ({EXAMPLE})"},
        ),
        (dissolved, LifeKind.SUSPENDED, dt.date(2012, 1, 10), {}),
        (dissolved, LifeKind.DISSOLVED, dt.date(2014, 9, 30), {}),
        (resting, LifeKind.SUSPENDED, dt.date(2024, 2, 1), {}),
        (group, LifeKind.REGISTERED, dt.date(2022, 8, 8), {}),
        (elder, LifeKind.REREGISTERED, dt.date(2024, 12, 20), {}),
    ):
        registry.record(
            cooperative=one, kind=kind, day=day, source=f"Quyết định ({EXAMPLE})", by=province.officer, **more
        )
    cooperatives.enter(
        kind=Kind.COOPERATIVE, name=f"Hợp tác xã {elder.called.removeprefix('HTX ')}", phone=elder.phone,
        address=elder.address, state=MemberState.LEFT, by=province.officer,
    )  # fmt: skip
    return 6


def _record(
    name: str,
    founded: dt.date,
    number: int,
    province: Province,
    *,
    kind: Kind = Kind.COOPERATIVE,
    sector: Sector = Sector.AGRICULTURE,
) -> Cooperative:
    group = kind is Kind.COOP_GROUP
    return cooperatives.enter(
        kind=kind,
        name=name,
        short_name=name.replace("Dịch vụ nông nghiệp ", "").replace("Vệ sinh môi trường", "VSMT"),
        sector=sector,
        tax_code="" if group else tax_code(number - 300),
        phone=people.phone(number),
        first_registered_on=founded if group else None,
        registered_on=None if group else founded,
        state=MemberState.LEFT,
        by=province.officer,
    )


def _honours(province: Province, living: list[Cooperative]) -> None:
    for number, one in enumerate(living[:5]):
        year = 2021 + number
        registry.recognise(
            cooperative=one,
            kind=RecognitionKind.EXEMPLARY if number < 3 else RecognitionKind.MERIT_ALLIANCE,
            year=year,
            decided_on=dt.date(year, 9, 12),
            decision=f"Số {10 + number}/QĐ ({EXAMPLE})",
            given_by="Liên minh HTX",
            by=province.officer,
        )


def _partners(province: Province, living: list[Cooperative]) -> None:
    abroad = registry.add_partner(
        name=f"Tổ chức Nông nghiệp bền vững ({EXAMPLE})", kind=PartnerKind.INTERNATIONAL, country="Đức",
        since=dt.date(2021, 1, 1), matters="Kinh nghiệm quản trị, truy xuất nguồn gốc", by=province.officer,
    )  # fmt: skip
    home = registry.add_partner(
        name=f"Trung tâm Khuyến nông ({EXAMPLE})", kind=PartnerKind.DOMESTIC, matters="Giống, tập huấn kỹ thuật",
        by=province.officer,
    )  # fmt: skip
    registry.note_help(
        partner=abroad, kind=HelpKind.MONEY, day=dt.date(2024, 5, 20), activity="Nhà sơ chế, kho mát",
        cooperative=living[0], amount=Money(350_000_000), source=EXAMPLE, by=province.officer,
    )  # fmt: skip
    registry.note_help(
        partner=abroad, kind=HelpKind.KNOWLEDGE, day=dt.date(2025, 3, 4), activity="Tập huấn truy xuất nguồn gốc",
        source=EXAMPLE, by=province.officer,
    )  # fmt: skip
    registry.note_help(
        partner=home, kind=HelpKind.IN_KIND, day=dt.date(2025, 8, 15), activity="Hạt giống rau vụ đông",
        cooperative=living[1], amount=Money(24_000_000), source=EXAMPLE, by=province.officer,
    )  # fmt: skip


def _dues(province: Province) -> None:
    """This year's were asked in spring: most paid, some are late, one was forgiven after a storm."""
    today = clock.today()
    year = today.year if today.month > 5 else today.year - 1
    for kind, least, amount in (
        (Kind.COOPERATIVE, 0, 500_000),
        (Kind.COOPERATIVE, 100, 1_000_000),
        (Kind.COOP_UNION, 0, 2_000_000),
        (Kind.COOP_GROUP, 0, 200_000),
    ):
        registry.add_due_norm(
            kind=kind, least_members=least, amount=Money(amount), valid_from=dt.date(2020, 1, 1),
            decision=f"Điều lệ Liên minh ({EXAMPLE})", by=province.officer,
        )  # fmt: skip
    asked = clock.start_of_day(dt.date(year, 3, 2)) + dt.timedelta(hours=3)
    with clock.standing_at(asked):
        batch = registry.begin_batch(year=year, due_on=dt.date(year, 5, 31), by=province.officer)
        while registry.ask_some(batch_id=batch.id, by=province.officer, size=500):
            pass
    for number, due in enumerate(db.session.scalars(select(Due).order_by(Due.id)).all()):
        if number % 4 == 3:
            continue
        with clock.standing_at(asked + dt.timedelta(days=5 + number % 60)):
            if number == 9:
                registry.forgive(due=due, reason="Vụ mùa thiệt hại do bão", by=province.officer)
                continue
            charge = payments_queries.charge_for(PURPOSE, due.id)
            if charge is not None:
                payments.confirm(charge=charge, amount=charge.to_pay, by=province.officer)
