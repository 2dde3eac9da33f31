"""Fairs of the demonstration: one of last year that was reported, its copy with an open call, one in Hà Nội.

Places are true; days, sums and numbers of papers are invented, and the pages say so.
"""

from __future__ import annotations

import datetime as dt
from contextlib import AbstractContextManager

from marketplace import config
from marketplace.fairs import services
from marketplace.fairs.models import Fair
from marketplace.fairs.services import BudgetPart, FairFacts, Filing, Place
from marketplace.fairs.states import BudgetSource, FairKind
from marketplace.foundation import clock
from marketplace.foundation.calendar import lunar_new_year
from marketplace.foundation.db import db
from marketplace.foundation.money import Money
from marketplace.foundation.reference import random_ref
from marketplace.places import queries as places
from marketplace.selection.models import Call, Criterion
from marketplace.selection.states import Purpose
from marketplace.site.demo import people
from marketplace.site.demo.registry import Province

AHEAD = dt.timedelta(days=56)
YEAR = dt.timedelta(weeks=52)
DAYS = dt.timedelta(days=4)
OPEN_BEFORE = dt.timedelta(days=62)
CLOSED_BEFORE = dt.timedelta(days=24)
CRITERIA = (
    (
        "Chất lượng và giấy tờ: OCOP, VietGAP, an toàn thực phẩm",
        "Quality and papers: OCOP, VietGAP, food safety",
        4,
    ),
    ("Cung ứng đủ hàng suốt những ngày hội chợ", "Enough goods for all days of the fair", 3),
    ("Bao bì, nhãn, mã truy xuất", "Packing, labels, traceability", 2),
    ("Kết quả và báo cáo các hội chợ trước", "Results and reports of earlier fairs", 1),
)
RULES_VI = """Hàng bày bán phải có nhãn, rõ nguồn gốc; giấy chứng nhận còn hạn trong những ngày hội chợ.
Giá niêm yết rõ ràng. Mỗi đơn vị tự bán, tự nhận tiền của khách; Liên minh không bán hàng và không giữ tiền.
Đơn vị tham gia chịu trách nhiệm về hàng của mình và cung cấp đủ thông tin cho ban tổ chức.
Dọn hàng trước giờ mở cửa 30 phút, giữ vệ sinh gian hàng, không đun nấu ngoài khu được phép.
Sau hội chợ, mỗi đơn vị nộp báo cáo kết quả trong 10 ngày."""
RULES_EN = """Goods bear labels and their origin; certificates are valid on all days of the fair.
Prices are written up. Each exhibitor sells and is paid directly; the alliance neither sells nor holds money.
Exhibitors answer for their goods and give the organiser full information.
Stands are ready 30 minutes before opening and kept clean; cooking only where it is allowed.
After the fair each exhibitor reports its result within 10 days."""
INVENTED_VI = "Ngày, số tiền và số văn bản trên trang này chỉ để minh hoạ."
INVENTED_EN = "Days, sums and numbers of papers on this page are made up for the demonstration."


def fairs(province: Province) -> int:
    """Enter all of them; returns how many."""
    first_day = _friday(clock.today() + AHEAD)
    last_year = _last_year(province, first_day - YEAR)
    coming = services.copy_fair(fair=last_year, first_day=first_day, by=province.officer)
    facts = _market_facts(first_day)
    services.change_fair(fair=coming, facts=facts, by=province.officer)
    services.announce_fair(fair=coming, by=province.officer)
    _abroad(province, _friday(clock.today() + dt.timedelta(days=92)))
    return 3


def _last_year(province: Province, first_day: dt.date) -> Fair:
    """Drafted, filed and announced in time; published, held, reported."""
    officer = province.officer
    with _at(first_day - dt.timedelta(days=75)):
        fair = services.draft_fair(
            facts=_market_facts(first_day),
            first_day=first_day,
            last_day=first_day + DAYS,
            place=_square(),
            by=officer,
        )
        _call(fair)
        services.set_budget(fair=fair, parts=BUDGET, by=officer)
        services.announce_fair(fair=fair, by=officer)
    with _at(first_day - dt.timedelta(days=50)):
        services.note_filing(fair=fair, filing=_filed(fair), by=officer)
    with _at(first_day - dt.timedelta(days=14)):
        services.publish_fair(fair=fair, by=officer)
    with _at(first_day + dt.timedelta(days=21)):
        services.file_report(fair=fair, number="27/BC-LMHTX", dated=clock.today(), by=officer)
    return fair


BUDGET = [
    BudgetPart(
        BudgetSource.PROVINCE,
        Money(320_000_000),
        "Kế hoạch xúc tiến thương mại (minh hoạ)",
        support=Money(120_000_000),
        used=Money(188_500_000),
    ),
    BudgetPart(
        BudgetSource.ALLIANCE,
        Money(40_000_000),
        "Kinh phí thường xuyên (minh hoạ)",
        support=Money(10_000_000),
        used=Money(28_200_000),
    ),
    BudgetPart(
        BudgetSource.SPONSORS, Money(25_000_000), "Tài trợ sân khấu (minh hoạ)", used=Money(25_000_000)
    ),
]


def _filed(fair: Fair) -> Filing:
    day = fair.first_day - dt.timedelta(days=58)
    return Filing(
        file_number=f"00/{day.year}/LMHTX (minh hoạ)",
        filed_on=day,
        certified_on=day + dt.timedelta(days=7),
        certified_by="Sở Công Thương (minh hoạ)",
    )


