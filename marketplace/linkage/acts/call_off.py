"""Saying yes to a whole call by a link."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l
from marketplace.inbox.acts import Facts, act
from marketplace.linkage import calling, policies, queries, services
from marketplace.linkage.models import CallRound
from marketplace.linkage.queries.contract import side_of
from marketplace.linkage.states.call_off import CALL_OFF_LABELS, CallOffState
from marketplace.linkage.states.contract import ContractSide


def _sees(user: Any, call: CallRound) -> bool:
    return side_of(user, call.contract) is ContractSide.SELLER


def _facts(call: CallRound) -> Facts:
    """Each slot with its amount, and what a change does to the value."""
    rows = [(_("Contract"), f"{call.contract.number or ''} {call.contract.title}".strip())]
    for each in call.call_offs:
        told = f"{each.product.name}, {calling.amount_told(each)}"
        if each.standing:
            price = queries.call_off.price_for(call.contract, each.starts)
            told = f"{told} {calling.effect_told(calling.effect(each, price))}".strip()
        rows.append((calling.slot_told(each), told))
    rows.append((_("Answer before"), formats.date_time(call.answer_by, locale())))
    waits = [each for each in call.call_offs if each.state is CallOffState.CALLED]
    states = {str(CALL_OFF_LABELS[each.state]) for each in call.call_offs}
    return Facts(
        title=_("%(who)s calls deliveries", who=call.contract.buyer.name),
        rows=rows,
        stands=_("Your answer is awaited") if waits else ", ".join(sorted(states)),
        url="/desk/calls",
    )


def _yes(call: CallRound, form: Any, by: Any, once: str) -> Any:
    services.call_off.accept_all(call=call, by=by)
    return _l("Answered: all of it will come.")


def _until(call: CallRound) -> dt.datetime:
    return call.answer_by


act(
    name="call_off.accept_all",
    button=_l("Yes, all of it"),
    load=queries.call_off.call_by_id,
    sees=_sees,
    may=policies.answers_call,
    facts=_facts,
    do=_yes,
    until=_until,
)
