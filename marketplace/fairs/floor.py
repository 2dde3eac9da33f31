"""The floor of a hall as SVG, to scale: one drawing for officers, exhibitors, visitors and paper.

A half metre is eight units, so a booth of 3 m is 48 wide. Colours come from static/css/plan.css; a plan on its way to
the press carries its own style, for no style sheet of ours reaches into it there. static/js/fairs/plan/booth.js draws
a single booth alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from marketplace.fairs.layout import THING_LABELS, Placed, Thing, ThingKind
from marketplace.fairs.models import Booth, Hall, Zone
from marketplace.foundation.drawing.hues import HUES
from marketplace.foundation.words import _, _l

UNIT = 8
MARGIN = 20
FOOT = 64
LINE = 'fill="none" stroke="currentColor" stroke-linecap="round" stroke-width="1.6"'
"""Signs take the colour of the booth they are put into: rules of a page do not reach inside a copy."""
MARKS = {
    "power": '<path fill="currentColor" d="M7 0 1.5 7H5l-1 5 6-7H6.2z"/>',
    "water": '<path fill="currentColor" d="M6 .5S2 5.4 2 8a4 4 0 0 0 8 0C10 5.4 6 .5 6 .5z"/>',
    "cold": f'<path {LINE} d="M6 .5v11M1.2 3.2l9.6 5.6M1.2 8.8l9.6-5.6"/>',
    "cooking": '<path fill="currentColor" d="M6.2 0c.4 2.6 3.8 3.8 3.8 7.4a4 4 0 0 1-8 0C2 5.6 3.2 5 3.6 3.4c1 .6 1.4 '
    '1.2 1.6 2C6.2 4 6.4 2 6.2 0z"/>',
    "accessible": '<circle fill="currentColor" cx="5.2" cy="1.6" r="1.5"/>'
    f'<path {LINE} d="M5.2 4v3.2h3l1.4 3.6M3.4 '
    '6.2a3 3 0 1 0 4.4 3.6"/>',
}
MARK_LABELS = {
    "power": _l("power"),
    "water": _l("water"),
    "cold": _l("room for cold storage"),
    "cooking": _l("cooking allowed"),
    "accessible": _l("easy to reach by wheelchair"),
    "corner": _l("corner"),
}
STATE_LABELS = {
    "free": _l("vacant"),
    "offered": _l("offered to somebody"),
    "taken": _l("taken"),
    "mine": _l("yours"),
    "blocked": _l("not given out"),
    "held": _l("held or offered"),
    "new": _l("offered with this release"),
}


@dataclass(frozen=True)
class Look:
    """How a booth is shown to whoever looks: its state, what is said of it, where it leads, what stands in it."""

    state: str = ""
    words: str = ""
    href: str = ""
    drawing: str = ""
    found: bool = False


PLAIN = Look()


def draw(
    hall: Hall,
    booths: Sequence[Booth],
    zones: Sequence[Zone],
    *,
    looks: Mapping[int, Look] | None = None,
    sprite: str = "",
    marks: bool = True,
    pressed: bool = False,
    key: str = "plan",
) -> Markup:
    """The whole floor. `sprite` is the address of the pictures of goods; `marks` shows power, water and the like."""
    looks = looks or {}
    by_zone = {zone.id: zone for zone in zones}
    wide, high = hall.width * UNIT + 2 * MARGIN, hall.depth * UNIT + MARGIN + FOOT
    linked = any(look.href for look in looks.values())
    found = " has-found" if any(look.found for look in looks.values()) else ""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="plan{found}" id="{key}" role="{"group" if linked else "img"}" '
        f'viewBox="{-MARGIN} {-MARGIN} {wide} {high}" width="{wide}" height="{high}" '
        f'aria-labelledby="{key}-t {key}-d"><title id="{key}-t">{escape(_title(hall))}</title>'
        f'<desc id="{key}-d">{escape(_told(hall, booths, looks))}</desc>',
        _style() if pressed else "",
        _defs(key),
        f'<rect class="floor" width="{hall.width * UNIT}" height="{hall.depth * UNIT}" rx="10"/>',
        '<g class="grounds">',
        *(_ground(zone, booths) for zone in zones),
        '</g><g class="things">',
        *(_thing(Thing.of(each)) for each in hall.things),
        '</g><g class="booths">',
        *(
            _booth(booth, by_zone[booth.zone_id].hue, looks.get(booth.id, PLAIN), sprite, marks, key)
            for booth in booths
        ),
        "</g>",
        _scale(hall),
        "</svg>",
    ]
    return Markup("".join(parts))  # noqa: S704 - names and words are escaped where they are put in


def ground(spots: Iterable[Placed]) -> str:
    """The floor that these booths stand on, as one path; a wide round line around it joins neighbours."""
    return "".join(f"M{s.x * UNIT} {s.y * UNIT}h{s.w * UNIT}v{s.h * UNIT}h{-s.w * UNIT}z" for s in spots)


def marks_of(booth: Any) -> list[str]:
    """What a booth has, in the order of the legend."""
    having = (
        ("power", booth.kw),
        ("water", booth.water),
        ("cold", booth.cold),
        ("cooking", booth.cooking),
        ("accessible", booth.accessible),
    )
    return [name for name, has in having if has]


def in_words(booth: Booth) -> str:
    """What a booth has, spoken."""
    told = [
        _("%(kw)s kW power", kw=booth.kw) if name == "power" else str(MARK_LABELS[name])
        for name in marks_of(booth)
    ]
    if booth.corner:
        told.insert(0, str(MARK_LABELS["corner"]))
    if booth.blocked:
        told.append(f"{STATE_LABELS['blocked']}: {booth.blocked_why}")
    return ", ".join(told)


def mark(name: str) -> Markup:
    """A single mark, for the legend."""
    inner = '<path class="cn" d="M0 0h9a3 3 0 0 1 3 3v9z"/>' if name == "corner" else MARKS[name]
    return Markup(f'<svg class="plan-mark" viewBox="0 0 12 12" aria-hidden="true">{inner}</svg>')  # noqa: S704


# --- parts --------------------------------------------------------------------------------------------


def _title(hall: Hall) -> str:
    return _("Plan of %(hall)s", hall=hall.name)


def _told(hall: Hall, booths: Sequence[Booth], looks: Mapping[int, Look]) -> str:
    size = _(
        "%(width)s m × %(depth)s m, %(count)s booths drawn to scale. The list on this page says the same in words.",
        width=_metres(hall.width),
        depth=_metres(hall.depth),
        count=len(booths),
    )
    counts = dict.fromkeys(STATE_LABELS, 0)
    for look in looks.values():
        if look.state:
            counts[look.state] += 1
    told = [f"{STATE_LABELS[state]}: {count}" for state, count in counts.items() if count]
    return " ".join([size, *([", ".join(told) + "."] if told else [])])


def _metres(halves: int) -> str:
    return str(halves // 2) if halves % 2 == 0 else f"{halves / 2:.1f}".replace(".", ",")


def _defs(key: str) -> str:
    marks = "".join(f'<g id="{key}-m-{name}">{inner}</g>' for name, inner in MARKS.items())
    hatch = (
        f'<pattern id="{key}-hatch" width="8" height="8" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><path class="hatch" d="M0 0v8"/></pattern>'
    )
    clock = f'<g id="{key}-m-clock"><circle {LINE} cx="8" cy="8" r="7"/><path {LINE} d="M8 4v4l3 2"/></g>'
    return f"<defs>{marks}{clock}{hatch}</defs>"


def _ground(zone: Zone, booths: Iterable[Booth]) -> str:
    path = ground(booth for booth in booths if booth.zone_id == zone.id)
    return f'<path class="ground h-{zone.hue}" data-zone="{zone.id}" d="{path}"/>'


def _booth(booth: Booth, hue: str, look: Look, sprite: str, marks: bool, key: str) -> str:
    wide, high = booth.w * UNIT, booth.h * UNIT
    state = look.state or ("blocked" if booth.blocked else "")
    classes = "".join([f"b h-{hue}", f" b-{state}" if state else "", " is-found" if look.found else ""])
    words = escape(look.words or f"{booth.code}. {in_words(booth)}")
    inner = [
        f"<title>{words}</title>",
        f'<rect class="bk" x="1" y="1" width="{wide - 2}" height="{high - 2}" rx="7"/>',
    ]
    if state == "blocked":
        inner.append(
            f'<rect x="1" y="1" width="{wide - 2}" height="{high - 2}" rx="7" fill="url(#{key}-hatch)"/>'
        )
    if state == "free" and not marks:
        inner.append(
            f'<text class="fr" x="{wide // 2}" y="{high // 2 - 3}">{escape(STATE_LABELS["free"])}</text>'
        )
    elif state == "offered":
        inner.append(f'<use href="#{key}-m-clock" x="{wide // 2 - 8}" y="{high // 2 - 18}"/>')
    elif look.drawing and sprite:
        if state == "mine":
            inner.append(f'<circle class="disc" cx="{wide // 2}" cy="{high // 2 - 7}" r="14"/>')
        inner.append(
            f'<use href="{sprite}#p-{look.drawing}" x="{wide // 2 - 13}" y="{high // 2 - 20}" width="26" height="26"/>'
        )
    elif marks:
        inner.extend(_marks(booth, wide, key))
    small = " sm" if len(booth.code) > 5 else ""
    inner.append(f'<text class="no{small}" x="{wide // 2}" y="{high - 7}">{escape(booth.code)}</text>')
    place = f'transform="translate({booth.x * UNIT} {booth.y * UNIT})"'
    body = f'<g class="{classes}" data-booth="{booth.id}" {place}>{"".join(inner)}</g>'
    return f'<a href="{escape(look.href)}" aria-label="{words}">{body}</a>' if look.href else body


def _marks(booth: Booth, wide: int, key: str) -> Iterator[str]:
    """From the left, three in a line; a corner takes the last place of the first line."""
    if booth.corner:
        yield f'<path class="cn" d="M{wide - 15} 1h7a7 7 0 0 1 7 7v7z"/>'
    fits = max(1, (wide - 8) // 13)
    first = fits - 1 if booth.corner else fits
    for at, name in enumerate(marks_of(booth)):
        line, place = (0, at) if at < first else (1, at - first)
        yield f'<use href="#{key}-m-{name}" x="{5 + place * 13}" y="{4 + line * 11}"/>'


def _thing(thing: Thing) -> str:
    wide, high = thing.w * UNIT, thing.h * UNIT
    words = escape(thing.text or str(THING_LABELS[thing.kind]))
    middle = f'x="{wide / 2:g}" y="{high / 2 + 5:g}"'
    turned = f' transform="rotate(-90 {wide / 2:g} {high / 2:g})"' if high > wide * 1.5 else ""
    if thing.kind is ThingKind.NORTH:
        inner = (
            f'<path class="north" d="M{wide / 2:g} 4l9 26-9-6-9 6z"/>'
            f'<text x="{wide / 2:g}" y="46">{escape(_("N"))}</text>'
        )
    else:
        back = "" if thing.kind is ThingKind.LABEL else f'<rect width="{wide}" height="{high}" rx="6"/>'
        inner = f"{back}<text {middle}{turned}>{words}</text>"
    # static/js/fairs/plan/thing.js draws the same.
    return f'<g class="thing t-{thing.kind}" transform="translate({thing.x * UNIT} {thing.y * UNIT})">{inner}</g>'


def _scale(hall: Hall) -> str:
    """A bar of whole metres under the floor, and the floor's size."""
    metres = 10 if hall.width >= 60 else 5 if hall.width >= 24 else 3
    long, y = metres * 2 * UNIT, hall.depth * UNIT + 26
    half = long // 2
    size = f"{_metres(hall.width)} m × {_metres(hall.depth)} m"
    return (
        f'<g class="scale"><rect class="dark" x="0" y="{y}" width="{half}" height="6"/>'
        f'<rect class="pale" x="{half}" y="{y}" width="{half}" height="6"/>'
        f'<text class="at-l" x="0" y="{y + 24}">0</text><text x="{long}" y="{y + 24}">{metres} m</text>'
        f'<text class="at-r" x="{hall.width * UNIT}" y="{y + 8}">{size}</text></g>'
    )


