"""A contract that counts by this platform's price board, and by the grades of the catalogue."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from marketplace.foundation import clock, formats
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.money import Money
from marketplace.foundation.words import in_language
from marketplace.linkage import board_line, contract_grades, queries, services
from marketplace.linkage.models import AgreedPrice, Contract
from marketplace.linkage.shown import row_words
from marketplace.linkage.states.contract import ContractState, VersionState
from marketplace.prices import queries as prices
from marketplace.prices.states import Level, Source
from tests.buyers.company import Company
from tests.client import ReadingClient
from tests.linkage.agreed import drafted, in_force
from tests.linkage.asked import grade_a
from tests.prices.written import ago, market, wrote
from tests.world import World


@pytest.fixture
def company(world: World) -> Company:
    return Company.built()


def line_of(place: Any) -> prices.Line:
    return next(line for line in prices.lines_to_count_by() if line.place.id == place.id)


def linked(place: Any, **more: Any) -> dict[str, Any]:
    """Half of what lies above 5,000 đồng, counted by what this place's wholesale price is the day before."""
    return {
        "kind": "floor_share",
        "share": Decimal(50),
        "reference": "",
        "board": board_line.kept(line_of(place)),
        "reference_day": "day_before",
        "grades": [{"grade": "1", "price": Money(5_000), "ceiling": None, "of_market": Decimal(100)}],
        **more,
    }


def computed(contract: Contract, day: dt.date, world: World, **told: Any) -> AgreedPrice:
    with transaction():
        return services.compute_price(contract=contract, grade="1", day=day, by=world.director, **told)


def test_the_board_gives_the_price_and_its_rows_are_kept(world: World, company: Company) -> None:
    place = market(world)
    row = wrote(world, place, 7_000, day=ago(1), level=Level.WHOLESALE)
    wrote(world, place, 9_000, day=ago(0), level=Level.WHOLESALE, sure=True)
    contract = in_force(world, company, price=linked(place))
    made = computed(contract, clock.today(), world)
    assert made.price == 6_000, "the day before counts, not today"
    assert made.inputs["market"] == 7_000 and made.inputs["observations"] == [row.id]
    assert "Chợ Phú Yên" in made.words["vi"] and "Phú Yên market" in made.words["en"]


def test_nobody_writes_another_price_than_the_board_has(world: World, company: Company) -> None:
    place = market(world)
    wrote(world, place, 7_000, day=ago(1), level=Level.WHOLESALE)
    contract = in_force(world, company, price=linked(place))
    with pytest.raises(Refusal) as refused:
        computed(contract, clock.today(), world, market=Money(4_000), source="Chợ Gia Lộc")
    assert refused.value.field == "market" and "7.000" in str(refused.value)


def test_where_the_board_is_silent_a_price_is_written_with_its_source(world: World, company: Company) -> None:
    place = market(world)
    wrote(world, place, 7_000, day=ago(30), level=Level.WHOLESALE)
    contract = in_force(world, company, price=linked(place))
    with pytest.raises(Refusal) as refused:
        computed(contract, clock.today(), world)
    assert refused.value.field == "market"
    made = computed(contract, clock.today(), world, market=Money(6_000), source="Chợ Gia Lộc")
    assert made.price == 5_500 and made.inputs["source"] == "Chợ Gia Lộc" and not made.inputs["observations"]


def test_a_day_whose_price_is_still_to_come_gives_none(world: World, company: Company) -> None:
    place = market(world)
    wrote(world, place, 7_000, day=ago(0), level=Level.WHOLESALE)
    contract = in_force(world, company, price=linked(place))
    with pytest.raises(Refusal) as refused:
        computed(contract, clock.today() + dt.timedelta(days=2), world)
    assert refused.value.field == "day"


def test_what_a_cooperative_writes_is_no_line_to_count_by(world: World, company: Company) -> None:
    place = market(world)
    wrote(world, place, 7_000, level=Level.WHOLESALE, source=Source.COOPERATIVE, cooperative=world.dong_lac)
    assert not [line for line in prices.lines_to_count_by() if line.place.id == place.id]


