"""Whether a proposed day fits: the depot that takes the goods in, and the days on which the way goes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marketplace.buyers import queries as buyers
from marketplace.buyers import receiving
from marketplace.buyers.models import Depot
from marketplace.deliveries.regular import Regular, regular_ways
from marketplace.deliveries.states import Mode
from marketplace.deliveries.windows import Window
from marketplace.foundation import formats
from marketplace.foundation.errors import Refusal
from marketplace.foundation.hours import days_in_words
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.orders.models import Order
from marketplace.orders.proposal import Proposal


def check_depot(order: Order, proposal: Proposal) -> None:
    """Raises a Refusal beside the day, or its hours, when nobody takes the goods in then."""
    depot, window = _depot_of(order, proposal), _window(proposal.delivery)
    if depot is None or window is None:
        return
    if not receiving.open_on(depot, window.day):
        raise Refusal(
            _l(
                "%(depot)s takes nothing in on %(day)s. %(hours)s.",
                depot=depot.name,
                day=formats.weekday_date(window.day, locale()),
                hours=receiving.hours_in_a_line(depot),
            ),
            field="day",
        )
    if not receiving.takes_in(depot, window.day, window.opens, window.closes):
        hours = receiving.hours_in_a_line(depot)
        raise Refusal(
            _l("%(depot)s is closed then. %(hours)s.", depot=depot.name, hours=hours), field="opens"
        )


def check_way(order: Order, proposal: Proposal) -> None:
    """Raises a Refusal beside the day, or its hours, when the cooperative hands nothing over then."""
    way, window = _way_of(order), _window(proposal.delivery)
    if way is None or window is None:
        return
    if not way.goes_on(window.day):
        raise Refusal(
            _l(
                "%(way)s does not go on %(wrong)s. It goes on: %(days)s.",
                way=way.name,
                wrong=days_in_words([window.day.weekday()]),
                days=days_in_words(way.weekdays),
            ),
            field="day",
        )
    if why := way.shut_because(window.day):
        day = formats.weekday_date(window.day, locale())
        raise Refusal(_l("Nothing is handed over on %(day)s: %(why)s.", day=day, why=why), field="day")
    open_then = way.windows_on(window.day)
    if open_then and not any(
        each.opens <= window.opens and window.closes <= each.closes for each in open_then
    ):
        hours = ", ".join(formats.hours(each.opens, each.closes) for each in open_then)
        raise Refusal(
            _l("%(way)s is only there at %(hours)s on that day.", way=way.name, hours=hours), field="opens"
        )


def beside_the_way(order: Order, proposal: Proposal) -> Any:
    """The same as words for the cooperative, which may go at another time than it usually does; None when it fits."""
    try:
        check_way(order, proposal)
    except Refusal as refusal:
        return refusal.message
    return None


def _window(way: Mapping[str, Any] | None) -> Window | None:
    return Window.agreed(way.get("window")) if way is not None else None


def _depot_of(order: Order, proposal: Proposal) -> Depot | None:
    """Where it goes while nobody has named another place; what is fetched goes to none."""
    way = proposal.delivery or order.delivery
    if order.group.depot_id is None or order.own_address is not None or proposal.place is not None:
        return None
    return buyers.depot_by_id(order.group.depot_id) if way["mode"] == Mode.OWN else None


def _way_of(order: Order) -> Regular | None:
    """The way that was agreed, as it goes today; None once it is no longer offered."""
    return regular_ways(order.cooperative_id).get(str(order.delivery.get("key", "")))
