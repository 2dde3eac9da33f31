"""Crafts, and the things of the market: baskets, crates, stalls, the truck, signs."""

from __future__ import annotations

from marketplace.foundation.drawing.pen import (
    GREEN,
    LIGHT_GREEN,
    WOOD,
    WOOD_DARK,
    WOOD_LIGHT,
    WOOD_SHADE,
    around,
    body,
    box,
    circle,
    dot,
    dots,
    leaf,
    moved,
    n,
    oval,
    shape,
    stroke,
)

STRIPES = ("#C24E14", "#FFF8EC", "#1E6B43", "#FFF8EC", "#7A2A63", "#FFF8EC", "#12607F")


def woven(y: float, left: float, right: float, height: float) -> str:
    """The front of a basket; goods stand behind it."""
    foot = y + height
    side = f"L{right - 10} {foot - 6}C{right - 11} {foot} {right - 14} {foot} {right - 18} {foot}"
    back = f"H{left + 18}C{left + 14} {foot} {left + 11} {foot} {left + 10} {foot - 6}Z"
    drawn = shape(f"M{left} {y}H{right}{side}{back}", "#C98A45")
    for i in range(int((right - left - 28) / 11)):
        drawn += stroke(f"M{left + 17 + i * 11} {y + 8}v{height - 15}", "#9A6127", 3)
    for share, inset in ((0.42, 8), (0.74, 13)):
        drawn += stroke(f"M{left + inset} {n(y + height * share)}H{right - inset}", "#E2AE6C", 4)
    drawn += box(left - 4, y - 4, right - left + 8, 10, "#E2AE6C", 5)
    return drawn + box(left - 4, y + 1, right - left + 8, 5, "#B5762F", 2.5)


def basket() -> str:
    """Empty: there is room for something."""
    drawn = stroke("M24 66C26 22 94 22 96 66", "#9A6127", 8) + stroke(
        "M24 64C27 24 93 24 96 64", "#E2AE6C", 4
    )
    drawn += oval(60, 66, 48, 12, "#8A5522") + oval(60, 64, 42, 8, "#6B3F16")
    return drawn + woven(66, 10, 110, 44) + leaf(58, 62, 24, 8, -50, GREEN, LIGHT_GREEN)


def vase() -> str:
    """Chu Đậu stoneware, blue on cream."""
    outline = "M46 12C44 22 46 28 48 34C24 46 18 76 36 98C40 104 39 108 38 114"
    outline += "H82C81 108 80 104 84 98C102 76 96 46 72 34C74 28 76 22 74 12Z"
    blue = "#2F5C8F"
    marks = stroke("M14 52Q60 62 106 52M16 92Q60 102 104 92", blue, 4) + stroke(
        "M14 47Q60 57 106 47", blue, 1.8
    )
    marks += moved("".join(moved(oval(0, -8, 4, 7, "#3F6FA3"), turn=a) for a in range(0, 360, 60)), 58, 76)
    marks += dot(58, 76, 4, blue) + stroke(
        "M26 82q7-12 18-4M74 78q9-12 20-2M30 70q5-7 12-3M78 66q6-7 13-2", "#3F6FA3", 3
    )
    marks += stroke("M34 54C28 62 27 72 30 80", "#FFFFFF", 6)
    return body("vase", outline, "#F8F4EA", "#CFC9BA", marks, left=8, up=3) + oval(60, 12, 14, 4, "#A9A391")


def shoes() -> str:
    upper = "M8 74C10 56 26 54 36 56C46 60 60 72 78 76C92 78 100 84 100 94H10C8 88 7 80 8 74Z"
    shine = stroke("M20 66C28 62 34 64 40 68", "#B07A50", 5, 0.9)
    lace = stroke("M44 66l-5 8M52 70l-5 8M60 74l-4 7", "#F3DDB8", 3)
    sole = box(8, 92, 94, 9, "#2B1B12", 4)
    back = moved(body("shoe2", upper, "#6B3F22", "#45250F", shine, left=5, up=5) + lace + sole, 24, -14, 0.84)
    front = body("shoe", upper, "#7E4A28", "#522D13", shine, left=6, up=6) + lace + sole
    return back + moved(front, 0, 12)


def crate() -> str:
    """A crate of carrots, ready to go."""
    drawn = box(14, 50, 92, 26, WOOD_DARK, 4)
    for x, turn in [(26, -16), (44, 6), (62, -8), (80, 12), (94, -4)]:
        root = "M-11 4C-14-12-8-22 0-22C8-22 14-12 11 4C9 18 4 28 0 32C-4 28-9 18-11 4Z"
        frond = (
            leaf(0, -18, 26, 8, -24, GREEN)
            + leaf(0, -18, 26, 8, 24, "#1B6440")
            + leaf(0, -18, 28, 8, 0, LIGHT_GREEN)
        )
        drawn += moved(frond + body(f"crate{x}", root, "#F5832B", "#DB5F10", left=5, up=3), x, 56, 0.98, turn)
    for i in range(3):
        drawn += box(8, 66 + i * 16, 104, 13, WOOD if i else WOOD_LIGHT, 3) + box(
            8, 75 + i * 16, 104, 4, WOOD_SHADE, 2
        )
    for x in (12, 98):
        drawn += box(x, 62, 10, 54, WOOD_SHADE, 3) + dots([(x + 5, 72), (x + 5, 104)], 2, WOOD_DARK)
    return drawn


