"""Words of the targets board, of trade and of reports."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.lifecycle import Lifecycle, move
from marketplace.foundation.words import _l


class Exactness(StrEnum):
    """How the brief tells a figure."""

    EXACT = "exact"
    MORE_THAN = "more_than"
    NEARLY = "nearly"
    ROUND = "round"
    RANGE = "range"
    WORDS = "words"


class Comparator(StrEnum):
    """About: half a unit to either side is the same."""

    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    ABOUT = "about"
    NONE = "none"


class Per(StrEnum):
    YEAR = "year"
    PERIOD = "period"
    BY_END = "by_end"


class Unit(StrEnum):
    COUNT = "count"
    PERCENT = "percent"
    DONG = "dong"


class Steady(StrEnum):
    """How officers judge a cooperative's year: steady and doing well, not so, or as the rule says."""

    YES = "yes"
    NO = "no"
    RULE = "rule"


class Verdict(StrEnum):
    MET = "met"
    ON_WAY = "on_way"
    NOT_MET = "not_met"
    FOLLOWED = "followed"
    NO_DATA = "no_data"


EXACTNESS_LABELS = {
    Exactness.EXACT: _l("exactly so"),
    Exactness.MORE_THAN: _l("more than that"),
    Exactness.NEARLY: _l("nearly that"),
    Exactness.ROUND: _l("a round figure"),
    Exactness.RANGE: _l("between the two"),
    Exactness.WORDS: _l("told without a figure"),
}
PER_LABELS = {
    Per.YEAR: _l("each year"),
    Per.PERIOD: _l("in the whole period"),
    Per.BY_END: _l("by the end of the period"),
}
VERDICT_LABELS = {
    Verdict.MET: _l("Met"),
    Verdict.ON_WAY: _l("On the way"),
    Verdict.NOT_MET: _l("Not met"),
    Verdict.FOLLOWED: _l("Only followed"),
    Verdict.NO_DATA: _l("No data yet"),
}
STEADY_LABELS = {
    Steady.YES: _l("Steady and doing well"),
    Steady.NO: _l("Not steady"),
    Steady.RULE: _l("As the rule says"),
}
VERDICT_TONES = {Verdict.MET: "ok", Verdict.ON_WAY: "wait", Verdict.NOT_MET: "bad"}
VERDICT_SIGNS = {
    Verdict.MET: "check",
    Verdict.ON_WAY: "clock",
    Verdict.NOT_MET: "warn",
    Verdict.FOLLOWED: "up",
    Verdict.NO_DATA: "doc",
}


class Channel(StrEnum):
    """By which way something was sold. What is sold goes one way only."""

    ORDER = "order"
    CONTRACT = "contract"
    FAIR = "fair"


class PlaceKind(StrEnum):
    """Which places are told: communes or provinces of today, or districts as they were until 01/07/2025."""

    COMMUNE = "commune"
    PROVINCE = "province"
    DISTRICT = "district"


PLACE_LABELS = {
    PlaceKind.COMMUNE: _l("Communes of today"),
    PlaceKind.PROVINCE: _l("Provinces of today"),
    PlaceKind.DISTRICT: _l("Districts as they were until 01/07/2025"),
}
CHANNEL_LABELS = {
    Channel.ORDER: _l("Orders in the market"),
    Channel.CONTRACT: _l("Contracts of value chains"),
    Channel.FAIR: _l("Sales at fair stands"),
}
CHANNEL_SHORT = {Channel.ORDER: _l("Orders"), Channel.CONTRACT: _l("Contracts"), Channel.FAIR: _l("Fairs")}


# --- reports of a period ----------------------------------------------------------------------------


class ReportKind(StrEnum):
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


REPORT_KIND_LABELS = {
    ReportKind.MONTH: _l("Monthly report"),
    ReportKind.QUARTER: _l("Quarterly report"),
    ReportKind.YEAR: _l("Yearly report"),
}


class ReportState(StrEnum):
    """counting: the worker reads the figures. What is issued ends only by a new number: replaced or withdrawn."""

    COUNTING = "counting"
    DRAFT = "draft"
    ISSUED = "issued"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    DROPPED = "dropped"


R = ReportState
report_lifecycle = Lifecycle(
    "period_report",
    move("finish", R.COUNTING, to=R.DRAFT),
    move("count_anew", R.DRAFT, to=R.COUNTING),
    move("issue", R.DRAFT, to=R.ISSUED),
    move("drop", R.COUNTING, R.DRAFT, to=R.DROPPED),
    move("replace", R.ISSUED, to=R.REPLACED),
    move("withdraw", R.ISSUED, to=R.WITHDRAWN),
)
OPEN_REPORTS = (R.COUNTING, R.DRAFT)
NUMBERED_REPORTS = (R.ISSUED, R.REPLACED, R.WITHDRAWN)
REPORT_LABELS = {
    R.COUNTING: _l("Figures are being read"),
    R.DRAFT: _l("Draft"),
    R.ISSUED: _l("Issued"),
    R.REPLACED: _l("Replaced by a newer one"),
    R.WITHDRAWN: _l("Withdrawn by a new paper"),
    R.DROPPED: _l("Draft given up"),
}
REPORT_TONES = {
    R.COUNTING: "wait",
    R.DRAFT: "wait",
    R.ISSUED: "ok",
    R.REPLACED: "",
    R.WITHDRAWN: "bad",
    R.DROPPED: "",
}


class Section(StrEnum):
    """The parts of a report in their order; what happened stands by activity."""

    WITHDRAWAL = "withdrawal"
    MEMBERS = "members"
    TRADE = "trade"
    FAIRS = "fairs"
    PROGRAMMES = "programmes"
    SUPPORT = "support"
    GOALS = "goals"
    DIFFICULTIES = "difficulties"
    NEXT = "next"
    PROPOSALS = "proposals"


SECTION_LABELS = {
    Section.WITHDRAWAL: _l("Withdrawal"),
    Section.MEMBERS: _l("Cooperatives and members"),
    Section.TRADE: _l("Trade and value chains"),
    Section.FAIRS: _l("Fairs and trade promotion"),
    Section.PROGRAMMES: _l("Training and capital"),
    Section.SUPPORT: _l("Support and complaints"),
    Section.GOALS: _l("Yearly reports and targets"),
    Section.DIFFICULTIES: _l("Difficulties"),
    Section.NEXT: _l("Tasks of the next period"),
    Section.PROPOSALS: _l("Proposals"),
}


class Measure(StrEnum):
    """What a figure of a report is counted in."""

    COUNT = "count"
    DONG = "dong"
    KG = "kg"
