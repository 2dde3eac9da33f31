"""What was awarded comes back before its contract is signed: its seller gives it back, in full or week by week, or the
buyer takes it back from a seller who does not sign."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import update

from marketplace.foundation import clock, formats
from marketplace.foundation.db import db
from marketplace.foundation.errors import Conflict, Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.sharing import share_by_weight
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.helping.services import who_told
from marketplace.helping.states import Matter
from marketplace.linkage import awarded, queries, quote_holding, written
from marketplace.linkage.events import NeedPartReturned, NeedToDecideAgain, QuotePartReturned
from marketplace.linkage.models import (
    AwardReturn,
    AwardReturnLine,
    Need,
    NeedAward,
    NeedAwardLine,
    NeedLine,
    Pool,
    Quote,
)
from marketplace.linkage.services import need_section
from marketplace.linkage.services.contract import drop, lock_contract
from marketplace.linkage.services.pool import note_pool_returned
from marketplace.linkage.services.quote import take_turn
from marketplace.linkage.states import AwardKind, QuoteSide, need_lifecycle, quote_lifecycle
from marketplace.linkage.states.contract import ContractSide, ContractState

STEP = Decimal("0.001")


def give_back(
    *,
    award: NeedAward,
    weeks: Mapping[str, Decimal] | None = None,
    reason: str,
    told_by: str = "",
    by: Any,
) -> AwardReturn:
    """The seller cannot bring it: all that stands, or so much of each week ("2027-W11" → amount in the request's unit).

    What was set aside for it is free in the same moment, a contract that was begun is given up, and the buyer is told.
    `told_by` said it to an officer; the cooperative is asked whether it is right.
    Raises Refusal once the seller has signed, without a reason, for more than a week holds (field "week_2027-W11"), and
    for a part where the request goes to one seller.
    """
    _take_turn(award)
    seller = award.cooperative
    outside = seller.organisation_id not in by.organisation_ids
    if outside:
        told_by = who_told(cooperative=seller, matter=Matter.QUOTES, told_by=told_by, by=by)
    made = _come_back(award, QuoteSide.SELLER, _of_weeks(award, weeks), reason, by)
    if outside:
        written.note_return(made, told_by, by)
    return made


def take_back(*, award: NeedAward, reason: str, by: Any) -> AwardReturn:
    """The buyer takes all of it back from a seller who has not signed in time. Raises Refusal before that day."""
    _take_turn(award)
    if clock.now() < (until := queries.sign_by(award)):
        raise Refusal(
            _l(
                "They have until %(until)s to sign: you can take it back after that.",
                until=formats.date_time(until, locale()),
            )
        )
    return _come_back(award, QuoteSide.BUYER, _of_weeks(award, None), reason, by)


def _take_turn(award: NeedAward) -> None:
    """As it stands now: whoever awards, gives back or begins its contract waits."""
    need_section.take_turn(award.need)
    db.session.refresh(award)
    for line in award.lines:
        db.session.refresh(line)


def _of_weeks(award: NeedAward, weeks: Mapping[str, Decimal] | None) -> dict[int, Decimal]:
    """Line → how much of it; within a week in proportion to what its lines hold."""
    if award.kind is not AwardKind.PART or not award.standing:
        raise Refusal(_l("Nothing of this is awarded any more."))
    lines = {line.line_id: line for line in award.lines if line.standing}
    if weeks is None:
        return {id: line.standing for id, line in lines.items()}
    found: dict[int, Decimal] = {}
    wrong: dict[str, Any] = {}
    for week, amount in weeks.items():
        if not amount:
            continue
        own = {id: line.standing for id, line in lines.items() if str(line.line.iso_week) == week}
        most = sum(own.values(), Decimal(0))
        if not 0 < amount <= most:
            told = formats.amount(most, award.need.unit, locale())
            wrong[f"week_{week}"] = _l("%(most)s of this week are yours: write that or less.", most=told)
            continue
        found |= _in_proportion(amount, own)
    if wrong:
        raise Refusal(_l("These numbers do not fit yet."), fields=wrong)
    if not found:
        raise Refusal(_l("Write how much of which week you give back, or give back all of it."))
    return found


def _in_proportion(amount: Decimal, own: Mapping[int, Decimal]) -> dict[int, Decimal]:
    """Nothing is lost: whole units where all are whole, else thousandths, the odd ones to the largest remainder."""
    step = Decimal(1) if all(each == int(each) for each in (amount, *own.values())) else STEP
    steps = {id: int(each / step) for id, each in own.items()}
    shares = share_by_weight(int(amount / step), steps, caps=steps)
    return {id: share.amount * step for id, share in shares.items() if share.amount}


def _come_back(
    award: NeedAward, side: QuoteSide, quantities: Mapping[int, Decimal], reason: str, by: Any
) -> AwardReturn:
    words = reason.strip()[:400]
    if not words:
        raise Refusal(_l("Please say why: the other side reads it."), field="reason")
    need, total = award.need, sum(quantities.values(), Decimal(0))
    if not need.splits and total < award.standing:
        raise Refusal(_l("This request goes to one seller: give back all of it, or call the buyer."))
    _give_up_contract(award, words, by)
    made = _written(award, side, quantities, words, by)
    announce(
        NeedPartReturned(
            need_id=need.id,
            organisation_id=need.organisation_id,
            award_id=award.id,
            return_id=made.id,
            cooperative_id=award.cooperative_id,
            name=award.cooperative.called,
            quantity=format(total.normalize(), "f"),
            unit=need.unit,
            side=side.value,
            words=words,
            actor_id=id_of(by),
        )
    )
    answer = awarded.answer_of(award.source)
    if isinstance(answer, Pool):
        note_pool_returned(pool=answer, award=award, side=side, reason=words, by=by)
    else:
        _of_quote(answer, award, made, by)
    _decide_again(need, by)
    return made


def _give_up_contract(award: NeedAward, words: str, by: Any) -> None:
    """The text that was begun says too much now; in force or signed by the seller it holds."""
    contract = queries.contract_of_award(award.source)
    if contract is None:
        return
    lock_contract(contract)
    if contract.state is ContractState.DROPPED:
        return
    if contract.state is not ContractState.AGREEING:
        raise Refusal(_l("The contract is signed: what changes now is agreed in an annex."))
    version = contract.versions[0]
    if version.signed_by(ContractSide.SELLER) is not None:
        raise Refusal(_l("The seller has signed the contract: give up the contract first."))
    drop(version=version, reason=words, by=by)


def _written(
    award: NeedAward, side: QuoteSide, quantities: Mapping[int, Decimal], words: str, by: Any
) -> AwardReturn:
    """Out of the award and of the lines of the request, each only as far as it reaches."""
    lines = {line.id: line for line in award.need.lines}
    for line_id, amount in sorted(quantities.items()):
        came: Any = db.session.execute(
            update(NeedAwardLine)
            .where(
                NeedAwardLine.award_id == award.id,
                NeedAwardLine.line_id == line_id,
                NeedAwardLine.returned + amount <= NeedAwardLine.quantity,
            )
            .values(returned=NeedAwardLine.returned + amount)
            .execution_options(synchronize_session=False)
        )
        free: Any = db.session.execute(
            update(NeedLine)
            .where(NeedLine.id == line_id, NeedLine.awarded >= amount)
            .values(awarded=NeedLine.awarded - amount)
            .execution_options(synchronize_session=False)
        )
        if came.rowcount != 1 or free.rowcount != 1:
            raise Conflict(_l("This has changed in the meantime. Please look at it again."))
        db.session.refresh(lines[line_id])
    total = sum(quantities.values(), Decimal(0))
    award.returned += total
    award.need.awarded -= total
    if not award.need.awarded:
        need_lifecycle.advance(award.need, "decide_again")
        award.need.decided_at = None
    db.session.flush()
    made = AwardReturn(
        award=award,
        side=side,
        quantity=total,
        reason=words,
        by_id=id_of(by),
        at=clock.now(),
        lines=[AwardReturnLine(line_id=id, quantity=amount) for id, amount in quantities.items()],
    )
    db.session.add(made)
    db.session.flush()
    for line in award.lines:
        db.session.refresh(line)
    return made


def _of_quote(quote: Quote, award: NeedAward, made: AwardReturn, by: Any) -> None:
    take_turn(quote)
    quote_holding.lessen(quote=quote, quantities=award.quantities, by=by)
    if not award.standing:
        quote_lifecycle.advance(quote, "give_back")
    db.session.flush()
    announce(
        QuotePartReturned(
            quote_id=quote.id,
            need_id=quote.need_id,
            cooperative_id=quote.cooperative_id,
            quantity=format(made.quantity.normalize(), "f"),
            unit=quote.need.unit,
            side=made.side.value,
            words=made.reason,
            actor_id=id_of(by),
        )
    )


def _decide_again(need: Need, by: Any) -> None:
    if not need.awarded:
        announce(NeedToDecideAgain(need_id=need.id, organisation_id=need.organisation_id, actor_id=id_of(by)))
