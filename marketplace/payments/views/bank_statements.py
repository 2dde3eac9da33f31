"""Bank statements: send, say what the columns mean, watch; and the key for notices of the bank."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, request

from marketplace.accounts.models import Organisation
from marketplace.cooperatives import queries as cooperatives
from marketplace.foundation.db import transaction
from marketplace.foundation.sheets import MOST_BYTES, MOST_ROWS, read_table, send_sheet
from marketplace.foundation.web import Form, allow, flash, looks_again, person, redirect_to, render
from marketplace.foundation.words import _
from marketplace.payments import gateways, movements, policies, services
from marketplace.payments.forms import StatementForm
from marketplace.payments.models import Statement
from marketplace.payments.parties import payee_of
from marketplace.payments.queries import bank_lines as queries
from marketplace.payments.services import bank_feeds, bank_statements
from marketplace.payments.states import (
    LINE_LABELS,
    REASON_LABELS,
    ROW_LABELS,
    LineState,
    RowResult,
    StatementState,
)

bp = Blueprint("bank_statements", __name__, url_prefix="/desk/money/statements")


@bp.route("", methods=["GET", "POST"])
@allow(policies.reads_statements, reads=policies.looks_at_money)
def statement_list() -> Any:
    """Send a file; those sent before; what still needs somebody."""
    payee = paid_here()
    accounts = {str(account.id): account for account in cooperatives.accounts_of(payee.id)}
    form = StatementForm()
    form.account.choices = [
        (key, f"{gateways.bank_name(account.bin)} · {account.number}") for key, account in accounts.items()
    ]
    if form.submitted():
        with form.reporting():
            name = form.file.data.filename or "sao-ke"
            table = read_table(form.file.data.read(MOST_BYTES + 1), name, header_like=movements.header_like)
            account = accounts[form.account.data]
            owner, bin, number = account.organisation_id, account.bin, account.number
            with transaction():
                book = services.book_of(organisation_id=owner, bin=bin, number=number)
                run = bank_statements.receive(table=table, filename=name, book=book, by=person())
                return redirect_to("bank_statements.columns", run=run)
    return render(
        "payments/bank_statements/list.html",
        form=form,
        statements=queries.statements_of(payee.id),
        counts=queries.line_counts(payee.id),
        feed=queries.feed_of(payee.id),
    )


@bp.route("/<statement:run>/columns", methods=["GET", "POST"])
@allow(policies.can_read_statement, reads=policies.looks_at_statement)
def columns(run: Statement) -> Any:
    """Which column means what, with the first rows; the second button begins."""
    if run.state is not StatementState.UPLOADED:
        return redirect_to("bank_statements.show", run=run)
    form = Form()
    if request.method == "POST":
        with form.reporting(), transaction():
            chosen = {str(i): request.form.get(f"column_{i}", "") for i in range(len(run.header))}
            bank_statements.choose_columns(run=run, chosen=chosen)
            if request.form.get("begin"):
                bank_statements.start(run=run)
                return redirect_to("bank_statements.show", run=run)
            return redirect_to("bank_statements.columns", run=run)
    return render(
        "payments/bank_statements/columns.html",
        form=form,
        run=run,
        columns=movements.COLUMNS.all,
        chosen=_chosen(run),
        preview=bank_statements.preview(run),
        bank=gateways.bank_name(run.book.bin),
    )


def _chosen(run: Statement) -> dict[str, str]:
    """What was chosen just now stays chosen, also when it was refused."""
    if request.method == "POST":
        return {str(i): request.form.get(f"column_{i}", "") for i in range(len(run.header))}
    return run.mapping


@bp.route("/<statement:run>", methods=["GET"])
@allow(policies.can_read_statement, reads=policies.looks_at_statement)
def show(run: Statement) -> Any:
    """How far it is, and what became of each row."""
    results = queries.results(run)
    counts = {str(result): count for result, (count, _sum) in results.items()}
    tab = _tab(counts)
    credits = [results[result] for result in (RowResult.OPEN, RowResult.COUNTED, RowResult.KNOWN)]
    answer = render(
        "payments/bank_statements/show.html",
        run=run,
        bank=gateways.bank_name(run.book.bin),
        tab=tab,
        tabs=[(str(result), ROW_LABELS[result]) for result in RowResult],
        counts=counts,
        credits=sum(count for count, _sum in credits),
        credit_sum=sum(int(money) for _count, money in credits),
        needing=queries.waiting_of(run),
        done=run.total - counts[RowResult.WAITING],
        page=queries.rows_of(run, RowResult(tab), request.args.get("after")),
        used=movements.COLUMNS.used(run.mapping),
        labels=LINE_LABELS,
        reasons=REASON_LABELS,
    )
    if run.state is StatementState.RUNNING:
        looks_again(answer)
    return answer


def _tab(counts: dict[str, int]) -> str:
    """The part that was asked for, or the first that holds something a person should see."""
    asked = request.args.get("tab", "")
    if asked in set(RowResult):
        return asked
    urgent = (RowResult.OPEN, RowResult.WRONG, RowResult.COUNTED, RowResult.KNOWN)
    return str(next((result for result in urgent if counts[result]), RowResult.COUNTED))


@bp.route("/<statement:run>/report.xlsx", methods=["GET"])
@allow(policies.can_read_statement, reads=policies.looks_at_statement)
def report(run: Statement) -> Any:
    """Every row with what became of it."""
    rows = queries.rows_of(run, None, size=MOST_ROWS).rows
    told = ([row.line, ROW_LABELS[row.result], _remark(row), *row.cells] for row in rows)
    return send_sheet(_("Statement report"), [_("Line"), _("Result"), _("Remark"), *run.header], told)


def _remark(row: Any) -> str:
    line = row.bank_line
    if line is None:
        return str(row.reason)
    about = f" ({line.named.told})" if line.named else ""
    waits = f": {REASON_LABELS[line.reason]}" if line.state is LineState.OPEN else ""
    return f"{LINE_LABELS[line.state]}{waits}{about}"


@bp.route("/notices", methods=["GET"])
@allow(policies.reads_statements, reads=policies.looks_at_money)
def feed() -> Any:
    """How a service of the bank tells money at once."""
    return _feed_page(paid_here())


@bp.route("/notices", methods=["POST"])
@allow(policies.reads_statements, reads=policies.looks_at_money)
def renew_feed() -> Any:
    """A new secret, shown on this page and never again."""
    payee = paid_here()
    with transaction():
        _feed, secret = bank_feeds.renew(organisation_id=payee.id, by=person())
    flash(_("A new secret was made. The old one opens nothing any more."))
    return _feed_page(payee, secret)


def _feed_page(payee: Organisation, secret: str = "") -> Any:
    answer = render("payments/bank_statements/feed.html", feed=queries.feed_of(payee.id), secret=secret)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def paid_here() -> Organisation:
    """Whose account it is: the desk's cooperative, for officers the alliance. Who has neither finds nothing here."""
    return payee_of(person()) or abort(404)
