"""Any camera's picture becomes upright, bare files of three widths; what means harm becomes a sentence."""

from __future__ import annotations

import contextlib
import io
import os
import random
import subprocess
import sys
import time
import zipfile

import pytest
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from marketplace.foundation.media import decode
from marketplace.foundation.media.decode import Limits, check, develop
from marketplace.foundation.media.refusals import PhotoRefused
from tests.foundation.media.pictures import (
    FORMATS,
    GREEN,
    RED,
    corner_colours,
    corners,
    distance,
    laid_down,
    name_of,
    opened,
    png,
    saved,
    with_size,
)

IN_ORDER = ["red", "green", "blue", "yellow"]


def refusal_of(work, *args) -> str:
    with pytest.raises(PhotoRefused) as refused:
        work(*args)
    return refused.value.code


# --- what comes out ---------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_becomes_three_widths_of_two_formats_and_a_share_card(kind):
    developed = develop(saved(corners(2000, 1500), kind))

    assert (developed.width, developed.height) == (2000, 1500)
    made = [(r.use, r.format, r.width, r.height) for r in developed.renditions]
    assert made == [
        ("share", "jpg", 1200, 630),
        ("page", "avif", 1600, 1200),
        ("page", "webp", 1600, 1200),
        ("page", "avif", 800, 600),
        ("page", "webp", 800, 600),
        ("page", "avif", 400, 300),
        ("page", "webp", 400, 300),
    ]
    for rendition in developed.renditions:
        picture = opened(rendition)
        assert picture.format == decode.KINDS[rendition.format]
        assert picture.size == (rendition.width, rendition.height)
        assert corner_colours(picture) == IN_ORDER


@pytest.mark.parametrize(
    ("size", "widths"),
    [
        ((1000, 700), [1000, 800, 400]),
        ((500, 300), [500, 400]),
        ((300, 200), [300]),
        ((1, 1), [1]),
    ],
)
def test_a_small_picture_is_never_blown_up(size, widths):
    developed = develop(saved(corners(*size), "PNG"))
    assert [r.width for r in developed.renditions if r.format == "avif"] == widths
    share = developed.renditions[0]
    assert share.width <= max(size[0], 2 * size[1])


def test_a_long_screenshot_shrinks_into_its_box():
    developed = develop(saved(corners(1000, 9000), "PNG"))
    sizes = [(r.width, r.height) for r in developed.renditions if r.format == "webp"]
    assert sizes == [(533, 4800), (267, 2400), (133, 1200)]


def test_the_share_card_of_an_upright_picture_shows_all_of_it():
    developed = develop(saved(corners(900, 1600), "PNG"))
    card = opened(developed.renditions[0]).convert("RGB")
    assert card.size == (1200, 630)
    shown = card.crop((600 - 177, 0, 600 + 177, 630))
    assert corner_colours(shown) == IN_ORDER
    ground = tuple(bytes.fromhex(developed.colour[1:]))
    assert distance(card.getpixel((20, 315)), ground) < 12
    assert name_of(ground) in IN_ORDER


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_turned_upright(orientation):
    developed = develop(laid_down(orientation))
    assert (developed.width, developed.height) == (600, 400)
    for rendition in developed.renditions:
        assert corner_colours(opened(rendition)) == IN_ORDER


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF", "HEIF"])
def test_other_formats_are_turned_upright_too(kind):
    developed = develop(laid_down(6, kind))
    assert (developed.width, developed.height) == (600, 400)
    assert corner_colours(opened(developed.renditions[1])) == IN_ORDER


def telltale_exif() -> Image.Exif:
    exif = Image.Exif()
    exif[0x010F] = "CANARY-MAKER"
    exif[0x9286] = b"ASCII\0\0\0CANARY-COMMENT"
    exif.get_ifd(0x8769)[0xA431] = "CANARY-SERIAL"
    exif.get_ifd(0x8825).update({1: "N", 2: (20.0, 56.0, 24.0), 3: "E", 4: (106.0, 19.0, 48.0)})
    exif.get_ifd(0x8825)[29] = "2026:11:24"
    return exif


