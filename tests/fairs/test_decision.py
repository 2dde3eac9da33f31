"""Decisions are prepared in private, previewed, released together, and nothing of them shows before."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re
from itertools import count

import pytest
from sqlalchemy import select

from marketplace import config
from marketplace.accounts import holdings
from marketplace.fairs import queries as fairs
from marketplace.fairs import services
from marketplace.fairs.models import AllocationRun, AllocationSeat, BudgetLine
from marketplace.fairs.notices import decision as letters
from marketplace.fairs.services.holding import answer_by
from marketplace.fairs.states import BudgetSource, Outcome, RunState
from marketplace.foundation import clock, formats
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Conflict, Refusal
from marketplace.foundation.lifecycle import IllegalMove
from marketplace.foundation.mail import Letter
from marketplace.foundation.money import Money
from marketplace.foundation.reference import random_ref
from marketplace.inbox.models import Notice
from marketplace.selection import queries
from marketplace.selection import services as selection
from marketplace.selection.models import Application
from marketplace.selection.states import ApplicationState, Decision
from tests.client import ReadingClient
from tests.fairs.hall import Fairground, applied, fairground, newcomer, standing
from tests.world import World

A = ApplicationState
SECRET = "Sản phẩm trùng với đơn vị khác, điểm thấp"
numbers = count(1)


@pytest.fixture
def ground(world: World) -> Fairground:
    ground = fairground(world, booth_fee=Money(2_000_000))
    with transaction():
        db.session.add(
            BudgetLine(
                fair_id=ground.fair.id, position=1, source=BudgetSource.PROVINCE, amount=Money(90_000_000)
            )
        )
    return ground


def chosen_run(world: World, ground: Fairground, *seats: tuple[Application, Outcome]) -> AllocationRun:
    with transaction():
        run = AllocationRun(
            ref=random_ref(),
            fair_id=ground.fair.id,
            number=next(numbers),
            state=RunState.CHOSEN,
            inputs={},
            inputs_hash="0" * 64,
            seed="1" * 64,
            by_id=world.officer.id,
            queued_at=clock.now(),
        )
        db.session.add(run)
        db.session.flush()
        for place, (application, outcome) in enumerate(seats, start=1):
            placed = outcome is Outcome.PLACED
            db.session.add(
                AllocationSeat(
                    run_id=run.id,
                    application_id=application.id,
                    place=place,
                    band=1,
                    lottery="2" * 64,
                    outcome=outcome,
                    halves=2 if placed else 0,
                    booths=[ground.booths[place].id] * 2 if placed else [],
                )
            )
    return run


def three(world: World, ground: Fairground) -> tuple[Application, Application, Application]:
    chosen = applied(ground, newcomer(), state=A.ELIGIBLE, by=world.director).application
    waits = applied(ground, world.dong_lac, state=A.ELIGIBLE, by=world.director).application
    out = applied(ground, world.kinh_mon, state=A.INELIGIBLE, by=world.rival).application
    with transaction():
        out.reason = SECRET
    return chosen, waits, out


def prepared(world: World, ground: Fairground) -> tuple[Application, Application, Application]:
    chosen, waits, out = three(world, ground)
    run = chosen_run(world, ground, (chosen, Outcome.PLACED), (waits, Outcome.WAITING))
    with transaction():
        counted = services.prepare_from_run(run=run, by=world.officer)
    assert counted == {Decision.APPROVE: 1, Decision.WAITLIST: 1, Decision.REJECT: 1}
    return chosen, waits, out


def told(kind: str) -> list[Notice]:
    return [*db.session.scalars(select(Notice).where(Notice.kind == kind))]


def digest(ground: Fairground) -> str:
    return queries.digest(queries.previewed(ground.call))


def test_a_run_prepares_and_nothing_moves(world: World, ground: Fairground) -> None:
    chosen, waits, out = prepared(world, ground)
    assert [each.pending for each in (chosen, waits, out)] == [*Decision]
    assert [each.state for each in (chosen, waits, out)] == [A.ELIGIBLE, A.ELIGIBLE, A.INELIGIBLE]
    assert out.pending_reason == SECRET
    assert told("fairs.waitlisted") == told("fairs.rejected") == []


def test_only_a_chosen_run_prepares(world: World, ground: Fairground) -> None:
    chosen, *_ = three(world, ground)
    run = chosen_run(world, ground, (chosen, Outcome.PLACED))
    with transaction():
        db.session.execute(AllocationRun.__table__.update().values(state="complete"))
        db.session.expire_all()
    with pytest.raises(Refusal, match="phương án"), transaction():
        services.prepare_from_run(run=run, by=world.officer)


def test_released_in_one_batch_with_its_letters(world: World, ground: Fairground) -> None:
    chosen, waits, out = prepared(world, ground)
    with transaction():
        batch = selection.release(call=ground.call, previewed=digest(ground), by=world.officer)
    assert (batch.approved, batch.waitlisted, batch.rejected) == (1, 1, 1)
    assert [each.state for each in (chosen, waits, out)] == [A.APPROVED, A.WAITLISTED, A.REJECTED]
    assert all(each.batch_id == batch.id and each.pending is None for each in (chosen, waits, out))
    (waiting,), (rejected,) = told("fairs.waitlisted"), told("fairs.rejected")
    assert waiting.person_id == world.director.id and "thứ 1 " in waiting.sentence_vi
    assert rejected.person_id == world.rival.id and SECRET in rejected.sentence_vi
    assert told("fairs.chosen") == [], "that one comes with the offer"
    with pytest.raises(Refusal, match="Chưa chuẩn bị"), transaction():
        selection.release(call=ground.call, previewed=digest(ground), by=world.officer)


def test_what_changed_since_it_was_looked_at_is_not_released(world: World, ground: Fairground) -> None:
    chosen, waits, out = prepared(world, ground)
    seen = digest(ground)

    def refused() -> None:
        with pytest.raises(Conflict, match="thay đổi"), transaction():
            selection.release(call=ground.call, previewed=seen, by=world.officer)
        db.session.rollback()
        assert [each.state for each in (chosen, waits, out)] == [A.ELIGIBLE, A.ELIGIBLE, A.INELIGIBLE]

    with transaction():
        selection.prepare_decision(
            application=out, decision=Decision.REJECT, reason="Lý do khác", by=world.officer
        )
    refused()
    seen = digest(ground)
    with transaction():
        ground.fair.booth_fee = Money(3_000_000)
    refused()
    seen = digest(ground)
    with transaction():
        selection.withdraw(application=waits, reason="Bận mùa", by=world.director)
    with pytest.raises(Conflict), transaction():
        selection.release(call=ground.call, previewed=seen, by=world.officer)
    db.session.rollback()
    assert waits.state is A.WITHDRAWN and waits.pending is None


def test_the_preview_is_what_is_sent(world: World, ground: Fairground) -> None:
    chosen = applied(ground, world.dong_lac, state=A.ELIGIBLE, by=world.director).application
    waits = applied(ground, world.kinh_mon, state=A.ELIGIBLE, by=world.rival).application
    run = chosen_run(world, ground, (chosen, Outcome.PLACED), (waits, Outcome.WAITING))
    with transaction():
        services.prepare_from_run(run=run, by=world.officer)
    until = formats.date_time(answer_by(clock.now()), "vi")
    shown = {each.decision: (each.subject, each.sentence) for each in letters.previews(ground.call, until)}
    with transaction():
        selection.release(call=ground.call, previewed=digest(ground), by=world.officer)
    for decision, kind in ((Decision.APPROVE, "fairs.chosen"), (Decision.WAITLIST, "fairs.waitlisted")):
        (notice,) = told(kind)
        assert (notice.subject_vi, notice.sentence_vi) == shown[decision]
    assert until in shown[Decision.APPROVE][1]


def test_what_was_looked_at_in_the_evening_may_go_out_in_the_morning(
    world: World, ground: Fairground, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The day until which an offer holds moves on; the rule behind it is part of what was looked at."""
    prepared(world, ground)
    seen, now = digest(ground), clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + dt.timedelta(days=1))
    assert digest(ground) == seen
    settings = config.current()
    changed = dataclasses.replace(settings, offer_working_days=settings.offer_working_days + 1)
    monkeypatch.setattr(config, "current", lambda: changed)
    assert digest(ground) != seen


