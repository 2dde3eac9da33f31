"""What we write about weeks ahead: to who loses a claim, to buyers of a short week, to officers, to cooperatives."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from babel.support import LazyProxy

from marketplace.accounts.states import OrganisationKind
from marketplace.foundation import formats
from marketplace.foundation.words import _l, language
from marketplace.inbox.letters import letter, topic
from marketplace.inbox.services import tell
from marketplace.supply import holders
from marketplace.supply.models import Stock


def _sample() -> dict[str, Any]:
    return {
        "seller": "HTX Dịch vụ nông nghiệp Đồng Lạc",
        "product": "Cà rốt Đồng Lạc",
        "amount": "2 tấn",
        "week": 10,
        "year": 2027,
        "to_week": 11,
        "to_year": 2027,
        "holder": "Hợp đồng số 12",
        "reason": "Mưa lớn, ruộng ngập ba ngày",
    }


topic(
    "supply",
    _l("Volume of weeks ahead"),
    _l("A week that falls short, volume that is taken or moved, what the alliance wrote down for you."),
    order=35,
    shown=lambda person: (
        bool(person.organisations(OrganisationKind.COOPERATIVE))
        or bool(person.organisations(OrganisationKind.BUYER))
        or person.is_officer
    ),
)
for _kind, _subject, _sentence in (
    (
        "supply.taken",
        _l("%(amount)s of week %(week)s were taken from you"),
        _l(
            "%(holder)s, %(product)s of %(seller)s: %(amount)s less in week %(week)s/%(year)s. Reason: %(reason)s"
        ),
    ),
    (
        "supply.missing",
        _l("%(amount)s of week %(week)s will be missing"),
        _l(
            "%(holder)s, %(product)s of %(seller)s: in week %(week)s/%(year)s %(amount)s will be missing. %(reason)s"
        ),
    ),
    (
        "supply.shifted",
        _l("%(amount)s come a different week"),
        _l(
            "%(holder)s, %(product)s of %(seller)s: %(amount)s of week %(week)s/%(year)s come in week"
            " %(to_week)s/%(to_year)s. %(reason)s"
        ),
    ),
    (
        "supply.short",
        _l("Week %(week)s falls short: %(amount)s"),
        _l(
            "%(product)s, week %(week)s/%(year)s: %(amount)s are promised and no longer expected. Please choose what"
            " to do."
        ),
    ),
    (
        "supply.pool_asked",
        _l("%(seller)s misses %(amount)s"),
        _l(
            "%(product)s, week %(week)s/%(year)s: %(amount)s are missing, and the cooperative asks whether others have"
            " them. %(reason)s"
        ),
    ),
):
    letter(_kind, subject=_subject, sentence=_sentence, sample=_sample)


def to_holders(kind: str, stock: Stock, parts: Iterable[tuple[str, Any]], *, key: str, **values: Any) -> None:
    """To the buyers behind each (holder, amount in words), under the name that their contract or quote has."""
    parts = list(parts)
    known = holders.named(holder for holder, _amount in parts)
    for holder, amount in parts:
        who = known[holder]
        for organisation_id in who.organisations:
            tell(
                organisation_id=organisation_id,
                kind=kind,
                url=who.told_path or "/notices",
                key=f"{key}:{holder}",
                **{**_about(stock), "holder": who.name, "amount": amount, **values},
            )


def to_cooperative(kind: str, stock: Stock, *, key: str, **values: Any) -> None:
    tell(
        organisation_id=stock.product.cooperative.organisation_id,
        kind=kind,
        url=f"/desk/supply/weeks/{stock.id}",
        key=key,
        **{**_about(stock), **values},
    )


def to_officers(kind: str, stock: Stock, *, key: str, **values: Any) -> None:
    tell(
        officers=True,
        kind=kind,
        url=f"/office/supply/weeks/{stock.id}",
        key=key,
        **{**_about(stock), **values},
    )


def in_words(stock: Stock, quantity: Decimal) -> Any:
    """An amount in the stock's unit, in the language of whoever reads it."""
    return LazyProxy(lambda: formats.amount(quantity, stock.unit, language()), enable_cache=False)


def _about(stock: Stock) -> dict[str, Any]:
    week, product = stock.iso_week, stock.product
    return {
        "seller": product.cooperative.name,
        "product": product.name_vi,
        "week": week.week,
        "year": week.year,
        "reason": "",
    }
