"""From the river, the rice fields and the yard."""

from __future__ import annotations

from marketplace.foundation.drawing.pen import body, box, dot, dots, moved, oval, shape, stroke
from marketplace.foundation.drawing.things import woven

FIN = "#2F7A98"


def fish() -> str:
    outline = "M10 62C22 38 58 32 84 54L108 38C104 54 104 70 108 86L84 72C58 94 22 86 10 62Z"
    drawn = shape("M44 42C50 28 64 26 74 34L68 46Z", FIN) + shape("M50 80C54 92 64 94 70 90L66 78Z", FIN)
    belly = shape("M8 66C26 92 60 92 86 72L80 100H10Z", "#DCF0F5")
    scales = stroke("M46 50C52 58 52 68 46 76M58 50C64 58 64 68 58 76M70 54C74 60 74 66 70 72", FIN, 2.6, 0.7)
    tail = stroke("M94 54L104 46M94 63H104M94 70L104 78", FIN, 2.4, 0.7)
    drawn += body("fish", outline, "#6FB9D2", "#3F8EAD", belly + scales + tail, left=3, up=14)
    drawn += stroke("M32 46C38 56 38 68 33 80", FIN, 3)
    return drawn + dot(23, 57, 5, "#FFFFFF") + dot(22, 57, 2.6, "#16323D")


def ruoi() -> str:
    """Ragworms in a bowl of water: pink and green, all legs."""
    drawn = oval(60, 66, 50, 24, "#C9E8F2")
    worms = [
        ("M20 62C30 48 40 74 52 60S74 50 84 64", "#D9707A", "#B04455"),
        ("M28 76C40 66 48 84 62 74S86 70 96 62", "#7FA65A", "#567C3A"),
        ("M34 54C46 46 56 62 68 52S88 50 98 58", "#E58E7E", "#BC5C50"),
        ("M24 70C36 82 50 64 64 80S84 80 92 74", "#C95F74", "#983E55"),
    ]
    for line, colour, legs in worms:
        fringe = stroke(line, legs, 10).replace('stroke-linecap="round"', 'stroke-dasharray="1.800 3"')
        drawn += fringe + stroke(line, colour, 6)
    drawn += dots([(20, 62), (28, 76), (34, 54), (24, 70)], 3.2, "#5E2532")
    outline = "M8 62C8 62 12 78 60 78C108 78 112 62 112 62C112 90 92 110 60 110C28 110 8 90 8 62Z"
    marks = stroke("M20 80C24 90 32 98 42 102", "#F0B07C", 6, 0.9)
    drawn += body("ruoi", outline, "#C9763B", "#96501F", marks, left=9, up=3)
    return drawn + stroke("M9 62C12 76 36 80 60 80S108 76 111 62", "#E3A063", 5)


def crab() -> str:
    """A field crab before its jar of sauce."""
    jar = box(42, 8, 46, 12, "#8A5A1E", 5) + box(42, 8, 26, 12, "#B5803F", 5)
    outline = "M42 22H88C94 30 96 38 96 46V78C96 86 90 90 84 90H46C40 90 34 86 34 78V46C34 38 36 30 42 22Z"
    jar += body("crab2", outline, "#8E5A86", "#5F3660", stroke("M43 36V66", "#C79BC0", 6), left=10, up=2)
    jar += box(50, 30, 40, 20, "#FFF8E6", 6) + stroke("M58 40h24", "#5F3660", 3)
    legs = stroke(
        "M30 88L14 80M30 96L10 96M34 102L18 112M78 88L94 80M78 96L98 96M74 102L90 112", "#A8482B", 5
    )
    claws = body(
        "crab3",
        "M20 76C8 74 4 60 14 54C14 62 20 62 22 56C32 62 30 74 20 76Z",
        "#D9693C",
        "#A8482B",
        left=3,
        up=3,
    )
    claws += body(
        "crab4",
        "M88 76C100 74 104 60 94 54C94 62 88 62 86 56C76 62 78 74 88 76Z",
        "#D9693C",
        "#A8482B",
        left=3,
        up=3,
    )
    shell = "M26 90C26 74 40 70 54 70C68 70 82 74 82 90C82 104 70 112 54 112C38 112 26 104 26 90Z"
    marks = stroke("M38 82C42 78 48 77 54 77", "#F5A57C", 5) + stroke(
        "M42 96q6 5 12 0q6 5 12 0", "#8A3318", 2.6
    )
    eyes = stroke("M46 72V62M62 72V62", "#A8482B", 4) + dots([(46, 60), (62, 60)], 4.5, "#FFF8EC")
    return (
        jar
        + legs
        + claws
        + eyes
        + dots([(46, 60), (62, 60)], 2.2, "#2A1403")
        + body("crab", shell, "#D9693C", "#A8482B", marks, left=7, up=6)
    )


def hen() -> str:
    drawn = shape("M92 58C104 44 112 46 112 34C118 48 114 70 96 80Z", "#8B3A12")
    drawn += shape("M88 60C98 42 102 40 100 26C110 40 106 62 94 74Z", "#B5551C")
    drawn += shape("M30 24C28 14 36 14 36 20C38 12 46 14 43 22C50 18 52 26 46 30Z", "#D5342B")
    outline = "M30 30C36 20 52 22 54 38C58 52 80 50 98 58C102 84 84 102 62 102C38 102 26 84 30 62C31 52 28 42 30 30Z"
    drawn += body(
        "hen",
        outline,
        "#E08A3A",
        "#C0651E",
        stroke("M38 58C35 70 37 80 44 88", "#F3B577", 5, 0.9),
        left=8,
        up=5,
    )
    drawn += shape("M52 66C64 58 82 62 86 70C82 86 62 88 54 80C50 76 49 70 52 66Z", "#A64F16")
    drawn += stroke("M60 74C66 78 72 78 78 74", "#D98B4A", 2.6) + shape("M30 34L18 39L30 43Z", "#F2B636")
    drawn += shape("M29 44C24 48 26 56 31 54Z", "#D5342B") + dot(38, 34, 3.2, "#2A1403")
    return drawn + stroke("M56 102V113M56 113h-9M56 113h6M70 101V113M70 113h-9M70 113h6", "#D9931E", 3.6)


def eggs() -> str:
    drawn = ""
    shells = [(42, 58, "#F3CFA0", "#D9A86C"), (76, 56, "#FFEBD2", "#E3C49A"), (58, 66, "#EFC08A", "#CF985A")]
    outline = "M0-30C16-30 23-6 21 8C19 24-19 24-21 8C-23-6-16-30 0-30Z"
    for i, (x, y, base, shade) in enumerate(shells):
        shine = stroke("M-10-12C-12-6-12 0-11 4", "#FFFFFF", 4, 0.7)
        drawn += moved(body(f"egg{i}", outline, base, shade, shine, left=6, up=4), x, y)
    return drawn + woven(74, 10, 110, 38)