def test_who_can_be_offered_nothing_is_named_and_gets_no_letter(
    world: World, ground: Fairground, client: ReadingClient
) -> None:
    """Between the computation and the release somebody took the booth by hand."""
    chosen = applied(ground, world.dong_lac, state=A.ELIGIBLE, by=world.director).application
    run = chosen_run(world, ground, (chosen, Outcome.PLACED))
    with transaction():
        services.prepare_from_run(run=run, by=world.officer)
    standing(ground, applied(ground, newcomer(), by=world.officer), ground.booths[1])
    (only,) = letters.previews(ground.call, "")
    assert not only.halves
    client.sign_in("officer@demo.vn")
    assert "Không giao được gian" in client.get(f"/office/fairs/{ground.fair.slug}/release").get_data(
        as_text=True
    )
    with transaction():
        selection.release(call=ground.call, previewed=digest(ground), by=world.officer)
    assert told("fairs.chosen") == [] and fairs.live_stand(chosen.id) is None


def test_the_letter_for_the_chosen_says_booth_fee_and_day(world: World, ground: Fairground) -> None:
    asked = applied(ground, world.dong_lac, by=world.director)
    stand = standing(ground, asked, ground.booth("A03"), ground.booth("A04"))
    with transaction():
        letters.chosen(
            application=asked.application,
            booths=["A03", "A04"],
            until="17:00 02/12/2026",
            fee=fairs.fee_for(ground.fair, 4),
            link="/desk/fairs/x/stand",
            about=stand.id,
            answer_by=clock.now() + dt.timedelta(days=3),
        )
    (notice,) = told("fairs.chosen")
    for words in ("A03, A04", "17:00 02/12/2026", "4.000.000"):
        assert words in notice.sentence_vi
    assert notice.url == "/desk/fairs/x/stand"
    assert fairs.fee_for(ground.fair, 1) == 1_000_000


