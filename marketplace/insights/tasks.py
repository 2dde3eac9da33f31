"""What the worker adds up: each minute the days on which something happened, each night everything."""

from __future__ import annotations

from functools import partial

from sqlalchemy import exists, select

from marketplace.foundation.db import db
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.jobs import job
from marketplace.insights import services
from marketplace.insights.models import TradeMark


@job(every_minutes=1)
def count_trade() -> int:
    """How many days were added up anew."""
    if db.session.scalar(select(exists().where(TradeMark.day.is_(None)))):
        return count_all_trade()
    told = 0
    while db.session.scalar(select(exists().where(TradeMark.day.is_not(None)))):
        told += in_transaction(services.count_marked)
    return told


@job(every_minutes=60 * 24, patient=True)
def count_all_trade() -> int:
    """Every month, whatever is marked; how many said something else before."""
    months = in_transaction(services.count_everything)
    return sum(in_transaction(partial(services.count_month, month)) for month in months)
