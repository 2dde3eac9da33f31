"""What we write about disputes over slips: to the side that has to speak, to both, to the alliance."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from marketplace.accounts.states import OrganisationKind
from marketplace.foundation import formats
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l, later
from marketplace.fulfilment.correcting import counts_as
from marketplace.fulfilment.models import SlipDispute, SlipDisputeStep
from marketplace.fulfilment.states.acceptance import Outcome
from marketplace.fulfilment.states.dispute import SLIP_DISPUTE_LABELS
from marketplace.inbox.letters import letter, topic
from marketplace.inbox.services import tell
from marketplace.linkage.states.contract import PARTIES, SIDE_LABELS, ContractSide


def _sample() -> dict[str, Any]:
    return {
        "slip": "NT-2027-000012",
        "who": "HTX Đồng Lạc",
        "what": "120 kg → Loại 1",
        "words": "Củ không nứt, xem ảnh",
        "until": "18:00, 13/03/2027",
        "end": "Hai bên đã đồng ý",
    }


topic(
    "slip_dispute",
    _l("Disputes about slips"),
    _l("When one side does not agree with a slip of acceptance."),
    order=60,
    shown=lambda person: bool(
        person.organisations(OrganisationKind.COOPERATIVE)
        or person.organisations(OrganisationKind.BUYER)
        or person.is_officer
    ),
)
letter(
    "slip_dispute.raised",
    subject=_l("Slip %(slip)s: %(who)s does not agree"),
    sentence=_l("%(what)s. %(words)s Please answer before %(until)s: without an answer this claim stands."),
    sample=_sample,
    acts=("slip_dispute.grant",),
)
letter(
    "slip_dispute.proposed",
    subject=_l("Slip %(slip)s: the alliance proposes"),
    sentence=_l("%(what)s. %(words)s Please say whether you agree before %(until)s."),
    sample=_sample,
    acts=("slip_dispute.say_yes",),
)
for _kind, _subject, _sentence in (
    (
        "answered",
        _l("Slip %(slip)s: the other side answered"),
        _l("%(what)s. %(words)s Say before %(until)s how you go on, or your claim counts as taken back."),
    ),
    (
        "brought",
        _l("Slip %(slip)s: the alliance is asked to help"),
        _l("%(who)s does not agree with the slip: %(what)s. %(words)s"),
    ),
    (
        "to_decide",
        _l("Slip %(slip)s: both sides let the alliance decide"),
        _l("%(who)s claims: %(what)s. %(words)s"),
    ),
    (
        "refused",
        _l("Slip %(slip)s: no agreement yet"),
        _l("%(who)s does not take the proposal. %(words)s"),
    ),
    ("ended", _l("Slip %(slip)s: the dispute is over"), _l("%(end)s. %(what)s")),
):
    letter(f"slip_dispute.{_kind}", subject=_subject, sentence=_sentence, sample=_sample)


def raised(dispute: SlipDispute) -> None:
    _to_side(dispute, dispute.other, "raised", dispute.claim, about=True)


def answered(dispute: SlipDispute) -> None:
    _to_side(dispute, dispute.side, "answered", dispute.steps[-1])


def brought(dispute: SlipDispute) -> None:
    _tell(dispute, "brought", dispute.claim, officers=True)


def to_decide(dispute: SlipDispute) -> None:
    _tell(dispute, "to_decide", dispute.claim, officers=True)


def proposed(dispute: SlipDispute) -> None:
    for side in PARTIES:
        _to_side(dispute, side, "proposed", dispute.steps[-1], about=True)


def refused(dispute: SlipDispute, side: ContractSide) -> None:
    step = dispute.steps[-1]
    _tell(dispute, "refused", step, officers=True)
    _to_side(dispute, dispute.other if side is dispute.side else dispute.side, "refused", step)


def ended(dispute: SlipDispute) -> None:
    for side in PARTIES:
        _to_side(dispute, side, "ended", dispute.steps[-1])


def _to_side(
    dispute: SlipDispute, side: ContractSide, kind: str, step: SlipDisputeStep, *, about: bool = False
) -> None:
    """Of a pool's goods both hear it: who brought them, and who answers for the whole."""
    contract, slip = dispute.contract, dispute.acceptance
    if side is ContractSide.BUYER:
        organisations = {contract.buyer_id}
    else:
        organisations = {slip.delivery.cooperative.organisation_id, contract.cooperative.organisation_id}
    for organisation_id in sorted(organisations):
        _tell(dispute, kind, step, organisation_id=organisation_id, about=dispute.id if about else None)


def _tell(dispute: SlipDispute, kind: str, step: SlipDisputeStep, **to: Any) -> None:
    tell(
        kind=f"slip_dispute.{kind}",
        url=f"/disputes/{dispute.ref}",
        key=f"slip_dispute.{kind}:{dispute.id}-{len(dispute.steps)}",
        answer_by=dispute.due_by,
        slip=dispute.acceptance.called,
        who=_who(step.side or dispute.side),
        what=later(_what, _plain(dispute, step)),
        words=step.words,
        until=later(_until, dispute.due_by) if dispute.due_by is not None else "",
        end=SLIP_DISPUTE_LABELS[dispute.state],
        **to,
    )


def _who(side: str) -> Any:
    return SIDE_LABELS[ContractSide(side)]


def _plain(dispute: SlipDispute, step: SlipDisputeStep) -> list[tuple[str, str, str, str]]:
    """What the slip says once it is over, else what this step wants: plain values, to be told in any language."""
    rows: Any = step.shifts if dispute.is_open else dispute.acceptance.lines
    return [(str(each.kg), str(each.outcome), each.grade, each.reason) for each in rows]


def _what(told: list[tuple[str, str, str, str]]) -> str:
    if not told:
        return _("The slip stays as it is")
    return "; ".join(
        f"{formats.weight(Decimal(kg), locale())}: {counts_as(Outcome(outcome), grade, reason)}"
        for kg, outcome, grade, reason in told
    )


def _until(moment: dt.datetime) -> str:
    return formats.date_time(moment, locale())
