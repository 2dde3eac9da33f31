"""A year's report and the board of targets over the whole province, and what the shop's visitors notice of it.

    python -m bench report --database=sqlite [--scale 0.1]

A process like the worker's drafts the reports by its own task; told are the seconds of one, with the steps that its
page shows meanwhile, and of the board as of today and as of the last day of the year five years back. Then the shop
is served as `make run` does, and a visitor asks for the page of a product and for the shop's list in turn, at a steady
pace: in turns while nothing else happens and while the worker drafts a year's report after the other. Told is the
95th percentile of both by round, and the middle one of the one as a multiple of the other's: as visitors get the
pages, and with nothing kept so that each is rendered. Other work on the machine is in these figures: have none.
"""

from __future__ import annotations

import datetime as dt
import http.client
import json
import math
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from select import select as readable
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import select

from bench import databases, province
from bench.quotes import PRODUCT
from bench.server import ROOT, serving
from marketplace.foundation import clock, jobs
from marketplace.foundation.db import db, transaction
from marketplace.insights import queries, services, tasks
from marketplace.insights.models import PeriodReport
from marketplace.insights.states import OPEN_REPORTS, ReportKind
from tests.journeys.test_every_page import addressed
from tests.world import World

Draft = Callable[[int, Callable[[Callable[[], bool]], Any]], tuple[list[float], Any]]
PATHS = (PRODUCT, "/products")
PACE = 0.025
ROUNDS = 5
REPORTS = 5
PORT = 8890
YEARS_BACK = 5


def run(database: str | None = None, scale: float = 1.0) -> dict[str, Any]:
    return {kind: _written(kind, scale) for kind in databases.kinds(database)}


def _written(kind: str, scale: float) -> dict[str, Any]:
    with databases.fresh(kind) as (app, url, folder):
        World.built()
        addressed(app)
        province.written(scale)
        tasks.count_all_trade()
        db.session.remove()
        return {"province": province.told(scale), **measured(url, folder)}


def measured(url: str, folder: Path) -> dict[str, Any]:
    """Within the app of a database that stands."""
    load, environ = os.getloadavg()[0], databases.environment(url, folder)
    board = {str(day): _board(day) for day in _days()}
    with _worker(environ) as draft:
        alone = _alone(draft)
        shown = {
            name: _beside(draft, target, PORT + place, environ)
            for place, (name, target) in enumerate(
                {"as visitors get them": "wsgi:app", "rendered each time": "bench.rendered:app"}.items()
            )
        }
    return {"others' load on this machine": round(load, 1), "board as of, s": board, **alone, "shop": shown}


def _days() -> tuple[dt.date, dt.date]:
    today = clock.today()
    return today, dt.date(today.year - YEARS_BACK, 12, 31)


def _board(day: dt.date) -> float:
    """Every figure of that day anew, by the worker's own task."""
    period = queries.period_at(day)
    assert period is not None
    with transaction():
        services.want_board(period=period, day=day)
    begun = time.perf_counter()
    tasks.count_targets()
    return round(time.perf_counter() - begun, 1)


# --- the worker ---------------------------------------------------------------------------------------


@contextmanager
def _worker(environ: dict[str, str]) -> Iterator[Draft]:
    """`draft(reports, meanwhile)`: the seconds of each; `meanwhile(over)` is asked once they are begun."""
    command = [sys.executable, "-c", "from bench.report import worker; worker()"]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **environ},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stdin is not None and process.stdout is not None
        said, heard = process.stdin, process.stdout
        assert heard.readline() == "ready\n"

        def draft(reports: int, meanwhile: Callable[[Callable[[], bool]], Any]) -> tuple[list[float], Any]:
            said.write(f"{reports}\n")
            said.flush()
            found = meanwhile(lambda: _has_words(heard))
            return json.loads(heard.readline()), found

        yield draft
        said.close()
        process.wait(60)


def _has_words(heard: Any) -> bool:
    return bool(readable([heard], [], [], 0)[0])


def worker() -> None:
    """Drafts as many years' reports as each line that comes in says, one after the other."""
    from marketplace import create_app
    from marketplace.config import load

    jobs.stand_back()
    app = create_app(load())
    print("ready", flush=True)
    for line in sys.stdin:
        with app.app_context():
            print(
                json.dumps([_drafted(clock.today().year - 1 - back) for back in range(int(line))]), flush=True
            )
            db.session.remove()


def _drafted(year: int) -> float:
    day = dt.date(year, 1, 1)
    with transaction():
        before = queries.open_report(ReportKind.YEAR, day)
        if before is not None:
            services.drop_report(report=before)
    with transaction():
        report_id = services.begin_report(kind=ReportKind.YEAR, day=day).id
    begun = time.perf_counter()
    tasks.count_report(report_id)
    return round(time.perf_counter() - begun, 2)


def _alone(draft: Draft) -> dict[str, Any]:
    """One report with nothing beside it, and how far its page said it was meanwhile."""
    draft(1, lambda _over: None)  # what is loaded once in a process was loaded
    seconds, steps = draft(1, _steps)
    return {"a year's report, s": seconds[0], "steps seen, s": steps}


def _steps(over: Callable[[], bool]) -> dict[str, float]:
    seen: dict[str, float] = {}
    begun = time.perf_counter()
    query = select(PeriodReport.done, PeriodReport.steps).where(PeriodReport.state.in_(OPEN_REPORTS))
    while not over():
        db.session.rollback()
        row = db.session.execute(query.order_by(PeriodReport.id.desc()).limit(1)).first()
        if row is not None:
            seen.setdefault(f"{row.done}/{row.steps}", round(time.perf_counter() - begun, 2))
        time.sleep(0.02)
    return seen


# --- the shop beside it -------------------------------------------------------------------------------


def _beside(draft: Draft, target: str, port: int, environ: dict[str, str]) -> dict[str, Any]:
    before, during, took = [], [], []
    with serving(target, port, environ) as (address, _pid):
        _visited(address, time.monotonic() + 2)
        for _round in range(ROUNDS):
            begun = time.monotonic()
            seconds, found = draft(REPORTS, partial(_visited, address))
            took += seconds
            during.append(_p95(found))
            before.append(_p95(_visited(address, 2 * time.monotonic() - begun)))
    return {
        "p95 before, ms": before,
        "p95 during, ms": during,
        "during / before": round(statistics.median(during) / statistics.median(before), 2),
        "a year's report meanwhile, s": max(took),
    }


def _visited(address: str, over: float | Callable[[], bool]) -> list[float]:
    """Milliseconds of each answer, asked for at a steady pace until it is over."""
    visitor = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)
    took: list[float] = []
    due = time.monotonic()
    while not (over() if callable(over) else time.monotonic() > over):
        begun = time.perf_counter()
        visitor.request("GET", PATHS[len(took) % len(PATHS)], headers={"Accept-Encoding": "br, gzip"})
        answer = visitor.getresponse()
        answer.read()
        took.append((time.perf_counter() - begun) * 1000)
        assert answer.status == 200, answer.status
        due = max(due + PACE, time.monotonic())
        time.sleep(max(due - time.monotonic(), 0))
    return took


def _p95(took: list[float]) -> float:
    took = sorted(took)
    return round(took[math.ceil(len(took) * 0.95) - 1], 2)
