"""The fair that is on now: who stands where, passes, the gate, visitors, yesterday's sheets, meetings to come."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal

from sqlalchemy import select

from marketplace.accounts.models import Organisation
from marketplace.accounts.states import OrganisationKind
from marketplace.fairs import queries, services
from marketplace.fairs.models import Fair, FairPass, MeetingRound, Stand
from marketplace.fairs.presence import Direction, Verdict
from marketplace.fairs.services import GoodsSold, ToldClick, ToldScan
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.money import Money
from marketplace.selection import services as applications
from marketplace.selection.states import Purpose
from marketplace.site.demo import people
from marketplace.site.demo.fairs import asking, ground, texts
from marketplace.site.demo.fairs.asking import Company, at

SINCE = dt.timedelta(days=1)
DAYS = dt.timedelta(days=6)
COUNT = 10
"""Booths in each of six rows."""
STANDS = {
    "A": ("dong-lac", "duc-chinh", "tan-minh-duc"),
    "B": ("quang-thanh", "hoang-dieu", "tan-tien"),
    "C": ("hoang-hoa-tham", "ben-tam", "hoang-tan"),
    "D": ("hung-dao", "an-thanh", "minh-hoa"),
    "E": ("banh-dau-xanh", "lo-cuong", "che-bien-kinh-mon"),
    "F": ("gom-thai-tan", "an-phu", "giay-da"),
}
"""Who stands in which row, three booths each."""
OPENED = ("dong-lac", "duc-chinh", "banh-dau-xanh", "hung-dao")
"""Whose people have passes, and who has written up yesterday's sheet."""
VISITORS = (
    "Nguyễn Thu Trang",
    "Lê Văn Bình",
    "Phạm Ngọc Mai",
    "Hoàng Đức Anh",
    "Trần Thị Nga",
    "Vũ Minh Khôi",
)


def fair_of_the_town(company: Company) -> Fair:
    """Up to the day before its opening."""
    first_day, officer = clock.today() - SINCE, company.officer
    with at(first_day - dt.timedelta(days=80)):
        fair = services.draft_fair(
            facts=texts.town(first_day),
            first_day=first_day,
            last_day=first_day + DAYS,
            place=ground.place(company.province, "Quảng trường Sao Đỏ", "Chu Văn An"),
            by=officer,
        )
        halls = [("Nhà bạt 1", ground.ALL_ROWS[:3]), ("Nhà bạt 2", ground.ALL_ROWS[3:])]
        booths = ground.draw(fair, halls, COUNT, officer)
        ground.block(booths["C10"], "Tủ điện và bình chữa cháy", officer)
        applications.open_call(
            purpose=Purpose.FAIR,
            subject_id=fair.id,
            opens_at=clock.start_of_day(first_day - dt.timedelta(days=75)),
            closes_at=clock.start_of_day(first_day - dt.timedelta(days=35)) + dt.timedelta(hours=17),
            bands=texts.BANDS,
            criteria=texts.CRITERIA,
            by=officer,
        )
        services.set_budget(fair=fair, parts=texts.BUDGET[:2], by=officer)
        services.announce_fair(fair=fair, by=officer)
    with at(first_day - dt.timedelta(days=60)):
        services.note_filing(fair=fair, filing=texts.filing(first_day - dt.timedelta(days=70)), by=officer)
    _stands(company, fair)
    return fair


def _stands(company: Company, fair: Fair) -> None:
    booths = ground.by_code(fair)
    with at(fair.first_day - dt.timedelta(days=45)):
        asked = {key: asking.filled(company, fair, key, booths=3) for keys in STANDS.values() for key in keys}
        for key, each in asked.items():
            asking.handed_in(company, each, key)
    with at(fair.first_day - dt.timedelta(days=28)):
        asking.passed(company, asked.values())
        asking.released(company, asked["dong-lac"].application.call, asked.values())
        for row, keys in STANDS.items():
            for place, key in enumerate(keys):
                mine = [booths[f"{row}{3 * place + n:02d}"] for n in (1, 2, 3)]
                asking.stood(company, asked[key], key, mine)
    with at(fair.first_day - dt.timedelta(days=14)):
        services.publish_fair(fair=fair, by=company.officer)


def on_now(company: Company, fair: Fair) -> None:
    """What happens shortly before the opening, and on the first day."""
    stands = {stand.application.cooperative_id: stand for stand in queries.confirmed_stands(fair.id)}
    opened = {key: stands[company.cooperative(key).id] for key in OPENED}
    with at(fair.first_day - dt.timedelta(days=4)):
        passes = _passes(company, fair, opened)
        round = _meetings(company, fair)
    with at(fair.first_day - dt.timedelta(days=2)):
        _wishes(company, round, opened)
    with at(fair.first_day, 20):
        _gate(company, fair, passes)
        for place, (key, stand) in enumerate(opened.items(), start=2):
            _sold(company, key, stand, place)


