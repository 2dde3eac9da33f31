"""Reading requests: whose they are, who may see them, what they still lack."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from marketplace.accounts.models import Organisation
from marketplace.accounts.states import OrganisationKind
from marketplace.catalogue import grading
from marketplace.catalogue.models import Category, Commodity, Goods, Product
from marketplace.catalogue.states import ProductState
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
from marketplace.foundation.db import Page, db, page_of
from marketplace.foundation.words import _, pick
from marketplace.linkage import answering, arriving, asking
from marketplace.linkage.models import (
    Need,
    NeedAmendment,
    NeedAward,
    NeedForm,
    NeedInvitation,
    NeedQuestion,
    Quote,
)
from marketplace.linkage.states import Audience, AwardKind, Done, NeedState, Section
from marketplace.selection.states import Entered


def _whole(query: Select[Any]) -> Select[Any]:
    return query.options(
        joinedload(Need.organisation),
        joinedload(Need.goods).joinedload(Goods.category),
        joinedload(Need.commodity),
        joinedload(Need.form),
        selectinload(Need.lines),
        selectinload(Need.papers),
        selectinload(Need.invitations).joinedload(NeedInvitation.cooperative),
    )


# --- whose ------------------------------------------------------------------------------------------


def own_need(ref: str, user: Any) -> Need | None:
    """Of a buying organisation one acts for, drafts too."""
    return _one(Need.ref == ref, Need.organisation_id.in_(user.organisation_ids))


def office_need(ref: str, user: Any) -> Need | None:
    """For officers: every request that was opened, and the drafts they wrote down for somebody."""
    if not user.is_officer:
        return None
    return _one(Need.ref == ref, or_(Need.opened_at.is_not(None), Need.entered != Entered.ONLINE))


def public_need(ref: str, user: Any = None) -> Need | None:
    """For everybody: opened, and open to all."""
    return _one(Need.ref == ref, *for_everybody())


def seller_need(ref: str, user: Any) -> Need | None:
    """For the cooperatives one acts for: open to all, or invited."""
    return _one(Need.ref == ref, seen_by_organisations(user.organisation_ids))


def need_by_id(need_id: int) -> Need | None:
    return _one(Need.id == need_id)


def _one(*where: ColumnElement[bool]) -> Need | None:
    found: Need | None = db.session.scalar(_whole(select(Need).where(*where)))
    return found


def for_everybody() -> tuple[ColumnElement[bool], ...]:
    return (Need.opened_at.is_not(None), Need.audience == Audience.OPEN, ~Need.hidden)


def seen_by_organisations(organisation_ids: Collection[int]) -> ColumnElement[bool]:
    """Requests that the cooperatives of these organisations may see: opened, and open to all or naming them; one that
    was taken off the board by those who answered it too."""
    invited = exists().where(
        NeedInvitation.need_id == Need.id,
        NeedInvitation.cooperative_id == Cooperative.id,
        Cooperative.organisation_id.in_([*organisation_ids]),
    )
    answered = exists().where(
        Quote.need_id == Need.id,
        Quote.cooperative_id == Cooperative.id,
        Cooperative.organisation_id.in_([*organisation_ids]),
    )
    on_board = and_(Need.audience == Audience.OPEN, ~Need.hidden)
    return and_(Need.opened_at.is_not(None), or_(on_board, invited, and_(Need.hidden, answered)))


def may_quote(need: Need, cooperative_id: int) -> bool:
    """Whether this cooperative sees the request at all."""
    return need.opened_at is not None and (
        (need.audience is Audience.OPEN and not need.hidden)
        or any(each.cooperative_id == cooperative_id for each in need.invitations)
    )


def interested(need: Need) -> set[int]:
    """Cooperatives that are told what happens: invited, asked something, or answered."""
    asked = db.session.scalars(
        select(NeedQuestion.cooperative_id).where(NeedQuestion.need_id == need.id).distinct()
    )
    return {
        *answering.cooperatives(need.id),
        *asked,
        *(each.cooperative_id for each in need.invitations),
    }


# --- lists ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class NeedRow:
    """A request as lists show it; `grade` and `place` are the copies of the request."""

    id: int
    ref: str
    number: str | None
    state: NeedState
    goods_vi: str
    goods_en: str
    drawing: str
    hue: str
    grade: dict[str, Any]
    total: Decimal
    awarded: Decimal
    unit: str
    first_day: dt.date | None
    last_day: dt.date | None
    place: dict[str, Any]
    quotes_until: dt.datetime | None
    opened_at: dt.datetime | None
    audience: Audience
    entered: Entered
    buyer: str
    amendments: int

    @property
    def goods_name(self) -> str:
        return pick(self.goods_vi, self.goods_en)

    @property
    def overdue(self) -> bool:
        """Its deadline has passed, and the worker has not closed it yet."""
        return (
            self.state is NeedState.OPEN
            and self.quotes_until is not None
            and self.quotes_until <= clock.now()
        )

    @property
    def area(self) -> str:
        return arriving.area_told(self.place)

    @property
    def grade_name(self) -> str:
        return grading.name_within(self.grade)


def rows() -> Select[Any]:
    """The columns of a NeedRow; narrowed by whoever asks."""
    return (
        select(
            Need.id,
            Need.ref,
            Need.number,
            Need.state,
            Goods.name_vi,
            Goods.name_en,
            Category.drawing,
            Category.hue,
            Need.grade,
            Need.total,
            Need.awarded,
            Need.unit,
            Need.first_day,
            Need.last_day,
            Need.place,
            Need.quotes_until,
            Need.opened_at,
            Need.audience,
            Need.entered,
            Organisation.name,
            Need.amendments,
        )
        .join(Need.goods)
        .join(Goods.category)
        .join(Need.organisation)
    )


def row_of(found: Any) -> NeedRow:
    return NeedRow(*found[:21])


def needs_of(
    organisation_id: int, state: NeedState | None, after: str | None = None, size: int = 20
) -> Page[NeedRow]:
    """A buyer's requests, the newest first."""
    query = rows().where(Need.organisation_id == organisation_id)
    if state is not None:
        query = query.where(Need.state == state)
    return page_of(query, Need.id, after=after, size=size, descending=True).map(row_of)


