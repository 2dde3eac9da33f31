"""Requests of companies: open, invited, sealed, by day or by week, whole or to be shared; changed, taken back."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import partial

from sqlalchemy import select

from marketplace.accounts.models import Organisation, Person
from marketplace.buyers.models import Depot
from marketplace.catalogue import queries as catalogue
from marketplace.foundation import clock
from marketplace.foundation.calendar import Week
from marketplace.foundation.db import db
from marketplace.foundation.money import Money
from marketplace.linkage import schedule, services
from marketplace.linkage.models import Need
from marketplace.linkage.schedule import Portion
from marketplace.linkage.states import Audience, NeedState
from marketplace.site.winter.behaviour import BY_SLUG, Crop
from marketplace.site.winter.life import Company, Season, rounded

LEAD = 2
"""Weeks from a request to its first delivery."""
DEADLINE = (4, 17)
"""Friday, five o'clock."""
MARKET_DAYS = (0, 2, 4)


def ask(season: Season, week: Week) -> None:
    """Each company perhaps publishes a request this week."""
    if week + LEAD > season.weeks[-1]:
        return
    for company in season.companies:
        if season.happens("asks"):
            made = season.do("request", partial(_published, season, company, week))
            if made and season.happens("amends"):
                season.do("request changed", partial(_amended, season, company, made))


def _published(season: Season, company: Company, week: Week) -> int:
    chance, by = season.chance("requests"), season.person(company.director)
    crop = _wanted(season, week)
    goods = catalogue.goods_by_slug(crop.slug)
    assert goods is not None, crop.slug
    need = services.draft_need(organisation=db.session.get_one(Organisation, company.id), goods=goods, by=by)
    services.set_goods(need=need, commodity=None, grade=None, packing="Thùng 10 kg", by=by)
    services.set_amounts(need=need, portions=_portions(season, company, crop, week), by=by)
    depot = db.session.get_one(Depot, company.depot)
    services.set_delivery(need=need, depot=depot, arrives_from=dt.time(5), arrives_until=dt.time(9), by=by)
    services.set_papers(need=need, kinds=[], by=by)
    services.set_more(need=need, answers={}, by=by)
    _terms(season, need, crop, week, by)
    day, hour = DEADLINE
    until = clock.start_of_day(week.start + dt.timedelta(days=day)) + dt.timedelta(hours=hour)
    services.set_deadlines(need=need, quotes_until=until, questions_until=None, by=by)
    chance.random()
    services.open_need(need=need, by=by)
    return need.id


def _wanted(season: Season, week: Week) -> Crop:
    """What is in season in the weeks of delivery, the common more often."""
    month = (week + LEAD).start.month
    crops = [crop for crop in season.grown() if crop.months.get(month)] or season.grown()
    weights = [crop.weight * crop.months.get(month, 1) for crop in crops]
    return season.chance("requests").choices(crops, weights)[0]


def _portions(season: Season, company: Company, crop: Crop, week: Week) -> list[Portion]:
    """So much a week for some weeks, or so much on three days of each week."""
    chance = season.chance("requests")
    first = week + LEAD
    most = min(
        season.behaviour.contract_weeks,
        season.weeks[-1].start.toordinal() // 7 - first.start.toordinal() // 7 + 1,
    )
    weeks = max(chance.randint(1, most), min(3, most))
    kg = company.size * sum(crop.weekly) / 2 * chance.uniform(0.5, 1.5)
    last = (first + (weeks - 1)).end
    if company.daily and season.happens("by_day", "requests"):
        each = max(rounded(kg / len(MARKET_DAYS) / float(crop.kg), 50), 50)
        return schedule.daily(first.start, last, Decimal(each), MARKET_DAYS)
    each = max(rounded(kg / float(crop.kg), 100), 100)
    return schedule.weekly(first.start, last, Decimal(each))


def _terms(season: Season, need: Need, crop: Crop, week: Week, by: Person) -> None:
    chance = season.chance("requests")
    growers = [each for each in season.growers if crop.slug in each.products]
    invited = []
    if growers and season.happens("invites", "requests"):
        invited = sorted(each.id for each in chance.sample(growers, min(len(growers), chance.randint(2, 5))))
    target = season.price(crop.slug, str(week)) * chance.uniform(0.95, 1.2) * float(crop.kg)
    services.set_terms(
        need=need,
        target_price=Money(rounded(target, 50)) if chance.random() < 0.8 else None,
        audience=Audience.INVITED if invited else Audience.OPEN,
        invited=invited,
        splits=not season.happens("whole", "requests"),
        sealed=season.happens("seals", "requests"),
        by=by,
    )


def _amended(season: Season, company: Company, need_id: int) -> None:
    """One delivery becomes smaller."""
    need = db.session.get_one(Need, need_id)
    portions = [Portion(line.starts, line.quantity, weekly=line.day is None) for line in need.lines]
    least = rounded(float(portions[-1].quantity) * 0.7, 10)
    portions[-1] = Portion(portions[-1].starts, Decimal(max(least, 10)), weekly=portions[-1].weekly)
    by = season.person(company.director)
    services.set_amounts(need=need, portions=portions, reason="Kho kiểm kê", by=by)


def take_back(season: Season) -> None:
    """Some requests are taken back while they are open."""
    for need_id, buyer_id in season.read(open_needs):
        if season.happens("withdraws_need"):
            season.do("request withdrawn", partial(_withdrawn, season, need_id, buyer_id))


def open_needs() -> list[tuple[int, int]]:
    query = select(Need.id, Need.organisation_id).where(Need.state == NeedState.OPEN).order_by(Need.id)
    return [(row.id, row.organisation_id) for row in db.session.execute(query)]


def _withdrawn(season: Season, need_id: int, buyer_id: int) -> None:
    need = db.session.get_one(Need, need_id)
    by = season.person(season.company(buyer_id).director)
    services.withdraw_need(need=need, reason="Khách của chúng tôi đổi kế hoạch", by=by)


def crop_of(need: Need) -> Crop:
    return BY_SLUG[need.goods.slug]
