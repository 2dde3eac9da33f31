"""What each code counts: the rows above and below the line on a day of a period, as statements whose rows can be read.

An indicator tells its numerator as rows and, for a share, its denominator as rows; growth and GRDP are sums over rows.
`known` is a statement with a row when there is anything to count from: else there is no data, which is not 0.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, or_, select

from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import Kind, Sector
from marketplace.foundation import clock
from marketplace.foundation.words import _l
from marketplace.insights.models import TargetPeriod
from marketplace.insights.states import Per, Unit
from marketplace.linkage.models import Contract
from marketplace.linkage.states.contract import ContractState
from marketplace.registry import queries as registry
from marketplace.registry.models import (
    AnnualReport,
    Classification,
    LifeEvent,
    Officer,
    Recognition,
    ReportVersion,
)
from marketplace.registry.queries.annual_report import stands
from marketplace.registry.states.classification import CaseState, Grade
from marketplace.registry.states.life_event import LifeKind, Standing
from marketplace.registry.states.officer import COLLEGE_AND_ABOVE, Education
from marketplace.registry.states.recognition import RecognitionKind

TRAINED = tuple(sorted(set(Education) - {Education.UNKNOWN, Education.NONE}))


@dataclass(frozen=True)
class Asked:
    """A day, and the days from which things that happen are counted: a year, a period, or one day alone."""

    day: dt.date
    first: dt.date
    year: int
    """The last year that is over on that day: what is told once a year is told of it."""

    @classmethod
    def of(cls, day: dt.date, period: TargetPeriod, per: Per) -> Asked:
        day = max(min(day, period.last_day), period.first_day)
        first = period.first_day
        if per is Per.YEAR:
            first = max(first, dt.date(day.year, 1, 1))
        return cls(day, first, day.year if (day.month, day.day) == (12, 31) else day.year - 1)


Rows = Callable[[Asked], Select[Any]]


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """`above` and `below` tell the rows; `weigh` sums over them instead of counting."""

    name: Any
    definition: Any
    unit: Unit
    of: type
    above: Rows
    known: Rows
    below: Rows | None = None
    weigh: str = ""
    source: Any = ""


# --- cooperatives on a day --------------------------------------------------------------------------


def _alive(asked: Asked) -> Select[Any]:
    return registry.alive_on(asked.day)


def _alive_at_year_end(asked: Asked) -> Select[Any]:
    return registry.alive_on(dt.date(asked.year, 12, 31))


def _groups(asked: Asked) -> Select[Any]:
    return registry.alive_on(asked.day, kind=Kind.COOP_GROUP)


def _chained(asked: Asked) -> Select[Any]:
    """Of the new model, with a contract in force that day."""
    live = and_(
        Contract.state.not_in((ContractState.AGREEING, ContractState.DROPPED)),
        Contract.signed_on <= asked.day,
        Contract.from_day <= asked.day,
        Contract.until_day >= asked.day,
        or_(
            Contract.ended_at.is_(None), Contract.ended_at >= clock.start_of_day(asked.day + dt.timedelta(1))
        ),
    )
    return registry.alive_on(asked.day, new_model=True).where(
        Cooperative.id.in_(select(Contract.cooperative_id).where(live))
    )


def _honoured(kind: RecognitionKind) -> Rows:
    def rows(asked: Asked) -> Select[Any]:
        given = registry.recognised(kind, asked.first.year, asked.day.year, asked.day)
        return select(Cooperative).where(
            Cooperative.id.in_(given.with_only_columns(Recognition.cooperative_id))
        )

    return rows


def _graded(*grades: Grade) -> Rows:
    def rows(asked: Asked) -> Select[Any]:
        decided = select(Classification.cooperative_id).where(
            Classification.year == asked.year,
            Classification.state == CaseState.DECIDED,
            Classification.grade.in_(grades),
        )
        return select(Cooperative).where(
            Cooperative.id.in_(decided),
            Cooperative.kind == Kind.COOPERATIVE,
            Cooperative.duplicate_of_id.is_(None),
        )

    return rows


def _steady(asked: Asked) -> Select[Any]:
    """In operation when the year ended, reported it without a loss, and not graded weak."""
    reported = _reported(asked.year).where(ReportVersion.profit_before_tax >= 0)
    weak = select(Classification.cooperative_id).where(
        Classification.year == asked.year,
        Classification.state == CaseState.DECIDED,
        Classification.grade == Grade.WEAK,
    )
    return _alive_at_year_end(asked).where(
        Cooperative.id.in_(registry.standing_ids(dt.date(asked.year, 12, 31), Standing.ACTIVE)),
        Cooperative.id.in_(reported),
        Cooperative.id.not_in(weak),
    )


# --- what happened ----------------------------------------------------------------------------------


def _founded(kind: Kind) -> Rows:
    return lambda asked: registry.founded(asked.first, asked.day, kind=kind)


def _ended(asked: Asked) -> Select[Any]:
    return registry.ended(asked.first, asked.day)


def _any_founding(kind: Kind) -> Rows:
    return lambda asked: registry.founded(dt.date(1900, 1, 1), asked.day, kind=kind)


def _any_life(asked: Asked) -> Select[Any]:
    return registry.happened(frozenset(LifeKind), dt.date(1900, 1, 1), asked.day)


def _any_honour(asked: Asked) -> Select[Any]:
    return select(Recognition).where(Recognition.withdrawn_at.is_(None))


def _any_judgement(asked: Asked) -> Select[Any]:
    return registry.alive_on(asked.day, new_model=True)


# --- officers ---------------------------------------------------------------------------------------


def _key(asked: Asked) -> Select[Any]:
    return registry.officers_on(asked.day, key=True)


def _trained(asked: Asked) -> Select[Any]:
    return _key(asked).where(Officer.education.in_(TRAINED))


def _college(asked: Asked) -> Select[Any]:
    return _key(asked).where(Officer.education.in_(sorted(COLLEGE_AND_ABOVE)))


# --- yearly reports ---------------------------------------------------------------------------------


def _reported(year: int) -> Select[Any]:
    """Ids of cooperatives whose report of a year counts."""
    return (
        select(AnnualReport.cooperative_id)
        .join(ReportVersion, stands())
        .join(Cooperative, Cooperative.id == AnnualReport.cooperative_id)
        .where(
            AnnualReport.year == year,
            Cooperative.kind == Kind.COOPERATIVE,
            Cooperative.duplicate_of_id.is_(None),
        )
    )


def _versions(year: int, among: Select[Any]) -> Select[Any]:
    return (
        select(ReportVersion)
        .join(AnnualReport, stands())
        .where(AnnualReport.year == year, AnnualReport.cooperative_id.in_(among))
    )


def _revenue_now(asked: Asked) -> Select[Any]:
    """Of those that reported the year before too."""
    both = _reported(asked.year).where(AnnualReport.cooperative_id.in_(_ids_reported(asked.year - 1)))
    return _versions(asked.year, both)


def _revenue_before(asked: Asked) -> Select[Any]:
    both = _reported(asked.year - 1).where(AnnualReport.cooperative_id.in_(_ids_reported(asked.year)))
    return _versions(asked.year - 1, both)


def _ids_reported(year: int) -> Select[Any]:
    return select(_reported(year).subquery().c.cooperative_id)


def _value_added(asked: Asked) -> Select[Any]:
    return _versions(asked.year, _reported(asked.year)).where(ReportVersion.value_added.is_not(None))


# --- the codes --------------------------------------------------------------------------------------

C, P = Unit.COUNT, Unit.PERCENT
FOUNDED = Indicator(
    name=_l("Cooperatives founded"),
    definition=_l("Foundings dated within these days, in Vietnam's time. Registering anew is no founding."),
    unit=C,
    of=LifeEvent,
    above=_founded(Kind.COOPERATIVE),
    known=_any_founding(Kind.COOPERATIVE),
)
ENDED = Indicator(
    name=_l("Cooperatives that ended"),
    definition=_l(
        "Dissolved, merged, consolidated, divided, bankrupt or made into an enterprise. Of a merger those count that "
        "were absorbed; a suspension ends nothing."
    ),
    unit=C,
    of=LifeEvent,
    above=_ended,
    known=_any_life,
)
ALIVE = Indicator(
    name=_l("Cooperatives"),
    definition=_l("Those that are there that day: suspended or stopped without being dissolved, too."),
    unit=C,
    of=Cooperative,
    above=_alive,
    known=_alive,
)
UNIONS = Indicator(
    name=_l("Unions of cooperatives"),
    definition=_l("Those that are there that day."),
    unit=C,
    of=Cooperative,
    above=lambda asked: registry.alive_on(asked.day, kind=Kind.COOP_UNION),
    known=lambda asked: registry.alive_on(asked.day, kind=None),
)
GROUPS = Indicator(
    name=_l("Cooperative groups"),
    definition=_l("Those that are there that day, registered or not."),
    unit=C,
    of=Cooperative,
    above=_groups,
    known=_groups,
)
FARMING = Indicator(
    name=_l("Cooperatives in agriculture"),
    definition=_l("Of those that are there that day, by the sector they had that day."),
    unit=C,
    of=Cooperative,
    above=lambda asked: registry.alive_on(asked.day, sector=Sector.AGRICULTURE),
    known=_alive,
)
GOOD = Indicator(
    name=_l("Cooperatives graded good or fair"),
    definition=_l(
        "Good and fair grades over all grades decided for the last year that is over on that day. Whoever the rules "
        "leave ungraded is not counted."
    ),
    unit=P,
    of=Cooperative,
    above=_graded(Grade.GOOD, Grade.FAIR),
    below=_graded(*Grade),
    known=_graded(*Grade),
)
AVERAGE = Indicator(
    name=_l("Cooperatives graded average"),
    definition=_l("Average grades over all grades decided for the last year that is over on that day."),
    unit=P,
    of=Cooperative,
    above=_graded(Grade.AVERAGE),
    below=_graded(*Grade),
    known=_graded(*Grade),
)
TRAINED_KEY = Indicator(
    name=_l("Key officers who are trained"),
    definition=_l(
        "Key officers in office that day with any training on record, over all key officers. Training that is not "
        "known does not count as training."
    ),
    unit=P,
    of=Officer,
    above=_trained,
    below=_key,
    known=_trained,
)
COLLEGE = Indicator(
    name=_l("Of the trained: from a college or university"),
    definition=_l("Over the key officers who are trained, not over all of them."),
    unit=P,
    of=Officer,
    above=_college,
    below=_trained,
    known=_trained,
)
INDICATORS: Mapping[str, Indicator] = {
    "B08": FOUNDED,
    "B09": ENDED,
    "B10": UNIONS,
    "B11": ALIVE,
    "B12": GROUPS,
    "B13": FARMING,
    "B14": GOOD,
    "B14b": AVERAGE,
    "B16": TRAINED_KEY,
    "B16b": COLLEGE,
    "T01": FOUNDED,
    "T02": Indicator(
        name=_l("New-model cooperatives in a value chain"),
        definition=_l("Judged to be of the new model, with a contract of a value chain in force that day."),
        unit=C,
        of=Cooperative,
        above=_chained,
        known=_any_judgement,
    ),
    "T03": Indicator(
        name=_l("Cooperative groups founded"),
        definition=_l("Foundings of groups dated within these days, in Vietnam's time."),
        unit=C,
        of=LifeEvent,
        above=_founded(Kind.COOP_GROUP),
        known=_any_founding(Kind.COOP_GROUP),
    ),
    "T04": Indicator(
        name=_l("Groups that are registered"),
        definition=_l("Groups registered with the authority by that day, over all groups that are there."),
        unit=P,
        of=Cooperative,
        above=lambda asked: registry.alive_on(asked.day, kind=Kind.COOP_GROUP, registered=True),
        below=_groups,
        known=_groups,
    ),
    "T05": Indicator(
        name=_l("Exemplary cooperatives"),
        definition=_l("Cooperatives recognised as exemplary in the period, each once."),
        unit=C,
        of=Cooperative,
        above=_honoured(RecognitionKind.EXEMPLARY),
        known=_any_honour,
    ),
    "T06": Indicator(
        name=_l("Cooperatives with a Labour Hero"),
        definition=_l("The title went to the cooperative or to one of its people in the period."),
        unit=C,
        of=Cooperative,
        above=_honoured(RecognitionKind.LABOUR_HERO),
        known=_any_honour,
    ),
    "T07": Indicator(
        name=_l("Cooperatives that are steady and do well"),
        definition=_l(
            "No law defines this. Counted: in operation when the year ended, its yearly report handed in, no loss "
            "before tax, not graded weak; over all cooperatives that were there when the year ended."
        ),
        unit=P,
        of=Cooperative,
        above=_steady,
        below=_alive_at_year_end,
        known=lambda asked: _reported(asked.year),
    ),
    "T08": GOOD,
    "T09": TRAINED_KEY,
    "T09b": COLLEGE,
    "T10": Indicator(
        name=_l("Cooperatives that are members of the alliance"),
        definition=_l("Members that day over all cooperatives that are there that day."),
        unit=P,
        of=Cooperative,
        above=lambda asked: registry.alive_on(asked.day, member=True),
        below=_alive,
        known=_alive,
    ),
    "T11": Indicator(
        name=_l("Growth of the cooperatives' revenue"),
        definition=_l(
            "Revenue of the last year that is over, against the year before, of those cooperatives that reported both."
        ),
        unit=P,
        of=ReportVersion,
        above=_revenue_now,
        below=_revenue_before,
        known=_revenue_before,
        weigh="growth",
    ),
    "T12": Indicator(
        name=_l("Part in the province's GRDP"),
        definition=_l(
            "Value added of the cooperatives that told it, over the GRDP of the same year. Revenue is not value added."
        ),
        unit=P,
        of=ReportVersion,
        above=_value_added,
        known=_value_added,
        weigh="grdp",
    ),
}
"""What is not here has no source of figures yet: loans, courses and study tours."""