def needs_for_office(state: NeedState | None, *, after: str | None = None, size: int = 30) -> Page[NeedRow]:
    """Every opened request and the alliance's own drafts, the newest first."""
    query = rows().where(or_(Need.opened_at.is_not(None), Need.entered != Entered.ONLINE))
    if state is not None:
        query = query.where(Need.state == state)
    return page_of(query, Need.id, after=after, size=size, descending=True).map(row_of)


def office_counts() -> dict[NeedState, int]:
    """How many in each state, as the office sees them."""
    query = select(Need.state, func.count()).group_by(Need.state)
    found = db.session.execute(query.where(or_(Need.opened_at.is_not(None), Need.entered != Entered.ONLINE)))
    return {row[0]: row[1] for row in found}


def count_to_decide(organisation_id: int) -> int:
    """Closed, and the buyer has not decided."""
    query = select(func.count()).select_from(Need)
    return int(
        db.session.scalar(
            query.where(Need.organisation_id == organisation_id, Need.state == NeedState.CLOSED)
        )
        or 0
    )


def invited_needs(cooperative_id: int, limit: int = 30) -> list[NeedRow]:
    """Open requests that name this cooperative, the nearest deadline first."""
    query = (
        rows()
        .join(NeedInvitation, NeedInvitation.need_id == Need.id)
        .where(NeedInvitation.cooperative_id == cooperative_id, Need.state == NeedState.OPEN)
        .where(Need.quotes_until > clock.now())
        .order_by(Need.quotes_until, Need.id)
        .limit(limit)
    )
    return [row_of(found) for found in db.session.execute(query)]


def count_invited(cooperative_id: int) -> int:
    query = (
        select(func.count())
        .select_from(Need)
        .join(NeedInvitation, NeedInvitation.need_id == Need.id)
        .where(NeedInvitation.cooperative_id == cooperative_id, Need.state == NeedState.OPEN)
        .where(Need.quotes_until > clock.now())
    )
    return int(db.session.scalar(query) or 0)


def needs_for_goods(goods_ids: Collection[int], limit: int = 30) -> list[NeedRow]:
    """Open to all, of these goods, the nearest deadline first."""
    query = (
        rows()
        .where(*for_everybody(), Need.state == NeedState.OPEN, Need.quotes_until > clock.now())
        .where(Need.goods_id.in_([*goods_ids]))
        .order_by(Need.quotes_until, Need.id)
        .limit(limit)
    )
    return [row_of(found) for found in db.session.execute(query)]


def needs_by_ids(ids: Sequence[int]) -> list[NeedRow]:
    """These, in the order of the ids, in one statement."""
    found = {row[0]: row_of(row) for row in db.session.execute(rows().where(Need.id.in_(ids)))}
    return [found[each] for each in ids if each in found]


def due_to_close() -> Sequence[int]:
    """Open, and past their deadline."""
    return db.session.scalars(
        select(Need.id)
        .where(Need.state == NeedState.OPEN, Need.quotes_until <= clock.now())
        .order_by(Need.id)
    ).all()


