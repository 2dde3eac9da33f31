"""What an officer was told of weeks ahead, shown to the cooperative: right, or wrong?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _
from marketplace.inbox import queries as inbox
from marketplace.inbox import services
from marketplace.inbox.models import Entry
from marketplace.supply.models import Forecast
from marketplace.supply.states import ForecastSource

KIND = "forecast"


def note(versions: Sequence[Forecast], by: Any) -> None:
    """One question about all weeks of a sending; nothing when the cooperative said them itself."""
    told = [each for each in versions if each.source is ForecastSource.OFFICER and each.told_by]
    if not told:
        return
    first = told[0]
    product = first.stock.product
    services.write_down(
        kind=KIND,
        subject_id=product.id,
        turn=turn_of(first),
        organisation_id=product.cooperative.organisation_id,
        what=lambda: _in_words(told),
        told_by=first.told_by,
        url=f"/desk/supply/weeks/{first.stock_id}",
        office_url=f"/office/supply/weeks/{first.stock_id}",
        by=by,
    )


def turn_of(version: Forecast) -> str:
    """The sending it came with, or itself."""
    stock = version.stock
    return f"{stock.grade}|{version.sent}" if version.sent else f"{stock.id}:{version.version}"


def asked_about(versions: Sequence[Forecast]) -> dict[int, Entry]:
    """Version id → what the cooperative says of it, for versions of one product."""
    told = {each.id: turn_of(each) for each in versions if each.source is ForecastSource.OFFICER}
    if not told:
        return {}
    entries = inbox.entries_about(KIND, versions[0].stock.product_id, set(told.values()))
    return {id: entries[turn] for id, turn in told.items() if turn in entries}


def _in_words(versions: Sequence[Forecast]) -> str:
    """ "Cà rốt Đồng Lạc, tuần 10: 12 tấn, tuần 11: 8 tấn"."""
    stock = versions[0].stock
    weeks = ", ".join(
        _(
            "week %(week)s: %(amount)s",
            week=each.stock.iso_week.week,
            amount=formats.amount(each.likely, each.stock.unit, locale()),
        )
        for each in versions
    )
    goods = stock.product.name
    if stock.grade:
        goods = f"{goods}, {_('grade %(grade)s', grade=stock.grade)}"
    return f"{goods}, {weeks}"
