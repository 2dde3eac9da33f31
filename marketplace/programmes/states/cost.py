"""Who pays for a course."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.words import _l


class Funder(StrEnum):
    BUDGET = "budget"
    CENTRAL = "central"
    PROJECT = "project"
    SPONSOR = "sponsor"
    MEMBERS = "members"
    OWN = "own"


FUNDER_LABELS = {
    Funder.BUDGET: _l("Budget of the province"),
    Funder.CENTRAL: _l("Vietnam Cooperative Alliance"),
    Funder.PROJECT: _l("Programme or project"),
    Funder.SPONSOR: _l("Sponsor"),
    Funder.MEMBERS: _l("Those who take part"),
    Funder.OWN: _l("Own means of the alliance"),
}
