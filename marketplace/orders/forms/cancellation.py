"""Calling off an agreed order."""

from __future__ import annotations

from typing import Any

from marketplace.foundation.web.fields import LineField, Needed, Optional, RadioField
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _l
from marketplace.orders.states import CANCEL_LABELS, CANCEL_REASONS, Side


class CancellationForm(Form):
    """Whether packed goods can be sold again is asked only when there are any."""

    reason = RadioField(_l("Why?"), [Needed(_l("Please choose a reason."))])
    words = LineField(_l("A few words to the other side"), [Optional()], longest=300)
    restock = RadioField(
        _l("Can the packed goods be sold again?"),
        [Needed(_l("Please say whether the packed goods can be sold again."))],
        choices=[
            ("yes", _l("Yes, put them back for sale")),
            ("no", _l("No, they are no longer fit for sale")),
        ],
    )

    def __init__(self, side: Side, packed: bool, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.reason.choices = [(str(reason), CANCEL_LABELS[reason]) for reason in CANCEL_REASONS[side]]
        if not packed:
            del self.restock

    @property
    def sold_again(self) -> bool | None:
        """None where nothing was packed."""
        return self.restock.data == "yes" if "restock" in self else None
