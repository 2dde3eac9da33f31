"""`make bench`: everything quick, or the parts named: python -m bench pages orders photo search statement.

The long ones are named: python -m bench allocation board quotes matching figures office report [--scale 0.1], and
python -m bench lives kills storm [--database=postgresql] [--steps 5000] [--seed 0] [--kills 200] [--events 10000].
Without --database they run on both.
"""

from __future__ import annotations

import argparse
import json
import platform
import subprocess
from datetime import UTC, datetime
from importlib import import_module
from inspect import signature
from pathlib import Path
from typing import Any

PARTS = ("pages", "orders", "photo", "search", "statement")
LONG = (
    "lives",
    "kills",
    "storm",
    "allocation",
    "plan",
    "board",
    "pooling",
    "quotes",
    "matching",
    "figures",
    "office",
    "report",
)
RESULTS = Path(__file__).resolve().parent / "results"


def main() -> None:
    asked = _asked()
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True
    ).stdout.strip()
    told = {"commit": commit, "python": platform.python_version(), "at": datetime.now(UTC).isoformat()[:19]}
    figures: dict[str, object] = {"run": told}
    named = asked.pop("parts")
    for part in named or PARTS:
        print(f"== {part}", flush=True)
        run = import_module(f"bench.{part}").run
        figures[part] = run(
            **{name: asked[name] for name in signature(run).parameters if asked.get(name) is not None}
        )
        print(json.dumps(figures[part], indent=2, ensure_ascii=False), flush=True)
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{'-'.join([told['at'].replace(':', ''), commit, *named])}.json"
    path.write_text(json.dumps(figures, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"written: {path}")


def _asked() -> dict[str, Any]:
    words = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    words.add_argument("parts", nargs="*", choices=[*PARTS, *LONG, []], metavar="part")
    words.add_argument("--database", choices=("sqlite", "postgresql"))
    for name in ("steps", "seed", "kills", "events", "times"):
        words.add_argument(f"--{name}", type=int)
    words.add_argument("--scale", type=float)
    words.add_argument("--at", help="a folder whose databases are kept (office)")
    words.add_argument("--pages", help="a regular expression: only these (office)")
    return vars(words.parse_args())


main()
