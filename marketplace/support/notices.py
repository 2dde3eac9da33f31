"""What we write about support: to the cooperative at each step, to officers when something waits for them."""

from __future__ import annotations

from typing import Any

from marketplace.accounts.states import OrganisationKind
from marketplace.foundation import formats
from marketplace.foundation.money import Money
from marketplace.foundation.words import _l
from marketplace.inbox.letters import letter, topic
from marketplace.inbox.services import tell
from marketplace.support import subjects
from marketplace.support.models import SupportClaim, SupportGrant


def _sample() -> dict[str, Any]:
    return {
        "name_of": "HTX Dịch vụ nông nghiệp Đồng Lạc",
        "activity": "Hội chợ Nông sản Xứ Đông 2026",
        "amount": formats.vnd(Money(5_000_000)),
        "reason": "Thiếu hóa đơn thuê gian",
    }


topic(
    "support",
    _l("Support for fairs and other activities"),
    _l("What is promised, what is still missing, what was paid."),
    order=62,
    shown=lambda person: bool(person.organisations(OrganisationKind.COOPERATIVE)) or person.is_officer,
)
for _kind, _subject, _sentence in (
    (
        "support.granted",
        _l("Support of %(amount)s is promised"),
        _l("%(name_of)s may receive up to %(amount)s for %(activity)s. Keep invoices and receipts."),
    ),
    (
        "support.withdrawn",
        _l("A promise of support was withdrawn"),
        _l("%(activity)s: %(name_of)s no longer receives %(amount)s. Reason: %(reason)s"),
    ),
    (
        "support.submitted",
        _l("A claim to verify"),
        _l("%(name_of)s claims support for %(activity)s. Please check costs and papers."),
    ),
    (
        "support.sent_back",
        _l("Your claim needs something more"),
        _l("%(activity)s: %(reason)s"),
    ),
    (
        "support.verified",
        _l("A claim to approve"),
        _l("The papers of %(name_of)s for %(activity)s are verified. Somebody else has to approve."),
    ),
    (
        "support.approved",
        _l("%(amount)s are approved"),
        _l("%(activity)s: %(amount)s will be paid to the account of %(name_of)s."),
    ),
    (
        "support.declined",
        _l("Your claim was declined"),
        _l("%(activity)s: %(reason)s"),
    ),
    (
        "support.paid",
        _l("%(amount)s are on the way"),
        _l("%(activity)s: %(amount)s were paid to the account of %(name_of)s."),
    ),
):
    letter(_kind, subject=_subject, sentence=_sentence, sample=_sample)


def to_cooperative(grant: SupportGrant, kind: str, key: str, **values: Any) -> None:
    """A letter to everyone who acts for the cooperative."""
    tell(
        organisation_id=grant.cooperative.organisation_id,
        kind=f"support.{kind}",
        url=f"/desk/support/{grant.ref}",
        key=f"support.{kind}:{key}",
        **{"name_of": grant.cooperative.name, "activity": _activity(grant), **values},
    )


def to_officers(claim: SupportClaim, kind: str, key: str) -> None:
    tell(
        officers=True,
        kind=f"support.{kind}",
        url=f"/office/support/claims/{claim.ref}",
        key=f"support.{kind}:{key}",
        name_of=claim.grant.cooperative.name,
        activity=_activity(claim.grant),
    )


def _activity(grant: SupportGrant) -> str:
    return subjects.one(grant.purpose, grant.subject_id).name
