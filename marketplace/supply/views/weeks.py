"""One week: who holds what of it, what was said of it, and what can be done. For the desk; the office has its own."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, request

from marketplace.foundation.audit import history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.media import send_document
from marketplace.foundation.web import allow, flash, person, private, redirect_to, render
from marketplace.foundation.words import _
from marketplace.supply import holders, policies, queries, services, written
from marketplace.supply.forms.week import GiveForm, LessenForm, ShelveForm, ShortfallForm
from marketplace.supply.models import Shortfall, Stock
from marketplace.supply.states import ShortfallState

bp = Blueprint("supply_weeks", __name__, url_prefix="/desk/supply")
bp.after_request(private)


@bp.route("/weeks/<own_week:stock>", methods=["GET"])
@allow(policies.can_count)
def show(stock: Stock) -> Any:
    return page(stock)


@bp.route("/weeks/<own_week:stock>/more", methods=["GET", "POST"])
@allow(policies.directs_week)
def give(stock: Stock) -> Any:
    """More for one claim, taken openly from others."""
    return giving(stock, "supply_weeks.show")


@bp.route("/weeks/<own_week:stock>/less", methods=["GET", "POST"])
@allow(policies.directs_week)
def lessen(stock: Stock) -> Any:
    """Less for one claim, openly."""
    return lessening(stock, "supply_weeks.show")


@bp.route("/weeks/<own_week:stock>/sale", methods=["GET", "POST"])
@allow(policies.can_count)
def shelve(stock: Stock) -> Any:
    form = ShelveForm(stock)
    if form.submitted():
        with form.reporting(), transaction():
            services.shelve(stock=stock, quantity=form.quantity.data.amount, by=person())
            flash(_("On sale in the shop now."))
            return redirect_to("supply_weeks.show", stock=stock)
    return page(stock, shelving=form)


@bp.route("/weeks/<own_week:stock>/photos/<int:version>", methods=["GET"])
@allow(policies.can_count)
def photo(stock: Stock, version: int) -> Any:
    return shown(stock, version)


@bp.route("/short/<own_shortfall:shortfall>", methods=["GET", "POST"])
@allow(policies.can_settle)
def settle(shortfall: Shortfall) -> Any:
    """A week that falls short: what to do."""
    stock = shortfall.stock
    form = ShortfallForm(_others(stock), _ways(shortfall))
    if form.submitted():
        with form.reporting(), transaction():
            _settle(shortfall, form)
            flash(_("Done. Whoever it concerns is told."))
            return redirect_to("supply_weeks.show", stock=stock)
    return render(
        "supply/week/short.html",
        shortfall=shortfall,
        stock=stock,
        form=form,
        lacking=queries.not_covered(stock),
        known=holders.named(claim.holder for claim in queries.held_by_rank(stock.id)),
        history=history_of("stock", stock.id),
    )


# --- shared with the office -------------------------------------------------------------------------


def giving(stock: Stock, back: str) -> Any:
    """More for one claim: the form, or back to the week."""
    claims, known = _held(stock)
    form = GiveForm(stock, claims, known)
    if form.submitted():
        with form.reporting(), transaction():
            winner, loser = form.chosen
            services.reassign(
                winner=winner,
                loser=loser,
                quantity=form.quantity.data.amount,
                reason=form.reason.data,
                by=person(),
            )
            flash(_("Done. Whoever lost something is told."))
            return redirect_to(back, stock=stock)
    return page(stock, office=back.startswith("office"), giving=form)


def lessening(stock: Stock, back: str) -> Any:
    """Less for one claim: the form, or back to the week."""
    claims, known = _held(stock)
    form = LessenForm(stock, claims, known)
    if form.submitted():
        with form.reporting(), transaction():
            services.lessen(
                claim=form.claims[form.claim.data],
                quantity=form.quantity.data.amount,
                reason=form.reason.data,
                by=person(),
            )
            flash(_("Done. Whoever lost something is told."))
            return redirect_to(back, stock=stock)
    return page(stock, office=back.startswith("office"), lessening=form)


def shown(stock: Stock, version: int) -> Any:
    """The photo that came with a forecast."""
    said = queries.own_forecast(stock, version)
    return send_document(said.photo) if said is not None and said.photo is not None else abort(404)


def page(
    stock: Stock,
    *,
    office: bool = False,
    giving: GiveForm | None = None,
    lessening: LessenForm | None = None,
    shelving: ShelveForm | None = None,
) -> Any:
    """The week with its forms; one that was refused stands as it was sent."""
    claims, known = _held(stock)
    versions = queries.versions_of(stock, request.args.get("after"))
    (told,) = queries.outlook_weeks(weeks=[stock.week], product_id=stock.product_id, grade=stock.grade)
    return render(
        "supply/week/show.html",
        frame=f"layout/{'office' if office else 'desk'}.html",
        office=office,
        stock=stock,
        told=told,
        claims=claims,
        known=known,
        short=queries.live_shortfall(stock.id),
        takings=queries.takings_of(stock.id),
        versions=versions,
        asked=written.asked_about(versions.rows),
        moves=queries.moves_of(stock).rows,
        history=history_of("stock", stock.id),
        giving=giving if giving is not None else GiveForm(stock, claims, known, formdata=None),
        lessening=lessening if lessening is not None else LessenForm(stock, claims, known, formdata=None),
        shelving=shelving if shelving is not None else ShelveForm(stock, formdata=None),
    )


def _held(stock: Stock) -> Any:
    """(claims, the highest first; holder -> who that is), those of what was taken among them."""
    claims = queries.held_by_rank(stock.id)
    taken = [name for each in queries.takings_of(stock.id) for name in (each.claim.holder, each.winner)]
    return claims, holders.named([*(claim.holder for claim in claims), *filter(None, taken)])


def _others(stock: Stock) -> list[queries.WeekOutlook]:
    """The weeks to come in which something is free."""
    weeks = [week for week in queries.weeks_ahead(16) if week != stock.week]
    rows = queries.outlook_weeks(weeks=weeks, product_id=stock.product_id, grade=stock.grade)
    return [each for each in rows if each.free]


def _ways(shortfall: Shortfall) -> list[str]:
    """What can still be done: nobody is asked or told twice in a row."""
    if not shortfall.live:
        return []
    done = {ShortfallState.POOL_ASKED: "pool", ShortfallState.BUYERS_TOLD: "buyers"}.get(shortfall.state)
    return [way for way in ("pool", "buyers", "shift", "close") if way != done]


def _settle(shortfall: Shortfall, form: ShortfallForm) -> None:
    told: dict[str, Any] = {"cause": form.why, "words": form.words.data or "", "by": person()}
    if form.way.data == "pool":
        services.ask_pool(shortfall=shortfall, **told)
    elif form.way.data == "buyers":
        services.tell_buyers(shortfall=shortfall, **told)
    elif form.way.data == "shift":
        services.shift(shortfall=shortfall, week=form.week.data, **told)
    else:
        services.close(shortfall=shortfall, **told)
