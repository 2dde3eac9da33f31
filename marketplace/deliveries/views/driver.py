"""The driver's page: one link, no account, every stop with one button. Opening it does nothing; pressing does."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response

from marketplace.deliveries import driving, loads, services
from marketplace.deliveries.forms.delivery import PressForm
from marketplace.deliveries.models import Round, RoundStop
from marketplace.foundation.db import transaction
from marketplace.foundation.web import Form, flash, public, redirect_to, render
from marketplace.foundation.web.access import csrf_token
from marketplace.foundation.words import _

bp = Blueprint("driver", __name__, url_prefix="/r")
KEY = "<string(minlength=20,maxlength=200):key>"


@bp.context_processor
def _token() -> dict[str, Any]:
    """For browsers that do not say where a form comes from."""
    return {"entrance_token": csrf_token}


@bp.route(f"/{KEY}", methods=["GET"])
@public
def show(key: str) -> Any:
    round = driving.round_behind(key)
    return _over() if round is None else _page(round, key)


@bp.route(f"/{KEY}/stops/<int:stop_id>", methods=["POST"])
@public
def tick(key: str, stop_id: int) -> Any:
    round, stop = _found(key, stop_id)
    if round is None or stop is None:
        return _over()
    form = PressForm()
    with form.reporting(), transaction():
        done = services.stop_done(stop=stop)
        flash(_("Written down.") if done else _("This was written down before."))
        return redirect_to("driver.show", key=key)
    return _page(round, key, form)


@bp.route(f"/{KEY}/stops/<int:stop_id>/taking-back", methods=["POST"])
@public
def take_back(key: str, stop_id: int) -> Any:
    """The wrong stop was pressed: as if it had not been."""
    round, stop = _found(key, stop_id)
    if round is None or stop is None:
        return _over()
    form = PressForm()
    with form.reporting(), transaction():
        done = services.take_back_stop(stop=stop)
        flash(_("Taken back. Press again once it is done.") if done else _("This was taken back before."))
        return redirect_to("driver.show", key=key)
    return _page(round, key, form)


def _found(key: str, stop_id: int) -> tuple[Round | None, RoundStop | None]:
    round = driving.round_behind(key)
    stops = round.stops if round is not None else []
    return round, next((stop for stop in stops if stop.id == stop_id), None)


def _page(round: Round, key: str, form: Form | None = None) -> Response:
    """Each stop with its number: the first of those ahead is where the truck goes now."""
    told = list(enumerate(loads.sheets(round), start=1))
    return render(
        "deliveries/round/driver.html",
        round=round,
        key=key,
        ahead=[each for each in told if each[1].stop.done_at is None],
        done=[each for each in told if each[1].stop.done_at is not None],
        **({"form": form} if form is not None else {}),
    )


def _over() -> Response:
    return render("deliveries/round/over.html", status=410)


@bp.after_request
def _keep_quiet(response: Response) -> Response:
    """The key stays here: in no cache, no search engine and in no Referer."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Referrer-Policy"] = "strict-origin"
    return response
