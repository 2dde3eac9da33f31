"""Prices at the office: written one by one or from a sheet, corrected, and the places of the board."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort, request

from marketplace.catalogue import queries as catalogue
from marketplace.foundation import clock
from marketplace.foundation.audit import history_of
from marketplace.foundation.columns import keep as kept_for
from marketplace.foundation.columns import kept
from marketplace.foundation.db import transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.sheets import MOST_BYTES, read_table, send_sheet
from marketplace.foundation.web import allow, flash, person, redirect_to, render
from marketplace.foundation.words import _, _n
from marketplace.prices import importing, policies, queries, services
from marketplace.prices.forms.doubt import KeepForm
from marketplace.prices.forms.observation import (
    CorrectionForm,
    MarketForm,
    OfficePriceForm,
    SheetForm,
    TakeBackForm,
    told_of,
)
from marketplace.prices.models import Observation
from marketplace.prices.states import LEVEL_LABELS, SOURCE_LABELS, Source

DOUBTED = "doubted"
bp = Blueprint("office_prices", __name__, url_prefix="/office/prices")


@bp.route("", methods=["GET"])
@allow(policies.keeps_board)
def list() -> Any:
    source = request.args.get("source", "")
    doubts = queries.count_doubts()
    goods = catalogue.goods_by_slug(request.args.get("goods", ""))
    page = queries.entries(
        source=Source(source) if source in set(Source) else None,
        goods_id=goods.id if goods is not None else None,
        doubted=source == DOUBTED,
        after=request.args.get("after"),
    )
    return render(
        "prices/office/list.html",
        page=page,
        source=source,
        sources={
            "": _("All"),
            DOUBTED: _("Doubted (%(num)s)", num=doubts) if doubts else _("Doubted"),
            **{each: str(label) for each, label in SOURCE_LABELS.items()},
        },
        doubted=queries.doubted_among([row.id for row in page.rows]),
        goods=goods,
    )


@bp.route("/new", methods=["GET", "POST"])
@allow(policies.keeps_board)
def new() -> Any:
    """One price after the other: the next one begins with goods, place and step of the last (`?like=`)."""
    last = queries.observation_by_ref(request.args.get("like", ""), person())
    form = OfficePriceForm(catalogue.goods(), queries.places_of_board(), data=_begun(last))
    if form.submitted():
        with form.reporting(), transaction():
            row = services.note_price(
                seen=form.seen(),
                source=Source(form.source.data),
                source_words=form.source_words.data or "",
                source_url=form.source_url.data or "",
                sure=form.sure.data,
                by=person(),
            )
            flash(_("The price is on the board. Here is the next one."))
            return redirect_to("office_prices.new", like=row.ref)
    return render("prices/office/new.html", form=form)


@bp.route("/<price:observation>", methods=["GET"])
@allow(policies.keeps_board)
def show(observation: Observation) -> Any:
    return _page(observation, TakeBackForm(formdata=None))


@bp.route("/<price:observation>/correction", methods=["GET", "POST"])
@allow(policies.can_correct)
def correct(observation: Observation) -> Any:
    form = CorrectionForm(catalogue.goods(), queries.places_of_board(), data=told_of(observation))
    if form.submitted():
        with form.reporting(), transaction():
            row = services.correct_price(
                observation=observation,
                seen=form.seen(),
                source_words=form.source_words.data or "",
                source_url=form.source_url.data or "",
                reason=form.reason.data,
                sure=form.sure.data,
                by=person(),
            )
            flash(_("Corrected. The row before it can still be read."))
            return redirect_to("office_prices.show", observation=row)
    return render("prices/office/correct.html", form=form, observation=observation)


@bp.route("/<price:observation>/removal", methods=["POST"])
@allow(policies.can_correct)
def take_back(observation: Observation) -> Any:
    form = TakeBackForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.take_back(observation=observation, reason=form.reason.data, by=person())
            flash(_("The price is off the board."))
            return redirect_to("office_prices.list")
    return _page(observation, form)


@bp.route("/<price:observation>/doubt/keep", methods=["POST"])
@allow(policies.keeps_board)
def keep(observation: Observation) -> Any:
    """The doubted price is right."""
    doubt = queries.doubt_about(observation.id)
    if doubt is None:
        abort(404)
    form = KeepForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.keep_price(doubt=doubt, words=form.words.data, by=person())
            flash(_("The price stays, and counts again."))
            return redirect_to("office_prices.list", source=DOUBTED)
    return _page(observation, TakeBackForm(formdata=None), form)


@bp.route("/sheet", methods=["GET", "POST"])
@allow(policies.keeps_board)
def sheet() -> Any:
    """A sheet is looked at first; then all lines that are in order are written, the marked ones if they were ticked."""
    form = SheetForm()
    lines: Sequence[importing.Line] = []
    if form.submitted():
        with form.reporting():
            table = _table(form)
            lines = importing.read(table)
            form.kept.data = kept_for(table)
            if request.form.get("write"):
                with transaction():
                    written = _write(importing.read(table), odd_too=form.odd.data)
                    flash(_n("%(num)s price written.", "%(num)s prices written.", written))
                    return redirect_to("office_prices.list")
    columns = [column.label for column in importing.COLUMNS.all]
    return render("prices/office/sheet.html", form=form, lines=lines, columns=columns)


@bp.route("/sheet.xlsx", methods=["GET"])
@allow(policies.keeps_board)
def sample() -> Any:
    """A sheet to fill in, with one row as an example."""
    columns = [column.label for column in importing.COLUMNS.all]
    places = queries.places_of_board()
    example = [
        _("Carrot"),
        places[0].name if places else "",
        *(LEVEL_LABELS[level] for level in LEVEL_LABELS if level == "field"),
        clock.today(),
        "1",
        7000,
        None,
        None,
        _("three growers asked"),
        "",
    ]
    return send_sheet(_("prices"), columns, [example])


@bp.route("/places", methods=["GET", "POST"])
@allow(policies.keeps_board)
def places() -> Any:
    form = MarketForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.add_market(name_vi=form.name_vi.data, name_en=form.name_en.data or "", by=person())
            flash(_("The market is on the board."))
            return redirect_to("office_prices.places")
    return render("prices/office/places.html", form=form, board_places=queries.places_of_board())


def _begun(last: Observation | None) -> dict[str, Any] | None:
    """What one price after the other has alike."""
    if last is None:
        return None
    told = told_of(last)
    return {name: told[name] for name in ("place", "level", "day", "source", "source_words", "source_url")}


def _table(form: SheetForm) -> Any:
    """The file that was just chosen, else the one that was looked at."""
    if form.file.data:
        return read_table(
            form.file.data.read(MOST_BYTES + 1), form.file.data.filename, header_like=importing.header_like
        )
    if not form.kept.data:
        raise Refusal(_("Please choose the file first."), field="file")
    return kept(form.kept.data)


def _write(lines: Sequence[importing.Line], *, odd_too: bool) -> int:
    """Lines that are in order, in the caller's transaction; how many."""
    ready = [line for line in lines if line.seen and not line.known and (odd_too or not line.odd)]
    if not ready:
        raise Refusal(_("No line of this sheet can be written."), field="file")
    for line in ready:
        assert line.seen is not None, "only lines that hold a price are ready"
        services.note_price(
            seen=line.seen,
            source=line.source,
            source_words=line.source_words,
            source_url=line.source_url,
            sure=odd_too or not line.odd,
            by=person(),
        )
    return len(ready)


def _page(observation: Observation, form: TakeBackForm, keeping: KeepForm | None = None) -> Any:
    return render(
        "prices/office/show.html",
        observation=observation,
        form=form,
        keeping=keeping or KeepForm(formdata=None),
        doubt=queries.doubt_about(observation.id),
        story=queries.whole_story(observation),
        replaced=queries.replaced_by(observation.id),
        history=history_of("price", observation.root),
    )
