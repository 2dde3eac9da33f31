"""What is harvested, made and packed: grain, cakes, jars, bottles, bags."""

from __future__ import annotations

from marketplace.foundation.drawing.pen import (
    GREEN,
    LIGHT_GREEN,
    body,
    box,
    dot,
    dots,
    leaf,
    moved,
    oval,
    shape,
    stroke,
)

EAR, EAR_SHADE, EAR_LIGHT = "#EDB93A", "#B9861B", "#F7D160"


def rice() -> str:
    drawn = stroke("M86 60C92 40 96 26 108 14M82 60C84 36 84 24 90 6", EAR_SHADE, 3.5)
    for k in range(5):
        x, y = 88 + 3.6 * k, 52 - 6.8 * k
        drawn += leaf(x, y, 13, 4.5, 70, EAR) + leaf(x, y, 13, 4.5, -12, EAR_LIGHT)
    for k in range(4):
        drawn += leaf(83 + 1.5 * k, 44 - 7.5 * k, 12, 4.5, -50, EAR)
    return drawn + _sack("rice", "#F3DDB0", "#D9B679", "#1E6B43")


def _sack(name: str, base: str, shade: str, badge: str) -> str:
    outline = "M28 46C20 62 12 84 18 104C20 112 88 112 92 104C98 84 88 62 80 46Z"
    drawn = body(name, outline, base, shade, left=12, up=3)
    drawn += shape("M26 36C36 28 72 28 82 36L80 48C66 53 42 53 28 48Z", "#FFF8E6")
    drawn += shape("M28 46C42 53 66 53 80 46L81 52C66 58 42 58 27 52Z", EAR_SHADE)
    for x, y, turn in [(40, 44, 40), (52, 42, -20), (62, 45, 60), (70, 43, 10), (47, 38, 80)]:
        drawn += leaf(x, y, 9, 3, turn, "#E9DCC0")
    drawn += box(36, 66, 38, 30, badge, 8)
    return (
        drawn
        + leaf(55, 92, 22, 6, 0, EAR_LIGHT)
        + leaf(55, 92, 18, 5, -38, EAR)
        + leaf(55, 92, 18, 5, 38, EAR)
    )


def bottle() -> str:
    """Rice spirit, with a cup."""
    drawn = box(47, 6, 20, 16, "#B23A2E", 4) + box(47, 6, 11, 16, "#D5564A", 4)
    outline = "M48 20H66V36C66 44 84 50 84 66V104C84 110 80 114 74 114H40C34 114 30 110 30 104V66C30 50 48 44 48 36Z"
    shine = stroke("M38 68V100", "#FFFFFF", 6, 0.7)
    drawn += body("bottle", outline, "#F4F1E2", "#D6CFB2", shine, left=9, up=0)
    drawn += box(30, 64, 54, 34, "#B23A2E") + box(30, 64, 54, 5, "#E9B44A") + box(30, 93, 54, 5, "#E9B44A")
    drawn += (
        leaf(57, 92, 20, 5, 0, EAR_LIGHT) + leaf(57, 92, 16, 4.5, -40, EAR) + leaf(57, 92, 16, 4.5, 40, EAR)
    )
    cup = body(
        "bottle2",
        "M84 92H110C110 104 106 113 102 113H92C88 113 84 104 84 92Z",
        "#FFFDF6",
        "#D9D2BE",
        left=5,
        up=2,
    )
    return drawn + cup + oval(97, 92, 13, 3.6, "#F4EFD9") + oval(97, 92.4, 10, 2.4, "#E7DFB8")


def powder() -> str:
    """Kudzu starch: a bowl of white lumps and a spoon."""
    drawn = ""
    for x, y, r in [(36, 56, 13), (60, 46, 16), (84, 56, 13), (48, 52, 13), (72, 52, 13)]:
        drawn += dot(x + 2, y + 2, r, "#DDD5C4") + dot(x, y, r - 1, "#FFFEFA")
    drawn += stroke("M46 42l5-4M66 34l6 2M80 48l5-3M34 50l5-4", "#D2C8B2", 2.4)
    outline = "M14 58H106C106 88 88 108 60 108C32 108 14 88 14 58Z"
    marks = stroke("M24 68C28 84 36 94 48 100", "#B9D9E8", 6, 0.9)
    drawn += body("powder", outline, "#7FB3CC", "#4F8AA8", marks, left=10, up=4)
    drawn += stroke("M20 76C40 86 80 86 100 76", "#E9F5FA", 3) + box(40, 106, 40, 8, "#4F8AA8", 4)
    return drawn + box(11, 54, 98, 8, "#A9D0E2", 4)


def noodles() -> str:
    drawn = ""
    strands = [(30, "#F2E3C4"), (44, "#FBF1DC"), (58, "#F2E3C4"), (72, "#FBF1DC"), (86, "#EAD7AF")]
    for i, (x, colour) in enumerate(strands):
        top = 16 + abs(2 - i) * 3
        drawn += box(x - 6, top, 14, 88 - abs(2 - i) * 4, colour, 7)
        drawn += stroke(f"M{x - 2} {top + 10}V96M{x + 3} {top + 10}V96", "#D3B883", 1.8)
    drawn += box(18, 52, 86, 30, "#C24E14", 8) + box(18, 52, 50, 30, "#DD6A2A", 8)
    light = "#FFE3CF"
    return (
        drawn
        + leaf(61, 78, 20, 6, 0, light)
        + leaf(61, 78, 16, 5, -45, light)
        + leaf(61, 78, 16, 5, 45, light)
    )


