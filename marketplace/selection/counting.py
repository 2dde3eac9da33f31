"""Rules of eligibility that the books answer. An area says how: `counted("admitted", admitted)`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from marketplace.cooperatives import queries as cooperatives
from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import PAPER_LABELS, MemberState, PaperState
from marketplace.foundation import clock, formats
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _

Count = Callable[[Cooperative, dt.date], tuple[bool, str]]
COUNTED: dict[str, Count] = {}


def counted(code: str, count: Count) -> None:
    """Register `count(cooperative, last day of the subject) -> (met, note for people)` for a rule's code."""
    COUNTED[code] = count


def admitted(cooperative: Cooperative, _day: dt.date) -> tuple[bool, str]:
    """An admitted member whose rights do not rest."""
    if cooperative.state is MemberState.ADMITTED:
        return True, ""
    return False, _("The registry does not count you as an admitted member at present.")


def papers_valid(cooperative: Cooperative, day: dt.date) -> tuple[bool, str]:
    """No paper that counts today ends before that day, unless another of its kind goes on."""
    ending = _ending(cooperative, day)
    return not ending, " ".join(ending)


def _ending(cooperative: Cooperative, day: dt.date) -> list[str]:
    papers = cooperatives.certificates_of(cooperative.id)
    goes_on = {paper.kind for paper in papers if paper.counts_on(day)}
    today = clock.today()
    return [
        _(
            "%(paper)s %(number)s ends on %(day)s, before it is over: please renew it.",
            paper=PAPER_LABELS[paper.kind],
            number=paper.number,
            day=formats.date(paper.expires_on, locale()),
        )
        for paper in papers
        if paper.state is PaperState.VERIFIED
        and paper.expires_on is not None
        and today <= paper.expires_on < day
        and paper.kind not in goes_on
    ]


counted("admitted", admitted)
counted("papers_valid", papers_valid)
