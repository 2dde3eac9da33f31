"""What we write to cooperatives and officers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from marketplace.accounts.states import OrganisationKind
from marketplace.cooperatives.models import Certificate, Cooperative
from marketplace.cooperatives.states import PAPER_LABELS, PaperKind
from marketplace.foundation import formats
from marketplace.foundation.words import _l
from marketplace.inbox.letters import letter, topic
from marketplace.inbox.services import tell


def _sample() -> dict[str, Any]:
    return {
        "name_of": "HTX Dịch vụ nông nghiệp Đồng Lạc",
        "reason": "Thiếu bản sao điều lệ",
        "paper": str(PAPER_LABELS[PaperKind.VIETGAP]),
        "day": "31/12/2026",
        "days": 30,
        "buyers": "BigMart (12/03/2027)",
    }


topic(
    "cooperatives",
    _l("Our cooperative and its papers"),
    _l("Registration, certificates that run out, bank account."),
    order=60,
    shown=lambda person: bool(person.organisations(OrganisationKind.COOPERATIVE)) or person.is_officer,
)
for _kind, _subject, _sentence in (
    ("cooperatives.applied", _l("%(name_of)s applies"), _l("A new application to review: %(name_of)s.")),
    (
        "cooperatives.admitted",
        _l("Welcome to the market"),
        _l("%(name_of)s is admitted. You can now list what you sell."),
    ),
    (
        "cooperatives.suspended",
        _l("Your cooperative is suspended"),
        _l("%(name_of)s is suspended. Reason: %(reason)s"),
    ),
    ("cooperatives.left", _l("Your application or membership has ended"), _l("%(name_of)s: %(reason)s")),
    ("cooperatives.sent_back", _l("Your application needs more papers"), _l("%(name_of)s: %(reason)s")),
    (
        "cooperatives.paper_verified",
        _l("Certificate verified"),
        _l("%(paper)s is verified and now shows on your products."),
    ),
    (
        "cooperatives.paper_rejected",
        _l("Certificate not accepted"),
        _l("%(paper)s was not accepted. Reason: %(reason)s"),
    ),
    (
        "cooperatives.paper_expiring",
        _l("%(paper)s expires in %(days)s days"),
        _l(
            "%(paper)s is valid until %(day)s. Send the new paper in before that, "
            "so that the mark stays on your products."
        ),
    ),
    (
        "cooperatives.paper_needed",
        _l("%(paper)s expires in %(days)s days, and a buyer wants it"),
        _l(
            "%(paper)s is valid until %(day)s. Who wants it with your goods: %(buyers)s. "
            "Send the new paper in before that."
        ),
    ),
    (
        "cooperatives.admission_taken_back",
        _l("Your admission was a mistake of ours"),
        _l(
            "%(name_of)s was shown as admitted by mistake. The application is being reviewed again; "
            "we will write to you as soon as it is decided."
        ),
    ),
    (
        "cooperatives.verification_taken_back",
        _l("Certificate waits again"),
        _l("%(paper)s was marked as verified by mistake. We are looking at it again and will write to you."),
    ),
    (
        "cooperatives.account_verified",
        _l("New bank account in use"),
        _l("Buyers now pay %(name_of)s into the new account."),
    ),
    (
        "cooperatives.account_rejected",
        _l("Bank account not accepted"),
        _l("The new account of %(name_of)s was not accepted. Reason: %(reason)s"),
    ),
    (
        "cooperatives.account_asked",
        _l("Bank account to verify"),
        _l("%(name_of)s named a new bank account. Was it not you? Call the alliance at once."),
    ),
):
    letter(_kind, subject=_subject, sentence=_sentence, sample=_sample)


def applied(cooperative: Cooperative) -> None:
    tell(
        officers=True,
        kind="cooperatives.applied",
        url=f"/office/members/{cooperative.slug}",
        key=f"cooperatives.applied:{cooperative.id}",
        name_of=cooperative.name,
    )


def to_cooperative(cooperative: Cooperative, kind: str, key: str, **values: Any) -> None:
    """A letter to everyone who acts for the cooperative."""
    tell(
        organisation_id=cooperative.organisation_id,
        kind=f"cooperatives.{kind}",
        url="/desk/profile",
        key=f"cooperatives.{kind}:{key}",
        name_of=cooperative.name,
        **values,
    )


def account_asked(cooperative: Cooperative, key: str) -> None:
    to_cooperative(cooperative, "account_asked", key)
    tell(
        officers=True,
        kind="cooperatives.account_asked",
        url="/office/members/accounts",
        key=f"cooperatives.account_asked:{key}",
        name_of=cooperative.name,
    )


def alliance_account_asked(name: str, key: str) -> None:
    tell(
        officers=True,
        kind="cooperatives.account_asked",
        url="/office/members/alliance-account",
        key=f"cooperatives.account_asked:alliance:{key}",
        name_of=name,
    )


def expiring(paper: Certificate, days: int, waiting: Sequence[str] = ()) -> None:
    """Once for each paper and each number of days, whoever waits for it."""
    assert paper.expires_on is not None, "only papers with a last day expire"
    cooperative = paper.cooperative
    tell(
        organisation_id=cooperative.organisation_id,
        kind="cooperatives.paper_needed" if waiting else "cooperatives.paper_expiring",
        url="/desk/dossier" if waiting else "/desk/profile",
        key=f"cooperatives.paper_expiring:{paper.id}:{days}",
        name_of=cooperative.name,
        paper=str(PAPER_LABELS[paper.kind]),
        days=days,
        day=formats.date(paper.expires_on),
        buyers=", ".join(waiting),
    )
