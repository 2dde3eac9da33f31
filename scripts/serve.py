"""Web server and job worker together, as one thing that starts and stops.

The shop is loaded once, here. The web server's processes and the worker are forked from this one and share what it
holds: they start at once, and four processes need little more memory than one. Where a process cannot be forked
safely (macOS), each loads the shop by itself.
"""

import multiprocessing
import os
import signal
import socket
import sys
import threading
import time
from multiprocessing.process import BaseProcess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FORKED = sys.platform == "linux"
GRACE = 15  # seconds given to requests and jobs under way

SIGN_INS = """\
Demonstration sign-ins, password ca-rot-2026:
  officer@demo.vn     alliance officer, all desks
  finance@demo.vn     alliance officer, finance only
  leader@demo.vn      leader of the alliance: reads everything, changes nothing
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


def shop():
    from wsgi import app

    return app


def load_shop() -> None:
    """Nobody may inherit a connection: what was opened on the way is closed."""
    from marketplace.foundation.db import db

    app = shop()
    app.extensions["huey"].storage.close()
    with app.app_context():
        db.engine.dispose()


def web(host: str, port: int, workers: int) -> None:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    begin_alone()
    Granian(
        "wsgi:app",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=2,
        backpressure=64,
        workers_kill_timeout=GRACE,
        respawn_failed_workers=True,
        websockets=False,
        log_level=LogLevels.warning,
    ).serve(target_loader=shop, wrap_loader=False)


def worker() -> None:
    from marketplace.foundation import jobs

    begin_alone()
    jobs.work(shop())


def begin_alone() -> None:
    """A session of its own: Ctrl-C reaches only the first process, which then stops all in order."""
    os.setsid()
    for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(signum, signal.SIG_DFL)


def start(work, *facts: object) -> BaseProcess:
    part = multiprocessing.Process(target=work, args=facts)
    part.start()
    return part


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


def stop(parts: dict[str, BaseProcess]) -> None:
    for part in parts.values():
        part.terminate()
    deadline = time.monotonic() + GRACE
    for part in parts.values():
        part.join(max(0.1, deadline - time.monotonic()))
        if part.is_alive() and part.pid is not None:
            os.killpg(part.pid, signal.SIGKILL)
            part.join()


def main() -> int:
    host = os.environ.get("HOST") or "127.0.0.1"
    port = setting("PORT", "8000", 1, 65535)
    workers = setting("WORKERS", "0", 0, 64) or os.cpu_count() or 1
    refuse_taken(host, port)
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    multiprocessing.set_start_method("fork" if FORKED else "spawn")
    if FORKED:
        load_shop()

    asked = threading.Event()
    for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(signum, lambda *_: asked.set())

    at = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    parts = {"web server": start(web, host, port, workers)}
    died = None
    while died is None and not asked.wait(0.5 if "worker" in parts else 0.05):
        if "worker" not in parts and answers(at, port):  # the first page comes before the work behind it
            announce(at, port)
            parts["worker"] = start(worker)
        died = next((name for name, part in parts.items() if not part.is_alive()), None)
    stop(parts)
    if died:
        ended = f"The {died} ended by itself (exit {parts[died].exitcode})"
        print(f"{ended}; everything was stopped.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
