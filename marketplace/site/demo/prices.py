"""The price board of the demonstration: what was published, with its source, and invented prices of the last year."""

from __future__ import annotations

import datetime as dt
from contextlib import AbstractContextManager
from dataclasses import dataclass
from math import cos, pi
from random import Random

from sqlalchemy import select

from marketplace.catalogue.models import Goods
from marketplace.foundation import clock
from marketplace.foundation.calendar import in_season
from marketplace.foundation.db import db
from marketplace.foundation.money import Money
from marketplace.prices import queries, services
from marketplace.prices.models import PricePlace
from marketplace.prices.services import Seen
from marketplace.prices.states import Level, Source, Turn
from marketplace.site.demo.registry import Province

WEEKS = 52
MARKETS = {
    "phu-yen": ("Chợ đầu mối Phú Yên", "Phú Yên wholesale market"),
    "long-bien": ("Chợ đầu mối Long Biên", "Long Biên wholesale market"),
    "hoi-do": ("Chợ Hội Đô", "Hội Đô market"),
}
PLACES = {
    "cam-giang": ("Vùng rau Cẩm Giàng", "Cẩm Giàng vegetable fields"),
    "kinh-mon": ("Vùng hành tỏi Kinh Môn", "Kinh Môn onion fields"),
    "gia-loc": ("Vùng rau Gia Lộc", "Gia Lộc vegetable fields"),
    "thanh-ha": ("Vùng cây ăn quả Thanh Hà", "Thanh Hà orchards"),
    "chi-linh": ("Vùng quả Chí Linh", "Chí Linh orchards"),
}


@dataclass(frozen=True)
class Said:
    """What somebody published: in which month, for how much, or from how much to how much."""

    goods: str
    place: str
    day: dt.date
    words: str
    url: str
    low: int
    high: int = 0


PUBLISHED = (
    Said(
        "ca-rot",
        "cam-giang",
        dt.date(2019, 1, 15),
        "Báo Dân Việt",
        "danviet.vn/vua-ca-rot-duc-chinh.html",
        3000,
        8000,
    ),
    Said(
        "ca-rot",
        "cam-giang",
        dt.date(2021, 2, 12),
        "BNews",
        "bnews.vn/hai-duong-48-tan-ca-rot-duoc-xuat-ban-trong-ngay-mung-1-tet/186617.html",
        4500,
        5000,
    ),
    Said(
        "ca-rot",
        "cam-giang",
        dt.date(2022, 1, 15),
        "Báo điện tử Đảng Cộng sản Việt Nam",
        "en.dangcongsan.vn/economics/hai-duong-exports-first-batch-of-carrots-in-2022-590458.html",
        12000,
        15000,
    ),
    Said(
        "ca-rot",
        "cam-giang",
        dt.date(2023, 2, 15),
        "Báo Hải Dương",
        "baohaiduong.vn/htx-hoang-nam-phat-xuat-khau-khoang-20-tan-ca-rot-moi-ngay-133375.html",
        5000,
    ),
    Said(
        "ca-rot",
        "cam-giang",
        dt.date(2025, 1, 24),
        "Liên minh HTX tỉnh Hải Dương",
        "lmhtx.haiduong.gov.vn",
        7000,
    ),
    Said(
        "hanh-cu",
        "kinh-mon",
        dt.date(2023, 2, 15),
        "Báo Nông nghiệp và Môi trường",
        "nongnghiepmoitruong.vn",
        27000,
    ),
    Said("hanh-cu", "kinh-mon", dt.date(2025, 1, 15), "Báo Nông nghiệp", "nongnghiep.vn", 15000, 17000),
    Said(
        "hanh-cu",
        "kinh-mon",
        dt.date(2026, 2, 14),
        "Báo Người Lao Động",
        "nld.com.vn/video-gia-hanh-re-nhu-cho-nguoi-trong-hanh-o-hai-phong-khoc-rong-196260214182238744.htm",
        6000,
    ),
    Said(
        "hanh-la",
        "kinh-mon",
        dt.date(2018, 1, 20),
        "Thương hiệu và Pháp luật",
        "thuonghieuvaphapluat.vn/hai-duong-nong-dan-trong-hanh-hot-bac-dip-tet-97061",
        12000,
        25000,
    ),
    Said(
        "oi",
        "thanh-ha",
        dt.date(2025, 1, 10),
        "Báo Hải Dương",
        "baohaiduong.vn/en/print/402156.html",
        12000,
        25000,
    ),
    Said(
        "vai",
        "thanh-ha",
        dt.date(2023, 5, 15),
        "Doanh nghiệp và Đời sống",
        "doanhnghiepvadoisong.com.vn",
        40000,
        45000,
    ),
    Said(
        "nhan",
        "chi-linh",
        dt.date(2020, 8, 10),
        "VietnamPlus",
        "en.vietnamplus.vn/hai-duong-longan-to-conquer-global-tastes/179738.vnp",
        8000,
        15000,
    ),
    Said(
        "cai-bap",
        "gia-loc",
        dt.date(2024, 1, 26),
        "Cổng Vietnam.vn",
        "vietnam.vn/es/ret-hai-gia-cai-bap-su-hao-tang-cao",
        2500,
        3500,
    ),
)


