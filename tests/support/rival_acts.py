"""What rivals ask of support, by the numbers they are told."""

from __future__ import annotations

from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.support import services
from marketplace.support.states import ActivityKind, SupportPurpose


def promise(subject: int, cooperative: int) -> str:
    """All out of one budget; the sum that was promised."""
    made = services.grant(
        purpose=SupportPurpose.FAIR,
        subject_id=subject,
        kind=ActivityKind.FAIR_OUT_OF_PROVINCE,
        cooperative=db.session.get_one(Cooperative, cooperative),
        day=clock.today(),
        by=None,
    )
    return str(int(made.total))
