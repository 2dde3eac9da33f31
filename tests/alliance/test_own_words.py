"""Letters and pages in the alliance's own words: looked at, kept, read by people, taken back."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from flask import Flask

from marketplace.accounts import letters as accounts
from marketplace.alliance import queries, services
from marketplace.foundation import clock, wording
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.mail import Letter
from marketplace.foundation.wording import WORDINGS
from marketplace.foundation.words import LANGUAGES, in_language
from marketplace.inbox import services as inbox
from marketplace.inbox.letters import LETTERS
from marketplace.inbox.models import Notice
from tests.client import ReadingClient, another
from tests.statements import queries_sent
from tests.world import World

BASE = "/office/settings/words"
NAME = "letter.entries.denied"


def say(name: str, said: Any, ahead: int = 0) -> None:
    with transaction():
        services.change(
            name=name, value=said, from_day=clock.today() + dt.timedelta(days=ahead), reason="Cho gần dân hơn"
        )


def words(kind: str = "entries.denied", locale: str = "vi") -> tuple[str, str]:
    return inbox.words_of(LETTERS[kind], locale, LETTERS[kind].sample())


# --- what is declared ------------------------------------------------------------------------------


def test_every_letter_can_be_said_otherwise_and_its_example_fills_all(app: Flask) -> None:
    assert {letter.words for letter in LETTERS.values()} <= set(WORDINGS)
    for kind, letter in LETTERS.items():
        if kind.startswith("tests."):
            continue
        known = WORDINGS[letter.words]
        assert len(known.name) <= 60, kind
        for locale in LANGUAGES:
            example = known.example(locale)
            assert set(example) == set(known.fillings()), kind
            with in_language(locale):
                for part in ("subject", "sentence"):
                    house = known.houses(known.part(part), locale)
                    told = wording.filled(house, example)
                    assert told == str(getattr(letter, part)) % letter.sample(), (kind, part)


def test_what_cannot_be_filled_in_is_refused(app: Flask) -> None:
    for said in (
        {"vi": {"subject": "Đơn {gia}"}},
        {"vi": {"subject": "Đơn {organisation"}},
        {"vi": {"subject": "Đơn {organisation.name}"}},
        {"vi": {"subject": "x" * 151}},
        {"fr": {"subject": "Bonjour"}},
        {"vi": {"headline": "Chào"}},
    ):
        with pytest.raises(Refusal):
            say(NAME, said)
    assert wording.odd_fillings("{a} {b} }", {"a"}) == ["{b}", "}"]


# --- who reads them --------------------------------------------------------------------------------


def test_letters_and_notices_are_written_in_own_words(world: World, app: Flask) -> None:
    house = words()
    say(NAME, {"vi": {"subject": "{organisation} báo sai", "closing": "Thân ái!\nVăn phòng Liên minh"}})
    say("letters", {"vi": {"closing": "Liên minh luôn đồng hành cùng bà con."}})
    assert words()[0] == "HTX Dịch vụ nông nghiệp Đồng Lạc báo sai" and words()[1] == house[1]
    assert words(locale="en")[0].endswith("says that something is wrong")
    with transaction():
        inbox.tell(
            kind="entries.denied",
            url="/office/entries",
            key="own-words",
            person_id=world.officer.id,
            organisation="HTX <b>Sen</b>",
            what="Cà rốt",
            words="Chỉ 8 tấn",
        )
    letter = db.session.query(Letter).order_by(Letter.id.desc()).first()
    assert letter is not None and letter.subject == "HTX <b>Sen</b> báo sai"
    for text in (letter.text, letter.html):
        assert "Văn phòng Liên minh" in text and "Liên minh luôn đồng hành cùng bà con." in text
    assert "<b>Sen" not in letter.html and "Thân ái!</p>" in letter.html
    notice = db.session.query(Notice).order_by(Notice.id.desc()).first()
    assert notice is not None and notice.subject_vi == "HTX <b>Sen</b> báo sai"
    say("letters", None)
    assert (
        "đồng hành"
        not in inbox.written(LETTERS["entries.denied"], "An", "vi", "/", LETTERS["entries.denied"].sample())[
            1
        ]
    )


def test_letters_about_accounts_are_said_otherwise_and_stay_safe(
    app: Flask, world: World, client: ReadingClient
) -> None:
    for each in accounts.LETTERS.values():
        known = WORDINGS[each.words]
        for locale in LANGUAGES:
            assert set(known.example(locale)) == set(known.fillings()), each.name
    client.sign_in("officer@demo.vn")
    page = client.get("/office/letters?q=mat+khau").text
    assert f"{BASE}/account.reset" in page
    own = {
        "subject_vi": "Mật khẩu mới cho ông bà",
        "sentence_vi": "Có người xin mật khẩu mới.",
        "reason": "Cho dễ hiểu",
    }
    page = client.get(f"{BASE}/account.reset").text
    names = dict(re.findall(r'name="((?:subject|sentence|closing)_(?:vi|en))"()', page))
    assert set(own) - {"reason"} <= set(names)
    sent = {**own, "closing_vi": "Văn phòng Liên minh", "from_day": f"{clock.today():%d/%m/%Y}"}
    assert client.send(f"{BASE}/account.reset", sent).status_code == 200
    assert client.send(f"{BASE}/account.reset", {**sent, "sure": "y"}).status_code == 303
    values = {"url": "http://cho.vn/reset/k"}
    subject, text, html = accounts.written(accounts.LETTERS["reset"], "vi", values)
    assert subject == "Mật khẩu mới cho ông bà"
    for told in (text, html):
        assert "Có người xin mật khẩu mới." in told and "Văn phòng Liên minh" in told
        assert "một giờ" in told and "http://cho.vn/reset/k" in told
    assert accounts.written(accounts.LETTERS["reset"], "en", values)[0] == "Choose a new password"
    for each in accounts.LETTERS.values():
        for locale in LANGUAGES:
            assert client.get(f"/office/letters/{each.words}/{locale}").status_code == 200
    assert client.get("/office/letters/account.nothing/vi").status_code == 404
    assert "Mật khẩu mới cho ông bà" in client.get("/office/letters?q=mat+khau").text
    with transaction():
        row = queries.history_of("account.reset")[0]
        services.take_back(change=row, reason="Nhầm")
    assert accounts.written(accounts.LETTERS["reset"], "vi", values)[0] != subject


def test_they_hold_from_their_day_and_back(app: Flask) -> None:
    house = words()
    say(NAME, {"vi": {"sentence": "Họ nói: {words}"}}, ahead=3)
    assert words() == house
    say(NAME, {"vi": {"sentence": "Bà con nhắn: {words}"}})
    assert words()[1] == "Bà con nhắn: Tuần 10 chỉ được 8 tấn"
    with transaction():
        row = next(each for each in queries.history_of(NAME) if each.from_day == clock.today())
        services.take_back(change=row, reason="Nhầm")
    assert words() == house


def test_words_that_no_longer_fit_do_not_count(app: Flask) -> None:
    from marketplace.alliance.overlay import own_words

    assert own_words({NAME: '{"vi": {"subject": "Đơn {gia}"}}', "nothing": "{}", "letters": "x"}) == {}
    say(NAME, {"vi": {"subject": "{organisation} báo sai"}})
    with in_language("vi"):
        assert wording.said(NAME, "subject", "Mẫu %(x)s", {"x": 1}) == "Mẫu 1"


def test_a_long_filling_does_not_make_a_subject_too_long(app: Flask) -> None:
    letter = LETTERS["entries.denied"]
    told = {**letter.sample(), "organisation": "HTX " * 100}
    assert len(inbox.words_of(letter, "vi", told)[0]) == 255


def test_writing_a_letter_asks_nothing_for_its_words(app: Flask) -> None:
    say(NAME, {"vi": {"subject": "{organisation} báo sai"}})
    words()
    with queries_sent() as sent:
        words()
    assert not any("setting_changes" in each for each in sent)


def test_the_page_about_us_speaks_in_own_words(world: World, client: ReadingClient) -> None:
    assert "là chợ nông sản của" in client.get("/about").text
    say(
        "page.about",
        {"vi": {"intro": "{market} do {alliance} lập ra.\nMời bà con ghé.", "contact": "Số 5 <phố> Sen"}},
    )
    page = client.get("/about").text
    assert "<p>Mời bà con ghé.</p>" in page and "Số 5 &lt;phố&gt; Sen" in page
    assert "là chợ nông sản của" not in page
    assert "produce market of" in client.get("/en/about").text


# --- its pages -------------------------------------------------------------------------------------


def test_an_administrator_looks_keeps_and_takes_back(world: World, client: ReadingClient) -> None:
    client.sign_in("officer@demo.vn")
    page = f"{BASE}/{NAME}"
    for language in ("", "/en"):
        assert client.get(f"{language}{page}").status_code == 200
    shown = client.get("/office/letters?q=noi+co+cho+sai").text
    assert (
        client.get("/office/letters?q=zzzz").status_code == 200 and NAME in client.get("/office/letters").text
    )
    assert shown.count("card-w") < 30
    told = {
        "subject_vi": "{organisation} nói {gia}",
        "sentence_vi": "",
        "closing_vi": "Cảm ơn anh chị",
        "from_day": f"{clock.today():%d/%m/%Y}",
        "reason": "Hội nghị tháng 11",
    }
    bad = client.send(page, data=told)
    assert bad.status_code == 422 and "{gia}" in bad.text and "Cảm ơn anh chị" in bad.text
    told["subject_vi"] = "Có chỗ chưa đúng rồi"
    looked = client.send(page, data=told)
    assert (
        looked.status_code == 200
        and "Có chỗ chưa đúng rồi" in looked.text
        and "{organisation}" in looked.text
    )
    assert not wording.said_otherwise(NAME)
    assert client.send(page, data=told | {"sure": "y"}).status_code == 303
    assert words()[0] == "Có chỗ chưa đúng rồi"
    assert "Có chỗ chưa đúng rồi" in client.get("/office/letters").text
    assert "Cảm ơn anh chị" in client.get("/office/letters/entries.denied/vi").text
    assert "Hội nghị tháng 11" in client.get("/office/settings").text
    back = f"/office/settings/{NAME}/changes/{queries.history_of(NAME)[0].id}/reversal"
    assert client.get(back).status_code == 200
    assert client.send(back, data={"reason": "Nhầm"}).status_code == 303
    assert not wording.said_otherwise(NAME)
    assert client.send(page, data=told | {"sure": "y"}).status_code == 303
    assert client.send(f"{page}/house", data={"reason": ""}).status_code == 422
    assert client.send(f"{page}/house", data={"reason": "Về lời mẫu"}).status_code == 303
    assert not wording.said_otherwise(NAME)
    assert client.get(f"{BASE}/letter.nothing").status_code == 404


def test_others_do_not(world: World, client: ReadingClient) -> None:
    assert another(client.application).get(f"{BASE}/{NAME}").status_code in {302, 303, 401, 403}
    client.sign_in("donglac@demo.vn")
    assert client.get(f"{BASE}/{NAME}").status_code in {403, 404}
    assert client.send(f"{BASE}/{NAME}", data={"subject_vi": "x"}).status_code in {403, 404}
