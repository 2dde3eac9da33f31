"""Collection rounds: the same pages for a cooperative and the alliance, each in its own frame; and others' rounds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from flask import Blueprint, Response, abort, request, url_for

from marketplace.accounts import queries as accounts
from marketplace.accounts.models import Organisation
from marketplace.accounts.states import OrganisationKind
from marketplace.cooperatives import queries as cooperatives
from marketplace.cooperatives.models import Cooperative
from marketplace.deliveries import driving, loads, papers, policies, queries, services
from marketplace.deliveries.forms.delivery import PressForm
from marketplace.deliveries.forms.round import GoodsForm, RoundForm, stops_form
from marketplace.deliveries.models import Delivery, Round, RoundLoad
from marketplace.foundation import clock
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.papers.views import send_for
from marketplace.foundation.web import Form, allow, flash, person, redirect_to
from marketplace.foundation.web import render as page
from marketplace.foundation.words import _

V = TypeVar("V", bound=Callable[..., Any])
desk = Blueprint("rounds", __name__, url_prefix="/desk/rounds")
office = Blueprint("office_rounds", f"{__name__}.office", url_prefix="/office/rounds")


def both(rule: str, **options: Any) -> Callable[[V], V]:
    """The same address on both sides."""

    def register(view: V) -> V:
        desk.route(rule, **options)(view)
        office.route(rule, **options)(view)
        return view

    return register


@both("", methods=["GET"])
@allow(policies.has_rounds, reads=policies.reads_rounds)
def list() -> Any:
    seller = _seller()
    others = queries.rounds_of_others(seller.id, clock.today()) if seller is not None else []
    return _render(
        "deliveries/round/list.html",
        page=queries.rounds_of(_runner().id, request.args.get("after")),
        others=others,
    )


@both("/new", methods=["GET", "POST"])
@allow(policies.has_rounds, reads=policies.reads_rounds)
def new() -> Any:
    runner, form = _runner(), RoundForm()
    if form.submitted():
        with form.reporting(), transaction():
            round = services.plan_round(runner=runner, **form.values(), by=person())
            flash(_("Planned. Now choose what goes with it."))
            return redirect_to(_here("show"), round=round)
    return _render("deliveries/round/edit.html", form=form, round=None)


@both("/<own_round:round>", methods=["GET"])
@allow(policies.runs, reads=policies.reads_round)
def show(round: Round) -> Any:
    return _page(round)


@both("/<own_round:round>/truck", methods=["GET", "POST"])
@allow(policies.can_change_round)
def change(round: Round) -> Any:
    form = RoundForm(round)
    if form.submitted():
        with form.reporting(), transaction():
            services.change_round(round=round, **form.values(), by=person())
            flash(_("Changed."))
            return redirect_to(_here("show"), round=round)
    return _render("deliveries/round/edit.html", form=form, round=round)


@both("/<own_round:round>/goods", methods=["POST"])
@allow(policies.runs, reads=policies.reads_round)
def put_on(round: Round) -> Any:
    form = GoodsForm(_free(round))
    if form.submitted():
        with form.reporting(), transaction():
            for delivery in form.chosen():
                services.put_on(round=round, delivery=delivery, by=person())
            flash(_("They go with this round now."))
            return redirect_to(_here("show"), round=round)
    return _page(round, form)


@both("/<own_round:round>/goods/<round_load:load>/removal", methods=["POST"])
@allow(policies.runs, reads=policies.reads_round)
def take_off(round: Round, load: RoundLoad) -> Any:
    _belongs(load, round)
    form = PressForm()
    with form.reporting(), transaction():
        services.take_off(load=load, by=person())
        flash(_("Taken off the round."))
        return redirect_to(_here("show"), round=round)
    return _page(round, form)


@both("/<own_round:round>/stops", methods=["POST"])
@allow(policies.runs, reads=policies.reads_round)
def stops(round: Round) -> Any:
    """The times that were written; and one stop up or down, when its button was pressed."""
    form = stops_form(round)
    if form.submitted():
        with form.reporting(), transaction():
            services.set_times(round=round, times=form.times(round), by=person())
            if (moved := _moved(round)) is not None:
                services.move_stop(stop=moved[0], earlier=moved[1], by=person())
            flash(_("Changed."))
            return redirect_to(_here("show"), round=round, _anchor="stops")
    return _page(round, form)


@both("/<own_round:round>/stops/<int:stop_id>/tick", methods=["POST"])
@allow(policies.runs, reads=policies.reads_round)
def tick(round: Round, stop_id: int) -> Any:
    stop = next((each for each in round.stops if each.id == stop_id), None)
    if stop is None:
        abort(404)
    form = PressForm()
    with form.reporting(), transaction():
        services.stop_done(stop=stop, by=person())
        flash(_("Written down."))
        return redirect_to(_here("show"), round=round, _anchor="stops")
    return _page(round, form)


@both("/<own_round:round>/departure", methods=["POST"])
@allow(policies.runs, reads=policies.reads_round)
def depart(round: Round) -> Any:
    form = PressForm()
    with form.reporting(), transaction():
        services.depart(round=round, by=person())
        flash(_("The truck has left. All buyers have been told."))
        return redirect_to(_here("show"), round=round)
    return _page(round, form)


@both("/<own_round:round>/cancellation", methods=["POST"])
@allow(policies.runs, reads=policies.reads_round)
def cancel(round: Round) -> Any:
    form = PressForm()
    with form.reporting(), transaction():
        services.cancel_round(round=round, by=person())
        flash(_("The round does not run. Its goods are free for another."))
        return redirect_to(_here("list"))
    return _page(round, form)


@both("/<own_round:round>/print", methods=["GET"])
@allow(policies.runs, reads=policies.reads_round)
def printed(round: Round) -> Any:
    return _render(papers.ROUND, round=round, sheets=loads.sheets(round))


@both("/<own_round:round>/pdf", methods=["POST"])
@allow(policies.runs, reads=policies.reads_round)
def pdf(round: Round) -> Any:
    return send_for(
        kind="deliveries.round",
        values={"round": round.ref},
        title=_("Load list %(vehicle)s", vehicle=round.vehicle),
        back=url_for(_here("show"), round=round),
    )


# --- rounds of others -------------------------------------------------------------------------------


@desk.route("/others/<others_round:round>", methods=["GET", "POST"])
@allow(policies.has_rounds, reads=policies.reads_rounds)
def other(round: Round) -> Any:
    """Put one's goods on the truck of somebody else, as long as it is open."""
    seller = _seller() or abort(404)
    form = GoodsForm(queries.free_for_round(round.day, seller.id) if round.open_to_others else [])
    if form.submitted():
        with form.reporting(), transaction():
            for delivery in form.chosen():
                services.put_on(round=round, delivery=delivery, by=person())
            flash(_("They go with this round now."))
            return redirect_to("rounds.other", round=round)
    return _other_page(round, seller, form)


