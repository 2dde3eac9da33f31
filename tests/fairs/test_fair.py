"""A fair's life at the alliance's office."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from marketplace.fairs import queries, services
from marketplace.fairs.models import BudgetLine, Fair, FairMove, Stand
from marketplace.fairs.services import BudgetPart, FairFacts, Filing, Place
from marketplace.fairs.states import BudgetSource, FairKind, FairState, Phase
from marketplace.foundation import clock, formats
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Conflict, Refusal
from marketplace.foundation.money import Money
from marketplace.inbox.models import Notice
from marketplace.selection.models import Criterion
from marketplace.selection.states import ApplicationState
from tests.client import ReadingClient
from tests.fairs.hall import Fairground, applied, fairground, newcomer, standing
from tests.statements import queries_sent
from tests.world import World

DAY = dt.timedelta(days=1)
SQUARE = Place(venue="Quảng trường Sao Đỏ", street="Đường Nguyễn Trãi")


def facts(**more: Any) -> FairFacts:
    values: dict[str, Any] = {
        "kind": FairKind.WEEK,
        "name_vi": "Tuần lễ nông sản Chí Linh 2027",
        "organisers": "Liên minh HTX tỉnh Hải Dương",
    }
    return FairFacts(**{**values, **more})


def drafted(world: World, *, in_days: int = 60, **more: Any) -> Fair:
    day = clock.today() + in_days * DAY
    with transaction():
        return services.draft_fair(
            facts=facts(**more), first_day=day, last_day=day + 4 * DAY, place=SQUARE, by=world.officer
        )


def announced(world: World, **more: Any) -> Fair:
    fair = drafted(world, **more)
    with transaction():
        services.announce_fair(fair=fair, by=world.officer)
    return fair


def told(kind: str) -> list[Notice]:
    return list(db.session.scalars(select(Notice).where(Notice.kind == kind).order_by(Notice.person_id)))


# --- services ---------------------------------------------------------------------------------------


def test_a_draft_is_for_officers_only(world: World, client: ReadingClient) -> None:
    fair = drafted(world)
    assert client.get(f"/fairs/{fair.slug}").status_code == 404
    client.sign_in(world.director.email)
    assert client.get(f"/office/fairs/{fair.slug}").status_code in (403, 404)
    client.sign_in(world.officer.email)
    assert client.get(f"/office/fairs/{fair.slug}").status_code == 200


def test_two_fairs_of_one_name_have_two_addresses(world: World) -> None:
    year = (clock.today() + 60 * DAY).year
    first, second = drafted(world, name_vi="Chợ phiên"), drafted(world, name_vi="Chợ phiên")
    assert (first.slug, second.slug) == (f"cho-phien-{year}", f"cho-phien-{year}-2")


def test_days_and_hours_are_in_order(world: World) -> None:
    day = clock.today() + 60 * DAY
    with pytest.raises(Refusal) as refused, transaction():
        services.draft_fair(facts=facts(), first_day=day, last_day=day - DAY, place=SQUARE, by=world.officer)
    assert refused.value.field == "last_day"
    with pytest.raises(Refusal) as refused, transaction():
        services.draft_fair(
            facts=facts(opens=dt.time(9), closes=dt.time(8)),
            first_day=day,
            last_day=day,
            place=SQUARE,
            by=world.officer,
        )
    assert refused.value.field == "closes"


def test_a_fair_without_a_place_is_not_announced(world: World) -> None:
    day = clock.today() + 60 * DAY
    with transaction():
        nowhere = services.draft_fair(
            facts=facts(), first_day=day, last_day=day, place=Place(), by=world.officer
        )
        online = services.draft_fair(
            facts=facts(kind=FairKind.ONLINE), first_day=day, last_day=day, place=Place(), by=world.officer
        )
    with pytest.raises(Refusal), transaction():
        services.announce_fair(fair=nowhere, by=world.officer)
    with transaction():
        services.announce_fair(fair=online, by=world.officer)
    assert online.state is FairState.ANNOUNCED


def reported(fair: Fair, world: World, number: str = "27/BC-LMHTX", reason: str = "") -> None:
    services.file_report(fair=fair, number=number, dated=clock.today(), reason=reason, by=world.officer)


def test_its_whole_life(world: World) -> None:
    fair = announced(world, in_days=10)
    with transaction():
        services.publish_fair(fair=fair, by=world.officer)
    with pytest.raises(Refusal), transaction():
        reported(fair, world)
    with clock.standing_at(clock.now() + 20 * DAY):
        with transaction():
            reported(fair, world)
        assert fair.report_filed_on == clock.today()
        with transaction():
            services.reopen_fair(fair=fair, reason="Thiếu một số liệu", by=world.officer)
        with transaction():
            reported(fair, world, "28/BC-LMHTX", "Thiếu một số liệu")
        with transaction():
            services.archive_fair(fair=fair, by=world.officer)
        assert queries.phase_of(fair) is Phase.ARCHIVED
    lines = [line.sentence for line in history_of("fair", fair.id)]
    assert len(lines) == 7 and any("Thiếu một số liệu" in line for line in lines)


def test_exhibitors_stay_unknown_while_the_call_is_open(world: World) -> None:
    ground = fairground(world, call_is_open=True)
    with pytest.raises(Refusal), transaction():
        services.publish_fair(fair=ground.fair, by=world.officer)
    assert ground.fair.state is FairState.ANNOUNCED


def test_an_announced_fair_changes_its_days_only_by_moving(world: World) -> None:
    fair = announced(world)
    with pytest.raises(Refusal), transaction():
        services.change_fair(
            fair=fair,
            facts=facts(),
            first_day=fair.first_day + DAY,
            last_day=fair.last_day + DAY,
            by=world.officer,
        )
    with transaction():
        services.change_fair(fair=fair, facts=facts(theme_vi="Ngọt lành xứ Đông"), by=world.officer)
    assert fair.theme_vi == "Ngọt lành xứ Đông"


def test_when_it_moves_everybody_who_takes_part_is_told(world: World) -> None:
    ground = fairground(world)
    stranger = newcomer()
    applied(ground, stranger, state=ApplicationState.REJECTED, by=world.officer)
    applied(ground, world.dong_lac, state=ApplicationState.SCREENING, by=world.director)
    standing(ground, applied(ground, world.kinh_mon, by=world.rival), ground.booth("A01"))
    was = ground.fair.first_day
    with transaction():
        services.move_fair(
            fair=ground.fair,
            first_day=was + 7 * DAY,
            last_day=was + 9 * DAY,
            place=SQUARE,
            reason="Sân còn ngập",
            by=world.officer,
        )
    notices = told("fairs.moved")
    assert {each.person_id for each in notices} == {world.director.id, world.rival.id}
    assert formats.date(was) in notices[0].sentence_vi and "Sân còn ngập." in notices[0].sentence_vi
    assert "Quảng trường Sao Đỏ" in notices[0].sentence_vi
    move = db.session.scalars(select(FairMove)).one()
    assert (move.was_first, move.first_day, move.was_venue) == (was, was + 7 * DAY, "Quảng trường Xứ Đông")
    assert len(ground.fair.days) == 3


def test_a_move_never_leaves_the_call_open_on_the_fairs_days(world: World) -> None:
    ground = fairground(world, call_is_open=True)
    closes = clock.to_local(ground.call.closes_at).date()
    with pytest.raises(Refusal) as refused, transaction():
        services.move_fair(
            fair=ground.fair, first_day=closes, last_day=closes + DAY, reason="Sớm hơn", by=world.officer
        )
    assert refused.value.field == "first_day"
    with transaction():
        services.move_fair(
            fair=ground.fair,
            first_day=closes + DAY,
            last_day=closes + DAY,
            reason="Sớm hơn",
            by=world.officer,
        )


def test_a_move_that_changes_nothing_is_refused(world: World) -> None:
    fair = announced(world)
    with pytest.raises(Refusal), transaction():
        services.move_fair(
            fair=fair, first_day=fair.first_day, last_day=fair.last_day, reason="?", by=world.officer
        )
    assert not db.session.scalar(select(func.count()).select_from(FairMove))


def test_a_move_after_filing_has_to_be_told_again(world: World) -> None:
    fair = announced(world, kind=FairKind.FAIR)
    opening = fair.first_day
    with transaction():
        services.note_filing(
            fair=fair, filing=Filing(file_number="1", filed_on=clock.today()), by=world.officer
        )
    assert fair.moved_from is None
    for later in (7, 14):
        with transaction():
            services.move_fair(
                fair=fair,
                first_day=opening + later * DAY,
                last_day=opening + later * DAY,
                reason="Bão",
                by=world.officer,
            )
    assert (fair.moved_from, fair.change_filed_on) == (opening, None)


def test_when_it_is_called_off_everybody_who_takes_part_is_told(world: World) -> None:
    ground = fairground(world)
    applied(ground, world.dong_lac, state=ApplicationState.DRAFT, by=world.director)
    with transaction():
        services.cancel_fair(fair=ground.fair, reason="Dịch bệnh", by=world.officer)
    assert [each.person_id for each in told("fairs.cancelled")] == [world.director.id]
    with pytest.raises(Refusal), transaction():
        services.cancel_fair(fair=ground.fair, reason="Dịch bệnh", by=world.officer)


def test_a_fair_that_began_is_neither_moved_nor_called_off(world: World) -> None:
    ground = fairground(world, in_days=0)
    for act in (
        lambda: services.cancel_fair(fair=ground.fair, reason="?", by=world.officer),
        lambda: services.move_fair(
            fair=ground.fair,
            first_day=clock.today() + DAY,
            last_day=clock.today() + DAY,
            reason="?",
            by=world.officer,
        ),
    ):
        with pytest.raises(Refusal), transaction():
            act()


def test_facts_about_filing_lie_in_the_past(world: World) -> None:
    fair = drafted(world)
    today = clock.today()
    for filing, field in (
        (Filing(filed_on=today + DAY), "filed_on"),
        (Filing(certified_on=today), "certified_on"),
        (Filing(filed_on=today, certified_on=today - DAY), "certified_on"),
        (Filing(report_filed_on=today), "report_filed_on"),
    ):
        with pytest.raises(Refusal) as refused, transaction():
            services.note_filing(fair=fair, filing=filing, by=world.officer)
        assert refused.value.field == field


def test_a_copy_brings_texts_budget_and_the_calls_settings(world: World) -> None:
    ground = fairground(world, booth_fee=Money(500_000), rules_vi="Giữ vệ sinh")
    with transaction():
        services.set_budget(
            fair=ground.fair,
            parts=[
                BudgetPart(BudgetSource.PROVINCE, Money(300_000_000), "QĐ 1", support=Money(90_000_000)),
                BudgetPart(BudgetSource.SPONSORS, Money(5)),
            ],
            by=world.officer,
        )
        ground.call.criteria.append(Criterion(position=1, name_vi="Chất lượng", weight=3, most=10))
        ground.call.bands = [80, 60]
    applied(ground, world.dong_lac, by=world.director)
    brought: list[tuple[int, int]] = []

    def bring(source: Fair, target: Fair, by: Any) -> None:
        brought.append((source.id, target.id))

    services.ON_COPY.append(bring)
    try:
        with transaction():
            copy = services.copy_fair(
                fair=ground.fair, first_day=ground.fair.first_day + 364 * DAY, by=world.officer
            )
    finally:
        services.ON_COPY.remove(bring)
    assert brought == [(ground.fair.id, copy.id)]
    assert (copy.state, copy.rules_vi, copy.booth_fee) == (FairState.DRAFT, "Giữ vệ sinh", 500_000)
    assert (copy.series, copy.copied_from_id) == (ground.fair.series, ground.fair.id)
    assert [(line.source, line.amount) for line in copy.budget] == [
        (BudgetSource.PROVINCE, 300_000_000),
        (BudgetSource.SPONSORS, 5),
    ]
    assert copy.last_day - copy.first_day == ground.fair.last_day - ground.fair.first_day
    call = queries.call_of(copy.id)
    assert call is not None and call.opens_at - ground.call.opens_at == 364 * DAY
    assert [one.name_vi for one in call.criteria] == ["Chất lượng"] and call.bands == [80, 60]
    assert not queries.concerned(copy.id) and call.seed is None


def test_the_year_in_a_name_follows_the_fair(world: World) -> None:
    year = (clock.today() + 60 * DAY).year
    fair = drafted(world, name_vi=f"Tuần lễ nông sản {year}", name_en=f"Produce week {year}")
    with transaction():
        copy = services.copy_fair(
            fair=fair, first_day=fair.first_day.replace(year=year + 1), by=world.officer
        )
    assert (copy.name_vi, copy.name_en) == (f"Tuần lễ nông sản {year + 1}", f"Produce week {year + 1}")
    assert (copy.slug, copy.series) == (f"tuan-le-nong-san-{year + 1}", "tuan-le-nong-san")


@pytest.mark.database
def test_the_tables_hold_what_must_hold(world: World) -> None:
    ground = fairground(world)
    with transaction():
        move = services.move_fair(
            fair=ground.fair,
            first_day=ground.fair.first_day + DAY,
            last_day=ground.fair.last_day + DAY,
            reason="Mưa",
            by=world.officer,
        )
        services.set_budget(
            fair=ground.fair, parts=[BudgetPart(BudgetSource.NATION, Money(7))], by=world.officer
        )
    with pytest.raises((Conflict, DBAPIError)), transaction():
        db.session.get_one(FairMove, move.id).reason = "Khác"
    db.session.rollback()
    assert db.session.get_one(FairMove, move.id).reason == "Mưa"
    with transaction():
        copy = services.copy_fair(fair=ground.fair, first_day=clock.today() + 400 * DAY, by=world.officer)
    assert copy.id and queries.fairs_for_office(state=FairState.DRAFT).rows[0].fair.id == copy.id
    assert [one.fair.id for one in queries.found("hoi cho NONG san xu dong")] == [ground.fair.id]
    assert queries.concerned(ground.fair.id) == []


# --- pages ------------------------------------------------------------------------------------------


@pytest.fixture
def office(client: ReadingClient, world: World) -> ReadingClient:
    client.sign_in(world.officer.email)
    return client


def form_of(**more: str) -> dict[str, str]:
    values = {
        "kind": "week",
        "name_vi": "Tuần lễ cà rốt 2027",
        "name_en": "Carrot week 2027",
        "first_day": formats.date(clock.today() + 60 * DAY),
        "last_day": formats.date(clock.today() + 64 * DAY),
        "opens": "7h30",
        "closes": "21:00",
        "in_province": "yes",
        "organisers": "Liên minh HTX tỉnh Hải Dương",
        "venue": "Quảng trường Sao Đỏ",
        "street": "",
        "unit": "",
        "booth_fee": "500 nghìn",
        "contact_phone": "0912 345 678",
        "hue": "carrot",
    }
    return {**values, **more}


def test_an_officer_drafts_announces_and_changes_a_fair(office: ReadingClient, world: World) -> None:
    answer = office.send("/office/fairs/new", form_of(unit="Chu Văn An"))
    assert answer.status_code == 303
    fair = db.session.scalars(select(Fair)).one()
    assert (fair.slug, fair.opens, int(fair.booth_fee)) == ("tuan-le-ca-rot-2027", dt.time(7, 30), 500_000)
    page = office.get(f"/office/fairs/{fair.slug}").get_data(as_text=True)
    assert "Chu Văn An" in page
    assert office.send(f"/office/fairs/{fair.slug}/step/announcement").status_code == 303
    world.renewed(fair)
    assert fair.state is FairState.ANNOUNCED and fair.announced_at is not None
    edit = office.get(f"/office/fairs/{fair.slug}/texts").get_data(as_text=True)
    assert 'name="venue"' not in edit and 'name="first_day"' not in edit
    office.send(f"/office/fairs/{fair.slug}/texts", form_of(theme_vi="Giòn ngọt"))
    assert world.renewed(fair) and fair.theme_vi == "Giòn ngọt"
    assert office.send(f"/office/fairs/{fair.slug}/step/announcement").status_code == 422


def test_what_was_typed_stays_beside_what_is_wrong(office: ReadingClient) -> None:
    wrong = form_of(last_day=formats.date(clock.today()), name_en="Carrots of Đồng Lạc")
    answer = office.send("/office/fairs/new", wrong)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422 and 'id="last_day-error"' in page and "Carrots of Đồng Lạc" in page
    assert office.send("/office/fairs/new", form_of(opens="lúc sáng")).status_code == 422


def test_the_budget_is_written_line_by_line(office: ReadingClient, world: World) -> None:
    fair = drafted(world)
    path = f"/office/fairs/{fair.slug}/budget"
    lines = {
        "line-rows": "2",
        "line0-source": "province",
        "line0-amount": "300 triệu",
        "line1-source": "exhibitors",
        "line1-amount": "45.000.000",
        "line1-note": "90 gian × 500.000",
    }
    assert "line2-source" in office.send(path, {**lines, "more_line": "1"}).get_data(as_text=True)
    assert office.send(path, lines).status_code == 303
    assert db.session.scalar(select(func.sum(BudgetLine.amount))) == 345_000_000
    assert "345.000.000" in office.get(f"/office/fairs/{fair.slug}").get_data(as_text=True)
    assert office.send(path, {**lines, "line0-amount": "nhiều"}).status_code == 422
    assert office.send(path, {**lines, "line1-gone": "y"}).status_code == 303
    assert db.session.scalar(select(func.count()).select_from(BudgetLine)) == 1


def test_filing_moving_and_calling_off_by_form(office: ReadingClient, world: World) -> None:
    ground = fairground(world)
    path = f"/office/fairs/{ground.fair.slug}"
    applied(ground, world.dong_lac, by=world.director)
    filing = {"file_number": "12/LMHTX", "filed_on": formats.date(clock.today())}
    assert office.send(f"{path}/filing", filing).status_code == 303
    assert "12/LMHTX" in office.get(path).get_data(as_text=True)
    days = {
        "first_day": formats.date(ground.fair.first_day + 7 * DAY),
        "last_day": formats.date(ground.fair.last_day + 7 * DAY),
        "venue": "Quảng trường Xứ Đông",
    }
    refused = office.send(f"{path}/move", days)
    assert refused.status_code == 422 and 'id="reason-error"' in refused.get_data(as_text=True)
    assert office.send(f"{path}/move", {**days, "reason": "Bão số 3"}).status_code == 303
    assert "Bão số 3" in office.get(path).get_data(as_text=True)
    assert 'name="change_filed_on"' in office.get(f"{path}/filing").get_data(as_text=True)
    assert office.send(f"{path}/cancellation", {"reason": ""}).status_code == 422
    assert office.send(f"{path}/cancellation", {"reason": "Bão to hơn"}).status_code == 303
    assert world.renewed(ground.fair) and ground.fair.state is FairState.CANCELLED
    assert len(told("fairs.cancelled")) == 1 and len(told("fairs.moved")) == 1


def test_copying_and_reporting_by_form(office: ReadingClient, world: World) -> None:
    ground = fairground(world, in_days=-20, state=FairState.PUBLISHED)
    path = f"/office/fairs/{ground.fair.slug}"
    assert office.send(f"{path}/report", {"filed_on": formats.date(clock.today() + DAY)}).status_code == 422
    told = {"number": "27/BC-LMHTX", "dated": formats.date(clock.today())}
    assert office.send(f"{path}/report", told).status_code == 303
    copied = office.send(f"{path}/copy", {"first_day": formats.date(clock.today() + 340 * DAY)})
    assert copied.status_code == 303
    assert office.get(copied.location).status_code == 200
    assert office.send(f"{path}/reopening", {"reason": "Sửa số"}).status_code == 303
    assert world.renewed(ground.fair) and ground.fair.state is FairState.PUBLISHED


def test_a_poster_is_kept_and_taken_away(office: ReadingClient, world: World, drain: Any) -> None:
    fair = announced(world)
    file = io.BytesIO()
    Image.new("RGB", (1600, 900), (200, 30, 30)).save(file, "JPEG")
    file.seek(0)
    path = f"/office/fairs/{fair.slug}"
    assert office.send(f"{path}/poster", {"poster": (file, "ap-phich.jpg")}).status_code == 303
    drain()
    world.renewed(fair)
    assert "<picture" in office.get(path).get_data(as_text=True)
    assert "<picture" in office.get(f"/fairs/{fair.slug}").get_data(as_text=True)
    assert office.send(f"{path}/poster", {}).status_code == 422
    assert office.send(f"{path}/poster/removal").status_code == 303
    assert world.renewed(fair) and fair.poster_id is None


def test_the_list_tells_which_terms_press(office: ReadingClient, world: World) -> None:
    fairground(world, in_days=33)  # filing is due in three days
    fairground(world, in_days=300)
    page = office.get("/office/fairs").get_data(as_text=True)
    assert page.count('id="alarms"') == 1
    assert re.search(r'href="/office/fairs"[^>]*>.{0,200}?<span class="count">1</span>', page, re.DOTALL)
    year = (clock.today() + 300 * DAY).year
    assert office.get(f"/office/fairs?state=announced&year={year}").status_code == 200
    assert office.get("/office/fairs?state=odd&year=x&after=%21").status_code == 200
    empty = office.get("/office/fairs?state=archived").get_data(as_text=True)
    assert "hoi-cho" not in empty.split("<tbody>")[1].split("</tbody>")[0]


def test_the_list_costs_the_same_for_many(office: ReadingClient, world: World) -> None:
    def statements() -> int:
        with queries_sent("SELECT") as sent:
            assert office.get("/office/fairs").status_code == 200
        return len(sent)

    grounds: list[Fairground] = [fairground(world, in_days=30)]
    office.get("/office/fairs")
    few = statements()
    grounds += [fairground(world, in_days=n) for n in range(20, 32)]
    assert statements() == few


def test_strangers_see_no_office(client: ReadingClient, world: World) -> None:
    fair = announced(world)
    client.sign_in(world.director.email)
    for path in ("", "/new", f"/{fair.slug}", f"/{fair.slug}/move", f"/{fair.slug}/budget"):
        assert client.get(f"/office/fairs{path}").status_code in (403, 404)
    assert client.send(f"/office/fairs/{fair.slug}/cancellation", {"reason": "x"}).status_code in (403, 404)
    assert world.renewed(fair) and fair.state is FairState.ANNOUNCED
    assert not db.session.scalar(select(func.count()).select_from(Stand))
