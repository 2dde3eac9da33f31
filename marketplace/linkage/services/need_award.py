"""Awards: parts of a request given away line by line, never more than is needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select, update

from marketplace.cooperatives import queries as cooperatives
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock, formats
from marketplace.foundation.db import db
from marketplace.foundation.errors import Conflict, Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.linkage import need_words, queries
from marketplace.linkage.events import NeedAwarded, NeedPartAwarded, NeedReserveChosen
from marketplace.linkage.models import Need, NeedAward, NeedAwardLine, NeedLine
from marketplace.linkage.services.need_section import take_turn
from marketplace.linkage.states import AwardKind, need_lifecycle


@dataclass(frozen=True)
class Part:
    """To whom, by which answer ("quote:12"), and how much of each line: line id → quantity in the request's unit."""

    cooperative_id: int
    source: str
    quantities: Mapping[int, Decimal]

    @property
    def total(self) -> Decimal:
        return sum(self.quantities.values(), Decimal(0))


@dataclass(frozen=True)
class Reserve:
    """Who would be asked next, in the order of the list."""

    cooperative_id: int
    source: str


def award(*, need: Need, parts: Sequence[Part], reserves: Sequence[Reserve] = (), by: Any) -> list[NeedAward]:
    """Give parts of a closed request, in full or not; what is left may be given later in the same way.

    Several may share it only where the request says so. Raises Refusal for a cooperative that may not quote or sign,
    for lines of another request, and for more than a line has left: whoever comes second gets that answer too.
    """
    take_turn(need)
    need_lifecycle.advance(need, "award")
    if not parts:
        raise Refusal(_l("Choose at least one quote, or say that none is suitable."))
    with db.session.no_autoflush:  # awarded without a part is no row that may stand
        _shared_as_allowed(need, parts)
        given = [_give(need, part, by) for part in parts]
    first = _last_rank(need.id) + 1
    waiting = [_wait(need, each, first + at, by) for at, each in enumerate(reserves)]
    need.decided_at = need.decided_at or clock.now()
    db.session.flush()
    _announce(need, given, waiting, by)
    return [*given, *waiting]


def _shared_as_allowed(need: Need, parts: Sequence[Part]) -> None:
    before = {each.source for each in queries.awards_of(need.id, AwardKind.PART) if each.standing}
    if not need.splits and len(before | {part.source for part in parts}) > 1:
        raise Refusal(_l("This request goes to one seller: choose one quote."))


def _give(need: Need, part: Part, by: Any) -> NeedAward:
    quantities = {line: amount for line, amount in sorted(part.quantities.items()) if amount}
    if not quantities or min(quantities.values()) < 0:
        raise Refusal(_l("Write how much of each line is awarded."))
    _take(need, quantities)
    award = _row(need, part, AwardKind.PART, by)
    award.quantity = sum(quantities.values(), Decimal(0))
    award.lines = [NeedAwardLine(line_id=line, quantity=amount) for line, amount in quantities.items()]
    db.session.add(award)
    return award


def _take(need: Need, quantities: Mapping[int, Decimal]) -> None:
    """Out of the lines, each only as far as it reaches; the request's sum goes with them."""
    lines = {line.id: line for line in need.lines}
    for line_id, amount in quantities.items():
        taken = db.session.scalar(
            update(NeedLine)
            .where(
                NeedLine.id == line_id,
                NeedLine.need_id == need.id,
                NeedLine.awarded + amount <= NeedLine.quantity,
            )
            .values(awarded=NeedLine.awarded + amount)
            .returning(NeedLine.id)
            .execution_options(synchronize_session=False)
        )
        if taken is None:
            raise Conflict(_too_much(need, lines.get(line_id)))
        db.session.refresh(lines[line_id])
    need.awarded += sum(quantities.values(), Decimal(0))


def _too_much(need: Need, line: NeedLine | None) -> Any:
    if line is None:
        return _l("This line is not part of the request any more. Please look at it again.")
    left = formats.amount(line.left, need.unit, locale())
    return _l("%(when)s: only %(left)s are left to award.", when=need_words.when(line), left=left)


def _wait(need: Need, reserve: Reserve, rank: int, by: Any) -> NeedAward:
    award = _row(need, reserve, AwardKind.RESERVE, by)
    award.rank = rank
    db.session.add(award)
    return award


def _row(need: Need, chosen: Part | Reserve, kind: AwardKind, by: Any) -> NeedAward:
    cooperative = db.session.get(Cooperative, chosen.cooperative_id)
    if cooperative is None or not queries.may_quote(need, cooperative.id):
        raise Refusal(_l("This cooperative was not asked."))
    if not cooperatives.can_contract(cooperative):
        raise Refusal(
            _l(
                "%(name)s cannot sign a contract: a cooperative group sells through a cooperative.",
                name=cooperative.called,
            )
        )
    return NeedAward(
        need_id=need.id,
        cooperative=cooperative,
        kind=kind,
        source=chosen.source,
        quantity=Decimal(0),
        by_id=id_of(by),
        at=clock.now(),
    )


def _last_rank(need_id: int) -> int:
    return int(db.session.scalar(select(func.max(NeedAward.rank)).where(NeedAward.need_id == need_id)) or 0)


def _announce(need: Need, given: Sequence[NeedAward], waiting: Sequence[NeedAward], by: Any) -> None:
    about: dict[str, Any] = {
        "need_id": need.id,
        "organisation_id": need.organisation_id,
        "actor_id": id_of(by),
    }
    for part in given:
        announce(
            NeedPartAwarded(
                award_id=part.id,
                cooperative_id=part.cooperative_id,
                name=part.cooperative.called,
                quantity=format(part.quantity.normalize(), "f"),
                unit=need.unit,
                **about,
            )
        )
    for reserve in waiting:
        announce(
            NeedReserveChosen(
                award_id=reserve.id,
                cooperative_id=reserve.cooperative_id,
                name=reserve.cooperative.called,
                rank=reserve.rank or 0,
                **about,
            )
        )
    announce(NeedAwarded(whole=not need.left, **about))
