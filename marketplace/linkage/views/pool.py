"""Running a pool, for officers and for the cooperative that leads it: the same pages under two frames."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, request

from marketplace.foundation import clock
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.papers.views import send_for
from marketplace.foundation.web import acted, allow, flash, person, redirect_to, render
from marketplace.foundation.words import _
from marketplace.helping import policies as helping
from marketplace.helping.states import Matter
from marketplace.inbox import queries as inbox
from marketplace.linkage import policies, pool_words, queries, services, written
from marketplace.linkage.forms.pool import (
    AllocateForm,
    EnterCommitForm,
    InviteForm,
    PoolForm,
    PressForm,
    PriceForm,
    ReasonForm,
    commit_form,
)
from marketplace.linkage.models import Pool, PoolAllocation, PoolMember
from marketplace.linkage.papers import MINUTES
from marketplace.selection.states import Entered

office = Blueprint("office_pools", __name__, url_prefix="/office/pools")
lead = Blueprint("lead_pools", __name__, url_prefix="/desk/pools/led")
FRAMES = {"office_pools": "layout/office.html", "lead_pools": "layout/desk.html"}


def both(path: str, *methods: str) -> Callable[[Any], Any]:
    """The same page at the office and on the lead's desk."""

    def register(view: Any) -> Any:
        for blueprint in (office, lead):
            blueprint.add_url_rule(f"/<organised_pool:pool>{path}", view.__name__, view, methods=[*methods])
        return view

    return register


def here(endpoint: str, **values: Any) -> Any:
    """To another page of the same frame."""
    return redirect_to(f"{request.blueprint}.{endpoint}", **values)


def page(template: str, **values: Any) -> Any:
    return render(template, frame=FRAMES[request.blueprint or "office_pools"], **values)


@both("", "GET")
@allow(policies.organises, reads=policies.reads_pool)
def show(pool: Pool) -> Any:
    return _show(pool)


@both("/terms", "GET", "POST")
@allow(policies.organises)
def terms(pool: Pool) -> Any:
    form = PoolForm(
        data={
            "goal": pool.goal,
            "rule": pool.rule.value,
            "floor": pool.floor or None,
            "join_by": clock.to_local(pool.join_by).date(),
            "radius": pool.radius,
            "words": pool.words,
        }
    )
    if form.submitted():
        with form.reporting(), transaction():
            services.change_pool_terms(pool=pool, **form.terms(), by=person())
            flash(_("Kept."))
            return here("show", pool=pool)
    return page("linkage/pool/terms.html", pool=pool, form=form)


@both("/invitations", "GET", "POST")
@allow(policies.organises)
def invite(pool: Pool) -> Any:
    """Who has volume free in these weeks, the nearest first."""
    radius = _radius(pool)
    found = queries.pool.candidates(pool, radius)
    form = InviteForm(found)
    if form.submitted():
        with form.reporting(), transaction():
            chosen = set(form.cooperatives.data or ())
            for one in found:
                if one.cooperative.slug in chosen:
                    services.invite_to_pool(pool=pool, cooperative=one.cooperative, by=person())
            flash(_("Invited: %(n)s.", n=len(chosen)))
            return here("show", pool=pool)
    return page(
        "linkage/pool/invite.html", pool=pool, form=form, candidates=found, radius=radius,
        weeks=queries.pool.week_lines(pool),
    )  # fmt: skip


def _radius(pool: Pool) -> int | None:
    """As asked for now, else as the pool says; 0 is any distance."""
    asked = request.args.get("km", type=int)
    return (asked or None) if asked is not None else pool.radius


@both("/members/<called>", "GET", "POST")
@allow(policies.organises)
def member(pool: Pool, called: str) -> Any:
    """What a member said; what it tells by phone is written down here, by the alliance."""
    found = _member(pool, called)
    weeks, sources = [*queries.pool.goal_by_week(pool)], queries.pool.sources_of(pool, found.cooperative_id)
    form = commit_form(EnterCommitForm, found, weeks, sources)
    if not policies.runs_pools(person()) and request.method == "POST":
        abort(403)
    if form.submitted():
        with form.reporting(), transaction():
            services.commit_to_pool(
                member=found,
                source=next(each for each in sources if each.key == form.source.data),
                weeks=form.words(),
                entered=Entered(form.entered.data),
                told_by=form.told_by.data or "",
                by=person(),
            )
            flash(_("Written down for %(name)s.", name=found.cooperative.called))
            return here("show", pool=pool)
    return page(
        "linkage/pool/member.html", pool=pool, member=found,
        decides=helping.may_act_for(person(), found.cooperative, Matter.QUOTES),
        entry=inbox.newest_about(written.MEMBER, found.id), form=form, goal=queries.pool.goal_by_week(pool),
        shares=queries.pool_allocation.shares_of_member(found.id), says=pool_words.reasons,
        week_days=pool_words.week_days,
    )  # fmt: skip


@both("/members/<called>/release", "GET", "POST")
@allow(policies.organises)
def release(pool: Pool, called: str) -> Any:
    found, form = _member(pool, called), ReasonForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.release_pool_member(member=found, reason=form.reason.data, by=person())
            flash(
                _("%(name)s is out. Invite somebody else, and compute again.", name=found.cooperative.called)
            )
            return here("show", pool=pool)
    return page("linkage/pool/release.html", pool=pool, member=found, form=form)