def notes(xmp: bytes) -> PngInfo:
    told = PngInfo()
    told.add_itxt("XML:com.adobe.xmp", xmp.decode())
    told.add_text("Author", "CANARY-AUTHOR <script>")
    return told


@pytest.mark.parametrize("kind", FORMATS)
def test_nothing_of_where_and_by_whom_remains(kind):
    exif = telltale_exif()
    assert Image.open(io.BytesIO(saved(corners(), "JPEG", exif=exif))).getexif().get_ifd(0x8825)
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>CANARY-XMP</x:xmpmeta>"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    extra = {"JPEG": {"comment": b"CANARY-JPEG", "xmp": xmp}, "PNG": {"pnginfo": notes(xmp)}}
    options = {"exif": exif, "icc_profile": profile, **extra.get(kind, {"xmp": xmp})}
    original = saved(corners(900, 600), kind, **options)
    assert b"CANARY-MAKER" in original and b"CANARY-XMP" in original

    for rendition in develop(original).renditions:
        for trace in (b"CANARY", b"2026:11:24", b"Exif", b"xmpmeta", b"GPS"):
            assert trace not in rendition.data
        picture = opened(rendition)
        assert not dict(picture.getexif()) and not picture.getexif().get_ifd(0x8825)
        assert not {"exif", "xmp", "icc_profile", "comment"} & set(picture.info)


