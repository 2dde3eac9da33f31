"""Reviewers score, conflicts are declared, merit becomes bands, and a priority changes only with a reason."""

from __future__ import annotations

from decimal import Decimal
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.accounts import services as accounts
from marketplace.accounts.models import Person
from marketplace.accounts.states import Role
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.selection import queries, services
from marketplace.selection.models import Application, Criterion
from marketplace.selection.services import Measure
from marketplace.selection.services.review import band_of
from marketplace.selection.states import ApplicationState
from tests.client import ReadingClient
from tests.fairs.hall import Fairground, applied, fairground, newcomer
from tests.world import PASSWORD, World

A = ApplicationState
numbers = count(1)


def officer(world: World, name: str) -> Person:
    n = next(numbers)
    with transaction():
        person = accounts.create_person(
            name=name, phone=f"+849130000{n:02d}", email=f"reviewer{n}@demo.vn", password=PASSWORD
        )
        alliance = world.officer.memberships[0].organisation
        accounts.add_member(organisation=alliance, person=person, role=Role.OFFICER, by=world.officer)
    return person


@pytest.fixture
def ground(world: World) -> Fairground:
    ground = fairground(world, call_is_open=True)
    two = [officer(world, "Lê Thị Mai"), officer(world, "Phạm Văn Nam")]
    with transaction():
        services.change_call(
            call=ground.call,
            opens_at=ground.call.opens_at,
            closes_at=ground.call.closes_at,
            reviews_wanted=2,
            bands=[80, 60],
            criteria=[Measure("Chất lượng", 3), Measure("Bao bì", 1, 5)],
            reviewers=two,
            by=world.officer,
        )
    return ground


def reviewers(ground: Fairground) -> list[Person]:
    return [each.person for each in ground.call.reviewers]


def eligible(world: World, ground: Fairground, state: ApplicationState = A.ELIGIBLE) -> Application:
    return applied(ground, newcomer(), state=state, by=world.director).application


def review(application: Application, by: Person, *points: int) -> None:
    wanted = {each.id: given for each, given in zip(application.call.criteria, points, strict=True)}
    with transaction():
        written = services.write_review(application=application, points=wanted, words="Tốt.", by=by)
        services.submit_review(review=written, by=by)


def test_merit_is_the_weighted_mean_and_its_spread(world: World, ground: Fairground) -> None:
    application = eligible(world, ground)
    one, two = reviewers(ground)
    review(application, one, 10, 5)  # 100 %
    review(application, two, 6, 2)  # (3·0.6 + 0.4) / 4 = 55 %
    merit = queries.merit(ground.call.id)[application.id]
    assert (merit.percent, merit.spread, merit.reviews) == (Decimal("77.5"), Decimal("45.0"), 2)


def test_a_review_is_complete_or_not_handed_in(world: World, ground: Fairground) -> None:
    application, one = eligible(world, ground), reviewers(ground)[0]
    first = ground.call.criteria[0]
    with transaction():
        draft = services.write_review(application=application, points={first.id: 7}, words="", by=one)
    assert queries.merit(ground.call.id) == {}, "a draft does not count"
    with pytest.raises(Refusal, match="Bao bì"), transaction():
        services.submit_review(review=draft, by=one)
    db.session.rollback()
    with pytest.raises(Refusal) as refused, transaction():
        services.write_review(application=application, points={first.id: 11}, words="", by=one)
    assert refused.value.field == f"points_{first.id}"
    db.session.rollback()
    with pytest.raises(Refusal), transaction():
        services.write_review(application=application, points={}, words="", by=world.officer)


def test_a_conflict_shuts_the_door(world: World, ground: Fairground, client: ReadingClient) -> None:
    application, one = eligible(world, ground), reviewers(ground)[0]
    client.sign_in(str(one.email))
    path = f"/office/reviews/{application.ref}"
    assert client.get(path).status_code == 200
    assert client.send(f"{path}/conflict", {"near": "Em ruột là giám đốc"}).status_code == 303
    assert client.get(path).status_code == 404
    assert client.get(f"/office/selection/applications/{application.ref}").status_code == 404
    assert queries.reviewable([ground.call.id], one.id) == {}
    with pytest.raises(Refusal, match="không chấm"), transaction():
        services.write_review(application=application, points={}, words="x", by=one)


