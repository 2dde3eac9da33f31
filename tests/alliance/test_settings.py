"""Settings of the alliance: dated, reasoned, taken back, and read by everybody at once."""

from __future__ import annotations

import datetime as dt
import io
import random
from dataclasses import replace
from typing import Any

import pypdf
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from marketplace import config
from marketplace.accounts import queries as accounts
from marketplace.alliance import queries, services
from marketplace.alliance.models import SettingChange
from marketplace.alliance.named import NAMED
from marketplace.alliance.overlay import over
from marketplace.foundation import clock, mail
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Conflict, Refusal
from marketplace.foundation.mail import outbox
from marketplace.foundation.papers import press
from marketplace.foundation.web.pages import text_of
from marketplace.places import queries as places
from tests.accounts.four_eyes import agreed, second_officer
from tests.client import ReadingClient, another
from tests.statements import queries_sent
from tests.world import World

BASE = "/office/settings"


def changed(
    name: str, value: Any, ahead: int = 0, why: str = "Nghị quyết 12", by: Any = None
) -> SettingChange:
    with transaction():
        day = clock.today() + dt.timedelta(days=ahead)
        return services.change(name=name, value=value, from_day=day, reason=why, by=by)


def value_on(name: str, day: dt.date) -> Any:
    rows = db.session.execute(queries.CHANGES).all()
    return getattr(over(config.Settings(), queries.values_on(rows, day)), name)


# --- what is declared --------------------------------------------------------------------------------


def test_every_setting_of_the_office_has_a_rule_and_its_default_keeps_it() -> None:
    assert set(NAMED) <= set(config.RULES)
    for name in NAMED:
        rule, default = config.RULES[name], getattr(config.Settings, name)
        assert rule.read(rule.write(default)) == default, name


@pytest.mark.parametrize(
    "name",
    ["secret_key", "database_url", "stripe_secret_key", "base_url", "four_eyes", "mail_from", "nothing"],
)
def test_secrets_and_addresses_are_never_the_offices(app: Any, name: str) -> None:
    with pytest.raises(Refusal):
        changed(name, "x")


def test_the_office_is_held_to_the_rule_of_the_environment(app: Any) -> None:
    for value in (0, 241, -1, "x"):
        with pytest.raises(Refusal) as refused:
            changed("order_answer_hours", value)
        assert refused.value.field == "value"
        with pytest.raises(config.OddSetting, match="ORDER_ANSWER_HOURS"):
            config.load({"SECRET_KEY": "x" * 20, "ORDER_ANSWER_HOURS": str(value)})
    with pytest.raises(Refusal) as early:
        changed("order_answer_hours", 5, ahead=-1)
    assert early.value.field == "from_day"
    with pytest.raises(Refusal) as why:
        changed("order_answer_hours", 5, why=" ")
    assert why.value.field == "reason"


# --- dated and taken back ------------------------------------------------------------------------------


def test_a_change_holds_from_its_day_and_everybody_reads_it(app: Any) -> None:
    today = clock.today()
    assert config.current().order_answer_hours == 12
    changed("order_answer_hours", 6)
    assert config.current().order_answer_hours == 6
    changed("order_answer_hours", 8, ahead=10)
    assert config.current().order_answer_hours == 6
    for ahead, hours in ((-1, 12), (0, 6), (9, 6), (10, 8), (400, 8)):
        assert value_on("order_answer_hours", today + dt.timedelta(days=ahead)) == hours
    app.extensions["settings"] = replace(app.extensions["settings"], order_answer_hours=20)
    assert config.current().order_answer_hours == 6
    changed("order_answer_hours", None)
    assert config.current().order_answer_hours == 20


def test_a_change_is_taken_back_once_and_by_a_row_of_its_own(app: Any) -> None:
    first = changed("dispute_days", 9)
    second = changed("dispute_days", 11)
    with transaction(), pytest.raises(Refusal):
        services.take_back(change=db.session.get(SettingChange, first.id), reason="Nhầm")
    with transaction():
        services.take_back(change=db.session.get(SettingChange, second.id), reason="Nhầm")
    assert config.current().dispute_days == 9
    with transaction(), pytest.raises(Refusal):
        services.take_back(change=db.session.get(SettingChange, second.id), reason="Nhầm nữa")
    assert len(queries.history_of("dispute_days")) == 3
    ahead = changed("dispute_days", 30, ahead=5)
    with transaction():
        back = services.take_back(change=db.session.get(SettingChange, ahead.id), reason="Hoãn")
        assert back.from_day == ahead.from_day
    assert value_on("dispute_days", clock.today() + dt.timedelta(days=60)) == 9


@pytest.mark.parametrize("act", ["UPDATE setting_changes SET value = '1'", "DELETE FROM setting_changes"])
def test_what_was_changed_stays_as_it_was_written(app: Any, act: str) -> None:
    changed("dispute_days", 9)
    with pytest.raises((DBAPIError, Conflict)), transaction():
        db.session.execute(text(act))


