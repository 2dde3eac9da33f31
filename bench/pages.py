"""Public pages warm (from the response cache) and cold (rendered each time), and a signed-in page.

Cold pages are asked from the application itself in one process, with the cache taken out, and compared with bare
Flask asked in the same way: CPU time is what counts there, not the server.
"""

from __future__ import annotations

import math
import os
import re
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench.hello import app as hello
from bench.server import measure, serving

PATHS = {
    "home": "/",
    "catalogue of 24": "/products",
    "product": "/products/ca-rot-dong-lac",
    "search": "/search?q=ca+rot",
}
ROUNDS = 4
BROWSER = {"Accept-Encoding": "br, gzip"}


def run(port: int = 8790) -> dict[str, Any]:
    """Ratios to bare Flask "hello" under the same server; the demonstration province is loaded once."""
    with tempfile.TemporaryDirectory() as folder:
        database = f"sqlite:///{folder}/market.db"
        environ = {"DATABASE_URL": database, "STORAGE_URL": f"file://{folder}/files", "SECRET_KEY": "b" * 32}
        _province({**environ, "DEMO": "1"})
        hello_figures, warm = _warm(environ, port)
        cold = _cold(environ, Path(folder))
    return {"hello": hello_figures, "warm": warm, "cold, of hello's CPU": cold}


def _warm(environ: dict[str, str], port: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Hello and the pages in turn, a few times over; of each its best, for the machine has other things to do."""
    with (
        serving("bench.hello:app", port, environ) as (bare, bare_pid),
        serving("wsgi:app", port + 1, environ) as (shop, shop_pid),
    ):
        rounds = []
        for _ in range(ROUNDS):
            told = {"hello": measure(f"{bare}/", bare_pid, seconds=2)}
            for name, path in PATHS.items():
                told[name] = measure(shop + path, shop_pid, seconds=2, headers=BROWSER)
            rounds.append(told)
    best = {
        name: (max(r[name].per_second for r in rounds), min(r[name].cpu_ms for r in rounds))
        for name in rounds[0]
    }
    per_second, cpu_ms = best.pop("hello")
    warm = {
        name: {
            "of hello's requests/s": round(rate / per_second, 2),
            "of hello's CPU": round(cpu / cpu_ms, 2),
        }
        for name, (rate, cpu) in best.items()
    }
    return {"requests/s": round(per_second), "CPU ms": round(cpu_ms, 3)}, warm


def _province(environ: dict[str, str]) -> None:
    import subprocess
    import sys

    for words in (["db-up"], ["demo", "load", "--if-empty"]):
        command = [sys.executable, "-m", "flask", "--app", "wsgi", *words]
        subprocess.run(command, env={**os.environ, **environ}, check=True, stdout=subprocess.DEVNULL)


def _cold(environ: dict[str, str], folder: Path) -> dict[str, float]:
    from marketplace import config, create_app
    from marketplace.foundation import collector
    from marketplace.foundation.web.cache import ResponseCache

    settings = replace(config.load({**os.environ, **environ}), instance=folder, password_cost=1)
    app = create_app(settings)
    app.test_client_class = None
    layer: Any = app.wsgi_app
    while not isinstance(layer, ResponseCache):
        layer = layer.app
    layer.version = lambda: None  # never a version: nothing is kept, every page is rendered
    collector.settle()  # as wsgi.py does
    guest, member = app.test_client(), app.test_client()
    signed = member.post(
        "/sign-in",
        data={"identifier": "donglac@demo.vn", "password": "ca-rot-2026"},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    assert signed.status_code == 303, signed.status_code
    assert re.search("<h1", member.get("/desk").get_data(as_text=True))
    asked = {name: (guest, path) for name, path in PATHS.items()}
    asked |= {"catalogue of 24, signed in": (member, "/products"), "desk": (member, "/desk")}
    bare, best = math.inf, dict.fromkeys(asked, math.inf)
    for _ in range(2 * ROUNDS):
        bare = min(bare, _milliseconds(hello.test_client(), "/", 300))
        for name, (client, path) in asked.items():
            best[name] = min(best[name], _milliseconds(client, path, 15))
    return {name: round(cpu / bare, 1) for name, cpu in best.items()}


def _milliseconds(client: Any, path: str, times: int) -> float:
    """CPU milliseconds of one request."""
    for _ in range(3):
        assert client.get(path).status_code == 200, path
    begun = time.process_time()
    for _ in range(times):
        client.get(path)
    return (time.process_time() - begun) * 1000 / times
