"""Answering a whole call by a link: all of it, less, or nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l
from marketplace.inbox.acts import Facts, act
from marketplace.linkage import calling, policies, queries, services
from marketplace.linkage.forms.call_off import NothingComesForm, less_form
from marketplace.linkage.models import CallOff, CallRound
from marketplace.linkage.queries.contract import side_of
from marketplace.linkage.states.call_off import CALL_OFF_LABELS, CallOffState
from marketplace.linkage.states.contract import ContractSide


def _sees(user: Any, call: CallRound) -> bool:
    return side_of(user, call.contract) is ContractSide.SELLER


def _facts(call: CallRound) -> Facts:
    """Each slot with its amount, what a change does to the value, and where and when it is handed over."""
    waits = any(each.state is CallOffState.CALLED for each in call.call_offs)
    rows = [(_("Contract"), f"{call.contract.number or ''} {call.contract.title}".strip())]
    rows += [(calling.slot_told(each), _told(each)) for each in call.call_offs]
    rows += [(_("If you say no"), _stays(each)) for each in call.call_offs if each.standing]
    rows.append((_("Where and when"), calling.handover_told(call.contract)))
    if waits:
        rows.append((_("Answer before"), formats.date_time(call.answer_by, locale())))
    states = {str(CALL_OFF_LABELS[each.state]) for each in call.call_offs}
    return Facts(
        title=_title(call),
        rows=[(name, value) for name, value in rows if value],
        stands=_("Your answer is awaited")
        if waits
        else ", ".join(sorted(states)) or _("The buyer asked anew: the newer letter counts."),
        url=_way_on(call),
    )


def _title(call: CallRound) -> str:
    """Once each slot is asked anew nothing is left of a call but its buyer."""
    who, slots = call.contract.buyer.name, [(each.slot, each.called) for each in call.call_offs]
    if not slots:
        return _("%(who)s calls deliveries", who=who)
    return _(
        "%(who)s calls %(what)s", who=who, what=calling.sum_told(slots, calling.goods_told(call.call_offs[0]))
    )


def _told(call_off: CallOff) -> str:
    """What is called; once it is answered, what will come of it."""
    told = f"{call_off.goods.name}, {calling.amount_told(call_off)}"
    if call_off.state is CallOffState.ACCEPTED and call_off.accepted < call_off.called:
        return _("%(called)s; %(kg)s will come", called=told, kg=formats.weight(call_off.accepted, locale()))
    if not call_off.standing:
        return told
    price = queries.call_off.price_for(call_off.contract, call_off.starts)
    return f"{told} {calling.effect_told(calling.effect(call_off, price))}".strip()


def _stays(call_off: CallOff) -> str:
    return _("%(kg)s come, as you accepted before.", kg=formats.weight(call_off.standing, locale()))


def _way_on(call: CallRound) -> str:
    """Where the market goes on: to the week that falls short by what was answered, if there is one."""
    short = _shortfall(call)
    return f"/desk/supply/short/{short.ref}" if short is not None else "/desk/calls"


def _shortfall(call: CallRound) -> Any:
    lacking = (calling.shortfall_of(each) for each in call.call_offs if each.cause)
    return next((each for each in lacking if each is not None), None)


def _yes(call: CallRound, form: Any, by: Any, once: str) -> Any:
    services.call_off.accept_all(call=call, by=by)
    return _l("Answered: all of it will come.")


def _less(call: CallRound, form: Any, by: Any, once: str) -> Any:
    return _answered(call, form, form.quantities(), by)


def _no(call: CallRound, form: Any, by: Any, once: str) -> Any:
    return _answered(call, form, {}, by)


def _answered(call: CallRound, form: Any, quantities: Mapping[str, Decimal], by: Any) -> Any:
    services.call_off.answer_call(
        call=call,
        quantities=quantities,
        cause=form.cause.data or "",
        words=form.words.data or "",
        by=by,
    )
    if _shortfall(call) is not None:
        return _l(
            "Answered. The buyer was told. This week now falls short: open it to say what is to be done."
        )
    return _l("Answered. The buyer was told.")


def _until(call: CallRound) -> dt.datetime:
    return call.answer_by


SELLER: dict[str, Any] = {
    "load": queries.call_off.call_by_id,
    "sees": _sees,
    "may": policies.answers_call,
    "facts": _facts,
    "until": _until,
}
act(name="call_off.accept_all", button=_l("Yes, all of it"), do=_yes, **SELLER)
act(
    name="call_off.less",
    button=_l("We can bring less"),
    last_word=_l("Send this answer"),
    do=_less,
    form=less_form,
    **SELLER,
)
act(
    name="call_off.refuse",
    button=_l("We cannot bring it"),
    last_word=_l("Say that nothing can come"),
    do=_no,
    form=lambda _call: NothingComesForm(),
    kind="danger",
    **SELLER,
)
