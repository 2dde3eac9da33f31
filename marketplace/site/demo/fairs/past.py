"""Last year's fair: held, counted, verified, supported and reported."""

from __future__ import annotations

import datetime as dt
import io
import uuid
from dataclasses import replace
from decimal import Decimal

from PIL import Image, ImageDraw

from marketplace.fairs import queries, services
from marketplace.fairs.models import Fair, FairResult, Stand
from marketplace.fairs.services import GoodsSold, ToldClick
from marketplace.fairs.states import DealKind
from marketplace.foundation import clock
from marketplace.foundation.media.receiving import Clean
from marketplace.foundation.money import Money
from marketplace.selection import services as applications
from marketplace.selection.states import Purpose
from marketplace.site.demo.fairs import asking, ground, texts
from marketplace.site.demo.fairs.asking import Company, at
from marketplace.support import services as support
from marketplace.support.states import EvidenceKind, Head

DAYS = dt.timedelta(days=4)
STOOD = {
    "dong-lac": ("A01", "A02"),
    "duc-chinh": ("A03", "A04"),
    "quang-thanh": ("B03",),
    "thanh-son": ("C02", "C03"),
    "hung-dao": ("D01",),
    "an-thanh": ("D03",),
    "banh-dau-xanh": ("E01",),
    "gom-thai-tan": ("F01",),
}
SIGNED = {
    "dong-lac": (DealKind.CONTRACT, "Công ty chế biến rau quả (minh hoạ)", "KR", 640_000_000),
    "duc-chinh": (DealKind.CONTRACT, "Chuỗi cửa hàng thực phẩm (minh hoạ)", "VN", 410_000_000),
    "thanh-son": (DealKind.MEMORANDUM, "Đại lý vải tươi (minh hoạ)", "VN", 900_000_000),
    "banh-dau-xanh": (DealKind.MEMORANDUM, "Siêu thị BigMart", "VN", 150_000_000),
}
"""What was agreed at the stands: kind, with whom, from where, what it is worth."""

MET = {"dong-lac": ("Siêu thị BigMart", "Siêu thị BigMart", "Bếp ăn trường học Hoa Mai")}
"""Whom stands wrote down: the companies alone, for nobody was asked whether they agree to be named."""

SUPPORTED = ("dong-lac", "thanh-son")
VISITS = (6, 9, 14, 22, 31, 26, 18)
"""What the volunteer at the gate counted from nine o'clock on, hour by hour."""


def last_year(company: Company, first_day: dt.date) -> Fair:
    fair = _announced(company, first_day)
    stands = _stands(company, fair)
    _held(company, fair, stands)
    _supported(company, fair)
    with at(fair.last_day + dt.timedelta(days=21)):
        used = [replace(part, used=texts.USED[part.source]) for part in texts.BUDGET]
        services.set_budget(fair=fair, parts=used, by=company.officer)
        services.file_report(fair=fair, number="27/BC-LMHTX", dated=clock.today(), by=company.officer)
    _followed_up(company, stands)
    return fair


def _announced(company: Company, first_day: dt.date) -> Fair:
    officer = company.officer
    with at(first_day - dt.timedelta(days=75)):
        fair = services.draft_fair(
            facts=texts.market(first_day),
            first_day=first_day,
            last_day=first_day + DAYS,
            place=ground.place(company.province, "Quảng trường Trung tâm Văn hoá Xứ Đông", "Lê Thanh Nghị"),
            by=officer,
        )
        halls = [("Sân trong", ground.ALL_ROWS[:3]), ("Sân ngoài", ground.ALL_ROWS[3:])]
        ground.draw(fair, halls, 6, officer)
        applications.open_call(
            purpose=Purpose.FAIR,
            subject_id=fair.id,
            opens_at=clock.start_of_day(first_day - dt.timedelta(days=62)),
            closes_at=clock.start_of_day(first_day - dt.timedelta(days=24)) + dt.timedelta(hours=17),
            bands=texts.BANDS,
            criteria=texts.CRITERIA,
            by=officer,
        )
        services.set_budget(fair=fair, parts=texts.BUDGET, by=officer)
        services.announce_fair(fair=fair, by=officer)
    with at(first_day - dt.timedelta(days=50)):
        services.note_filing(fair=fair, filing=texts.filing(first_day - dt.timedelta(days=58)), by=officer)
    return fair


def _stands(company: Company, fair: Fair) -> dict[str, Stand]:
    booths = ground.by_code(fair)
    with at(fair.first_day - dt.timedelta(days=40)):
        asked = {key: asking.filled(company, fair, key, booths=len(codes)) for key, codes in STOOD.items()}
        for key, each in asked.items():
            asking.handed_in(company, each, key)
    with at(fair.first_day - dt.timedelta(days=20)):
        asking.passed(company, asked.values())
        asking.released(company, asked["dong-lac"].application.call, asked.values())
        stands = {
            key: asking.stood(company, each, key, [booths[code] for code in STOOD[key]])
            for key, each in asked.items()
        }
    with at(fair.first_day - dt.timedelta(days=14)):
        services.publish_fair(fair=fair, by=company.officer)
    return stands


