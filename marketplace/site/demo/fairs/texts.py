"""What is written about the demonstration's fairs. Places are true; days, sums and numbers of papers are invented, and
the pages say so."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace import config
from marketplace.fairs.services import BudgetPart, FairFacts, Filing
from marketplace.fairs.states import BudgetSource, FairKind
from marketplace.foundation import clock
from marketplace.foundation.calendar import lunar_new_year
from marketplace.foundation.money import Money
from marketplace.selection.services import Measure
from marketplace.site.demo import people

CRITERIA = [
    Measure(
        "Chất lượng và giấy tờ: OCOP, VietGAP, an toàn thực phẩm",
        4,
        name_en="Quality and papers: OCOP, VietGAP, food safety",
    ),
    Measure("Cung ứng đủ hàng suốt những ngày hội chợ", 3, name_en="Enough goods for all days of the fair"),
    Measure("Bao bì, nhãn, mã truy xuất", 2, name_en="Packing, labels, traceability"),
    Measure("Kết quả và báo cáo các hội chợ trước", 1, name_en="Results and reports of earlier fairs"),
]
BANDS = [80, 60]
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


BUDGET = [
    BudgetPart(
        BudgetSource.PROVINCE,
        Money(320_000_000),
        "Kế hoạch xúc tiến thương mại (minh hoạ)",
        support=Money(120_000_000),
    ),
    BudgetPart(
        BudgetSource.ALLIANCE,
        Money(40_000_000),
        "Kinh phí thường xuyên (minh hoạ)",
        support=Money(10_000_000),
    ),
    BudgetPart(BudgetSource.SPONSORS, Money(25_000_000), "Tài trợ sân khấu (minh hoạ)"),
]
USED = {
    BudgetSource.PROVINCE: Money(188_500_000),
    BudgetSource.ALLIANCE: Money(28_200_000),
    BudgetSource.SPONSORS: Money(25_000_000),
}
"""What was used beside support, known once the fair is over."""
FOREIGN_STORY_VI = "Liên minh lo một khu gian hàng chung, hợp tác xã mang hàng và người bán."
FOREIGN_STORY_EN = "The alliance arranges one shared area; cooperatives bring goods and sellers."
TOWN_STORY_VI = (
    "Bảy ngày ở trung tâm Chí Linh: cà rốt, na, nhãn, gà đồi, mật ong và hàng OCOP của cả tỉnh, mỗi ngành hàng một"
    " dãy.\nMột buổi sáng dành cho kết nối cung cầu: mỗi cuộc gặp 20 phút ở một bàn, xếp lịch theo nguyện vọng hai bên."
    " Vào cửa tự do; khách đăng ký trước nhận vé có mã."
)
TOWN_STORY_EN = (
    "Seven days in the middle of Chí Linh: carrots, custard apples, longans, free-range chicken, honey and OCOP goods"
    " of the whole province, a row for each trade.\nOne morning buyers and exhibitors meet at tables, 20 minutes each,"
    " timed by the wishes of both sides. Free entrance; who registers gets a pass with a code."
)
ONION_STORY_VI = (
    "Ba ngày ở Kinh Môn, vùng hành tỏi lớn nhất tỉnh: hành củ, tỏi, sắn dây, gạo nếp và hàng chế biến.\nChỉ có 12 gian"
    " hàng, nên hồ sơ được chấm điểm và xếp chỗ theo quy tắc công bố trước."
)
ONION_STORY_EN = (
    "Three days in Kinh Môn, the province's largest land of onions and garlic: bulbs, kudzu, sticky rice and goods made"
    " of them.\nThere are only 12 booths: applications are scored, and places given by rules published before."
)


def facts(vi: str, en: str, theme: tuple[str, str], story: tuple[str, str], **more: Any) -> FairFacts:
    """With the house's rules, hours and people, and the word that it is invented."""
    told: dict[str, Any] = {
        "kind": FairKind.FAIR,
        "organisers": config.current().alliance_name,
        "opens": dt.time(8),
        "closes": dt.time(21),
        "contact_name": "Phòng Xúc tiến thương mại (minh hoạ)",
        "contact_phone": people.phone(301),
    }
    return FairFacts(
        **told | more,
        name_vi=vi,
        name_en=en,
        theme_vi=theme[0],
        theme_en=theme[1],
        story_vi=f"{story[0]}\n{INVENTED_VI}",
        story_en=f"{story[1]}\n{INVENTED_EN}",
        rules_vi=RULES_VI,
        rules_en=RULES_EN,
    )


def market(first_day: dt.date) -> FairFacts:
    """The alliance's own week, called after Tết when that is near."""
    vi, en, theme_vi, theme_en = _named(first_day)
    return facts(
        f"{vi} {first_day.year}",
        f"{en} {first_day.year}",
        (theme_vi, theme_en),
        (STORY_VI, STORY_EN),
        kind=FairKind.WEEK,
        closes=dt.time(21, 30),
        hue="lychee",
    )


def town(first_day: dt.date) -> FairFacts:
    return facts(
        f"Hội chợ nông sản và OCOP Chí Linh {first_day.year}",
        f"Chí Linh farm produce and OCOP fair {first_day.year}",
        ("Từ vườn đồi Chí Linh đến bàn ăn", "From the hills of Chí Linh to the table"),
        (TOWN_STORY_VI, TOWN_STORY_EN),
        hue="carrot",
    )


def onions(first_day: dt.date) -> FairFacts:
    return facts(
        f"Hội chợ hành tỏi và đặc sản Kinh Môn {first_day.year}",
        f"Kinh Môn onion, garlic and specialities fair {first_day.year}",
        ("Hành tỏi Kinh Môn vào vụ", "Kinh Môn's onions and garlic are in season"),
        (ONION_STORY_VI, ONION_STORY_EN),
        booth_fee=Money(1_000_000),
        hue="onion",
    )


def capital(first_day: dt.date) -> FairFacts:
    """Somebody else organises it."""
    return facts(
        f"Hội chợ nông sản và OCOP tại Hà Nội {first_day.year}",
        f"Farm produce and OCOP fair in Hà Nội {first_day.year}",
        (
            "Cà rốt, hành tỏi, bánh đậu xanh Hải Dương ra mắt người Thủ đô",
            "Carrots, onions and mung bean cakes of Hải Dương for the capital",
        ),
        (FOREIGN_STORY_VI, FOREIGN_STORY_EN),
        kind=FairKind.EXHIBITION,
        in_province=False,
        guest=True,
        organisers="Đơn vị tổ chức tại Hà Nội (minh hoạ)",
        booth_fee=Money(3_000_000),
        hue="leaf",
    )


def filing(filed_on: dt.date) -> Filing:
    """Answered a week later, when that is over."""
    answered = filed_on + dt.timedelta(days=7)
    known = answered <= clock.today()
    return Filing(
        file_number=f"00/{filed_on.year}/LMHTX (minh hoạ)",
        filed_on=filed_on,
        certified_on=answered if known else None,
        certified_by="Sở Công Thương (minh hoạ)" if known else "",
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