def _passes(company: Company, fair: Fair, opened: dict[str, Stand]) -> list[FairPass]:
    made = [
        services.add_staff_pass(stand=stand, holder=company.director(key).name, by=company.director(key))
        for key, stand in opened.items()
    ]
    made.append(services.add_organiser_pass(fair=fair, holder=company.officer.name, by=company.officer))
    for number, name in enumerate(VISITORS):
        buys = number == len(VISITORS) - 1
        made.append(
            services.register_visitor(
                fair=fair,
                name=name,
                phone=people.phone(320 + number),
                trade_buyer=buys,
                organisation="Bếp ăn khu công nghiệp (minh hoạ)" if buys else "",
                looking_for="Rau củ hằng ngày" if buys else "",
                agreed=True,
            )
        )
    for key, stand in opened.items():
        services.plan_arrival(
            stand=stand,
            day=fair.first_day - dt.timedelta(days=1),
            time=dt.time(14),
            vehicle="Xe tải 1,25 tấn",
            by=company.director(key),
        )
    return made


def _meetings(company: Company, fair: Fair) -> MeetingRound:
    day = fair.first_day + dt.timedelta(days=4)
    round = services.plan_meetings(
        fair=fair,
        by=company.officer,
        day=day,
        opens=dt.time(8, 30),
        closes=dt.time(11),
        minutes=20,
        tables=8,
        breaks=[],
        place="Nhà bạt 1, khu bàn gặp gỡ",
        most_wishes=6,
        wishes_until=clock.start_of_day(day - dt.timedelta(days=1)) + dt.timedelta(hours=17),
    )
    services.open_meetings(round=round, by=company.officer)
    return round


def _wishes(company: Company, round: MeetingRound, opened: dict[str, Stand]) -> None:
    """Buyers and exhibitors ask for each other; the timetable is still to be computed."""
    buyers = db.session.scalars(
        select(Organisation).where(Organisation.kind == OrganisationKind.BUYER).order_by(Organisation.id)
    ).all()
    guests = [services.join_meetings(round=round, organisation=each, by=company.officer) for each in buyers]
    stands = {guest.stand_id: guest for guest in queries.meeting_guests(round.id) if guest.stand_id}
    there = {key: stands[stand.id] for key, stand in opened.items()}
    for guest in guests:
        services.wish_to_meet(
            guest=guest,
            wished=[*there.values()][:3],
            away=[],
            interests="Cà rốt, trứng, bánh đậu xanh cho quầy quà quê",
            by=company.officer,
        )
    for key, guest in there.items():
        services.wish_to_meet(guest=guest, wished=guests[:1], away=[], by=company.director(key))


def _gate(company: Company, fair: Fair, passes: list[FairPass]) -> None:
    """Two gates; at one of them the volunteer scanned and counted. A lost pass was tried at the other."""
    main = services.make_gate(fair=fair, name="Cổng chính", by=company.officer)
    services.make_gate(fair=fair, name="Cổng sau, xe hàng", by=company.officer)
    opening = clock.start_of_day(fair.first_day) + dt.timedelta(hours=8)
    scans = [
        ToldScan(
            uuid=_uuid(fair, f"scan {number}"),
            code_hash=each.code_hash,
            direction=Direction.IN,
            let_in=True,
            offline=number % 3 == 0,
            device_at=opening + dt.timedelta(minutes=17 * number),
            verdict=Verdict.FIRST,
        )
        for number, each in enumerate(passes)
    ]
    clicks = [
        ToldClick(uuid=_uuid(fair, f"click {hour}"), minute=opening + dt.timedelta(hours=hour), count=count)
        for hour, count in enumerate((21, 48, 63, 40, 22, 37, 71, 96, 58))
    ]
    services.receive(gate=main, scans=scans, clicks=clicks, by=company.officer)


def _sold(company: Company, key: str, stand: Stand, place: int) -> None:
    sold = []
    for product in company.brought(key):
        price = int(product.tiers[0].price)
        quantity = max(product.min_order, Decimal(place * 700_000 // price))
        sold.append(GoodsSold(product=product, quantity=quantity, amount=Money(int(quantity * price))))
    services.write_day(
        stand=stand,
        day=stand.fair.first_day,
        client="demo",
        orders=3 + place,
        note="Khách đông nhất từ năm giờ chiều." if place == 2 else "",
        sold=sold,
        by=company.director(key),
    )


def _uuid(fair: Fair, what: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{fair.slug}/{what}"))
