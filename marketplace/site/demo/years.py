"""What the cooperatives reported of the last years, and how they were graded: invented, in itself consistent."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Any

from marketplace.accounts.models import Person
from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import Kind, MemberState
from marketplace.foundation import clock
from marketplace.foundation.money import Money
from marketplace.registry import deadlines, grading, queries, services
from marketplace.registry.models import AnnualReport, ClassificationScheme
from marketplace.selection.states import Entered
from marketplace.site.demo.registry import Province

SEED = 1993
YEARS = 4
MILLION = 1_000_000
LATE, RETURNED, WAITING, BY_PHONE, UNGRADED = 11, 7, 5, 4, 9
"""Of so many cooperatives each time one: owes the last report, had it returned, waits for an answer, told it on the
phone, waits for its grade."""


@dataclass
class Books:
    """What one cooperative carries from one year to the next."""

    chance: Random
    members: int
    workers: int
    revenue: int
    capital: int
    reserves: int = 0

    def year(self) -> dict[str, Any]:
        """The figures of the next year."""
        chance, began = self.chance, self.members
        self.members += chance.randint(-2, 5)
        self.workers = max(4, self.workers + chance.randint(-1, 2))
        self.revenue = _round(self.revenue * chance.randint(97, 116) // 100)
        cost = _round(self.revenue * chance.randint(88, 97) // 100)
        profit = self.revenue - cost
        tax = _round(profit * chance.randint(8, 15) // 100)
        self.reserves += (profit - tax) // 4
        equity = self.capital + self.reserves
        assets = equity * chance.randint(130, 190) // 100
        funds = self.reserves // 10
        return {
            "members_start": began,
            "members_end": self.members,
            "workers": self.workers,
            "avg_member_income": Money(_round(self.revenue // max(self.members, 1) // 3)),
            "revenue_total": Money(self.revenue),
            "revenue_with_members": Money(_round(self.revenue * chance.randint(45, 80) // 100)),
            "cost": Money(cost),
            "profit_before_tax": Money(profit),
            "profit_after_tax": Money(profit - tax),
            "tax_paid": Money(tax),
            "value_added": Money(_round(self.revenue * chance.randint(24, 38) // 100))
            if chance.random() < 0.7
            else None,
            "total_assets": Money(_round(assets)),
            "undivided_assets": Money(_round(assets // 8)),
            "equity": Money(_round(equity)),
            "charter_capital": Money(self.capital),
            "fund_development": Money(_round(funds * 4)),
            "fund_reserve": Money(_round(funds * 3)),
            "fund_other": Money(_round(funds)),
            "services_list": "Làm đất, tưới tiêu, vật tư, tiêu thụ nông sản cho thành viên.",
            "main_products": "Nông sản theo mùa, rau củ sơ chế.",
        }


def _round(amount: int) -> int:
    return amount // MILLION * MILLION


def years(province: Province) -> int:
    """Reports and grades of four years; the last one with what waits on the desks. Returns how many reports."""
    newest = clock.today().year - 1
    told = [
        (number, one, province.directors[key], _books(one, number))
        for number, (key, one) in enumerate(province.cooperatives.items())
        if one.kind is not Kind.COOP_GROUP and one.state is MemberState.ADMITTED
    ]
    count = 0
    for year in range(newest - YEARS + 1, newest + 1):
        for number, one, director, books in told:
            count += _report(province.officer, number, one, director, books, year, newest)
        _grades(province.officer, [entry[:3] for entry in told], year, newest)
    _begin_next(province)
    return count


def _books(one: Cooperative, number: int) -> Books:
    chance = Random(SEED + number)  # noqa: S311  the same figures every time, nothing secret
    members = one.members_official or chance.randint(20, 120)
    capital = int(one.charter_capital or Money(chance.randint(5, 40) * 100 * MILLION))
    revenue = capital * chance.randint(120, 420) // 100
    return Books(chance, members, one.workers or chance.randint(6, 30), revenue, capital)


def _report(
    officer: Person, number: int, one: Cooperative, director: Person, books: Books, year: int, newest: int
) -> int:
    """Handed in before it was due, and accepted some days later."""
    values = books.year()
    if one.registered_on is not None and one.registered_on.year > year:
        return 0
    last = year == newest
    if last and number % LATE == LATE - 1:
        return 0
    when = (
        clock.start_of_day(deadlines.due(year)) - dt.timedelta(days=1 + number % 12) + dt.timedelta(hours=9)
    )
    by_phone = number % BY_PHONE == BY_PHONE - 1
    with clock.standing_at(when):
        by = officer if by_phone else director
        report = services.annual_report.begin(cooperative=one, year=year, by=by)
        services.annual_report.save(report=report, values=values, by=by)
        services.annual_report.submit(
            report=report,
            sure=True,
            entered=Entered.PHONE if by_phone else Entered.ONLINE,
            told_by=director.name if by_phone else "",
            by=by,
        )
    if not (last and number % WAITING == WAITING - 1):
        _answer(officer, number, report, when, returned=last and number % RETURNED == RETURNED - 1)
    return 1


def _answer(officer: Person, number: int, report: AnnualReport, when: dt.datetime, *, returned: bool) -> None:
    with clock.standing_at(when + dt.timedelta(days=3 + number % 9)):
        if returned:
            reason = "Số lao động chưa khớp với bảng lương gửi kèm, mời xem lại"
            services.annual_report.give_back(report=report, reason=reason, by=officer)
        else:
            services.annual_report.accept(report=report, by=officer)


def _grades(officer: Person, told: list[tuple[int, Cooperative, Person]], year: int, newest: int) -> None:
    """Scored in March, checked in April, decided in May; a few of the last year still wait."""
    scheme = queries.scheme.scheme_of(year)
    if scheme is None:
        return
    waiting = []
    for number, one, director in told:
        if one.kind is not Kind.COOPERATIVE:
            continue
        chance = Random(SEED * year + number)  # noqa: S311  the same grades every time
        points = _points(scheme, chance)
        with clock.standing_at(_noon(year + 1, 3, 1 + number % 28)):
            services.classification.score(cooperative=one, year=year, points=points, by=director)
        if year == newest and number % UNGRADED == UNGRADED - 1:
            continue
        with clock.standing_at(_noon(year + 1, 4, 1 + number % 28)):
            less = {**points, "5": max(Decimal(0), points["5"] - chance.randint(0, 2))}
            case = services.classification.check(cooperative=one, year=year, points=less, by=officer)
        if not (year == newest and number % UNGRADED == UNGRADED - 2):
            waiting.append(case)
    if waiting:
        with clock.standing_at(_noon(year + 1, 5, 20)):
            services.classification.decide(
                year=year,
                cases=waiting,
                number=f"{year - 2000}/QĐ-LMHTX",
                decided_on=clock.today(),
                by=officer,
            )


def _noon(year: int, month: int, day: int) -> dt.datetime:
    return clock.start_of_day(dt.date(year, month, day)) + dt.timedelta(hours=12)


def _points(scheme: ClassificationScheme, chance: Random) -> dict[str, Decimal]:
    """Between half and all of what each line can have; those whose maximum nobody knows share their group's."""
    good = chance.choice((45, 62, 72, 85, 92))
    points = {}
    for line in grading.lines(scheme.criteria):
        if line.given:
            most = line.most if line.most is not None else Decimal("6.5")
            points[line.code] = (most * chance.randint(good - 8, good + 7) / 100).quantize(Decimal("0.01"))
    return points


def _begin_next(province: Province) -> None:
    """The next report, begun by one of them as soon as that can be."""
    year, one = deadlines.current_year(), province.cooperatives["dong-lac"]
    if queries.annual_report.report_of(one.id, year) is not None:
        return
    director = province.directors["dong-lac"]
    report = services.annual_report.begin(cooperative=one, year=year, by=director)
    before = queries.annual_report.figures_before(one.id, year)
    people = {"members_start": before.get("members_end"), "members_end": before.get("members_end")}
    services.annual_report.save(report=report, values=people, by=director)
