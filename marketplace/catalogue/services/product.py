"""Verbs of the catalogue. Price and volume change at once; name, grade and certificate claims are reviewed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

from sqlalchemy import select, update

from marketplace.catalogue import indexing, queries
from marketplace.catalogue.events import (
    ChangeAccepted,
    ChangeAsked,
    ChangeDeclined,
    PhotosChanged,
    PriceChanged,
    ProductDeclined,
    ProductDrafted,
    ProductEdited,
    ProductPaused,
    ProductPublished,
    ProductPutBack,
    ProductResumed,
    ProductRetired,
    ProductSubmitted,
    ProductTakenDown,
    WeightChanged,
)
from marketplace.catalogue.models import (
    Commodity,
    PriceChange,
    PriceTier,
    Product,
    ProductChange,
    ProductPaper,
    ProductPhoto,
    UnitFactor,
)
from marketplace.catalogue.states import ProductState, change_lifecycle, product_lifecycle
from marketplace.cooperatives import queries as cooperatives
from marketplace.cooperatives.models import Certificate, Cooperative
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.media import Photo, receive_photo
from marketplace.foundation.money import Money
from marketplace.foundation.quantity import quantity as exact
from marketplace.foundation.reference import random_ref
from marketplace.foundation.text import slug
from marketplace.foundation.units import UNITS
from marketplace.foundation.words import _l

REVIEWED = ("name_vi", "name_en", "grade", "grade_en", "certificates")
AT_ONCE = {
    "story_vi", "story_en", "packing_vi", "packing_en", "keeping_vi", "keeping_en", "origin_vi",
    "min_order", "step", "months", "peak_months", "vat_code", "picture",
}  # fmt: skip
MOST_PHOTOS = 8
Tiers = Sequence[tuple[Decimal, Money]]


def draft_product(
    *,
    cooperative: Cooperative,
    commodity: Commodity,
    name_vi: str,
    sale_unit: str,
    tiers: Tiers,
    by: Any = None,
    kg_per_unit: Decimal | None = None,
    tolerance: int | None = None,
    certificates: Sequence[Certificate] = (),
    **fields: Any,
) -> Product:
    """Begin a product. `tiers` are (from quantity, price) with the first from 0; `fields` those of AT_ONCE.

    With a `tolerance` in per cent it is weighed, and a price is that of one kilogram.
    """
    if not cooperatives.can_list(cooperative):
        raise Refusal(_l("Your cooperative is not admitted yet, so it cannot list products."))
    if tolerance is not None:
        _check_weighed(sale_unit, kg_per_unit)
    product = Product(
        ref=random_ref(),
        slug=_free_slug(name_vi, cooperative),
        cooperative=cooperative,
        commodity=commodity,
        name_vi=name_vi,
        name_en=fields.pop("name_en", ""),
        grade=fields.pop("grade", ""),
        grade_en=fields.pop("grade_en", ""),
        sale_unit=sale_unit,
        weighed=tolerance is not None,
        tolerance_percent=tolerance,
        price=tiers[0][1],
        months=fields.pop("months", commodity.months),
        peak_months=fields.pop("peak_months", commodity.peak_months),
        created_at=clock.now(),
    )
    db.session.add(product)
    _set(product, fields)
    product.papers = [ProductPaper(certificate=paper) for paper in certificates]
    if kg_per_unit is not None:
        product.factors = [UnitFactor(kg=kg_per_unit, valid_from=clock.today())]
    db.session.flush()
    announce(ProductDrafted(product_id=product.id, actor_id=id_of(by)))
    change_price(product=product, tiers=tiers, by=by)
    return product


def _check_weighed(sale_unit: str, kg_per_unit: Decimal | None) -> None:
    """Before the scale somebody must know about how many kilograms are asked for."""
    if sale_unit == "kg":
        return
    if UNITS[sale_unit].kg is not None:
        raise Refusal(_l("Weighed goods are sold by the piece or by the kilogram."), field="sale_unit")
    if not kg_per_unit:
        raise Refusal(_l("Please write how many kilograms one weighs, more or less."), field="kg_per_unit")


def change_weight(*, product: Product, kg: Decimal | None, by: Any) -> None:
    """From today one sale unit weighs this much, more or less; what was agreed keeps the weight of its day.

    Like price and stock it needs no review: it is a measure, not a claim, and the scale has the last word.
    """
    _take(product)
    before = queries.kg_per_unit(product)
    if kg == before:
        return
    if not queries.weight_varies(product):
        raise Refusal(_l("Of this unit everybody knows what one weighs."), field="kg_per_unit")
    if not kg:
        raise Refusal(_l("Please write how many kilograms one weighs, more or less."), field="kg_per_unit")
    _weighs_from_today(product, exact(kg))
    announce(WeightChanged(product_id=product.id, kg=exact(kg), unit=product.sale_unit, actor_id=id_of(by)))
    _renew(product)


def _weighs_from_today(product: Product, kg: Decimal) -> None:
    """A day has one weight: who corrects that of today writes over it."""
    today = clock.today()
    if product.factors and product.factors[-1].valid_from == today:
        product.factors[-1].kg = kg
    else:
        product.factors.append(UnitFactor(kg=kg, valid_from=today))


def weigh(*, product: Product, tolerance: int | None, by: Any) -> None:
    """Paid by the kilogram from now on, or no longer (None). Orders already placed keep what they agreed."""
    if tolerance == product.tolerance_percent:
        return
    if tolerance is not None:
        _check_weighed(product.sale_unit, queries.kg_per_unit(product))
    product.weighed, product.tolerance_percent = tolerance is not None, tolerance
    db.session.flush()
    announce(ProductEdited(product_id=product.id, fields=["weighed"], actor_id=id_of(by)))
    _renew(product)


def submit_for_review(*, product: Product, by: Any) -> None:
    product_lifecycle.advance(product, "submit")
    product.note = ""
    db.session.flush()
    announce(ProductSubmitted(product_id=product.id, actor_id=id_of(by)))


def publish(*, product: Product, by: Any) -> None:
    """An officer looked at it: it is for sale."""
    product_lifecycle.advance(product, "publish")
    product.published_at = clock.now()
    _renew(product)
    announce(ProductPublished(product_id=product.id, actor_id=id_of(by)))


def decline(*, product: Product, note: str, by: Any) -> None:
    """Back to the cooperative, with words that help."""
    if not note.strip():
        raise Refusal(_l("Please write what has to be changed."), field="note")
    product_lifecycle.advance(product, "decline")
    product.note = note[:500]
    db.session.flush()
    announce(ProductDeclined(product_id=product.id, note=note, actor_id=id_of(by)))


def pause(*, product: Product, by: Any) -> None:
    product_lifecycle.advance(product, "pause")
    _renew(product)
    announce(ProductPaused(product_id=product.id, actor_id=id_of(by)))


def resume(*, product: Product, by: Any) -> None:
    product_lifecycle.advance(product, "resume")
    _renew(product)
    announce(ProductResumed(product_id=product.id, actor_id=id_of(by)))


def retire(*, product: Product, by: Any) -> None:
    product_lifecycle.advance(product, "retire")
    _renew(product)
    announce(ProductRetired(product_id=product.id, actor_id=id_of(by)))


def take_down(*, product: Product, note: str, by: Any) -> None:
    """Off the market, with the words its owner reads: put right, it can be submitted anew."""
    product_lifecycle.advance(product, "take_down")
    product.note = note[:500]
    _renew(product)
    announce(ProductTakenDown(product_id=product.id, note=note, actor_id=id_of(by)))


def put_back(*, product: Product, by: Any) -> None:
    """It was taken down wrongly: for sale again, as it was."""
    product_lifecycle.advance(product, "put_back")
    product.note = ""
    _renew(product)
    announce(ProductPutBack(product_id=product.id, actor_id=id_of(by)))


def change_price(*, product: Product, tiers: Tiers, by: Any = None) -> None:
    """New prices from this moment; what was in force before is kept with its time."""
    wanted = checked_tiers(tiers)
    now = clock.now()
    told = [[format(start.normalize(), "f"), int(price)] for start, price in wanted]
    last = db.session.scalar(
        select(PriceChange)
        .where(PriceChange.product_id == product.id)
        .order_by(PriceChange.id.desc())
        .limit(1)
    )
    if last is not None and last.tiers == told:
        return
    if last is not None:
        last.until = now
    db.session.add(PriceChange(product_id=product.id, tiers=told, since=now, by_id=id_of(by)))
    product.tiers.clear()
    db.session.flush()
    product.tiers.extend(PriceTier(from_quantity=start, price=price) for start, price in wanted)
    product.price = wanted[0][1]
    _renew(product)
    announce(PriceChanged(product_id=product.id, price=product.price, actor_id=id_of(by)))


def checked_tiers(tiers: Tiers) -> list[tuple[Decimal, Money]]:
    """The tiers in order. Raises Refusal for a missing first, a double start, or a price that does not fall."""
    wanted = sorted((exact(start), Money(price)) for start, price in tiers)
    if not wanted or wanted[0][0] != 0:
        raise Refusal(_l("Please give the price of one unit."), field="price")
    if len({start for start, _price in wanted}) != len(wanted):
        raise Refusal(_l("Two prices begin at the same quantity."), field="tiers")
    if any(later[1] >= earlier[1] for earlier, later in pairwise(wanted)):
        raise Refusal(_l("Who buys more pays less: each further price must be lower."), field="tiers")
    return wanted


def edit(
    *, product: Product, by: Any, certificates: Sequence[Certificate] | None = None, **fields: Any
) -> list[str]:
    """Change a product. What needs no review changes now; of a published product the rest becomes a change set.

    Returns the names of the fields that wait for review.
    """
    reviewed = {name: fields.pop(name) for name in REVIEWED if name in fields}
    changed = _set(product, fields)
    waiting = {n: [getattr(product, n), v] for n, v in reviewed.items() if getattr(product, n) != v}
    if certificates is not None:
        before, after = sorted(p.certificate_id for p in product.papers), sorted(c.id for c in certificates)
        if before != after:
            waiting["certificates"] = [before, after]
    if waiting and product.state in {ProductState.DRAFT, ProductState.IN_REVIEW}:
        _apply(product, {name: values[1] for name, values in waiting.items()})
        changed, waiting = [*changed, *waiting], {}
    elif waiting:
        _ask(product, waiting, by)
    if changed:
        announce(ProductEdited(product_id=product.id, fields=changed, actor_id=id_of(by)))
    _renew(product)
    return list(waiting)


def _ask(product: Product, waiting: dict[str, list[Any]], by: Any) -> None:
    if (earlier := queries.open_change(product)) is not None:
        merged = {**earlier.fields, **waiting}
        earlier.fields, earlier.asked_by_id, earlier.asked_at = merged, id_of(by), clock.now()
    else:
        db.session.add(
            ProductChange(product_id=product.id, fields=waiting, asked_by_id=id_of(by), asked_at=clock.now())
        )
    announce(ChangeAsked(product_id=product.id, fields=sorted(waiting), actor_id=id_of(by)))


def accept_change(*, change: ProductChange, by: Any) -> None:
    change_lifecycle.advance(change, "accept")
    change.decided_by_id, change.decided_at = id_of(by), clock.now()
    _apply(change.product, {name: values[1] for name, values in change.fields.items()})
    _renew(change.product)
    announce(ChangeAccepted(product_id=change.product_id, actor_id=id_of(by)))


def decline_change(*, change: ProductChange, note: str, by: Any) -> None:
    if not note.strip():
        raise Refusal(_l("Please write why."), field="note")
    change_lifecycle.advance(change, "decline")
    change.decided_by_id, change.decided_at, change.note = id_of(by), clock.now(), note[:500]
    announce(ChangeDeclined(product_id=change.product_id, note=note, actor_id=id_of(by)))


def add_photo(*, product: Product, stream: Any, filename: str, by: Any) -> ProductPhoto:
    """One more photo, eight at the most; it shows once the worker has developed it."""
    _take(product)
    if len(product.photos) >= MOST_PHOTOS:
        raise Refusal(_l("Eight photos are enough: take one away first."), field="photos")
    photo = receive_photo(stream=stream, filename=filename, by=by, field="photos")
    shown = ProductPhoto(photo=photo, position=len(product.photos) + 1)
    _arrange(product, [*product.photos, shown], by)
    return shown


def remove_photo(*, product: Product, photo_id: int, by: Any) -> None:
    _take(product)
    _arrange(product, [shown for shown in product.photos if shown.photo_id != photo_id], by)


def put_photo_back(*, product: Product, photo: Photo, place: int, by: Any) -> None:
    """A photo that was taken away wrongly stands where it stood."""
    _take(product)
    if all(shown.photo_id != photo.id for shown in product.photos):
        photos = [*product.photos]
        photos.insert(place - 1, ProductPhoto(photo=photo))
        _arrange(product, photos, by)


def place_photo(*, product: Product, photo_id: int, place: int, by: Any) -> None:
    """Put a photo at a place from 1 on, the others close up; the first is on the card."""
    _take(product)
    moved = next((shown for shown in product.photos if shown.photo_id == photo_id), None)
    if moved is None:
        raise Refusal(_l("This photo is no longer here."))
    others = [shown for shown in product.photos if shown is not moved]
    _arrange(product, [*others[: place - 1], moved, *others[place - 1 :]], by)


def note_available(*, product_id: int, available: Decimal) -> None:
    """The ledger says how much is free: cards and filters follow in the same transaction."""
    before = db.session.execute(select(Product.available).where(Product.id == product_id)).scalar()
    db.session.execute(
        update(Product)
        .where(Product.id == product_id)
        .values(available=available)
        .execution_options(synchronize_session="evaluate")
    )
    if (before is not None and before > 0) != (available > 0):
        product = db.session.get_one(Product, product_id)
        db.session.refresh(product, ["available"])
        indexing.renew(product)


def _take(product: Product) -> None:
    """One at a time: two people never put a ninth photo, two photos into one place, or two weights on one day."""
    db.session.refresh(product, ["version", "photos", "factors"], with_for_update={"of": Product})


def _arrange(product: Product, photos: list[ProductPhoto], by: Any) -> None:
    for place, shown in enumerate(photos, start=1):
        shown.position = place
    product.photos = photos
    _renew(product)
    announce(PhotosChanged(product_id=product.id, count=len(photos), actor_id=id_of(by)))


def _apply(product: Product, values: dict[str, Any]) -> None:
    chosen = values.pop("certificates", None)
    for name, value in values.items():
        setattr(product, name, value)
    if chosen is not None:
        kept = {paper.certificate_id for paper in product.papers} & set(chosen)
        product.papers = [p for p in product.papers if p.certificate_id in kept]
        product.papers += [ProductPaper(certificate_id=i) for i in chosen if i not in kept]
    db.session.flush()


def _set(product: Product, fields: dict[str, Any]) -> list[str]:
    unknown = fields.keys() - AT_ONCE
    if unknown:
        raise TypeError(f"not fields of a product: {', '.join(sorted(unknown))}")
    changed = [name for name, value in fields.items() if getattr(product, name) != value]
    for name in changed:
        setattr(product, name, fields[name])
    return changed


def _renew(product: Product) -> None:
    product.version = (product.version or 0) + 1
    db.session.flush()
    indexing.renew(product)


def _free_slug(name: str, cooperative: Cooperative) -> str:
    plain = slug(name)[:100] or "san-pham"
    if not queries.slug_taken(plain):
        return plain
    near = f"{plain}-{cooperative.slug}"[:130]
    free, number = near, 1
    while queries.slug_taken(free):
        number += 1
        free = f"{near}-{number}"
    return free
