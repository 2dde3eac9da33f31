"""Many read kept pages of two serving processes while a third writes: every answer is right, nobody dies, and the last
price is the one that is shown. On SQLite: its locks and its shared memory are the operating system's."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path

from bench.server import children, serving
from marketplace.config import ROOT
from tests import services
from tests.journeys.conftest import told_to

PAGES = ("/products/ca-rot-dong-lac", "/products", "/", "/en/products/ca-rot-dong-lac")
READERS, SECONDS = 12, 3.0


def read_on(port: int, first: int, over: threading.Event, said: Counter[str]) -> None:
    """One connection that is kept, as browsers do; what is not an answer counts, too."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    number = first
    while not over.is_set():
        number += 1
        try:
            connection.request("GET", PAGES[number % len(PAGES)])
            answer = connection.getresponse()
            answer.read()
            said[str(answer.status)] += 1
        except (OSError, http.client.HTTPException) as error:
            said[type(error).__name__] += 1
            connection.close()
    connection.close()


def price_shown(port: int) -> list[int]:
    """By each of some fresh connections, so that both processes are asked."""
    shown = []
    for _ in range(8):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request("GET", PAGES[0])
        page = connection.getresponse().read().decode()
        connection.close()
        found = re.search(r"([\d.]+)\s*₫", page)
        assert found, page
        shown.append(int(found[1].replace(".", "")))
    return shown


def test_readers_are_served_while_another_process_writes(sqlite_world: Path, tmp_path: Path) -> None:
    for suffix in ("", "-wal"):
        if Path(f"{sqlite_world}{suffix}").exists():
            shutil.copy(f"{sqlite_world}{suffix}", f"{tmp_path}/market.db{suffix}")
    port = services.free_port()
    told = told_to(tmp_path, port)
    over, said = threading.Event(), Counter[str]()
    with serving("wsgi:app", port, told) as (_address, pid):
        workers = children(pid)
        people = [
            threading.Thread(target=read_on, args=(port, number, over, said)) for number in range(READERS)
        ]
        for each in people:
            each.start()
        writer = subprocess.run(
            [sys.executable, "-m", "tests.journeys.pricing", str(SECONDS)],
            cwd=ROOT, env={**os.environ, **told}, capture_output=True, text=True, timeout=60,
        )  # fmt: skip
        over.set()
        for each in people:
            each.join()
        assert writer.returncode == 0, writer.stderr
        last = int(writer.stdout)
        assert set(said) == {"200"}, said
        assert said["200"] > 100, said
        assert children(pid) == workers, "a serving process died"
        assert set(price_shown(port)) == {last}
