"""What we write about calls: to the cooperative that is asked, to the buyer what was answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from marketplace.accounts.states import OrganisationKind
from marketplace.foundation import formats
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l, later
from marketplace.inbox.letters import letter, topic
from marketplace.inbox.services import tell
from marketplace.linkage import calling, queries
from marketplace.linkage.models import CallOff, CallRound, Contract
from marketplace.linkage.pool_words import week_days
from marketplace.linkage.states.call_off import CALL_OFF_LABELS, CallOffState
from marketplace.supply.events import BuyersWarned
from marketplace.supply.models import Stock
from marketplace.supply.states import CAUSE_LABELS, ShortCause


def _sample() -> dict[str, Any]:
    return {
        "number": "12/2027/HĐLK-ĐL",
        "other": "Siêu thị BigMart",
        "short": "2 tấn Cà rốt, Thứ Hai 15/03/2027",
        "what": "Thứ Hai 15/03/2027: 2 tấn",
        "lines": [("Thứ Hai 15/03/2027", "2 tấn")],
        "where": "Nhận hàng: 5:30–7:00, Kho BigMart.",
        "effect": "−3.100.000 ₫",
        "until": "18:00, 13/03/2027",
        "words": "Mưa lớn, ruộng ngập",
    }


ANSWERS = ("call_off.accept_all", "call_off.less", "call_off.refuse")
topic(
    "call_off",
    _l("Calls of deliveries"),
    _l("What a buyer calls off from a contract, and what the cooperative answers."),
    order=59,
    shown=lambda person: bool(
        person.organisations(OrganisationKind.COOPERATIVE) or person.organisations(OrganisationKind.BUYER)
    ),
)
letter(
    "call_off.called",
    subject=_l("%(other)s calls %(short)s, contract %(number)s"),
    sentence=_l("%(what)s. %(where)s Please answer before %(until)s."),
    template="linkage/letters/call",
    sample=_sample,
    acts=ANSWERS,
)
letter(
    "call_off.changed",
    subject=_l("%(other)s asks for another amount, contract %(number)s"),
    sentence=_l("%(what)s. Effect on the value: %(effect)s. Please answer before %(until)s."),
    sample=_sample,
    acts=ANSWERS,
)
for _kind, _subject, _sentence in (
    ("answered", _l("%(other)s answered your call, contract %(number)s"), _l("%(what)s. %(words)s")),
    ("lapsed", _l("A call was not answered in time, contract %(number)s"), _l("%(what)s")),
    (
        "cancelled",
        _l("%(other)s took a call back, contract %(number)s"),
        _l("%(what)s: you need not answer any more."),
    ),
):
    letter(f"call_off.{_kind}", subject=_subject, sentence=_sentence, sample=_sample)
letter(
    "call_off.warned",
    subject=_l("%(other)s tells early that goods will be missing, contract %(number)s"),
    sentence=_l("%(what)s. Cause: %(cause)s. %(words)s"),
    sample=lambda: {
        **_sample(),
        "other": "HTX Đồng Lạc",
        "what": "Tuần 11 (15–21/03/2027): thiếu 5 tấn",
        "cause": "Thời tiết",
    },
)


def called(call: CallRound) -> None:
    some = [(each.slot, each.called) for each in call.call_offs]
    goods = calling.goods_told(call.call_offs[0])
    _to_seller(
        call,
        "called",
        later(_asked, some),
        short=later(calling.sum_told, some, goods),
        lines=[(later(calling.slot_words, slot), later(_kg, kg)) for slot, kg in some],
        where=later(_where, calling.handover_told(call.contract)),
    )


def changed(call: CallRound, call_off: CallOff) -> None:
    price = queries.call_off.price_for(call_off.contract, call_off.starts)
    effect = calling.effect(call_off, price)
    what = later(_change, call_off.slot, call_off.before, call_off.called)
    _to_seller(call, "changed", what, effect=later(_effect, effect))


def answered(some: Sequence[CallOff], words: str) -> None:
    """About slots of one contract that were answered at once; of none nothing."""
    if some:
        told = [(each.slot, str(each.state), each.accepted) for each in some]
        key = f"{some[0].call_id}-{some[0].id}"
        _to_buyer(some[0].contract, "answered", later(_answers, told), key, some[0], words)


def lapsed(call_off: CallOff) -> None:
    told = later(_asked, [(call_off.slot, call_off.called)])
    key = f"{call_off.call_id}-{call_off.id}"
    _to_buyer(call_off.contract, "lapsed", told, key, call_off, "")
    _to_desk(call_off, "lapsed", told, key)


def warned(contract: Contract, stock: Stock, missing: Decimal, event: BuyersWarned) -> None:
    """So much of a week will not come: said before the day, with its cause."""
    tell(
        organisation_id=contract.buyer_id,
        kind="call_off.warned",
        url=f"/buyer/contracts/{contract.ref}/calls?week={stock.week}",
        key=f"call_off.warned:{contract.id}:{event.shortfall_id}:{missing}",
        number=contract.number or "",
        other=contract.cooperative.called,
        what=later(_missing, stock.week, missing, stock.unit),
        cause=CAUSE_LABELS[ShortCause(event.cause)],
        words=event.words,
    )


def cancelled(call_off: CallOff) -> None:
    _to_desk(
        call_off, "cancelled", later(calling.slot_words, call_off.slot), f"{call_off.call_id}-{call_off.id}"
    )


def _to_seller(call: CallRound, kind: str, what: Any, **more: Any) -> None:
    contract = call.contract
    tell(
        organisation_id=contract.cooperative.organisation_id,
        kind=f"call_off.{kind}",
        url="/desk/calls",
        key=f"call_off.{kind}:{call.id}",
        about=call.id,
        answer_by=call.answer_by,
        number=contract.number or "",
        other=contract.buyer.name,
        what=what,
        until=later(_until, call.answer_by),
        **more,
    )


def _to_desk(call_off: CallOff, kind: str, what: Any, key: str) -> None:
    contract = call_off.contract
    tell(
        organisation_id=contract.cooperative.organisation_id,
        kind=f"call_off.{kind}",
        url=f"/desk/calls/{call_off.ref}",
        key=f"call_off.{kind}:desk:{key}",
        number=contract.number or "",
        other=contract.buyer.name,
        what=what,
    )


def _to_buyer(contract: Any, kind: str, what: Any, key: str, call_off: CallOff, words: str) -> None:
    tell(
        organisation_id=contract.buyer_id,
        kind=f"call_off.{kind}",
        url=f"/buyer/calls/{call_off.ref}",
        key=f"call_off.{kind}:{key}",
        number=contract.number or "",
        other=contract.cooperative.called,
        what=what,
        words=words,
    )


def _where(told: str) -> str:
    return _("Handed over: %(told)s.", told=told) if told else ""


def _asked(slots: list[tuple[str, Any]]) -> str:
    return "; ".join(f"{calling.slot_words(slot)}: {formats.weight(kg, locale())}" for slot, kg in slots)


def _kg(kg: Decimal) -> str:
    return formats.weight(kg, locale())


def _change(slot: str, before: Decimal, after: Decimal) -> str:
    old, new = (formats.weight(kg, locale()) for kg in (before, after))
    return f"{calling.slot_words(slot)}: {old} → {new}"


def _answers(slots: list[tuple[str, str, Any]]) -> str:
    return "; ".join(
        f"{calling.slot_words(slot)}: {formats.weight(kg, locale()) if kg else CALL_OFF_LABELS[CallOffState(state)]}"
        for slot, state, kg in slots
    )


def _missing(week: str, amount: Decimal, unit: str) -> str:
    return _(
        "%(week)s: %(amount)s will be missing",
        week=week_days(week),
        amount=formats.amount(amount, unit, locale()),
    )


def _until(moment: dt.datetime) -> str:
    return formats.date_time(moment, locale())


def _effect(difference: Any) -> str:
    return calling.effect_told(difference) or "–"
