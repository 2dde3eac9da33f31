"""What we write about requests: to cooperatives that are asked, to buyers, to whoever keeps a search."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select

from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock, formats
from marketplace.foundation.db import db
from marketplace.foundation.quantity import quantity as exact
from marketplace.foundation.words import _l
from marketplace.inbox.letters import letter, topic
from marketplace.inbox.services import tell
from marketplace.linkage import need_words
from marketplace.linkage.awarded import answer_of
from marketplace.linkage.events import NeedPartReturned
from marketplace.linkage.models import Need, NeedAward, NeedMatch, NeedQuestion, Quote, ReserveAsk
from marketplace.linkage.queries import NeedRow
from marketplace.linkage.states import ASK_LABELS, AskState, QuoteSide


def _sample() -> dict[str, Any]:
    return {
        "number": "YC-2027-000012",
        "what": "Cà rốt, loại A: 20 tấn, 12–20/03/2027",
        "buyer": "Siêu thị BigMart",
        "until": "17:00 05/03/2027",
        "reason": "Tết đến sớm",
        "amount": "12 tấn",
        "question": "Có nhận thùng 4,5 kg không?",
        "count": 3,
        "seller": "HTX Đồng Lạc",
    }


topic(
    "requests",
    _l("Requests of buyers"),
    _l("You are asked to quote, a request changes, a question is answered; who could supply what."),
    order=30,
)
for _kind, _subject, _sentence in (
    (
        "requests.invited",
        _l("%(buyer)s asks you to quote"),
        _l("%(what)s. Quotes are taken until %(until)s."),
    ),
    (
        "requests.amended",
        _l("Request %(number)s has changed"),
        _l("%(what)s. Reason: %(reason)s"),
    ),
    (
        "requests.asked",
        _l("A question about your request %(number)s"),
        _l("“%(question)s” Your answer is read by everybody who may quote."),
    ),
    (
        "requests.answered",
        _l("A question about request %(number)s was answered"),
        _l("“%(question)s” Everybody who may quote reads the same answer."),
    ),
    (
        "requests.closed",
        _l("Your request %(number)s is closed"),
        _l("%(what)s. Compare what was quoted, and decide."),
    ),
    (
        "requests.over",
        _l("Request %(number)s is no longer open"),
        _l("%(what)s. Reason: %(reason)s"),
    ),
    (
        "requests.awarded",
        _l("%(amount)s of request %(number)s are yours"),
        _l("%(what)s. The buyer will call you about the contract."),
    ),
    (
        "requests.reserve",
        _l("You are in reserve for request %(number)s"),
        _l("%(what)s. You are asked when somebody drops out."),
    ),
    (
        "requests.given_back",
        _l("%(seller)s gives back %(amount)s of request %(number)s"),
        _l("%(what)s. Reason: %(reason)s. See who waits in reserve, and what each could bring."),
    ),
    (
        "requests.taken_back",
        _l("The buyer takes back %(amount)s of request %(number)s"),
        _l("%(what)s. What you had set aside is free again. Reason: %(reason)s"),
    ),
    (
        "requests.reserve_agreed",
        _l("%(seller)s said yes: %(amount)s of request %(number)s"),
        _l("%(what)s. It is awarded to them; make the contract with them."),
    ),
    (
        "requests.reserve_declined",
        _l("%(seller)s cannot bring %(amount)s of request %(number)s"),
        _l("%(what)s. %(reason)s See who is next in reserve."),
    ),
    (
        "requests.reserve_dropped",
        _l("You need not answer any more: request %(number)s"),
        _l("%(what)s. The %(amount)s you were asked for went to somebody else."),
    ),
    (
        "requests.digest",
        _l("%(count)s new requests fit your searches"),
        _l("The first of them: %(what)s."),
    ),
    (
        "requests.fits",
        _l("%(count)s new requests that you could supply"),
        _l("The first of them: %(what)s."),
    ),
    (
        "requests.found",
        _l("%(count)s more cooperatives could supply what you ask for"),
        _l("The first of them: %(seller)s for request %(number)s, %(what)s."),
    ),
):
    letter(_kind, subject=_subject, sentence=_sentence, sample=_sample)


letter(
    "requests.reserve_asked",
    subject=_l("%(buyer)s asks: can you still bring %(amount)s?"),
    sentence=_l(
        "You wait in reserve: %(what)s. A part came back, and your quote is no longer valid. At your price of"
        " %(price)s: please say yes or no before %(until)s."
    ),
    sample=lambda: {**_sample(), "price": "6.200 ₫/kg"},
    acts=("reserve.agree",),
)


def to_cooperatives(need: Need, kind: str, ids: Collection[int], key: str, **values: Any) -> None:
    """A letter to everyone who acts for these cooperatives."""
    organisations = db.session.scalars(select(Cooperative.organisation_id).where(Cooperative.id.in_([*ids])))
    for organisation_id in organisations.all():
        tell(
            organisation_id=organisation_id,
            kind=f"requests.{kind}",
            url=f"/desk/requests/{need.ref}",
            key=f"requests.{kind}:{need.id}:{key}",
            **{**_values(need), **values},
        )


def to_buyer(need: Need, kind: str, key: str, **values: Any) -> None:
    tell(
        organisation_id=need.organisation_id,
        kind=f"requests.{kind}",
        url=f"/buyer/requests/{need.ref}",
        key=f"requests.{kind}:{need.id}:{key}",
        **{**_values(need), **values},
    )


def awarded(award: NeedAward) -> None:
    need = award.need
    amount = formats.amount(award.quantity, need.unit)
    to_cooperatives(need, "awarded", [award.cooperative_id], str(award.id), amount=amount)


def came_back(award: NeedAward, event: NeedPartReturned) -> None:
    """To the buyer what the seller gave back, to the seller what the buyer took back."""
    need, key = award.need, str(event.return_id)
    told = {"amount": formats.amount(exact(event.quantity), need.unit), "reason": event.words}
    if event.side == QuoteSide.BUYER:
        to_cooperatives(need, "taken_back", [award.cooperative_id], key, **told)
        return
    tell(
        organisation_id=need.organisation_id,
        kind="requests.given_back",
        url=f"/buyer/requests/{need.ref}/reserves",
        key=f"requests.given_back:{key}",
        seller=award.cooperative.called,
        **{**_values(need), **told},
    )


def reserve_asked(ask: ReserveAsk) -> None:
    need, quote = ask.award.need, answer_of(ask.award.source)
    assert isinstance(quote, Quote)
    unit = formats.unit_name(need.unit, "vi")
    tell(
        organisation_id=ask.award.cooperative.organisation_id,
        kind="requests.reserve_asked",
        url=f"/desk/asks/{ask.id}",
        key=f"requests.reserve_asked:{ask.id}",
        about=ask.id,
        answer_by=ask.answer_by,
        **{
            **_values(need),
            "amount": formats.amount(ask.quantity, need.unit),
            "until": formats.date_time(ask.answer_by),
            "price": f"{formats.vnd(quote.offer.landed, 'vi')}/{unit}",
        },
    )


def reserve_answered(ask: ReserveAsk) -> None:
    """To the buyer: yes, no, or silence."""
    need, yes = ask.award.need, ask.state is AskState.AGREED
    kind = "requests.reserve_agreed" if yes else "requests.reserve_declined"
    page = "" if yes else "/reserves"
    tell(
        organisation_id=need.organisation_id,
        kind=kind,
        url=f"/buyer/requests/{need.ref}{page}",
        key=f"{kind}:{ask.id}",
        seller=ask.award.cooperative.called,
        amount=formats.amount(ask.quantity, need.unit),
        reason=ask.words or ASK_LABELS[ask.state],
        **_values(need),
    )


def reserve_dropped(ask: ReserveAsk) -> None:
    amount = formats.amount(ask.quantity, ask.award.need.unit)
    to_cooperatives(ask.award.need, "reserve_dropped", [ask.award.cooperative_id], str(ask.id), amount=amount)


def answered(question: NeedQuestion, ids: Collection[int]) -> None:
    short = question.question[:160]
    to_cooperatives(question.need, "answered", ids, str(question.id), question=short)


def digest(person_id: int, rows: Collection[NeedRow], *, fits: bool = False) -> None:
    """One letter of the day about all that is new; `fits`: the first of them their cooperative could supply."""
    first = next(iter(rows))
    what = f"{first.goods_vi}: {formats.amount(first.total, first.unit)}, {first.buyer}"
    tell(
        person_id=person_id,
        kind="requests.fits" if fits else "requests.digest",
        url="/desk/matches" if fits else "/account/searches",
        key=f"requests.digest:{person_id}:{clock.today().isoformat()}",
        count=len(rows),
        what=what,
    )


def suppliers_found(organisation_id: int, matches: Sequence[NeedMatch]) -> None:
    """One letter of the day about all who were found since its buyer looked; the best of them is named."""
    best = matches[0]
    tell(
        organisation_id=organisation_id,
        kind="requests.found",
        url=f"/buyer/requests/{best.need.ref}/suppliers",
        key=f"requests.found:{organisation_id}:{clock.today().isoformat()}",
        seller=best.cooperative.called,
        count=len({each.cooperative_id for each in matches}),
        **_values(best.need),
    )


def _values(need: Need) -> dict[str, Any]:
    until = formats.date_time(need.quotes_until) if need.quotes_until is not None else ""
    return {
        "number": need.number or "",
        "what": need_words.title(need),
        "buyer": need.organisation.name,
        "until": until,
    }
