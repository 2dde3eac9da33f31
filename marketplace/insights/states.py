"""Words of the targets board."""

from __future__ import annotations

from enum import StrEnum

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
