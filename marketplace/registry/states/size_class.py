"""How large a cooperative is, by rules for its branch."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.words import _l


class Size(StrEnum):
    """Largest first: rules are asked in this order."""

    LARGE = "large"
    MEDIUM = "medium"
    SMALL = "small"
    MICRO = "micro"


SIZE_LABELS = {
    Size.LARGE: _l("Large"),
    Size.MEDIUM: _l("Medium"),
    Size.SMALL: _l("Small"),
    Size.MICRO: _l("Very small"),
}


class Branch(StrEnum):
    """The branches that rules of size tell apart; `any` where they tell none apart."""

    ANY = "any"
    AGRICULTURE = "agriculture"
    INDUSTRY = "industry"
    SERVICES = "services"


BRANCH_LABELS = {
    Branch.ANY: _l("Every branch"),
    Branch.AGRICULTURE: _l("Agriculture, forestry, fishery, salt"),
    Branch.INDUSTRY: _l("Industry and construction"),
    Branch.SERVICES: _l("Trade and services"),
}
