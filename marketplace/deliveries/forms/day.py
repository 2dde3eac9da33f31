"""Which day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from marketplace.foundation import clock
from marketplace.foundation.web.fields import DateField, Optional
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _l


class DayForm(Form):
    """A day asked in the address of the page; without one, today."""

    day = DateField(_l("Day"), [Optional()])

    def __init__(self, values: Mapping[str, Any]) -> None:
        super().__init__(formdata=values or None)
        if self.validate():
            self.day.data = self.day.data or clock.today()

    def chosen(self) -> dt.date:
        day = None if self.day.errors else self.day.data
        return day or clock.today()
