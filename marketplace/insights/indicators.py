"""What each code counts: the rows above and below the line on a day of a period, as statements whose rows can be read.

An indicator tells its numerator as rows and, for a share, its denominator as rows; growth, GRDP and money paid out
are sums over rows. Where the sentence it was said in can be read in several ways, each way is a reading.
`known` is a statement with a row when there is anything to count from: else there is no data, which is not 0.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from sqlalchemy import Select, and_, func, or_, select, tuple_

from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import Kind, Sector
from marketplace.fairs.models import Fair
from marketplace.fairs.states import FairState
from marketplace.foundation.words import _l
from marketplace.insights.models import SteadyJudgement, Target, TargetPeriod
from marketplace.insights.states import Per, Steady, Unit
from marketplace.linkage import queries as linkage
from marketplace.linkage.models import Contract
from marketplace.places.models import AdminUnit
from marketplace.programmes import queries as programmes
from marketplace.programmes.models import Course, Loan, LoanFund, LoanMovement
from marketplace.programmes.states import CourseKind
from marketplace.registry import queries as registry
from marketplace.registry.models import (
    AnnualReport,
    Classification,
    LifeEvent,
    NewModelJudgement,
    Officer,
    PartnerHelp,
    Recognition,
    ReportVersion,
)
from marketplace.registry.queries.annual_report import stands
from marketplace.registry.states.classification import CaseState, Grade
from marketplace.registry.states.life_event import LifeKind, Standing
from marketplace.registry.states.officer import COLLEGE_AND_ABOVE, Education
from marketplace.registry.states.recognition import RecognitionKind

FROM_EVER = dt.date(1900, 1, 1)
TRAINED = tuple(sorted(set(Education) - {Education.UNKNOWN, Education.NONE}))


@dataclass(frozen=True)
class Asked:
    """A day, the day from which things that happen are counted (of a year or a period), and how the sentence is read:
    codes with commas between them, empty for the first way."""

    day: dt.date
    first: dt.date
    reading: str = ""

    @property
    def year(self) -> int:
        """The last year that is over on that day: what is told once a year is told of it."""
        return self.day.year if (self.day.month, self.day.day) == (12, 31) else self.day.year - 1

    def reads(self, code: str) -> bool:
        return code in self.reading.split(",")

    @classmethod
    def of(cls, day: dt.date, period: TargetPeriod, per: Per, reading: str = "") -> Self:
        day = max(min(day, period.last_day), period.first_day)
        first = period.first_day
        if per is Per.YEAR:
            first = max(first, dt.date(day.year, 1, 1))
        return cls(day, first, reading)

    @classmethod
    def target(cls, target: Target, day: dt.date) -> Self:
        return cls.of(day, target.period, target.per, target.reading)

    @classmethod
    def line(cls, key: str, period: TargetPeriod, day: dt.date) -> Self:
        """What stands beside a reported figure: counted over the period, or over the year where it was told so."""
        return cls.of(day, period, Per.YEAR if key in EACH_YEAR else Per.PERIOD)


Rows = Callable[[Asked], Select[Any]]


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """`above` and `below` tell the rows; `weigh` sums over them instead of counting. `beside` is one more number worth
    knowing, told by `aside`; `readings` are the ways to read the sentence, `many` of which may hold together."""

    name: Any
    definition: Any
    unit: Unit
    of: type
    above: Rows
    known: Rows
    below: Rows | None = None
    weigh: str = ""
    source: Any = ""
    beside: Rows | None = None
    aside: Any = ""
    readings: Mapping[str, Any] = field(default_factory=dict)
    many: bool = False
    graded: bool = False
    """Told of the last year that is over, not of the day."""


# --- cooperatives on a day --------------------------------------------------------------------------


def _alive(asked: Asked) -> Select[Any]:
    return registry.alive_on(asked.day)


def _alive_at_year_end(asked: Asked) -> Select[Any]:
    return registry.alive_on(dt.date(asked.year, 12, 31))


def _groups(asked: Asked) -> Select[Any]:
    return registry.alive_on(asked.day, kind=Kind.COOP_GROUP)


def _chained(asked: Asked) -> Select[Any]:
    """Of the new model, with a contract in force that day."""
    chained = select(Contract.cooperative_id).where(linkage.in_force_on(asked.day))
    return registry.alive_on(asked.day, new_model=True).where(Cooperative.id.in_(chained))


def _honoured(kind: RecognitionKind) -> Rows:
    def rows(asked: Asked) -> Select[Any]:
        given = registry.recognised(kind, asked.first.year, asked.day.year, asked.day)
        return select(Cooperative).where(
            Cooperative.id.in_(given.with_only_columns(Recognition.cooperative_id))
        )

    return rows


def _sectors(asked: Asked) -> Select[Any]:
    """In how many sectors the exemplary ones are."""
    found = _honoured(RecognitionKind.EXEMPLARY)(asked).subquery()
    return select(func.count(func.distinct(found.c.sector)))


def _graded_or_alive(asked: Asked) -> Select[Any]:
    return _alive_at_year_end(asked) if asked.reads("alive") else _graded(*Grade)(asked)


def _ungraded(asked: Asked) -> Select[Any]:
    """How many were there when the year ended, graded or not."""
    return select(func.count()).select_from(_alive_at_year_end(asked).order_by(None).subquery())


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
    """Of those that were there when the year ended: whoever passes every part of the rule that holds."""
    weak = select(Classification.cooperative_id).where(
        Classification.year == asked.year,
        Classification.state == CaseState.DECIDED,
        Classification.grade == Grade.WEAK,
    )
    parts = {
        "active": Cooperative.id.in_(registry.standing_ids(dt.date(asked.year, 12, 31), Standing.ACTIVE)),
        "reported": Cooperative.id.in_(_reported(asked.year)),
        "no_loss": Cooperative.id.in_(_reported(asked.year).where(ReportVersion.profit_before_tax >= 0)),
        "not_weak": Cooperative.id.not_in(weak),
    }
    holding = asked.reading.split(",") if asked.reading else [*parts]
    by_rule = and_(
        *[parts[code] for code in holding], Cooperative.id.not_in(judged_ids(asked.year, Steady.NO))
    )
    return _alive_at_year_end(asked).where(
        or_(by_rule, Cooperative.id.in_(judged_ids(asked.year, Steady.YES)))
    )


def judged_ids(year: int, *verdicts: Steady) -> Select[Any]:
    """Ids of the cooperatives whose last judgement of that year says so; of any that differs from the rule."""
    last = (
        select(func.max(SteadyJudgement.id))
        .where(SteadyJudgement.year == year)
        .group_by(SteadyJudgement.cooperative_id)
    )
    return select(SteadyJudgement.cooperative_id).where(
        SteadyJudgement.id.in_(last), SteadyJudgement.verdict.in_(verdicts or (Steady.YES, Steady.NO))
    )


# --- what happened ----------------------------------------------------------------------------------


def _founded(kind: Kind) -> Rows:
    return lambda asked: registry.founded(asked.first, asked.day, kind=kind)


def _ended(asked: Asked) -> Select[Any]:
    return registry.ended(asked.first, asked.day)


def _any_founding(kind: Kind) -> Rows:
    return lambda asked: registry.founded(FROM_EVER, asked.day, kind=kind)


def _any_life(asked: Asked) -> Select[Any]:
    return registry.happened(frozenset(LifeKind), FROM_EVER, asked.day)


def _founded_new_model(asked: Asked) -> Select[Any]:
    """Founded within these days, and judged to be of the new model by the last of them."""
    return registry.founded(asked.first, asked.day).where(
        LifeEvent.cooperative_id.in_(registry.new_model_ids(asked.day))
    )


def _any_honour(asked: Asked) -> Select[Any]:
    return select(Recognition).where(Recognition.withdrawn_at.is_(None))


def _any_judgement(asked: Asked) -> Select[Any]:
    return select(NewModelJudgement).where(NewModelJudgement.day <= asked.day)


# --- officers ---------------------------------------------------------------------------------------


def _key(asked: Asked) -> Select[Any]:
    return registry.officers_on(asked.day, key=True)


def _trained(asked: Asked) -> Select[Any]:
    schooled = Officer.education.in_(TRAINED)
    return _key(asked).where(or_(schooled, _came(asked)) if asked.reads("courses") else schooled)


def _schooling_known(asked: Asked) -> Select[Any]:
    return _key(asked).where(or_(Officer.education != Education.UNKNOWN, _came(asked)))


def _college(asked: Asked) -> Select[Any]:
    return _key(asked).where(Officer.education.in_(sorted(COLLEGE_AND_ABOVE)))


def _everybody(asked: Asked) -> Select[Any]:
    return registry.officers_on(asked.day)


def _coached(asked: Asked) -> Select[Any]:
    return _everybody(asked).where(_came(asked))


def _came(asked: Asked) -> Any:
    """Of an officer: known by the account, or by name within the cooperative, among those who came to a course."""
    came = programmes.came_rows(asked.first, asked.day).subquery()
    accounts = select(came.c.person_id).where(came.c.person_id.is_not(None))
    names = select(came.c.cooperative_id, came.c.name)
    return or_(Officer.person_id.in_(accounts), tuple_(Officer.cooperative_id, Officer.name).in_(names))


# --- loans, courses, fairs, partners ----------------------------------------------------------------


def _lent(asked: Asked) -> Select[Any]:
    return programmes.loan.lent_rows(asked.first, asked.day)


def _any_loan(asked: Asked) -> Select[Any]:
    return programmes.loan.lent_rows(FROM_EVER, asked.day)


def _borrowers(asked: Asked) -> Select[Any]:
    found = _lent(asked).subquery()
    return select(func.count(func.distinct(found.c.cooperative_id)))


def _loans_paid(asked: Asked) -> Select[Any]:
    return select(func.count()).select_from(_lent(asked).subquery())


def _courses(asked: Asked) -> Select[Any]:
    return programmes.held_rows(asked.first, asked.day, CourseKind.COURSE)


def _people(asked: Asked) -> Select[Any]:
    """How many people came to courses and tours, each name of a cooperative once."""
    came = programmes.came_rows(asked.first, asked.day).subquery()
    each = select(came.c.cooperative_id, came.c.name).distinct().subquery()
    return select(func.count()).select_from(each)


def _fairs(asked: Asked) -> Select[Any]:
    """Fairs that were held and over within these days: the alliance's own and those it took part in."""
    held = (FairState.PUBLISHED, FairState.REPORTED, FairState.ARCHIVED)
    return select(Fair).where(
        Fair.state.in_(held), Fair.cancelled_reason == "", Fair.last_day.between(asked.first, asked.day)
    )


