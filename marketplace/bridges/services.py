"""Saying that a deal began at a fair, and taking it back. The rules are docs/decisions/0016: the first fair wins."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import Any

from sqlalchemy import select

from marketplace import config
from marketplace.bridges import notices, queries
from marketplace.bridges.events import (
    LinkMade,
    LinkRemoved,
    OriginConfirmed,
    OriginDoubted,
    PathBegan,
    PathEnded,
)
from marketplace.bridges.happening import Happening
from marketplace.bridges.models import DealLink, DealObjection, DealPath
from marketplace.bridges.states import FromKind, How, PathSide, ToKind
from marketplace.fairs.models import Fair
from marketplace.foundation import clock, formats
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.reference import random_ref
from marketplace.foundation.text import clean_text, fold
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.linkage.models import Contract, Need
from marketplace.linkage.states.contract import ContractState

LONGEST = 500


def counts_until(last_day: dt.date) -> dt.date:
    """The last day on which a contract may be signed and still count for a fair that ended on `last_day`."""
    months = last_day.year * 12 + last_day.month - 1 + config.current().deal_months
    year, month = divmod(months, 12)
    return dt.date(year, month + 1, min(last_day.day, calendar.monthrange(year, month + 1)[1]))


def link(*, happened: Happening, to: Need | Contract, how: How, by: Any) -> DealLink:
    """`to` began at the fair where this happened. The same link again is the one that is there.

    Raises Refusal when it is known to have begun at another fair, when the days or the parties do not fit, and when a
    contact or what was signed led to something else already.
    """
    need, contract = _root(to)
    _lock(need or contract)
    _fits_days(happened, need or to)
    _fits_days(happened, to)
    _fits_parties(happened, to)
    path = queries.living_path(need=need, contract=contract)
    if path is not None and path.fair_id != happened.fair.id:
        raise Refusal(_l("This deal began at %(fair)s already: the first fair counts.", fair=path.fair.name))
    there = queries.standing_link(happened.kind, happened.id, to)
    if there is not None:
        return there
    if happened.kind in (FromKind.LEAD, FromKind.FAIR_DEAL) and queries.is_linked(happened.kind, happened.id):
        raise Refusal(_l("This was linked to another deal already. An officer can remove that link first."))
    path = path or _begin(happened, need, contract, by)
    made = DealLink(
        path=path,
        from_kind=happened.kind,
        from_id=happened.id,
        to_kind=ToKind.REQUEST if isinstance(to, Need) else ToKind.CONTRACT,
        to_id=to.id,
        how=how,
        by_id=id_of(by),
        at=clock.now(),
    )
    db.session.add(made)
    db.session.flush()
    announce(
        LinkMade(
            path_id=path.id,
            fair_id=path.fair_id,
            link_id=made.id,
            from_kind=str(made.from_kind),
            to_kind=str(made.to_kind),
            actor_id=id_of(by),
        )
    )
    return made


def remove_link(*, link: DealLink, reason: str, by: Any) -> None:
    """It was linked wrongly. A path without any link is no path: it ends with the same reason."""
    path = _hold(link.path)
    reason = _reason(reason)
    if link.removed_at is not None:
        raise Refusal(_l("This link was removed already."))
    _remove(link, reason, by)
    db.session.refresh(path, attribute_names=["links"])
    if not path.standing:
        _end(path, reason, by)


def end_path(*, path: DealPath, reason: str, by: Any) -> None:
    """It did not begin at this fair: all its links go, and nothing of it is counted for the fair."""
    _hold(path)
    if path.ended_at is not None:
        raise Refusal(_l("This deal is no longer counted for the fair."))
    reason = _reason(reason)
    for each in path.standing:
        _remove(each, reason, by)
    _end(path, reason, by)


def object_to(*, path: DealPath, side: PathSide, words: str, by: Any) -> DealObjection:
    """A party says that this did not begin at the fair."""
    _hold(path)
    if path.ended_at is not None:
        raise Refusal(_l("This deal is no longer counted for the fair."))
    words = _reason(words, field="words")
    if queries.open_objection(path, side) is not None:
        raise Refusal(_l("You have objected already; the alliance looks at it."))
    said = DealObjection(path=path, side=side, words=words, by_id=id_of(by), at=clock.now())
    db.session.add(said)
    db.session.flush()
    announce(
        OriginDoubted(path_id=path.id, fair_id=path.fair_id, side=str(side), words=words, actor_id=id_of(by))
    )
    return said


def answer_objection(*, objection: DealObjection, upheld: bool, words: str, by: Any) -> None:
    """An officer looked: the path ends (`upheld`), or it stays, with the reason that both sides read."""
    path = _hold(objection.path)
    db.session.refresh(objection)
    if objection.answered_at is not None:
        raise Refusal(_l("Another officer has answered already."))
    words = _reason(words, field="words")
    who = id_of(by)
    objection.upheld, objection.answer = upheld, words
    objection.answered_at, objection.answered_by_id = clock.now(), who
    db.session.flush()
    if upheld and path.ended_at is None:
        end_path(path=path, reason=words, by=by)
    elif path.ended_at is None:
        announce(OriginConfirmed(path_id=path.id, fair_id=path.fair_id, words=words, actor_id=id_of(by)))
    notices.answered(objection)


# --- how it is done ---------------------------------------------------------------------------------


def _root(to: Need | Contract) -> tuple[Need | None, Contract | None]:
    """A contract that was made of a request's award has its origin where the request has it."""
    if isinstance(to, Need):
        return to, None
    need = queries.need_of_contract(to)
    return (need, None) if need is not None else (None, to)


