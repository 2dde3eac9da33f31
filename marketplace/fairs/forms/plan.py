"""What is filled in and drawn about plans. Metres on the page are half metres in the house."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from wtforms import FileField, HiddenField

from marketplace.catalogue import queries as catalogue
from marketplace.catalogue.models import Category
from marketplace.fairs.layout import (
    BOOTH,
    DIRECTION_LABELS,
    FIELDS,
    LONGEST_ROW_NAME,
    MOST_IN_A_ROW,
    THING_LABELS,
    Direction,
    Spot,
    Thing,
    ThingKind,
    row_of,
)
from marketplace.fairs.models import Booth, Fair, Hall, Zone
from marketplace.fairs.services import Changes
from marketplace.foundation.drawing.hues import HUES
from marketplace.foundation.errors import Refusal
from marketplace.foundation.text import clean_line
from marketplace.foundation.web.fields import (
    ChoiceField,
    DecimalField,
    LineField,
    ManyField,
    Needed,
    Optional,
    TickField,
    WholeField,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _, _l

HUE_LABELS = {
    "leaf": _l("Leaf green"),
    "lychee": _l("Lychee pink"),
    "straw": _l("Straw yellow"),
    "river": _l("River blue"),
    "carrot": _l("Carrot orange"),
    "onion": _l("Onion purple"),
    "lime": _l("Lime"),
    "clay": _l("Clay brown"),
}
assert set(HUE_LABELS) == set(HUES)
GARBLED = _l("This could not be read. Please load the page again.")
MOST_CHANGES = 6000
FIGURES = ("number", "x", "y", "w", "h", "kw")
TICKS = ("corner", "water", "cold", "cooking", "accessible", "blocked")


class MetresField(DecimalField):
    """Metres in steps of half a metre; `data` counts half metres."""

    def parse(self, written: str) -> Any:
        metres: Decimal = super().parse(written)
        if metres * 2 % 1:
            raise ValueError(_("Write whole or half metres, for example 4,5."))
        return int(metres * 2)

    def show(self, value: Any) -> str:
        return super().show(Decimal(int(value)) / 2)


class HallForm(Form):
    name = LineField(_l("Name"), [Needed()], longest=80, description=_l("For example: Hall A, the square"))
    width = MetresField(_l("Width"), [Needed()], least=3, most=500)
    depth = MetresField(_l("Depth"), [Needed()], least=3, most=500)

    def __init__(self, hall: Hall | None = None, **kwargs: Any) -> None:
        super().__init__(obj=hall, **kwargs)

    def values(self) -> dict[str, Any]:
        return {"name": self.name.data, "width": self.width.data, "depth": self.depth.data}


class ZoneForm(Form):
    code = LineField(_l("Letter of the zone"), [Needed()], longest=8, description=_l("For example: A"))
    name_vi = LineField(_l("Name in Vietnamese"), [Needed()], longest=120)
    name_en = LineField(_l("Name in English"), [Optional()], longest=120)
    hue = ChoiceField(_l("Colour"), choices=[*HUE_LABELS.items()], default="leaf")
    sectors = ManyField(
        _l("Goods that may stand here"), [Optional()], description=_l("Without any, all goods may.")
    )
    kw = WholeField(_l("Power of its mains"), [Optional()], most=100_000)
    taps = WholeField(_l("Water taps"), [Optional()], most=10_000)

    def __init__(self, zone: Zone | None = None, **kwargs: Any) -> None:
        super().__init__(obj=zone, **kwargs)
        self.categories: dict[str, Category] = {each.slug: each for each in catalogue.categories()}
        self.sectors.choices = [(slug, each.name) for slug, each in self.categories.items()]
        if not self.is_submitted():
            self.sectors.data = [each.category.slug for each in zone.sectors] if zone is not None else []

    def values(self) -> dict[str, Any]:
        return {
            "code": self.code.data,
            "name_vi": self.name_vi.data,
            "name_en": self.name_en.data or "",
            "hue": self.hue.data,
            "kw": self.kw.data,
            "taps": self.taps.data,
            "sectors": [self.categories[slug] for slug in self.sectors.data or []],
        }


class MarksForm(Form):
    """Where a booth or the first of a row stands, and what it has."""

    zone = ChoiceField(_l("Zone"), [Needed()])
    row = LineField(_l("Row"), [Needed()], longest=LONGEST_ROW_NAME, description=_l("For example: A"))
    number = WholeField(_l("Number in the row"), [Needed()], least=1, most=9999)
    x = MetresField(_l("Metres from the left wall"), least=0, most=500)
    y = MetresField(_l("Metres from the upper wall"), least=0, most=500)
    kw = WholeField(_l("Power"), [Optional()], most=999, default=0)
    water = TickField(_l("Water"))
    cold = TickField(_l("Room for cold storage"))
    cooking = TickField(_l("Cooking allowed"))
    accessible = TickField(_l("Easy to reach by wheelchair"))

    def offer(self, zones: Sequence[Zone]) -> None:
        self.zone.choices = [(str(zone.id), f"{zone.code}. {zone.name}") for zone in zones]

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        fine = bool(super().validate(*args, **kwargs))
        for field in (self.x, self.y):
            if field.data is None and not field.errors:
                field.errors = [*field.errors, _("Please fill this in.")]
                fine = False
        return fine

    def told(self) -> dict[str, Any]:
        return {
            "zone_id": int(self.zone.data),
            "row": self.row.data,
            "number": self.number.data,
            "x": self.x.data,
            "y": self.y.data,
            "kw": self.kw.data or 0,
            "water": self.water.data,
            "cold": self.cold.data,
            "cooking": self.cooking.data,
            "accessible": self.accessible.data,
        }


class RowForm(MarksForm):
    """Several booths side by side."""

    count = WholeField(_l("How many booths"), [Needed()], least=1, most=MOST_IN_A_ROW)
    direction = ChoiceField(_l("Where the row goes"), choices=[*DIRECTION_LABELS.items()], default="right")
    step = ChoiceField(
        _l("Numbering"),
        choices=[("1", _l("every number: 1, 2, 3")), ("2", _l("every second one: 1, 3, 5"))],
        default="1",
    )
    ends = TickField(_l("Both ends are corners"))

    def __init__(self, zones: Sequence[Zone], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.offer(zones)
        self.number.label.text = _("First number")

    def changes(self) -> Changes:
        spots = row_of(
            Spot(**self.told()),
            self.count.data,
            Direction(self.direction.data),
            step=int(self.step.data),
            ends=self.ends.data,
        )
        return Changes(added={str(at): spot for at, spot in enumerate(spots)})


class BoothForm(MarksForm):
    """One booth, without drawing."""

    corner = TickField(_l("Corner"))
    w = MetresField(_l("Width"), [Needed()], least=Decimal("0.5"), most=500, default=BOOTH)
    h = MetresField(_l("Depth"), [Needed()], least=Decimal("0.5"), most=500, default=BOOTH)
    blocked = TickField(_l("Not given out"))
    blocked_why = LineField(_l("Why it is not given out"), [Optional()], longest=160)

    def __init__(self, booth: Booth, zones: Sequence[Zone], **kwargs: Any) -> None:
        super().__init__(obj=booth, data={"zone": str(booth.zone_id)}, **kwargs)
        self.offer(zones)
        if not self.is_submitted():
            self.zone.data = str(booth.zone_id)

    def changes(self, booth: Booth) -> Changes:
        told = self.told() | {
            "corner": self.corner.data,
            "w": self.w.data,
            "h": self.h.data,
            "blocked": self.blocked.data,
            "blocked_why": (self.blocked_why.data or "") if self.blocked.data else "",
        }
        return Changes(changed={booth.id: Spot(**told)})


class ThingForm(Form):
    """An entrance, a stage, words on the floor."""

    kind = ChoiceField(_l("Kind of thing"), choices=[*THING_LABELS.items()], default="entrance")
    text = LineField(_l("Words on it"), [Optional()], longest=60)
    x = MetresField(_l("Metres from the left wall"), least=0, most=500)
    y = MetresField(_l("Metres from the upper wall"), least=0, most=500)
    w = MetresField(_l("Width"), [Needed()], least=Decimal("0.5"), most=500, default=12)
    h = MetresField(_l("Depth"), [Needed()], least=Decimal("0.5"), most=500, default=4)

    def thing(self) -> Thing:
        return Thing(
            kind=ThingKind(self.kind.data),
            x=self.x.data or 0,
            y=self.y.data or 0,
            w=self.w.data,
            h=self.h.data,
            text=self.text.data or "",
        )


class CopyForm(Form):
    """The plan of another fair."""

    fair = ChoiceField(_l("Which fair"), [Needed()])

    def __init__(self, fairs: Sequence[Fair], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.known = {fair.slug: fair for fair in fairs}
        self.fair.choices = [(slug, fair.name) for slug, fair in self.known.items()]

    @property
    def source(self) -> Fair:
        return self.known[self.fair.data]


class SheetForm(Form):
    """Rows of booths from a sheet; `kept` carries what was read from the preview to the import."""

    file = FileField(_l("Sheet with rows of booths (.xlsx or .csv)"))
    kept = HiddenField()


class PressForm(Form):
    """A single press of a button."""


def read_changes(sent: Any) -> tuple[int, Changes]:
    """What the editor sends: `{version, added: {key: booth}, changed: {id: booth}, removed: [id], things: [thing]}`.

    Things only when they changed. Raises Refusal for anything else.
    """
    try:
        changes = Changes(
            added={str(key)[:40]: _spot(each) for key, each in sent["added"].items()},
            changed={int(id): _spot(each) for id, each in sent["changed"].items()},
            removed=[_whole(id, 2**31) for id in sent["removed"]],
            things=[_thing(each) for each in sent["things"]] if "things" in sent else None,
        )
        version = _whole(sent["version"], 2**31)
    except (KeyError, TypeError, ValueError, AttributeError) as garbled:
        raise Refusal(GARBLED) from garbled
    drawn = len(changes.added) + len(changes.changed) + len(changes.removed) + len(changes.things or ())
    if drawn > MOST_CHANGES:
        raise Refusal(GARBLED)
    return version, changes


def _spot(sent: Mapping[str, Any]) -> Spot:
    if set(sent) != set(FIELDS):
        raise KeyError
    told: dict[str, Any] = {name: _whole(sent[name], 20_000) for name in FIGURES}
    told |= {name: _yes(sent[name]) for name in TICKS}
    return Spot(
        row=clean_line(_text(sent["row"])),
        blocked_why=clean_line(_text(sent["blocked_why"]))[:160],
        zone_id=_whole(sent["zone_id"], 2**31),
        **told,
    )


def _thing(sent: Mapping[str, Any]) -> Thing:
    return Thing(
        kind=ThingKind(_text(sent["kind"])),
        text=clean_line(_text(sent["text"]))[:60],
        **{name: _whole(sent[name], 20_000) for name in ("x", "y", "w", "h")},
    )


def _whole(value: Any, most: int) -> int:
    """A number of the editor; one below zero lies outside the hall, which the service says."""
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > most:
        raise ValueError
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _yes(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value
