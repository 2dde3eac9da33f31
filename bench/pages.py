"""Public pages warm (from the response cache) and cold (rendered each time), and a signed-in page.

Cold pages are asked from the application itself in one process, with the cache taken out, and compared with bare
Flask asked in the same way: CPU time is what counts there, not the server.
"""

from __future__ import annotations

import gc
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
BROWSER = {"Accept-Encoding": "br, gzip"}


def run(port: int = 8790) -> dict[str, Any]:
    """Ratios to bare Flask "hello" under the same server; the demonstration province is loaded once."""
    with tempfile.TemporaryDirectory() as folder:
        database = f"sqlite:///{folder}/market.db"
        environ = {"DATABASE_URL": database, "STORAGE_URL": f"file://{folder}/files", "SECRET_KEY": "b" * 32}
        _province({**environ, "DEMO": "1"})
        with serving("bench.hello:app", port, environ) as (address, pid):
            bare = measure(f"{address}/", pid)
        warm = {}
        with serving("wsgi:app", port + 1, environ) as (address, pid):
            for name, path in PATHS.items():
                served = measure(address + path, pid, headers=BROWSER)
                warm[name] = {
                    "of hello's requests/s": round(served.per_second / bare.per_second, 2),
                    "of hello's CPU": round(served.cpu_ms / bare.cpu_ms, 2),
                }
        cold = _cold(environ, Path(folder))
    hello_figures = {"requests/s": round(bare.per_second), "CPU ms": round(bare.cpu_ms, 3)}
    return {"hello": hello_figures, "warm": warm, "cold, of hello's CPU": cold}


def _province(environ: dict[str, str]) -> None:
    import subprocess
    import sys

    for words in (["db-up"], ["demo", "load", "--if-empty"]):
        command = [sys.executable, "-m", "flask", "--app", "wsgi", *words]
        subprocess.run(command, env={**os.environ, **environ}, check=True, stdout=subprocess.DEVNULL)


def _cold(environ: dict[str, str], folder: Path) -> dict[str, float]:
    from marketplace import config, create_app
    from marketplace.foundation.web.cache import ResponseCache

    settings = replace(config.load({**os.environ, **environ}), instance=folder, password_cost=1)
    app = create_app(settings)
    app.test_client_class = None
    layer: Any = app.wsgi_app
    while not isinstance(layer, ResponseCache):
        layer = layer.app
    layer.version = lambda: None  # never a version: nothing is kept, every page is rendered
    gc.collect()
    gc.freeze()  # as wsgi.py does
    base = _milliseconds(hello.test_client(), "/", 300)
    guest = app.test_client()
    figures = {name: round(_milliseconds(guest, path, 15) / base, 1) for name, path in PATHS.items()}
    member = app.test_client()
    signed = member.post(
        "/sign-in",
        data={"identifier": "donglac@demo.vn", "password": "ca-rot-2026"},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    assert signed.status_code == 303, signed.status_code
    figures["catalogue of 24, signed in"] = round(_milliseconds(member, "/products", 15) / base, 1)
    page = member.get("/desk").get_data(as_text=True)
    assert re.search("<h1", page)
    figures["desk"] = round(_milliseconds(member, "/desk", 15) / base, 1)
    return figures


def _milliseconds(client: Any, path: str, times: int, rounds: int = 8) -> float:
    """CPU milliseconds of one request: the best of a few rounds, for the machine has other things to do."""
    for _ in range(max(3, times // 10)):
        assert client.get(path).status_code == 200, path
    best = math.inf
    for _ in range(rounds):
        begun = time.process_time()
        for _ in range(times):
            client.get(path)
        best = min(best, (time.process_time() - begun) * 1000 / times)
    return best
