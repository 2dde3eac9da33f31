"""A quote is sent, changed, answered, withdrawn. Every version stays; only the newest of the seller counts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from marketplace.catalogue.models import Product
from marketplace.catalogue.states import ProductState
from marketplace.cooperatives import queries as cooperatives
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.money import Money
from marketplace.foundation.reference import random_ref
from marketplace.foundation.text import clean_line
from marketplace.foundation.words import _l
from marketplace.helping import services as helping
from marketplace.helping.states import Matter
from marketplace.linkage import offering, queries, quote_holding, written
from marketplace.linkage.events import (
    Offered,
    QuoteCounterDeclined,
    QuoteCountered,
    QuoteEvent,
    QuoteRevised,
    QuoteSetBack,
    QuoteShortlisted,
    QuoteSubmitted,
    QuoteWithdrawn,
)
from marketplace.linkage.models import Need, Quote, QuoteLine, QuoteVersion
from marketplace.linkage.states import STANDING, NeedState, QuoteSide, QuoteState, quote_lifecycle
from marketplace.selection.states import Entered

MOST_COUNTERS = 5
"""How often a buyer may ask for other numbers: whoever cannot agree by then talks by telephone."""
LONGEST_REASON = 500


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """What a side says: `portion` of each line, `price` and `carriage` for a unit of the request, from day to day."""

    product: Product
    grade: str = ""
    portion: Decimal
    price: Money
    carriage: Money
    first: dt.date
    last: dt.date
    loading: str
    valid_until: dt.datetime
    words: str = ""


def submit_quote(
    *,
    need: Need,
    cooperative: Cooperative,
    numbers: Numbers,
    entered: Entered = Entered.ONLINE,
    told_by: str = "",
    by: Any,
) -> Quote:
    """Answer a request, also again after withdrawing. `told_by` called, and an officer wrote it down.

    The volume is set aside until `valid_until`. Raises Refusal where the request takes no quotes, the cooperative was
    not asked or may not sign, the numbers do not fit, or a week has less free than is offered.
    """
    _may_answer(need, cooperative)
    told_by = _who_told(cooperative, entered, told_by, by)
    quote = queries.quote_of(need.id, cooperative.id)
    if quote is None:
        quote = Quote(
            ref=random_ref(),
            need=need,
            cooperative=cooperative,
            latest=0,
            offered=0,
            counters=0,
            state=QuoteState.SUBMITTED,
            submitted_at=clock.now(),
        )
    else:
        take_turn(quote)
        quote_lifecycle.advance(quote, "submit_again")
        quote.reason, quote.submitted_at = "", clock.now()
    _came(quote, entered, told_by)
    version = write_version(quote=quote, side=QuoteSide.SELLER, numbers=numbers, by=by)
    quote_holding.hold(quote=quote, version=version, by=by)
    announce(_offered(QuoteSubmitted, quote, version, by))
    written.note_quote(quote, version, by)
    return quote


def revise_quote(
    *, quote: Quote, numbers: Numbers, entered: Entered = Entered.ONLINE, told_by: str = "", by: Any
) -> QuoteVersion:
    """Another version: while quotes are taken, or in answer to what the buyer asked for; `told_by` as above.

    Raises Refusal as `submit_quote` does.
    """
    told_by = _who_told(quote.cooperative, entered, told_by, by)
    take_turn(quote)
    _stands(quote)
    if not (quote.need.takes_quotes or _answers_counter(quote)):
        raise Refusal(_l("Quotes are no longer taken for this request."))
    _came(quote, entered, told_by)
    version = write_version(quote=quote, side=QuoteSide.SELLER, numbers=numbers, by=by)
    quote_holding.hold(quote=quote, version=version, by=by)
    announce(_offered(QuoteRevised, quote, version, by))
    written.note_quote(quote, version, by)
    return version


def accept_counter(*, quote: Quote, by: Any) -> QuoteVersion:
    """The seller takes the buyer's numbers for its own. Raises Refusal when a week no longer has that much free."""
    asked = quote.newest
    if asked.side is not QuoteSide.BUYER:
        raise Refusal(_l("The buyer has not asked for anything else."))
    return revise_quote(quote=quote, numbers=numbers_of(asked), by=by)


