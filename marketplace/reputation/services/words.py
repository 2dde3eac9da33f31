"""Buyers' words: written once, amended for some days, answered once, moderated with a reason."""

from __future__ import annotations

from typing import Any

from marketplace.accounts import queries as accounts_queries
from marketplace.accounts import services as accounts
from marketplace.accounts.models import Person
from marketplace.accounts.states import Purpose
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.reference import random_ref
from marketplace.foundation.words import _l
from marketplace.orders.models import Order
from marketplace.orders.states import Side
from marketplace.places import queries as places
from marketplace.reputation import queries
from marketplace.reputation.events import (
    WordsAmended,
    WordsAnswered,
    WordsAppealAnswered,
    WordsAppealed,
    WordsHidden,
    WordsKept,
    WordsReported,
    WordsShownAgain,
    WordsWritten,
)
from marketplace.reputation.models import BuyersWords, WordsAppeal, WordsAsked, WordsReport
from marketplace.reputation.states import AppealOutcome, HideReason, words_lifecycle

LONGEST = 1000


def say(*, order: Order, words: str, public: bool, by: Any = None) -> BuyersWords:
    """The buyer writes some words after receipt. Shown to everybody only where the buyer agreed to that."""
    came = queries.received_at(order)
    if came is None:
        raise Refusal(_l("Words are written when the goods have come."))
    until = queries.written_until(order)
    if until is not None and until <= clock.now():
        raise Refusal(_l("The time to write about this order is over."))
    said = BuyersWords(
        ref=random_ref(),
        order=order,
        cooperative_id=order.cooperative_id,
        words=_something(words),
        public=public,
        called=called(order.group.buyer_name),
        place=places.short_label(order.address)[:120],
        received_on=queries.month_of(came),
        by_id=id_of(by),
        at=clock.now(),
    )
    db.session.add(said)
    db.session.flush()
    _agree(said, by)
    announce(WordsWritten(words_id=said.id, order_id=order.id, actor_id=id_of(by)))
    return said


def amend(*, words: BuyersWords, text: str, public: bool, by: Any = None) -> None:
    """For some days, until they are answered."""
    if not queries.still_amended(words):
        raise Refusal(_l("These words can no longer be amended."))
    words.words, words.public, words.amended_at = _something(text), public, clock.now()
    _agree(words, by)
    announce(WordsAmended(words_id=words.id, order_id=words.order_id, actor_id=id_of(by)))


def answer(*, words: BuyersWords, text: str, by: Any) -> None:
    """The cooperative answers, once."""
    db.session.refresh(words, ["answer"], with_for_update={"of": BuyersWords})
    if words.answer:
        raise Refusal(_l("This is answered already."))
    words.answer, words.answered_by_id, words.answered_at = _something(text), by.id, clock.now()
    announce(WordsAnswered(words_id=words.id, order_id=words.order_id, actor_id=by.id))


def report(*, words: BuyersWords, side: Side, why: str, by: Any = None) -> None:
    """One side asks the alliance to look. They stay published until an officer decides."""
    db.session.add(
        WordsReport(about=words, side=side, why=_something(why)[:500], by_id=id_of(by), at=clock.now())
    )
    if words_lifecycle.allows(words, "report"):
        words_lifecycle.advance(words, "report")
    db.session.flush()
    announce(WordsReported(words_id=words.id, order_id=words.order_id, actor_id=id_of(by)))


def keep(*, words: BuyersWords, by: Any) -> None:
    """An officer looked at them: nothing is wrong."""
    words_lifecycle.advance(words, "keep")
    _close_reports(words, by)
    announce(WordsKept(words_id=words.id, order_id=words.order_id, actor_id=by.id))


def hide(*, words: BuyersWords, reason: HideReason, by: Any) -> None:
    """An officer hides them and the answer, with a reason from the list; the two sides still read them."""
    told = reason, by.id, clock.now()
    words_lifecycle.advance(words, "hide")
    words.hidden_for, words.hidden_by_id, words.hidden_at = told
    _close_reports(words, by)
    announce(WordsHidden(words_id=words.id, order_id=words.order_id, reason=reason, actor_id=by.id))


