"""The gate: a page that is installed on a phone and works without a signal; and what the office sees of it."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from flask import Blueprint, Response, abort, jsonify, make_response, request, url_for

from marketplace.fairs import listing, policies, services
from marketplace.fairs.forms.fair_pass import PressForm
from marketplace.fairs.forms.gate import GateForm, SettleForm, read_batch
from marketplace.fairs.models import Fair, Gate, GateConflict
from marketplace.fairs.queries import gate as queries
from marketplace.foundation import clock
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.errors import Conflict
from marketplace.foundation.web import (
    Form,
    allow,
    flash,
    offline,
    person,
    private,
    public,
    redirect_to,
    render,
)
from marketplace.foundation.web.access import csrf_token
from marketplace.foundation.web.assets import AssetsMissing, asset
from marketplace.foundation.words import _

app = Blueprint("gate", __name__, url_prefix="/gate")
office = Blueprint("office_gates", f"{__name__}.office", url_prefix="/office/fairs")


# --- on the phone at the gate -----------------------------------------------------------------------


@app.route("", methods=["GET"])
@allow(policies.works_at_gates)
def choose() -> Any:
    """Which fair, which gate."""
    gates = queries.open_gates(clock.today())
    fairs = [(fair, [*each]) for fair, each in groupby(gates, key=lambda gate: gate.fair)]
    return render("fairs/gate/choose.html", fairs=fairs)


@app.route("/worker.js", methods=["GET"])
@public
def worker() -> Response:
    """Stands here so that it may answer for /gate/ and for nothing else."""
    return offline.worker("js/gate/worker.js")


@app.route("/<gate:gate>", methods=["GET"])
@allow(policies.works_at_gates)
def show(gate: Gate) -> Any:
    return render("fairs/gate/app.html", gate=gate, fair=gate.fair, token=csrf_token(), decoder=_decoder())


def _decoder() -> str:
    """For browsers that cannot read codes themselves: where the script is, when a package carries it here."""
    try:
        return asset("js/gate/zxing.js")
    except AssetsMissing:
        return ""


@app.route("/<told_gate:gate>/manifest.webmanifest", methods=["GET"])
@public
def manifest(gate: Gate) -> Response:
    """What makes the page an app of its own. Fetched without cookies: it says nothing but names."""
    return offline.manifest(
        name=_("Gate: %(name)s", name=gate.name),
        short_name=gate.name,
        start=url_for("gate.show", gate=gate),
        scope=url_for("gate.choose") + "/",
    )


@app.route("/<gate:gate>/device", methods=["POST"])
@allow(policies.works_at_gates)
def take(gate: Gate) -> Any:
    """This device stands at the gate from now on; its key is told once."""
    with transaction():
        key = services.take_gate(gate=gate, by=person())
        return private(jsonify(key=key))


@app.route("/<told_gate:gate>/list", methods=["GET"])
@public
def passes(gate: Gate) -> Any:
    """For the device that has the gate's key."""
    if (refused := _refused(gate)) is not None:
        return refused
    return private(jsonify(listing.told(gate)))


@app.route("/<told_gate:gate>/sync", methods=["POST"])
@public
def sync(gate: Gate) -> Any:
    """What happened there, once or many times; the key of the gate is the proof, whoever is signed in."""
    if (refused := _refused(gate)) is not None:
        return refused
    batch = read_batch(request.get_json(silent=True))
    if batch is None:
        return private(make_response(jsonify(error="batch"), 422))
    try:
        with transaction():
            received = services.receive(
                gate=gate, scans=batch.scans, clicks=batch.clicks, sent_at=batch.sent_at
            )
    except Conflict:
        return private(make_response(jsonify(error="again"), 409))
    return private(
        jsonify(
            scans={uuid: verdict.value for uuid, verdict in received.verdicts.items()},
            clicks=[click.uuid for click in batch.clicks],
            odd=batch.odd,
            version=queries.list_version(gate.fair),
        )
    )


def _refused(gate: Gate) -> Response | None:
    scheme, _sign, key = request.headers.get("Authorization", "").partition(" ")
    if scheme == "Gate" and listing.key_fits(gate, key):
        return None
    return private(make_response(jsonify(error="key"), 403))


# --- at the office ----------------------------------------------------------------------------------


@office.route("/<any_fair:fair>/gate", methods=["GET", "POST"])
@allow(policies.runs_fairs)
def overview(fair: Fair) -> Any:
    """How many came, which gates there are, and what a person has to look at."""
    form = GateForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.make_gate(fair=fair, name=form.name.data, by=person())
            flash(_("The gate is made. Whoever stands there opens it on a phone under Gate."))
            return redirect_to("office_gates.overview", fair=fair, _anchor="gates")
    return _overview(fair, form)


@office.route("/<any_fair:fair>/gate/<told_gate:gate>/closing", methods=["POST"])
@allow(policies.runs_fairs)
def close(fair: Fair, gate: Gate) -> Any:
    form = PressForm()
    if gate.fair_id != fair.id:
        abort(404)
    with form.reporting(), transaction():
        services.close_gate(gate=gate, by=person())
        flash(_("Closed. What its phone still holds is taken all the same."))
        return redirect_to("office_gates.overview", fair=fair, _anchor="gates")
    return _overview(fair, GateForm(formdata=None), form)


@office.route("/<any_fair:fair>/gate/conflicts/<gate_conflict:conflict>", methods=["GET", "POST"])
@allow(policies.runs_fairs)
def conflict(fair: Fair, conflict: GateConflict) -> Any:
    form = SettleForm()
    if conflict.fair_id != fair.id:
        abort(404)
    if form.submitted():
        with form.reporting(), transaction():
            services.settle_conflict(conflict=conflict, words=form.words.data, by=person())
            flash(_("Settled."))
            return redirect_to("office_gates.overview", fair=fair, _anchor="conflicts")
    return render("fairs/gate/conflict.html", fair=fair, conflict=conflict, form=form)


def _overview(fair: Fair, form: GateForm, pressed: Form | None = None) -> Response:
    settled = request.args.get("settled") == "1"
    told = queries.attendance(fair)
    return render(
        "fairs/gate/overview.html",
        fair=fair,
        form=form,
        told=told,
        gates=queries.gates_of(fair),
        settled=settled,
        waiting=queries.count_conflicts(fair),
        page=queries.conflicts(fair, settled=settled, after=request.args.get("after")),
        hours=sorted({hour for _day, hour in told.hours}),
        **({"pressed_form": pressed} if pressed is not None else {}),
    )


@office.route("/<any_fair:fair>/gate/<told_gate:gate>/history", methods=["GET"])
@allow(policies.runs_fairs)
def history(fair: Fair, gate: Gate) -> Any:
    if gate.fair_id != fair.id:
        abort(404)
    return render("fairs/gate/history.html", fair=fair, gate=gate, history=history_of("gate", gate.id))
