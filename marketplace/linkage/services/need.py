"""The life of a request: begun, copied, opened, closed, withdrawn, cancelled, ended without a choice."""

from __future__ import annotations

from typing import Any

from marketplace.accounts.models import Organisation
from marketplace.accounts.states import OrganisationKind
from marketplace.catalogue import grading
from marketplace.catalogue import services as catalogue
from marketplace.catalogue.models import Goods
from marketplace.foundation import clock
from marketplace.foundation.db import count_up, db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.reference import human_number, random_ref
from marketplace.foundation.text import clean_line
from marketplace.foundation.words import _l
from marketplace.linkage import arriving, indexing, queries, written
from marketplace.linkage.events import (
    NeedCancelled,
    NeedClosed,
    NeedDrafted,
    NeedEntered,
    NeedEvent,
    NeedNoneSuitable,
    NeedOpened,
    NeedWithdrawn,
)
from marketplace.linkage.models import Need, NeedCounter, NeedPaper
from marketplace.linkage.services.need_section import take_turn, tell_invited
from marketplace.linkage.states import Section, need_lifecycle
from marketplace.selection.states import Entered

LONGEST_REASON = 500


def draft_need(
    *,
    organisation: Organisation,
    goods: Goods,
    entered: Entered = Entered.ONLINE,
    told_by: str = "",
    by: Any,
) -> Need:
    """Begin a request. `told_by` called or wrote, and an officer fills it in for them."""
    _buying(organisation)
    if entered is not Entered.ONLINE and not told_by.strip():
        raise Refusal(_l("Say who told it."), field="told_by")
    need = Need(
        ref=random_ref(),
        organisation=organisation,
        goods=goods,
        unit=goods.unit,
        form=queries.newest_form(goods.category_id),
        entered=entered,
        told_by="" if entered is Entered.ONLINE else clean_line(told_by)[:120],
        drafted_by_id=id_of(by),
        drafted_at=clock.now(),
    )
    db.session.add(need)
    db.session.flush()
    _announce_begun(need, by)
    return need


def copy_need(*, need: Need, by: Any) -> Need:
    """A new draft like this one, without its days and deadlines: amounts are written anew, the rest is there."""
    copy = draft_need(
        organisation=need.organisation,
        goods=need.goods,
        entered=need.entered,
        told_by=need.told_by,
        by=by,
    )
    for name in (
        "packing",
        "words",
        "arrives_from",
        "arrives_until",
        "target_price",
        "audience",
        "splits",
        "sealed",
    ):
        setattr(copy, name, getattr(need, name))
    copy.commodity, copy.copied_from_id = need.commodity, need.id
    _copy_grade(need, copy)
    _copy_place(need, copy)
    copy.papers = [
        NeedPaper(kind=each.kind, max_age_days=each.max_age_days, names_product=each.names_product)
        for each in need.papers
    ]
    copy.answers = dict(need.answers) if copy.form_id == need.form_id else {}
    kept = {Section.GOODS, Section.DELIVERY, Section.PAPERS, Section.MORE}
    copy.told_sections = [each for each in need.told_sections if each in kept]
    db.session.flush()
    return copy


def open_need(*, need: Need, by: Any) -> None:
    """Publish it: everybody it is for may see it and quote. Raises Refusal with what is missing."""
    take_turn(need)
    lacks = queries.missing(need)
    if lacks and need_lifecycle.allows(need, "open"):
        raise Refusal(" ".join(lacks.values()))
    _copy_as_it_stands(need)
    now = clock.now()
    year = clock.to_local(now).year
    need.number = need.number or human_number("YC", year, count_up(NeedCounter, year=year))
    need.opened_at = now
    need_lifecycle.advance(need, "open")
    db.session.flush()
    indexing.renew(need)
    announce(_about(NeedOpened, need, by, number=need.number))
    written.note_need(need, by)
    tell_invited(need, [each.cooperative_id for each in need.invitations], by)


def close_need(*, need: Need, by: Any = None) -> None:
    """Take no more quotes: at the deadline (by nobody), or earlier when the buyer says so."""
    take_turn(need)
    need_lifecycle.advance(need, "close")
    need.closed_at = clock.now()
    db.session.flush()
    indexing.renew(need)
    announce(_about(NeedClosed, need, by))


def withdraw_need(*, need: Need, reason: str, by: Any) -> None:
    """Take it back while quotes are taken. What was quoted comes to nothing."""
    _end(need, "withdraw", reason)
    announce(_about(NeedWithdrawn, need, by, words=need.reason))


def cancel_need(*, need: Need, reason: str, by: Any) -> None:
    """Throw a draft away, or give up after the deadline."""
    _end(need, "cancel", reason)
    announce(_about(NeedCancelled, need, by, words=need.reason))


def choose_none(*, need: Need, reason: str, by: Any) -> None:
    """After the deadline: no quote was suitable, and why."""
    _end(need, "choose_none", reason)
    announce(_about(NeedNoneSuitable, need, by, words=need.reason))


def _copy_as_it_stands(need: Need) -> None:
    """The depot and the grade, as they are on the day it is published."""
    if need.depot is not None:
        need.place, need.unit_id = arriving.at_depot(need.depot)
    if need.grade_spec is not None:
        need.grade = grading.copy_of(need.grade_spec)
        catalogue.note_grade_used(spec=need.grade_spec)


def _end(need: Need, step: str, reason: str) -> None:
    if not reason.strip():
        raise Refusal(_l("Please say why: those who answered read it."), field="reason")
    take_turn(need)
    need_lifecycle.advance(need, step)
    need.reason, need.decided_at = reason.strip()[:LONGEST_REASON], clock.now()
    db.session.flush()
    indexing.renew(need)


def _buying(organisation: Organisation) -> None:
    if organisation.kind is not OrganisationKind.BUYER:
        raise Refusal(_l("Only buying organisations ask for goods."), field="organisation")


def _copy_grade(need: Need, copy: Need) -> None:
    """The grade counts still; one that ended is chosen anew."""
    spec = need.grade_spec
    if spec is not None and spec.valid_on(clock.today()):
        copy.grade_spec, copy.grade = spec, grading.copy_of(spec)


def _copy_place(need: Need, copy: Need) -> None:
    if need.depot is not None and not need.depot.active:
        return
    copy.depot, copy.place, copy.unit_id = need.depot, dict(need.place), need.unit_id


def _announce_begun(need: Need, by: Any) -> None:
    if need.entered is Entered.ONLINE:
        announce(_about(NeedDrafted, need, by))
    else:
        announce(_about(NeedEntered, need, by, who=need.told_by))


def _about(kind: type[NeedEvent], need: Need, by: Any, **told: Any) -> NeedEvent:
    return kind(need_id=need.id, organisation_id=need.organisation_id, actor_id=id_of(by), **told)