def _fairs_away(asked: Asked) -> Select[Any]:
    found = _fairs(asked).where(Fair.in_province.is_(False))
    return select(func.count()).select_from(found.subquery())


def _helped(asked: Asked) -> Select[Any]:
    return registry.helps(asked.first, asked.day)


def _partners(asked: Asked) -> Select[Any]:
    found = _helped(asked).subquery()
    return select(func.count(func.distinct(found.c.partner_id)))


def _since_ever(rows: Rows) -> Rows:
    return lambda asked: rows(replace(asked, first=FROM_EVER))


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
EACH_YEAR = frozenset({"B15", "B15b"})
LIVES, GROUPS_OF, REPORTS = (
    _l("life events in the registry"),
    _l("the registry"),
    _l("yearly reports that were handed in"),
)
GRADES, OFFICERS, LOANS = _l("decided grades"), _l("officers in the registry"), _l("payments of loans")
COURSES, HONOURS = _l("courses and study tours"), _l("recognitions in the registry")
OVER_GRADED = {
    "graded": _l("over those that were graded"),
    "alive": _l("over all that were there when the year ended"),
}
BY_SCHOOLING = {
    "schooled": _l("by the training on record"),
    "courses": _l("by the training on record, or by coming to a course or study tour in the period"),
}
FOUNDED = Indicator(
    name=_l("Cooperatives founded"),
    definition=_l("Foundings dated within these days, in Vietnam's time. Registering anew is no founding."),
    unit=C,
    of=LifeEvent,
    above=_founded(Kind.COOPERATIVE),
    known=_any_founding(Kind.COOPERATIVE),
    source=LIVES,
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
    source=LIVES,
)
ALIVE = Indicator(
    name=_l("Cooperatives"),
    definition=_l("Those that are there that day: suspended or stopped without being dissolved, too."),
    unit=C,
    of=Cooperative,
    above=_alive,
    known=_alive,
    source=GROUPS_OF,
)
UNIONS = Indicator(
    name=_l("Unions of cooperatives"),
    definition=_l("Those that are there that day."),
    unit=C,
    of=Cooperative,
    above=lambda asked: registry.alive_on(asked.day, kind=Kind.COOP_UNION),
    known=lambda asked: registry.alive_on(asked.day, kind=None),
    source=GROUPS_OF,
)
GROUPS = Indicator(
    name=_l("Cooperative groups"),
    definition=_l("Those that are there that day, registered or not."),
    unit=C,
    of=Cooperative,
    above=_groups,
    known=_groups,
    source=GROUPS_OF,
)
FARMING = Indicator(
    name=_l("Cooperatives in agriculture"),
    definition=_l("Of those that are there that day, by the sector they had that day."),
    unit=C,
    of=Cooperative,
    above=lambda asked: registry.alive_on(asked.day, sector=Sector.AGRICULTURE),
    known=_alive,
    source=GROUPS_OF,
)
GOOD = Indicator(
    name=_l("Cooperatives graded good or fair"),
    definition=_l(
        "Good and fair grades over all grades decided for the last year that is over on that day. Whoever the rules "
        "leave ungraded is not counted; it can also be read over all that were there when that year ended."
    ),
    unit=P,
    of=Cooperative,
    above=_graded(Grade.GOOD, Grade.FAIR),
    below=_graded_or_alive,
    known=_graded(*Grade),
    source=GRADES,
    beside=_ungraded,
    aside=_l("%(count)s cooperatives were there when the year ended"),
    readings=OVER_GRADED,
    graded=True,
)
AVERAGE = Indicator(
    name=_l("Cooperatives graded average"),
    definition=_l("Average grades over all grades decided for the last year that is over on that day."),
    unit=P,
    of=Cooperative,
    above=_graded(Grade.AVERAGE),
    below=_graded(*Grade),
    known=_graded(*Grade),
    source=GRADES,
    graded=True,
)
TRAINED_KEY = Indicator(
    name=_l("Key officers who are trained"),
    definition=_l(
        "Key officers in office that day with any training on record, over all key officers. Training that is not "
        "known does not count as training. Whoever came to a course or study tour in the period can be counted too."
    ),
    unit=P,
    of=Officer,
    above=_trained,
    below=_key,
    known=_schooling_known,
    source=OFFICERS,
    readings=BY_SCHOOLING,
)
COLLEGE = Indicator(
    name=_l("Of the trained: from a college or university"),
    definition=_l("Over the key officers who are trained, not over all of them."),
    unit=P,
    of=Officer,
    above=_college,
    below=_trained,
    known=_trained,
    source=OFFICERS,
    readings=BY_SCHOOLING,
)
LENT = Indicator(
    name=_l("Loans on favourable terms"),
    definition=_l(
        "Loans of preferential funds of which something was paid out within these days, each loan once: a cooperative "
        "may have several. Banks and credit funds are counted apart."
    ),
    unit=C,
    of=Loan,
    above=_lent,
    known=_any_loan,
    source=LOANS,
    beside=_borrowers,
    aside=_l("to %(count)s different cooperatives"),
)
INDICATORS: Mapping[str, Indicator] = {
    "B01": LENT,
    "B02": Indicator(
        name=_l("Paid out by preferential funds"),
        definition=_l(
            "What preferential funds paid out to cooperatives within these days, by their vouchers; vouchers taken "
            "back do not count."
        ),
        unit=Unit.DONG,
        of=LoanMovement,
        above=lambda asked: programmes.loan.payments_rows(asked.first, asked.day),
        known=_any_loan,
        weigh="paid",
        source=LOANS,
        beside=_loans_paid,
        aside=_l("in %(count)s loans"),
    ),
    "B03": Indicator(
        name=_l("Funds that lent"),
        definition=_l("Preferential funds that paid something out within these days, each once."),
        unit=C,
        of=LoanFund,
        above=lambda asked: programmes.loan.lending_rows(asked.first, asked.day),
        known=_any_loan,
        source=LOANS,
    ),
    "B04": Indicator(
        name=_l("Training courses held"),
        definition=_l("Courses that ended within these days and were not called off."),
        unit=C,
        of=Course,
        above=_courses,
        known=_since_ever(_courses),
        source=COURSES,
        beside=_people,
        aside=_l("%(count)s people came to courses and study tours"),
    ),
    "B05": Indicator(
        name=_l("Fairs held or visited"),
        definition=_l(
            "Fairs, weeks of goods, market days and conferences of supply and demand that ended within these days: "
            "the alliance's own, and those of others it took part in."
        ),
        unit=C,
        of=Fair,
        above=_fairs,
        known=_since_ever(_fairs),
        source=_l("fairs"),
        beside=_fairs_away,
        aside=_l("%(count)s of them outside the province"),
    ),
    "B06": Indicator(
        name=_l("Provinces learnt from"),
        definition=_l("Provinces and cities that study tours of these days went to, each once."),
        unit=C,
        of=AdminUnit,
        above=lambda asked: programmes.destination_rows(asked.first, asked.day),
        known=lambda asked: programmes.held_rows(FROM_EVER, asked.day, CourseKind.TOUR),
        source=COURSES,
    ),
    "B07": Indicator(
        name=_l("Help from partners"),
        definition=_l(
            "How often partners in Vietnam and abroad helped within these days, with money or in kind."
        ),
        unit=C,
        of=PartnerHelp,
        above=_helped,
        known=_since_ever(_helped),
        source=_l("partners in the registry"),
        beside=_partners,
        aside=_l("from %(count)s partners"),
    ),
    "B08": FOUNDED,
    "B09": ENDED,
    "B10": UNIONS,
    "B11": ALIVE,
    "B12": GROUPS,
    "B13": FARMING,
    "B14": GOOD,
    "B14b": AVERAGE,
    "B15": FOUNDED,
    "B15b": Indicator(
        name=_l("New-model cooperatives founded"),
        definition=_l(
            "Foundings of this year whose cooperatives are judged to be of the new model by that day."
        ),
        unit=C,
        of=LifeEvent,
        above=_founded_new_model,
        known=_any_judgement,
        source=_l("judgements of the new model in the registry"),
    ),
    "B16": TRAINED_KEY,
    "B16b": COLLEGE,
    "B17": Indicator(
        name=_l("Officers who came to a course"),
        definition=_l(
            "Officers in office that day who were at a course or study tour within these days, over all officers: "
            "known by their account, or by their name within the cooperative."
        ),
        unit=P,
        of=Officer,
        above=_coached,
        below=_everybody,
        known=lambda asked: programmes.came_rows(FROM_EVER, asked.day),
        source=COURSES,
    ),
    "T01": FOUNDED,
    "T02": Indicator(
        name=_l("New-model cooperatives in a value chain"),
        definition=_l("Judged to be of the new model, with a contract of a value chain in force that day."),
        unit=C,
        of=Cooperative,
        above=_chained,
        known=_any_judgement,
        source=_l("judgements of the new model in the registry"),
    ),
    "T03": Indicator(
        name=_l("Cooperative groups founded"),
        definition=_l("Foundings of groups dated within these days, in Vietnam's time."),
        unit=C,
        of=LifeEvent,
        above=_founded(Kind.COOP_GROUP),
        known=_any_founding(Kind.COOP_GROUP),
        source=LIVES,
    ),
    "T04": Indicator(
        name=_l("Groups that are registered"),
        definition=_l("Groups registered with the authority by that day, over all groups that are there."),
        unit=P,
        of=Cooperative,
        above=lambda asked: registry.alive_on(asked.day, kind=Kind.COOP_GROUP, registered=True),
        below=_groups,
        known=_groups,
        source=GROUPS_OF,
    ),
    "T05": Indicator(
        name=_l("Exemplary cooperatives"),
        definition=_l("Cooperatives recognised as exemplary in the period, each once."),
        unit=C,
        of=Cooperative,
        above=_honoured(RecognitionKind.EXEMPLARY),
        known=_any_honour,
        source=HONOURS,
        beside=_sectors,
        aside=_l("in %(count)s sectors"),
    ),
    "T06": Indicator(
        name=_l("Cooperatives with a Labour Hero"),
        definition=_l("The title went to the cooperative or to one of its people in the period."),
        unit=C,
        of=Cooperative,
        above=_honoured(RecognitionKind.LABOUR_HERO),
        known=_any_honour,
        source=HONOURS,
    ),
    "T07": Indicator(
        name=_l("Cooperatives that are steady and do well"),
        definition=_l(
            "No law defines this: the parts of the rule are a setting. Counted is whoever passes all that hold, over "
            "all cooperatives that were there when the year ended."
        ),
        unit=P,
        of=Cooperative,
        above=_steady,
        below=_alive_at_year_end,
        known=lambda asked: _reported(asked.year),
        source=REPORTS,
        readings={
            "active": _l("in operation when the year ended"),
            "reported": _l("its yearly report was handed in"),
            "no_loss": _l("no loss before tax in that report"),
            "not_weak": _l("not graded weak"),
        },
        many=True,
        graded=True,
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
        source=GROUPS_OF,
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
        source=REPORTS,
        graded=True,
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
        source=REPORTS,
        graded=True,
    ),
}
