"""Deals that begin at a fair which runs today, for tests and for the one that opens every page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from marketplace.bridges import fair_contact_becomes_request as contacts
from marketplace.bridges import fair_deal_becomes_contract as papers
from marketplace.bridges import services
from marketplace.bridges.happening import of_meeting
from marketplace.bridges.models import DealPath
from marketplace.bridges.states import How, PathSide
from marketplace.fairs.meeting_states import MeetingRoundState
from marketplace.fairs.models import Fair, FairDeal, FairLead, Meeting, MeetingGuest, MeetingRound, Stand
from marketplace.fairs.states import DealKind
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.reference import random_ref
from marketplace.linkage.models import Contract, Need
from tests.buyers.company import Company
from tests.fairs.showing import met, showing, signed
from tests.linkage.agreed import in_force
from tests.linkage.asked import carrots, opened
from tests.world import World

PAGES = {"office_deals", "desk_deals", "buyer_deals", "from_fair"}


def contact(world: World, stand: Stand, **told: Any) -> FairLead:
    """Somebody of BigMart who wants carrots and agreed to be written to."""
    return met(world, stand, company="Siêu thị BigMart", interests=[world.carrots], **told)


def meeting(stand: Stand, company: Company, day: dt.date | None = None) -> Meeting:
    """BigMart and the stand sat at a table, row by row."""
    with transaction():
        held = MeetingRound(
            ref=random_ref(),
            fair_id=stand.fair_id,
            day=day or clock.today(),
            opens=dt.time(8),
            closes=dt.time(11),
            tables=4,
            wishes_until=clock.now(),
            state=MeetingRoundState.OPEN,
            made_at=clock.now(),
        )
        buyer = MeetingGuest(
            ref=random_ref(), round=held, organisation_id=company.bigmart.id, joined_at=clock.now()
        )
        seller = MeetingGuest(ref=random_ref(), round=held, stand_id=stand.id, joined_at=clock.now())
        made = Meeting(
            ref=random_ref(),
            round=held,
            starts=dt.time(8),
            table_no=1,
            buyer=buyer,
            exhibitor=seller,
            made_at=clock.now(),
        )
        db.session.add(made)
    return made


def written_down(world: World, company: Company, lead: FairLead) -> Need:
    with transaction():
        return contacts.write_down(
            lead=lead, organisation=company.bigmart, goods=carrots(), told_by="Chị Hạnh", by=world.officer
        )


def paper_linked(world: World, company: Company, stand: Stand) -> tuple[FairDeal, Contract]:
    """A memorandum with BigMart that became a contract in force."""
    deal = signed(
        world,
        stand,
        DealKind.MEMORANDUM,
        120_000_000,
        partner="BigMart",
        country="VN",
        product=world.carrots,
        quantity=Decimal(20_000),
    )
    contract = in_force(world, company)
    with transaction():
        papers.confirm(deal=deal, contract=contract, by=world.officer)
    return deal, contract


def path_of(need: Need | None = None, contract: Contract | None = None) -> DealPath:
    db.session.expire_all()
    query = select(DealPath).where(DealPath.ended_at.is_(None))
    query = (
        query.where(DealPath.need_id == need.id)
        if need
        else query.where(DealPath.contract_id == (contract.id if contract else None))
    )
    return db.session.scalars(query).one()


@dataclass(frozen=True)
class Deals:
    """A contact that waits and one that was asked, a paper that waits, a path of a request and one of a contract."""

    fair: Fair
    waiting: FairLead
    asked: FairLead
    paper: FairDeal
    of_contract: DealPath
    of_request: DealPath
    open: Need
    key: str

    def values(self, endpoint: str) -> dict[str, Any]:
        """What the address of this page names."""
        page, _, _name = endpoint.partition(".")
        if page not in PAGES:
            return {}
        return {
            "path": self.of_contract.ref,
            "lead": str(self.waiting.id),
            "deal": self.paper.ref,
            "fair": self.fair.slug,
            "step": "contracts",
            "need": self.open,
            "key": self.key,
        }

    def again(self) -> list[tuple[str, dict[str, Any]]]:
        """The same pages of deals at other stages."""
        return [
            ("office_deals.show", {"path": self.of_request.ref}),
            ("buyer_deals.show", {"path": self.of_request.ref}),
            ("desk_deals.contact", {"lead": str(self.asked.id)}),
            ("office_deals.contact", {"lead": str(self.asked.id)}),
            ("office_deals.rows", {"fair": self.fair.slug, "step": "contacts"}),
        ]


def deals(world: World, company: Company) -> Deals:
    at = showing(world)
    waiting, asked = contact(world, at.carrots), contact(world, at.carrots, name="Trần Văn Sơn")
    with transaction():
        contacts.invite(lead=asked, by=world.director)
    sat = meeting(at.carrots, company)
    began, still = opened(company), opened(company)
    with transaction():
        services.link(happened=of_meeting(sat), to=began, how=How.SAID, by=company.hanh)
    _linked, contract = paper_linked(world, company, at.carrots)
    paper = signed(world, at.carrots, DealKind.CONTRACT, 50_000_000, partner="Công ty Hansalim")
    of_request, of_contract = path_of(began), path_of(contract=contract)
    with transaction():
        services.object_to(
            path=of_request, side=PathSide.BUYER, words="Hai bên quen nhau từ trước", by=company.hanh
        )
    key = contacts.path_for(asked).rsplit("/", 1)[1]
    return Deals(at.fair, waiting, asked, paper, of_contract, of_request, still, key)