@pytest.mark.parametrize("state", [A.DRAFT, A.SUBMITTED, A.SCREENING, A.WITHDRAWN, A.APPROVED])
def test_nothing_is_prepared_for_what_was_not_screened_or_is_decided(
    world: World, ground: Fairground, state: ApplicationState
) -> None:
    application = applied(ground, world.dong_lac, state=state, by=world.director).application
    for decision in Decision:
        with pytest.raises(IllegalMove), transaction():
            selection.prepare_decision(
                application=application, decision=decision, reason="x", by=world.officer
            )
        db.session.rollback()


def test_turning_down_needs_a_reason(world: World, ground: Fairground) -> None:
    application = applied(ground, world.dong_lac, state=A.ELIGIBLE, by=world.director).application
    with pytest.raises(Refusal) as refused, transaction():
        selection.prepare_decision(application=application, decision=Decision.REJECT, by=world.officer)
    assert refused.value.field == "reason"


def test_a_new_screening_takes_the_preparation_back(world: World, ground: Fairground) -> None:
    _chosen, waits, _out = prepared(world, ground)
    with transaction():
        selection.rescreen(application=waits, reason="Xem lại giấy tờ", by=world.officer)
    assert waits.state is A.SCREENING and waits.pending is None


def test_from_the_waiting_list_somebody_is_chosen_later(world: World, ground: Fairground) -> None:
    _chosen, waits, out = prepared(world, ground)
    with transaction():
        selection.release(call=ground.call, previewed=digest(ground), by=world.officer)
        selection.take_from_list(application=waits, by=world.officer)
    assert waits.state is A.APPROVED
    with pytest.raises(IllegalMove), transaction():
        selection.take_from_list(application=out, by=world.officer)


def seen_by_applicant(client: ReadingClient, world: World, ground: Fairground, email: str) -> str:
    """Everything that reaches an applicant: pages, notices, letters, their own copy."""
    client.sign_in(email)
    pages = [
        client.get(path).get_data(as_text=True)
        for path in (
            "/desk/fairs",
            f"/desk/fairs/{ground.fair.slug}/application",
            f"/fairs/{ground.fair.slug}/lottery",
            "/desk",
            "/notices",
        )
    ]
    client.post("/sign-out", data={"csrf_token": client.token()})
    person = world.director if email.startswith("donglac") else world.rival
    copy = json.dumps(holdings.copied(holdings.Identity("x", person_id=person.id)), ensure_ascii=False)
    notices = [f"{n.subject_vi} {n.sentence_vi}" for n in db.session.scalars(select(Notice))]
    mail = [str(letter.text) for letter in db.session.scalars(select(Letter))]
    return re.sub(r'name="csrf_token" value="\w+"', "", "\n".join([*pages, copy, *notices, *mail]))