# --- parts of one request ---------------------------------------------------------------------------


def amendments_of(need_id: int) -> Sequence[NeedAmendment]:
    """What was changed, the newest first."""
    return db.session.scalars(
        select(NeedAmendment).where(NeedAmendment.need_id == need_id).order_by(NeedAmendment.number.desc())
    ).all()


def questions_asked(need_id: int) -> Sequence[NeedQuestion]:
    """All questions but those that were taken down, in their order; pages show neither whose they are nor who asked."""
    query = select(NeedQuestion).where(NeedQuestion.need_id == need_id, ~NeedQuestion.hidden)
    return db.session.scalars(query.order_by(NeedQuestion.id)).all()


def question_by_id(question_id: int) -> NeedQuestion | None:
    """With its request."""
    query = select(NeedQuestion).where(NeedQuestion.id == question_id).options(joinedload(NeedQuestion.need))
    return db.session.scalar(query)


def question_of(need: Need, question_id: int) -> NeedQuestion | None:
    return db.session.scalar(
        select(NeedQuestion).where(
            NeedQuestion.need_id == need.id, NeedQuestion.id == question_id, ~NeedQuestion.hidden
        )
    )


def count_unanswered(organisation_id: int) -> int:
    query = select(func.count()).select_from(NeedQuestion).join(NeedQuestion.need)
    return int(
        db.session.scalar(
            query.where(
                Need.organisation_id == organisation_id,
                Need.state == NeedState.OPEN,
                NeedQuestion.answered_at.is_(None),
                ~NeedQuestion.hidden,
            )
        )
        or 0
    )


def awards_of(need_id: int, kind: AwardKind | None = None) -> Sequence[NeedAward]:
    """Parts first, then reserves by rank, with their cooperatives and lines."""
    query = select(NeedAward).where(NeedAward.need_id == need_id)
    if kind is not None:
        query = query.where(NeedAward.kind == kind)
    return db.session.scalars(
        query.options(
            joinedload(NeedAward.cooperative),
            selectinload(NeedAward.lines),
            selectinload(NeedAward.returns),
        ).order_by(NeedAward.kind, NeedAward.rank, NeedAward.id)
    ).all()


def newest_form(category_id: int) -> NeedForm | None:
    """What requests of this stall are asked today; None while nobody wrote anything."""
    return db.session.scalar(
        select(NeedForm).where(NeedForm.category_id == category_id).order_by(NeedForm.version.desc()).limit(1)
    )


def newest_forms() -> dict[int, NeedForm]:
    """Category id → its newest form."""
    newest = select(NeedForm.category_id, func.max(NeedForm.version).label("version")).group_by(
        NeedForm.category_id
    )
    last = newest.subquery()
    found = db.session.scalars(
        select(NeedForm).join(
            last, and_(last.c.category_id == NeedForm.category_id, last.c.version == NeedForm.version)
        )
    )
    return {form.category_id: form for form in found}


# --- what is still to do ----------------------------------------------------------------------------


def missing(need: Need) -> dict[Section, str]:
    """Section → what it lacks, as a sentence; nothing when the request may be opened."""
    said = {
        Section.AMOUNTS: _amounts_lack(need),
        Section.DELIVERY: "" if need.place else _("Say where the goods are delivered."),
        Section.MORE: _answers_lack(need),
        Section.TERMS: _terms_lack(need),
        Section.DEADLINES: _deadlines_lack(need),
    }
    return {section: sentence for section, sentence in said.items() if sentence}


def progress(need: Need) -> dict[Section, Done]:
    """How far each section is; "more" is there only where the stall has questions."""
    lacking = missing(need)
    told = {}
    for section in Section:
        if section is Section.MORE and not asks_more(need):
            continue
        filled = section in need.told_sections
        if section in lacking:
            told[section] = Done.TO_DO
        else:
            told[section] = Done.DONE if filled or section is Section.GOODS else Done.OPTIONAL
    return told


def asks_more(need: Need) -> bool:
    return need.form is not None and bool(need.form.fields)


def _amounts_lack(need: Need) -> str:
    if not need.lines:
        return _("Say how much you need, and when.")
    if need.state is NeedState.DRAFT and need.first_day is not None and need.first_day <= clock.today():
        return _("The first delivery must be later than today.")
    return ""


def _answers_lack(need: Need) -> str:
    if need.form is None:
        return ""
    lacking = asking.unanswered(asking.questions_of(need.form.fields), need.answers)
    return _("Still to be answered: %(what)s.", what=", ".join(q.label for q in lacking)) if lacking else ""


