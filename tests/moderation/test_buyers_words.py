"""A buyer's request, a question about it and its answer: reported, taken down everywhere, appealed, shown again."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from marketplace.accounts.models import Person
from marketplace.foundation.db import db, transaction
from marketplace.inbox.models import Notice
from marketplace.linkage import indexing
from marketplace.linkage import queries as needs
from marketplace.linkage import services as requests
from marketplace.linkage.models import Need, NeedQuestion
from marketplace.moderation import matters, queries, services
from marketplace.moderation.models import PageReport, Takedown
from marketplace.moderation.states import ReportReason
from tests.buyers.company import Company
from tests.client import ReadingClient, another
from tests.linkage.asked import opened
from tests.moderation.test_takedown import second, signed_in
from tests.world import World

__all__ = ["second"]
pytestmark = pytest.mark.database


@pytest.fixture
def company(world: World) -> Company:
    return Company.built()


def asked(need: Need, world: World, company: Company) -> NeedQuestion:
    with transaction():
        question = requests.ask_about_need(
            need=db.session.merge(need),
            cooperative=world.dong_lac,
            words="Có nhận củ gãy không?",
            by=world.director,
        )
    with transaction():
        requests.answer_question(
            question=db.session.merge(question),
            words="Cứ gọi thẳng cho tôi, số 0912 345 678",
            by=company.hanh,
        )
    return question


def down(kind: str, number: int, by: Person) -> Takedown:
    with transaction():
        matter = matters.find(kind, number)
        assert matter is not None
        return services.take_down(matter=matter, reason=ReportReason.FALSE, words="Không đúng sự thật", by=by)


def found(need: Need) -> bool:
    return need.id in indexing.needs.find(db.session, "cà rốt", limit=20).ids


def test_a_visitor_reports_a_request_and_it_is_gone_everywhere(
    app: Flask, world: World, company: Company, second: Person, drain: Any
) -> None:
    need = opened(company)
    page, visitor = f"/requests/{need.ref}", another(app)
    assert found(need) and need.ref in visitor.get("/requests").text
    assert f"/report/request/{need.ref}" in visitor.get(page).text
    sent = {"part": f"request:{need.id}", "reason": "false", "words": "Công ty này không có thật"}
    assert visitor.send(f"/report/request/{need.ref}", sent).status_code == 200
    assert db.session.query(PageReport).filter_by(kind="request", subject_id=need.id).count() == 1
    officer = signed_in(app, "officer@demo.vn")
    thing = f"/office/moderation/things/request/{need.id}"
    assert officer.get(thing).status_code == 200
    told = {"reason": "false", "words": "Không xác minh được"}
    assert officer.send(f"{thing}/taking-down", told).status_code == 303
    db.session.rollback()
    assert not found(need) and need.ref not in visitor.get("/requests").text
    assert visitor.get(page).status_code == 410
    assert visitor.get(f"/report/request/{need.ref}").status_code == 404
    director = signed_in(app, "donglac@demo.vn")
    assert director.get(f"/desk/requests/{need.ref}").status_code == 404, "nor does a cooperative find it"
    assert not needs.may_quote(needs.need_by_id(need.id), world.dong_lac.id)
    drain()
    letters = db.session.query(Notice).filter_by(kind="moderation.taken_down").all()
    assert company.hanh.id in {each.person_id for each in letters}
    takedown = queries.living_takedown("request", need.id)
    with transaction():
        services.appeal(takedown=db.session.merge(takedown), words="Chúng tôi có thật", by=company.hanh)
    with transaction():
        services.restore(takedown=db.session.merge(takedown), words="Đã xác minh", by=second)
    assert found(need) and need.ref in visitor.get("/requests").text
    assert visitor.get(page).status_code == 200


def test_who_was_asked_by_name_goes_on_with_a_hidden_request(world: World, company: Company) -> None:
    need = opened(company)
    down("request", need.id, world.officer)
    again = needs.need_by_id(need.id)
    assert not needs.may_quote(again, world.dong_lac.id)
    assert needs.own_need(need.ref, company.hanh) is not None, "its buyer still reads it"
    assert needs.office_need(need.ref, world.officer) is not None


def test_an_answer_and_a_question_are_hidden_each_for_itself(
    app: Flask, world: World, company: Company
) -> None:
    need = opened(company)
    question = asked(need, world, company)
    page, visitor = f"/requests/{need.ref}", another(app)
    assert "0912 345 678" in visitor.get(page).text
    answer = down("request_answer", question.id, world.officer)
    assert answer.organisation_id == need.organisation_id
    shown = visitor.get(page).text
    assert "0912 345 678" not in shown and "củ gãy" in shown and "gỡ câu trả lời" in shown
    assert "0912 345 678" not in signed_in(app, "donglac@demo.vn").get(f"/desk/requests/{need.ref}").text
    with transaction():
        services.restore(takedown=db.session.merge(answer), words="Được", by=world.officer)
    assert "0912 345 678" in visitor.get(page).text
    whole = down("request_question", question.id, world.officer)
    assert whole.organisation_id == world.dong_lac.organisation_id
    assert "củ gãy" not in visitor.get(page).text
    assert matters.find("request_answer", question.id) is None, "with its question it is gone already"
    with transaction():
        services.restore(takedown=db.session.merge(whole), words="Được", by=world.officer)
    assert "củ gãy" in visitor.get(page).text


def test_every_part_of_the_page_can_be_reported(app: Flask, world: World, company: Company) -> None:
    need = opened(company)
    asked(need, world, company)
    client: ReadingClient = another(app)
    for language in ("", "/en"):
        form = client.get(f"{language}/report/request/{need.ref}").text
        assert all(f'value="{kind}:' in form for kind in ("request", "request_question", "request_answer"))