def test_reviewers_see_only_what_passed_and_not_each_other(
    world: World, ground: Fairground, client: ReadingClient
) -> None:
    waiting, passed = eligible(world, ground, A.SCREENING), eligible(world, ground)
    one, two = reviewers(ground)
    review(passed, two, 9, 3)
    client.sign_in(str(one.email))
    listed = client.get("/office/reviews").get_data(as_text=True)
    assert passed.cooperative.name in listed and waiting.cooperative.name not in listed
    assert client.get(f"/office/reviews/{waiting.ref}").status_code == 404
    shown = client.get(f"/office/reviews/{passed.ref}").get_data(as_text=True)
    assert "Phạm Văn Nam" not in shown
    sent = {f"points_{each.id}": "4" for each in ground.call.criteria}
    assert client.send(f"/office/reviews/{passed.ref}", {**sent, "words": "Khá"}).status_code == 303
    assert queries.merit(ground.call.id)[passed.id].reviews == 1, "kept, not handed in"
    done = client.send(f"/office/reviews/{passed.ref}", {**sent, "words": "Khá", "hand_in": "1"})
    assert done.status_code == 303
    assert queries.merit(ground.call.id)[passed.id].reviews == 2


def test_too_many_points_are_told_beside_the_field(
    world: World, ground: Fairground, client: ReadingClient
) -> None:
    application, one = eligible(world, ground), reviewers(ground)[0]
    client.sign_in(str(one.email))
    first = ground.call.criteria[0]
    answer = client.send(f"/office/reviews/{application.ref}", {f"points_{first.id}": "44", "words": "Khá"})
    assert answer.status_code == 422
    assert 'value="44"' in answer.get_data(as_text=True)


def test_bands_come_from_merit_and_a_hand_change_stays(world: World, ground: Fairground) -> None:
    best, middle, by_hand = (eligible(world, ground) for _ in range(3))
    one, two = reviewers(ground)
    with pytest.raises(Refusal, match="3 đơn"), transaction():
        services.set_bands(call=ground.call, by=world.officer)
    db.session.rollback()
    for application, points in ((best, (8, 4)), (middle, (6, 3)), (by_hand, (1, 1))):
        review(application, one, *points)
        review(application, two, *points)
    with transaction():
        services.change_priority(application=by_hand, band=0, reason="Quyết định của tỉnh.", by=world.officer)
        services.set_bands(call=ground.call, by=world.officer)
    assert (best.band, middle.band, by_hand.band) == (1, 2, 0)
    change = queries.priority_changes(by_hand.id)[0]
    assert (change.was, change.band, change.reason) == (1, 0, "Quyết định của tỉnh.")


def test_a_conflict_does_not_hold_up_the_bands(world: World, ground: Fairground) -> None:
    application = eligible(world, ground)
    one, two = reviewers(ground)
    with transaction():
        services.declare_conflict(application=application, words="Họ hàng", by=one)
    review(application, two, 10, 5)
    with transaction():
        services.set_bands(call=ground.call, by=world.officer)
    assert application.band == 1


@pytest.mark.parametrize(("band", "reason"), [(0, ""), (4, "Cao quá"), (-1, "Thấp quá")])
def test_priority_needs_a_reason_and_a_band(world: World, ground: Fairground, band: int, reason: str) -> None:
    application = eligible(world, ground)
    with pytest.raises(Refusal), transaction():
        services.change_priority(application=application, band=band, reason=reason, by=world.officer)


def test_the_measure_stays_once_somebody_reviewed(world: World, ground: Fairground) -> None:
    review(eligible(world, ground), reviewers(ground)[0], 5, 5)
    with pytest.raises(Refusal, match="giữ như đã công bố"), transaction():
        services.change_call(
            call=ground.call,
            opens_at=ground.call.opens_at,
            closes_at=ground.call.closes_at,
            reviews_wanted=2,
            bands=[90, 60],
            criteria=services.call.measures(ground.call),
            reviewers=reviewers(ground),
            by=world.officer,
        )


scores = st.lists(
    st.tuples(st.integers(1, 20), st.integers(1, 20), st.integers(0, 20)), min_size=1, max_size=6
)


@given(scores)
def test_a_review_is_between_nothing_and_everything(given: list[tuple[int, int, int]]) -> None:
    criteria = [Criterion(id=n, weight=w, most=m) for n, (w, m, _p) in enumerate(given)]
    points = {n: min(p, m) for n, (_w, m, p) in enumerate(given)}
    assert 0 <= queries.percent(criteria, points) <= 100
    full = queries.percent(criteria, {n: m for n, (_w, m, _p) in enumerate(given)})
    assert round(full, 9) == 100


@given(st.decimals(0, 100, places=1), st.lists(st.integers(1, 100), unique=True, max_size=5))
def test_more_merit_never_means_a_worse_band(percent: Decimal, cuts: list[int]) -> None:
    ordered = sorted(cuts, reverse=True)
    assert band_of(percent + 1, ordered) <= band_of(percent, ordered)
    assert 1 <= band_of(percent, ordered) <= len(cuts) + 1