def test_colours_are_those_that_the_profile_means():
    """In this profile the first channel is what sRGB calls green, and the second what it calls red."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, green = profile.index(b"rXYZ"), profile.index(b"gXYZ")
    profile[red : red + 4], profile[green : green + 4] = b"gXYZ", b"rXYZ"
    picture = Image.new("RGB", (400, 300), (220, 20, 20))
    developed = develop(saved(picture, "PNG", icc_profile=bytes(profile)))
    seen = opened(developed.renditions[1]).convert("RGB").getpixel((200, 150))
    assert seen[1] > 180 and seen[0] < 90


def test_an_unusable_profile_is_left_out():
    developed = develop(saved(corners(), "PNG", icc_profile=b"no profile at all" * 20))
    assert corner_colours(opened(developed.renditions[1])) == IN_ORDER


def half_clear() -> Image.Image:
    picture = corners().convert("RGBA")
    picture.paste((0, 0, 0, 0), (0, 0, 300, 200))
    return picture


@pytest.mark.parametrize(
    "data",
    [
        saved(half_clear(), "PNG"),
        saved(half_clear(), "WEBP", lossless=True),
        saved(half_clear(), "AVIF"),
        saved(half_clear().quantize(16), "PNG"),
    ],
    ids=["png", "webp", "avif", "palette"],
)
def test_clear_parts_are_white(data):
    developed = develop(data)
    assert corner_colours(opened(developed.renditions[1])) == ["white", "green", "blue", "yellow"]


def test_ink_colours_and_greys_of_any_depth_are_understood():
    ink = develop(saved(corners().convert("CMYK"), "JPEG"))
    assert corner_colours(opened(ink.renditions[1])) == IN_ORDER

    deep = Image.new("I;16", (400, 300), 40_000)
    for grey in (deep, Image.new("L", (400, 300), 155), Image.new("LA", (400, 300), (155, 255))):
        seen = opened(develop(saved(grey, "PNG")).renditions[1]).convert("RGB").getpixel((200, 150))
        assert distance(seen, (155, 155, 155)) < 6

    bits = develop(saved(Image.new("1", (400, 300), 1), "PNG"))
    assert bits.colour == "#ffffff"


@pytest.mark.parametrize("kind", ["WEBP", "PNG", "AVIF"])
def test_a_moving_picture_stands_still_on_its_first_frame(kind):
    frames = [Image.new("RGB", (320, 240), colour) for colour in (RED, GREEN)]
    moving = saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)
    assert Image.open(io.BytesIO(moving)).n_frames == 2
    developed = develop(moving)
    assert set(corner_colours(opened(developed.renditions[1]))) == {"red"}
    assert getattr(opened(developed.renditions[1]), "n_frames", 1) == 1


def test_the_same_picture_becomes_the_same_files():
    data = saved(corners(900, 600))
    assert develop(data) == develop(data)


# --- how large it may be ----------------------------------------------------------------------------


def test_108_megapixels_of_jpeg_fit_into_half_the_memory():
    """Decoded whole they would need 432 MB."""
    data = saved(Image.new("RGB", (12_000, 9_000), GREEN), quality=30)
    developed = develop(data, Limits(memory_bytes=256 * 1024 * 1024))
    assert (developed.width, developed.height) == (12_000, 9_000)
    assert (developed.renditions[1].width, developed.renditions[1].height) == (1600, 1200)


def test_more_pixels_are_refused_from_the_header_alone():
    jpeg = saved(corners())
    assert check(with_size(jpeg, 12_032, 9_000)).pixels == 108_288_000
    assert refusal_of(check, with_size(jpeg, 12_100, 9_000)) == "too_many_pixels"
    assert refusal_of(check, png(5001, 5000)) == "too_many_pixels"
    assert check(png(5000, 5000)).pixels == 25_000_000


def test_a_progressive_jpeg_is_weighed_by_what_its_decoder_must_hold():
    thin = saved(corners(), progressive=True, subsampling="4:2:0")
    thick = saved(corners(), progressive=True, subsampling="4:4:4")
    assert check(with_size(thin, 12_000, 9_000))
    assert refusal_of(check, with_size(thick, 12_000, 9_000)) == "too_many_pixels"
    assert check(with_size(thick, 8_000, 6_000))


def test_a_bomb_is_refused_at_once():
    bomb = png(20_000, 20_000, data=bytes(3_000_000))
    assert len(bomb) < 10_000
    before = time.monotonic()
    assert refusal_of(develop, bomb) == "too_many_pixels"
    assert time.monotonic() - before < 0.1


def test_a_picture_that_unpacks_into_too_much_text_is_refused():
    import zlib

    bombs = [(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(70_000_000)))]
    assert refusal_of(develop, png(64, 64, *bombs, data=bytes(64 * 193))) in {"damaged", "too_many_pixels"}


def test_too_little_memory_and_too_little_time_are_refusals():
    large = saved(Image.new("RGB", (5000, 5000), GREEN), "PNG", compress_level=1)
    assert refusal_of(develop, large, Limits(memory_bytes=120 * 1024 * 1024)) == "too_many_pixels"
    assert refusal_of(develop, large, Limits(wall_seconds=0.05)) == "timeout"
    assert develop(large).width == 5000


def test_more_than_twenty_megabytes_are_refused():
    jpeg = saved(corners())
    assert check(jpeg + bytes(decode.MAX_BYTES - len(jpeg)))
    assert refusal_of(check, jpeg + bytes(decode.MAX_BYTES - len(jpeg) + 1)) == "too_big"


# --- what it may be ---------------------------------------------------------------------------------

SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'><script>alert(2)</script></svg>"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (SVG, "svg"),
        (b"<?xml version='1.0'?>\n<!-- drawn -->" + SVG, "svg"),
        (saved(corners(), "GIF"), "other_type"),
        (saved(corners(), "BMP"), "other_type"),
        (saved(corners(), "TIFF"), "other_type"),
        (saved(corners(), "JPEG2000"), "other_type"),
        (saved(corners(64, 64), "ICO"), "other_type"),
        (b"%PDF-1.7\n%%EOF", "other_type"),
        (b"\0\0\0\x20ftypisom\0\0\2\0isomiso2avc1mp41" + bytes(400), "other_type"),
        (b"just a letter, no photo", "not_a_picture"),
        (b"<html><script>alert(1)</script>", "not_a_picture"),
        (b"PK\3\4" + bytes(200), "not_a_picture"),
        (b"\xff\xd8\xff", "truncated"),
        (b"RIFF\x10\0\0\0WEBPEVIL\0\0\0\0\0\0\0\0", "damaged"),
        (b"\xff\xd8\xff\xe0\x00\x00" + bytes(100), "damaged"),
        (b"\xff\xd8" + b"\xff\xe1\x00\x02" * 100_000, "damaged"),
        (b"\0\0\0\x18ftypavif\0\0\0\0avifmif1" + b"\0\0\0\x08free" * 100_000, "damaged"),
        (png(0, 40), "damaged"),
    ],
    ids=lambda value: value if isinstance(value, str) else repr(value[:12]),
)
def test_other_files_are_refused_with_a_reason(data, code):
    before = time.monotonic()
    assert refusal_of(check, data) == code
    assert refusal_of(develop, data) == code
    assert time.monotonic() - before < 0.3


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("part", [0.02, 0.5, 0.97])
def test_a_picture_cut_short_is_refused_before_it_is_kept(kind, part):
    whole = saved(Image.effect_noise((300, 200), 80).convert("RGB"), kind)
    assert refusal_of(check, whole[: int(len(whole) * part)]) == "truncated"


def test_a_picture_with_a_hole_in_it_is_refused():
    whole = saved(Image.effect_noise((400, 300), 90).convert("RGB"), "PNG")
    assert refusal_of(develop, whole[: len(whole) // 2] + whole[-500:]) in {"truncated", "damaged"}


@pytest.mark.parametrize("kind", FORMATS)
def test_two_files_in_one_leave_only_the_picture(kind):
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as pack:
        pack.writestr("evil.html", "<script>alert('CANARY')</script><?php system('CANARY') ?>")
    tail = b"<html><script>CANARY</script><svg onload=CANARY>" + archive.getvalue()
    if kind in {"AVIF", "HEIF"}:
        tail = (len(tail) + 8).to_bytes(4, "big") + b"free" + tail
    developed = develop(saved(corners(), kind) + tail)
    for rendition in developed.renditions:
        for trace in (b"CANARY", b"<script", b"<?php", b"onload", b"PK\3\4", b"<svg"):
            assert trace not in rendition.data


def test_a_thousand_small_lies_end_in_a_picture_or_a_sentence():
    """Bytes changed at random, header first: never another exception, never long."""
    chance = random.Random(20261124)
    for kind in FORMATS:
        whole = saved(corners(120, 80), kind)
        for turn in range(200):
            lie = bytearray(whole)
            for _ in range(chance.randint(1, 12)):
                lie[chance.randrange(len(lie) if turn % 2 else min(len(lie), 200))] = chance.randrange(256)
            try:
                check(bytes(lie))
            except PhotoRefused:
                continue
            if turn % 25 == 0:
                before = time.monotonic()
                with contextlib.suppress(PhotoRefused):
                    develop(bytes(lie))
                assert time.monotonic() - before < 5


# --- the room it is opened in -----------------------------------------------------------------------

ATTEMPTS = """
import runpy, socket, sys, os
child = runpy.run_path(sys.argv[1])
child["_prepare"]("JPEG")
child["_lock_in"](10, 512 * 1024 * 1024)
for attempt in (
    lambda: socket.socket(),
    lambda: open("/etc/passwd"),
    lambda: os.pipe(),
    lambda: open("/tmp/left-behind", "w"),
):
    try:
        attempt()
    except OSError:
        continue
    print("got out")
print("marketplace" in sys.modules, sorted(name for name in os.environ if "SECRET" in name))
"""


def test_the_child_opens_no_file_and_no_connection(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "must not travel")
    done = subprocess.run(
        [sys.executable, "-I", "-c", ATTEMPTS, str(decode.CHILD)],
        env=decode._bare_environment(),
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert done.stdout == "False []\n", done.stderr
    assert "SECRET_KEY" in os.environ
