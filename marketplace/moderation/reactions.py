"""Letters after what was decided; a product that is published again needs no take-down any more."""

from __future__ import annotations

from marketplace.catalogue.events import ProductPublished
from marketplace.foundation.db import db
from marketplace.foundation.events import react
from marketplace.moderation import notices, queries, services
from marketplace.moderation.events import (
    PageReported,
    ReportAnswered,
    TakedownAppealed,
    TakedownEvent,
    TakedownRestored,
    TakedownUpheld,
    TakenDown,
)
from marketplace.moderation.models import PageReport, Takedown


def _takedown(event: TakedownEvent) -> Takedown:
    return db.session.get_one(Takedown, event.takedown_id)


@react(PageReported)
def tell_the_office(event: PageReported) -> None:
    notices.reported(db.session.get_one(PageReport, event.report_id))


@react(ReportAnswered)
def tell_whoever_told_us(event: ReportAnswered) -> None:
    notices.answered(db.session.get_one(PageReport, event.report_id), event.contact)


@react(TakenDown)
def tell_the_owner(event: TakenDown) -> None:
    notices.to_owner("moderation.taken_down", _takedown(event), event.words)


@react(TakedownAppealed)
def tell_of_the_appeal(event: TakedownAppealed) -> None:
    notices.appealed(_takedown(event))


@react(TakedownUpheld)
def tell_upheld(event: TakedownUpheld) -> None:
    notices.to_owner("moderation.upheld", _takedown(event), event.words)


@react(TakedownRestored)
def tell_restored(event: TakedownRestored) -> None:
    notices.to_owner("moderation.restored", _takedown(event), event.words)


@react(ProductPublished)
def put_right(event: ProductPublished) -> None:
    takedown = queries.living_takedown("product", event.product_id)
    if takedown is not None:
        services.mend(takedown=takedown)