@both("/members/<called>/delivered", "POST")
@allow(policies.organises)
def delivered(pool: Pool, called: str) -> Any:
    found = _member(pool, called)
    return _press(pool, lambda: services.note_pool_delivered(member=found, by=person()), _("Noted."))


@both("/lock", "POST")
@allow(policies.organises)
def lock(pool: Pool) -> Any:
    return _press(
        pool, lambda: services.lock_pool(pool=pool, by=person()), _("Locked. The shares are being computed.")
    )


@both("/allocations", "POST")
@allow(policies.organises)
def allocate(pool: Pool) -> Any:
    form = AllocateForm()
    if form.submitted():
        with form.reporting(), transaction():
            run = services.queue_allocation(
                pool=pool, reason=form.reason.data, keep=bool(form.keep.data), by=person()
            )
            return here("allocation", pool=pool, number=run.number)
    return _show(pool, allocating=form)


@both("/allocations/<int:number>", "GET")
@allow(policies.organises, reads=policies.reads_pool)
def allocation(pool: Pool, number: int) -> Any:
    return _allocation(pool, _run(pool, number), PressForm())


@both("/allocations/<int:number>", "POST")
@allow(policies.organises)
def hold(pool: Pool, number: int) -> Any:
    """From now on these shares hold."""
    run, form = _run(pool, number), PressForm()
    with form.reporting(), transaction():
        services.put_allocation_in_force(allocation=run, by=person())
        flash(_("These shares hold now, and everybody was told."))
        return here("show", pool=pool)
    return _allocation(pool, run, form)


@both("/answer", "POST")
@allow(policies.organises)
def answer(pool: Pool) -> Any:
    form = PriceForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.answer_with_pool(pool=pool, price=form.price.data, by=person())
            flash(_("The buyer has your answer: one line, one price, one contact."))
            return here("show", pool=pool)
    return _show(pool, pricing=form)


@both("/delivery", "POST")
@allow(policies.organises)
def begin(pool: Pool) -> Any:
    return _press(pool, lambda: services.begin_pool_delivery(pool=pool, by=person()), _("The pool delivers."))


@both("/settlement", "POST")
@allow(policies.organises)
def settle(pool: Pool) -> Any:
    return _press(pool, lambda: services.settle_pool(pool=pool, by=person()), _("The pool is settled."))


@both("/dissolution", "GET", "POST")
@allow(policies.organises)
def dissolve(pool: Pool) -> Any:
    form = ReasonForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.dissolve_pool(pool=pool, reason=form.reason.data, by=person())
            flash(_("Dissolved. Everybody was told, and nothing is promised any more."))
            return here("show", pool=pool)
    return page("linkage/pool/dissolve.html", pool=pool, form=form)


@both("/minutes", "GET")
@allow(policies.organises, reads=policies.reads_pool)
def minutes(pool: Pool) -> Any:
    """To look at, to print, to sign."""
    return page(
        "linkage/pool/minutes.html", pressed=False, blueprint=request.blueprint, **pool_words.minutes_of(pool)
    )


@both("/minutes", "POST")
@allow(policies.organises)
def press_minutes(pool: Pool) -> Any:
    return send_for(
        kind=MINUTES,
        values={"pool": pool.ref},
        title=_("Minutes of a pool: %(title)s", title=pool_words.title(pool)),
        back=request.path,
    )


# --- how it is shown --------------------------------------------------------------------------------


def _show(pool: Pool, allocating: Any = None, pricing: Any = None, pressed: Any = None) -> Any:
    runs = queries.pool_allocation.allocations_of(pool.id)
    held = queries.pool_allocation.allocation_in_force(pool.id)
    return page(
        "linkage/pool/show.html",
        pool=pool,
        title=pool_words.title(pool),
        weeks=queries.pool.week_lines(pool),
        runs=runs,
        held=held,
        shares=queries.pool_allocation.shares_by_member(held) if held is not None else {},
        allocating=allocating or AllocateForm(formdata=None),
        pricing=pricing or PriceForm(formdata=None),
        form=pressed or allocating or pricing or PressForm(),
        week_days=pool_words.week_days,
        award=queries.pool.award_of(pool),
        history=history_of("pool", pool.id, limit=20),
    )


def _allocation(pool: Pool, run: PoolAllocation, form: PressForm) -> Any:
    return page(
        "linkage/pool/allocation.html",
        pool=pool,
        title=pool_words.title(pool),
        run=run,
        table=pool_words.share_table(run),
        form=form,
        newest=run.number == queries.pool_allocation.last_allocation_number(pool.id),
        goal=queries.pool.goal_by_week(pool),
        says=pool_words.reasons,
        week_days=pool_words.week_days,
        got=pool_words.got,
    )


def _press(pool: Pool, act: Callable[[], Any], words: str) -> Any:
    return acted(
        PressForm(),
        act,
        words,
        then=lambda _done: here("show", pool=pool),
        again=lambda form: _show(pool, pressed=form),
    )


def _member(pool: Pool, called: str) -> PoolMember:
    return queries.pool.member_called(pool, called) or abort(404)


def _run(pool: Pool, number: int) -> PoolAllocation:
    return queries.pool_allocation.allocation_no(pool.id, number) or abort(404)
