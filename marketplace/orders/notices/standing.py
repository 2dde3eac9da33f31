"""Letters about standing orders: what will come, what will not, and what the buyer is asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

from babel.support import LazyProxy

from marketplace.deliveries.regular import regular_ways
from marketplace.foundation import clock, formats
from marketplace.foundation.hours import days_in_words
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l, picked_later
from marketplace.inbox.letters import letter, topic
from marketplace.inbox.services import tell
from marketplace.orders import queries, services
from marketplace.orders.models import StandingOrder, StandingRun
from marketplace.orders.standing import coming
from marketplace.orders.states import SKIP_LABELS, ExceptionKind, SkipReason


def _sample() -> dict[str, Any]:
    return {
        "buyer": "Siêu thị BigMart",
        "seller": "HTX Đồng Lạc",
        "goods": "100 kg Cà rốt Đồng Lạc",
        "days": "Thứ Ba, Thứ Sáu",
        "day": "Thứ Sáu 05/02/2027",
        "why": "Tết",
        "next": "Thứ Ba 16/02/2027",
        "what": "Tạm nghỉ đến 16/02/2027",
        "prices": "Cà rốt Đồng Lạc: 12.000 ₫ → 15.000 ₫",
        "until": "18:00 04/02/2027",
        "depot": "Kho trung tâm",
        "total": formats.vnd(7_260_000),
        "limit": formats.vnd(5_000_000),
    }


topic(
    "standing",
    _l("Standing orders"),
    _l("What will come, what is skipped and why, and new prices."),
    order=11,
)
for _kind, _subject, _sentence, _acts in (
    (
        "standing.started",
        _l("%(buyer)s begins a standing order"),
        _l("%(goods)s on %(days)s, from %(day)s on. Each order comes to you some days before."),
        (),
    ),
    (
        "standing.changed",
        _l("The standing order of %(buyer)s has changed"),
        _l("%(what)s. Standing order: %(goods)s on %(days)s."),
        (),
    ),
    (
        "standing.skipped",
        _l("Standing order: nothing for %(day)s"),
        _l(
            "%(buyer)s and %(seller)s: nothing is ordered for %(day)s. Reason: %(why)s. The next date is %(next)s."
        ),
        (),
    ),
    (
        "standing.asked",
        _l("Standing order for %(day)s: the price has risen"),
        _l(
            "%(seller)s asks more than you allowed: %(prices)s. Please answer before %(until)s, or nothing is ordered."
        ),
        ("orders.standing_order", "orders.standing_skip"),
    ),
    (
        "standing.above",
        _l("Standing order for %(day)s: above the limit"),
        _l(
            "%(buyer)s: it comes to %(total)s at %(seller)s, above the limit of %(limit)s. Please answer before "
            "%(until)s, or nothing is ordered."
        ),
        ("orders.standing_approve", "orders.standing_skip"),
    ),
    (
        "standing.without_depot",
        _l("Standing order paused: %(depot)s is no longer used"),
        _l(
            "%(buyer)s and %(seller)s: nothing is ordered until the buyer names another place and says go on."
        ),
        (),
    ),
    (
        "standing.short",
        _l("Standing order for %(day)s: not all of it can be had"),
        _l("%(buyer)s and %(seller)s: %(goods)s. The rest is ordered as usual."),
        (),
    ),
):
    letter(_kind, subject=_subject, sentence=_sentence, sample=_sample, acts=_acts)


def started(standing: StandingOrder) -> None:
    _seller(standing, "standing.started", "started", **_usual(standing, standing.terms[0].from_day))


def changed(standing: StandingOrder, day: dt.date) -> None:
    what = _l("Changed for good, from %(day)s on", day=_short(day))
    _changed(standing, f"changed:{len(standing.terms)}", what, day)


def paused(standing: StandingOrder) -> None:
    until = standing.paused_until
    what = _l("Paused until %(day)s", day=_short(until)) if until else _l("Paused until further notice")
    _changed(standing, f"paused:{clock.now().isoformat()}", what)


def resumed(standing: StandingOrder) -> None:
    _changed(standing, f"resumed:{clock.now().isoformat()}", _l("It goes on"))


def ended(standing: StandingOrder) -> None:
    _changed(standing, "ended", _l("It has ended"))


def date_changed(standing: StandingOrder, day: dt.date) -> None:
    wish = standing.wish_for(day)
    assert wish is not None, "said a moment ago"
    words = {
        ExceptionKind.SKIP: _l("Nothing on %(day)s", day=_long(day)),
        ExceptionKind.OTHER: _l("Another quantity on %(day)s", day=_long(day)),
        ExceptionKind.USUAL: _l("As usual again on %(day)s", day=_long(day)),
    }
    _changed(standing, f"date:{wish.id}", words[wish.kind], day)


def skipped(run: StandingRun) -> None:
    """To both sides; of several dates in a row that fall out for one reason only the first is told."""
    reason = run.reason
    assert reason is not None, "a skipped date has its reason"
    if reason in {SkipReason.PAUSED, SkipReason.BUYER} or _told_before(run):
        return
    why = _later(lambda: f"{SKIP_LABELS[reason]} ({run.words})" if run.words else str(SKIP_LABELS[reason]))
    told = {"day": _long(run.day), "why": why, "next": _next(run.standing, run.day)}
    for to_side in (_buyer, _seller):
        to_side(run.standing, "standing.skipped", str(run.id), **told)


def asked(run: StandingRun) -> None:
    terms = run.standing.terms_on(run.day)
    assert terms is not None and run.answer_by is not None, "an asked date has terms and a time"
    before = {line.product_id: line for line in terms.lines}
    prices = [
        f"{before[product].product.name_vi}: {formats.vnd(before[product].unit_price)} → {formats.vnd(price)}"
        for product, price in run.prices
    ]
    _buyer(
        run.standing,
        "standing.asked",
        str(run.id),
        about=run.id,
        answer_by=run.answer_by,
        day=_long(run.day),
        prices="; ".join(prices),
        until=formats.date_time(run.answer_by),
    )


def above_limit(run: StandingRun) -> None:
    """To each who may approve."""
    assert run.answer_by is not None and run.above is not None, "asked because of a limit"
    for person in queries.may_approve(run):
        _tell(
            run.standing,
            "standing.above",
            f"{run.id}:{person.id}",
            f"/standing-orders/{run.standing.ref}",
            {
                "person_id": person.id,
                "about": run.id,
                "answer_by": run.answer_by,
                "day": _long(run.day),
                "total": formats.vnd(services.likely_sum(run)),
                "limit": formats.vnd(run.above),
                "until": formats.date_time(run.answer_by),
            },
        )


def without_depot(standing: StandingOrder) -> None:
    depot = standing.terms[-1].depot
    assert depot is not None, "it went to one"
    for to_side in (_buyer, _seller):
        to_side(
            standing, "standing.without_depot", f"depot:{depot.id}:{len(standing.terms)}", depot=depot.name
        )


def short(run: StandingRun) -> None:
    """To both sides: what there was too little of."""
    lacking = [
        _l(
            "%(name)s: %(got)s instead of %(wanted)s",
            name=picked_later(vi, en),
            got=formats.amount(got, unit),
            wanted=formats.amount(wanted, unit),
        )
        for (vi, en, *_rest), (_name, unit, wanted, got) in zip(run.short, run.missed, strict=True)
    ]
    goods = _later(lambda: "; ".join(map(str, lacking)))
    for to_side in (_buyer, _seller):
        to_side(run.standing, "standing.short", str(run.id), day=_long(run.day), goods=goods)


def _changed(standing: StandingOrder, key: str, what: Any, day: dt.date | None = None) -> None:
    usual = _usual(standing, day or standing.terms[-1].from_day)
    _seller(standing, "standing.changed", key, what=what, **usual)


def _usual(standing: StandingOrder, day: dt.date) -> dict[str, Any]:
    """What its terms say, in a line."""
    terms = standing.terms_on(day) or standing.terms[0]
    goods = [
        f"{formats.amount(line.quantity, line.product.sale_unit)} {line.product.name_vi}"
        for line in terms.lines
    ]
    days = _later(lambda: days_in_words(terms.weekday_list))
    return {"goods": "; ".join(goods), "days": days, "day": _long(day)}


def _told_before(run: StandingRun) -> bool:
    earlier = [other for other in run.standing.runs if other.day < run.day]
    return bool(earlier) and earlier[-1].reason is run.reason


def _next(standing: StandingOrder, after: dt.date) -> Any:
    """The next date that will bring something, as it looks today."""
    ways = regular_ways(standing.cooperative_id)
    dates = coming(standing, ways, queries.agreed_with(standing), count=60)
    day = next((date.day for date in dates if date.day > after and date.reason is None), None)
    return _long(day) if day else _l("not known yet")


_later: Callable[..., Any] = partial(LazyProxy, enable_cache=False)
"""Words that are chosen when they are told, in the language of who reads them."""


def _long(day: dt.date) -> Any:
    return _later(lambda: formats.weekday_date(day, locale()))


def _short(day: dt.date) -> Any:
    return _later(lambda: formats.date(day, locale()))


def _buyer(standing: StandingOrder, kind: str, key: str, **told: Any) -> None:
    who = (
        {"organisation_id": standing.organisation_id}
        if standing.organisation_id is not None
        else {"person_id": standing.person_id}
    )
    _tell(standing, kind, f"{key}:buyer", f"/standing-orders/{standing.ref}", {**who, **told})


def _seller(standing: StandingOrder, kind: str, key: str, **told: Any) -> None:
    who = {"organisation_id": standing.cooperative.organisation_id}
    _tell(standing, kind, f"{key}:seller", f"/desk/standing-orders/{standing.ref}", {**who, **told})


def _tell(standing: StandingOrder, kind: str, key: str, url: str, told: dict[str, Any]) -> None:
    tell(
        kind=kind,
        url=url,
        key=f"{kind}:{standing.id}:{key}",
        buyer=standing.buyer,
        seller=standing.cooperative.called,
        **told,
    )
