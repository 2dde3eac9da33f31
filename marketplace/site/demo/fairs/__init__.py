"""Fairs of the demonstration, one at each stage: reported, on now, calling, under review, and one in the capital."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from marketplace import config
from marketplace.accounts import services as accounts
from marketplace.accounts.states import Desk, Role
from marketplace.fairs.models import Fair
from marketplace.foundation import clock
from marketplace.site.demo import people
from marketplace.site.demo.fairs import calling, onions, past, town
from marketplace.site.demo.fairs.asking import Company
from marketplace.site.demo.goods import Goods
from marketplace.site.demo.registry import Province

AHEAD = dt.timedelta(days=38)
YEAR = dt.timedelta(weeks=52)
REVIEWERS = (("Đinh Thị Liên", 302), ("Vũ Đức Thành", 303))


@dataclass(frozen=True)
class Fairs:
    """Those that go on after the sales were entered."""

    company: Company
    town: Fair
    coming: Fair


def before(province: Province, goods: Goods) -> Fairs:
    """What lies far back: read and done with long ago."""
    reviewers = [
        people.quiet(accounts.create_person(name=name, phone=people.phone(number), by=province.officer))
        for name, number in REVIEWERS
    ]
    company = Company(province, goods, reviewers)
    first_day = calling.friday(clock.today() + AHEAD)
    last_year = past.last_year(company, first_day - YEAR)
    on_now = town.fair_of_the_town(company)
    coming = calling.again(company, last_year, first_day)
    onions.fair_of_onions(company)
    return Fairs(company, on_now, coming)


def now(fairs: Fairs) -> int:
    """What happened in the last days; returns how many fairs there are."""
    town.on_now(fairs.company, fairs.town)
    calling.applications_come(fairs.company, fairs.coming)
    calling.capital(fairs.company)
    alliance = accounts.alliance(name=config.current().alliance_name)
    for reviewer in fairs.company.reviewers:
        accounts.add_member(
            organisation=alliance,
            person=reviewer,
            role=Role.OFFICER,
            desks=[Desk.TRADE],
            by=fairs.company.officer,
        )
    return 5
