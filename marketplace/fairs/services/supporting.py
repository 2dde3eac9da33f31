"""Support of a stand: promised by the norm when it is confirmed, taken back when it is given up.

Neither may stop the stand. Where nothing can be promised, or a promise has to outlive its stand because something of
it was paid, that is told to the officers and stands on the fair's page until somebody has decided.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from marketplace.fairs import queries
from marketplace.fairs.events import SupportNotPromised, SupportOutlivesStand
from marketplace.fairs.models import Stand
from marketplace.fairs.services.holding import about
from marketplace.fairs.supported import activity_of
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce
from marketplace.foundation.words import _l, in_both
from marketplace.support import services as support
from marketplace.support.models import SupportGrant
from marketplace.support.states import SupportPurpose


def promise_support(*, stand: Stand, by: Any = None) -> SupportGrant | None:
    """What the norm of the fair's first day gives for its booths, frozen; None where nobody asked, or nothing is to be
    had, which is told."""
    asked = queries.asked_for(stand.application_id)
    if not asked.support_asked or _promised(stand) is not None:
        return None
    try:
        return support.grant(
            purpose=SupportPurpose.FAIR,
            subject_id=stand.fair_id,
            kind=activity_of(stand.fair),
            cooperative=stand.application.cooperative,
            day=stand.fair.first_day,
            booths=Decimal(stand.halves) / 2,
            by=by,
        )
    except Refusal as refused:
        announce(about(SupportNotPromised, stand, by, words=_written(refused)))
        return None


def take_back_support(*, stand: Stand, reason: str, booths: str = "", by: Any = None) -> None:
    """The stand is no more: its promise falls, unless something of it was paid or approved."""
    promise = _promised(stand)
    if promise is None:
        return
    try:
        if promise.paid:
            raise Refusal(_l("A part of it is paid already."))
        support.withdraw(grant=promise, reason=reason, by=by)
    except Refusal as refused:
        announce(
            about(
                SupportOutlivesStand, stand, by, booths=booths, words=_written(refused), grant_id=promise.id
            )
        )


def _promised(stand: Stand) -> SupportGrant | None:
    return queries.promised_to(stand.fair_id, stand.application.cooperative_id)


def _written(refused: Refusal) -> dict[str, str]:
    """As history keeps it, for readers of either language."""
    return in_both(lambda: refused.message)
