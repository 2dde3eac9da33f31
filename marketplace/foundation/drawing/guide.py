"""What the page of all parts (templates/ui/styleguide.html) shows."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

from werkzeug.datastructures import MultiDict

from marketplace.foundation.calendar import months_mask
from marketplace.foundation.drawing import DRAWINGS, HUES, SCENES, season
from marketplace.foundation.drawing.stage import Goods
from marketplace.foundation.web import fields
from marketplace.foundation.web.forms import Form

COAT = [(1, "potato", "leaf"), (2, "carrot", "carrot"), (3, "garlic", "onion"), (4, "honey", "straw")]
COAT += [(5, "lychee", "lychee"), (6, "lychee", "lychee"), (7, "na", "lime"), (8, "dragonfruit", "lychee")]
COAT += [(9, "guava", "leaf"), (10, "fish", "river"), (11, "rice", "straw"), (12, "orange", "straw")]


class ExampleForm(Form):
    """Every kind of field, one of them wrong."""

    kind = fields.RadioField("Loại nào?", choices=[("1", "Loại 1"), ("2", "Loại 2"), ("x", "Xô")])
    amount = fields.QuantityField("Lượng bán tuần này", description="Viết sao cũng được: 800, 8 tạ, 1,2 tấn.")
    price = fields.MoneyField("Giá một kg", description="Hôm nay tại ruộng Chí Linh: 5.500–7.500 ₫.")
    until = fields.DateField("Nhận đơn đến ngày", validators=[fields.Optional()])
    months = fields.MonthsField("Tháng có hàng")
    wrapping = fields.ChoiceField("Đóng gói", choices=[("10", "Thùng 10 kg"), ("1", "Túi 1 kg")])
    words = fields.TextField("Lời nhắn", validators=[fields.Optional()])
    agree = fields.TickField("Tôi đồng ý với quy chế")


def examples() -> dict[str, Any]:
    """The context of the page."""
    form = ExampleForm(MultiDict({"kind": "1", "amount": "5 tấn gì đó", "price": "12k", "wrapping": "10"}))
    form.months.data = [1, 2, 3, 4]
    form.amount.errors = ["5 tấn là 5.000 kg, mà chỉ còn 3.000 kg. Ghi 3.000 kg trở xuống."]
    return {
        "form": form,
        "rows": [_card(*row) for row in ROWS],
        "coat": COAT,
        "goods": [
            Goods("carrot", "Cà rốt", "16.000 ₫"),
            Goods("cabbage", "Cải bắp", "9.000 ₫"),
            Goods("onion", "Hành mới", "28.000 ₫"),
            Goods("guava", "Ổi", "28.000 ₫"),
            Goods("potato", "Khoai", "16.000 ₫"),
        ],
        "drawings": list(DRAWINGS),
        "scenes": list(SCENES),
        "hues": list(HUES),
        "big_strip": season.strip(months_mask([1, 2, 3, 4]), months_mask([2, 3]), 2, big=True),
        "history": [_line(9, "Ông Hùng", "Đơn được nhận"), _line(8, "Bà Lan", "Đơn được đặt, 900.000 ₫")],
    }


def _line(hour: int, actor: str, sentence: str) -> SimpleNamespace:
    at = dt.datetime(2027, 2, 23, hour, 12, tzinfo=dt.UTC)
    return SimpleNamespace(at=at, actor=actor, sentence=sentence, on_behalf=False)


ROWS = [
    ("Cà rốt Đồng Lạc", "carrot", "carrot", "16.000 ₫", [1, 2, 3, 4], [2, 3], "Đang rộ đến tháng 4", ""),
    ("Tỏi Kinh Môn", "onion", "garlic", "35.000 ₫", [2, 3], [], "Mới vào vụ", ""),
    (
        "Cải bắp Hoàng Diệu",
        "leaf",
        "cabbage",
        "9.000 ₫",
        [11, 12, 1, 2, 3],
        [12, 1],
        "Còn một tháng nữa",
        "OCOP 3 sao",
    ),
    ("Cá lồng Nam Sách", "river", "fish", "95.000 ₫", list(range(1, 13)), [], "Quanh năm", ""),
]


def _card(
    name: str, hue: str, drawing: str, price: str, months: list[int], peak: list[int], when: str, flag: str
) -> dict[str, Any]:
    strip = season.strip(months_mask(months), months_mask(peak), 2, label=when)
    return {
        "url": "#",
        "add_url": "#",
        "name": name,
        "by": "HTX Đồng Lạc, Chí Linh",
        "hue": hue,
        "drawing": drawing,
        "strip": strip,
        "when": when,
        "flag": flag,
        "price": price,
        "unit": "kg",
        "stock": "còn 3 tấn",
    }
