"""`make bench`: everything, or the parts named: python -m bench pages orders photo search statement."""

from __future__ import annotations

import json
import platform
import subprocess
import sys
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

PARTS = ("pages", "orders", "photo", "search", "statement")
RESULTS = Path(__file__).resolve().parent / "results"


def main(parts: list[str]) -> None:
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True
    ).stdout.strip()
    told = {"commit": commit, "python": platform.python_version(), "at": datetime.now(UTC).isoformat()[:16]}
    figures: dict[str, object] = {"run": told}
    for part in parts or PARTS:
        print(f"== {part}", flush=True)
        figures[part] = import_module(f"bench.{part}").run()
        print(json.dumps(figures[part], indent=2, ensure_ascii=False), flush=True)
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{told['at'].replace(':', '')}-{commit}.json"
    path.write_text(json.dumps(figures, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"written: {path}")


main(sys.argv[1:])
