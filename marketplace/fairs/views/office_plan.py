"""The plan at the office: drawn, numbered, brought in as a list, printed on A3."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, abort, jsonify, request, url_for

from marketplace.fairs import floor, policies, queries, row_lists, services
from marketplace.fairs.forms.plan import (
    BoothForm,
    CopyForm,
    HallForm,
    PressForm,
    RowForm,
    SheetForm,
    ThingForm,
    ZoneForm,
    read_changes,
)
from marketplace.fairs.layout import THING_LABELS, Thing
from marketplace.fairs.models import Booth, Fair, Hall, Zone
from marketplace.fairs.papers import plan as paper
from marketplace.fairs.queries.plan import Holder
from marketplace.fairs.states import STAND_LABELS
from marketplace.foundation.db import transaction
from marketplace.foundation.errors import Conflict, Refusal
from marketplace.foundation.papers.views import send_for
from marketplace.foundation.sheets import MOST_BYTES, read_table, send_sheet
from marketplace.foundation.web import Form, allow, flash, person, redirect_to, render
from marketplace.foundation.words import _

bp = Blueprint("office_plan", __name__, url_prefix="/office/fairs/<any_fair:fair>/plan")
BITS = ("corner", "water", "cold", "cooking", "accessible", "blocked")


@bp.route("", methods=["GET"])
@allow(policies.runs_fairs)
def overview(fair: Fair) -> Any:
    return _overview(fair)


@bp.route("/copy", methods=["POST"])
@allow(policies.runs_fairs)
def copy(fair: Fair) -> Any:
    form = CopyForm(queries.fairs_with_plan(fair.id))
    if form.submitted():
        with form.reporting(), transaction():
            services.copy_plan(source=form.source, target=fair, by=person())
            flash(_("The plan is copied. Change what is different this time."))
            return redirect_to("office_plan.overview", fair=fair)
    return _overview(fair, form)


@bp.route("/print", methods=["GET"])
@allow(policies.runs_fairs)
def printed(fair: Fair) -> Any:
    return render(paper.TEMPLATE, **paper.told(fair))


@bp.route("/pdf", methods=["POST"])
@allow(policies.runs_fairs)
def pdf(fair: Fair) -> Any:
    return send_for(
        kind="fairs.plan",
        values={"fair": fair.slug},
        title=_("Plan of %(fair)s", fair=fair.name),
        back=url_for("office_plan.overview", fair=fair),
    )


# --- the office: halls --------------------------------------------------------------------------------


@bp.route("/halls/new", methods=["GET", "POST"])
@allow(policies.runs_fairs)
def new_hall(fair: Fair) -> Any:
    form = HallForm()
    if form.submitted():
        with form.reporting(), transaction():
            hall = services.make_hall(fair=fair, **form.values(), by=person())
            flash(_("The hall is drawn. Now put booths into it."))
            return redirect_to("office_plan.hall", fair=fair, ref=hall.ref)
    return render("fairs/plan/hall_edit.html", fair=fair, form=form, hall=None)


@bp.route("/halls/<ref>", methods=["GET"])
@allow(policies.runs_fairs)
def hall(fair: Fair, ref: str) -> Any:
    """The editor; without a script a drawing, with the ways to its forms."""
    found = _hall(fair, ref)
    booths, zones = queries.booths_in(found.id), queries.zones_of(fair.id)
    held = queries.held([booth.id for booth in booths])
    drawn = floor.draw(found, booths, zones, looks=_held(booths, queries.holders(fair.id)))
    return render(
        "fairs/plan/hall.html",
        fair=fair,
        hall=found,
        zones=zones,
        drawn=drawn,
        booths=booths,
        data=_data(fair, found, booths, zones, held),
        kinds=THING_LABELS,
    )


@bp.route("/halls/<ref>/changes", methods=["POST"])
@allow(policies.runs_fairs)
def changes(fair: Fair, ref: str) -> Response:
    """A batch of what was drawn, as JSON. 409 with how the hall stands when somebody was quicker; 422 with why not."""
    found = _hall(fair, ref)
    try:
        version, wanted = read_changes(request.get_json(silent=True))
        with transaction():
            made = services.draw_booths(hall=found, changes=wanted, version=version, by=person())
            answer = jsonify(version=found.version, ids=made)
    except Conflict as lost:
        booths = queries.booths_in(found.id)
        held = queries.held([booth.id for booth in booths])
        now = _standing(found, booths, held)
        answer = jsonify(sentence=str(lost), **now)
        answer.status_code = 409
    except Refusal as refusal:
        answer = jsonify(sentence=str(refusal))
        answer.status_code = 422
    return answer


@bp.route("/halls/<ref>/edit", methods=["GET", "POST"])
@allow(policies.runs_fairs)
def edit_hall(fair: Fair, ref: str) -> Any:
    found = _hall(fair, ref)
    form = HallForm(found)
    if form.submitted():
        with form.reporting(), transaction():
            services.change_hall(hall=found, **form.values(), by=person())
            flash(_("Changed."))
            return redirect_to("office_plan.hall", fair=fair, ref=ref)
    return render("fairs/plan/hall_edit.html", fair=fair, form=form, hall=found)


@bp.route("/halls/<ref>/removal", methods=["POST"])
@allow(policies.runs_fairs)
def drop_hall(fair: Fair, ref: str) -> Any:
    form, found = PressForm(), _hall(fair, ref)
    with form.reporting(), transaction():
        services.remove_hall(hall=found, by=person())
        flash(_("The hall is off the plan."))
        return redirect_to("office_plan.overview", fair=fair)
    return render(
        "fairs/plan/hall_edit.html", fair=fair, form=form, edit=HallForm(found, formdata=None), hall=found
    )


@bp.route("/halls/<ref>/row", methods=["GET", "POST"])
@allow(policies.runs_fairs)
def new_row(fair: Fair, ref: str) -> Any:
    found, zones = _hall(fair, ref), queries.zones_of(fair.id)
    form = RowForm(zones)
    if form.submitted():
        with form.reporting(), transaction():
            made = services.draw_booths(hall=found, changes=form.changes(), by=person())
            flash(_("%(count)s booths stand now.", count=len(made)))
            return redirect_to("office_plan.hall", fair=fair, ref=ref)
    return render("fairs/plan/row.html", fair=fair, hall=found, form=form, zones=zones)


@bp.route("/halls/<ref>/things", methods=["GET", "POST"])
@allow(policies.runs_fairs)
def things(fair: Fair, ref: str) -> Any:
    """Entrances, stages, words on the floor: one more, or one less."""
    found, form = _hall(fair, ref), ThingForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.set_things(hall=found, things=[*_things(found), form.thing()], by=person())
            flash(_("It stands on the plan now."))
            return redirect_to("office_plan.things", fair=fair, ref=ref)
    return _things_page(fair, found, form)


@bp.route("/halls/<ref>/things/<int:at>/removal", methods=["POST"])
@allow(policies.runs_fairs)
def drop_thing(fair: Fair, ref: str, at: int) -> Any:
    found, form = _hall(fair, ref), PressForm()
    standing = _things(found)
    if at >= len(standing):
        abort(404)
    with form.reporting(), transaction():
        services.set_things(hall=found, things=standing[:at] + standing[at + 1 :], by=person())
        flash(_("Taken off the plan."))
        return redirect_to("office_plan.things", fair=fair, ref=ref)
    return _things_page(fair, found, form)


@bp.route("/halls/<ref>/sheet", methods=["GET", "POST"])
@allow(policies.runs_fairs)
def sheet(fair: Fair, ref: str) -> Any:
    """A list of rows: looked at first, with what is wrong beside each line; then drawn all together."""
    found, form = _hall(fair, ref), SheetForm()
    lines: list[row_lists.Line] = []
    if form.submitted():
        with form.reporting():
            table = _table(form)
            lines = row_lists.read(table, found, queries.zones_of(fair.id))
            form.kept.data = row_lists.keep(table)
            if request.form.get("draw"):
                wanted = row_lists.changes(lines)
                with transaction():
                    made = services.draw_booths(hall=found, changes=wanted, by=person())
                    flash(_("%(count)s booths stand now.", count=len(made)))
                    return redirect_to("office_plan.hall", fair=fair, ref=ref)
    columns = [column.label for column in row_lists.COLUMNS.all]
    return render("fairs/plan/sheet.html", fair=fair, hall=found, form=form, lines=lines, columns=columns)


@bp.route("/halls/<ref>/sheet.xlsx", methods=["GET"])
@allow(policies.runs_fairs)
def sample(fair: Fair, ref: str) -> Any:
    """An empty list to fill in, with one row as an example."""
    _hall(fair, ref)
    columns = [column.label for column in row_lists.COLUMNS.all]
    example = ["A", 1, 10, "A", 3, 3, _("right"), _("both ends"), 2, "x", "", "", ""]
    return send_sheet(_("rows of booths"), columns, [example])


# --- the office: zones and booths ---------------------------------------------------------------------


@bp.route("/zones/new", methods=["GET", "POST"])
@allow(policies.runs_fairs)
def new_zone(fair: Fair) -> Any:
    form = ZoneForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.make_zone(fair=fair, **form.values(), by=person())
            flash(_("The zone is made."))
            return redirect_to("office_plan.overview", fair=fair)
    return render("fairs/plan/zone.html", fair=fair, form=form, zone=None)


@bp.route("/zones/<int:zone_id>", methods=["GET", "POST"])
@allow(policies.runs_fairs)
def zone(fair: Fair, zone_id: int) -> Any:
    found = _zone(fair, zone_id)
    form = ZoneForm(found)
    if form.submitted():
        with form.reporting(), transaction():
            services.change_zone(zone=found, **form.values(), by=person())
            flash(_("Changed."))
            return redirect_to("office_plan.overview", fair=fair)
    return render("fairs/plan/zone.html", fair=fair, form=form, zone=found)


@bp.route("/zones/<int:zone_id>/removal", methods=["POST"])
@allow(policies.runs_fairs)
def drop_zone(fair: Fair, zone_id: int) -> Any:
    found, form = _zone(fair, zone_id), PressForm()
    with form.reporting(), transaction():
        services.remove_zone(zone=found, by=person())
        flash(_("The zone is off the plan."))
        return redirect_to("office_plan.overview", fair=fair)
    edit = ZoneForm(found, formdata=None)
    edit.sectors.data = [each.category.slug for each in found.sectors]
    return render("fairs/plan/zone.html", fair=fair, form=form, edit=edit, zone=found)


@bp.route("/booths", methods=["GET"])
@allow(policies.runs_fairs)
def booths(fair: Fair) -> Any:
    """The table twin: every booth in words, with the way to its form."""
    words = request.args.get("q", "")[:20].strip()
    return render(
        "fairs/plan/booths.html",
        fair=fair,
        page=queries.booth_page(fair.id, request.args.get("after"), words=words),
        having=queries.holders(fair.id),
        q=words,
        in_words=floor.in_words,
        states=STAND_LABELS,
    )


@bp.route("/booths/<code>", methods=["GET", "POST"])
@allow(policies.runs_fairs)
def booth(fair: Fair, code: str) -> Any:
    found = _booth(fair, code)
    zones = queries.zones_of(fair.id)
    form = BoothForm(found, zones)
    if form.submitted():
        with form.reporting(), transaction():
            services.draw_booths(hall=found.hall, changes=form.changes(found), by=person())
            flash(_("Changed."))
            return redirect_to("office_plan.booths", fair=fair, q=found.code)
    return _booth_page(fair, found, form)


@bp.route("/booths/<code>/removal", methods=["POST"])
@allow(policies.runs_fairs)
def drop_booth(fair: Fair, code: str) -> Any:
    found, form = _booth(fair, code), PressForm()
    with form.reporting(), transaction():
        services.draw_booths(hall=found.hall, changes=services.Changes(removed=[found.id]), by=person())
        flash(_("Booth %(code)s is off the plan.", code=code))
        return redirect_to("office_plan.booths", fair=fair)
    return _booth_page(fair, found, form)


# --- how it is done -----------------------------------------------------------------------------------


def _overview(fair: Fair, form: Form | None = None) -> Any:
    halls, zones = queries.halls_of(fair.id), queries.zones_of(fair.id)
    by_hall, having = queries.booths_by_hall(fair.id), queries.holders(fair.id)
    empty = not halls and not zones
    drawn = {
        hall.id: floor.draw(
            hall,
            by_hall.get(hall.id, []),
            zones,
            looks=_held(by_hall.get(hall.id, []), having),
            key=f"hall-{hall.id}",
        )
        for hall in halls
    }
    return render(
        "fairs/plan/overview.html",
        fair=fair,
        halls=halls,
        zones=zones,
        drawn=drawn,
        by_hall=by_hall,
        figures=queries.zone_figures(fair.id),
        copying=form or (CopyForm(queries.fairs_with_plan(fair.id), formdata=None) if empty else None),
    )


def _booth_page(fair: Fair, found: Booth, form: Form) -> Any:
    edit = form if isinstance(form, BoothForm) else BoothForm(found, queries.zones_of(fair.id), formdata=None)
    if edit is not form:
        edit.zone.data = str(found.zone_id)
    having = queries.holders(fair.id).get(found.id, [])
    return render(
        "fairs/plan/booth.html",
        fair=fair,
        booth=found,
        form=form,
        edit=edit,
        having=having,
        states=STAND_LABELS,
    )


def _things_page(fair: Fair, found: Hall, form: Form) -> Any:
    return render(
        "fairs/plan/things.html",
        fair=fair,
        hall=found,
        form=form,
        edit=form if isinstance(form, ThingForm) else ThingForm(formdata=None),
        things=_things(found),
        labels=THING_LABELS,
    )


def _things(hall: Hall) -> list[Thing]:
    return [Thing.of(each) for each in hall.things]


def _table(form: SheetForm) -> Any:
    chosen: Any = form.file.data
    if chosen:
        return read_table(chosen.read(MOST_BYTES + 1), chosen.filename, header_like=row_lists.header_like)
    if not form.kept.data:
        raise Refusal(_("Please choose the file first."), field="file")
    return row_lists.kept(form.kept.data)


def _hall(fair: Fair, ref: str) -> Hall:
    return queries.hall_of(fair.id, ref) or abort(404)


def _zone(fair: Fair, zone_id: int) -> Zone:
    return queries.zone_of(fair.id, zone_id) or abort(404)


def _booth(fair: Fair, code: str) -> Booth:
    return queries.booth_named(fair.id, code) or abort(404)


def _data(
    fair: Fair, hall: Hall, booths: Sequence[Booth], zones: Sequence[Zone], held: set[int]
) -> dict[str, Any]:
    """What the editor draws from, short: see static/js/fairs/plan/booth.js for the order of the figures."""
    return {
        "width": hall.width,
        "depth": hall.depth,
        "ref": hall.ref,
        "save": url_for("office_plan.changes", fair=fair, ref=hall.ref),
        "zones": [{"id": zone.id, "code": zone.code, "hue": zone.hue} for zone in zones],
        "kinds": {str(kind): str(label) for kind, label in THING_LABELS.items()},
        "north": _("N"),
        **_standing(hall, booths, held),
    }


def _standing(hall: Hall, booths: Sequence[Booth], held: set[int]) -> dict[str, Any]:
    return {
        "version": hall.version,
        "things": hall.things,
        "booths": [
            [
                booth.id,
                booth.row,
                booth.number,
                booth.x,
                booth.y,
                booth.w,
                booth.h,
                booth.zone_id,
                sum(1 << at for at, name in enumerate(BITS) if getattr(booth, name)),
                booth.kw,
                booth.blocked_why,
                int(booth.id in held),
            ]
            for booth in booths
        ],
    }


def _held(booths: Sequence[Booth], having: dict[int, list[Holder]]) -> dict[int, floor.Look]:
    """For officers: what a booth has stays in sight, and who holds it is said."""
    return {
        booth.id: floor.Look(
            "blocked" if booth.blocked else "held",
            f"{booth.code}. {', '.join(dict.fromkeys(each.name for each in having[booth.id]))}. "
            f"{floor.in_words(booth)}",
        )
        for booth in booths
        if booth.id in having
    }
