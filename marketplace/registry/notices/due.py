"""Letters about dues, to the member alone."""

from __future__ import annotations

from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.words import _l
from marketplace.inbox.letters import letter, topic
from marketplace.inbox.services import tell
from marketplace.registry.models import Due


def _sample() -> dict[str, Any]:
    return {
        "year": "2026",
        "sum": formats.vnd(500_000),
        "day": "31/03/2026",
        "reason": "Thiệt hại do bão",
    }


topic("registry", _l("Membership"), _l("Dues and reports of your cooperative."), order=45, fixed=True)
for _kind, _subject, _sentence in (
    (
        "registry.due_asked",
        _l("Dues for %(year)s: %(sum)s"),
        _l("The dues of your cooperative for %(year)s are %(sum)s, to be paid by %(day)s. Thank you."),
    ),
    (
        "registry.due_reminder",
        _l("Dues for %(year)s: %(sum)s are still open"),
        _l(
            "The dues for %(year)s, %(sum)s by %(day)s, have not come yet. If you have paid, this letter has crossed"
            " your payment. If it is difficult this year, please call us."
        ),
    ),
    (
        "registry.due_paid",
        _l("Dues for %(year)s received: %(sum)s"),
        _l("Thank you: %(sum)s for %(year)s came. The receipt is on the page of your dues."),
    ),
    (
        "registry.due_forgiven",
        _l("Dues for %(year)s: nothing to pay"),
        _l("You need not pay the dues for %(year)s. The reason: %(reason)s"),
    ),
):
    letter(_kind, subject=_subject, sentence=_sentence, sample=_sample)


def asked(due: Due) -> None:
    _tell("registry.due_asked", due, "")


def remind(due: Due) -> None:
    _tell("registry.due_reminder", due, f":{due.reminders}")


def paid(due: Due) -> None:
    _tell("registry.due_paid", due, f":{due.paid_at}")


def forgiven(due: Due) -> None:
    _tell("registry.due_forgiven", due, "")


def _tell(kind: str, due: Due, turn: str) -> None:
    tell(
        kind=kind,
        organisation_id=due.cooperative.organisation_id,
        url="/desk/dues",
        key=f"{kind}:{due.id}{turn}",
        about=due.id,
        year=str(due.year),
        sum=formats.vnd(due.amount),
        day=formats.date(due.due_on),
        reason=due.forgiven_reason or "–",
    )
