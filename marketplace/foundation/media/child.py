"""Decodes one picture where nothing can be harmed: a process with little memory, little time and no way out.

Run by path (`python -I child.py`), so that it imports nothing of ours: only the standard library and
Pillow. Standard input is the picture, standard output one line of JSON and then the bytes of the new files,
one after the other. Once everything is imported no file and no connection can be opened any more (a limit
of no descriptors), so the worst a hostile picture can do is to end this process.
"""

from __future__ import annotations

import io
import json
import resource
import sys
from collections import Counter
from contextlib import suppress
from typing import IO, Any

from PIL import AvifImagePlugin, Image, ImageCms, ImageFile

WIDTHS = (1600, 800, 400)
TALLEST = 3  # a picture's box is at most three times as high as wide: long screenshots shrink to fit
SHARE = (1200, 630)
MARK = (640, 264)
KEEP_WHEN_CROPPED = 0.6  # a share card that would keep less shows the whole picture on a plain ground
DECODED_PIXELS = 25_000_000
ORIENTATION = 0x0112
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
SRGB = ImageCms.createProfile("sRGB")
FORMATS: dict[str, dict[str, Any]] = {
    "avif": {"format": "AVIF", "quality": 60, "speed": 9, "max_threads": 2},
    "webp": {"format": "WEBP", "quality": 78, "method": 2},
    "jpg": {"format": "JPEG", "quality": 82, "progressive": True, "subsampling": "4:2:0"},
}


class Refused(Exception):
    """The picture cannot be taken; the argument is a code of `refusals.py`."""


def main(kind: str, cpu_seconds: int, memory_bytes: int, work: str) -> None:
    _prepare(kind)
    _lock_in(cpu_seconds, memory_bytes)
    try:
        answer, blobs = WORKS[work](sys.stdin.buffer, kind)
    except MemoryError:
        answer, blobs = {"refused": "too_many_pixels"}, []
    except Refused as refusal:
        answer, blobs = {"refused": str(refusal)}, []
    except Exception as problem:  # whatever a decoder stumbles over is a fault of the file
        answer, blobs = {"refused": _reason(problem), "detail": repr(problem)[:200]}, []
    out = sys.stdout.buffer
    out.write(json.dumps(answer).encode() + b"\n")
    for blob in blobs:
        out.write(blob)
    out.flush()


def _prepare(kind: str) -> None:
    """Import and set up everything while files can still be opened."""
    if kind == "HEIF":
        import pillow_heif

        pillow_heif.register_heif_opener(
            decode_threads=1, thumbnails=False, depth_images=False, aux_images=False
        )
    AvifImagePlugin.DEFAULT_MAX_THREADS = 2
    Image.preinit()
    Image.MAX_IMAGE_PIXELS = None  # our own, stricter count follows in _load
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    _rehearse()


def _rehearse() -> None:
    """Develop a tiny picture: much of Pillow and of Python is imported only when it is first used."""
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    profile = ImageCms.ImageCmsProfile(SRGB).tobytes()
    file = io.BytesIO()
    Image.new("RGB", (9, 6)).save(file, "JPEG", exif=exif, icc_profile=profile)
    develop(file, "JPEG")


def _lock_in(cpu_seconds: int, memory_bytes: int) -> None:
    limits = {
        resource.RLIMIT_CPU: cpu_seconds,
        resource.RLIMIT_AS: memory_bytes,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 32 * 1024 * 1024,
        resource.RLIMIT_NOFILE: 0,
    }
    for limit, value in limits.items():
        with suppress(OSError, ValueError):  # macOS knows no RLIMIT_AS worth the name; the others hold there
            resource.setrlimit(limit, (value, value))


# --- the work -------------------------------------------------------------------------------------


