"""Fields of two cooperatives, what is sown, a diary, lots with tests, what may be sprayed, and a recall that goes on.

The waiting time and the forbidden substances are what a buyer of carrots asked for in the season 2024–25, as reported
in the press: examples with their source, not law.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from marketplace.catalogue.models import Goods as Kind
from marketplace.catalogue.models import Product
from marketplace.deliveries.models import Delivery, DeliveryLine, DeliveryLot
from marketplace.deliveries.states import DeliveryState
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.growing import services
from marketplace.growing.models import Lot, Plot
from marketplace.growing.services import Done, PlotFacts, SowingFacts
from marketplace.growing.states import Certainty, DiaryKind, LabResult
from marketplace.recalls import services as recalls
from marketplace.site.demo.goods import Goods
from marketplace.site.demo.registry import Province

SOURCE = "Yêu cầu của người mua cà rốt vụ 2024–2025, theo báo chí (ví dụ)"
FORBIDDEN = ("Hexaconazole", "Tricyclazole", "Difenoconazole", "Propiconazole", "Paclobutrazol")
WAIT = 30
FIELDS: dict[str, tuple[tuple[str, str, str, str, bool, str], ...]] = {
    "dong-lac": (
        ("Bãi Mạc Động, thửa 12", "Mạc Động", "14", "Tổ 1", True, "Nguyễn Văn Bình (minh hoạ)"),
        ("Bãi Mạc Động, thửa 13", "Mạc Động", "9", "Tổ 1", False, "Phạm Thị Hoà (minh hoạ)"),
        ("Đồng Cửa Chùa", "Trụ Hạ", "22", "Tổ 3", False, ""),
    ),
    "duc-chinh": (
        ("Bãi sông Thái Bình, khu A", "An Phú", "65", "Đội 2", True, "Trần Văn Khoa (minh hoạ)"),
        ("Bãi sông Thái Bình, khu B", "Địch Tràng", "48", "Đội 4", False, ""),
    ),
}
KG_OF_SAO = 2_000
"""About what carrots bring."""
DONE = (
    (58, DiaryKind.FERTILISED, "Phân chuồng ủ hoai", "300 kg mỗi sào", ""),
    (41, DiaryKind.SPRAYED, "Abamectin 1.8EC", "15 ml cho bình 16 lít", "sâu xanh"),
    (24, DiaryKind.FERTILISED, "NPK 13-13-13", "8 kg mỗi sào", ""),
    (12, DiaryKind.SPRAYED, "Bacillus thuringiensis", "20 g cho bình 16 lít", "sâu khoang"),
)
DAY = dt.timedelta(days=1)


def fields(province: Province, goods: Goods) -> int:
    """Returns how many plots there are."""
    _rules(province)
    plots = {key: _plots(province, key) for key in FIELDS}
    for key, theirs in plots.items():
        carrots = next(product for product in goods[key] if product.commodity.drawing == "carrot")
        for number, plot in enumerate(theirs):
            _sown(province, key, plot, carrots, number)
            _diary(province, key, plot, number)
        _lots(province, key, carrots, theirs)
    _recall(province)
    return sum(map(len, plots.values()))


def _rules(province: Province) -> None:
    carrots = db.session.scalar(select(Kind).where(Kind.slug == "ca-rot"))
    since = dt.date(clock.today().year - 1, 1, 1)
    told: dict[str, Any] = {
        "goods": carrots,
        "valid_from": since,
        "source": SOURCE,
        "certainty": Certainty.MEDIUM,
    }
    services.add_rule(**told, interval_days=WAIT, by=province.officer)
    for substance in FORBIDDEN:
        services.add_rule(**told, substance=substance, forbidden=True, by=province.officer)


def _plots(province: Province, key: str) -> list[Plot]:
    seller = province.cooperatives[key]
    assert seller.address is not None and seller.address.unit_as_written_id is not None, (
        "entered with its place"
    )
    made = []
    with clock.standing_at(clock.now() - 90 * DAY):
        for name, village, area, group, shown, household in FIELDS[key]:
            facts = PlotFacts(
                name=name,
                unit_id=seller.address.unit_as_written_id,
                village=f"Thôn {village}",
                area=Decimal(area),
                household_group=group,
                household=household,
                household_shown=shown,
            )
            made.append(services.add_plot(cooperative=seller, facts=facts, by=province.directors[key]))
    return made


def _sown(province: Province, key: str, plot: Plot, carrots: Product, number: int) -> None:
    today = clock.today()
    facts = SowingFacts(
        product=carrots,
        sown_on=today - (66 - 3 * number) * DAY,
        first_on=today + (20 + 12 * number) * DAY,
        last_on=today + (48 + 12 * number) * DAY,
        kg=plot.area_written * KG_OF_SAO,
        variety="Ti-103",
        market="Hàn Quốc" if number == 0 else "",
    )
    with clock.standing_at(clock.now() - 60 * DAY):
        services.sow(plot=plot, facts=facts, by=province.directors[key])


def _diary(province: Province, key: str, plot: Plot, number: int) -> None:
    for ago, kind, substance, dose, pest in DONE:
        with clock.standing_at(clock.now() - (ago - number) * DAY):
            done = Done(
                kind=kind,
                day=clock.today(),
                substance=substance,
                dose=dose,
                pest=pest,
                worker=plot.household_group,
            )
            services.write(plot=plot, done=done, by=province.directors[key])


def _lots(province: Province, key: str, carrots: Product, plots: list[Plot]) -> None:
    """An early lot, against the waiting time and said so, with a test that waits; and one of last week that passed."""
    director = province.directors[key]
    for ago, kg, result in ((8, 1_200, LabResult.PASSED), (1, 1_850, LabResult.WAITING)):
        with clock.standing_at(clock.now() - ago * DAY):
            lot = services.harvest(
                product=carrots,
                plots=plots[:2],
                harvested_on=clock.today(),
                kg=Decimal(kg),
                grade="Loại 1",
                early_reason="Tỉa non bán chợ trong tỉnh, chỉ dùng chế phẩm sinh học sau ngày phun cuối.",
                by=director,
            )
            services.add_test(
                lot=lot,
                number=f"MH-{lot.id:04d}",
                lab="Phòng kiểm nghiệm minh hoạ",
                sampled_on=clock.today(),
                result=result,
                by=director,
            )


def _recall(province: Province) -> None:
    """A lot that was sold and eaten in part; its buyer has answered by phone."""
    row = db.session.execute(
        select(DeliveryLot, Delivery)
        .join(DeliveryLine, DeliveryLine.id == DeliveryLot.line_id)
        .join(Delivery, Delivery.id == DeliveryLine.delivery_id)
        .join(Lot, Lot.id == DeliveryLot.lot_id)
        .where(
            Delivery.state == DeliveryState.RECEIVED,
            Delivery.contact_person_id.is_not(None),
            DeliveryLot.kg.is_not(None),
            Delivery.cooperative_id == province.cooperatives["dong-lac"].id,
        )
        .order_by(Delivery.id.desc())
        .limit(1)
    ).first()
    if row is None:
        return
    each, delivery = row
    recall = recalls.open_recall(
        lot=each.lot,
        reason="Mẫu gửi kiểm nghiệm cho thấy dư lượng thuốc cao hơn mức cho phép (minh hoạ).",
        advice="Xin để riêng, không bán và không ăn. Hợp tác xã sẽ đến nhận lại và hoàn tiền.",
        by_alliance=True,
        by=province.officer,
    )
    holding = recall.holdings[0]
    assert holding.kg is not None, "its boxes were weighed"
    recalls.answer(
        holding=holding,
        parts={"kept": (holding.kg / 2).quantize(Decimal("0.1"))},
        words="Nửa còn lại nhà đã dùng.",
        answered_by=delivery.contact_name,
        by=province.directors["dong-lac"],
    )
