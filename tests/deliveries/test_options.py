"""What it costs to bring goods somewhere."""

from __future__ import annotations

from decimal import Decimal

import pytest

from marketplace.cooperatives.models import Cooperative
from marketplace.deliveries import queries, services
from marketplace.deliveries.states import Mode
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.money import Money
from marketplace.places import queries as places
from tests.world import World


def fees(cooperative: Cooperative, unit_id: int | None, kg: int, amount: int = 100_000) -> dict[str, int]:
    found = services.options_for(
        cooperative_id=cooperative.id, unit_id=unit_id, kg=Decimal(kg), amount=Money(amount)
    )
    return {option.label.split(":")[0]: int(option.fee) for option in found if option.mode is Mode.OWN}


def rule(fee: int, **more: object) -> dict[str, object]:
    return {"unit_id": None, "up_to_kg": None, "free_from": None, "fee": Money(fee), **more}


@pytest.fixture
def by_place(world: World) -> World:
    """Kinh Môn's own way: near for 20.000, up to 100 kg everywhere for 80.000, up to a tonne for 200.000."""
    near = places.search_units("thang long kinh mon")[0]
    for option in queries.options_of(world.kinh_mon.id):
        with transaction():
            services.close_option(option=db.session.merge(option), by=world.rival)
    with transaction():
        services.add_option(
            cooperative=world.kinh_mon,
            mode=Mode.OWN,
            name_vi="Xe nhà",
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
    assert [option.key for option in found] == ["agree"]


def test_an_old_name_finds_the_rule_of_todays_commune(world: World) -> None:
    old = places.search_units("dong lac chi linh")[0]
    unit = places.unit(old.id)
    assert unit is not None and not unit.is_current
    today = places.current_of(unit)[0]
    with transaction():
        services.add_option(
            cooperative=world.dong_lac,
            mode=Mode.OWN,
            name_vi="Quanh đây",
            rules=[rule(5_000, unit_id=today.id)],
        )
    assert fees(world.dong_lac, old.id, 5)["Quanh đây"] == 5_000


def test_what_was_chosen_is_copied_whole(world: World) -> None:
    option = services.options_for(
        cooperative_id=world.dong_lac.id, unit_id=None, kg=Decimal(5), amount=Money(1)
    )[0]
    copied = option.snapshot()
    assert (copied["mode"], copied["lead_days"]) == ("own", 1)
    assert "60.000" in copied["label"] and option.fee == Money(60_000)


def test_a_pick_up_needs_a_place_and_own_delivery_a_fee(world: World) -> None:
    for mode, field in ((Mode.PICKUP, "place"), (Mode.OWN, "fee")):
        with pytest.raises(Refusal) as refused, transaction():
            services.add_option(cooperative=world.dong_lac, mode=mode, name_vi="Thử")
        assert refused.value.field == field
