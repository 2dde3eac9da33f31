"""Offering ways to hand over, and telling a buyer which of them fit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from typing import Any, NamedTuple

from marketplace.buyers import receiving
from marketplace.buyers.models import Depot
from marketplace.cooperatives.models import Cooperative
from marketplace.deliveries import fees, queries
from marketplace.deliveries.models import DeliveryOption, FeeRule, PickupPoint, PointShare, Timetable
from marketplace.deliveries.services.timetable import write_down
from marketplace.deliveries.states import Mode
from marketplace.deliveries.windows import (
    Hours,
    Window,
    begins,
    hours_of,
    open_windows,
    own_cut_off,
    while_open,
    with_cut_off,
)
from marketplace.foundation import clock, formats
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.money import Money
from marketplace.foundation.reference import random_ref
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l, pick
from marketplace.places import queries as places

FREE = Money(0)


@dataclass(frozen=True, kw_only=True)
class Option:
    """One way to get the goods: its fee for this place, weight and sum, and the windows to choose among."""

    key: str
    mode: Mode
    name_vi: str
    name_en: str
    fee: Money
    windows: Sequence[Window]
    place: str = ""
    note: str = ""

    @property
    def label(self) -> str:
        name = pick(self.name_vi, self.name_en)
        if self.mode is Mode.PICKUP:
            return _("Pick up: %(name)s, %(place)s", name=name, place=self.place)
        if not self.windows:
            return name
        cost = formats.vnd(self.fee, locale()) if self.fee else _("free")
        return f"{name}: {cost}"

    def snapshot(self, window: Window | None) -> dict[str, Any]:
        """What is copied onto the order, with the window that was chosen."""
        return {
            "key": self.key,
            "mode": str(self.mode),
            "name_vi": self.name_vi,
            "name_en": self.name_en,
            "place": self.place,
            "note": self.note,
            "window": window.snapshot() if window else None,
        }


@dataclass(frozen=True, kw_only=True)
class ByAgreement(Option):
    """Nothing that was written down fits: the two sides talk, and the cooperative sees the place before it accepts."""

    key: str = "agree"
    mode: Mode = Mode.OWN
    name_vi: str = ""
    name_en: str = ""
    fee: Money = FREE
    windows: Sequence[Window] = ()

    @property
    def label(self) -> str:
        return _("The cooperative calls you to agree on delivery")

    def snapshot(self, window: Window | None) -> dict[str, Any]:
        return {"key": self.key, "mode": str(self.mode), "lead_days": 2}


class Ways(NamedTuple):
    """The ways that fit, cheapest first, and sentences about those that do not."""

    options: list[Option]
    missing: list[str]


def options_for(
    *, cooperative_id: int, unit_id: int | None, kg: Decimal, amount: Money, depot: Depot | None = None
) -> Ways:
    """How a cooperative can hand goods of this weight and sum to a place (None: not known yet).

    Own delivery fits where one of its fee rules does (`fees.rule_for`) and a window is open; a pick-up point where a
    window is open. A weight that a covered place has no rule for, or a seller without any way, means that people
    talk; a place that no rule covers is not delivered to, and that is said. What is brought to a depot comes while
    the depot is open.
    """
    near = places.family({unit_id}) if unit_id is not None else set()
    deliveries, points = queries.options_of(cooperative_id), queries.points_of(cooperative_id)
    covering = [option for option in deliveries if fees.covers(option.rules, near)]
    found, missing = [], []
    for option in covering:
        if (rule := fees.rule_for(option.rules, near, kg, amount)) is not None:
            found.append(_own(option, fees.cost(rule, amount)))
    talk = not (deliveries or points) or (bool(covering) and not found)
    shares = queries.cut_offs_of(cooperative_id) if points else {}
    found += [_pickup(point, shares.get(point.id)) for point in points]
    if depot is not None:
        found, unfit = _that_suit(found, depot)
        missing += unfit
    for shut in [option for option in found if not option.windows]:
        found.remove(shut)
        name = pick(shut.name_vi, shut.name_en)
        missing.append(_("%(name)s: no time is free in the coming two weeks.", name=name))
    if deliveries and not covering:
        missing.append(_not_delivered(unit_id, bool(found)))
    if talk:
        found.append(ByAgreement())
    return Ways(sorted(found, key=lambda option: (option.mode is Mode.PICKUP, option.fee)), missing)


def _that_suit(options: list[Option], depot: Depot) -> tuple[list[Option], list[str]]:
    """What is brought comes while the depot is open; a sentence about each way that never does."""
    fitting, unfit = [], []
    for option in options:
        brought = option.mode is Mode.OWN and bool(option.windows)
        windows = while_open(option.windows, partial(receiving.open_on, depot)) if brought else option.windows
        if brought and not windows:
            unfit.append(_never_open(option, depot))
        else:
            fitting.append(replace(option, windows=windows))
    return fitting, unfit


def _never_open(option: Option, depot: Depot) -> str:
    return _(
        "%(name)s never comes while %(depot)s is open (%(hours)s).",
        name=pick(option.name_vi, option.name_en),
        depot=depot.name,
        hours=receiving.hours_in_a_line(depot),
    )


def _own(option: DeliveryOption, fee: Money) -> Option:
    return Option(
        key=option.ref,
        mode=Mode.OWN,
        name_vi=option.name_vi,
        name_en=option.name_en,
        fee=fee,
        windows=open_windows(hours_of(option.timetable), clock.now()),
    )


def _pickup(point: PickupPoint, share: PointShare | None) -> Option:
    hours = hours_of(point.timetable)
    own = own_cut_off(share) if share is not None else None
    return Option(
        key=point.ref,
        mode=Mode.PICKUP,
        name_vi=point.name_vi,
        name_en=point.name_en,
        fee=FREE,
        windows=open_windows(with_cut_off(hours, own) if own else hours, clock.now()),
        place=point.address,
        note=point.note,
    )


def _not_delivered(unit_id: int | None, can_fetch: bool) -> str:
    unit = places.unit(unit_id) if unit_id is not None else None
    if unit is None:
        return _("This cooperative delivers to some places only: write your commune to see whether to yours.")
    if can_fetch:
        return _(
            "This cooperative does not deliver to %(place)s. You can fetch the goods yourself.",
            place=places.called(unit),
        )
    return _(
        "This cooperative does not deliver to %(place)s. Please call them, or take their goods out of the cart.",
        place=places.called(unit),
    )


def window_opens(way: Mapping[str, Any]) -> dt.datetime | None:
    """When the window on an order begins: after that, nobody can agree to it any more."""
    window = Window.agreed(way.get("window"))
    return begins(window) if window else None


def add_option(
    *,
    cooperative: Cooperative,
    name_vi: str,
    rules: Sequence[Mapping[str, Any]],
    hours: Hours,
    name_en: str = "",
    by: Any = None,
) -> DeliveryOption:
    """Offer own delivery. `rules` hold fee, unit_id, over_kg, up_to_kg, from_sum, free_from (see FeeRule)."""
    option = DeliveryOption(
        ref=random_ref(),
        cooperative_id=cooperative.id,
        name_vi=name_vi,
        name_en=name_en,
        timetable=write_down(hours, Timetable()),
    )
    option.rules = _rules(rules)
    db.session.add(option)
    db.session.flush()
    return option


def change_option(
    *,
    option: DeliveryOption,
    name_vi: str,
    rules: Sequence[Mapping[str, Any]],
    hours: Hours,
    name_en: str = "",
    by: Any = None,
) -> None:
    """Other fees or hours from now on; what was ordered keeps its own."""
    option.rules = _rules(rules)
    option.name_vi, option.name_en = name_vi, name_en
    write_down(hours, option.timetable)
    db.session.flush()


def close_option(*, option: DeliveryOption, by: Any) -> None:
    """No longer offered; orders that chose it keep it."""
    option.active = False


def _rules(rules: Sequence[Mapping[str, Any]]) -> list[FeeRule]:
    if not rules:
        raise Refusal(_l("Please give at least one fee; 0 is fine."), field="rules")
    return [FeeRule(**{"over_kg": Decimal(0), "from_sum": Money(0), **rule}) for rule in rules]
