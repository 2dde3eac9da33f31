"""What an officer wrote down about value chains, shown to whom it was written down for: right, or wrong?"""

from __future__ import annotations

from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _
from marketplace.inbox import services as inbox
from marketplace.linkage import calling, need_words
from marketplace.linkage.models import AwardReturn, CallOff, Need, PoolMember, Quote, QuoteVersion
from marketplace.selection.states import Entered

CALL, MEMBER, NEED, QUOTE, RETURN = "call_off", "pool_member", "need", "quote", "award_return"


def note_need(need: Need, by: Any) -> None:
    """A request that goes out as the buyer told it; not when the buyer itself sends it out."""
    if need.entered is Entered.ONLINE or need.organisation_id in by.organisation_ids:
        return
    inbox.write_down(
        kind=NEED,
        subject_id=need.id,
        organisation_id=need.organisation_id,
        what=lambda: _("you ask for %(what)s", what=need_words.title(need)),
        told_by=need.told_by,
        url=f"/buyer/requests/{need.ref}",
        office_url=f"/office/requests/{need.ref}",
        by=by,
    )


def note_quote(quote: Quote, version: QuoteVersion, by: Any) -> None:
    """The numbers of a quote: what was written down before need not be answered any more."""
    inbox.overtake(kind=QUOTE, subject_id=quote.id)
    if quote.entered is Entered.ONLINE:
        return
    inbox.write_down(
        kind=QUOTE,
        subject_id=quote.id,
        turn=str(version.number),
        organisation_id=quote.cooperative.organisation_id,
        what=lambda: _quoted(quote, version),
        told_by=quote.told_by,
        url=f"/desk/quotes/{quote.ref}",
        office_url=f"/office/requests/{quote.need.ref}",
        by=by,
    )


def note_commitment(member: PoolMember, turn: str, by: Any) -> None:
    """A member's word, from a least to a most."""
    inbox.overtake(kind=MEMBER, subject_id=member.id)
    if member.entered is Entered.ONLINE:
        return
    pool = member.pool
    inbox.write_down(
        kind=MEMBER,
        subject_id=member.id,
        turn=turn,
        organisation_id=member.cooperative.organisation_id,
        what=lambda: _(
            "you bring %(least)s to %(most)s of %(goods)s with others",
            least=formats.amount(member.least, "kg", locale()),
            most=formats.amount(member.most, "kg", locale()),
            goods=pool.need.goods.name,
        ),
        told_by=member.told_by,
        url=f"/desk/pools/{pool.ref}",
        office_url=f"/office/pools/{pool.ref}",
        by=by,
    )


def note_call(call_off: CallOff, kg: Any, told_by: str, by: Any) -> None:
    """So many kg of a call will come."""
    inbox.write_down(
        kind=CALL,
        subject_id=call_off.id,
        turn=str(call_off.call_id),
        organisation_id=call_off.contract.cooperative.organisation_id,
        what=lambda: _called(call_off, kg),
        told_by=told_by,
        url=f"/desk/calls/{call_off.ref}",
        office_url=f"/office/calls/{call_off.ref}",
        by=by,
    )


def note_return(made: AwardReturn, told_by: str, by: Any) -> None:
    """What was awarded to them and they cannot bring."""
    award = made.award
    need = award.need
    inbox.write_down(
        kind=RETURN,
        subject_id=made.id,
        organisation_id=award.cooperative.organisation_id,
        what=lambda: _(
            "you give back %(amount)s of what %(buyer)s awarded to you: %(what)s",
            amount=formats.amount(made.quantity, need.unit, locale()),
            buyer=need.organisation.name,
            what=need_words.title(need),
        ),
        told_by=told_by,
        url=f"/desk/requests/{need.ref}",
        office_url=f"/office/requests/{need.ref}",
        by=by,
    )


def _quoted(quote: Quote, version: QuoteVersion) -> str:
    unit = quote.need.unit
    return _(
        "you offer %(buyer)s %(goods)s: %(amount)s at %(price)s/%(unit)s, %(days)s",
        buyer=quote.need.organisation.name,
        goods=version.product.name,
        amount=formats.amount(version.quantity, unit, locale()),
        price=formats.vnd(version.landed, locale()),
        unit=formats.unit_name(unit, locale()),
        days=formats.day_span(version.first_day, version.last_day, locale()),
    )


def _called(call_off: CallOff, kg: Any) -> str:
    told = {
        "buyer": call_off.contract.buyer.name,
        "when": calling.slot_told(call_off),
        "goods": call_off.goods.name,
    }
    if not kg:
        return _("%(when)s you bring no %(goods)s to %(buyer)s", **told)
    return _("%(when)s you bring %(kg)s of %(goods)s to %(buyer)s", kg=formats.weight(kg, locale()), **told)
