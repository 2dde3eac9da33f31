"""The last beats of a view that does something: the service in one transaction, then the answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from marketplace.foundation.db import transaction
from marketplace.foundation.web.forms import Form
from marketplace.foundation.web.pages import flash

F = TypeVar("F", bound=Form)
T = TypeVar("T")


def acted(
    form: F, act: Callable[[], T], said: Any, *, then: Callable[[T], Any], again: Callable[[F], Any]
) -> Any:
    """What the form asks for is done, `said` is read on the next page, to which `then` leads with what `act` gave. A
    form that is not in order, or that the service refuses, stands on the page that `again` makes of it."""
    if form.submitted():
        with form.reporting(), transaction():
            made = act()
            flash(said)
            return then(made)
    return again(form)
