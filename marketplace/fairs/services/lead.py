"""Writing down whom a stand met."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from marketplace.catalogue.models import Product
from marketplace.fairs import consent, queries
from marketplace.fairs.events import LeadEvent, LeadForgotten, LeadTaken
from marketplace.fairs.models import FairLead, LeadInterest, Stand
from marketplace.fairs.services.day_sheet import still_open
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.media import receive_document
from marketplace.foundation.media.receiving import Clean
from marketplace.foundation.words import _l


def take_lead(
    *,
    stand: Stand,
    client: str,
    met_on: dt.date,
    name: str = "",
    company: str = "",
    phone: str = "",
    email: str = "",
    words: str = "",
    interests: Sequence[Product] = (),
    card: Clean | None = None,
    consent_text: str = "",
    by: Any,
) -> FairLead:
    """One contact; sent again under the same `client` it is the one that is there. Who is named has agreed to it."""
    still_open(stand)
    there = queries.lead_by_client(stand.id, client)
    if there is not None:
        return there
    _sensible(stand, met_on, name, company, phone, email, card, consent_text)
    kept = receive_document(stream=card.stream, filename=card.filename, by=by, field="card") if card else None
    lead = FairLead(
        stand=stand,
        fair_id=stand.fair_id,
        client=client,
        met_on=met_on,
        name=name,
        company=company,
        phone=phone,
        email=email,
        words=words,
        card=kept,
        consent_text=consent_text,
        consent_at=clock.now() if consent_text else None,
        entered_by_id=id_of(by),
        at=clock.now(),
        interests=[LeadInterest(product_id=product.id) for product in interests],
    )
    db.session.add(lead)
    db.session.flush()
    announce(_event(LeadTaken, lead, by))
    return lead


def forget_lead(*, lead: FairLead, by: Any) -> None:
    """They asked to be deleted: who it was goes, that somebody came stays."""
    db.session.refresh(lead, with_for_update=True)
    lead.name = lead.phone = lead.email = lead.words = ""
    lead.card_id = None
    lead.consent_text, lead.consent_at = "", None
    db.session.flush()
    announce(_event(LeadForgotten, lead, by))


def _sensible(
    stand: Stand,
    met_on: dt.date,
    name: str,
    company: str,
    phone: str,
    email: str,
    card: Clean | None,
    consent_text: str,
) -> None:
    if not (name or company):
        raise Refusal(_l("Write who it was: a name, or a company."), field="name")
    if (name or phone or email or card) and not consent_text:
        raise Refusal(
            _l("Ask first, and tick that they agree. Without it, write only the company."), field="agreed"
        )
    if consent_text and consent_text not in consent.TEXTS:
        raise Refusal(_l("This page is old. Please load it again."), field="agreed")
    if not stand.fair.first_day <= met_on <= clock.today():
        raise Refusal(_l("This is no day of the fair so far."))


def _event(kind: type[LeadEvent], lead: FairLead, by: Any) -> LeadEvent:
    return kind(
        lead_id=lead.id,
        fair_id=lead.fair_id,
        stand_id=lead.stand_id,
        cooperative_id=lead.stand.application.cooperative_id,
        actor_id=id_of(by),
    )
