"""Choosing another way to pay."""

from __future__ import annotations

from typing import Any

from wtforms import HiddenField

from marketplace.foundation.web.fields import Needed, RadioField
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _l
from marketplace.orders import methods
from marketplace.orders.models import Order
from marketplace.orders.states import METHOD_LABELS, Method


class MethodForm(Form):
    """`seen` is how it was to be paid when the page was opened."""

    seen = HiddenField()
    method = RadioField(_l("How do you want to pay?"), [Needed(_l("Please choose how you pay."))])

    def __init__(self, order: Order, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.method.choices = [(str(each), METHOD_LABELS[each]) for each in methods.others(order)]
        self.now = order.method
        if not self.is_submitted():
            self.seen.data = str(order.method)

    @property
    def was(self) -> Method:
        """What the buyer saw; what it is now where the page does not say."""
        return Method(self.seen.data) if self.seen.data in set(Method) else self.now
