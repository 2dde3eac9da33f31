"""Lives of a hundred and more steps, the same in every run; the long ones: python -m bench lives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from marketplace.config import Settings
from tests.lives.walk import Walk
from tests.stripe_like import StripeLike

STEPS = 150


@pytest.fixture
def company() -> Iterator[StripeLike]:
    with StripeLike() as company:
        yield company


@pytest.fixture
def settings(settings: Settings, company: StripeLike, request: pytest.FixtureRequest) -> Settings:
    return replace(
        settings,
        stripe_secret_key=company.key,
        stripe_webhook_secret=company.webhook_secret,
        stripe_api_base=company.url,
        cards_collected=getattr(request, "param", False),
    )


@pytest.mark.parametrize(("seed", "settings"), [(1, False), (2, True)], indirect=["settings"])
def test_whatever_happens_the_books_are_right(
    app: Flask, company: StripeLike, settings: Settings, seed: int
) -> None:
    with Walk(app, company, seed, collected=settings.cards_collected).begun() as walk:
        walk.walk(STEPS)
    assert walk.steps == STEPS
    assert sum(walk.done.values()) > STEPS / 2, walk.refused