def test_the_board_is_chosen_on_the_page_and_stands_in_the_text(
    world: World, company: Company, client: ReadingClient
) -> None:
    place = market(world)
    wrote(world, place, 7_000, day=ago(0), level=Level.WHOLESALE)
    grade = grade_a(world.officer)
    db.session.commit()
    contract = drafted(world, company)
    version = contract.versions[0]
    client.sign_in("donglac@demo.vn")
    here = f"/contracts/versions/{version.ref}/sections/price"
    assert "Chợ Phú Yên" in client.get(here).get_data(as_text=True)
    sent = {
        "kind": "band",
        "board": "1-2-nowhere-",
        "reference_day": "delivery",
        "grades-rows": "1",
        "grades0-spec": str(grade.id),
        "grades0-price": "5.000",
        "grades0-ceiling": "9.000",
    }
    assert client.send(here, sent).status_code == 422
    assert client.send(here, {**sent, "board": line_of(place).code}).status_code == 303
    db.session.expire_all()
    told = queries.content_shown(contract.versions[0], world.director)["price"]
    assert told["board"]["place_id"] == place.id
    assert told["grades"][0]["grade"] == "A" and told["grades"][0]["spec"]["spec_id"] == grade.id
    page = client.get(f"/contracts/{contract.ref}").get_data(as_text=True)
    assert "Loại A" in page and "150–250 g" in page


def test_a_line_that_nobody_told_lately_stays_in_a_contract_that_has_it(
    world: World, company: Company, client: ReadingClient
) -> None:
    place = market(world)
    with clock.standing_at(clock.now() - dt.timedelta(days=500)):
        wrote(world, place, 7_000, day=clock.today(), level=Level.WHOLESALE)
        kept = linked(place)
    assert not prices.lines_to_count_by()
    contract = drafted(world, company, price=kept)
    client.sign_in("donglac@demo.vn")
    here = f"/contracts/versions/{contract.versions[0].ref}/sections/price"
    assert board_line.code(kept["board"]) in client.get(here).get_data(as_text=True)


def test_a_grade_that_was_offered_keeps_its_meaning(world: World, company: Company) -> None:
    with transaction():
        grade = grade_a(world.officer)
        contract_grade = dict(
            contract_grades.to_choose({"goods": {"lines": [{"product_id": world.carrots.id}]}})
        )
    row = {
        "grade": "A",
        "spec": contract_grade[str(grade.id)],
        "price": Money(6_200),
        "ceiling": None,
        "of_market": Decimal(100),
    }
    contract = drafted(world, company, price={"grades": [row]})
    assert not grade.used
    with transaction():
        services.offer(version=contract.versions[0], by=world.director)
    assert grade.used and contract.versions[0].state is VersionState.OFFERED
    with in_language("en"):
        assert row_words(row, "price", []).startswith("Grade A (150–250 g each; At the most 5% with defects)")


def test_the_last_days_are_priced_after_the_contract_has_ended(
    world: World, company: Company, client: ReadingClient
) -> None:
    """By the rule and the board as they were agreed; not for days on which it no longer held."""
    place = market(world)
    wrote(world, place, 7_000, day=ago(1), level=Level.WHOLESALE)
    contract = in_force(world, company, price=linked(place))
    last = contract.until_day
    assert last is not None
    with clock.standing_at(clock.start_of_day(last) + dt.timedelta(hours=9)):
        wrote(world, place, 8_000, day=ago(1), level=Level.WHOLESALE)
    with clock.standing_at(clock.start_of_day(last + dt.timedelta(days=3)) + dt.timedelta(hours=9)):
        with transaction():
            services.close(contract=contract, by=None)
        assert contract.state in (ContractState.EXPIRED, ContractState.FULFILLED)
        assert computed(contract, last, world).price == 6_500
        with pytest.raises(Refusal) as refused:
            computed(contract, last + dt.timedelta(days=1), world)
        assert refused.value.field == "day"
        db.session.rollback()
        client.sign_in("donglac@demo.vn")
        page = client.get(f"/contracts/{contract.ref}").get_data(as_text=True)
        assert 'name="price-day"' in page and f'value="{formats.date(last, "vi")}"' in page


def test_a_terminated_contract_prices_no_day_after_its_end(world: World, company: Company) -> None:
    place = market(world)
    wrote(world, place, 7_000, day=ago(1), level=Level.WHOLESALE)
    contract = in_force(world, company, price=linked(place))
    with transaction():
        services.terminate(contract=contract, reason="Thôi", by=company.huy)
    assert computed(contract, clock.today(), world).price == 6_000
    with pytest.raises(Refusal) as refused:
        computed(contract, clock.today() + dt.timedelta(days=1), world)
    assert refused.value.field == "day"


def test_what_was_never_in_force_gives_no_price(world: World, company: Company) -> None:
    contract = drafted(world, company)
    with pytest.raises(Refusal):
        computed(contract, clock.today(), world)
