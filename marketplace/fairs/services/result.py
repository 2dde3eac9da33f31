"""Results: declared by the exhibitor, verified by the alliance, followed up for a year."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from marketplace.fairs import notices, queries
from marketplace.fairs.events import (
    EvidenceAdded,
    FollowUpAsked,
    FollowUpDeclared,
    FollowUpVerified,
    ResultLocked,
    ResultReturned,
    ResultSubmitted,
    ResultTold,
    ResultVerified,
)
from marketplace.fairs.models import MONTHS, FairDeal, FairResult, FollowUp, ResultEvidence, Stand
from marketplace.fairs.states import DealKind, DealState, ResultState, result_lifecycle
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.media import receive_document
from marketplace.foundation.media.receiving import Clean
from marketplace.foundation.money import Money
from marketplace.foundation.reference import random_ref
from marketplace.foundation.text import clean_line
from marketplace.foundation.words import _l

MOST_EVIDENCE = 12
OPEN = (ResultState.DRAFT, ResultState.RETURNED)


def begin_result(*, stand: Stand, by: Any) -> FairResult:
    """The result of a stand, begun with what its day sheets add up to if there is none yet."""
    db.session.refresh(stand, with_for_update={"of": Stand}, attribute_names=["state"])
    there = queries.result_of(stand.id)
    if there is not None:
        return there
    totals = queries.sheet_totals(stand.id)
    result = FairResult(
        ref=random_ref(),
        stand=stand,
        fair_id=stand.fair_id,
        sales=totals.cash,
        orders=totals.orders,
        made_at=clock.now(),
    )
    db.session.add(result)
    db.session.flush()
    return result


def keep_result(
    *,
    result: FairResult,
    sales: Money,
    orders: int,
    best_sellers: str = "",
    difficulties: str = "",
    proposals: str = "",
    by: Any,
) -> None:
    """What was written so far; contacts, memoranda and contracts are counted from their own lists."""
    _take_turn(result)
    if result.state not in OPEN:
        raise Refusal(_l("This is handed in already. Ask the alliance to give it back."))
    result.sales, result.orders = sales, orders
    result.best_sellers, result.difficulties, result.proposals = best_sellers, difficulties, proposals
    _count(result)
    db.session.flush()


def submit_result(*, result: FairResult, told_by: str = "", by: Any) -> None:
    """Hand it in, from the last day of the fair on. `told_by` called: an officer wrote it down for them, and another
    one verifies it."""
    _take_turn(result)
    if clock.today() < result.stand.fair.last_day:
        raise Refusal(_l("The fair is not over: hand in the results on its last day or after it."))
    _count(result)
    result.submitted_at, result.submitted_by_id, result.returned_reason = clock.now(), id_of(by), ""
    result.told_by = clean_line(told_by)
    result_lifecycle.advance(result, "submit")
    db.session.flush()
    submitted: dict[str, Any] = {**_told(result), "sales": int(result.sales), "actor_id": id_of(by)}
    if result.told_by:
        announce(ResultTold(**submitted, who=result.told_by))
    else:
        announce(ResultSubmitted(**submitted))


def return_result(*, result: FairResult, reason: str, by: Any) -> None:
    """Give it back to be completed; what was verified of it counts no more."""
    _take_turn(result)
    result_lifecycle.advance(result, "return")
    result.returned_reason = reason
    _unverify(result)
    db.session.flush()
    announce(ResultReturned(**_told(result), reason=reason, actor_id=id_of(by)))
    notices.result_returned(result)


def verify_result(
    *,
    result: FairResult,
    sales: Money,
    orders: int,
    deals: Mapping[int, Money],
    note: str = "",
    by: Any,
) -> None:
    """What there is proof of: `deals` is deal id -> value, 0 for one that nothing shows. Never more than declared."""
    _take_turn(result)
    if result.told_by and result.submitted_by_id == id_of(by):
        raise Refusal(_l("You wrote this down for them: somebody else has to verify it."))
    standing = [deal for deal in queries.deals_of(result.stand_id) if deal.counted]
    _within_declared(result, sales, orders, deals, standing)
    if not note and not result.evidence and not any(deal.file_id for deal in standing):
        raise Refusal(_l("No proof was handed in: write what you have seen."), field="note")
    for deal in standing:
        deal.verified = deals.get(deal.id, Money(0))
    who = id_of(by)
    result_lifecycle.advance(result, "verify")
    _sum_up_verified(result, standing)
    result.verified_sales, result.verified_orders = sales, orders
    result.verified_at, result.verified_by_id, result.verified_note = clock.now(), who, note
    _plan_follow_ups(result)
    db.session.flush()
    announce(
        ResultVerified(
            **_told(result),
            sales=int(sales),
            contracts_value=int(result.verified_contracts_value or 0),
            actor_id=id_of(by),
        )
    )


def lock_result(*, result: FairResult, by: Any) -> None:
    """It stands in a filed report from now on."""
    result_lifecycle.advance(result, "lock")
    result.locked_at = clock.now()
    announce(ResultLocked(**_told(result), actor_id=id_of(by)))


def add_evidence(*, result: FairResult, files: Sequence[Clean], by: Any) -> None:
    """Pictures and papers, until it is handed in; the alliance adds its own until the report."""
    _take_turn(result)
    if result.state is ResultState.LOCKED:
        raise Refusal(_l("This stands in a filed report."))
    if len(result.evidence) + len(files) > MOST_EVIDENCE:
        raise Refusal(_l("%(most)s proofs at the most.", most=MOST_EVIDENCE), field="evidence")
    for file in files:
        document = receive_document(stream=file.stream, filename=file.filename, by=by, field="evidence")
        proof = ResultEvidence(result_id=result.id, document=document, by_id=id_of(by), at=clock.now())
        db.session.add(proof)
        announce(EvidenceAdded(**_told(result), actor_id=id_of(by)))
    db.session.flush()
    db.session.expire(result, ["evidence"])


# --- three, six and twelve months later --------------------------------------------------------------


def ask_follow_up(*, follow_up: FollowUp) -> bool:
    """Write to the exhibitor. False when that was done before."""
    db.session.refresh(follow_up, with_for_update={"of": FollowUp}, attribute_names=["asked_at"])
    if follow_up.asked_at is not None:
        return False
    follow_up.asked_at = clock.now()
    db.session.flush()
    announce(FollowUpAsked(**_told(follow_up.result), month=follow_up.month))
    notices.follow_up_asked(follow_up)
    return True


def declare_follow_up(
    *, follow_up: FollowUp, value: Money, words: str = "", told_by: str = "", by: Any
) -> None:
    """What was realised until then, as the exhibitor says; once verified it stands."""
    db.session.refresh(
        follow_up, with_for_update={"of": FollowUp}, attribute_names=["verified", "value", "due_on"]
    )
    if follow_up.verified is not None:
        raise Refusal(_l("The alliance has verified this already."))
    if clock.today() < follow_up.due_on:
        raise Refusal(_l("It is too early for this."))
    follow_up.value, follow_up.words, follow_up.told_by = value, words, clean_line(told_by)
    follow_up.declared_at, follow_up.declared_by_id = clock.now(), id_of(by)
    db.session.flush()
    announce(
        FollowUpDeclared(
            **_told(follow_up.result), month=follow_up.month, value=int(value), actor_id=id_of(by)
        )
    )


def verify_follow_up(*, follow_up: FollowUp, value: Money, by: Any) -> None:
    """What there is proof of. Never more than declared."""
    db.session.refresh(
        follow_up,
        with_for_update={"of": FollowUp},
        attribute_names=["verified", "value", "told_by", "declared_by_id"],
    )
    if follow_up.value is None:
        raise Refusal(_l("The exhibitor has not answered yet."))
    if follow_up.told_by and follow_up.declared_by_id == id_of(by):
        raise Refusal(_l("You wrote this down for them: somebody else has to verify it."))
    if value > follow_up.value:
        raise Refusal(_MORE, field="verified")
    follow_up.verified, follow_up.verified_at, follow_up.verified_by_id = value, clock.now(), id_of(by)
    db.session.flush()
    announce(
        FollowUpVerified(
            **_told(follow_up.result), month=follow_up.month, value=int(value), actor_id=id_of(by)
        )
    )


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day of a later month, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


# --- how it is done ---------------------------------------------------------------------------------

_MORE = _l("This is more than was declared. Give it back, so that the exhibitor declares it.")


def _take_turn(result: FairResult) -> None:
    db.session.refresh(
        result, with_for_update={"of": FairResult}, attribute_names=["state", "sales", "orders"]
    )


def _count(result: FairResult) -> None:
    """Contacts and deals as the lists have them."""
    deals = []
    for deal in queries.deals_of(result.stand_id):
        deal.counted = deal.state is not DealState.FAILED
        deals += [deal] if deal.counted else []
    memoranda = [deal for deal in deals if deal.kind is DealKind.MEMORANDUM]
    contracts = [deal for deal in deals if deal.kind is DealKind.CONTRACT]
    result.leads = queries.count_leads(result.stand_id)
    result.memoranda, result.memoranda_value = len(memoranda), _sum(deal.value for deal in memoranda)
    result.contracts, result.contracts_value = len(contracts), _sum(deal.value for deal in contracts)


def _sum_up_verified(result: FairResult, deals: Sequence[FairDeal]) -> None:
    seen = [deal for deal in deals if deal.verified]
    memoranda = [deal for deal in seen if deal.kind is DealKind.MEMORANDUM]
    contracts = [deal for deal in seen if deal.kind is DealKind.CONTRACT]
    result.verified_memoranda = len(memoranda)
    result.verified_memoranda_value = _sum(deal.verified or Money(0) for deal in memoranda)
    result.verified_contracts = len(contracts)
    result.verified_contracts_value = _sum(deal.verified or Money(0) for deal in contracts)


def _sum(values: Any) -> Money:
    return Money(sum(int(value) for value in values))


def _within_declared(
    result: FairResult, sales: Money, orders: int, deals: Mapping[int, Money], standing: Sequence[FairDeal]
) -> None:
    wrong: dict[str, Any] = {}
    if sales > result.sales:
        wrong["sales"] = _MORE
    if orders > result.orders:
        wrong["orders"] = _MORE
    wrong |= {f"deal_{d.id}": _MORE for d in standing if deals.get(d.id, Money(0)) > d.value}
    if wrong:
        raise Refusal(_MORE, fields=wrong)


def _unverify(result: FairResult) -> None:
    result.verified_sales = result.verified_memoranda_value = result.verified_contracts_value = None
    result.verified_orders = result.verified_memoranda = result.verified_contracts = None
    result.verified_at = result.verified_by_id = None
    result.verified_note = ""
    for deal in queries.deals_of(result.stand_id):
        deal.verified = None


def _plan_follow_ups(result: FairResult) -> None:
    planned = {each.month for each in result.follow_ups}
    for month in MONTHS:
        if month not in planned:
            due_on = months_later(result.stand.fair.last_day, month)
            result.follow_ups.append(FollowUp(month=month, due_on=due_on))


def _told(result: FairResult) -> dict[str, Any]:
    return {"result_id": result.id, "fair_id": result.fair_id, "stand_id": result.stand_id}
