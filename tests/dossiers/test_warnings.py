"""Who is warned before a paper ends, and what the letter says of the buyer who waits."""

from __future__ import annotations

import datetime as dt

import time_machine

from marketplace.buyers import services as companies
from marketplace.buyers.wants import Want
from marketplace.cooperatives.states import PaperKind
from marketplace.cooperatives.tasks import warn_of_expiry
from marketplace.dossiers import expiry
from marketplace.dossiers.dealings import Parties, known
from marketplace.dossiers.tasks import warn_of_age
from marketplace.foundation import clock, formats
from marketplace.foundation.db import db, transaction
from marketplace.inbox.models import Notice
from tests.buyers.company import Company
from tests.dossiers.papers import certified, in_days, ordered
from tests.world import World

K = PaperKind


def wanting(company: Company, *wants: Want) -> None:
    with transaction():
        companies.require_papers(organisation=company.bigmart, wants=wants, by=company.huy)


def notices(world: World, kind: str) -> list[Notice]:
    db.session.expire_all()
    query = db.select(Notice).where(Notice.person_id == world.director.id, Notice.kind == kind)
    return list(db.session.scalars(query.order_by(Notice.id)))


def test_the_warning_names_the_buyer_who_wants_the_paper_and_comes_once(
    world: World, company: Company
) -> None:
    certified(world, world.carrots, K.FOOD_SAFETY, ends=30, number="A")
    certified(world, world.carrots, K.OCOP, ends=30, number="B")
    certified(world, world.onions, K.FOOD_SAFETY, ends=30, number="C")
    ordered(company, world.carrots)
    wanting(company, Want(K.FOOD_SAFETY), Want(K.HACCP))
    (dealing,) = known(Parties())
    for _time in range(2):
        warn_of_expiry()
    (needed,) = notices(world, "cooperatives.paper_needed")
    assert dealing.on is not None
    assert f"Siêu thị BigMart ({formats.date(dealing.on)})" in needed.sentence_vi
    assert formats.date(in_days(30)) in needed.sentence_vi and needed.url == "/desk/dossier"
    (plain,) = notices(world, "cooperatives.paper_expiring")
    assert "OCOP" in plain.sentence_vi and "BigMart" not in plain.sentence_vi


def test_nobody_waits_where_another_paper_goes_on(world: World, company: Company) -> None:
    certified(world, world.carrots, K.FOOD_SAFETY, ends=30, number="A")
    ordered(company, world.carrots)
    wanting(company, Want(K.FOOD_SAFETY))
    assert [need.paper.number for need in expiry.needs()] == ["A"]
    certified(world, world.carrots, K.FOOD_SAFETY, ends=400, number="B", seen=False)
    assert [need.paper.number for need in expiry.needs()] == ["A"], "one that nobody verified is none"
    certified(world, world.carrots, K.FOOD_SAFETY, ends=500, number="C")
    assert [need.paper.number for need in expiry.needs()] == ["C"]
    warn_of_expiry()
    assert notices(world, "cooperatives.paper_needed") == []
    assert len(notices(world, "cooperatives.paper_expiring")) == 1


def test_a_paper_that_grows_too_old_for_one_buyer_is_warned_of(world: World, company: Company) -> None:
    certified(world, world.carrots, K.RESIDUE_TEST, issued=-150)
    ordered(company, world.carrots)
    wanting(company, Want(K.RESIDUE_TEST, max_age_days=180))
    for _time in range(2):
        warn_of_age()
    (told,) = notices(world, "dossiers.paper_aging")
    assert "30 ngày" in told.subject_vi and formats.date(in_days(30)) in told.sentence_vi
    with time_machine.travel(clock.now() + dt.timedelta(days=1)):
        warn_of_age()
    assert len(notices(world, "dossiers.paper_aging")) == 1


def test_who_deals_with_a_buyer_hears_of_its_new_list(world: World, company: Company) -> None:
    wanting(company, Want(K.HACCP))
    assert notices(world, "dossiers.list_changed") == [], "nobody deals with it yet"
    ordered(company, world.carrots)
    wanting(company, Want(K.VIETGAP))
    assert notices(world, "dossiers.list_changed") == [], "nothing is lacking"
    wanting(company, Want(K.VIETGAP), Want(K.OCOP), Want(K.HACCP))
    (told,) = notices(world, "dossiers.list_changed")
    assert "OCOP, HACCP" in told.sentence_vi and "VietGAP" not in told.sentence_vi
