"""What it costs to bring goods somewhere."""

from __future__ import annotations

from decimal import Decimal

import pytest

from marketplace.cooperatives.models import Cooperative
from marketplace.deliveries import queries, services
from marketplace.deliveries.states import Mode
from marketplace.deliveries.windows import Hours
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.money import Money
from marketplace.foundation.words import in_language
from marketplace.places import queries as places
from tests.world import World, daily


def fees(cooperative: Cooperative, unit_id: int | None, kg: int, amount: int = 100_000) -> dict[str, int]:
    found = services.options_for(
        cooperative_id=cooperative.id, unit_id=unit_id, kg=Decimal(kg), amount=Money(amount)
    )
    return {option.name_vi: int(option.fee) for option in found.options if option.mode is Mode.OWN}


def rule(fee: int, **more: object) -> dict[str, object]:
    return {"fee": Money(fee), **more}


def close_all(world: World) -> None:
    """Kinh Môn offers nothing any more."""
    for option in queries.options_of(world.kinh_mon.id):
        with transaction():
            services.close_option(option=db.session.merge(option), by=world.rival)
    for point in queries.points_of(world.kinh_mon.id):
        with transaction():
            services.close_point(point=db.session.merge(point), by=world.rival)


@pytest.fixture
def by_place(world: World) -> World:
    """Kinh Môn's own way: near for 20.000, up to 100 kg everywhere for 80.000, up to a tonne for 200.000."""
    near = places.search_units("thang long kinh mon")[0]
    close_all(world)
    with transaction():
        services.add_option(
            cooperative=world.kinh_mon,
            name_vi="Xe nhà",
            hours=daily(8, 17),
            rules=[
                rule(20_000, unit_id=near.id),
                rule(80_000, up_to_kg=Decimal(100)),
                rule(200_000, up_to_kg=Decimal(1000), free_from=Money(10_000_000)),
            ],
        )
    return world


def test_a_place_goes_before_everywhere_and_the_smallest_weight_that_fits_counts(by_place: World) -> None:
    near = places.search_units("thang long kinh mon")[0].id
    far = places.search_units("dong lac chi linh")[0].id
    seller = by_place.kinh_mon
    assert fees(seller, near, 50) == {"Xe nhà": 20_000}
    assert fees(seller, far, 50) == {"Xe nhà": 80_000}
    assert fees(seller, far, 100) == {"Xe nhà": 80_000}
    assert fees(seller, far, 101) == {"Xe nhà": 200_000}
    assert fees(seller, None, 50) == {"Xe nhà": 80_000}


def test_from_a_sum_on_it_is_free(by_place: World) -> None:
    far = places.search_units("dong lac chi linh")[0].id
    assert fees(by_place.kinh_mon, far, 500, 9_999_999) == {"Xe nhà": 200_000}
    assert fees(by_place.kinh_mon, far, 500, 10_000_000) == {"Xe nhà": 0}


def test_too_heavy_for_every_rule_means_that_people_talk(by_place: World) -> None:
    far = places.search_units("dong lac chi linh")[0].id
    found = services.options_for(
        cooperative_id=by_place.kinh_mon.id, unit_id=far, kg=Decimal(1001), amount=Money(1)
    )
    assert ([option.key for option in found.options], found.missing) == (["agree"], [])


def test_an_old_name_finds_the_rule_of_todays_commune(world: World) -> None:
    old = places.search_units("dong lac chi linh")[0]
    unit = places.unit(old.id)
    assert unit is not None and not unit.is_current
    today = places.current_of(unit)[0]
    with transaction():
        services.add_option(
            cooperative=world.dong_lac,
            name_vi="Quanh đây",
            hours=daily(8, 17),
            rules=[rule(5_000, unit_id=today.id)],
        )
    assert fees(world.dong_lac, old.id, 5)["Quanh đây"] == 5_000


def test_what_was_chosen_is_copied_whole_and_told_in_the_readers_language(world: World) -> None:
    found = services.options_for(
        cooperative_id=world.dong_lac.id, unit_id=None, kg=Decimal(5), amount=Money(1)
    )
    own, pickup = found.options
    copied = own.snapshot(own.windows[2])
    assert (copied["mode"], copied["window"]) == ("own", own.windows[2].snapshot())
    assert "60.000" in own.label and own.fee == Money(60_000)
    assert queries.told(copied) == f"Xe của hợp tác xã, {own.windows[2].label}"
    with in_language("en"):
        assert "Pick up: The cooperative's store, Thôn Mạc Động" in queries.told(
            pickup.snapshot(pickup.windows[0])
        )
    assert queries.told({"label": "Xe tải, từ thứ Hai", "mode": "own"}) == "Xe tải, từ thứ Hai"


def test_a_place_without_a_rule_is_not_delivered_to_and_that_is_said(world: World) -> None:
    close_all(world)
    near, far = (places.search_units(name)[0] for name in ("thang long kinh mon", "dong lac chi linh"))
    with transaction():
        services.add_option(
            cooperative=world.kinh_mon,
            name_vi="Xe nhà",
            rules=[rule(20_000, unit_id=near.id)],
            hours=daily(8, 17),
        )

    def ways(unit_id: int | None) -> services.Ways:
        return services.options_for(
            cooperative_id=world.kinh_mon.id, unit_id=unit_id, kg=Decimal(5), amount=Money(1)
        )

    assert ([o.fee for o in ways(near.id).options], ways(near.id).missing) == ([Money(20_000)], [])
    assert ways(far.id).options == [] and far.name in ways(far.id).missing[0]
    assert ways(None).options == [] and len(ways(None).missing) == 1
    with transaction():
        services.add_point(cooperative=world.kinh_mon, name_vi="Chợ", address="Thăng Long", hours=daily(6, 9))
    assert [o.mode for o in ways(far.id).options] == [Mode.PICKUP]
    assert "tự đến lấy" in ways(far.id).missing[0]


def test_a_seller_without_any_way_calls(world: World) -> None:
    close_all(world)
    found = services.options_for(
        cooperative_id=world.kinh_mon.id, unit_id=None, kg=Decimal(5), amount=Money(1)
    )
    assert [option.key for option in found.options] == ["agree"]


def test_own_delivery_needs_a_fee_and_every_way_needs_hours(world: World) -> None:
    with pytest.raises(Refusal) as refused, transaction():
        services.add_option(cooperative=world.dong_lac, name_vi="Thử", rules=[], hours=daily(8, 17))
    assert refused.value.field == "rules"
    with pytest.raises(Refusal), transaction():
        services.add_point(cooperative=world.dong_lac, name_vi="Thử", address="x", hours=Hours(weekly=()))


def test_changed_hours_may_begin_at_the_same_time(world: World) -> None:
    (option,) = queries.options_of(world.dong_lac.id)
    with transaction():
        services.change_option(
            option=option, name_vi="Xe", rules=[rule(1)], hours=daily(8, 12, hours_ahead=3, **NO_DAY)
        )
    db.session.expire_all()
    (option,) = queries.options_of(world.dong_lac.id)
    assert [(each.weekday, each.closes.hour) for each in option.timetable.hours] == [
        (d, 12) for d in range(7)
    ]
    assert (option.timetable.hours_ahead, option.timetable.order_by) == (3, None)
    assert [int(each.fee) for each in option.rules] == [1]


NO_DAY: dict[str, object] = {"order_by": None, "days_before": None}
