"""Reference data: stalls and commodities of the province with their seasons (solar months), words of grades."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import select

from marketplace.catalogue.models import Category, Commodity, Goods
from marketplace.foundation.calendar import months_mask
from marketplace.foundation.db import db
from marketplace.foundation.text import fold

CATEGORIES = [
    # slug, Vietnamese, English, hue, drawing
    ("cu-qua", "Củ quả", "Roots and vegetables", "carrot", "carrot"),
    ("rau-la", "Rau lá", "Leaf vegetables", "leaf", "cabbage"),
    ("qua-ngot", "Quả ngọt", "Fruit", "lime", "guava"),
    ("gia-vi", "Gia vị", "Onion, garlic, herbs", "onion", "onion"),
    ("gao-nep", "Gạo, nếp", "Rice", "straw", "rice"),
    ("ca-thuy-san", "Cá, thuỷ sản", "Fish and seafood", "river", "fish"),
    ("ga-trung", "Gà, trứng, mật", "Poultry, eggs, honey", "clay", "hen"),
    ("banh-che-bien", "Bánh, chế biến", "Cakes and processed food", "lychee", "cake"),
    ("do-uong", "Đồ uống", "Drinks", "straw", "bottle"),
    ("thu-cong", "Thủ công", "Crafts", "clay", "vase"),
]
ALL = range(1, 13)
COMMODITIES: list[tuple[str, str, str, str, str, str, Any, Any, list[str]]] = [
    # slug, category, Vietnamese, English, drawing, unit, months, peak months, synonyms
    ("ca-rot-dong-lac", "cu-qua", "Cà rốt Đồng Lạc", "Đồng Lạc carrot", "carrot", "kg", (1, 2, 3, 4), (2, 3), ["cà rốt", "carrot"]),
    ("ca-rot-duc-chinh", "cu-qua", "Cà rốt Đức Chính", "Đức Chính carrot", "carrot", "kg", (1, 2, 3, 4), (2, 3), ["cà rốt", "carrot"]),
    ("ca-rot-nhan-hue", "cu-qua", "Cà rốt tươi Nhân Huệ", "Nhân Huệ carrot", "carrot", "kg", (1, 2, 3, 4), (2, 3), ["cà rốt", "carrot"]),
    ("ca-rot-xuat-khau", "cu-qua", "Cà rốt xuất khẩu", "Export carrot", "carrot", "thung", (1, 2, 3, 4), (2, 3), ["cà rốt", "carrot"]),
    ("vai-thieu", "qua-ngot", "Vải thiều Thanh Hà", "Thanh Hà lychee", "lychee", "kg", (6,), (6,), ["vải", "lychee", "litchi"]),
    ("vai-u-hong", "qua-ngot", "Vải u hồng", "U hồng lychee", "lychee", "kg", (5, 6), (5,), ["vải", "lychee"]),
    ("vai-u-trung", "qua-ngot", "Vải u trứng", "U trứng lychee", "lychee", "kg", (5,), (5,), ["vải", "trứng trắng", "lychee"]),
    ("vai-queen", "qua-ngot", "Vải tươi Queen Thanh Ha Lychee", "Queen Thanh Ha Lychee", "lychee", "hop", (5, 6), (6,), ["vải", "lychee"]),
    ("oi-thanh-ha", "qua-ngot", "Ổi Thanh Hà", "Thanh Hà guava", "guava", "kg", ALL, (9, 10, 11, 12, 1, 2, 3), ["ổi", "guava"]),
    ("nhan-chi-linh", "qua-ngot", "Nhãn Chí Linh", "Chí Linh longan", "longan", "kg", (7, 8), (8,), ["nhãn", "longan"]),
    ("na-chi-linh", "qua-ngot", "Na Chí Linh", "Chí Linh custard apple", "na", "kg", (7, 8, 9), (8,), ["mãng cầu", "na", "custard apple"]),
    ("thanh-long", "qua-ngot", "Thanh long ruột đỏ", "Red dragon fruit", "dragonfruit", "kg", (5, 6, 7, 8, 9, 10, 11), (7, 8, 9), ["dragon fruit"]),
    ("cam-chi-linh", "qua-ngot", "Cam Chí Linh", "Chí Linh orange", "orange", "kg", (11, 12, 1), (12,), ["cam", "orange"]),
    ("buoi-dao", "qua-ngot", "Bưởi đào Thanh Hồng", "Thanh Hồng pink pomelo", "pomelo", "qua", (9, 10, 11, 12), (11,), ["bưởi", "pomelo"]),
    ("hanh-tuoi", "gia-vi", "Hành củ Kinh Môn", "Kinh Môn shallot", "onion", "kg", (1, 2, 3), (2,), ["hành tím", "hành tươi", "onion", "shallot"]),
    ("hanh-kho", "gia-vi", "Hành khô Kinh Môn", "Kinh Môn dried shallot", "onion", "kg", ALL, (2, 3, 4), ["hành tím", "hành củ", "onion"]),
    ("toi", "gia-vi", "Tỏi Kinh Môn", "Kinh Môn garlic", "garlic", "kg", ALL, (2, 3), ["tỏi", "garlic"]),
    ("toi-den", "banh-che-bien", "Tỏi đen", "Black garlic", "blackgarlic", "hop", ALL, (), ["tỏi", "black garlic"]),
    ("nep-cai-hoa-vang", "gao-nep", "Gạo nếp cái hoa vàng", "Cái hoa vàng sticky rice", "rice", "kg", ALL, (11, 12, 1), ["nếp", "gạo nếp", "sticky rice"]),
    ("ruou-nep", "do-uong", "Rượu nếp cái hoa vàng", "Sticky rice spirit", "bottle", "chai", ALL, (12, 1), ["rượu", "rice wine"]),
    ("bot-san-day", "banh-che-bien", "Bột sắn dây", "Kudzu root starch", "powder", "kg", ALL, (1, 2, 3), ["sắn dây", "kudzu"]),
    ("cu-san-day", "cu-qua", "Sắn dây củ", "Kudzu root", "kudzu", "kg", (12, 1, 2, 3), (1, 2), ["sắn dây", "kudzu"]),
    ("cu-dau", "cu-qua", "Củ đậu Kim Thành", "Kim Thành jicama", "jicama", "kg", (9, 10, 11, 12), (10, 11), ["củ sắn", "jicama"]),
    ("cai-bap", "rau-la", "Cải bắp Hoàng Diệu", "Hoàng Diệu cabbage", "cabbage", "kg", (11, 12, 1, 2, 3), (12, 1, 2), ["bắp cải", "cabbage"]),
    ("cai-bap-gia-loc", "rau-la", "Cải bắp Gia Lộc", "Gia Lộc cabbage", "cabbage", "kg", (11, 12, 1, 2, 3), (12, 1, 2), ["bắp cải", "cabbage"]),
    ("su-hao", "rau-la", "Su hào Gia Lộc", "Gia Lộc kohlrabi", "kohlrabi", "cu", (10, 11, 12, 1, 2, 3), (12, 1), ["kohlrabi"]),
    ("sup-lo", "rau-la", "Súp lơ", "Cauliflower", "cauliflower", "cai", (11, 12, 1, 2, 3), (12, 1), ["su lơ", "bông cải", "cauliflower"]),
    ("bi-xanh", "cu-qua", "Bí xanh", "Winter melon", "wintermelon", "kg", (4, 5, 6, 9, 10, 11, 12), (5, 10), ["bí đao", "winter melon"]),
    ("bi-do", "cu-qua", "Bí đỏ", "Pumpkin", "pumpkin", "kg", (10, 11, 12, 1, 2), (11, 12), ["bí ngô", "pumpkin"]),
    ("cai-kale", "rau-la", "Cải kale", "Kale", "kale", "tui", (10, 11, 12, 1, 2, 3, 4), (12, 1), ["cải xoăn", "kale"]),
    ("dua-luoi", "qua-ngot", "Dưa lưới", "Cantaloupe", "melon", "kg", (4, 5, 6, 8, 9, 10, 11), (5, 9), ["dưa thơm", "melon", "cantaloupe"]),
    ("dua-hau", "qua-ngot", "Dưa hấu", "Watermelon", "watermelon", "kg", (5, 6, 7), (6,), ["watermelon"]),
    ("hanh-la", "gia-vi", "Hành lá Nam Sách", "Nam Sách spring onion", "scallion", "kg", (11, 12, 1, 2), (12, 1), ["hành hoa", "spring onion"]),
    ("khoai-tay", "cu-qua", "Khoai tây", "Potato", "potato", "kg", (1, 2), (1,), ["potato"]),
    ("ruoi", "ca-thuy-san", "Rươi Tứ Kỳ", "Tứ Kỳ ragworm", "ruoi", "kg", (10, 11, 12), (11,), ["rươi", "ragworm"]),
    ("cha-ruoi", "banh-che-bien", "Chả rươi", "Ragworm patties", "patties", "kg", ALL, (11, 12), ["rươi"]),
    ("mam-cay", "ca-thuy-san", "Mắm cáy", "Field crab sauce", "crab", "lit", ALL, (5, 6, 7), ["cáy", "mắm", "crab sauce"]),
    ("gao-bai-ruoi", "gao-nep", "Gạo hữu cơ Bãi Rươi", "Bãi Rươi organic rice", "rice", "kg", ALL, (6, 7), ["ST25", "gạo", "rice"]),
    ("ca-long", "ca-thuy-san", "Cá lồng", "Cage fish", "fish", "kg", ALL, (), ["cá trắm", "cá chép giòn", "cá lăng", "diêu hồng", "rô phi", "fish"]),
    ("ga-doi", "ga-trung", "Gà đồi Chí Linh", "Chí Linh hill chicken", "hen", "kg", ALL, (12, 1), ["gà ta", "gà thả vườn", "chicken"]),
    ("trung-ga", "ga-trung", "Trứng gà", "Hen eggs", "eggs", "qua", ALL, (), ["trứng", "eggs"]),
    ("mat-ong", "ga-trung", "Mật ong Chí Linh", "Chí Linh honey", "honey", "lit", ALL, (3, 4, 5, 6), ["mật ong rừng", "honey"]),
    ("banh-dau-xanh", "banh-che-bien", "Bánh đậu xanh", "Mung bean cake", "cake", "hop", ALL, (1, 12), ["mung bean cake"]),
    ("banh-gai", "banh-che-bien", "Bánh gai Ninh Giang", "Ninh Giang gai cake", "gaicake", "cai", ALL, (1, 7), ["bánh gai"]),
    ("banh-da", "banh-che-bien", "Bánh đa, bún khô", "Dried noodles", "noodles", "goi", ALL, (), ["bún khô", "bánh đa", "noodles"]),
    ("gom-chu-dau", "thu-cong", "Gốm Chu Đậu", "Chu Đậu pottery", "vase", "cai", ALL, (), ["gốm", "pottery", "ceramics"]),
    ("giay-da", "thu-cong", "Giày da nam", "Men's leather shoes", "shoes", "doi", ALL, (), ["giày", "shoes"]),
]  # fmt: skip
# What buyers ask for: slug, category, Vietnamese, English, unit, the commodities that are such goods.
GOODS: list[tuple[str, str, str, str, str, tuple[str, ...]]] = [
    ("ca-rot", "cu-qua", "Cà rốt", "Carrot", "kg", ("ca-rot-dong-lac", "ca-rot-duc-chinh", "ca-rot-nhan-hue", "ca-rot-xuat-khau")),
    ("vai", "qua-ngot", "Vải", "Lychee", "kg", ("vai-thieu", "vai-u-hong", "vai-u-trung", "vai-queen")),
    ("oi", "qua-ngot", "Ổi", "Guava", "kg", ("oi-thanh-ha",)),
    ("nhan", "qua-ngot", "Nhãn", "Longan", "kg", ("nhan-chi-linh",)),
    ("na", "qua-ngot", "Na", "Custard apple", "kg", ("na-chi-linh",)),
    ("thanh-long", "qua-ngot", "Thanh long", "Dragon fruit", "kg", ("thanh-long",)),
    ("cam", "qua-ngot", "Cam", "Orange", "kg", ("cam-chi-linh",)),
    ("buoi", "qua-ngot", "Bưởi", "Pomelo", "qua", ("buoi-dao",)),
    ("hanh-cu", "gia-vi", "Hành củ tươi", "Fresh shallot", "kg", ("hanh-tuoi",)),
    ("hanh-kho", "gia-vi", "Hành khô", "Dried shallot", "kg", ("hanh-kho",)),
    ("toi", "gia-vi", "Tỏi", "Garlic", "kg", ("toi",)),
    ("toi-den", "banh-che-bien", "Tỏi đen", "Black garlic", "hop", ("toi-den",)),
    ("gao-nep", "gao-nep", "Gạo nếp", "Sticky rice", "kg", ("nep-cai-hoa-vang",)),
    ("gao-te", "gao-nep", "Gạo tẻ", "Rice", "kg", ("gao-bai-ruoi",)),
    ("ruou", "do-uong", "Rượu nếp", "Sticky rice spirit", "chai", ("ruou-nep",)),
    ("bot-san-day", "banh-che-bien", "Bột sắn dây", "Kudzu root starch", "kg", ("bot-san-day",)),
    ("san-day", "cu-qua", "Sắn dây củ", "Kudzu root", "kg", ("cu-san-day",)),
    ("cu-dau", "cu-qua", "Củ đậu", "Jicama", "kg", ("cu-dau",)),
    ("cai-bap", "rau-la", "Cải bắp", "Cabbage", "kg", ("cai-bap", "cai-bap-gia-loc")),
    ("su-hao", "rau-la", "Su hào", "Kohlrabi", "cu", ("su-hao",)),
    ("sup-lo", "rau-la", "Súp lơ", "Cauliflower", "cai", ("sup-lo",)),
    ("bi-xanh", "cu-qua", "Bí xanh", "Winter melon", "kg", ("bi-xanh",)),
    ("bi-do", "cu-qua", "Bí đỏ", "Pumpkin", "kg", ("bi-do",)),
    ("cai-kale", "rau-la", "Cải kale", "Kale", "tui", ("cai-kale",)),
    ("dua-luoi", "qua-ngot", "Dưa lưới", "Cantaloupe", "kg", ("dua-luoi",)),
    ("dua-hau", "qua-ngot", "Dưa hấu", "Watermelon", "kg", ("dua-hau",)),
    ("hanh-la", "gia-vi", "Hành lá", "Spring onion", "kg", ("hanh-la",)),
    ("khoai-tay", "cu-qua", "Khoai tây", "Potato", "kg", ("khoai-tay",)),
    ("ruoi", "ca-thuy-san", "Rươi", "Ragworm", "kg", ("ruoi",)),
    ("cha-ruoi", "banh-che-bien", "Chả rươi", "Ragworm patties", "kg", ("cha-ruoi",)),
    ("mam-cay", "ca-thuy-san", "Mắm cáy", "Field crab sauce", "lit", ("mam-cay",)),
    ("ca-long", "ca-thuy-san", "Cá lồng", "Cage fish", "kg", ("ca-long",)),
    ("ga-doi", "ga-trung", "Gà đồi", "Hill chicken", "kg", ("ga-doi",)),
    ("trung-ga", "ga-trung", "Trứng gà", "Hen eggs", "qua", ("trung-ga",)),
    ("mat-ong", "ga-trung", "Mật ong", "Honey", "lit", ("mat-ong",)),
    ("banh-dau-xanh", "banh-che-bien", "Bánh đậu xanh", "Mung bean cake", "hop", ("banh-dau-xanh",)),
    ("banh-gai", "banh-che-bien", "Bánh gai", "Gai cake", "cai", ("banh-gai",)),
    ("bun-banh-da", "banh-che-bien", "Bún, bánh đa khô", "Dried noodles", "goi", ("banh-da",)),
    ("gom", "thu-cong", "Gốm", "Pottery", "cai", ("gom-chu-dau",)),
    ("giay-da", "thu-cong", "Giày da", "Leather shoes", "doi", ("giay-da",)),
]  # fmt: skip
GRADES = {
    # folded Vietnamese -> English
    "loai dac biet": "special grade",
    "dac biet": "special grade",
    "hang dac biet": "special grade",
    "hang chon": "selected",
    "hang tuyen": "hand-picked",
    "hang xuat khau": "export grade",
    "loai xuat khau": "export grade",
    "hang xo": "ungraded",
    "chua phan loai": "ungraded",
    "rua sach": "washed",
    "da rua sach": "washed",
    "chua rua": "unwashed",
    "ruot cam": "orange flesh",
    "ruot xanh": "green flesh",
    "ruot do": "red flesh",
    "truyen thong": "traditional",
    "it duong": "low sugar",
    "hop qua": "gift box",
    "ve tay": "hand-painted",
}
GRADE_WORDS = {"loai": "grade", "hang": "grade", "co": "size"}
_MEASURE = re.compile(r"[0-9]{1,6}(?:,[0-9]{1,3})?(?:kg|g|cm|mm|ml)?|[0-9]?[A-Z]{1,3}|kg|g|cm|mm|ml")


def grade_in_english(grade: str) -> str:
    """ "Loại 1, cỡ M–L" → "Grade 1, size M–L"; nothing when a part of it is not known here."""
    parts = [_part_in_english(part.strip()) for part in grade.replace(" đến ", "–").split(", ")]
    told = ", ".join(parts) if all(parts) else ""
    return told[:1].upper() + told[1:]


def _part_in_english(part: str) -> str:
    if known := GRADES.get(fold(part)):
        return known
    word, _, rest = part.partition(" ")
    lead = GRADE_WORDS.get(fold(word), "")
    measure = rest if lead else part
    plain = all(_MEASURE.fullmatch(piece) for piece in re.split("[ –-]", measure))
    return f"{lead} {measure.replace(',', '.')}".strip() if plain else ""


def load_commodities() -> int:
    """Enter or renew the reference data; returns how many commodities there are. In a transaction."""
    stalls: dict[str, Category] = {}
    hues = {}
    for position, (slug, vi, en, hue, drawing) in enumerate(CATEGORIES, start=1):
        stall = db.session.scalar(select(Category).where(Category.slug == slug)) or Category(slug=slug)
        stall.name_vi, stall.name_en, stall.hue, stall.drawing, stall.position = (
            vi,
            en,
            hue,
            drawing,
            position,
        )
        db.session.add(stall)
        stalls[slug], hues[slug] = stall, hue
    db.session.flush()
    goods = _load_goods(stalls)
    for position, (slug, category, vi, en, drawing, unit, months, peak, synonyms) in enumerate(
        COMMODITIES, start=1
    ):
        kind = db.session.scalar(select(Commodity).where(Commodity.slug == slug)) or Commodity(slug=slug)
        kind.category, kind.name_vi, kind.name_en, kind.synonyms = stalls[category], vi, en, synonyms
        kind.hue = "lychee" if drawing == "lychee" else hues[category]
        kind.drawing, kind.unit, kind.position = drawing, unit, position
        kind.months, kind.peak_months, kind.goods = months_mask(months), months_mask(peak), goods[slug]
        db.session.add(kind)
    db.session.flush()
    return len(COMMODITIES)


def _load_goods(stalls: dict[str, Category]) -> dict[str, Goods]:
    """The goods, by the slug of each commodity that is such goods."""
    of: dict[str, Goods] = {}
    for position, (slug, category, vi, en, unit, commodities) in enumerate(GOODS, start=1):
        goods = db.session.scalar(select(Goods).where(Goods.slug == slug)) or Goods(slug=slug)
        goods.category, goods.name_vi, goods.name_en = stalls[category], vi, en
        goods.unit, goods.position = unit, position
        db.session.add(goods)
        of.update(dict.fromkeys(commodities, goods))
    return of
