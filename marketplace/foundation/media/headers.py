"""What a file says of itself, read from its first bytes without decoding a pixel.

Pure Python over `bytes`, so that an upload can be answered with a sentence inside the request. Nothing here
trusts the file: every step is bounded, and whatever does not add up is `Unreadable`. The numbers are only
claims; the child process that decodes the picture checks them again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

JPEG, PNG, WEBP, AVIF, HEIC = "JPEG", "PNG", "WEBP", "AVIF", "HEIF"
PROGRESSIVE = {0xC2, 0xC6, 0xCA, 0xCE}
MAX_SEGMENTS = 4096  # a phone's picture with depth map, colour profile and thumbnails has a few hundred

AVIF_BRANDS = {b"avif", b"avis"}
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"}
CONTAINERS = {b"meta", b"iprp", b"ipco"}

OTHER_TYPES = (
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"BM", "BMP"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"II+\x00", "TIFF"),
    (b"MM\x00+", "TIFF"),
    (b"%PDF-", "PDF"),
    (b"8BPS", "PSD"),
    (b"\x00\x00\x01\x00", "ICO"),
    (b"\x00\x00\x00\x0cjP  ", "JPEG 2000"),
    (b"\xff\x4f\xff\x51", "JPEG 2000"),
    (b"\xff\x0a", "JPEG XL"),
    (b"\x00\x00\x00\x0cJXL ", "JPEG XL"),
)


class Unreadable(ValueError):
    """The bytes are not the start of a picture we take; `reason` is a code of `refusals.py`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Header:
    """Format (Pillow's name for it) and the size in pixels as stored, before any turning upright."""

    kind: str
    width: int
    height: int
    held: int = 0
    """Bytes a decoder must hold at once before the first pixel: a progressive JPEG keeps all coefficients."""

    @property
    def pixels(self) -> int:
        return self.width * self.height


def read_header(data: bytes) -> Header:
    """Read format and pixel size of a picture, or raise `Unreadable` with the reason."""
    kind = _kind_of(data)
    try:
        width, height, *held = _MEASURES[kind](data)
    except (IndexError, ValueError) as problem:
        if isinstance(problem, Unreadable):
            raise
        raise Unreadable("truncated") from problem
    if width < 1 or height < 1:
        raise Unreadable("damaged")
    return Header(kind, width, height, *held)


def _kind_of(data: bytes) -> str:
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return WEBP
    if data[4:8] == b"ftyp":
        return _kind_of_brands(data)
    if any(data.startswith(magic) for magic, _name in OTHER_TYPES):
        raise Unreadable("other_type")
    if b"<svg" in data[:4096].lower():
        raise Unreadable("svg")
    raise Unreadable("not_a_picture")


def _kind_of_brands(data: bytes) -> str:
    length = int.from_bytes(data[:4], "big")
    box = data[8 : min(length, 256)]
    brands = {box[at : at + 4] for at in range(0, len(box), 4) if at != 4}
    if brands & AVIF_BRANDS:
        return AVIF
    if brands & HEIC_BRANDS:
        return HEIC
    raise Unreadable("other_type")


# --- JPEG -----------------------------------------------------------------------------------------


def _measure_jpeg(data: bytes) -> tuple[int, int, int]:
    size = None
    for marker, at, length in _jpeg_segments(data):
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            width, height = _number(data, at + 3, 2), _number(data, at + 1, 2)
            size = width, height, _coefficients(data, at) * width * height if marker in PROGRESSIVE else 0
        if marker == 0xDA:
            if size is None:
                raise Unreadable("damaged")
            if data.rfind(b"\xff\xd9", at + length) < 0:
                raise Unreadable("truncated")
            return size
    raise Unreadable("truncated")