def truck() -> str:
    drawn = ""
    for x in (8, 24, 40, 56):
        drawn += leaf(x + 6, 36, 18, 6, -18, GREEN) + leaf(x + 6, 36, 18, 6, 18, LIGHT_GREEN)
        drawn += shape(
            f"M{x} 38C{x} 32 {x + 13} 32 {x + 13} 38C{x + 13} 48 {x + 9} 54 {x + 6.5} 58C{x + 4} 54 {x} 48 {x} 38Z",
            "#F5832B",
        )
    drawn += (
        box(4, 50, 72, 38, "#FFF8EC", 5) + box(4, 70, 72, 18, "#E9DCC4", 4) + box(4, 50, 72, 8, "#C24E14", 3)
    )
    for i in range(5):
        drawn += shape(
            f"M{4 + i * 14.4:.1f} 57h14.4v5a7.2 7.2 0 01-14.4 0z", "#FFD869" if i % 2 else "#C24E14"
        )
    drawn += shape("M78 54H96C100 54 102 56 104 59L114 73V88H78Z", "#2E8FB3")
    drawn += (
        shape("M84 60H95L103 72H84Z", "#E6F6FB")
        + shape("M78 80H114V88H78Z", "#12607F")
        + box(108, 76, 6, 6, "#FFE39A", 2)
    )
    for x in (26, 94):
        drawn += dot(x, 89, 12, "#23282A") + dot(x, 89, 5, "#D8D2C3")
    return drawn


def _awning(y: float = 12) -> str:
    return "".join(
        shape(f"M{4 + i * 16} {y}h16v26a8 8 0 01-16 0z", colour) for i, colour in enumerate(STRIPES)
    )


def stall() -> str:
    drawn = box(14, 40, 6, 70, WOOD_DARK) + box(100, 40, 6, 70, WOOD_DARK)
    for x, base, shade, name in [
        (36, "#A9DA7F", "#5AA950", "a"),
        (60, "#FFB22E", "#EB8A0E", "b"),
        (84, "#A94A93", "#7A2A63", "c"),
    ]:
        drawn += body(f"stall{name}", circle(x, 66, 14), base, shade, left=4, up=4)
        drawn += leaf(x, 54, 10, 4, 30, GREEN)
    drawn += (
        box(8, 78, 104, 32, WOOD, 5) + box(8, 78, 104, 9, WOOD_LIGHT, 4) + stroke("M8 97h104", WOOD_SHADE, 3)
    )
    return drawn + _awning() + box(2, 8, 116, 8, WOOD_DARK, 4)


def rain() -> str:
    """A stall closed in the rain: something is not working."""
    drawn = box(14, 50, 6, 62, WOOD_DARK) + box(100, 50, 6, 62, WOOD_DARK)
    drawn += moved(_awning(), 0, 20) + box(2, 28, 116, 8, WOOD_DARK, 4) + box(8, 84, 104, 28, WOOD, 5)
    drawn += (
        box(8, 84, 104, 8, WOOD_LIGHT, 4)
        + box(22, 58, 76, 26, "#E9E1CF", 3)
        + stroke("M22 66h76M22 74h76", "#C9BEA4", 2)
    )
    cloud = "M26 26C14 26 12 12 24 10C28-2 48-2 52 8C62 2 74 10 68 20C66 25 60 26 56 26Z"
    drawn += moved(body("rain", cloud, "#C8D8E0", "#93AEBC", left=4, up=5), 18, 0)
    return drawn + stroke("M36 34l-4 8M52 34l-4 8M68 34l-4 8M84 34l-4 8", "#5FB0CD", 3.5)


def signpost() -> str:
    """Which way? For an address with nothing behind it."""
    drawn = oval(60, 110, 34, 6, "#7DA85B") + box(55, 22, 10, 90, WOOD_SHADE, 3) + box(55, 22, 5, 90, WOOD, 2)
    drawn += body("signpost1", "M16 26H84L100 38L84 50H16Z", WOOD_LIGHT, WOOD, left=4, up=4)
    drawn += body("signpost2", "M104 58H40L24 70L40 82H104Z", WOOD_LIGHT, WOOD, left=4, up=4)
    drawn += stroke("M28 38h36M48 70h36", WOOD_DARK, 4)
    return drawn + leaf(46, 112, 22, 7, -20, GREEN, LIGHT_GREEN) + leaf(74, 112, 18, 6, 24, LIGHT_GREEN)


