"""The life of a pool: formed, its terms published, members invited, their words taken, locked, answered, ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from marketplace.cooperatives import queries as cooperatives
from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import MemberState
from marketplace.foundation import clock, formats
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.money import Money
from marketplace.foundation.reference import random_ref
from marketplace.foundation.text import clean_line
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.helping import services as helping
from marketplace.helping.states import Matter
from marketplace.linkage import arriving, pool_weeks, queries, written
from marketplace.linkage.events import (
    PoolAnswered,
    PoolDeliveryBegan,
    PoolDissolved,
    PoolEvent,
    PoolFormed,
    PoolLocked,
    PoolLost,
    PoolMemberCommitted,
    PoolMemberDelivered,
    PoolMemberEntered,
    PoolMemberEvent,
    PoolMemberInvited,
    PoolMemberReleased,
    PoolPartReturned,
    PoolReserved,
    PoolSettled,
    PoolTermsChanged,
    PoolWon,
)
from marketplace.linkage.models import Need, NeedAward, Pool, PoolCommitment, PoolMember
from marketplace.linkage.services import pool_allocation
from marketplace.linkage.sharing import SharingRule
from marketplace.linkage.states import (
    BOUND,
    SHARED,
    PoolMemberState,
    PoolState,
    QuoteSide,
    pool_lifecycle,
    pool_member_lifecycle,
)
from marketplace.places.distance import km_between
from marketplace.places.queries import point
from marketplace.selection.states import Entered

Word = tuple[int, int]
"""From the least to the most, kilograms of one week."""
SAY_WHY = _l("Please say why: everybody in the pool reads it.")


def form_pool(
    *,
    need: Need,
    lead: Cooperative,
    rule: SharingRule,
    goal: int,
    join_by: dt.datetime,
    floor: int = 0,
    radius: int | None = None,
    words: str = "",
    by: Any,
) -> Pool:
    """Begin to gather members for `goal` kilograms of a request. The lead is its first member.

    Raises Refusal for a request that takes no answers or is counted by pieces, for a lead that may not answer it or
    sign, for a goal that is more than is left, and for a day to join by that comes too late for an answer.
    """
    if not need.takes_quotes:
        raise Refusal(_l("This request takes no answers any more."))
    _can_lead(need, lead)
    _sensible(need, goal, join_by, rule, floor)
    pool = Pool(
        ref=random_ref(),
        need=need,
        lead=lead,
        rule=rule,
        floor=floor,
        goal=goal,
        join_by=join_by,
        radius=radius,
        words=words.strip(),
        by_id=by.id,
        formed_at=clock.now(),
    )
    db.session.add(pool)
    db.session.flush()
    announce(
        PoolFormed(
            pool_id=pool.id,
            need_id=need.id,
            cooperative_id=lead.id,
            name=lead.called,
            rule=rule.value,
            actor_id=id_of(by),
        )
    )
    invite_to_pool(pool=pool, cooperative=lead, by=by)
    return pool


def _can_lead(need: Need, lead: Cooperative) -> None:
    if not queries.may_quote(need, lead.id):
        raise Refusal(_l("The buyer did not invite this cooperative: another one has to lead."), field="lead")
    if not cooperatives.can_contract(lead):
        raise Refusal(
            _l("%(name)s cannot sign a contract: another one has to lead.", name=lead.called), field="lead"
        )


def _sensible(need: Need, goal: int, join_by: dt.datetime, rule: SharingRule, floor: int) -> None:
    left = pool_weeks.kilograms(need.left, need.unit)
    if not 0 < goal <= left or (not need.splits and goal < left):
        told = formats.amount(left, "kg", locale())
        sentence = (
            _l("%(left)s are asked for: write %(left)s or less.", left=told)
            if need.splits
            else _l("This request goes to one seller: the pool has to bring all %(left)s.", left=told)
        )
        raise Refusal(sentence, field="goal")
    if not clock.now() < join_by:
        raise Refusal(_l("This day has passed."), field="join_by")
    if need.quotes_until is None or join_by >= need.quotes_until:
        raise Refusal(_l("The buyer takes answers only until then: choose an earlier day."), field="join_by")
    if floor and rule is not SharingRule.EQUAL:
        raise Refusal(_l("Only equal shares have a floor."), field="floor")


def change_pool_terms(
    *, pool: Pool, rule: SharingRule, goal: int, join_by: dt.datetime, floor: int, words: str, by: Any
) -> None:
    """Another rule, goal or day, while nobody has given their word: a rule is published before anybody commits."""
    _take_turn(pool)
    if pool.state is not PoolState.FORMING or any(member.committed_at for member in pool.members):
        raise Refusal(_l("Somebody has already committed under these terms: they stay as they are."))
    _sensible(pool.need, goal, join_by, rule, floor)
    pool.rule, pool.goal, pool.join_by, pool.floor, pool.words = rule, goal, join_by, floor, words.strip()
    db.session.flush()
    announce(_about(PoolTermsChanged, pool, by, rule=rule.value))


def invite_to_pool(*, pool: Pool, cooperative: Cooperative, by: Any) -> PoolMember:
    """Ask a cooperative to take part: while the pool forms, or later, in the place of somebody who dropped out."""
    if not pool.joinable and pool.state not in SHARED:
        raise Refusal(_l("Nobody can join this pool any more."))
    if cooperative.state is not MemberState.ADMITTED:
        raise Refusal(_l("%(name)s is not a member of the alliance.", name=cooperative.called))
    if any(member.cooperative_id == cooperative.id for member in pool.members):
        raise Refusal(_l("%(name)s was invited already.", name=cooperative.called))
    member = PoolMember(
        pool=pool,
        cooperative=cooperative,
        km=km_between(arriving.point_told(pool.need.place), point(cooperative.address)),
        invited_by_id=id_of(by),
        invited_at=clock.now(),
    )
    db.session.add(member)
    db.session.flush()
    announce(_of_member(PoolMemberInvited, member, by))
    return member


def commit_to_pool(
    *,
    member: PoolMember,
    source: queries.pool.Source,
    weeks: Mapping[str, Word],
    entered: Entered = Entered.ONLINE,
    told_by: str = "",
    by: Any,
) -> None:
    """A member's word: from a least to a most, kilograms by week, of one of its products.

    It can be changed until the pool is locked. Raises Refusal that names the fields "least_<week>" and "most_<week>":
    upside down, or more than the ledger has free.
    """
    pool = member.pool
    _take_turn(pool)
    _can_commit(member)
    if entered is not Entered.ONLINE:
        told_by = helping.who_told(
            cooperative=member.cooperative, matter=Matter.QUOTES, told_by=told_by, by=by
        )
    said = {week: word for week, word in weeks.items() if word[1] or word[0]}
    _word_holds(pool, source, said)
    if member.state is PoolMemberState.INVITED:
        pool_member_lifecycle.advance(member, "commit")
    member.product, member.grade = source.product, source.grade
    member.entered = entered
    member.told_by = "" if entered is Entered.ONLINE else clean_line(told_by)[:120]
    member.committed_at = member.committed_at or clock.now()
    before = {each.week: each for each in member.weeks}
    member.weeks = [_said(before.get(week), week, *word) for week, word in sorted(said.items())]
    db.session.flush()
    _announce_word(member, by)
    written.note_commitment(member, clock.now().isoformat(), by)


def _said(before: PoolCommitment | None, week: str, least: int, most: int) -> PoolCommitment:
    row = before or PoolCommitment(week=week)
    row.least, row.most = least, most
    return row


def _can_commit(member: PoolMember) -> None:
    pool = member.pool
    if pool.state is PoolState.FORMING and not pool.joinable:
        raise Refusal(_l("The day to join by has passed."))
    if pool.state is not PoolState.FORMING and pool.state not in SHARED:
        raise Refusal(_l("Nobody can join this pool any more."))
    if member.state not in (PoolMemberState.INVITED, PoolMemberState.COMMITTED):
        raise Refusal(
            _l("This has changed in the meantime and can no longer be done. Please look at it again.")
        )


def _word_holds(pool: Pool, source: queries.pool.Source, said: Mapping[str, Word]) -> None:
    goal = queries.pool.goal_by_week(pool)
    wrong: dict[str, Any] = {}
    for week, (least, most) in said.items():
        free = source.free.get(week, 0)
        if week not in goal:
            raise Refusal(_l("The pool brings nothing in this week."))
        if least > most:
            wrong[f"least_{week}"] = _l("The least cannot be more than the most.")
        elif most > free:
            left = formats.amount(free, "kg", locale())
            wrong[f"most_{week}"] = _l(
                "By your own forecast %(left)s of this week are free: write %(left)s or less, or forecast more first.",
                left=left,
            )
    if wrong:
        raise Refusal(_l("These numbers do not fit yet."), fields=wrong)
    if not said:
        raise Refusal(_l("Write how much you can bring."), field="most")


def _announce_word(member: PoolMember, by: Any) -> None:
    told = {"least": member.least, "most": member.most}
    if member.entered is Entered.ONLINE:
        announce(_of_member(PoolMemberCommitted, member, by, **told))
    else:
        announce(_of_member(PoolMemberEntered, member, by, who=member.told_by, **told))


def release_pool_member(*, member: PoolMember, reason: str, by: Any) -> None:
    """Somebody does not come, or drops out; what was promised for them is free again. The rest is computed anew."""
    pool = member.pool
    _take_turn(pool)
    words = _why(reason)
    pool_member_lifecycle.advance(member, "release")
    member.released_at, member.reason = clock.now(), words
    db.session.flush()
    pool_allocation.let_go(member=member, by=by)
    announce(_of_member(PoolMemberReleased, member, by, words=words))


def lock_pool(*, pool: Pool, by: Any) -> None:
    """Nobody changes their word any more; the lot is drawn, and the shares are computed from what stands now."""
    _take_turn(pool)
    bound = [member for member in pool.members if member.state in BOUND]
    if not bound:
        raise Refusal(_l("Nobody has said yet how much they bring."))
    pool_lifecycle.advance(pool, "lock")
    pool.seed, pool.locked_at = random_ref(), clock.now()
    db.session.flush()
    announce(_about(PoolLocked, pool, by, members=len(bound)))
    pool_allocation.queue_allocation(pool=pool, by=by)


def answer_with_pool(*, pool: Pool, price: Money, by: Any) -> None:
    """Answer the buyer as one: what the members have together, at one price of a kilogram."""
    _take_turn(pool)
    held = queries.pool_allocation.allocation_in_force(pool.id)
    if held is None:
        raise Refusal(_l("First put a computation of the shares in force: the answer promises what it says."))
    if not pool.need.takes_quotes:
        raise Refusal(_l("This request takes no answers any more."))
    if price <= 0:
        raise Refusal(_l("Write more than 0."), field="price")
    pool_lifecycle.advance(pool, "answer")
    pool.price, pool.answered_at = price, clock.now()
    db.session.flush()
    kg = sum(share.kg for share in held.shares)
    announce(_about(PoolAnswered, pool, by, need_id=pool.need_id, price=int(price), kg=kg))


def note_pool_reserved(*, pool: Pool, rank: int, by: Any = None) -> None:
    """The buyer chose others first. What its members promised stays promised: it may be chosen later."""
    pool_lifecycle.advance(pool, "reserve")
    db.session.flush()
    announce(_about(PoolReserved, pool, by, rank=rank))


def note_pool_won(*, pool: Pool, kg: int, by: Any = None) -> None:
    """The buyer chose the pool for so much. Less than it answered with is computed anew, by the same rule."""
    pool_lifecycle.advance(pool, "win")
    pool.won = kg
    db.session.flush()
    announce(_about(PoolWon, pool, by, need_id=pool.need_id, kg=kg))
    held = queries.pool_allocation.allocation_in_force(pool.id)
    if held is not None and sum(share.kg for share in held.shares) != kg:
        told = formats.amount(kg, "kg", "vi")
        pool_allocation.queue_allocation(
            pool=pool,
            reason=_l("The buyer chose the pool for %(kg)s.", kg=told),
            keep=False,
            overtake=True,
            by=by,
        )


def note_pool_returned(*, pool: Pool, award: NeedAward, side: QuoteSide, reason: str, by: Any = None) -> None:
    """A part of what the pool won came back, or all of it: what its members promised for it is free at once, in
    proportion; what each of them brings of the rest is computed anew, by the same rule."""
    _take_turn(pool)
    before = pool.won or 0
    left = pool_weeks.kilograms(award.standing, pool.need.unit)
    if award.standing and not left:
        raise Refusal(_l("Less than a kilogram would be left: give back all of it."))
    told = {"need_id": pool.need_id, "kg": before - left, "left": left, "side": side.value, "words": reason}
    if not left:
        pool_lifecycle.advance(pool, "give_back")
        pool.won, pool.reason = None, reason[:500]
        _end(pool, by)
        announce(_about(PoolPartReturned, pool, by, **told))
        return
    pool.won = left
    db.session.flush()
    announce(_about(PoolPartReturned, pool, by, **told))
    pool_allocation.lessen_shares(pool=pool, weeks=queries.pool.goal_by_week(pool), by=by)
    amount = formats.amount(before - left, "kg", "vi")
    pool_allocation.queue_allocation(
        pool=pool,
        reason=_l("%(kg)s of what the pool won were given back.", kg=amount),
        keep=False,
        overtake=True,
        by=by,
    )


def note_pool_lost(*, pool: Pool, by: Any = None) -> None:
    """The buyer chose others: what was promised is free again."""
    pool_lifecycle.advance(pool, "lose")
    _end(pool, by)
    announce(_about(PoolLost, pool, by))


def dissolve_pool(*, pool: Pool, reason: str, by: Any) -> None:
    """Give up, before a buyer has chosen."""
    _take_turn(pool)
    words = _why(reason)
    pool_lifecycle.advance(pool, "dissolve")
    pool.reason = words
    _end(pool, by)
    announce(_about(PoolDissolved, pool, by, words=words))


def _end(pool: Pool, by: Any) -> None:
    pool.ended_at = clock.now()
    db.session.flush()
    pool_allocation.overtake_allocation(pool=pool, by=by)
    for member in pool.members:
        pool_allocation.let_go(member=member, by=by)


def begin_pool_delivery(*, pool: Pool, by: Any) -> None:
    """The first goods leave. What holds by then is what the buyer was promised."""
    _take_turn(pool)
    if queries.pool_allocation.allocation_at_work(pool.id) is not None:
        raise Refusal(_l("The shares are being computed: please wait for them."))
    pool_lifecycle.advance(pool, "begin")
    db.session.flush()
    announce(_about(PoolDeliveryBegan, pool, by))


def note_pool_delivered(*, member: PoolMember, by: Any) -> None:
    """A member has brought its share; the claims go where the deliveries take them."""
    _take_turn(member.pool)
    if member.pool.state is not PoolState.DELIVERING:
        raise Refusal(_l("The pool does not deliver yet."))
    pool_member_lifecycle.advance(member, "deliver")
    db.session.flush()
    announce(_of_member(PoolMemberDelivered, member, by))


def settle_pool(*, pool: Pool, by: Any) -> None:
    """Everybody with a share has delivered it: the pool is closed."""
    _take_turn(pool)
    if any(member.state is PoolMemberState.CONFIRMED for member in pool.members):
        raise Refusal(_l("Some members have not delivered their share yet."))
    pool_lifecycle.advance(pool, "settle")
    pool.ended_at = clock.now()
    db.session.flush()
    announce(_about(PoolSettled, pool, by))


def _why(reason: str) -> str:
    if not reason.strip():
        raise Refusal(SAY_WHY, field="reason")
    return reason.strip()[:500]


def _take_turn(pool: Pool) -> None:
    db.session.refresh(pool, with_for_update={"of": Pool})


def _about(kind: type[PoolEvent], pool: Pool, by: Any, **told: Any) -> PoolEvent:
    return kind(pool_id=pool.id, actor_id=id_of(by), **told)


def _of_member(kind: type[PoolMemberEvent], member: PoolMember, by: Any, **told: Any) -> PoolMemberEvent:
    return kind(
        pool_id=member.pool_id,
        member_id=member.id,
        cooperative_id=member.cooperative_id,
        name=member.cooperative.called,
        actor_id=id_of(by),
        **told,
    )
