"""What we write about quotes: to the buyer that one came, to the seller what became of it."""

from __future__ import annotations

from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l, later
from marketplace.inbox.letters import letter
from marketplace.inbox.services import tell
from marketplace.linkage import need_words
from marketplace.linkage.models import Quote, QuoteVersion


def _sample() -> dict[str, Any]:
    return {
        "number": "YC-2027-000012",
        "what": "Cà rốt, loại A: 20 tấn, 12–20/03/2027",
        "seller": "HTX Đồng Lạc",
        "offer": "12 tấn, 6.200 ₫/kg",
        "reason": "Mưa lớn, ruộng ngập",
    }


for _kind, _subject, _sentence in (
    ("quotes.sent", _l("%(seller)s quotes for request %(number)s"), _l("%(offer)s. %(what)s.")),
    ("quotes.revised", _l("%(seller)s has changed its quote for %(number)s"), _l("%(offer)s. %(what)s.")),
    (
        "quotes.countered",
        _l("The buyer of %(number)s asks for other numbers"),
        _l("%(offer)s. Please say yes or no, or answer with numbers of your own."),
    ),
    (
        "quotes.counter_declined",
        _l("%(seller)s cannot do what you asked for (%(number)s)"),
        _l("Its own numbers stand: %(offer)s. %(reason)s"),
    ),
    ("quotes.withdrawn", _l("%(seller)s has withdrawn its quote for %(number)s"), _l("Reason: %(reason)s")),
    (
        "quotes.passed_over",
        _l("Your quote for %(number)s was not chosen"),
        _l("%(what)s. What you had set aside is free again. %(reason)s"),
    ),
):
    letter(_kind, subject=_subject, sentence=_sentence, sample=_sample)


def to_buyer(quote: Quote, kind: str, key: str, *, reason: str = "") -> None:
    tell(
        organisation_id=quote.need.organisation_id,
        kind=f"quotes.{kind}",
        url=f"/buyer/quotes/{quote.ref}",
        key=f"quotes.{kind}:{quote.id}:{key}",
        **_values(quote, quote.offer),
        reason=reason,
    )


def to_seller(quote: Quote, kind: str, key: str, *, reason: str = "") -> None:
    tell(
        organisation_id=quote.cooperative.organisation_id,
        kind=f"quotes.{kind}",
        url=f"/desk/quotes/{quote.ref}",
        key=f"quotes.{kind}:{quote.id}:{key}",
        **_values(quote, quote.newest),
        reason=reason,
    )


def _values(quote: Quote, version: QuoteVersion) -> dict[str, Any]:
    return {
        "number": quote.need.number or "",
        "what": later(need_words.title, quote.need),
        "seller": quote.cooperative.called,
        "offer": later(_offer, quote, version),
    }


def _offer(quote: Quote, version: QuoteVersion) -> str:
    unit = formats.unit_name(quote.need.unit, locale())
    amount = formats.amount(version.quantity, quote.need.unit, locale())
    return f"{amount}, {formats.vnd(version.landed, locale())}/{unit}"