def decline_counter(*, quote: Quote, reason: str, by: Any) -> QuoteVersion:
    """The seller's last version stays as it is: written once more, so that it is the newest again."""
    take_turn(quote)
    _stands(quote)
    if not quote.waits_for_seller:
        raise Refusal(_l("The buyer has not asked for anything else."))
    version = write_version(quote=quote, side=QuoteSide.SELLER, numbers=numbers_of(quote.offer), by=by)
    announce(_about(QuoteCounterDeclined, quote, by, words=reason.strip()[:LONGEST_REASON]))
    return version


def counter_quote(*, quote: Quote, numbers: Numbers, by: Any) -> QuoteVersion:
    """The buyer asks for other numbers; the seller's own stand until it answers.

    Raises Refusal while quotes are sealed, when the seller still has to answer, and after MOST_COUNTERS times.
    """
    take_turn(quote)
    _stands(quote)
    need = quote.need
    if need.sealed_now:
        raise Refusal(_l("Quotes of this request stay sealed until its deadline."))
    if need.state not in (NeedState.OPEN, NeedState.CLOSED):
        raise Refusal(_l("This request is decided."))
    if quote.waits_for_seller:
        raise Refusal(_l("They have not answered what you asked for before."))
    if quote.counters >= MOST_COUNTERS:
        raise Refusal(_l("You have asked %(most)s times: please talk by telephone.", most=MOST_COUNTERS))
    version = write_version(quote=quote, side=QuoteSide.BUYER, numbers=numbers, by=by)
    announce(_offered(QuoteCountered, quote, version, by))
    return version


def withdraw_quote(*, quote: Quote, reason: str, by: Any) -> None:
    """Take it back before it is chosen; its volume is free again."""
    if not reason.strip():
        raise Refusal(_l("Please say why: the buyer reads it."), field="reason")
    take_turn(quote)
    quote_lifecycle.advance(quote, "withdraw")
    quote.reason = reason.strip()[:LONGEST_REASON]
    quote_holding.let_go(quote=quote, reason="withdrawn", by=by)
    announce(_about(QuoteWithdrawn, quote, by, words=quote.reason))


def shortlist(*, quote: Quote, by: Any) -> None:
    _judged(quote)
    quote_lifecycle.advance(quote, "shortlist")
    announce(_about(QuoteShortlisted, quote, by))


def set_back(*, quote: Quote, by: Any) -> None:
    _judged(quote)
    quote_lifecycle.advance(quote, "set_back")
    announce(_about(QuoteSetBack, quote, by))


def take_turn(quote: Quote) -> None:
    """Whoever changes a quote waits for whoever is changing it."""
    db.session.refresh(quote, with_for_update={"of": Quote})
    db.session.expire(quote, ["versions"])


def numbers_of(version: QuoteVersion) -> Numbers:
    return Numbers(
        product=version.product,
        grade=version.grade,
        portion=version.portion,
        price=version.price,
        carriage=version.carriage,
        first=version.first_day,
        last=version.last_day,
        loading=version.loading,
        valid_until=version.valid_until,
        words=version.words,
    )


def _who_told(cooperative: Cooperative, entered: Entered, told_by: str, by: Any) -> str:
    """An officer says who told it, or decides by a delegation. Raises Refusal where there is neither."""
    if entered is Entered.ONLINE:
        return ""
    return helping.who_told(cooperative=cooperative, matter=Matter.QUOTES, told_by=told_by, by=by)


def _came(quote: Quote, entered: Entered, told_by: str) -> None:
    """How the newest numbers came: written by the cooperative, or told to an officer."""
    quote.entered = entered
    quote.told_by = "" if entered is Entered.ONLINE else clean_line(told_by)[:120]


def _may_answer(need: Need, cooperative: Cooperative) -> None:
    if not need.takes_quotes:
        raise Refusal(_l("Quotes are no longer taken for this request."))
    if not queries.may_quote(need, cooperative.id):
        raise Refusal(_l("This cooperative was not asked."))
    if not cooperatives.can_contract(cooperative):
        raise Refusal(
            _l(
                "%(name)s cannot sign a contract: a cooperative group sells through a cooperative.",
                name=cooperative.called,
            )
        )


def _stands(quote: Quote) -> None:
    if quote.state not in STANDING:
        raise Refusal(_l("This quote no longer stands."))


