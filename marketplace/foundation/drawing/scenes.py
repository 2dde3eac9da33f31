"""Landscapes of the cooperatives, 600 × 300, and the crates that stand in pictures."""

from __future__ import annotations

from collections.abc import Callable

from marketplace.foundation.drawing.pen import (
    DARK_GREEN,
    GREEN,
    LIGHT_GREEN,
    WOOD,
    WOOD_DARK,
    WOOD_LIGHT,
    box,
    dot,
    dots,
    leaf,
    moved,
    n,
    oval,
    shape,
    stroke,
)


def rows(width: float = 600, height: float = 300, earth: str = "#B9733A") -> str:
    """A field in rows up to the hills, under the sun."""
    w, h = width, height
    drawn = box(0, 0, w, h, "#BFE6F2") + dot(w * 0.78, h * 0.2, h * 0.12, "#FFD869")
    far = f"M0 {n(h * 0.42)}C{n(w * 0.2)} {n(h * 0.26)} {n(w * 0.34)} {n(h * 0.3)} {n(w * 0.5)} {n(h * 0.4)}"
    far += f"C{n(w * 0.66)} {n(h * 0.28)} {n(w * 0.84)} {n(h * 0.3)} {n(w)} {n(h * 0.4)}V{n(h)}H0Z"
    near = (
        f"M0 {n(h * 0.48)}C{n(w * 0.3)} {n(h * 0.4)} {n(w * 0.7)} {n(h * 0.4)} {n(w)} {n(h * 0.48)}V{n(h)}H0Z"
    )
    drawn += shape(far, "#8CC5A0") + shape(near, LIGHT_GREEN)
    top = h * 0.46
    ground = f"M0 {n(h * 0.5)}C{n(w * 0.3)} {n(top)} {n(w * 0.7)} {n(top)} {n(w)} {n(h * 0.5)}V{n(h)}H0Z"
    drawn += shape(ground, earth)
    for k in range(-5, 6):
        x0, x1 = w * 0.5 + k * w * 0.075, w * 0.5 + k * w * 0.26
        thin, thick = w * 0.012, w * 0.075
        edge = f"M{n(x0 - thin)} {n(top + 4)}L{n(x0 + thin)} {n(top + 4)}"
        edge += f"L{n(x1 + thick)} {n(h)}L{n(x1 - thick)} {n(h)}Z"
        drawn += shape(edge, "#3E9A52" if k % 2 else "#4EAB5C")
    return drawn


def field() -> str:
    """Carrots in rows, somebody at work."""
    drawn = rows()
    for x, y, size in [(70, 268, 1), (196, 282, 1.1), (420, 276, 1.05), (540, 262, 0.95)]:
        tuft = "".join(
            leaf(0, 0, 24, 7, turn, green) for turn, green in [(-40, GREEN), (40, GREEN), (0, DARK_GREEN)]
        )
        drawn += moved(tuft, x, y, size)
    return drawn + moved(farmer("#C24E14"), 304, 268, 0.8)


def farmer(shirt: str) -> str:
    """Somebody bent over a row, under a conical hat; feet at (0, 0)."""
    drawn = oval(6, 0, 46, 6, "#3A1B05", opacity=0.22)
    drawn += shape("M-18 0L-14-52H8L14 0H2L-3-34L-8 0Z", "#2F4A57") + shape(
        "M-18-50C-22-82-8-98 16-98C34-96 36-74 24-50Z", shirt
    )
    drawn += (
        stroke("M26-84C40-74 48-62 54-48", shirt, 13)
        + dot(55, -45, 6, "#E0AC7D")
        + dot(18, -106, 13, "#E0AC7D")
    )
    drawn += shape("M18-140L56-108Q16-96-22-108Z", "#F3DDB0") + shape(
        "M18-140L56-108Q40-104 26-103Z", "#D9B679"
    )
    return drawn + moved(leaf(0, 0, 16, 5, -20, GREEN) + leaf(0, 0, 16, 5, 20, LIGHT_GREEN), 56, -48)