def _call(fair: Fair) -> None:
    """Open for five weeks, and closed well before the fair."""
    call = Call(
        ref=random_ref(),
        purpose=Purpose.FAIR,
        subject_id=fair.id,
        opens_at=clock.start_of_day(fair.first_day - OPEN_BEFORE),
        closes_at=clock.start_of_day(fair.first_day - CLOSED_BEFORE) + dt.timedelta(hours=17),
        bands=[80, 60],
        made_at=clock.now(),
    )
    call.criteria.extend(
        Criterion(position=position, name_vi=vi, name_en=en, weight=weight)
        for position, (vi, en, weight) in enumerate(CRITERIA, start=1)
    )
    db.session.add(call)
    db.session.flush()


def _abroad(province: Province, first_day: dt.date) -> None:
    """A fair that somebody else organises, in the capital."""
    fair = services.draft_fair(
        facts=FairFacts(
            kind=FairKind.EXHIBITION,
            name_vi=f"Hội chợ nông sản và OCOP tại Hà Nội {first_day.year}",
            name_en=f"Farm produce and OCOP fair in Hà Nội {first_day.year}",
            theme_vi="Cà rốt, hành tỏi, bánh đậu xanh Hải Dương ra mắt người Thủ đô",
            theme_en="Carrots, onions and mung bean cakes of Hải Dương for the capital",
            story_vi=f"Liên minh lo một khu gian hàng chung, hợp tác xã mang hàng và người bán.\n{INVENTED_VI}",
            story_en=f"The alliance arranges one shared area; cooperatives bring goods and sellers.\n{INVENTED_EN}",
            rules_vi=RULES_VI,
            rules_en=RULES_EN,
            in_province=False,
            guest=True,
            organisers="Đơn vị tổ chức tại Hà Nội (minh hoạ)",
            opens=dt.time(8),
            closes=dt.time(21),
            booth_fee=Money(3_000_000),
            contact_name="Phòng Xúc tiến thương mại (minh hoạ)",
            contact_phone=people.phone(301),
            hue="leaf",
        ),
        first_day=first_day,
        last_day=first_day + dt.timedelta(days=5),
        place=Place(venue="Trung tâm Triển lãm Nông nghiệp Việt Nam", street="489 Hoàng Quốc Việt, Hà Nội"),
        by=province.officer,
    )
    services.announce_fair(fair=fair, by=province.officer)


def _market_facts(first_day: dt.date) -> FairFacts:
    """The alliance's own week, called after Tết when that is near."""
    vi, en, theme_vi, theme_en = _named(first_day)
    return FairFacts(
        kind=FairKind.WEEK,
        name_vi=f"{vi} {first_day.year}",
        name_en=f"{en} {first_day.year}",
        theme_vi=theme_vi,
        theme_en=theme_en,
        story_vi=f"{STORY_VI}\n{INVENTED_VI}",
        story_en=f"{STORY_EN}\n{INVENTED_EN}",
        rules_vi=RULES_VI,
        rules_en=RULES_EN,
        organisers=config.current().alliance_name,
        opens=dt.time(8),
        closes=dt.time(21, 30),
        contact_name="Phòng Xúc tiến thương mại (minh hoạ)",
        contact_phone=people.phone(301),
        hue="lychee",
    )


STORY_VI = (
    "Hơn 30 gian hàng của các hợp tác xã trong tỉnh: rau củ vụ đông, hành tỏi Kinh Môn, cà rốt Đức Chính và"
    " Đồng Lạc, bánh đậu xanh, mật ong, gà đồi.\nCó nếm thử tại chỗ, buổi gặp người mua sỉ và bếp ăn, và"
    " chương trình văn nghệ mỗi tối. Vào cửa tự do."
)
STORY_EN = (
    "More than 30 stands of the province's cooperatives: winter vegetables, onions and garlic of Kinh Môn, carrots"
    " of Đức Chính and Đồng Lạc, mung bean cakes, honey, free-range chicken.\nTasting, an hour for wholesale buyers"
    " and kitchens, and music every evening. Free entrance."
)


def _named(first_day: dt.date) -> tuple[str, str, str, str]:
    before = (lunar_new_year(first_day.year) - first_day).days
    if 0 < before < 45:
        return (
            "Phiên chợ Tết Xứ Đông",
            "Xứ Đông Tết market",
            "Hàng Tết của người trồng: sạch, tươi, rõ nguồn gốc",
            "Tết goods from those who grow them: clean, fresh, of known origin",
        )
    return (
        "Tuần lễ nông sản Xứ Đông",
        "Xứ Đông produce week",
        "Đúng mùa, đúng vườn, đúng giá",
        "In season, from the field, at a fair price",
    )


def _square() -> Place:
    found = [hit for hit in places.search_units("Lê Thanh Nghị") if hit.current]
    return Place(venue="Quảng trường Trung tâm Văn hoá Xứ Đông", unit_id=found[0].id if found else None)


def _friday(day: dt.date) -> dt.date:
    return day + dt.timedelta(days=(4 - day.weekday()) % 7)


def _at(day: dt.date) -> AbstractContextManager[None]:
    return clock.standing_at(clock.start_of_day(day) + dt.timedelta(hours=9))
