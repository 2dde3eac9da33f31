"""Who entered what, and notes that may name somebody."""

from __future__ import annotations

from marketplace.accounts.holdings import did
from marketplace.registry.models import (
    AllianceMembership,
    LifeEvent,
    MemberFigures,
    MemberSector,
    NewModelJudgement,
)

did(LifeEvent, "by_id")
did(MemberSector, "by_id")
did(MemberFigures, "by_id")
did(NewModelJudgement, "by_id")
did(AllianceMembership, "by_id")