def cake() -> str:
    """A red box of mung bean cakes."""
    drawn = shape("M14 56L60 40L106 56L60 74Z", "#7C1616")
    for x, y in [(40, 50), (60, 44), (80, 50), (49, 57), (70, 57), (60, 52)]:
        drawn += shape(f"M{x - 10} {y}l10-5l10 5l-10 5z", "#FFE07A")
        drawn += shape(f"M{x - 10} {y}v9l10 5v-9z", "#F2BF3C") + shape(
            f"M{x + 10} {y}v9l-10 5v-9z", "#D99E22"
        )
    drawn += shape("M14 56V94L60 112V74Z", "#D5342B") + shape("M106 56V94L60 112V74Z", "#A3201C")
    drawn += shape("M14 66L60 84L106 66V73L60 91L14 73Z", "#F5C64A") + dot(37, 91, 8, "#F5C64A")
    drawn += stroke("M33 91l3 3l6-7", "#A3201C", 2.4)
    return drawn + stroke("M14 56L60 74L106 56", "#F5C64A", 3)


def gaicake() -> str:
    """Black gai cakes in dry banana leaf, one opened."""
    parcel = "M0-24L32-8L32 12L0 28L-32 12L-32-8Z"

    def wrapped(name: str, x: float, y: float, size: float) -> str:
        fibres = stroke("M-28-2L2 14M-22-8L8 8M-14-14L16 0", "#8E6A34", 2, 0.7)
        tie = stroke("M-16-16L-16 20M16-16L16 20M-32 2L0 18L32 2", "#E9D5A0", 3)
        return moved(body(name, parcel, "#C59B57", "#98713A", fibres + tie, left=6, up=6), x, y, size)

    drawn = wrapped("gaicake1", 36, 58, 1) + wrapped("gaicake2", 86, 54, 1)
    leaf_open = "M16 92C26 78 92 74 106 88C100 106 32 116 16 92Z"
    drawn += body(
        "gaicake3",
        leaf_open,
        "#D3AC68",
        "#A8803F",
        stroke("M26 92C48 84 78 82 98 88", "#8E6A34", 2),
        left=4,
        up=4,
    )
    shine = stroke("M42 80C46 76 52 74 58 74", "#5E6A64", 5)
    drawn += body(
        "gaicake",
        "M34 88C32 72 48 68 61 68C76 68 92 72 88 88C86 100 36 100 34 88Z",
        "#2F3A36",
        "#171E1C",
        shine,
        left=5,
        up=5,
    )
    return drawn + dots([(60, 78), (70, 82), (52, 84), (66, 90), (78, 86), (46, 90)], 1.5, "#F1E7C6")


def patties() -> str:
    """Ragworm patties on a plate, with herbs."""
    drawn = (
        oval(60, 88, 54, 24, "#D9D4C6") + oval(60, 85, 54, 24, "#FFFDF7") + oval(60, 85, 42, 17, "#EFEADC")
    )
    drawn += leaf(26, 84, 30, 10, -60, GREEN, LIGHT_GREEN) + leaf(94, 84, 30, 10, 62, GREEN, LIGHT_GREEN)
    round_ = "M-26 2C-26-12-12-17 0-17C14-17 26-12 26 2C26 14 14 18 0 18C-14 18-26 14-26 2Z"
    for i, (x, y, size) in enumerate([(42, 66, 0.9), (78, 66, 0.9), (60, 80, 1.05)]):
        marks = stroke("M-16-4C-12-9-6-11 0-11", "#F4BE6A", 5)
        marks += dots([(-8, 2), (10, -2), (4, 8), (-16, 6)], 2.2, "#7E9B3F") + dots(
            [(2, -4), (14, 6), (-4, 10)], 2, "#A5521A"
        )
        drawn += moved(body(f"patty{i}", round_, "#DB9136", "#AE661C", marks, left=5, up=5), x, y, size)
    return drawn


def honey() -> str:
    drawn = box(32, 20, 56, 16, "#8A5A1E", 6) + box(32, 20, 34, 16, "#B5803F", 6)
    outline = (
        "M30 40H90C96 48 98 56 98 66V98C98 106 92 112 84 112H36C28 112 22 106 22 98V66C22 56 24 48 30 40Z"
    )
    drawn += body("honey", outline, "#FFC23D", "#E39A10", stroke("M33 56V92", "#FFE39A", 6), left=12, up=2)
    cell = "l7-4l7 4v8l-7 4l-7-4z"
    return (
        drawn + box(38, 60, 52, 34, "#FFF8E6", 8) + shape(f"M50 73{cell}M66 73{cell}M58 84{cell}", "#E39A10")
    )
