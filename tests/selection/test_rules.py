"""The legal order of preference is dated data: officers add and end steps, what was decided stays as it was."""

from __future__ import annotations

import datetime as dt

import pytest

from marketplace.foundation import clock
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.selection import queries, services
from marketplace.selection.models import PreferenceRule
from marketplace.selection.reference import PREFERENCE, load_rules
from tests.client import ReadingClient
from tests.fairs.hall import Fairground, fairground
from tests.world import World

BEFORE = [code for code, *_ in PREFERENCE]


@pytest.fixture
def ground(world: World) -> Fairground:
    with transaction():
        load_rules()
    return fairground(world, call_is_open=True, in_days=20)


def order(ground: Fairground) -> list[str]:
    db.session.expire_all()
    return [step.code for step in queries.preference_rules(ground.call)]


def add(
    world: World, words: str, after: PreferenceRule | None, valid_from: dt.date | None = None
) -> PreferenceRule:
    with transaction():
        return services.add_step(
            words_vi=words,
            words_en="",
            source="Nghị định 1",
            ticked=True,
            valid_from=valid_from or clock.today(),
            after=after,
            by=world.officer,
        )


def test_a_step_comes_right_where_it_is_put(world: World, ground: Fairground) -> None:
    second = queries.preference_rules(ground.call)[1]
    add(world, "Mới một", second)
    add(world, "Mới hai", second)
    first = add(world, "Mới ba", None)
    assert order(ground) == ["moi-ba", *BEFORE[:2], "moi-hai", "moi-mot", *BEFORE[2:]]
    assert "Mới ba" in str(history_of("preference_rule", first.id)[0].sentence)


def test_a_step_that_ended_counts_no_more_and_a_coming_one_not_yet(world: World, ground: Fairground) -> None:
    closes = clock.to_local(ground.call.closes_at).date()
    first = queries.preference_rules(ground.call)[0]
    with transaction():
        services.end_step(step=first, last_day=closes - dt.timedelta(days=1), by=world.officer)
    add(world, "Sau này", None, closes + dt.timedelta(days=1))
    assert order(ground) == BEFORE[1:]
    add(world, "Kịp", None, closes)
    assert order(ground) == ["kip", *BEFORE[1:]]


def test_calls_that_closed_keep_their_order(world: World, ground: Fairground) -> None:
    yesterday = clock.today() - dt.timedelta(days=1)
    with pytest.raises(Refusal, match="Sớm nhất từ hôm nay"):
        add(world, "Hồi tố", None, yesterday)
    db.session.rollback()
    with pytest.raises(Refusal, match="Sớm nhất là hôm nay"), transaction():
        services.end_step(step=queries.preference_rules(ground.call)[0], last_day=yesterday, by=world.officer)
    assert order(ground) == BEFORE


def test_officers_change_the_order_on_its_page(
    world: World, ground: Fairground, client: ReadingClient
) -> None:
    client.sign_in("officer@demo.vn")
    page = "/office/selection/rules"
    assert "Thứ tự ưu tiên theo luật" in client.get(page).get_data(as_text=True)
    step = queries.preference_rules(ground.call)[2]
    fields = {
        "words_vi": "Ở xã đảo", "words_en": "On an island", "source": "Nghị quyết 5", "ticked": "1",
        "after": str(step.id), "valid_from": clock.today().isoformat(),
    }  # fmt: skip
    refused = client.send(f"{page}/order", {**fields, "source": ""})
    assert refused.status_code == 422 and "Ở xã đảo" in refused.get_data(as_text=True)
    assert client.send(f"{page}/order", fields).status_code == 303
    assert order(ground) == [*BEFORE[:3], "o-xa-dao", *BEFORE[3:]]
    ended = {"last_day": (clock.today() - dt.timedelta(days=2)).isoformat()}
    assert client.send(f"{page}/order/{step.id}/end", ended).status_code == 422
    ended = {"last_day": clock.today().isoformat()}
    assert client.send(f"{page}/order/{step.id}/end", ended).status_code == 303
    assert order(ground) == [*BEFORE[:2], "o-xa-dao", *BEFORE[3:]]


def test_applicants_do_not_touch_it(world: World, ground: Fairground, client: ReadingClient) -> None:
    client.sign_in("donglac@demo.vn")
    step = queries.preference_rules(ground.call)[0]
    for path in ("/order", f"/order/{step.id}/end"):
        told = client.send(f"/office/selection/rules{path}", {"last_day": clock.today().isoformat()})
        assert told.status_code in (403, 404)
    assert order(ground) == BEFORE
