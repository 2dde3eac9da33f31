"""What the letter about a risen price of a standing order lets its buyer do without signing in."""

from __future__ import annotations

from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l
from marketplace.inbox.acts import Facts, act
from marketplace.orders import policies, queries, services
from marketplace.orders.models import StandingRun
from marketplace.orders.states import RunState


def _price_asked(run: StandingRun) -> Facts:
    """What the buyer is asked about one date of a standing order."""
    standing = run.standing
    terms = standing.terms_on(run.day)
    lines = {line.product_id: line for line in terms.lines} if terms else {}
    language = locale()
    prices = [
        f"{lines[i].product.name}: {formats.vnd(lines[i].unit_price, language)} → {formats.vnd(price, language)}"
        for i, price in run.prices
    ]
    rows = [
        (_("Seller"), standing.cooperative.name),
        (_("Day"), formats.weekday_date(run.day, locale())),
        (_("New price"), "\n".join(prices)),
        (_("Sum with delivery"), formats.vnd(services.likely_sum(run), language) if run.above else ""),
        (_("Limit"), formats.vnd(run.above, language) if run.above is not None else ""),
        (_("Answer before"), formats.date_time(run.answer_by, locale()) if run.answer_by else ""),
    ]
    stands = {
        RunState.ASKED: _("Your answer is awaited"),
        RunState.ORDERED: _("Ordered"),
        RunState.SKIPPED: _("Nothing is ordered for this day"),
    }
    return Facts(
        title=_("Standing order: the price has risen")
        if run.above is None
        else _("Standing order: above the limit"),
        rows=[(name, value) for name, value in rows if value],
        stands=stands[run.state],
        url=f"/standing-orders/{standing.ref}",
    )


def _order_it(run: StandingRun, form: Any, by: Any, once: str) -> Any:
    services.agree_to_price(run=run, by=by)
    return _l("Ordered at the new price. The next dates follow it too.")


def _approve_it(run: StandingRun, form: Any, by: Any, once: str) -> Any:
    services.agree_to_price(run=run, by=by)
    return _l("Approved and ordered. The next dates follow it too.")


def _skip_it(run: StandingRun, form: Any, by: Any, once: str) -> Any:
    services.decline_price(run=run, by=by)
    return _l("Nothing is ordered for this day. The standing order goes on.")


PRICE: dict[str, Any] = {
    "load": queries.run_by_id,
    "sees": policies.sees_run,
    "may": policies.can_answer_price,
    "facts": _price_asked,
    "until": lambda run: run.answer_by,
}
act(name="orders.standing_order", button=_l("Order at the new price"), do=_order_it, **PRICE)
act(
    name="orders.standing_approve",
    button=_l("Approve and order"),
    do=_approve_it,
    **PRICE,
)
act(
    name="orders.standing_skip",
    button=_l("Skip this one"),
    do=_skip_it,
    kind="danger",
    **{**PRICE, "may": policies.can_skip_asked},
)
