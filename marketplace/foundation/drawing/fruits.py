"""Fruit."""

from __future__ import annotations

from math import cos, sin

from marketplace.foundation.drawing.pen import (
    DARK_GREEN,
    GREEN,
    LIGHT_GREEN,
    STEM,
    around,
    body,
    circle,
    dot,
    dots,
    leaf,
    moved,
    oval,
    shape,
    stroke,
)


def lychee() -> str:
    knots = [(-0.5, -0.4), (-0.1, -0.6), (-0.2, -0.15), (-0.6, 0.05), (0.2, -0.3), (-0.3, 0.4), (0.1, 0.12)]
    knots += [(0.5, -0.05), (0.1, 0.55)]

    def whole(name: str, x: float, y: float, r: float) -> str:
        skin = dots([(x + dx * r, y + dy * r) for dx, dy in knots], r * 0.085, "#FF8E97")
        return body(name, circle(x, y, r), "#E0405A", "#B01F45", skin, left=r * 0.28, up=r * 0.22)

    drawn = stroke("M60 10C60 24 50 30 40 40M60 14C62 28 74 32 80 42M60 20V50", STEM, 4)
    drawn += leaf(58, 20, 40, 11, -72, DARK_GREEN, LIGHT_GREEN) + leaf(62, 20, 42, 11, 68, GREEN, DARK_GREEN)
    drawn += leaf(61, 24, 22, 8, 12, LIGHT_GREEN, DARK_GREEN)
    drawn += whole("lychee1", 36, 62, 24) + whole("lychee2", 84, 62, 24)
    peeled = body("lychee3", circle(60, 86, 25), "#FFF6EC", "#E9D6C9", left=6, up=6)
    rim = "M30 92L38 86L45 93L53 86L61 93L69 86L77 93L90 85V116H30Z"
    shell = (
        f'<clipPath id="c-lychee4"><path d="{circle(60, 86, 26)}"/></clipPath><g clip-path="url(#c-lychee4)">'
    )
    return (
        drawn + peeled + shell + shape(rim, "#C92B4D") + shape("M60 120L92 84V120Z", "#A81E4D", 0.6) + "</g>"
    )


def longan() -> str:
    drawn = stroke("M62 6C60 24 40 30 30 46M62 12C66 28 82 32 90 46M62 16C60 34 60 40 60 52", STEM, 4)
    drawn += leaf(60, 14, 44, 11, -74, DARK_GREEN, LIGHT_GREEN) + leaf(64, 14, 44, 11, 72, GREEN, DARK_GREEN)
    places = [(28, 58), (92, 58), (60, 54), (44, 80), (78, 82)]
    for i, (x, y) in enumerate(places):
        skin = oval(x - 7, y - 8, 6, 4, "#EBD0A4", -35)
        drawn += body(f"longan{i}", circle(x, y, 19), "#CB9C5C", "#9C6D33", skin, left=5, up=4)
    seed = dot(60, 100, 7, "#5E3B26", 0.8)
    drawn += body("longan5", circle(60, 100, 17), "#FBF3E4", "#E2D0B4", seed, left=4, up=4)
    drawn += oval(53, 93, 4, 2.6, "#FFFFFF", -35)
    shell = "M43 100C45 112 52 117 60 117C68 117 75 112 77 100L71 105L65 100L60 105L54 100L49 105Z"
    return drawn + shape(shell, "#B9853F") + shape("M60 117C68 117 75 112 77 100L71 105L66 101Z", "#9C6D33")


def guava() -> str:
    drawn = leaf(66, 28, 40, 13, 52, DARK_GREEN, LIGHT_GREEN) + stroke("M56 30C56 22 58 16 62 12", STEM, 5)
    outline = "M56 28C78 28 92 46 90 72C88 96 72 108 54 108C34 108 20 94 20 72C20 46 36 28 56 28Z"
    shine = stroke("M34 48C28 58 27 70 30 80", "#EAF6A8", 7)
    drawn += body("guava", outline, "#C6E05A", "#93BA36", shine, left=10, up=7)
    drawn += dot(86, 88, 27, "#93BA36") + dot(86, 88, 23, "#FFFBEA") + dot(86, 88, 18, "#F5EDC6")
    return drawn + dots([(86 + x, 88 + y) for x, y in around(8, 13)], 2.3, "#C9A85A")


def na() -> str:
    drawn = leaf(66, 26, 36, 11, 60, DARK_GREEN, LIGHT_GREEN) + stroke("M58 30V16", STEM, 5)
    outline = "M58 28C84 28 98 48 96 70C94 96 76 110 58 110C40 110 22 96 20 70C18 48 32 28 58 28Z"
    scales = ""
    for y, count in [(40, 3), (54, 4), (69, 5), (85, 4), (99, 3)]:
        for i in range(count):
            x = 58 + (i - (count - 1) / 2) * 17
            scales += dot(x, y, 8.2, "#A9CF7A" if x < 62 else "#86B55E")
    return drawn + body("na", outline, "#7BAA57", "#4F8140", scales, left=8, up=5)