def _coefficients(data: bytes, frame: int) -> int:
    """Bytes per pixel of the coefficients, rounded up: two for each component, less if subsampled."""
    samplings = [data[at] >> 4 & 15 for at in range(frame + 7, frame + 7 + 3 * data[frame + 5], 3)]
    downs = [data[at] & 15 for at in range(frame + 7, frame + 7 + 3 * data[frame + 5], 3)]
    whole = max(samplings) * max(downs)
    if whole == 0:
        raise Unreadable("damaged")
    parts = sum(across * down for across, down in zip(samplings, downs, strict=True))
    return -(-2 * parts // whole)


def _jpeg_segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """(marker, where its payload begins, length of the payload), up to the start of the scan."""
    at = 2
    for _step in range(MAX_SEGMENTS):
        if at + 4 > len(data):
            raise Unreadable("truncated")
        if data[at] != 0xFF:
            raise Unreadable("damaged")
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        length = _number(data, at + 2, 2)
        if length < 2:
            raise Unreadable("damaged")
        yield marker, at + 4, length - 2
        at += 2 + length
    raise Unreadable("damaged")


# --- PNG and WebP ---------------------------------------------------------------------------------


def _measure_png(data: bytes) -> tuple[int, int]:
    if data[12:16] != b"IHDR":
        raise Unreadable("damaged")
    size = _number(data, 16, 4), _number(data, 20, 4)
    if data.rfind(b"IEND", 24) < 0:
        raise Unreadable("truncated")
    return size


def _measure_webp(data: bytes) -> tuple[int, int]:
    if (
        int.from_bytes(data[4:8], "little") + 8 > len(data) + 1
    ):  # some writers leave out the last padding byte
        raise Unreadable("truncated")
    chunk = data[12:16]
    if chunk == b"VP8X":
        return 1 + _little(data, 24, 3), 1 + _little(data, 27, 3)
    if chunk == b"VP8L":
        bits = _little(data, 21, 4)
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if chunk == b"VP8 ":
        return _little(data, 26, 2) & 0x3FFF, _little(data, 28, 2) & 0x3FFF
    raise Unreadable("damaged")


# --- AVIF and HEIC --------------------------------------------------------------------------------


def _measure_boxes(data: bytes) -> tuple[int, int]:
    """The largest of all declared sizes: a picture made of tiles declares the tiles' size as well."""
    sizes = [
        (_number(data, at + 4, 4), _number(data, at + 8, 4))
        for name, at, end in _boxes(data)
        if name == b"ispe" and end - at >= 12
    ]
    if not sizes:
        raise Unreadable("damaged")
    return max(sizes, key=lambda size: size[0] * size[1])


def _boxes(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """(name, where its payload begins, where it ends) of all boxes down to the properties."""
    spans = [(0, len(data))]
    seen = 0
    while spans:
        at, end = spans.pop()
        while at + 8 <= end:
            seen += 1
            if seen > MAX_SEGMENTS:
                raise Unreadable("damaged")
            length, name = _number(data, at, 4), data[at + 4 : at + 8]
            start = at + 8
            if length == 1:
                length, start = _number(data, at + 8, 8), at + 16
            elif length == 0:
                length = end - at
            if length < start - at:
                raise Unreadable("damaged")
            if at + length > end:
                raise Unreadable("truncated")
            if name in CONTAINERS:
                spans.append((start + 4 if name == b"meta" else start, at + length))
            yield name, start, at + length
            at += length


def _number(data: bytes, at: int, size: int) -> int:
    return int.from_bytes(_slice(data, at, size), "big")


def _little(data: bytes, at: int, size: int) -> int:
    return int.from_bytes(_slice(data, at, size), "little")


def _slice(data: bytes, at: int, size: int) -> bytes:
    piece = data[at : at + size]
    if len(piece) < size:
        raise Unreadable("truncated")
    return piece


_MEASURES = {
    JPEG: _measure_jpeg,
    PNG: _measure_png,
    WEBP: _measure_webp,
    AVIF: _measure_boxes,
    HEIC: _measure_boxes,
}