@pytest.mark.parametrize("seed", range(4))
def test_random_changes_and_reversals_equal_a_list_of_days(app: Any, seed: int) -> None:
    """The model: what each day of two months would show, repainted by every act from its day to the next one's."""
    chance, today, span = random.Random(seed), clock.today(), 60
    rows: list[tuple[int, int, int | None]] = []  # (day, number, value), in the order of being written

    def painted() -> list[int | None]:
        shown: list[int | None] = [None] * span
        for day, _number, value in sorted(rows, key=lambda row: row[:2]):
            shown[day:] = [value] * (span - day)
        return shown

    made: dict[int, SettingChange] = {}
    for number in range(25):
        if made and chance.random() < 0.35:
            chosen = chance.choice(sorted(made))
            day = next(row[0] for row in rows if row[1] == chosen)
            order = sorted(rows, key=lambda row: row[:2])
            place = [row[1] for row in order].index(chosen)
            later = [row for row in order[place + 1 :] if row[0] <= day]
            before = order[place - 1][2] if place else None
            with transaction():
                row = db.session.get(SettingChange, made[chosen].id)
                if later:
                    with pytest.raises(Refusal):
                        services.take_back(change=row, reason="Thử")
                    continue
                services.take_back(change=row, reason="Thử")
            del made[chosen]
            rows.append((day, number, before))
        else:
            day, value = chance.randrange(span), chance.choice([None, *range(1, 60)])
            made[number] = changed("dispute_days", value, ahead=day)
            rows.append((day, number, value))
        shown = painted()
        for ahead in range(span):
            expected = config.Settings.dispute_days if shown[ahead] is None else shown[ahead]
            assert value_on("dispute_days", today + dt.timedelta(days=ahead)) == expected


# --- who reads it ----------------------------------------------------------------------------------------


def test_names_change_everywhere_without_a_restart(world: World, client: ReadingClient) -> None:
    assert "Liên minh HTX tỉnh Hải Dương" in client.get("/").text
    changed("alliance_name", "Liên minh HTX tỉnh Nghệ An", by=world.officer)
    for path in ("/", "/about", "/en/"):
        page = client.get(path).text
        assert "Liên minh HTX tỉnh Nghệ An" in page and "Hải Dương Cooperative Alliance" not in page, path
    assert accounts.alliance().name == "Liên minh HTX tỉnh Nghệ An"
    changed("alliance_name_en", "Nghệ An Cooperative Alliance")
    assert "Nghệ An Cooperative Alliance" in client.get("/en/").text
    changed("alliance_phone", "0238 384 4000")
    assert "0238 384 4000" in client.get("/").text


def test_a_changed_name_reaches_papers_the_calendar_of_fairs_and_the_sender(
    world: World, client: ReadingClient
) -> None:
    changed("alliance_name", "Liên minh HTX tỉnh Nghệ An")
    changed("alliance_place", "Nghệ An")
    changed("site_name", "Chợ xứ Nghệ")
    html = text_of("layout/print.html", pressed=True)
    assert "Liên minh HTX tỉnh Nghệ An" in html and "Hải Dương" not in html
    try:
        pressed = press.pdf(html)
    except press.NoPress as missing:
        pytest.skip(str(missing))
    told = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pressed)).pages)
    assert "Liên minh HTX tỉnh Nghệ An" in " ".join(told.split())
    feed = client.open("/fairs.ics").get_data(as_text=True)
    assert "Chợ xứ Nghệ" in feed.replace("\r\n ", "") and "Chợ HTX" not in feed
    with transaction():
        letter = mail.post(key="name", recipient="xa@thu.vn", subject="Mùa", text="…", html="<p>…</p>")
    assert letter is not None and outbox._message(letter)["From"].startswith("Chợ xứ Nghệ <")


def test_the_settings_cost_a_page_no_statement(world: World, client: ReadingClient) -> None:
    client.sign_in("officer@demo.vn")
    client.get("/office")
    with queries_sent() as before:
        client.get("/office")
    changed("dispute_days", 9)
    client.get("/office")
    with queries_sent() as after:
        client.get("/office")
    assert len(before) == len(after) and not any("setting_changes" in each for each in after)


def test_a_value_that_no_longer_fits_its_rule_does_not_count(app: Any) -> None:
    assert over(config.Settings(), {"dispute_days": "9999", "nothing": "1"}).dispute_days == 7


# --- its pages ---------------------------------------------------------------------------------------------


