"""The worker's pulse: a row it renews every minute, so that anybody can tell whether it lives."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Integer
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation import clock
from marketplace.foundation.db.base import Model, db
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.db.types import UtcDateTime
from marketplace.foundation.jobs import job

SILENCE = dt.timedelta(minutes=3)


class Pulse(Model):
    __tablename__ = "worker_pulse"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


@job(every_minutes=1)
def beat() -> None:
    """I am here."""
    in_transaction(lambda: db.session.merge(Pulse(id=1, at=clock.now())))


def alive() -> bool:
    """The worker gave a sign within the last three minutes."""
    pulse = db.session.get(Pulse, 1)
    return pulse is not None and clock.now() - pulse.at < SILENCE
