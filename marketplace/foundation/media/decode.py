"""From the bytes of an upload to the files a page shows.

`check` answers inside the request, from the header alone. `develop` does the whole work in a child process
(`child.py`) that has 512 MiB, ten seconds of processor time and nothing to reach for; call it in the worker.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from marketplace.foundation.media.headers import JPEG, Header, Unreadable, read_header
from marketplace.foundation.media.refusals import PHOTO_REASONS, PhotoRefused

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 25_000_000
MAX_JPEG_PIXELS = (
    108_500_000  # what is sold as 108 megapixels is a little more: 12,000 × 9,000 and 12,032 × 9,024
)
MAX_HELD = 340_000_000  # of a progressive JPEG: 108 megapixels as phones write them, less without subsampling
CHILD = Path(__file__).with_name("child.py")
KINDS = {"avif": "AVIF", "webp": "WEBP", "jpg": "JPEG"}


@dataclass(frozen=True)
class Limits:
    """What the child may use. Wall time is the wider one: it only waits for a busy machine."""

    cpu_seconds: int = 10
    wall_seconds: float = 20
    memory_bytes: int = 512 * 1024 * 1024


@dataclass(frozen=True)
class Rendition:
    """One finished file: `format` is avif, webp or jpg; `use` is page, share or copy."""

    format: str
    use: str
    width: int
    height: int
    data: bytes


@dataclass(frozen=True)
class Developed:
    """A picture ready for pages. `width` and `height` are the upright size of the original, in pixels."""

    width: int
    height: int
    colour: str
    renditions: tuple[Rendition, ...]


def check(data: bytes) -> Header:
    """The quick look at an upload. Raises PhotoRefused with the sentence for the person."""
    if not data:
        raise PhotoRefused("empty")
    if len(data) > MAX_BYTES:
        raise PhotoRefused("too_big")
    try:
        header = read_header(data)
    except Unreadable as problem:
        raise PhotoRefused(problem.reason) from problem
    if header.pixels > (MAX_JPEG_PIXELS if header.kind == JPEG else MAX_PIXELS) or header.held > MAX_HELD:
        raise PhotoRefused("too_many_pixels")
    return header


def develop(data: bytes, limits: Limits | None = None) -> Developed:
    """Decode, turn upright, strip and re-encode a picture. Raises PhotoRefused; takes up to a few seconds."""
    return _in_child("develop", data, limits or Limits())


def bare_copy(data: bytes, limits: Limits | None = None) -> bytes:
    """The picture as one JPEG, without what the camera wrote beside it: place, time, device. Raises PhotoRefused."""
    return _in_child("copy", data, limits or Limits()).renditions[0].data


def mark(data: bytes, limits: Limits | None = None) -> Developed:
    """A small sign, as a WebP that keeps what is see-through, and as a JPEG on white. Raises PhotoRefused."""
    return _in_child("mark", data, limits or Limits())


def _in_child(work: str, data: bytes, limits: Limits) -> Developed:
    kind = check(data).kind
    with tempfile.TemporaryFile() as picture, tempfile.TemporaryFile() as answer:
        picture.write(data)
        picture.seek(0)
        _run_child(work, kind, picture, answer, limits)
        answer.seek(0)
        return _read_answer(answer)


def _run_child(work: str, kind: str, picture: IO[bytes], answer: IO[bytes], limits: Limits) -> None:
    command = [
        sys.executable,
        "-I",
        str(CHILD),
        kind,
        str(limits.cpu_seconds),
        str(limits.memory_bytes),
        work,
    ]
    try:
        done = subprocess.run(
            command,
            stdin=picture,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            env=_bare_environment(),
            cwd="/",
            timeout=limits.wall_seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise PhotoRefused("timeout") from late
    if done.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        raise PhotoRefused("timeout")
    if done.returncode != 0:
        raise PhotoRefused("damaged")


def _bare_environment() -> dict[str, str]:
    """No secret of ours goes along. One arena: threads would each reserve 64 MiB of the address space."""
    kept = {name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ}
    return {"MALLOC_ARENA_MAX": "1", "LC_ALL": "C.UTF-8", **kept}


def _read_answer(answer: IO[bytes]) -> Developed:
    """The child has read hostile bytes, so even its answer is looked at twice."""
    try:
        said: dict[str, Any] = json.loads(answer.readline(65_536))
        if "refused" in said:
            code = str(said["refused"])
            raise PhotoRefused(code if code in PHOTO_REASONS else "damaged")
        renditions = tuple(_read_rendition(answer, item) for item in said["files"])
        return Developed(int(said["width"]), int(said["height"]), _colour(said["colour"]), renditions)
    except (ValueError, KeyError, TypeError) as problem:
        raise PhotoRefused("damaged") from problem


def _read_rendition(answer: IO[bytes], item: dict[str, Any]) -> Rendition:
    data = answer.read(int(item["bytes"]))
    header = read_header(data)
    if (header.kind, header.width, header.height) != (KINDS[item["format"]], item["width"], item["height"]):
        raise ValueError("the child said one thing and wrote another")
    return Rendition(item["format"], str(item["use"]), header.width, header.height, data)


def _colour(text: str) -> str:
    if len(text) != 7 or text[0] != "#":
        raise ValueError("not a colour")
    int(text[1:], 16)
    return text
