"""What a cooperative asks of a fair, kept step by step beside its application."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from marketplace.catalogue.models import Product
from marketplace.cooperatives.models import Cooperative
from marketplace.fairs import queries
from marketplace.fairs.events import FairApplicationFilled
from marketplace.fairs.models import (
    Booth,
    BroughtProduct,
    Fair,
    FairApplication,
    NeighbourWish,
    Wish,
    Zone,
)
from marketplace.fairs.states import FairState, WishKind
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.text import clean_line, clean_text
from marketplace.foundation.words import _, _l
from marketplace.helping import services as helping
from marketplace.helping.states import Matter
from marketplace.inbox import services as inbox
from marketplace.selection import queries as selection
from marketplace.selection import services as applications
from marketplace.selection.models import Application
from marketplace.selection.services.turn import take_turn
from marketplace.selection.states import Entered, Purpose

ENTRY = "fair_application"
MOST_PRODUCTS, MOST_WISHES, MOST_NEIGHBOURS = 30, 10, 10


@dataclass(frozen=True)
class Wished:
    """A booth, some booth of a zone, or, with neither, a corner."""

    booth: Booth | None = None
    zone: Zone | None = None

    @property
    def kind(self) -> WishKind:
        if self.booth is not None:
            return WishKind.BOOTH
        return WishKind.ZONE if self.zone is not None else WishKind.CORNER


def begin(
    *, fair: Fair, cooperative: Cooperative, entered: Entered = Entered.ONLINE, told_by: str = "", by: Any
) -> FairApplication:
    """A draft from the first step on. An officer says who told it, or decides by a delegation."""
    call = selection.call_of(Purpose.FAIR, fair.id)
    if call is None or fair.state is FairState.CANCELLED:
        raise Refusal(_l("Applications are not open at present."))
    told = bool(clean_line(told_by))
    if entered is not Entered.ONLINE:
        told_by = helping.who_told(cooperative=cooperative, matter=Matter.FAIRS, told_by=told_by, by=by)
    application = applications.start(
        call=call, cooperative=cooperative, entered=entered, told_by=told_by, by=by
    )
    asked = FairApplication(
        application_id=application.id,
        fair_id=fair.id,
        by_delegation=entered is not Entered.ONLINE and not told,
    )
    db.session.add(asked)
    db.session.flush()
    return asked


def hand_in_for(*, asked: FairApplication, by: Any) -> None:
    """What an officer entered is handed in, and the cooperative asked whether it is right.

    Raises Refusal with what is missing, and where it was begun by a delegation that counts no more.
    """
    application = asked.application
    if asked.by_delegation:
        helping.who_told(cooperative=application.cooperative, matter=Matter.FAIRS, told_by="", by=by)
    applications.submit(application=application, by=by)
    inbox.overtake(kind=ENTRY, subject_id=application.id)
    assert application.submitted_at is not None, "just handed in"
    fair = asked.fair
    names = ", ".join(each.product.name for each in asked.products)
    inbox.write_down(
        kind=ENTRY,
        subject_id=application.id,
        turn=application.submitted_at.isoformat(),
        organisation_id=application.cooperative.organisation_id,
        what=lambda: _(
            "you apply for a stand at %(fair)s with: %(goods)s", fair=fair.name, goods=names or "–"
        ),
        told_by=application.told_by,
        url=f"/desk/fairs/{fair.slug}/application",
        office_url=f"/office/selection/applications/{application.ref}",
        by=by,
    )


def set_goods(
    *, asked: FairApplication, products: Sequence[Product], halves: int, least: int | None = None, by: Any
) -> None:
    """What comes along, the first names the sector; how many half booths, and the fewest that would do."""
    _turn(asked)
    least = halves if least is None else least
    if not (halves == 1 or (halves % 2 == 0 and 2 <= halves <= 12)):
        raise Refusal(_l("Half a booth, or one to six whole ones."), field="halves")
    if least > halves or not (least == 1 or (least % 2 == 0 and least > 0)):
        raise Refusal(_l("The fewest cannot be more than you ask for."), field="least")
    if len(products) > MOST_PRODUCTS:
        raise Refusal(_l("Up to %(most)s products, please.", most=MOST_PRODUCTS), field="products")
    offered = {each.id for each in queries.products_to_bring(asked.application.cooperative_id)}
    if any(product.id not in offered for product in products):
        raise Refusal(_l("Only products that you show on the market can be brought."), field="products")
    asked.halves, asked.least = halves, least
    asked.products.clear()
    db.session.flush()
    for position, product in enumerate(dict.fromkeys(products), start=1):
        asked.products.append(BroughtProduct(product_id=product.id, position=position))
    _filled(asked, "goods", by)


def set_place(
    *,
    asked: FairApplication,
    wishes: Sequence[Wished],
    near: Sequence[Cooperative] = (),
    apart: Sequence[Cooperative] = (),
    by: Any,
) -> None:
    """Wishes in order, and whom they would like, or not like, to stand beside."""
    _turn(asked)
    if len(wishes) > MOST_WISHES:
        raise Refusal(_l("Up to %(most)s wishes, please.", most=MOST_WISHES))
    if any((each.booth or each.zone or asked).fair_id != asked.fair_id for each in wishes):
        raise Refusal(_l("This place is not at this fair."))
    neighbours = {each.id: True for each in near} | {each.id: False for each in apart}
    if {each.id for each in near} & {each.id for each in apart}:
        raise Refusal(_l("Somebody cannot be wanted and not wanted at once."))
    if asked.application.cooperative_id in neighbours:
        raise Refusal(_l("You are your own neighbour already: please name others."))
    if len(neighbours) > MOST_NEIGHBOURS:
        raise Refusal(_l("Up to %(most)s neighbours, please.", most=MOST_NEIGHBOURS))
    asked.wishes.clear()
    asked.neighbours.clear()
    db.session.flush()
    for rank, each in enumerate(dict.fromkeys(wishes), start=1):
        asked.wishes.append(_wish(rank, each))
    for cooperative_id, wanted in neighbours.items():
        asked.neighbours.append(NeighbourWish(cooperative_id=cooperative_id, wanted=wanted))
    _filled(asked, "place", by)


def set_needs(
    *,
    asked: FairApplication,
    kw: int = 0,
    water: bool = False,
    cold: bool = False,
    cooking: bool = False,
    accessible: bool = False,
    staff: int = 0,
    vehicle: str = "",
    support_asked: bool = False,
    words: str = "",
    by: Any,
) -> None:
    """What the stand needs, who comes with what, and whether they ask for support."""
    _turn(asked)
    asked.kw, asked.staff = kw, staff
    asked.water, asked.cold, asked.cooking, asked.accessible = water, cold, cooking, accessible
    asked.vehicle, asked.support_asked, asked.words = clean_line(vehicle), support_asked, clean_text(words)
    _filled(asked, "needs", by)


# --- how it is done ---------------------------------------------------------------------------------


def _turn(asked: FairApplication) -> None:
    """Locked with its application; raises Refusal when what it asks for stands."""
    application: Application = asked.application
    take_turn(application)
    if not selection.may_be_edited(application):
        raise Refusal(_l("This application can no longer be changed."))


def _wish(rank: int, wished: Wished) -> Wish:
    return Wish(
        rank=rank,
        kind=wished.kind,
        booth_id=wished.booth.id if wished.booth is not None else None,
        zone_id=wished.zone.id if wished.zone is not None and wished.booth is None else None,
    )


def _filled(asked: FairApplication, part: str, by: Any) -> None:
    db.session.flush()
    db.session.expire(asked, ["products", "wishes", "neighbours"])
    announce(
        FairApplicationFilled(
            application_id=asked.application_id, fair_id=asked.fair_id, part=part, actor_id=id_of(by)
        )
    )
