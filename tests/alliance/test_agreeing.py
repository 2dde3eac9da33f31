"""Settings that contradict each other are refused, on their day and on any later one."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from flask import Flask

from marketplace import config
from marketplace.alliance import queries, services
from marketplace.alliance.agreeing import AGREEMENTS, NOT_MORE, POINTS
from marketplace.alliance.models import SettingChange
from marketplace.alliance.named import NAMED
from marketplace.config import Settings
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from tests.client import ReadingClient
from tests.world import World


def changed(name: str, value: Any, ahead: int = 0) -> SettingChange:
    with transaction():
        day = clock.today() + dt.timedelta(days=ahead)
        return services.change(name=name, value=value, from_day=day, reason="Nghị quyết 12")


def refused(name: str, value: Any, ahead: int = 0) -> str:
    with pytest.raises(Refusal) as found:
        changed(name, value, ahead)
    assert found.value.field == "value"
    return str(found.value)


def test_as_the_market_comes_all_agree(app: Flask) -> None:
    assert not [each.odd(Settings()) for each in AGREEMENTS if each.odd(Settings())]
    assert all(each.about <= set(NAMED) for each in AGREEMENTS)


@pytest.mark.parametrize(("low", "high"), NOT_MORE)
def test_the_first_is_never_more_than_the_second(app: Flask, low: str, high: str) -> None:
    for other, highest in NOT_MORE:
        if other == low and highest != high:
            changed(highest, 90)
    top = getattr(config.current(), high)
    rule = config.RULES[low]
    assert isinstance(rule, config.Whole)
    if top + 1 <= rule.high:
        assert str(NAMED[high].label) in refused(low, top + 1)
    if top <= rule.high:
        changed(low, top)
        assert getattr(config.current(), low) == top
        above = config.RULES[high]
        assert isinstance(above, config.Whole)
        if top - 1 >= above.low:
            refused(high, top - 1)


def test_a_change_is_held_against_what_is_still_to_come(app: Flask) -> None:
    changed("complaint_days", 5, ahead=10)
    changed("complaint_days", 20, ahead=20)
    refused("complaint_confirm_days", 6)
    refused("complaint_confirm_days", 6, ahead=19)
    changed("complaint_confirm_days", 6, ahead=20)
    changed("complaint_confirm_days", 5)
    refused("complaint_days", 4, ahead=3)


def test_taking_back_is_held_against_the_others_too(app: Flask) -> None:
    longer = changed("complaint_days", 30)
    changed("complaint_confirm_days", 20)
    with pytest.raises(Refusal), transaction():
        services.take_back(change=db.session.get_one(SettingChange, longer.id), reason="Nhầm")
    refused("complaint_days", None)
    assert config.current().complaint_days == 30 and len(queries.history_of("complaint_days")) == 1


def test_reminders_are_few_and_warnings_come_before(app: Flask) -> None:
    refused("certificate_warning_days", (-1, 7))
    refused("fair_warning_days", (-1, 7))
    refused("report_reminder_days", tuple(range(1, 14)))
    changed("report_reminder_days", tuple(range(-6, 6)))
    changed("certificate_warning_days", (0, 90, 30))
    assert config.current().certificate_warning_days == (0, 30, 90)


def test_somebody_can_still_be_told(app: Flask) -> None:
    changed("match_least", 100)
    refused("match_volume", 49)
    with transaction():
        for name in POINTS[1:]:
            services.change(name=name, value=30, from_day=clock.today(), reason="Đổi điểm")
    changed("match_volume", 10)
    refused("match_volume", 9)


def test_the_page_says_it_beside_the_field_and_keeps_what_was_typed(
    world: World, client: ReadingClient
) -> None:
    client.sign_in("officer@demo.vn")
    told = {"value": "16", "from_day": f"{clock.today():%d/%m/%Y}", "reason": "Theo quy chế", "sure": "y"}
    for language in ("", "/en"):
        page = client.send(f"{language}/office/settings/complaint_confirm_days", data=told)
        assert page.status_code == 422 and "Theo quy chế" in page.text and 'value="16"' in page.text
        assert 'id="value-error"' in page.text