def show_again(*, words: BuyersWords, by: Any) -> None:
    """An officer sees that the hiding was wrong. What the buyer appealed against is decided as an appeal."""
    _take(words)
    if queries.appeal_of(words) is not None:
        raise Refusal(_l("The buyer has appealed: it is decided there, with an answer."))
    _show(words, by)


def appeal(*, words: BuyersWords, why: str, by: Any = None) -> WordsAppeal:
    """The buyer says why the hiding was wrong: once, in time."""
    _take(words)
    why = why.strip()[:LONGEST]
    if not why:
        raise Refusal(_l("Please write why it should be shown again."), field="why")
    if words.hidden_at is None:
        raise Refusal(_l("These words are not hidden any more."))
    if queries.appeal_of(words) is not None:
        raise Refusal(_l("You have appealed already. The alliance answers you."))
    if clock.now() >= queries.appealed_until(words):
        raise Refusal(_l("The days to appeal are over."))
    made = WordsAppeal(
        about=words,
        hidden_by_id=words.hidden_by_id,
        hidden_at=words.hidden_at,
        why=why,
        by_id=id_of(by),
        at=clock.now(),
    )
    db.session.add(made)
    db.session.flush()
    announce(WordsAppealed(words_id=words.id, order_id=words.order_id, actor_id=id_of(by)))
    return made


def answer_appeal(*, words: BuyersWords, outcome: AppealOutcome, answer: str, by: Any) -> None:
    """An officer who did not hide them decides, with an answer to the buyer."""
    _take(words)
    found = queries.appeal_of(words)
    if found is None or found.outcome is not None:
        raise Refusal(_l("This appeal is answered already."))
    if found.hidden_by_id == by.id:
        raise Refusal(_l("Another officer than who hid it has to decide."))
    answer = answer.strip()[:LONGEST]
    if not answer:
        raise Refusal(_l("Please write why: the buyer reads it."), field="answer")
    found.outcome, found.answer, found.decided_by_id, found.decided_at = outcome, answer, by.id, clock.now()
    db.session.flush()
    if outcome is AppealOutcome.SHOWN:
        _show(words, by)
    announce(WordsAppealAnswered(words_id=words.id, order_id=words.order_id, outcome=outcome, actor_id=by.id))


def conceal(*, words: BuyersWords) -> None:
    """The buyer no longer agrees to be shown."""
    words.public = False


def note_asked(*, order_id: int) -> bool:
    """Whether the buyer is asked for the first time."""
    if db.session.get(WordsAsked, order_id) is not None:
        return False
    db.session.add(WordsAsked(order_id=order_id, at=clock.now()))
    db.session.flush()
    return True


def called(name: str) -> str:
    """ "Nguyễn Thị Lan" -> "N. T. L.": first letters, never the name."""
    letters = [word[0].upper() for word in name.split() if word[0].isalnum()][:4]
    return "".join(f"{letter}. " for letter in letters).strip()


def _take(words: BuyersWords) -> None:
    db.session.refresh(words, ["state", "hidden_at", "hidden_by_id"], with_for_update={"of": BuyersWords})


def _show(words: BuyersWords, by: Any) -> None:
    words_lifecycle.advance(words, "show_again")
    words.hidden_for = words.hidden_by_id = words.hidden_at = None
    announce(WordsShownAgain(words_id=words.id, order_id=words.order_id, actor_id=by.id))


def _agree(words: BuyersWords, by: Person | None) -> None:
    """Agreeing to be shown is kept with the version of its text, as every consent is."""
    if not words.public:
        return
    guest = "" if by is not None else words.order.group.ref
    if accounts_queries.living_consent(Purpose.WORDS, person_id=id_of(by), guest=guest) is None:
        accounts.give_consent(person=by, guest=guest, purpose=Purpose.WORDS, by=by)


def _close_reports(words: BuyersWords, by: Any) -> None:
    for one in words.reports:
        if one.closed_at is None:
            one.closed_at, one.closed_by_id = clock.now(), by.id


def _something(text: str) -> str:
    words = text.strip()[:LONGEST]
    if not words:
        raise Refusal(_l("Please write a few words."), field="words")
    return words