def dragonfruit() -> str:
    outline = "M58 24C82 24 96 46 94 70C92 96 76 110 58 110C38 110 22 96 22 70C20 46 36 24 58 24Z"
    shine = stroke("M34 52C29 62 29 74 32 84", "#FF8DB2", 6)
    drawn = body("dragonfruit", outline, "#E8407F", "#B51E5C", shine, left=10, up=6)
    scales = [(58, 30, 0, 26), (46, 32, -34, 24), (70, 32, 34, 24), (34, 50, -60, 18), (84, 50, 52, 20)]
    scales += [
        (42, 70, -20, 18),
        (70, 68, 26, 18),
        (56, 56, 0, 18),
        (58, 90, 0, 16),
        (32, 88, -50, 14),
        (84, 84, 50, 16),
    ]
    for x, y, turn, length in scales:
        drawn += leaf(x, y, length, 5, turn, "#8CC046" if length > 20 else "#B9DB5C")
    return drawn


def orange() -> str:
    drawn = leaf(60, 28, 34, 12, 58, DARK_GREEN, LIGHT_GREEN) + stroke("M60 32V22", "#6B4A1E", 5)
    skin = stroke("M28 54C24 64 25 76 31 84", "#FFD68A", 6)
    skin += dots([(60, 52), (70, 66), (56, 82), (44, 66), (66, 92), (76, 80)], 1.8, "#D97C08")
    drawn += body("orange", circle(54, 68, 38), "#FFB22E", "#EB8A0E", skin, left=10, up=9)
    return (
        drawn + dot(86, 88, 26, "#EB8A0E") + dot(86, 88, 22.5, "#FFF3D9") + _segments(86, 88, 18, "#FF9E1B")
    )


def _segments(x: float, y: float, r: float, fill: str) -> str:
    drawn = ""
    for i in range(8):
        a, b = i * 0.7854 + 0.15, i * 0.7854 + 0.63
        first = f"{x + r * cos(a):.1f} {y + r * sin(a):.1f}"
        second = f"{x + r * cos(b):.1f} {y + r * sin(b):.1f}"
        drawn += shape(f"M{x} {y}L{first}A{r} {r} 0 0 1 {second}Z", fill)
    return drawn


def pomelo() -> str:
    drawn = leaf(56, 22, 38, 13, 62, DARK_GREEN, LIGHT_GREEN) + leaf(52, 22, 28, 10, -52, GREEN, DARK_GREEN)
    drawn += stroke("M54 26V14", "#6B4A1E", 6)
    outline = "M54 18C64 18 68 28 78 38C94 54 96 108 54 110C12 108 14 54 30 38C40 28 44 18 54 18Z"
    skin = stroke("M30 56C24 68 24 82 30 92", "#F8EDA6", 7)
    skin += dots([(52, 44), (66, 58), (48, 66), (60, 84), (40, 84), (70, 76), (50, 98)], 1.8, "#BE9E2F")
    drawn += body("pomelo", outline, "#E9CF5E", "#C3A134", skin, left=11, up=7)
    drawn += dot(88, 88, 26, "#C3A134") + dot(88, 88, 23, "#FFF7E6")
    return drawn + _segments(88, 88, 17, "#F58FA0")


def melon() -> str:
    """A netted melon and a slice of it."""
    stem = stroke("M52 30V18M42 18C48 14 58 14 66 18", "#7C8F4A", 6)
    net = "M52 30C34 50 34 86 52 108M52 30C70 50 70 86 52 108M18 60C38 70 66 70 86 58M16 78C36 90 68 90 88 78"
    net += "M26 44C42 52 62 52 78 44"
    skin = stroke(net, "#F3EED0", 2.6, 0.9) + stroke("M26 56C21 66 21 78 25 86", "#F7F5DC", 6, 0.9)
    drawn = stem + body("melon", circle(52, 68, 40), "#C5CE8F", "#98A45C", skin, left=11, up=9)
    piece = "M58 96C64 68 88 58 112 66C110 92 92 112 70 112C62 110 58 104 58 96Z"
    inside = "M64 94C70 76 88 66 106 70C104 88 90 104 74 104C68 104 65 100 64 94Z"
    drawn += body("melon2", piece, "#B4BE7A", "#8A9650", left=4, up=4) + shape(inside, "#FFB765")
    return (
        drawn
        + shape("M78 90C82 82 90 78 97 79C95 87 90 93 82 95Z", "#FFD9A1")
        + dots([(84, 86), (89, 84), (86, 90)], 1.8, "#F7EFD6")
    )


def watermelon() -> str:
    bands = stroke(
        "M26 42C40 60 40 84 26 100M48 32C56 56 56 88 48 110M70 36C70 58 70 86 68 106", "#1D5A35", 6, 0.8
    )
    shine = stroke("M24 58C20 68 20 78 24 86", "#9AD28C", 6, 0.8)
    drawn = body("watermelon", circle(52, 70, 40), "#4E9E4F", "#2C7240", bands + shine, left=11, up=9)
    rind = "M44 66L112 78C112 100 94 116 74 114C54 112 40 92 44 66Z"
    drawn += shape(rind, "#2C7240") + shape(
        "M47 68L109 79C108 97 93 110 75 108C58 106 45 90 47 68Z", "#EAF5C9"
    )
    drawn += shape("M51 69L105 79C102 94 91 104 76 103C62 101 51 88 51 69Z", "#EC4B57")
    return drawn + "".join(
        moved(oval(0, 0, 2, 3.4, "#3A1414"), x, y, 1, 20)
        for x, y in [(64, 80), (77, 84), (90, 86), (70, 92), (83, 95)]
    )