def _answers_counter(quote: Quote) -> bool:
    return quote.waits_for_seller and quote.need.state in (NeedState.OPEN, NeedState.CLOSED)


def _judged(quote: Quote) -> None:
    take_turn(quote)
    if quote.need.sealed_now:
        raise Refusal(_l("Quotes of this request stay sealed until its deadline."))


def write_version(*, quote: Quote, side: QuoteSide, numbers: Numbers, by: Any) -> QuoteVersion:
    """The next version, with the lines it comes to; whoever writes it has its turn. Refuses as `submit_quote` does."""
    with db.session.no_autoflush:  # a quote without its version is no row that may stand
        quantities = _fitting(quote, numbers)
        version = QuoteVersion(
            number=quote.latest + 1,
            side=side,
            product=numbers.product,
            grade=numbers.grade,
            price=numbers.price,
            carriage=numbers.carriage,
            portion=numbers.portion,
            quantity=sum(quantities.values(), Decimal(0)),
            first_day=numbers.first,
            last_day=numbers.last,
            loading=clean_line(numbers.loading)[:200],
            valid_until=numbers.valid_until,
            words=numbers.words.strip()[:500],
            told=_told(numbers.product, quote),
            amendment=quote.need.amendments,
            by_id=id_of(by),
            at=clock.now(),
            lines=[QuoteLine(starts=starts, quantity=amount) for starts, amount in quantities.items()],
        )
        quote.latest = version.number
        if side is QuoteSide.SELLER:
            quote.offered = version.number
        else:
            quote.counters += 1
        quote.versions.append(version)
        db.session.add(quote)
    db.session.flush()
    return version


def _fitting(quote: Quote, numbers: Numbers) -> dict[dt.date, Decimal]:
    """The lines it comes to, or a Refusal beside what does not fit."""
    need = quote.need
    _sold_as_asked(need, quote.cooperative, numbers.product)
    if numbers.last < numbers.first:
        raise Refusal(_l("The last day comes before the first one."), field="last")
    if numbers.valid_until <= clock.now():
        raise Refusal(_l("A quote must be valid for a while: choose a later day."), field="valid_until")
    if need.quotes_until is not None and numbers.valid_until < need.quotes_until:
        raise Refusal(
            _l("The buyer decides after the deadline: let it be valid longer than that."), field="valid_until"
        )
    if numbers.portion <= 0:
        raise Refusal(_l("Write more than 0."), field="portion")
    if numbers.price <= 0:
        raise Refusal(_l("Write more than 0."), field="price")
    if not numbers.loading.strip():
        raise Refusal(_l("Say where the goods are loaded."), field="loading")
    found = offering.offered(
        offering.wanted_of(need.lines), portion=numbers.portion, first=numbers.first, last=numbers.last
    )
    if not found:
        raise Refusal(_l("The request wants nothing between these days."), field="first")
    return found


def _sold_as_asked(need: Need, cooperative: Cooperative, product: Product) -> None:
    if product.cooperative_id != cooperative.id or product.state is ProductState.RETIRED:
        raise Refusal(_l("Choose one of your own products."), field="product")
    asked = need.commodity_id
    if product.commodity.goods_id != need.goods_id or (asked is not None and product.commodity_id != asked):
        raise Refusal(_l("This is not what the request asks for."), field="product")


def _told(product: Product, quote: Quote) -> dict[str, Any]:
    """Names as they are today: a product that is renamed does not change what was quoted."""
    return {
        "product": {"vi": product.name_vi, "en": product.name_en or product.name_vi},
        "grade": {"vi": product.grade, "en": product.grade_en or product.grade},
        "seller": quote.cooperative.called,
    }


def _offered(kind: type[Offered], quote: Quote, version: QuoteVersion, by: Any) -> QuoteEvent:
    return _about(
        kind,
        quote,
        by,
        number=version.number,
        price=int(version.price),
        carriage=int(version.carriage),
        quantity=format(version.quantity.normalize(), "f"),
        unit=quote.need.unit,
    )


def _about(kind: type[QuoteEvent], quote: Quote, by: Any, **told: Any) -> QuoteEvent:
    return kind(
        quote_id=quote.id,
        need_id=quote.need_id,
        cooperative_id=quote.cooperative_id,
        actor_id=id_of(by),
        **told,
    )
