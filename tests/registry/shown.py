"""Reports and grades of the small world, for whoever reads every page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.registry import queries, reference, services
from marketplace.registry.models import AnnualReport, Classification, ClassificationDecision
from marketplace.registry.states.classification import Grade
from tests.registry.told import accepted, filled, last_year
from tests.world import World

AREAS = {"desk_reports", "office_reports", "desk_classification", "office_classification", "office_grading"}


@dataclass
class Shown:
    accepted: AnnualReport
    draft: AnnualReport
    case: Classification
    decision: ClassificationDecision

    def values(self, endpoint: str) -> dict[str, Any]:
        """What the addresses of the registry's pages name."""
        if endpoint.split(".")[0] not in AREAS:
            return {}
        section = endpoint.endswith(".section")
        return {
            "report": self.draft if section else self.accepted,
            "key": "results",
            "number": 1,
            "member": self.accepted.cooperative,
            "year": last_year(),
            "case": self.case,
            "decision": self.decision,
            "scheme": queries.scheme.scheme_of(last_year()),
            "rules": queries.size_class.rules_of(last_year()),
        }


def years_shown(world: World) -> Shown:
    """An accepted report told on the phone, a draft, a grade that was decided and one that waits."""
    year = last_year()
    with transaction():
        reference.load_schemes()
        old = accepted(world.dong_lac, year - 1, world.officer, world.officer)
        draft = filled(world.dong_lac, year, world.director)
        before = services.classification.check(
            cooperative=world.dong_lac, year=year - 1, grade=Grade.GOOD, by=world.officer
        )
        decision = services.classification.decide(
            year=year - 1, cases=[before], number="7/QĐ-LMHTX", decided_on=clock.today(), by=world.officer
        )
        case = services.classification.check(
            cooperative=world.dong_lac, year=year, grade=Grade.FAIR, by=world.officer
        )
    db.session.expire_all()
    return Shown(old, draft, case, decision)
