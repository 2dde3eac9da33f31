"""The shop is killed in the middle of checkouts, ten times; two hundred times: python -m bench kills."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from marketplace.config import Settings
from tests import services
from tests.lives.killed import play
from tests.lives.killing import RealShop
from tests.stripe_like import StripeLike

pytestmark = pytest.mark.long

PORT = services.free_port()


@pytest.fixture
def company() -> Iterator[StripeLike]:
    with StripeLike(webhook=f"http://127.0.0.1:{PORT}/webhooks/stripe") as company:
        yield company


@pytest.fixture
def settings(settings: Settings, company: StripeLike) -> Settings:
    return replace(
        settings,
        stripe_secret_key=company.key,
        stripe_webhook_secret=company.webhook_secret,
        stripe_api_base=company.url,
    )


def test_no_kill_loses_or_doubles_anything(
    app: Flask, company: StripeLike, settings: Settings, database_url: str, tmp_path: Path
) -> None:
    environ = {
        "DATABASE_URL": settings.database_url,
        "STORAGE_URL": settings.storage_url,
        "INSTANCE": str(tmp_path),
        "SECRET_KEY": settings.secret_key,
        "BASE_URL": f"http://127.0.0.1:{PORT}",
        "STRIPE_SECRET_KEY": company.key,
        "STRIPE_WEBHOOK_SECRET": company.webhook_secret,
        "STRIPE_API_BASE": company.url,
    }
    outcome = play(app, company, RealShop(PORT, environ), kills=10)
    assert outcome.troubles == []
    assert outcome.at["checkout"] >= 10 and outcome.purchases > 0
