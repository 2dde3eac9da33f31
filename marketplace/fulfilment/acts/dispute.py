"""Granting a claim, or taking the alliance's proposal, by a link."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace.foundation import clock, formats
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l
from marketplace.fulfilment import policies
from marketplace.fulfilment.correcting import counts_as
from marketplace.fulfilment.models import SlipDispute, SlipDisputeStep
from marketplace.fulfilment.queries import dispute as queries
from marketplace.fulfilment.services import dispute as services
from marketplace.fulfilment.states.dispute import SLIP_DISPUTE_LABELS, StepKind
from marketplace.inbox.acts import Facts, act
from marketplace.linkage.states.contract import SIDE_LABELS


def _facts_of(dispute: SlipDispute, step: SlipDisputeStep | None) -> Facts:
    """Each amount that would count otherwise, and until when."""
    rows = [
        (_("Contract"), f"{dispute.contract.number or ''} {dispute.contract.title}".strip()),
        (_("Slip of acceptance"), dispute.acceptance.called),
        (_("Raised by"), str(SIDE_LABELS[dispute.side])),
    ]
    for shift in step.shifts if step is not None else []:
        now = counts_as(shift.line.outcome, shift.line.grade, shift.line.reason)
        then = counts_as(shift.outcome, shift.grade, shift.reason)
        rows.append((formats.weight(shift.kg, locale()), f"{now} → {then}"))
    if step is not None and step.words:
        rows.append((_("Words"), step.words))
    if dispute.due_by is not None:
        rows.append((_("Answer before"), formats.date_time(dispute.due_by, locale())))
    return Facts(
        title=_("Dispute about slip %(number)s", number=dispute.acceptance.called),
        rows=rows,
        stands=str(SLIP_DISPUTE_LABELS[dispute.state]),
        url=f"/disputes/{dispute.ref}",
    )


def _claim(dispute: SlipDispute) -> Facts:
    return _facts_of(dispute, dispute.claim)


def _proposal(dispute: SlipDispute) -> Facts:
    return _facts_of(dispute, dispute.last(StepKind.PROPOSAL))


def _grant(dispute: SlipDispute, form: Any, by: Any, once: str) -> Any:
    services.grant(dispute=dispute, by=by)
    return _l("You agreed. The slip was corrected.")


def _yes(dispute: SlipDispute, form: Any, by: Any, once: str) -> Any:
    side = queries.side_in(by, dispute.acceptance)
    assert side is not None  # asked by the policy before
    services.say_yes(dispute=dispute, side=side, by=by)
    return _l("You agreed to the proposal.")


def _until(dispute: SlipDispute) -> dt.datetime:
    return dispute.due_by or dispute.closed_at or clock.now()


act(
    name="slip_dispute.grant",
    button=_l("The claim is right"),
    load=queries.loaded,
    sees=policies.reads_slip_dispute,
    may=policies.grants_slip_dispute,
    facts=_claim,
    do=_grant,
    until=_until,
)
act(
    name="slip_dispute.say_yes",
    button=_l("Yes, I agree"),
    load=queries.loaded,
    sees=policies.reads_slip_dispute,
    may=policies.says_to_proposal,
    facts=_proposal,
    do=_yes,
    until=_until,
)
