"""Pictures made at test time: four coloured corners, every format, and files that mean harm."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import pillow_heif
from PIL import Image

from marketplace.foundation.media.decode import Rendition

pillow_heif.register_heif_opener(thumbnails=False)

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "HEIF")
RED, GREEN, BLUE, YELLOW = (210, 30, 30), (30, 170, 40), (30, 50, 200), (230, 210, 20)
UNDONE = {1: None, 2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
"""The transposition that lays a picture down so that its EXIF orientation sets it up again."""


def corners(width: int = 600, height: int = 400) -> Image.Image:
    """Red, green / blue, yellow."""
    picture = Image.new("RGB", (2, 2))
    picture.putdata([RED, GREEN, BLUE, YELLOW])
    return picture.resize((width, height), Image.Resampling.NEAREST)


def saved(picture: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    file = io.BytesIO()
    fast = {"AVIF": {"speed": 10}, "WEBP": {"method": 0}}.get(kind, {})
    picture.save(file, kind, **{"quality": 90, **fast, **options} if kind != "PNG" else options)
    return file.getvalue()


def laid_down(orientation: int, kind: str = "JPEG") -> bytes:
    """The four corners as a camera held in this orientation stores them."""
    picture = corners()
    if UNDONE[orientation] is not None:
        picture = picture.transpose(Image.Transpose(UNDONE[orientation]))
    exif = Image.Exif()
    exif[0x0112] = orientation
    if kind == "HEIF":  # this writer turns the EXIF orientation of the picture's own info into a rotation box
        picture.info["exif"] = exif.tobytes()
        return saved(picture, kind)
    return saved(picture, kind, exif=exif)


def opened(rendition: Rendition) -> Image.Image:
    picture = Image.open(io.BytesIO(rendition.data))
    picture.load()
    return picture


def corner_colours(picture: Image.Image) -> list[str]:
    """The names of the colours in the four corners, row by row."""
    w, h = picture.size
    plain = picture.convert("RGB")
    spots = [(w // 8, h // 8), (w - w // 8, h // 8), (w // 8, h - h // 8), (w - w // 8, h - h // 8)]
    return [name_of(plain.getpixel(spot)) for spot in spots]


def name_of(colour: tuple[int, ...]) -> str:
    known = {"red": RED, "green": GREEN, "blue": BLUE, "yellow": YELLOW, "white": (255, 255, 255)}
    name, nearest = min(known.items(), key=lambda item: distance(item[1], colour))
    return name if distance(nearest, colour) < 60 else f"{colour}"


def distance(one: tuple[int, ...], other: tuple[int, ...]) -> int:
    return max(abs(a - b) for a, b in zip(one, other, strict=True))


def png(width: int, height: int, *chunks: tuple[bytes, bytes], data: bytes = b"") -> bytes:
    """A PNG put together by hand: what it declares need not be what it holds."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", header), *chunks, (b"IDAT", zlib.compress(data)), (b"IEND", b"")]
    body = b"".join(
        struct.pack(">I", len(text)) + name + text + struct.pack(">I", zlib.crc32(name + text))
        for name, text in parts
    )
    return b"\x89PNG\r\n\x1a\n" + body


def with_size(jpeg: bytes, width: int, height: int) -> bytes:
    """The same JPEG claiming another size."""
    for marker in (b"\xff\xc0\x00\x11", b"\xff\xc2\x00\x11"):
        at = jpeg.find(marker)
        if at > 0:
            return jpeg[: at + 5] + struct.pack(">HH", height, width) + jpeg[at + 9 :]
    raise AssertionError("no frame in this JPEG")
