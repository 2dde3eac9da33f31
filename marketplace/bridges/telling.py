"""A deal path as a line of stages: what happened when, between whom, how much, for how much money."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from marketplace.bridges import queries
from marketplace.bridges.models import DealLink, DealPath
from marketplace.bridges.queries.sums import NOTHING
from marketplace.bridges.states import FROM_LABELS, HOW_LABELS, STEP_LABELS, FromKind, Step
from marketplace.fairs.models import FairDeal, FairLead, Meeting
from marketplace.fairs.states import DEAL_KIND_LABELS
from marketplace.foundation import clock, formats
from marketplace.foundation.db import db
from marketplace.foundation.money import Money
from marketplace.foundation.units import UNITS
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _
from marketplace.fulfilment.worth import accepted_worth, paid_worth
from marketplace.linkage import ladder, need_words
from marketplace.linkage.models import Contract, Need, NeedAward, Pool, Quote
from marketplace.linkage.queries.pool import SHOWN_TO_BUYERS
from marketplace.linkage.states import AwardKind, QuoteState
from marketplace.linkage.states.contract import CONTRACT_LABELS, UNSIGNED, ContractSide

RUNGS = (Step.CALLED, Step.DELIVERED, Step.ACCEPTED, Step.PAID)


@dataclass(frozen=True)
class Line:
    """One row of a stage. `note` is said under it in small; `link` lets officers take it away."""

    words: str
    kg: Decimal | None = None
    value: Money | None = None
    url: str = ""
    note: str = ""
    link: DealLink | None = None


@dataclass(frozen=True)
class Stage:
    """`kg` and `value` add up its lines. `key` names it on the page."""

    key: str
    title: Any
    day: dt.date | None = None
    lines: Sequence[Line] = field(default=())
    told: str = ""

    @property
    def done(self) -> bool:
        return bool(self.lines)

    @property
    def kg(self) -> Decimal | None:
        known = [line.kg for line in self.lines if line.kg is not None]
        return sum(known, NOTHING) if known else None

    @property
    def value(self) -> Money | None:
        known = [line.value for line in self.lines if line.value is not None]
        return sum(known, Money(0)) if known else None


def timeline(path: DealPath, side: ContractSide, cooperative_id: int | None = None) -> list[Stage]:
    """The whole deal for officers and its buyer; for a cooperative its own part of it. A constant number of statements
    for each link of the path."""
    contracts = [each for each in queries.contracts_on(path) if cooperative_id in (None, each.cooperative_id)]
    stages = [_at_fair(path, side)]
    if path.need is not None:
        stages += [_request(path.need, side), _quotes(path.need, side, cooperative_id)]
        stages.append(_awards(path.need, cooperative_id))
    stages.append(_contracts(path, contracts))
    return [*stages, *_kept(path, contracts)]


def _at_fair(path: DealPath, side: ContractSide) -> Stage:
    fair = path.fair
    days = f"{formats.date(fair.first_day, locale())}{formats.DASH}{formats.date(fair.last_day, locale())}"
    lines = [_link_line(each, side) for each in path.standing]
    return Stage("fair", _("At the fair: %(fair)s", fair=fair.name), fair.first_day, lines, days)


def _link_line(link: DealLink, side: ContractSide) -> Line:
    """Who it was stays with the stand that wrote it down: a company is named, a person is not."""
    words, value = str(FROM_LABELS[link.from_kind]), None
    if link.from_kind is FromKind.LEAD:
        lead = db.session.get(FairLead, link.from_id)
        words += f": {lead.company}" if lead is not None and lead.company else ""
    elif link.from_kind is FromKind.MEETING:
        meeting = db.session.get(Meeting, link.from_id)
        if meeting is not None:
            words += f": {meeting.buyer.name} – {meeting.exhibitor.name}"
    elif link.from_kind is FromKind.FAIR_DEAL:
        deal = db.session.get(FairDeal, link.from_id)
        if deal is not None:
            words = f"{DEAL_KIND_LABELS[deal.kind]}: {deal.partner}"
            told = _("declared at the fair: %(sum)s", sum=formats.vnd(deal.value, locale()))
            return Line(words, note=f"{told}; {HOW_LABELS[link.how]}", link=link)
    by = _(", %(name)s", name=link.by.name) if link.by is not None and side is ContractSide.OFFICE else ""
    at = formats.date(clock.to_local(link.at).date(), locale())
    return Line(words, value=value, note=f"{HOW_LABELS[link.how]} ({at}{by})", link=link)


def _request(need: Need, side: ContractSide) -> Stage:
    page = {ContractSide.OFFICE: "office_requests.show", ContractSide.BUYER: "buyer_requests.show"}.get(side)
    if side is ContractSide.OFFICE and need.opened_at is None and need.entered == "online":
        page = None
    words = f"{need.number or _('draft')}: {need_words.title(need)}, {need.organisation.name}"
    line = Line(words, kg=_kg(need.total, need.unit), url=url_for(page, need=need) if page else "")
    return Stage(
        Step.REQUESTS, _("Request"), clock.to_local(need.opened_at or need.drafted_at).date(), [line]
    )


def _quotes(need: Need, side: ContractSide, cooperative_id: int | None) -> Stage:
    """What was answered, quotes and pools alike; of sealed ones the buyer reads nothing."""
    if side is ContractSide.BUYER and need.sealed_now:
        return Stage(Step.QUOTES, STEP_LABELS[Step.QUOTES])
    told = [*_of_quotes(need, side, cooperative_id), *_of_pools(need, side, cooperative_id)]
    told.sort(key=lambda pair: pair[0])
    day = clock.to_local(told[0][0]).date() if told else None
    return Stage(Step.QUOTES, STEP_LABELS[Step.QUOTES], day, [line for _at, line in told])


Told = list[tuple[dt.datetime, Line]]
"""Each line with when it came."""


def _of_quotes(need: Need, side: ContractSide, cooperative_id: int | None) -> Told:
    query = select(Quote).where(Quote.need_id == need.id, Quote.state != QuoteState.WITHDRAWN)
    if cooperative_id is not None:
        query = query.where(Quote.cooperative_id == cooperative_id)
    found = db.session.scalars(query.options(joinedload(Quote.cooperative)).order_by(Quote.id))
    page = {ContractSide.OFFICE: "office_quotes.show", ContractSide.BUYER: "buyer_quotes.show"}.get(side)
    closed = (
        side is ContractSide.OFFICE and need.entered == "online"
    )  # the office reads quotes of what it wrote down
    return [
        (
            each.submitted_at,
            Line(
                each.cooperative.called,
                url="" if closed else url_for(page or "desk_quotes.show", quote=each),
            ),
        )
        for each in found
    ]


def _of_pools(need: Need, side: ContractSide, cooperative_id: int | None) -> Told:
    """By the cooperative that leads it; how its members share stays theirs."""
    query = select(Pool).where(Pool.need_id == need.id, Pool.state.in_(SHOWN_TO_BUYERS))
    if cooperative_id is not None:
        query = query.where(Pool.lead_id == cooperative_id)
    pages = {ContractSide.OFFICE: "office_pools.show", ContractSide.BUYER: "buyer_pools.answer"}
    page = pages.get(side, "lead_pools.show")
    return [
        (
            each.answered_at or each.formed_at,
            Line(_("Pool led by %(lead)s", lead=each.lead.called), url=url_for(page, pool=each)),
        )
        for each in db.session.scalars(query.options(joinedload(Pool.lead)).order_by(Pool.id))
    ]


def _awards(need: Need, cooperative_id: int | None) -> Stage:
    query = select(NeedAward).where(NeedAward.need_id == need.id, NeedAward.kind == AwardKind.PART)
    query = query.where(NeedAward.returned < NeedAward.quantity)
    if cooperative_id is not None:
        query = query.where(NeedAward.cooperative_id == cooperative_id)
    found = db.session.scalars(query.options(joinedload(NeedAward.cooperative)).order_by(NeedAward.id)).all()
    lines = [Line(each.cooperative.called, kg=_kg(each.standing, need.unit)) for each in found]
    day = clock.to_local(found[0].at).date() if found else None
    return Stage(Step.AWARDED, STEP_LABELS[Step.AWARDED], day, lines)


def _contracts(path: DealPath, contracts: Sequence[Contract]) -> Stage:
    lines = [
        Line(
            f"{each.number or ''} {each.title}".strip(),
            kg=each.agreed if counts(path, each) else None,
            value=each.value if counts(path, each) else None,
            url=url_for("contracts.show", contract=each) if each.number else "",
            note=_contract_note(path, each),
        )
        for each in contracts
    ]
    signed = [each.signed_on for each in contracts if each.signed_on is not None]
    return Stage(Step.CONTRACTS, STEP_LABELS[Step.CONTRACTS], min(signed) if signed else None, lines)


def _contract_note(path: DealPath, contract: Contract) -> str:
    parties = f"{contract.cooperative.called} – {contract.buyer.name}"
    state = str(CONTRACT_LABELS[contract.state]).lower()
    if contract.signed_on is None or counts(path, contract):
        return f"{parties}; {state}"
    last = formats.date(path.counts_until, locale())
    late = _("signed after %(day)s, so it is not counted for the fair", day=last)
    return f"{parties}; {late}"


def counts(path: DealPath, contract: Contract) -> bool:
    """Signed, and in time to count for the fair."""
    signed = contract.state not in UNSIGNED
    return signed and contract.signed_on is not None and contract.signed_on <= path.counts_until


def _kept(path: DealPath, contracts: Sequence[Contract]) -> list[Stage]:
    """Called, delivered, accepted, paid: each contract that counts, by its own ladder."""
    own = {each.id: each for each in contracts if counts(path, each)}
    money = {Step.ACCEPTED: accepted_worth(own), Step.PAID: paid_worth(own)}
    stages = []
    for step in RUNGS:
        teller = ladder.TELLERS.get(str(step))
        told = teller([*own]) if teller is not None and own else {}
        lines = [
            Line(
                own[id].number or own[id].title,
                kg=kg,
                value=money.get(step, {}).get(id),
                url=url_for("contract_ladder.show", contract=own[id], rung=str(step)),
            )
            for id, kg in told.items()
            if kg
        ]
        stages.append(Stage(step, STEP_LABELS[step], None, lines))
    return stages


def _kg(quantity: Decimal, unit: str) -> Decimal | None:
    weight = UNITS[unit].kg
    return quantity * weight if weight is not None else None
