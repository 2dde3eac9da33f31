"""Choosing a commune by typing its old or new name; works without JavaScript by offering what fits."""

from __future__ import annotations

from typing import Any

import wtforms
from wtforms.widgets import TextInput

from marketplace.foundation.words import _
from marketplace.places import queries


class UnitField(wtforms.Field):
    """`data` is the typed text; `unit_id` the chosen unit, or None; `options` what to choose among.

    The form sends <name> (text) and <name>_unit (the chosen id). One match is taken; several are offered.
    """

    widget = TextInput()

    def __init__(self, *args: Any, needed: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.needed = needed
        self.unit_id: int | None = None
        self.options: list[queries.UnitHit] = []

    def process(
        self, formdata: Any, data: Any = wtforms.utils.unset_value, extra_filters: Any = None
    ) -> None:
        super().process(formdata, data, extra_filters)
        if formdata is None or self.name not in formdata:
            return
        self.data = formdata.get(self.name, "").strip()[:120]
        chosen = formdata.get(f"{self.name}_unit", "")
        self._match(int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) < 10 else None)

    def choose(self, unit_id: int) -> None:
        """Show a unit that is known already."""
        unit = queries.unit(unit_id)
        if unit is not None:
            self.unit_id, self.data = unit.id, queries.path_of(unit)

    def _match(self, chosen: int | None) -> None:
        if not self.data:
            return
        first = self.data.split(",")[0]
        self.options = queries.search_units(first)
        if chosen is not None and self._goes_with_the_words(chosen):
            self.unit_id = chosen
            return
        same = [hit for hit in self.options if hit.path == self.data]
        if len(same) == 1 or len(self.options) == 1:
            self.unit_id = (same or self.options)[0].id

    def _goes_with_the_words(self, chosen: int) -> bool:
        """A choice made earlier no longer counts once another name was typed."""
        if any(hit.id == chosen for hit in self.options):
            return True
        unit = queries.unit(chosen)
        return unit is not None and unit.level == 3 and queries.path_of(unit) == self.data

    def pre_validate(self, form: Any) -> None:
        if self.unit_id is not None or (not self.data and not self.needed):
            return
        if not self.data:
            raise wtforms.ValidationError(_("Please write the name of your commune or ward."))
        if self.options:
            raise wtforms.ValidationError(_("Several places have this name: please choose yours below."))
        raise wtforms.ValidationError(
            _("We do not know this place. Please check the spelling; old names are fine.")
        )

    def _value(self) -> str:
        return self.data or ""
