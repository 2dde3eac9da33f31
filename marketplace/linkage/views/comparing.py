"""Quotes and answers of pools side by side, each quote, and the choice: the same pages for the buyer, and for the
alliance that wrote the request down for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask import abort, request, url_for

from marketplace.cooperatives.states import PAPER_LABELS
from marketplace.foundation import clock
from marketplace.foundation.audit import history_of
from marketplace.foundation.audit.recorder import acting_for
from marketplace.foundation.db import transaction
from marketplace.foundation.sheets import send_sheet
from marketplace.foundation.web import Form, flash, person, redirect_to, render
from marketplace.foundation.words import _, _l, _n
from marketplace.linkage import need_words, policies, queries, reserves, services
from marketplace.linkage.forms.award import TakeBackForm
from marketplace.linkage.forms.quote import ChoiceForm, CounterForm, PressForm, choice_form
from marketplace.linkage.models import Need, NeedAward, NeedLine, Quote
from marketplace.linkage.queries import Compared
from marketplace.linkage.states import (
    ASK_LABELS,
    POOL_LABELS,
    POOL_TONES,
    QUOTE_LABELS,
    QUOTE_TONES,
    SIDE_LABELS,
    AwardKind,
    PoolState,
    QuoteState,
)

ORDERS = {
    "price": _l("Cheapest first"),
    "quantity": _l("Most first"),
    "lacking": _l("Papers in order first"),
    "name": _l("By name"),
}

STATES = QUOTE_LABELS | POOL_LABELS
TONES = QUOTE_TONES | POOL_TONES


@dataclass(frozen=True)
class Comparing:
    """One side's pages: the name of their blueprint, that of its requests, its page of a pool, and the frame around
    them."""

    name: str
    requests: str
    pool_page: str
    frame: str

    def there(self, page: str, **values: Any) -> str:
        return url_for(f"{self.name}.{page}", **values)

    def request_page(self, need: Need) -> str:
        return url_for(f"{self.requests}.show", need=need)

    def go(self, page: str, **values: Any) -> Any:
        return redirect_to(f"{self.name}.{page}", **values)

    def list(self, need: Need) -> Any:
        order = request.args.get("order", "price")
        offers = queries.offers(need)
        page = queries.compared(need, offers, order, request.args.get("after"))
        shown = [row for row in page.rows if row.open]
        return self._render(
            "compare",
            need=need,
            answers=page,
            count=len(offers),
            order=order if order in ORDERS else "price",
            orders=ORDERS,
            columns=[*((row.name, "num") for row in shown), (_("Lacking"), "num")],
            by_line=_by_line(need, shown, [row for row in offers if row.open]) if shown else [],
            when=need_words.when,
        )

    def sheet(self, need: Need, kind: str) -> Any:
        """All of it for Excel, a column for each line of the request."""
        columns = [
            _("Cooperative"), _("Pool"), _("State"), _("Product"), _("Price"), _("Carriage"), _("Landed price"),
            _("In all"),
            _("First day"), _("Last day"), _("Loaded at"), _("Valid until"), _("Papers lacking"),
            _("Deliveries in a year"),
            _("Taken on, %"), _("Arrived, %"), _("Good, %"),
            *(need_words.when(line) for line in need.lines),
        ]  # fmt: skip
        rows = [_row(need, each) for each in queries.comparison(need)]
        return send_sheet(need.number or _("Quotes"), columns, rows, kind)

    def show(self, quote: Quote, form: Form | None = None) -> Any:
        return self._render(
            "one",
            need=quote.need,
            quote=quote,
            form=form or CounterForm(quote.need, formdata=None, data=_said(quote)),
            most=services.MOST_COUNTERS,
            award=queries.award_of_source(quote.need_id, quote.holder),
            sides=SIDE_LABELS,
            when={line.starts: need_words.when(line) for line in quote.need.lines},
            history=history_of("quote", quote.id),
        )

    def counter(self, quote: Quote) -> Any:
        form = CounterForm(quote.need)
        if form.submitted():
            with form.reporting(), transaction(), _labelled(quote.need):
                services.counter_quote(quote=quote, numbers=form.numbers(quote.offer), by=person())
                flash(_("Sent. Their own numbers stand until they answer."))
                return self.go("show", quote=quote)
        return self.show(quote, form)

    def mark(self, quote: Quote, *, shortlisted: bool) -> Any:
        form = PressForm()
        with form.reporting(), transaction(), _labelled(quote.need):
            (services.shortlist if shortlisted else services.set_back)(quote=quote, by=person())
            return self.go("list", need=quote.need)
        return self.show(quote, form)

    def choose(self, need: Need) -> Any:
        rows = [row for row in queries.comparison(need) if row.open and row.valid]
        form = choice_form(need, rows, _in_reserve(need, rows))
        if form.submitted():
            with form.reporting(), transaction(), _labelled(need):
                services.choose_quotes(
                    need=need,
                    shares=form.shares(rows),
                    pools=form.shares(rows, pools=True),
                    reserves=form.reserves(rows),
                    rest_words=form.words.data or "",
                    by=person(),
                )
                flash(_("Chosen. Everybody who quoted is told."))
                return redirect_to(f"{self.requests}.show", need=need)
        return self._choice(need, rows, form)

    def reserves(self, need: Need, form: Form | None = None) -> Any:
        """Who is next, and what each could still bring; what came back, and why."""
        parts = queries.awards_of(need.id, AwardKind.PART)
        return self._render(
            "reserves",
            room="award",
            need=need,
            form=form or PressForm(formdata=None),
            waiting=reserves.waiting(need),
            returned=[(part, each) for part in parts for each in part.returns],
            asks=ASK_LABELS,
        )

    def step_up(self, need: Need, place: NeedAward) -> Any:
        """In one press: it has what is left, or it is asked."""
        form, name = PressForm(), place.cooperative.called
        with form.reporting(), transaction(), _labelled(need):
            if services.step_up(need=need, place=place, by=person()):
                flash(_("%(name)s has it now, and is told.", name=name))
                return redirect_to(f"{self.requests}.show", need=need)
            flash(_("%(name)s is asked, and answers within two days.", name=name))
            return self.go("reserves", need=need)
        return self.reserves(need, form)

    def take_back(self, award: NeedAward) -> Any:
        """From a seller who does not sign; before that day the page says when it will be."""
        need, form = award.need, TakeBackForm()
        if not policies.follows_award(person(), award):
            abort(403)
        if form.submitted():
            with form.reporting(), transaction(), _labelled(need):
                services.take_back(award=award, reason=form.reason.data, by=person())
                flash(_("Taken back. They are told, and what they had set aside is free."))
                return self.go("reserves", need=need)
        return self._render(
            "take_back",
            room="award",
            need=need,
            award=award,
            form=form,
            until=queries.sign_by(award),
            now=policies.may_take_back(person(), award),
            contract=queries.contract_of_award(award.source),
        )

    def _choice(self, need: Need, rows: Sequence[Compared], form: ChoiceForm) -> Any:
        return self._render("choose", need=need, rows=rows, form=form)

    def _render(self, page: str, *, need: Need, room: str = "quote", **told: Any) -> Any:
        return render(
            f"linkage/{room}/{page}.html",
            frame=self.frame,
            there=self.there,
            back=self.request_page(need),
            pool_page=self.pool_page,
            need=need,
            title=need_words.title(need),
            states=STATES,
            tones=TONES,
            papers=PAPER_LABELS,
            **told,
        )


def _by_line(
    need: Need, shown: Sequence[Compared], rows: Sequence[Compared]
) -> list[tuple[NeedLine, list[Decimal], Decimal]]:
    """Each line of the request, what each of those shown brings of it, and what all that stand leave open."""
    nothing = Decimal(0)
    told = []
    for line in need.lines:
        brought = sum((row.quantities.get(line.starts, nothing) for row in rows), nothing)
        amounts = [row.quantities.get(line.starts, nothing) for row in shown]
        told.append((line, amounts, max(line.quantity - brought, nothing)))
    return told


def _in_reserve(need: Need, rows: Sequence[Compared]) -> list[str]:
    """Who of them waits already, in the order the buyer gave them."""
    waits = {row.source for row in rows if row.state in (QuoteState.RESERVE, PoolState.RESERVE)}
    return [each.source for each in queries.awards_of(need.id, AwardKind.RESERVE) if each.source in waits]


def _said(quote: Quote) -> dict[str, Any]:
    said = quote.newest
    return {"portion": said.portion, "price": said.price, "first": said.first_day, "last": said.last_day}


def _row(need: Need, each: Compared) -> list[Any]:
    track = each.track
    return [
        each.name, _pool_words(each), str(STATES[each.state]), each.product,
        int(each.price), int(each.carriage), int(each.landed), each.quantity,
        each.first_day, each.last_day, each.loading,
        clock.to_local(each.valid_until).date() if each.valid_until else None,
        ", ".join(str(PAPER_LABELS[kind]) for kind in each.lacking),
        track.deliveries if track else None,
        *((track.taken * 100, track.arrived * 100, track.good * 100) if track else (None, None, None)),
        *(each.quantities.get(line.starts) for line in need.lines),
    ]  # fmt: skip


def _pool_words(each: Compared) -> str:
    return (
        _n("pool of %(num)s cooperative", "pool of %(num)s cooperatives", each.members)
        if each.members
        else ""
    )


def _labelled(need: Need) -> Any:
    """What an officer does here is labelled as done for the buyer."""
    theirs = need.organisation_id in person().organisation_ids
    return acting_for(None if theirs else need.organisation_id)