def gate() -> str:
    """A closed bamboo gate."""
    drawn = oval(60, 110, 50, 6, "#7DA85B")
    for x in (12, 100):
        drawn += box(x, 24, 10, 88, WOOD_SHADE, 4) + box(x, 24, 5, 88, WOOD_LIGHT, 3)
    for y in (44, 66, 88):
        drawn += box(18, y, 86, 9, "#A9B85A", 4) + box(18, y, 86, 4, "#CBD98A", 2)
    drawn += stroke("M28 98L94 44", "#8E9C44", 7) + stroke("M28 96L94 42", "#CBD98A", 3)
    drawn += stroke("M52 66V58C52 48 68 48 68 58V66", "#6B6456", 6)
    drawn += body(
        "gate", "M44 66H76V90C76 94 74 96 70 96H50C46 96 44 94 44 90Z", "#FFD869", "#D99E22", left=5, up=3
    )
    return drawn + dot(60, 78, 4.5, "#4F3700") + stroke("M60 80v7", "#4F3700", 4)


def scale() -> str:
    """A market balance, not level."""
    drawn = (
        box(56, 22, 8, 82, "#9A6127", 3)
        + box(36, 102, 48, 10, WOOD_SHADE, 5)
        + stroke("M18 40L102 24", "#6B3F16", 6)
    )
    drawn += stroke("M18 40L6 72M18 40L30 72M102 24L90 56M102 24L114 56", "#8F5D29", 2.4)
    drawn += body("scale1", circle(18, 62, 11), "#F5832B", "#DB5F10", left=3, up=3) + leaf(
        18, 52, 12, 4, 20, GREEN
    )
    drawn += shape("M2 72H34C34 84 26 88 18 88C10 88 2 84 2 72Z", "#D5A021")
    drawn += shape("M86 56H118C118 68 110 72 102 72C94 72 86 68 86 56Z", "#D5A021")
    return drawn + dot(60, 22, 7, "#D5A021") + stroke("M8 77H28M92 61H112", "#F3CF6E", 3)


def notebook() -> str:
    drawn = body(
        "notebook",
        "M22 16H90C95 16 98 19 98 24V104C98 109 95 112 90 112H22Z",
        "#1E6B43",
        "#124A2D",
        left=4,
        up=3,
    )
    drawn += box(30, 22, 60, 82, "#FFFDF7", 4) + stroke("M40 40h40M40 54h40M40 68h26", "#D9CFBB", 4)
    for y in (30, 50, 70, 90):
        drawn += box(14, y, 16, 7, "#D5A021", 3)
    drawn += moved(
        box(-5, -46, 10, 46, "#FFD869", 2)
        + shape("M-5 0H5L0 12Z", "#4F3700")
        + box(-5, -52, 10, 8, "#EE7F92", 2),
        82,
        92,
        1,
        24,
    )
    return drawn + stroke("M42 84l6 6l12-14", "#C24E14", 5)


def letter() -> str:
    drawn = body(
        "letter",
        "M10 34H110V96C110 100 107 103 103 103H17C13 103 10 100 10 96Z",
        "#FFF8E6",
        "#E3D4B4",
        left=4,
        up=4,
    )
    drawn += stroke("M14 100L50 68M106 100L70 68", "#CDBB94", 3)
    drawn += body(
        "letter2", "M10 34H110L66 74C62 77 58 77 54 74Z", "#FFFDF7", "#E9DCC0", left=3, up=3
    ) + stroke("M10 34L54 74C58 77 62 77 66 74L110 34", "#CDBB94", 3)
    return (
        drawn
        + dot(60, 82, 12, "#C24E14")
        + leaf(60, 90, 14, 4.5, 0, "#FFE3CF")
        + leaf(60, 90, 11, 3.5, -42, "#FFE3CF")
        + leaf(60, 90, 11, 3.5, 42, "#FFE3CF")
    )


def tractor() -> str:
    """Work on the fields."""
    drawn = box(60, 18, 42, 6, "#8F2F12", 3) + box(64, 22, 5, 34, "#8F2F12") + box(94, 22, 5, 34, "#8F2F12")
    drawn += shape("M69 26H94V54H69Z", "#E6F6FB") + stroke("M30 46V26", "#4A4F48", 6)
    drawn += body(
        "tractor",
        "M14 50H62L66 54H104V84H14C10 84 10 80 10 76V58C10 54 10 50 14 50Z",
        "#D9532B",
        "#A93A17",
        left=6,
        up=5,
    )
    drawn += (
        stroke("M20 60h24M20 68h24", "#7E2A0E", 3)
        + dot(84, 84, 26, "#23282A")
        + dot(84, 84, 12, "#FFD869")
        + dot(84, 84, 5, "#8A6100")
    )
    drawn += "".join(dot(84 + x, 84 + y, 3, "#3C4346") for x, y in around(12, 21))
    return drawn + dot(26, 94, 16, "#23282A") + dot(26, 94, 7, "#FFD869")
