"""The newsletter: only who confirmed gets it, once, and one press ends it."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from flask import Flask
from sqlalchemy import func, select

from marketplace.accounts.holdings import Identity, copied, erase
from marketplace.accounts.models import Person
from marketplace.foundation import clock
from marketplace.foundation.audit import AuditEntry
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.mail import Letter, keys
from marketplace.foundation.mail.outbox import _message
from marketplace.news import queries, services, tasks
from marketplace.news.models import IssueLetter, Subscription
from marketplace.news.services import newsletter
from marketplace.news.states import IssueState, SubscriptionState
from tests.client import ReadingClient, another
from tests.letters import letters_to, link_in
from tests.news.told import all_readers, issue_of, published, reader
from tests.world import World

S = SubscriptionState
YES = "Vâng, gửi bản tin cho tôi"
ASKED = {"email": "Lan.Nguyen@gmail.com", "agreed": "y"}


def ask(client: ReadingClient, **told: str) -> None:
    assert client.post("/newsletter", data={**ASKED, **told}).status_code == 200


def test_a_guest_asks_confirms_reads_and_ends_it(client: ReadingClient, world: World, app: Flask) -> None:
    ask(client)
    (letter,) = letters_to("lan.nguyen@gmail.com")
    article = published(world)
    issue = issue_of(world, article)
    with pytest.raises(Refusal), transaction():
        services.start_issue(issue=issue, by=world.officer)

    page = link_in(letter, YES)
    assert "lan.nguyen@gmail.com" in client.get(page).text
    assert all_readers()[0].state is S.ASKED, "opening does nothing"
    assert client.post(page).status_code == 303
    db.session.expire_all()
    assert all_readers()[0].state is S.CONFIRMED
    assert "Số bản tin tới sẽ gửi đến địa chỉ này" in client.get(page).text

    with transaction():
        services.start_issue(issue=issue, by=world.officer)
    tasks.post_issues()
    tasks.post_issues()
    (_first, told) = letters_to("lan.nguyen@gmail.com")
    assert told.subject == "Bản tin tháng này"
    assert "http://localhost/news/ca-rot-sang-nhat" in told.text and "Kính chào ông bà." in told.text
    message = _message(told)
    assert message["List-Unsubscribe"] == f"<{told.stop_url}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    db.session.expire_all()
    assert issue.state is IssueState.SENT

    stop = told.stop_url.removeprefix("http://localhost")
    assert "Ngừng nhận bản tin?" in client.get(stop).text
    assert all_readers()[0].state is S.CONFIRMED
    pressed = another(app).post(
        stop, data={"List-Unsubscribe": "One-Click"}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert pressed.status_code == 200
    assert client.post(stop).status_code == 200, "a second press says the same"
    db.session.expire_all()
    (ended,) = all_readers()
    assert (ended.state, ended.email) == (S.ENDED, None)
    listed = queries.newsletter.listed(issue)
    assert (listed.letters, listed.ended) == (1, 1)
    assert client.get(page).status_code == 403, "the link tells nothing of who left"


def test_nobody_learns_who_gets_it_and_nobody_is_written_twice(client: ReadingClient, world: World) -> None:
    reader("lan.nguyen@gmail.com")
    before = len(letters_to("lan.nguyen@gmail.com"))
    known = client.post("/newsletter", data=ASKED)
    other = client.post("/newsletter", data={**ASKED, "email": "moi@gmail.com"})
    assert known.status_code == other.status_code == 200
    assert known.text.replace("lan.nguyen@gmail.com", "X") == other.text.replace("moi@gmail.com", "X")
    assert len(letters_to("lan.nguyen@gmail.com")) == before


def test_bad_input_programs_and_too_many_tries(client: ReadingClient, world: World) -> None:
    bad = client.post("/newsletter", data={"email": "lan@"})
    assert bad.status_code == 422
    assert 'value="lan@"' in bad.text and "đánh dấu đồng ý" in bad.text
    ask(client, website="https://spam")
    assert all_readers() == [], "only programs fill in what is hidden"
    for _ in range(3):
        ask(client)
    assert client.post("/newsletter", data=ASKED).status_code == 422
    assert len(letters_to("lan.nguyen@gmail.com")) == 3


def test_who_left_can_come_back(client: ReadingClient, world: World) -> None:
    first = reader("lan.nguyen@gmail.com")
    with transaction():
        services.end_newsletter(subscription=first)
    ask(client)
    again = letters_to("lan.nguyen@gmail.com")[-1]
    assert client.post(link_in(again, YES)).status_code == 303
    db.session.expire_all()
    (only,) = all_readers()
    assert (only.state, only.email, only.asked) == (S.CONFIRMED, "lan.nguyen@gmail.com", 2)


def test_each_reader_gets_their_language(world: World) -> None:
    reader("vi@gmail.com")
    reader("en@gmail.com", "en")
    article = published(world, title_en="Carrots to Japan", body_en="They left.")
    issue = issue_of(world, article, subject_en="This month")
    with transaction():
        services.start_issue(issue=issue, by=world.officer)
    tasks.post_issues()
    vi, en = letters_to("vi@gmail.com")[-1], letters_to("en@gmail.com")[-1]
    assert (vi.subject, en.subject) == ("Bản tin tháng này", "This month")
    assert "Carrots to Japan" in en.html and "http://localhost/en/news/" in en.text
    assert en.stop_url.startswith("http://localhost/en/newsletter/stop/")
    assert "Cà rốt sang Nhật" in vi.html


def test_an_issue_goes_in_small_batches_to_each_reader_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(newsletter, "BATCH", 2)
    for number in range(5):
        reader(f"r{number}@gmail.com")
    issue = issue_of(world, published(world))
    with transaction():
        services.start_issue(issue=issue, by=world.officer)
    late = reader("late@gmail.com")
    with transaction():
        db.session.get_one(Subscription, late.id).confirmed_at = clock.now() + dt.timedelta(minutes=1)
    gone = queries.newsletter.subscription_of("r4@gmail.com")
    assert gone is not None
    counts = []
    for turn in range(4):
        tasks.post_issues()
        counts.append(db.session.scalar(select(func.count()).select_from(IssueLetter)))
        db.session.rollback()
        if turn == 1:
            with transaction():
                services.end_newsletter(subscription=db.session.get_one(Subscription, gone.id))
    assert counts == [2, 4, 4, 4]
    db.session.expire_all()
    assert issue.state is IssueState.SENT
    assert len([one for one in db.session.scalars(select(Letter)) if one.subject == "Bản tin tháng này"]) == 4
    with pytest.raises(Refusal), transaction():
        services.start_issue(issue=issue, by=world.officer)


def test_the_office_writes_looks_and_sends(client: ReadingClient, world: World) -> None:
    reader("lan.nguyen@gmail.com")
    article = published(world)
    client.sign_in("officer@demo.vn")
    assert client.send("/office/newsletter/new", {"subject_vi": "Số một"}).status_code == 422
    led = client.send("/office/newsletter/new", {"subject_vi": "Số một", "articles": str(article.id)})
    assert led.status_code == 303
    page = client.get(led.location).text
    assert "Đọc tiếp: Cà rốt sang Nhật" in page and "lan.nguyen" not in page
    assert (
        client.send(
            f"{led.location}/texts", {"subject_vi": "Số hai", "articles": str(article.id)}
        ).status_code
        == 303
    )
    assert client.send(f"{led.location}/sending").status_code == 303
    assert (
        client.send(f"{led.location}/texts", {"subject_vi": "X", "articles": str(article.id)}).status_code
        == 422
    )
    tasks.post_issues()
    assert letters_to("lan.nguyen@gmail.com")[-1].subject == "Số hai"
    listed = client.get("/office/newsletter").text
    assert "Số hai" in listed and "lan.nguyen" not in listed


def test_a_withdrawn_article_is_no_longer_told(world: World) -> None:
    reader("lan.nguyen@gmail.com")
    first, second = published(world), published(world, title_vi="Bài khác")
    issue = issue_of(world, first, second)
    with transaction():
        services.withdraw_article(article=first, reason="Sai", by=world.officer)
    with transaction():
        services.start_issue(issue=issue, by=world.officer)
    tasks.post_issues()
    letter = letters_to("lan.nguyen@gmail.com")[-1]
    assert "Bài khác" in letter.text and "Cà rốt sang Nhật" not in letter.text


def test_who_never_confirms_is_forgotten(client: ReadingClient, world: World) -> None:
    ask(client)
    reader("thu@gmail.com")
    page = link_in(letters_to("lan.nguyen@gmail.com")[0], YES)
    with clock.standing_at(clock.now() + dt.timedelta(days=9)):
        tasks.forget_unconfirmed()
    db.session.expire_all()
    assert [one.email for one in all_readers()] == ["thu@gmail.com"]
    assert client.get(page).status_code == 403


def test_a_member_sees_it_in_their_copy_and_leaves_with_their_account(world: World) -> None:
    with transaction():
        household = db.session.get_one(Person, world.household.id)
        household.email_confirmed_at = clock.now()
    reader("household@demo.vn")
    who = Identity("Người dùng 1", person_id=world.household.id)
    rows = copied(who)["news"]["newsletter_subscriptions"]
    assert rows[0]["email"] == "household@demo.vn" and "address_hash" not in rows[0]
    with transaction():
        erase(who)
    (left,) = all_readers()
    assert (left.state, left.email) == (S.ENDED, None)


def test_history_and_keys_hold_no_address(client: ReadingClient, world: World) -> None:
    reader("lan.nguyen@gmail.com")
    told = str([entry.data for entry in db.session.scalars(select(AuditEntry))])
    assert "lan.nguyen" not in told
    assert client.get("/newsletter/stop/eyJ4IjoxfQ.made-up-by-somebody").status_code == 404
    assert not re.search(r"\[\[", keys.cut(letters_to("lan.nguyen@gmail.com")[0].text))
