"""What we write about results of fairs."""

from __future__ import annotations

from typing import Any

from marketplace.fairs.models import FairResult, FollowUp, Stand
from marketplace.foundation import formats
from marketplace.foundation.words import _l
from marketplace.inbox.letters import letter
from marketplace.inbox.services import tell


def _sample() -> dict[str, Any]:
    """An invented fair for the preview of letters."""
    return {
        "fair": "Hội chợ Nông sản Xứ Đông 2026",
        "reason": "Thiếu ảnh chụp hợp đồng.",
        "months": 3,
        "ended": "30/11/2026",
    }


letter(
    "fairs.result_returned",
    subject=_l("%(fair)s: please complete your results"),
    sentence=_l("The alliance gave them back: %(reason)s"),
    sample=_sample,
)
letter(
    "fairs.follow_up",
    subject=_l("%(fair)s, %(months)s months later: what came of it?"),
    sentence=_l(
        "The fair ended on %(ended)s. Please write what the contracts you signed there have brought in until"
        " today; 0 is an answer too."
    ),
    sample=_sample,
    acts=("fairs.follow_up",),
)


def result_returned(result: FairResult) -> None:
    kind, fair = "fairs.result_returned", result.stand.fair
    tell(
        kind=kind,
        organisation_id=_organisation(result.stand),
        url=f"/desk/fairs/{fair.slug}/result",
        key=f"{kind}:{result.id}:{result.submitted_at and result.submitted_at.isoformat()}",
        fair=fair.name_vi,
        reason=result.returned_reason,
    )


def follow_up_asked(follow_up: FollowUp) -> None:
    kind, stand = "fairs.follow_up", follow_up.result.stand
    tell(
        kind=kind,
        organisation_id=_organisation(stand),
        url=f"/desk/fairs/{stand.fair.slug}/result",
        key=f"{kind}:{follow_up.id}",
        about=follow_up.id,
        fair=stand.fair.name_vi,
        months=follow_up.month,
        ended=formats.date(stand.fair.last_day),
    )


def _organisation(stand: Stand) -> int:
    return stand.application.cooperative.organisation_id
