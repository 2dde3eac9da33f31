"""Grades to begin with. Sizes of carrots are those of the trade, illustrative: no national table was found, and each
buyer decides. Classes after UNECE FFV-10 (carrots) and the words of markets here."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from marketplace.catalogue import queries, services
from marketplace.catalogue.models import GradeSpec
from marketplace.catalogue.states import Measure
from marketplace.foundation.db import db

SINCE = dt.date(2026, 1, 1)
TRADE = "Cỡ thường dùng khi xuất khẩu, minh hoạ"
CLASSES = "Theo UNECE FFV-10, minh hoạ"
MARKET = "Cách gọi ở chợ, minh hoạ"
SMALL_WORDS = ("Củ thẳng, không nứt, không sâu", "Straight roots, no cracks, no pests")
GRADES: list[tuple[str, str, str, str, str, Measure, int | None, int | None, int | None, str, str, str]] = [
    # goods, market, sign, Vietnamese, English, measure, least, most, defects %, rules vi, rules en, source
    (
        "ca-rot",
        "",
        "1",
        "Loại 1",
        "Class 1",
        Measure.GRAM,
        120,
        None,
        5,
        "Củ to đều, không nứt, không sẹo, đã cắt lá",
        "Even roots, no cracks or scars, topped",
        CLASSES,
    ),
    (
        "ca-rot",
        "",
        "2",
        "Loại 2",
        "Class 2",
        Measure.GRAM,
        80,
        None,
        10,
        "Củ nhỏ hoặc hơi cong, không thối",
        "Smaller or slightly bent roots, no rot",
        CLASSES,
    ),
    ("ca-rot", "", "A", "Loại A", "Grade A", Measure.GRAM, 150, 350, 5, *SMALL_WORDS, MARKET),
    ("ca-rot", "export", "S", "Cỡ S", "Size S", Measure.GRAM, 80, 150, 5, *SMALL_WORDS, TRADE),
    ("ca-rot", "export", "M", "Cỡ M", "Size M", Measure.GRAM, 150, 200, 5, *SMALL_WORDS, TRADE),
    ("ca-rot", "export", "L", "Cỡ L", "Size L", Measure.GRAM, 200, 250, 5, *SMALL_WORDS, TRADE),
    ("ca-rot", "export", "2L", "Cỡ 2L", "Size 2L", Measure.GRAM, 250, 350, 5, *SMALL_WORDS, TRADE),
    ("ca-rot", "export", "3L", "Cỡ 3L", "Size 3L", Measure.GRAM, 350, None, 5, *SMALL_WORDS, TRADE),
    (
        "vai",
        "",
        "1",
        "Loại 1",
        "Class 1",
        Measure.MILLIMETRE,
        33,
        None,
        5,
        "Quả đỏ đều, không sâu đầu, không nứt",
        "Evenly red, no borers, no cracks",
        MARKET,
    ),
    (
        "vai",
        "",
        "2",
        "Loại 2",
        "Class 2",
        Measure.MILLIMETRE,
        28,
        None,
        10,
        "Quả chín, lẫn ít quả nhỏ",
        "Ripe, some smaller fruit",
        MARKET,
    ),
    (
        "hanh-cu",
        "",
        "1",
        "Loại 1",
        "Class 1",
        Measure.MILLIMETRE,
        20,
        None,
        5,
        "Củ khô vỏ, chắc, không mọc mầm",
        "Dry skins, firm, not sprouting",
        MARKET,
    ),
    (
        "hanh-kho",
        "",
        "1",
        "Loại 1",
        "Class 1",
        Measure.MILLIMETRE,
        20,
        None,
        5,
        "Củ khô, chắc, không mọc mầm",
        "Dry, firm, not sprouting",
        MARKET,
    ),
    (
        "cai-bap",
        "",
        "1",
        "Loại 1",
        "Class 1",
        Measure.GRAM,
        1000,
        2500,
        5,
        "Bắp chắc, sạch lá già",
        "Firm heads, old leaves off",
        MARKET,
    ),
    (
        "oi",
        "",
        "1",
        "Loại 1",
        "Class 1",
        Measure.GRAM,
        250,
        500,
        5,
        "Quả giòn, vỏ sáng, không dập",
        "Crisp, bright skin, no bruises",
        MARKET,
    ),
]


def load_grades(*, by: Any = None) -> int:
    """Enter those that are not there yet, all marked as examples; returns how many are new."""
    known = {(spec.goods_id, spec.market, spec.sign) for spec in db.session.scalars(select(GradeSpec))}
    goods = {each.slug: each for each in queries.goods()}
    new = 0
    for position, row in enumerate(GRADES, start=1):
        slug, market, sign, vi, en, measure, least, most, defects, rules_vi, rules_en, source = row
        if (goods[slug].id, market, sign) in known:
            continue
        services.add_grade(
            goods=goods[slug],
            market=market,
            sign=sign,
            name_vi=vi,
            name_en=en,
            measure=measure,
            least=Decimal(least) if least is not None else None,
            most=Decimal(most) if most is not None else None,
            max_defects=Decimal(defects) if defects is not None else None,
            rules_vi=rules_vi,
            rules_en=rules_en,
            source=source,
            position=position,
            is_example=True,
            valid_from=SINCE,
            by=by,
        )
        new += 1
    return new
