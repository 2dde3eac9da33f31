"""`flask --app wsgi season`."""

from __future__ import annotations

import tempfile
import time
from dataclasses import replace
from pathlib import Path

import click
from flask import Flask, current_app

from marketplace.config import Settings
from marketplace.foundation.db import db, schema
from marketplace.site.winter.behaviour import Scale


@click.command("season")
@click.option("--seed", default=2026, help="The same number lives the same season again.")
@click.option("--coops", default=60, help="Cooperatives.")
@click.option("--buyers", default=30, help="Buying companies.")
@click.option("--weeks", default=20, help="Weeks of the season.")
@click.option("--database", default="", help="An empty database of its own; without it one is made and thrown away.")
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path), help="Where to write the page.")
def season(seed: int, coops: int, buyers: int, weeks: int, database: str, report: Path | None) -> None:
    """Live a winter season of invented people through the real services, check it, and write what came of it."""
    scale, began = Scale(coops=coops, buyers=buyers, weeks=weeks), time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        app = _apart(database or f"sqlite:///{folder}/season.db", Path(folder))
        with app.app_context():
            broken = _live(app, seed, scale, report)
            db.session.remove()
            db.engine.dispose()
    click.echo(f"lived in {time.monotonic() - began:.0f} s")
    if broken:
        raise SystemExit(1)


def _apart(url: str, folder: Path) -> Flask:
    """The same application on a database of its own, with a queue that nobody empties."""
    from marketplace import create_app

    here: Settings = current_app.extensions["settings"]
    return create_app(
        replace(
            here,
            database_url=url.replace("postgresql://", "postgresql+psycopg://"),
            storage_url=f"file://{folder / 'files'}",
            redis_url="",
            instance=folder,
            testing=True,
        )
    )


def _live(app: Flask, seed: int, scale: Scale, report: Path | None) -> list[str]:
    from marketplace.insights.invariants import breaks
    from marketplace.site.demo.loading import in_use
    from marketplace.site.winter.living import live

    schema.bring_up(app)
    if in_use():
        raise click.ClickException("this database is in use: the season goes into an empty one")
    lived = live(seed=seed, scale=scale, tell=click.echo)
    found = [(number, sentence, count) for number, sentence, count in breaks(thorough=True)]
    broken = [f"{number}: {sentence} ({count})" for number, sentence, count in found if count]
    click.echo(f"{len(found)} invariants checked, {len(broken)} broken")
    for line in broken:
        click.echo(line)
    click.echo(f"done: {dict(lived.done)}")
    click.echo(f"refused: {dict(lived.refused)}")
    return broken
