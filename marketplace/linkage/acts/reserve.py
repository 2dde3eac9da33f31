"""A reserve says yes by a link."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l
from marketplace.inbox.acts import Facts, act
from marketplace.linkage import awarded, need_words, policies, queries, services
from marketplace.linkage.models import Quote, ReserveAsk
from marketplace.linkage.states import ASK_LABELS


def _facts(ask: ReserveAsk) -> Facts:
    """How much, for whom, at which price: nothing else is asked."""
    need, quote = ask.award.need, awarded.answer_of(ask.award.source)
    assert isinstance(quote, Quote)
    price = f"{formats.vnd(quote.offer.landed, locale())}/{formats.unit_name(need.unit, locale())}"
    return Facts(
        title=_("%(buyer)s asks whether you can still bring this", buyer=need.organisation.name),
        rows=[
            (_("The request"), need_words.title(need)),
            (_("You bring"), formats.amount(ask.quantity, need.unit, locale())),
            (_("Price, brought to the buyer"), price),
            (_("Answer before"), formats.date_time(ask.answer_by, locale())),
        ],
        stands=_("Your answer is awaited") if ask.waits else str(ASK_LABELS[ask.state]),
        url=f"/desk/asks/{ask.id}",
    )


def _yes(ask: ReserveAsk, form: Any, by: Any, once: str) -> Any:
    services.agree(ask=ask, by=by)
    return _l("It is yours: the buyer is told, and the goods are set aside.")


def _until(ask: ReserveAsk) -> dt.datetime:
    return ask.answer_by


act(
    name="reserve.agree",
    button=_l("Yes, we bring it"),
    load=queries.ask_by_id,
    sees=policies.reads_ask,
    may=policies.answers_ask,
    facts=_facts,
    do=_yes,
    until=_until,
)