@desk.route("/others/<others_round:round>/goods/<own_delivery:delivery>/removal", methods=["POST"])
@allow(policies.has_rounds, reads=policies.reads_rounds)
def take_back(round: Round, delivery: Delivery) -> Any:
    load = queries.load_of(delivery.id)
    if load is None:
        abort(404)
    _belongs(load, round)
    form = PressForm()
    with form.reporting(), transaction():
        services.take_off(load=load, by=person())
        flash(_("Taken off the round."))
        return redirect_to("rounds.list")
    return _other_page(round, _seller() or abort(404), form)


def _other_page(round: Round, seller: Cooperative, form: Form) -> Any:
    ours = [load for load in round.loads if load.delivery.cooperative_id == seller.id]
    return _render(
        "deliveries/round/other.html",
        round=round,
        ours=ours,
        goods=form if isinstance(form, GoodsForm) else GoodsForm([], formdata=None),
        form=form,
    )


# --- how it is shown --------------------------------------------------------------------------------


def _page(round: Round, form: Form | None = None) -> Any:
    told = loads.sheets(round)
    return _render(
        "deliveries/round/show.html",
        round=round,
        sheets=told,
        heaviest=loads.heaviest(told),
        goods=form if isinstance(form, GoodsForm) else GoodsForm(_free(round), formdata=None),
        times=form if hasattr(form, "times") else stops_form(round, formdata=None),
        form=form,
        driver=f"{request.host_url.rstrip('/')}{request.script_root}{driving.path_for(round)}",
        history=history_of("round", round.id),
    )


def _free(round: Round) -> Sequence[Delivery]:
    """What whoever runs it may put on it: a cooperative its own goods, the alliance those of all."""
    if round.runner.kind is OrganisationKind.ALLIANCE:
        return queries.free_for_round(round.day, None)
    seller = cooperatives.of_organisation(round.runner_id)
    return queries.free_for_round(round.day, seller.id) if seller is not None else []


def _render(template: str, **context: Any) -> Response:
    """In the frame of the side that looks; `there` builds addresses of the same side."""

    def there(endpoint: str, **values: Any) -> str:
        return url_for(_here(endpoint), **values)

    frame = "layout/office.html" if _of_alliance() else "layout/desk.html"
    kept = {name: value for name, value in context.items() if value is not None or name == "round"}
    return page(template, frame=frame, there=there, **kept)


def _here(endpoint: str) -> str:
    return f"{request.blueprint}.{endpoint}"


def _of_alliance() -> bool:
    return request.blueprint == office.name


def _runner() -> Organisation:
    """Whose rounds these are: the alliance's at the office, else the cooperative's of the desk."""
    seller = _seller()
    theirs = seller.organisation if seller is not None else None
    organisation = accounts.alliance() if _of_alliance() else theirs
    if organisation is None or organisation.id not in person().organisation_ids:
        abort(404)
    return organisation


def _seller() -> Cooperative | None:
    return None if _of_alliance() else cooperatives.desk_cooperative(person())


def _belongs(load: RoundLoad, round: Round) -> None:
    if load.round_id != round.id:
        abort(404)


def _moved(round: Round) -> tuple[Any, bool] | None:
    """The stop whose button was pressed, and whether it goes earlier."""
    id, _sign, way = request.form.get("move", "").partition(":")
    stop = next((each for each in round.stops if str(each.id) == id), None)
    return (stop, way == "up") if stop is not None and way in {"up", "down"} else None
