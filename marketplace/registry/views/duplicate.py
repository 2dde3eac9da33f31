"""Duplicates at the office: pairs side by side, what would move, merging with a reason, keeping apart."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort

from marketplace.accounts import services as people
from marketplace.accounts.again import asks_again
from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import KIND_LABELS, MEMBER_LABELS, SECTOR_LABELS
from marketplace.foundation import clock
from marketplace.foundation.db import transaction
from marketplace.foundation.web import allow, flash, person, redirect_to, render
from marketplace.foundation.web.fields import Needed, TextField
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _, _l
from marketplace.places import queries as places
from marketplace.registry import merging, policies, queries, services
from marketplace.registry.models import DuplicateMerge
from marketplace.registry.states.duplicate import GROUND_LABELS

bp = Blueprint("office_duplicates", __name__, url_prefix="/office/duplicates")


class UndoForm(Form):
    reason = TextField(_l("Why are they two after all?"), [Needed()], longest=500)


class MergeForm(Form):
    reason = TextField(_l("Why are these two one?"), [Needed()], longest=500)


@bp.route("", methods=["GET"], endpoint="list")
@allow(policies.keeps_members)
def pairs() -> Any:
    return render(
        "registry/duplicate/list.html",
        pairs=queries.pairs(),
        merges=queries.merges(),
        undo_until=queries.undo_until,
        now=clock.now(),
        grounds=GROUND_LABELS,
        short=places.short_label,
        states=MEMBER_LABELS,
    )


@bp.route("/<member:loser>/into/<member:survivor>", methods=["GET", "POST"])
@allow(policies.keeps_members)
@asks_again()
def merge(loser: Cooperative, survivor: Cooperative) -> Any:
    """Both side by side with what would move; then it is done."""
    if loser.id == survivor.id:
        abort(404)
    form = MergeForm()
    if form.submitted():
        with form.reporting(), transaction():
            proposed = people.act_or_propose(
                kind="merging",
                subject_id=loser.id,
                told=f"{loser.called} → {survivor.called}",
                reason=form.reason.data,
                data={"survivor": survivor.id},
                by=person(),
            )
            if proposed is not None:
                flash(_("Proposed. Another officer has to agree before the two become one."), "wait")
                return redirect_to("office_duplicates.list")
            flash(_("The two are one now. The old address leads here, and its names are still found."))
            return redirect_to("office_lives.show", member=survivor)
    plan = queries.move_plan(loser)
    return render(
        "registry/duplicate/merge.html",
        loser=loser,
        survivor=survivor,
        form=form,
        rows=_facts(loser, survivor),
        moves=_told(plan.moves),
        stays=_told(plan.stays),
        has_book=plan.has_book,
        merged=queries.merge_of(loser),
    )


@bp.route("/merges/<any_merge:merge>/undoing", methods=["GET", "POST"])
@allow(policies.keeps_members)
@asks_again()
def undo(merge: DuplicateMerge) -> Any:
    """Two again, if they can still be told apart."""
    form = UndoForm()
    if form.submitted():
        with form.reporting(), transaction():
            proposed = people.act_or_propose(
                kind="unmerging",
                subject_id=merge.id,
                told=f"{merge.loser.called} ← {merge.survivor.called}",
                reason=form.reason.data,
                by=person(),
            )
            if proposed is not None:
                flash(_("Proposed. Another officer has to agree before they are two again."), "wait")
                return redirect_to("office_duplicates.list")
            flash(_("They are two again, each as it was."))
            return redirect_to("office_lives.show", member=merge.loser)
    rows = merge.before.get("rows", {"changed": []})["changed"]
    counted: dict[str, int] = {}
    for table, _key, _columns in rows:
        counted[table] = counted.get(table, 0) + (table != "cooperatives")
    return render(
        "registry/duplicate/undo.html",
        merge=merge,
        form=form,
        hindrances=queries.hindrances(merge),
        until=queries.undo_until(merge),
        back_again=_told({table: count for table, count in counted.items() if count}),
    )


@bp.route("/<member:first>/apart-from/<member:second>", methods=["POST"])
@allow(policies.keeps_members)
def apart(first: Cooperative, second: Cooperative) -> Any:
    form = Form()
    with form.reporting(), transaction():
        services.keep_apart(one=first, other=second, reason="", by=person())
        flash(_("Kept apart. The pair is not shown again."))
        return redirect_to("office_duplicates.list")
    return redirect_to("office_duplicates.list")


def _told(counted: dict[str, int]) -> tuple[list[tuple[Any, int]], int]:
    """(what it is called, how many) of what has a name, and how many rows there are besides."""
    named = [(merging.label_of(table), count) for table, count in counted.items() if merging.label_of(table)]
    return named, sum(count for table, count in counted.items() if not merging.label_of(table))


def _facts(loser: Cooperative, survivor: Cooperative) -> list[tuple[Any, str, str]]:
    """What both say, line by line."""

    def told(one: Cooperative) -> list[Any]:
        standing = queries.standing_on(one.id, clock.today())
        return [
            one.name, one.short_name, KIND_LABELS[one.kind], SECTOR_LABELS[one.sector], MEMBER_LABELS[one.state],
            one.tax_code, one.registration_no, f"{one.registered_on:%d/%m/%Y}" if one.registered_on else "",
            places.label(one.address), one.phone, one.legal_rep_name, standing or "",
        ]  # fmt: skip

    labels = [
        _("Full name"), _("Short name"), _("Kind"), _("Sector"), _("State"), _("Tax code"), _("Registration number"),
        _("Registered on"), _("Head office"), _("Phone"), _("Legal representative"),
    ]  # fmt: skip
    return [
        (label, str(a or "–"), str(b or "–"))
        for label, a, b in zip(labels, told(loser), told(survivor), strict=False)
    ]
