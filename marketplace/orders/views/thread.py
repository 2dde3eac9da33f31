"""The thread of an order, from each of its seats: the buyer's, the seller's, and the alliance's when asked in."""

from __future__ import annotations

import secrets
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, redirect, request, url_for
from flask_login import current_user

from marketplace.accounts import throttle
from marketplace.accounts.throttle import Limit, TooOften
from marketplace.foundation.db import transaction
from marketplace.foundation.errors import Conflict, Refusal
from marketplace.foundation.media import send_document
from marketplace.foundation.web import allow, flash, person, private, public, redirect_to, render
from marketplace.foundation.words import _, _l
from marketplace.inbox import queries as inbox
from marketplace.inbox import services as inbox_services
from marketplace.inbox.models import Message, Thread
from marketplace.inbox.states import SIDE_LABELS, Side
from marketplace.orders import policies, queries, services
from marketplace.orders.forms import EmptyForm, MessageForm, ReportForm
from marketplace.orders.models import Order
from marketplace.orders.thread import KIND

bp = Blueprint("thread", __name__)
bp.after_request(private)
MESSAGES = Limit("messages", 30, 900)


@dataclass(frozen=True)
class Seat:
    """Where somebody sits: their side, and the names of their pages in the addresses."""

    side: Side
    order: Order

    @property
    def at(self) -> str:
        return self.order.number if self.side is Side.SELLER else self.order.ref

    def url(self, what: str, **more: Any) -> str:
        return url_for(f"thread.{self.side}_{what}", order=self.at, **more)

    @property
    def back(self) -> str:
        page = {
            Side.BUYER: "orders.order",
            Side.SELLER: "desk_orders.order",
            Side.ALLIANCE: "office_orders.order",
        }
        return url_for(page[self.side], order=self.at)


# --- the buyer's seat -------------------------------------------------------------------------------


def _buyer(order: Order) -> Seat:
    """Whoever holds a guest's reference, or the buyer; for all others there is nothing here."""
    if not policies.buys(current_user, order):
        abort(404)
    return Seat(Side.BUYER, order)


@bp.route("/orders/<order:order>/messages", methods=["GET", "POST"])
@public
def buyer_talk(order: Order) -> Any:
    return _talk(_buyer(order))


@bp.route("/orders/<order:order>/messages/files/<int:file_id>", methods=["GET"])
@public
def buyer_file(order: Order, file_id: int) -> Any:
    return _file(_buyer(order), file_id)


@bp.route("/orders/<order:order>/messages/<int:message_id>/report", methods=["POST"])
@public
def buyer_report(order: Order, message_id: int) -> Any:
    return _report(_buyer(order), message_id)


@bp.route("/orders/<order:order>/messages/alliance", methods=["POST"])
@public
def buyer_alliance(order: Order) -> Any:
    return _alliance(_buyer(order))


# --- the seller's -----------------------------------------------------------------------------------


@bp.route("/desk/orders/<seller_order:order>/messages", methods=["GET", "POST"])
@allow(policies.sells)
def seller_talk(order: Order) -> Any:
    return _talk(Seat(Side.SELLER, order))


@bp.route("/desk/orders/<seller_order:order>/messages/files/<int:file_id>", methods=["GET"])
@allow(lambda user, order, _file: policies.sells(user, order))
def seller_file(order: Order, file_id: int) -> Any:
    return _file(Seat(Side.SELLER, order), file_id)


@bp.route("/desk/orders/<seller_order:order>/messages/<int:message_id>/report", methods=["POST"])
@allow(lambda user, order, _message: policies.sells(user, order))
def seller_report(order: Order, message_id: int) -> Any:
    return _report(Seat(Side.SELLER, order), message_id)


@bp.route("/desk/orders/<seller_order:order>/messages/alliance", methods=["POST"])
@allow(policies.sells)
def seller_alliance(order: Order) -> Any:
    return _alliance(Seat(Side.SELLER, order))


# --- the alliance's ---------------------------------------------------------------------------------


