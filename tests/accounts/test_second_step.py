"""A second step when signing in: codes of an app, codes on paper, and being asked again."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pyotp
import pytest
from flask import Flask
from sqlalchemy import select

from marketplace.accounts import queries, sealing, services
from marketplace.accounts.models import AppKey, Person, RecoveryCode, SignIn
from marketplace.accounts.states import Desk, Role
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.inbox.models import Notice
from tests.accounts.conftest import PASSWORD, People
from tests.client import ReadingClient, another

MAI = "mai@lienminh.vn"


def _secret(person: Person) -> str:
    key = queries.app_key(person)
    assert key is not None
    return sealing.unseal(key.sealed)


def _code(person: Person, *, steps: int = 0) -> str:
    return pyotp.TOTP(_secret(person)).at(int(clock.now().timestamp()) + 30 * steps)


def _with_app(person: Person) -> list[str]:
    """The app is set up, by a code of some steps ago, so that the code of now is still fresh. Its recovery codes."""
    with transaction():
        services.begin_app(person=person)
    with clock.standing_at(clock.now() - dt.timedelta(minutes=5)), transaction():
        return services.confirm_app(person=person, code=_code(person), keep="")


def _halfway(client: ReadingClient) -> None:
    answer = client.sign_in(MAI, PASSWORD)
    assert answer.headers["Location"] == "/sign-in/second-step"


def _inside(client: ReadingClient) -> bool:
    return client.get("/account").status_code == 200


def test_setting_up_asks_for_the_password_first(officer: ReadingClient, people: People) -> None:
    asked = officer.send("/account/two-step/app/key")
    assert asked.status_code == 403 and queries.app_key(people.officer) is None
    wrong = officer.send("/account/two-step/app/key", {"again": "POST", "again-password": "khong-phai"})
    assert wrong.status_code == 422 and queries.app_key(people.officer) is None
    right = officer.send("/account/two-step/app/key", {"again": "POST", "again-password": PASSWORD})
    assert right.headers["Location"] == "/account/two-step/app"
    page = officer.get("/account/two-step/app").get_data(as_text=True)
    assert "<svg" in page and " ".join(re.findall(".{4}", _secret(people.officer))) in page


def test_an_app_counts_once_a_code_of_it_was_right(officer: ReadingClient, people: People) -> None:
    officer.send("/account/two-step/app/key", {"again": "POST", "again-password": PASSWORD})
    assert officer.send("/account/two-step/app", {"code": "000000"}).status_code == 422
    assert not queries.has_factor(people.officer)
    shown = officer.send("/account/two-step/app", {"code": _code(people.officer)})
    assert len(re.findall(r"<li class=\"num\">\w{5}-\w{5}", shown.get_data(as_text=True))) == 10
    assert queries.has_factor(people.officer)


def test_the_key_lies_sealed(people: People) -> None:
    _with_app(people.officer)
    kept = db.session.scalar(select(AppKey.sealed))
    assert kept is not None and _secret(people.officer) not in kept
    with pytest.raises(ValueError, match="another SECRET_KEY"):
        sealing.unseal(kept[:-4] + "AAA=")


def test_the_password_alone_no_longer_lets_in(client: ReadingClient, people: People) -> None:
    _with_app(people.officer)
    _halfway(client)
    assert not _inside(client)
    assert client.post("/sign-in/second-step", data={"code": "123456"}).status_code == 422
    assert client.post("/sign-in/second-step", data={"code": _code(people.officer)}).status_code == 303
    assert _inside(client)


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_clock_that_is_half_a_minute_wrong_is_fine(people: People, steps: int) -> None:
    _with_app(people.officer)
    with transaction():
        services.take_code(person=people.officer, code=_code(people.officer, steps=steps))


@pytest.mark.parametrize("steps", [-3, 3])
def test_a_code_of_another_time_is_not(people: People, steps: int) -> None:
    _with_app(people.officer)
    with pytest.raises(Refusal, match="chưa đúng"), transaction():
        services.take_code(person=people.officer, code=_code(people.officer, steps=steps))


def test_a_code_counts_once_and_older_ones_no_more(app: Flask, people: People) -> None:
    _with_app(people.officer)
    code, before = _code(people.officer), _code(people.officer, steps=-1)
    with transaction():
        services.take_code(person=people.officer, code=code)
    for replayed in (code, before):
        with pytest.raises(Refusal, match="đã dùng rồi"), transaction():
            services.take_code(person=people.officer, code=replayed)


def test_a_recovery_code_lets_in_once(app: Flask, client: ReadingClient, people: People) -> None:
    paper = _with_app(people.officer)
    assert len(set(paper)) == 10
    stored = set(db.session.scalars(select(RecoveryCode.code_hash)))
    assert not stored & {code.replace("-", "") for code in paper}
    _halfway(client)
    assert client.post("/sign-in/second-step", data={"code": paper[0].lower()}).status_code == 303
    assert queries.factors_of(people.officer).codes == 9
    other = another(app)
    _halfway(other)
    assert other.post("/sign-in/second-step", data={"code": paper[0]}).status_code == 422
    assert not _inside(other)


def test_new_codes_end_the_old_ones_and_belong_to_one_person(people: People) -> None:
    old = _with_app(people.officer)
    _with_app(people.lan)
    with transaction():
        new = services.new_codes(person=people.officer)
    for wrong, who in ((old[0], people.officer), (new[0], people.lan)):
        with pytest.raises(Refusal), transaction():
            services.take_code(person=who, code=wrong)


def test_guessing_ends_after_five_tries_from_wherever(
    app: Flask, client: ReadingClient, people: People
) -> None:
    _with_app(people.officer)
    _halfway(client)
    for _ in range(5):
        assert client.post("/sign-in/second-step", data={"code": "111111"}).status_code == 422
    other = another(app)
    _halfway(other)
    right = {"code": _code(people.officer)}
    for guesser in (client, other):
        assert guesser.post("/sign-in/second-step", data=right).status_code == 429
        assert not _inside(guesser)


def test_being_halfway_ends_with_time_and_with_a_new_password(client: ReadingClient, people: People) -> None:
    _with_app(people.officer)
    _halfway(client)
    with transaction():
        services.set_password(person=people.officer, password="mot-mat-khau-khac")
    assert client.get("/sign-in/second-step").status_code == 303
    client.sign_in(MAI, "mot-mat-khau-khac")
    with clock.standing_at(clock.now() + dt.timedelta(minutes=11)):
        assert client.get("/sign-in/second-step").status_code == 303


def test_the_session_of_before_is_worth_nothing_after(client: ReadingClient, people: People) -> None:
    """Whoever planted a session or saw the one halfway has nothing of the one that begins with the second step."""
    _with_app(people.officer)
    client.get("/sign-in")
    _halfway(client)
    planted = client.get_cookie("market")
    assert planted is not None
    client.post("/sign-in/second-step", data={"code": _code(people.officer)})
    with client.session_transaction() as session:
        assert "halfway" not in session
    client.set_cookie("market", planted.value)
    assert not _inside(client)


def test_registering_again_does_not_step_around_it(client: ReadingClient, people: People) -> None:
    _with_app(people.officer)
    client.post(
        "/register",
        data={"name": "Ai đó", "email": MAI, "password": PASSWORD, "kind": "person", "agree": "y"},
    )
    assert not _inside(client)


def test_weighty_acts_ask_again_and_keep_what_was_typed(client: ReadingClient, people: People) -> None:
    _with_app(people.officer)
    _halfway(client)
    client.post("/sign-in/second-step", data={"code": _code(people.officer)})
    page, sent = f"/office/people/{people.minh.ref}/desks", {"desk-desk": "trade", "desk-reason": "Hội chợ"}
    with transaction():
        db.session.execute(SignIn.__table__.update().values(proved_at=clock.now() - dt.timedelta(minutes=16)))
    asked = client.send(page, sent)
    assert asked.status_code == 403 and 'name="desk-reason" value="Hội chợ"' in asked.get_data(as_text=True)
    assert not queries.posts_of(people.minh)
    again = {**sent, "again": "POST", "again-code": _code(people.officer, steps=1)}
    assert client.send(page, again).status_code == 303
    assert queries.posts_of(people.minh)[0].reason == "Hội chợ"
    assert client.send(page, {"desk-desk": "finance", "desk-reason": "Ngay sau"}).status_code == 303


def test_who_has_no_second_step_is_not_asked_again(officer: ReadingClient, people: People) -> None:
    sent = {"desk-desk": "trade", "desk-reason": "Hội chợ"}
    assert officer.send(f"/office/people/{people.minh.ref}/desks", sent).status_code == 303


def test_a_lost_phone_needs_two_administrators(app: Flask, client: ReadingClient, people: People) -> None:
    _with_app(people.officer)
    with transaction():
        alliance = services.alliance(name="")
        for who in (people.minh, people.lan):
            services.add_member(
                organisation=alliance, person=who, role=Role.OFFICER, desks=[Desk.ADMINISTRATOR]
            )
    client.sign_in("minh@thu.vn", PASSWORD)
    page = f"/office/people/{people.officer.ref}/second-step"
    assert client.send(page, {"step-reason": ""}).status_code == 422
    client.send(page, {"step-reason": "Mất điện thoại"})
    assert queries.has_factor(people.officer)
    approval = queries.open_approvals()[0]
    client.sign_in("lan@thu.vn", PASSWORD)
    assert client.send(f"/office/approvals/{approval.ref}/agreement").status_code == 303
    assert not queries.has_factor(people.officer)
    mai = another(app)
    assert mai.sign_in(MAI, PASSWORD).headers["Location"] == "/start"
    told = db.session.scalars(select(Notice.sentence_vi).where(Notice.person_id == people.officer.id)).all()
    assert any("Mất điện thoại" in sentence for sentence in told)


def test_nobody_takes_away_the_own_second_step_in_the_office(officer: ReadingClient, people: People) -> None:
    _with_app(people.lan)
    page = f"/office/people/{people.officer.ref}/second-step"
    assert officer.send(page, {"step-reason": "Cho tôi"}).status_code == 422


def test_an_alliance_may_demand_it_from_a_day_on(app: Flask, client: ReadingClient, people: People) -> None:
    client.sign_in(MAI, PASSWORD)
    _demand(app, clock.today() + dt.timedelta(days=1))
    assert client.get("/office").status_code == 200
    assert "yêu cầu mọi cán bộ" in client.get("/account/two-step").get_data(as_text=True)
    _demand(app, clock.today())
    assert client.get("/office").headers["Location"] == "/account/two-step"
    assert client.get("/account/two-step").status_code == 200
    client.sign_in("lan@thu.vn", PASSWORD)
    assert client.get("/account/devices").status_code == 200


def _demand(app: Flask, day: dt.date) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], second_factor_from=day)
