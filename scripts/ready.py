"""Does the work of the last start still stand? Then the next one goes straight to serving.

ready.py          exit 0: nothing to build, to migrate or to load
ready.py --mark   remember that today's sources are built

Importing the shop takes longer than all of this, so nothing of it is imported here.
"""

import hashlib
import sys
from pathlib import Path

import pysqlite3

ROOT = Path(__file__).resolve().parent.parent
DATABASE = ROOT / "instance" / "market.db"
BUILT = (ROOT / "instance/assets/manifest.json", ROOT / "translations/vi/LC_MESSAGES/messages.mo")
MARK = ROOT / "instance" / "ready"
SOURCES = ("marketplace/**/*.py", "templates/**/*", "static/**/*", "translations/**/*.po", "requirements.txt")


def sources() -> str:
    """One hash over everything that assets and texts are built from."""
    whole = hashlib.sha256()
    for pattern in SOURCES:
        for path in sorted(path for path in ROOT.glob(pattern) if path.is_file()):
            whole.update(f"{path.relative_to(ROOT)}\0{path.stat().st_size}\0".encode())
            whole.update(path.read_bytes())
    return whole.hexdigest()


def built() -> bool:
    return all(path.exists() for path in (*BUILT, MARK)) and MARK.read_text() == sources()


def filled() -> bool:
    """The default database stands at the newest migration and holds a province."""
    newest = max(path.name[:4] for path in (ROOT / "migrations" / "versions").glob("0*.py"))
    if not DATABASE.exists():
        return False
    database = pysqlite3.connect(f"file:{DATABASE}?mode=ro", uri=True)
    try:
        (version,) = database.execute("SELECT version_num FROM alembic_version").fetchone()
        (cooperatives,) = database.execute("SELECT count(*) FROM cooperatives").fetchone()
    except (pysqlite3.OperationalError, TypeError):
        return False
    finally:
        database.close()
    return version == newest and cooperatives > 0


if sys.argv[1:] == ["--mark"]:
    MARK.write_text(sources())
elif not (built() and filled()):
    sys.exit(1)
