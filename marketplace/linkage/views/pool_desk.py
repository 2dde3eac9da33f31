"""Pools on the desk of a cooperative: asked, answered in two numbers, the own share and its money."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, request

from marketplace.foundation.audit import history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.web import allow, flash, person, redirect_to, render
from marketplace.foundation.words import _
from marketplace.inbox import queries as inbox
from marketplace.linkage import need_words, policies, pool_words, queries, services, written
from marketplace.linkage.forms.pool import CommitForm, ReasonForm, commit_form
from marketplace.linkage.models import Need, Pool, PoolMember
from marketplace.linkage.views.pool_office import begin, own_cooperative

desk = Blueprint("desk_pools", __name__, url_prefix="/desk/pools")
buyer = Blueprint("buyer_pools", __name__, url_prefix="/buyer/pools")


@desk.route("", methods=["GET"])
@allow(policies.has_pool_desk)
def list() -> Any:
    own = own_cooperative()
    return render(
        "linkage/pool/desk_list.html",
        page=queries.pool.places_of(own.id, request.args.get("after")),
        led=queries.pool.led_pools(own.id),
        title=need_words.title,
    )


@desk.route("/needs", methods=["GET"])
@allow(policies.has_pool_desk)
def needs() -> Any:
    return render(
        "linkage/pool/needs.html",
        frame="layout/desk.html",
        new="desk_pools.new",
        back="desk_pools.list",
        page=queries.pool.needs_for_pools(person(), request.args.get("after")),
        title=need_words.title,
    )


@desk.route("/new/<pooled_need:need>", methods=["GET", "POST"])
@allow(policies.has_pool_desk)
def new(need: Need) -> Any:
    """A cooperative, or a union of cooperatives, leads one itself."""
    return begin(need, [own_cooperative()], "layout/desk.html", "lead_pools")


@desk.route("/<own_pool_place:place>", methods=["GET", "POST"])
@allow(policies.has_place)
def show(place: PoolMember) -> Any:
    pool = place.pool
    weeks, sources = [*queries.pool.goal_by_week(pool)], queries.pool.sources_of(pool, place.cooperative_id)
    form = commit_form(CommitForm, place, weeks, sources)
    if form.submitted():
        with form.reporting(), transaction():
            services.commit_to_pool(
                member=place,
                source=next(each for each in sources if each.key == form.source.data),
                weeks=form.words(),
                by=person(),
            )
            flash(_("Your word is kept. You can change it until the pool is locked."))
            return redirect_to("desk_pools.show", place=place)
    shares = queries.pool_allocation.shares_of_member(place.id)
    run = queries.pool_allocation.allocation_in_force(pool.id)
    return render(
        "linkage/pool/desk_show.html",
        member=place,
        pool=pool,
        title=pool_words.title(pool),
        form=form,
        entry=inbox.newest_about(written.MEMBER, place.id),
        goal=queries.pool.goal_by_week(pool),
        sources=sources,
        shares=shares,
        got=pool_words.got(pool, shares),
        sum_of=pool_words.got,
        table=pool_words.share_table(run),
        says=pool_words.reasons,
        week_days=pool_words.week_days,
        history=history_of("pool", pool.id, limit=10),
    )


@desk.route("/<own_pool_place:place>/leaving", methods=["GET", "POST"])
@allow(policies.has_place)
def leave(place: PoolMember) -> Any:
    """Not this time, or something happened: a reason told early helps everybody."""
    form = ReasonForm()
    if not policies.may_leave(person(), place):
        abort(404)
    if form.submitted():
        with form.reporting(), transaction():
            services.release_pool_member(member=place, reason=form.reason.data, by=person())
            flash(_("You are out of this pool. Whoever leads it was told."))
            return redirect_to("desk_pools.list")
    return render("linkage/pool/leave.html", member=place, pool=place.pool, form=form)


@buyer.route("/<answered_pool:pool>", methods=["GET"])
@allow(policies.buys_from_pools)
def answer(pool: Pool) -> Any:
    """One line, one price, one contact."""
    if pool.need.sealed_now:
        abort(404)
    run = queries.pool_allocation.allocation_in_force(pool.id)
    held = queries.pool_allocation.held_allocations(pool.id)
    return render(
        "linkage/pool/buyer_show.html",
        pool=pool,
        title=pool_words.title(pool),
        weeks=queries.pool.brought_by_week(run),
        names=pool_words.bringing(run),
        changes=pool_words.changes(held)[::-1],
        week_days=pool_words.week_days,
        award=queries.pool.award_of(pool),
    )