def _style() -> str:
    """What plan.css says, for paper."""
    rules = [
        'text{font-family:"Be Vietnam Pro";font-weight:800;font-size:13px;text-anchor:middle;fill:#1f2a24}',
        ".floor{fill:#fff;stroke:#1f2a24;stroke-width:3}.bk{stroke:#fff;stroke-width:2}",
        ".ground{stroke-width:10;stroke-linejoin:round}.cn{stroke:none}",
        ".sm{font-size:10px}.fr{font-size:12px;font-weight:600}.hatch{stroke:#56605a;stroke-width:3}",
        ".t-stage rect{fill:#2b3a33}.t-stage text,.t-entrance text,.t-exit text{fill:#fff}",
        ".t-entrance rect{fill:#1e6b43}.t-exit rect{fill:#124a2d}.t-toilet rect,.t-info rect{fill:#e0f2f8}",
        ".t-food rect{fill:#ffebd9}.t-label text{font-weight:600;fill:#5a5546}.north{fill:#1f2a24}",
        ".scale .dark{fill:#1f2a24}.scale .pale{fill:#fff;stroke:#1f2a24}",
        ".at-l{text-anchor:start}.at-r{text-anchor:end}",
    ]
    for name, hue in HUES.items():
        rules.append(
            f".h-{name} .bk{{fill:{hue.vivid}}}.h-{name}.ground{{fill:{hue.tint};stroke:{hue.tint}}}"
            f".h-{name}{{color:{hue.deep}}}.h-{name} .no{{fill:{hue.deep}}}"
            f".h-{name} .cn{{fill:{hue.solid}}}"
        )
    rules += [
        ".b-free .bk{fill:#fff;stroke:#1e6b43;stroke-dasharray:6 4}.b-blocked .bk{fill:#f1ebdd}",
        ".b-offered .bk{fill:#fff3cc;stroke:#8a6100}",
    ]
    return f"<style>{''.join(rules)}</style>"