def develop(file: IO[bytes], kind: str) -> tuple[dict[str, Any], list[bytes]]:
    """Open, turn upright, reduce, convert to sRGB, forget all metadata and write the new files."""
    current, upright = _largest(file, kind)
    colour = _dominant(current)
    written = [_write(_share_card(current, colour), "jpg", "share")]
    for size in _sizes(*upright):
        if size != current.size:
            current = current.resize(size, Image.Resampling.LANCZOS)
        written += [_write(current, name, "page") for name in ("avif", "webp")]
    answer = {"width": upright[0], "height": upright[1], "colour": colour}
    return {**answer, "files": [file for file, _blob in written]}, [blob for _file, blob in written]


def copy(file: IO[bytes], kind: str) -> tuple[dict[str, Any], list[bytes]]:
    """The same picture, upright, as one JPEG and nothing beside its pixels."""
    picture, upright = _largest(file, kind)
    told, blob = _write(picture, "jpg", "copy")
    return {"width": upright[0], "height": upright[1], "colour": _dominant(picture), "files": [told]}, [blob]


def mark(file: IO[bytes], kind: str) -> tuple[dict[str, Any], list[bytes]]:
    """A sign to stand small in a corner: without its empty edges, once as it is and once on white for letters."""
    picture = Image.open(file, formats=[kind])
    _load(picture)
    profile, turn = picture.info.get("icc_profile"), _turn_of(picture)
    plain = _to_eight_bits(picture)
    if turn in UPRIGHT:
        plain = plain.transpose(UPRIGHT[turn])
    upright = plain.size
    if plain.mode == "RGBA":
        plain = plain.crop(plain.getchannel("A").getbbox())
    scale = min(1.0, MARK[0] / plain.width, MARK[1] / plain.height)
    plain = plain.resize(
        (max(1, round(plain.width * scale)), max(1, round(plain.height * scale))), Image.Resampling.LANCZOS
    )
    on_white = _bare(_to_srgb(_on_white(plain), profile))
    seen = on_white
    if plain.mode == "RGBA":
        seen = _bare(_to_srgb(plain.convert("RGB"), profile))
        seen.putalpha(plain.getchannel("A"))
    written = [_write(seen, "webp", "page"), _write(on_white, "jpg", "copy")]
    answer = {"width": upright[0], "height": upright[1], "colour": _dominant(on_white)}
    return {**answer, "files": [told for told, _blob in written]}, [blob for _told, blob in written]


WORKS = {"develop": develop, "copy": copy, "mark": mark}


def _largest(file: IO[bytes], kind: str) -> tuple[Image.Image, tuple[int, int]]:
    """The upright sRGB picture in the largest size we make, and its size before it was reduced."""
    picture = Image.open(file, formats=[kind])
    if kind != "JPEG":
        _load(picture)  # before the EXIF is asked for: a PNG would load itself then, and hide what went wrong
    turn = _turn_of(picture)
    upright = _turned(picture.size, turn)
    size = _turned(_sizes(*upright)[0], turn)
    if kind == "JPEG":
        picture.draft(picture.mode, size)  # decoded no larger than needed
        _load(picture)
    profile = picture.info.get("icc_profile")
    plain = _on_white(_to_eight_bits(picture)).resize(size, Image.Resampling.LANCZOS)
    if turn in UPRIGHT:
        plain = plain.transpose(UPRIGHT[turn])
    return _bare(_to_srgb(plain, profile)), upright


def _load(picture: ImageFile.ImageFile) -> None:
    if picture.width * picture.height > DECODED_PIXELS:
        raise Refused("too_many_pixels")
    picture.load()
    picture.fp = None  # some decoders leave a raw copy of all pixels there


def _write(image: Image.Image, name: str, use: str) -> tuple[dict[str, Any], bytes]:
    file = io.BytesIO()
    image.save(file, **FORMATS[name])
    blob = file.getvalue()
    what = {"format": name, "use": use, "width": image.width, "height": image.height}
    return {**what, "bytes": len(blob)}, blob


def _turn_of(picture: Image.Image) -> int:
    """The EXIF orientation, 1 when there is none or it is nonsense."""
    with suppress(Exception):
        return int(picture.getexif().get(ORIENTATION, 1))
    return 1


