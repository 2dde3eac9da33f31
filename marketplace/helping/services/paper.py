"""A certificate that an officer uploads for a cooperative: it comes by mail, by messenger, or is shown at the desk."""

from __future__ import annotations

from typing import Any

from marketplace.cooperatives import services as cooperatives
from marketplace.cooperatives.models import Certificate, Cooperative
from marketplace.cooperatives.states import CERTIFICATE_ENTRY, PAPER_LABELS
from marketplace.foundation.media.receiving import Clean
from marketplace.foundation.words import _
from marketplace.helping.services.delegation import who_told
from marketplace.helping.states import Matter
from marketplace.inbox import services as inbox


def tell_certificate(
    *, cooperative: Cooperative, file: Clean, told_by: str = "", by: Any, **facts: Any
) -> Certificate:
    """`facts` as `add_certificate` takes them; it is verified like any other. The cooperative is asked whether it is
    right. Raises Refusal where nobody told it and no delegation counts, and as `add_certificate` does."""
    who = who_told(cooperative=cooperative, matter=Matter.PAPERS, told_by=told_by, by=by)
    paper = cooperatives.add_certificate(
        cooperative=cooperative, stream=file.stream, filename=file.filename, by=by, **facts
    )
    inbox.write_down(
        kind=CERTIFICATE_ENTRY,
        subject_id=paper.id,
        organisation_id=cooperative.organisation_id,
        what=lambda: _(
            "you hand in a certificate: %(paper)s, number %(number)s",
            paper=PAPER_LABELS[paper.kind],
            number=paper.number,
        ),
        told_by=who,
        url="/desk/profile/certificates",
        office_url=f"/office/papers/{cooperative.slug}",
        by=by,
    )
    return paper
