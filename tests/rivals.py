"""Verbs at once, in several processes on one database: the same code that serves people, with rivals.

A verb is named by its address in a module of tests, "tests.linkage.rival_acts:award", and its numbers: it is called in
a transaction of its own, in a thread of its own. What became of each is counted: what it returned, else "done";
"answered" when it was refused with a sentence.

    found = rivals.at_once(url, folder, [[act("tests.x:y", a=1)], [act("tests.x:y", a=2)]])
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from flask import Flask

from marketplace import create_app
from marketplace.config import ROOT, Settings
from marketplace.foundation.db import db
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.errors import Refusal

Act = tuple[str, dict[str, Any]]
WAIT = 240


def act(verb: str, **numbers: Any) -> Act:
    return verb, numbers


def at_once(url: str, folder: Path, sides: Sequence[Sequence[Act]]) -> Counter[str]:
    """One process for each side, all at once; what they say together."""
    url = url.replace("postgresql://", "postgresql+psycopg://")
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.rivals", url, str(folder), json.dumps(side)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        for side in sides
    ]
    found: Counter[str] = Counter()
    for process in running:
        found.update(json.loads(process.communicate(timeout=WAIT)[0]))
    db.session.rollback()
    return found


def side(url: str, folder: str, acts: Sequence[Act]) -> Counter[str]:
    """All of one side in this process, each in a thread that waits until every other is ready."""
    app = create_app(
        Settings(
            testing=True,
            database_url=url,
            storage_url=f"file://{folder}/files",
            secret_key="only-for-tests-0123456789",
            instance=Path(folder),
            password_cost=1,
        )
    )
    told: list[str] = []
    ready = threading.Barrier(len(acts))
    threads = [threading.Thread(target=_try, args=(app, ready, each, told)) for each in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(told)


def _try(app: Flask, ready: threading.Barrier, each: Act, told: list[str]) -> None:
    module, _sign, name = each[0].partition(":")
    verb = partial(getattr(import_module(module), name), **each[1])
    ready.wait()
    with app.app_context():
        try:
            told.append(str(in_transaction(verb) or "done"))
        except Refusal as refusal:
            told.append("answered" if str(refusal) else "silent")
        except Exception as odd:
            told.append(f"odd: {type(odd).__name__}")
        finally:
            db.session.remove()


if __name__ == "__main__":
    print(json.dumps(side(sys.argv[1], sys.argv[2], json.loads(sys.argv[3]))))
