"""What we write about the record of a contract: excuses to be answered, and the figures of the whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from marketplace.accounts.states import OrganisationKind
from marketplace.foundation import formats
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l, later
from marketplace.fulfilment.models import ContractShortfall, Excuse
from marketplace.fulfilment.states.shortfall import EXCUSE_LABELS, WHY_LABELS, Why
from marketplace.inbox.letters import letter, topic
from marketplace.inbox.services import tell
from marketplace.linkage.models import Contract
from marketplace.linkage.states.contract import PARTIES, SIDE_LABELS, ContractSide


def _sample() -> dict[str, Any]:
    return {
        "number": "12/2027/HĐLK-ĐL",
        "who": "HTX Đồng Lạc",
        "days": "08/03/2027 – 10/03/2027",
        "words": "Bão, ruộng ngập",
        "answer": "Đã chấp nhận",
        "figures": "Bên bán: thiếu 18.500 kg, phạt 9.176.000 ₫",
    }


topic(
    "record",
    _l("What was kept of contracts"),
    _l("What nobody could help, and what each side kept of a contract when it is over."),
    order=61,
    shown=lambda person: bool(
        person.organisations(OrganisationKind.COOPERATIVE) or person.organisations(OrganisationKind.BUYER)
    ),
)
letter(
    "record.excuse_told",
    subject=_l("%(who)s could not help it, contract %(number)s"),
    sentence=_l("%(days)s: %(words)s. Please say whether you accept it."),
    sample=_sample,
)
letter(
    "record.excuse_answered",
    subject=_l("Answer to what you told, contract %(number)s"),
    sentence=_l("%(days)s: %(answer)s. %(words)s"),
    sample=_sample,
)
letter(
    "record.reckoned",
    subject=_l("What was kept of contract %(number)s"),
    sentence=_l("%(figures)s. You have two weeks to say something to it."),
    sample=_sample,
)


def excuse_told(excuse: Excuse) -> None:
    _tell(
        excuse.contract,
        excuse.other,
        "excuse_told",
        f"{excuse.id}",
        who=SIDE_LABELS[excuse.side],
        days=later(_days, excuse.first_day, excuse.last_day),
        words=excuse.words,
    )


def excuse_answered(excuse: Excuse) -> None:
    _tell(
        excuse.contract,
        excuse.side,
        "excuse_answered",
        f"{excuse.id}-{excuse.state}",
        days=later(_days, excuse.first_day, excuse.last_day),
        answer=EXCUSE_LABELS[excuse.state],
        words=excuse.answer,
    )


def reckoned(contract: Contract, facts: Sequence[ContractShortfall]) -> None:
    told = [(str(each.side), str(each.missing), int(each.penalty), each.why_none) for each in facts]
    for side in PARTIES:
        _tell(contract, side, "reckoned", f"{contract.id}", figures=later(_figures, told))


def _tell(contract: Contract, side: ContractSide, kind: str, key: str, **values: Any) -> None:
    seller = side is ContractSide.SELLER
    tell(
        organisation_id=contract.cooperative.organisation_id if seller else contract.buyer_id,
        kind=f"record.{kind}",
        url=f"/contracts/{contract.ref}/record",
        key=f"record.{kind}:{key}",
        number=contract.number or "",
        **values,
    )


def _days(first: dt.date, last: dt.date) -> str:
    told = formats.date(first, locale())
    return told if first == last else f"{told} – {formats.date(last, locale())}"


def _figures(told: list[tuple[str, str, int, str]]) -> str:
    return "; ".join(
        _(
            "%(who)s: missing %(kg)s, %(penalty)s",
            who=SIDE_LABELS[ContractSide(side)],
            kg=formats.weight(Decimal(missing), locale()),
            penalty=_("penalty %(sum)s", sum=formats.vnd(penalty, locale()))
            if penalty
            else WHY_LABELS[Why(why)],
        )
        for side, missing, penalty, why in told
    )
