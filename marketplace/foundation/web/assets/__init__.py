"""What the browser is given besides pages: styles, fonts, scripts, pictures of the shop itself.

`build` puts everything into one folder named by a hash of its content, `instance/assets/<hash>/`, so that a
browser may keep each file for ever and files may name each other by plain relative paths. Third-party parts
come from installed packages: of Bootstrap only the rules that something in the project uses, of Be Vietnam
Pro only the letters that are written here. `asset("app.css")` gives the address of a file, `StaticFiles`
serves it.
"""

from pathlib import Path

from marketplace.foundation.web.assets.addresses import BUILT, ROOT, AssetsMissing, asset
from marketplace.foundation.web.assets.serving import StaticFiles

__all__ = ["BUILT", "AssetsMissing", "StaticFiles", "asset", "build"]


def build(folder: Path = BUILT, root: Path = ROOT) -> str:
    """Build into `folder` unless nothing changed since; the hash that names the build."""
    from marketplace.foundation.web.assets import building  # heavy, and not needed by a running shop

    return building.build(folder, root)
