"""Papers that a request asks for, with their conditions: valid on the day, not too old, naming the product."""

from __future__ import annotations

import pytest

from marketplace.cooperatives.states import PaperKind
from marketplace.foundation import clock
from marketplace.foundation.db import transaction
from marketplace.linkage import need_words, openings, queries, services, suppliers
from marketplace.linkage.models import Need
from tests.buyers.company import HANH, Company
from tests.client import ReadingClient
from tests.dossiers.papers import certified
from tests.linkage.asked import drafted, opened, renewed
from tests.linkage.quoted import expecting, quoted
from tests.world import World

TEST = PaperKind.RESIDUE_TEST


@pytest.fixture
def company(world: World) -> Company:
    return Company.built()


def asked(company: Company, *, named: bool = False) -> Need:
    """VietGAP, and a residue test that is at most 180 days old on the last day."""
    need = opened(company)
    with transaction():
        services.set_papers(
            need=need,
            kinds=[PaperKind.VIETGAP, TEST],
            ages={TEST: 180},
            named=named,
            reason="Kiểm nghiệm mới",
            by=company.hanh,
        )
    return renewed(need)


def certify(world: World, need: Need, days_before: int, *, named: bool = True) -> None:
    """A residue test that was issued so many days before the last day of delivery, and has no end of its own."""
    assert need.last_day is not None
    ahead = (need.last_day - clock.today()).days
    certified(world, world.carrots, TEST, issued=ahead - days_before, named=named)


def said_of_test(world: World, need: Need) -> str:
    """The same in both directions of matching."""
    (opening,) = [each for each in openings.desk(world.dong_lac).openings if each.need.id == need.id]
    (supplier,) = [each for each in suppliers.suppliers(need) if each.cooperative_id == world.dong_lac.id]
    assert opening.match.points == supplier.match.points
    (remark,) = [r for r in (*opening.match.reasons, *opening.match.gaps) if r.paper == TEST]
    return remark.key


@pytest.mark.parametrize(
    ("days_before", "said", "lacks"),
    [(180, "paper_valid", False), (181, "paper_ends", True), (None, "paper_missing", True)],
)
def test_a_test_that_is_too_old_on_the_day_is_a_gap_everywhere(
    world: World, company: Company, days_before: int | None, said: str, lacks: bool
) -> None:
    need = asked(company)
    if days_before is not None:
        certify(world, need, days_before)
    assert said_of_test(world, need) == said
    expecting(need, world.carrots, 30_000, by=world.director)
    quoted(need, world.dong_lac, world.carrots, world.director)
    (row,) = queries.comparison(renewed(need))
    assert (TEST in row.lacking) is lacks and PaperKind.VIETGAP not in row.lacking


def test_a_paper_that_has_to_name_the_product_does(world: World, company: Company) -> None:
    need = asked(company, named=True)
    certify(world, need, 10, named=False)
    assert said_of_test(world, need) == "paper_missing"
    certify(world, need, 11)
    assert said_of_test(world, need) == "paper_valid"


def test_the_page_takes_ages_and_says_them(world: World, company: Company, client: ReadingClient) -> None:
    need = drafted(company)
    client.sign_in(HANH)
    here = f"/buyer/requests/{need.ref}/papers"
    assert client.get(here).status_code == 200
    odd = client.send(here, {"kinds": ["vietgap", "residue_test"], "age_residue_test": "nửa năm"})
    assert odd.status_code == 422 and "nửa năm" in odd.get_data(as_text=True)
    sent = client.send(
        here, {"kinds": ["vietgap", "residue_test"], "age_residue_test": "180", "age_ocop": "30"}
    )
    assert sent.status_code == 303
    told = need_words.papers_told(renewed(need))
    assert told == "VietGAP, Phiếu kiểm nghiệm dư lượng (cấp không quá 180 ngày)", (
        "what is not ticked has no age"
    )


def test_the_copy_of_a_request_asks_the_same(world: World, company: Company) -> None:
    need = asked(company, named=True)
    with transaction():
        copy = services.copy_need(need=need, by=company.hanh)
    assert copy.wants == need.wants
