"""What we write to cooperatives and officers about products."""

from __future__ import annotations

from typing import Any

from marketplace.accounts.states import OrganisationKind
from marketplace.catalogue.models import PriceListMember, Product
from marketplace.foundation import formats
from marketplace.foundation.words import _l
from marketplace.inbox.letters import letter, topic
from marketplace.inbox.services import tell


def _sample() -> dict[str, Any]:
    return {
        "product": "Cà rốt Đồng Lạc",
        "seller": "HTX Đồng Lạc",
        "note": "Xin thêm một ảnh chụp ngoài ruộng",
    }


topic(
    "catalogue",
    _l("Products and prices"),
    _l("What was checked, published or declined."),
    order=50,
    shown=lambda person: bool(person.organisations(OrganisationKind.COOPERATIVE)) or person.is_officer,
)
for _kind, _subject, _sentence in (
    (
        "catalogue.to_check",
        _l("%(product)s waits to be checked"),
        _l("%(seller)s has sent %(product)s. Please look at it."),
    ),
    (
        "catalogue.published",
        _l("%(product)s is on sale"),
        _l("The alliance has checked %(product)s: buyers can order it now."),
    ),
    (
        "catalogue.declined",
        _l("%(product)s needs something more"),
        _l("The alliance has sent %(product)s back: %(note)s"),
    ),
    (
        "catalogue.change_accepted",
        _l("Your change of %(product)s is accepted"),
        _l("Buyers see the new words about %(product)s now."),
    ),
    (
        "catalogue.change_declined",
        _l("Your change of %(product)s is not accepted"),
        _l("%(product)s stays as it was: %(note)s"),
    ),
):
    letter(_kind, subject=_subject, sentence=_sentence, sample=_sample)


def to_check(product: Product) -> None:
    """To the officers: a new product or a change set waits."""
    tell(
        kind="catalogue.to_check",
        officers=True,
        url="/office/products",
        key=_key("check", product),
        product=product.name_vi,
        seller=product.cooperative.called,
        note="",
    )


def decided(kind: str, product: Product, note: str = "") -> None:
    """To the cooperative: what the alliance decided; `kind` is the letter's name without its area."""
    tell(
        kind=f"catalogue.{kind}",
        organisation_id=product.cooperative.organisation_id,
        url=f"/desk/products/{product.ref}",
        key=_key(kind, product),
        product=product.name_vi,
        seller=product.cooperative.called,
        note=note,
    )


def _key(what: str, product: Product) -> str:
    return f"product-{what}:{product.id}:{product.version}"


topic("prices", _l("Prices agreed with you"), _l("A cooperative has its own prices for you."), order=12)
letter(
    "prices.agreed",
    subject=_l("%(seller)s has prices for you"),
    sentence=_l(
        "From %(first)s to %(last)s the prices of “%(name)s” hold for you. You see them once you sign in."
    ),
    sample=lambda: {
        "seller": "HTX Đồng Lạc",
        "name": "Siêu thị, vụ đông",
        "first": "01/12/2026",
        "last": "31/03/2027",
    },
)


def prices_agreed(member: PriceListMember) -> None:
    """To a buyer: a list holds for them too."""
    price_list = member.price_list
    tell(
        kind="prices.agreed",
        organisation_id=member.organisation_id,
        person_id=member.person_id,
        url="/order-sheet",
        key=f"prices-agreed:{member.id}",
        seller=price_list.cooperative.called,
        name=price_list.name,
        first=formats.date(price_list.valid_from),
        last=formats.date(price_list.valid_to),
    )
