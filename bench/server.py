"""A WSGI app under the same server that `make run` uses, measured from outside: requests and CPU time."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from scripts.serve import GRACE
from tests import services

ROOT = Path(__file__).resolve().parent.parent
TICKS = os.sysconf("SC_CLK_TCK")
STARTS_WITHIN = 90  # seconds, beside a whole suite on two cores


@dataclass(frozen=True)
class Served:
    """`per_second` requests and `cpu_ms` of the servers' CPU time for each."""

    per_second: float
    cpu_ms: float


@contextmanager
def serving(target: str, port: int, environ: dict[str, str]) -> Iterator[tuple[str, int]]:
    """`target` ("wsgi:app") under granian with two workers: its address and the server's process id.

    It stops as `make run` does: only the first process is told, and a worker that cannot end (granian's issue 875) is
    ended after the same patience."""
    command = [str(Path(sys.executable).parent / "granian"), "--interface=wsgi", f"--port={port}"]
    command += ["--workers=2", "--blocking-threads=2", "--backpressure=64", "--log-level=critical"]
    command += [f"--workers-kill-timeout={GRACE}", target]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environ}, start_new_session=True)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address)
        yield address, process.pid
    finally:
        process.terminate()
        process.wait(2 * GRACE)


def measure(
    url: str, pid: int, *, seconds: int = 4, connections: int = 8, headers: dict[str, str] | None = None
) -> Served:
    """Load by wrk for a few seconds; the first second only warms up."""
    _wrk(url, 1, connections, headers)
    before = cpu_seconds(pid)
    done, per_second = _wrk(url, seconds, connections, headers)
    return Served(per_second, (cpu_seconds(pid) - before) * 1000 / max(done, 1))


def cpu_seconds(pid: int) -> float:
    """CPU time of a process and its children, user and system."""
    total = 0.0
    for each in (pid, *descendants(pid)):
        try:
            fields = Path(f"/proc/{each}/stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        total += (int(fields[11]) + int(fields[12])) / TICKS
    return total


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def descendants(pid: int) -> list[int]:
    return [one for child in children(pid) for one in (child, *descendants(child))]


def _wrk(url: str, seconds: int, connections: int, headers: dict[str, str] | None) -> tuple[int, float]:
    try:
        program = services.wrk()
    except services.Missing as missing:
        raise SystemExit(f"make bench needs wrk: {missing}") from None
    command = [program, "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "20s"]
    for name, value in (headers or {}).items():
        command += ["-H", f"{name}: {value}"]
    said = subprocess.run([*command, url], capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in said:
        raise SystemExit(f"{url} answered with errors:\n{said}")
    done, rate = re.search(r"(\d+) requests in", said), re.search(r"Requests/sec:\s+([\d.]+)", said)
    assert done and rate, said
    return int(done[1]), float(rate[1])


def _wait(address: str) -> None:
    patience = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < patience:
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=2)
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"{address} did not start within {STARTS_WITHIN} seconds")
