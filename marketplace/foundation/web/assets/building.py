"""The build: every file, its compressed twins and, last, the manifest that names them."""

import fcntl
import gzip
import json
import shutil
from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import PackageNotFoundError, distribution, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import brotli

from marketplace.foundation.web.assets.addresses import MANIFEST, manifest_in
from marketplace.foundation.web.assets.digest import digest
from marketplace.foundation.web.assets.fonts import faces
from marketplace.foundation.web.assets.serving import TEXT
from marketplace.foundation.web.assets.styles import stylesheet

PACKAGES = ("bootstrap-wrapper", "fontpkg-be-vietnam-pro", "fonttools", "tinycss2")
# Scripts that a package carries and no other file of ours needs: without the package the page does without.
CARRIED = {"js/gate/zxing.js": ("nicegui-scanner", "nicegui_scanner/static/zxing.min.js")}
KEPT_BUILDS = 3  # pages opened before a new build still ask for the files they were sent with


def build(folder: Path, root: Path) -> str:
    """Build into `folder` unless nothing changed since; the hash that names the build."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # tests and servers may start at the same moment
        inputs = _digest_of_inputs(root)
        before = _built(folder)
        if before and before["inputs"] == inputs:
            return before["build"]
        made = _everything(root, folder / ".fonts")
        name = digest(made.items())
        _write_build(folder / name, made)
        manifest = {"build": name, "inputs": inputs, "files": sorted(made)}
        _write_atomically(folder / MANIFEST, json.dumps(manifest, indent=1).encode())
        _drop_old_builds(folder, name)
        manifest_in.cache_clear()
        return name


def _built(folder: Path) -> dict[str, Any] | None:
    try:
        manifest = json.loads((folder / MANIFEST).read_text())
    except (FileNotFoundError, ValueError):
        return None
    return manifest if (folder / manifest["build"]).is_dir() else None


def _inputs(root: Path) -> Iterator[Path]:
    yield from sorted((root / "templates").rglob("*.html"))
    yield from sorted((root / "marketplace").rglob("*.py"))
    yield from sorted(path for path in (root / "static").rglob("*") if path.is_file())


def _digest_of_inputs(root: Path) -> str:
    parts = [(str(path.relative_to(root)), path.read_bytes()) for path in _inputs(root)]
    parts += [(package, version(package).encode()) for package in PACKAGES]
    parts += _carried().items()
    return digest(parts)


def _carried() -> dict[str, bytes]:
    """Read from where pip put them; the packages themselves are never imported."""
    found = {}
    for name, (package, path) in CARRIED.items():
        try:
            found[name] = Path(str(distribution(package).locate_file(path))).read_bytes()
        except (PackageNotFoundError, FileNotFoundError):
            continue
    return found


def _everything(root: Path, font_cache: Path) -> dict[str, bytes]:
    """Every file of the build, by its name in the build."""
    fonts = faces(font_cache)
    made = {f"fonts/{name}": content for name, content in fonts.items()}
    made["app.css"] = stylesheet(root, sorted(fonts))
    for kind in ("js", "img"):
        source = root / "static" / kind
        for path in sorted(path for path in source.rglob("*") if path.is_file()):
            made[f"{kind}/{path.relative_to(source).as_posix()}"] = path.read_bytes()
    made |= _carried()
    if find_spec("marketplace.foundation.drawing"):
        drawing = import_module("marketplace.foundation.drawing")
        made["sprite.svg"] = drawing.sprite().encode()
    return made


def _write_build(target: Path, made: dict[str, bytes]) -> None:
    if target.is_dir():
        return
    draft = target.with_name(f".{target.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    for name, content in made.items():
        path = draft / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        if path.suffix in TEXT:
            packed = {
                ".br": brotli.compress(content, quality=11),
                ".gz": gzip.compress(content, 9, mtime=0),
            }
            for suffix, smaller in packed.items():
                if len(smaller) < len(content):
                    path.with_name(path.name + suffix).write_bytes(smaller)
    draft.rename(target)


def _write_atomically(path: Path, content: bytes) -> None:
    draft = path.with_name(f".{path.name}.new")
    draft.write_bytes(content)
    draft.replace(path)


def _drop_old_builds(folder: Path, current: str) -> None:
    builds = [path for path in folder.iterdir() if path.is_dir() and not path.name.startswith(".")]
    builds.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    for old in builds[KEPT_BUILDS:]:
        if old.name != current:
            shutil.rmtree(old, ignore_errors=True)