def _held(company: Company, fair: Fair, stands: dict[str, Stand]) -> None:
    """Counted at the gate and at the stands; handed in a week later, verified in another."""
    with at(fair.last_day, 20):
        gate = services.make_gate(fair=fair, name="Cổng chính", by=company.officer)
        services.receive(gate=gate, clicks=_clicks(fair), by=company.officer)
        for place, (key, stand) in enumerate(stands.items(), start=2):
            _sold(company, key, stand, fair.first_day + dt.timedelta(days=place % 3), place)
    for place, (key, stand) in enumerate(stands.items(), start=2):
        with at(fair.last_day + dt.timedelta(days=4)):
            result = _declared(company, key, stand)
        with at(fair.last_day + dt.timedelta(days=11)):
            _verified(company, result, whole=place % 4 != 0)


def _clicks(fair: Fair) -> list[ToldClick]:
    opening = clock.start_of_day(fair.first_day) + dt.timedelta(hours=9)
    return [
        ToldClick(
            uuid=str(uuid.uuid5(uuid.NAMESPACE_URL, f"{fair.slug}/{day}/{hour}")),
            minute=opening + dt.timedelta(days=day, hours=2 * hour),
            count=count * (3 + day),
        )
        for day in range(len(fair.days))
        for hour, count in enumerate(VISITS[:6])
    ]


def _sold(company: Company, key: str, stand: Stand, day: dt.date, place: int) -> None:
    """One sheet for the busiest day: each product that came along, at its price."""
    sold = []
    for product in company.brought(key):
        price = int(product.tiers[0].price)
        quantity = max(product.min_order, Decimal(place * 2_500_000 // price))
        sold.append(GoodsSold(product=product, quantity=quantity, amount=Money(int(quantity * price))))
    services.write_day(
        stand=stand, day=day, client=f"demo-{day}", orders=6 + place, sold=sold, by=company.director(key)
    )


def _declared(company: Company, key: str, stand: Stand) -> FairResult:
    by = company.director(key)
    if key in SIGNED:
        kind, partner, country, value = SIGNED[key]
        services.sign_deal(
            stand=stand,
            client="demo",
            kind=kind,
            partner=partner,
            country=country,
            product=company.brought(key)[0],
            value=Money(value),
            signed_on=stand.fair.last_day,
            by=by,
        )
    for number, company_met in enumerate(MET.get(key, ())):
        services.take_lead(
            stand=stand,
            client=f"demo-{number}",
            met_on=stand.fair.last_day,
            company=company_met,
            interests=company.brought(key)[:1],
            by=by,
        )
    result = services.begin_result(stand=stand, by=by)
    services.keep_result(
        result=result,
        sales=result.sales,
        orders=result.orders,
        best_sellers=company.brought(key)[0].name_vi,
        difficulties="Hai buổi chiều mưa, khách về sớm.",
        proposals="Xin thêm mái che ở lối đi.",
        by=by,
    )
    services.submit_result(result=result, by=by)
    return result


def _verified(company: Company, result: FairResult, *, whole: bool) -> None:
    """What the slips show; where some are missing, a part of it."""
    deals = {deal.id: deal.value for deal in queries.deals_of(result.stand_id)}
    sales = result.sales if whole else Money(int(result.sales) * 9 // 10)
    services.verify_result(
        result=result,
        sales=sales,
        orders=result.orders,
        deals=deals,
        note="Đã xem sổ bán hàng và hợp đồng (minh hoạ).",
        by=company.officer,
    )


def _supported(company: Company, fair: Fair) -> None:
    """Promised with the stand, paid after the fair; verified by one officer, approved by another."""
    officer, second = company.officer, company.reviewers[0]
    for key in SUPPORTED:
        grant = queries.promised_to(fair.id, company.cooperative(key).id)
        assert grant is not None, "whoever has a stand has a promise"
        by = company.director(key)
        with at(fair.last_day + dt.timedelta(days=6)):
            claim = support.begin(grant=grant, by=by)
            support.fill_in(claim=claim, costs={Head.BOOTH: Money(7_600_000)}, words="", by=by)
            for kind in (EvidenceKind.CONTRACT, EvidenceKind.INVOICE, EvidenceKind.PHOTOS):
                support.add_paper(claim=claim, kind=kind, file=_paper(str(kind)), by=by)
            support.submit(claim=claim, by=by)
        with at(fair.last_day + dt.timedelta(days=9)):
            support.verify(claim=claim, accepted={Head.BOOTH: Money(7_600_000)}, by=officer)
            support.approve(claim=claim, by=second)
        with at(fair.last_day + dt.timedelta(days=16)):
            for share in [*claim.shares]:
                support.pay(
                    claim=claim,
                    source=share.source,
                    amount=share.left,
                    bank_reference=f"UNC-{key} (minh hoạ)",
                    day=clock.today(),
                    by=second,
                )


def _paper(what: str) -> Clean:
    """A sheet that says that it is none."""
    sheet = Image.new("L", (420, 594), 255)
    ImageDraw.Draw(sheet).text((40, 60), f"{what}: MINH HOA / EXAMPLE", fill=0)
    file = io.BytesIO()
    sheet.save(file, "PNG")
    file.seek(0)
    return Clean(file, f"{what}.png")


def _followed_up(company: Company, stands: dict[str, Stand]) -> None:
    """Whoever signed something was asked what came of it whenever its day came, and said so."""
    for key, stand in stands.items():
        result = queries.result_of(stand.id)
        assert result is not None, "everybody handed in"
        for follow_up in result.follow_ups:
            if follow_up.due_on >= clock.today():
                continue
            with at(follow_up.due_on):
                services.ask_follow_up(follow_up=follow_up)
                if key in SIGNED:
                    value = Money(SIGNED[key][3] * follow_up.month // 12)
                    services.declare_follow_up(
                        follow_up=follow_up, value=value, words="", by=company.director(key)
                    )
