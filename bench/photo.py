"""A 12-megapixel photo, as a phone sends it, to the seven files of a page: time, processor time and memory.

Beside our child process stand, in the same run and on the same file, Pillow used plainly (every size from the
whole picture) and pyvips where it is installed (or in the Python that BENCH_PYVIPS_PYTHON names). All write
the same sizes and formats at the same settings. Each runs in a process of its own, measured from outside;
`extra_mb` is the peak less what the same process needs for a picture of 9 by 6 pixels.
"""

from __future__ import annotations

import importlib.util
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from marketplace.foundation.media.decode import CHILD, Limits

SIZE = (4032, 3024)
ROUNDS = 5

# Starts the measured process from a small one: the peak of a process begins at what its parent held.
METER = """
import json, os, sys, time
picture, *command = sys.argv[1:]
began = time.perf_counter()
worker = os.fork()
if worker == 0:
    os.dup2(os.open(picture, os.O_RDONLY), 0)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.execv(command[0], command)
_, status, used = os.wait4(worker, 0)
wall = time.perf_counter() - began
unit = 1 if sys.platform == "darwin" else 1024
print(json.dumps({"ok": status == 0, "wall": wall, "cpu": used.ru_utime + used.ru_stime,
                  "peak": used.ru_maxrss * unit}))
"""

PLAIN_PILLOW = """
import io, sys
from PIL import Image, ImageOps
picture = ImageOps.exif_transpose(Image.open(sys.stdin.buffer)).convert("RGB")
ImageOps.fit(picture, (1200, 630)).save(io.BytesIO(), "JPEG", quality=82, progressive=True)
for width in (1600, 800, 400):
    size = (width, max(1, round(picture.height * width / picture.width)))
    small = picture.resize(size, Image.Resampling.LANCZOS)
    small.save(io.BytesIO(), "AVIF", quality=60, speed=9, max_threads=2)
    small.save(io.BytesIO(), "WEBP", quality=78, method=2)
"""

PYVIPS = """
import sys, pyvips
data = sys.stdin.buffer.read()
largest = pyvips.Image.thumbnail_buffer(data, 1600, size="both").copy_memory()
largest.thumbnail_image(1200, height=630, crop="centre").jpegsave_buffer(Q=82, interlace=True, keep="none")
for width in (1600, 800, 400):
    largest = largest if width == 1600 else largest.thumbnail_image(width).copy_memory()
    largest.heifsave_buffer(Q=60, compression="av1", effort=0, keep="none")
    largest.webpsave_buffer(Q=78, effort=2, keep="none")
"""


def run(size: tuple[int, int] = SIZE, rounds: int = ROUNDS) -> dict[str, Any]:
    """Medians of the rounds, taken in turns: {name: {wall_ms, cpu_ms, extra_mb, peak_mb}}, and ratios."""
    with tempfile.TemporaryDirectory() as folder:
        photo, tiny = Path(folder, "photo.jpg"), Path(folder, "tiny.jpg")
        _scene(size).save(photo, quality=90)
        Image.new("RGB", (9, 6)).save(tiny)
        ways = _ways()
        taken = [{name: _measure(command, photo) for name, command in ways.items()} for _ in range(rounds)]
        bases = {name: _measure(command, tiny) for name, command in ways.items()}
        weight = photo.stat().st_size
    figures = {name: _figures([one[name] for one in taken], bases[name]) for name in ways}
    others = [name for name in figures if name != "market"]
    ratios = {
        f"wall beside {name}": round(figures["market"]["wall_ms"] / figures[name]["wall_ms"], 2)
        for name in others
    }
    about: dict[str, Any] = {"megapixels": round(size[0] * size[1] / 1e6, 1), "jpeg_kb": weight // 1024}
    if "pyvips" not in figures:
        about["pyvips"] = "not installed here"
    return {**about, "figures": figures, "ratios": ratios}


def _ways() -> dict[str, list[str]]:
    python, limits = [sys.executable, "-I"], Limits()
    ways = {
        "market": [*python, str(CHILD), "JPEG", str(limits.cpu_seconds), str(limits.memory_bytes), "develop"],
        "plain pillow": [*python, "-c", PLAIN_PILLOW],
    }
    other = os.environ.get("BENCH_PYVIPS_PYTHON", "")
    if other or importlib.util.find_spec("pyvips"):
        ways["pyvips"] = [other or sys.executable, "-I", "-c", PYVIPS]
    return ways


def _measure(command: list[str], picture: Path) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", METER, str(picture), *command],
        stdout=subprocess.PIPE,
        env={"MALLOC_ARENA_MAX": "1", "PATH": os.environ.get("PATH", "")},
        check=True,
    )
    said = json.loads(done.stdout)
    if not said.pop("ok"):
        raise RuntimeError(f"this did not work: {' '.join(command)[:200]}")
    return said


def _figures(rounds: list[dict[str, float]], base: dict[str, float]) -> dict[str, float]:
    peak = statistics.median(one["peak"] for one in rounds)
    return {
        "wall_ms": round(statistics.median(one["wall"] for one in rounds) * 1000),
        "cpu_ms": round(statistics.median(one["cpu"] for one in rounds) * 1000),
        "peak_mb": round(peak / 1e6, 1),
        "extra_mb": round((peak - base["peak"]) / 1e6, 1),
    }


def _scene(size: tuple[int, int]) -> Image.Image:
    """Smooth ground, round things and grain: about as hard to pack as a basket of fruit."""
    width, height = size
    ground = Image.linear_gradient("L").resize(size)
    picture = Image.merge(
        "RGB", (ground, ground.transpose(Image.Transpose.FLIP_LEFT_RIGHT), ground.rotate(180))
    )
    pen = ImageDraw.Draw(picture)
    for n in range(200):
        x, y, r = n * 7919 % width, n * 104_729 % height, width // 40 + n * 31 % (width // 14)
        pen.ellipse((x - r, y - r, x + r, y + r), fill=(n * 37 % 256, n * 91 % 256, n * 53 % 256))
    return Image.blend(picture, Image.effect_noise(size, 24).convert("RGB"), 0.15)


if __name__ == "__main__":
    print(json.dumps(run(), indent=2))
