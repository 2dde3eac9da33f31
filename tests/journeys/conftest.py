"""The shop as it runs: migrated database, two web processes, the worker, and a real browser before it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from marketplace import config, create_app
from marketplace.config import ROOT
from marketplace.foundation.db import db, schema
from tests import services
from tests.stripe_like import StripeLike
from tests.world import World

pytestmark = pytest.mark.browser


@dataclass
class Shop:
    """A running shop: its address, the environment that its commands need, and its first process."""

    address: str
    environ: dict[str, str]
    folder: Path
    serving: subprocess.Popen[bytes]

    def command(self, *words: str) -> str:
        """`flask --app wsgi …` on the shop's own database."""
        return command(self.environ, *words)


def command(environ: dict[str, str], *words: str) -> str:
    """`flask --app wsgi …` in this environment; what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", *words],
        cwd=ROOT,
        env=environ,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """One shop for all journeys of this process, with the small world in it."""
    yield from opened_shop(tmp_path_factory.mktemp("shop"), services.free_port(), {})


def told_to(folder: Path, port: int) -> dict[str, str]:
    """What a shop in this folder needs to be told."""
    return {
        "DATABASE_URL": f"sqlite:///{folder}/market.db",
        "STORAGE_URL": f"file://{folder}/files",
        "SECRET_KEY": "only-for-journeys-0123456789",
        "BASE_URL": f"http://127.0.0.1:{port}",
        "PASSWORD_COST": "1",
        "INSTANCE": str(folder),
        "ALLIANCE_NAME": config.Settings.alliance_name,
        "ALLIANCE_PHONE": config.Settings.alliance_phone,
        "ALLIANCE_PLACE": config.Settings.alliance_place,
        "ALLIANCE_PROVINCES": " ".join(config.Settings.alliance_provinces),
    }


def opened_shop(folder: Path, port: int, more: dict[str, str]) -> Iterator[Shop]:
    """A shop with the small world in it, open until its caller is done."""
    environ = {**os.environ, **told_to(folder, port), "PORT": str(port), "WORKERS": "2", **more}
    _fill(environ)
    yield from served(folder, environ)


def served(folder: Path, environ: dict[str, str]) -> Iterator[Shop]:
    """The shop of this environment, open until its caller is done."""
    with (folder / "log.txt").open("w") as log:
        serving = subprocess.Popen(
            [sys.executable, "scripts/serve.py"], cwd=ROOT, env=environ, stdout=log, stderr=log
        )
    try:
        _wait(environ["BASE_URL"])
        yield Shop(environ["BASE_URL"], environ, folder, serving)
    finally:
        serving.terminate()
        serving.wait(30)


@pytest.fixture(scope="module")
def company() -> Iterator[StripeLike]:
    """The card company tells the shop, which asks the company: one of them has to know its address first."""
    with StripeLike(webhook=f"http://127.0.0.1:{services.free_port()}/webhooks/stripe") as company:
        yield company


def shop_with_cards(folder: Path, company: StripeLike) -> Iterator[Shop]:
    """A shop at the address that the company knows, with the company's keys."""
    keys = {
        "STRIPE_SECRET_KEY": company.key,
        "STRIPE_WEBHOOK_SECRET": company.webhook_secret,
        "STRIPE_API_BASE": company.url,
    }
    yield from opened_shop(folder, int(re.findall(r":(\d+)/", company.webhook)[0]), keys)


def _fill(environ: dict[str, str]) -> None:
    app = create_app(config.load(environ))
    schema.bring_up(app)
    with app.app_context():
        World.built()
        db.session.remove()
        db.engine.dispose()


def _wait(address: str) -> None:
    for _ in range(1800):
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=2)
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the shop did not open")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    chromium = services.need(services.chromium)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium.path, args=list(chromium.args))
        yield browser
        browser.close()


@pytest.fixture
def phone(browser: Any, shop: Shop) -> Iterator[Any]:
    """A fresh phone, 360 px wide; a wrong script or a refused request fails the journey."""
    yield from _page(browser, shop, 360)


@pytest.fixture
def desk(browser: Any, shop: Shop) -> Iterator[Any]:
    yield from _page(browser, shop, 1280)


def _page(browser: Any, shop: Shop, width: int) -> Iterator[Any]:
    context = browser.new_context(
        viewport={"width": width, "height": 800}, base_url=shop.address, locale="vi-VN"
    )
    context.set_default_timeout(8000)
    problems: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("response", lambda r: problems.append(f"{r.status} {r.url}") if r.status >= 500 else None)
    yield page
    context.close()
    assert not problems, problems
