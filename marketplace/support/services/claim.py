"""A claim on its way: filled in, handed in, verified by one officer, approved by another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marketplace.foundation import clock, formats
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.media import receive_document
from marketplace.foundation.media.receiving import Clean
from marketplace.foundation.money import Money
from marketplace.foundation.reference import random_ref
from marketplace.foundation.text import clean_line
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.support import computing, frozen, queries
from marketplace.support.events import (
    ClaimApproved,
    ClaimDeclined,
    ClaimDrafted,
    ClaimEvent,
    ClaimPaperAdded,
    ClaimPaperRemoved,
    ClaimSentBack,
    ClaimSettled,
    ClaimSubmitted,
    ClaimTold,
    ClaimVerified,
)
from marketplace.support.models import ClaimCost, ClaimPaper, ClaimShare, SupportClaim, SupportGrant
from marketplace.support.services.budget import locked
from marketplace.support.services.grant import hold, take_turn
from marketplace.support.states import ClaimKind, ClaimState, EvidenceKind, GrantState, Head, claim_lifecycle

MOST_PAPERS = 20


def begin(*, grant: SupportGrant, by: Any) -> SupportClaim:
    """A settlement to fill in; the one that was begun before, when there is one."""
    _live(grant)
    found = queries.live_claim(grant.id, ClaimKind.SETTLEMENT)
    return found or _drafted(grant, ClaimKind.SETTLEMENT, by)


def ask_advance(*, grant: SupportGrant, amount: Money, words: str = "", by: Any) -> SupportClaim:
    """Ask for a part before the costs, handed in at once. Raises Refusal for more than the norm lets come ahead."""
    _live(grant)
    most = queries.advance_room(grant)
    if amount > most:
        raise Refusal(
            _l("At the most %(most)s may come ahead.", most=formats.vnd(most, locale())), field="amount"
        )
    if queries.live_claim(grant.id, ClaimKind.ADVANCE) is not None:
        raise Refusal(_l("An advance was asked for already."))
    settling = queries.live_claim(grant.id, ClaimKind.SETTLEMENT)
    if settling is not None and settling.submitted_at is not None:
        raise Refusal(_l("The settlement is handed in already: an advance no longer comes before it."))
    claim = _drafted(grant, ClaimKind.ADVANCE, by, asked=amount, words=words)
    submit(claim=claim, by=by)
    return claim


def fill_in(*, claim: SupportClaim, costs: Mapping[Head, Money], words: str, by: Any) -> None:
    """What was really spent, by kind of cost."""
    _open_for_cooperative(claim)
    claim.costs.clear()
    db.session.flush()
    claim.costs += [ClaimCost(head=head, spent=spent) for head, spent in costs.items() if spent]
    claim.words = words
    db.session.flush()


def change_advance(*, claim: SupportClaim, amount: Money, words: str, by: Any) -> None:
    """Another sum, after it was sent back."""
    _open_for_cooperative(claim)
    most = queries.advance_room(claim.grant)
    if amount > most:
        raise Refusal(
            _l("At the most %(most)s may come ahead.", most=formats.vnd(most, locale())), field="amount"
        )
    claim.asked, claim.words = amount, words
    db.session.flush()
    submit(claim=claim, by=by)


def add_paper(*, claim: SupportClaim, kind: EvidenceKind, file: Clean, by: Any) -> ClaimPaper:
    """A proof, already without traces of where it was taken."""
    _open_for_cooperative(claim)
    if len(claim.papers) >= MOST_PAPERS:
        raise Refusal(_l("%(most)s papers are enough: take one away first.", most=MOST_PAPERS), field="file")
    document = receive_document(stream=file.stream, filename=file.filename, by=by, field="file")
    paper = ClaimPaper(
        ref=random_ref(), kind=kind, document=document, added_by_id=id_of(by), added_at=clock.now()
    )
    claim.papers.append(paper)
    db.session.flush()
    announce(_event(ClaimPaperAdded, claim, by))
    return paper


def remove_paper(*, paper: ClaimPaper, by: Any) -> None:
    claim = paper.claim
    _open_for_cooperative(claim)
    claim.papers.remove(paper)
    db.session.flush()
    announce(_event(ClaimPaperRemoved, claim, by))


def submit(*, claim: SupportClaim, told_by: str = "", by: Any) -> None:
    """Hand it in. `told_by` called: an officer wrote it down for them. Raises Refusal with what is missing."""
    _take_turn(claim)
    _live(claim.grant)
    if lacks := queries.missing(claim):
        raise Refusal(" ".join(lacks))
    claim_lifecycle.advance(claim, "submit")
    claim.submitted_by_id, claim.submitted_at, claim.reply = id_of(by), clock.now(), ""
    claim.told_by = clean_line(told_by)
    db.session.flush()
    if claim.told_by:
        announce(_event(ClaimTold, claim, by, who=claim.told_by))
    else:
        announce(_event(ClaimSubmitted, claim, by))


# --- the office ---------------------------------------------------------------------------------------


def ask_changes(*, claim: SupportClaim, words: str, by: Any) -> None:
    """Send it back with what is wanted; whoever verified it looks at it anew."""
    _reason(words)
    _take_turn(claim)
    _not_own(claim, by)
    claim_lifecycle.advance(claim, "ask")
    claim.reply, claim.verified_by_id, claim.verified_at = words, None, None
    for cost in claim.costs:
        cost.accepted = None
    db.session.flush()
    announce(_event(ClaimSentBack, claim, by, words=words))


def verify(*, claim: SupportClaim, accepted: Mapping[Head, Money], by: Any) -> None:
    """The papers prove these costs; what is not named is not proven. Raises Refusal for more than was spent."""
    _take_turn(claim)
    _not_own(claim, by)
    if claim.told_by and claim.submitted_by_id == id_of(by):
        raise Refusal(_l("You wrote this down for them: somebody else has to verify it."))
    claim_lifecycle.advance(claim, "verify")
    for cost in claim.costs:
        proven = accepted.get(cost.head, Money(0))
        if proven > cost.spent:
            raise Refusal(_l("No more than was spent can be proven."), field=f"accepted_{cost.head}")
        cost.accepted = proven
    claim.verified_by_id, claim.verified_at = id_of(by), clock.now()
    db.session.flush()
    announce(_event(ClaimVerified, claim, by))


def approve(*, claim: SupportClaim, by: Any) -> None:
    """Another officer than the verifier says that it is to be paid; the sum is computed and frozen now."""
    _take_turn(claim)
    _not_own(claim, by)
    if claim.verified_by_id == id_of(by):
        raise Refusal(_l("Somebody else has to approve what you verified."))
    _live(claim.grant)
    claim_lifecycle.advance(claim, "approve")
    claim.approved_by_id, claim.approved_at = id_of(by), clock.now()
    with db.session.no_autoflush:  # approved without a sum is no row that may stand
        if claim.kind is ClaimKind.ADVANCE:
            claim.supported, claim.advanced, claim.amount = claim.asked, Money(0), claim.asked
        else:
            _settle(claim)
    _share(claim)
    db.session.flush()
    announce(_event(ClaimApproved, claim, by, amount=int(claim.amount or 0)))
    finish(claim, by)


def decline(*, claim: SupportClaim, words: str, by: Any) -> None:
    """It is not paid. What was approved and not paid is free again."""
    _reason(words)
    _take_turn(claim)
    _not_own(claim, by)
    if claim.paid:
        raise Refusal(_l("A part of it is paid already."))
    if claim.state is ClaimState.APPROVED:
        _unshare(claim)
    claim_lifecycle.advance(claim, "decline")
    claim.reply = words
    db.session.flush()
    announce(_event(ClaimDeclined, claim, by, words=words))


def finish(claim: SupportClaim, by: Any) -> None:
    """When nothing of it is still to come, it is paid."""
    if claim.state is ClaimState.APPROVED and not claim.to_pay:
        claim_lifecycle.advance(claim, "pay")
        db.session.flush()
        announce(_event(ClaimSettled, claim, by))


# --- how ----------------------------------------------------------------------------------------------


def _settle(claim: SupportClaim) -> None:
    """Real costs under the frozen norm, less what came ahead."""
    grant = claim.grant
    if queries.has_open_advance(grant.id):
        raise Refusal(_l("An advance is still on its way: pay it, or decline it first."))
    costs = {cost.head: cost.accepted or Money(0) for cost in claim.costs}
    given = frozen.settled(grant.terms, costs, grant.held)
    claim.supported, claim.advanced = given.total, grant.paid
    claim.amount = Money(max(given.total - grant.paid, 0))
    claim.give_back = Money(max(grant.paid - given.total, 0))
    claim.why = frozen.plain([*[cut for head in given.heads for cut in head.cuts], *given.cuts])


def _share(claim: SupportClaim) -> None:
    """Which source pays how much: in proportion to what each holds for this promise. A settlement frees the rest."""
    grant, amount = claim.grant, claim.amount or Money(0)
    parts = computing.shared(amount, {each.source: each.held - each.paid for each in grant.shares})
    claim.shares += [ClaimShare(source=source, amount=part) for source, part in parts.items()]
    if claim.kind is ClaimKind.SETTLEMENT:
        hold(grant, {each.source: each.paid + parts.get(each.source, Money(0)) for each in grant.shares})
    for budget in locked(grant.purpose, grant.subject_id):
        budget.approved += parts.get(budget.source, Money(0))


def _unshare(claim: SupportClaim) -> None:
    """No longer approved. What a settlement freed stays free: another one counts on what is still held."""
    grant = claim.grant
    parts = {share.source: share.amount for share in claim.shares}
    for budget in locked(grant.purpose, grant.subject_id):
        budget.approved -= parts.get(budget.source, Money(0))
    db.session.flush()
    claim.shares.clear()


def _drafted(grant: SupportGrant, kind: ClaimKind, by: Any, **more: Any) -> SupportClaim:
    claim = SupportClaim(ref=random_ref(), grant=grant, kind=kind, drafted_at=clock.now(), **more)
    db.session.add(claim)
    db.session.flush()
    announce(_event(ClaimDrafted, claim, by))
    return claim


def _take_turn(claim: SupportClaim) -> None:
    take_turn(claim.grant)
    db.session.refresh(claim, with_for_update={"of": SupportClaim})


def _open_for_cooperative(claim: SupportClaim) -> None:
    _take_turn(claim)
    if not queries.can_fill_in(claim):
        raise Refusal(_l("This claim is handed in: it can no longer be changed."))


def _live(grant: SupportGrant) -> None:
    if grant.state is not GrantState.GRANTED:
        raise Refusal(_l("This promise was withdrawn."))


def _not_own(claim: SupportClaim, by: Any) -> None:
    """Nobody decides about the cooperative they act for."""
    if by is not None and claim.grant.cooperative.organisation_id in by.organisation_ids:
        raise Refusal(_l("You act for this cooperative: somebody else has to decide."))


def _reason(words: str) -> None:
    if not words.strip():
        raise Refusal(_l("Please write the reason: the cooperative will read it."), field="words")


def _event(kind: type[ClaimEvent], claim: SupportClaim, by: Any, **more: Any) -> ClaimEvent:
    return kind(claim_id=claim.id, grant_id=claim.grant_id, actor_id=id_of(by), **more)