def test_before_the_release_an_applicant_sees_nothing_of_what_is_meant(
    world: World, ground: Fairground, client: ReadingClient
) -> None:
    three(world, ground)
    before = {
        email: client_pages(client, world, ground, email) for email in ("donglac@demo.vn", "kinhmon@demo.vn")
    }
    seats = [(each, Outcome.WAITING) for each in queries_pendable(ground)]
    run = chosen_run(world, ground, *seats)
    with transaction():
        services.prepare_from_run(run=run, by=world.officer)
        for application in queries_pendable(ground):
            selection.change_priority(
                application=application, band=1, reason="Điều chỉnh kín", by=world.officer
            )
    for email in before:
        text = seen_by_applicant(client, world, ground, email)
        for secret in (
            SECRET, "Điều chỉnh kín", "Không đủ điều kiện", "Đủ điều kiện", "danh sách chờ", "ineligible",
            "waitlist", "pending", "eligible",
        ):  # fmt: skip
            assert secret not in text, f"{email} reads {secret!r} before the release"
        assert client_pages(client, world, ground, email) == before[email], "not by a colour either"
    with transaction():
        selection.release(call=ground.call, previewed=digest(ground), by=world.officer)
    assert SECRET in seen_by_applicant(client, world, ground, "kinhmon@demo.vn"), (
        "else this test could not fail"
    )
    assert "danh sách chờ" in seen_by_applicant(client, world, ground, "donglac@demo.vn")


def queries_pendable(ground: Fairground) -> list[Application]:
    return [
        *db.session.scalars(
            select(Application).where(Application.call_id == ground.call.id, Application.state == A.ELIGIBLE)
        )
    ]


def client_pages(client: ReadingClient, world: World, ground: Fairground, email: str) -> str:
    """The application's own page as it is shown: eligible and ineligible must look alike over time."""
    client.sign_in(email)
    page = client.get(f"/desk/fairs/{ground.fair.slug}/application").get_data(as_text=True)
    client.post("/sign-out", data={"csrf_token": client.token()})
    main = page[page.index("<main") : page.index("</main>")]
    return re.sub(r'name="csrf_token" value="\w+"', "", main)


def test_the_release_page_previews_everything(
    world: World, ground: Fairground, client: ReadingClient
) -> None:
    client.sign_in("officer@demo.vn")
    here = f"/office/fairs/{ground.fair.slug}/release"
    assert client.get(here).status_code == 200, "with nothing prepared"
    _chosen, waits, out = prepared(world, ground)
    page = client.get(here).get_data(as_text=True)
    for words in (SECRET, ground.booths[1].code, "90.000.000", "2.000.000", "danh sách chờ"):
        assert words in page
    (new,) = re.findall(r'class="b h-\w+ b-new"[^>]*><title>([^<]+)', page)
    assert new.startswith(ground.booths[1].code) and _chosen.cooperative.label in new
    assert page.count("b-free") == len(ground.booths) - 1
    seen = re.search(r'name="previewed" value="([0-9a-f]{64})"', page)
    assert seen is not None
    assert client.send(here, {"previewed": "0" * 64}).status_code == 422
    db.session.expire_all()
    assert waits.state is A.ELIGIBLE
    assert client.send(here, {"previewed": seen[1]}).status_code == 303
    db.session.expire_all()
    assert (waits.state, out.state) == (A.WAITLISTED, A.REJECTED)


def test_applicants_have_no_door_to_the_office(
    world: World, ground: Fairground, client: ReadingClient
) -> None:
    prepared(world, ground)
    client.sign_in("donglac@demo.vn")
    for path in (
        f"/office/fairs/{ground.fair.slug}/release",
        f"/office/fairs/{ground.fair.slug}/call",
        f"/office/selection/calls/{ground.call.ref}",
        f"/office/selection/calls/{ground.call.ref}/applications.csv",
        "/office/selection",
        "/office/selection/rules",
        "/office/reviews",
    ):
        assert client.get(path).status_code in (403, 404), path
