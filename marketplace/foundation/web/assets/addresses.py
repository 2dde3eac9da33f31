"""Where a built file is found."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[4]
BUILT = ROOT / "instance" / "assets"
MANIFEST = "manifest.json"


class AssetsMissing(RuntimeError):
    """Nothing is built, or not the file that is asked for."""


@lru_cache(maxsize=8)
def manifest_in(folder: Path) -> dict[str, Any]:
    try:
        return json.loads((folder / MANIFEST).read_text())
    except FileNotFoundError:
        raise AssetsMissing(f"No assets in {folder}: run `make assets`.") from None


def asset(name: str, folder: Path = BUILT) -> str:
    """The address of a built file: "app.css" -> "/static/3f9a…/app.css". Raises AssetsMissing."""
    manifest = manifest_in(folder)
    if name not in manifest["files"]:
        raise AssetsMissing(f"There is no asset named {name!r}.")
    return f"/static/{manifest['build']}/{name}"