def _terms_lack(need: Need) -> str:
    if need.audience is Audience.INVITED and not need.invitations:
        return _("Invite at least one cooperative, or let everybody quote.")
    return ""


def _deadlines_lack(need: Need) -> str:
    if need.quotes_until is None:
        return _("Say until when quotes are taken.")
    if need.state is NeedState.DRAFT and need.quotes_until <= clock.now():
        return _("The deadline for quotes must be later than now.")
    if need.first_day is not None and need.quotes_until >= clock.start_of_day(need.first_day):
        return _("Quotes must be in before the day of the first delivery.")
    return ""


def stall_for_office(slug: str, user: Any) -> Category | None:
    """A stall whose questions officers keep."""
    if not user.is_officer:
        return None
    return db.session.scalar(select(Category).where(Category.slug == slug))


def buying_organisations() -> Sequence[Organisation]:
    """Everybody whose request the alliance may write down, by name."""
    return db.session.scalars(
        select(Organisation)
        .where(Organisation.kind == OrganisationKind.BUYER)
        .order_by(Organisation.name, Organisation.id)
    ).all()


def goods_sold_by(cooperative_id: int) -> list[int]:
    """Goods that this cooperative has on sale."""
    query = (
        select(Commodity.goods_id)
        .join(Product, Product.commodity_id == Commodity.id)
        .where(
            Product.cooperative_id == cooperative_id,
            Product.state == ProductState.PUBLISHED,
            Commodity.goods_id.is_not(None),
        )
        .distinct()
    )
    return [each for each in db.session.scalars(query) if each is not None]


def public_amendments(need_id: int, hidden: Collection[str]) -> list[dict[str, Any]]:
    """What was changed, the newest first, without changes of what is not for everybody."""
    told = []
    for each in amendments_of(need_id):
        shown = [
            change for change in each.changes if change["key"] not in hidden and change["key"] != "place"
        ]
        told.append({"number": each.number, "at": each.at, "reason": each.reason, "changes": shown})
    return told


def award_to_contract(number: str, user: Any) -> NeedAward | None:
    """A part that was given, for its buyer, its cooperative and the office."""
    if not user.is_authenticated or not number.isascii() or len(number) > 9:
        return None
    own = [*user.organisation_ids]
    theirs = or_(
        NeedAward.cooperative.has(Cooperative.organisation_id.in_(own)),
        NeedAward.need.has(Need.organisation_id.in_(own)),
    )
    query = select(NeedAward).where(NeedAward.id == int(number), NeedAward.kind == AwardKind.PART)
    return db.session.scalar(query if user.is_officer else query.where(theirs))


def award_of_source(need_id: int, source: str) -> NeedAward | None:
    """The part of a request that was given to an answer ("quote:12")."""
    return db.session.scalar(
        select(NeedAward).where(
            NeedAward.need_id == need_id, NeedAward.source == source, NeedAward.kind == AwardKind.PART
        )
    )


def stepped_up(awards: Sequence[NeedAward]) -> list[NeedAward]:
    """Without the places in reserve of those who were given a part since."""
    given = {each.source for each in awards if each.kind is AwardKind.PART}
    return [each for each in awards if each.kind is AwardKind.PART or each.source not in given]


def reserves_of(cooperative_id: int, limit: int = 20) -> Sequence[NeedAward]:
    """Places in reserve that this cooperative waits in, the newest first, each with its request and buyer."""
    part = aliased(NeedAward)
    given = exists().where(
        part.need_id == NeedAward.need_id, part.source == NeedAward.source, part.kind == AwardKind.PART
    )
    need = joinedload(NeedAward.need)
    return db.session.scalars(
        select(NeedAward)
        .join(NeedAward.need)
        .where(
            NeedAward.cooperative_id == cooperative_id,
            NeedAward.kind == AwardKind.RESERVE,
            Need.state.in_((NeedState.CLOSED, NeedState.AWARDED)),
            ~given,
        )
        .options(need.joinedload(Need.goods), need.joinedload(Need.organisation))
        .order_by(NeedAward.id.desc())
        .limit(limit)
    ).all()


def awards_to(cooperative_id: int, limit: int = 20) -> Sequence[NeedAward]:
    """Parts this cooperative was given, the newest first, each with its request and buyer."""
    need = joinedload(NeedAward.need)
    return db.session.scalars(
        select(NeedAward)
        .where(
            NeedAward.cooperative_id == cooperative_id,
            NeedAward.kind == AwardKind.PART,
            NeedAward.returned < NeedAward.quantity,
        )
        .options(need.joinedload(Need.goods), need.joinedload(Need.organisation))
        .order_by(NeedAward.id.desc())
        .limit(limit)
    ).all()
