"""Who signs in to the demonstration, who buys, and where it goes. Everybody here is invented."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.accounts.models import Person
from marketplace.accounts.states import Desk

KEY_TO_THE_DEMONSTRATION = "ca-rot-2026"
FIRST_PHONE = 84_912_000_100


@dataclass(frozen=True)
class Household:
    """A buyer: name, where the goods go (line, code of today's commune), and the account if there is one."""

    name: str
    line1: str
    commune: str
    email: str = ""
    organisation: str = ""
    locale: str = "vi"


OFFICER = ("Trần Thị Hoa", "officer@demo.vn")
AT_DESKS = (
    ("Bùi Thị Thu Hằng", "finance@demo.vn", Desk.FINANCE),
    ("Đặng Quốc Khánh", "leader@demo.vn", Desk.LEADERSHIP),
)
"""Officers at one desk alone, beside her who works at all of them."""
GATE = ("Phạm Minh Anh", "gate@demo.vn")
BUYERS = {
    "household": Household("Nguyễn Thị Lan", "Số 12 phố Trần Phú", "10525", "household@demo.vn"),
    "bigmart": Household(
        "Lê Quang Huy", "Kho BigMart, đường Nguyễn Lương Bằng", "10507", "bigmart@demo.vn", "Siêu thị BigMart"
    ),
    "quan-com": Household("Phạm Văn Bếp", "Quán cơm 86, chợ Phú Yên", "10525"),
    "mam-non": Household("Đỗ Thị Hiền", "Bếp ăn Trường mầm non Hoa Mai", "10507"),
    "chi-thu": Household("Vũ Thị Thu", "Số 5 ngõ 40 phố Sao Đỏ", "10549"),
    "anh-dung": Household("Ngô Văn Dũng", "Chợ đầu mối, sạp 17", "11074"),
    "ms-kim": Household("Emma Kim", "Khu nhà ở chuyên gia, toà B", "10891", locale="en"),
    "co-ly": Household("Hoàng Thị Lý", "Thôn Đông, gần đình", "10606"),
}


def phone(number: int) -> str:
    """The invented phone of the n-th person."""
    return f"+{FIRST_PHONE + number}"


def quiet(person: Person) -> Person:
    """No letters to them while facts of the past are entered: those would have arrived long ago."""
    person.letters = False
    return person
