"""What deliveries hold about people: whom the goods go to, and who drives."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, String, and_, cast, false, func, or_, select

from marketplace.accounts.holdings import Identity, Whose, by, holds, keeps, obstacle, of
from marketplace.deliveries.models import ClosedDays, Delivery, PickupPoint, Round
from marketplace.deliveries.states import RoundState
from marketplace.documents import redacting
from marketplace.documents.models import IssuedDocument
from marketplace.foundation import formats
from marketplace.foundation.db import db
from marketplace.foundation.papers import Paper
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l

LOAD_LISTS = ("deliveries.round", "deliveries.day")


@obstacle
def still_driving(who: Identity) -> list[Any]:
    """Rounds that are not over: the office calls the driver."""
    rounds = db.session.scalars(
        select(Round)
        .where(_driven(who), Round.state.in_([RoundState.PLANNED, RoundState.ON_ROAD]))
        .order_by(Round.day)
    )
    return [
        _l(
            "You drive the round of %(day)s for %(name)s: it has to be over first.",
            day=formats.date(each.day, locale()),
            name=each.runner.name,
        )
        for each in rounds
    ]


def _to_them(who: Identity) -> ColumnElement[bool]:
    return and_(by(Delivery.contact_person_id)(who), Delivery.contact_organisation_id.is_(None))


def _to_their_company(who: Identity) -> ColumnElement[bool]:
    """It bears the organisation's name, which stays."""
    return and_(by(Delivery.contact_person_id)(who), Delivery.contact_organisation_id.is_not(None))


def _papers_of_their_company(who: Identity) -> ColumnElement[bool]:
    sent = select(func.concat("delivery:", Delivery.id)).where(
        of(Delivery.contact_organisation_id, "company")(who)
    )
    return IssuedDocument.about.in_(sent)


def _driven(who: Identity) -> ColumnElement[bool]:
    phones = who.ids("phone")
    return Round.driver_phone.in_(phones) if phones else false()


def pressed_about(kind: str) -> Whose:
    """PDFs that tell of what this trace names, whoever wanted them, and load lists, which name every buyer: each can
    be pressed again. Their files go with the next sweep of strays."""

    def whose(who: Identity) -> ColumnElement[bool]:
        refs, told = who.ids(kind), cast(Paper.told, String)
        if not refs:
            return false()
        return or_(Paper.kind.in_(LOAD_LISTS), *[told.contains(ref, autoescape=True) for ref in refs])

    return whose


holds(
    Delivery,
    _to_them,
    name=("contact_name",),
    phone=("contact_phone",),
    email=("contact_email",),
)
holds(
    Delivery,
    _to_their_company,
    phone=("contact_phone",),
    email=("contact_email",),
    words=("depot",),
    rewrite=lambda old, pen: {"contact_name": pen.instead_of(old["contact_name"])},
    mention=True,
)
holds(Delivery, of(Delivery.contact_organisation_id, "company"), words=("depot",), mention=True)
holds(IssuedDocument, _papers_of_their_company, rewrite=redacting.of_colleagues, mention=True)
holds(Round, _driven, name=("driver_name",), phone=("driver_phone",))
keeps(ClosedDays, "days on which a cooperative does not deliver")
keeps(PickupPoint, "places where goods are picked up")
