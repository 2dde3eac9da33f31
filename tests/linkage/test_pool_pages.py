"""Pools in the browser's eyes: formed, joined in two numbers, computed, answered; what others must not see."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace.foundation import clock, formats
from marketplace.foundation.db import db, transaction
from marketplace.linkage import queries, services
from marketplace.linkage.states import PoolMemberState, PoolState
from tests.buyers.company import HUY, Company
from tests.client import another
from tests.linkage.gathered import answered, formed, held, member_of, ready, renewed, said, weeks_of
from tests.statements import queries_sent
from tests.world import World


def both(client: Any, path: str) -> str:
    """The page in English and in Vietnamese; the client reads each."""
    english = client.get(f"/en{path}")
    page = client.get(path)
    assert (english.status_code, page.status_code) == (200, 200), path
    return str(page.get_data(as_text=True))


def computed(drain: Any) -> None:
    """What the worker wrote is read anew, as every request of its own does."""
    drain()
    db.session.rollback()
    db.session.expire_all()


def test_an_officer_forms_a_pool_and_a_director_answers_in_two_numbers(
    app: Any, world: World, company: Company, drain: Any
) -> None:
    need, sellers = ready(world, company)
    officer, director = another(app), another(app)
    officer.sign_in("officer@demo.vn")
    director.sign_in("nhanhue@demo.vn")
    both(officer, "/office/pools")
    assert need.ref in both(officer, "/office/pools/needs")
    both(officer, f"/office/pools/new/{need.ref}")
    terms = {
        "lead": str(world.dong_lac.id),
        "goal": "30 tấn",
        "rule": "by_capacity",
        "join_by": formats.date(clock.today() + dt.timedelta(days=3)),
        "radius": "30",
    }
    refused = officer.send(f"/office/pools/new/{need.ref}", terms)
    assert refused.status_code == 422 and "30 tấn" in refused.get_data(as_text=True)
    made = officer.send(f"/office/pools/new/{need.ref}", terms | {"goal": "12 tấn"})
    assert made.status_code == 303
    (pool,) = [row.pool for row in queries.pool.pools(()).rows]
    page = both(officer, f"/office/pools/{pool.ref}/invitations")
    assert "HTX Nhân Huệ" in page
    assert officer.send(f"/office/pools/{pool.ref}/invitations?km=0", {}).status_code == 422
    slugs = [seller.cooperative.slug for seller in sellers[1:]]
    officer.send(f"/office/pools/{pool.ref}/invitations?km=0", {"cooperatives": slugs})

    both(director, "/desk/pools")
    page = both(director, f"/desk/pools/{pool.ref}")
    assert "Theo khả năng" in page
    source = f"{sellers[1].carrots.id}:"
    bad = director.send(f"/desk/pools/{pool.ref}", {"source": source, "least": "1 tấn", "most": "50 tấn"})
    assert bad.status_code == 422 and "50 tấn" in bad.get_data(as_text=True)
    odd = director.send(f"/desk/pools/{pool.ref}", {"source": source, "least": "nhiều", "most": "5"})
    assert odd.status_code == 422
    first = weeks_of(need)[0]
    good = {"source": source, "least": "1 tấn", "most": "4 tấn", f"least_{first}": "0", f"most_{first}": "2t"}
    assert director.send(f"/desk/pools/{pool.ref}", good).status_code == 303
    member = member_of(pool, sellers[1])
    said_weeks = {each.week: (each.least, each.most) for each in member.weeks}
    assert said_weeks[first] == (0, 2_000) and set(said_weeks.values()) == {(0, 2_000), (1_000, 4_000)}
    both(director, f"/desk/pools/{pool.ref}")

    told = f"/office/pools/{pool.ref}/members/{sellers[2].cooperative.slug}"
    both(officer, told)
    written = {"source": f"{sellers[2].carrots.id}:", "least": "0", "most": "3 tấn", "entered": "phone"}
    assert officer.send(told, written).status_code == 422
    assert officer.send(told, written | {"told_by": "ông Hùng, giám đốc"}).status_code == 303
    assert member_of(pool, sellers[2]).told_by == "ông Hùng, giám đốc"

    assert officer.send(f"/office/pools/{pool.ref}/lock").status_code == 303
    both(officer, f"/office/pools/{pool.ref}/allocations/1")
    computed(drain)
    page = both(officer, f"/office/pools/{pool.ref}/allocations/1")
    assert "Áp dụng bảng chia này" in page
    assert officer.send(f"/office/pools/{pool.ref}/allocations/1").status_code == 303
    page = both(director, f"/desk/pools/{pool.ref}")
    assert "phần góp của hợp tác xã" in page
    assert officer.send(f"/office/pools/{pool.ref}/answer", {"price": "0"}).status_code == 422
    assert officer.send(f"/office/pools/{pool.ref}/answer", {"price": "6.800"}).status_code == 303
    page = both(director, f"/desk/pools/{pool.ref}")
    assert "6.800" in page
    assert "Chữ ký" in both(officer, f"/office/pools/{pool.ref}/minutes")
    both(officer, f"/office/pools/{pool.ref}")


def test_the_lead_runs_its_pool_and_nobody_else_does(
    app: Any, world: World, company: Company, drain: Any
) -> None:
    need, sellers = ready(world, company)
    lead, member, stranger, buyer = (another(app) for _each in range(4))
    lead.sign_in("donglac@demo.vn")
    member.sign_in("nhanhue@demo.vn")
    stranger.sign_in("kinhmon@demo.vn")
    buyer.sign_in(HUY)
    assert need.ref in both(lead, "/desk/pools/needs")
    pool = formed(need, sellers[:2], world.director)
    for path in (
        "",
        "/terms",
        "/invitations",
        f"/members/{sellers[1].cooperative.slug}",
        "/dissolution",
        "/minutes",
    ):
        both(lead, f"/desk/pools/led/{pool.ref}{path}")
        assert member.get(f"/desk/pools/led/{pool.ref}{path}").status_code == 404
        assert stranger.get(f"/office/pools/{pool.ref}{path}").status_code == 404
    assert stranger.get(f"/desk/pools/{pool.ref}").status_code == 404
    assert (
        lead.send(f"/desk/pools/led/{pool.ref}/members/{sellers[1].cooperative.slug}", {}).status_code == 403
    )
    for seller in sellers[:2]:
        said(pool, seller, 500, 8_000)
    assert buyer.get(f"/buyer/pools/{pool.ref}").status_code == 404
    held(pool, world.director, drain)
    answered(pool, world.director)
    page = both(buyer, f"/buyer/pools/{pool.ref}")
    assert "HTX Nhân Huệ" not in page and "12" in page
    assert member.get(f"/buyer/pools/{pool.ref}").status_code in (403, 404)
    both(member, f"/desk/pools/{pool.ref}/leaving")
    assert member.send(f"/desk/pools/{pool.ref}/leaving", {"reason": ""}).status_code == 422
    assert member.send(f"/desk/pools/{pool.ref}/leaving", {"reason": "Mưa ngập ruộng"}).status_code == 303
    assert member_of(pool, sellers[1]).state is PoolMemberState.RELEASED
    both(member, f"/desk/pools/{pool.ref}")
    again = {"reason": "HTX Nhân Huệ rút lui", "keep": "y"}
    assert lead.send(f"/desk/pools/led/{pool.ref}/allocations", {"reason": ""}).status_code == 422
    assert lead.send(f"/desk/pools/led/{pool.ref}/allocations", again).status_code == 303
    computed(drain)
    both(lead, f"/desk/pools/led/{pool.ref}/allocations/2")
    assert lead.get(f"/desk/pools/led/{pool.ref}/allocations/9").status_code == 404
    assert lead.send(f"/desk/pools/led/{pool.ref}/dissolution", {"reason": "Thôi"}).status_code == 303
    assert renewed(pool).state is PoolState.DISSOLVED
    both(lead, f"/desk/pools/led/{pool.ref}")
    both(lead, "/desk/pools")


def test_lists_ask_as_much_for_many_pools_as_for_one(
    app: Any, world: World, company: Company, drain: Any
) -> None:
    need, sellers = ready(world, company)
    pool = formed(need, sellers, world.officer, goal=1_000)
    said(pool, sellers[0], 0, 500)

    def asked() -> list[int]:
        found = []
        for read in (
            lambda: queries.pool.pools(()),
            lambda: queries.pool.places_of(world.dong_lac.id),
            lambda: queries.pool.candidates(renewed(pool)),
            lambda: queries.pool.organised_pool(pool.ref, world.officer),
        ):
            with queries_sent("SELECT") as sent:
                read()
            found.append(len(sent))
        return found

    one = asked()
    for seller in sellers[1:]:
        formed(need, [seller, *(each for each in sellers if each is not seller)], world.officer, goal=1_000)
    for seller in sellers[1:]:
        said(pool, seller, 0, 500)
    assert asked() == one
    assert max(one) <= 12
    with transaction():
        services.lock_pool(pool=renewed(pool), by=world.officer)
