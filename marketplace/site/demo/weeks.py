"""The weeks to come of the winter crops: what is expected, what was said before, one week that falls short."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from random import Random

from marketplace.catalogue.models import Product
from marketplace.fairs.models import Fair
from marketplace.foundation import clock
from marketplace.foundation.calendar import Week, week_of
from marketplace.site.demo.goods import Goods
from marketplace.site.demo.registry import Province
from marketplace.supply import queries, services
from marketplace.supply.states import ClaimKind, ForecastSource, ShortCause

GROWERS = {
    "dong-lac": ("Cà rốt Đồng Lạc", 18_000),
    "tan-dan": ("Cà rốt Tân Dân", 7_000),
    "an-lac": ("Cà rốt bãi An Lạc", 9_000),
    "tan-minh-duc": ("Cà rốt Tân Minh Đức", 6_000),
    "duc-chinh": ("Cà rốt Đức Chính", 42_000),
    "cam-van": ("Cà rốt Cẩm Văn", 15_000),
    "thai-tan": ("Cà rốt Thái Tân", 12_000),
    "nhan-hue": ("Cà rốt tươi Nhân Huệ", 16_000),
}
"""Seller -> its carrots, and the kilograms of a usual week in winter."""
ON_PHONE = ("an-lac", "Chú Hoạt, tổ trưởng")
OLD = "thai-tan"
SHAPE = (60, 75, 90, 100, 110, 105, 95, 85, 70, 60)
"""Parts of a hundred of a usual week: the harvest swells and ebbs."""


def look_ahead(province: Province, goods: Goods, fair: Fair, chance: Random) -> int:
    """Forecasts of ten weeks for the carrot growers; how many weeks are told of."""
    count = 0
    for key, (name, usual) in GROWERS.items():
        product = next(each for each in goods[key] if each.name_vi == name)
        count += _say(province, key, product, usual, chance)
    _fall_short(province, goods, fair)
    return count


def _say(province: Province, key: str, product: Product, usual: int, chance: Random) -> int:
    """Said weeks ago, and most of it said again in the last days; a week that is over was said, too."""
    this = week_of(clock.today())
    _said_of_past_weeks(province, key, product, usual, chance)
    with clock.standing_at(clock.now() - dt.timedelta(days=24)):
        _forecast(province, key, product, this, usual, chance)
    if key != OLD:
        with clock.standing_at(clock.now() - dt.timedelta(days=chance.randint(0, 9), hours=3)):
            _forecast(province, key, product, this, usual * chance.randint(92, 106) // 100, chance)
    return len(SHAPE)


def _said_of_past_weeks(province: Province, key: str, product: Product, usual: int, chance: Random) -> None:
    """Two weeks that are over, as they were expected, and what came of them for sale in the shop."""
    now, this = clock.now(), week_of(clock.today())
    for back in (2, 1):
        said = Decimal(usual // 10)
        with clock.standing_at(now - dt.timedelta(weeks=back + 3)):
            services.forecast(product=product, week=str(this - back), likely=said, by=province.directors[key])
        with clock.standing_at(now - dt.timedelta(weeks=back)):
            stock = queries.stock_of(product.id)
            assert stock is not None, "what is on sale is counted"
            came = said * chance.choice([65, 80, 90, 95, 100]) // 100
            services.add_harvest(stock=stock, quantity=came, by=province.directors[key])


def _forecast(
    province: Province, key: str, product: Product, first: Week, usual: int, chance: Random
) -> None:
    on_phone, who = ON_PHONE
    officer = key == on_phone
    weeks = []
    for ahead, part in enumerate(SHAPE):
        likely = Decimal(usual * part // 100 // 100 * 100)
        low = likely * chance.choice([80, 85, 90]) // 10_000 * 100
        high = likely * chance.choice([110, 115, 120]) // 10_000 * 100
        weeks.append(services.Expected(week=str(first + ahead), likely=likely, low=low, high=high))
    services.forecast_weeks(
        product=product,
        weeks=weeks,
        source=ForecastSource.OFFICER if officer else ForecastSource.OWN,
        told_by=who if officer else "",
        by=province.officer if officer else province.directors[key],
    )


def _fall_short(province: Province, goods: Goods, fair: Fair) -> None:
    """Đồng Lạc set goods aside for the fair; rain took some of them."""
    director = province.directors["dong-lac"]
    product = next(each for each in goods["dong-lac"] if each.name_vi == GROWERS["dong-lac"][0])
    weeks = [str(week_of(clock.today()) + ahead) for ahead in (1, 2, 3)]
    for week, amount in zip(weeks, (4_000, 9_000, 6_000), strict=True):
        services.promise(
            product_id=product.id,
            week=week,
            quantity=Decimal(amount),
            holder=f"fair:{fair.id}",
            kind=ClaimKind.FAIR,
            by=director,
        )
    services.forecast(
        product=product,
        week=weeks[1],
        likely=Decimal(7_500),
        low=Decimal(6_500),
        high=Decimal(8_500),
        note="Mưa lớn, ruộng ngoài bãi ngập ba ngày",
        by=director,
    )
    stock = queries.week_stock(product.id, weeks[1])
    short = queries.live_shortfall(stock.id) if stock is not None else None
    assert short is not None, "less is expected than promised"
    services.ask_pool(
        shortfall=short, cause=ShortCause.WEATHER, words="Cần bù 1,5 tấn loại A trước thứ Năm", by=director
    )
