"""A queue with its marks, decisions for many, and taking them back."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import Blueprint, abort, request

from marketplace import config
from marketplace.accounts.models import Person
from marketplace.foundation import clock
from marketplace.foundation.db import transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.morning import QUEUES, Queue
from marketplace.foundation.reference import random_ref
from marketplace.foundation.web import allow, flash, person, private, redirect_to, render
from marketplace.foundation.words import _l, _n
from marketplace.worklist import policies, queries, services
from marketplace.worklist.forms import KeysForm, MarkForm, RunForm
from marketplace.worklist.models import BulkRun
from marketplace.worklist.states import WHOSE_LABELS, Whose

bp = Blueprint("worklist", __name__, url_prefix="/office/waiting")
bp.after_request(private)


def whose() -> Whose:
    asked = request.args.get("whose", "")
    return Whose(asked) if asked in set(Whose) else Whose.ALL


@bp.route("/<office_queue:queue>", methods=["GET"])
@allow(policies.sorts)
def show(queue: Queue) -> Any:
    return _page(queue, MarkForm(queries.colleagues(queue), formdata=None))


@bp.route("/<office_queue:queue>/<any(taken, handed, later, free):mark>", methods=["POST"])
@allow(policies.works_on)
def mark(queue: Queue, mark: str) -> Any:
    """Take on, hand over, put off, or put back among what waits."""
    colleagues = queries.colleagues(queue)
    form = MarkForm(colleagues)
    if form.submitted():
        with form.reporting(), transaction():
            flash(_marked(queue, mark, form))
            return redirect_to("worklist.show", queue=queue, **_where())
    return _page(queue, form)


def _marked(queue: Queue, mark: str, form: MarkForm) -> str:
    given: dict[str, Any] = {"queue": queue, "keys": form.chosen(), "seen": form.seen(), "by": person()}
    if mark == "taken":
        count = services.take_on(**given)
        return _n("You have taken on %(num)s.", "You have taken on %(num)s.", count)
    if mark == "handed":
        count = services.hand_over(**given, to=_colleague(queue, form), note=form.note.data or "")
        return _n("%(num)s is handed over.", "%(num)s are handed over.", count)
    if mark == "later":
        count = services.put_off(**given, until=form.until.data, note=form.note.data or "")
        return _n("%(num)s is put off.", "%(num)s are put off.", count)
    count = services.let_go(**given)
    return _n("%(num)s is back in the list.", "%(num)s are back in the list.", count)


def _colleague(queue: Queue, form: MarkForm) -> Person:
    found = {str(one.id): one for one in queries.colleagues(queue)}.get(form.to.data or "")
    if found is None:
        raise Refusal(_l("Please choose a colleague."), field="to")
    return found


def _where() -> dict[str, str]:
    """On which part and page of the list somebody is."""
    return {name: request.args[name] for name in ("whose", "after") if request.args.get(name)}


def _page(queue: Queue, form: MarkForm) -> Any:
    return render(
        "worklist/queue.html",
        queue=queue,
        lane=queries.lane(queue, person(), whose(), request.args.get("after")),
        where=_where(),
        shown=clock.now().isoformat(),
        form=form,
        whose=str(whose()),
        ticked=form.chosen() if form.refused else None,
        all_ticked=request.args.get("ticked") == "all",
        tabs={str(key): str(label) for key, label in WHOSE_LABELS.items()},
        tomorrow=clock.today() + dt.timedelta(days=1),
    )


@bp.route("/<office_queue:queue>/decisions/<decision>", methods=["GET", "POST"])
@allow(policies.works_on)
def decide(queue: Queue, decision: str) -> Any:
    """First what is ticked leads to its preview; then what was previewed is done."""
    chosen = queue.decision(decision) or abort(404)
    form = RunForm() if request.method == "POST" else RunForm(formdata=request.args)
    if form.submitted():
        if not form.ref.data:
            return redirect_to("worklist.decide", queue=queue, decision=decision, keys=form.chosen())
        with form.reporting(), transaction():
            run = services.decide(
                queue=queue, decision=chosen, keys=form.chosen(), ref=form.ref.data, by=person()
            )
            return redirect_to("worklist.run", run=run)
    rows = queries.rows_on(queue, person(), form.chosen())
    return render(
        "worklist/preview.html",
        queue=queue,
        decision=chosen,
        rows=rows,
        left=len(form.chosen()) - len(rows),
        form=form,
        ref=random_ref(),
        minutes=config.current().bulk_undo_minutes,
    )


@bp.route("/runs/<bulk_run:run>", methods=["GET"])
@allow(policies.sorts)
def run(run: BulkRun) -> Any:
    return _run(run, KeysForm(formdata=None))


@bp.route("/runs/<bulk_run:run>/undoing", methods=["POST"])
@allow(policies.can_undo)
def undo(run: BulkRun) -> Any:
    form = KeysForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.undo(run=run, by=person())
            return redirect_to("worklist.run", run=run)
    return _run(run, form)


def _run(run: BulkRun, form: KeysForm) -> Any:
    queue = QUEUES[run.queue]
    return render(
        "worklist/run.html",
        run=run,
        queue=queue,
        decision=queue.decision(run.decision) or abort(404),
        form=form,
        in_time=clock.now() <= run.undo_until,
    )
