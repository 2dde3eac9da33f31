"""Where it goes: one of the organisation's depots, or an address that is written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from marketplace.buyers.models import Depot
from marketplace.foundation.web.fields import Optional, RadioField
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _l
from marketplace.places import queries as places


class ToDepotForm(Form):
    """Depots first; `place` and `street` of the form are only written for another address."""

    depot = RadioField(_l("Choose the place"))
    depots: dict[str, Depot]

    def offer_depots(self, depots: Sequence[Depot], organisations: Sequence[Any]) -> None:
        self.depots = {depot.ref: depot for depot in depots}
        self.depot.choices = [
            *((d.ref, _named(d, organisations)) for d in depots),
            ("", _l("To another address")),
        ]
        self.depot.validate_choice = bool(depots)
        if self.chosen_depot is not None:
            place: Any = self["place"]
            place.needed, place.data, place.options = False, "", []
            self["street"].validators = [Optional()]

    @property
    def chosen_depot(self) -> Depot | None:
        return self.depots.get(self.depot.data or "")


def _named(depot: Depot, organisations: Sequence[Any]) -> str:
    """With its place; with the organisation too for somebody who buys for several."""
    told = f"{depot.name}, {places.short_label(depot.address)}"
    return f"{depot.organisation.name}: {told}" if len(organisations) > 1 else told
