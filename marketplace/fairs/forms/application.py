"""What a cooperative fills in for a fair, one form for each step."""

from __future__ import annotations

from typing import Any

from flask import request

from marketplace.cooperatives import queries as cooperatives
from marketplace.cooperatives.models import Cooperative
from marketplace.fairs import queries
from marketplace.fairs.models import FairApplication, Wish
from marketplace.fairs.services import Wished
from marketplace.fairs.states import WishKind
from marketplace.foundation.web.fields import (
    ChoiceField,
    LineField,
    ManyField,
    Optional,
    RadioField,
    TextField,
    TickField,
    WholeField,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.web.rows import Row, Rows
from marketplace.foundation.words import _, _l, _ln

HALVES = (1, 2, 4, 6, 8, 10, 12)


def booths_in_words(halves: int) -> Any:
    """ "half a booth", "2 booths"."""
    return _("Half a booth") if halves == 1 else _ln("%(num)s booth", "%(num)s booths", halves // 2)


class GoodsForm(Form):
    """Products of the catalogue, the main one, and how many booths."""

    products = ManyField(_l("Which products do you bring?"), coerce=int)
    main = ChoiceField(
        _l("Which is the main one?"),
        [Optional()],
        id="main-product",
        description=_l("It decides among which goods you stand."),
    )
    halves = RadioField(_l("How much space do you want?"), coerce=int)
    least = RadioField(_l("If less is free, what is the least you would take?"), coerce=int)

    def __init__(self, asked: FairApplication, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.offered = {each.id: each for each in queries.products_to_bring(asked.application.cooperative_id)}
        names = [(each.id, each.name) for each in self.offered.values()]
        self.products.choices = names
        self.main.choices = [("", _("The first I ticked")), *[(str(id), name) for id, name in names]]
        self.halves.choices = [(each, booths_in_words(each)) for each in HALVES]
        self.least.choices = [(0, _("Only what I ask for")), *self.halves.choices[:-1]]
        if not self.is_submitted():
            brought = [each.product_id for each in asked.products]
            self.products.data = brought
            self.main.data = str(brought[0]) if brought else ""
            self.halves.data = asked.halves
            self.least.data = 0 if asked.least == asked.halves else asked.least

    def values(self) -> dict[str, Any]:
        ticked = [id for id in self.products.data or [] if id in self.offered]
        main = int(self.main.data) if self.main.data else None
        ordered = sorted(ticked, key=lambda id: id != main)
        return {
            "products": [self.offered[id] for id in ordered],
            "halves": self.halves.data,
            "least": self.least.data or None,
        }


def wish_told(wish: Wish) -> str:
    """ "A03", "Zone A", "a corner"."""
    if wish.booth is not None:
        return wish.booth.code
    return wish.zone.name if wish.zone is not None else _("a corner")


class WishRow(Row):
    """A zone, a corner, or one booth by its number."""

    matters = ("what", "booth")
    what = ChoiceField(_l("What you wish"), [Optional()])
    booth = LineField(_l("Number of the booth, if you mean a certain one"), [Optional()], longest=12)
    fair_id = 0
    wished: Wished | None = None

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        if code := (self.booth.data or "").strip():
            booth = queries.booth_called(self.fair_id, code)
            if booth is None:
                self.booth.errors = [_("There is no such booth here: please look at the plan.")]
                return False
            self.wished = Wished(booth=booth)
        elif self.what.data == "corner":
            self.wished = Wished()
        else:
            zones = {f"zone:{zone.id}": zone for zone in queries.zones_to_wish(self.fair_id)}
            self.wished = Wished(zone=zones[self.what.data])
        return True

    def show(self, stored: Wish) -> None:
        if stored.kind is WishKind.BOOTH and stored.booth is not None:
            self.booth.data = stored.booth.code
        else:
            self.what.data = f"zone:{stored.zone_id}" if stored.kind is WishKind.ZONE else "corner"
        self.told = f"{stored.rank}. {wish_told(stored)}"


class NeighbourRow(Row):
    """One cooperative by its name, wanted or not."""

    matters = ("who",)
    who = LineField(_l("Name of the cooperative"), [Optional()], longest=160)
    wanted = RadioField(
        _l("Beside you?"),
        choices=[("near", _l("We would like to stand beside them")), ("apart", _l("Better not beside them"))],
        default="near",
    )
    found: Cooperative | None = None

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        self.found, problem = the_one_called(self.who.data or "")
        if problem:
            self.who.errors = [problem]
        return not problem

    def show(self, stored: tuple[str, bool]) -> None:
        self.who.data, wanted = stored
        self.wanted.data = "near" if wanted else "apart"
        self.told = self.who.data


def the_one_called(words: str) -> tuple[Cooperative | None, str]:
    """The member with this name; or a sentence that helps to find it."""
    found = cooperatives.members_called(words)
    if len(found) == 1:
        return found[0], ""
    if not found:
        return None, _("We do not find this name among the members. Please check how it is written.")
    names = ", ".join(each.called for each in found[:3])
    return None, _("Several have this name: %(names)s … Please write more of it.", names=names)


class PlaceForm(Form):
    """Wishes in order, neighbours."""

    def __init__(self, asked: FairApplication, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        neighbours = [(each.cooperative.name, each.wanted) for each in asked.neighbours]
        self.wishes: Rows[WishRow] = Rows(WishRow, "wishes", asked.wishes, spare=3)
        self.neighbours: Rows[NeighbourRow] = Rows(NeighbourRow, "near", neighbours, spare=0)
        zones = [
            (f"zone:{zone.id}", f"{zone.code}: {zone.name}") for zone in queries.zones_to_wish(asked.fair_id)
        ]
        choices = [("", "–"), ("corner", _("A corner, anywhere")), *zones]
        for line in self.wishes.lines:
            line.what.choices, line.fair_id = choices, asked.fair_id

    def submitted(self) -> bool:
        more = {"more_wishes", "more_near"} & request.form.keys()
        return self.is_submitted() and not more and self.validate()

    def validate(self, extra_validators: Any = None) -> bool:
        rows = [self.wishes.validate(), self.neighbours.validate()]
        if not all(rows):
            self.problems = [_("Please look at the lines below: something is missing there.")]
        return super().validate(extra_validators) and all(rows)

    def values(self) -> dict[str, Any]:
        people = [(row.found, row.wanted.data == "near") for row in self.neighbours.written]
        return {
            "wishes": [row.wished for row in self.wishes.written if row.wished is not None],
            "near": [found for found, wanted in people if found is not None and wanted],
            "apart": [found for found, wanted in people if found is not None and not wanted],
        }


class NeedsForm(Form):
    """What the stand needs, and who comes."""

    staff = WholeField(_l("How many people will be at the stand?"), [Optional()], most=60)
    kw = WholeField(_l("Electric power, besides light"), [Optional()], most=60)
    water = TickField(_l("Running water"))
    cold = TickField(_l("A cold store or fridge"))
    cooking = TickField(_l("We cook or grill there"))
    accessible = TickField(_l("Reached without a step (wheelchair)"))
    vehicle = LineField(
        _l("Vehicle that brings the goods"),
        [Optional()],
        longest=160,
        description=_l("For example: truck 1.5 tonnes, 34C-123.45"),
    )
    support_asked = TickField(_l("We ask for support with the cost of the stand"))
    words = TextField(_l("Anything else we should know"), [Optional()], longest=2000)

    def __init__(self, asked: FairApplication, **kwargs: Any) -> None:
        super().__init__(obj=asked, **kwargs)

    def values(self) -> dict[str, Any]:
        return {
            "staff": self.staff.data or 0,
            "kw": self.kw.data or 0,
            "water": self.water.data,
            "cold": self.cold.data,
            "cooking": self.cooking.data,
            "accessible": self.accessible.data,
            "vehicle": self.vehicle.data or "",
            "support_asked": self.support_asked.data,
            "words": self.words.data or "",
        }
