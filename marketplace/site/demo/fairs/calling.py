"""Fairs ahead: last year's again, with its call open; and one in the capital that somebody else organises."""

from __future__ import annotations

import datetime as dt

from marketplace.fairs import queries, services
from marketplace.fairs.models import Fair
from marketplace.fairs.services import Place
from marketplace.foundation import clock
from marketplace.selection import services as applications
from marketplace.site.demo.fairs import asking, texts
from marketplace.site.demo.fairs.asking import Company, at

ASKED = {"nhan-hue": 2, "thanh-quang": 2, "bac-an": 1, "minh-duc": 1}
DRAFTED = "dong-lac"
PHONED, TOLD_BY = "tht-ong-bac-an", "Ông Lý Văn Sìn, tổ trưởng, gọi điện sáng thứ hai"


def again(company: Company, last_year: Fair, first_day: dt.date) -> Fair:
    """Copied from last year with plan, budget and call; the reviewers are named anew."""
    officer = company.officer
    with at(first_day - dt.timedelta(days=70)):
        fair = services.copy_fair(fair=last_year, first_day=first_day, by=officer)
        services.change_fair(fair=fair, facts=texts.market(first_day), by=officer)
        call = queries.call_of(fair.id)
        assert call is not None, "it came along"
        applications.change_call(
            call=call,
            opens_at=call.opens_at,
            closes_at=call.closes_at,
            reviews_wanted=call.reviews_wanted,
            bands=call.bands,
            criteria=applications.measures(call),
            reviewers=company.reviewers,
            by=officer,
        )
        services.announce_fair(fair=fair, by=officer)
    return fair


def applications_come(company: Company, fair: Fair) -> None:
    """Some are handed in, one was told by phone, one is still a draft."""
    with at(clock.today() - dt.timedelta(days=3)):
        for key, booths in ASKED.items():
            asking.handed_in(company, asking.filled(company, fair, key, booths=booths), key)
        phoned = asking.filled(company, fair, PHONED, told_by=TOLD_BY, words="Mang mật ong và sáp ong.")
        asking.handed_in(company, phoned, PHONED)
        asking.filled(company, fair, DRAFTED, booths=2)


def capital(company: Company) -> Fair:
    first_day = friday(clock.today() + dt.timedelta(days=92))
    fair = services.draft_fair(
        facts=texts.capital(first_day),
        first_day=first_day,
        last_day=first_day + dt.timedelta(days=5),
        place=Place(venue="Trung tâm Triển lãm Nông nghiệp Việt Nam", street="489 Hoàng Quốc Việt, Hà Nội"),
        by=company.officer,
    )
    services.announce_fair(fair=fair, by=company.officer)
    return fair


def friday(day: dt.date) -> dt.date:
    """This day, or the next that is one."""
    return day + dt.timedelta(days=(4 - day.weekday()) % 7)
