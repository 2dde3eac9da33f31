"""What speaks for a match and against it, in the reader's language; and how points come about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from marketplace import config
from marketplace.cooperatives.states import PAPER_LABELS, PaperKind
from marketplace.foundation import formats
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l
from marketplace.linkage.matching import Remark, Weights

SENTENCES = {
    "free_all": _l("Free in these weeks: all of it"),
    "free_part": _l("Free in these weeks: %(amount)s"),
    "free_lacks": _l("%(amount)s are lacking"),
    "free_none": _l("Nothing is free in these weeks"),
    "grade_unsaid": _l("The forecast does not name the grade"),
    "season_whole": _l("Harvested in these months"),
    "season_part": _l("Harvested on a part of these days only"),
    "season_outside": _l("Not harvested in these months"),
    "paper_valid": _l("%(paper)s valid on every day"),
    "paper_ends": _l("%(paper)s ends on %(day)s"),
    "paper_waits": _l("%(paper)s waits for the alliance"),
    "paper_missing": _l("No %(paper)s"),
    "near": _l("%(km)s km away"),
    "far": _l("Far: %(km)s km"),
}


def weights() -> Weights:
    """As this installation has set them."""
    settings = config.current()
    return Weights(
        volume=settings.match_volume,
        grade=settings.match_grade,
        papers=settings.match_papers,
        distance=settings.match_distance,
        far=settings.match_far_km,
    )


def said(remark: Remark, unit: str) -> str:
    """ "Free in these weeks: 12 t"; `unit` is that of the request."""
    values = {
        "amount": formats.amount(remark.amount, unit, locale()) if remark.amount is not None else "",
        "paper": str(PAPER_LABELS[PaperKind(remark.paper)]) if remark.paper else "",
        "day": formats.date(remark.day, locale()) if remark.day is not None else "",
        "km": formats.number(remark.km, locale()) if remark.km is not None else "",
    }
    return str(SENTENCES[remark.key]) % values


def told(remarks: Iterable[Remark], unit: str) -> list[str]:
    return [said(each, unit) for each in remarks]


def read(kept: Iterable[Mapping[str, Any]], unit: str) -> list[str]:
    """Of remarks as a table keeps them."""
    return told([Remark.read(each) for each in kept], unit)


def explained(of: Weights) -> list[tuple[str, int]]:
    """(what counts, how many points of it), as pages publish it."""
    return [
        (_("Free goods in the weeks asked for, and not promised to anybody"), of.volume),
        (_("The grade asked for, where the request names one"), of.grade),
        (_("Papers that are valid on every day of delivery"), of.papers),
        (_("Nearness: the full points at the door, none from %(km)s km on", km=of.far), of.distance),
    ]
