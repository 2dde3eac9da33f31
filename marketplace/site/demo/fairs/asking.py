"""Cooperatives that apply, are chosen and get their stand, each step by the service that a person would use."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

from marketplace.accounts.models import Person
from marketplace.catalogue.models import Product
from marketplace.catalogue.states import ProductState
from marketplace.cooperatives.models import Cooperative
from marketplace.fairs import services
from marketplace.fairs.models import Booth, Fair, FairApplication, Stand
from marketplace.fairs.placing import WHOLE
from marketplace.fairs.services import Wished
from marketplace.foundation import clock
from marketplace.selection import queries as selection
from marketplace.selection import services as applications
from marketplace.selection.models import Call
from marketplace.selection.states import Checked, Decision, Entered
from marketplace.site.demo.goods import Goods
from marketplace.site.demo.registry import Province

MOST_GOODS = 3


@dataclass
class Company:
    """Who takes part in the story: the alliance's people, the cooperatives, and what they sell."""

    province: Province
    goods: Goods
    reviewers: list[Person]

    @property
    def officer(self) -> Person:
        return self.province.officer

    def cooperative(self, key: str) -> Cooperative:
        return self.province.cooperatives[key]

    def director(self, key: str) -> Person:
        return self.province.directors[key]

    def brought(self, key: str) -> list[Product]:
        shown = [each for each in self.goods[key] if each.state is ProductState.PUBLISHED]
        return shown[:MOST_GOODS]


def at(day: dt.date, hour: int = 9) -> AbstractContextManager[None]:
    return clock.standing_at(clock.start_of_day(day) + dt.timedelta(hours=hour))


def filled(
    company: Company,
    fair: Fair,
    key: str,
    *,
    booths: int = 1,
    least: int = 1,
    wishes: Sequence[Wished] = (),
    told_by: str = "",
    words: str = "",
) -> FairApplication:
    """A draft with everything in it; told by phone, an officer has entered it."""
    by = company.officer if told_by else company.director(key)
    asked = services.begin(
        fair=fair,
        cooperative=company.cooperative(key),
        entered=Entered.PHONE if told_by else Entered.ONLINE,
        told_by=told_by,
        by=by,
    )
    services.set_goods(asked=asked, products=company.brought(key), halves=2 * booths, least=2 * least, by=by)
    if wishes:
        services.set_place(asked=asked, wishes=wishes, by=by)
    services.set_needs(asked=asked, kw=2, staff=2, support_asked=True, words=words, by=by)
    return asked


def handed_in(company: Company, asked: FairApplication, key: str) -> None:
    """Every condition is declared as met; how many members there are, the registry knows."""
    application = asked.application
    by = company.officer if application.entered is Entered.PHONE else company.director(key)
    rules = selection.rules_for(application.call)
    members, *others = selection.preference_rules(application.call)
    known = application.cooperative.members_official or 0
    applications.declare(
        application=application,
        met={rule.id: True for rule in rules if rule.checked is Checked.DECLARED},
        numbers={members.id: known, **{rule.id: known // 9 for rule in others[-4:]}},
        by=by,
    )
    applications.submit(application=application, by=by)


def passed(company: Company, asked: Iterable[FairApplication]) -> None:
    """Screened and found eligible."""
    for each in asked:
        applications.begin_screening(application=each.application, by=company.officer)
        applications.pass_screening(application=each.application, by=company.officer)


def released(company: Company, call: Call, asked: Iterable[FairApplication]) -> None:
    """All of them are chosen, in one batch."""
    for each in asked:
        applications.prepare_decision(
            application=each.application, decision=Decision.APPROVE, by=company.officer
        )
    seen = selection.digest(selection.previewed(call))
    applications.release(call=call, previewed=seen, by=company.officer)


def stood(company: Company, asked: FairApplication, key: str, booths: Sequence[Booth]) -> Stand:
    """These booths are offered, and the cooperative says yes."""
    halves = [(booth.id, half) for booth in booths for half in WHOLE]
    stand = services.offer(asked=asked, halves=halves, by=company.officer)
    services.confirm(stand=stand, by=company.director(key))
    return stand
