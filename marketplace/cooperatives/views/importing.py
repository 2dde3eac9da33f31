"""The registry from a file: send, say what the columns mean, watch, put wrong rows right."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, request

from marketplace.cooperatives import importing, policies, queries
from marketplace.cooperatives.forms import UploadForm
from marketplace.cooperatives.models import RegistryImport, RegistryRow
from marketplace.cooperatives.states import ROW_LABELS, ImportState, RowResult
from marketplace.foundation.db import db, transaction
from marketplace.foundation.sheets import MOST_BYTES, MOST_ROWS, read_table, send_sheet
from marketplace.foundation.web import Form, allow, flash, looks_again, person, redirect_to, render
from marketplace.foundation.words import _

bp = Blueprint("registry_imports", __name__, url_prefix="/office/members/imports")


@bp.route("", methods=["GET", "POST"])
@allow(policies.keeps_registry)
def imports() -> Any:
    form = UploadForm()
    if form.submitted():
        with form.reporting():
            name = form.file.data.filename or "so-dang-ky"
            table = read_table(form.file.data.read(MOST_BYTES + 1), name)
            with transaction():
                run = importing.receive(table=table, filename=name, by=person())
                return redirect_to("registry_imports.columns", run=run)
    return render("cooperatives/imports/list.html", form=form, imports=queries.imports())


@bp.route("/<registry_import:run>/columns", methods=["GET", "POST"])
@allow(policies.keeps_registry)
def columns(run: RegistryImport) -> Any:
    """Which column means what, with the first rows; the second button begins."""
    form = Form()
    if request.method == "POST":
        with form.reporting(), transaction():
            chosen = {str(i): request.form.get(f"column_{i}", "") for i in range(len(run.header))}
            importing.choose_columns(run=run, chosen=chosen, admit=bool(request.form.get("admit")))
            if request.form.get("begin"):
                importing.start(run=run)
                return redirect_to("registry_imports.show", run=run)
            return redirect_to("registry_imports.columns", run=run)
    return render(
        "cooperatives/imports/columns.html",
        form=form,
        run=run,
        columns=importing.COLUMNS.all,
        preview=importing.preview(run),
    )


@bp.route("/<registry_import:run>", methods=["GET"])
@allow(policies.keeps_registry)
def show(run: RegistryImport) -> Any:
    return _page(run, Form())


@bp.route("/<registry_import:run>/again", methods=["POST"])
@allow(policies.keeps_registry)
def again(run: RegistryImport) -> Any:
    """Try the wrong rows once more, after something in the registry changed."""
    form = Form()
    with form.reporting(), transaction():
        importing.start(run=run)
        return redirect_to("registry_imports.show", run=run)
    return _page(run, form)


@bp.route("/rows/<registry_row:row>", methods=["POST"])
@allow(policies.keeps_registry)
def correct(row: RegistryRow) -> Any:
    """Put a wrong row right; it is entered at once."""
    if row.result is not RowResult.WRONG:
        abort(409)
    run, form = db.session.get_one(RegistryImport, row.import_id), Form()
    cells = {
        i: text[:500] for i in range(len(row.cells)) if (text := request.form.get(f"cell_{i}")) is not None
    }
    with form.reporting(), transaction():
        importing.correct_row(row=row, cells=cells, by=person())
        if row.result is RowResult.WRONG:
            flash(_("Line %(line)s is still wrong: %(reason)s", line=row.line, reason=row.reason), "bad")
        else:
            flash(_("Line %(line)s: %(result)s.", line=row.line, result=ROW_LABELS[row.result]))
        return redirect_to("registry_imports.show", run=run)
    return _page(run, form)


def _page(run: RegistryImport, form: Form) -> Any:
    asked = request.args.get("tab", "")
    tab = RowResult(asked) if asked in set(RowResult) else RowResult.WRONG
    counts = queries.results(run)
    answer = render(
        "cooperatives/imports/show.html",
        form=form,
        run=run,
        tab=tab,
        tabs=[(str(result), ROW_LABELS[result]) for result in RowResult],
        counts={str(result): count for result, count in counts.items()},
        done=run.total - counts[RowResult.WAITING],
        page=queries.rows_of(run, tab, request.args.get("after"), size=20),
        used=importing.COLUMNS.used(run.mapping),
    )
    if run.state is ImportState.RUNNING:
        looks_again(answer)
    return answer


@bp.route("/<registry_import:run>/report.xlsx", methods=["GET"])
@allow(policies.keeps_registry)
def report(run: RegistryImport) -> Any:
    """Every row with what became of it."""
    rows = queries.rows_of(run, None, size=MOST_ROWS).rows
    columns = [_("Line"), _("Result"), _("Remark"), *run.header]
    told = ([row.line, ROW_LABELS[row.result], row.reason, *row.cells] for row in rows)
    return send_sheet(_("Import report"), columns, told)
