"""Who may write words about an order, answer, report and hide them."""

from __future__ import annotations

from typing import Any

from marketplace.accounts.policies import at_desk
from marketplace.accounts.states import Desk
from marketplace.cooperatives import policies as cooperatives
from marketplace.foundation import clock
from marketplace.foundation.policy import policy
from marketplace.orders import policies as orders
from marketplace.orders.models import Order
from marketplace.orders.states import Side
from marketplace.reputation import queries
from marketplace.reputation.models import BuyersWords
from marketplace.reputation.states import WordsState

moderates = at_desk(Desk.TRADE)


@policy
def has_desk(user: Any) -> bool:
    """Acts for a cooperative."""
    return bool(cooperatives.has_desk(user))


@policy
def can_write_words(user: Any, order: Order) -> bool:
    """The buyer, some weeks long after the goods came, once."""
    if not orders.buys(user, order) or order.state not in queries.RECEIVED:
        return False
    until = queries.written_until(order)
    return until is not None and clock.now() < until and queries.words_about(order) is None


@policy
def can_amend_words(user: Any, words: BuyersWords) -> bool:
    """The buyer, for some days, until the cooperative has answered or the alliance has hidden them."""
    return orders.buys(user, words.order) and queries.still_amended(words)


@policy
def can_answer_words(user: Any, words: BuyersWords) -> bool:
    """The cooperative, once."""
    return orders.sells(user, words.order) and not words.answer and words.state is not WordsState.HIDDEN


@policy
def can_appeal_words(user: Any, words: BuyersWords) -> bool:
    """The buyer, for some days after the alliance hid them, once."""
    if words.hidden_at is None or clock.now() >= queries.appealed_until(words):
        return False
    return orders.buys(user, words.order) and queries.appeal_of(words) is None


@policy
def sees_own_words(user: Any, words: BuyersWords) -> bool:
    return bool(orders.buys(user, words.order))


@policy
def can_answer_appeal(user: Any, words: BuyersWords) -> bool:
    """An officer at the desk who did not hide them."""
    found = queries.appeal_of(words)
    return found is not None and found.outcome is None and found.hidden_by_id != user.id and moderates(user)


@policy
def can_report_words(user: Any, words: BuyersWords, side: Side) -> bool:
    """The cooperative what the buyer wrote, the buyer what the cooperative answered: each once."""
    sits = orders.buys if side is Side.BUYER else orders.sells
    something = bool(words.answer) if side is Side.BUYER else bool(words.words)
    told_already = any(report.side is side for report in words.reports)
    return something and sits(user, words.order) and words.state is not WordsState.HIDDEN and not told_already
