"""Commands that no area owns."""

from __future__ import annotations

from pathlib import Path

import click
from flask import Flask, current_app

from marketplace.config import ROOT
from marketplace.foundation import jobs, told
from marketplace.foundation.db import schema
from marketplace.foundation.web import assets as asset_build
from marketplace.foundation.words import in_language


def install(app: Flask) -> None:
    for command in (db_up, db_new, worker, assets, routes, docs):
        app.cli.add_command(command)


@click.command("db-up")
def db_up() -> None:
    """Bring the database to today's schema, one caller at a time."""
    schema.bring_up(current_app._get_current_object())  # type: ignore[attr-defined]


@click.command("db-new")
@click.argument("words")
def db_new(words: str) -> None:
    """Write a migration of what the models have and the configured database has not."""
    from flask_migrate import revision

    revision(message=words, autogenerate=True)


@click.command("worker")
@click.option("--threads", default=2, help="Tasks at a time.")
def worker(threads: int) -> None:
    """Do the work that waits: letters, pictures, time-outs, imports."""
    jobs.work(current_app._get_current_object(), threads)  # type: ignore[attr-defined]


@click.command("assets")
def assets() -> None:
    """Build styles, scripts, fonts and drawings."""
    folder = asset_build.build(Path(current_app.instance_path) / "assets")
    click.echo(f"assets: {folder}")


@click.command("routes-guarded")
def routes() -> None:
    """Every address with its door."""
    for rule in sorted(current_app.url_map.iter_rules(), key=lambda r: r.rule):
        view = current_app.view_functions[rule.endpoint]
        door = getattr(view, "__door__", None)
        methods = ",".join(sorted(rule.methods - {"HEAD", "OPTIONS"}))  # type: ignore[operator]
        click.echo(f"{methods:12} {rule.rule:60} {door.__name__ if door else 'public'}")


@click.command("docs")
def docs() -> None:
    """Write docs/states.md and docs/events.md from the code."""
    with in_language("en"):
        (ROOT / "docs" / "states.md").write_text(told.states(), encoding="utf-8")
        (ROOT / "docs" / "events.md").write_text(told.events(), encoding="utf-8")