def _lock(root: Need | Contract | None) -> None:
    """One at a time says where a deal began."""
    assert root is not None
    model = type(root)
    db.session.execute(select(model.id).where(model.id == root.id).with_for_update())


def _hold(path: DealPath) -> DealPath:
    db.session.refresh(path, with_for_update={"of": DealPath}, attribute_names=["ended_at", "ended_reason"])
    return path


def _fits_days(happened: Happening, to: Need | Contract) -> None:
    day = _day_of(to)
    last = counts_until(happened.fair.last_day)
    if day < happened.fair.first_day:
        raise Refusal(_l("This began before the fair did."))
    if day > last:
        raise Refusal(
            _l(
                "This began after %(day)s: by then nothing counts for the fair any more.",
                day=formats.date(last, locale()),
            )
        )


def _day_of(to: Need | Contract) -> dt.date:
    if isinstance(to, Need):
        return clock.to_local(to.drafted_at).date()
    return to.signed_on or clock.to_local(to.created_at).date()


def _fits_parties(happened: Happening, to: Need | Contract) -> None:
    buyer = to.organisation_id if isinstance(to, Need) else to.buyer_id
    if happened.organisation_id not in (None, buyer):
        raise Refusal(_l("At the fair it was another buyer."))
    if isinstance(to, Contract) and happened.cooperative_id not in (None, to.cooperative_id):
        raise Refusal(_l("At the fair it was another cooperative."))
    if isinstance(to, Contract) and to.state is ContractState.DROPPED:
        raise Refusal(_l("This contract was not concluded."))


def _begin(happened: Happening, need: Need | None, contract: Contract | None, by: Any) -> DealPath:
    path = DealPath(
        ref=random_ref(),
        fair=happened.fair,
        need=need,
        contract=contract,
        counts_until=counts_until(happened.fair.last_day),
        folded=_folded(happened.fair, need, contract),
        begun_by_id=id_of(by),
        begun_at=clock.now(),
    )
    db.session.add(path)
    db.session.flush()
    announce(PathBegan(path_id=path.id, fair_id=path.fair_id, actor_id=id_of(by)))
    return path


def _folded(fair: Fair, need: Need | None, contract: Contract | None) -> str:
    told = [fair.name_vi, fair.name_en]
    if need is not None:
        told += [need.goods.name_vi, need.goods.name_en, need.organisation.name]
    if contract is not None:
        told += [contract.title, contract.buyer.name, contract.cooperative.name]
    return fold(" ".join(told))[:800]


def _remove(link: DealLink, reason: str, by: Any) -> None:
    link.removed_at, link.removed_by_id, link.removed_reason = clock.now(), id_of(by), reason
    db.session.flush()
    announce(
        LinkRemoved(
            path_id=link.path_id,
            fair_id=link.path.fair_id,
            link_id=link.id,
            words=reason,
            actor_id=id_of(by),
        )
    )


def _end(path: DealPath, reason: str, by: Any) -> None:
    path.ended_at, path.ended_by_id, path.ended_reason = clock.now(), id_of(by), reason
    db.session.flush()
    announce(PathEnded(path_id=path.id, fair_id=path.fair_id, words=reason, actor_id=id_of(by)))


def _reason(words: str, field: str = "reason") -> str:
    told = clean_text(words)[:LONGEST]
    if not told:
        raise Refusal(_l("Please say why: both sides read it."), field=field)
    return told
