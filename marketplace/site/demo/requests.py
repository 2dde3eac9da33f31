"""Requests of the demonstration, one at each stage; buyers and what they say are invented."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from marketplace.accounts import services as accounts
from marketplace.accounts.models import Organisation
from marketplace.accounts.states import OrganisationKind
from marketplace.buyers import queries as buyers
from marketplace.catalogue import queries as catalogue
from marketplace.cooperatives.states import PaperKind
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.money import Money
from marketplace.linkage import schedule, services
from marketplace.linkage.asking import Question
from marketplace.linkage.models import Need
from marketplace.linkage.schedule import Portion
from marketplace.linkage.services import Part
from marketplace.linkage.states import Audience, FieldKind
from marketplace.places import queries as places
from marketplace.selection.states import Entered
from marketplace.site.demo.registry import Province

SUPERMARKET = "Siêu thị BigMart"
QUESTIONS = {
    "qua-ngot": [
        Question(
            "do_ngot",
            FieldKind.NUMBER,
            "Độ ngọt ít nhất",
            "Sweetness, at least",
            unit="°Bx",
            least=Decimal(5),
            most=Decimal(30),
        ),
        Question(
            "cuong_la",
            FieldKind.CHOICE,
            "Cuống và lá",
            "Stems and leaves",
            choices=(("bo", "Bó cả cành", "In bunches"), ("cat", "Cắt rời từng quả", "Single fruit")),
        ),
    ],
    "cu-qua": [
        Question(
            "rua",
            FieldKind.CHOICE,
            "Rửa hay để đất",
            "Washed or not",
            choices=(("rua", "Rửa sạch", "Washed"), ("dat", "Để nguyên đất", "Unwashed")),
        ),
    ],
    "gao-nep": [
        Question(
            "do_am",
            FieldKind.NUMBER,
            "Độ ẩm nhiều nhất",
            "Moisture, at the most",
            unit="%",
            least=Decimal(8),
            most=Decimal(20),
        ),
    ],
}


@dataclass(frozen=True)
class Wish:
    """What is asked for; days count from today."""

    buyer: str
    goods: str
    portions: Sequence[Portion]
    packing: str
    price: int | None = None
    sign: str = ""
    papers: Sequence[PaperKind] = ()
    until: str = "5:30"
    answers: dict[str, str] | None = None
    sealed: bool = False
    invited: Sequence[str] = ()
    told_by: str = ""
    place: tuple[str, str] = ("", "")
    words: str = ""


def requests(province: Province) -> int:
    """Returns how many there are."""
    for slug, questions in QUESTIONS.items():
        stall = next(each for each in catalogue.categories() if each.slug == slug)
        services.write_form(category=stall, questions=questions, by=province.officer)
    companies = {each.name: each for each in db.session.scalars(_buying())}
    companies |= {
        name: _company(name) for name in ("Công ty xuất khẩu nông sản Sao Đỏ", "Bếp ăn trường học Hoa Mai")
    }
    open_ = [opened(province, companies, wish, ago) for wish, ago in _open_wishes()]
    _question(province, open_[0])
    _amended(open_[0], province.officer)
    _decided(province, companies)
    _draft(province, companies)
    return len(open_) + 3


def _buying() -> Any:
    return select(Organisation).where(Organisation.kind == OrganisationKind.BUYER).order_by(Organisation.id)


def _company(name: str) -> Organisation:
    return accounts.create_organisation(kind=OrganisationKind.BUYER, name=name)


def _days(first: int, count: int, kilograms: int) -> list[Portion]:
    start = clock.today() + dt.timedelta(days=first)
    return schedule.daily(start, start + dt.timedelta(days=count - 1), Decimal(kilograms))


def weeks(first: int, count: int, kilograms: int) -> list[Portion]:
    start = clock.today() + dt.timedelta(weeks=first)
    return schedule.weekly(start, start + dt.timedelta(weeks=count - 1), Decimal(kilograms))


def _open_wishes() -> list[tuple[Wish, int]]:
    """With the days since each was published."""
    export, kitchen = "Công ty xuất khẩu nông sản Sao Đỏ", "Bếp ăn trường học Hoa Mai"
    return [
        (
            Wish(
                SUPERMARKET,
                "ca-rot",
                _days(24, 9, 2000),
                "Thùng 10 kg, đã rửa",
                7200,
                "A",
                (PaperKind.VIETGAP,),
                answers={"rua": "rua"},
                words="Xe vào cổng số 2, báo trước 30 phút.",
            ),
            3,
        ),
        (
            Wish(
                export,
                "ca-rot",
                weeks(8, 6, 25_000),
                "Thùng 4,5 kg, xếp pa-lét",
                None,
                "M",
                (PaperKind.GLOBALGAP, PaperKind.PACKING_HOUSE),
                until="",
                answers={"rua": "rua"},
                sealed=True,
                place=("Kho lạnh khu công nghiệp", "tu minh"),
            ),
            2,
        ),
        (
            Wish(SUPERMARKET, "cai-bap", weeks(3, 4, 3000), "Rổ nhựa 20 kg", 6500, "1", (PaperKind.VIETGAP,)),
            1,
        ),
        (
            Wish(
                kitchen,
                "oi",
                weeks(3, 8, 300),
                "Rổ 15 kg",
                15_000,
                "1",
                (PaperKind.FOOD_SAFETY,),
                until="7:00",
                told_by="Cô Hiền, bếp trưởng",
                place=("Bếp ăn trường mầm non", "sao do"),
            ),
            1,
        ),
        (
            Wish(
                SUPERMARKET,
                "hanh-kho",
                weeks(4, 3, 1500),
                "Túi lưới 5 kg",
                42_000,
                "1",
                (),
                sealed=True,
                invited=("thang-long", "hiep-hoa"),
            ),
            1,
        ),
        (
            Wish(
                export,
                "vai",
                weeks(27, 3, 12_000),
                "Thùng xốp 8 kg có đá",
                None,
                "1",
                (PaperKind.GROWING_AREA, PaperKind.PACKING_HOUSE),
                until="",
                answers={"do_ngot": "18", "cuong_la": "cat"},
                place=("Kho lạnh khu công nghiệp", "tu minh"),
            ),
            4,
        ),
    ]


def opened(province: Province, companies: dict[str, Organisation], wish: Wish, ago: int) -> Need:
    with clock.standing_at(clock.now() - dt.timedelta(days=ago)):
        need = _written(province, companies[wish.buyer], wish)
        services.open_need(need=need, by=_by(province, wish))
    return need


def _by(province: Province, wish: Wish) -> Any:
    return province.officer if wish.told_by else None


def _written(province: Province, company: Organisation, wish: Wish) -> Need:
    by = _by(province, wish)
    goods = catalogue.goods_by_slug(wish.goods)
    assert goods is not None, wish.goods
    entered = Entered.PHONE if wish.told_by else Entered.ONLINE
    need = services.draft_need(
        organisation=company, goods=goods, entered=entered, told_by=wish.told_by, by=by
    )
    grade = next((each for each in catalogue.grades_of(goods.id, None) if each.sign == wish.sign), None)
    services.set_goods(need=need, commodity=None, grade=grade, packing=wish.packing, by=by)
    services.set_amounts(need=need, portions=wish.portions, by=by)
    _deliver(need, company, wish, by)
    services.set_papers(need=need, kinds=wish.papers, by=by)
    services.set_more(need=need, answers=wish.answers or {}, by=by)
    invited = [province.cooperatives[key].id for key in wish.invited if key in province.cooperatives]
    services.set_terms(
        need=need,
        target_price=Money(wish.price) if wish.price else None,
        audience=Audience.INVITED if invited else Audience.OPEN,
        invited=invited,
        splits=True,
        sealed=wish.sealed,
        words=wish.words,
        by=by,
    )
    until = clock.start_of_day(clock.today() + dt.timedelta(days=11)) + dt.timedelta(hours=17)
    services.set_deadlines(need=need, quotes_until=until, questions_until=None, by=by)
    return need


def _deliver(need: Need, company: Organisation, wish: Wish, by: Any) -> None:
    depot = next(iter(buyers.depots_of([company.id])), None)
    line, commune = wish.place
    unit = None if depot else places.search_units(commune or "le dai hanh")[0].id
    until = dt.time.fromisoformat(wish.until.zfill(5)) if wish.until else None
    services.set_delivery(
        need=need, depot=depot, line=line, unit_id=unit, arrives_from=None, arrives_until=until, by=by
    )


def _question(province: Province, need: Need) -> None:
    """Two ask; one has an answer."""
    words = ("Có nhận thùng 4,5 kg thay thùng 10 kg không?", "Ngày Chủ nhật kho có nhận hàng không?")
    with clock.standing_at(clock.now() - dt.timedelta(days=1)):
        asked = [
            services.ask_about_need(need=need, cooperative=province.cooperatives[key], words=said, by=None)
            for key, said in zip(("dong-lac", "duc-chinh"), words, strict=False)
            if key in province.cooperatives
        ]
        services.answer_question(question=asked[0], words="Có, miễn là cùng một cỡ trong một thùng.", by=None)


def _amended(need: Need, by: Any) -> None:
    """One day is smaller."""
    portions = [Portion(line.starts, line.quantity) for line in need.lines]
    less = [Portion(each.starts, Decimal(1500)) if at == 3 else each for at, each in enumerate(portions)]
    services.set_amounts(need=need, portions=less, reason="Hôm đó kho kiểm kê, chỉ nhận buổi sáng", by=by)


def _decided(province: Province, companies: dict[str, Organisation]) -> None:
    """One is closed and waits for its buyer, one was awarded to two."""
    waiting = Wish(SUPERMARKET, "su-hao", weeks(3, 2, 800), "Rổ 20 củ", 4500)
    need = opened(province, companies, waiting, 9)
    services.close_need(need=need)
    shared = Wish(SUPERMARKET, "hanh-cu", weeks(3, 4, 2000), "Túi lưới 10 kg", 26_000, "1")
    given = opened(province, companies, shared, 10)
    services.close_need(need=given)
    sellers = [
        each for key, each in province.cooperatives.items() if key in ("thang-long", "hiep-hoa", "le-ninh")
    ]
    parts = [
        Part(seller.id, f"demo:{number}", {line.id: Decimal(share) for line in given.lines})
        for number, (seller, share) in enumerate(zip(sellers, (1200, 500), strict=False), start=1)
    ]
    services.award(need=given, parts=parts, by=None)


def _draft(province: Province, companies: dict[str, Organisation]) -> None:
    """The supermarket's buyer has begun the next one."""
    copied = db.session.scalars(
        select(Need).where(Need.organisation_id == companies[SUPERMARKET].id).order_by(Need.id)
    ).first()
    assert copied is not None
    services.copy_need(need=copied, by=None)
