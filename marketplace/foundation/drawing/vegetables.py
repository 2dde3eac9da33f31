"""Roots and leaves."""

from __future__ import annotations

from marketplace.foundation.drawing.pen import (
    DARK_GREEN,
    GREEN,
    LIGHT_GREEN,
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


def carrot() -> str:
    fronds = [(36, 8, -62, GREEN), (36, 8, 62, GREEN), (42, 10, -34, DARK_GREEN)]
    fronds += [(42, 10, 34, DARK_GREEN), (44, 10, 0, LIGHT_GREEN)]
    top = "".join(leaf(60, 42, *frond) for frond in fronds)
    top += stroke("M60 40V8M60 40L41 13M60 40L79 13", GREEN, 2, 0.55)
    outline = "M40 46C40 33 80 33 80 46C82 68 69 99 60 114C51 99 38 68 40 46Z"
    marks = stroke("M50 44C49 60 52 74 55 84", "#FFB06B", 5, 0.9)
    marks += stroke("M40 56h12M80 60H66M46 74h9M74 80H63M53 92h7", "#B4480A", 2.6, 0.85)
    root = body("carrot", outline, "#F5832B", "#DB5F10", marks, left=9, up=2)
    return f'<g transform="rotate(18 60 62)">{top}{root}</g>'


def potato() -> str:
    behind = "M58 50C70 32 104 36 108 60C112 84 90 98 74 92C56 86 48 66 58 50Z"
    before = "M16 68C18 44 44 40 60 52C78 64 84 92 66 104C46 116 12 98 16 68Z"
    eyes = stroke("M30 66l6 2M46 86l6-1M56 68l5 3M34 88l5 3", "#9A6A2E", 3)
    eyes += stroke("M26 62C29 54 35 51 42 51", "#F9DDA9", 5, 0.8)
    far = stroke("M84 52l6 2M92 70l5 2", "#8A5F26", 3)
    return body("potato2", behind, "#D9A866", "#B5803F", far, left=7, up=7) + body(
        "potato", before, "#E8BD7C", "#C08E4C", eyes, left=8, up=8
    )


def jicama() -> str:
    stems = stroke("M60 42C60 30 54 22 46 14M60 42C62 30 68 24 76 18", "#7FA64A", 5)
    outline = "M60 40C84 36 104 50 102 76C100 96 80 110 60 112C40 110 20 96 18 76C16 50 36 36 60 40Z"
    marks = stroke(
        "M60 44C56 66 56 90 60 110M40 50C32 68 34 90 46 104M80 50C88 68 86 90 74 104", "#C7A468", 2.4
    )
    marks += stroke("M28 64C26 72 27 80 30 86", "#FFF3D6", 5)
    return stems + body("jicama", outline, "#F0DDB2", "#D2B37C", marks, left=10, up=7)


def kudzu() -> str:
    """The long root of kudzu, one of it cut."""
    back = "M20 96C10 84 24 66 42 50C58 36 76 16 92 18C108 22 100 42 84 58C66 76 40 112 20 96Z"
    rings = stroke("M34 66q8 4 12 14M52 48q9 4 13 14M70 32q9 4 12 13M26 82q6 3 9 10", "#7E5A34", 2.4, 0.8)
    rings += stroke("M28 78C38 64 52 50 66 36", "#D9B488", 5, 0.8)
    cut = moved(body("kudzu2", circle(0, 0, 19), "#E9D3AC", "#B48A57", left=3, up=3), 86, 90)
    cut += dot(85, 89, 14, "#FFF8E8") + "".join(
        stroke(f"M85 89l{x:.1f} {y:.1f}", "#DCC59A", 1.8) for x, y in around(9, 12)
    )
    hairs = stroke("M18 98l-6 8M24 102l-3 9M94 18l8-8", "#9A744A", 2.4)
    return (
        hairs
        + body("kudzu", back, "#B98B5A", "#8C6237", rings, left=7, up=7)
        + cut
        + dot(85, 89, 3, "#DCC59A")
    )


def wintermelon() -> str:
    outline = "M22 104C8 88 20 62 44 40C62 24 86 8 100 20C114 34 100 60 82 80C62 102 38 118 22 104Z"
    marks = stroke("M30 92C42 70 62 50 92 30M44 100C58 82 76 64 98 44", "#2A7A3C", 3, 0.55)
    marks += stroke("M24 82C32 66 44 52 58 42", "#A9DC95", 6, 0.9)
    marks += dots([(46, 76), (64, 60), (78, 46), (58, 84), (76, 66), (88, 34)], 1.7, "#D5F0C6")
    stem = stroke("M100 20C106 16 108 10 112 8", "#6E8B3C", 6) + leaf(100, 22, 28, 11, -20, GREEN, DARK_GREEN)
    return stem + body("wintermelon", outline, "#5DAE5B", "#2F7F45", marks, left=9, up=8)


def pumpkin() -> str:
    outline = "M60 34C78 26 106 38 108 66C108 92 84 108 60 108C36 108 12 92 12 66C14 38 42 26 60 34Z"
    ribs = stroke(
        "M60 36C56 60 56 86 60 106M44 34C28 52 28 86 44 104M76 34C92 52 92 86 76 104", "#C2611A", 3, 0.7
    )
    ribs += stroke("M26 54C20 64 20 76 25 86", "#FFD9A0", 6, 0.9)
    stem = stroke("M60 36C58 26 62 20 70 14", "#6E8B3C", 8) + leaf(74, 26, 28, 12, 60, GREEN, DARK_GREEN)
    return body("pumpkin", outline, "#EE8B2F", "#C2611A", ribs, left=9, up=8) + stem


def cabbage() -> str:
    outline = "M10 66C6 40 34 20 60 22C88 20 114 40 110 66C112 94 88 112 60 112C32 112 8 94 10 66Z"
    drawn = body("cabbage0", outline, "#5AA950", "#3A8446", left=8, up=6)
    drawn += stroke("M16 62C22 80 30 92 44 104M104 62C98 80 90 92 76 104", "#B6E19A", 3)
    veins = (
        "M60 104C58 80 62 56 52 32M58 84C48 76 40 66 36 54M59 70C70 62 78 54 82 44M60 92C74 86 86 76 92 64"
    )
    heart = body(
        "cabbage", circle(60, 62, 38), "#A9DA7F", "#7FBF62", stroke(veins, "#EAF8D6", 3.2), left=8, up=8
    )
    return drawn + heart + shape("M30 46C38 32 56 26 72 30C58 36 44 42 30 46Z", "#C9EBA3")


def kohlrabi() -> str:
    drawn = stroke("M48 54C40 38 34 30 26 20M60 52V14M72 54C80 38 86 30 94 20", "#8CC46B", 5)
    drawn += leaf(27, 24, 26, 13, -30, DARK_GREEN, LIGHT_GREEN) + leaf(
        60, 22, 26, 13, 0, LIGHT_GREEN, DARK_GREEN
    )
    drawn += leaf(93, 24, 26, 13, 30, DARK_GREEN, LIGHT_GREEN)
    outline = "M22 80C22 58 40 50 60 50C80 50 98 58 98 80C98 102 78 112 60 112C42 112 22 102 22 80Z"
    marks = stroke("M38 66h14M70 62h12M58 82h16", "#F2FBDD", 4)
    marks += stroke("M32 74C32 82 34 90 40 97", "#EAF8D0", 5)
    return drawn + body("kohlrabi", outline, "#C2E58F", "#8FC765", marks, left=10, up=7)


def cauliflower() -> str:
    drawn = leaf(34, 106, 58, 19, -28, DARK_GREEN, LIGHT_GREEN) + leaf(86, 106, 58, 19, 28, GREEN, DARK_GREEN)
    drawn += leaf(60, 112, 40, 26, 0, LIGHT_GREEN, DARK_GREEN)
    for x, y, r in [(38, 56, 17), (82, 56, 17), (60, 44, 20), (48, 70, 18), (73, 70, 18), (60, 58, 17)]:
        drawn += dot(x + 2, y + 3, r, "#E2D3AE") + dot(x, y, r - 1, "#FFF7E3")
        drawn += dots([(x - 4, y - 4), (x + 5, y + 2)], 2.4, "#EBDDBA")
    return (
        drawn
        + leaf(40, 114, 40, 14, -46, LIGHT_GREEN, DARK_GREEN)
        + leaf(80, 114, 40, 14, 46, DARK_GREEN, LIGHT_GREEN)
    )


def kale() -> str:
    """Three curly leaves, tied."""
    frill = (
        "M0 0C-6-10-16-12-18-22C-27-24-28-35-21-40C-28-46-24-57-15-58C-16-68-5-74 0-68"
        "C5-74 16-68 15-58C24-57 28-46 21-40C28-35 27-24 18-22C16-12 6-10 0 0Z"
    )
    veins = stroke("M0 8V-58M0-20l-11-8M0-20l11-8M0-36l-10-8M0-36l10-8", "#CBEBA9", 2.6)

    def one(x: float, y: float, size: float, turn: float, base: str) -> str:
        return moved(stroke("M0 0V26", "#BFE0A0", 6) + shape(frill, base) + veins, x, y, size, turn)

    drawn = (
        one(40, 76, 0.92, -26, DARK_GREEN)
        + one(80, 76, 0.92, 26, "#2A7D47")
        + one(60, 80, 1.08, 0, "#3E9B55")
    )
    drawn += stroke("M44 96C50 92 70 92 76 96", "#D9A05B", 7) + stroke(
        "M46 97C52 94 68 94 74 97", "#A8702E", 2
    )
    return drawn + stroke("M56 104l-3 9M60 104v10M64 104l3 9", "#A7CF86", 4)


def scallion() -> str:
    drawn = ""
    tops = [(38, 16, GREEN), (50, 8, DARK_GREEN), (60, 4, LIGHT_GREEN), (70, 8, DARK_GREEN), (82, 16, GREEN)]
    for i, (x, top, green) in enumerate(tops):
        foot = 52 + i * 4
        drawn += stroke(f"M{foot} 84C{foot} 60 {x} 44 {x - 6 + i * 3} {top}", green, 8)
    for i in range(5):
        foot = 50 + i * 5
        drawn += stroke(f"M{foot} 82V104", "#F7F5E6", 7) + stroke(f"M{foot} 106v7", "#C9B48A", 2)
    return drawn + stroke("M46 77h28", "#D9A05B", 10) + stroke("M44 77h32", "#A8702E", 2)


def onion() -> str:
    outline = "M60 26C63 46 96 50 96 80C96 101 78 108 60 108C42 108 24 101 24 80C24 50 57 46 60 26Z"
    drawn = stroke("M60 30C58 20 62 14 58 8", "#C99353", 6) + stroke(
        "M50 108l-3 8M60 108v9M70 108l3 8", "#C9A77A", 3
    )
    marks = stroke("M60 34C46 56 40 80 50 106M60 34C74 56 80 80 70 106", "#D08CC2", 3)
    marks += stroke("M37 64C31 74 31 86 37 95", "#E3B4DA", 5)
    return drawn + body("onion", outline, "#A94A93", "#7A2A63", marks, left=12, up=3)


def garlic() -> str:
    outline = "M60 22C62 42 98 50 98 80C98 100 80 108 60 108C40 108 22 100 22 80C22 50 58 42 60 22Z"
    drawn = stroke("M60 30C59 20 63 14 60 6", "#D9C2A2", 7) + stroke(
        "M52 108l-2 7M60 108v8M68 108l2 7", "#C9A77A", 3
    )
    marks = stroke("M59 34C40 60 38 84 50 107M61 34C80 60 82 84 70 107M60 44V106", "#C9A9B4", 2.6)
    marks += stroke("M34 70C30 80 31 90 37 97", "#FFFFFF", 5)
    marks += shape("M40 104C54 112 70 112 82 103L80 112H42Z", "#B97FA6", 0.5)
    return drawn + body("garlic", outline, "#FFF9EF", "#E6D3C8", marks, left=10, up=3)


def blackgarlic() -> str:
    """A head of it, and two black cloves taken out."""
    head = moved(garlic().replace("c-garlic", "c-blackgarlic"), -6, -14, 0.82)
    clove = "M0-26C10-20 17-6 15 8C13 20-11 21-15 9C-18-4-9-18 0-26Z"
    shine = stroke("M-6-8C-9-1-9 6-6 11", "#7A5C50", 4, 0.9)
    one = moved(body("clove1", clove, "#3B2620", "#1F120E", shine, left=5, up=4), 60, 94, 1, -58)
    return (
        head + one + moved(body("clove2", clove, "#46302A", "#24150F", shine, left=5, up=4), 92, 82, 1.12, 16)
    )


def shallots() -> str:
    """A bunch of dried ones, hung by their tops."""
    drawn = stroke("M60 6C58 20 50 26 44 40M60 6C62 20 70 26 78 40M60 6V36", "#C99A5B", 5)
    drawn += oval(60, 12, 9, 6, "#A8702E")
    bulb = "M0-24C2-14 20-10 20 6C20 18 10 23 0 23C-10 23-20 18-20 6C-20-10-2-14 0-24Z"
    places = [(34, 58, -18), (86, 58, 18), (60, 54, 0), (44, 88, -8), (76, 88, 8)]
    for i, (x, y, turn) in enumerate(places):
        marks = stroke("M0-18C-9-4-9 10-4 22M0-18C9-4 9 10 4 22", "#E0A48F", 2)
        marks += stroke("M-13 0C-14 6-13 10-11 14", "#EFC3B2", 4)
        drawn += moved(body(f"shallot{i}", bulb, "#BD6352", "#8E3D38", marks, left=6, up=3), x, y, 1.05, turn)
    return drawn
