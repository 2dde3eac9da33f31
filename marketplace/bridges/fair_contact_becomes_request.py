"""A fair's contact becomes a request: an officer writes it down for a buyer who is here, or whoever was met is asked to
buy here by a link that remembers where it was."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy import select

from marketplace import config
from marketplace.accounts.models import Organisation
from marketplace.bridges import notices, queries, services
from marketplace.bridges.events import ContactInvited
from marketplace.bridges.happening import of_lead
from marketplace.bridges.models import DealInvitation, DealLink
from marketplace.bridges.states import FromKind, How, ToKind
from marketplace.catalogue.models import Goods
from marketplace.fairs.models import FairLead
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.words import _l
from marketplace.linkage import services as linkage
from marketplace.linkage.models import Need
from marketplace.selection.states import Entered


def goods_wanted(lead: FairLead) -> Sequence[Goods]:
    """What the contact would like to buy, as requests name it."""
    found = {}
    for interest in lead.interests:
        commodity = interest.product.commodity
        if commodity is not None and commodity.goods is not None:
            found[commodity.goods.id] = commodity.goods
    return [*found.values()]


def request_of(lead: FairLead) -> Need | None:
    """What this contact became."""
    link = db.session.scalar(
        select(DealLink).where(
            DealLink.from_kind == FromKind.LEAD,
            DealLink.from_id == lead.id,
            DealLink.to_kind == ToKind.REQUEST,
            DealLink.removed_at.is_(None),
        )
    )
    return db.session.get(Need, link.to_id) if link is not None else None


def write_down(*, lead: FairLead, organisation: Organisation, goods: Goods, told_by: str, by: Any) -> Need:
    """An officer begins a request for the buyer that the contact belongs to. Pressed twice it is one request."""
    told = {"organisation": organisation, "goods": goods, "entered": Entered.PHONE, "told_by": told_by}
    return _begin(lead, told, by)


def ask_here(*, lead: FairLead, organisation: Organisation, goods: Goods, by: Any) -> Need:
    """Whoever was met begins a request for their own organisation, behind the link that was sent to them."""
    return _begin(lead, {"organisation": organisation, "goods": goods}, by)


def invite(*, lead: FairLead, by: Any) -> DealInvitation:
    """Ask a contact to buy here; the letter goes out once, where an e-mail was given. Only to people who agreed to be
    written to."""
    _lock(lead)
    if lead.consent_at is None:
        raise Refusal(_l("They did not agree to be written to."))
    there = queries.invitation_of(lead.id)
    if there is not None:
        return there
    if request_of(lead) is not None:
        raise Refusal(_l("This contact became a request already."))
    made = DealInvitation(lead_id=lead.id, by_id=id_of(by), at=clock.now())
    db.session.add(made)
    db.session.flush()
    notices.invited(lead, path_for(lead))
    announce(
        ContactInvited(lead_id=lead.id, fair_id=lead.fair_id, stand_id=lead.stand_id, actor_id=id_of(by))
    )
    return made


# --- the link ---------------------------------------------------------------------------------------


def path_for(lead: FairLead) -> str:
    """The page behind the link. It names the fair and the stand, never the person."""
    return f"/from-fair/{_serializer().dumps(lead.id)}"


def lead_behind(key: str) -> FairLead | None:
    """Whom a link was made for; nobody once they asked to be forgotten."""
    try:
        lead = queries.contact_by_id(int(_serializer().loads(key)))
    except (BadData, ValueError, TypeError):
        return None
    return lead if lead is not None and lead.consent_at is not None else None


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(config.current().secret_key, salt="bridges.contact")


# --- how it is done ---------------------------------------------------------------------------------


def _begin(lead: FairLead, told: dict[str, Any], by: Any) -> Need:
    _lock(lead)
    there = request_of(lead)
    if there is not None:
        return _theirs(there, told["organisation"])
    need = linkage.draft_need(**told, by=by)
    met_for = [each.product.commodity for each in lead.interests if each.product.commodity is not None]
    need.commodity = next((each for each in met_for if each.goods_id == need.goods_id), None)
    services.link(happened=of_lead(lead), to=need, how=How.MADE, by=by)
    return need


def _theirs(need: Need, organisation: Organisation) -> Need:
    if need.organisation_id != organisation.id:
        raise Refusal(_l("This contact became a request of another buyer already."))
    return need


def _lock(lead: FairLead) -> None:
    db.session.execute(select(FairLead.id).where(FairLead.id == lead.id).with_for_update())