def _turned(size: tuple[int, int], turn: int) -> tuple[int, int]:
    return (size[1], size[0]) if turn in {5, 6, 7, 8} else (size[0], size[1])


def _sizes(width: int, height: int) -> list[tuple[int, int]]:
    """The sizes to make, largest first, none larger than the picture itself."""
    sizes: list[tuple[int, int]] = []
    for limit in WIDTHS:
        size = _fit((width, height), limit)
        if size not in sizes:
            sizes.append(size)
    return sizes


def _fit(size: tuple[int, int], limit: int) -> tuple[int, int]:
    width, height = size
    scale = min(1.0, limit / width, limit * TALLEST / height)
    return max(1, round(width * scale)), max(1, round(height * scale))


def _to_eight_bits(picture: Image.Image) -> Image.Image:
    """Sixteen bits of grey become eight; palettes and bitmaps become colours."""
    if picture.mode.startswith("I"):
        return picture.convert("I").point(lambda level: level / 257).convert("L")
    if picture.mode == "F":
        return picture.convert("L")
    if picture.mode == "1":
        return picture.convert("L")
    if picture.mode == "P" or (picture.mode in {"L", "RGB"} and "transparency" in picture.info):
        return picture.convert("RGBA" if "transparency" in picture.info else "RGB")
    if picture.mode in {"LA", "PA", "La", "RGBa"}:
        return picture.convert("RGBA")
    return picture


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode != "RGBA":
        return picture
    ground = Image.new("RGB", picture.size, "white")
    ground.paste(picture, mask=picture.getchannel("A"))
    return ground


def _to_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Colours as the profile means them; a profile that cannot be used is left out."""
    if profile and picture.mode in {"RGB", "CMYK", "L"}:
        with suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError):
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(picture, source, SRGB, outputMode="RGB")
            if converted is not None:
                return converted
    return picture if picture.mode == "RGB" else picture.convert("RGB")


def _bare(picture: Image.Image) -> Image.Image:
    """The pixels and nothing else: no EXIF, XMP, profile, comment or name goes on."""
    picture.info = {}
    return picture


def _dominant(picture: Image.Image) -> str:
    """The commonest of a few colours, for the ground behind a picture that is still on its way."""
    small = picture.resize((48, 48), Image.Resampling.BOX).quantize(5)
    seen = small.convert("RGB").tobytes()
    pixels = Counter(seen[at : at + 3] for at in range(0, len(seen), 3))
    return f"#{pixels.most_common(1)[0][0].hex()}"


def _share_card(picture: Image.Image, colour: str) -> Image.Image:
    """1200 × 630 as social pages want it, smaller for a small picture, never upscaled."""
    card = SHARE[0] / SHARE[1]
    shape = picture.width / picture.height
    if min(shape / card, card / shape) >= KEEP_WHEN_CROPPED:
        width, height = min(picture.width, picture.height * card), min(picture.height, picture.width / card)
        left, top = (picture.width - width) / 2, (picture.height - height) / 2
        size = _card_size(width)
        return picture.resize(size, Image.Resampling.LANCZOS, box=(left, top, left + width, top + height))
    size = _card_size(max(picture.width, picture.height * card))
    scale = min(size[0] / picture.width, size[1] / picture.height, 1.0)
    inner = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
    ground = Image.new("RGB", size, colour)
    ground.paste(
        picture.resize(inner, Image.Resampling.LANCZOS),
        ((size[0] - inner[0]) // 2, (size[1] - inner[1]) // 2),
    )
    return ground


def _card_size(width: float) -> tuple[int, int]:
    scale = min(1.0, width / SHARE[0])
    return max(1, round(SHARE[0] * scale)), max(1, round(SHARE[1] * scale))


def _reason(problem: Exception) -> str:
    said = str(problem).lower()
    if any(word in said for word in ("truncated", "broken data stream", "unexpected end", "end of file")):
        return "truncated"
    if any(word in said for word in ("memory", "security limit", "failed to encode")):
        return "too_many_pixels"
    return "damaged"


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
