"""A small fair under review: more applications than booths, scores that differ, a plan prepared and not released."""

from __future__ import annotations

import datetime as dt

from marketplace.accounts.models import Person
from marketplace.fairs import services
from marketplace.fairs.allocating import in_turn, problem_from
from marketplace.fairs.models import Fair, FairApplication
from marketplace.fairs.services import Wished
from marketplace.foundation import clock
from marketplace.selection import services as applications
from marketplace.selection.models import Call
from marketplace.selection.states import Purpose
from marketplace.site.demo.fairs import asking, ground, texts
from marketplace.site.demo.fairs.asking import Company, at

AHEAD = dt.timedelta(days=47)
CLOSED = dt.timedelta(days=9)
COUNT = 4
ASKED = {
    "quang-thanh": (3, "B01"),
    "thang-long": (2, "B01"),
    "lac-long": (2, "B03"),
    "hiep-hoa": (1, "B04"),
    "duc-chinh": (1, "A01"),
    "kim-lien": (1, "A01"),
    "an-phu": (2, "F01"),
    "quoc-tuan": (1, "B02"),
}
"""How many booths they ask for, and the one they would like best."""
TURNED_DOWN = "le-ninh"
SCORES = (
    (9, 8, 8, 9),
    (8, 9, 7, 8),
    (6, 8, 5, 7),
    (9, 7, 9, 6),
    (5, 6, 4, 6),
    (7, 7, 8, 8),
    (4, 5, 6, 5),
    (8, 6, 7, 9),
)
WORDS = (
    "Hàng tốt, giấy tờ đủ, đã giao đều ba vụ.",
    "Nhãn còn thiếu ngày đóng gói, nên nhắc trước hội chợ.",
)


def fair_of_onions(company: Company) -> Fair:
    fair = _announced(company)
    asked = _asked(company, fair)
    call = asked["quang-thanh"].application.call
    _screened(company, asked)
    _scored(company, call, asked)
    _prepared(company, fair, call)
    return fair


def _announced(company: Company) -> Fair:
    first_day, officer = clock.today() + AHEAD, company.officer
    with at(clock.today() - dt.timedelta(days=50)):
        fair = services.draft_fair(
            facts=texts.onions(first_day),
            first_day=first_day,
            last_day=first_day + dt.timedelta(days=2),
            place=ground.place(company.province, "Sân Trung tâm Văn hoá Thể thao Kinh Môn", "Kinh Môn"),
            by=officer,
        )
        rows = (ground.LEAVES, ground.ROOTS, ground.GRAIN)
        ground.draw(fair, [("Sân chính", rows)], COUNT, officer)
        services.set_budget(fair=fair, parts=texts.BUDGET[1:], by=officer)
        applications.open_call(
            purpose=Purpose.FAIR,
            subject_id=fair.id,
            opens_at=clock.now(),
            closes_at=clock.start_of_day(clock.today() + dt.timedelta(days=50) - CLOSED)
            + dt.timedelta(hours=17),
            bands=texts.BANDS,
            criteria=texts.CRITERIA,
            reviewers=company.reviewers,
            by=officer,
        )
        services.announce_fair(fair=fair, by=officer)
    with at(clock.today() - dt.timedelta(days=12)):
        services.note_filing(fair=fair, filing=texts.filing(clock.today()), by=officer)
    return fair


def _asked(company: Company, fair: Fair) -> dict[str, FairApplication]:
    booths = ground.by_code(fair)
    asked = {}
    with at(clock.today() - dt.timedelta(days=20)):
        for key, (count, wish) in ASKED.items():
            asked[key] = asking.filled(
                company, fair, key, booths=count, least=1, wishes=[Wished(booth=booths[wish])]
            )
        asked[TURNED_DOWN] = asking.filled(company, fair, TURNED_DOWN)
        for key, each in asked.items():
            asking.handed_in(company, each, key)
    return asked


def _screened(company: Company, asked: dict[str, FairApplication]) -> None:
    with at(clock.today() - dt.timedelta(days=7)):
        asking.passed(company, [each for key, each in asked.items() if key != TURNED_DOWN])
        turned_down = asked[TURNED_DOWN].application
        applications.begin_screening(application=turned_down, by=company.officer)
        applications.fail(
            application=turned_down,
            reason="Hàng mang đến không phải do thành viên hợp tác xã làm ra.",
            by=company.officer,
        )


def _scored(company: Company, call: Call, asked: dict[str, FairApplication]) -> None:
    """Two reviewers each; about one application they are far apart."""
    eligible = [each for key, each in asked.items() if key != TURNED_DOWN]
    with at(clock.today() - dt.timedelta(days=4)):
        for number, reviewer in enumerate(company.reviewers):
            for each, points in zip(eligible, SCORES, strict=True):
                _review(call, each, reviewer, points, number)
        applications.set_bands(call=call, by=company.officer)


def _review(
    call: Call, asked: FairApplication, reviewer: Person, points: tuple[int, ...], number: int
) -> None:
    lower = number * (4 if points == SCORES[3] else 1)
    given = {each.id: max(1, mark - lower) for each, mark in zip(call.criteria, points, strict=True)}
    review = applications.write_review(
        application=asked.application, points=given, words=WORDS[number], by=reviewer
    )
    applications.submit_review(review=review, by=reviewer)


def _prepared(company: Company, fair: Fair, call: Call) -> None:
    """The lottery is drawn, the places are computed and chosen; nobody outside knows yet."""
    officer = company.officer
    with at(clock.today() - dt.timedelta(days=2)):
        applications.draw_seed(
            call=call,
            source="Giải đặc biệt xổ số miền Bắc chiều hôm đó (minh hoạ)",
            words="27519",
            by=officer,
        )
        run = services.queue_run(fair=fair, by=officer)
        services.start(run_id=run.id)
        problem = problem_from(run.inputs)
        # In turn, as a house without a solver does it: the office can have it computed anew, and compare.
        services.finish(run_id=run.id, problem=problem, plan=in_turn(problem), seconds=0.1)
        services.choose_run(run=run, by=officer)
        services.prepare_from_run(run=run, by=officer)
