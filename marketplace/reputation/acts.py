"""What the letter that asks for words lets buyers do without signing in."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace.foundation import clock
from marketplace.foundation.words import _, _l
from marketplace.inbox.acts import Facts, act
from marketplace.orders import policies as orders
from marketplace.orders import queries as orders_queries
from marketplace.orders.models import Order
from marketplace.orders.states import ORDER_LABELS
from marketplace.reputation import policies, queries, services
from marketplace.reputation.forms import AppealForm, WordsForm
from marketplace.reputation.models import BuyersWords
from marketplace.reputation.states import HIDE_LABELS, WORDS_LABELS


def _facts(order: Order) -> Facts:
    goods = "\n".join(line.name for line in order.lines)
    return Facts(
        title=_("How was order %(number)s?", number=order.number),
        rows=[(_("Seller"), order.cooperative.name), (_("Goods"), goods)],
        stands=str(ORDER_LABELS[order.state]),
        url=f"/orders/{order.ref}/words",
    )


def _say(order: Order, form: Any, by: Any, once: str) -> Any:
    services.say(order=order, words=form.words.data, public=bool(form.public.data), by=by)
    return _l("Thank you. The cooperative reads it, and can answer once.")


def _until(order: Order) -> dt.datetime:
    return queries.written_until(order) or clock.now()


def _hidden(words: BuyersWords) -> Facts:
    appeal = queries.last_appeal(words)
    return Facts(
        title=_("Your words about order %(number)s are hidden", number=words.order.number)
        if words.hidden_for
        else _("Words about order %(number)s", number=words.order.number),
        rows=[
            (_("Your words"), words.words),
            *([(_("The reason"), str(HIDE_LABELS[words.hidden_for]))] if words.hidden_for else []),
            *([(_("Your appeal"), appeal.why)] if appeal is not None else []),
            *([(_("The answer"), appeal.answer)] if appeal is not None and appeal.answer else []),
        ],
        stands=str(WORDS_LABELS[words.state]),
        url=f"/orders/{words.order.ref}/words",
    )


def _appeal(words: BuyersWords, form: Any, by: Any, _once: str) -> Any:
    services.appeal(words=words, why=form.why.data, by=by)
    return _l("Your appeal is sent. Another officer looks at it and answers you.")


act(
    name="reputation.appeal",
    button=_l("Appeal against it"),
    last_word=_l("Send the appeal"),
    load=queries.words_by_id,
    sees=policies.sees_own_words,
    may=policies.can_appeal_words,
    facts=_hidden,
    do=_appeal,
    until=queries.appealed_until,
    form=lambda _words: AppealForm(),
)
act(
    name="reputation.say",
    button=_l("Write a few words"),
    last_word=_l("Send my words"),
    load=orders_queries.order_by_id,
    sees=orders.buys,
    may=policies.can_write_words,
    facts=_facts,
    do=_say,
    until=_until,
    form=lambda _order: WordsForm(),
)
