"""Officers look at words that somebody found wrong."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, request
from flask_login import current_user

from marketplace.foundation.audit import history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.web import Form, allow, flash, person, redirect_to, render
from marketplace.foundation.words import _, _l
from marketplace.orders.states import SIDE_LABELS
from marketplace.reputation import policies, queries, services
from marketplace.reputation.forms import AnswerAppealForm, HideForm, PressForm
from marketplace.reputation.models import BuyersWords
from marketplace.reputation.states import (
    APPEAL_LABELS,
    HIDE_LABELS,
    WORDS_LABELS,
    WORDS_TONES,
    AppealOutcome,
    HideReason,
    WordsState,
)

bp = Blueprint("office_words", __name__, url_prefix="/office/words")
TABS = {
    "reported": (_l("Reported"), (WordsState.REPORTED,)),
    "shown": (_l("Published"), (WordsState.SHOWN,)),
    "hidden": (_l("Hidden"), (WordsState.HIDDEN,)),
}


@bp.route("", methods=["GET"])
@allow(policies.moderates)
def queue() -> Any:
    tab = request.args.get("tab", "reported")
    tab = tab if tab in TABS else "reported"
    page = queries.words_in(TABS[tab][1], request.args.get("after"))
    return render("reputation/office/queue.html", page=page, tab=tab, tabs=TABS)


@bp.route("/<buyers_words:words>", methods=["GET"])
@allow(policies.moderates)
def show(words: BuyersWords) -> Any:
    return _page(words)


@bp.route("/<buyers_words:words>/hiding", methods=["POST"])
@allow(policies.moderates)
def hide(words: BuyersWords) -> Any:
    form = HideForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.hide(words=words, reason=HideReason(form.reason.data), by=person())
            flash(_("Hidden. Both sides are told why."))
            return redirect_to("office_words.show", words=words)
    return _page(words, form)


@bp.route("/<buyers_words:words>/keeping", methods=["POST"])
@allow(policies.moderates)
def keep(words: BuyersWords) -> Any:
    form = PressForm()
    with form.reporting(), transaction():
        services.keep(words=words, by=person())
        flash(_("Written down: the words stay."))
        return redirect_to("office_words.queue")
    return _page(words, form)


@bp.route("/<buyers_words:words>/showing", methods=["POST"])
@allow(policies.moderates)
def show_again(words: BuyersWords) -> Any:
    form = PressForm()
    with form.reporting(), transaction():
        services.show_again(words=words, by=person())
        flash(_("Published again."))
        return redirect_to("office_words.show", words=words)
    return _page(words, form)


@bp.route("/<buyers_words:words>/appeal/<any(shown, stays):outcome>", methods=["POST"])
@allow(lambda user, words, outcome: policies.moderates(user))
def answer_appeal(words: BuyersWords, outcome: str) -> Any:
    if not policies.can_answer_appeal(current_user, words):
        abort(409)
    form = AnswerAppealForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.answer_appeal(
                words=words, outcome=AppealOutcome(outcome), answer=form.answer.data, by=person()
            )
            flash(_("Answered. The buyer is told."))
            return redirect_to("office_words.show", words=words)
    return _page(words, form)


def _page(words: BuyersWords, form: Form | None = None) -> Any:
    return render(
        "reputation/office/show.html",
        words=words,
        order=words.order,
        hiding=form if isinstance(form, HideForm) else HideForm(formdata=None),
        appeal=queries.last_appeal(words),
        waits=(found := queries.appeal_of(words)) is not None and found.outcome is None,
        answering=form if isinstance(form, AnswerAppealForm) else AnswerAppealForm(formdata=None),
        outcomes=APPEAL_LABELS,
        sides=SIDE_LABELS,
        labels=WORDS_LABELS,
        tones=WORDS_TONES,
        reasons=HIDE_LABELS,
        history=history_of("buyers_words", words.id),
        **({"form": form} if form is not None else {}),
    )
