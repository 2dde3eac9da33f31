"""What an alliance does first, from an empty database to its first day: each step with whether it is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import url_for

from marketplace import config
from marketplace.accounts import queries as accounts
from marketplace.cooperatives import queries as cooperatives
from marketplace.foundation.words import _
from marketplace.insights import queries as insights


@dataclass(frozen=True)
class Step:
    title: Any
    words: Any
    url: str
    done: bool


def steps() -> list[Step]:
    """In the order in which they are easiest; each may be done at any time."""
    settings, nobody = config.current(), config.NOBODY
    own = accounts.alliance()
    officers = accounts.people_of(own.id) if own is not None else []

    def setting(name: str) -> str:
        return url_for("office_settings.show", name=name)

    return [
        Step(
            _("Give the alliance its name"),
            _("It stands at the top of every page, in letters and on papers."),
            setting("alliance_name"),
            settings.alliance_name != nobody["alliance_name"],
        ),
        Step(
            _("Say which phone people call"),
            _("People who need help call this number."),
            setting("alliance_phone"),
            settings.alliance_phone != nobody["alliance_phone"],
        ),
        Step(
            _("Tick its provinces"),
            _("Before and after the merger of 01/07/2025: its places come first in forms and searches."),
            setting("alliance_provinces"),
            bool(settings.alliance_provinces),
        ),
        Step(
            _("Say where papers are signed"),
            _("Stands before the date of a report, as in “Hà Nội, ngày 5 tháng 12”."),
            setting("alliance_place"),
            bool(settings.alliance_place),
        ),
        Step(
            _("Open a period of targets"),
            _("The years whose goals the alliance follows."),
            url_for("office_targets.list"),
            bool(insights.periods()),
        ),
        Step(
            _("Bring in officers"),
            _("Whoever runs the installation opens their accounts; their desks are given here."),
            url_for("office_people.people"),
            len(officers) > 1,
        ),
        Step(
            _("Bring in the registry"),
            _("From a sheet, as it is: columns are recognised, doubles are found."),
            url_for("registry_imports.imports"),
            bool(cooperatives.members(size=1).rows),
        ),
    ]
