"""`flask --app wsgi season`."""

from __future__ import annotations

import gc
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from flask import Flask, current_app
from sqlalchemy import event

from marketplace.config import Settings
from marketplace.foundation.db import schema
from marketplace.site.winter.behaviour import Scale


@click.command("season")
@click.option("--seed", default=2026, help="The same number lives the same season again.")
@click.option("--coops", default=60, help="Cooperatives.")
@click.option("--buyers", default=30, help="Buying companies.")
@click.option("--weeks", default=20, help="Weeks of the season.")
@click.option("--database", default="", help="An empty database; without it one is made and thrown away.")
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path), help="Where to write the page.")
@click.option("--timed", is_flag=True, help="Write on the page how long it took: no two are the same then.")
def season(
    seed: int, coops: int, buyers: int, weeks: int, database: str, report: Path | None, timed: bool
) -> None:
    """Live a winter season of invented people through the real services, check it, and write what came of it."""
    from marketplace.foundation.db import db

    scale = Scale(coops=coops, buyers=buyers, weeks=weeks)
    gc.set_threshold(100_000)  # many small objects that live for one act
    with tempfile.TemporaryDirectory() as folder:
        app = _apart(database or f"sqlite:///{folder}/season.db", Path(folder))
        with app.app_context():
            if not database:
                event.listen(db.engine, "connect", _carelessly)
            _live(app, seed, scale, report, timed)
            db.session.remove()
            db.engine.dispose()


def _carelessly(connection: Any, _record: Any) -> None:
    """A database that is thrown away need not survive a power cut."""
    connection.execute("PRAGMA synchronous=OFF").close()


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


def _live(app: Flask, seed: int, scale: Scale, report: Path | None, timed: bool) -> None:
    from marketplace.site.demo.loading import in_use
    from marketplace.site.winter import figures, living
    from marketplace.site.winter import report as page

    schema.bring_up(app)
    if in_use():
        raise click.ClickException("this database is in use: the season goes into an empty one")
    began = time.monotonic()
    lived = living.live(seed=seed, scale=scale, tell=click.echo)
    took = time.monotonic() - began
    click.echo(f"lived in {took:.0f} s, {lived.acts} acts, {sum(lived.refused.values())} refused")
    if report is not None:
        text = page.written(lived, figures.gather(lived), took=took if timed else None)
        report.write_text(text, encoding="utf-8")
        click.echo(f"report: {report}")
    if found := living.broken(lived):
        raise click.ClickException("broken invariants:\n" + "\n".join(found))
    click.echo("every invariant holds")
