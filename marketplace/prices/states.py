"""At which step of trade a price is paid, who says so, and how several become one."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.words import _l


class Level(StrEnum):
    FIELD = "field"
    WHOLESALE = "wholesale"
    RETAIL = "retail"


class Source(StrEnum):
    SETTLED = "settled"
    OFFICER = "officer"
    PUBLISHED = "published"
    COOPERATIVE = "cooperative"


class PlaceKind(StrEnum):
    """An administrative unit, a market with a name, or all of the alliance's region together."""

    UNIT = "unit"
    MARKET = "market"
    REGION = "region"


class How(StrEnum):
    """How the price of a day came about: one row, the middle of several, or deals weighed by their volume."""

    SINGLE = "single"
    MEDIAN = "median"
    WEIGHTED = "weighted"


class Turn(StrEnum):
    """When a follower wants to hear: the price is at the threshold or above, or at it or below."""

    ABOVE = "above"
    BELOW = "below"


class DoubtGround(StrEnum):
    """Somebody says so, or it lay far from the others when it was written."""

    SAID = "said"
    FAR = "far"


class Verdict(StrEnum):
    """What an officer did with a doubted price."""

    KEPT = "kept"
    CORRECTED = "corrected"
    TAKEN_BACK = "taken_back"


LEVEL_LABELS = {
    Level.FIELD: _l("At the field"),
    Level.WHOLESALE: _l("Wholesale"),
    Level.RETAIL: _l("Retail"),
}
SOURCE_LABELS = {
    Source.SETTLED: _l("Deals of several cooperatives"),
    Source.OFFICER: _l("The alliance's officers"),
    Source.PUBLISHED: _l("Published elsewhere"),
    Source.COOPERATIVE: _l("A cooperative"),
}
PLACE_KIND_LABELS = {
    PlaceKind.UNIT: _l("Commune, district or province"),
    PlaceKind.MARKET: _l("Market"),
    PlaceKind.REGION: _l("The whole region"),
}
HOW_LABELS = {
    How.SINGLE: _l("one price"),
    How.MEDIAN: _l("the middle of several prices"),
    How.WEIGHTED: _l("mean of deals, weighed by volume"),
}
TURN_LABELS = {
    Turn.ABOVE: _l("rises to this or above"),
    Turn.BELOW: _l("falls to this or below"),
}
VERDICT_LABELS = {
    Verdict.KEPT: _l("The price is right and stays"),
    Verdict.CORRECTED: _l("The price was corrected"),
    Verdict.TAKEN_BACK: _l("The price was taken off the board"),
}
RANK = (Source.SETTLED, Source.OFFICER, Source.PUBLISHED, Source.COOPERATIVE)
"""Of several sources of one day the first counts."""
NEUTRAL = (Source.SETTLED, Source.OFFICER, Source.PUBLISHED)
"""Whose word a contract may count by: no cooperative sets the price it is paid by."""
OLD_DAYS = 45
"""A price older than this is shown as the last one known."""
