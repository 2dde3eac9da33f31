"""The sections of a request: filled in while it is a draft; once it is open, each change is a numbered amendment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from marketplace.buyers.models import Depot
from marketplace.catalogue import grading
from marketplace.catalogue import services as catalogue
from marketplace.catalogue.models import Commodity, GradeSpec
from marketplace.cooperatives import queries as cooperatives
from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import PaperKind
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.money import Money
from marketplace.foundation.words import _l
from marketplace.linkage import arriving, asking, indexing, need_words, queries, schedule
from marketplace.linkage.events import CooperativeInvited, NeedAmended, NeedFilledIn
from marketplace.linkage.models import Need, NeedAmendment, NeedInvitation, NeedLine, NeedPaper
from marketplace.linkage.schedule import Portion
from marketplace.linkage.states import Audience, NeedState, Section


def set_goods(
    *,
    need: Need,
    commodity: Commodity | None,
    grade: GradeSpec | None,
    packing: str,
    reason: str = "",
    by: Any,
) -> None:
    """Which origin (None: any), which grade (None: as it comes), how packed. The goods themselves stay.

    Raises Refusal for an origin or a grade of other goods.
    """
    if commodity is not None and commodity.goods_id != need.goods_id:
        raise Refusal(_l("This origin belongs to other goods."), field="commodity")
    if grade is not None and grade.goods_id != need.goods_id:
        raise Refusal(_l("This grade belongs to other goods."), field="grade")
    with _writing(need, Section.GOODS, reason, by):
        need.commodity, need.packing = commodity, packing
        need.grade_spec = grade
        need.grade = grading.copy_of(grade) if grade is not None else {}
        if grade is not None and need.state is NeedState.OPEN:
            catalogue.note_grade_used(spec=grade)


def set_amounts(*, need: Need, portions: Sequence[Portion], reason: str = "", by: Any) -> None:
    """So much on each day, or in each week; a line that stays keeps its number. Raises Refusal for odd lines."""
    wanted = schedule.sensible(portions)
    if wanted[0].starts <= clock.today():
        raise Refusal(_l("The first delivery must be later than today."), field="first")
    with _writing(need, Section.AMOUNTS, reason, by):
        _write_lines(need, wanted)


def set_delivery(
    *,
    need: Need,
    depot: Depot | None,
    line: str = "",
    unit_id: int | None = None,
    arrives_from: dt.time | None,
    arrives_until: dt.time | None,
    reason: str = "",
    by: Any,
) -> None:
    """A depot of the buyer, or a place in words; each day between these times. Raises Refusal for neither."""
    if depot is not None and depot.organisation_id != need.organisation_id:
        raise Refusal(_l("This depot belongs to somebody else."), field="depot")
    if depot is None and unit_id is None:
        raise Refusal(_l("Choose a depot, or write the commune."), field="place")
    if arrives_from and arrives_until and arrives_from >= arrives_until:
        raise Refusal(_l("The hours must begin before they end."), field="arrives_until")
    with _writing(need, Section.DELIVERY, reason, by):
        need.depot = depot
        need.place, need.unit_id = (
            arriving.at_depot(depot) if depot is not None else arriving.elsewhere(line, unit_id or 0)
        )
        need.arrives_from, need.arrives_until = arrives_from, arrives_until


def set_papers(
    *,
    need: Need,
    kinds: Collection[PaperKind],
    ages: Mapping[PaperKind, int] | None = None,
    named: bool = False,
    reason: str = "",
    by: Any,
) -> None:
    """Papers that must be valid on every day of delivery; `ages`: not older than so many days; `named`: they name the
    product."""
    with _writing(need, Section.PAPERS, reason, by):
        kept = {paper.kind: paper for paper in need.papers}
        need.papers = [kept.get(kind) or NeedPaper(kind=kind) for kind in dict.fromkeys(kinds)]
        for paper in need.papers:
            paper.max_age_days, paper.names_product = (ages or {}).get(paper.kind), named


def set_more(*, need: Need, answers: Mapping[str, Any], reason: str = "", by: Any) -> None:
    """Answers to the questions of its stall; a draft is asked the newest ones. Refusal names fields as a_<key>."""
    with _writing(need, Section.MORE, reason, by):
        if need.state is NeedState.DRAFT:
            need.form = queries.newest_form(need.goods.category_id)
        questions = asking.questions_of(need.form.fields) if need.form is not None else []
        need.answers = asking.checked(questions, answers)


def set_terms(
    *,
    need: Need,
    target_price: Money | None,
    audience: Audience,
    invited: Collection[int] = (),
    splits: bool,
    sealed: bool,
    words: str = "",
    reason: str = "",
    by: Any,
) -> None:
    """Price in mind, who may quote (`invited` are cooperatives), whether it may be shared and stays sealed.

    Once it is open, who may quote and the seal stand as they are; more may be invited by `invite`.
    """
    standing = need.state is not NeedState.DRAFT
    if standing and (audience is not need.audience or sealed != need.sealed):
        raise Refusal(_l("Who may quote, and the seal, stand since it was published."))
    with _writing(need, Section.TERMS, reason, by):
        need.target_price, need.splits, need.words = target_price, splits, words
        need.audience, need.sealed = audience, sealed
        if need.state is NeedState.DRAFT:
            wanted = dict.fromkeys(invited if audience is Audience.INVITED else ())
            kept = {each.cooperative_id: each for each in need.invitations}
            found = [kept.get(each) or _invitation(need, each, by) for each in wanted]
            need.invitations = found


def set_deadlines(
    *,
    need: Need,
    quotes_until: dt.datetime,
    questions_until: dt.datetime | None,
    reason: str = "",
    by: Any,
) -> None:
    """Until when quotes and questions are taken; without a time of their own, questions as long as quotes."""
    if quotes_until <= clock.now():
        raise Refusal(_l("The deadline for quotes must be later than now."), field="quotes_day")
    if questions_until is not None and questions_until > quotes_until:
        raise Refusal(_l("Questions end before quotes do."), field="questions_day")
    with _writing(need, Section.DEADLINES, reason, by):
        need.quotes_until, need.questions_until = quotes_until, questions_until


def invite(*, need: Need, cooperative_ids: Collection[int], by: Any) -> int:
    """Ask these to quote; those invited before are not asked again. How many are new."""
    take_turn(need)
    if need.state not in (NeedState.DRAFT, NeedState.OPEN):
        raise Refusal(_l("Quotes are no longer taken."))
    known = {each.cooperative_id for each in need.invitations}
    new = [each for each in dict.fromkeys(cooperative_ids) if each not in known]
    need.invitations += [_invitation(need, each, by) for each in new]
    db.session.flush()
    if need.state is NeedState.OPEN:
        tell_invited(need, new, by)
    return len(new)


# --- for the other verbs ----------------------------------------------------------------------------


def take_turn(need: Need) -> None:
    """Whoever changes a request waits for whoever is changing it."""
    db.session.refresh(need, with_for_update={"of": Need})


def tell_invited(need: Need, cooperative_ids: Collection[int], by: Any) -> None:
    names = {each.cooperative_id: each.cooperative for each in need.invitations}
    for cooperative_id in cooperative_ids:
        announce(
            CooperativeInvited(
                need_id=need.id,
                organisation_id=need.organisation_id,
                cooperative_id=cooperative_id,
                name=names[cooperative_id].called,
                actor_id=id_of(by),
            )
        )


def _invitation(need: Need, cooperative_id: int, by: Any) -> NeedInvitation:
    cooperative = db.session.get(Cooperative, cooperative_id)
    if cooperative is None or not cooperatives.can_list(cooperative):
        raise Refusal(_l("Only members of the alliance can be invited."), field="invited")
    return NeedInvitation(
        cooperative_id=cooperative.id,
        cooperative=cooperative,
        invited_by_id=id_of(by),
        invited_at=clock.now(),
    )


def _write_lines(need: Need, wanted: Sequence[Portion]) -> None:
    standing = {line.starts: line for line in need.lines}
    kept = []
    for portion in wanted:
        line = standing.get(portion.starts) or NeedLine(starts=portion.starts)
        line.day, line.week, line.quantity = portion.day, portion.week, portion.quantity
        kept.append(line)
    need.lines = kept
    need.total = schedule.total(wanted)
    need.first_day, need.last_day = wanted[0].starts, wanted[-1].ends


@contextmanager
def _writing(need: Need, section: Section, reason: str, by: Any) -> Iterator[None]:
    """A draft is simply written; what is open is amended, with a reason, and stays fit to be open."""
    take_turn(need)
    if need.state is NeedState.DRAFT:
        yield
        need.told_sections = [*dict.fromkeys([*need.told_sections, str(section)])]
        db.session.flush()
        announce(NeedFilledIn(need_id=need.id, section=str(section), actor_id=id_of(by)))
        return
    if not need.takes_quotes:
        raise Refusal(_l("Quotes are no longer taken: it can no longer be changed."))
    if not reason.strip():
        raise Refusal(_l("Say why it changes: everybody who answered reads it."), field="reason")
    before = need_words.in_both_languages(need)
    yield
    db.session.flush()
    if lacks := queries.missing(need):
        raise Refusal(" ".join(lacks.values()))
    _amend(need, before, reason.strip(), by)


def _amend(need: Need, before: dict[str, dict[str, tuple[str, str]]], reason: str, by: Any) -> None:
    changed = need_words.changes(before, need_words.in_both_languages(need))
    if not changed:
        return
    need.amendments += 1
    db.session.add(
        NeedAmendment(
            need_id=need.id,
            number=need.amendments,
            changes=changed,
            reason=reason[:500],
            by_id=id_of(by),
            at=clock.now(),
        )
    )
    db.session.flush()
    indexing.renew(need)
    announce(
        NeedAmended(
            need_id=need.id,
            organisation_id=need.organisation_id,
            number=need.amendments,
            words=reason[:500],
            actor_id=id_of(by),
        )
    )
