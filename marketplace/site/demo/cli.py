"""`flask --app wsgi demo load`."""

from __future__ import annotations

import time

import click
from flask import current_app

from marketplace.foundation.db import schema
from marketplace.foundation.db.session import in_transaction
from marketplace.site.demo import pictures  # noqa: F401  the worker knows its job by name


@click.group("demo")
def demo() -> None:
    """The demonstration province."""


@demo.command("load")
@click.option(
    "--if-empty", is_flag=True, help="Do nothing, and say nothing, when there are cooperatives already."
)
@click.option(
    "--db-up", is_flag=True, help="First bring the database to today's schema, in the same process."
)
def load(if_empty: bool, db_up: bool) -> None:
    """Fill an empty database with true goods of the province and invented people."""
    from marketplace.site.demo import loading

    if db_up:
        schema.bring_up(current_app._get_current_object())  # type: ignore[attr-defined]
    if if_empty and loading.has_cooperatives():
        return
    if loading.in_use():
        raise click.ClickException("this database is in use: the demonstration goes into an empty one")
    began = time.monotonic()
    in_transaction(lambda: loading.load(tell=click.echo))
    click.echo(f"the demonstration province is ready ({time.monotonic() - began:.0f} s)")
