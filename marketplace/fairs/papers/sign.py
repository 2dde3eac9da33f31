"""Signs over the stands: the number to be read from afar, who stands there, what they bring, a code to it."""

from __future__ import annotations

from marketplace.fairs import catalogue, queries
from marketplace.fairs.catalogue import Exhibitor
from marketplace.fairs.models import Fair
from marketplace.foundation.papers import Sheet, paper
from marketplace.foundation.web.pages import text_of
from marketplace.foundation.words import _l

TEMPLATE = "fairs/sign/paper.html"
SIZES = {"a4": _l("A4, over the table"), "a3": _l("A3, over the stand")}


def signs_of(fair: Fair, stand_id: int | None = None) -> list[Exhibitor]:
    """Of every confirmed stand in the order of the plan, or of one."""
    found = [each for each in catalogue.everybody(fair) if stand_id in {None, each.stand_id}]
    return catalogue.whole(fair, found)


@paper("fairs.signs")
def signs(fair: str, size: str, stand: str = "") -> Sheet | None:
    """All signs of a fair, or that of one stand, by its reference."""
    shown = queries.shown_fair(fair)
    only = queries.stand_shown_by_ref(stand) if stand else None
    if shown is None or size not in SIZES or (stand and only is None):
        return None
    exhibitors = signs_of(shown, only.id if only is not None else None)
    return Sheet(
        text_of(TEMPLATE, pressed=True, fair=shown, exhibitors=exhibitors, size=size, told=catalogue)
    )