def test_an_administrator_changes_a_setting_and_takes_it_back(world: World, client: ReadingClient) -> None:
    client.sign_in("officer@demo.vn")
    for language in ("", "/en"):
        for path in ("", "?q=don+hang", "?q=zzz", "?day=2020-01-01", "?day=never"):
            assert client.get(f"{language}{BASE}{path}").status_code == 200, path
    for name in NAMED:
        if NAMED[name].labels or NAMED[name].law or NAMED[name].may_be_empty:
            assert client.get(f"{BASE}/{name}").status_code == 200, name
    page = f"{BASE}/order_answer_hours"
    bad = client.send(page, data={"value": "999", "from_day": "01/01/2020", "reason": ""})
    assert bad.status_code == 422 and "999" in bad.text and "01/01/2020" in bad.text
    today = f"{clock.today():%d/%m/%Y}"
    told = {"value": "6", "from_day": today, "reason": "Hội nghị tháng 11"}
    looked = client.send(page, data=told)
    assert looked.status_code == 200 and "6 giờ" in looked.text and config.current().order_answer_hours == 12
    assert client.send(page, data=told | {"sure": "y"}).status_code == 303
    assert config.current().order_answer_hours == 6
    shown = client.get(page).text
    assert "Hội nghị tháng 11" in shown
    back = f"{page}/changes/{queries.history_of('order_answer_hours')[0].id}/reversal"
    assert client.get(back).status_code == 200
    assert client.send(back, data={"reason": ""}).status_code == 422
    assert client.send(back, data={"reason": "Nhầm"}).status_code == 303
    assert config.current().order_answer_hours == 12
    assert client.send(back, data={"reason": "Nhầm"}).status_code == 422
    assert client.send(f"{page}/house", data={"reason": "Về mặc định"}).status_code == 303
    assert client.get(f"{BASE}/secret_key").status_code == 404
    assert client.get(f"{page}/changes/99999/reversal").status_code == 404


def test_each_kind_of_field_is_kept_as_its_rule_reads_it(world: World, client: ReadingClient) -> None:
    client.sign_in("officer@demo.vn")
    province = places.provinces()[0][0]
    kept = {
        "payment_reminder_days": ("-5 2", (-5, 2)),
        "weighing_silence": ("refused", "refused"),
        "settlement_weekday": ("3", 3),
        "fair_filed_kinds": (["fair", "online"], ("fair", "online")),
        "alliance_provinces": ([province], (province,)),
        "alliance_name_en": ("Alliance", "Alliance"),
    }
    for name, (written, value) in kept.items():
        told = {"value": written, "from_day": f"{clock.today():%d/%m/%Y}", "reason": "Thử", "sure": "y"}
        assert client.send(f"{BASE}/{name}", data=told).status_code == 303, name
        assert getattr(config.current(), name) == value, name
        assert client.get(f"{BASE}/{name}").status_code == 200
    for name, written in (
        ("payment_reminder_days", "x"),
        ("weighing_silence", "perhaps"),
    ):
        told = {"value": written, "from_day": f"{clock.today():%d/%m/%Y}", "reason": "Thử", "sure": "y"}
        assert client.send(f"{BASE}/{name}", data=told).status_code == 422, name


def test_others_do_not_change_settings(world: World, client: ReadingClient) -> None:
    guest = another(client.application)
    assert guest.get(BASE).status_code in {302, 303, 401, 403}
    client.sign_in("donglac@demo.vn")
    assert client.get(BASE).status_code in {403, 404}
    assert client.send(f"{BASE}/dispute_days", data={"value": "9"}).status_code in {403, 404}


def test_a_setting_about_money_needs_a_second_administrator(world: World, client: ReadingClient) -> None:
    assert {name for name in NAMED if NAMED[name].is_money} == {
        "card_least",
        "card_most",
        "deposit_refusal_percent",
    }
    second = second_officer(client.application)
    client.sign_in("officer@demo.vn")
    page, today = f"{BASE}/card_least", f"{clock.today():%d/%m/%Y}"
    told = {"value": "20000", "from_day": today, "reason": "Phí thẻ tăng", "sure": "y"}
    assert client.send(page, data=told | {"value": "-1"}).status_code == 422
    assert client.send(page, data=told).status_code == 303
    assert config.current().card_least == 15_000
    assert client.send(page, data=told).status_code == 422
    agreed(client, second, "money-settings")
    assert config.current().card_least == 20_000
    change = queries.history_of("card_least")[0]
    assert change.reason == "Phí thẻ tăng" and change.by_id != world.officer.id
    back = f"{page}/changes/{change.id}/reversal"
    assert client.send(back, data={"reason": "Nhầm"}).status_code == 303
    assert config.current().card_least == 20_000
    agreed(client, second, "money-settings")
    assert config.current().card_least == 15_000
    assert client.send(page, data=told).status_code == 303
    agreed(client, second, "money-settings")
    assert client.send(f"{page}/house", data={"reason": "Về như cũ"}).status_code == 303
    agreed(client, second, "money-settings")
    assert config.current().card_least == 15_000
    other = f"{BASE}/order_answer_hours"
    assert client.send(other, data=told | {"value": "6"}).status_code == 303
    assert config.current().order_answer_hours == 6
