"""Each figure of a contract's ladder and of its record opens the rows that it adds up, for every side."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask

from marketplace.fulfilment import queries
from marketplace.linkage import ladder
from marketplace.linkage import queries as linkage
from marketplace.linkage.models import Contract
from marketplace.linkage.states.contract import ContractSide
from tests.buyers.company import HUY, Company
from tests.client import ReadingClient, another
from tests.fulfilment.seasons import FOUR_WEEKS, brought, over, refused_call, season
from tests.fulfilment.settled import confirmed, drawn, pay
from tests.fulfilment.world import fresh, good, kept, settled
from tests.statements import queries_sent
from tests.world import World

SIDES = {
    "donglac@demo.vn": ContractSide.SELLER,
    HUY: ContractSide.BUYER,
    "officer@demo.vn": ContractSide.OFFICE,
}
FIGURE = re.compile(r'<a href="([^"]+/(?:ladder|record)/[^"]+)">([^<]+)<span class="vh">')
CELLS = re.compile(r'<td class="num"[^>]*>(?:<b>)?([^<]+)')


@pytest.fixture
def contract(world: World, company: Company) -> Contract:
    """Three of four weeks brought, with refusals; the last was called, and nothing came."""
    contract = season(world, company, FOUR_WEEKS)
    brought(world, company, contract, [50_000, 45_500, 42_000])
    refused_call(world, company, contract, 3)
    over(contract)
    return contract


def text(answer: Any) -> str:
    assert answer.status_code == 200
    return str(answer.get_data(as_text=True)).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("who", SIDES)
def test_a_figure_is_the_sum_of_its_rows(contract: Contract, app: Flask, who: str) -> None:
    client = another(app)
    client.sign_in(who)
    rows: set[str] = set()
    for page, least in ((f"/contracts/{contract.ref}", 8), (f"/contracts/{contract.ref}/record", 12)):
        figures = FIGURE.findall(text(client.get(page)))
        assert len(figures) >= least, page
        for address, words in figures:
            opened = text(client.get(address.replace("&amp;", "&")))
            *kilograms, together = CELLS.findall(opened)
            assert together == words, address
            assert kilograms or together == "0 kg", address
            rows |= {*re.findall(r'<th scope="row"><a href="([^"]+)"', opened)}
    assert rows and {client.get(row).status_code for row in rows} == {200}


def test_the_rows_come_to_the_figure(contract: Contract) -> None:
    """In kilograms, to the gram: what the pages round."""
    fresh()
    told = linkage.contract_by_id(contract.id)
    steps = ladder.of_contract(told).steps
    for side in SIDES.values():
        for rung, kg in steps.items():
            assert sum((row.kg for row in ladder.ROWS[rung](told, side)), Decimal(0)) == kg, rung
    assert steps["delivered"] == 150_000 and steps["accepted"] == 137_500 and steps["paid"] == 0
    sums = queries.shortfall.sums_of(contract.id)
    for figure in queries.shortfall.FIGURES:
        rows = queries.shortfall.rows_of(contract.id, figure)
        assert sum((kg for _record, kg in rows), Decimal(0)) == getattr(sums, figure), figure
    for outcome, grade, reason, kg in queries.shortfall.by_grade(contract.id):
        found = queries.acceptance.graded_of(contract.id, outcome, grade, reason)
        assert sum((each for _slip, each in found), Decimal(0)) == kg


def test_what_is_paid_opens_its_sheets(world: World, company: Company, client: ReadingClient) -> None:
    contract = kept(world, company)
    settled(world, company, contract, lines=[good(1_900), good(100, "2")])
    sheet = confirmed(drawn(contract, company.huy), world, company)
    charge = queries.settlement.charge_of(sheet)
    assert charge is not None
    pay(charge, world.director)
    client.sign_in(HUY)
    page = text(client.get(f"/contracts/{contract.ref}/ladder/paid"))
    assert sheet.number in page and "2 tấn" in page


def test_odd_addresses_find_nothing(contract: Contract, client: ReadingClient, app: Flask) -> None:
    here = f"/contracts/{contract.ref}"
    client.sign_in("kinhmon@demo.vn")
    assert client.get(f"{here}/ladder/called").status_code == 404
    client = another(app)
    client.sign_in(HUY)
    for odd in ("ladder/odd", "record/figures/odd", "record/grades?reason=odd"):
        assert client.get(f"{here}/{odd}").status_code == 404
    assert client.get(f"{here}/record/grades?grade=none").status_code == 200


def test_a_page_of_rows_asks_as_often_for_many(world: World, company: Company, app: Flask) -> None:
    contract = season(world, company, FOUR_WEEKS)
    client = another(app)
    client.sign_in("officer@demo.vn")
    counts = []
    for slot in range(3):
        settled(world, company, contract, 50_000, slot, lines=[good(50_000)])
        for rung in ("delivered", "accepted", "called"):
            with queries_sent() as sent:
                client.get(f"/contracts/{contract.ref}/ladder/{rung}")
            counts.append((rung, len(sent)))
    assert len({*counts}) == 3, counts