@bp.route("/office/orders/<order:order>/messages", methods=["GET", "POST"])
@allow(policies.talks_as_alliance, reads=policies.hears_as_alliance)
def alliance_talk(order: Order) -> Any:
    return _talk(Seat(Side.ALLIANCE, order))


@bp.route("/office/orders/<order:order>/messages/files/<int:file_id>", methods=["GET"])
@allow(policies.hears_as_alliance)
def alliance_file(order: Order, file_id: int) -> Any:
    return _file(Seat(Side.ALLIANCE, order), file_id)


@bp.route("/office/messages", methods=["GET"])
@allow(policies.mediates)
def reports() -> Any:
    """What was reported: the message alone, nothing around it."""
    page = inbox.open_reports(request.args.get("after"))
    orders = {report.id: queries.order_by_id(report.message.thread.subject_id) for report in page.rows}
    return render("orders/office/reports.html", page=page, orders=orders, sides=SIDE_LABELS)


@bp.route("/office/messages/<int:report_id>/closing", methods=["POST"])
@allow(policies.mediates)
def close_report(report_id: int) -> Any:
    with transaction():
        found = inbox.report_by_id(report_id)
        if found is None:
            abort(404)
        services.close_report(report=found, by=person())
        flash(_("Written down: you have looked at it."))
    return redirect_to("thread.reports")


# --- what all seats do ------------------------------------------------------------------------------


def _talk(seat: Seat) -> Any:
    form = MessageForm()
    if form.submitted():
        with form.reporting():
            _not_too_often(seat)
            files = form.sent_files()
            with transaction():
                services.say(
                    order=seat.order,
                    side=seat.side,
                    words=form.words.data or "",
                    files=files,
                    once=form.once.data[:40],
                    by=person(),
                )
                flash(_("Sent."))
                return redirect(seat.url("talk"), 303)
    form.once.data = form.once.data or secrets.token_hex(12)
    thread = inbox.thread_about(KIND, seat.order.id)
    page = inbox.messages_of(thread, request.args.get("after"))
    if thread is not None and page.rows and request.method == "GET" and "Sec-Purpose" not in request.headers:
        _note_read(thread, seat, page.rows[0])
    return render(
        f"orders/thread/{seat.side}.html",
        form=form,
        seat=seat,
        order=seat.order,
        thread=thread,
        page=page,
        sides=SIDE_LABELS,
    )


def _note_read(thread: Thread, seat: Seat, newest: Message) -> None:
    """The page is open: this side has read up to its newest message. Only when that is news; a colleague who opens it
    in the same moment notes the same."""
    if inbox.unread_messages(KIND, [seat.order.id], seat.side):
        with suppress(Conflict), transaction():
            inbox_services.mark_seen(thread=thread, side=seat.side, message_id=newest.id)


def _not_too_often(seat: Seat) -> None:
    try:
        with transaction():
            throttle.count(MESSAGES, f"{seat.side}:{seat.order.id}")
    except TooOften as often:
        raise Refusal(_l("That is many messages at once. Please wait a quarter of an hour.")) from often


def _file(seat: Seat, file_id: int) -> Any:
    thread = inbox.thread_about(KIND, seat.order.id)
    found = inbox.file_in(thread, file_id) if thread is not None else None
    if found is None:
        abort(404)
    return send_document(found.document)


def _report(seat: Seat, message_id: int) -> Any:
    thread = inbox.thread_about(KIND, seat.order.id)
    message = inbox.message_in(thread, message_id) if thread is not None else None
    if message is None:
        abort(404)
    form = ReportForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.report(
                order=seat.order, message=message, side=seat.side, words=form.words.data, by=person()
            )
            flash(_("Thank you. The alliance looks at this message."))
    return _back(seat, form)


def _alliance(seat: Seat) -> Any:
    form = EmptyForm()
    with form.reporting(), transaction():
        services.ask_alliance(order=seat.order, by=person())
        flash(_("The alliance has been asked. It can now read these messages and write to both of you."))
    return _back(seat, form)


def _back(seat: Seat, form: Any) -> Any:
    for problem in [*form.problems, *[error for errors in form.errors.values() for error in errors]]:
        flash(problem, "bad")
    return redirect(seat.url("talk"), 303)
