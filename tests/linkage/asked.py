"""BigMart asks for carrots: twenty tonnes of grade A, two a day from the 12th to the 21st, before half past five."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from marketplace.accounts.models import Person
from marketplace.catalogue import queries as catalogue
from marketplace.catalogue import services as products
from marketplace.catalogue.models import Goods, GradeSpec
from marketplace.catalogue.states import Measure
from marketplace.cooperatives.states import PaperKind
from marketplace.foundation import clock
from marketplace.foundation.db import transaction
from marketplace.foundation.money import Money
from marketplace.linkage import queries, schedule, services
from marketplace.linkage.models import Need
from marketplace.linkage.states import Audience
from tests.buyers.company import Company

EACH = Decimal(2000)
DAYS = 10


def carrots() -> Goods:
    found = catalogue.goods_by_slug("ca-rot")
    assert found is not None
    return found


def grade_a(by: Person | None = None) -> GradeSpec:
    """Grade A of carrots, as the office writes it."""
    return products.add_grade(
        goods=carrots(),
        sign="A",
        name_vi="Loại A",
        name_en="Grade A",
        measure=Measure.GRAM,
        least=Decimal(150),
        most=Decimal(250),
        max_defects=Decimal(5),
        valid_from=clock.today() - dt.timedelta(days=30),
        by=by,
    )


def first_day() -> dt.date:
    return clock.today() + dt.timedelta(days=20)


def deadline() -> dt.datetime:
    return clock.now() + dt.timedelta(days=7)


def drafted(company: Company, **told: Any) -> Need:
    """A draft with all that is needed; `told` as set_terms takes it, and `days`, `each`, `grade`."""
    with transaction():
        return _drafted(company, **told)


def opened(company: Company, **told: Any) -> Need:
    with transaction():
        need = _drafted(company, **told)
        services.open_need(need=need, by=company.hanh)
    return renewed(need)


def closed(company: Company, **told: Any) -> Need:
    need = opened(company, **told)
    with transaction():
        services.close_need(need=need, by=company.hanh)
    return renewed(need)


def renewed(need: Need) -> Need:
    """As it stands in the database now."""
    found = queries.need_by_id(need.id)
    assert found is not None
    return found


def _drafted(
    company: Company,
    *,
    days: int = DAYS,
    each: Decimal = EACH,
    grade: GradeSpec | None = None,
    audience: Audience = Audience.OPEN,
    invited: Any = (),
    splits: bool = True,
    sealed: bool = False,
) -> Need:
    by, first = company.hanh, first_day()
    need = services.draft_need(organisation=company.bigmart, goods=carrots(), by=by)
    services.set_goods(need=need, commodity=None, grade=grade, packing="Thùng 10 kg", by=by)
    last = first + dt.timedelta(days=days - 1)
    services.set_amounts(need=need, portions=schedule.daily(first, last, each), by=by)
    services.set_delivery(
        need=need, depot=company.store, arrives_from=dt.time(3), arrives_until=dt.time(5, 30), by=by
    )
    services.set_papers(need=need, kinds=[PaperKind.VIETGAP], by=by)
    services.set_terms(
        need=need,
        target_price=Money(7000),
        audience=audience,
        invited=invited,
        splits=splits,
        sealed=sealed,
        by=by,
    )
    services.set_deadlines(need=need, quotes_until=deadline(), questions_until=None, by=by)
    return need