def onions() -> str:
    """Rows of green onion under a violet evening."""
    drawn = box(0, 0, 600, 300, "#FFE3B0") + dot(130, 84, 46, "#F58A3C")
    drawn += shape("M0 130C120 84 220 96 320 124C420 84 520 90 600 120V300H0Z", "#C384BE")
    drawn += shape("M0 150C200 126 400 126 600 150V300H0Z", "#A4678F") + shape(
        "M0 168C200 150 400 150 600 168V300H0Z", "#8A5A3A"
    )
    for line, (y, size, step) in enumerate([(184, 0.5, 40), (214, 0.75, 54), (256, 1.1, 74), (304, 1.5, 96)]):
        for x in range(-20 + (line % 2) * step // 2, 640, step):
            drawn += moved(
                stroke(
                    "M0 0C-2-16-10-26-16-32M0 0V-40M0 0C2-16 10-26 16-32",
                    GREEN if line % 2 else DARK_GREEN,
                    5,
                ),
                x,
                y,
                size,
            )
            drawn += oval(x, y, 9 * size, 6 * size, "#B0569A")
    return drawn


def river() -> str:
    """Cages on a wide river, a boat between."""
    drawn = box(0, 0, 600, 300, "#CDEBF5") + dot(470, 62, 34, "#FFD869")
    drawn += shape("M0 112C140 84 260 120 380 100C470 86 540 96 600 106V300H0Z", "#7FBF8A")
    drawn += shape("M0 126C200 112 400 130 600 120V300H0Z", "#5FB0CD") + shape(
        "M0 190C200 176 420 204 600 188V300H0Z", "#4A9BBB"
    )
    drawn += stroke("M40 150h60M210 142h44M430 152h70M120 276h70M480 266h80M300 288h50", "#A9DCEC", 4)
    for x, y, size in [(60, 176, 0.9), (214, 170, 0.85), (368, 178, 0.9), (20, 236, 1.25), (440, 232, 1.2)]:
        drawn += moved(_cage(), x, y, size)
    hull = shape("M0 0H92C88 18 76 24 62 24H28C14 24 4 16 0 0Z", WOOD_DARK) + box(-2, -4, 96, 7, WOOD, 3)
    person = shape("M38-4C36-26 42-34 50-34C58-34 62-26 62-4Z", "#7A2A63") + dot(50, -41, 9, "#E0AC7D")
    hat = shape("M50-64L74-42Q50-36 26-42Z", "#F3DDB0") + stroke("M66-24L92 20", WOOD_DARK, 4)
    return drawn + moved(hull + person + hat, 226, 246, 1.05)


def _cage() -> str:
    frame = (
        box(0, 0, 120, 40, "#2F7A98", 6) + box(6, 6, 50, 28, "#3F8EAD", 4) + box(64, 6, 50, 28, "#3F8EAD", 4)
    )
    edge = stroke("M3 3H117V37H3ZM60 3V37", "#E2AE6C", 6)
    fish = stroke("M18 22q7-7 14 0M36 16q6-6 12 0M76 18q7-7 14 0M92 26q6-6 12 0", "#BFE6F2", 3)
    return frame + edge + fish + dots([(3, 38), (60, 40), (117, 38)], 6, "#C24E14")


def rice() -> str:
    """Terraces of ripe rice, storks over them."""
    drawn = box(0, 0, 600, 300, "#D6EEF2") + dot(110, 70, 36, "#FFD869")
    drawn += shape("M0 120C130 70 230 112 340 92C450 70 540 96 600 84V300H0Z", "#8CC5A0")
    for y, colour in [(132, "#E9C24A"), (168, "#F2D061"), (208, "#E5B23A"), (252, "#F5D971")]:
        drawn += shape(
            f"M0 {y}C150 {y - 22} 300 {y + 18} 450 {y - 6}C520 {y - 16} 570 {y - 10} 600 {y - 4}V300H0Z",
            colour,
        )
        drawn += stroke(
            f"M0 {y}C150 {y - 22} 300 {y + 18} 450 {y - 6}C520 {y - 16} 570 {y - 10} 600 {y - 4}",
            "#6FA95A",
            5,
        )
    ears = "M0 0C2-18 6-28 16-36M0 0C0-20-2-30-8-40"
    grain = (
        oval(14, -34, 4, 8, "#C6952F", 50)
        + oval(-7, -38, 4, 8, "#C6952F", -16)
        + oval(8, -24, 3.5, 7, "#DDB04A", 40)
    )
    for x in range(24, 600, 54):
        drawn += moved(stroke(ears, "#9A7A22", 3.5) + grain, x, 300, 1.25 if x % 108 else 1.05)
    return drawn + stroke("M330 60q14-14 24 0q10-14 24 0M400 40q10-10 18 0q8-10 18 0", "#FFFFFF", 5)


def orchard() -> str:
    """Fruit trees in rows over the hills."""
    drawn = box(0, 0, 600, 300, "#CDEBF5") + dot(500, 58, 34, "#FFD869")
    drawn += shape("M0 130C120 60 240 100 330 124C420 70 520 84 600 120V300H0Z", "#A3DA98")
    drawn += shape("M0 176C160 128 330 168 600 140V300H0Z", "#7FBF62") + shape(
        "M0 226C200 188 400 236 600 204V300H0Z", "#5DAE5B"
    )
    places = [
        (60, 168, 0.5),
        (150, 156, 0.5),
        (250, 164, 0.5),
        (370, 158, 0.5),
        (480, 150, 0.5),
        (560, 156, 0.5),
    ]
    places += [(30, 226, 0.85), (170, 214, 0.85), (320, 226, 0.85), (460, 218, 0.85), (590, 210, 0.85)]
    places += [(100, 292, 1.25), (290, 300, 1.3), (500, 290, 1.25)]
    return drawn + "".join(moved(_tree(), x, y, size) for x, y, size in places)


def _tree() -> str:
    drawn = oval(0, 0, 40, 8, "#1B4A2D", opacity=0.25) + stroke("M0 0V-30", "#7A4A22", 9)
    crown = (
        "M-42-46C-46-66-30-76-22-76C-18-92 18-94 24-78C38-78 48-64 42-46C40-32 20-28 0-28C-20-28-40-32-42-46Z"
    )
    drawn += shape(crown, DARK_GREEN) + moved(shape(crown, GREEN), -3, -4, 0.9)
    return drawn + dots([(-22, -56), (-4, -70), (16, -58), (4, -46), (-14, -42), (28, -48)], 5.5, "#E0405A")


def cabbages() -> str:
    """Heads of cabbage, row before row."""
    drawn = box(0, 0, 600, 300, "#CDEBF5") + dot(330, 56, 34, "#FFD869")
    drawn += shape("M0 120C160 90 300 130 600 96V300H0Z", "#A3DA98") + shape(
        "M0 150C200 130 400 140 600 130V300H0Z", "#6B4423"
    )
    for line, (y, size) in enumerate([(160, 0.42), (194, 0.62), (242, 0.92), (306, 1.3)]):
        step = 92 * size
        for i in range(-1, int(600 / step) + 2):
            drawn += moved(_head(), i * step + (line % 2) * step / 2, y, size)
    return drawn


def _head() -> str:
    drawn = (
        oval(0, -16, 44, 30, "#3A8446") + oval(-3, -19, 38, 26, "#5AA950") + oval(0, -24, 27, 22, "#7FBF62")
    )
    return drawn + oval(-3, -27, 22, 17, "#A9DA7F") + stroke("M0-8V-40M0-18l-13-9M0-18l13-9", "#EAF8D6", 3)


def workshop() -> str:
    """A workshop in the village: jars on the shelf, steam from the pot."""
    drawn = box(0, 0, 600, 300, "#CDEBF5") + shape("M0 150C160 110 420 140 600 110V300H0Z", "#A3DA98")
    drawn += (
        box(0, 236, 600, 64, "#D9B679")
        + box(60, 96, 480, 160, "#FFF1D6")
        + shape("M30 100L300 18L570 100Z", "#B5522C")
    )
    drawn += stroke("M92 92L300 30L508 92M150 94L300 46L450 94", "#8E3A1A", 4, 0.7) + box(
        46, 96, 508, 10, "#8E3A1A", 4
    )
    drawn += box(96, 128, 120, 100, "#8F5D29", 4) + box(104, 136, 104, 84, "#5E3B17", 3)
    drawn += box(104, 172, 104, 6, WOOD, 2) + box(104, 214, 104, 6, WOOD, 2)
    for x, colour in [(112, "#FFC23D"), (138, "#D5342B"), (164, "#8E5A86"), (188, "#FFC23D")]:
        drawn += (
            box(x, 150, 17, 22, colour, 4)
            + box(x + 2, 145, 13, 6, WOOD_LIGHT, 2)
            + box(x, 194, 17, 20, "#F3DDB0", 5)
        )
    drawn += (
        box(270, 140, 84, 116, "#8F5D29", 4)
        + box(276, 146, 72, 110, "#A8702E", 3)
        + dot(338, 204, 4, "#FFD869")
    )
    drawn += box(392, 196, 130, 14, WOOD_LIGHT, 4) + box(392, 208, 130, 48, WOOD, 3)
    drawn += shape("M416 170H490C490 190 478 198 452 198C428 198 416 190 416 170Z", "#56676E") + box(
        410, 164, 86, 9, "#7F949C", 4
    )
    drawn += stroke(
        "M436 152c-8-10 8-16 0-28M458 150c-8-10 8-18 0-32M478 152c-6-8 6-14 0-24", "#FFFFFF", 6, 0.9
    )
    return drawn + moved(_tree(), 30, 258, 0.8) + moved(_tree(), 580, 252, 0.9)


SCENES: dict[str, Callable[[], str]] = {
    draw.__name__: draw for draw in (field, onions, river, rice, orchard, cabbages, workshop)
}
FACES = {
    "man": ("#E8B48A", "#1E6B43", False),
    "woman": ("#EBBE98", "#7A2A63", False),
    "hat": ("#E0AC7D", "#12607F", True),
}


def face(name: str) -> str:
    """A friendly face, 64 × 64."""
    skin, shirt, hat = FACES[name]
    drawn = ""
    if name == "woman":
        drawn += shape("M16 30C14 10 50 10 48 30C50 40 48 48 46 52H18C16 48 14 40 16 30Z", "#2B2420")
    drawn += shape("M8 70C8 50 20 46 32 46C44 46 56 50 56 70Z", shirt)
    drawn += box(27, 38, 10, 12, skin, 5) + dot(32, 30, 13, skin)
    if hat:
        drawn += shape("M8 27L32 6L56 27C44 31 20 31 8 27Z", "#F3DDB0") + shape(
            "M32 6L56 27C50 29 44 30 38 30Z", "#D9B679"
        )
    else:
        drawn += shape("M18 30C16 14 48 14 46 30C42 24 24 24 18 30Z", "#2B2420")
    drawn += stroke("M27 36C29 39 35 39 37 36", "#8A4A2A", 2)
    return drawn + dots([(27.5, 31), (36.5, 31)], 1.5, "#2B2420")


def symbols() -> str:
    """`s-<name>` for each landscape, `f-<name>` for each face."""
    drawn = "".join(
        f'<symbol id="s-{name}" viewBox="0 0 600 300">{draw()}</symbol>' for name, draw in SCENES.items()
    )
    return drawn + "".join(
        f'<symbol id="f-{name}" viewBox="0 0 64 64">{face(name)}</symbol>' for name in FACES
    )
