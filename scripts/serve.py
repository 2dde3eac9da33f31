"""Web server and job worker together, as one thing that starts and stops.

Only the standard library, and nothing of the shop, is imported here: this process stays for as long as the
shop runs and must cost next to nothing.
"""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
GRACE = 15  # seconds given to requests and jobs under way

SIGN_INS = """\
Demonstration sign-ins, password ca-rot-2026:
  officer@demo.vn     alliance officer, all desks
  donglac@demo.vn     director of HTX Dịch vụ nông nghiệp Đồng Lạc
  ducchinh@demo.vn    director of a second cooperative
  tanminhduc@demo.vn  director of a third cooperative
  bigmart@demo.vn     category buyer of a supermarket
  bigmart-kho@demo.vn  a colleague of hers, with a limit
  household@demo.vn   household buyer
  gate@demo.vn        fair gate volunteer"""


def setting(name: str, default: str, least: int, most: int) -> int:
    """A whole number from the environment, or the end of the start with its name."""
    text = os.environ.get(name) or default
    if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
        sys.exit(f"{name} must be a whole number from {least} to {most}, not {text!r}.")
    return int(text)


def refuse_taken(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            sys.exit(f"Cannot listen on {host}:{port} ({problem.strerror}). Choose another with PORT=8001.")


def web_command(host: str, port: int, workers: int) -> list[str]:
    return [
        str(BIN / "granian"),
        "--interface=wsgi",
        f"--host={host}",
        f"--port={port}",
        f"--workers={workers}",
        "--blocking-threads=2",
        "--backpressure=64",
        f"--workers-kill-timeout={GRACE}",
        "--respawn-failed-workers",
        "--no-ws",
        "--log-level=warning",
        "wsgi:app",
    ]


def worker_command() -> list[str]:
    return [sys.executable, "-m", "flask", "--app", "wsgi", "worker"]


def start(command: list[str]) -> subprocess.Popen:
    # Fewer heaps for the threads of one process: memory that is freed comes back sooner.
    environment = {"MALLOC_ARENA_MAX": "2", **os.environ}
    # A session of its own: Ctrl-C reaches only this process, which then stops both in order.
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, start_new_session=True
    )


def answers(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), timeout=1).close()
    except OSError:
        return False
    return True


def announce(host: str, port: int) -> None:
    shown = f"[{host}]" if ":" in host else host
    print(f"\nChợ HTX: http://{shown}:{port}   (English: http://{shown}:{port}/en/)", flush=True)
    if os.environ.get("DEMO") == "1":
        print(SIGN_INS, flush=True)
    print("Ctrl-C stops it.", flush=True)


def stop(parts: dict[str, subprocess.Popen]) -> None:
    for part in parts.values():
        if part.poll() is None:
            part.terminate()
    deadline = time.monotonic() + GRACE
    for part in parts.values():
        try:
            part.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(part.pid, signal.SIGKILL)
            part.wait()


def main() -> int:
    host = os.environ.get("HOST") or "127.0.0.1"
    port = setting("PORT", "8000", 1, 65535)
    workers = setting("WORKERS", "0", 0, 64) or os.cpu_count() or 1
    refuse_taken(host, port)

    asked = threading.Event()
    for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(signum, lambda *_: asked.set())

    at = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    parts = {"web server": start(web_command(host, port, workers))}
    died = None
    while died is None and not asked.wait(0.5 if "worker" in parts else 0.05):
        if "worker" not in parts and answers(at, port):  # the first page comes before the work behind it
            announce(at, port)
            parts["worker"] = start(worker_command())
        died = next((name for name, part in parts.items() if part.poll() is not None), None)
    stop(parts)
    if died:
        ended = f"The {died} ended by itself (exit {parts[died].returncode})"
        print(f"{ended}; everything was stopped.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
