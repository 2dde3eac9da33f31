"""What we write about quotes: to the buyer that one came, to the seller what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from marketplace.foundation import clock, formats
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l, _n, later
from marketplace.inbox.letters import letter
from marketplace.inbox.services import tell
from marketplace.linkage import need_words
from marketplace.linkage.models import Quote, QuoteVersion

SHOWN = 4
"""So many quotes a letter names; the rest it counts."""


def _sample() -> dict[str, Any]:
    return {
        "number": "YC-2027-000012",
        "what": "Cà rốt, loại A: 20 tấn, 12–20/03/2027",
        "seller": "HTX Đồng Lạc",
        "offer": "12 tấn, 6.200 ₫/kg",
        "reason": "Mưa lớn, ruộng ngập",
        "list": "HTX Đồng Lạc, YC-2027-000012: hết hạn 17:00 05/03/2027",
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
        "quotes.soon_lapsing",
        _l("Your quote soon lapses: %(number)s"),
        _l("%(list)s. After that the goods are free again, and the buyer has to ask you anew."),
    ),
    (
        "quotes.at_risk",
        _l("Quotes you hold are at risk: %(number)s"),
        _l("%(list)s. Decide, or ask them, before it is too late."),
    ),
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


def soon_lapsing(organisation_id: int, quotes: Sequence[Quote]) -> None:
    """One letter of the day to a seller, about all of its quotes that soon lapse."""
    _digest(
        "soon_lapsing", organisation_id, f"/desk/quotes/{quotes[0].ref}", [(each, True) for each in quotes]
    )


def at_risk(organisation_id: int, lapsing: Sequence[Quote], short: Sequence[Quote]) -> None:
    """One letter of the day to a buyer: what of its quotes will be missing, and which soon lapse."""
    rows = [*((each, False) for each in short), *((each, True) for each in lapsing)]
    need = rows[0][0].need
    _digest("at_risk", organisation_id, f"/buyer/requests/{need.ref}/quotes", rows)


def _digest(kind: str, organisation_id: int, url: str, rows: Sequence[tuple[Quote, bool]]) -> None:
    told = [_row(quote, lapses) for quote, lapses in rows]
    numbers = ", ".join(dict.fromkeys(quote.need.number or "" for quote, _lapses in rows[:SHOWN]))
    tell(
        organisation_id=organisation_id,
        kind=f"quotes.{kind}",
        url=url,
        key=f"quotes.{kind}:{organisation_id}:{clock.today().isoformat()}",
        number=numbers,
        list=later(_listed, told),
    )


def _row(quote: Quote, lapses: bool) -> tuple[str, str, Any]:
    """Of whom, for which request, and until when it holds; else how much will be missing."""
    who = f"{quote.cooperative.called}, {quote.need.number or ''}"
    if lapses:
        return who, "", quote.offer.valid_until
    return who, quote.offer.product.sale_unit, quote.short_told


def _listed(rows: Sequence[tuple[str, str, Any]]) -> str:
    told = [_one_row(who, unit, what) for who, unit, what in rows[:SHOWN]]
    more = len(rows) - SHOWN
    if more > 0:
        told.append(_n("and %(num)s more", "and %(num)s more", more))
    return "; ".join(told)


def _one_row(who: str, unit: str, what: Any) -> str:
    if not unit:
        return _("%(who)s: lapses %(at)s", who=who, at=formats.date_time(what, locale()))
    amount = formats.amount(what, unit, locale())
    return _("%(who)s: %(amount)s of it are no longer expected", who=who, amount=amount)


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