@dataclass(frozen=True)
class Usual:
    """What is usual for goods at a place and step: the lowest and the highest price of a year, in đồng."""

    goods: str
    place: str
    level: Level
    low: int
    high: int


USUAL = (
    Usual("ca-rot", "cam-giang", Level.FIELD, 4500, 8000),
    Usual("ca-rot", "chi-linh", Level.FIELD, 4500, 7800),
    Usual("ca-rot", "phu-yen", Level.WHOLESALE, 7000, 11000),
    Usual("ca-rot", "long-bien", Level.WHOLESALE, 8000, 12000),
    Usual("ca-rot", "hoi-do", Level.RETAIL, 12000, 20000),
    Usual("hanh-cu", "kinh-mon", Level.FIELD, 12000, 16000),
    Usual("hanh-kho", "kinh-mon", Level.FIELD, 30000, 50000),
    Usual("hanh-kho", "phu-yen", Level.WHOLESALE, 35000, 55000),
    Usual("oi", "thanh-ha", Level.FIELD, 12000, 25000),
    Usual("oi", "phu-yen", Level.WHOLESALE, 15000, 27000),
    Usual("oi", "hoi-do", Level.RETAIL, 22000, 30000),
    Usual("cam", "chi-linh", Level.FIELD, 15000, 25000),
    Usual("cam", "hoi-do", Level.RETAIL, 30000, 40000),
    Usual("nhan", "chi-linh", Level.FIELD, 8000, 15000),
    Usual("vai", "thanh-ha", Level.FIELD, 15000, 40000),
    Usual("cai-bap", "gia-loc", Level.FIELD, 2500, 3500),
    Usual("cai-bap", "phu-yen", Level.WHOLESALE, 4000, 6500),
    Usual("cai-bap", "hoi-do", Level.RETAIL, 8000, 15000),
    Usual("su-hao", "gia-loc", Level.FIELD, 2500, 3000),
    Usual("sup-lo", "gia-loc", Level.FIELD, 4000, 8000),
    Usual("bi-xanh", "gia-loc", Level.FIELD, 5000, 12000),
    Usual("cu-dau", "phu-yen", Level.WHOLESALE, 4000, 8000),
    Usual("khoai-tay", "phu-yen", Level.WHOLESALE, 6000, 9000),
    Usual("gao-nep", "kinh-mon", Level.FIELD, 25000, 27000),
)
OWN = (("dong-lac", "ca-rot", 6800), ("dong-lac", "hanh-la", 14000))


def write_prices(province: Province, chance: Random) -> int:
    """Enter places and prices, oldest first, each as if it were written on its day; returns how many."""
    goods = {each.slug: each for each in db.session.scalars(select(Goods))}
    with clock.standing_at(clock.now() - dt.timedelta(days=600)):
        places = {
            slug: services.add_market(name_vi=vi, name_en=en, by=province.officer)
            for slug, (vi, en) in (MARKETS | PLACES).items()
        }
    written = sum(_published(province, goods, places, said) for said in PUBLISHED)
    written += sum(_year(province, goods[usual.goods], places, usual, chance) for usual in USUAL)
    written += _own(province, goods)
    _follower(province, goods["ca-rot"])
    _doubter(province, goods["hanh-la"])
    return written


def _published(province: Province, goods: dict[str, Goods], places: dict[str, PricePlace], said: Said) -> int:
    low, high = (said.low, said.high) if said.high else (None, None)
    with _on(said.day):
        services.note_price(
            seen=Seen(
                goods=goods[said.goods],
                place=places[said.place],
                day=said.day,
                level=Level.FIELD,
                price=None if said.high else Money(said.low),
                low=None if low is None else Money(low),
                high=None if high is None else Money(high),
            ),
            source=Source.PUBLISHED,
            source_words=said.words,
            source_url=f"https://{said.url}",
            sure=True,
            by=province.officer,
        )
    return 1


def _year(
    province: Province, goods: Goods, places: dict[str, PricePlace], usual: Usual, chance: Random
) -> int:
    """One invented price a week while the goods are in season: dear at its ends, cheap in its middle."""
    season = queries.season_of(goods.id)
    today, written, drift = clock.today(), 0, 0.5
    for back in range(WEEKS, -1, -1):
        day = today - dt.timedelta(days=today.weekday() + 7 * back)
        if not in_season(season.months, day):
            continue
        drift = min(max(drift + chance.uniform(-0.14, 0.14), 0.05), 0.95)
        wave = (1 + cos(2 * pi * day.timetuple().tm_yday / 365)) / 2
        share = 0.6 * drift + 0.4 * wave
        price = round((usual.low + share * (usual.high - usual.low)) / 100) * 100
        with _on(day):
            services.note_price(
                seen=Seen(
                    goods=goods, place=places[usual.place], day=day, level=usual.level, price=Money(price)
                ),
                source=Source.OFFICER,
                sure=True,
                is_example=True,
                by=province.officer,
            )
        written += 1
    return written


def _own(province: Province, goods: dict[str, Goods]) -> int:
    """What cooperatives say they sell for."""
    for key, slug, price in OWN:
        cooperative, director = province.cooperatives[key], province.directors[key]
        unit = cooperative.address and (
            cooperative.address.unit_current or cooperative.address.unit_as_written
        )
        assert unit is not None, "every cooperative of the demonstration has its commune"
        services.note_price(
            seen=Seen(
                goods=goods[slug],
                place=services.place_for_unit(unit_id=unit.id, by=director),
                day=clock.today() - dt.timedelta(days=1),
                level=Level.FIELD,
                price=Money(price),
            ),
            source=Source.COOPERATIVE,
            cooperative=cooperative,
            sure=True,
            is_example=True,
            by=director,
        )
    return len(OWN)


def _follower(province: Province, carrots: Goods) -> None:
    director = province.directors["dong-lac"]
    services.follow(
        person=director,
        goods=carrots,
        level=Level.FIELD,
        turn=Turn.ABOVE,
        threshold=Money(8_000),
        by=director,
    )


def _on(day: dt.date) -> AbstractContextManager[None]:
    """At nine in the morning of a day, or now where that is still to come."""
    return clock.standing_at(min(clock.start_of_day(day) + dt.timedelta(hours=9), clock.now()))


def _doubter(province: Province, onions: Goods) -> None:
    """A colleague cannot believe what one cooperative asks: the office has to look."""
    row = queries.entries(source=Source.COOPERATIVE, goods_id=onions.id).rows[0]
    services.doubt_price(
        observation=row,
        words="Hôm qua ở ruộng chỉ bán được 9.000 đ, giá này có lẽ là giá bán lẻ.",
        by=province.directors["duc-chinh"],
    )
